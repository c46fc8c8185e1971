//! Databases that exist for a while: measurements and tests.

use crate::db::Location;
use crate::error::{Result, StoreError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// An empty database of its own, which disappears with this value. Close what has it open first.
pub struct Scratch {
    pub location: Location,
    /// Node files and, on SQLite, the database itself.
    pub folder: PathBuf,
    server: Option<(String, String)>,
}

/// A number no other scratch of this machine has.
fn unique() -> u64 {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    u64::from(std::process::id()) << 20 | COUNTER.fetch_add(1, Ordering::Relaxed)
}

fn folder_in(parent: &Path) -> Result<(String, PathBuf)> {
    let name = format!("tram_scratch_{:x}", unique());
    let folder = parent.join(&name);
    std::fs::create_dir_all(&folder).map_err(|e| StoreError::Engine(e.to_string()))?;
    Ok((name, folder))
}

impl Scratch {
    /// A file in a new folder below `parent`.
    pub fn sqlite(parent: &Path) -> Result<Self> {
        let (_, folder) = folder_in(parent)?;
        Ok(Self { location: Location::Sqlite(folder.join("tram.db")), folder, server: None })
    }

    /// A new database on the server of `url`, whose user may create databases.
    pub fn postgres(url: &str, parent: &Path) -> Result<Self> {
        let (name, folder) = folder_in(parent)?;
        let mut admin = postgres::Client::connect(url, postgres::NoTls)?;
        admin.batch_execute(&format!("CREATE DATABASE {name}"))?;
        let base = url.rsplit_once('/').map_or(url, |(base, _)| base);
        let location = Location::Postgres(format!("{base}/{name}"));
        Ok(Self { location, folder, server: Some((url.to_owned(), name)) })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _left_behind = std::fs::remove_dir_all(&self.folder);
        if let Some((url, name)) = &self.server
            && let Ok(mut admin) = postgres::Client::connect(url, postgres::NoTls)
        {
            let _left_behind = admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"));
        }
    }
}
