//! Instants: milliseconds since 1970-01-01 UTC, shown in Việt Nam time (UTC+7, no summer time).

use crate::day::{Date, add_days, day_number, from_day_number};
use minicbor::{Decode, Encode};

const DAY_MS: i64 = 86_400_000;
const OFFSET_MS: i64 = 7 * 3_600_000;

/// An instant. Milliseconds UTC; the calendar day and time of day are those of Việt Nam.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Moment(#[n(0)] i64);

impl Moment {
    pub const fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    pub const fn ms(self) -> i64 {
        self.0
    }

    /// The moment `minute` minutes after local midnight of `day` (0..1440).
    pub fn at(day: Date, minute: u16) -> Self {
        Self(i64::from(day_number(day)) * DAY_MS + i64::from(minute) * 60_000 - OFFSET_MS)
    }

    /// The last millisecond of the local day: "as known on" that day.
    pub fn end_of(day: Date) -> Self {
        Self(Self::at(add_days(day, 1), 0).0 - 1)
    }

    pub fn day(self) -> Date {
        let number = (self.0 + OFFSET_MS).div_euclid(DAY_MS);
        from_day_number(number as i32).expect("a moment lies within years -9999..9999")
    }

    /// Minutes since local midnight.
    pub fn minute(self) -> u16 {
        ((self.0 + OFFSET_MS).rem_euclid(DAY_MS) / 60_000) as u16
    }

    /// `07:05 16/01/2026`.
    pub fn show(self) -> String {
        let minute = self.minute();
        format!("{:02}:{:02} {}", minute / 60, minute % 60, crate::day::show(self.day()))
    }
}

/// Reads a time of day: `7:05`, `07h05`, `0705`. Minutes since midnight.
pub fn parse_time(typed: &str) -> Option<u16> {
    let text = typed.trim();
    let (hour, minute) = match text.split_once([':', 'h', 'H', 'g']) {
        Some((hour, "")) => (hour, "0"),
        Some(parts) => parts,
        None if text.len() == 4 => text.split_at_checked(2)?,
        None if text.len() <= 2 => (text, "0"),
        None => return None,
    };
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// `07:05` for minutes since midnight.
pub fn show_time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_belongs_to_the_vietnamese_day() {
        let day: Date = "2026-01-16".parse().expect("a date");
        let early = Moment::at(day, 5);
        assert_eq!(early.ms(), 1_768_496_700_000);
        assert_eq!((early.day(), early.minute()), (day, 5));
        assert_eq!(early.show(), "00:05 16/01/2026");
        assert_eq!(Moment::end_of(day).day(), day);
    }

    #[test]
    fn times_are_read_as_typed() {
        for (typed, minute) in [("7:05", 425), ("07h05", 425), ("0705", 425), ("7h", 420)] {
            assert_eq!(parse_time(typed), Some(minute), "{typed}");
        }
        for typed in ["24:00", "7:60", "bảy", "", "123456", "é€"] {
            assert_eq!(parse_time(typed), None, "{typed}");
        }
    }
}
