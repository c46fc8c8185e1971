//! The immunisation schedule as its owners write it, products, and what "fully immunised" asks for.
//!
//! Reading is two steps. The raw structs are the file, word for word; [`Schedule`] is the file after
//! every promise it must keep has been checked: codes are unique, every `after` names a dose written
//! above it, every span can be read.

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
#[derive(Debug, Clone)]
pub struct Vaccine {
    pub code: String,
    pub name: String,
    pub series: Vec<String>,
    /// Words of [`ANTIGENS`].
    pub antigens: Vec<String>,
    pub route: Route,
    pub programme: bool,
}

/// How a vaccine is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    Intramuscular,
    Subcutaneous,
    Intradermal,
    Oral,
    Nasal,
}

impl Route {
    pub const ALL: [Self; 5] =
        [Self::Intramuscular, Self::Subcutaneous, Self::Intradermal, Self::Oral, Self::Nasal];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Intramuscular => "intramuscular",
            Self::Subcutaneous => "subcutaneous",
            Self::Intradermal => "intradermal",
            Self::Oral => "oral",
            Self::Nasal => "nasal",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|route| route.code() == code)
    }
}

/// What a vaccine is against; `aP` and `ap` are acellular, small letters are reduced doses.
pub const ANTIGENS: &[&str] = &[
    "BCG",
    "HepB",
    "HepA",
    "D",
    "d",
    "T",
    "P",
    "aP",
    "ap",
    "Hib",
    "Polio",
    "Rota",
    "Pneumococcus",
    "Meningococcus",
    "Measles",
    "Mumps",
    "Rubella",
    "Varicella",
    "JE",
    "Influenza",
    "HPV",
    "Rabies",
    "Typhoid",
    "Cholera",
    "Dengue",
    "COVID-19",
];

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

fn bad(file: &str, text: &str, at: &Spanned<String>, message: Message) -> DefFinding {
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
        code: Spanned<String>,
        replaces: Option<String>,
        name: String,
        needs: Vec<Spanned<String>>,
    }
}

/// Reads `full_sets.toml`; each need is `SERIES` or `SERIES x 3`. `codes` goes from file to file.
pub fn read_full_sets(
    file: &str,
    text: &str,
    codes: &mut Codes,
) -> Result<Vec<FullSet>, Vec<DefFinding>> {
    let raw: RawSets = read(file, text).map_err(|f| vec![f])?;
    let mut sets = Vec::new();
    let mut findings = Vec::new();
    for set in raw.set {
        let line = line_of(text, set.code.span().start);
        let (code, replaces) = (set.code.get_ref(), set.replaces.as_deref());
        findings.extend(codes.take_or_replace(code, replaces, file, line));
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
        let (code, name) = (set.code.into_inner(), set.name);
        sets.push(FullSet { code, name, provenance, needs });
    }
    if findings.is_empty() { Ok(sets) } else { Err(findings) }
}

with_provenance! {
    struct RawVaccines {
        vaccine: Vec<RawVaccine>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawVaccine {
    code: Spanned<String>,
    replaces: Option<String>,
    name: String,
    series: Vec<Spanned<String>>,
    antigens: Vec<Spanned<String>>,
    route: Spanned<String>,
    #[serde(default)]
    programme: bool,
}

/// Reads `vaccines.toml`; every product must serve a series that some schedule knows. `known_series` is
/// empty while a schedule cannot be read: what it knows is not known then. `codes` goes from file to
/// file.
pub fn read_vaccines(
    file: &str,
    text: &str,
    known_series: Option<&[&str]>,
    codes: &mut Codes,
) -> Result<Vec<Vaccine>, Vec<DefFinding>> {
    let raw: RawVaccines = read(file, text).map_err(|f| vec![f])?;
    raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut findings = Vec::new();
    let mut vaccines: Vec<Vaccine> = Vec::new();
    for raw in raw.vaccine {
        let mut unknown = |what, written: &Spanned<String>, known: &[&str]| {
            if !known.contains(&written.get_ref().as_str()) {
                let message = unknown_word(what, written.get_ref(), known.iter().copied());
                let line = line_of(text, written.span().start);
                findings.push(DefFinding::error(file, line, message));
            }
        };
        if let Some(known) = known_series {
            raw.series.iter().for_each(|series| unknown("series", series, known));
        }
        raw.antigens.iter().for_each(|antigen| unknown("antigen", antigen, ANTIGENS));
        unknown("route", &raw.route, &Route::ALL.map(Route::code));
        let line = line_of(text, raw.code.span().start);
        let (code, replaces) = (raw.code.get_ref(), raw.replaces.as_deref());
        findings.extend(codes.take_or_replace(code, replaces, file, line));
        let plain = |words: Vec<Spanned<String>>| words.into_iter().map(Spanned::into_inner);
        vaccines.push(Vaccine {
            code: raw.code.into_inner(),
            name: raw.name,
            series: plain(raw.series).collect(),
            antigens: plain(raw.antigens).collect(),
            // An unknown route is among the findings: what is read here is never used.
            route: Route::from_code(raw.route.get_ref()).unwrap_or(Route::Intramuscular),
            programme: raw.programme,
        });
    }
    if findings.is_empty() { Ok(vaccines) } else { Err(findings) }
}
