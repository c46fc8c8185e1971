//! Taking an applied list back: records it opened disappear, records it filled in are as before. A record
//! somebody has gone on writing to stays, and is named.

use super::ListKind;
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeSet;
use tram_defs::role::Action;
use tram_domain::fact::{Body, Fact, FactRef, ImportUndone, Logged, Subject};
use tram_domain::roster::{Undo, undo};
use tram_kernel::{HouseholdId, Message};
use tram_store::import::{
    AppliedRow, FileRow, applied_rows, claim_undo, find, set_outcomes, with_outcome,
};
use tram_store::log::{Sets, written_by};
use tram_store::person::{PersonLine, empty_households, lines, members};
use tram_store::{Tx, unit};

/// Rows of one transaction.
const BATCH: usize = 500;

/// What taking a list back did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Undone {
    /// Records that were opened or filled in by the list and are not any more.
    pub undone: i64,
    /// Records that stay, because others have written on them since.
    pub kept: i64,
}

impl App {
    /// Takes an applied list back. One that was cut off goes on where it stopped.
    pub fn undo_list(
        &self,
        actor: &Actor,
        key: i64,
        reason: &str,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Undone, Failure> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Failure::refused_field(Message::new("person-reason-needed"), "reason"));
        }
        let (file, rows) = self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            Ok((self.own_file(sql, actor, key)?.0, applied_rows(sql, key)?))
        })?;
        if !matches!(file.state.as_str(), "applied" | "undoing") {
            return Err(Failure::refused(Message::new("import-not-applied")));
        }
        // Whoever has several rows is taken back once.
        let mut people: Vec<(i64, Vec<u32>)> = Vec::new();
        let mut open: Vec<(u32, i64)> =
            rows.iter().filter(|row| !row.is_undone).map(|row| (row.number, row.person)).collect();
        open.sort_by_key(|(_, person)| *person);
        for (number, person) in open {
            match people.last_mut() {
                Some((last, numbers)) if *last == person => numbers.push(number),
                _ => people.push((person, vec![number])),
            }
        }
        // Heads leave the households of the list before those are closed.
        let entered = self.entered_by(actor, &file, &rows)?;
        for batch in entered.chunks(BATCH) {
            self.undo_batch(actor, &file, batch, reason)?;
        }
        for (n, batch) in people.chunks(BATCH).enumerate() {
            self.undo_batch(actor, &file, batch, reason)?;
            progress((n * BATCH + batch.len()).min(people.len()), people.len());
        }
        let all: Vec<i64> = rows.iter().map(|row| row.person).collect();
        self.close_empty(actor, &file, &all, reason)?;
        self.finish_undo(actor, &file, reason)
    }

    /// The records that stayed when a list was taken back.
    pub fn undo_kept(&self, actor: &Actor, key: i64) -> Result<Vec<PersonLine>, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, reach| {
            self.own_file(sql, actor, key)?;
            let rows = with_outcome(sql, key, "kept", 500)?;
            let people: BTreeSet<i64> = rows.iter().filter_map(|row| row.person).collect();
            let mut found = lines(sql, &people.into_iter().collect::<Vec<_>>())?;
            self.say_villages(sql, (actor.unit_key, reach), self.today(), found.iter_mut())?;
            Ok(found)
        })
    }

    /// People that a list of households put into one: their records carry no row of their own.
    fn entered_by(
        &self,
        actor: &Actor,
        file: &FileRow,
        rows: &[AppliedRow],
    ) -> Result<Vec<(i64, Vec<u32>)>, Failure> {
        if file.kind != ListKind::Households.code() {
            return Ok(Vec::new());
        }
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let mut entered = BTreeSet::new();
            for row in rows.iter().filter(|row| !row.is_undone) {
                let members = members(sql, row.person)?;
                entered.extend(members.into_iter().map(|member| member.person.key));
            }
            Ok(entered.into_iter().map(|key| (key, Vec::new())).collect())
        })
    }

    fn claimed(&self, tx: &mut Tx<'_>, actor: &Actor, key: i64) -> Result<bool, Failure> {
        self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
        self.own_file(tx.sql(), actor, key)?;
        Ok(claim_undo(tx.sql(), key)?)
    }

    fn undo_batch(
        &self,
        actor: &Actor,
        file: &FileRow,
        people: &[(i64, Vec<u32>)],
        reason: &str,
    ) -> Result<(), Failure> {
        let (nodes, today) = (self.db.nodes(), self.today());
        self.db.write(self.now(), |tx| {
            if !self.claimed(tx, actor, file.key)? {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            let keys: Vec<i64> = people.iter().map(|(person, _)| *person).collect();
            let sets = written_by(tx.sql(), &nodes, &keys, ("import.apply", &file.name), file.at)?;
            let ids = tram_store::log::subjects(tx.sql(), &keys)?;
            tx.expect(ids.values().copied())?;
            let mut outcomes = Vec::new();
            for (person, numbers) in people {
                let Some(subject) = ids.get(person) else { continue };
                let linked = tx.is_linked(*subject);
                let facts = tx.facts_of(*subject)?.into_owned();
                let said = match undo(&facts, |at| sets.hold(at), reason, today) {
                    _ if linked && !is_history(&file.kind) => Undo::Kept,
                    // Somebody still lives there.
                    Undo::Facts(back) if closes(&facts, &back) && is_lived_in(tx, *person)? => {
                        Undo::Kept
                    }
                    said => said,
                };
                let outcome = self.take_back(tx, actor, said, reason)?;
                outcomes.extend(numbers.iter().map(|number| (*number, outcome, Some(*person))));
            }
            set_outcomes(tx.sql(), file.key, &outcomes)?;
            Ok(())
        })
    }

    fn take_back(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        said: Undo,
        reason: &str,
    ) -> Result<&'static str, Failure> {
        match said {
            Undo::Kept => Ok("kept"),
            Undo::Facts(facts) => {
                let draft = self.draft(actor, "import.undo", facts, &[], Some(reason));
                tx.append(&draft)?;
                Ok("undone")
            }
        }
    }

    /// Households that the list opened and nobody belongs to any more.
    fn close_empty(
        &self,
        actor: &Actor,
        file: &FileRow,
        people: &[i64],
        reason: &str,
    ) -> Result<(), Failure> {
        let (nodes, today) = (self.db.nodes(), self.today());
        let act = ("import.apply", file.name.as_str());
        for batch in people.chunks(BATCH) {
            self.db.write(self.now(), |tx| {
                if !self.claimed(tx, actor, file.key)? {
                    return Err(Failure::refused(Message::new("import-begun")));
                }
                let sets = written_by(tx.sql(), &nodes, batch, act, file.at)?;
                let joined = households_of(tx, batch, &sets)?;
                let mut keys = Vec::new();
                for id in joined {
                    keys.extend(unit::key(tx.sql(), id.into())?.map(|(key, _)| key));
                }
                let empty = empty_households(tx.sql(), &keys)?;
                let sets = written_by(tx.sql(), &nodes, &empty, act, file.at)?;
                let ids = tram_store::log::subjects(tx.sql(), &empty)?;
                tx.expect(ids.values().copied())?;
                for subject in ids.into_values() {
                    let said = undo(&tx.facts_of(subject)?, |at| sets.hold(at), reason, today);
                    self.take_back(tx, actor, said, reason)?;
                }
                Ok::<_, Failure>(())
            })?;
        }
        Ok(())
    }

    /// That the list was taken back becomes a fact of the unit.
    fn finish_undo(&self, actor: &Actor, file: &FileRow, reason: &str) -> Result<Undone, Failure> {
        self.db.write(self.now(), |tx| {
            if !self.claimed(tx, actor, file.key)? {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            let counts = tram_store::import::tally(tx.sql(), file.key)?;
            let count = |outcome: &str| counts.get(outcome).copied().unwrap_or(0);
            let done = Undone { undone: count("undone"), kept: count("kept") };
            let subject: Subject = actor.unit.into();
            let (_, shard) = unit::key(tx.sql(), subject)?.ok_or(Failure::NotFound)?;
            let body = ImportUndone {
                reason: reason.to_owned(),
                name: Some(file.name.clone()),
                sha256: Some(file.sha256.clone().into()),
            };
            let fact = Fact::new(subject, shard, self.today(), body.into());
            let fact = self.beside_rows(actor, file, fact);
            let draft = self.draft(actor, "import.undo", vec![fact], &[], Some(reason));
            self.append(tx, actor, &draft)?;
            let state = find(tx.sql(), file.key)?.ok_or(Failure::NotFound)?;
            let counts = [state.added, state.updated, state.unchanged];
            tram_store::import::set_state(tx.sql(), file.key, "undone", counts)?;
            Ok(done)
        })
    }
}

/// Rows of these lists are events on a record, whichever of its linked parts carries them.
fn is_history(kind: &str) -> bool {
    let lists = [ListKind::Vaccinations, ListKind::Cards];
    ListKind::is_code_of_form(kind) || lists.iter().any(|of| of.code() == kind)
}

/// Taking these facts back takes the household itself away.
fn closes(facts: &[Logged], back: &[Fact]) -> bool {
    let opening = facts.iter().find(|f| matches!(f.fact.body, Body::HouseholdRegistered(_)));
    let Some(opening) = opening else { return false };
    back.iter().any(|fact| matches!(&fact.body, Body::FactRetracted(b) if b.what == opening.at))
}

fn is_lived_in(tx: &mut Tx<'_>, household: i64) -> Result<bool, Failure> {
    Ok(empty_households(tx.sql(), &[household])?.is_empty())
}

/// The households some records were put into by an import.
fn households_of(
    tx: &mut Tx<'_>,
    people: &[i64],
    sets: &Sets,
) -> Result<BTreeSet<HouseholdId>, Failure> {
    let ids = tram_store::log::subjects(tx.sql(), people)?;
    tx.expect(ids.values().copied())?;
    let mut joined = BTreeSet::new();
    let is_ours = |at: &FactRef| sets.hold(at);
    for subject in ids.into_values() {
        for known in tx.facts_of(subject)?.iter().filter(|known| is_ours(&known.at)) {
            if let Body::HouseholdJoined(body) = &known.fact.body {
                joined.insert(body.household);
            }
        }
    }
    Ok(joined)
}
