//! Boundaries first: first birthdays, month ends, nobody counted.

use super::*;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn a_running_period_is_counted_as_it_stands() {
    let year: Period = "2026".parse().expect("a year");
    let days = Days::of(year, day("2026-01-16")).expect("it has begun");
    assert_eq!((days.middle, days.end), (day("2026-01-16"), day("2026-01-16")));
    let over = Days::of(year, day("2027-03-01")).expect("it is over");
    assert_eq!((over.middle, over.end), (day("2026-07-01"), day("2026-12-31")));
    assert_eq!(Days::of(year, day("2025-12-31")), None);
}

#[test]
fn the_first_birthday_leaves_the_group_under_one() {
    let year = Span { months: 12, days: 0 };
    assert!(age(day("2025-01-17"), day("2026-01-16"), Compare::Less, year));
    assert!(!age(day("2025-01-16"), day("2026-01-16"), Compare::Less, year));
    let month = Span { months: 0, days: 28 };
    assert!(age(day("2026-01-01"), day("2026-01-28"), Compare::Less, month));
    assert!(!age(day("2026-01-01"), day("2026-01-29"), Compare::Less, month));
}
