//! What children of the demo weigh and measure: along the lines of the growth standards, each child on its
//! own. Sums and products only, as everywhere in the demo, so that every machine tells the same.

use super::calendar::Day;
use serde::Deserialize;
use tram_defs::growth::{Lms, Standard, Standards};
use tram_kernel::Sex;

/// From this day of age on people are grown up: 18 years.
const GROWN_UP: i32 = 6574;
/// The last day of the tables by day.
const LAST_DAY: i32 = 1856;

/// How far children are from the median, in standard deviations.
#[derive(Deserialize)]
pub(super) struct Children {
    pub height: Spread,
    pub weight: Spread,
    pub head: Spread,
}

#[derive(Deserialize)]
pub(super) struct Spread {
    pub mean: f64,
    pub sd: f64,
    /// How much changes from one time to the next.
    pub moves: f64,
}

/// Whose body it is.
pub(super) struct Body {
    pub sex: Sex,
    pub born: Day,
}

/// The value so many deviations from the median, near enough for a story.
fn along(lms: Lms, z: f64) -> f64 {
    lms.m * (1.0 + lms.s * z)
}

impl Body {
    pub fn is_child(&self, on: Day) -> bool {
        (0..GROWN_UP).contains(&(on - self.born))
    }

    fn at(
        &self,
        standards: &Standards,
        on: Day,
        by_day: Standard,
        by_month: Standard,
    ) -> Option<Lms> {
        let days = on - self.born;
        if days <= LAST_DAY {
            return standards.at(by_day, self.sex, days);
        }
        standards.at(by_month, self.sex, days * 10_000 / 304_375)
    }

    /// Centimetres.
    pub fn height(&self, standards: &Standards, on: Day, z: f64) -> Option<f64> {
        Some(along(self.at(standards, on, Standard::HeightAge, Standard::HeightMonth)?, z))
    }

    /// Kilograms of a child of this length.
    pub fn weight(&self, standards: &Standards, on: Day, centimetres: f64, z: f64) -> Option<f64> {
        let bmi = along(self.at(standards, on, Standard::BmiAge, Standard::BmiMonth)?, z);
        Some(bmi * centimetres * centimetres / 10_000.0)
    }

    /// Centimetres.
    pub fn head(&self, standards: &Standards, on: Day, z: f64) -> Option<f64> {
        Some(along(standards.at(Standard::HeadAge, self.sex, on - self.born)?, z))
    }
}
