//! Worked examples: each way of dating, which one stands, how far she is on a day, what is refused.

use super::*;
use crate::fact::{Fact, FactRef, Logged, PersonRegistered, PregnancyEnded};
use crate::person::{Refusal, Warning};
use tram_defs::Definitions;
use tram_kernel::{BirthDate, Moment, NodeId, PersonId, Sex};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn shipped() -> Definitions {
    crate::calendar::tests::shipped()
}

fn by_period(first: &str) -> PregnancyNoted {
    let first = day(first);
    let expected = by_last_period(first);
    PregnancyNoted {
        last_period: Some(first),
        ..PregnancyNoted::of(expected, DueDateBasis::LastPeriod)
    }
}

fn scanned(on: &str, weeks: u8, days: u8) -> PregnancyNoted {
    let scan = Scan { on: day(on), weeks, days };
    PregnancyNoted {
        scan: Some(scan),
        ..PregnancyNoted::of(by_scan(&scan), DueDateBasis::Ultrasound)
    }
}

/// What was told, day by day, with `None` for a birth.
fn woman(told: &[(&str, Option<PregnancyNoted>)]) -> Person {
    let id = PersonId::from_u128(7);
    let log = |seq, on: Date, body: crate::fact::Body| Logged {
        at: FactRef { node: NodeId::from_u128(1), epoch: 1, seq, ordinal: 0 },
        recorded_at: Moment::at(on, 0),
        by: None,
        unit: None,
        fact: Fact::new(id.into(), "04303".parse().expect("code"), on, body),
    };
    let body = PersonRegistered {
        name: "Lò Thị Pành".into(),
        sex: Sex::Female,
        born: BirthDate::exact(day("1998-04-02")),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
    };
    let mut facts = vec![log(0, day("2020-01-01"), body.into())];
    for (seq, (on, noted)) in (1..).zip(told) {
        let body = match noted {
            Some(noted) => noted.clone().into(),
            None => PregnancyEnded { outcome: PregnancyOutcome::Birth }.into(),
        };
        facts.push(log(seq, day(on), body));
    }
    Person::fold(id, &facts).expect("registered")
}

#[test]
fn each_way_of_dating_has_its_own_count() {
    // Naegele; the example of the station's books.
    assert_eq!(by_last_period(day("2026-01-15")), day("2026-10-22"));
    // Over a leap day, one calendar day earlier.
    assert_eq!(by_last_period(day("2027-10-01")), day("2028-07-07"));
    // 12 weeks and 3 days on 15/04: 193 days to go.
    let scan = Scan { on: day("2026-04-15"), weeks: 12, days: 3 };
    assert_eq!(by_scan(&scan), day("2026-10-25"));
    // A day-3 embryo: 263 days; a day-5 embryo: 261 days.
    for (embryo_days, expected) in [(3, "2026-10-21"), (5, "2026-10-19")] {
        let transfer = EmbryoTransfer { on: day("2026-01-31"), embryo_days };
        assert_eq!(by_transfer(&transfer), day(expected));
    }
}

#[test]
fn weeks_and_days_are_counted_from_the_first_day() {
    let her = woman(&[("2026-03-01", Some(by_period("2026-01-15")))]);
    let open = her.open_pregnancy().expect("with child");
    for (on, weeks, days) in
        [("2026-01-15", 0, 0), ("2026-01-21", 0, 6), ("2026-06-01", 19, 4), ("2026-10-22", 40, 0)]
    {
        let age = open.age_on(day(on));
        assert_eq!((age.weeks(), age.days()), (weeks, days), "{on}");
    }
    assert!(!open.holds_on(day("2026-01-14")));
    assert!(open.holds_on(day("2026-11-18")), "43 weeks and 6 days");
    assert!(!open.holds_on(day("2026-11-19")), "nobody carries a child for 44 weeks");
}

#[test]
fn an_ultrasound_stands_when_it_differs_by_more_than_its_age_allows() {
    let defs = shipped();
    let rule = defs.dating_on(day("2026-04-01"));
    // By the period 22/10. Scans at 8 weeks 0 days (12/03), 12 weeks 0 days (09/04), 30 weeks 0 days (13/08).
    for (on, weeks, days, expected) in [
        ("2026-03-12", 7, 2, "2026-10-22"), // 5 days younger: the period stands
        ("2026-03-12", 7, 1, "2026-10-28"), // 6 days: the scan does
        ("2026-04-09", 13, 0, "2026-10-22"), // 7 days older
        ("2026-04-09", 13, 1, "2026-10-14"), // 8 days
        ("2026-08-13", 33, 0, "2026-10-22"), // 21 days
        ("2026-08-13", 33, 1, "2026-09-30"), // 22 days
    ] {
        let (found, _) = date(rule, &[&by_period("2026-01-15")], &scanned(on, weeks, days));
        assert_eq!(found, day(expected), "{on} {weeks}+{days}");
    }
}

#[test]
fn the_first_ultrasound_and_a_transfer_outweigh_what_comes_later() {
    let defs = shipped();
    let rule = defs.dating_on(day("2026-04-01"));
    let (period, first) = (by_period("2026-01-15"), scanned("2026-03-12", 7, 1));
    let later = scanned("2026-08-13", 33, 1);
    let (found, basis) = date(rule, &[&period, &first], &later);
    assert_eq!((found, basis), (day("2026-10-28"), DueDateBasis::Ultrasound));
    let transfer = EmbryoTransfer { on: day("2026-01-31"), embryo_days: 5 };
    let carried = PregnancyNoted { transfer: Some(transfer), ..period };
    let (found, basis) = date(rule, &[&carried, &first], &later);
    assert_eq!((found, basis), (day("2026-10-19"), DueDateBasis::Transfer));
    // A paper that only says the day stands until somebody looks.
    let stated = PregnancyNoted::of(day("2026-11-01"), DueDateBasis::Stated);
    assert_eq!(date(rule, &[&by_period("2026-01-15")], &stated).0, day("2026-11-01"));
}

#[test]
fn what_is_told_while_she_carries_a_child_is_told_of_that_child() {
    let twins = PregnancyNoted { fetuses: Some(2), ..scanned("2026-03-12", 7, 1) };
    let her = woman(&[
        ("2026-03-01", Some(by_period("2026-01-15"))),
        ("2026-03-12", Some(twins)),
        ("2026-10-20", None),
        ("2027-06-01", Some(by_period("2027-04-20"))),
    ]);
    assert_eq!(her.pregnancies.len(), 2);
    let first = &her.pregnancies[0];
    assert_eq!((first.noted.day, first.expected()), (day("2026-03-01"), day("2026-10-28")));
    assert_eq!((first.fetuses(), first.ended), (Some(2), Some(day("2026-10-20"))));
    assert_eq!(her.pregnancy_of(day("2026-10-20")), Some(first));
    let open = her.open_pregnancy().expect("the second");
    assert_eq!(open.begins(), day("2027-04-20"));
    // A visit typed late belongs to the pregnancy of its day.
    assert_eq!(her.pregnancy_on(day("2026-05-05")), Some(first));
    assert_eq!(her.pregnancy_on(day("2027-01-05")), None);
}

#[test]
fn what_cannot_be_is_refused() {
    let (defs, her) = (shipped(), woman(&[]));
    let today = day("2026-04-15");
    let told = |noted| note_pregnancy(&defs, &her, today, noted, today).map(|d| d.warnings);
    let refused = |noted| told(noted).expect_err("refused").message().code;
    assert_eq!(refused(by_period("2026-04-16")), "pregnancy-period-outside");
    assert_eq!(refused(by_period("2025-06-11")), "pregnancy-period-outside", "44 weeks");
    assert_eq!(told(by_period("2025-06-12")), Ok(vec![]), "43 weeks and 6 days");
    assert_eq!(refused(scanned("2026-04-16", 12, 0)), "pregnancy-scan-outside");
    assert_eq!(refused(scanned("2026-04-15", 43, 0)), "pregnancy-scan-outside");
    assert_eq!(refused(scanned("2026-04-15", 12, 7)), "pregnancy-scan-outside");
    let stated = |expected| PregnancyNoted::of(day(expected), DueDateBasis::Stated);
    assert_eq!(refused(stated("2026-03-17")), "person-due-date-outside");
    assert_eq!(refused(stated("2027-01-21")), "person-due-date-outside");
    let many = PregnancyNoted { fetuses: Some(6), ..by_period("2026-02-01") };
    assert_eq!(refused(many), "pregnancy-fetuses-outside");
    assert_eq!(end_early(&her, today, today), Err(Refusal::NotPregnant { on: today }));
}

#[test]
fn a_second_open_pregnancy_is_none() {
    let defs = shipped();
    let her = woman(&[("2026-03-01", Some(by_period("2026-01-15")))]);
    let note = |on: &str, noted| note_pregnancy(&defs, &her, day(on), noted, day("2027-03-01"));
    let expected = day("2026-10-22");
    let again = note("2026-09-15", by_period("2026-08-01"));
    assert_eq!(again, Err(Refusal::AlreadyPregnant { expected }));
    assert_eq!(note("2026-03-20", by_period("2026-01-15")), Err(Refusal::NoChange));
    let moved = note("2026-03-20", scanned("2026-03-12", 7, 1)).expect("more is known");
    let to = day("2026-10-28");
    assert_eq!(moved.warnings, [Warning::DueDateMoves { from: expected, to }]);
    // Long over, and nobody said how it ended.
    let next = note("2027-02-15", by_period("2026-12-28")).expect("a new one");
    assert_eq!(next.warnings, [Warning::PregnancyNotEnded { expected }]);
    let apart = note("2026-05-10", scanned("2026-05-10", 12, 0)).expect("doubtful");
    assert!(apart.warnings.contains(&Warning::DatingsDiffer { days: 31 }), "{:?}", apart.warnings);
    let para = Some(Para { term: 1, preterm: 0, lost: 1, living: 1 });
    let few = PregnancyNoted { gravida: Some(2), para, ..by_period("2026-01-15") };
    let few = note("2026-03-20", few).expect("kept");
    assert_eq!(few.warnings, [Warning::GravidaBelowPara { gravida: 2 }]);
    let born = woman(&[("2026-03-01", Some(by_period("2026-01-15"))), ("2026-10-20", None)]);
    let late = note_pregnancy(&defs, &born, day("2026-05-01"), by_period("2026-01-15"), expected);
    assert_eq!(late, Err(Refusal::PregnancyOver { on: day("2026-10-20") }));
}
