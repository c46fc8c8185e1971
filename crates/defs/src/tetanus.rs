//! Tetanus for women: the next dose follows from what was given before, as a child and as a woman, and
//! from being with child. `immunisation/tetanus.toml`.

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::immunisation::{After, Dose, Series, bad};
use crate::phrase::{Span, parse_span};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::{Message, Sex};

/// One dated rule.
#[derive(Debug, Clone)]
pub struct Tetanus {
    pub provenance: Provenance,
    /// The doses of a woman who had none before; its number of doses is the most there are.
    pub series: Series,
    /// A dose given to a woman from the first to before the second age is of this series.
    pub ages: (Span, Span),
    /// Series and number of doses that make the basic course of a child.
    pub basic: (String, u8),
    /// Series whose doses boost the basic course.
    pub boosters: Vec<String>,
    /// Women are invited without being with child as well.
    pub outside_pregnancy: bool,
    /// After the invitation a dose is overdue from then on.
    pub overdue: Span,
    /// After the expected day of birth nobody is invited for that pregnancy any more.
    pub stays: Span,
    /// Doses nearer to a birth than this do not protect the child.
    pub before_birth: Span,
    /// No two doses are nearer than this.
    pub at_least: Span,
    /// By the doses had as a child, fewest first.
    pub ways: Vec<Way>,
    /// By all doses, fewest first.
    pub protects: Vec<Protects>,
}

/// The course of a woman who had this many doses as a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    pub before: u8,
    /// Shortest time after the dose before; the first counts from the day the pregnancy is known.
    pub wait: Vec<Span>,
    /// From this dose on a new pregnancy makes it due at once.
    pub sooner_from: Option<u8>,
}

/// How long so many doses protect; `None` is for all the years in which she may bear children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protects {
    pub doses: u8,
    pub lasts: Option<Span>,
}

impl Tetanus {
    /// The course of a woman who had so many doses as a child.
    pub fn way(&self, before: u8) -> &Way {
        let fits = self.ways.iter().rev().find(|way| way.before <= before);
        fits.unwrap_or(&self.ways[0])
    }

    /// How long so many doses protect; outer `None`: not at all.
    pub fn protects(&self, doses: u8) -> Option<Protects> {
        self.protects.iter().rev().find(|p| p.doses <= doses).copied()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    rule: Vec<RawRule>,
}

with_provenance! {
    struct RawRule {
        code: Spanned<String>,
        series: Spanned<String>,
        name: String,
        short: String,
        ages: (Spanned<String>, Spanned<String>),
        basic: Spanned<String>,
        boosters: Vec<Spanned<String>>,
        outside_pregnancy: bool,
        overdue: Spanned<String>,
        stays: Spanned<String>,
        before_birth: Spanned<String>,
        at_least: Spanned<String>,
        way: Vec<RawWay>,
        protects: Vec<RawProtects>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWay {
    before: u8,
    wait: Vec<Spanned<String>>,
    sooner_from: Option<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProtects {
    doses: u8,
    #[serde(rename = "for")]
    lasts: Option<Spanned<String>>,
}

/// Reads the rules, oldest first. `series` is what the schedules know; `None` while one cannot be read.
pub fn read_tetanus(
    file: &str,
    text: &str,
    series: Option<&[&str]>,
) -> Result<Vec<Tetanus>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let (mut rules, mut findings, mut codes) = (Vec::new(), Vec::new(), Codes::default());
    for raw in &raw.rule {
        findings.extend(codes.take(raw.code.get_ref(), file, line_of(text, raw.code.span().start)));
        match raw.check(file, text, series) {
            Ok(rule) => rules.push(rule),
            Err(found) => findings.push(found),
        }
    }
    rules.sort_by_key(|rule: &Tetanus| rule.provenance.valid_from);
    if findings.is_empty() { Ok(rules) } else { Err(findings) }
}

impl RawRule {
    fn check(&self, file: &str, text: &str, known: Option<&[&str]>) -> Result<Tetanus, DefFinding> {
        let at = |span: &Spanned<String>| {
            parse_span(span.get_ref())
                .ok_or_else(|| bad(file, text, span, Message::new("def-not-a-span")))
        };
        let of_child = |written: &Spanned<String>, code: &str| match known {
            Some(known) if !known.contains(&code) => {
                Err(bad(file, text, written, unknown_word("series", code, known.iter().copied())))
            }
            _ => Ok(code.to_owned()),
        };
        let basic = self.basic.get_ref();
        let (code, count) = basic.split_once(" x ").unwrap_or((basic, "1"));
        let count = count
            .parse()
            .map_err(|_| bad(file, text, &self.basic, Message::new("def-not-a-count")))?;
        let basic = (of_child(&self.basic, code)?, count);
        let boosters: Result<Vec<String>, DefFinding> =
            self.boosters.iter().map(|written| of_child(written, written.get_ref())).collect();
        let mut ways = Vec::new();
        for raw in &self.way {
            let wait: Result<Vec<Span>, DefFinding> = raw.wait.iter().map(at).collect();
            let (before, sooner_from) = (raw.before, raw.sooner_from);
            ways.push(Way { before, wait: wait?, sooner_from });
        }
        ways.sort_by_key(|way| way.before);
        let at_least = at(&self.at_least)?;
        let Some(first) = ways.first().filter(|way| way.before == 0 && !way.wait.is_empty()) else {
            return Err(bad(file, text, &self.code, Message::new("def-tetanus-no-way")));
        };
        let ages = (at(&self.ages.0)?, at(&self.ages.1)?);
        let overdue = at(&self.overdue)?;
        let doses = doses(&self.series, &first.wait, at_least, overdue, ages);
        let mut protects = Vec::new();
        for raw in &self.protects {
            let lasts = raw.lasts.as_ref().map(at).transpose()?;
            protects.push(Protects { doses: raw.doses, lasts });
        }
        protects.sort_by_key(|p| p.doses);
        Ok(Tetanus {
            provenance: self.provenance(file, text)?,
            series: Series {
                code: self.series.get_ref().clone(),
                name: self.name.clone(),
                short: self.short.clone(),
                sex: Some(Sex::Female),
                live: false,
                optional: false,
                given_before: Some(ages.1),
                again: None,
                doses,
            },
            ages,
            basic,
            boosters: boosters?,
            outside_pregnancy: self.outside_pregnancy,
            overdue,
            stays: at(&self.stays)?,
            before_birth: at(&self.before_birth)?,
            at_least,
            ways,
            protects,
        })
    }
}

/// The doses as those of any series, for cards and lists.
fn doses(
    series: &Spanned<String>,
    wait: &[Span],
    at_least: Span,
    overdue: Span,
    ages: (Span, Span),
) -> Vec<Dose> {
    let dose = |(n, wait): (usize, &Span)| Dose {
        due: None,
        earliest: ages.0,
        after: (n > 0).then(|| After {
            series: series.get_ref().clone(),
            dose: n as u8,
            invite: *wait,
            at_least,
            required: true,
        }),
        overdue,
        until: ages.1,
    };
    wait.iter().enumerate().map(dose).collect()
}
