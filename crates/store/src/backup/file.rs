//! The parts of a backup file: written one after the other, each bound to the one before it.

use super::{FORMAT, Manifest};
use crate::error::{BadBackup, Result, StoreError};
use crate::node::hex;
use crate::sql::Val;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use minicbor::data::Type;
use minicbor::{Decoder, Encoder};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, ErrorKind, Read, Write};
use std::path::Path;

const MARK: &[u8] = b"tram backup ";
const TABLE: u8 = b'T';
const MANIFEST: u8 = b'M';
/// Kind, length, digest.
const HEAD: usize = 1 + 4 + 32;
/// No part is longer: a length beyond it is damage, not data.
const LONGEST: u32 = 256 * 1_024 * 1_024;

/// Rows of one table as they stand in a part.
pub struct Part {
    pub table: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Val>>,
}

fn io(error: &std::io::Error) -> StoreError {
    StoreError::io("backup file", error)
}

fn altered(at: u64) -> StoreError {
    StoreError::Backup(BadBackup::Altered { at })
}

fn link(before: &[u8; 32], kind: u8, payload: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update([kind]);
    hasher.update(payload);
    hasher.finalize().into()
}

/// Writes parts.
pub struct BackupWriter<W> {
    out: W,
    digest: [u8; 32],
}

impl<W: Write> BackupWriter<W> {
    pub fn begin(mut out: W) -> Result<Self> {
        out.write_all(MARK).map_err(|e| io(&e))?;
        out.write_all(format!("{FORMAT}\n").as_bytes()).map_err(|e| io(&e))?;
        Ok(Self { out, digest: [0; 32] })
    }

    /// Writes rows of a table, all as wide as `columns`.
    pub fn rows(&mut self, table: &str, columns: &[&str], rows: &[Vec<Val>]) -> Result<()> {
        let mut plain = Vec::with_capacity(rows.len() * 128);
        encode(&mut plain, table, columns, rows)
            .map_err(|e| StoreError::Engine(format!("backup: {e}")))?;
        let mut deflate =
            ZlibEncoder::new(Vec::with_capacity(plain.len() / 2), Compression::fast());
        deflate.write_all(&plain).map_err(|e| io(&e))?;
        let payload = deflate.finish().map_err(|e| io(&e))?;
        self.part(TABLE, &payload)
    }

    /// Ends the file and hands back what it was written to.
    pub fn end(mut self, manifest: &mut Manifest) -> Result<W> {
        manifest.sha256 = hex(&self.digest);
        let text =
            serde_json::to_vec(manifest).map_err(|e| StoreError::Engine(format!("backup: {e}")))?;
        self.part(MANIFEST, &text)?;
        self.out.flush().map_err(|e| io(&e))?;
        Ok(self.out)
    }

    fn part(&mut self, kind: u8, payload: &[u8]) -> Result<()> {
        let too_long = || StoreError::Engine("a part of the backup is too long".into());
        let length = u32::try_from(payload.len()).ok().filter(|n| *n <= LONGEST);
        let length = length.ok_or_else(too_long)?;
        self.digest = link(&self.digest, kind, payload);
        let mut head = Vec::with_capacity(HEAD);
        head.push(kind);
        head.extend_from_slice(&length.to_be_bytes());
        head.extend_from_slice(&self.digest);
        self.out.write_all(&head).map_err(|e| io(&e))?;
        self.out.write_all(payload).map_err(|e| io(&e))
    }
}

type Encoded = std::result::Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn encode(out: &mut Vec<u8>, table: &str, columns: &[&str], rows: &[Vec<Val>]) -> Encoded {
    let mut e = Encoder::new(out);
    e.str(table)?.array(columns.len() as u64)?;
    for column in columns {
        e.str(column)?;
    }
    e.u64(rows.len() as u64)?;
    for value in rows.iter().flatten() {
        match value {
            Val::Null => e.null()?,
            Val::Int(number) => e.i64(*number)?,
            Val::Text(text) => e.str(text)?,
            Val::Blob(bytes) => e.bytes(bytes)?,
        };
    }
    Ok(())
}

fn decode(plain: &[u8]) -> std::result::Result<Part, minicbor::decode::Error> {
    let mut d = Decoder::new(plain);
    let table = d.str()?.to_owned();
    let width = d.array()?.unwrap_or(0);
    let columns = (0..width)
        .map(|_| d.str().map(str::to_owned))
        .collect::<std::result::Result<Vec<_>, _>>()?;
    let count = d.u64()?;
    let mut rows = Vec::new();
    for _ in 0..count {
        let mut row = Vec::with_capacity(columns.len());
        for _ in &columns {
            row.push(match d.datatype()? {
                Type::Null => {
                    d.null()?;
                    Val::Null
                }
                Type::String => Val::from(d.str()?),
                Type::Bytes => Val::Blob(d.bytes()?.to_owned()),
                _ => Val::Int(d.i64()?),
            });
        }
        rows.push(row);
    }
    Ok(Part { table, columns, rows })
}

/// Reads parts, and says at which byte a file stops being what was written.
pub struct BackupReader {
    input: BufReader<File>,
    digest: [u8; 32],
    at: u64,
}

/// What comes next in a file.
pub enum Next {
    Part(Part),
    /// The last page; nothing stands behind it.
    End(Box<Manifest>),
}

impl BackupReader {
    /// Opens a file and reads its first line.
    pub fn open(path: &Path) -> Result<Self> {
        let input = BufReader::with_capacity(1 << 18, File::open(path).map_err(|e| io(&e))?);
        let mut reader = Self { input, digest: [0; 32], at: 0 };
        let mut first = [0; 14];
        let foreign = || StoreError::Backup(BadBackup::Foreign);
        let got = reader.fill(&mut first)?;
        let line = first[..got].strip_prefix(MARK).ok_or_else(foreign)?;
        let version = line.strip_suffix(b"\n").and_then(|n| std::str::from_utf8(n).ok());
        let found: i64 = version.and_then(|n| n.parse().ok()).ok_or_else(foreign)?;
        if found != FORMAT {
            return Err(StoreError::Backup(BadBackup::Newer { found, wanted: FORMAT }));
        }
        Ok(reader)
    }

    /// Reads as much as there is.
    fn fill(&mut self, into: &mut [u8]) -> Result<usize> {
        let mut got = 0;
        while got < into.len() {
            match self.input.read(&mut into[got..]) {
                Ok(0) => break,
                Ok(n) => got += n,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(io(&error)),
            }
        }
        self.at += got as u64;
        Ok(got)
    }

    /// Reads exactly so much; less is a file that was cut.
    fn exact(&mut self, into: &mut [u8]) -> Result<()> {
        if self.fill(into)? < into.len() {
            return Err(StoreError::Backup(BadBackup::Cut { at: self.at }));
        }
        Ok(())
    }

    /// The next part, proved.
    pub fn part(&mut self) -> Result<Next> {
        let at = self.at;
        let mut head = [0; HEAD];
        self.exact(&mut head)?;
        let kind = head[0];
        let length = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
        if length > LONGEST || !matches!(kind, TABLE | MANIFEST) {
            return Err(altered(at));
        }
        let mut payload = Vec::new();
        let wanted = u64::from(length);
        let got = (&mut self.input).take(wanted).read_to_end(&mut payload).map_err(|e| io(&e))?;
        self.at += got as u64;
        if (got as u64) < wanted {
            return Err(StoreError::Backup(BadBackup::Cut { at: self.at }));
        }
        let before = self.digest;
        self.digest = link(&before, kind, &payload);
        if self.digest != head[5..] {
            return Err(altered(at));
        }
        if kind == TABLE {
            let mut plain = Vec::with_capacity(payload.len() * 3);
            ZlibDecoder::new(payload.as_slice())
                .read_to_end(&mut plain)
                .map_err(|_| altered(at))?;
            return decode(&plain).map(Next::Part).map_err(|_| altered(at));
        }
        let manifest: Manifest = serde_json::from_slice(&payload).map_err(|_| altered(at))?;
        if manifest.sha256 != hex(&before) || self.fill(&mut [0])? > 0 {
            return Err(altered(at));
        }
        Ok(Next::End(Box::new(manifest)))
    }

    /// Reads to the end without keeping anything: is the file whole, and what does it say of itself?
    pub fn manifest(mut self) -> Result<Manifest> {
        loop {
            if let Next::End(manifest) = self.part()? {
                return Ok(*manifest);
            }
        }
    }
}
