//! A database: connections, one writer at a time per slot, transactions that may be run again.

use crate::error::{Result, StoreError};
use crate::keys::KeyBlock;
use crate::migrate;
use crate::node::{self, Identity, KnownNode, Random, Writer};
use crate::postgres::PgClient;
use crate::sql::{Engine, Sql};
use crate::sqlite::{self, SqliteSql, WriterLock};
use crate::tx::Tx;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
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
}

struct Slot<C> {
    conn: C,
    keys: KeyBlock,
    writer: Writer,
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

impl Db {
    /// Brings a database to the newest schema and folds the tables again when their shape changed.
    pub fn migrate(
        location: &Location,
        defs: &Definitions,
        now: Moment,
    ) -> Result<Vec<&'static str>> {
        let run = |sql: &mut dyn Sql| {
            let mut steps = migrate::migrate(sql, now.ms())?;
            let is_new = steps.contains(&"log");
            if is_new || migrate::found(sql)?.projections != crate::table::PROJECTION_VERSION {
                crate::rebuild::rebuild(sql, defs)?;
                if !is_new {
                    steps.push("projections");
                }
            }
            Ok(steps)
        };
        match location {
            Location::Sqlite(path) => {
                let _lock = WriterLock::take(path, "tram migrate")?;
                let conn = sqlite::open(path, true)?;
                sqlite_transaction(&conn, |sql| run(sql))
            }
            Location::Postgres(url) => {
                let mut client = PgClient::connect(url)?;
                client.assert_settings()?;
                client.transaction("BEGIN", |sql| run(sql))
            }
        }
    }

    /// Opens a database of the newest schema; any other is refused.
    pub fn open(opening: Opening<'_>) -> Result<Self> {
        let Opening { location, mode, defs, now, random, state_dir, writers } = opening;
        let mut identity = Identity::Same;
        let mut was_unclean = false;
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
                    let (writer, found) = sqlite_transaction(&conn, |sql| {
                        start_writer(sql, &mut keys, &file, holder, now, random)
                    })?;
                    identity = found;
                    slot = Some(Mutex::new(Slot { conn, keys, writer }));
                } else {
                    let conn = sqlite::open(path, false)?;
                    migrate::assert_current(&mut SqliteSql(&conn))?;
                }
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
                    let (writer, found) = conn.transaction("BEGIN", |sql| {
                        start_writer(sql, &mut keys, &file, holder, now, random)
                    })?;
                    identity = found;
                    slots.push(Mutex::new(Slot { conn, keys, writer }));
                }
                let mut client = PgClient::connect(url)?;
                client.assert_settings()?;
                migrate::assert_current(&mut client.sql())?;
                let idle = Mutex::new(vec![client]);
                Backend::Postgres { url: url.clone(), idle, slots, _locks: locks }
            }
        };
        let nodes = RwLock::new(Arc::new(BTreeMap::new()));
        let db = Self { backend, defs: RwLock::new(defs), nodes, identity, was_unclean };
        db.refresh_nodes()?;
        Ok(db)
    }

    pub fn engine(&self) -> Engine {
        match self.backend {
            Backend::Sqlite { .. } => Engine::Sqlite,
            Backend::Postgres { .. } => Engine::Postgres,
        }
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

    /// Runs a read in one snapshot.
    pub fn read<T, E: From<StoreError> + Retryable>(
        &self,
        work: impl FnOnce(&mut dyn Sql) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
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
                answer => return answer,
            }
        }
    }

    fn write_once<T, E: From<StoreError> + Retryable>(
        &self,
        now: Moment,
        work: &mut impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let (defs, nodes) = (self.definitions(), self.nodes());
        match &self.backend {
            Backend::Sqlite { slot, .. } => {
                let slot = slot.as_ref().ok_or_else(not_a_writer)?;
                let mut slot = lock(slot);
                let Slot { conn, keys, writer } = &mut *slot;
                if keys.left() < KEYS_PER_TX {
                    sqlite_transaction(conn, |sql| keys.refill(sql, KEY_BLOCK))?;
                }
                let (answer, next) = sqlite_transaction(conn, |sql| {
                    run(Tx::new(sql, keys, &defs, &nodes, writer.clone(), now), &mut *work)
                })?;
                *writer = next;
                Ok(answer)
            }
            Backend::Postgres { url, slots, .. } => {
                let mut slot = free_slot(slots).ok_or_else(not_a_writer)?;
                let Slot { conn, keys, writer } = &mut *slot;
                if conn.client.is_closed() {
                    *conn = PgClient::connect(url)?;
                }
                if keys.left() < KEYS_PER_TX {
                    conn.transaction("BEGIN", |sql| keys.refill(sql, KEY_BLOCK))?;
                }
                let begin = "BEGIN ISOLATION LEVEL READ COMMITTED";
                let (answer, next) = conn.transaction_of(begin, |sql| {
                    run(Tx::new(sql, keys, &defs, &nodes, writer.clone(), now), &mut *work)
                })?;
                *writer = next;
                Ok(answer)
            }
        }
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

fn not_a_writer() -> StoreError {
    StoreError::Engine("the database was opened for reading".into())
}

fn run<T, E: From<StoreError>>(
    mut tx: Tx<'_>,
    work: &mut impl FnMut(&mut Tx<'_>) -> std::result::Result<T, E>,
) -> std::result::Result<(T, Writer), E> {
    let answer = work(&mut tx)?;
    let writer = tx.finish()?;
    Ok((answer, writer))
}

/// A writer slot that is free, or the first one when all are busy.
fn free_slot<C>(slots: &[Mutex<Slot<C>>]) -> Option<MutexGuard<'_, Slot<C>>> {
    slots.iter().find_map(|slot| slot.try_lock().ok()).or_else(|| slots.first().map(lock))
}

fn start_writer(
    sql: &mut dyn Sql,
    keys: &mut KeyBlock,
    file: &Path,
    holder: &str,
    now: Moment,
    random: Random<'_>,
) -> Result<(Writer, Identity)> {
    migrate::assert_current(sql)?;
    keys.refill(sql, KEY_BLOCK)?;
    let key = keys.take();
    node::open_writer(sql, file, key, holder, now.ms(), random)
}

fn sqlite_transaction<T, E: From<StoreError>>(
    conn: &Connection,
    work: impl FnOnce(&mut dyn Sql) -> std::result::Result<T, E>,
) -> std::result::Result<T, E> {
    conn.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from)?;
    match work(&mut SqliteSql(conn)) {
        Ok(value) => {
            conn.execute_batch("COMMIT").map_err(StoreError::from)?;
            Ok(value)
        }
        Err(error) => {
            conn.execute_batch("ROLLBACK").map_err(StoreError::from)?;
            Err(error)
        }
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The first node file of the folder that no other process holds.
fn free_node_file(folder: &Path, holder: &str) -> Result<(PathBuf, WriterLock)> {
    std::fs::create_dir_all(folder).map_err(|e| StoreError::Engine(e.to_string()))?;
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
