//! Screening before a dose: from which temperature on a child is put off, for what reason, for how long.

use crate::finding::DefFinding;
use crate::phrase::{Span, parse_span};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Date, Message, number};

/// When a child is put off, and until when.
#[derive(Debug, Clone)]
pub struct Screening {
    pub name: String,
    pub provenance: Provenance,
    /// Tenths of a degree Celsius: fever from here on.
    pub fever_from: u16,
    /// Tenths of a degree Celsius: too cold up to here.
    pub cold_to: u16,
    /// Fever or too cold.
    pub temperature: PutOff,
    /// Judged unfit with an ordinary temperature, or none taken.
    pub unwell: PutOff,
    /// Did not come.
    pub absent: PutOff,
}

/// Why a dose is put off and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutOff {
    /// Code of `lists/deferral_reason.csv`.
    pub reason: String,
    pub again: Span,
    /// Line of the reason in its file.
    pub(crate) line: u32,
}

impl Screening {
    /// Whether a temperature, in tenths of a degree, is fever or too cold.
    pub const fn is_out_of_range(&self, tenths: u16) -> bool {
        tenths >= self.fever_from || tenths <= self.cold_to
    }

    pub(crate) fn reasons(&self) -> [&PutOff; 3] {
        [&self.temperature, &self.unwell, &self.absent]
    }
}

impl PutOff {
    /// The day on which the child is owed the dose again.
    pub fn until(&self, from: Date) -> Date {
        self.again.after(from)
    }
}

with_provenance! {
    struct RawScreening {
        name: String,
        fever_from: Spanned<String>,
        cold_to: Spanned<String>,
        temperature: RawPutOff,
        unwell: RawPutOff,
        absent: RawPutOff,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPutOff {
    reason: Spanned<String>,
    again: Spanned<String>,
}

/// Reads `immunisation/screening.toml`.
pub fn read_screening(file: &str, text: &str) -> Result<Option<Screening>, Vec<DefFinding>> {
    let raw: RawScreening = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut findings = Vec::new();
    let mut bad = |at: &Spanned<String>, code: &'static str| {
        let line = line_of(text, at.span().start);
        let message = Message::new(code).with("word", at.get_ref().as_str());
        findings.push(DefFinding::error(file, line, message));
    };
    let [fever_from, cold_to] = [&raw.fever_from, &raw.cold_to].map(|written| {
        let tenths = number::thousandths(written.get_ref()).filter(|n| n % 100 == 0);
        let tenths = tenths.map(|n| n / 100).filter(|n| (300..=450).contains(n));
        if tenths.is_none() {
            bad(written, "def-not-a-temperature");
        }
        tenths.unwrap_or_default() as u16
    });
    if fever_from > 0 && cold_to >= fever_from {
        bad(&raw.cold_to, "def-temperatures-reversed");
    }
    let [temperature, unwell, absent] = [raw.temperature, raw.unwell, raw.absent].map(|raw| {
        let again = parse_span(raw.again.get_ref()).filter(|again| *again != Span::ZERO);
        if again.is_none() {
            bad(&raw.again, "def-not-a-span");
        }
        let line = line_of(text, raw.reason.span().start);
        PutOff { reason: raw.reason.into_inner(), again: again.unwrap_or(Span::ZERO), line }
    });
    if !findings.is_empty() {
        return Err(findings);
    }
    let name = raw.name;
    Ok(Some(Screening { name, provenance, fever_from, cold_to, temperature, unwell, absent }))
}
