//! Where a number will stand at the end of the year, by a rule that can be read and checked by hand.
//!
//! ```text
//! a state on a day, or counted since January ─► the straight line through the last months, extended
//! events that add up over the year          ─► so much until today, so much more in the days that are left
//! a ratio among events                      ─► as it was from January until today
//! ```

use tram_defs::indicator::{Indicator, Timing, Unit};
use tram_kernel::Period;

/// Months the line is drawn through, at most and at least.
const MOST: usize = 6;
const LEAST: usize = 3;
/// Part of the year, in thousandths, that must have passed before what adds up is extended.
const LEAST_PACE: i64 = 250;

/// By which rule a forecast was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Line,
    Pace,
    Steady,
}

impl Rule {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Pace => "pace",
            Self::Steady => "steady",
        }
    }

    pub fn of(indicator: &Indicator) -> Self {
        match indicator.timing() {
            Timing::Day | Timing::Year => Self::Line,
            Timing::Period if indicator.accumulates() => Self::Pace,
            Timing::Period => Self::Steady,
        }
    }
}

/// A value at the end of a period with what it was made from. Values in thousandths of the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    pub value: i64,
    pub rule: Rule,
    /// The months of the line, oldest first; for the other rules none.
    pub from: Vec<(Period, i64)>,
}

/// What is known of a number on the way through a year.
#[derive(Debug, Clone, Copy)]
pub struct SoFar<'a> {
    /// Values of complete months, oldest first, with gaps left out.
    pub months: &'a [(Period, i64)],
    /// The value of the year until today.
    pub actual: Option<i64>,
    /// Part of the year that has passed, in thousandths.
    pub pace: i64,
    /// The month at whose end the target is due.
    pub last: Period,
}

/// `None` when there is not enough to go by, or nothing left to wait for.
pub fn forecast(indicator: &Indicator, so_far: SoFar<'_>) -> Option<Forecast> {
    let rule = Rule::of(indicator);
    if so_far.pace >= 1000 {
        return None;
    }
    match rule {
        Rule::Line => {
            let mut months: Vec<(Period, i64)> = so_far.months.to_vec();
            if indicator.timing() == Timing::Year {
                months.retain(|(month, _)| month.year() == so_far.last.year());
            }
            let from = months.split_off(months.len().saturating_sub(MOST));
            if from.len() < LEAST {
                return None;
            }
            let value = extended(&from, so_far.last)?;
            let is_part = indicator.unit == Unit::Percent && indicator.timing() == Timing::Day;
            let value = if is_part { value.clamp(0, 100_000) } else { value.max(0) };
            Some(Forecast { value, rule, from })
        }
        Rule::Pace if so_far.pace >= LEAST_PACE => {
            let value = so_far.actual? * 1000 / so_far.pace;
            Some(Forecast { value, rule, from: Vec::new() })
        }
        Rule::Steady if so_far.pace >= LEAST_PACE => {
            Some(Forecast { value: so_far.actual?, rule, from: Vec::new() })
        }
        Rule::Pace | Rule::Steady => None,
    }
}

fn months_of(period: Period) -> i64 {
    i64::from(period.last().year()) * 12 + i64::from(period.last().month())
}

/// The line of least squares through the months, at the end of `last`; rounded half up.
fn extended(from: &[(Period, i64)], last: Period) -> Option<i64> {
    let first = months_of(from.first()?.0);
    let n = from.len() as i128;
    let points = || from.iter().map(|(p, v)| (i128::from(months_of(*p) - first), i128::from(*v)));
    let (sx, sy) = points().fold((0, 0), |(x, y), (px, py)| (x + px, y + py));
    let (sxx, sxy) = points().fold((0, 0), |(a, b), (x, y)| (a + x * x, b + x * y));
    let below = n * sxx - sx * sx;
    if below == 0 {
        return None;
    }
    // value(x) = (sy + slope * (n·x − sx)) / n, with slope = (n·sxy − sx·sy) / below.
    let x = i128::from(months_of(last) - first);
    let above = sy * below + (n * sxy - sx * sy) * (n * x - sx);
    let whole = n * below;
    i64::try_from((2 * above + whole).div_euclid(2 * whole)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Period {
        text.parse().expect("a period")
    }

    fn shipped(code: &str) -> Indicator {
        let texts = [
            include_str!("../../../../definitions/indicators/population.toml"),
            include_str!("../../../../definitions/indicators/vital.toml"),
            include_str!("../../../../definitions/indicators/immunisation.toml"),
        ];
        let known = tram_defs::indicator::Known::default();
        let mut codes = tram_defs::finding::Codes::default();
        let all = texts.iter().flat_map(|text| {
            tram_defs::indicator::read_indicators("x.toml", text, known, &mut codes).expect("right")
        });
        all.into_iter().find(|i| i.code == code).expect("shipped")
    }

    fn ahead(code: &str, months: &[(&str, i64)], actual: Option<i64>, pace: i64) -> Option<i64> {
        let months: Vec<(Period, i64)> = months.iter().map(|(p, v)| (month(p), *v)).collect();
        let last = month("2026-12");
        forecast(&shipped(code), SoFar { months: &months, actual, pace, last }).map(|f| f.value)
    }

    #[test]
    fn a_state_goes_on_along_its_line() {
        let months = [("2026-01", 80_000), ("2026-02", 81_000), ("2026-03", 82_000)];
        assert_eq!(ahead("BHYT", &months, Some(82_000), 250), Some(91_000));
        // A gap in the months does not bend the line.
        let gap = [("2026-01", 80_000), ("2026-03", 82_000), ("2026-04", 83_000)];
        assert_eq!(ahead("BHYT", &gap, None, 330), Some(91_000));
        // A share of people is never more than all of them.
        let steep = [("2026-01", 80_000), ("2026-02", 85_000), ("2026-03", 90_000)];
        assert_eq!(ahead("BHYT", &steep, None, 250), Some(100_000));
        assert_eq!(ahead("BHYT", &months[..2], Some(81_000), 160), None);
        assert_eq!(ahead("BHYT", &months, Some(82_000), 1000), None);
    }

    #[test]
    fn only_the_last_six_months_draw_the_line() {
        let mut months = vec![("2025-01", 0)];
        let later = ["2025-10", "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"];
        months.extend(later.map(|month| (month, 70_000)));
        assert_eq!(ahead("BHYT", &months, None, 250), Some(70_000));
        // What is counted since January begins anew each year.
        assert_eq!(ahead("TCDD", &months, None, 250), Some(70_000));
        assert_eq!(ahead("TCDD", &months[..5], None, 250), None);
    }

    #[test]
    fn what_adds_up_is_extended_and_a_ratio_of_events_stays() {
        assert_eq!(ahead("CBR", &[], Some(8_000), 500), Some(16_000));
        assert_eq!(ahead("CBR", &[], Some(8_000), 200), None);
        assert_eq!(ahead("SINH3", &[], Some(12_500), 500), Some(12_500));
        assert_eq!(ahead("SINH3", &[], None, 500), None);
    }
}
