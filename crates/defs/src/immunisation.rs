//! The immunisation schedule as its owners write it, products, and what "fully immunised" asks for.
//!
//! Reading is two steps. The raw structs are the file, word for word; [`Schedule`] is the file after
//! every promise it must keep has been checked: codes are unique, every `after` names a dose written
//! above it, every span can be read.

use crate::finding::{DefFinding, unknown_word};
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
    pub doses: Vec<Dose>,
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

/// What a vaccine product is and which series it serves.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vaccine {
    pub code: String,
    pub name: String,
    pub series: Vec<String>,
    pub antigens: Vec<String>,
    pub route: String,
    #[serde(default)]
    pub programme: bool,
}

/// A dated list of what a child must have to count as fully immunised.
#[derive(Debug, Clone)]
pub struct FullSet {
    pub code: String,
    pub name: String,
    pub provenance: Provenance,
    /// Series code and number of counted doses.
    pub needs: Vec<(String, u8)>,
}

impl Schedule {
    pub fn find(&self, series: &str) -> Option<&Series> {
        self.series.iter().find(|s| s.code == series)
    }

    pub fn read(file: &str, text: &str) -> Result<Self, Vec<DefFinding>> {
        let raw: RawSchedule = read(file, text).map_err(|f| vec![f])?;
        let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
        let at = |span: &Spanned<String>| {
            parse_span(span.get_ref())
                .ok_or_else(|| bad(file, text, span, Message::new("def-not-a-span")))
        };
        let mut findings = Vec::new();
        let mut series: Vec<Series> = Vec::new();
        let until = at(&raw.until).map_err(|f| vec![f])?;
        for raw in &raw.series {
            match raw.check(file, text, &series, until) {
                Ok(checked) => series.push(checked),
                Err(found) => findings.extend(found),
            }
        }
        let live_gap = at(&raw.live_gap).map_err(|f| vec![f])?;
        if !findings.is_empty() {
            return Err(findings);
        }
        Ok(Self { code: raw.code, name: raw.name, provenance, live_gap, series })
    }
}

fn bad(file: &str, text: &str, at: &Spanned<String>, message: Message) -> DefFinding {
    let line = line_of(text, at.span().start);
    DefFinding::error(file, line, message.with("word", at.get_ref().as_str()))
}

with_provenance! {
    struct RawSchedule {
        code: String,
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
    dose: Vec<RawDose>,
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
        if above.iter().any(|s| s.code == *code) {
            findings.push(bad(file, text, &self.code, Message::new("def-code-twice")));
        }
        let sex = self.sex.as_ref().and_then(|written| match written.get_ref().as_str() {
            "female" => Some(Sex::Female),
            "male" => Some(Sex::Male),
            other => {
                let message = unknown_word("sex", other, ["female", "male"]);
                findings.push(bad(file, text, written, message));
                None
            }
        });
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSets {
    set: Vec<RawSet>,
}

with_provenance! {
    struct RawSet {
        code: String,
        name: String,
        needs: Vec<Spanned<String>>,
    }
}

/// Reads `full_sets.toml`; each need is `SERIES` or `SERIES x 3`.
pub fn read_full_sets(file: &str, text: &str) -> Result<Vec<FullSet>, Vec<DefFinding>> {
    let raw: RawSets = read(file, text).map_err(|f| vec![f])?;
    let mut sets = Vec::new();
    let mut findings = Vec::new();
    for set in raw.set {
        let provenance = match set.provenance(file, text) {
            Ok(provenance) => provenance,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let mut needs = Vec::new();
        for need in &set.needs {
            let (series, count) = need.get_ref().split_once(" x ").unwrap_or((need.get_ref(), "1"));
            match count.parse() {
                Ok(count) => needs.push((series.to_owned(), count)),
                Err(_) => findings.push(bad(file, text, need, Message::new("def-not-a-count"))),
            }
        }
        sets.push(FullSet { code: set.code, name: set.name, provenance, needs });
    }
    if findings.is_empty() { Ok(sets) } else { Err(findings) }
}

with_provenance! {
    struct RawVaccines {
        vaccine: Vec<Spanned<Vaccine>>,
    }
}

/// Reads `vaccines.toml`; every product must serve a series that some schedule knows.
pub fn read_vaccines(
    file: &str,
    text: &str,
    known_series: &[&str],
) -> Result<Vec<Vaccine>, Vec<DefFinding>> {
    let raw: RawVaccines = read(file, text).map_err(|f| vec![f])?;
    raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut findings = Vec::new();
    let mut vaccines: Vec<Vaccine> = Vec::new();
    for spanned in raw.vaccine {
        let line = line_of(text, spanned.span().start);
        let vaccine = spanned.into_inner();
        for series in &vaccine.series {
            if !known_series.contains(&series.as_str()) {
                let message = unknown_word("series", series, known_series.iter().copied());
                findings.push(DefFinding::error(file, line, message));
            }
        }
        if vaccines.iter().any(|v| v.code == vaccine.code) {
            let message = Message::new("def-code-twice").with("word", vaccine.code.as_str());
            findings.push(DefFinding::error(file, line, message));
        }
        vaccines.push(vaccine);
    }
    if findings.is_empty() { Ok(vaccines) } else { Err(findings) }
}
