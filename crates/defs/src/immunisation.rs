//! The immunisation schedule as its owners write it.
//!
//! Reading is two steps. The raw structs are the file, word for word; [`Schedule`] is the file after
//! every promise it must keep has been checked: codes are unique, every `after` names a dose written
//! above it, every span can be read.

mod product;

pub use product::{ANTIGENS, FullSet, Route, Vaccine, read_full_sets, read_vaccines};

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::phrase::{Span, parse_span};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Message, Sex};

/// One dated schedule: all series a child is offered.
#[derive(Debug, Clone)]
pub struct Schedule {
    pub code: String,
    pub name: String,
    pub provenance: Provenance,
    /// Two live injected vaccines: the same day, or at least this far apart.
    pub live_gap: Span,
    pub series: Vec<Series>,
}

/// A course of doses against the same diseases.
#[derive(Debug, Clone)]
pub struct Series {
    pub code: String,
    pub name: String,
    /// Column heading of cards and lists.
    pub short: String,
    /// Only girls or only boys are offered it.
    pub sex: Option<Sex>,
    /// A live injected vaccine (see [`Schedule::live_gap`]).
    pub live: bool,
    /// Rolled out province by province: shown on the card, never called due without an overlay.
    pub optional: bool,
    /// A dose given from this age on is not of this series at all.
    pub given_before: Option<Span>,
    /// After the doses listed it is repeated for ever.
    pub again: Option<Again>,
    pub doses: Vec<Dose>,
}

/// A dose that is repeated: invitation and shortest interval after the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    pub invite: Span,
    pub at_least: Span,
}

/// One dose of a series. Ages count from birth, in calendar months where months are written.
#[derive(Debug, Clone)]
pub struct Dose {
    /// Age at which the child is invited; `None` when only the interval decides.
    pub due: Option<Span>,
    /// Age before which a dose given does not count.
    pub earliest: Span,
    /// After another dose: invitation and validity intervals.
    pub after: Option<After>,
    /// This long after the due day the child is overdue.
    pub overdue: Span,
    /// From this age the dose is no longer offered.
    pub until: Span,
}

#[derive(Debug, Clone)]
pub struct After {
    pub series: String,
    /// One-based.
    pub dose: u8,
    pub invite: Span,
    pub at_least: Span,
    /// When false the gap only counts if that dose was given.
    pub required: bool,
}

impl Schedule {
    pub fn find(&self, series: &str) -> Option<&Series> {
        self.series.iter().find(|s| s.code == series)
    }

    /// Reads one schedule. `codes` goes from file to file.
    pub fn read(file: &str, text: &str, codes: &mut Codes) -> Result<Self, Vec<DefFinding>> {
        let raw: RawSchedule = read(file, text).map_err(|f| vec![f])?;
        let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
        let at = |span: &Spanned<String>| {
            parse_span(span.get_ref())
                .ok_or_else(|| bad(file, text, span, Message::new("def-not-a-span")))
        };
        let mut findings = Vec::new();
        let line = line_of(text, raw.code.span().start);
        let (code, replaces) = (raw.code.get_ref(), raw.replaces.as_deref());
        findings.extend(codes.take_or_replace(code, replaces, file, line));
        let mut series: Vec<Series> = Vec::new();
        let mut own = Codes::default();
        let until = at(&raw.until).map_err(|f| vec![f])?;
        for raw in &raw.series {
            let line = line_of(text, raw.code.span().start);
            findings.extend(own.take(raw.code.get_ref(), file, line));
            match raw.check(file, text, &series, until) {
                Ok(checked) => series.push(checked),
                Err(found) => findings.extend(found),
            }
        }
        let live_gap = at(&raw.live_gap).map_err(|f| vec![f])?;
        if !findings.is_empty() {
            return Err(findings);
        }
        let (code, name) = (raw.code.into_inner(), raw.name);
        Ok(Self { code, name, provenance, live_gap, series })
    }
}

pub(crate) fn bad(file: &str, text: &str, at: &Spanned<String>, message: Message) -> DefFinding {
    let line = line_of(text, at.span().start);
    DefFinding::error(file, line, message.with("word", at.get_ref().as_str()))
}

with_provenance! {
    struct RawSchedule {
        code: Spanned<String>,
        replaces: Option<String>,
        name: String,
        live_gap: Spanned<String>,
        until: Spanned<String>,
        series: Vec<RawSeries>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSeries {
    code: Spanned<String>,
    name: String,
    short: Option<String>,
    sex: Option<Spanned<String>>,
    #[serde(default)]
    live: bool,
    #[serde(default)]
    optional: bool,
    given_before: Option<Spanned<String>>,
    again: Option<RawAgain>,
    dose: Vec<RawDose>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgain {
    invite: Spanned<String>,
    at_least: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDose {
    due: Option<Spanned<String>>,
    earliest: Option<Spanned<String>>,
    after: Option<RawAfter>,
    overdue: Spanned<String>,
    until: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAfter {
    series: Option<Spanned<String>>,
    dose: Option<u8>,
    invite: Spanned<String>,
    at_least: Spanned<String>,
    #[serde(default = "yes")]
    required: bool,
}

fn yes() -> bool {
    true
}

impl RawSeries {
    fn check(
        &self,
        file: &str,
        text: &str,
        above: &[Series],
        until: Span,
    ) -> Result<Series, Vec<DefFinding>> {
        let code = self.code.get_ref();
        let mut findings = Vec::new();
        let sex = self.sex.as_ref().and_then(|written| match written.get_ref().as_str() {
            "female" => Some(Sex::Female),
            "male" => Some(Sex::Male),
            other => {
                let message = unknown_word("sex", other, ["female", "male"]);
                findings.push(bad(file, text, written, message));
                None
            }
        });
        let mut at = |span: &Spanned<String>| {
            let read = parse_span(span.get_ref());
            if read.is_none() {
                findings.push(bad(file, text, span, Message::new("def-not-a-span")));
            }
            read
        };
        let given_before = self.given_before.as_ref().and_then(&mut at);
        let again = self
            .again
            .as_ref()
            .and_then(|raw| Some(Again { invite: at(&raw.invite)?, at_least: at(&raw.at_least)? }));
        let mut doses = Vec::new();
        for (index, raw) in self.dose.iter().enumerate() {
            match raw.check(file, text, code, index, above) {
                Ok((dose, own)) => doses.push(Dose { until: own.unwrap_or(until), ..dose }),
                Err(finding) => findings.push(finding),
            }
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        Ok(Series {
            code: code.clone(),
            name: self.name.clone(),
            short: self.short.clone().unwrap_or_else(|| self.name.clone()),
            sex,
            live: self.live,
            optional: self.optional,
            given_before,
            again,
            doses,
        })
    }
}

impl RawDose {
    fn check(
        &self,
        file: &str,
        text: &str,
        series: &str,
        index: usize,
        above: &[Series],
    ) -> Result<(Dose, Option<Span>), DefFinding> {
        let at = |span: &Spanned<String>| {
            parse_span(span.get_ref())
                .ok_or_else(|| bad(file, text, span, Message::new("def-not-a-span")))
        };
        let due = self.due.as_ref().map(at).transpose()?;
        let earliest = match (&self.earliest, due) {
            (Some(written), _) => at(written)?,
            (None, Some(due)) => due,
            (None, None) => Span::ZERO,
        };
        let after = match &self.after {
            None => None,
            Some(raw) => {
                let named = raw.series.as_ref().map_or(series, |s| s.get_ref().as_str());
                let dose = raw.dose.unwrap_or(index as u8);
                let known = if named == series {
                    usize::from(dose) <= index && dose > 0
                } else {
                    above.iter().any(|s| s.code == named && usize::from(dose) <= s.doses.len())
                };
                if !known {
                    let at = raw.series.as_ref().unwrap_or(&raw.invite);
                    return Err(bad(file, text, at, Message::new("def-after-unknown")));
                }
                Some(After {
                    series: named.into(),
                    dose,
                    invite: at(&raw.invite)?,
                    at_least: at(&raw.at_least)?,
                    required: raw.required,
                })
            }
        };
        let overdue = at(&self.overdue)?;
        let until = self.until.as_ref().map(at).transpose()?;
        Ok((Dose { due, earliest, after, overdue, until: Span::ZERO }, until))
    }
}
