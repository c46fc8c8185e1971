//! One line per situation, readable by the vaccination nurse.

mod women;

use super::*;
use crate::fact::{DoseDeferred, DoseGiven, Fact, Logged, PersonRegistered, SeriesContraindicated};
use tram_defs::SourceFile;
use tram_kernel::{BirthDate, Moment, NodeId, PersonId, Sex};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn shipped() -> Definitions {
    const FILES: [(&str, &str); 10] = [
        (
            "immunisation/schedules/a.toml",
            include_str!("../../../../definitions/immunisation/schedules/TCMR-2024-08.toml"),
        ),
        (
            "immunisation/vaccines.toml",
            include_str!("../../../../definitions/immunisation/vaccines.toml"),
        ),
        (
            "immunisation/screening.toml",
            include_str!("../../../../definitions/immunisation/screening.toml"),
        ),
        (
            "immunisation/full_sets.toml",
            include_str!("../../../../definitions/immunisation/full_sets.toml"),
        ),
        (
            "immunisation/cold_chain.toml",
            include_str!("../../../../definitions/immunisation/cold_chain.toml"),
        ),
        (
            "immunisation/vials.toml",
            include_str!("../../../../definitions/immunisation/vials.toml"),
        ),
        ("immunisation/aefi.toml", include_str!("../../../../definitions/immunisation/aefi.toml")),
        (
            "immunisation/tetanus.toml",
            include_str!("../../../../definitions/immunisation/tetanus.toml"),
        ),
        (
            "immunisation/beyond.toml",
            include_str!("../../../../definitions/immunisation/beyond.toml"),
        ),
        (
            "immunisation/dropouts.toml",
            include_str!("../../../../definitions/immunisation/dropouts.toml"),
        ),
    ];
    let mut files: Vec<SourceFile> = FILES
        .iter()
        .map(|(path, text)| SourceFile { path: (*path).into(), text: (*text).into() })
        .collect();
    let mut newer = files[0].clone();
    newer.path = "immunisation/schedules/b.toml".into();
    newer.text =
        include_str!("../../../../definitions/immunisation/schedules/TCMR-2026-02.toml").into();
    files.push(newer);
    let empty = |path: &str, text: &str| SourceFile {
        path: path.to_owned().into(),
        text: text.to_owned().into(),
    };
    files.push(empty(
        "roles.toml",
        "source='x'\nvalid_from='2026-01-01'\nconfidence='text'\nrole=[]",
    ));
    files.push(empty(
        "age_groups.toml",
        "source='x'\nvalid_from='2026-01-01'\nconfidence='text'\nage_group=[]",
    ));
    let lists = [
        ("deferral_reason", include_str!("../../../../definitions/lists/deferral_reason.csv")),
        (
            "contraindication_reason",
            include_str!("../../../../definitions/lists/contraindication_reason.csv"),
        ),
        ("injection_site", include_str!("../../../../definitions/lists/injection_site.csv")),
    ];
    let mut index = String::new();
    for (list, text) in lists {
        files.push(empty(&format!("lists/{list}.csv"), text));
        index += &format!("[[list]]\nfile='{list}.csv'\ntitle='x'\nsource='x'\n");
        index += "valid_from='2017-01-01'\nconfidence='text'\n";
    }
    files.push(empty("lists/index.toml", &index));
    for place in ["province", "commune", "legacy_commune", "commune_link", "legacy_unresolved"] {
        files.push(empty(&format!("lists/{place}.csv"), ""));
    }
    Definitions::load(&files).expect("shipped files are right")
}

/// A child with doses written `VACCINE@2026-01-31` or `VACCINE@2026-01-31T07:30`.
fn child(born: &str, given: &str) -> Person {
    let (born, minute) = born.split_once('T').map_or((born, None), |(d, t)| (d, time(t)));
    let at = |seq| FactRef { node: NodeId::from_u128(1), epoch: 1, seq, ordinal: 0 };
    let log = |seq, on: Date, body: crate::fact::Body| Logged {
        at: at(seq),
        recorded_at: Moment::at(on, 0),
        by: None,
        unit: None,
        fact: Fact::new(PersonId::from_u128(1).into(), "04303".parse().expect("code"), on, body),
    };
    let body = PersonRegistered {
        name: "Lò Văn Thưởng".into(),
        sex: Sex::Male,
        born: BirthDate::exact(day(born)),
        born_minute: minute,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
    };
    let mut facts = vec![log(0, day(born), body.into())];
    for (index, word) in given.split_whitespace().enumerate() {
        let (what, on) = word.split_once('@').expect("VACCINE@DATE");
        let (on, minute) = on.split_once('T').map_or((on, None), |(d, t)| (d, time(t)));
        let (on, seq) = (day(on), index as u64 + 1);
        let body = match what.split_once(':') {
            Some(("hoãn", series)) => {
                let until = tram_kernel::day::add_days(on, 10);
                DoseDeferred { series: series.into(), reason: "fever".into(), until }.into()
            }
            Some((_, series)) => {
                SeriesContraindicated { series: series.into(), reason: "other".into() }.into()
            }
            None => dose(what, minute).into(),
        };
        facts.push(log(seq, on, body));
    }
    Person::fold(PersonId::from_u128(1), &facts).expect("registered")
}

fn time(text: &str) -> Option<u16> {
    tram_kernel::moment::parse_time(text)
}

fn dose(vaccine: &str, minute: Option<u16>) -> DoseGiven {
    DoseGiven {
        vaccine: vaccine.into(),
        minute,
        lot: None,
        site: None,
        giver: None,
        elsewhere: None,
        screened: false,
        temperature: None,
    }
}

/// `born | given | today => SERIES.number@due …`: what may be given that day, and since when.
#[track_caller]
fn owed(line: &str) {
    let defs = shipped();
    let (input, expected) = line.split_once("=>").expect("a `=>`");
    let [born, given, today] = input.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
        panic!("three columns: {line}")
    };
    let child = child(born, given);
    let course = Course::of(&defs, &child);
    let got: Vec<String> = course
        .owed_on(day(today))
        .map(|line| match &line.standing {
            Standing::Owed { due, .. } => format!("{}.{}@{due}", line.series.code, line.number),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(got.join(" "), expected.trim(), "{line}");
}

#[test]
fn what_a_child_is_owed() {
    owed("2025-01-31 | | 2025-01-31 => HEPB0.1@2025-01-31 BCG.1@2025-01-31");
    // The birth dose is no longer offered from the eighth day.
    owed("2025-01-31 | BCG@2025-02-01 | 2025-02-08 => ");
    // Full two months by the calendar: 31 January → 31 March.
    owed("2025-01-31 | BCG@2025-02-01 | 2025-03-30 => ");
    owed(
        "2025-01-31 | BCG@2025-02-01 | 2025-03-31 => DPT_HB_HIB.1@2025-03-31 OPV.1@2025-03-31 ROTA.1@2025-03-31",
    );
    // 31 December + two months = the last day of February.
    owed(
        "2024-12-31 | BCG@2025-01-02 | 2025-02-28 => DPT_HB_HIB.1@2025-02-28 OPV.1@2025-02-28 ROTA.1@2025-02-28",
    );
    // Invited on the same day of the next month after a late first dose.
    owed(
        "2026-01-31 | BCG@2026-02-01 SII@2026-04-10 BOPV@2026-04-10 ROTAVIN@2026-04-10 | 2026-05-09 => ",
    );
    owed(
        "2026-01-31 | BCG@2026-02-01 SII@2026-04-10 BOPV@2026-04-10 ROTAVIN@2026-04-10 | 2026-05-10 => DPT_HB_HIB.2@2026-05-10 OPV.2@2026-05-10 ROTA.2@2026-05-10",
    );
    // Given two days too early: recorded, not counted, still owed.
    owed(
        "2025-01-01 | BCG@2025-01-01 SII@2025-02-27 BOPV@2025-03-01 ROTAVIN@2025-03-01 | 2025-03-05 => DPT_HB_HIB.1@2025-03-01",
    );
    // A series is never restarted: the third dose follows a long break.
    owed(
        "2024-09-01 | BCG@2024-09-02 SII@2024-11-01 SII@2024-12-01 BOPV@2024-11-01 BOPV@2024-12-01 BOPV@2025-01-02 IPV@2025-02-01 ROTAVIN@2024-11-01 ROTAVIN@2024-12-01 | 2025-05-30 => DPT_HB_HIB.3@2025-01-01",
    );
    // A paid six-in-one counts for both of its series.
    owed(
        "2025-01-01 | BCG@2025-01-01 HEXAXIM@2025-06-01 BOPV@2025-06-01 ROTAVIN@2025-06-01 | 2025-06-02 => ",
    );
    // MR waits a month after measles, but does not wait for a measles dose that was never given.
    owed(
        "2024-01-01 | BCG@2024-01-02 SII@2024-03-01 SII@2024-04-01 SII@2024-05-01 BOPV@2024-03-01 BOPV@2024-04-01 BOPV@2024-05-01 IPV@2024-06-01 IPV@2024-10-01 JEVAX@2025-01-02 JEVAX@2025-01-09 MVVAC@2025-06-20 DPT@2025-07-01 | 2025-07-10 => ",
    );
    owed(
        "2024-01-01 | BCG@2024-01-02 SII@2024-03-01 SII@2024-04-01 SII@2024-05-01 BOPV@2024-03-01 BOPV@2024-04-01 BOPV@2024-05-01 IPV@2024-06-01 IPV@2024-10-01 JEVAX@2025-01-02 JEVAX@2025-01-09 DPT@2025-07-01 | 2025-07-10 => MR.1@2025-07-01",
    );
    // Measles a day too early does not count, and the next live vaccine waits 28 days all the same.
    let early = "2026-01-15 | BCG@2026-01-16 SII@2026-03-15 SII@2026-04-15 SII@2026-05-15 BOPV@2026-03-15 BOPV@2026-04-15 BOPV@2026-05-15 IPV@2026-06-15 MVVAC@2026-10-14";
    owed(&format!("{early} | 2026-11-10 => IPV.2@2026-10-15"));
    owed(&format!("{early} | 2026-11-11 => IPV.2@2026-10-15 MEASLES.1@2026-11-11"));
    // Deferred for fever: owed again when the deferral ends.
    owed(
        "2025-01-01 | BCG@2025-01-01 hoãn:DPT_HB_HIB@2025-03-03 BOPV@2025-03-03 ROTAVIN@2025-03-03 | 2025-03-10 => ",
    );
    owed(
        "2025-01-01 | BCG@2025-01-01 hoãn:DPT_HB_HIB@2025-03-03 BOPV@2025-03-03 ROTAVIN@2025-03-03 | 2025-03-13 => DPT_HB_HIB.1@2025-03-13",
    );
    // Contraindicated: never owed.
    owed(
        "2025-01-01 | BCG@2025-01-01 chống:ROTA@2025-02-01 SII@2025-03-01 BOPV@2025-03-01 | 2025-03-20 => ",
    );
}

/// `born | given => SERIES.number@day, or SERIES!@day when it does not count`.
#[track_caller]
fn judged(line: &str) {
    let defs = shipped();
    let (input, expected) = line.split_once("=>").expect("a `=>`");
    let (born, given) = input.split_once('|').expect("two columns");
    let child = child(born.trim(), given);
    let course = Course::of(&defs, &child);
    let said = |v: &Verdict| match &v.counts {
        Ok(number) => format!("{}.{number}@{}", v.series, v.on),
        Err(_) => format!("{}!@{}", v.series, v.on),
    };
    let got: Vec<String> = course.verdicts.iter().map(said).collect();
    assert_eq!(got.join(" "), expected.trim(), "{line}");
}

#[test]
fn a_series_the_schedule_of_the_day_does_not_have_is_judged_all_the_same() {
    // Pneumococcus came into the schedule on 15/02/2026; before that it was paid for.
    judged("2025-06-01 | PCV13@2025-08-01 PCV13@2025-10-01 => PCV.1@2025-08-01 PCV.2@2025-10-01");
    // The minimum age and interval hold, whoever paid.
    judged("2025-06-01 | PCV13@2025-07-20 PCV13@2025-08-01 => PCV!@2025-07-20 PCV.1@2025-08-01");
    // The second dose under the newer schedule is the second dose.
    judged("2025-10-01 | PCV13@2025-12-01 PCV13@2026-03-01 => PCV.1@2025-12-01 PCV.2@2026-03-01");
    says("2025-06-01 | PCV13@2025-08-01 | PCV13@2025-08-20 => warn-dose-too-early");
}

/// `born | given => day complete, or -`.
#[track_caller]
fn complete(line: &str) {
    let defs = shipped();
    let (input, expected) = line.split_once("=>").expect("a `=>`");
    let (born, given) = input.split_once('|').expect("two columns");
    let child = child(born.trim(), given);
    let course = Course::of(&defs, &child);
    let got = course.milestones.get(&Milestone::FullyImmunised);
    assert_eq!(got.map_or("-".into(), Date::to_string), expected.trim(), "{line}");
}

#[test]
fn fully_immunised_on_the_day_of_the_last_needed_dose() {
    let before = "2025-01-01 | BCG@2025-01-01 SII@2025-03-01 SII@2025-04-01 SII@2025-05-01 BOPV@2025-03-01 BOPV@2025-04-01";
    complete(&format!("{before} BOPV@2025-05-01 MVVAC@2025-10-01 => 2025-10-01"));
    complete(&format!("{before} MVVAC@2025-10-01 => -"));
    complete(&format!("{before} BOPV@2025-11-05 MVVAC@2025-10-01 => 2025-11-05"));
    // Measles a day before nine months does not count.
    complete(&format!("{before} BOPV@2025-05-01 MVVAC@2025-09-30 => -"));
}

#[test]
fn hepatitis_b_birth_dose_is_timed_by_the_minute() {
    let defs = shipped();
    for (born, given, in_time) in [
        ("2026-01-01T07:30", "VGB-SS@2026-01-02T07:30", true),
        ("2026-01-01T07:30", "VGB-SS@2026-01-02T07:31", false),
        ("2026-01-01", "VGB-SS@2026-01-01", true),
        // Without the hour the next day is not sure to be within 24 hours.
        ("2026-01-01T23:00", "VGB-SS@2026-01-02", false),
        // Written down as before the birth on the same day: not counted as in time.
        ("2026-01-01T07:30", "VGB-SS@2026-01-01T07:00", false),
    ] {
        let child = child(born, given);
        let course = Course::of(&defs, &child);
        let got = course.milestones.contains_key(&Milestone::HepB24h);
        assert_eq!(got, in_time, "{born} {given}");
    }
}

/// `born | given | VACCINE@day => warning codes, refusal code, or nothing`.
#[track_caller]
fn says(line: &str) {
    let defs = shipped();
    let (input, expected) = line.split_once("=>").expect("a `=>`");
    let [born, given, wanted] = input.split('|').map(str::trim).collect::<Vec<_>>()[..] else {
        panic!("three columns: {line}")
    };
    let (vaccine, on) = wanted.split_once('@').expect("VACCINE@DATE");
    let child = child(born, given);
    let said = match record(&defs, &child, dose(vaccine, None), day(on), day("2026-01-16")) {
        Ok((_, warnings)) => warnings.iter().map(Warning::code).collect::<Vec<_>>().join(" "),
        Err(refusal) => refusal.message().code.to_owned(),
    };
    assert_eq!(said, expected.trim(), "{line}");
}

#[test]
fn what_is_said_when_a_dose_is_written_down() {
    says("2025-01-01 | | SII@2025-03-01 => ");
    says("2025-01-01 | | SII@2025-02-28 => warn-dose-too-early");
    says("2025-01-01 | SII@2025-03-01 | SII@2025-03-28 => warn-dose-too-early");
    says("2025-01-01 | SII@2025-03-01 | SII@2025-03-29 => ");
    says("2025-01-01 | | DPT@2026-01-10 => warn-dose-out-of-order");
    says("2024-01-01 | MVVAC@2025-06-20 | MR@2025-07-10 => immunisation-unknown-vaccine");
    says("2024-01-01 | MVVAC@2025-06-20 | MRVAC@2025-07-10 => warn-dose-too-early");
    says("2025-01-01 | BCG@2025-01-02 | BCG@2025-04-02 => warn-dose-extra");
    says("2025-01-01 | BCG@2025-01-02 | BCG@2025-01-02 => immunisation-already-recorded");
    says("2025-01-01 | chống:ROTA@2025-02-01 | ROTAVIN@2025-03-02 => warn-dose-contraindicated");
    says("2025-01-01 | | BCG@2024-12-31 => person-before-birth");
    says("2025-01-01 | | BCG@2026-01-17 => person-in-future");
}

#[test]
fn a_dose_here_needs_the_screening_conclusion() {
    let defs = shipped();
    let child = child("2025-01-01", "");
    let giver = Some(tram_kernel::UnitId::from_u128(1));
    let mut wanted = DoseGiven { giver, ..dose("BCG", None) };
    let today = day("2026-01-16");
    let refused = record(&defs, &child, wanted.clone(), day("2025-02-01"), today);
    assert_eq!(refused.map(|_| ()), Err(Refusal::NotScreened));
    wanted.screened = true;
    assert!(record(&defs, &child, wanted, day("2025-02-01"), today).is_ok());
}

#[test]
fn codes_that_are_in_no_list_are_refused() {
    let defs = shipped();
    let child = child("2025-01-01", "");
    let (on, today) = (day("2025-03-01"), day("2026-01-16"));
    let put_off = |reason: &str| {
        let (series, until) = ("OPV".to_owned(), day("2025-03-08"));
        let what = DoseDeferred { series, reason: reason.into(), until };
        defer(&defs, &child, what, on, today).map(|_| ())
    };
    assert_eq!(put_off("absent"), Ok(()));
    assert_eq!(put_off("sot"), Err(Refusal::UnknownReason { reason: "sot".into() }));
    assert_eq!(put_off(""), Err(Refusal::UnknownReason { reason: String::new() }));
    let stop = |reason: &str| {
        let what = SeriesContraindicated { series: "OPV".into(), reason: reason.into() };
        contraindicate(&defs, &child, what, on, today).map(|_| ())
    };
    assert_eq!(stop("component"), Ok(()));
    // A reason to put a dose off is not one to stop the series.
    assert_eq!(stop("fever"), Err(Refusal::UnknownReason { reason: "fever".into() }));
    let into = |site: &str| {
        let what = DoseGiven { site: Some(site.into()), ..dose("SII", None) };
        record(&defs, &child, what, on, today).map(|_| ())
    };
    assert_eq!(into("left_thigh"), Ok(()));
    assert_eq!(into("nose"), Err(Refusal::UnknownSite { site: "nose".into() }));
}

#[test]
fn doses_of_one_visit_are_judged_with_those_before_them() {
    let defs = shipped();
    let mut child = child("2025-01-01", "");
    let (on, today) = (day("2025-03-01"), day("2026-01-16"));
    let (first, said) = record(&defs, &child, dose("SII", None), on, today).expect("recorded");
    assert_eq!(said, []);
    put_on_card(&mut child, &first);
    let twice = record(&defs, &child, dose("SII", None), on, today);
    assert_eq!(twice.map_err(|r| r.message().code), Err("immunisation-already-recorded"));
    // The six-in-one serves the same series: its dose there comes too early.
    let (_, said) = record(&defs, &child, dose("HEXAXIM", None), on, today).expect("recorded");
    let codes: Vec<_> = said.iter().map(Warning::code).collect();
    assert!(codes.contains(&"warn-dose-too-early"), "{codes:?}");
}

#[test]
fn fever_and_cold_are_put_off_for_the_same_reason_and_an_absent_child_to_the_next_working_day() {
    let defs = shipped();
    let unfit = |temperature| Screened::Unfit { temperature };
    for (what, reason, until) in [
        (unfit(Some(375)), "fever", "2026-01-23"),
        (unfit(Some(374)), "acute", "2026-01-23"),
        (unfit(Some(356)), "acute", "2026-01-23"),
        // Too cold is the same line of the list as fever.
        (unfit(Some(355)), "fever", "2026-01-23"),
        (unfit(None), "acute", "2026-01-23"),
        // The next day is a Saturday.
        (Screened::Absent, "absent", "2026-01-19"),
    ] {
        let put = put_off(&defs, "OPV".into(), what, day("2026-01-16"));
        assert_eq!((put.reason.as_str(), put.until), (reason, day(until)), "{what:?}");
    }
}

#[test]
fn without_a_full_birth_date_no_day_is_invented() {
    let defs = shipped();
    let mut person = child("2025-01-01", "");
    let year = BirthDate::new(day("2025-01-01"), tram_kernel::Precision::Year);
    let at = FactRef { node: NodeId::from_u128(9), epoch: 1, seq: 1, ordinal: 0 };
    let born = crate::person::Born { date: year, minute: None };
    person.born = crate::person::Field::new(at, born);
    let course = Course::of(&defs, &person);
    assert!(course.owed_on(day("2026-01-16")).next().is_none());
    let missing = |l: &Line| l.standing == Standing::BirthDayMissing;
    assert!(course.lines.iter().filter(|l| l.number == 1).all(missing));
}
