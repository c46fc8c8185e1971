//! What can be found out about a database and the disk it lies on without changing either.

use super::upkeep::{Building, Place, fill};
use super::{Location, Upkeep, with_suffix};
use crate::backup::{self, BackupReader};
use crate::error::{Result, StoreError};
use crate::room::folder_of;
use crate::sqlite;
use crate::{dump, migrate};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};
use tram_defs::Definitions;
use tram_kernel::Moment;

/// What a lock file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Nobody writes, and the last writer closed in order.
    Free,
    /// Nobody writes, but the last writer was cut off.
    Unclean,
    By(String),
}

impl Held {
    /// Reads the lock of a SQLite file without taking it for longer than the look lasts.
    pub fn of(database: &Path) -> Self {
        let Ok(mut file) = File::open(with_suffix(database, ".lock")) else { return Self::Free };
        let mut text = String::new();
        let _unreadable = file.read_to_string(&mut text);
        let text = text.trim().to_owned();
        match file.try_lock_shared() {
            Err(_) => Self::By(text),
            Ok(()) if text.is_empty() => Self::Free,
            Ok(()) => Self::Unclean,
        }
    }
}

/// Bytes of the log that SQLite has not yet put into its main file.
pub fn wal_bytes(database: &Path) -> u64 {
    std::fs::metadata(with_suffix(database, "-wal")).map_or(0, |found| found.len())
}

/// Whether somebody else of this machine could read a file: its own rights and those of its folder.
/// `None` where rights are told otherwise.
pub fn is_open_to_others(file: &Path) -> Option<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| std::fs::metadata(path).map(|found| found.permissions().mode());
        let (own, folder) = (mode(file).ok()?, mode(folder_of(file)).ok()?);
        Some(own & 0o044 != 0 && folder & 0o011 != 0)
    }
    #[cfg(not(unix))]
    {
        let _unasked = file;
        None
    }
}

/// How long a write of four kilobytes takes to reach the disk: the median of a few.
pub fn fsync_time(folder: &Path) -> Result<Duration> {
    const TIMES: usize = 15;
    let path = folder.join(format!(".tram-fsync-{}", std::process::id()));
    let io = |error: std::io::Error| StoreError::io("disk test", &error);
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).open(&path).map_err(io)?;
    let mut times = Vec::with_capacity(TIMES);
    let measured = (0..TIMES).try_for_each(|_| {
        let started = Instant::now();
        file.write_all(&[0x5A; 4_096])?;
        file.sync_all()?;
        times.push(started.elapsed());
        Ok(())
    });
    drop(file);
    let _still_there = std::fs::remove_file(&path);
    measured.map_err(io)?;
    times.sort();
    Ok(times[TIMES / 2])
}

impl Upkeep {
    /// What SQLite finds wrong with its file. `None` when nothing is, or on PostgreSQL.
    pub fn quick_check(&mut self) -> Result<Option<String>> {
        let Place::Sqlite(conn) = &self.place else { return Ok(None) };
        let said: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        Ok((said != "ok").then_some(said))
    }

    /// A setting of the PostgreSQL server; `None` on SQLite, or when it may not be asked.
    pub fn server_setting(&mut self, name: &str) -> Option<String> {
        match &mut self.place {
            Place::Sqlite(_) => None,
            Place::Postgres(client) => client.show(name).ok(),
        }
    }

    /// Whether the database is of this program and can be written by it.
    pub fn assert_current(&mut self) -> Result<()> {
        self.read(migrate::assert_current)
    }

    /// Folds the log again in a database of its own below `folder` and names the tables in which the
    /// result differs from what stands here. Works beside a writer: both are of one snapshot.
    pub fn differing(
        &mut self,
        defs: &Definitions,
        folder: &Path,
        now: Moment,
    ) -> Result<Vec<&'static str>> {
        let copy = folder.join(format!(".tram-doctor-{}", std::process::id()));
        let building = Building::beside(&copy);
        let part = Building { path: copy };
        let io = |error: std::io::Error| StoreError::io("copy", &error);
        let mut out = std::io::BufWriter::new(File::create(&part.path).map_err(io)?);
        let before = self.read(|sql| {
            backup::write(sql, &mut out, "", now)?;
            dump::digest(sql)
        })?;
        out.flush().map_err(io)?;
        let mut reader = BackupReader::open(&part.path)?;
        let conn = sqlite::open(&building.path, true)?;
        conn.execute_batch("PRAGMA synchronous = OFF")?;
        let after = super::sqlite_transaction(&conn, |sql| {
            fill(sql, &mut reader, now, Some(defs))?;
            dump::digest(sql)
        })?;
        drop(conn);
        let differs = before.iter().zip(&after).filter(|(a, b)| a != b);
        Ok(differs.map(|(a, _)| a.table).collect())
    }
}

/// The folder of a database, where copies of it may be made for a while.
pub fn folder_for_copies<'a>(location: &'a Location, state_dir: &'a Path) -> &'a Path {
    match location {
        Location::Sqlite(path) => folder_of(path),
        Location::Postgres(_) => state_dir,
    }
}
