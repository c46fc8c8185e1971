//! One target: is it met, how far is it, and does the number in the plan make sense at all.

use crate::fact::{Comparator, TargetSet};
use tram_defs::indicator::{Direction, Indicator, Unit};
use tram_kernel::Message;

/// How an actual value stands against a target. Values in thousandths of the unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assessment {
    Met,
    /// Not met, within a tenth of the way from the baseline or of the value.
    Near,
    NotMet,
    /// The year is not over, and what has added up so far suffices for the time that has passed.
    OnPace,
    /// The year is not over, and what has added up so far does not.
    Behind,
    /// No number answers this target (yet). Not zero.
    NoData,
}

impl Assessment {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Near => "near",
            Self::NotMet => "not_met",
            Self::OnPace => "on_pace",
            Self::Behind => "behind",
            Self::NoData => "no_data",
        }
    }
}

impl Assessment {
    /// The same for a number that adds up over the year, when `pace` thousandths of it have passed: a
    /// floor not yet reached is on its way or behind, and only the end of the year makes it missed.
    pub fn while_running(self, target: &TargetSet, actual: Option<i64>, pace: i64) -> Self {
        let floor = matches!(
            target.comparator,
            Comparator::AtLeast | Comparator::MoreThan | Comparator::Equal | Comparator::Between
        );
        let (Some(actual), Some(value)) = (actual, target.value) else { return self };
        let open = matches!(self, Self::Near | Self::NotMet) && floor && actual < value;
        if !open || !(1..1000).contains(&pace) {
            return self;
        }
        if actual * 1000 >= value * pace { Self::OnPace } else { Self::Behind }
    }
}

/// What a target row says that a person should look at before adopting it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TargetWarning {
    /// About ten times the last value: ‰ written where % is meant, or the reverse.
    UnitSlip,
    /// A ceiling above the last value of something that should fall.
    WorseThanActual,
    /// A floor below the last value of something that should rise.
    BelowActual,
}

impl TargetWarning {
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnitSlip => "warn-target-unit-slip",
            Self::WorseThanActual => "warn-target-worse-than-actual",
            Self::BelowActual => "warn-target-below-actual",
        }
    }

    pub fn message(self, target: &TargetSet) -> Message {
        let mut message = Message::new(self.code());
        if let (Some(value), Some(baseline)) = (target.value, target.baseline) {
            message = message
                .with("value", tram_kernel::number::show_thousandths(value))
                .with("baseline", tram_kernel::number::show_thousandths(baseline));
        }
        message
    }
}

/// Which way is good for a target: its indicator knows, also when the sign was left as it stood;
/// without one, a ceiling says "lower" and a floor "higher".
fn direction(target: &TargetSet, indicator: Option<&Indicator>) -> Option<Direction> {
    match (indicator.map(|i| i.direction), target.comparator) {
        (Some(known @ (Direction::Lower | Direction::Higher)), _) => Some(known),
        (_, Comparator::AtMost | Comparator::LessThan) => Some(Direction::Lower),
        (_, Comparator::AtLeast | Comparator::MoreThan) => Some(Direction::Higher),
        (known, _) => known,
    }
}

/// Looks at a row as typed. A confirmed correction of the unit silences the slip.
pub fn check_target(target: &TargetSet, indicator: Option<&Indicator>) -> Vec<TargetWarning> {
    let (Some(value), Some(baseline)) = (target.value, target.baseline) else { return Vec::new() };
    if baseline == 0 {
        return Vec::new();
    }
    let mut warnings = Vec::new();
    let (size, before) = (value.abs(), baseline.abs());
    let slipped = value != 0 && (size > 5 * before || 5 * size < before);
    if slipped && target.correction.is_none() {
        warnings.push(TargetWarning::UnitSlip);
    }
    if slipped {
        return warnings;
    }
    match direction(target, indicator) {
        Some(Direction::Lower) if value > baseline => warnings.push(TargetWarning::WorseThanActual),
        Some(Direction::Higher) if value < baseline => warnings.push(TargetWarning::BelowActual),
        _ => {}
    }
    warnings
}

/// Holds an actual value against a target.
///
/// `actual` is in thousandths of the unit of the target. "=" in a plan is a goal: it is met by
/// anything at least as good when the indicator has a direction.
pub fn assess(
    target: &TargetSet,
    indicator: Option<&Indicator>,
    actual: Option<i64>,
) -> Assessment {
    let Some(actual) = actual else { return Assessment::NoData };
    let written = match target.comparator {
        // Reached is 1; what must not happen, happens 0 times.
        Comparator::Milestone => Some(1000),
        Comparator::NoEvent => Some(0),
        _ => target.value.or(target.baseline),
    };
    let Some(value) = written else { return Assessment::NoData };
    let goal = match (target.comparator, direction(target, indicator)) {
        (Comparator::Equal, Some(Direction::Higher)) => Comparator::AtLeast,
        (Comparator::Equal, Some(Direction::Lower)) => Comparator::AtMost,
        (Comparator::Maintain, Some(Direction::Lower)) => Comparator::AtMost,
        (Comparator::Maintain, _) => Comparator::AtLeast,
        (other, _) => other,
    };
    let met = match goal {
        Comparator::AtLeast | Comparator::Milestone => actual >= value,
        Comparator::MoreThan => actual > value,
        Comparator::AtMost | Comparator::ChangePerYear => actual <= value,
        Comparator::LessThan => actual < value,
        Comparator::Equal | Comparator::Maintain => actual == value,
        Comparator::Between => (value..=target.value2.unwrap_or(value)).contains(&actual),
        Comparator::NoEvent => actual == 0,
    };
    if met {
        return Assessment::Met;
    }
    if matches!(goal, Comparator::Milestone | Comparator::NoEvent) {
        return Assessment::NotMet;
    }
    let room = (value.abs() / 20).max(1);
    if (actual - value).abs() <= room { Assessment::Near } else { Assessment::NotMet }
}

/// The share of the year that has passed, in thousandths; where a count should stand by now.
pub fn pace(year: i16, today: tram_kernel::Date) -> i64 {
    let first = tram_kernel::Date::new(year, 1, 1).expect("a year has a first day");
    let last = tram_kernel::Date::new(year, 12, 31).expect("a year has a last day");
    let total = i64::from(tram_kernel::day::days_between(first, last)) + 1;
    let passed = i64::from(tram_kernel::day::days_between(first, today.min(last))) + 1;
    (passed.max(0) * 1000) / total
}

/// The value of an indicator in the unit a target is written in. Percent and per mille differ by ten
/// and are told apart here, never silently.
pub fn in_unit_of(target_unit: &str, indicator: Unit, thousandths: i64) -> Option<i64> {
    match (target_unit, indicator) {
        (unit, own) if unit == own.code() => Some(thousandths),
        ("percent", Unit::PerMille) => Some(thousandths / 10),
        ("per_mille", Unit::Percent) => Some(thousandths * 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_kernel::number::thousandths;

    fn target(comparator: Comparator, baseline: &str, value: &str) -> TargetSet {
        TargetSet {
            row: 1,
            group: None,
            name: "x".into(),
            indicator: None,
            unit: "percent".into(),
            comparator,
            value: thousandths(value),
            value2: None,
            baseline: thousandths(baseline),
            baseline_year: Some(2019),
            soft: false,
            line: None,
            note: None,
            correction: None,
            trajectory: None,
            each: None,
        }
    }

    #[test]
    fn the_three_slips_of_the_tam_duong_table_are_found() {
        use Comparator::{AtLeast, AtMost, Equal, LessThan};
        for (comparator, baseline, value, expected) in [
            (Equal, "1,7", "16,5", vec![TargetWarning::UnitSlip]),
            (AtMost, "20,1", "29,26", vec![TargetWarning::WorseThanActual]),
            (AtLeast, "96,4", "95", vec![TargetWarning::BelowActual]),
            // Correct rows stay silent.
            (AtLeast, "94,4", "95", vec![]),
            (LessThan, "0", "80", vec![]),
            (LessThan, "22,4", "21,66", vec![]),
            (AtLeast, "92,85", "92,85", vec![]),
            (AtLeast, "17,3", "18,91", vec![]),
        ] {
            let row = target(comparator, baseline, value);
            assert_eq!(check_target(&row, None), expected, "{baseline} → {value}");
        }
    }

    #[test]
    fn an_indicator_that_should_fall_is_seen_to_rise_whatever_the_sign() {
        let text = include_str!("../../../../definitions/indicators/vital.toml");
        let shipped = {
            let mut codes = tram_defs::finding::Codes::default();
            let known = tram_defs::indicator::Known::default();
            tram_defs::indicator::read_indicators("vital.toml", text, known, &mut codes)
                .expect("right")
        };
        let deaths = shipped.iter().find(|indicator| indicator.code == "IMR");
        let row = target(Comparator::AtLeast, "20,1", "29,26");
        assert_eq!(check_target(&row, deaths), [TargetWarning::WorseThanActual]);
    }

    #[test]
    fn a_confirmed_unit_is_not_asked_again() {
        let mut row = target(Comparator::Equal, "1,7", "16,5");
        row.correction = Some("per_mille".into());
        assert_eq!(check_target(&row, None), []);
    }

    #[test]
    fn targets_are_held_against_what_is() {
        use Assessment::{Met, Near, NoData, NotMet};
        use Comparator::{AtLeast, Between, LessThan, Maintain, Milestone, MoreThan, NoEvent};
        for (comparator, value, actual, expected) in [
            (AtLeast, "95", Some("95"), Met),
            (MoreThan, "95", Some("95"), Near),
            (AtLeast, "95", Some("82"), NotMet),
            (LessThan, "21,66", Some("21,65"), Met),
            (LessThan, "21,66", Some("22,4"), Near),
            (Maintain, "100", Some("99,9"), Near),
            (AtLeast, "95", None, NoData),
            (Between, "9", Some("9,2"), Near),
            (Milestone, "5", Some("1"), Met),
            (Milestone, "0", Some("0"), NotMet),
            (NoEvent, "5", Some("0"), Met),
            (NoEvent, "5", Some("1"), NotMet),
        ] {
            let row = target(comparator, value, value);
            let actual = actual.and_then(thousandths);
            assert_eq!(assess(&row, None, actual), expected, "{comparator:?} {value} {actual:?}");
        }
        let mut range = target(Between, "9", "9");
        range.value2 = thousandths("10");
        assert_eq!(assess(&range, None, thousandths("9,5")), Met);
    }

    #[test]
    fn a_running_year_is_on_pace_or_behind() {
        use Assessment::{Behind, Met, NotMet, OnPace};
        use Comparator::{AtLeast, LessThan};
        for (comparator, value, actual, pace, expected) in [
            (AtLeast, "200", "100", 500, OnPace),
            (AtLeast, "200", "99", 500, Behind),
            (AtLeast, "200", "200", 500, Met),
            (AtLeast, "200", "100", 1000, NotMet),
            (LessThan, "20", "30", 500, NotMet),
        ] {
            let row = target(comparator, value, value);
            let actual = thousandths(actual);
            let now = assess(&row, None, actual).while_running(&row, actual, pace);
            assert_eq!(now, expected, "{comparator:?} {value} {actual:?}");
        }
    }

    #[test]
    fn per_mille_and_percent_are_told_apart() {
        assert_eq!(in_unit_of("per_mille", Unit::PerMille, 16_500), Some(16_500));
        assert_eq!(in_unit_of("percent", Unit::PerMille, 16_500), Some(1_650));
        assert_eq!(in_unit_of("per_10k", Unit::PerMille, 16_500), None);
    }

    #[test]
    fn the_year_passes_evenly() {
        let day = |text: &str| text.parse().expect("a date");
        assert_eq!(pace(2026, day("2026-12-31")), 1000);
        assert_eq!(pace(2026, day("2026-07-01")), 498);
        assert_eq!(pace(2026, day("2025-12-31")), 0);
    }
}
