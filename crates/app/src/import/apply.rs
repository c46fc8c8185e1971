//! Applying a checked list: five hundred rows at a time, each row once.

use super::rows::{Done, Good, Rows, Writer};
use super::{choice_of, claim};
use crate::actor::Actor;
use crate::audit::entry;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::HashSet;
use tram_defs::role::Action;
use tram_domain::fact::{Fact, ImportApplied};
use tram_kernel::Message;
use tram_store::import::{FileRow, done_rows, set_outcomes, set_state};
use tram_store::unit;

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
        let opened = self.open_file(actor, &bytes, &choice_of(&file))?;
        drop(bytes);
        let run = Run { app: self, actor, file: &file };
        self.with_rows(actor, &opened, &mut |rows| {
            let good = rows.list().good();
            let refused = rows.list().count() - good.len();
            if refused > 0 && !accept_good && file.state == "checked" {
                let message = Message::new("import-has-errors").with("n", refused);
                return Err(Failure::refused(message));
            }
            let mut applied = Applied { refused: refused as i64, ..so_far };
            for (n, batch) in good.chunks(BATCH).enumerate() {
                applied = run.batch(rows, n * BATCH, batch, applied)?;
                if is_worth_a_survey(n + 1)
                    && let Err(error) = self.db.survey()
                {
                    tracing::warn!(%error, "the tables were not surveyed");
                }
                progress((n * BATCH + batch.len()).min(good.len()), good.len());
            }
            run.finish(applied)?;
            Ok(applied)
        })
    }
}

/// After the first batch into what may be empty tables, and each time they may be four times as large.
const fn is_worth_a_survey(batches: usize) -> bool {
    batches.is_power_of_two() && batches.trailing_zeros().is_multiple_of(2)
}

/// One import while it runs.
struct Run<'a> {
    app: &'a App,
    actor: &'a Actor,
    file: &'a FileRow,
}

impl Run<'_> {
    /// One transaction: rows that were not applied before, their outcome, the counts so far. `first` is the
    /// place of the first row among the good ones.
    fn batch(
        &self,
        rows: &mut dyn Rows,
        first: usize,
        batch: &[Good],
        so_far: Applied,
    ) -> Result<Applied, Failure> {
        let (app, actor, key) = (self.app, self.actor, self.file.key);
        let by = Writer { app, file: &self.file.name };
        let applied = app.db.write(app.now(), |tx| {
            rows.begin();
            for action in [Some(Action::ImportRun), rows.also()].into_iter().flatten() {
                app.check(tx.sql(), actor, action, Resource::Unit(actor.unit))?;
            }
            app.own_file(tx.sql(), actor, key)?;
            if !claim(tx.sql(), key)? {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            let numbers = batch.iter().map(|good| good.number);
            let (from, to) = (numbers.clone().min(), numbers.max());
            let range = from.unwrap_or_default()..=to.unwrap_or_default();
            let done: HashSet<u32> = done_rows(tx.sql(), key, range)?;
            let mut outcomes = Vec::with_capacity(batch.len());
            let mut applied = so_far;
            tx.expect(batch.iter().filter_map(|good| good.subject))?;
            for (at, good) in (first..).zip(batch) {
                if done.contains(&good.number) {
                    continue;
                }
                let written = rows.write(&by, tx, at)?;
                let facts = written.facts;
                let draft =
                    app.draft(actor, "import.apply", facts, &written.warnings, Some(by.file));
                tx.append(&draft)?;
                let subject = tx.known_key(written.subject);
                outcomes.push((good.number, applied.count(written.done), subject));
            }
            set_outcomes(tx.sql(), key, &outcomes)?;
            let counts = [applied.added, applied.updated, applied.unchanged];
            set_state(tx.sql(), key, "applying", counts)?;
            let mut line = entry(actor, app.now(), "import.apply", "ok");
            line.detail = Some(format!("{} rows", batch.len()));
            let node = tx.node_key();
            tram_store::audit::append(tx.sql(), node, &[line])?;
            Ok(applied)
        })?;
        rows.end();
        Ok(applied)
    }

    /// The import itself becomes a fact of the unit.
    fn finish(&self, applied: Applied) -> Result<(), Failure> {
        let key = self.file.key;
        let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
        let body = ImportApplied {
            name: self.file.name.clone(),
            sha256: self.file.sha256.clone(),
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
            let fact = app.beside_rows(actor, self.file, fact);
            let draft = app.draft(actor, "import.apply", vec![fact], &[], None);
            app.append(tx, actor, &draft)?;
            let counts = [applied.added, applied.updated, applied.unchanged];
            Ok(set_state(tx.sql(), key, "applied", counts)?)
        })
    }
}
