//! A whole database brought to another state: upgraded to the newest schema, or restored from a backup.

use super::{Db, Location, sqlite_transaction};
use crate::backup::{self, BackupReader, Manifest};
use crate::error::{BadBackup, Result, StoreError};
use crate::migrate::{self, Found, NEWEST};
use crate::postgres::PgClient;
use crate::room::folder_of;
use crate::sql::Sql;
use crate::sqlite::{self, SqliteSql, WriterLock};
use crate::table::PROJECTION_VERSION;
use crate::{log, rebuild, settings};
use std::path::{Path, PathBuf};
use tram_defs::Definitions;
use tram_kernel::Moment;

/// The steps of an upgrade by their names, in order.
pub type Steps = Vec<&'static str>;

/// A database of any version, opened for what its keepers do.
pub struct Upkeep {
    pub(super) place: Place,
}

pub(super) enum Place {
    Sqlite(rusqlite::Connection),
    Postgres(Box<PgClient>),
}

impl Upkeep {
    /// Opens a database for reading, whatever its version. Nothing is created.
    pub fn open(location: &Location) -> Result<Self> {
        let place = match location {
            Location::Sqlite(path) => Place::Sqlite(sqlite::open(path, false)?),
            Location::Postgres(url) => {
                let mut client = PgClient::connect(url)?;
                client.assert_settings()?;
                Place::Postgres(Box::new(client))
            }
        };
        Ok(Self { place })
    }

    /// Reads in one snapshot.
    pub fn read<T>(&mut self, work: impl FnOnce(&mut dyn Sql) -> Result<T>) -> Result<T> {
        match &mut self.place {
            Place::Sqlite(conn) => {
                conn.execute_batch("BEGIN")?;
                let answer = work(&mut SqliteSql(conn));
                conn.execute_batch("COMMIT")?;
                answer
            }
            Place::Postgres(client) => {
                client.transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work)
            }
        }
    }

    /// What version stands here.
    pub fn found(&mut self) -> Result<Found> {
        self.read(migrate::found)
    }

    /// The steps that an upgrade would take.
    pub fn plan(&mut self) -> Result<Steps> {
        let found = self.found()?;
        if found.schema > NEWEST {
            return Err(StoreError::Schema { found: found.schema, wanted: NEWEST });
        }
        let mut steps = migrate::planned(found.schema);
        if found.schema > 0 && found.projections != PROJECTION_VERSION {
            steps.push("projections");
        }
        Ok(steps)
    }

    /// Change-sets and facts; none in an empty database.
    pub fn log_size(&mut self) -> Result<(i64, i64)> {
        if self.found()?.schema == 0 { Ok((0, 0)) } else { self.read(log::count) }
    }
}

/// What keeps a file from appearing half made: it is built under another name.
pub(super) struct Building {
    pub(super) path: PathBuf,
}

impl Building {
    pub(super) fn beside(path: &Path) -> Self {
        let building = Self { path: super::with_suffix(path, ".restoring") };
        building.clear();
        building
    }

    fn clear(&self) {
        for suffix in ["", "-wal", "-shm"] {
            let _not_there = std::fs::remove_file(super::with_suffix(&self.path, suffix));
        }
    }
}

impl Drop for Building {
    fn drop(&mut self) {
        self.clear();
    }
}

impl Db {
    /// Brings a database to the newest schema and folds the tables again when their shape changed. All
    /// of it is one transaction: an upgrade that was cut off has not happened, and is run again.
    pub fn migrate(location: &Location, defs: &Definitions, now: Moment) -> Result<Steps> {
        let run = |sql: &mut dyn Sql| {
            let mut steps = migrate::migrate(sql, now.ms())?;
            let is_new = steps.contains(&"log");
            if is_new || migrate::found(sql)?.projections != PROJECTION_VERSION {
                rebuild::rebuild(sql, defs)?;
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

    /// Makes a database from a backup, in a place where nothing is. Everything is there afterwards and
    /// verified, or nothing is: on SQLite the file appears under its name when it is finished, on
    /// PostgreSQL it is one transaction. The next writer begins a new epoch.
    pub fn restore(
        location: &Location,
        file: &Path,
        defs: &Definitions,
        now: Moment,
    ) -> Result<Manifest> {
        let mut reader = BackupReader::open(file)?;
        let occupied = || StoreError::Backup(BadBackup::Occupied { what: location.shown() });
        match location {
            Location::Sqlite(path) => {
                std::fs::create_dir_all(folder_of(path))
                    .map_err(|e| StoreError::io("folder of the database", &e))?;
                let _lock = WriterLock::take(path, "tram restore")?;
                if path.exists() && Upkeep::open(location)?.log_size()?.0 > 0 {
                    return Err(occupied());
                }
                let building = Building::beside(path);
                let conn = sqlite::open(&building.path, true)?;
                let manifest =
                    sqlite_transaction(&conn, |sql| fill(sql, &mut reader, now, Some(defs)))?;
                conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
                conn.close().map_err(|(_, error)| error)?;
                let io = |e: std::io::Error| StoreError::io("restored file", &e);
                for suffix in ["-wal", "-shm"] {
                    let _not_there = std::fs::remove_file(super::with_suffix(path, suffix));
                }
                std::fs::rename(&building.path, path).map_err(io)?;
                sync_folder(folder_of(path))?;
                Ok(manifest)
            }
            Location::Postgres(url) => {
                let mut client = PgClient::connect(url)?;
                client.assert_settings()?;
                if Upkeep::open(location)?.log_size()?.0 > 0 {
                    return Err(occupied());
                }
                client.transaction("BEGIN", |sql| {
                    migrate::drop_log(sql)?;
                    fill(sql, &mut reader, now, Some(defs))
                })
            }
        }
    }

    /// Restores a backup into a file of its own beside it, verifies what is there, and forgets it.
    pub fn try_backup(file: &Path, now: Moment) -> Result<Manifest> {
        let mut reader = BackupReader::open(file)?;
        let building = Building::beside(file);
        let conn = sqlite::open(&building.path, true)?;
        // Nothing in it must last.
        conn.execute_batch("PRAGMA synchronous = OFF")?;
        let manifest = sqlite_transaction(&conn, |sql| fill(sql, &mut reader, now, None))?;
        let whole: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if whole != "ok" {
            return Err(StoreError::Engine(format!("quick_check: {whole}")));
        }
        drop(conn);
        Ok(manifest)
    }

    /// Notes a setting beside the writer: what is noted belongs to no chain.
    pub fn put_setting(location: &Location, name: &str, value: &str) -> Result<()> {
        match location {
            Location::Sqlite(path) => {
                let conn = sqlite::open(path, true)?;
                conn.execute_batch("PRAGMA wal_autocheckpoint = 0")?;
                sqlite_transaction(&conn, |sql| settings::put(sql, name, value))
            }
            Location::Postgres(url) => {
                PgClient::connect(url)?.transaction("BEGIN", |sql| settings::put(sql, name, value))
            }
        }
    }
}

/// Tables of the newest schema, filled from a backup and proved.
pub(super) fn fill(
    sql: &mut dyn Sql,
    reader: &mut BackupReader,
    now: Moment,
    defs: Option<&Definitions>,
) -> Result<Manifest> {
    migrate::migrate(sql, now.ms())?;
    let manifest = backup::load(sql, reader)?;
    let verified = log::verify(sql)?;
    if let Some(bad) = verified.bad.first() {
        let (node, seq) = (bad.node.to_string(), bad.seq);
        return Err(StoreError::Backup(BadBackup::Log { node, seq }));
    }
    if let Some((node, seq)) = crate::audit::verify(sql)?.first() {
        let (node, seq) = (format!("audit {node}"), *seq as u64);
        return Err(StoreError::Backup(BadBackup::Log { node, seq }));
    }
    if let Some(defs) = defs {
        rebuild::rebuild(sql, defs)?;
    }
    Ok(manifest)
}

/// Makes a new name in a folder survive a power cut.
pub fn sync_folder(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    std::fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| StoreError::io("folder", &e))?;
    #[cfg(not(unix))]
    let _named_when_written = folder;
    Ok(())
}
