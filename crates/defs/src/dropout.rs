//! Pairs of doses between which children are lost: who had the first and is overdue for the last.
//! `immunisation/dropouts.toml`.

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::immunisation::bad;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::Message;

/// The pairs, and from which share on a cause is looked for.
#[derive(Debug, Clone)]
pub struct Dropouts {
    pub provenance: Provenance,
    /// Percent.
    pub high: u8,
    pub pairs: Vec<Pair>,
}

/// Two doses, each a series and its one-based number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub code: String,
    pub name: String,
    pub from: (String, u8),
    pub to: (String, u8),
}

with_provenance! {
    struct RawFile {
        high: u8,
        pair: Vec<RawPair>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPair {
    code: Spanned<String>,
    name: String,
    from: Spanned<String>,
    to: Spanned<String>,
}

/// Reads the pairs. `series` is what the schedules know; `None` while one cannot be read.
pub fn read_dropouts(
    file: &str,
    text: &str,
    series: Option<&[&str]>,
) -> Result<Option<Dropouts>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let (mut pairs, mut findings, mut codes) = (Vec::new(), Vec::new(), Codes::default());
    let dose = |written: &Spanned<String>| {
        let not_a_dose = || bad(file, text, written, Message::new("def-not-a-count"));
        let (code, number) = written.get_ref().split_once(' ').ok_or_else(not_a_dose)?;
        match series {
            Some(known) if !known.contains(&code) => {
                Err(bad(file, text, written, unknown_word("series", code, known.iter().copied())))
            }
            _ => Ok((code.to_owned(), number.parse().map_err(|_| not_a_dose())?)),
        }
    };
    for raw in &raw.pair {
        findings.extend(codes.take(raw.code.get_ref(), file, line_of(text, raw.code.span().start)));
        match (dose(&raw.from), dose(&raw.to)) {
            (Ok(from), Ok(to)) => {
                let (code, name) = (raw.code.get_ref().clone(), raw.name.clone());
                pairs.push(Pair { code, name, from, to });
            }
            (from, to) => findings.extend([from.err(), to.err()].into_iter().flatten()),
        }
    }
    let dropouts = Dropouts { provenance, high: raw.high, pairs };
    if findings.is_empty() { Ok(Some(dropouts)) } else { Err(findings) }
}
