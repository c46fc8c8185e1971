//! What happens in a life: moving, joining a household, a child born dead, death.

use super::amend::one;
use super::register::{NewResidence, check_mother};
use super::{Decided, Person, Refusal, Warning};
use crate::fact::{
    DeathRecorded, Fact, HouseholdJoined, HouseholdLeft, PregnancyEnded, PregnancyOutcome,
    ResidenceEnded, ResidenceStarted, StillbirthRecorded,
};
use tram_kernel::{Date, HouseholdId};

/// A day inside the life of the person and not after today.
pub(crate) fn within_life(person: &Person, on: Date, today: Date) -> Result<(), Refusal> {
    let born = person.born.shown().date.first();
    if on < born {
        return Err(Refusal::BeforeBirth { on, born });
    }
    if on > today {
        return Err(Refusal::InFuture { on, today });
    }
    match &person.death {
        Some(death) if on > death.on => Err(Refusal::AfterDeath { on, died: death.on }),
        _ => Ok(()),
    }
}

/// From a day on the person lives somewhere else that we look after (move in, or move within).
pub fn move_to(person: &Person, to: &NewResidence, today: Date) -> Result<Decided, Refusal> {
    within_life(person, to.from, today)?;
    let lives = person.residence_on(to.from);
    if lives.is_some_and(|now| now.area == to.area && now.kind == to.kind) {
        return Err(Refusal::NoChange);
    }
    let body = ResidenceStarted {
        area: to.area,
        kind: to.kind,
        reason: to.reason.clone(),
        from_place: to.from_place.clone(),
    };
    Ok(one(person, to.from, body))
}

/// From a day on the person lives somewhere we do not look after. Leaves the household too.
pub fn move_out(
    person: &Person,
    on: Date,
    reason: String,
    to_place: Option<String>,
    today: Date,
) -> Result<Decided, Refusal> {
    within_life(person, on, today)?;
    if person.residence_on(on).is_none() {
        return Err(Refusal::NoChange);
    }
    let mut decided = one(person, on, ResidenceEnded { reason, to_place });
    if let Some(member) = person.membership_on(on) {
        let body = HouseholdLeft { household: member.household };
        decided.facts.push(Fact::new(person.id.into(), person.shard, on, body.into()));
    }
    Ok(decided)
}

/// Becomes a member of a household, leaving the one before.
pub fn join_household(
    person: &Person,
    household: HouseholdId,
    relation: String,
    on: Date,
    today: Date,
) -> Result<Decided, Refusal> {
    within_life(person, on, today)?;
    let now = person.membership_on(on);
    if now.is_some_and(|m| m.household == household && m.relation == relation) {
        return Err(Refusal::NoChange);
    }
    Ok(one(person, on, HouseholdJoined { household, relation }))
}

/// A child born dead, on the record of the mother; her open pregnancy ends.
pub fn record_stillbirth(
    mother: &Person,
    on: Date,
    body: StillbirthRecorded,
    today: Date,
) -> Result<Decided, Refusal> {
    within_life(mother, on, today)?;
    let warning: Option<Warning> = check_mother(mother, on)?;
    let mut decided = one(mother, on, body);
    decided.warnings.extend(warning);
    if mother.open_pregnancy().is_some() {
        let ended = PregnancyEnded { outcome: PregnancyOutcome::Stillbirth };
        decided.facts.extend(one(mother, on, ended).facts);
    }
    Ok(decided)
}

/// Death. Nothing that needs a living person may be recorded later than it.
pub fn record_death(
    person: &Person,
    on: Date,
    body: DeathRecorded,
    today: Date,
) -> Result<Decided, Refusal> {
    if let Some(death) = &person.death {
        return Err(Refusal::AlreadyDead { on: death.on });
    }
    within_life(person, on, today)?;
    let late_dose = person.doses.iter().map(|dose| dose.day).find(|day| *day > on);
    let late_move = person.residences.iter().map(|r| r.from).find(|from| *from > on);
    let entries = person.followed.entries.iter();
    let late_entry = entries.map(|entry| entry.day).find(|day| *day > on);
    if let Some(event) = late_dose.or(late_move).or(late_entry) {
        return Err(Refusal::DeathBeforeEvent { on, event });
    }
    Ok(one(person, on, body))
}
