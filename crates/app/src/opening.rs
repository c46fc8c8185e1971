//! Opening a database for work, and what every use case needs: clock, ids, drafts, checks.

use crate::actor::Actor;
use crate::audit::{Waiting, entry};
use crate::authority::{self, Resource, subject_of};
use crate::clock::Clock;
use crate::definitions;
use crate::failure::{Failure, disk_message};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{Draft, Fact, FactRef};
use tram_kernel::{Compartment, Date, Message, Moment};
use tram_store::db::{Mode, Opening, Upkeep};
use tram_store::{Db, Location, Sql, StoreError, Tx, rebuild, unit};

/// What the program is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose<'a> {
    Read,
    /// Writes, in the name of a command others will see when they have to wait.
    Write(&'a str),
}

/// An open database with everything around it.
pub struct App {
    pub(crate) db: Db,
    pub(crate) clock: Clock,
    pub(crate) audit: Waiting,
    pub(crate) writes: bool,
    pub(crate) found: crate::quality::Found,
    pub(crate) lately: crate::indicator::Lately,
    pub(crate) location: Location,
    /// Milliseconds of UTC of the last good backup; 0 when none is known.
    pub(crate) backup_at: AtomicI64,
}

fn random(bytes: &mut [u8]) {
    getrandom::fill(bytes).expect("the operating system gives randomness");
}

/// Creates or upgrades the tables. Answers the steps taken.
pub fn migrate(location: &Location, clock: Clock) -> Result<Vec<&'static str>, StoreError> {
    if let Location::Sqlite(path) = location
        && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty())
    {
        own_folder(folder)?;
    }
    Db::migrate(location, &definitions::built_in(), clock.now())
}

/// What an upgrade would do, and how much it would go through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Upgrade {
    pub steps: Vec<&'static str>,
    pub change_sets: i64,
    pub facts: i64,
}

/// Says what [`migrate`] would do. Changes nothing.
pub fn upgrade_plan(location: &Location) -> Result<Upgrade, StoreError> {
    if let Location::Sqlite(path) = location
        && !path.exists()
    {
        return Ok(Upgrade { steps: vec!["log"], ..Upgrade::default() });
    }
    let mut upkeep = Upkeep::open(location)?;
    let (change_sets, facts) = upkeep.log_size()?;
    Ok(Upgrade { steps: upkeep.plan()?, change_sets, facts })
}

/// Makes a folder that only its owner may look into.
pub(crate) fn own_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|e| StoreError::io("folder of the database", &e))
}

impl App {
    /// Opens a migrated database.
    pub fn open(
        location: &Location,
        purpose: Purpose<'_>,
        clock: Clock,
        state_dir: &Path,
    ) -> Result<Self, StoreError> {
        let mode = match purpose {
            Purpose::Read => Mode::Read,
            Purpose::Write(holder) => Mode::Write { holder },
        };
        let db = Db::open(Opening {
            location,
            mode,
            defs: Arc::new(definitions::built_in()),
            now: clock.now(),
            random: &mut random,
            state_dir,
            writers: 2,
        })?;
        definitions::use_adopted(&db, clock.today())?;
        let writes = mode != Mode::Read;
        if writes {
            definitions::heal(&db, clock.now())?;
        }
        let (audit, found, lately) = Default::default();
        let (location, backup_at) = (location.clone(), AtomicI64::new(0));
        let app = Self { db, clock, audit, writes, found, lately, location, backup_at };
        app.last_backup()?;
        Ok(app)
    }

    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    pub fn today(&self) -> Date {
        self.clock.today()
    }

    /// Sets how many bytes of the disk must stay free; facts are refused below that.
    pub fn keep_free(&self, bytes: u64) {
        self.db.room.keep(bytes);
    }

    /// What keeps records from being saved now, if anything does. Cheap: asked for every page.
    pub fn storage_trouble(&self) -> Option<Message> {
        self.db.room.trouble().as_ref().map(disk_message)
    }

    /// The last writer went away without closing.
    pub const fn was_unclean(&self) -> bool {
        self.db.was_unclean
    }

    /// Whether this opening found data restored from a copy.
    pub fn was_restored(&self) -> bool {
        self.db.identity == tram_store::node::Identity::Restored
    }

    /// A new id: time first, so that neighbours in time are neighbours on disk.
    pub fn new_id(&self) -> u128 {
        let ms = u64::try_from(self.clock.now().ms()).unwrap_or(0);
        let mut tail = [0; 10];
        random(&mut tail);
        uuid::Builder::from_unix_timestamp_millis(ms, &tail).into_uuid().as_u128()
    }

    /// Random bytes for tokens and passwords.
    pub(crate) fn secret<const N: usize>() -> [u8; N] {
        let mut bytes = [0; N];
        random(&mut bytes);
        bytes
    }

    /// Authority, for the day that it is.
    pub(crate) fn check(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        action: Action,
        resource: Resource,
    ) -> Result<Reach, Failure> {
        definitions::renew(&self.db, sql)?;
        let answer = authority::check(sql, actor, action, resource, self.today());
        if let Err(Failure::NotFound | Failure::Denied(_)) = &answer {
            let mut line = entry(actor, self.now(), action.code(), "denied");
            if let Some(subject) = subject_of(resource) {
                line.subject = unit::key(sql, subject)?.map(|(key, _)| key);
            }
            self.note_inside(line);
        }
        answer
    }

    /// Reads within authority; the read is audited under `subject` when one is named.
    pub(crate) fn read<T>(
        &self,
        actor: &Actor,
        action: Action,
        resource: Resource,
        work: impl FnOnce(&mut dyn Sql, Reach) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let found = self.db.read(|sql| {
            let reach = self.check(sql, actor, action, resource)?;
            let subject = match subject_of(resource) {
                Some(subject) => unit::key(sql, subject)?.map(|(key, _)| key),
                None => None,
            };
            Ok::<_, Failure>((work(sql, reach)?, subject))
        });
        self.flush_long_audit();
        let (answer, subject) = found?;
        let mut line = entry(actor, self.now(), action.code(), "ok");
        line.subject = subject;
        self.note_read(line);
        Ok(answer)
    }

    /// A change-set in the name of an actor.
    pub(crate) fn draft(
        &self,
        actor: &Actor,
        action: &'static str,
        facts: Vec<Fact>,
        warnings: &[Message],
        reason: Option<&str>,
    ) -> Draft {
        Draft {
            action,
            user: actor.user,
            role: Some(actor.role.clone()),
            unit: Some(actor.unit),
            recorded_at: self.now(),
            reason: reason.map(str::to_owned),
            acknowledged: warnings.iter().map(Message::key).collect(),
            facts,
        }
    }

    /// Appends a change-set and its line in the audit.
    pub(crate) fn append(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        draft: &Draft,
    ) -> Result<(), Failure> {
        self.append_named(tx, actor, draft).map(|_| ())
    }

    /// The same, answering where its facts stand in the log.
    pub(crate) fn append_named(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        draft: &Draft,
    ) -> Result<Vec<FactRef>, Failure> {
        if draft.hides_text() {
            return Err(Failure::refused(Message::new("typed-hidden-characters")));
        }
        let refs = tx.append(draft)?;
        self.note_save(tx, actor, draft, &refs)?;
        let mut line = entry(actor, draft.recorded_at, draft.action, "ok");
        if let Some(fact) = draft.facts.first() {
            line.subject = tx.known_key(fact.subject);
        }
        let places = draft.facts.iter().map(|fact| fact.compartment);
        if let Some(place) = places.max().filter(|place| *place > Compartment::General)
            && place != Compartment::Staff
        {
            line.detail = Some(tram_store::audit::inside(place));
        }
        let node = tx.node_key();
        tram_store::audit::append(tx.sql(), node, &[line])?;
        Ok(refs)
    }

    /// Folds every table again from the log. Answers the number of subjects.
    pub fn rebuild(&self) -> Result<u64, StoreError> {
        let defs = self.definitions();
        self.db.write_plain(self.now(), |sql| rebuild::rebuild(sql, &defs))
    }
}

/// Warnings that were not yet accepted by the person, if any.
pub(crate) fn unaccepted(warnings: &[Message], accepted: &[String]) -> Option<Vec<Message>> {
    let open = warnings.iter().any(|w| !accepted.contains(&w.key()));
    open.then(|| warnings.to_vec())
}
