//! Entries of a form, for people on record.

use super::{Checked, Done, Good, Rows, Said, Work, Writer, Written, checked, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_defs::form::Form;
use tram_defs::role::Action;
use tram_domain::person::Person;
use tram_domain::roster::{Finder, JudgedEntry, ListedEntry, Outcome, add_entry, judge_entries};
use tram_exchange::list::ParsedRow;
use tram_store::Tx;

pub(super) fn with<R>(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    form: &Form,
    work: Work<'_, R>,
) -> Result<R, Failure> {
    let villages = app.list_villages(actor)?;
    let parsed = app.parse_rows::<ListedEntry>(opened, &villages);
    let listed = listed(&parsed);
    let numbers = listed
        .iter()
        .flat_map(|row| row.who.citizen.iter().chain(&row.who.insurance).chain(&row.who.temporary));
    let records = app.records_for(actor, numbers)?;
    let finder = Finder::new(&records, &villages);
    let (defs, today) = (app.definitions(), app.today());
    let judged = app.with_people(actor, |load| {
        let load = |id| Ok::<_, Failure>(load(id)?.map(|person| there(actor, person)));
        judge_entries(&listed, &form.code, &finder, &defs, today, load)
    })?;
    let mut good: Vec<usize> = Vec::new();
    good.extend((0..judged.len()).filter(|at| judged[*at].outcome != Outcome::Refused));
    // As they were judged: an earlier entry is written before a later one.
    good.sort_by_key(|at| (judged[*at].listed.on, judged[*at].listed.row));
    work(&mut Entries { actor, form, parsed: &parsed, judged: &judged, good })
}

/// A record as far as it is there for the asker; a compartment closed to them says nothing.
fn there(actor: &Actor, mut person: Person) -> Person {
    person.followed.keep(|compartment| actor.sees(compartment));
    person
}

struct Entries<'a> {
    actor: &'a Actor,
    form: &'a Form,
    parsed: &'a [ParsedRow<ListedEntry>],
    judged: &'a [JudgedEntry<'a>],
    good: Vec<usize>,
}

impl Rows for Entries<'_> {
    fn checked(&self, opened: &Opened) -> Vec<Checked> {
        let said = self.judged.iter().map(|row| {
            let (number, outcome) = (row.listed.row, row.outcome.code());
            Said { row: number, outcome, findings: &row.findings }
        });
        checked(opened, self.parsed, said)
    }

    fn count(&self) -> usize {
        self.parsed.len()
    }

    fn good(&self) -> Vec<Good> {
        let good = |at: &usize| {
            let row = &self.judged[*at];
            Good { number: row.listed.row, subject: row.person.map(Into::into) }
        };
        self.good.iter().map(good).collect()
    }

    fn also(&self) -> Option<Action> {
        Some(Action::ProgrammeWrite)
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = &self.judged[self.good[at]];
        let id = row.person.ok_or(Failure::NotFound)?;
        let person = there(self.actor, tx.person(id)?.ok_or(Failure::NotFound)?);
        let (defs, today) = (tx.definitions(), by.app.today());
        let added = add_entry(defs, &person, &self.form.code, row.listed, today)?;
        let facts: Vec<_> = added.fact.into_iter().collect();
        let done = if facts.is_empty() { Done::Unchanged } else { Done::Added };
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}
