//! When somebody is followed: taken in and let go by hand, or by what the record says happened.

use super::{DIED, Episode, Step, rule_of};
use crate::fact::{FactRef, PregnancyOutcome, ProgrammeLeft};
use crate::person::Person;
use std::collections::BTreeSet;
use tram_defs::Definitions;
use tram_defs::programme::{Begins, Occasion};
use tram_kernel::day::add_days;
use tram_kernel::{Compartment, Date, Moment, UnitId};

/// A beginning.
struct Start<'p> {
    at: FactRef,
    day: Date,
    programme: &'p str,
    source: Option<String>,
    unit: Option<UnitId>,
    compartment: Compartment,
    /// When it was written down; of what the record says by itself there is no such time.
    recorded_at: Option<Moment>,
    /// The first day after the time foreseen, with the outcome.
    foreseen: Option<(Date, String)>,
}

/// Enrolments with what ended each: the first leaving after it, what the record says, or a death.
pub(super) fn episodes(defs: &Definitions, person: &Person) -> Vec<Episode> {
    let mut episodes: Vec<Episode> = Vec::new();
    for start in starts(defs, person) {
        let (code, from) = (start.programme, start.day);
        // Taken in twice without having left: one episode, from the earlier day.
        let is_open =
            |e: &Episode| e.programme == code && e.from <= from && e.to.is_none_or(|to| from < to);
        if episodes.iter().any(is_open) {
            continue;
        }
        // Of several on one day the first stands.
        let left = left(person, &start);
        let died = person.death.as_ref().map(|death| (death.on, DIED.to_owned()));
        let ends = left.into_iter().chain(let_go(defs, person, code, from)).chain(died);
        let end = ends.min_by_key(|(day, _)| *day);
        let is_foreseen = start
            .foreseen
            .as_ref()
            .is_some_and(|(to, _)| end.as_ref().is_none_or(|(end, _)| to <= end));
        let end = if is_foreseen { start.foreseen } else { end };
        episodes.push(Episode {
            at: start.at,
            programme: code.to_owned(),
            from,
            to: end.as_ref().map(|(day, _)| *day),
            is_foreseen,
            outcome: end.map(|(_, outcome)| outcome),
            source: start.source,
            unit: start.unit,
            compartment: start.compartment,
        });
    }
    episodes.sort_by(|a, b| (&a.programme, a.from).cmp(&(&b.programme, b.from)));
    episodes
}

/// All beginnings, by day: those written down, and those the record says by itself.
fn starts<'p>(defs: &'p Definitions, person: &'p Person) -> Vec<Start<'p>> {
    let written = person.followed.enrolled.iter().map(|step| Start {
        at: step.at,
        day: step.day,
        programme: &step.what.programme,
        source: step.what.source.clone(),
        unit: step.unit,
        compartment: step.compartment,
        recorded_at: Some(step.recorded_at),
        foreseen: None,
    });
    let mut starts: Vec<Start<'p>> = written.collect();
    let of_itself = defs.programmes.iter().filter(|rule| rule.begins.is_some());
    for code in of_itself.map(|rule| rule.code.as_str()).collect::<BTreeSet<&str>>() {
        for occasion in Occasion::ALL {
            for day in days_of(person, occasion) {
                let Some(rule) = rule_of(defs, code, day) else { continue };
                let Some(Begins { lasts, outcome, .. }) =
                    rule.begins.as_ref().filter(|begins| begins.on == occasion)
                else {
                    continue;
                };
                starts.push(Start {
                    at: person.opened,
                    day,
                    programme: code,
                    source: None,
                    unit: None,
                    compartment: rule.compartment,
                    recorded_at: None,
                    foreseen: Some((add_days(lasts.after(day), 1), outcome.clone())),
                });
            }
        }
    }
    starts.sort_by_key(|start| (start.day, start.recorded_at, start.at));
    starts
}

/// The days on which something happened, by what the record says.
fn days_of(person: &Person, occasion: Occasion) -> Vec<Date> {
    match occasion {
        Occasion::Delivery => person.deliveries.iter().copied().collect(),
        Occasion::Loss => {
            let lost = |p: &&crate::pregnancy::Pregnancy| p.outcome == Some(PregnancyOutcome::Loss);
            person.pregnancies.iter().filter(lost).filter_map(|p| p.ended).collect()
        }
        Occasion::Birth => person.birth.iter().map(|_| person.born.shown().date.first()).collect(),
    }
}

/// The first leaving written down for a stay.
fn left(person: &Person, start: &Start<'_>) -> Option<(Date, String)> {
    // Who left and came back on one day: what was written before the coming ended another time.
    let ends = |left: &&Step<ProgrammeLeft>| {
        let later = start.recorded_at.is_none_or(|began| left.recorded_at > began);
        left.what.programme == start.programme
            && (left.day > start.day || left.day == start.day && later)
    };
    let left = person.followed.left.iter().find(ends)?;
    Some((left.day, left.what.outcome.clone()))
}

/// The first thing on the record that lets somebody go who was taken in on a day.
fn let_go(defs: &Definitions, person: &Person, code: &str, from: Date) -> Option<(Date, String)> {
    let ends = rule_of(defs, code, from)?.ends.iter();
    let first = |(occasion, outcome): &(Occasion, String)| {
        let day = days_of(person, *occasion).into_iter().find(|day| *day >= from)?;
        Some((day, outcome.clone()))
    };
    ends.filter_map(first).min_by_key(|(day, _)| *day)
}
