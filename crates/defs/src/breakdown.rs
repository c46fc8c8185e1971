//! Breakdowns: the groups into which the people behind a number are parted, besides sex and age.
//!
//! ```text
//! a person ─► value of a trait (ethnicity 02, poverty poor, card DT) ─► group of a breakdown
//! ```

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::list::List;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;

/// What a breakdown asks of a person. One variant, one line in each evaluator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    Ethnicity,
    /// Standing of the household they belong to on the day.
    Poverty,
    /// The two letters of the insurance card that is valid on the day.
    Insurance,
}

impl Trait {
    pub const ALL: [Self; 3] = [Self::Ethnicity, Self::Poverty, Self::Insurance];

    /// The list its values come from.
    pub const fn list(self) -> &'static str {
        match self {
            Self::Ethnicity => "ethnicity",
            Self::Poverty => "poverty",
            Self::Insurance => "insurance_group",
        }
    }
}

/// The value of whoever holds only a social-insurance number: insured, and the group is not written.
pub const NUMBER_ONLY: &str = "number";

/// Group of values that no other group names.
pub const REST: &str = "rest";
/// Group of those of whom nothing is known.
pub const NONE: &str = "none";

/// One group with the values of the trait that belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub code: String,
    pub name: String,
    pub values: Vec<String>,
}

/// A checked breakdown.
#[derive(Debug, Clone)]
pub struct Breakdown {
    pub code: String,
    pub name: String,
    pub of: Trait,
    /// As listed; after them stand those of the rest and those of whom nothing is known.
    pub groups: Vec<Group>,
    pub rest: String,
    pub none: String,
    pub provenance: Provenance,
}

impl Breakdown {
    /// The group of a value; an empty value is nothing known.
    pub fn group_of(&self, value: &str) -> &str {
        if value.is_empty() {
            return NONE;
        }
        let has = |group: &&Group| group.values.iter().any(|v| v == value);
        self.groups.iter().find(has).map_or(REST, |group| &group.code)
    }

    pub fn name_of(&self, group: &str) -> Option<&str> {
        match group {
            REST => Some(&self.rest),
            NONE => Some(&self.none),
            code => self.groups.iter().find(|g| g.code == code).map(|g| g.name.as_str()),
        }
    }

    /// Codes of all groups, in the order in which they are shown.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.code.as_str()).chain([REST, NONE])
    }
}

with_provenance! {
    struct RawFile {
        breakdown: Vec<RawBreakdown>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBreakdown {
    code: Spanned<String>,
    name: String,
    of: Trait,
    rest: String,
    none: String,
    confidence: Option<crate::Confidence>,
    note: Option<String>,
    /// Without groups every entry of the list is one.
    #[serde(default)]
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    code: String,
    name: String,
    values: Vec<Spanned<String>>,
}

/// Reads `breakdowns.toml`.
pub fn read_breakdowns(
    file: &str,
    text: &str,
    lists: &[List],
) -> Result<Vec<Breakdown>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut codes = Codes::default();
    let mut findings = Vec::new();
    let mut breakdowns = Vec::new();
    for raw in raw.breakdown {
        let line = line_of(text, raw.code.span().start);
        findings.extend(codes.take(raw.code.get_ref(), file, line));
        let mut provenance = provenance.clone();
        provenance.confidence = raw.confidence.unwrap_or(provenance.confidence);
        provenance.note = raw.note.or(provenance.note);
        let list = lists.iter().find(|list| list.code == raw.of.list());
        let known: Vec<&str> =
            list.iter().flat_map(|l| &l.entries).map(|e| e.code.as_str()).collect();
        let named: Vec<&Spanned<String>> = raw.group.iter().flat_map(|g| &g.values).collect();
        for value in named.iter().filter(|value| !known.contains(&value.get_ref().as_str())) {
            let message = unknown_word("value", value.get_ref(), known.iter().copied());
            findings.push(DefFinding::error(file, line_of(text, value.span().start), message));
        }
        let mut groups: Vec<Group> = raw.group.into_iter().map(RawGroup::checked).collect();
        if groups.is_empty() {
            let each = list.iter().flat_map(|list| &list.entries);
            groups.extend(each.map(|entry| Group {
                code: entry.code.clone(),
                name: entry.name.clone(),
                values: vec![entry.code.clone()],
            }));
        }
        let code = raw.code.into_inner();
        let (name, of, rest, none) = (raw.name, raw.of, raw.rest, raw.none);
        breakdowns.push(Breakdown { code, name, of, groups, rest, none, provenance });
    }
    if findings.is_empty() { Ok(breakdowns) } else { Err(findings) }
}

impl RawGroup {
    fn checked(self) -> Group {
        let values = self.values.into_iter().map(Spanned::into_inner).collect();
        Group { code: self.code, name: self.name, values }
    }
}
