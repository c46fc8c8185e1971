//! The calendar of working days: public holidays, days off in lieu, swapped days, one file a year.

use crate::finding::{Codes, DefFinding};
use crate::provenance::{Confidence, Provenance, read_day, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::day::add_days;
use tram_kernel::{Date, Message};

/// Why a day is not what its place in the week says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialKind {
    /// Public holiday or Tết.
    Holiday,
    /// Off because a holiday fell on a weekly day off (nghỉ bù).
    Compensation,
    /// Off in exchange for a day that is worked (hoán đổi).
    Swap,
    /// A weekly day off that is worked (làm bù).
    MakeUp,
}

impl SpecialKind {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Compensation => "compensation",
            Self::Swap => "swap",
            Self::MakeUp => "make_up",
        }
    }
}

/// A day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    pub fn of(day: Date) -> Self {
        Self::ALL[day.weekday().to_monday_zero_offset() as usize]
    }
}

/// One or more days in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialDay {
    pub from: Date,
    pub to: Date,
    pub kind: SpecialKind,
    pub name: String,
    /// Where it comes from, when that is not the source of the whole year.
    pub source: Option<String>,
    pub confidence: Confidence,
    pub note: Option<String>,
}

/// A checked year.
#[derive(Debug, Clone)]
pub struct CalendarYear {
    pub year: i16,
    pub name: String,
    pub weekend: Vec<Weekday>,
    /// The authorities have said which days are off; before that the days are worked out.
    pub published: bool,
    /// In order.
    pub days: Vec<SpecialDay>,
    pub provenance: Provenance,
}

impl CalendarYear {
    pub fn special(&self, day: Date) -> Option<&SpecialDay> {
        self.days.iter().find(|special| special.from <= day && day <= special.to)
    }

    pub fn is_weekend(&self, day: Date) -> bool {
        self.weekend.contains(&Weekday::of(day))
    }
}

with_provenance! {
    struct RawYear {
        year: Spanned<i16>,
        name: String,
        weekend: Vec<Weekday>,
        published: bool,
        #[serde(default)]
        day: Vec<RawDay>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDay {
    from: Spanned<String>,
    to: Option<Spanned<String>>,
    kind: SpecialKind,
    name: String,
    source: Option<String>,
    confidence: Option<Confidence>,
    note: Option<String>,
}

/// Reads one file of `calendar/`. Days lie in their year, in order, and do not overlap; what is worked
/// instead of a day off is a day off, and what is off in lieu is a working day.
pub fn read_year(
    file: &str,
    text: &str,
    codes: &mut Codes,
) -> Result<CalendarYear, Vec<DefFinding>> {
    let raw: RawYear = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let year = *raw.year.get_ref();
    let mut days: Vec<SpecialDay> = Vec::new();
    let mut findings = Vec::new();
    let at = line_of(text, raw.year.span().start);
    findings.extend(codes.take(&year.to_string(), file, at));
    for written in raw.day {
        let line = line_of(text, written.from.span().start);
        let mut refuse = |code: &'static str| {
            let message = Message::new(code).with("word", written.from.get_ref().as_str());
            findings.push(DefFinding::error(file, line, message));
        };
        let from = read_day(file, text, &written.from).map_err(|f| vec![f])?;
        let to = match &written.to {
            Some(to) => read_day(file, text, to).map_err(|f| vec![f])?,
            None => from,
        };
        if from.year() != year || to.year() != year || to < from {
            refuse("def-day-outside-year");
            continue;
        }
        if days.last().is_some_and(|last| from <= last.to) {
            refuse("def-days-overlap");
        }
        let is_weekend = |day: &Date| raw.weekend.contains(&Weekday::of(*day));
        let all = || std::iter::successors(Some(from), |day| Some(add_days(*day, 1)));
        let mut all_days = all().take_while(|day| *day <= to);
        let is_possible = match written.kind {
            SpecialKind::Holiday => true,
            SpecialKind::MakeUp => all_days.all(|day| is_weekend(&day)),
            SpecialKind::Compensation | SpecialKind::Swap => all_days.all(|day| !is_weekend(&day)),
        };
        if !is_possible {
            refuse("def-day-of-week");
        }
        days.push(SpecialDay {
            from,
            to,
            kind: written.kind,
            name: written.name,
            source: written.source,
            confidence: written.confidence.unwrap_or(provenance.confidence),
            note: written.note,
        });
    }
    if !findings.is_empty() {
        return Err(findings);
    }
    let (name, weekend, published) = (raw.name, raw.weekend, raw.published);
    Ok(CalendarYear { year, name, weekend, published, days, provenance })
}
