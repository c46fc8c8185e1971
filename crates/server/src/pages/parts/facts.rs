//! Pairs of a term and what it is, in the one layout they have everywhere; where a rule comes from.

use super::{Shape, status};
use crate::words::Words;
use maud::{Markup, html};
use tram_defs::Confidence;
use tram_defs::provenance::Provenance;
use tram_kernel::day;

/// Rows of a term and its value.
pub fn facts(rows: &[(&str, Markup)]) -> Markup {
    html! {
        dl.facts { @for (term, value) in rows { dt { (term) } dd { (value) } } }
    }
}

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
