//! A list of people: records are opened, and those on record are filled in.

use super::{Done, Judgements, List, Rows, Said, Verdict, Work, Writer, Written, listed, warnings};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::import::Opened;
use crate::opening::App;
use tram_domain::fact::{Fact, HouseholdRegistered};
use tram_domain::household;
use tram_domain::person::register;
use tram_domain::roster::{Home, Judged, Listed, Outcome, Villages, fill, joins, judge, newcomer};
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
    work(&mut People {
        list: Judgements::new(&parsed, &judgement.rows),
        homes: &judgement.homes,
        villages: &villages,
        before: opened.clone(),
        opened,
    })
}

impl Verdict for Judged<'_> {
    fn said(&self) -> Said<'_> {
        let subject = match self.outcome {
            Outcome::Known(id) => Some(id.into()),
            _ => None,
        };
        Said {
            row: self.listed.row,
            outcome: self.outcome.code(),
            subject,
            findings: &self.findings,
        }
    }
}

struct People<'a> {
    list: Judgements<'a, Listed, Judged<'a>>,
    homes: &'a [Home],
    villages: &'a Villages,
    /// Households opened so far, by index of `homes`.
    opened: Vec<Option<HouseholdId>>,
    before: Vec<Option<HouseholdId>>,
}

impl Rows for People<'_> {
    fn list(&self) -> &dyn List {
        &self.list
    }

    fn begin(&mut self) {
        self.opened.clone_from(&self.before);
    }

    fn end(&mut self) {
        self.before.clone_from(&self.opened);
    }

    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure> {
        let row = self.list.row(at);
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
        let home = &self.homes[at];
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
