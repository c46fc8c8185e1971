//! A list of people: records are opened, and those on record are filled in.

use super::{Checked, Done, Good, Rows, Said, Work, Writer, Written, checked, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_domain::fact::{Fact, HouseholdRegistered};
use tram_domain::household;
use tram_domain::person::register;
use tram_domain::roster::{
    Judged, Judgement, Listed, Outcome, Villages, fill, joins, judge, newcomer,
};
use tram_exchange::list::ParsedRow;
use tram_kernel::{AreaId, HouseholdId, PersonId, Shard};
use tram_store::Tx;

pub(super) fn with<R>(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    work: Work<'_, R>,
) -> Result<R, Failure> {
    let villages = app.list_villages(actor)?;
    let parsed = app.parse_rows::<Listed>(opened, &villages);
    let listed = listed(&parsed);
    let numbers = listed.iter().flat_map(|row| row.citizen.iter().chain(&row.insurance));
    let records = app.records_for(actor, numbers)?;
    let judgement = judge(&listed, &villages, &records, app.today());
    let opened: Vec<Option<HouseholdId>> = judgement.homes.iter().map(|home| home.known).collect();
    let good = judgement.rows.iter().enumerate();
    let good = good.filter(|(_, row)| row.outcome != Outcome::Refused).map(|(at, _)| at).collect();
    work(&mut People {
        parsed: &parsed,
        judgement: &judgement,
        villages: &villages,
        good,
        before: opened.clone(),
        opened,
    })
}

struct People<'a> {
    parsed: &'a [ParsedRow<Listed>],
    judgement: &'a Judgement<'a>,
    villages: &'a Villages,
    /// Rows of the judgement that are written.
    good: Vec<usize>,
    /// Households opened so far, by index of [`Judgement::homes`].
    opened: Vec<Option<HouseholdId>>,
    before: Vec<Option<HouseholdId>>,
}

impl Rows for People<'_> {
    fn checked(&self, opened: &Opened) -> Vec<Checked> {
        let said = self.judgement.rows.iter().map(|row| {
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
            let row = &self.judgement.rows[*at];
            let subject = match row.outcome {
                Outcome::Known(id) => Some(id.into()),
                _ => None,
            };
            Good { number: row.listed.row, subject }
        };
        self.good.iter().map(good).collect()
    }

    fn begin(&mut self) {
        self.opened.clone_from(&self.before);
    }

    fn end(&mut self) {
        self.before.clone_from(&self.opened);
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let judgement = self.judgement;
        let row: &Judged<'_> = &judgement.rows[self.good[at]];
        let area = row.area.ok_or(Failure::NotFound)?;
        let mut facts = Vec::new();
        let today = by.app.today();
        let (person, done) = match row.outcome {
            Outcome::Known(id) => {
                let person = tx.person(id)?.ok_or(Failure::NotFound)?;
                let joined = row.home.filter(|_| joins(&person, area, today));
                let home = self.home(by, tx, joined, &mut facts)?;
                let added = fill(&person, row.listed, home, by.file, today);
                let done = if added.is_empty() { Done::Unchanged } else { Done::Updated };
                facts.extend(added);
                (id, done)
            }
            _ => {
                let id = PersonId::from_u128(by.app.new_id());
                let shard = self.shard(area)?;
                let home = self.home(by, tx, row.home, &mut facts)?;
                let new = newcomer(id, row.listed, (area, shard), home, today);
                tx.open_new(id.into(), shard);
                facts.extend(register(&new, today)?.facts);
                (id, Done::Added)
            }
        };
        Ok(Written { subject: person.into(), facts, warnings: warnings(&row.findings), done })
    }
}

impl People<'_> {
    /// The household somebody joins, opened when it is not on record.
    fn home(
        &mut self,
        by: &Writer<'_>,
        tx: &mut Tx<'_>,
        at: Option<usize>,
        facts: &mut Vec<Fact>,
    ) -> Result<Option<HouseholdId>, Failure> {
        let Some(at) = at else { return Ok(None) };
        if let Some(known) = self.opened[at] {
            return Ok(Some(known));
        }
        let id = HouseholdId::from_u128(by.app.new_id());
        let home = &self.judgement.homes[at];
        let body = HouseholdRegistered {
            area: home.area,
            code: home.code.clone(),
            address: home.address.clone(),
            poverty: home.poverty.clone(),
        };
        let shard = self.shard(home.area)?;
        tx.open_new(id.into(), shard);
        facts.push(household::register(id, shard, body, by.app.today()));
        self.opened[at] = Some(id);
        Ok(Some(id))
    }

    fn shard(&self, area: AreaId) -> Result<Shard, Failure> {
        self.villages.shard(area).ok_or(Failure::NotFound)
    }
}
