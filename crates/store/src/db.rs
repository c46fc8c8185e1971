//! A database: connections, one writer at a time per slot, transactions that may be run again.

pub mod health;
mod open;
mod upkeep;

pub use upkeep::{Steps, Upkeep, sync_folder};

use crate::error::{Disk, Result, StoreError};
use crate::keys::KeyBlock;
use crate::migrate;
use crate::node::{self, Identity, KnownNode, NodeFile, Random, Writer};
use crate::postgres::PgClient;
use crate::room::Room;
use crate::sql::{Engine, Sql};
use crate::sqlite::{self, SqliteSql, WriterLock};
use crate::tx::Tx;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, TryLockError};
use tram_defs::Definitions;
use tram_kernel::Moment;

/// Keys reserved before a transaction; one transaction may not take more.
const KEYS_PER_TX: i64 = 16_384;
const KEY_BLOCK: i64 = 32_768;
/// A transaction that was in somebody's way is run again this often.
const TRIES: u32 = 8;

/// Where a database is: `sqlite:PATH` or `postgres://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Location {
    /// `None` when it is neither form.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Some(Self::Sqlite(path.into()));
        }
        let is_url = text.starts_with("postgres://") || text.starts_with("postgresql://");
        is_url.then(|| Self::Postgres(text.into()))
    }

    /// The location without a password, for messages.
    pub fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => format!("sqlite:{}", path.display()),
            Self::Postgres(url) => match (url.find("://"), url.rfind('@')) {
                (Some(start), Some(at)) => format!("{}…{}", &url[..start + 3], &url[at..]),
                _ => url.clone(),
            },
        }
    }
}

/// What the opener wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode<'a> {
    /// Reading works beside a writer.
    Read,
    /// Writing takes the writer's place; the text names the holder for others.
    Write { holder: &'a str },
}

/// Errors that know whether running the transaction again may help.
pub trait Retryable {
    fn is_retry(&self) -> bool;

    /// What the disk had against it, if that was the reason.
    fn disk(&self) -> Option<&Disk>;
}

/// What this process wrote since it was opened.
#[derive(Debug, Default)]
pub struct Written {
    pub transactions: AtomicU64,
    pub facts: AtomicU64,
    /// Writes the disk did not take.
    pub refused: AtomicU64,
}

struct Slot<C> {
    conn: C,
    keys: KeyBlock,
    writer: Writer,
    file: NodeFile,
}

#[expect(clippy::large_enum_variant, reason = "there is one of it in a process")]
enum Backend {
    Sqlite {
        path: PathBuf,
        idle: Mutex<Vec<Connection>>,
        slot: Option<Mutex<Slot<Connection>>>,
        _lock: Option<WriterLock>,
    },
    Postgres {
        url: String,
        idle: Mutex<Vec<PgClient>>,
        slots: Vec<Mutex<Slot<PgClient>>>,
        _locks: Vec<WriterLock>,
    },
}

/// An open database.
pub struct Db {
    backend: Backend,
    defs: RwLock<Arc<Definitions>>,
    nodes: RwLock<Arc<BTreeMap<i64, KnownNode>>>,
    /// What opening found out about the identity of the data.
    pub identity: Identity,
    /// The last writer went away without closing: a check of the file is due.
    pub was_unclean: bool,
    /// Where the data lies, and how much may still be written there.
    pub room: Room,
    pub written: Written,
}

/// What opening needs beside the location.
pub struct Opening<'a> {
    pub location: &'a Location,
    pub mode: Mode<'a>,
    pub defs: Arc<Definitions>,
    pub now: Moment,
    pub random: Random<'a>,
    /// Folder of the node files of a PostgreSQL server process.
    pub state_dir: &'a Path,
    /// Writers of this process on PostgreSQL; SQLite always has one.
    pub writers: usize,
}

/// A poisoned lock guards plain data that every transaction leaves whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_held<T>(mutex: &Mutex<T>) -> bool {
    matches!(mutex.try_lock(), Err(TryLockError::WouldBlock))
}

impl Db {
    pub fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite { .. } => Engine::Sqlite,
            Backend::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The first writer of this process by its public name; nobody when opened for reading.
    pub fn writer_id(&self) -> String {
        let id = match &self.backend {
            Backend::Sqlite { slot, .. } => slot.as_ref().map(|slot| lock(slot).writer.id),
            Backend::Postgres { slots, .. } => slots.first().map(|slot| lock(slot).writer.id),
        };
        id.map(|id| id.to_string()).unwrap_or_default()
    }

    /// The definitions in use.
    pub fn definitions(&self) -> Arc<Definitions> {
        Arc::clone(&self.defs.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another set of definitions into use (an adoption was recorded).
    pub fn use_definitions(&self, defs: Arc<Definitions>) {
        *self.defs.write().unwrap_or_else(PoisonError::into_inner) = defs;
    }

    /// The writers known to this database.
    pub fn nodes(&self) -> Arc<BTreeMap<i64, KnownNode>> {
        Arc::clone(&self.nodes.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn refresh_nodes(&self) -> Result<()> {
        let known = self.read(node::known)?;
        *self.nodes.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(known);
        Ok(())
    }

    /// Whether the database answers, and is of this program and its version.
    pub fn assert_current(&self) -> Result<()> {
        self.read(migrate::assert_current)
    }

    /// Runs a read in one snapshot.
    pub fn read<T, E: From<StoreError> + Retryable>(
        &self,
        work: impl FnOnce(&mut dyn Sql) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.room.assert_same_file()?;
        match &self.backend {
            Backend::Sqlite { path, idle, .. } => {
                let spare = lock(idle).pop();
                let conn = match spare {
                    Some(conn) => conn,
                    None => sqlite::open(path, false)?,
                };
                conn.execute_batch("BEGIN").map_err(StoreError::from)?;
                let answer = work(&mut SqliteSql(&conn));
                conn.execute_batch("COMMIT").map_err(StoreError::from)?;
                let mut idle = lock(idle);
                if idle.len() < 8 {
                    idle.push(conn);
                }
                answer
            }
            Backend::Postgres { url, idle, .. } => {
                let spare = lock(idle).pop();
                let mut client = match spare {
                    Some(client) if !client.client.is_closed() => client,
                    _ => PgClient::connect(url)?,
                };
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                client.client.batch_execute(begin).map_err(StoreError::from)?;
                let answer = work(&mut client.sql());
                let end = if answer.is_ok() { "COMMIT" } else { "ROLLBACK" };
                client.client.batch_execute(end).map_err(StoreError::from)?;
                let mut idle = lock(idle);
                if idle.len() < 32 {
                    idle.push(client);
                }
                answer
            }
        }
    }

    /// Tells the engine how large the tables have become that grew much since it last looked, where it plans by
    /// that. Costs one small question when none did.
    pub fn survey(&self) -> Result<()> {
        if let Backend::Postgres { url, .. } = &self.backend {
            PgClient::connect(url)?.survey()?;
        }
        Ok(())
    }

    /// Runs a write: everything it appended and the tables that follow from it, or nothing.
    ///
    /// The work may run several times; it must not do anything outside the transaction.
    pub fn write<T, E: From<StoreError> + Retryable>(
        &self,
        now: Moment,
        mut work: impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.write_once(now, &mut work) {
                Err(error) if error.is_retry() && tries < TRIES => {
                    self.refresh_nodes()?;
                    std::thread::sleep(std::time::Duration::from_millis(u64::from(tries) * 5));
                }
                answer => {
                    self.note(answer.as_ref().err().and_then(Retryable::disk));
                    return answer;
                }
            }
        }
    }

    /// Remembers what the disk had against a write: pages say so until a write succeeds.
    fn note(&self, met: Option<&Disk>) {
        // Too little room is asked again each time.
        let lasting = met.filter(|disk| !matches!(disk, Disk::Low { .. }));
        self.room.note(lasting.cloned());
        let count = if met.is_some() { &self.written.refused } else { &self.written.transactions };
        count.fetch_add(1, Ordering::Relaxed);
    }

    fn write_once<T, E: From<StoreError> + Retryable>(
        &self,
        now: Moment,
        work: &mut impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.room.assert_same_file()?;
        let (defs, nodes) = (self.definitions(), self.nodes());
        match &self.backend {
            Backend::Sqlite { slot, .. } => {
                let slot = slot.as_ref().ok_or_else(not_a_writer)?;
                let mut slot = lock(slot);
                let Slot { conn, keys, writer, .. } = &mut *slot;
                if keys.left() < KEYS_PER_TX {
                    // Keys of a block whose transaction did not end well would be handed out twice.
                    let mut fresh = KeyBlock::default();
                    sqlite_transaction(conn, |sql| fresh.refill(sql, KEY_BLOCK))?;
                    *keys = fresh;
                }
                let (answer, next) = sqlite_transaction(conn, |sql| {
                    self.run(Tx::new(sql, keys, &defs, &nodes, writer.clone(), now), &mut *work)
                })?;
                *writer = next;
                Ok(answer)
            }
            Backend::Postgres { url, slots, .. } => {
                let mut slot = free_slot(slots).ok_or_else(not_a_writer)?;
                let Slot { conn, keys, writer, .. } = &mut *slot;
                if conn.client.is_closed() {
                    *conn = PgClient::connect(url)?;
                    // Whether the last commit came through is known to the server alone.
                    writer.stand_at_head(&mut conn.sql())?;
                }
                if keys.left() < KEYS_PER_TX {
                    // Keys of a block whose transaction did not end well would be handed out twice.
                    let mut fresh = KeyBlock::default();
                    conn.transaction("BEGIN", |sql| fresh.refill(sql, KEY_BLOCK))?;
                    *keys = fresh;
                }
                let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
                let (answer, next) = conn.transaction_of(begin, |sql| {
                    self.run(Tx::new(sql, keys, &defs, &nodes, writer.clone(), now), &mut *work)
                })?;
                *writer = next;
                Ok(answer)
            }
        }
    }

    /// Whether a write would have to wait for another one of this process.
    pub fn is_busy(&self) -> bool {
        match &self.backend {
            Backend::Sqlite { slot, .. } => slot.as_ref().is_some_and(is_held),
            Backend::Postgres { slots, .. } => slots.iter().all(is_held),
        }
    }

    fn run<T, E: From<StoreError>>(
        &self,
        mut tx: Tx<'_>,
        work: &mut impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<(T, Writer), E> {
        let answer = work(&mut tx)?;
        let facts = tx.facts();
        if facts > 0 {
            self.room.assert_free()?;
        }
        let writer = tx.finish()?;
        self.written.facts.fetch_add(facts, Ordering::Relaxed);
        Ok((answer, writer))
    }

    /// Writes to tables that are not folded from facts (sessions, staging, cells).
    pub fn write_plain<T, E: From<StoreError> + Retryable>(
        &self,
        now: Moment,
        mut work: impl FnMut(&mut dyn Sql) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.write(now, |tx| work(tx.sql()))
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn not_a_writer() -> StoreError {
    StoreError::Engine("the database was opened for reading".into())
}

/// A writer slot that is free, or the first one when all are busy.
fn free_slot<C>(slots: &[Mutex<Slot<C>>]) -> Option<MutexGuard<'_, Slot<C>>> {
    slots.iter().find_map(|slot| slot.try_lock().ok()).or_else(|| slots.first().map(lock))
}

fn sqlite_transaction<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&mut dyn Sql) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    conn.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from)?;
    let done = work(&mut SqliteSql(conn)).and_then(|value| {
        conn.execute_batch("COMMIT").map(|()| value).map_err(|e| E::from(e.into()))
    });
    // A full disk may have ended the transaction already; a commit that failed has not.
    if done.is_err() && !conn.is_autocommit() {
        conn.execute_batch("ROLLBACK").map_err(StoreError::from)?;
    }
    done
}
