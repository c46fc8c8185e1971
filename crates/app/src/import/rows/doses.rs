//! A vaccination history: doses of the past, for people on record.

use super::{Done, Judgements, List, Rows, Said, Verdict, Work, Writer, Written, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::immunisation::{Refusal, record};
use tram_domain::roster::{Finder, JudgedDose, ListedDose, judge_doses};
use tram_store::Tx;

pub(super) fn with<R>(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    work: Work<'_, R>,
) -> Result<R, Failure> {
    let villages = app.list_villages(actor)?;
    let parsed = app.parse_rows::<ListedDose>(opened, &villages);
    let listed = listed(&parsed);
    let records = app.records_for(actor, listed.iter().flat_map(|row| row.who.numbers()))?;
    let finder = Finder::new(&records, &villages);
    let (defs, today) = (app.definitions(), app.today());
    let judged =
        app.with_people(actor, |load| judge_doses(&listed, &finder, &defs, today, load))?;
    // As they were judged: an earlier dose is written before a later one.
    let list = Judgements::new(&parsed, &judged).sorted(|row| (row.listed.given, row.listed.row));
    work(&mut Doses { list })
}

impl Verdict for JudgedDose<'_> {
    fn said(&self) -> Said<'_> {
        Said {
            row: self.listed.row,
            outcome: self.outcome.code(),
            subject: self.person.map(Into::into),
            findings: &self.findings,
        }
    }
}

struct Doses<'a> {
    list: Judgements<'a, ListedDose, JudgedDose<'a>>,
}

impl Rows for Doses<'_> {
    fn list(&self) -> &dyn List {
        &self.list
    }

    fn also(&self) -> Option<Action> {
        Some(Action::ImmunisationWrite)
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = self.list.row(at);
        let id = row.person.ok_or(Failure::NotFound)?;
        let person = tx.person(id)?.ok_or(Failure::NotFound)?;
        let dose = row.listed.dose(&row.vaccine);
        let (given, today) = (row.listed.given, by.app.today());
        let (facts, done) = match record(tx.definitions(), &person, dose, given, today) {
            Ok((fact, _)) => (vec![fact], Done::Added),
            Err(Refusal::AlreadyRecorded { .. }) => (Vec::new(), Done::Unchanged),
            Err(refusal) => return Err(Failure::refused(refusal.message())),
        };
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}
