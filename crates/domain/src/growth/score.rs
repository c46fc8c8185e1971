//! From a value to its z-score and back, by power, median and variation (LMS).

use tram_defs::growth::Lms;

/// Beyond this a score of weight is not worked out by the power.
const RESTRICTED: f64 = 3.0;

/// The z-score of a value. `restricted`: of a measure with weight, which beyond ±3 goes on in steps of the
/// distance between the second and the third standard deviation. `None` for a value of nothing.
pub fn score(lms: Lms, value: f64, restricted: bool) -> Option<f64> {
    if value <= 0.0 {
        return None;
    }
    let Lms { l, m, s } = lms;
    let plain = if l == 0.0 { (value / m).ln() / s } else { ((value / m).powf(l) - 1.0) / (l * s) };
    if !restricted || plain.abs() <= RESTRICTED {
        return Some(plain);
    }
    let end = RESTRICTED.copysign(plain);
    let (third, second) = (value_at(lms, end), value_at(lms, end - 1.0_f64.copysign(end)));
    Some(end + (value - third) / (third - second).abs())
}

/// The value whose z-score this is, within ±3.
pub fn value_at(lms: Lms, z: f64) -> f64 {
    let Lms { l, m, s } = lms;
    if l == 0.0 { m * (s * z).exp() } else { m * (1.0 + l * s * z).powf(l.recip()) }
}

/// Two decimals, half away from zero, in thousandths.
pub(super) fn rounded(z: f64) -> Option<i64> {
    let hundredths = (z * 100.0).round();
    (hundredths.abs() < 1e6).then_some(hundredths as i64 * 10)
}

/// The line a part of the way from one key to the next.
pub(super) fn mixed(key: i32, part: f64, at: impl Fn(i32) -> Option<Lms>) -> Option<Lms> {
    let low = at(key)?;
    if part <= 0.0 {
        return Some(low);
    }
    let high = at(key + 1)?;
    let between = |low: f64, high: f64| low + (high - low) * part;
    Some(Lms { l: between(low.l, high.l), m: between(low.m, high.m), s: between(low.s, high.s) })
}
