//! Two records of one person: read as one, and parted again.
//!
//! ```text
//! record B ── PersonLinked{to A, set_aside, take} ──► facts of A and B fold into one Person, A's
//!          ── FactRetracted{that link} ────────────► A and B fold apart again, each as it was
//! ```
//!
//! No fact is moved or rewritten. What both records say is said once: the second saying is *set aside*
//! by the link, and counts again when the link is taken back.

use super::amend::one;
use super::{Decided, Field, Person, Refusal, Warning};
use crate::fact::{
    Body, Fact, FactRef, FactRetracted, Logged, PersonAmended, PersonChange, PersonLinked,
    PersonsDistinct,
};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tram_kernel::day::days_between;
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{Date, Moment, PersonId, Shard};

/// Two notes of a pregnancy with expected days this near are of one pregnancy.
const SAME_PREGNANCY_DAYS: i32 = 28;

/// A link that stands, seen from the record that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub at: FactRef,
    /// The record that is read as part of another.
    pub other: PersonId,
    pub shard: Shard,
    pub on: Date,
    pub recorded_at: Moment,
}

/// Whose record is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Kept,
    Other,
}

/// What the person who linked two records found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Codes of the fields whose value on the other record is the right one.
    pub from_other: BTreeSet<String>,
    /// Whose home stands, from the first day that record knows of.
    pub home: Whose,
    pub reason: Option<String>,
}

/// The links that stand among the facts of one record: where it is read.
pub fn targets(facts: &[Logged]) -> Vec<PersonId> {
    let is_link = |known: &&Logged| matches!(known.fact.body, Body::PersonLinked(_));
    if !facts.iter().any(|known| is_link(&known)) {
        return Vec::new();
    }
    let retracted: HashSet<FactRef> = facts
        .iter()
        .filter_map(|known| match &known.fact.body {
            Body::FactRetracted(body) => Some(body.what),
            _ => None,
        })
        .collect();
    let standing = facts.iter().filter(is_link).filter(|known| !retracted.contains(&known.at));
    let target = |known: &Logged| match &known.fact.body {
        Body::PersonLinked(body) => Some(body.to),
        _ => None,
    };
    standing.filter_map(target).collect()
}

/// Records read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The record that goes on.
    pub head: PersonId,
    /// All of them, the head first.
    pub members: Vec<PersonId>,
}

/// Groups of records from their links (from, to). The record nobody leads away from is the head; when
/// links of several writers leave none or several such, it is the record that was made first.
pub fn groups(links: &[(PersonId, PersonId)]) -> Vec<Group> {
    let mut group_of: BTreeMap<PersonId, PersonId> = BTreeMap::new();
    for (from, to) in links {
        let (a, b) = (root(&group_of, *from), root(&group_of, *to));
        group_of.insert(*from, a);
        group_of.insert(*to, b);
        group_of.insert(a.max(b), a.min(b));
        group_of.entry(a.min(b)).or_insert(a.min(b));
    }
    let mut members: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
    for person in group_of.keys() {
        members.entry(root(&group_of, *person)).or_default().push(*person);
    }
    members
        .into_values()
        .map(|mut members| {
            let stays = |person: &&PersonId| links.iter().all(|(from, _)| from != *person);
            let mut ends = members.iter().filter(stays);
            let head = match (ends.next(), ends.next()) {
                (Some(only), None) => *only,
                _ => members[0],
            };
            members.retain(|member| *member != head);
            members.insert(0, head);
            Group { head, members }
        })
        .collect()
}

fn root(group_of: &BTreeMap<PersonId, PersonId>, person: PersonId) -> PersonId {
    let mut at = person;
    while let Some(next) = group_of.get(&at).filter(|next| **next != at) {
        at = *next;
    }
    at
}

/// Decides to read `other` as part of `kept`.
pub fn link(
    kept: &Person,
    other: &Person,
    choices: &Choices,
    today: Date,
) -> Result<Decided, Refusal> {
    if kept.id == other.id {
        return Err(Refusal::SameRecord);
    }
    let is_mother = |one: &Person, of: &Person| of.mother.shown().id == Some(one.id);
    if is_mother(kept, other) || is_mother(other, kept) {
        return Err(Refusal::MotherAndChild);
    }
    let mut set_aside = said_again(kept, other);
    set_aside.extend(homes_aside(kept, other, choices.home));
    set_aside.extend(values_aside(other));
    set_aside.sort();
    set_aside.dedup();
    let body = PersonLinked {
        to: kept.id,
        set_aside,
        take: taken(kept, other, &choices.from_other),
        reason: choices.reason.clone(),
    };
    let mut decided = one(other, today, body);
    decided.warnings = contradictions(kept, other);
    Ok(decided)
}

/// What makes it doubtful that two records are of one person.
pub fn contradictions(kept: &Person, other: &Person) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if kept.sex.shown() != other.sex.shown() {
        warnings.push(Warning::LinkedSexDiffers);
    }
    let (a, b) = (kept.born.shown().date, other.born.shown().date);
    if days_between(a.first().min(b.first()), a.first().max(b.first())) > 366 {
        warnings.push(Warning::LinkedBirthDiffers);
    }
    let numbers = |person: &Person| -> BTreeSet<String> {
        let held = person.identifiers.iter().filter(|held| !held.ended);
        let citizen = held.filter(|held| held.identifier.kind() == IdentifierKind::Citizen);
        citizen.map(|held| held.identifier.value().to_owned()).collect()
    };
    let (a, b) = (numbers(kept), numbers(other));
    if !a.is_empty() && !b.is_empty() && a.is_disjoint(&b) {
        warnings.push(Warning::LinkedNumberDiffers);
    }
    warnings
}

/// Somebody looked, and they are two people: the pair is not asked about again.
pub fn distinct(
    person: &Person,
    other: PersonId,
    reason: Option<String>,
    today: Date,
) -> Result<Decided, Refusal> {
    if person.id == other {
        return Err(Refusal::SameRecord);
    }
    if person.distinct.contains(&other) {
        return Err(Refusal::NoChange);
    }
    Ok(one(person, today, PersonsDistinct { other, reason }))
}

/// Takes a link back. `moved` are facts written on the common record that belong to the other person:
/// they are taken back there and said again on the other record.
pub fn unlink(
    person: &Person,
    link: &Link,
    moved: &[Logged],
    reason: &str,
    today: Date,
) -> Result<Decided, Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    if !person.links.contains(link) {
        return Err(Refusal::NoChange);
    }
    let retraction = |what| FactRetracted { what, reason: reason.to_owned() }.into();
    let mut facts = vec![Fact::new(link.other.into(), link.shard, today, retraction(link.at))];
    for known in moved.iter().filter(|known| may_move(known, link)) {
        let fact = &known.fact;
        facts.push(Fact::new(fact.subject, fact.shard, today, retraction(known.at)));
        let body = fact.body.clone();
        facts.push(Fact::new(link.other.into(), link.shard, fact.happened_on, body));
    }
    Ok(Decided { facts, warnings: Vec::new() })
}

/// Written on the common record since the link, about an event that can be the other person's.
pub fn may_move(known: &Logged, link: &Link) -> bool {
    let is_later = known.recorded_at >= link.recorded_at && known.at != link.at;
    let is_event = matches!(
        known.fact.body,
        Body::IdentifierRecorded(_)
            | Body::ResidenceStarted(_)
            | Body::ResidenceEnded(_)
            | Body::HouseholdJoined(_)
            | Body::StillbirthRecorded(_)
            | Body::PregnancyNoted(_)
            | Body::PregnancyEnded(_)
            | Body::DeathRecorded(_)
            | Body::DoseGiven(_)
            | Body::DoseDeferred(_)
            | Body::SeriesContraindicated(_)
            | Body::TetanusTold(_)
    );
    is_later && is_event && known.fact.subject != link.other.into()
}

/// Events of the other record that the kept one tells too.
fn said_again(kept: &Person, other: &Person) -> Vec<FactRef> {
    let mut aside = Vec::new();
    let holds = |held: &&super::HeldIdentifier| {
        kept.identifiers.iter().any(|ours| ours.identifier == held.identifier)
    };
    aside.extend(other.identifiers.iter().filter(holds).map(|held| held.at));
    if kept.birth.is_some() {
        aside.extend(other.birth.iter().map(|birth| birth.at));
    }
    if kept.death.is_some() {
        aside.extend(other.death.iter().map(|death| death.at));
    }
    for still in &other.stillbirths {
        if kept.stillbirths.iter().any(|ours| ours.day == still.day) {
            aside.push(still.at);
        }
    }
    for pregnancy in &other.pregnancies {
        let expected = pregnancy.expected();
        let is_same = |ours: &crate::pregnancy::Pregnancy| {
            let day = ours.expected();
            days_between(day.min(expected), day.max(expected)) <= SAME_PREGNANCY_DAYS
        };
        if kept.pregnancies.iter().any(is_same) {
            aside.extend(pregnancy.told.iter().map(|told| told.at));
        }
    }
    for dose in &other.doses {
        let same = |ours: &super::On<crate::fact::DoseGiven>| {
            (ours.day, &ours.what.vaccine) == (dose.day, &dose.what.vaccine)
        };
        if kept.doses.iter().any(same) {
            aside.push(dose.at);
        }
    }
    for deferral in &other.deferrals {
        if kept.deferrals.iter().any(|ours| ours.what == deferral.what) {
            aside.push(deferral.at);
        }
    }
    for contra in &other.contraindications {
        if kept.contraindications.iter().any(|ours| ours.what.series == contra.what.series) {
            aside.push(contra.at);
        }
    }
    aside
}

/// From the first day the chosen record knows where they lived, it alone says where and with whom;
/// before that day the other's history stands.
fn homes_aside(kept: &Person, other: &Person, whose: Whose) -> Vec<FactRef> {
    let (chosen, wrong) = match whose {
        Whose::Kept => (kept, other),
        Whose::Other => (other, kept),
    };
    let mut aside = Vec::new();
    if let Some(first) = chosen.residences.iter().map(|lives| lives.from).min() {
        for lives in &wrong.residences {
            if lives.from >= first {
                aside.push(lives.at);
            }
            if lives.to.is_some_and(|to| to > first) {
                aside.extend(lives.ended);
            }
        }
    }
    if let Some(first) = chosen.memberships.iter().map(|member| member.from).min() {
        for member in &wrong.memberships {
            if member.from >= first {
                aside.push(member.at);
            }
            if member.to.is_some_and(|to| to > first) {
                aside.extend(member.ended);
            }
        }
    }
    aside
}

/// The values of the other record: what was right of them is taken by the link itself.
fn values_aside(other: &Person) -> Vec<FactRef> {
    let mut aside = other.name.seen();
    aside.extend(other.sex.seen());
    aside.extend(other.born.seen());
    aside.extend(other.ethnicity.seen());
    aside.extend(other.occupation.seen());
    aside.extend(other.phone.seen());
    aside.extend(other.mother.seen());
    aside
}

/// Values of the other record that go on: those chosen, and those the kept record does not have.
fn taken(kept: &Person, other: &Person, chosen: &BTreeSet<String>) -> Vec<PersonAmended> {
    let mut take = Vec::new();
    let mut one = |change: PersonChange, seen: Vec<FactRef>| {
        take.push(PersonAmended { change, seen, reason: None });
    };
    let is_chosen = |code: &str| chosen.contains(code);
    if is_chosen("name") && kept.name.shown() != other.name.shown() {
        one(PersonChange::Name(other.name.shown().clone()), kept.name.seen());
    }
    if is_chosen("sex") && kept.sex.shown() != other.sex.shown() {
        one(PersonChange::Sex(*other.sex.shown()), kept.sex.seen());
    }
    if is_chosen("born") && kept.born.shown() != other.born.shown() {
        let born = other.born.shown();
        one(PersonChange::Born(born.date, born.minute), kept.born.seen());
    }
    let takes = |ours: &Field<Option<String>>, theirs: &Field<Option<String>>, code: &str| {
        let is_better = ours.shown().is_none() || is_chosen(code);
        is_better && theirs.shown().is_some() && ours.shown() != theirs.shown()
    };
    if takes(&kept.ethnicity, &other.ethnicity, "ethnicity") {
        one(PersonChange::Ethnicity(other.ethnicity.shown().clone()), kept.ethnicity.seen());
    }
    if takes(&kept.occupation, &other.occupation, "occupation") {
        one(PersonChange::Occupation(other.occupation.shown().clone()), kept.occupation.seen());
    }
    if takes(&kept.phone, &other.phone, "phone") {
        one(PersonChange::Phone(other.phone.shown().clone()), kept.phone.seen());
    }
    let (ours, theirs) = (kept.mother.shown(), other.mother.shown());
    let has_none = ours.id.is_none() && (ours.name.is_none() || theirs.id.is_some());
    let is_known = theirs.id.is_some() || theirs.name.is_some();
    if is_known && ours != theirs && (has_none || is_chosen("mother")) {
        one(PersonChange::Mother(theirs.id, theirs.name.clone()), kept.mother.seen());
    }
    take
}
