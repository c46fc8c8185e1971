//! A list of insurance cards, for people on record.

use super::{Checked, Done, Good, Rows, Said, Work, Writer, Written, checked, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_domain::roster::{Finder, JudgedCard, ListedCard, Outcome, add_card, judge_cards};
use tram_exchange::list::ParsedRow;
use tram_store::Tx;

pub(super) fn with<R>(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    work: Work<'_, R>,
) -> Result<R, Failure> {
    let villages = app.list_villages(actor)?;
    let parsed = app.parse_rows::<ListedCard>(opened, &villages);
    let mut listed = listed(&parsed);
    let numbers = listed
        .iter()
        .flat_map(|row| row.who.citizen.iter().chain(&row.who.temporary).chain(Some(&row.card)));
    let records = app.records_for(actor, numbers)?;
    for row in &mut listed {
        // A new card tells nobody's name: only one that is held already says whose it is.
        row.who.insurance = Some(row.card.clone());
    }
    let finder = Finder::new(&records, &villages);
    let today = app.today();
    let judged = app.with_people(actor, |load| judge_cards(&listed, &finder, today, load))?;
    let good = (0..judged.len()).filter(|at| judged[*at].outcome != Outcome::Refused).collect();
    work(&mut Cards { parsed: &parsed, judged: &judged, good })
}

struct Cards<'a> {
    parsed: &'a [ParsedRow<ListedCard>],
    judged: &'a [JudgedCard<'a>],
    good: Vec<usize>,
}

impl Rows for Cards<'_> {
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

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = &self.judged[self.good[at]];
        let id = row.person.ok_or(Failure::NotFound)?;
        let person = tx.person(id)?.ok_or(Failure::NotFound)?;
        let facts = add_card(&person, row.listed, by.app.today())?;
        let done = if facts.is_empty() { Done::Unchanged } else { Done::Added };
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}
