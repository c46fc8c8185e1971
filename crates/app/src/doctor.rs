//! The doctor: looks at a database, its disk and its clock, changes nothing, and says what to do.

use crate::backup::LastBackup;
use crate::clock::Clock;
use crate::definitions;
use crate::failure::{Failure, megabytes};
use crate::opening::{App, Purpose};
use std::path::{Path, PathBuf};
use std::time::Duration;
use tram_kernel::Message;
use tram_store::db::Upkeep;
use tram_store::db::health::{Held, folder_for_copies, fsync_time, is_open_to_others, wal_bytes};
use tram_store::room::{self, folder_of};
use tram_store::{Location, StoreError, audit, floor, log, rebuild};

/// Below so much the disk is not yet full, but somebody should look.
const SOON_FULL: u64 = 2 * 1_024 * 1_024 * 1_024;
/// A log beside the main file that grew so much is not being put away.
const LARGE_WAL: u64 = 256 * 1_024 * 1_024;
/// A write that takes longer makes every save slow.
const SLOW_DISK: Duration = Duration::from_millis(100);
/// No disk keeps a write through a power cut in so short a time.
const TOO_QUICK: Duration = Duration::from_micros(15);
/// A clock may be so much behind the newest record before it is called wrong.
const CLOCK_SLACK_MS: i64 = 5 * 60_000;

/// How a finding is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Ok,
    Warning,
    Error,
}

impl Severity {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that was looked at. What is not well has a sentence saying what to do: the code with `fix-` before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub message: Message,
}

/// What is looked at, and how thoroughly.
pub struct Examination<'a> {
    pub location: &'a Location,
    pub state_dir: &'a Path,
    pub clock: Clock,
    /// Every hash of the log, every page of the file, and all tables folded again.
    pub full: bool,
    /// Bytes that must stay free.
    pub keep_free: u64,
    /// Days after which a backup is old.
    pub warn_days: i64,
}

type Findings = Vec<Finding>;

fn add(findings: &mut Findings, severity: Severity, message: Message) {
    findings.push(Finding { severity, message });
}

fn ok(findings: &mut Findings, message: Message) {
    add(findings, Severity::Ok, message);
}

fn warn(findings: &mut Findings, message: Message) {
    add(findings, Severity::Warning, message);
}

fn bad(findings: &mut Findings, message: Message) {
    add(findings, Severity::Error, message);
}

fn count(n: impl TryInto<i64>) -> i64 {
    n.try_into().unwrap_or(i64::MAX)
}

impl Examination<'_> {
    /// Looks at everything. A database that cannot be opened is a finding, not a failure.
    pub fn findings(&self) -> Findings {
        let mut found = Vec::new();
        if let Location::Sqlite(path) = self.location {
            if !path.exists() {
                let path = path.display().to_string();
                bad(&mut found, Message::new("doctor-missing").with("path", path));
                return found;
            }
            self.file(path, &mut found);
        }
        match Upkeep::open(self.location) {
            Ok(mut upkeep) => {
                if let Err(error) = self.database(&mut upkeep, &mut found) {
                    bad(&mut found, unreadable(&error));
                }
            }
            Err(error) => bad(&mut found, unreadable(&error)),
        }
        self.disk(&mut found);
        found
    }

    /// Rights, lock and size of the files.
    fn file(&self, path: &Path, found: &mut Findings) {
        match Held::of(path) {
            Held::Free => {}
            Held::By(holder) => ok(found, Message::new("doctor-held").with("holder", holder)),
            Held::Unclean => warn(found, Message::new("doctor-unclean")),
        }
        if is_open_to_others(path) == Some(true) {
            let path = path.display().to_string();
            warn(found, Message::new("doctor-rights").with("path", path));
        }
        let wal = wal_bytes(path);
        if wal > LARGE_WAL {
            warn(found, Message::new("doctor-wal").with("mb", megabytes(wal)));
        }
    }

    fn database(&self, upkeep: &mut Upkeep, found: &mut Findings) -> Result<(), StoreError> {
        let size = upkeep.read(floor::size)?;
        let shown = self.location.shown();
        let message = Message::new("doctor-reachable").with("db", shown);
        ok(found, message.with("mb", megabytes(size.unsigned_abs())));
        if let Some(version) = upkeep.server_setting("server_version") {
            ok(found, Message::new("doctor-postgres").with("version", version));
        }
        if let Err(error) = upkeep.assert_current() {
            let message = Failure::Broken(error).message();
            bad(found, Message::new("doctor-schema"));
            found.extend(message.map(|message| Finding { severity: Severity::Error, message }));
            return Ok(());
        }
        self.definitions(upkeep, found)?;
        self.log(upkeep, found)?;
        self.time(upkeep, found)?;
        self.backup(upkeep, found)
    }

    fn definitions(&self, upkeep: &mut Upkeep, found: &mut Findings) -> Result<(), StoreError> {
        let folded = upkeep.read(rebuild::folded_with)?;
        let app = App::open(self.location, Purpose::Read, self.clock, self.state_dir)?;
        let hash = tram_store::node::hex(&app.definitions().sha256);
        let short = hash.chars().take(12).collect::<String>();
        if folded.as_deref() == Some(hash.as_str()) {
            ok(found, Message::new("doctor-definitions").with("hash", short));
        } else {
            warn(found, Message::new("doctor-definitions-other").with("hash", short));
        }
        let built_in = definitions::built_in().sha256;
        if self.full {
            let folder = folder_for_copies(self.location, self.state_dir);
            std::fs::create_dir_all(folder).map_err(|e| StoreError::io("state folder", &e))?;
            let differs = upkeep.differing(&app.definitions(), folder, self.clock.now())?;
            if differs.is_empty() {
                ok(found, Message::new("doctor-tables"));
            } else {
                let tables = differs.join(", ");
                bad(found, Message::new("doctor-tables-differ").with("tables", tables));
            }
        }
        if app.definitions().sha256 != built_in {
            ok(found, Message::new("doctor-definitions-own"));
        }
        Ok(())
    }

    fn log(&self, upkeep: &mut Upkeep, found: &mut Findings) -> Result<(), StoreError> {
        let (sets, facts) = upkeep.log_size()?;
        let wrong = match self.full {
            true => upkeep.read(log::verify)?.bad,
            false => upkeep.read(log::verify_heads)?,
        };
        if wrong.is_empty() {
            let read = match self.full {
                true => Message::new("doctor-log-full"),
                false => Message::new("doctor-log"),
            };
            ok(found, read.with("sets", sets).with("facts", facts));
        }
        for entry in &wrong {
            let message = Message::new("doctor-log-bad")
                .with("node", entry.node.to_string())
                .with("epoch", i64::from(entry.epoch))
                .with("seq", count(entry.seq));
            bad(found, message);
        }
        if !self.full {
            return Ok(());
        }
        for (node, seq) in upkeep.read(audit::verify)? {
            let message = Message::new("doctor-audit-bad").with("node", node).with("seq", seq);
            bad(found, message);
        }
        match upkeep.quick_check()? {
            Some(said) => bad(found, Message::new("doctor-pages").with("detail", said)),
            None => ok(found, Message::new("doctor-pages-whole")),
        }
        Ok(())
    }

    fn time(&self, upkeep: &mut Upkeep, found: &mut Findings) -> Result<(), StoreError> {
        let (now, newest) = (self.clock.now(), upkeep.read(log::newest)?);
        match newest.filter(|newest| newest.ms() > now.ms() + CLOCK_SLACK_MS) {
            Some(newest) => {
                let message = Message::new("doctor-clock").with("now", now.show());
                bad(found, message.with("newest", newest.show()));
            }
            None => ok(found, Message::new("doctor-clock-right").with("now", now.show())),
        }
        Ok(())
    }

    fn backup(&self, upkeep: &mut Upkeep, found: &mut Findings) -> Result<(), StoreError> {
        let Some(last) = upkeep.read(LastBackup::of)? else {
            warn(found, Message::new("doctor-backup-none"));
            return Ok(());
        };
        let days = (self.clock.now().ms() - last.at) / 86_400_000;
        let said = |message: Message| {
            message.with("at", last.moment().show()).with("file", last.file.as_str())
        };
        if days > self.warn_days {
            warn(found, said(Message::new("doctor-backup-old").with("days", days)));
        } else if !PathBuf::from(&last.file).exists() {
            warn(found, said(Message::new("doctor-backup-gone")));
        } else {
            ok(found, said(Message::new("doctor-backup")));
        }
        Ok(())
    }

    /// Room and speed of the disk below the data.
    fn disk(&self, found: &mut Findings) {
        let folder = match self.location {
            Location::Sqlite(path) => folder_of(path),
            Location::Postgres(_) => self.state_dir,
        };
        match room::free(folder) {
            None => {}
            Some(free) => {
                let (severity, message) = if free < self.keep_free {
                    (Severity::Error, Message::new("doctor-disk-low"))
                } else if free < SOON_FULL {
                    (Severity::Warning, Message::new("doctor-disk-soon"))
                } else {
                    (Severity::Ok, Message::new("doctor-disk"))
                };
                let message = message.with("free", megabytes(free));
                add(found, severity, message.with("keep", megabytes(self.keep_free)));
            }
        }
        match fsync_time(folder) {
            Ok(took) => {
                let (severity, message) = if took > SLOW_DISK {
                    (Severity::Warning, Message::new("doctor-fsync-slow"))
                } else if took < TOO_QUICK {
                    (Severity::Warning, Message::new("doctor-fsync-quick"))
                } else {
                    (Severity::Ok, Message::new("doctor-fsync"))
                };
                add(found, severity, message.with("us", count(took.as_micros())));
            }
            Err(error) => bad(found, unreadable(&error)),
        }
    }
}

fn unreadable(error: &StoreError) -> Message {
    Message::new("doctor-unreadable").with("detail", error.to_string())
}

/// How the whole is: as bad as the worst of it.
pub fn worst(findings: &[Finding]) -> Severity {
    findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Ok)
}
