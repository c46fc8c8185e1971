//! A household: where it is and how it lives. Who belongs to it stands on the records of its members.

use crate::fact::{
    Body, Fact, FactRef, HouseholdAmended, HouseholdChange, HouseholdRegistered, Logged,
};
use crate::person::Field;
use tram_kernel::{AreaId, Date, HouseholdId, Message, Moment, Shard, UserId};

/// What is known of one household.
#[derive(Debug, Clone, PartialEq)]
pub struct Household {
    pub id: HouseholdId,
    pub shard: Shard,
    pub registered_at: Moment,
    pub area: Field<AreaId>,
    pub code: Field<Option<String>>,
    pub address: Field<Option<String>>,
    pub poverty: Field<Option<String>>,
    /// The family doctor.
    pub doctor: Field<Option<UserId>>,
    /// How the household lived when, oldest first; the first standing has no beginning.
    pub standings: Vec<Standing>,
}

/// A code of `lists/poverty.csv`, or nothing known, from a day until, not including, another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub poverty: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

impl Standing {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

impl Household {
    /// Folds the facts about one household; `None` without a registration.
    pub fn fold(id: HouseholdId, facts: &[Logged]) -> Option<Self> {
        let retracted: Vec<FactRef> = facts
            .iter()
            .filter_map(|known| match &known.fact.body {
                Body::FactRetracted(body) => Some(body.what),
                _ => None,
            })
            .collect();
        let mut sorted: Vec<&Logged> =
            facts.iter().filter(|known| !retracted.contains(&known.at)).collect();
        sorted.sort_by_key(|known| known.order());
        let (opened, body) = sorted.iter().find_map(|known| match &known.fact.body {
            Body::HouseholdRegistered(body) => Some((*known, body)),
            _ => None,
        })?;
        let mut household = Self {
            id,
            shard: opened.fact.shard,
            registered_at: opened.recorded_at,
            area: Field::new(opened.at, body.area),
            code: Field::new(opened.at, body.code.clone()),
            address: Field::new(opened.at, body.address.clone()),
            poverty: Field::new(opened.at, body.poverty.clone()),
            doctor: Field::new(opened.at, None),
            standings: Vec::new(),
        };
        let mut changes: Vec<(Date, Option<String>)> = Vec::new();
        for known in sorted {
            if let Body::HouseholdAmended(body) = &known.fact.body {
                household.amend(known.at, body);
                if let HouseholdChange::Poverty(code) = &body.change {
                    changes.push((known.fact.happened_on, code.clone()));
                }
            }
        }
        household.standings = standings(body.poverty.clone(), changes);
        Some(household)
    }

    /// The standing on a day, a code of `lists/poverty.csv`.
    pub fn poverty_on(&self, day: Date) -> Option<&str> {
        self.standings.iter().find(|s| s.holds_on(day))?.poverty.as_deref()
    }

    fn amend(&mut self, at: FactRef, body: &HouseholdAmended) {
        match &body.change {
            HouseholdChange::Area(area) => self.area.amend(at, *area, &body.seen),
            HouseholdChange::Code(code) => self.code.amend(at, code.clone(), &body.seen),
            HouseholdChange::Address(text) => self.address.amend(at, text.clone(), &body.seen),
            HouseholdChange::Poverty(code) => self.poverty.amend(at, code.clone(), &body.seen),
            HouseholdChange::Doctor(user) => self.doctor.amend(at, *user, &body.seen),
        }
    }
}

/// What was said first holds from the beginning; what was said later, from its day on.
fn standings(first: Option<String>, mut changes: Vec<(Date, Option<String>)>) -> Vec<Standing> {
    changes.sort_by_key(|(day, _)| *day);
    let mut standings = vec![Standing { poverty: first, from: None, to: None }];
    for (day, poverty) in changes {
        if let Some(last) = standings.last_mut() {
            last.to = Some(day);
        }
        standings.push(Standing { poverty, from: Some(day), to: None });
    }
    standings
}

/// Opens a household.
pub fn register(id: HouseholdId, shard: Shard, body: HouseholdRegistered, on: Date) -> Fact {
    Fact::new(id.into(), shard, on, body.into())
}

/// Why a change of a household is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("nothing changes")]
    NoChange,
    #[error("a change after the day of recording needs a reason")]
    ReasonNeeded,
}

impl Refusal {
    pub const fn message(&self) -> Message {
        match self {
            Self::NoChange => Message::new("person-no-change"),
            Self::ReasonNeeded => Message::new("person-reason-needed"),
        }
    }
}

/// Gives one field another value; a correction after the day of registration needs a reason.
pub fn amend(
    household: &Household,
    change: HouseholdChange,
    reason: Option<String>,
    today: Date,
) -> Result<Fact, Refusal> {
    let (same, seen) = match &change {
        HouseholdChange::Area(v) => (household.area.shown() == v, household.area.seen()),
        HouseholdChange::Code(v) => (household.code.shown() == v, household.code.seen()),
        HouseholdChange::Address(v) => (household.address.shown() == v, household.address.seen()),
        HouseholdChange::Poverty(v) => (household.poverty.shown() == v, household.poverty.seen()),
        HouseholdChange::Doctor(v) => (household.doctor.shown() == v, household.doctor.seen()),
    };
    if same {
        return Err(Refusal::NoChange);
    }
    // Another doctor is no correction of what was written.
    let corrects = !matches!(change, HouseholdChange::Doctor(_));
    if corrects && today > household.registered_at.day() && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let body = HouseholdAmended { change, seen, reason };
    Ok(Fact::new(household.id.into(), household.shard, today, body.into()))
}
