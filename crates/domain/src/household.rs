//! A household: where it is and how it lives. Who belongs to it stands on the records of its members.

use crate::fact::{
    Body, Fact, FactRef, HouseholdAmended, HouseholdChange, HouseholdRegistered, Logged,
};
use crate::person::Field;
use tram_kernel::{AreaId, Date, HouseholdId, Message, Moment, Shard};

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
        };
        for known in sorted {
            if let Body::HouseholdAmended(body) = &known.fact.body {
                household.amend(known.at, body);
            }
        }
        Some(household)
    }

    fn amend(&mut self, at: FactRef, body: &HouseholdAmended) {
        match &body.change {
            HouseholdChange::Area(area) => self.area.amend(at, *area, &body.seen),
            HouseholdChange::Code(code) => self.code.amend(at, code.clone(), &body.seen),
            HouseholdChange::Address(text) => self.address.amend(at, text.clone(), &body.seen),
            HouseholdChange::Poverty(code) => self.poverty.amend(at, code.clone(), &body.seen),
        }
    }
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

/// Gives one field another value; a reason is required after the day of registration.
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
    };
    if same {
        return Err(Refusal::NoChange);
    }
    if today > household.registered_at.day() && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let body = HouseholdAmended { change, seen, reason };
    Ok(Fact::new(household.id.into(), household.shard, today, body.into()))
}
