//! Room on the disk: how much is free where the data lies, whether the file is still the one that was
//! opened, and what the last write met.

use crate::error::{Disk, Result, StoreError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Facts are refused when less than this is free: reading, signing in and the audit go on in it.
pub const KEEP_FREE: u64 = 200 * 1_024 * 1_024;

/// Which file stands under a name, whatever the name.
type FileMark = (u64, u64);

/// The place where the data lies, as far as this machine sees it.
#[derive(Debug)]
pub struct Room {
    /// `None` when the data lies on another machine, or where it may not be looked at.
    folder: Option<PathBuf>,
    file: Option<(PathBuf, FileMark)>,
    keep: AtomicU64,
    /// What the last write met; a write that succeeds takes it away.
    met: Mutex<Option<Disk>>,
}

/// Bytes an ordinary program may still write below a folder. `None` where this cannot be asked.
pub fn free(folder: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        let found = rustix::fs::statvfs(folder).ok()?;
        Some(found.f_bavail.saturating_mul(found.f_frsize))
    }
    #[cfg(not(unix))]
    {
        let _unasked = folder;
        None
    }
}

fn mark(path: &Path) -> Option<FileMark> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
    }
    #[cfg(not(unix))]
    {
        let _unasked = path;
        None
    }
}

/// The folder a file is in; the current one for a bare name.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Room {
    /// Around an opened SQLite file.
    pub fn of_file(path: &Path) -> Self {
        let file = mark(path).map(|mark| (path.to_owned(), mark));
        Self { file, ..Self::in_folder(Some(folder_of(path).to_owned())) }
    }

    /// Around a folder, or around nothing that can be seen from here.
    pub fn in_folder(folder: Option<PathBuf>) -> Self {
        Self { folder, file: None, keep: AtomicU64::new(KEEP_FREE), met: Mutex::new(None) }
    }

    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Sets how many bytes must stay free.
    pub fn keep(&self, bytes: u64) {
        self.keep.store(bytes, Ordering::Relaxed);
    }

    pub fn kept(&self) -> u64 {
        self.keep.load(Ordering::Relaxed)
    }

    /// Bytes that are free now.
    pub fn free(&self) -> Option<u64> {
        self.folder.as_deref().and_then(free)
    }

    /// Refuses when another file stands where the database was opened: what is written would be lost.
    pub fn assert_same_file(&self) -> Result<()> {
        match &self.file {
            Some((path, opened)) if mark(path) != Some(*opened) => {
                Err(StoreError::Disk(Disk::Replaced))
            }
            _ => Ok(()),
        }
    }

    /// Refuses when there is too little room for what grows the log.
    pub fn assert_free(&self) -> Result<()> {
        let keep = self.kept();
        match self.free() {
            Some(free) if free < keep => Err(StoreError::Disk(Disk::Low { free, keep })),
            _ => Ok(()),
        }
    }

    /// Remembers how the last write ended.
    pub fn note(&self, met: Option<Disk>) {
        let mut last = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        *last = met;
    }

    /// What keeps facts from being written now, as far as can be told without writing.
    pub fn trouble(&self) -> Option<Disk> {
        let asked = self.assert_same_file().and_then(|()| self.assert_free());
        if let Err(StoreError::Disk(disk)) = asked {
            return Some(disk);
        }
        self.met.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_room_is_told_and_goes_away_by_itself() {
        let room = Room::in_folder(Some(std::env::temp_dir()));
        assert!(room.free().is_some_and(|free| free > 0));
        room.keep(u64::MAX);
        assert!(matches!(room.trouble(), Some(Disk::Low { keep: u64::MAX, .. })));
        assert!(room.assert_free().is_err());
        room.keep(1);
        assert_eq!(room.trouble(), None);
        room.note(Some(Disk::Full));
        assert_eq!(room.trouble(), Some(Disk::Full));
        room.note(None);
        assert_eq!(room.trouble(), None);
    }

    #[test]
    fn a_place_that_cannot_be_seen_refuses_nothing() {
        let room = Room::in_folder(None);
        room.keep(u64::MAX);
        assert_eq!(room.trouble(), None);
    }
}
