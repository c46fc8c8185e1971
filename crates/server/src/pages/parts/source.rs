//! Where a rule comes from: how it was read, and the days on which it holds.

use super::{Shape, status};
use crate::words::Words;
use maud::Markup;
use tram_defs::{Confidence, Provenance};
use tram_kernel::day;

/// How a rule was read, in words: only what is not yet sure stands out.
pub fn confidence(words: &Words, provenance: &Provenance) -> Markup {
    let shape = match provenance.confidence {
        Confidence::Text => Shape::On,
        Confidence::Secondary => Shape::None,
        Confidence::Unverified => Shape::Warn,
    };
    let code = format!("confidence-{}", provenance.confidence.code());
    status(shape, &words.say(&code))
}

/// `từ 01/08/2024`, `01/08/2024 – 14/02/2026`.
pub fn validity(words: &Words, provenance: &Provenance) -> String {
    let from = day::show(provenance.valid_from);
    match provenance.valid_to {
        Some(to) => format!("{from} – {}", day::show(to)),
        None => words.with("valid-since", [("day", from.into())]),
    }
}
