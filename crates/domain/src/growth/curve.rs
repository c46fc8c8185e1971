//! The lines of a growth chart: what a child of this sex weighs or measures at −3, −2, 0, +2, +3.

use super::STANDS_FROM;
use super::score::value_at;
use tram_defs::growth::{Key, Standard, Standards};
use tram_kernel::Sex;

/// The lines that are drawn, lowest first.
pub const SCORES: [i32; 5] = [-3, -2, 0, 2, 3];

/// What runs along the bottom of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axis {
    /// Days of age.
    Days,
    /// Tenths of a centimetre.
    Millimetres,
}

/// The lines of one chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    pub axis: Axis,
    pub from: i32,
    pub to: i32,
    /// Key and the value of each of [`SCORES`], in kilograms or centimetres.
    pub lines: Vec<(i32, [f64; 5])>,
}

/// The lines of a table from one key to another, each so many keys. `None` when the set has no such table.
pub fn curves(
    standards: &Standards,
    standard: Standard,
    sex: Sex,
    (from, to): (i32, i32),
    step: i32,
) -> Option<Curves> {
    let (first, last) = standards.range(standard)?;
    let (from, to) = (from.max(first), to.min(last));
    let mut keys: Vec<i32> = (from..=to).step_by(step.max(1) as usize).collect();
    keys.push(to);
    // Lying before, standing after: the line of lengths has a step there.
    if standard == Standard::HeightAge {
        keys.extend(
            [STANDS_FROM - 1, STANDS_FROM].into_iter().filter(|key| (from..=to).contains(key)),
        );
    }
    keys.sort_unstable();
    keys.dedup();
    let line = |key: i32| {
        let lms = standards.at(standard, sex, key)?;
        Some((key, SCORES.map(|z| value_at(lms, f64::from(z)))))
    };
    let lines: Vec<_> = keys.into_iter().filter_map(line).collect();
    let axis = match standard.key() {
        Key::Millimetre => Axis::Millimetres,
        Key::Day | Key::Month => Axis::Days,
    };
    (!lines.is_empty()).then_some(Curves { axis, from, to, lines })
}
