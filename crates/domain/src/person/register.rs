//! Opening a record: registration of somebody who lives here, and of a child just born.

use super::{Decided, Person, Refusal, Warning};
use crate::fact::{
    BirthRecorded, Body, Fact, HouseholdJoined, IdentifierRecorded, PersonRegistered,
    PregnancyEnded, PregnancyOutcome, ResidenceKind, ResidenceStarted,
};
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{AreaId, BirthDate, Date, HouseholdId, PersonId, Sex, Shard};

/// Nobody has been older; older means a wrong birth date.
const OLDEST_YEARS: i32 = 125;
/// Children up to this age follow the immunisation schedule and need a full birth date.
const SCHEDULE_YEARS: i32 = 7;

/// What is known when a record is opened.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPerson {
    pub id: PersonId,
    pub shard: Shard,
    pub name: String,
    pub sex: Sex,
    pub born: BirthDate,
    pub born_minute: Option<u16>,
    pub ethnicity: Option<String>,
    pub occupation: Option<String>,
    pub phone: Option<String>,
    pub mother: Option<PersonId>,
    pub mother_name: Option<String>,
    pub identifiers: Vec<IdentifierRecorded>,
    pub residence: Option<NewResidence>,
    pub household: Option<(HouseholdId, String)>,
}

/// Where the person lives, and since when.
#[derive(Debug, Clone, PartialEq)]
pub struct NewResidence {
    pub area: AreaId,
    pub kind: ResidenceKind,
    pub from: Date,
    pub reason: String,
    pub from_place: Option<String>,
}

/// What is known of a live birth beside the registration of the child.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewBirth {
    pub order: Option<u8>,
    pub place: Option<String>,
    pub weight_grams: Option<u16>,
}

/// Opens a record.
pub fn register(new: &NewPerson, today: Date) -> Result<Decided, Refusal> {
    let born = new.born.first();
    if born > today {
        return Err(Refusal::BornInFuture { born, today });
    }
    let years = new.born.age_years(today);
    if years > OLDEST_YEARS {
        return Err(Refusal::TooOld { years });
    }
    let mut warnings = Vec::new();
    if years < SCHEDULE_YEARS && new.born.day().is_none() {
        warnings.push(Warning::BirthDayMissing);
    }
    let fact = |day: Date, body: Body| Fact::new(new.id.into(), new.shard, day, body);
    let body = PersonRegistered {
        name: new.name.clone(),
        sex: new.sex,
        born: new.born,
        born_minute: new.born_minute,
        ethnicity: new.ethnicity.clone(),
        occupation: new.occupation.clone(),
        phone: new.phone.clone(),
        mother: new.mother,
        mother_name: new.mother_name.clone(),
    };
    let mut facts = vec![fact(today, body.into())];
    for held in &new.identifiers {
        check_identifier(held, new.sex, new.born, &mut warnings)?;
        facts.push(fact(held.from.unwrap_or(today), held.clone().into()));
    }
    if let Some(residence) = &new.residence {
        let from = residence.from;
        if from > today {
            return Err(Refusal::InFuture { on: from, today });
        }
        if from < born {
            return Err(Refusal::BeforeBirth { on: from, born });
        }
        let body = ResidenceStarted {
            area: residence.area,
            kind: residence.kind,
            reason: residence.reason.clone(),
            from_place: residence.from_place.clone(),
        };
        facts.push(fact(from, body.into()));
        if let Some((household, relation)) = &new.household {
            let body = HouseholdJoined { household: *household, relation: relation.clone() };
            facts.push(fact(from, body.into()));
        }
    }
    Ok(Decided { facts, warnings })
}

/// Registers a child just born. With a mother on record the child lives where she does and joins her
/// household, and her open pregnancy ends.
pub fn register_birth(
    mother: Option<&Person>,
    new: &NewPerson,
    birth: &NewBirth,
    today: Date,
) -> Result<Decided, Refusal> {
    let mut child = new.clone();
    let born = child.born.first();
    let mut warnings = Vec::new();
    if let Some(mother) = mother {
        warnings.extend(check_mother(mother, born)?);
        child.mother = Some(mother.id);
        child.mother_name = None;
        if child.residence.is_none() {
            child.residence = mother.residence_on(born).map(|lives| NewResidence {
                area: lives.area,
                kind: lives.kind,
                from: born,
                reason: "birth".into(),
                from_place: None,
            });
        }
        if child.household.is_none() {
            child.household =
                mother.membership_on(born).map(|m| (m.household, child_relation(&m.relation)));
        }
    }
    let mut decided = register(&child, today)?;
    decided.warnings.extend(warnings);
    let body = BirthRecorded {
        order: birth.order,
        place: birth.place.clone(),
        weight_grams: birth.weight_grams,
    };
    decided.facts.push(Fact::new(child.id.into(), child.shard, born, body.into()));
    if let Some(mother) = mother
        && mother.delivery_near(born).is_none()
    {
        let body = PregnancyEnded { outcome: PregnancyOutcome::Birth };
        decided.facts.push(Fact::new(mother.id.into(), mother.shard, born, body.into()));
    }
    Ok(decided)
}

/// A head's or spouse's baby is a child of the house, anybody else's is a grandchild.
fn child_relation(mother: &str) -> String {
    if matches!(mother, "1" | "2") { "3".into() } else { "6".into() }
}

pub(crate) fn check_mother(mother: &Person, born: Date) -> Result<Option<Warning>, Refusal> {
    if *mother.sex.shown() != Sex::Female {
        return Err(Refusal::NotAWoman);
    }
    if let Some(death) = &mother.death
        && death.on < born
    {
        return Err(Refusal::AfterDeath { on: born, died: death.on });
    }
    let years = mother.born.shown().date.age_years(born);
    match years {
        10..=60 => Ok((!(16..=49).contains(&years)).then_some(Warning::UnusualMotherAge { years })),
        _ => Err(Refusal::MotherAge { years }),
    }
}

pub(super) fn check_identifier(
    held: &IdentifierRecorded,
    sex: Sex,
    born: BirthDate,
    warnings: &mut Vec<Warning>,
) -> Result<(), Refusal> {
    if let (Some(from), Some(to)) = (held.from, held.to)
        && to < from
    {
        return Err(Refusal::ValidityReversed { from, to });
    }
    if let Some((claims_sex, claims_year)) = held.identifier.contradicts(sex, born) {
        warnings.push(Warning::CitizenContradicts { claims_sex, claims_year });
    }
    Ok(())
}

/// The code given to somebody who has no number yet. It never looks like twelve digits.
pub fn temporary_identifier(id: PersonId) -> Identifier {
    let value = format!("TAM{:010X}", id.as_u128() & 0xFF_FFFF_FFFF);
    Identifier::parse(IdentifierKind::Temporary, &value).expect("letters first")
}
