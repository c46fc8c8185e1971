//! SQLite: one writing connection, several reading ones, settings asserted, a lock file for writers.

use crate::error::{Result, StoreError};
use crate::sql::{Engine, Row, Sql, Val, written_out};
use crate::table::Table;
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// The oldest SQLite without the WAL-reset corruption (fixed in 3.51.3).
const OLDEST: i32 = 3_051_003;

impl ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// A connection seen through the common door.
pub struct SqliteSql<'a>(pub &'a Connection);

impl Sql for SqliteSql<'_> {
    fn engine(&self) -> Engine {
        Engine::Sqlite
    }

    fn exec(&mut self, sql: &str, params: &[Val]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(sql)?;
        // A RETURNING clause makes a query of it; its rows are not wanted here.
        if statement.column_count() > 0 {
            let mut rows = statement.query(rusqlite::params_from_iter(params))?;
            let mut n = 0;
            while rows.next()?.is_some() {
                n += 1;
            }
            return Ok(n);
        }
        Ok(statement.execute(rusqlite::params_from_iter(params))? as u64)
    }

    fn each(
        &mut self,
        sql: &str,
        params: &[Val],
        row: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(params))?;
        while let Some(found) = rows.next()? {
            let mut values = Vec::with_capacity(columns);
            for at in 0..columns {
                values.push(read(found.get_ref(at)?)?);
            }
            row(Row::new(values))?;
        }
        Ok(())
    }

    fn insert_many(&mut self, table: &'static Table, rows: &[Vec<Val>]) -> Result<()> {
        let mut statement = self.0.prepare_cached(&table.texts().insert)?;
        for row in rows {
            statement.execute(rusqlite::params_from_iter(row))?;
        }
        Ok(())
    }

    fn delete_many(&mut self, table: &'static Table, keys: &[Vec<Val>]) -> Result<()> {
        let mut statement = self.0.prepare_cached(&table.texts().delete)?;
        for key in keys {
            statement.execute(rusqlite::params_from_iter(key))?;
        }
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        Ok(self.0.execute_batch(sql)?)
    }

    fn check(&mut self, sql: &str) -> Result<()> {
        self.0.prepare(&written_out(sql))?;
        Ok(())
    }
}

fn read(value: ValueRef<'_>) -> Result<Val> {
    Ok(match value {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(number) => Val::Int(number),
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes);
            Val::Text(text.map_err(|_| StoreError::Engine("a text is not UTF-8".into()))?.into())
        }
        ValueRef::Blob(bytes) => Val::Blob(bytes.into()),
        ValueRef::Real(_) => return Err(StoreError::Engine("a column is a real number".into())),
    })
}

/// Opens a connection with the settings the data needs and proves that they took effect.
pub fn open(path: &Path, writes: bool) -> Result<Connection> {
    let version = rusqlite::version_number();
    if version < OLDEST {
        let found = rusqlite::version().to_owned();
        return Err(StoreError::Setting { what: "sqlite version", found });
    }
    let mut flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    flags |= if writes {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE
    };
    let conn = Connection::open_with_flags(path, flags)?;
    conn.set_prepared_statement_cache_capacity(512);
    conn.busy_timeout(std::time::Duration::from_secs(10))?;
    // Plans never depend on bound values; without this SQLite prepares joins and sorts again for
    // every new value.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Pages of 4 KiB; the writer keeps more of them and checkpoints less often.
    let (cache_kib, checkpoint) = if writes { (8_192, 4_000) } else { (2_048, 0) };
    conn.execute_batch(&format!(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA mmap_size = 0; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -{cache_kib}; PRAGMA wal_autocheckpoint = {checkpoint};"
    ))?;
    if !writes {
        conn.execute_batch("PRAGMA query_only = ON")?;
    }
    for (what, wanted) in [("journal_mode", "wal"), ("synchronous", "2"), ("trusted_schema", "0")] {
        let found: String = conn.query_row(&format!("PRAGMA {what}"), [], |row| {
            Ok(match row.get_ref(0)? {
                ValueRef::Integer(n) => n.to_string(),
                ValueRef::Text(t) => String::from_utf8_lossy(t).into_owned(),
                _ => String::new(),
            })
        })?;
        if found != wanted {
            return Err(StoreError::Setting { what, found });
        }
    }
    Ok(conn)
}

/// Holds `FILE.lock` as long as it lives. Its text names who is writing.
#[derive(Debug)]
pub struct WriterLock {
    file: File,
    /// Whether the last writer went away without closing.
    pub was_unclean: bool,
}

impl WriterLock {
    /// Takes the lock for `holder`, or says who has it.
    pub fn take(database: &Path, holder: &str) -> Result<Self> {
        let path = lock_path(database);
        let io = |error: std::io::Error| StoreError::io(&path.display().to_string(), &error);
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).write(true).create(true).truncate(false).open(&path).map_err(io)?;
        let mut text = String::new();
        if file.try_lock().is_err() {
            let _unreadable = file.read_to_string(&mut text);
            return Err(StoreError::Locked { holder: text.trim().to_owned() });
        }
        file.read_to_string(&mut text).map_err(io)?;
        file.set_len(0).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        writeln!(file, "{holder} (pid {})", std::process::id()).map_err(io)?;
        Ok(Self { file, was_unclean: !text.trim().is_empty() })
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // An empty lock file means "closed cleanly"; failing to empty it only costs a quick_check.
        let _emptied = self.file.set_len(0);
        let _released = self.file.unlock();
    }
}

fn lock_path(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}
