//! Applying a checked list: five hundred rows at a time, each row once.

use super::check::Held;
use super::{choice_of, claim, open, own_file};
use crate::actor::Actor;
use crate::audit::entry;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::HashSet;
use tram_defs::role::Action;
use tram_domain::fact::{Fact, HouseholdRegistered, ImportApplied};
use tram_domain::household;
use tram_domain::person::register;
use tram_domain::roster::{Home, Judged, Judgement, Outcome, Villages, fill, joins, newcomer};
use tram_kernel::{AreaId, HouseholdId, Message, PersonId, Shard};
use tram_store::import::{done_rows, set_outcome, set_state};
use tram_store::{Tx, unit};

/// Rows of one transaction.
const BATCH: usize = 500;

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Applied {
    pub rows: i64,
    pub added: i64,
    pub updated: i64,
    pub unchanged: i64,
    /// Rows left out because of their errors.
    pub refused: i64,
}

impl Applied {
    const fn count(&mut self, done: Done) -> &'static str {
        match done {
            Done::Added => {
                self.added += 1;
                "added"
            }
            Done::Updated => {
                self.updated += 1;
                "updated"
            }
            Done::Unchanged => {
                self.unchanged += 1;
                "unchanged"
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Done {
    Added,
    Updated,
    Unchanged,
}

/// One import while it runs.
struct Run<'a> {
    app: &'a App,
    actor: &'a Actor,
    file: String,
    villages: &'a Villages,
    homes: &'a [Home],
    /// Households opened so far, by index of [`Home`].
    opened: Vec<Option<HouseholdId>>,
}

impl App {
    /// Applies a checked list. With errors nothing is saved unless `accept_good`, which leaves those rows
    /// out. An import that was cut off goes on where it stopped; one that is over answers what it did.
    pub fn apply_list(
        &self,
        actor: &Actor,
        key: i64,
        accept_good: bool,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Applied, Failure> {
        let (file, bytes) = self.list_file(actor, key)?;
        let so_far = Applied {
            rows: file.rows,
            added: file.added,
            updated: file.updated,
            unchanged: file.unchanged,
            refused: file.errors,
        };
        match file.state.as_str() {
            "applied" => return Ok(so_far),
            "undoing" | "undone" => {
                return Err(Failure::refused(Message::new("import-not-applied")));
            }
            "read" => return Err(Failure::refused(Message::new("import-not-checked"))),
            _ => {}
        }
        let held = self.hold(actor, &open(&bytes, &choice_of(&file))?)?;
        drop(bytes);
        let judgement = held.judge(self.today());
        let refused = refused_rows(&held, &judgement);
        if refused > 0 && !accept_good && file.state == "checked" {
            let message = Message::new("import-has-errors").with("n", refused);
            return Err(Failure::refused(message));
        }
        let mut run = Run {
            app: self,
            actor,
            file: file.name.clone(),
            villages: &held.villages,
            homes: &judgement.homes,
            opened: judgement.homes.iter().map(|home| home.known).collect(),
        };
        let good: Vec<&Judged<'_>> =
            judgement.rows.iter().filter(|row| row.outcome != Outcome::Refused).collect();
        let mut applied = Applied { refused: refused as i64, ..so_far };
        for (n, batch) in good.chunks(BATCH).enumerate() {
            applied = run.batch(key, batch, applied)?;
            progress((n * BATCH + batch.len()).min(good.len()), good.len());
        }
        run.finish(key, &file.sha256, applied)?;
        Ok(applied)
    }
}

fn refused_rows(held: &Held, judgement: &Judgement<'_>) -> usize {
    let read = judgement.rows.iter().filter(|row| row.outcome != Outcome::Refused).count();
    held.parsed.len() - read
}

impl Run<'_> {
    /// One transaction: rows that were not applied before, their outcome, the counts so far.
    fn batch(
        &mut self,
        key: i64,
        rows: &[&Judged<'_>],
        so_far: Applied,
    ) -> Result<Applied, Failure> {
        let app = self.app;
        let before = self.opened.clone();
        app.db.write(app.now(), |tx| {
            // A transaction may run again; what it decided the first time did not happen.
            self.opened.clone_from(&before);
            app.check(tx.sql(), self.actor, Action::ImportRun, Resource::Unit(self.actor.unit))?;
            own_file(tx.sql(), self.actor, key)?;
            if !claim(tx.sql(), key)? {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            let done: HashSet<u32> = done_rows(tx.sql(), key)?;
            let mut applied = so_far;
            tx.expect(rows.iter().filter_map(|row| match row.outcome {
                Outcome::Known(id) => Some(id.into()),
                _ => None,
            }))?;
            for row in rows.iter().filter(|row| !done.contains(&row.listed.row)) {
                let (person, done) = self.row(tx, row)?;
                let outcome = applied.count(done);
                let person = tx.known_key(person.into());
                set_outcome(tx.sql(), key, row.listed.row, outcome, person)?;
            }
            let counts = [applied.added, applied.updated, applied.unchanged];
            set_state(tx.sql(), key, "applying", counts)?;
            let mut line = entry(self.actor, app.now(), "import.apply", "ok");
            line.detail = Some(format!("{} rows", rows.len()));
            let node = tx.node_key();
            tram_store::audit::append(tx.sql(), node, &[line])?;
            Ok(applied)
        })
    }

    fn row(&mut self, tx: &mut Tx<'_>, row: &Judged<'_>) -> Result<(PersonId, Done), Failure> {
        let area = row.area.ok_or(Failure::NotFound)?;
        let mut facts = Vec::new();
        let warnings: Vec<Message> = row.findings.iter().map(|f| f.message.clone()).collect();
        let today = self.app.today();
        let (person, done) = match row.outcome {
            Outcome::Known(id) => {
                let person = tx.person(id)?.ok_or(Failure::NotFound)?;
                let joined = row.home.filter(|_| joins(&person, area, today));
                let home = self.home(tx, joined, &mut facts)?;
                let added = fill(&person, row.listed, home, &self.file, today);
                let done = if added.is_empty() { Done::Unchanged } else { Done::Updated };
                facts.extend(added);
                (id, done)
            }
            _ => {
                let id = PersonId::from_u128(self.app.new_id());
                let shard = self.shard(area)?;
                let home = self.home(tx, row.home, &mut facts)?;
                let new = newcomer(id, row.listed, (area, shard), home, today);
                tx.open_new(id.into(), shard);
                facts.extend(register(&new, today)?.facts);
                (id, Done::Added)
            }
        };
        let draft = self.app.draft(self.actor, "import.apply", facts, &warnings, Some(&self.file));
        tx.append(&draft)?;
        Ok((person, done))
    }

    /// The household somebody joins, opened when it is not on record.
    fn home(
        &mut self,
        tx: &mut Tx<'_>,
        at: Option<usize>,
        facts: &mut Vec<Fact>,
    ) -> Result<Option<HouseholdId>, Failure> {
        let Some(at) = at else { return Ok(None) };
        if let Some(known) = self.opened[at] {
            return Ok(Some(known));
        }
        let id = HouseholdId::from_u128(self.app.new_id());
        let home = &self.homes[at];
        let body = HouseholdRegistered {
            area: home.area,
            code: home.code.clone(),
            address: home.address.clone(),
            poverty: home.poverty.clone(),
        };
        let shard = self.shard(home.area)?;
        tx.open_new(id.into(), shard);
        facts.push(household::register(id, shard, body, self.app.today()));
        self.opened[at] = Some(id);
        Ok(Some(id))
    }

    fn shard(&self, area: AreaId) -> Result<Shard, Failure> {
        self.villages.shard(area).ok_or(Failure::NotFound)
    }

    /// The import itself becomes a fact of the unit.
    fn finish(&self, key: i64, sha256: &[u8], applied: Applied) -> Result<(), Failure> {
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let body = ImportApplied {
            name: self.file.clone(),
            sha256: sha256.to_vec(),
            rows: count(applied.rows),
            added: count(applied.added),
            updated: count(applied.updated),
        };
        let (app, actor) = (self.app, self.actor);
        app.db.write(app.now(), |tx| {
            if !claim(tx.sql(), key)? {
                return Ok(());
            }
            let subject = actor.unit.into();
            let (_, shard) = unit::key(tx.sql(), subject)?.ok_or(Failure::NotFound)?;
            let fact = Fact::new(subject, shard, app.today(), body.clone().into());
            let draft = app.draft(actor, "import.apply", vec![fact], &[], None);
            app.append(tx, actor, &draft)?;
            let counts = [applied.added, applied.updated, applied.unchanged];
            Ok(set_state(tx.sql(), key, "applied", counts)?)
        })
    }
}
