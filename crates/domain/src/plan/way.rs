//! The way to a target: what is due by now, how many are still lacking, and targets about units that
//! each reach something.

use crate::fact::{Comparator, EachUnit, TargetSet, TargetStep};
use tram_defs::indicator::{Indicator, Unmet};
use tram_kernel::{Date, Period, Share};

/// The step of a trajectory that is due on a day: that of the shortest period the day lies in, or the last
/// one that is over. `None` before the first and without a trajectory.
pub fn step_due(target: &TargetSet, on: Date) -> Option<(Period, i64)> {
    let read = |step: &TargetStep| Some((step.period.parse::<Period>().ok()?, step.value));
    let steps: Vec<(Period, i64)> = target.trajectory.iter().flatten().filter_map(read).collect();
    let running = steps.iter().filter(|(period, _)| period.contains(on));
    let running = running.min_by_key(|(period, _)| period.length().months());
    let over = steps.iter().filter(|(period, _)| period.last() < on);
    running.or_else(|| over.max_by_key(|(period, _)| period.last())).copied()
}

/// Units of a nested target: how many reach the inner threshold, of how many that have numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Nested {
    pub reach: usize,
    pub of: usize,
}

impl Nested {
    /// Percent in thousandths; `None` when no unit has numbers.
    pub fn thousandths(self) -> Option<i64> {
        Share::new(self.reach as i64, self.of as i64).thousandths(100)
    }
}

pub const fn is_reached(each: &EachUnit, value: i64) -> bool {
    match each.comparator {
        Comparator::MoreThan => value > each.value,
        Comparator::AtMost => value <= each.value,
        Comparator::LessThan => value < each.value,
        _ => value >= each.value,
    }
}

/// Holds the value of each unit against the inner threshold; a unit where nobody was counted is left out.
pub fn nested(each: &EachUnit, values: impl Iterator<Item = Option<i64>>) -> Nested {
    values.flatten().fold(Nested { reach: 0, of: 0 }, |sum, value| Nested {
        reach: sum.reach + usize::from(is_reached(each, value)),
        of: sum.of + 1,
    })
}

/// How many people more a floor needs, or how many too many stand above a ceiling. `goal` is the target in
/// thousandths of the unit of the indicator. `None` when it is reached, or does not speak of people.
pub fn lacking(indicator: &Indicator, share: Share, goal: i64) -> Option<i64> {
    let unmet = indicator.unmet()?;
    // numerator / denominator × scale × 1,000 against goal.
    let scale = i128::from(indicator.unit.scale()) * 1000;
    let wanted = i128::from(goal) * i128::from(share.denominator);
    let missing = match unmet {
        Unmet::Missing => {
            let needed = (wanted + scale - 1).div_euclid(scale);
            needed - i128::from(share.numerator)
        }
        Unmet::Counted => i128::from(share.numerator) - wanted.div_euclid(scale),
    };
    i64::try_from(missing).ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_defs::finding::Codes;
    use tram_defs::indicator::{Known, read_indicators};

    fn target(steps: &[(&str, i64)]) -> TargetSet {
        let step = |(period, value): &(&str, i64)| TargetStep {
            period: (*period).to_owned(),
            value: *value,
        };
        TargetSet {
            row: 1,
            group: None,
            name: "x".into(),
            indicator: None,
            unit: "percent".into(),
            comparator: Comparator::AtLeast,
            value: Some(100_000),
            value2: None,
            baseline: None,
            baseline_year: None,
            soft: false,
            line: None,
            note: None,
            correction: None,
            trajectory: Some(steps.iter().map(step).collect()),
            each: None,
        }
    }

    #[test]
    fn the_step_of_the_day_is_found() {
        let row = target(&[("2026-Q1", 70), ("2026-Q2", 80), ("2026", 90), ("2027", 95)]);
        for (on, expected) in [
            ("2025-12-31", None),
            ("2026-02-01", Some(("2026-Q1", 70))),
            ("2026-06-30", Some(("2026-Q2", 80))),
            ("2026-08-01", Some(("2026", 90))),
            ("2028-01-01", Some(("2027", 95))),
        ] {
            let due = step_due(&row, on.parse().expect("a date"));
            let expected = expected.map(|(p, v): (&str, i64)| (p.parse().expect("a period"), v));
            assert_eq!(due, expected, "{on}");
        }
    }

    #[test]
    fn units_that_reach_the_threshold_are_counted_of_those_with_numbers() {
        let each = EachUnit { comparator: Comparator::AtLeast, value: 70_000 };
        let units = [Some(70_000), Some(69_999), None, Some(95_000)];
        let found = nested(&each, units.into_iter());
        assert_eq!((found, found.thousandths()), (Nested { reach: 2, of: 3 }, Some(66_667)));
        assert_eq!(nested(&each, std::iter::empty()).thousandths(), None);
    }

    #[test]
    fn the_people_behind_a_gap_are_counted() {
        let mut codes = Codes::default();
        let known = Known::default();
        let text = include_str!("../../../../definitions/indicators/population.toml");
        let mut all = read_indicators("a.toml", text, known, &mut codes).expect("right");
        let text = include_str!("../../../../definitions/indicators/vital.toml");
        all.extend(read_indicators("b.toml", text, known, &mut codes).expect("right"));
        let find = |code: &str| all.iter().find(|i| i.code == code).expect("shipped");
        // 95 % of 101 people are 95,95: ninety-six.
        for (code, n, of, goal, expected) in [
            ("BHYT", 90, 101, 95_000, Some(6)),
            ("BHYT", 96, 101, 95_000, None),
            ("SINH3", 12, 100, 10_000, Some(2)),
            ("SINH3", 10, 100, 10_000, None),
            ("RNI", 1, 100, 95_000, None),
            ("CBR", 1, 100, 95_000, None),
        ] {
            assert_eq!(lacking(find(code), Share::new(n, of), goal), expected, "{code} {n}/{of}");
        }
    }
}
