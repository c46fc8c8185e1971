//! Measures worked out from others. One function a word of `tram_defs::form::Derivation`.

use super::Asked;
use crate::fact::Value;
use tram_defs::form::{Derivation, Derive};

/// The value, or `None` while something it needs is not known.
pub fn work_out(derive: &Derive, asked: &Asked<'_>) -> Option<Value> {
    let number = |at: usize| match known(asked, derive.of.get(at)?)? {
        Value::Number(n) => Some(n),
        _ => None,
    };
    match derive.by {
        Derivation::Bmi => bmi(number(0)?, number(1)?).map(Value::Number),
        Derivation::Gestation => {
            let age = asked.person.pregnancy_on(asked.on)?.age_on(asked.on);
            Some(Value::Number(i64::from(age.weeks()) * 1000))
        }
        Derivation::Difference => difference(asked, derive).map(Value::Number),
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
