//! Reporting periods: a month, a quarter, half a year, a year. First and last day belong to them.

use crate::day::{Date, add_days, add_months};
use std::fmt;
use std::str::FromStr;

/// The lengths a period can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    Month,
    Quarter,
    Half,
    Year,
}

impl Length {
    pub const ALL: [Self; 4] = [Self::Month, Self::Quarter, Self::Half, Self::Year];

    pub const fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.code() == code)
    }
}

/// A period. Written `2026-01`, `2026-Q1`, `2026-H1`, `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i16,
    length: Length,
    /// One-based: month 1–12, quarter 1–4, half 1–2, year 1.
    index: i8,
}

/// Why a text is not a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a period: write 2026-01, 2026-Q1, 2026-H1 or 2026")]
pub struct BadPeriod;

impl Period {
    pub fn new(year: i16, length: Length, index: i8) -> Result<Self, BadPeriod> {
        let fits =
            (1900..=2200).contains(&year) && index >= 1 && i32::from(index) * length.months() <= 12;
        if fits { Ok(Self { year, length, index }) } else { Err(BadPeriod) }
    }

    pub fn month_of(day: Date) -> Self {
        Self::of(day, Length::Month)
    }

    pub fn year_of(day: Date) -> Self {
        Self::of(day, Length::Year)
    }

    /// The period of this length that contains `day`.
    pub fn of(day: Date, length: Length) -> Self {
        let index = (i32::from(day.month()) - 1) / length.months() + 1;
        Self { year: day.year(), length, index: index as i8 }
    }

    pub const fn year(self) -> i16 {
        self.year
    }

    pub const fn length(self) -> Length {
        self.length
    }

    pub const fn index(self) -> i8 {
        self.index
    }

    pub fn first(self) -> Date {
        let month = (i32::from(self.index) - 1) * self.length.months() + 1;
        Date::new(self.year, month as i8, 1).expect("a checked period starts on a real day")
    }

    pub fn last(self) -> Date {
        add_days(add_months(self.first(), self.length.months()), -1)
    }

    /// The day in the middle: the first day of its second half. Mid-period population is counted here.
    pub fn middle(self) -> Date {
        let months = self.length.months();
        if months == 1 { add_days(self.first(), 15) } else { add_months(self.first(), months / 2) }
    }

    /// First day of the year, for counts that run from 1 January to the end of the period.
    pub fn year_start(self) -> Date {
        self.first().first_of_year()
    }

    pub fn contains(self, day: Date) -> bool {
        self.first() <= day && day <= self.last()
    }

    /// The same kind of period `n` steps later (negative: earlier).
    pub fn step(self, n: i32) -> Self {
        Self::of(add_months(self.first(), n * self.length.months()), self.length)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Length::Month => write!(f, "{:04}-{:02}", self.year, self.index),
            Length::Quarter => write!(f, "{:04}-Q{}", self.year, self.index),
            Length::Half => write!(f, "{:04}-H{}", self.year, self.index),
            Length::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl FromStr for Period {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, rest),
            None => (text, ""),
        };
        if year.len() != 4 {
            return Err(BadPeriod);
        }
        let year = year.parse().map_err(|_| BadPeriod)?;
        let index = |digits: &str| digits.parse().map_err(|_| BadPeriod);
        match rest.split_at_checked(1) {
            None if !text.contains('-') => Self::new(year, Length::Year, 1),
            Some(("Q", n)) => Self::new(year, Length::Quarter, index(n)?),
            Some(("H", n)) => Self::new(year, Length::Half, index(n)?),
            _ if rest.len() == 2 => Self::new(year, Length::Month, index(rest)?),
            _ => Err(BadPeriod),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_read_back_and_know_their_days() {
        for (text, first, middle, last) in [
            ("2026-01", "2026-01-01", "2026-01-16", "2026-01-31"),
            ("2026-Q1", "2026-01-01", "2026-02-01", "2026-03-31"),
            ("2024-H1", "2024-01-01", "2024-04-01", "2024-06-30"),
            ("2026", "2026-01-01", "2026-07-01", "2026-12-31"),
        ] {
            let p: Period = text.parse().expect(text);
            let days = [p.first(), p.middle(), p.last()].map(|d| d.to_string());
            assert_eq!(
                (p.to_string().as_str(), days),
                (text, [first, middle, last].map(Into::into))
            );
        }
    }

    #[test]
    fn periods_that_do_not_exist_are_refused() {
        for text in ["2026-13", "13/2026", "2026-Q5", "2026-H3", "26-01", "", "2026-", "2026-1"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn stepping_crosses_years() {
        let p: Period = "2026-Q1".parse().expect("a quarter");
        assert_eq!(p.step(-1).to_string(), "2025-Q4");
        assert_eq!(p.step(4).to_string(), "2027-Q1");
    }
}
