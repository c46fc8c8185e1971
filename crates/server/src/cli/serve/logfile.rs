//! The technical log in a file: one file a day, another when it grows too long, the oldest removed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tram_app::Clock;
use tram_kernel::Date;

/// `tram.log` with `tram.log.2026-01-16.1` and others beside it.
pub struct LogFile {
    path: PathBuf,
    clock: Clock,
    /// Bytes after which the next file begins.
    most: u64,
    /// Older files that stay.
    keep: usize,
    open: Option<(File, u64, Date)>,
}

impl LogFile {
    /// Opens the file, or says why it cannot be written.
    pub fn open(path: &Path, clock: Clock, most: u64, keep: usize) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let mut log = Self { path: path.to_owned(), clock, most, keep, open: None };
        let (file, size) = log.append()?;
        let last = std::fs::metadata(path)?.modified().ok().map(day_of).filter(|_| size > 0);
        log.open = Some((file, size, last.unwrap_or_else(|| clock.today())));
        Ok(log)
    }

    fn append(&self) -> io::Result<(File, u64)> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
        let file = options.open(&self.path)?;
        let size = file.metadata()?.len();
        Ok((file, size))
    }

    /// Files of days before, by day and number.
    fn older(&self) -> Vec<PathBuf> {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten();
        let order = |path: &PathBuf| -> Option<(String, u32)> {
            let found = path.file_name()?.to_string_lossy().into_owned();
            let (day, number) = found.strip_prefix(&name)?.strip_prefix('.')?.rsplit_once('.')?;
            Some((day.to_owned(), number.parse().ok()?))
        };
        let mut files: Vec<PathBuf> = entries
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| order(path).is_some())
            .collect();
        files.sort_by_key(order);
        files
    }

    /// Puts the file of `day` aside under the next number of that day.
    fn put_aside(&mut self, day: Date) -> io::Result<()> {
        self.open = None;
        let aside = |n: u32| {
            let mut name = self.path.clone().into_os_string();
            name.push(format!(".{day}.{n}"));
            PathBuf::from(name)
        };
        let free = (1..).map(aside).find(|path| !path.exists());
        std::fs::rename(&self.path, free.unwrap_or_else(|| aside(0)))?;
        let older = self.older();
        let beyond = older.len().saturating_sub(self.keep);
        older.into_iter().take(beyond).try_for_each(std::fs::remove_file)
    }

    fn line(&mut self, bytes: &[u8]) -> io::Result<()> {
        let today = self.clock.today();
        if let Some((_, size, day)) = self.open
            && size > 0
            && (day != today || size + bytes.len() as u64 > self.most)
        {
            self.put_aside(day)?;
        }
        let (mut file, size, _) = match self.open.take() {
            Some(open) => open,
            None => self.append().map(|(file, size)| (file, size, today))?,
        };
        file.write_all(bytes)?;
        self.open = Some((file, size + bytes.len() as u64, today));
        Ok(())
    }
}

fn day_of(at: std::time::SystemTime) -> Date {
    let since = at.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    tram_kernel::Moment::from_ms(i64::try_from(since.as_millis()).unwrap_or(0)).day()
}

/// A log that cannot be written must not keep anybody from working: the line is lost, the next one is
/// tried again.
impl Write for LogFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.line(bytes).is_err() {
            self.open = None;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str) -> Clock {
        Clock::on(day.parse().expect("a day"))
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_day_and_a_long_file_begin_another_and_the_oldest_go() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("tram.log");
        let mut log = LogFile::open(&path, at("2026-01-15"), 20, 3).expect("opened");
        log.write_all(b"0123456789\n").expect("written");
        log.write_all(b"0123456789\n").expect("written");
        assert_eq!(names(folder.path()), ["tram.log", "tram.log.2026-01-15.1"]);
        log.clock = at("2026-01-16");
        log.write_all(b"today\n").expect("written");
        log.clock = at("2026-01-17");
        for _ in 0..3 {
            log.write_all(b"0123456789abcdef\n").expect("written");
        }
        assert_eq!(
            names(folder.path()),
            ["tram.log", "tram.log.2026-01-16.1", "tram.log.2026-01-17.1", "tram.log.2026-01-17.2"]
        );
        let read = std::fs::read_to_string(folder.path().join("tram.log.2026-01-16.1"));
        assert_eq!(read.expect("kept"), "today\n");
    }

    #[test]
    fn a_folder_that_went_away_loses_lines_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("log/tram.log");
        let mut log = LogFile::open(&path, at("2026-01-15"), 4, 3).expect("opened");
        log.write_all(b"one\n").expect("written");
        std::fs::remove_dir_all(folder.path().join("log")).expect("removed");
        log.write_all(b"two\n").expect("no error for the program");
        std::fs::create_dir(folder.path().join("log")).expect("made");
        log.write_all(b"three\n").expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("written again"), "three\n");
    }
}
