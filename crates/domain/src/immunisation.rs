//! Immunisation: which doses a child is owed, which of the given ones count, what may be written down.
//!
//! ```text
//! definitions/immunisation/ ──┐
//! facts about one child ──────┼─► Course::of ─► verdict on each dose given, standing of each dose owed
//! a nurse's entry ────────────┴─► record     ─► a fact (with warnings), or a refusal
//! ```
//!
//! **Refuse the impossible, accept what happened.** A dose given too early was still given: it is
//! recorded, it does not count, and the child stays owed.
//!
//! **The rule of the day applies.** A dose is judged by the schedule in force on the day it was given;
//! what is owed follows the newest schedule whose dates it falls under. A series which that schedule
//! does not have yet is judged by the first one that has it: every dose on the card has a verdict.
//!
//! **What you may touch here:** the rule. Ages and intervals live in the schedule files.

mod aefi;
mod catch_up;
mod put_off;
mod record;
mod said;
pub mod session;
#[cfg(test)]
mod tests;
pub mod tetanus;

pub use aefi::{Aefi, AefiRefusal, AefiWish, follow_aefi, record_aefi};
pub use catch_up::{Visit, catch_up};
pub use put_off::{Screened, contraindicate, defer, put_off};
pub(crate) use record::not_yet;
pub use record::{put_on_card, record};
pub use said::{Refusal, Warning};

use crate::fact::{DoseGiven, FactRef};
use crate::person::{On, Person};
use std::collections::BTreeMap;
use tram_defs::Definitions;
use tram_defs::immunisation::{Dose, Schedule, Series};
use tram_defs::phrase::Milestone;
use tram_kernel::Date;
use tram_kernel::day::{add_days, days_between};

/// What the rule says of one dose that was given, for one series it serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub at: FactRef,
    pub series: String,
    pub on: Date,
    pub counts: Result<u8, NotCounted>,
}

/// Why a dose that was given does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotCounted {
    /// Before the minimum age or interval; it would have counted from that day.
    TooEarly { from: Date },
    /// The dose before it is missing.
    OutOfOrder,
    /// Another live vaccine was injected less than the gap before.
    LiveTooClose { from: Date },
    /// The series was already complete.
    Extra,
}

/// Where a child stands with one dose of the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Done {
        on: Date,
        at: FactRef,
    },
    /// To be given from `due`; overdue from `overdue`; no longer offered from `until`.
    Owed {
        due: Date,
        overdue: Date,
        until: Date,
        deferred: Option<String>,
    },
    /// An earlier dose is still owed.
    Waiting,
    Contraindicated {
        reason: String,
    },
    /// Said to have been given before; not on the card.
    Told,
    /// Asked for when she is with child again; `from` the day the interval is over.
    NextPregnancy {
        from: Option<Date>,
    },
    /// Without a full birth date no day can be given.
    BirthDayMissing,
}

impl Standing {
    /// Nobody is called on a day on which the dose would not count.
    fn not_before(mut self, free: Date) -> Self {
        if let Self::Owed { due, overdue, .. } = &mut self
            && *due < free
        {
            *overdue = add_days(free, days_between(*due, *overdue));
            *due = free;
        }
        self
    }
}

/// One line of the card.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub series: &'a Series,
    /// One-based.
    pub number: u8,
    pub standing: Standing,
}

/// Everything the rule says of one person.
#[derive(Debug, Clone)]
pub struct Course<'a> {
    pub schedule: &'a Schedule,
    pub verdicts: Vec<Verdict>,
    pub lines: Vec<Line<'a>>,
    pub milestones: BTreeMap<Milestone, Date>,
    /// Days on which she gave birth to a child that her doses protected from tetanus.
    pub protected_births: Vec<Date>,
}

/// Counted doses so far: series → (day, fact), in order.
type Counted = BTreeMap<String, Vec<(Date, FactRef)>>;

impl<'a> Course<'a> {
    /// Judges the doses given and lists what is owed.
    pub fn of(defs: &'a Definitions, person: &Person) -> Self {
        let schedule = defs.newest_schedule();
        let (verdicts, counted, last_live) = judge(defs, person, &person.doses);
        let live_free = last_live.map(|day| schedule.live_gap.after(day));
        let mut lines = Vec::new();
        for series in schedule.series.iter().filter(|s| is_offered(s, person)) {
            for number in 1..=series.doses.len() {
                let mut standing = standing(defs, person, series, number, &counted);
                if let (true, Some(free)) = (series.live, live_free) {
                    standing = standing.not_before(free);
                }
                lines.push(Line { series, number: number as u8, standing });
            }
        }
        let is_begun = |series: &&Series| verdicts.iter().any(|v| v.series == series.code);
        let beyond = defs.beyond.iter().flat_map(|beyond| &beyond.series);
        for series in beyond.filter(|s| is_offered(s, person)).filter(is_begun) {
            let done = counted.get(&series.code).map_or(0, Vec::len);
            let last = if series.again.is_some() { done + 1 } else { 0 };
            for number in 1..=series.doses.len().max(last) {
                let standing = standing(defs, person, series, number, &counted);
                lines.push(Line { series, number: number as u8, standing });
            }
        }
        lines.extend(tetanus::lines(defs, person, &counted));
        let milestones = milestones(defs, person, &counted);
        let protects = |day: &Date| tetanus::protects_birth(defs, person, &counted, *day);
        let protected_births = person.deliveries.iter().copied().filter(protects).collect();
        Self { schedule, verdicts, lines, milestones, protected_births }
    }

    /// The verdicts on one given dose.
    pub fn verdicts_on(&self, at: FactRef) -> impl Iterator<Item = &Verdict> {
        self.verdicts.iter().filter(move |v| v.at == at)
    }

    /// What may be given on a day: owed, not deferred beyond it, still offered.
    pub fn owed_on(&self, today: Date) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().filter(move |line| match &line.standing {
            Standing::Owed { due, until, .. } => {
                *due <= today && today < *until && !line.series.optional
            }
            _ => false,
        })
    }
}

/// Whether a code stands in a list of the definitions.
fn is_listed(defs: &Definitions, list: &str, code: &str) -> bool {
    defs.list(list).is_some_and(|list| list.name(code).is_some())
}

/// The day ages are counted from.
fn born(person: &Person) -> Date {
    person.born.shown().date.first()
}

/// Whether nothing can be said of a person: no dose was given, and from `on` on none is offered any
/// more, by no schedule.
pub fn is_over(defs: &Definitions, person: &Person, on: Date) -> bool {
    let born = born(person);
    let offered = |dose: &Dose| on < dose.until.after(born);
    let series = || defs.schedules.iter().flat_map(|schedule| &schedule.series);
    person.doses.is_empty()
        && !tetanus::may_ask(defs, person)
        && !series().any(|series| series.doses.iter().any(offered))
}

fn is_offered(series: &Series, person: &Person) -> bool {
    series.sex.is_none_or(|sex| sex == *person.sex.shown())
}

/// Walks through the doses in the order they were given. The only place the validity rule is written.
/// Also tells the day of the last live vaccine, counted or not.
fn judge(
    defs: &Definitions,
    person: &Person,
    doses: &[On<DoseGiven>],
) -> (Vec<Verdict>, Counted, Option<Date>) {
    let born = born(person);
    let mut counted = Counted::new();
    let mut verdicts = Vec::new();
    let mut live: Vec<Date> = Vec::new();
    for given in doses {
        let Some(vaccine) = defs.vaccine(&given.what.vaccine) else { continue };
        let schedule = defs.schedule_on(given.day);
        let women = tetanus::rule_of(defs, person, given.day);
        let rules = vaccine.series.iter().filter_map(|code| defs.series_on(given.day, code));
        for series in rules.filter(|series| is_of(series, born, given.day)) {
            let is_of_women = defs.is_of_women(&series.code);
            let counts = match women {
                Some(rule) if is_of_women => tetanus::judge(rule, person, given.day, &counted),
                None if is_of_women => continue,
                _ => judge_one(schedule, born, series, given.day, &counted, &live),
            };
            if counts.is_ok() {
                counted.entry(series.code.clone()).or_default().push((given.day, given.at));
            }
            if series.live {
                live.push(given.day);
            }
            let (at, series, on) = (given.at, series.code.clone(), given.day);
            verdicts.push(Verdict { at, series, on, counts });
        }
    }
    (verdicts, counted, live.last().copied())
}

/// Whether a dose given on a day can be of a series at all.
fn is_of(series: &Series, born: Date, on: Date) -> bool {
    series.given_before.is_none_or(|until| on < until.after(born))
}

fn judge_one(
    schedule: &Schedule,
    born: Date,
    series: &Series,
    on: Date,
    counted: &Counted,
    live: &[Date],
) -> Result<u8, NotCounted> {
    let done = counted.get(&series.code).map_or(0, Vec::len);
    let Some(dose) = series.doses.get(done) else {
        let last = counted.get(&series.code).and_then(|done| done.last());
        return match (series.again, last) {
            (Some(again), Some((last, _))) if on < again.at_least.after(*last) => {
                Err(NotCounted::TooEarly { from: again.at_least.after(*last) })
            }
            (Some(_), _) => Ok(done as u8 + 1),
            (None, _) => Err(NotCounted::Extra),
        };
    };
    let from = first_valid_day(born, dose, counted).ok_or(NotCounted::OutOfOrder)?;
    if on < from {
        return Err(NotCounted::TooEarly { from });
    }
    if series.live {
        let last_other = live.iter().copied().filter(|day| *day != on).max();
        let free = last_other.map(|day| schedule.live_gap.after(day)).filter(|free| on < *free);
        if let Some(from) = free {
            return Err(NotCounted::LiveTooClose { from });
        }
    }
    Ok(done as u8 + 1)
}

/// The first day on which this dose would count; `None` while a dose it needs is missing.
fn first_valid_day(born: Date, dose: &Dose, counted: &Counted) -> Option<Date> {
    let by_age = dose.earliest.after(born);
    let Some(after) = &dose.after else { return Some(by_age) };
    match counted.get(&after.series).and_then(|done| done.get(usize::from(after.dose) - 1)) {
        Some((day, _)) => Some(by_age.max(after.at_least.after(*day))),
        None if after.required => None,
        None => Some(by_age),
    }
}

fn standing(
    defs: &Definitions,
    person: &Person,
    series: &Series,
    number: usize,
    counted: &Counted,
) -> Standing {
    let done = counted.get(&series.code).map_or(&[][..], Vec::as_slice);
    if let Some((on, at)) = done.get(number - 1) {
        return Standing::Done { on: *on, at: *at };
    }
    if let Some(stop) = person.contraindications.iter().find(|c| c.what.series == series.code) {
        return Standing::Contraindicated { reason: stop.what.reason.clone() };
    }
    if number > done.len() + 1 {
        return Standing::Waiting;
    }
    let Some(born) = person.born.shown().date.day() else { return Standing::BirthDayMissing };
    let rule = rule_for(defs, &series.code, number, born, counted);
    let Some((dose, due)) = rule else { return Standing::Waiting };
    let deferral =
        person.deferrals.iter().rev().find(|d| {
            d.what.series == series.code && done.last().is_none_or(|(on, _)| d.day > *on)
        });
    let due = deferral.map_or(due, |d| due.max(d.what.until));
    Standing::Owed {
        due,
        overdue: dose.overdue.after(due),
        until: dose.until.after(born),
        deferred: deferral.map(|d| d.what.reason.clone()),
    }
}

/// The rule for what is owed: the newest schedule that was in force on the day it makes the dose due,
/// otherwise the oldest one known. `None` while a dose it needs is missing.
fn rule_for<'a>(
    defs: &'a Definitions,
    series: &str,
    number: usize,
    born: Date,
    counted: &Counted,
) -> Option<(&'a Dose, Date)> {
    let mut found = None;
    for schedule in defs.schedules.iter().rev().chain(&defs.beyond) {
        let Some(series) = schedule.find(series) else { continue };
        let (dose, due) = match (series.doses.get(number - 1), series.again) {
            (Some(dose), _) => (dose, due_day(dose, born, counted)?),
            (None, Some(again)) => {
                let (last, _) = counted.get(&series.code)?.last()?;
                (series.doses.last()?, again.invite.after(*last))
            }
            (None, None) => continue,
        };
        found = Some((dose, due));
        if schedule.provenance.valid_from <= due {
            break;
        }
    }
    found
}

fn due_day(dose: &Dose, born: Date, counted: &Counted) -> Option<Date> {
    let by_age = dose.due.unwrap_or(dose.earliest).after(born);
    let Some(after) = &dose.after else { return Some(by_age) };
    match counted.get(&after.series).and_then(|done| done.get(usize::from(after.dose) - 1)) {
        Some((day, _)) => Some(by_age.max(after.invite.after(*day))),
        None if after.required => None,
        None => Some(by_age),
    }
}

fn milestones(defs: &Definitions, person: &Person, counted: &Counted) -> BTreeMap<Milestone, Date> {
    let mut reached = BTreeMap::new();
    let mut days: Vec<Date> = counted.values().flatten().map(|(day, _)| *day).collect();
    days.sort();
    let complete = days.into_iter().find(|day| {
        defs.full_set_on(*day).is_some_and(|set| {
            set.needs.iter().all(|(series, count)| {
                let done = counted.get(series).map_or(&[][..], Vec::as_slice);
                done.iter().filter(|(on, _)| on <= day).count() >= usize::from(*count)
            })
        })
    });
    if let Some(day) = complete {
        reached.insert(Milestone::FullyImmunised, day);
    }
    if let Some(day) = hepatitis_b_in_time(person, counted) {
        reached.insert(Milestone::HepB24h, day);
    }
    reached
}

/// At most 24 hours after birth, by the minute; with a minute missing only the day of birth is sure.
fn hepatitis_b_in_time(person: &Person, counted: &Counted) -> Option<Date> {
    let (on, at) = counted.get("HEPB0")?.first()?;
    let born = person.born.shown();
    let born_day = born.date.day()?;
    let given = person.doses.iter().find(|dose| dose.at == *at)?;
    let in_time = match (born.minute, given.what.minute) {
        (Some(born_minute), Some(minute)) => {
            let days = days_between(born_day, *on);
            let minutes = days * 1440 + i32::from(minute) - i32::from(born_minute);
            (0..=24 * 60).contains(&minutes)
        }
        _ => *on == born_day,
    };
    in_time.then_some(*on)
}
