//! A list of insurance cards, for people on record.

use super::{Done, Judgements, List, Rows, Said, Verdict, Work, Writer, Written, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_domain::roster::{Finder, JudgedCard, ListedCard, add_card, judge_cards};
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
    let numbers = listed.iter().flat_map(|row| row.who.numbers().chain([&row.card]));
    let records = app.records_for(actor, numbers)?;
    for row in &mut listed {
        // A new card tells nobody's name: only one that is held already says whose it is.
        row.who.insurance = Some(row.card.clone());
    }
    let finder = Finder::new(&records, &villages);
    let today = app.today();
    let judged = app.with_people(actor, |load| judge_cards(&listed, &finder, today, load))?;
    work(&mut Cards { list: Judgements::new(&parsed, &judged) })
}

impl Verdict for JudgedCard<'_> {
    fn said(&self) -> Said<'_> {
        Said {
            row: self.listed.row,
            outcome: self.outcome.code(),
            subject: self.person.map(Into::into),
            findings: &self.findings,
        }
    }
}

struct Cards<'a> {
    list: Judgements<'a, ListedCard, JudgedCard<'a>>,
}

impl Rows for Cards<'_> {
    fn list(&self) -> &dyn List {
        &self.list
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = self.list.row(at);
        let id = row.person.ok_or(Failure::NotFound)?;
        let person = tx.person(id)?.ok_or(Failure::NotFound)?;
        let facts = add_card(&person, row.listed, by.app.today())?;
        let done = if facts.is_empty() { Done::Unchanged } else { Done::Added };
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}
