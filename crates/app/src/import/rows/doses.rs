//! A vaccination history: doses of the past, for people on record.

use super::{Checked, Done, Good, Rows, Said, Work, Writer, Written, checked, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::immunisation::{Refusal, record};
use tram_domain::roster::{Finder, JudgedDose, ListedDose, Outcome, judge_doses};
use tram_exchange::list::ParsedRow;
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
    let numbers = listed
        .iter()
        .flat_map(|row| row.who.citizen.iter().chain(&row.who.insurance).chain(&row.who.temporary));
    let records = app.records_for(actor, numbers)?;
    let finder = Finder::new(&records, &villages);
    let (defs, today) = (app.definitions(), app.today());
    let judged =
        app.with_people(actor, |load| judge_doses(&listed, &finder, &defs, today, load))?;
    let mut good: Vec<usize> = Vec::new();
    good.extend((0..judged.len()).filter(|at| judged[*at].outcome != Outcome::Refused));
    // As they were judged: an earlier dose is written before a later one.
    good.sort_by_key(|at| (judged[*at].listed.given, judged[*at].listed.row));
    work(&mut Doses { parsed: &parsed, judged: &judged, good })
}

struct Doses<'a> {
    parsed: &'a [ParsedRow<ListedDose>],
    judged: &'a [JudgedDose<'a>],
    good: Vec<usize>,
}

impl Rows for Doses<'_> {
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
        Some(Action::ImmunisationWrite)
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = &self.judged[self.good[at]];
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
