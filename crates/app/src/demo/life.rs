//! Month by month from the first list to today, and a little further for the children expected.

use super::calendar::{AHEAD, Day, date};
use super::rates::{Rates, at_age};
use super::soul::Commune;
use tram_kernel::Sex;
use tram_kernel::day::day_number;

/// Fractions of events carried from month to month, so that few people have the right number too.
#[derive(Default)]
pub(super) struct Carried {
    pub births: f64,
    pub brides: f64,
    pub weddings: f64,
    pub arrivals: f64,
    pub departures: f64,
}

/// A stretch of days of one month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub first: Day,
    /// Not included.
    pub end: Day,
}

impl Month {
    /// The part of a year it is.
    pub fn part(self) -> f64 {
        f64::from(self.end - self.first) / 365.25
    }

    /// Cuts a stretch of days into months.
    pub fn between(first: Day, end: Day) -> Vec<Self> {
        let mut months = Vec::new();
        let mut first = first;
        while first < end {
            let next = day_number(date(first).last_of_month()) + 1;
            months.push(Self { first, end: next.min(end) });
            first = next;
        }
        months
    }
}

/// Events due now: whole ones leave the account.
pub(super) fn due(carried: &mut f64, more: f64) -> u32 {
    *carried += more;
    let whole = carried.floor();
    *carried -= whole;
    whole as u32
}

/// Births a year per 1,000 inhabitants in a year.
pub(super) fn births_per_1000(rates: &Rates, year: i16) -> f64 {
    let by_year = &rates.births.per_1000_by_year;
    let mut known = by_year.iter().rev().filter(|(y, _)| y.parse().is_ok_and(|y: i16| y <= year));
    known.next().or(by_year.first_key_value()).map_or(0.0, |(_, rate)| *rate)
}

/// Deaths a year per 1,000 of this age and sex, from one year of age on.
pub(super) fn deaths_per_1000(rates: &Rates, sex: Sex, age: i32) -> f64 {
    let by_age = if sex == Sex::Male { &rates.deaths.male } else { &rates.deaths.female };
    at_age(&rates.deaths.age_from, by_age, age)
}

/// By how much a population grows from a day to another.
pub(super) fn growth(rates: &Rates, from: Day, to: Day) -> f64 {
    let pyramid = &rates.population;
    let mut deaths = 0.0;
    for (sex, shares) in [(Sex::Male, &pyramid.male), (Sex::Female, &pyramid.female)] {
        for (age, share) in pyramid.age_from.iter().zip(shares) {
            deaths += share * deaths_per_1000(rates, sex, (*age).max(1)) / 1000.0;
        }
    }
    let mut grown = 1.0;
    for month in Month::between(from, to) {
        let births = births_per_1000(rates, date(month.first).year());
        let infants = births * rates.deaths.infant_per_1000_live_births / 1000.0;
        let moves = rates.moves.in_per_1000 - rates.moves.out_per_1000;
        grown *= 1.0 + (births - infants - deaths + moves) / 1000.0 * month.part();
    }
    grown
}

impl Commune<'_> {
    pub fn live(&mut self) {
        let calendar = self.world.calendar;
        let begin = calendar.start + self.world.rates.records.list_days + 3;
        let mut carried = Carried::default();
        for month in Month::between(begin, calendar.today + AHEAD) {
            let here: Vec<usize> =
                (0..self.souls.len()).filter(|soul| self.is_here(*soul, month.first)).collect();
            self.births(month, &here, &mut carried);
            if month.first <= calendar.today {
                let month = Month { end: month.end.min(calendar.today + 1), ..month };
                self.deaths(month, &here);
                self.moves(month, &here, &mut carried);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_the_calendar() {
        let day = |text: &str| day_number(text.parse().expect("a date"));
        let months = Month::between(day("2025-12-20"), day("2026-02-03"));
        let lengths: Vec<Day> = months.iter().map(|m| m.end - m.first).collect();
        assert_eq!(lengths, [12, 31, 2]);
    }

    #[test]
    fn a_population_grows_slowly() {
        let rates = Rates::shipped();
        let grown = growth(&rates, 19_000, 19_000 + 3 * 365);
        assert!((1.01..1.03).contains(&grown), "{grown}");
        assert_eq!(births_per_1000(&rates, 2024), 17.8);
        assert_eq!(births_per_1000(&rates, 2030), 17.5);
    }
}
