//! The record that a row opens.

use super::Listed;
use crate::fact::{IdentifierRecorded, ResidenceKind};
use crate::person::{NewPerson, NewResidence, temporary_identifier};
use tram_kernel::{AreaId, Date, HouseholdId, PersonId, Shard};

/// What is known of somebody whose record a row opens. Without a citizen number the record gets a
/// temporary one; without a day they live there from today.
pub fn newcomer(
    id: PersonId,
    listed: &Listed,
    (area, shard): (AreaId, Shard),
    home: Option<HouseholdId>,
    today: Date,
) -> NewPerson {
    let held = |identifier, from, to| IdentifierRecorded { identifier, from, to };
    let citizen = listed.citizen.clone().unwrap_or_else(|| temporary_identifier(id));
    let mut identifiers = vec![held(citizen, None, None)];
    identifiers.extend(listed.old_card.clone().map(|card| held(card, None, None)));
    let (from, to) = (listed.insurance_from, listed.insurance_to);
    identifiers.extend(listed.insurance.clone().map(|card| held(card, from, to)));
    let relation = listed.relation.clone().unwrap_or_else(|| "9".into());
    NewPerson {
        id,
        shard,
        name: listed.name.clone(),
        sex: listed.sex,
        born: listed.born,
        born_minute: None,
        ethnicity: listed.ethnicity.clone(),
        occupation: listed.occupation.clone(),
        phone: listed.phone.clone(),
        mother: None,
        mother_name: listed.mother_name.clone(),
        identifiers,
        residence: Some(NewResidence {
            area,
            kind: listed.residence.unwrap_or(ResidenceKind::Permanent),
            from: listed.since.unwrap_or(today),
            reason: "registered".into(),
            from_place: None,
        }),
        household: home.map(|home| (home, relation)),
    }
}
