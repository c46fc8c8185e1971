//! A pregnancy: when it began, how far it is, which of several ways of dating it stands.
//!
//! ```text
//! embryo transfer ─► transfer + 266 − age of the embryo     always stands
//! last period ─────► first day + 280                        stands, unless the first ultrasound
//! ultrasound ──────► day − age found + 280                  differs by more than the rule allows
//! a paper ─────────► as stated                              when it is told last, or nothing else is known
//! ```
//!
//! What was decided stands in the fact; a rule that changes later changes no decision made before.

mod note;
#[cfg(test)]
mod tests;

pub use note::{end_early, note_pregnancy};

use crate::fact::{DueDateBasis, EmbryoTransfer, Para, PregnancyNoted, PregnancyOutcome, Scan};
use crate::person::{On, Person};
use std::collections::BTreeSet;
use tram_defs::pregnancy::Dating;
use tram_kernel::Date;
use tram_kernel::day::{add_days, days_between};

/// Days from the first day of the last period to the expected date of delivery (Naegele).
const TERM_DAYS: i32 = 280;
/// Days from fertilisation to it.
const FROM_FERTILISATION_DAYS: i32 = 266;
/// Nobody carries a child longer: completed weeks.
pub const LONGEST_WEEKS: i32 = 44;
/// What is told while one pregnancy is open is told of that one when the expected dates are so near.
const SAME_DAYS: i32 = 84;

/// How far a pregnancy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    /// Since the first day of the last period, or what stands for it.
    pub in_days: i32,
}

impl Age {
    pub const fn weeks(self) -> i32 {
        self.in_days.div_euclid(7)
    }

    /// Beyond the completed weeks.
    pub const fn days(self) -> i32 {
        self.in_days.rem_euclid(7)
    }
}

/// A pregnancy and, once over, the day it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Pregnancy {
    /// As it became known.
    pub noted: On<PregnancyNoted>,
    /// Everything told of it, that among it; the last one stands.
    pub told: Vec<On<PregnancyNoted>>,
    pub ended: Option<Date>,
    pub outcome: Option<PregnancyOutcome>,
}

impl Pregnancy {
    pub fn of(noted: On<PregnancyNoted>) -> Self {
        Self { told: vec![noted.clone()], noted, ended: None, outcome: None }
    }

    fn last(&self) -> &PregnancyNoted {
        self.told.last().map_or(&self.noted.what, |told| &told.what)
    }

    pub fn expected(&self) -> Date {
        self.last().expected
    }

    pub fn basis(&self) -> DueDateBasis {
        self.last().basis
    }

    /// The day from which weeks are counted.
    pub fn begins(&self) -> Date {
        add_days(self.expected(), -TERM_DAYS)
    }

    pub fn age_on(&self, day: Date) -> Age {
        Age { in_days: days_between(self.begins(), day) }
    }

    /// She carried it on that day, as far as can be.
    pub fn holds_on(&self, day: Date) -> bool {
        let age = self.age_on(day);
        age.in_days >= 0
            && self.ended.is_none_or(|ended| day <= ended)
            && (self.ended.is_some() || age.weeks() < LONGEST_WEEKS)
    }

    pub fn fetuses(&self) -> Option<u8> {
        self.told.iter().rev().find_map(|told| told.what.fetuses)
    }

    pub fn gravida(&self) -> Option<u8> {
        self.told.iter().rev().find_map(|told| told.what.gravida)
    }

    pub fn para(&self) -> Option<Para> {
        self.told.iter().rev().find_map(|told| told.what.para)
    }

    /// Something told on a day is told of this one.
    pub(crate) fn is_told_by(&self, noted: &PregnancyNoted) -> bool {
        let apart = days_between(self.expected(), noted.expected).abs();
        self.ended.is_none() && apart <= SAME_DAYS
    }
}

impl Person {
    /// The pregnancy she carried on a day.
    pub fn pregnancy_on(&self, day: Date) -> Option<&Pregnancy> {
        self.pregnancies.iter().rev().find(|pregnancy| pregnancy.holds_on(day))
    }

    /// Deliveries, each with the day from which weeks of its pregnancy were counted.
    pub fn dated_deliveries(&self) -> BTreeSet<(Date, Option<Date>)> {
        let dated = |on: &Date| (*on, self.pregnancy_of(*on).map(Pregnancy::begins));
        self.deliveries.iter().map(dated).collect()
    }

    /// The pregnancy a delivery ended.
    pub fn pregnancy_of(&self, delivery: Date) -> Option<&Pregnancy> {
        let ended =
            |p: &&Pregnancy| p.ended.is_some_and(|on| self.delivery_near(on) == Some(delivery));
        self.pregnancies.iter().rev().find(ended)
    }
}

/// The expected date of delivery as counted from the first day of the last period.
pub fn by_last_period(first: Date) -> Date {
    add_days(first, TERM_DAYS)
}

/// As counted from what an ultrasound found.
pub fn by_scan(scan: &Scan) -> Date {
    let age = i32::from(scan.weeks) * 7 + i32::from(scan.days);
    add_days(scan.on, TERM_DAYS - age)
}

/// As counted from an embryo transfer.
pub fn by_transfer(transfer: &EmbryoTransfer) -> Date {
    add_days(transfer.on, FROM_FERTILISATION_DAYS - i32::from(transfer.embryo_days))
}

/// An expected date that somebody else found, with nothing to count it from.
const fn is_stated(told: &PregnancyNoted) -> bool {
    matches!(told.basis, DueDateBasis::Ultrasound | DueDateBasis::Stated)
        && told.scan.is_none()
        && told.transfer.is_none()
}

/// The expected date of delivery by everything told so far and what is told now.
pub fn date(
    rule: Option<&Dating>,
    known: &[&PregnancyNoted],
    now: &PregnancyNoted,
) -> (Date, DueDateBasis) {
    let all = || std::iter::once(now).chain(known.iter().rev().copied());
    if let Some(transfer) = all().find_map(|told| told.transfer.as_ref()) {
        return (by_transfer(transfer), DueDateBasis::Transfer);
    }
    if is_stated(now) {
        return (now.expected, now.basis);
    }
    let period = all().find_map(|told| told.last_period).map(by_last_period);
    let counted = period.map(|expected| (expected, DueDateBasis::LastPeriod));
    let stated = || all().find(|told| is_stated(told)).map(|told| (told.expected, told.basis));
    // An earlier look dates better than a later one.
    let scan = all().filter_map(|told| told.scan.as_ref()).min_by_key(|scan| scan.on);
    match (counted.or_else(stated), scan) {
        (Some((expected, basis)), Some(scan)) => {
            let found = by_scan(scan);
            let age = days_between(add_days(expected, -TERM_DAYS), scan.on);
            let may_differ = rule.map_or(0, |rule| rule.may_differ(age));
            if days_between(expected, found).abs() > may_differ {
                (found, DueDateBasis::Ultrasound)
            } else {
                (expected, basis)
            }
        }
        (Some(known), None) => known,
        (None, Some(scan)) => (by_scan(scan), DueDateBasis::Ultrasound),
        (None, None) => (now.expected, now.basis),
    }
}
