//! Opening and closing: who writes, with which identity, and what closing leaves behind.

use super::{
    Backend, Db, KEY_BLOCK, Location, Mode, Opening, Slot, Written, sqlite_transaction, with_suffix,
};
use crate::error::{Result, StoreError};
use crate::keys::KeyBlock;
use crate::migrate;
use crate::node::{self, Identity, NodeFile, Random, Writer};
use crate::postgres::PgClient;
use crate::room::Room;
use crate::sql::Sql;
use crate::sqlite::{self, SqliteSql, WriterLock};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tram_kernel::Moment;

impl Db {
    /// Opens a database of the newest schema; any other is refused.
    pub fn open(opening: Opening<'_>) -> Result<Self> {
        let Opening { location, mode, defs, now, random, state_dir, writers } = opening;
        let mut identity = Identity::Same;
        let mut was_unclean = false;
        let room;
        let backend = match location {
            Location::Sqlite(path) => {
                let (mut slot, mut held) = (None, None);
                if let Mode::Write { holder } = mode {
                    let lock = WriterLock::take(path, holder)?;
                    was_unclean = lock.was_unclean;
                    held = Some(lock);
                    let conn = sqlite::open(path, true)?;
                    let mut keys = KeyBlock::default();
                    let file = with_suffix(path, ".node");
                    let (writer, file, found) = sqlite_transaction(&conn, |sql| {
                        start_writer(sql, &mut keys, &file, holder, now, random)
                    })?;
                    identity = found;
                    slot = Some(Mutex::new(Slot { conn, keys, writer, file }));
                } else {
                    let conn = sqlite::open(path, false)?;
                    migrate::assert_current(&mut SqliteSql(&conn))?;
                }
                room = Room::of_file(path);
                let idle = Mutex::new(Vec::new());
                Backend::Sqlite { path: path.clone(), idle, slot, _lock: held }
            }
            Location::Postgres(url) => {
                let mut slots = Vec::new();
                let mut locks = Vec::new();
                let count = if mode == Mode::Read { 0 } else { writers.max(1) };
                for _ in 0..count {
                    let holder = if let Mode::Write { holder } = mode { holder } else { "" };
                    let (file, lock) = free_node_file(state_dir, holder)?;
                    locks.push(lock);
                    let mut conn = PgClient::connect(url)?;
                    conn.assert_settings()?;
                    let mut keys = KeyBlock::default();
                    let (writer, file, found) = conn.transaction("BEGIN", |sql| {
                        start_writer(sql, &mut keys, &file, holder, now, random)
                    })?;
                    identity = found;
                    slots.push(Mutex::new(Slot { conn, keys, writer, file }));
                }
                let mut client = PgClient::connect(url)?;
                client.assert_settings()?;
                migrate::assert_current(&mut client.sql())?;
                room = Room::in_folder(client.data_folder());
                let idle = Mutex::new(vec![client]);
                Backend::Postgres { url: url.clone(), idle, slots, _locks: locks }
            }
        };
        let nodes = RwLock::new(Arc::new(BTreeMap::new()));
        let (defs, written) = (RwLock::new(defs), Written::default());
        let db = Self { backend, defs, nodes, identity, was_unclean, room, written };
        db.refresh_nodes()?;
        Ok(db)
    }
}

/// A database closed in order carries another token than every copy made while it was open: a copy that
/// is put in its place is recognised. Failing to write it costs no more than that.
impl Drop for Db {
    fn drop(&mut self) {
        match &mut self.backend {
            Backend::Sqlite { slot: Some(slot), .. } => {
                let Slot { conn, file, .. } =
                    slot.get_mut().unwrap_or_else(PoisonError::into_inner);
                if self.room.assert_same_file().is_ok() {
                    let _copies_go_unnoticed = sqlite_transaction(conn, |sql| file.renew(sql));
                }
            }
            Backend::Sqlite { .. } => {}
            Backend::Postgres { slots, .. } => {
                for slot in slots {
                    let slot = slot.get_mut().unwrap_or_else(PoisonError::into_inner);
                    let Slot { conn, file, .. } = slot;
                    let _copies_go_unnoticed = conn.transaction("BEGIN", |sql| file.renew(sql));
                }
            }
        }
    }
}

fn start_writer(
    sql: &mut dyn Sql,
    keys: &mut KeyBlock,
    file: &Path,
    holder: &str,
    now: Moment,
    random: Random<'_>,
) -> Result<(Writer, NodeFile, Identity)> {
    migrate::assert_current(sql)?;
    keys.refill(sql, KEY_BLOCK)?;
    let key = keys.take();
    node::open_writer(sql, file, key, holder, now.ms(), random)
}

/// The first node file of the folder that no other process holds.
fn free_node_file(folder: &Path, holder: &str) -> Result<(PathBuf, WriterLock)> {
    std::fs::create_dir_all(folder).map_err(|e| StoreError::io("state folder", &e))?;
    for n in 0..256 {
        let path = folder.join(format!("server-{n}.node"));
        match WriterLock::take(&path, holder) {
            Ok(lock) => return Ok((path, lock)),
            Err(StoreError::Locked { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Engine("too many server processes in one folder".into()))
}
