//! Pregnancies and deliveries on the record of a woman.

use super::{On, Person};
use crate::fact::PregnancyNoted;
use crate::pregnancy::Pregnancy;
use tram_kernel::Date;
use tram_kernel::day::add_days;

/// Nobody gives birth twice within this many days; children of one birth may come days apart.
const SAME_DELIVERY_DAYS: i32 = 60;

impl Person {
    /// More of the pregnancy she carries, or a new one.
    pub(super) fn pregnancy_told(&mut self, told: On<PregnancyNoted>) {
        let known = self.pregnancies.iter_mut().rev().find(|p| p.is_told_by(&told.what));
        match known {
            Some(known) => known.told.push(told),
            None => self.pregnancies.push(Pregnancy::of(told)),
        }
    }

    /// Twins, and the same birth told twice, are one delivery: its first day.
    pub(super) fn delivered(&mut self, day: Date) {
        match self.delivery_near(day) {
            Some(known) if known <= day => {}
            known => {
                known.inspect(|later| {
                    self.deliveries.remove(later);
                });
                self.deliveries.insert(day);
            }
        }
    }

    /// A delivery on that day, or so near to it that it must be the same.
    pub fn delivery_near(&self, day: Date) -> Option<Date> {
        let near = add_days(day, -SAME_DELIVERY_DAYS)..=add_days(day, SAME_DELIVERY_DAYS);
        self.deliveries.range(near).next().copied()
    }

    /// The pregnancy that is not over.
    pub fn open_pregnancy(&self) -> Option<&Pregnancy> {
        self.pregnancies.iter().rev().find(|pregnancy| pregnancy.ended.is_none())
    }
}
