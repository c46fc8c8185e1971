//! The rows of entries, measures, episodes and visits due.

use super::{Keys, Rows};
use crate::error::Result;
use crate::table::{ENTRY, EPISODE, MEASURE, VISIT_DUE};
use crate::vals;
use tram_defs::Definitions;
use tram_defs::programme::MISTAKE;
use tram_domain::fact::{Subject, Value};
use tram_domain::form::Measured;
use tram_domain::person::Person;
use tram_domain::programme::{Care, Due, Entry, Episode, concerns};
use tram_kernel::Date;
use tram_kernel::day::add_days;

/// So long after a delivery entries may tell of it; longer than any stretch an indicator asks.
const AFTER_DELIVERY_DAYS: i32 = 100;

/// What the programmes say of somebody, beside the entries on the record.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CareState {
    /// Measures of each entry, in the order of the entries.
    measures: Vec<Vec<Measured>>,
    episodes: Vec<Episode>,
    due: Vec<Due>,
}

impl CareState {
    pub fn of(defs: &Definitions, person: &Person) -> Self {
        if !concerns(person) {
            return Self::default();
        }
        let Care { entries, episodes, due } = Care::of(defs, person);
        let measures = entries.into_iter().map(|filled| filled.measures).collect();
        Self { measures, episodes, due }
    }

    pub fn each_name(&self, person: &Person, take: &mut dyn FnMut(Subject)) {
        let entries = person.followed.entries.iter().filter_map(|entry| entry.unit);
        entries.for_each(|unit| take(unit.into()));
        self.episodes.iter().filter_map(|e| e.unit).for_each(|unit| take(unit.into()));
    }

    pub fn rows(
        &self,
        person: &Person,
        (key, shard, area): (i64, u32, Option<i64>),
        beside: Option<(&Self, &Person)>,
        keys: Keys<'_>,
        rows: &mut Rows,
    ) -> Result<()> {
        // An entry that stands at the same place beside it has the same rows there: they are left out of both.
        let is_there = |n: usize, entry: &Entry| {
            beside.is_some_and(|(state, other)| {
                other.followed.entries.get(n) == Some(entry)
                    && state.measures.get(n) == self.measures.get(n)
            })
        };
        let entries = person.followed.entries.iter().enumerate();
        for (n, entry) in entries.filter(|(n, entry)| !is_there(*n, entry)) {
            let unit = entry.unit.map(|unit| keys(unit.into())).transpose()?;
            let body = minicbor::to_vec(&entry.what).expect("writing to memory does not fail");
            let (form, programme) = (&entry.what.form, entry.what.programme.as_deref());
            let (on, place) = (entry.day, entry.compartment.number());
            let row = vals![key, n, shard, form, programme, on, unit, place, entry.contested, body];
            rows.push((&ENTRY, row.into()));
            for measured in self.measures.get(n).into_iter().flatten() {
                let (number, word) = stored(&measured.value);
                let row = vals![key, &measured.measure, on, n, shard, number, word, place];
                rows.push((&MEASURE, row.into()));
            }
        }
        for (n, e) in self.episodes.iter().enumerate() {
            let unit = e.unit.map(|unit| keys(unit.into())).transpose()?;
            let (outcome, source) = (e.outcome.as_deref(), e.source.as_deref());
            let (area, place) = (area.unwrap_or(0), e.compartment.number());
            let row = vals![
                key,
                &e.programme,
                e.from,
                n,
                shard,
                area,
                e.to,
                outcome,
                source,
                unit,
                place
            ];
            rows.push((&EPISODE, row.into()));
        }
        let lives_here = person.last_residence().is_some_and(|lives| lives.to.is_none());
        for due in self.due.iter().filter(|_| lives_here) {
            let visit = due.visit.as_deref().unwrap_or_default();
            let place = due.compartment.number();
            let (from, on, overdue, lost) = (due.from, due.due, due.overdue, due.lost);
            let (programme, until) = (&due.programme, due.until);
            let row =
                vals![area, key, programme, visit, shard, from, on, overdue, lost, until, place];
            rows.push((&VISIT_DUE, row.into()));
        }
        Ok(())
    }

    /// Days on which a number could be different between two states.
    pub fn differences(old: (&Self, &Person), new: (&Self, &Person)) -> Vec<Date> {
        let mut days = Vec::new();
        for ((one, person), (other, another)) in [(old, new), (new, old)] {
            if one.measures == other.measures
                && one.episodes == other.episodes
                && person.followed.entries == another.followed.entries
            {
                return days;
            }
            for (n, entry) in person.followed.entries.iter().enumerate() {
                let found = another.followed.entries.iter().position(|known| known.at == entry.at);
                let is_same = found.is_some_and(|at| {
                    another.followed.entries[at] == *entry && other.measures[at] == one.measures[n]
                });
                if !is_same {
                    days.push(entry.day);
                    // What is asked of a delivery may be answered some weeks after it.
                    let since = add_days(entry.day, -AFTER_DELIVERY_DAYS);
                    days.extend(person.deliveries.range(since..=entry.day).next());
                }
            }
            let known = &other.episodes;
            for episode in one.episodes.iter().filter(|episode| !known.contains(episode)) {
                let is_mistake = |e: &Episode| e.outcome.as_deref() == Some(MISTAKE);
                let stays = |e: &&Episode| e.at == episode.at && e.from == episode.from;
                // A mistake never was: its beginning is different too.
                let begun = known.iter().find(stays);
                let begun = begun.is_some_and(|e| is_mistake(e) == is_mistake(episode));
                days.extend(if begun { episode.to } else { Some(episode.from) });
            }
        }
        days
    }
}

/// A measure as it is stored: a number in thousandths, or a word.
fn stored(value: &Value) -> (Option<i64>, Option<String>) {
    match value {
        Value::Number(n) => (Some(*n), None),
        Value::Yes(yes) => (Some(i64::from(*yes)), None),
        Value::Code(code) => (None, Some(code.clone())),
        Value::Codes(codes) => (None, Some(codes.join(" "))),
        Value::Day(day) => (None, Some(day.to_string())),
        Value::Text(text) => (None, Some(text.clone())),
    }
}
