//! Tetanus for women: which dose is next and when, and whether a child is born protected.
//!
//! ```text
//! doses had as a child ──┐
//! doses told of ─────────┼─► which way ─► next dose: now that she is with child, or after the interval
//! doses on the card ─────┘            └─► protected until
//! ```
//!
//! **A course is never begun anew.** What was given before counts, on the card or told; what is not
//! known counts for nothing, so that a woman in doubt is protected rather than left out.

use super::{Counted, Line, NotCounted, Standing, born};
use crate::fact::{Fact, TetanusTold};
use crate::person::{Person, life::within_life};
use tram_defs::Definitions;
use tram_defs::tetanus::Tetanus;
use tram_kernel::{Date, Message, Sex};

/// How far the doses she had protect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// Doses in all, those of her childhood and those told of among them.
    pub doses: u8,
    /// The day of the last one, when it is known.
    pub last: Option<Date>,
    /// The first day without protection; `None` while she can bear children.
    pub until: Option<Date>,
    /// There is any protection to speak of.
    pub is_any: bool,
}

/// Why what is told of earlier doses is not written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not a day of her life")]
    Life(#[from] crate::person::Refusal),
    #[error("nobody had so many doses")]
    Doses,
    #[error("a last day without a dose, or after today")]
    Last,
    #[error("not a woman of these ages")]
    NotAsked,
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::Life(refusal) => refusal.message(),
            Self::Doses => Message::new("tetanus-doses"),
            Self::Last => Message::new("tetanus-last"),
            Self::NotAsked => Message::new("tetanus-not-asked"),
        }
    }
}

/// The rule under which a dose given on a day is hers, when it is.
pub(super) fn rule_of<'a>(defs: &'a Definitions, person: &Person, on: Date) -> Option<&'a Tetanus> {
    let rule = defs.tetanus_on(on)?;
    let (from, to) = rule.ages;
    let born = born(person);
    let is_hers = *person.sex.shown() == Sex::Female;
    // A girl with child is asked for like any woman.
    let mut pregnancies = person.pregnancies.iter().filter(|p| p.noted.day <= on);
    let is_with_child = pregnancies.any(|p| p.ended.is_none_or(|ended| on <= ended));
    let is_of_age = from.after(born) <= on && on < to.after(born);
    (is_hers && (is_of_age || is_with_child)).then_some(rule)
}

/// Whether anything may be owed to her, or said of her.
pub(super) fn may_ask(defs: &Definitions, person: &Person) -> bool {
    *person.sex.shown() == Sex::Female
        && (!person.pregnancies.is_empty()
            || person.tetanus.is_some()
            || defs.tetanus.iter().any(|rule| rule.outside_pregnancy))
}

/// Doses had as a child, told or counted before a day: 0, the basic course, or one more with a booster.
fn as_child(rule: &Tetanus, person: &Person, counted: &Counted, on: Date) -> u8 {
    let before = |series: &str| {
        counted.get(series).map_or(0, |done| done.iter().filter(|(day, _)| *day <= on).count())
    };
    let told = person.tetanus.as_ref().map_or(0, |told| told.what.as_child);
    let (series, basic) = &rule.basic;
    if before(series) < usize::from(*basic) {
        return told;
    }
    let boosted = rule.boosters.iter().any(|series| before(series) > 0);
    told.max(basic + u8::from(boosted))
}

/// Doses had as a woman before a day, and the last of them when it is known.
fn as_woman(rule: &Tetanus, person: &Person, counted: &Counted, on: Date) -> (u8, Option<Date>) {
    let told = person.tetanus.as_ref().map(|told| &told.what);
    let given = counted.get(&rule.series.code).map_or(&[][..], Vec::as_slice);
    let given: Vec<Date> = given.iter().map(|(day, _)| *day).filter(|day| *day <= on).collect();
    let last = given.last().copied().max(told.and_then(|told| told.last));
    (told.map_or(0, |told| told.doses) + given.len() as u8, last)
}

/// The first day on which dose `number` counts, or is asked for, after the last one. A pregnancy that
/// began since makes some doses due at once.
fn from_day(
    rule: &Tetanus,
    person: &Person,
    child: u8,
    number: u8,
    last: Date,
    asked: bool,
) -> Option<Date> {
    let way = rule.way(child);
    let wait = way.wait.get(usize::from(number) - 1)?;
    let is_new = person.pregnancies.iter().any(|pregnancy| pregnancy.noted.day > last);
    let is_sooner = is_new && way.sooner_from.is_some_and(|from| number >= from);
    // A month is what she is told; 28 days is what counts.
    let at_once = rule.at_least.after(last);
    let waited = wait.after(last);
    Some(match () {
        () if is_sooner => at_once,
        () if !asked && number == 2 => at_once.min(waited),
        () => waited,
    })
}

/// Whether a dose given on a day counts, and as which.
pub(super) fn judge(
    rule: &Tetanus,
    person: &Person,
    on: Date,
    counted: &Counted,
) -> Result<u8, NotCounted> {
    let child = as_child(rule, person, counted, on);
    let (had, last) = as_woman(rule, person, counted, on);
    if usize::from(had) >= rule.way(child).wait.len() {
        return Err(NotCounted::Extra);
    }
    let from = last.and_then(|last| from_day(rule, person, child, had + 1, last, false));
    match from {
        Some(from) if on < from => Err(NotCounted::TooEarly { from }),
        _ => Ok(had + 1),
    }
}

/// The lines of her card; none for somebody this is not about.
pub(super) fn lines<'a>(
    defs: &'a Definitions,
    person: &Person,
    counted: &Counted,
) -> Vec<Line<'a>> {
    let Some(rule) = defs.tetanus.last() else { return Vec::new() };
    let series = &rule.series;
    let given = counted.get(&series.code).map_or(&[][..], Vec::as_slice);
    if given.is_empty() && !may_ask(defs, person) {
        return Vec::new();
    }
    let child = as_child(rule, person, counted, Date::MAX);
    let (had, last) = as_woman(rule, person, counted, Date::MAX);
    let told = had - given.len() as u8;
    let mut lines: Vec<Line<'a>> =
        (1..=told).map(|number| Line { series, number, standing: Standing::Told }).collect();
    lines.extend(given.iter().enumerate().map(|(n, (on, at))| {
        let number = told + n as u8 + 1;
        Line { series, number, standing: Standing::Done { on: *on, at: *at } }
    }));
    let all = rule.way(child).wait.len() as u8;
    if had < all {
        let standing = next(rule, person, (child, had), last);
        lines.push(Line { series, number: had + 1, standing });
        let later = had + 2..=all;
        lines.extend(later.map(|number| Line { series, number, standing: Standing::Waiting }));
    }
    lines
}

fn next(rule: &Tetanus, person: &Person, (child, had): (u8, u8), last: Option<Date>) -> Standing {
    let code = &rule.series.code;
    if let Some(stop) = person.contraindications.iter().find(|c| c.what.series == *code) {
        return Standing::Contraindicated { reason: stop.what.reason.clone() };
    }
    let from = last.and_then(|last| from_day(rule, person, child, had + 1, last, true));
    let born = born(person);
    let (begins, until) = match person.open_pregnancy() {
        Some(pregnancy) => (pregnancy.noted.day, rule.stays.after(pregnancy.expected())),
        None if rule.outside_pregnancy => (rule.ages.0.after(born), rule.ages.1.after(born)),
        None => return Standing::NextPregnancy { from },
    };
    let mut due = from.map_or(begins, |from| from.max(begins));
    let put_off = person.deferrals.iter().rev();
    let put_off = put_off.filter(|d| d.what.series == *code && last.is_none_or(|on| d.day > on));
    let deferral = put_off.map(|d| &d.what).next();
    due = deferral.map_or(due, |d| due.max(d.until));
    Standing::Owed {
        due,
        overdue: rule.overdue.after(due),
        until,
        deferred: deferral.map(|d| d.reason.clone()),
    }
}

/// How far she is protected by what she had before a day.
pub fn protection(defs: &Definitions, person: &Person, on: Date) -> Option<Protection> {
    let rule = defs.tetanus_on(on)?;
    let (_, counted, _) = super::judge(defs, person, &person.doses);
    Some(protection_of(rule, person, &counted, on))
}

fn protection_of(rule: &Tetanus, person: &Person, counted: &Counted, on: Date) -> Protection {
    let child = as_child(rule, person, counted, on);
    let (had, last) = as_woman(rule, person, counted, on);
    let doses = child + had;
    let lasts = rule.protects(doses).filter(|_| had > 0);
    let until = lasts.and_then(|p| p.lasts).map(|span| last.map_or(on, |last| span.after(last)));
    Protection { doses, last, until, is_any: lasts.is_some() }
}

/// Whether a child born on that day is protected by what its mother had.
pub(super) fn protects_birth(
    defs: &Definitions,
    person: &Person,
    counted: &Counted,
    on: Date,
) -> bool {
    let Some(rule) = defs.tetanus_on(on) else { return false };
    // Doses too near to the birth are as if they had not been given.
    let early = tram_kernel::day::add_days(on, -rule.before_birth.days);
    let early = tram_kernel::day::add_months(early, -rule.before_birth.months);
    let had = protection_of(rule, person, counted, early);
    had.is_any && had.until.is_none_or(|until| on < until)
}

/// What is told of doses she had before.
pub fn tell(
    defs: &Definitions,
    person: &Person,
    told: TetanusTold,
    on: Date,
    today: Date,
) -> Result<Fact, Refusal> {
    within_life(person, on, today)?;
    if rule_of(defs, person, on).is_none() {
        return Err(Refusal::NotAsked);
    }
    if told.doses > 9 || ![0, 3, 4].contains(&told.as_child) {
        return Err(Refusal::Doses);
    }
    let (born, needs_dose) = (born(person), told.last.is_some() && told.doses == 0);
    if needs_dose || told.last.is_some_and(|last| last > today || last < born) {
        return Err(Refusal::Last);
    }
    Ok(Fact::new(person.id.into(), person.shard, on, told.into()))
}
