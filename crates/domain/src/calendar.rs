//! Working days: what a day is, which day comes next, what a deadline means.
//!
//! ```text
//! definitions/calendar/ ──┐
//! a day, or a deadline ───┴─► off or worked, and why ─► the day that is proposed, the last day that counts
//! ```
//!
//! A year nobody has written down yet has only its weekly days off, and the answer says so.

#[cfg(test)]
pub(crate) mod tests;

use tram_defs::Definitions;
use tram_defs::calendar::{SpecialDay, SpecialKind, Weekday};
use tram_kernel::Date;
use tram_kernel::day::add_days;

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayIs<'a> {
    Working,
    /// A weekly day off that is worked in exchange for another.
    MadeUp(&'a SpecialDay),
    Weekend,
    /// A holiday, or a day off in lieu or in exchange.
    Off(&'a SpecialDay),
}

impl DayIs<'_> {
    pub const fn is_working(self) -> bool {
        matches!(self, Self::Working | Self::MadeUp(_))
    }
}

pub fn day_is(defs: &Definitions, day: Date) -> DayIs<'_> {
    let Some(year) = defs.calendar_of(day.year()) else {
        let weekend = matches!(Weekday::of(day), Weekday::Saturday | Weekday::Sunday);
        return if weekend { DayIs::Weekend } else { DayIs::Working };
    };
    match year.special(day) {
        Some(special) if special.kind == SpecialKind::MakeUp => DayIs::MadeUp(special),
        Some(special) => DayIs::Off(special),
        None if year.is_weekend(day) => DayIs::Weekend,
        None => DayIs::Working,
    }
}

/// The days off of that year were made known by the authorities.
pub fn is_published(defs: &Definitions, day: Date) -> bool {
    defs.calendar_of(day.year()).is_some_and(|year| year.published)
}

/// The day itself when it is worked, otherwise the next one that is.
pub fn next_working(defs: &Definitions, day: Date) -> Date {
    walk(defs, day, 1)
}

/// The day itself when it is worked, otherwise the last one before it that is.
pub fn last_working(defs: &Definitions, day: Date) -> Date {
    walk(defs, day, -1)
}

fn walk(defs: &Definitions, from: Date, step: i32) -> Date {
    let mut day = from;
    while !day_is(defs, day).is_working() && day > Date::MIN && day < Date::MAX {
        day = add_days(day, step);
    }
    day
}

/// The `n`-th working day after `from`; `from` itself does not count. With 0 it is the day itself, or
/// the next one that is worked.
pub fn add_working_days(defs: &Definitions, from: Date, n: u16) -> Date {
    let mut day = next_working(defs, from);
    if n > 0 {
        day = from;
        for _ in 0..n {
            day = next_working(defs, add_days(day, 1));
        }
    }
    day
}

/// A day to come back on: moved off days on which nobody works, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal<'a> {
    pub day: Date,
    /// The day that was meant and what it is, when another one is proposed.
    pub instead_of: Option<(Date, DayIs<'a>)>,
    /// The days off of that year are not known for certain yet.
    pub is_unsure: bool,
}

pub fn propose(defs: &Definitions, meant: Date) -> Proposal<'_> {
    let day = next_working(defs, meant);
    let instead_of = (day != meant).then(|| (meant, day_is(defs, meant)));
    let is_unsure = !is_published(defs, meant) || !is_published(defs, day);
    Proposal { day, instead_of, is_unsure }
}

/// A deadline as texts write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    /// "trước ngày D": the day itself is too late.
    Before(Date),
    /// "đến ngày D", "chậm nhất ngày D": the day itself is in time.
    By(Date),
    /// "trong N ngày làm việc kể từ ngày D": D is not counted.
    WorkingDays { from: Date, n: u16 },
}

impl Deadline {
    /// The last day on which it is kept. A fixed day stays where the text puts it, also on a day off;
    /// working days end on a working day.
    pub fn last_day(self, defs: &Definitions) -> Date {
        match self {
            Self::Before(day) => add_days(day, -1),
            Self::By(day) => day,
            Self::WorkingDays { from, n } => add_working_days(defs, from, n),
        }
    }
}

/// Week of the year as ISO 8601 counts it, with the year the week belongs to; weeks begin on Monday.
pub fn week_of(day: Date) -> (i16, i8) {
    let week = day.iso_week_date();
    (week.year(), week.week())
}
