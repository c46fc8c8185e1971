//! A list of households: opened with their heads, or their standing noted from a day on.

use super::{
    Done, Judgements, List, REFUSED, Rows, Said, Verdict, Work, Writer, Written, listed, warnings,
};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_domain::fact::{Fact, HouseholdJoined};
use tram_domain::roster::{JudgedHousehold, ListedHousehold, Villages, joins, judge_households};
use tram_kernel::{AreaId, HouseholdId};
use tram_store::Tx;

/// Code of `lists/relation.csv` for the head of a household.
const HEAD: &str = "1";

pub(super) fn with<R>(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    work: Work<'_, R>,
) -> Result<R, Failure> {
    let villages = app.list_villages(actor)?;
    let parsed = app.parse_rows::<ListedHousehold>(opened, &villages);
    let listed = listed(&parsed);
    let records = app.records_for(actor, listed.iter().flat_map(|row| &row.citizen))?;
    let judged = judge_households(&listed, &villages, &records);
    work(&mut Households { list: Judgements::new(&parsed, &judged), villages: &villages })
}

impl Verdict for JudgedHousehold<'_> {
    fn said(&self) -> Said<'_> {
        let outcome = match self.known {
            _ if self.is_refused() => REFUSED,
            Some(_) => "known",
            None => "new",
        };
        Said {
            row: self.listed.row,
            outcome,
            subject: self.known.map(Into::into),
            findings: &self.findings,
        }
    }
}

struct Households<'a> {
    list: Judgements<'a, ListedHousehold, JudgedHousehold<'a>>,
    villages: &'a Villages,
}

impl Rows for Households<'_> {
    fn list(&self) -> &dyn List {
        &self.list
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = self.list.row(at);
        let area = row.area.ok_or(Failure::NotFound)?;
        let today = by.app.today();
        let (id, mut facts, mut done) = match row.known {
            Some(id) => {
                let household = tx.household(id)?.ok_or(Failure::NotFound)?;
                let facts = row.listed.add(&household, by.file, today);
                let done = if facts.is_empty() { Done::Unchanged } else { Done::Updated };
                (id, facts, done)
            }
            None => {
                let id = HouseholdId::from_u128(by.app.new_id());
                let shard = self.villages.shard(area).ok_or(Failure::NotFound)?;
                tx.open_new(id.into(), shard);
                (id, row.listed.open(id, (area, shard), today), Done::Added)
            }
        };
        if let Some(joined) = self.joins(row, tx, (id, area), today)? {
            facts.push(joined);
            if matches!(done, Done::Unchanged) {
                done = Done::Updated;
            }
        }
        Ok(Written { subject: id.into(), facts, warnings: warnings(&row.findings), done })
    }
}

impl Households<'_> {
    /// The head enters the household, when they live in the village and in no household.
    fn joins(
        &self,
        row: &JudgedHousehold<'_>,
        tx: &mut Tx<'_>,
        home: (HouseholdId, AreaId),
        today: tram_kernel::Date,
    ) -> Result<Option<Fact>, Failure> {
        let Some(head) = row.head else { return Ok(None) };
        let Some(person) = tx.person(head)? else { return Ok(None) };
        if !joins(&person, home.1, today) {
            return Ok(None);
        }
        let body = HouseholdJoined { household: home.0, relation: HEAD.into() };
        Ok(Some(Fact::new(head.into(), person.shard, today, body.into())))
    }
}
