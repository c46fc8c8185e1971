//! Programmes at work: what a person's entries and enrolments say, which visits are due, and what may be
//! written next. One engine for every ordinary programme; which they are stands in `programmes/*.toml`.
//!
//! ```text
//! facts ─► entries (live ones, with their measures) ─► episodes ─► visits due, people to look at
//! ```

mod decide;
mod due;
mod stay;

pub use decide::{
    Enrolment, EntryWish, Leaving, Outcome, enrol, entry, leave, record, retract_entry,
};
pub use due::Due;

use crate::fact::{Body, FactRef, FormRecorded, Logged, ProgrammeEnrolled, ProgrammeLeft, Value};
use crate::form::{Measured, form_of, measures};
use crate::person::Person;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_defs::form::{Form, Keeps};
use tram_defs::programme::{Programme, programme_on};
use tram_kernel::{Compartment, Date, Moment, UnitId};

/// Outcome of an episode that a death ended.
pub const DIED: &str = "died";

/// An entry of a form as it was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub at: FactRef,
    pub day: Date,
    pub unit: Option<UnitId>,
    pub recorded_at: Moment,
    pub compartment: Compartment,
    pub what: FormRecorded,
    /// Another live entry corrects the same one: both are kept and shown, somebody must decide.
    pub contested: bool,
}

/// Taken in, or left, as it was written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<T> {
    pub at: FactRef,
    pub day: Date,
    pub recorded_at: Moment,
    pub unit: Option<UnitId>,
    pub compartment: Compartment,
    pub what: T,
}

/// What the record says about forms and programmes, before any definition is asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Followed {
    /// By day, then by the order in which they were recorded.
    pub entries: Vec<Entry>,
    pub enrolled: Vec<Step<ProgrammeEnrolled>>,
    pub left: Vec<Step<ProgrammeLeft>>,
}

impl Followed {
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.enrolled.is_empty() && self.left.is_empty()
    }

    /// Takes a fact in; facts of other kinds are none of it.
    pub(crate) fn take(&mut self, known: &Logged) {
        let (at, day, unit) = (known.at, known.fact.happened_on, known.unit);
        let recorded_at = known.recorded_at;
        let compartment = known.fact.compartment;
        match &known.fact.body {
            Body::FormRecorded(body) => self.entries.push(Entry {
                at,
                day,
                unit,
                recorded_at,
                compartment,
                what: body.clone(),
                contested: false,
            }),
            Body::ProgrammeEnrolled(body) => {
                self.enrolled.push(Step {
                    at,
                    day,
                    recorded_at,
                    unit,
                    compartment,
                    what: body.clone(),
                });
            }
            Body::ProgrammeLeft(body) => {
                self.left.push(Step {
                    at,
                    day,
                    recorded_at,
                    unit,
                    compartment,
                    what: body.clone(),
                });
            }
            _ => {}
        }
    }

    /// Corrected entries go out; those that correct the same one are marked.
    pub(crate) fn settle(&mut self) {
        let mut corrected: BTreeMap<FactRef, usize> = BTreeMap::new();
        for entry in &self.entries {
            if let Some(old) = entry.what.replaces {
                *corrected.entry(old).or_default() += 1;
            }
        }
        // A correction of a correction speaks for the whole chain; only live ones contest each other.
        let gone: BTreeSet<FactRef> = corrected.keys().copied().collect();
        self.entries.retain(|entry| !gone.contains(&entry.at));
        let mut live: BTreeMap<FactRef, usize> = BTreeMap::new();
        for old in self.entries.iter().filter_map(|entry| entry.what.replaces) {
            *live.entry(old).or_default() += 1;
        }
        for entry in &mut self.entries {
            entry.contested = entry.what.replaces.is_some_and(|old| live[&old] > 1);
        }
        self.entries.sort_by_key(|entry| (entry.day, entry.recorded_at, entry.at));
        self.enrolled.sort_by_key(|step| (step.day, step.recorded_at, step.at));
        self.left.sort_by_key(|step| (step.day, step.recorded_at, step.at));
    }

    /// Keeps what lies in compartments that are open.
    pub fn keep(&mut self, is_open: impl Fn(Compartment) -> bool) {
        self.entries.retain(|entry| is_open(entry.compartment));
        self.enrolled.retain(|step| is_open(step.compartment));
        self.left.retain(|step| is_open(step.compartment));
    }

    /// Compartments anything of it lies in.
    pub fn compartments(&self) -> BTreeSet<Compartment> {
        let entries = self.entries.iter().map(|entry| entry.compartment);
        let enrolled = self.enrolled.iter().map(|step| step.compartment);
        entries.chain(enrolled).chain(self.left.iter().map(|step| step.compartment)).collect()
    }
}

/// An entry with its measures worked out.
#[derive(Debug, Clone, PartialEq)]
pub struct Filled<'p> {
    pub entry: &'p Entry,
    pub measures: Vec<Measured>,
}

/// A stretch of time during which somebody is followed.
#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    pub at: FactRef,
    pub programme: String,
    pub from: Date,
    /// First day on which it no longer is.
    pub to: Option<Date>,
    /// That day is the one the programme foresaw; nothing ended it before.
    pub is_foreseen: bool,
    /// Code of the programme's outcomes, or [`DIED`].
    pub outcome: Option<String>,
    pub source: Option<String>,
    pub unit: Option<UnitId>,
    pub compartment: Compartment,
}

impl Episode {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// What the programmes say of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Care<'p> {
    pub entries: Vec<Filled<'p>>,
    /// By programme, then by day.
    pub episodes: Vec<Episode>,
    pub due: Vec<Due>,
}

impl<'p> Care<'p> {
    pub fn of(defs: &Definitions, person: &'p Person) -> Self {
        let followed = &person.followed;
        if !concerns(person) {
            return Self { entries: Vec::new(), episodes: Vec::new(), due: Vec::new() };
        }
        let mut entries: Vec<Filled<'p>> = Vec::with_capacity(followed.entries.len());
        let mut last: BTreeMap<String, Value> = BTreeMap::new();
        for entry in &followed.entries {
            let found = match form_of(defs, &entry.what, entry.day) {
                Some(form) => {
                    let earlier = |word: &str| last.get(word).cloned();
                    measures(defs, form, person, entry.day, &entry.what.answers, &earlier)
                }
                None => Vec::new(),
            };
            last.extend(found.iter().map(|m| (m.measure.clone(), m.value.clone())));
            entries.push(Filled { entry, measures: found });
        }
        let episodes = stay::episodes(defs, person);
        let due = due::all(defs, person, &entries, &episodes);
        Self { entries, episodes, due }
    }

    /// The last value of a measure up to a day, with its day.
    pub fn last(&self, measure: &str, until: Date) -> Option<(Date, &Value)> {
        last_of(&self.entries, measure, until)
    }

    /// The episode of a programme that is open on a day.
    pub fn open(&self, programme: &str, on: Date) -> Option<&Episode> {
        self.episodes.iter().find(|e| e.programme == programme && e.holds_on(on))
    }
}

/// Whether forms or programmes may have anything to say of somebody.
pub fn concerns(person: &Person) -> bool {
    let of_birth = person.birth.is_some() || !person.deliveries.is_empty();
    of_birth || !person.followed.is_empty() || !person.pregnancies.is_empty()
}

/// Entries that stay in sight: all that are about safety, the last one of each form of history.
pub fn in_sight<'p>(
    defs: &'p Definitions,
    person: &'p Person,
    keeps: Keeps,
) -> Vec<(&'p Form, &'p Entry)> {
    let mut found: Vec<(&Form, &Entry)> = Vec::new();
    for entry in &person.followed.entries {
        let Some(form) = form_of(defs, &entry.what, entry.day) else { continue };
        if form.keeps != keeps {
            continue;
        }
        if keeps == Keeps::History {
            found.retain(|(known, _)| known.code != form.code);
        }
        found.push((form, entry));
    }
    found
}

/// The last value of a measure up to a day, with its day.
pub(crate) fn last_of<'a>(
    entries: &'a [Filled<'_>],
    measure: &str,
    until: Date,
) -> Option<(Date, &'a Value)> {
    entries.iter().rev().filter(|filled| filled.entry.day <= until).find_map(|filled| {
        let found = filled.measures.iter().find(|m| m.measure == measure)?;
        Some((filled.entry.day, &found.value))
    })
}

/// The rule of a programme for somebody taken in on a day.
pub fn rule_of<'d>(defs: &'d Definitions, code: &str, on: Date) -> Option<&'d Programme> {
    programme_on(&defs.programmes, code, on)
}
