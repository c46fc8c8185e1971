//! What a list adds to a record: only what the record lacks, never another value.

use super::Listed;
use crate::fact::{
    Body, Fact, FactRef, HouseholdJoined, IdentifierRecorded, PersonAmended, PersonChange,
};
use crate::person::Person;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{AreaId, Date, HouseholdId};

/// The facts that fill the gaps of a record from a row. Empty when the row says nothing new.
///
/// `home` is the household of the row, when the person [`joins`] it.
pub fn fill(
    person: &Person,
    listed: &Listed,
    home: Option<HouseholdId>,
    reason: &str,
    today: Date,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    let fact = |day: Date, body: Body| Fact::new(person.id.into(), person.shard, day, body);
    for (number, from, to) in [
        (&listed.citizen, None, None),
        (&listed.old_card, None, None),
        (&listed.insurance, listed.insurance_from, listed.insurance_to),
    ] {
        if let Some(number) = number
            && is_news(person, number, to)
        {
            let from = from.or_else(|| known_start(person, number));
            let body = IdentifierRecorded { identifier: number.clone(), from, to };
            facts.push(fact(from.filter(|from| *from <= today).unwrap_or(today), body.into()));
        }
    }
    let mut amend = |change: PersonChange, seen: Vec<FactRef>| {
        let body = PersonAmended { change, seen, reason: Some(reason.into()) };
        facts.push(fact(today, body.into()));
    };
    if person.ethnicity.shown().is_none() && listed.ethnicity.is_some() {
        amend(PersonChange::Ethnicity(listed.ethnicity.clone()), person.ethnicity.seen());
    }
    if person.occupation.shown().is_none() && listed.occupation.is_some() {
        amend(PersonChange::Occupation(listed.occupation.clone()), person.occupation.seen());
    }
    if person.phone.shown().is_none() && listed.phone.is_some() {
        amend(PersonChange::Phone(listed.phone.clone()), person.phone.seen());
    }
    let mother = person.mother.shown();
    if mother.id.is_none() && mother.name.is_none() && listed.mother_name.is_some() {
        let change = PersonChange::Mother(None, listed.mother_name.clone());
        amend(change, person.mother.seen());
    }
    if let Some(household) = home {
        let relation = listed.relation.clone().unwrap_or_else(|| "9".into());
        facts.push(fact(today, HouseholdJoined { household, relation }.into()));
    }
    facts
}

/// Whether a list puts somebody on record into a household of this village: not whoever lives
/// elsewhere or already belongs to a household.
pub fn joins(person: &Person, area: AreaId, today: Date) -> bool {
    let lives_here = person.residence_on(today).is_some_and(|lives| lives.area == area);
    lives_here && person.death.is_none() && person.membership_on(today).is_none()
}

/// A number the record does not hold, or a later end of one it holds. A second citizen number is never
/// added by a list.
fn is_news(person: &Person, number: &Identifier, to: Option<Date>) -> bool {
    let held = person.identifiers.iter().find(|h| h.identifier == *number);
    match held {
        Some(held) => match (held.to, to) {
            (Some(known), Some(listed)) => !held.ended && listed > known,
            _ => false,
        },
        None if number.kind() == IdentifierKind::Citizen => person
            .identifiers
            .iter()
            .all(|h| h.identifier.kind() != IdentifierKind::Citizen || h.ended),
        None => true,
    }
}

/// A renewal keeps the start of the number it renews.
fn known_start(person: &Person, number: &Identifier) -> Option<Date> {
    person.identifiers.iter().find(|h| h.identifier == *number).and_then(|h| h.from)
}
