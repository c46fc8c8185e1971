//! Entries of a form, for people on record.

use super::{Done, Judgements, List, Rows, Said, Verdict, Work, Writer, Written, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_defs::form::Form;
use tram_defs::role::Action;
use tram_domain::person::Person;
use tram_domain::roster::{Finder, JudgedEntry, ListedEntry, add_entry, judge_entries};
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
    let records = app.records_for(actor, listed.iter().flat_map(|row| row.who.numbers()))?;
    let finder = Finder::new(&records, &villages);
    let (defs, today) = (app.definitions(), app.today());
    let judged = app.with_people(actor, |load| {
        let load = |id| Ok::<_, Failure>(load(id)?.map(|person| there(actor, person)));
        judge_entries(&listed, &form.code, &finder, &defs, today, load)
    })?;
    // As they were judged: an earlier entry is written before a later one.
    let list = Judgements::new(&parsed, &judged).sorted(|row| (row.listed.on, row.listed.row));
    work(&mut Entries { actor, form, list })
}

/// A record as far as it is there for the asker; a compartment closed to them says nothing.
fn there(actor: &Actor, mut person: Person) -> Person {
    person.followed.keep(|compartment| actor.sees(compartment));
    person
}

impl Verdict for JudgedEntry<'_> {
    fn said(&self) -> Said<'_> {
        Said {
            row: self.listed.row,
            outcome: self.outcome.code(),
            subject: self.person.map(Into::into),
            findings: &self.findings,
        }
    }
}

struct Entries<'a> {
    actor: &'a Actor,
    form: &'a Form,
    list: Judgements<'a, ListedEntry, JudgedEntry<'a>>,
}

impl Rows for Entries<'_> {
    fn list(&self) -> &dyn List {
        &self.list
    }

    fn also(&self) -> Option<Action> {
        Some(Action::ProgrammeWrite)
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = self.list.row(at);
        let id = row.person.ok_or(Failure::NotFound)?;
        let person = there(self.actor, tx.person(id)?.ok_or(Failure::NotFound)?);
        let (defs, today) = (tx.definitions(), by.app.today());
        let added = add_entry(defs, &person, &self.form.code, row.listed, today)?;
        let facts: Vec<_> = added.fact.into_iter().collect();
        let done = if facts.is_empty() { Done::Unchanged } else { Done::Added };
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}
