//! Changing what a record says: always a new fact, with the values it replaces named.

use super::register::check_identifier;
use super::{Decided, Person, Refusal};
use crate::fact::{
    Body, Fact, FactRef, FactRetracted, IdentifierEnded, IdentifierRecorded, Logged, PersonAmended,
    PersonChange,
};
use tram_kernel::Date;
use tram_kernel::identifier::Identifier;

/// Gives one field another value. After the day of registration a reason is required.
///
/// `seen` are the values the author was looking at ([`super::Field::seen`] of the page they edited).
pub fn amend(
    person: &Person,
    change: PersonChange,
    seen: Vec<FactRef>,
    reason: Option<String>,
    today: Date,
) -> Result<Decided, Refusal> {
    if is_shown(person, &change) {
        return Err(Refusal::NoChange);
    }
    if today > person.registered_at.day() && reason.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    if let PersonChange::Born(born, _) = change {
        if born.first() > today {
            return Err(Refusal::BornInFuture { born: born.first(), today });
        }
        if let Some(death) = &person.death
            && death.on < born.first()
        {
            return Err(Refusal::BeforeBirth { on: death.on, born: born.first() });
        }
        if let Some(early) = person.doses.first().map(|d| d.day).filter(|d| *d < born.first()) {
            return Err(Refusal::BeforeBirth { on: early, born: born.first() });
        }
    }
    let body = PersonAmended { change, seen, reason };
    Ok(one(person, today, body))
}

/// The page is already showing exactly this value and there is nothing to decide between.
fn is_shown(person: &Person, change: &PersonChange) -> bool {
    match change {
        PersonChange::Name(v) => !person.name.is_conflict() && person.name.shown() == v,
        PersonChange::Sex(v) => !person.sex.is_conflict() && person.sex.shown() == v,
        PersonChange::Born(date, minute) => {
            let shown = person.born.shown();
            !person.born.is_conflict() && (shown.date, shown.minute) == (*date, *minute)
        }
        PersonChange::Ethnicity(v) => {
            !person.ethnicity.is_conflict() && person.ethnicity.shown() == v
        }
        PersonChange::Occupation(v) => {
            !person.occupation.is_conflict() && person.occupation.shown() == v
        }
        PersonChange::Phone(v) => !person.phone.is_conflict() && person.phone.shown() == v,
        PersonChange::Mother(id, name) => {
            let shown = person.mother.shown();
            !person.mother.is_conflict() && (shown.id, &shown.name) == (*id, name)
        }
    }
}

/// Adds a number, or renews the end of one that is held.
pub fn record_identifier(
    person: &Person,
    held: IdentifierRecorded,
    today: Date,
) -> Result<Decided, Refusal> {
    let mut warnings = Vec::new();
    check_identifier(&held, *person.sex.shown(), person.born.shown().date, &mut warnings)?;
    let same = person.identifiers.iter().any(|h| {
        h.identifier == held.identifier && !h.ended && (h.from, h.to) == (held.from, held.to)
    });
    if same {
        return Err(Refusal::NoChange);
    }
    let mut decided = one(person, held.from.unwrap_or(today), held);
    decided.warnings = warnings;
    Ok(decided)
}

/// A number is no longer theirs from `on`.
pub fn end_identifier(
    person: &Person,
    identifier: Identifier,
    reason: Option<String>,
    on: Date,
    today: Date,
) -> Result<Decided, Refusal> {
    if on > today {
        return Err(Refusal::InFuture { on, today });
    }
    let held = person.identifiers.iter().any(|h| h.identifier == identifier && !h.ended);
    if !held {
        return Err(Refusal::NotHeld);
    }
    Ok(one(person, on, IdentifierEnded { identifier, reason }))
}

/// Takes back a fact that was entered by mistake. It stays in the log.
///
/// The only residence is not taken back: who may see a record follows from where its person lives, and
/// nobody could open this one any more. The right residence is recorded first.
pub fn retract(
    person: &Person,
    what: &Logged,
    reason: String,
    today: Date,
) -> Result<Decided, Refusal> {
    let (at, fact) = (what.at, &what.fact);
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    if person.retracted.contains(&at) {
        return Err(Refusal::NoChange);
    }
    if matches!(&person.residences[..], [only] if only.at == at) {
        return Err(Refusal::OnlyResidence);
    }
    // On the record that holds it: should linked records be parted, it stays taken back there.
    let body = FactRetracted { what: at, reason }.into();
    let facts = vec![Fact::new(fact.subject, fact.shard, today, body)];
    Ok(Decided { facts, warnings: Vec::new() })
}

pub(super) fn one(person: &Person, on: Date, body: impl Into<Body>) -> Decided {
    let fact = Fact::new(person.id.into(), person.shard, on, body.into());
    Decided { facts: vec![fact], warnings: Vec::new() }
}
