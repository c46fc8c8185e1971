//! Vaccine products, and what "fully immunised" asks for.

use super::bad;
use crate::finding::{Codes, DefFinding, unknown_word};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::Message;

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
