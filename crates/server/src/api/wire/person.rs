//! People in lists, and what the programmes say of one of them.

use super::SCHEMA;
use super::value::{Answered, day_of, instant};
use serde::Serialize;
use std::collections::BTreeMap;
use tram_app::person::{PersonLine, show_ref};
use tram_app::programme::{DueVisit, Kept};
use tram_domain::programme::{Episode, Filled};
use tram_kernel::{BirthDate, PersonId};
use utoipa::ToSchema;

#[derive(Debug, Serialize, ToSchema)]
pub struct Person {
    /// Addresses name people by this alone.
    id: String,
    name: String,
    /// `m` or `f`.
    sex: &'static str,
    /// As far as it is known: `1980-05-03`, `1980-05` or `1980`.
    born: String,
    #[schema(format = Date)]
    died_on: Option<String>,
    area: Option<String>,
}

impl From<&PersonLine> for Person {
    fn from(line: &PersonLine) -> Self {
        Self {
            id: line.id.to_string(),
            name: line.name.clone(),
            sex: line.sex.code(),
            born: born(line.born),
            died_on: line.died_on.map(day_of),
            area: line.area_name.clone(),
        }
    }
}

fn born(date: BirthDate) -> String {
    let first = day_of(date.first());
    let known = match date.precision() {
        tram_kernel::Precision::Day => 10,
        tram_kernel::Precision::Month => 7,
        tram_kernel::Precision::Year => 4,
    };
    first.chars().take(known).collect()
}

/// Something somebody needs of a programme.
#[derive(Debug, Serialize, ToSchema)]
pub struct Visit {
    programme: String,
    /// Code of the visit; `null` when somebody should be looked at for the programme.
    visit: Option<String>,
    /// May be done from this day on.
    #[schema(format = Date)]
    from: String,
    #[schema(format = Date)]
    due: String,
    /// Late from this day on.
    #[schema(format = Date)]
    overdue: String,
    /// Counted as lost to follow-up from this day on.
    #[schema(format = Date)]
    lost: String,
}

impl From<&DueVisit> for Visit {
    fn from(due: &DueVisit) -> Self {
        Self {
            programme: due.programme.clone(),
            visit: due.visit.clone(),
            from: day_of(due.from),
            due: day_of(due.due),
            overdue: day_of(due.overdue),
            lost: day_of(due.lost),
        }
    }
}

/// What the programmes say of one person.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonCare {
    schema: u8,
    /// The record; another id than asked for when records were linked.
    person: String,
    episodes: Vec<Stretch>,
    /// By day, then by the order in which they were recorded.
    entries: Vec<Entry>,
    due: Vec<Visit>,
}

/// A stretch of time during which somebody is followed.
#[derive(Debug, Serialize, ToSchema)]
struct Stretch {
    programme: String,
    #[schema(format = Date)]
    from: String,
    #[schema(format = Date)]
    to: Option<String>,
    outcome: Option<String>,
    source: Option<String>,
}

/// A form as it was filled in.
#[derive(Debug, Serialize, ToSchema)]
struct Entry {
    /// What `replaces` of a correction names.
    id: String,
    form: String,
    programme: Option<String>,
    #[schema(format = Date)]
    on: String,
    #[schema(format = DateTime)]
    recorded_at: String,
    /// Another live entry corrects the same one: somebody must decide.
    contested: bool,
    answers: BTreeMap<String, Answered>,
    measures: BTreeMap<String, Answered>,
}

impl PersonCare {
    /// `is_open` says whether a programme is there for the asker.
    pub fn of(
        person: PersonId,
        episodes: &[Episode],
        entries: &[Filled<'_>],
        due: &[DueVisit],
        is_open: &dyn Fn(&str) -> bool,
    ) -> Self {
        let stretch = |episode: &Episode| Stretch {
            programme: episode.programme.clone(),
            from: day_of(episode.from),
            to: episode.to.map(day_of),
            outcome: episode.outcome.clone(),
            source: episode.source.clone(),
        };
        Self {
            schema: SCHEMA,
            person: person.to_string(),
            episodes: episodes.iter().map(stretch).collect(),
            entries: entries.iter().map(|filled| Entry::of(filled, is_open)).collect(),
            due: due.iter().map(Visit::from).collect(),
        }
    }
}

impl Entry {
    fn of(filled: &Filled<'_>, is_open: &dyn Fn(&str) -> bool) -> Self {
        let entry = filled.entry;
        let answers = entry.what.answers.iter();
        let answers = answers.map(|a| (a.field.clone(), Answered::from(&a.value)));
        let measures = filled.measures.iter();
        let measures = measures.map(|m| (m.measure.clone(), Answered::from(&m.value)));
        Self {
            id: show_ref(&entry.at),
            form: entry.what.form.clone(),
            programme: entry.what.programme.clone().filter(|code| is_open(code)),
            on: day_of(entry.day),
            recorded_at: instant(entry.recorded_at),
            contested: entry.contested,
            answers: answers.collect(),
            measures: measures.collect(),
        }
    }
}

/// What became of a form that was sent; the same key again is told the same.
#[derive(Debug, Serialize, ToSchema)]
pub struct Record {
    schema: u8,
    /// The entry that was written; `null` when the action wrote none.
    entry: Option<String>,
    /// Something to do, as the definition says it.
    advice: Vec<String>,
    /// Keys of the warnings that were accepted.
    warnings: Vec<String>,
    /// Fields with an answer the form did not ask of this person; it was not kept.
    left_out: Vec<String>,
}

impl Record {
    /// `given` are the fields that were answered.
    pub fn of(kept: Kept, given: Vec<String>) -> Self {
        let Kept { entry, answered, advice, accepted } = kept;
        let left_out = given.into_iter().filter(|field| !answered.contains(field)).collect();
        let entry = entry.as_ref().map(show_ref);
        Self { schema: SCHEMA, entry, advice, warnings: accepted, left_out }
    }
}
