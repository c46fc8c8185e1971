//! Birth dates and days as stations write them.

use super::*;
use tram_kernel::day;

fn calendar(epoch: Epoch) -> Calendar {
    Calendar { today: crate::trial::today(), epoch, order: DayOrder::DayFirst }
}

/// `d:` a date of Excel, `n:` a number, anything else text.
fn cell(shown: &str) -> Cell {
    match (shown.strip_prefix("d:"), shown.strip_prefix("n:")) {
        (Some(day), _) => Cell::Day(day.parse().expect("a date")),
        (_, Some(digits)) => Cell::Number(digits.into()),
        _ if shown.is_empty() => Cell::Empty,
        _ => Cell::Text(shown.into()),
    }
}

fn shown<T>(value: Value<T>, show: impl Fn(T) -> String) -> String {
    match value {
        Value::Nothing => "nothing".into(),
        Value::Good(value) => show(value),
        Value::Doubtful(value, message) => format!("{} {}", show(value), message.code),
        Value::Dropped(message) | Value::Wrong(message) => message.code.into(),
    }
}

/// Goal: one line per way to write a birth date, `typed => understood` or the code of what is wrong.
#[track_caller]
fn born(line: &str) {
    let (typed, expected) = line.split_once("=>").expect("a `=>`");
    let value = calendar(Epoch::Year1900).birth(&cell(typed.trim()));
    assert_eq!(shown(value, BirthDate::show), expected.trim(), "{line}");
}

#[test]
fn birth_dates_are_read_in_every_full_form() {
    born("16/01/1960 => 16/01/1960");
    born("5/3/1960 => 05/03/1960");
    born("16-01-1960 => 16/01/1960");
    born("16.01.1960 => 16/01/1960");
    born("16 / 01 / 1960 => 16/01/1960");
    born("16 01 1960 => 16/01/1960");
    born("1960-01-16 => 16/01/1960");
    born("1960-01-16 00:00:00 => 16/01/1960");
    born("1960-01-16T00:00:00.000Z => 16/01/1960");
    born("16/01/1960 12:30 => 16/01/1960");
    born("ngày 16 tháng 01 năm 1960 => 16/01/1960");
    born("16\\01\\1960 => 16/01/1960");
    born("'16/01/1960 => 16/01/1960");
    born("16011960 => 16/01/1960");
    born("19600116 => 16/01/1960");
    born("20101012 => 12/10/2010");
    born("n:16011960 => 16/01/1960");
    born("n:5011960 => 05/01/1960");
    born("d:1960-01-16 => 16/01/1960");
}

#[test]
fn a_birth_known_only_to_the_year_or_month_stays_so() {
    born("1960 => 1960");
    born("n:1960 => 1960");
    born("năm 1960 => 1960");
    born("01/1960 => 01/1960");
    born("1960-01 => 01/1960");
}

#[test]
fn what_a_spreadsheet_changed_is_said() {
    // 1960 typed into a cell that shows dates.
    born("d:1905-05-13 => 1960 row-born-year-cell");
    born("d:1905-03-13 => 13/03/1905");
    // A date whose cell lost its format.
    born("n:21931 => 16/01/1960 row-date-serial");
    born("n:9160 => row-date-no-such-day");
    let mac = calendar(Epoch::Year1904).birth(&cell("n:20469"));
    assert_eq!(shown(mac, BirthDate::show), "16/01/1960 row-date-serial");
}

#[test]
fn impossible_birth_dates_are_told_apart() {
    born("30/02/2026 => row-date-no-such-day");
    born("31/04/1980 => row-date-no-such-day");
    born("29/02/2025 => row-date-no-such-day");
    born("00/00/1960 => row-date-no-such-day");
    born("13/25/2020 => row-date-no-such-day");
    born("01/25/1980 => row-date-month-first");
    born("16/01/60 => row-date-short-year");
    born("22/11/2026 => row-born-future");
    born("2027 => row-born-future");
    born("d:2026-11-22 => row-born-future");
    born("21/11/2026 => 21/11/2026");
    born("n:1.5 => row-born-invalid");
    born("không nhớ => row-born-invalid");
    born("~1960 => row-born-invalid");
    born("16/01/1960\u{200B} => row-hidden-characters");
    born("=> nothing");
}

#[test]
fn short_forms_of_the_entry_screen_mean_nothing_in_a_file() {
    born("153 => row-born-invalid");
    born("15/3 => row-born-invalid");
    born("+30 => row-born-invalid");
    born("1503 => row-date-no-such-day");
}

#[test]
fn other_days_must_be_full() {
    for (typed, expected) in [
        ("01/01/2026", "01/01/2026"),
        ("d:2026-01-01", "01/01/2026"),
        ("n:46023", "01/01/2026 row-date-serial"),
        ("2026", "row-date-incomplete"),
        ("12/2026", "row-date-incomplete"),
        ("hết năm", "row-date-invalid"),
        ("31/06/2026", "row-date-no-such-day"),
    ] {
        let value = calendar(Epoch::Year1900).day(&cell(typed));
        assert_eq!(shown(value, day::show), expected, "{typed}");
    }
}

#[test]
fn a_list_with_the_month_in_front_is_read_so_when_the_person_says_so() {
    let american = Calendar { order: DayOrder::MonthFirst, ..calendar(Epoch::Year1900) };
    for (typed, expected) in [
        ("03/04/2026", "04/03/2026"),
        ("01/25/1980", "25/01/1980"),
        ("25/01/1980", "row-date-day-first"),
        ("1980-01-25", "25/01/1980"),
        ("02/30/1980", "row-date-no-such-day"),
        ("1980", "1980"),
        ("01/1980", "01/1980"),
    ] {
        assert_eq!(shown(american.birth(&cell(typed)), BirthDate::show), expected, "{typed}");
    }
    assert_eq!((day_first("3/4/2026"), day_first("1980")), ("04/03/2026".into(), "1980".into()));
}
