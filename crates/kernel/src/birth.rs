//! Birth dates known to the day, only to the month, or only to the year.
//!
//! Many old people know only their year. The day that is not known is never invented: it is kept as
//! the first possible day together with how much of it is known.

use crate::day::{self, BadDay, Date, add_days, add_months, completed_years};
use minicbor::{Decode, Encode};

/// How much of a birth date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Precision {
    #[n(0)]
    Day,
    #[n(1)]
    Month,
    #[n(2)]
    Year,
}

impl Precision {
    /// Stored form: `d`, `m`, `y`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Day => "d",
            Self::Month => "m",
            Self::Year => "y",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Day, Self::Month, Self::Year].into_iter().find(|p| p.code() == code)
    }
}

/// A birth date with its precision. `first` is the first day it can have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct BirthDate {
    #[cbor(n(0), with = "crate::day::cbor")]
    first: Date,
    #[n(1)]
    precision: Precision,
}

impl BirthDate {
    pub const fn exact(day: Date) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    pub fn new(first: Date, precision: Precision) -> Self {
        let first = match precision {
            Precision::Day => first,
            Precision::Month => first.first_of_month(),
            Precision::Year => first.first_of_year(),
        };
        Self { first, precision }
    }

    /// Reads `16/01/1960`, `01/1960` or `1960`; `today` only serves short forms of a full day.
    pub fn parse(typed: &str, today: Date) -> Result<Self, BadDay> {
        let text = typed.trim();
        let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if text.len() == 4 && digits(text) {
            return Self::whole(text, "1", Precision::Year);
        }
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        match parts[..] {
            [m, y] if digits(m) && m.len() <= 2 && y.len() == 4 && digits(y) => {
                Self::whole(y, m, Precision::Month)
            }
            [y, m] if digits(m) && m.len() <= 2 && y.len() == 4 && digits(y) => {
                Self::whole(y, m, Precision::Month)
            }
            _ => day::parse(text, today).map(Self::exact),
        }
    }

    fn whole(year: &str, month: &str, precision: Precision) -> Result<Self, BadDay> {
        let year: i16 = year.parse().map_err(|_| BadDay::NotADay)?;
        let month: i8 = month.parse().map_err(|_| BadDay::NotADay)?;
        if !(1800..=2200).contains(&year) {
            return Err(BadDay::NotInCalendar);
        }
        let first = Date::new(year, month, 1).map_err(|_| BadDay::NotInCalendar)?;
        Ok(Self { first, precision })
    }

    /// The first day it can have been; counting by age uses this day.
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day it can have been.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Day => self.first,
            Precision::Month => add_days(add_months(self.first, 1), -1),
            Precision::Year => add_days(add_months(self.first, 12), -1),
        }
    }

    pub const fn precision(self) -> Precision {
        self.precision
    }

    /// The day, when it is really known. Schedules by age need this and say so when it is missing.
    pub fn day(self) -> Option<Date> {
        (self.precision == Precision::Day).then_some(self.first)
    }

    pub fn year(self) -> i16 {
        self.first.year()
    }

    /// Completed years on `on`, counted from the first possible day.
    pub fn age_years(self, on: Date) -> i32 {
        completed_years(self.first, on)
    }

    /// `16/01/1960`, `01/1960` or `1960`.
    pub fn show(self) -> String {
        match self.precision {
            Precision::Day => day::show(self.first),
            Precision::Month => format!("{:02}/{:04}", self.first.month(), self.first.year()),
            Precision::Year => format!("{:04}", self.first.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        "2026-01-16".parse().expect("a date")
    }

    #[test]
    fn what_is_not_known_is_not_invented() {
        for (typed, shown, last) in [
            ("1960", "1960", "1960-12-31"),
            ("02/1960", "02/1960", "1960-02-29"),
            ("1960-02", "02/1960", "1960-02-29"),
            ("13/09/2025", "13/09/2025", "2025-09-13"),
        ] {
            let born = BirthDate::parse(typed, today()).expect(typed);
            assert_eq!((born.show().as_str(), born.last().to_string().as_str()), (shown, last));
        }
        assert_eq!(BirthDate::parse("1960", today()).expect("a year").day(), None);
    }

    #[test]
    fn impossible_birth_dates_are_refused() {
        assert_eq!(BirthDate::parse("13/1960", today()), Err(BadDay::NotInCalendar));
        assert_eq!(BirthDate::parse("0203", today()), Err(BadDay::NotInCalendar));
        assert_eq!(BirthDate::parse("", today()), Err(BadDay::NotADay));
    }
}
