//! Measures: what is asked of a person again and again under one code, whichever form asks it. Name, unit
//! and plausible range are said once, in `measures.toml`; rules, worklists and indicators read measures.

use crate::finding::{Codes, DefFinding};
use crate::form::{Choice, Kind, Number, Usual, read_choices};
use crate::phrase::parse_span;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Message, number};

/// A checked measure.
#[derive(Debug, Clone)]
pub struct Measure {
    pub code: String,
    pub name: String,
    /// For narrow columns and lines of a timeline.
    pub short: String,
    pub kind: Kind,
    /// Other spellings of its heading in lists, folded.
    pub also: Vec<String>,
    pub provenance: Provenance,
}

with_provenance! {
    struct RawFile {
        measure: Vec<RawMeasure>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMeasure {
    code: Spanned<String>,
    name: String,
    short: Option<String>,
    #[serde(default)]
    also: Vec<String>,
    /// Of a number.
    unit: Option<String>,
    decimals: Option<u8>,
    possible: Option<Spanned<(Amount, Amount)>>,
    #[serde(default)]
    usual: Vec<RawUsual>,
    /// Of a choice.
    #[serde(default)]
    options: Vec<crate::form::RawChoice>,
    /// `day`, `yes_no`.
    kind: Option<Spanned<String>>,
    confidence: Option<crate::Confidence>,
    note: Option<String>,
}

/// A number of a definition: `40`, `35.5`.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Amount {
    Whole(i64),
    Decimal(f64),
}

impl Amount {
    /// In thousandths; `None` with more than three decimals.
    pub(crate) fn thousandths(&self) -> Option<i64> {
        match self {
            Self::Whole(n) => n.checked_mul(1000),
            // The shortest text that reads back as this number is what was written.
            Self::Decimal(n) => number::thousandths(&n.to_string().replace('.', ",")),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUsual {
    /// Up to this age; without it for all who are older.
    to: Option<Spanned<String>>,
    low: Amount,
    high: Amount,
}

/// Reads `measures.toml`.
pub fn read_measures(file: &str, text: &str) -> Result<Vec<Measure>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let (mut measures, mut findings) = (Vec::new(), Vec::new());
    let mut codes = Codes::default();
    for raw in raw.measure {
        let line = line_of(text, raw.code.span().start);
        findings.extend(codes.take(raw.code.get_ref(), file, line));
        let kind = match raw.kind(file, text, line) {
            Ok(kind) => kind,
            Err(found) => {
                findings.extend(found);
                continue;
            }
        };
        let mut provenance = provenance.clone();
        provenance.confidence = raw.confidence.unwrap_or(provenance.confidence);
        provenance.note = raw.note.or(provenance.note);
        let short = raw.short.unwrap_or_else(|| raw.name.clone());
        let mut also: Vec<String> = raw.also.iter().map(|a| tram_kernel::text::fold(a)).collect();
        also.extend([&raw.name, &short].map(|name| tram_kernel::text::fold(name)));
        also.dedup();
        let (code, name) = (raw.code.into_inner(), raw.name);
        measures.push(Measure { code, name, short, kind, also, provenance });
    }
    if findings.is_empty() { Ok(measures) } else { Err(findings) }
}

impl RawMeasure {
    fn kind(&self, file: &str, text: &str, line: u32) -> Result<Kind, Vec<DefFinding>> {
        let wrong =
            |code: &'static str| Err(vec![DefFinding::error(file, line, Message::new(code))]);
        if let Some(kind) = &self.kind {
            return match kind.get_ref().as_str() {
                "yes_no" => Ok(Kind::YesNo),
                "day" => Ok(Kind::Day(crate::form::Days::Past)),
                "coming_day" => Ok(Kind::Day(crate::form::Days::Coming)),
                other => {
                    let known = ["yes_no", "day", "coming_day"];
                    let message = crate::finding::unknown_word("kind", other, known);
                    let line = line_of(text, kind.span().start);
                    Err(vec![DefFinding::error(file, line, message)])
                }
            };
        }
        if !self.options.is_empty() {
            let options: Vec<Choice> = read_choices(file, text, &self.options)?;
            return Ok(Kind::Choice(options));
        }
        let Some(possible) = &self.possible else { return wrong("def-measure-kind") };
        let range = |low: &Amount, high: &Amount| {
            low.thousandths().zip(high.thousandths()).filter(|(low, high)| low < high)
        };
        let (low, high) = possible.get_ref();
        let Some(possible) = range(low, high) else { return wrong("def-range-reversed") };
        let mut usual = Vec::new();
        for raw in &self.usual {
            let Some((low, high)) = range(&raw.low, &raw.high) else {
                return wrong("def-range-reversed");
            };
            let before = match &raw.to {
                None => None,
                Some(to) => match parse_span(to.get_ref()) {
                    Some(span) => Some(span),
                    None => {
                        let message =
                            Message::new("def-not-a-span").with("word", to.get_ref().as_str());
                        let line = line_of(text, to.span().start);
                        return Err(vec![DefFinding::error(file, line, message)]);
                    }
                },
            };
            usual.push(Usual { before, low, high });
        }
        let unit = self.unit.clone().unwrap_or_default();
        let decimals = self.decimals.unwrap_or(0).min(3);
        Ok(Kind::Number(Number { unit, decimals, possible, usual }))
    }
}
