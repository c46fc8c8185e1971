//! Against the calendars that were published, and the deadlines of a real plan.

use super::*;
use tram_defs::SourceFile;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// The whole shipped set.
#[expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]
pub fn shipped() -> Definitions {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a text");
            let below = path.strip_prefix(&root).expect("below the root");
            let path = below.to_string_lossy().replace('\\', "/");
            files.push(SourceFile { path: path.into(), text: text.into() });
        }
    }
    Definitions::load(&files).expect("the shipped set is right")
}

#[test]
fn working_days_off_are_those_that_were_published() {
    let defs = shipped();
    for (year, expected) in [
        (2024, "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"),
        (2025, "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"),
        (
            2026,
            "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
        ),
        (2027, "01-01 02-04 02-05 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24"),
    ] {
        let first = Date::new(year, 1, 1).expect("a day");
        let off: Vec<String> = (0..365)
            .map(|n| add_days(first, n))
            .filter(|day| {
                let on_weekdays = !matches!(Weekday::of(*day), Weekday::Saturday | Weekday::Sunday);
                on_weekdays && !day_is(&defs, *day).is_working()
            })
            .map(|day| day.to_string()[5..].to_owned())
            .collect();
        assert_eq!(off.join(" "), expected, "{year}");
    }
    let made_up = ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"];
    assert!(made_up.iter().all(|text| day_is(&defs, day(text)).is_working()));
    assert!(!day_is(&defs, day("2026-08-29")).is_working());
}

#[test]
fn a_day_off_is_moved_with_its_reason() {
    let defs = shipped();
    let tet = propose(&defs, day("2026-02-18"));
    assert_eq!(tet.day, day("2026-02-23"));
    let Some((meant, DayIs::Off(why))) = tet.instead_of else { panic!("moved off Tết") };
    assert_eq!((meant, &*why.name), (day("2026-02-18"), "Tết Nguyên đán Bính Ngọ"));
    assert!(!tet.is_unsure);
    let kept = propose(&defs, day("2026-08-22"));
    assert_eq!((kept.day, kept.instead_of), (day("2026-08-22"), None));
    assert!(propose(&defs, day("2027-03-01")).is_unsure);
    let unknown = propose(&defs, day("2031-01-04"));
    assert_eq!((unknown.day, unknown.is_unsure), (day("2031-01-06"), true));
    assert_eq!(last_working(&defs, day("2026-02-22")), day("2026-02-13"));
}

#[test]
fn deadlines_are_read_as_texts_mean_them() {
    let defs = shipped();
    for (deadline, last) in [
        // Lục Yên 2026: "trước ngày 15/01/2026", "trước ngày 13/01/2026".
        (Deadline::Before(day("2026-01-15")), "2026-01-14"),
        (Deadline::Before(day("2026-01-13")), "2026-01-12"),
        // Kiên Giang: "trước ngày 30 tháng 11 hàng năm".
        (Deadline::Before(day("2026-11-30")), "2026-11-29"),
        (Deadline::By(day("2026-11-30")), "2026-11-30"),
        // TT 23/2025: 05 working days after January, over the month of Tết and before it.
        (Deadline::WorkingDays { from: day("2026-01-31"), n: 5 }, "2026-02-06"),
        (Deadline::WorkingDays { from: day("2026-02-13"), n: 1 }, "2026-02-23"),
        // A worked Saturday counts.
        (Deadline::WorkingDays { from: day("2026-01-09"), n: 1 }, "2026-01-10"),
        (Deadline::WorkingDays { from: day("2026-02-16"), n: 0 }, "2026-02-23"),
    ] {
        assert_eq!(deadline.last_day(&defs), day(last), "{deadline:?}");
    }
}

#[test]
fn weeks_are_those_of_iso_8601() {
    for (text, week) in
        [("2026-01-01", (2026, 1)), ("2027-01-01", (2026, 53)), ("2024-12-30", (2025, 1))]
    {
        assert_eq!(week_of(day(text)), week, "{text}");
    }
}
