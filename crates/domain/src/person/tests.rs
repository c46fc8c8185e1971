//! Records as nurses meet them: conflicts, moves, deaths, retractions, late facts.

use super::*;
use crate::fact::{
    DeathRecorded, Fact, FactRetracted, IdentifierRecorded, PersonAmended, PersonRegistered,
    ResidenceEnded, ResidenceKind, ResidenceStarted,
};
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{NodeId, Severity};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn id() -> PersonId {
    PersonId::from_u128(7)
}

fn shard() -> Shard {
    "04303".parse().expect("a code")
}

fn at(node: u128, seq: u64) -> FactRef {
    FactRef { node: NodeId::from_u128(node), epoch: 1, seq, ordinal: 0 }
}

/// A fact recorded at noon of `recorded` by `node`, happening on the same day.
fn logged(node: u128, seq: u64, recorded: &str, on: &str, body: impl Into<Body>) -> Logged {
    Logged {
        at: at(node, seq),
        recorded_at: Moment::at(day(recorded), 720),
        by: None,
        unit: None,
        fact: Fact::new(id().into(), shard(), day(on), body.into()),
    }
}

fn opened() -> Logged {
    let body = PersonRegistered {
        name: "Hoàng Thị Sính".into(),
        sex: Sex::Female,
        born: BirthDate::parse("1966", day("2026-01-16")).expect("a year"),
        born_minute: None,
        ethnicity: Some("02".into()),
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
    };
    logged(1, 1, "2026-01-05", "2026-01-05", body)
}

fn amended(change: PersonChange, seen: &[FactRef]) -> PersonAmended {
    PersonAmended { change, seen: seen.to_vec(), reason: Some("thẻ mới".into()) }
}

fn lives(area: u128, from: &str, seq: u64) -> Logged {
    let body = ResidenceStarted {
        area: AreaId::from_u128(area),
        kind: ResidenceKind::Permanent,
        reason: "registered".into(),
        from_place: None,
    };
    logged(1, seq, "2026-01-06", from, body)
}

fn fold(facts: &[Logged]) -> Person {
    Person::fold(id(), facts).expect("a registration")
}

#[test]
fn a_change_that_saw_the_value_replaces_it() {
    let change = amended(PersonChange::Phone(Some("0912".into())), &[at(1, 1)]);
    let person = fold(&[opened(), logged(1, 2, "2026-01-07", "2026-01-07", change)]);
    assert_eq!(person.phone.shown().as_deref(), Some("0912"));
    assert_eq!(person.conflicts(), Vec::<&str>::new());
    assert_eq!(person.phone.past().len(), 1);
}

#[test]
fn two_writers_who_did_not_see_each_other_are_both_kept() {
    let name = |text: &str| amended(PersonChange::Name(text.into()), &[at(1, 1)]);
    let facts = [
        opened(),
        logged(1, 2, "2026-01-07", "2026-01-07", name("Hoàng Thị Sinh")),
        logged(2, 1, "2026-01-08", "2026-01-08", name("Hoàng Thị Xính")),
    ];
    let person = fold(&facts);
    assert_eq!(person.conflicts(), ["name"]);
    assert_eq!(person.name.heads().len(), 2);
    assert_eq!(person.name.shown(), "Hoàng Thị Xính");
    // Whoever has seen both settles it.
    let settled = amended(PersonChange::Name("Hoàng Thị Sinh".into()), &[at(1, 2), at(2, 1)]);
    let mut facts = facts.to_vec();
    facts.push(logged(2, 2, "2026-01-09", "2026-01-09", settled));
    let person = fold(&facts);
    assert_eq!((person.conflicts().len(), person.name.shown().as_str()), (0, "Hoàng Thị Sinh"));
}

#[test]
fn a_wrong_clock_changes_no_winner_set() {
    let first = amended(PersonChange::Phone(Some("1".into())), &[at(1, 1)]);
    let second = amended(PersonChange::Phone(Some("2".into())), &[at(1, 2)]);
    // The second writer's clock is ten years slow, so it is folded first.
    let person = fold(&[
        opened(),
        logged(1, 2, "2026-01-07", "2026-01-07", first),
        logged(2, 1, "2016-01-09", "2026-01-09", second),
    ]);
    assert_eq!(person.phone.heads().len(), 1);
    assert_eq!(person.phone.shown().as_deref(), Some("2"));
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let phone = amended(PersonChange::Phone(Some("1".into())), &[at(1, 1)]);
    let ended = ResidenceEnded { reason: "work".into(), to_place: Some("Bắc Ninh".into()) };
    let mut facts = vec![
        opened(),
        lives(1, "2020-01-01", 2),
        lives(2, "2023-05-01", 3),
        logged(1, 4, "2026-01-08", "2025-06-01", ended),
        logged(2, 1, "2026-01-07", "2026-01-07", phone),
    ];
    let expected = fold(&facts);
    facts.reverse();
    assert_eq!(fold(&facts), expected);
    facts.swap(0, 2);
    assert_eq!(fold(&facts), expected);
}

#[test]
fn residence_has_a_history_and_late_entries_fit_in() {
    let ended = ResidenceEnded { reason: "work".into(), to_place: Some("Bắc Ninh".into()) };
    let person = fold(&[
        opened(),
        lives(2, "2023-05-01", 2),
        logged(1, 3, "2026-01-08", "2025-06-01", ended),
        lives(1, "2020-01-01", 4),
    ]);
    let spans: Vec<_> = person.residences.iter().map(|r| (r.area.as_u128(), r.to)).collect();
    assert_eq!(spans, [(1, Some(day("2023-05-01"))), (2, Some(day("2025-06-01")))]);
    assert_eq!(person.is_resident_on(day("2025-05-31")), Some(AreaId::from_u128(2)));
    assert_eq!(person.is_resident_on(day("2025-06-01")), None);
}

#[test]
fn the_dead_are_not_population_from_the_day_of_death() {
    let death = DeathRecorded { minute: None, place: None, cause: None };
    let person = fold(&[
        opened(),
        lives(1, "2020-01-01", 2),
        logged(1, 3, "2026-01-08", "2026-01-07", death),
    ]);
    assert!(person.is_resident_on(day("2026-01-06")).is_some());
    assert_eq!(person.is_resident_on(day("2026-01-07")), None);
}

#[test]
fn a_retracted_fact_no_longer_counts_and_is_still_known() {
    let death = DeathRecorded { minute: None, place: None, cause: None };
    let taken_back = FactRetracted { what: at(1, 2), reason: "nhầm người".into() };
    let person = fold(&[
        opened(),
        logged(1, 2, "2026-01-08", "2026-01-07", death),
        logged(1, 3, "2026-01-09", "2026-01-09", taken_back),
    ]);
    assert!(!person.is_dead());
    assert!(person.retracted.contains(&at(1, 2)));
}

fn new_person(born: &str) -> NewPerson {
    NewPerson {
        id: id(),
        shard: shard(),
        name: "Lò Văn Thưởng".into(),
        sex: Sex::Male,
        born: BirthDate::parse(born, day("2026-01-16")).expect("a birth date"),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
        identifiers: Vec::new(),
        residence: None,
        household: None,
    }
}

#[test]
fn only_the_impossible_is_refused_at_registration() {
    let today = day("2026-01-16");
    let refused = |born| register(&new_person(born), today).map_err(|r| r.message().code).err();
    assert_eq!(refused("17/01/2026"), Some("person-born-in-future"));
    assert_eq!(refused("1890"), Some("person-too-old"));
    assert_eq!(refused("2026"), None);
    let warned = register(&new_person("2025"), today).expect("accepted");
    assert_eq!(warned.warnings, [Warning::BirthDayMissing]);
}

#[test]
fn a_number_that_says_otherwise_is_a_warning() {
    let mut new = new_person("13/09/1990");
    let identifier = Identifier::parse(IdentifierKind::Citizen, "015185012345").expect("12 digits");
    new.identifiers = vec![IdentifierRecorded { identifier, from: None, to: None }];
    let decided = register(&new, day("2026-01-16")).expect("accepted");
    assert_eq!(
        decided.warnings,
        [Warning::CitizenContradicts { claims_sex: Sex::Female, claims_year: 1985 }]
    );
    assert!(Severity::Warning < Severity::Error);
}

#[test]
fn a_change_on_a_later_day_needs_a_reason() {
    let person = fold(&[opened()]);
    let change = || PersonChange::Phone(Some("0912".into()));
    let seen = person.phone.seen();
    let same_day = amend(&person, change(), seen.clone(), None, day("2026-01-05"));
    assert!(same_day.is_ok());
    let later = amend(&person, change(), seen.clone(), None, day("2026-01-06"));
    assert_eq!(later, Err(Refusal::ReasonNeeded));
    let nothing = amend(&person, PersonChange::Phone(None), seen, None, day("2026-01-05"));
    assert_eq!(nothing, Err(Refusal::NoChange));
}

#[test]
fn a_child_lives_with_its_mother() {
    let mother = fold(&[opened(), lives(1, "2020-01-01", 2)]);
    let mut child = new_person("10/01/2026");
    child.id = PersonId::from_u128(8);
    let birth = NewBirth { order: Some(2), place: Some("station".into()), weight_grams: None };
    let today = day("2026-01-16");
    // Born 1966, so 60 at this birth: accepted with a warning.
    let decided = register_birth(Some(&mother), &child, &birth, today).expect("accepted");
    assert_eq!(decided.warnings, [Warning::UnusualMotherAge { years: 60 }]);
    let area = decided.facts.iter().find_map(|fact| match &fact.body {
        Body::ResidenceStarted(body) => Some((body.area.as_u128(), fact.happened_on)),
        _ => None,
    });
    assert_eq!(area, Some((1, day("2026-01-10"))));
    let mut father = mother.clone();
    father.sex = Field::new(at(1, 1), Sex::Male);
    assert_eq!(register_birth(Some(&father), &child, &birth, today), Err(Refusal::NotAWoman));
}
