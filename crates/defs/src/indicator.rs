//! Indicators: what is counted over what, in the phrases of the grammar, with unit and direction.

mod chapter;
mod counted;
mod follow;
mod nature;

pub use chapter::Chapter;
pub use counted::Counted;
use counted::{count_code, may_ask, names_event};
pub use nature::{Timing, Unmet};

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::form::Form;
use crate::measure::Measure;
use crate::phrase::{Phrase, parse_span};
use crate::programme::Programme;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Compartment, Message};

/// Below these numbers a ratio says nothing, and the counts are shown instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Small {
    /// Ratios over fewer than this.
    pub denominator: i64,
    /// Fewer events than this.
    pub events: i64,
}

impl Default for Small {
    /// Of sets that were adopted before the file `small_numbers.toml` existed.
    fn default() -> Self {
        Self { denominator: 20, events: 5 }
    }
}

/// What the phrases of indicators may name, read from other files of the set.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Codes of series; `None` while a schedule cannot be read.
    pub series: Option<&'a [&'a str]>,
    pub birth_places: Option<&'a [&'a str]>,
    pub poverty: Option<&'a [&'a str]>,
    pub measures: &'a [Measure],
    pub forms: &'a [Form],
    pub programmes: &'a [Programme],
    pub small: Small,
}

impl Known<'_> {
    /// The word of a phrase that names nothing, with its nearest neighbour.
    fn unknown_in(&self, phrase: &Phrase) -> Option<Message> {
        let look = |kind: &'static str, word: &str, known: Option<&[&str]>| {
            let known = known?;
            (!known.contains(&word)).then(|| unknown_word(kind, word, known.iter().copied()))
        };
        match phrase {
            Phrase::DoseBefore { series, .. } => look("series", series, self.series),
            Phrase::BirthPlaceIn(places) => {
                places.iter().find_map(|place| look("birth_place", place, self.birth_places))
            }
            Phrase::Poverty { code, .. } => look("poverty", code, self.poverty),
            Phrase::Follow(follow) => self.unknown_follow(follow),
            _ => None,
        }
    }
}

/// How the ratio is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Percent,
    PerMille,
    /// Boys per 100 girls.
    PerHundred,
    Per100k,
    Count,
}

impl Unit {
    /// The factor applied to numerator ÷ denominator.
    pub const fn scale(self) -> i64 {
        match self {
            Self::Percent | Self::PerHundred => 100,
            Self::PerMille => 1000,
            Self::Per100k => 100_000,
            Self::Count => 1,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::PerMille => "per_mille",
            Self::PerHundred => "per_hundred",
            Self::Per100k => "per_100k",
            Self::Count => "count",
        }
    }
}

/// Which way is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Higher,
    Lower,
    /// Neither: the plausible range says what is ordinary.
    Range,
}

/// One countable set: a kind and the conditions on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    pub count: Counted,
    pub conditions: Vec<Phrase>,
}

impl Tally {
    /// What is counted happened, and forms or programmes say what is asked of it.
    pub fn is_told(&self) -> bool {
        let is_asked = || self.conditions.iter().any(|p| matches!(p, Phrase::Follow(_)));
        self.count.is_followed() || self.count == Counted::Delivery && is_asked()
    }
}

/// A checked indicator. `numerator − minus` over `denominator`.
#[derive(Debug, Clone)]
pub struct Indicator {
    pub code: String,
    /// Name of its file: the heading under which it is listed.
    pub group: String,
    pub chapter: Chapter,
    pub name: String,
    pub unit: Unit,
    pub direction: Direction,
    /// Values outside are shown with a question, never hidden.
    pub plausible: Option<(i64, i64)>,
    pub numerator: Tally,
    pub minus: Option<Tally>,
    /// `None` for plain counts.
    pub denominator: Option<Tally>,
    /// Words of the catalogue entry this follows, shown under the number.
    pub explain: String,
    /// Where what it asks lies: closed to whom it is closed, the number as well as the people.
    pub compartment: Compartment,
    /// What is too small to be shown as a ratio.
    pub small: Small,
    pub provenance: Provenance,
}

with_provenance! {
    struct RawFile {
        #[serde(default)]
        chapter: Chapter,
        indicator: Vec<RawIndicator>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndicator {
    code: Spanned<String>,
    name: String,
    unit: Unit,
    good: Direction,
    plausible: Option<(i64, i64)>,
    explain: String,
    numerator: RawTally,
    minus: Option<RawTally>,
    denominator: Option<RawTally>,
    confidence: Option<crate::Confidence>,
    note: Option<String>,
    /// In an overlay: the national indicator of this code gives way.
    replaces: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTally {
    count: Option<Counted>,
    /// The numerator is part of the denominator: its conditions come first.
    of: Option<Spanned<String>>,
    #[serde(default)]
    conditions: Vec<Spanned<String>>,
}

/// Reads one file of indicators and reports everything wrong in it. `codes` goes from file to file.
pub fn read_indicators(
    file: &str,
    text: &str,
    known: Known<'_>,
    codes: &mut Codes,
) -> Result<Vec<Indicator>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let chapter = raw.chapter;
    let mut indicators: Vec<Indicator> = Vec::new();
    let mut findings = Vec::new();
    for raw in raw.indicator {
        let line = line_of(text, raw.code.span().start);
        let (code, replaces) = (raw.code.get_ref(), raw.replaces.as_deref());
        findings.extend(codes.take_or_replace(code, replaces, file, line));
        match raw.check(file, text, known, &provenance) {
            Ok(indicator) => indicators.push(Indicator { chapter, ..indicator }),
            Err(found) => findings.extend(found),
        }
    }
    if findings.is_empty() { Ok(indicators) } else { Err(findings) }
}

impl RawIndicator {
    fn check(
        self,
        file: &str,
        text: &str,
        known: Known<'_>,
        provenance: &Provenance,
    ) -> Result<Indicator, Vec<DefFinding>> {
        let at = line_of(text, self.code.span().start);
        let place = Place { file, text, at };
        let check = |tally: &RawTally| tally.check(place, known, None);
        let denominator = self.denominator.as_ref().map(check).transpose()?;
        let numerator = self.numerator.check(place, known, denominator.as_ref())?;
        let minus = self.minus.as_ref().map(check).transpose()?;
        let asked = [Some(&numerator), minus.as_ref(), denominator.as_ref()];
        let phrases = asked.into_iter().flatten().flat_map(|tally| &tally.conditions);
        let compartment = phrases.map(|phrase| known.compartment_of(phrase)).max();
        let compartment = compartment.unwrap_or(Compartment::General);
        let mut provenance = provenance.clone();
        if let Some(confidence) = self.confidence {
            provenance.confidence = confidence;
        }
        if self.note.is_some() {
            provenance.note = self.note;
        }
        let group = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".toml").to_owned();
        Ok(Indicator {
            code: self.code.into_inner(),
            group,
            chapter: Chapter::default(),
            name: self.name,
            unit: self.unit,
            direction: self.good,
            plausible: self.plausible,
            numerator,
            minus,
            denominator,
            explain: self.explain,
            compartment,
            small: known.small,
            provenance,
        })
    }
}

/// Where an indicator stands, for findings about it.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a str,
    text: &'a str,
    at: u32,
}

impl RawTally {
    fn check(
        &self,
        Place { file, text, at }: Place<'_>,
        known: Known<'_>,
        denominator: Option<&Tally>,
    ) -> Result<Tally, Vec<DefFinding>> {
        let mut findings = Vec::new();
        let mut conditions = Vec::new();
        let mut count = self.count;
        if let Some(of) = &self.of {
            match denominator {
                Some(denominator) if of.get_ref() == "denominator" => {
                    count = Some(denominator.count);
                    conditions.extend(denominator.conditions.iter().cloned());
                }
                _ => {
                    let message = unknown_word("of", of.get_ref(), ["denominator"]);
                    let line = line_of(text, of.span().start);
                    findings.push(DefFinding::error(file, line, message));
                }
            }
        }
        let count = count.unwrap_or(Counted::Person);
        for written in &self.conditions {
            let line = line_of(text, written.span().start);
            match Phrase::parse(written.get_ref()) {
                Err(message) => findings.push(DefFinding::error(file, line, message)),
                Ok(phrase) if !may_ask(count, &phrase) => {
                    let message = Message::new("def-phrase-misplaced")
                        .with("word", written.get_ref().as_str())
                        .with("count", count_code(count));
                    findings.push(DefFinding::error(file, line, message));
                }
                Ok(phrase) => match known.unknown_in(&phrase) {
                    Some(message) => findings.push(DefFinding::error(file, line, message)),
                    None => conditions.push(phrase),
                },
            }
        }
        let lives = conditions.iter().filter(|p| matches!(p, Phrase::Resident(_))).count();
        if count.is_state() && lives != 1 {
            findings.push(DefFinding::error(file, at, Message::new("def-needs-one-residence")));
        }
        let named = |phrase: &&Phrase| matches!(phrase, Phrase::Follow(f) if names_event(f));
        if count.is_followed() && !conditions.iter().any(|phrase| named(&phrase)) {
            findings.push(DefFinding::error(file, at, Message::new("def-needs-one-event")));
        }
        if findings.is_empty() { Ok(Tally { count, conditions }) } else { Err(findings) }
    }
}

/// One band of ages for breakdowns; it ends where the next begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeGroup {
    pub code: String,
    pub name: String,
    pub from_months: i32,
}

with_provenance! {
    struct RawAgeGroups {
        age_group: Vec<RawAgeGroup>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAgeGroup {
    code: Spanned<String>,
    name: String,
    from: Spanned<String>,
}

/// Reads `age_groups.toml`: bands in rising order, the first from birth.
pub fn read_age_groups(file: &str, text: &str) -> Result<Vec<AgeGroup>, Vec<DefFinding>> {
    let raw: RawAgeGroups = read(file, text).map_err(|f| vec![f])?;
    raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut groups: Vec<AgeGroup> = Vec::new();
    let mut codes = Codes::default();
    for raw in raw.age_group {
        let at = line_of(text, raw.code.span().start);
        if let Some(twice) = codes.take(raw.code.get_ref(), file, at) {
            return Err(vec![twice]);
        }
        let line = line_of(text, raw.from.span().start);
        let span = parse_span(raw.from.get_ref()).filter(|span| span.days == 0);
        let lowest = groups.last().map_or(0, |last| last.from_months + 1);
        match span {
            Some(span) if span.months >= lowest || groups.is_empty() && span.months == 0 => {
                let (code, name) = (raw.code.into_inner(), raw.name);
                groups.push(AgeGroup { code, name, from_months: span.months });
            }
            _ => {
                let message =
                    Message::new("def-not-a-span").with("word", raw.from.get_ref().as_str());
                return Err(vec![DefFinding::error(file, line, message)]);
            }
        }
    }
    Ok(groups)
}
