//! Backups: made beside a running server, proved by restoring them, pruned only after a good one.
//!
//! ```text
//! snapshot ─► .name.part ─► fsync ─► restored into a file of its own, every chain verified
//!          ─► renamed to name ─► folder fsynced ─► noted ─► older ones beyond `keep` removed
//! ```

mod nightly;

pub use nightly::BackupPlan;

use crate::clock::Clock;
use crate::definitions;
use crate::opening::{App, own_folder};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, SystemTime};
use tram_kernel::{Moment, moment};
use tram_store::backup::{self, BackupReader, ENDING, Manifest};
use tram_store::db::{Upkeep, sync_folder};
use tram_store::node::hex;
use tram_store::room::{self, folder_of};
use tram_store::{BadBackup, Db, Location, Sql, StoreError, floor, settings};

/// The setting that tells of the last good backup.
const LAST: &str = "backup_last";
/// What an interrupted backup left behind is removed when it is this old.
const STALE: Duration = Duration::from_secs(24 * 3_600);

/// Where a backup goes, and how many older ones stay beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupTo {
    /// A folder, or a file whose name ends in `.trambak`.
    pub place: PathBuf,
    /// The newest so many of the same data in that folder are kept; `None` keeps all.
    pub keep: Option<usize>,
}

/// A good backup.
#[derive(Debug, Clone)]
pub struct BackupReport {
    pub file: PathBuf,
    pub bytes: u64,
    /// Of the whole file, in hex.
    pub sha256: String,
    pub manifest: Manifest,
    /// Older ones that were pruned.
    pub removed: Vec<PathBuf>,
}

/// What is remembered of the last good backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastBackup {
    /// Milliseconds of UTC.
    pub at: i64,
    pub file: String,
    pub bytes: u64,
    pub change_sets: u64,
    pub facts: u64,
    pub sha256: String,
}

impl LastBackup {
    pub const fn moment(&self) -> Moment {
        Moment::from_ms(self.at)
    }

    /// What a database knows of its last good backup.
    pub(crate) fn of(sql: &mut dyn Sql) -> Result<Option<Self>, StoreError> {
        Ok(settings::get(sql, LAST)?.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

/// Removes an unfinished file however the work ends.
struct Unfinished(PathBuf);

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _renamed = std::fs::remove_file(&self.0);
    }
}

fn io(error: &std::io::Error) -> StoreError {
    StoreError::io("backup", error)
}

/// `tram-1a2b3c4d-20260116-220000`: the data it is of, and when.
fn name(database: &str, now: Moment) -> String {
    let day = now.day().to_string().replace('-', "");
    let time = moment::show_time(now.minute()).replace(':', "");
    let second = now.ms().div_euclid(1_000).rem_euclid(60);
    format!("{}{day}-{time}{second:02}", prefix(database))
}

/// How the names of all backups of the same data begin.
fn prefix(database: &str) -> String {
    let id: String = database.chars().filter(char::is_ascii_hexdigit).take(8).collect();
    format!("tram-{id}-")
}

/// Writes a backup of a database of any version, beside whoever is writing to it, and proves it.
pub fn back_up(
    location: &Location,
    to: &BackupTo,
    clock: Clock,
) -> Result<BackupReport, StoreError> {
    let (now, mut upkeep) = (clock.now(), Upkeep::open(location)?);
    if upkeep.log_size()?.0 == 0 {
        return Err(StoreError::Schema { found: 0, wanted: 0 });
    }
    let (size, database) = upkeep.read(|sql| Ok((floor::size(sql)?, backup::database(sql)?)))?;
    let is_file = to.place.extension().is_some_and(|ending| ending == ENDING);
    let folder = if is_file { folder_of(&to.place) } else { &to.place };
    std::fs::create_dir_all(folder).map_err(|e| io(&e))?;
    let file = match is_file {
        true => to.place.clone(),
        false => folder.join(format!("{}.{ENDING}", name(&database, now))),
    };
    if file.exists() {
        let what = file.display().to_string();
        return Err(StoreError::Backup(BadBackup::Occupied { what }));
    }
    sweep(folder);
    // The file itself, and the database it is restored into for the proof.
    let need = size.unsigned_abs().saturating_mul(2);
    if let Some(free) = room::free(folder).filter(|free| *free < need) {
        return Err(StoreError::Backup(BadBackup::NoRoom { free, need }));
    }
    let (part, written) = write_part(&mut upkeep, &file, now)?;
    let manifest = Db::try_backup(&part.0, now)?;
    if manifest != written {
        return Err(StoreError::Backup(BadBackup::Count { table: "manifest".into() }));
    }
    let (bytes, sha256) = fingerprint(&part.0)?;
    std::fs::rename(&part.0, &file).map_err(|e| io(&e))?;
    sync_folder(folder)?;
    let last = LastBackup {
        at: now.ms(),
        file: file.display().to_string(),
        bytes,
        change_sets: manifest.change_sets,
        facts: manifest.facts,
        sha256: sha256.clone(),
    };
    // The backup is good, whether or not the database can take a note of it.
    let text = serde_json::to_string(&last).unwrap_or_default();
    if let Err(error) = Db::put_setting(location, LAST, &text) {
        tracing::warn!(%error, "the backup was not noted");
    }
    let removed = prune(folder, &prefix(&database), to.keep, &file);
    Ok(BackupReport { file, bytes, sha256, manifest, removed })
}

/// Writes the file under a name that does not count yet, down to the disk.
fn write_part(
    upkeep: &mut Upkeep,
    file: &Path,
    now: Moment,
) -> Result<(Unfinished, Manifest), StoreError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let part = Unfinished(folder_of(file).join(format!(".{name}.part")));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let out = options.open(&part.0).map_err(|e| io(&e))?;
    let mut out = BufWriter::with_capacity(1 << 18, out);
    let program = env!("CARGO_PKG_VERSION");
    let manifest = upkeep.read(|sql| backup::write(sql, &mut out, program, now))?;
    out.flush().and_then(|()| out.get_ref().sync_all()).map_err(|e| io(&e))?;
    Ok((part, manifest))
}

/// Bytes and SHA-256 of a file.
fn fingerprint(file: &Path) -> Result<(u64, String), StoreError> {
    let mut input = File::open(file).map_err(|e| io(&e))?;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 18]);
    loop {
        let got = input.read(&mut buffer).map_err(|e| io(&e))?;
        if got == 0 {
            return Ok((bytes, hex(&hasher.finalize())));
        }
        hasher.update(&buffer[..got]);
        bytes += got as u64;
    }
}

/// Files of a folder whose names pass.
fn named(folder: &Path, is_wanted: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let wanted = entries.filter(|entry| is_wanted(&entry.file_name().to_string_lossy()));
    let mut files: Vec<PathBuf> = wanted.map(|entry| entry.path()).collect();
    files.sort();
    files
}

/// Removes what backups that were cut off left behind.
fn sweep(folder: &Path) {
    let is_part = |name: &str| name.starts_with(".tram-") && name.contains(".trambak.part");
    for file in named(folder, is_part) {
        let changed = std::fs::metadata(&file).and_then(|found| found.modified());
        let age = changed.ok().and_then(|at| SystemTime::now().duration_since(at).ok());
        if age.is_some_and(|age| age > STALE) {
            let _still_there = std::fs::remove_file(&file);
        }
    }
}

/// Removes the oldest backups of the same data; the one just made stays in any case.
fn prune(folder: &Path, prefix: &str, keep: Option<usize>, made: &Path) -> Vec<PathBuf> {
    let Some(keep) = keep else { return Vec::new() };
    let ending = format!(".{ENDING}");
    let files = named(folder, |name| name.starts_with(prefix) && name.ends_with(&ending));
    let older: Vec<PathBuf> = files.into_iter().filter(|file| file != made).collect();
    let beyond = (older.len() + 1).saturating_sub(keep.max(1));
    older.into_iter().take(beyond).filter(|file| std::fs::remove_file(file).is_ok()).collect()
}

/// Reads a backup from end to end and proves it without keeping it.
pub fn inspect(file: &Path, clock: Clock) -> Result<Manifest, StoreError> {
    // Damage is told before anything is written.
    BackupReader::open(file)?.manifest()?;
    Db::try_backup(file, clock.now())
}

/// Makes a database from a backup where there is none.
pub fn restore(location: &Location, file: &Path, clock: Clock) -> Result<Manifest, StoreError> {
    BackupReader::open(file)?.manifest()?;
    if let Location::Sqlite(path) = location {
        own_folder(folder_of(path))?;
    }
    Db::restore(location, file, &definitions::built_in(), clock.now())
}

impl App {
    /// What is known of the last good backup.
    pub fn last_backup(&self) -> Result<Option<LastBackup>, StoreError> {
        let last = self.db.read(LastBackup::of)?;
        let at = last.as_ref().map_or(0, |last| last.at);
        self.backup_at.store(at, Ordering::Relaxed);
        Ok(last)
    }

    /// When the last good backup was made, as this process last saw it.
    pub fn backup_seen(&self) -> Option<Moment> {
        let at = self.backup_at.load(Ordering::Relaxed);
        (at > 0).then(|| Moment::from_ms(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_oldest_of_the_same_data_are_pruned() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let names = [
            "tram-1a2b3c4d-20260114-220000.trambak",
            "tram-1a2b3c4d-20260115-220000.trambak",
            "tram-1a2b3c4d-20260116-220000.trambak",
            "tram-99999999-20260101-220000.trambak",
            "so-tay.xlsx",
        ];
        for name in names {
            std::fs::write(path(name), b"x").expect("written");
        }
        let made = path(names[2]);
        assert!(prune(folder.path(), "tram-1a2b3c4d-", None, &made).is_empty());
        let removed = prune(folder.path(), "tram-1a2b3c4d-", Some(2), &made);
        assert_eq!(removed, [path(names[0])]);
        // Even when nothing is to be kept, the one just made is.
        assert_eq!(prune(folder.path(), "tram-1a2b3c4d-", Some(0), &made), [path(names[1])]);
        assert!(path(names[2]).exists() && path(names[3]).exists() && path(names[4]).exists());
    }

    #[test]
    fn a_name_says_of_which_data_and_when() {
        let now = Moment::at("2026-01-16".parse().expect("a day"), 22 * 60 + 5);
        let id = "1a2b3c4d-0000-4000-8000-000000000000";
        assert_eq!(name(id, now), "tram-1a2b3c4d-20260116-220500");
    }
}
