//! Steps of a trajectory and inner thresholds as they are typed and shown.

use tram_domain::fact::{Comparator, EachUnit, TargetStep};
use tram_kernel::number::{show_thousandths, thousandths};
use tram_kernel::{Message, Period};

/// Signs as they may be typed; the first of a comparator is the one shown.
const SIGNS: [(&str, Comparator); 6] = [
    ("≥", Comparator::AtLeast),
    (">=", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    ("<=", Comparator::AtMost),
    (">", Comparator::MoreThan),
    ("<", Comparator::LessThan),
];

/// `2026-Q1: 80; 2026-Q2: 85`.
pub fn show(steps: &[TargetStep]) -> String {
    let one = |step: &TargetStep| format!("{}: {}", step.period, show_thousandths(step.value));
    steps.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Reads steps in any order; they are kept in the order of their ends.
pub fn read(typed: &str) -> Result<Vec<TargetStep>, Message> {
    let mut steps: Vec<(Period, i64)> = Vec::new();
    for part in typed.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let bad = || Message::new("target-bad-step").with("typed", part);
        let (period, value) = part.split_once([':', '=']).ok_or_else(bad)?;
        let period: Period = period.trim().parse().map_err(|_| bad())?;
        let value = thousandths(value.trim()).ok_or_else(bad)?;
        if steps.iter().any(|(known, _)| *known == period) {
            return Err(bad());
        }
        steps.push((period, value));
    }
    steps.sort_by_key(|(period, _)| (period.last(), period.first()));
    let step = |(period, value): (Period, i64)| TargetStep { period: period.to_string(), value };
    Ok(steps.into_iter().map(step).collect())
}

/// `≥ 70`.
pub fn show_each(each: &EachUnit) -> String {
    let found = SIGNS.iter().find(|(_, comparator)| *comparator == each.comparator);
    let sign = found.map_or("≥", |(sign, _)| sign);
    format!("{sign} {}", show_thousandths(each.value))
}

/// `≥ 70`, `> 50`, `70`: without a sign it is a floor.
pub fn read_each(typed: &str) -> Result<Option<EachUnit>, Message> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let found = SIGNS.iter().find_map(|(sign, c)| Some((text.strip_prefix(sign)?, *c)));
    let (number, comparator) = found.unwrap_or((text, Comparator::AtLeast));
    let value = thousandths(number.trim())
        .ok_or_else(|| Message::new("target-bad-each").with("typed", text))?;
    Ok(Some(EachUnit { comparator, value }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_in_order_and_shown_again() {
        let steps = read("2026-Q2: 85,5; 2026-Q1 = 80;").expect("right");
        assert_eq!(show(&steps), "2026-Q1: 80; 2026-Q2: 85,5");
        assert_eq!(read(""), Ok(vec![]));
        for typed in ["2026-Q5: 80", "2026-Q1", "2026-Q1: x", "2026: 1; 2026: 2"] {
            assert_eq!(read(typed).map_err(|m| m.code), Err("target-bad-step"), "{typed}");
        }
    }

    #[test]
    fn a_threshold_is_a_floor_unless_it_has_another_sign() {
        for (typed, shown) in [("70", "≥ 70"), (">= 70,5", "≥ 70,5"), ("<5", "< 5"), ("≤ 5", "≤ 5")]
        {
            let each = read_each(typed).expect("right").expect("given");
            assert_eq!(show_each(&each), shown);
        }
        assert_eq!(read_each(" "), Ok(None));
        assert_eq!(read_each("nhiều").map_err(|m| m.code), Err("target-bad-each"));
    }
}
