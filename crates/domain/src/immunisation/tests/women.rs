//! Tetanus of women by their history, series beyond the schedule, and plans to catch up.

use super::*;
use crate::fact::{DueDateBasis, PregnancyEnded, PregnancyNoted, PregnancyOutcome, TetanusTold};

/// A woman with events written `TD@DAY`, `thai:EXPECTED@DAY`, `đẻ@DAY`, `khai:CHILD,DOSES,LAST@DAY`.
fn woman(born: &str, events: &str) -> Person {
    let id = PersonId::from_u128(7);
    let at = |seq| FactRef { node: NodeId::from_u128(1), epoch: 1, seq, ordinal: 0 };
    let log = |seq, on: Date, body: crate::fact::Body| Logged {
        at: at(seq),
        recorded_at: Moment::at(on, 0),
        by: None,
        unit: None,
        fact: Fact::new(id.into(), "04303".parse().expect("code"), on, body),
    };
    let body = PersonRegistered {
        name: "Hoàng Thị Sính".into(),
        sex: Sex::Female,
        born: BirthDate::exact(day(born)),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
    };
    let mut facts = vec![log(0, day(born), body.into())];
    for (index, word) in events.split_whitespace().enumerate() {
        let (what, on) = word.split_once('@').expect("WHAT@DAY");
        let body: crate::fact::Body = match what.split_once(':') {
            None if what == "đẻ" => PregnancyEnded { outcome: PregnancyOutcome::Birth }.into(),
            None => dose(what, None).into(),
            Some(("thai", expected)) => {
                PregnancyNoted::of(day(expected), DueDateBasis::Stated).into()
            }
            Some((_, told)) => {
                let told: Vec<&str> = told.split(',').collect();
                let number = |n: usize| told[n].parse().expect("a number");
                let last = told.get(2).map(|last| day(last));
                let (as_child, doses) = (number(0), number(1));
                TetanusTold { as_child, doses, last, on_paper: true }.into()
            }
        };
        facts.push(log(index as u64 + 1, day(on), body));
    }
    Person::fold(id, &facts).expect("registered")
}

/// What her card says of tetanus: `1✓2024-01-01 2@2024-02-01 3·`.
fn card(born: &str, events: &str) -> String {
    let (defs, her) = (shipped(), woman(born, events));
    let course = Course::of(&defs, &her);
    let lines = course.lines.iter().filter(|line| line.series.code == "UV");
    let said: Vec<String> = lines
        .map(|line| {
            let said = match &line.standing {
                Standing::Done { on, .. } => format!("✓{on}"),
                Standing::Told => "(khai)".into(),
                Standing::Owed { due, until, .. } => format!("@{due}<{until}"),
                Standing::NextPregnancy { from: Some(from) } => format!("?{from}"),
                Standing::NextPregnancy { from: None } => "?".into(),
                Standing::Waiting => "·".into(),
                other => format!("{other:?}"),
            };
            format!("{}{said}", line.number)
        })
        .collect();
    said.join(" ")
}

#[test]
fn the_next_dose_follows_from_history() {
    // Nothing known, with child: at once, until four weeks after the expected day.
    assert_eq!(
        card("2000-05-01", "thai:2026-10-01@2026-03-02"),
        "1@2026-03-02<2026-10-29 2· 3· 4· 5·"
    );
    // One month after the first.
    assert_eq!(
        card("2000-05-01", "thai:2026-10-01@2026-03-02 TD@2026-03-05"),
        "1✓2026-03-05 2@2026-04-05<2026-10-29 3· 4· 5·"
    );
    // Two doses and the child is born: the third after six months, asked for when she is with child again.
    let two = "thai:2026-10-01@2026-03-02 TD@2026-03-05 TT@2026-04-06 đẻ@2026-09-28";
    assert_eq!(card("2000-05-01", two), "1✓2026-03-05 2✓2026-04-06 3?2026-10-06 4· 5·");
    // With child again: at once.
    assert_eq!(
        card("2000-05-01", &format!("{two} thai:2027-12-20@2027-05-10")),
        "1✓2026-03-05 2✓2026-04-06 3@2027-05-10<2028-01-17 4· 5·"
    );
    // Three doses as a child: the course is shorter.
    assert_eq!(
        card("2006-05-01", "khai:3,0@2026-03-02 thai:2026-10-01@2026-03-02 TD@2026-03-05"),
        "1✓2026-03-05 2@2026-04-05<2026-10-29 3·"
    );
    // Four doses told of, the last years ago: the fifth now.
    assert_eq!(
        card("1995-05-01", "khai:0,4,2021-06-01@2026-03-02 thai:2026-10-01@2026-03-02"),
        "1(khai) 2(khai) 3(khai) 4(khai) 5@2026-03-02<2026-10-29"
    );
    // Five doses: nothing more is asked.
    assert_eq!(
        card("1995-05-01", "khai:0,5@2026-03-02 thai:2026-10-01@2026-03-02"),
        "1(khai) 2(khai) 3(khai) 4(khai) 5(khai)"
    );
    // Not with child and nothing known: it is not about her.
    assert_eq!(card("2000-05-01", ""), "");
}

#[test]
fn a_dose_too_near_to_the_last_one_does_not_count() {
    let defs = shipped();
    let verdicts = |events: &str| -> Vec<String> {
        let her = woman("2000-05-01", events);
        let course = Course::of(&defs, &her);
        let said = course.verdicts.iter().map(|v| match &v.counts {
            Ok(n) => format!("{}.{n}", v.series),
            Err(why) => format!("{}:{why:?}", v.series),
        });
        said.collect()
    };
    assert_eq!(
        verdicts("thai:2026-10-01@2026-03-02 TD@2026-03-05 TD@2026-04-01"),
        ["UV.1", "UV:TooEarly { from: 2026-04-02 }"]
    );
    // 28 days count, although she is told a month.
    assert_eq!(verdicts("TD@2026-03-05 TD@2026-04-02"), ["UV.1", "UV.2"]);
    // The third needs six months, unless a new pregnancy began.
    assert_eq!(
        verdicts("TD@2026-03-05 TD@2026-04-02 TD@2026-06-02"),
        ["UV.1", "UV.2", "UV:TooEarly { from: 2026-10-02 }"]
    );
    assert_eq!(
        verdicts("TD@2026-03-05 TD@2026-04-02 thai:2027-01-20@2026-05-20 TD@2026-06-02"),
        ["UV.1", "UV.2", "UV.3"]
    );
    // A girl of fourteen with child is protected like any woman.
    let girl = woman("2012-04-21", "thai:2026-12-01@2026-05-02 TD@2026-05-05");
    let course = Course::of(&defs, &girl);
    assert!(course.verdicts.iter().any(|v| v.series == "UV" && v.counts == Ok(1)));
    // A girl of seven gets the dose of the schedule, not hers.
    assert_eq!(verdicts("TD@2007-06-01"), ["TD7.1"]);
    // A man's dose is of no series.
    let him = child("1990-01-01", "TT@2026-03-05");
    assert!(Course::of(&defs, &him).verdicts.is_empty());
}

#[test]
fn a_child_is_born_protected_or_not() {
    let defs = shipped();
    let protected = |born: &str, events: &str| {
        let her = woman(born, events);
        let course = Course::of(&defs, &her);
        assert_eq!(her.deliveries.len(), 1, "{events}");
        course.protected_births.len() == 1
    };
    let born = "1998-01-01";
    assert!(!protected(born, "đẻ@2026-09-28"));
    assert!(!protected(born, "TD@2026-03-05 đẻ@2026-09-28"));
    assert!(protected(born, "TD@2026-03-05 TD@2026-04-06 đẻ@2026-09-28"));
    // The last dose must be two weeks before.
    assert!(!protected(born, "TD@2026-03-05 TD@2026-09-20 đẻ@2026-09-28"));
    assert!(protected(born, "TD@2026-03-05 TD@2026-09-14 đẻ@2026-09-28"));
    // Two doses last three years.
    assert!(protected(born, "TD@2023-03-05 TD@2023-10-06 đẻ@2026-09-28"));
    assert!(!protected(born, "TD@2022-03-05 TD@2023-08-06 đẻ@2026-09-28"));
    // Three as a child and one in this pregnancy.
    assert!(protected(born, "khai:3,0@2026-03-05 TD@2026-03-05 đẻ@2026-09-28"));
    assert!(!protected(born, "khai:3,0@2026-03-05 đẻ@2026-09-28"));
    // Five doses last for all the years.
    assert!(protected(born, "khai:0,5@2026-03-05 đẻ@2026-09-28"));
    // Twins are one delivery.
    assert!(!protected(born, "đẻ@2026-09-28 đẻ@2026-09-28"));
}

#[test]
fn what_is_told_must_be_possible() {
    let defs = shipped();
    let her = woman("2000-05-01", "");
    let today = day("2026-03-02");
    let tell = |as_child, doses, last: Option<&str>| {
        let told = TetanusTold { as_child, doses, last: last.map(day), on_paper: false };
        tetanus::tell(&defs, &her, told, today, today).map(|_| ())
    };
    assert_eq!(tell(3, 2, Some("2024-01-01")), Ok(()));
    assert_eq!(tell(2, 0, None), Err(tetanus::Refusal::Doses));
    assert_eq!(tell(0, 1, Some("2026-03-03")), Err(tetanus::Refusal::Last));
    assert_eq!(tell(0, 0, Some("2020-03-03")), Err(tetanus::Refusal::Last));
    let girl = woman("2015-05-01", "");
    let told = TetanusTold { as_child: 3, doses: 0, last: None, on_paper: true };
    let said = tetanus::tell(&defs, &girl, told, today, today);
    assert_eq!(said.map(|_| ()), Err(tetanus::Refusal::NotAsked));
}

#[test]
fn series_beyond_the_schedule_are_judged_and_never_asked_for() {
    let defs = shipped();
    let girl = woman("2014-09-01", "GARDASIL@2026-03-02 GARDASIL@2026-06-02");
    let course = Course::of(&defs, &girl);
    let said: Vec<bool> = course.verdicts.iter().map(|v| v.counts.is_ok()).collect();
    assert_eq!(said, [true, false], "five months at least");
    assert!(course.lines.iter().any(|line| line.series.code == "HPV" && line.number == 2));
    assert!(!course.owed_on(day("2026-12-01")).any(|line| line.series.code == "HPV"));
    // Influenza is repeated for ever.
    let old = woman("1950-01-01", "VAXIGRIP@2023-10-01 VAXIGRIP@2024-10-03 VAXIGRIP@2025-10-01");
    let course = Course::of(&defs, &old);
    assert!(course.verdicts.iter().all(|v| v.counts.is_ok()));
    let next = course.lines.iter().find(|line| line.series.code == "FLU" && line.number == 4);
    let due = next.map(|line| line.standing.clone());
    assert!(matches!(due, Some(Standing::Owed { due, .. }) if due == day("2026-10-01")), "{due:?}");
}

#[test]
fn a_child_that_is_behind_gets_a_plan() {
    let defs = shipped();
    // Nine months old with nothing but BCG, on a Monday.
    let late = child("2025-01-06", "BCG@2025-01-07");
    let plan = catch_up(&defs, &late, day("2025-10-13"));
    let said: Vec<String> = plan
        .iter()
        .map(|visit| {
            let doses: Vec<String> = visit.doses.iter().map(|(s, n)| format!("{s}.{n}")).collect();
            format!("{} {}", visit.on, doses.join(" "))
        })
        .collect();
    assert_eq!(
        said,
        [
            "2025-10-13 DPT_HB_HIB.1 OPV.1 IPV.1 MEASLES.1",
            "2025-11-13 DPT_HB_HIB.2 OPV.2",
            "2025-12-15 DPT_HB_HIB.3 OPV.3",
            "2026-01-06 JE.1",
            "2026-01-13 JE.2",
            "2026-02-13 IPV.2",
            "2026-07-06 MR.1 DPT4.1",
            "2027-01-13 JE.3",
            "2032-01-06 TD7.1",
        ]
    );
    // Nothing is planned for a child who has everything, or whose birth day is not known.
    let mut nobody = late.clone();
    nobody.born = crate::person::Field::new(
        nobody.opened,
        crate::person::Born {
            date: BirthDate::parse("2025", day("2025-10-13")).expect("a year"),
            minute: None,
        },
    );
    assert!(catch_up(&defs, &nobody, day("2025-10-13")).is_empty());
}
