//! The machine as its keepers see it: readiness, figures for monitoring, the page about backup and disk.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::backup::LastBackup;
use crate::failure::Failure;
use crate::opening::App;
use std::sync::atomic::Ordering;
use tram_defs::role::Action;
use tram_kernel::Moment;
use tram_store::{StoreError, cell, floor, job, log, session};

/// What the page about this machine shows.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Where the data is, without a password.
    pub db: String,
    pub bytes: u64,
    pub change_sets: i64,
    pub facts: i64,
    /// Bytes free on the disk of the data; `None` when it is on another machine.
    pub free: Option<u64>,
    /// Bytes that must stay free.
    pub keep: u64,
    pub last_backup: Option<LastBackup>,
    pub now: Moment,
}

/// Numbers for monitoring. Nothing in them is about a person.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Since this process started.
    pub transactions: u64,
    pub facts_appended: u64,
    pub writes_refused: u64,
    /// In the whole log.
    pub change_sets: i64,
    pub cells: i64,
    pub sessions: i64,
    pub jobs: Vec<(String, i64)>,
    pub bytes: i64,
    pub free: Option<u64>,
    pub keep: u64,
    /// Seconds since the last good backup.
    pub backup_age: Option<i64>,
    /// Whether facts may be written now.
    pub takes_writes: bool,
}

impl App {
    /// Whether the database answers, is of this program, and is the one that was opened.
    pub fn is_ready(&self) -> Result<(), StoreError> {
        self.db.assert_current()
    }

    /// What stands behind the page about this machine.
    pub fn condition(&self, actor: &Actor) -> Result<Condition, Failure> {
        self.read(actor, Action::SystemRead, Resource::InReach, |sql, _| {
            let (change_sets, facts) = log::count(sql)?;
            Ok(Condition {
                db: self.location.shown(),
                bytes: floor::size(sql)?.unsigned_abs(),
                change_sets,
                facts,
                free: self.db.room.free(),
                keep: self.db.room.kept(),
                last_backup: LastBackup::of(sql)?,
                now: self.now(),
            })
        })
    }

    /// Numbers for monitoring: asked by the machine itself, about no record.
    pub fn figures(&self) -> Result<Figures, StoreError> {
        let last = self.last_backup()?;
        let written = &self.db.written;
        self.db.read(|sql| {
            Ok(Figures {
                transactions: written.transactions.load(Ordering::Relaxed),
                facts_appended: written.facts.load(Ordering::Relaxed),
                writes_refused: written.refused.load(Ordering::Relaxed),
                change_sets: log::length(sql)?,
                cells: cell::count(sql)?,
                sessions: session::count(sql)?,
                jobs: job::by_state(sql)?,
                bytes: floor::size(sql)?,
                free: self.db.room.free(),
                keep: self.db.room.kept(),
                backup_age: last.map(|last| (self.now().ms() - last.at) / 1_000),
                takes_writes: self.db.room.trouble().is_none(),
            })
        })
    }
}
