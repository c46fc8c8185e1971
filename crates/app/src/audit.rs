//! The audit: writes are audited inside their transaction; reads wait in a short queue and are written
//! together, at the latest a moment later.

use crate::actor::Actor;
use crate::authority::{Resource, check};
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use tram_defs::role::Action;
use tram_domain::fact::Subject;
use tram_kernel::{Moment, PersonId, text};
pub use tram_store::audit::Filter;
use tram_store::audit::{Entry, Line};
use tram_store::{Sql, StoreError, Tx, audit, session};

/// More entries than this waiting are written at once, by the reader that brought the last one.
const QUEUE: usize = 64;

/// What waits when the program ends is written too: a command is as much on record as a page.
impl Drop for App {
    fn drop(&mut self) {
        if let Err(error) = self.flush_audit() {
            tracing::error!(%error, "the audit could not be written");
        }
    }
}

/// Entries of reads not yet written.
#[derive(Debug, Default)]
pub(crate) struct Waiting(Mutex<Vec<Entry>>);

impl Waiting {
    fn add(&self, entry: Entry) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
    }

    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Vec<Entry> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, mut entries: Vec<Entry>) {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.append(&mut queue);
        *queue = entries;
    }
}

/// A line about `actor`; the caller adds subject and detail.
pub(crate) fn entry(
    actor: &Actor,
    at: Moment,
    action: &'static str,
    outcome: &'static str,
) -> Entry {
    Entry {
        at,
        by: actor.user,
        role: Some(actor.role.clone()),
        unit: Some(actor.unit_key),
        action,
        outcome,
        subject: None,
        detail: None,
    }
}

impl App {
    /// Writes the line of a write that leaves no fact, inside its transaction.
    pub(crate) fn note_write(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: &'static str,
    ) -> Result<(), StoreError> {
        let node = tx.node_key();
        audit::append(tx.sql(), node, &[entry(actor, self.now(), action, "ok")])
    }

    /// Notes a read. It is on disk at the latest after the next [`App::flush_audit`].
    pub(crate) fn note_read(&self, entry: Entry) {
        self.note_inside(entry);
        self.flush_long_audit();
    }

    /// Notes something from inside a transaction, where nothing else may be written: a writer that
    /// waits for itself would never end.
    pub(crate) fn note_inside(&self, entry: Entry) {
        self.audit.add(entry);
    }

    /// Writes the waiting lines when there are many. Never called inside a transaction.
    pub(crate) fn flush_long_audit(&self) {
        if self.audit.len() >= QUEUE
            && let Err(error) = self.flush_audit()
        {
            tracing::error!(%error, "the audit could not be written");
        }
    }

    /// What people of one's units did lately, newest first, at most `limit` lines.
    /// The name of a patient is told to who may open the record; others see what was done.
    pub fn recent_audit(
        &self,
        actor: &Actor,
        wanted: &Filter,
        limit: i64,
    ) -> Result<Vec<Line>, Failure> {
        self.flush_audit()?;
        self.read(actor, Action::AuditRead, Resource::InReach, |sql, reach| {
            let within = (actor.unit_key, reach, self.today());
            let mut lines = audit::recent(sql, within, wanted, (actor.open_bits(), limit))?;
            let mut told: BTreeMap<PersonId, bool> = BTreeMap::new();
            for line in &mut lines {
                let Some(Subject::Person(id)) = line.subject else { continue };
                let may = match told.get(&id) {
                    Some(may) => *may,
                    None => self.may_open(sql, actor, id)?,
                };
                told.insert(id, may);
                line.person.take_if(|_| !may);
                // The reason of an emergency may say what is only on the record.
                line.detail.take_if(|_| !may && line.action == Action::CompartmentBreak.code());
            }
            Ok(lines)
        })
    }

    /// Login and name of those whose doings one may look through.
    pub fn audited_people(&self, actor: &Actor) -> Result<Vec<(String, String)>, Failure> {
        self.read(actor, Action::AuditRead, Resource::InReach, |sql, reach| {
            let grants = session::users(sql, actor.unit_key, reach, self.today())?;
            let mut people: Vec<(String, String)> =
                grants.into_iter().map(|grant| (grant.login, grant.name)).collect();
            people.sort_by_cached_key(|(login, name)| (text::sort_key(name), login.clone()));
            people.dedup();
            Ok(people)
        })
    }

    /// Whether somebody could open a record; asking is no attempt to.
    pub(crate) fn may_open(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        id: PersonId,
    ) -> Result<bool, Failure> {
        match check(sql, actor, Action::PersonRead, Resource::Person(id), self.today()) {
            Ok(_) => Ok(true),
            Err(Failure::NotFound | Failure::Denied(_)) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// Writes the waiting lines. The server calls this four times a second and before it stops.
    pub fn flush_audit(&self) -> Result<(), StoreError> {
        let entries = self.audit.take();
        if entries.is_empty() || !self.writes {
            return Ok(());
        }
        let written = self.db.write(self.clock.now(), |tx| {
            let node = tx.node_key();
            audit::append(tx.sql(), node, &entries)
        });
        if written.is_err() {
            self.audit.put_back(entries);
        }
        written
    }
}
