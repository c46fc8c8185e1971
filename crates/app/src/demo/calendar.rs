//! Days of the demo: counted from 1970, with office hours and vaccination sessions.

use super::chance::Chance;
use super::rates::Vaccination;
use tram_kernel::day::{add_months, day_number, from_day_number};
use tram_kernel::{Date, Moment};

/// A day, counted from 1970-01-01: the story does sums with days.
pub(super) type Day = i32;

pub(super) fn date(day: Day) -> Date {
    from_day_number(day).expect("the demo stays within our era")
}

/// Completed years, close enough for chances and shares.
pub(super) fn years(born: Day, on: Day) -> i32 {
    ((on - born) * 4).div_euclid(1461)
}

pub(super) fn months_later(day: Day, months: i32) -> Day {
    day_number(add_months(date(day), months))
}

pub(super) fn first_of_year(year: i16) -> Day {
    day_number(jiff::civil::date(year, 1, 1))
}

/// Saturday and Sunday wait for Monday.
fn working_day(day: Day) -> Day {
    // 1970-01-01 was a Thursday.
    match (day + 3).rem_euclid(7) {
        5 => day + 2,
        6 => day + 1,
        _ => day,
    }
}

/// The days that matter to a story.
pub(super) struct Calendar {
    /// The first day of typing in the list.
    pub start: Day,
    pub today: Day,
    sessions: Vec<Day>,
    outreach: Vec<Day>,
}

/// A story looks this far beyond today: the children expected by then are known.
pub(super) const AHEAD: Day = 280;

impl Calendar {
    pub fn new(today: Date, months_ago: i32, rates: &Vaccination) -> Self {
        let start = day_number(add_months(today, -months_ago));
        let first = add_months(today.first_of_month(), -12 * 10);
        let months: Vec<Date> = (0..12 * 12).map(|n| add_months(first, n)).collect();
        let on = |days: &[i8]| -> Vec<Day> {
            let day =
                |month: &Date, day: &i8| working_day(day_number(*month) + i32::from(*day) - 1);
            let mut all: Vec<Day> =
                months.iter().flat_map(|month| days.iter().map(move |d| day(month, d))).collect();
            all.sort_unstable();
            all
        };
        let outreach = on(&rates.session_days_outreach);
        Self { start, today: day_number(today), sessions: on(&rates.session_days), outreach }
    }

    /// The session closest to a day, not before `from`.
    pub fn session_near(&self, day: Day, from: Day, is_outreach: bool) -> Day {
        let sessions = if is_outreach { &self.outreach } else { &self.sessions };
        let at = sessions.partition_point(|session| *session < day);
        let after = sessions.get(at).copied().unwrap_or(day);
        let before = at.checked_sub(1).map(|at| sessions[at]).filter(|before| *before >= from);
        match before {
            Some(before) if day - before < after - day => before,
            _ if after >= from => after,
            _ => self.session_after(from - 1, is_outreach),
        }
    }

    /// The first session later than a day.
    pub fn session_after(&self, day: Day, is_outreach: bool) -> Day {
        let sessions = if is_outreach { &self.outreach } else { &self.sessions };
        let at = sessions.partition_point(|session| *session <= day);
        sessions.get(at).copied().unwrap_or(day + 30)
    }

    /// A moment of office hours, on this day or the next working day that is not after today.
    pub fn office(&self, day: Day, chance: &mut Chance) -> Moment {
        let working = working_day(day);
        let day = if working > self.today { day.min(self.today) } else { working };
        let minute = 7 * 60 + 30 + chance.below(9 * 60);
        let second = chance.below(60_000);
        let at = Moment::at(date(day), minute as u16);
        Moment::from_ms(at.ms() + i64::from(second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::rates::Rates;

    fn day(text: &str) -> Day {
        day_number(text.parse().expect("a date"))
    }

    #[test]
    fn sessions_are_on_working_days() {
        let rates = Rates::shipped();
        let today = "2026-01-16".parse().expect("a date");
        let calendar = Calendar::new(today, 37, &rates.vaccination);
        // 5 October 2025 was a Sunday, 25 October a Saturday.
        assert_eq!(calendar.session_after(day("2025-10-01"), false), day("2025-10-06"));
        assert_eq!(calendar.session_after(day("2025-10-06"), false), day("2025-10-27"));
        assert_eq!(calendar.session_near(day("2025-10-08"), 0, false), day("2025-10-06"));
        let from = day("2025-10-07");
        assert_eq!(calendar.session_near(day("2025-10-08"), from, false), day("2025-10-27"));
        assert_eq!(calendar.session_after(day("2025-10-01"), true), day("2025-10-10"));
    }

    #[test]
    fn nothing_is_typed_after_today() {
        let rates = Rates::shipped();
        let today: Date = "2026-01-17".parse().expect("a Saturday");
        let calendar = Calendar::new(today, 37, &rates.vaccination);
        let mut chance = Chance::new(1, 0);
        assert_eq!(calendar.office(calendar.today, &mut chance).day(), today);
        let friday = calendar.office(calendar.today - 7, &mut chance).day();
        assert_eq!(friday.to_string(), "2026-01-12");
    }
}
