//! Measures worked out from others. One function a word of `tram_defs::form::Derivation`.

use super::{Asked, holds};
use crate::fact::Value;
use crate::growth::{Child, Position};
use tram_defs::Definitions;
use tram_defs::form::{Derivation, Derive};

/// The value, or `None` while something it needs is not known.
pub fn work_out(defs: &Definitions, derive: &Derive, asked: &Asked<'_>) -> Option<Value> {
    if derive.unless.iter().any(|condition| holds(condition, asked)) {
        return None;
    }
    match derive.by {
        Derivation::Bmi => {}
        Derivation::Gestation => {
            let age = asked.person.pregnancy_on(asked.on)?.age_on(asked.on);
            return Some(Value::Number(i64::from(age.weeks()) * 1000));
        }
        Derivation::Difference => return difference(asked, derive).map(Value::Number),
        _ => return grown(defs, derive, asked).map(Value::Number),
    }
    let number = |at: usize| match known(asked, derive.of.get(at)?)? {
        Value::Number(n) => Some(n),
        _ => None,
    };
    bmi(number(0)?, number(1)?).map(Value::Number)
}

/// A z-score, from what was measured on the day alone: a child of last month was another.
fn grown(defs: &Definitions, derive: &Derive, asked: &Asked<'_>) -> Option<i64> {
    let number = |at: usize| match asked.value(derive.of.get(at)?)? {
        Value::Number(n) => Some(n),
        _ => None,
    };
    let taken = derive.of.get(derive.by.wants()).and_then(|word| match asked.value(word)? {
        Value::Code(code) => Position::from_code(&code),
        _ => None,
    });
    let child = Child::of(defs.growth.standards(), asked.person, asked.on)?;
    match derive.by {
        Derivation::Bmi | Derivation::Gestation | Derivation::Difference => None,
        Derivation::WeightForAge => child.weight_for_age(number(0)?),
        Derivation::HeightForAge => child.height_for_age(number(0)?, taken),
        Derivation::WeightForHeight => child.weight_for_height(number(0)?, number(1)?, taken),
        Derivation::BmiForAge => child.bmi_for_age(number(0)?, number(1)?, taken),
        Derivation::HeadForAge => child.head_for_age(number(0)?),
    }
}

/// The answer of this entry, else the last one before: a grown person is not measured at every visit.
fn known(asked: &Asked<'_>, word: &str) -> Option<Value> {
    asked.value(word).or_else(|| (asked.earlier)(word))
}

/// Both numbers are of this entry: what was measured another time is compared with nothing.
fn difference(asked: &Asked<'_>, derive: &Derive) -> Option<i64> {
    let number = |at: usize| match asked.value(derive.of.get(at)?)? {
        Value::Number(n) => Some(n),
        _ => None,
    };
    Some(number(0)? - number(1)?)
}

/// Kilograms over metres squared, from kilograms and centimetres in thousandths; in thousandths, so that
/// classes are judged before it is rounded for the eye.
fn bmi(kilograms: i64, centimetres: i64) -> Option<i64> {
    if centimetres <= 0 || kilograms <= 0 {
        return None;
    }
    // (k ÷ 1000) ÷ (c ÷ 100 000)² × 1000, rounded half up.
    let (k, c) = (i128::from(kilograms), i128::from(centimetres));
    let doubled = k * 20_000_000_000 / (c * c);
    i64::try_from((doubled + 1) / 2).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_mass_index_is_not_rounded_before_it_is_judged() {
        for (kilograms, centimetres, index) in [
            (52_500, 150_000, Some(23_333)),
            (70_000, 175_000, Some(22_857)),
            (3_250, 50_000, Some(13_000)),
            // Not yet 25, although it is shown as 25,0.
            (68_000, 165_000, Some(24_977)),
            (61_000, 0, None),
        ] {
            assert_eq!(bmi(kilograms, centimetres), index, "{kilograms} {centimetres}");
        }
    }
}
