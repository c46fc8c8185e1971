//! The writer's identity: node id, epoch, signing key, and where its chain stands.
//!
//! The key lives in a file beside the data, not in it. Each start writes a new token into both; a
//! database restored from a copy carries an older token, and then a new epoch begins, so that no
//! sequence number is ever used twice.

use crate::error::{Result, StoreError};
use crate::settings;
use crate::sql::{Row, Sql};
use crate::vals;
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tram_kernel::NodeId;

crate::statements! {
    BY_ID = "SELECT node FROM node WHERE id = ?1 AND epoch = ?2";
    INSERT = "INSERT INTO node (node, id, epoch, public_key, label, since)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    ALL_NODES = "SELECT node, id, epoch, public_key FROM node";
    NEWEST_EPOCH = "SELECT max(epoch) FROM node WHERE id = ?1";
    HEAD = "SELECT seq, hash FROM chain WHERE node = ?1 AND epoch = ?2";
    ADVANCE = "UPDATE chain SET seq = ?3, hash = ?4, signature = ?5
               WHERE node = ?1 AND epoch = ?2 AND seq = ?6";
    START = "INSERT INTO chain (node, epoch, seq, hash, signature) VALUES (?1, ?2, 0, ?3, ?4)";
}

/// A node known to this database.
#[derive(Debug, Clone)]
pub struct KnownNode {
    pub id: NodeId,
    pub epoch: u32,
    pub public_key: Vec<u8>,
}

/// All nodes by local key.
pub fn known(sql: &mut dyn Sql) -> Result<BTreeMap<i64, KnownNode>> {
    let rows = sql.all(ALL_NODES, &[], |row| {
        let key = row.int()?;
        let id = NodeId::from_u128(row.id()?);
        let epoch = row.int()? as u32;
        Ok((key, KnownNode { id, epoch, public_key: row.blob()? }))
    })?;
    Ok(rows.into_iter().collect())
}

/// This process as a writer.
#[derive(Debug, Clone)]
pub struct Writer {
    pub key: i64,
    pub id: NodeId,
    pub epoch: u32,
    pub seq: u64,
    pub head: [u8; 32],
    signing: SigningKey,
}

impl Writer {
    /// Finds the head of the chain again, after a commit whose answer did not arrive.
    pub(crate) fn stand_at_head(&mut self, sql: &mut dyn Sql) -> Result<()> {
        (self.seq, self.head) = head_of(sql, self.key, self.epoch)?;
        Ok(())
    }

    /// Signs the head of the chain; the chain binds everything before it.
    pub fn sign(&self, seq: u64, head: &[u8; 32]) -> [u8; 64] {
        self.signing.sign(&signed_text(self.id, self.epoch, seq, head)).to_bytes()
    }
}

fn signed_text(id: NodeId, epoch: u32, seq: u64, head: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(68);
    text.extend_from_slice(b"tram-chain-1");
    text.extend_from_slice(&id.to_bytes());
    text.extend_from_slice(&epoch.to_be_bytes());
    text.extend_from_slice(&seq.to_be_bytes());
    text.extend_from_slice(head);
    text
}

/// Whether a signature over a head is the node's own.
pub fn verify(node: &KnownNode, seq: u64, head: &[u8], signature: &[u8]) -> bool {
    let key = <[u8; 32]>::try_from(node.public_key.as_slice()).ok();
    let key = key.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    let signature = ed25519_dalek::Signature::from_slice(signature).ok();
    let text = signed_text(node.id, node.epoch, seq, head);
    key.zip(signature).is_some_and(|(key, signature)| key.verify_strict(&text, &signature).is_ok())
}

/// Moves the head in the database; somebody else having moved it is a broken invariant.
pub(crate) fn advance(sql: &mut dyn Sql, before: u64, after: &Writer) -> Result<()> {
    let signature = after.sign(after.seq, &after.head);
    let (head, old) = (after.head, before);
    let moved =
        sql.exec(ADVANCE, &vals![after.key, after.epoch, after.seq, head, signature, old])?;
    if moved == 1 { Ok(()) } else { Err(StoreError::Log("the chain head was moved".into())) }
}

/// The file beside the data: `node id, seed of the key, epoch, token`, one a line, in hex.
#[derive(Debug)]
pub struct NodeFile {
    path: PathBuf,
    id: NodeId,
    seed: [u8; 32],
    epoch: u32,
    token: String,
}

/// Randomness is handed in: 16 bytes for an id, 32 for a key, 16 for a token.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);

impl NodeFile {
    fn read(path: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let mut lines = text.lines();
        let id = lines.next()?.parse().ok()?;
        let seed = <[u8; 32]>::try_from(from_hex(lines.next()?)?).ok()?;
        let epoch = lines.next()?.parse().ok()?;
        let token = lines.next()?.to_owned();
        Some(Self { path: path.into(), id, seed, epoch, token })
    }

    fn save(&self) -> Result<()> {
        let text = format!("{}\n{}\n{}\n{}\n", self.id, hex(&self.seed), self.epoch, self.token);
        let io = |error: std::io::Error| StoreError::io("node file", &error);
        let next = self.path.with_extension("new");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&next).map_err(io)?;
        std::io::Write::write_all(&mut file, text.as_bytes()).map_err(io)?;
        file.sync_all().map_err(io)?;
        std::fs::rename(&next, &self.path).map_err(io)
    }

    /// Writes another token into database and file, when the database is closed.
    pub(crate) fn renew(&mut self, sql: &mut dyn Sql) -> Result<()> {
        let next = Sha256::digest(format!("closed {}", self.token).as_bytes());
        self.token = hex(&next[..16]);
        settings::put(sql, &token_name(self.id), &self.token)?;
        self.save()
    }
}

/// The setting that says which start of a node wrote last.
fn token_name(id: NodeId) -> String {
    format!("{TOKENS}{id}")
}

/// How the settings begin that belong to one copy of the data and to no other.
pub(crate) const TOKENS: &str = "node_token ";

/// What opening found out about the identity of the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Identity {
    New,
    Same,
    /// The data is older than the node file says: restored from a copy. A new epoch was begun.
    Restored,
}

/// Makes this process a writer of the database: reads or creates the node file, compares tokens,
/// begins a new epoch when they differ, and finds the head of the chain.
pub fn open_writer(
    sql: &mut dyn Sql,
    path: &Path,
    node_key: i64,
    label: &str,
    now_ms: i64,
    random: Random<'_>,
) -> Result<(Writer, NodeFile, Identity)> {
    let mut fresh = |len: usize| {
        let mut bytes = vec![0; len];
        random(&mut bytes);
        bytes
    };
    let token = hex(&fresh(16));
    let found = NodeFile::read(path);
    let (mut file, identity) = match found {
        Some(file) => {
            let known = settings::get(sql, &token_name(file.id))?;
            match known {
                Some(known) if known == file.token => (file, Identity::Same),
                _ => (file, Identity::Restored),
            }
        }
        None => {
            let mut id = <[u8; 16]>::try_from(fresh(16)).unwrap_or_default();
            id[6] = (id[6] & 0x0F) | 0x40;
            let seed = <[u8; 32]>::try_from(fresh(32)).unwrap_or_default();
            let (path, id) = (path.to_owned(), NodeId::from_bytes(id));
            (NodeFile { path, id, seed, epoch: 1, token: String::new() }, Identity::New)
        }
    };
    if identity == Identity::Restored {
        let newest = sql.one(NEWEST_EPOCH, &vals![file.id.to_bytes()], Row::int_or_null)?;
        file.epoch = file.epoch.max(newest.flatten().unwrap_or(0) as u32) + 1;
    }
    let signing = SigningKey::from_bytes(&file.seed);
    let known = sql.one(BY_ID, &vals![file.id.to_bytes(), file.epoch], Row::int)?;
    let writer = match known {
        Some(key) => {
            let (seq, head) = head_of(sql, key, file.epoch)?;
            Writer { key, id: file.id, epoch: file.epoch, seq, head, signing }
        }
        None => {
            let public = signing.verifying_key().to_bytes();
            let (id, epoch) = (file.id.to_bytes(), file.epoch);
            sql.exec(INSERT, &vals![node_key, id, epoch, public, label, now_ms])?;
            let head = [0; 32];
            let writer =
                Writer { key: node_key, id: file.id, epoch: file.epoch, seq: 0, head, signing };
            sql.exec(START, &vals![node_key, file.epoch, head, writer.sign(0, &head)])?;
            writer
        }
    };
    settings::put(sql, &token_name(file.id), &token)?;
    file.token = token;
    file.save()?;
    Ok((writer, file, identity))
}

fn head_of(sql: &mut dyn Sql, key: i64, epoch: u32) -> Result<(u64, [u8; 32])> {
    let head = sql.one(HEAD, &vals![key, epoch], |row| Ok((row.int()?, row.blob()?)))?;
    let (seq, hash) = head.ok_or_else(|| StoreError::Log("a node without a chain head".into()))?;
    let head = <[u8; 32]>::try_from(hash.as_slice())
        .map_err(|_| StoreError::Log("a head that is not a hash".into()))?;
    Ok((seq as u64, head))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}
