//! From which numbers on a ratio says something: `small_numbers.toml`.

use crate::finding::DefFinding;
use crate::indicator::Small;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use tram_kernel::Message;

/// The rule with its source.
#[derive(Debug, Clone)]
pub struct SmallRule {
    pub name: String,
    pub small: Small,
    pub provenance: Provenance,
}

with_provenance! {
    struct RawSmall {
        name: String,
        denominator: Spanned<i64>,
        events: Spanned<i64>,
    }
}

/// Reads `small_numbers.toml`: both numbers are whole and between 1 and 1,000.
pub fn read_small(file: &str, text: &str) -> Result<Option<SmallRule>, Vec<DefFinding>> {
    let raw: RawSmall = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let bad = |n: &&Spanned<i64>| !(1..=1000).contains(n.get_ref());
    let findings: Vec<DefFinding> = [&raw.denominator, &raw.events]
        .iter()
        .filter(|n| bad(n))
        .map(|n| {
            let message = Message::new("def-not-a-count").with("word", *n.get_ref());
            DefFinding::error(file, line_of(text, n.span().start), message)
        })
        .collect();
    if !findings.is_empty() {
        return Err(findings);
    }
    let small =
        Small { denominator: raw.denominator.into_inner(), events: raw.events.into_inner() };
    Ok(Some(SmallRule { name: raw.name, small, provenance }))
}
