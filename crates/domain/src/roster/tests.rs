//! Lists as stations hand them in: the same person twice, numbers of others, villages half spelled.

use super::*;
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{AreaId, HouseholdId, PersonId, Severity};

fn today() -> Date {
    "2026-01-16".parse().expect("a date")
}

fn shard() -> tram_kernel::Shard {
    "04303".parse().expect("a code")
}

fn born(text: &str) -> BirthDate {
    BirthDate::parse(text, today()).expect("a birth date")
}

fn area(n: u128) -> AreaId {
    AreaId::from_u128(n)
}

fn villages() -> Villages {
    let named = |n, name: &str| Village { area: area(n), name: name.into(), shard: shard() };
    Villages::new(vec![named(1, "Thôn Khe Pháo"), named(2, "Bản Chang"), named(3, "Thôn 2")])
}

fn row(number: u32, name: &str, date: &str) -> Listed {
    Listed {
        row: number,
        name: name.into(),
        sex: Sex::Female,
        born: born(date),
        ethnicity: None,
        occupation: None,
        village: Some("khe phao".into()),
        household: None,
        address: None,
        relation: None,
        poverty: None,
        citizen: None,
        old_card: None,
        insurance: None,
        insurance_from: None,
        insurance_to: None,
        phone: None,
        mother_name: None,
        residence: None,
        since: None,
    }
}

fn citizen(number: &str) -> Option<Identifier> {
    Some(Identifier::parse(IdentifierKind::Citizen, number).expect("a number"))
}

fn known(n: u128, name: &str, date: &str) -> Known {
    Known {
        id: PersonId::from_u128(n),
        name: name.into(),
        folded: tram_kernel::text::fold(name),
        sex: Sex::Female,
        born: born(date),
        area: Some(area(1)),
        away: false,
        household_id: None,
        household: None,
        citizen: None,
        insurance: None,
        others: Vec::new(),
    }
}

fn codes(judged: &Judged<'_>) -> Vec<&'static str> {
    judged.findings.iter().map(|f| f.message.code).collect()
}

fn people(people: Vec<Known>) -> Records {
    Records { people, ..Records::default() }
}

#[test]
fn villages_are_found_without_marks_and_without_the_word_thon() {
    let villages = villages();
    assert_eq!(villages.find("KHE PHÁO"), Some(area(1)));
    assert_eq!(villages.find("bản khe pháo"), Some(area(1)));
    assert_eq!(villages.find("chang"), Some(area(2)));
    assert_eq!(villages.find("Thôn Bản Chang"), Some(area(2)));
    assert_eq!(villages.find("Khe Lếch"), None);
    assert_eq!(villages.nearest("Khe Phao 1"), Some("Thôn Khe Pháo"));
}

#[test]
fn a_village_name_that_may_mean_two_is_not_guessed() {
    let named = |n, name: &str| Village { area: area(n), name: name.into(), shard: shard() };
    let villages = Villages::new(vec![named(1, "Thôn Chang"), named(2, "Bản Chang")]);
    assert_eq!(villages.find("Chang"), None);
    assert_eq!(villages.find("bản chang"), Some(area(2)));
}

#[test]
fn an_unknown_village_is_named_with_the_nearest() {
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.village = Some("Khe Phào Trên".into());
    let rows = [one];
    let judged = judge(&rows, &villages(), &Records::default(), today());
    assert_eq!(judged.rows[0].outcome, Outcome::Refused);
    assert_eq!(codes(&judged.rows[0]), ["row-village-unknown-near"]);
    assert_eq!(judged.rows[0].findings[0].row, Some(5));
    assert_eq!(judged.rows[0].findings[0].field.as_deref(), Some("village"));
}

#[test]
fn the_same_number_in_two_rows_refuses_the_second_and_names_the_first() {
    let mut rows = [row(5, "Lò Thị Mai", "3/5/1980"), row(9, "Lò Thị Mận", "3/5/1981")];
    rows[0].citizen = citizen("015180004471");
    rows[1].citizen = citizen("015180004471");
    let judged = judge(&rows, &villages(), &Records::default(), today());
    assert_eq!(judged.rows[0].outcome, Outcome::New);
    assert_eq!(judged.rows[1].outcome, Outcome::Refused);
    assert_eq!(codes(&judged.rows[1]), ["row-number-twice"]);
    assert_eq!(judged.rows[1].findings[0].message.args[0].1, tram_kernel::Arg::Number(5));
}

#[test]
fn a_number_held_by_somebody_else_is_never_merged() {
    let mut holder = known(1, "Hoàng Văn Páo", "1/1/1950");
    holder.citizen = Some("015180004471".into());
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.citizen = citizen("015180004471");
    let rows = [one];
    let judged = judge(&rows, &villages(), &people(vec![holder]), today());
    assert_eq!(judged.rows[0].outcome, Outcome::Refused);
    assert_eq!(codes(&judged.rows[0]), ["row-number-of-other"]);
}

#[test]
fn a_number_of_another_place_is_refused_without_saying_whose() {
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.citizen = citizen("015180004471");
    let rows = [one];
    let mut records = Records::default();
    records.elsewhere.insert("015180004471".into());
    let judged = judge(&rows, &villages(), &records, today());
    assert_eq!(codes(&judged.rows[0]), ["row-number-elsewhere"]);
}

#[test]
fn a_number_makes_the_same_person_of_two_spellings() {
    let mut holder = known(1, "Lò Thị Mày", "3/5/1980");
    holder.citizen = Some("015180004471".into());
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.citizen = citizen("015180004471");
    let rows = [one];
    let judged = judge(&rows, &villages(), &people(vec![holder]), today());
    assert_eq!(judged.rows[0].outcome, Outcome::Known(PersonId::from_u128(1)));
    assert_eq!(codes(&judged.rows[0]), ["row-known-other-name"]);
}

#[test]
fn two_women_of_one_name_and_year_stay_two_when_the_list_comes_again() {
    let first = [row(5, "Lò Thị Mai", "1980"), row(6, "Lò Thị Mai", "1980")];
    let judged = judge(&first, &villages(), &Records::default(), today());
    assert!(judged.rows.iter().all(|r| r.outcome == Outcome::New));
    let records = people(vec![known(1, "Lò Thị Mai", "1980"), known(2, "Lò Thị Mai", "1980")]);
    let again = judge(&first, &villages(), &records, today());
    let taken: Vec<Outcome> = again.rows.iter().map(|r| r.outcome).collect();
    let id = PersonId::from_u128;
    assert_eq!(taken, [Outcome::Known(id(1)), Outcome::Known(id(2))]);
    assert_eq!(codes(&again.rows[0]), ["row-known-loosely"]);
}

#[test]
fn who_lives_in_the_same_household_is_taken_first() {
    let mut other = known(1, "Lò Thị Mai", "1980");
    other.household = Some("12".into());
    let mut same = known(2, "Lò Thị Mai", "1980");
    same.household = Some("7".into());
    let mut one = row(5, "Lò Thị Mai", "1980");
    one.household = Some("7".into());
    let rows = [one];
    let judged = judge(&rows, &villages(), &people(vec![other, same]), today());
    assert_eq!(judged.rows[0].outcome, Outcome::Known(PersonId::from_u128(2)));
    assert!(judged.rows[0].findings.is_empty());
}

#[test]
fn two_citizen_numbers_are_two_people() {
    let mut holder = known(1, "Lò Thị Mai", "3/5/1980");
    holder.citizen = Some("015180004471".into());
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.citizen = citizen("015180009999");
    let rows = [one];
    let judged = judge(&rows, &villages(), &people(vec![holder]), today());
    assert_eq!(judged.rows[0].outcome, Outcome::New);
}

#[test]
fn a_person_typed_twice_in_one_household_is_an_error_and_in_two_a_warning() {
    let mut rows = [
        row(5, "Lò Thị Mai", "3/5/1980"),
        row(6, "Lò Thị Mai", "3/5/1980"),
        row(7, "Lò Thị Mai", "3/5/1980"),
    ];
    rows[0].household = Some("7".into());
    rows[1].household = Some("7".into());
    rows[2].household = Some("8".into());
    let judged = judge(&rows, &villages(), &Records::default(), today());
    assert_eq!(judged.rows[1].outcome, Outcome::Refused);
    assert_eq!(judged.rows[2].outcome, Outcome::New);
    assert_eq!(judged.rows[2].findings[0].severity, Severity::Warning);
}

#[test]
fn somebody_who_looks_the_same_in_another_village_is_new_with_a_warning() {
    let mut one = row(5, "Lò Thị Mai", "3/5/1980");
    one.village = Some("Bản Chang".into());
    let rows = [one];
    let judged =
        judge(&rows, &villages(), &people(vec![known(1, "Lò Thị Mai", "3/5/1980")]), today());
    assert_eq!(judged.rows[0].outcome, Outcome::New);
    assert_eq!(codes(&judged.rows[0]), ["row-maybe-known"]);
}

#[test]
fn rows_of_one_number_share_a_household_and_a_second_head_is_said() {
    let mut rows =
        [row(5, "Lò Văn Sinh", "1950"), row(6, "Lò Thị Mai", "1980"), row(7, "Lò Thị Mơ", "1990")];
    for (row, relation) in rows.iter_mut().zip(["1", "1", "3"]) {
        row.household = Some("7".into());
        row.relation = Some(relation.into());
    }
    rows[1].poverty = Some("poor".into());
    let judged = judge(&rows, &villages(), &Records::default(), today());
    assert_eq!(judged.homes.len(), 1);
    assert_eq!(judged.homes[0].poverty.as_deref(), Some("poor"));
    assert!(judged.rows.iter().all(|r| r.home == Some(0)));
    assert_eq!(codes(&judged.rows[1]), ["row-second-head"]);
}

#[test]
fn without_numbers_a_head_opens_a_household() {
    let mut rows = [
        row(5, "Lò Văn Sinh", "1950"),
        row(6, "Lò Thị Mai", "1980"),
        row(7, "Vàng A Páo", "1960"),
        row(8, "Vàng Thị Dua", "1965"),
    ];
    for (row, relation) in rows.iter_mut().zip([Some("1"), Some("3"), Some("1"), None]) {
        row.relation = relation.map(Into::into);
    }
    let judged = judge(&rows, &villages(), &Records::default(), today());
    let homes: Vec<Option<usize>> = judged.rows.iter().map(|r| r.home).collect();
    assert_eq!(homes, [Some(0), Some(0), Some(1), None]);
}

#[test]
fn a_household_on_record_is_found_by_its_number() {
    let mut one = row(5, "Lò Thị Mai", "1980");
    one.household = Some("HK-7".into());
    let rows = [one];
    let id = HouseholdId::from_u128(70);
    let records = Records { households: vec![(area(1), "hk-7".into(), id)], ..Records::default() };
    let judged = judge(&rows, &villages(), &records, today());
    assert_eq!(judged.homes[0].known, Some(id));
}

#[test]
fn what_registration_refuses_is_an_error_of_the_row() {
    let mut rows = [row(5, "Lò Thị Mai", "1/1/1890"), row(6, "Lò Thị Mơ", "3/5/2020")];
    rows[1].since = Some("2019-01-01".parse().expect("a date"));
    let judged = judge(&rows, &villages(), &Records::default(), today());
    assert_eq!(codes(&judged.rows[0]), ["person-too-old"]);
    assert_eq!(codes(&judged.rows[1]), ["person-before-birth"]);
    assert!(judged.rows.iter().all(|r| r.outcome == Outcome::Refused));
}
