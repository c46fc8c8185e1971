//! Growth of children: z-scores by the standards of the World Health Organization.
//!
//! ```text
//! born, sex, day, kg, cm, lying or standing ─► L, M, S of that age or length ─► z, two decimals
//! ```
//!
//! Rules of WHO Anthro (0-5 years, by day) and AnthroPlus (5-19 years, by month): a length is taken lying
//! below 731 days and standing from then on, 0,7 cm between the two; beyond ±3 a z-score of weight goes on in
//! steps of the last standard deviation; scores are rounded to two decimals before they are judged.

mod curve;
mod record;
mod score;

pub use curve::{Axis, Curves, SCORES, curves};
pub use record::{Weighing, weighings};
pub use score::{score, value_at};

use crate::person::Person;
use score::{mixed, rounded};
use tram_defs::growth::{Lms, Standard, Standards};
use tram_kernel::day::days_between;
use tram_kernel::{Date, Sex};

/// From this day of age on a child is measured standing.
pub const STANDS_FROM: i32 = 731;
/// A child is so much longer lying than standing, in thousandths of a centimetre.
const LYING_ADDS: i64 = 700;
/// The last day of the tables by day; after it those by month.
const LAST_DAY: i32 = 1856;
const DAYS_OF_MONTH: f64 = 30.4375;

/// How a length was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    Lying,
    Standing,
}

impl Position {
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "lying" => Some(Self::Lying),
            "standing" => Some(Self::Standing),
            _ => None,
        }
    }
}

/// A child on the day of a measurement.
#[derive(Debug, Clone, Copy)]
pub struct Child<'s> {
    pub standards: &'s Standards,
    pub sex: Sex,
    /// Days since birth.
    pub days: i32,
}

/// Numbers go in as they are kept, in thousandths of a kilogram or centimetre; a z-score comes out in
/// thousandths. `None` where the tables do not reach.
impl<'s> Child<'s> {
    /// `None` when the day of birth is not known, or has not come.
    pub fn of(standards: &'s Standards, person: &Person, on: Date) -> Option<Self> {
        let days = days_between(person.born.shown().date.day()?, on);
        (days >= 0).then_some(Self { standards, sex: *person.sex.shown(), days })
    }

    pub fn weight_for_age(&self, kilograms: i64) -> Option<i64> {
        let lms = self.by_age(Standard::WeightAge, Standard::WeightMonth)?;
        rounded(score(lms, kilograms as f64 / 1e3, true)?)
    }

    pub fn height_for_age(&self, centimetres: i64, taken: Option<Position>) -> Option<i64> {
        let lms = self.by_age(Standard::HeightAge, Standard::HeightMonth)?;
        rounded(score(lms, self.length(centimetres, taken) as f64 / 1e3, false)?)
    }

    /// Up to five years.
    pub fn weight_for_height(
        &self,
        kilograms: i64,
        centimetres: i64,
        taken: Option<Position>,
    ) -> Option<i64> {
        if self.days > LAST_DAY {
            return None;
        }
        let lies = self.days < STANDS_FROM;
        let standard = if lies { Standard::WeightLength } else { Standard::WeightHeight };
        // A table of millimetres.
        let length = self.length(centimetres, taken);
        let at = |key| self.standards.at(standard, self.sex, key);
        let lms = mixed(i32::try_from(length / 100).ok()?, (length % 100) as f64 / 1e2, at)?;
        rounded(score(lms, kilograms as f64 / 1e3, true)?)
    }

    pub fn bmi_for_age(
        &self,
        kilograms: i64,
        centimetres: i64,
        taken: Option<Position>,
    ) -> Option<i64> {
        let metres = self.length(centimetres, taken) as f64 / 1e5;
        if metres <= 0.0 {
            return None;
        }
        let lms = self.by_age(Standard::BmiAge, Standard::BmiMonth)?;
        rounded(score(lms, kilograms as f64 / 1e3 / (metres * metres), true)?)
    }

    /// Up to five years.
    pub fn head_for_age(&self, centimetres: i64) -> Option<i64> {
        let lms = self.standards.at(Standard::HeadAge, self.sex, self.days)?;
        rounded(score(lms, centimetres as f64 / 1e3, false)?)
    }

    /// The length as the tables of this age want it. Taken as it should be when nobody says.
    pub fn length(&self, centimetres: i64, taken: Option<Position>) -> i64 {
        match (taken, self.days < STANDS_FROM) {
            (Some(Position::Standing), true) => centimetres + LYING_ADDS,
            (Some(Position::Lying), false) if self.days <= LAST_DAY => centimetres - LYING_ADDS,
            _ => centimetres,
        }
    }

    fn by_age(&self, by_day: Standard, by_month: Standard) -> Option<Lms> {
        if self.days <= LAST_DAY {
            return self.standards.at(by_day, self.sex, self.days);
        }
        let months = f64::from(self.days) / DAYS_OF_MONTH;
        let at = |key| self.standards.at(by_month, self.sex, key);
        mixed(months as i32, months.fract(), at)
    }
}
