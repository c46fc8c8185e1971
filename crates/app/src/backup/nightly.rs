//! The backup that makes itself: once after each set time, by one of the servers, at the first
//! opportunity when the machine was off.

use super::{BackupReport, BackupTo, back_up};
use crate::audit::entry;
use crate::failure::Failure;
use crate::opening::App;
use std::path::PathBuf;
use tram_kernel::Moment;
use tram_kernel::day::add_days;
use tram_store::{StoreError, audit, job};

const KIND: &str = "backup";
/// After a failure it is tried again so much later.
const AGAIN_MS: i64 = 3_600_000;
/// A job whose server went away for so long is taken over.
const LOST_MS: i64 = 24 * 3_600_000;

/// What the server was told about its backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupPlan {
    pub folder: PathBuf,
    /// Minutes since local midnight.
    pub at: u16,
    pub keep: usize,
    /// Days after which the screens warn.
    pub warn_days: u16,
}

/// The last set time that has passed.
fn due_since(now: Moment, at: u16) -> Moment {
    let today = Moment::at(now.day(), at);
    if today <= now { today } else { Moment::at(add_days(now.day(), -1), at) }
}

impl App {
    /// Makes the backup that is due, if one is and no other server is making it. Called once a minute.
    pub fn nightly_backup(&self, plan: &BackupPlan) -> Result<Option<BackupReport>, Failure> {
        let since = due_since(self.now(), plan.at);
        if self.last_backup()?.is_some_and(|last| last.moment() >= since) {
            return Ok(None);
        }
        let Some(job) = self.claim_backup()? else { return Ok(None) };
        let to = BackupTo { place: plan.folder.clone(), keep: Some(plan.keep) };
        match back_up(&self.location, &to, self.clock) {
            Ok(report) => {
                let said = report.file.display().to_string();
                self.end_backup(job, Ok(&said))?;
                self.last_backup()?;
                Ok(Some(report))
            }
            Err(error) => {
                self.end_backup(job, Err(&error))?;
                Err(error.into())
            }
        }
    }

    /// Jobs that this server left running when it went away wait again.
    pub fn take_back_jobs(&self) -> Result<(), StoreError> {
        let holder = self.db.writer_id();
        self.db.write_plain(self.now(), |sql| job::take_back(sql, &holder).map(drop))
    }

    fn claim_backup(&self) -> Result<Option<i64>, StoreError> {
        let (now, holder) = (self.now(), self.db.writer_id());
        self.db.write(now, |tx| {
            job::take_lost(tx.sql(), Moment::from_ms(now.ms() - LOST_MS))?;
            if job::open(tx.sql(), KIND)? == 0 {
                let key = tx.new_key();
                job::add(tx.sql(), key, KIND, "", now)?;
            }
            let claimed = job::claim(tx.sql(), &holder, now)?;
            Ok(claimed.map(|job| job.key))
        })
    }

    /// Notes how it ended, with a line in the audit.
    fn end_backup(&self, key: i64, ended: Result<&str, &StoreError>) -> Result<(), Failure> {
        let now = self.now();
        let operator = self.home()?.map(|home| self.operator(home)).transpose()?;
        self.db.write(now, |tx| {
            match ended {
                Ok(said) => job::done(tx.sql(), key, said)?,
                Err(error) => {
                    let later = Moment::from_ms(now.ms() + AGAIN_MS);
                    job::again(tx.sql(), key, later, &error.to_string())?;
                }
            }
            if let Some(operator) = &operator {
                let outcome = if ended.is_ok() { "ok" } else { "refused" };
                let line = entry(operator, now, "system.backup", outcome);
                let node = tx.node_key();
                audit::append(tx.sql(), node, &[line])?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_time_that_was_slept_through_is_still_due() {
        let at = |day: &str, minute| Moment::at(day.parse().expect("a day"), minute);
        let ten = 22 * 60;
        assert_eq!(due_since(at("2026-01-16", ten + 1), ten), at("2026-01-16", ten));
        assert_eq!(due_since(at("2026-01-16", ten), ten), at("2026-01-16", ten));
        assert_eq!(due_since(at("2026-01-17", 7 * 60), ten), at("2026-01-16", ten));
    }
}
