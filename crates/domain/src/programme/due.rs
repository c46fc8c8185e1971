//! Which visits are due: counted from the enrolment or the last visit, by what was found then, or on the
//! day that was agreed.

use super::{Entry, Episode, Filled, last_of, rule_of};
use crate::fact::Value;
use crate::form::answer_of;
use crate::form::condition::{of_person, of_values};
use crate::person::Person;
use tram_defs::Definitions;
use tram_defs::form::Condition;
use tram_defs::phrase::Span;
use tram_defs::programme::{Programme, Propose, Since, Timing, VisitRule};
use tram_kernel::day::{add_days, add_months};
use tram_kernel::{Compartment, Date};

/// Something a person needs of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub programme: String,
    /// Code of the visit; `None` when somebody should be looked at for the programme.
    pub visit: Option<String>,
    /// May be done from this day on.
    pub from: Date,
    pub due: Date,
    /// Late from this day on.
    pub overdue: Date,
    /// Counted as lost to follow-up from this day on; `Date::MAX` when nobody is lost for want of it.
    pub lost: Date,
    /// Asked for no more from this day on: the programme ends by itself.
    pub until: Option<Date>,
    pub compartment: Compartment,
}

impl Due {
    /// The programme has not ended by itself before that day.
    pub fn is_asked_on(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day < until)
    }
}

/// Everything due of everybody's open episodes, and what the last measures propose.
pub(super) fn all(
    defs: &Definitions,
    person: &Person,
    entries: &[Filled<'_>],
    episodes: &[Episode],
) -> Vec<Due> {
    let mut due = Vec::new();
    if person.is_dead() {
        return due;
    }
    // Of times that end by themselves the newest alone may still ask for something.
    let is_newest =
        |e: &Episode| !episodes.iter().any(|o| o.programme == e.programme && o.from > e.from);
    let asks = |e: &&Episode| e.to.is_none() || e.is_foreseen && is_newest(e);
    for episode in episodes.iter().filter(asks) {
        let Some(rule) = rule_of(defs, &episode.programme, episode.from) else { continue };
        let seen = seen_by(rule, entries);
        let mut visits: Vec<Due> = rule
            .visits
            .iter()
            .filter_map(|visit| next(rule, visit, person, &seen, episode))
            .collect();
        let leaves = |due: &Due| {
            let visit = due.visit.as_deref().and_then(|code| rule.visit(code));
            visit.is_some_and(|visit| matches!(visit.timing, Timing::AtAge(_)))
        };
        // From the age at which they leave nothing else is asked.
        if let Some(end) = visits.iter().filter(|due| leaves(due)).map(|due| due.due).min() {
            visits.retain(|due| leaves(due) || due.due < end);
        }
        // Nobody is lost who is expected for another visit: all of a programme are lost together.
        let lost = visits.iter().filter(|due| !leaves(due)).map(|visit| visit.lost).max();
        let followed = visits.iter_mut().filter(|due| !leaves(due));
        followed.for_each(|visit| visit.lost = lost.unwrap_or(visit.lost));
        due.extend(visits);
    }
    due.extend(proposals(defs, person, entries, episodes));
    due
}

/// What a programme goes by: what everybody may see, and what lies where the programme lies. Nothing it asks
/// for tells of another compartment.
fn seen_by<'p>(rule: &Programme, entries: &[Filled<'p>]) -> Vec<Filled<'p>> {
    let is_seen = |filled: &&Filled<'_>| {
        filled.entry.compartment == Compartment::General
            || filled.entry.compartment == rule.compartment
    };
    entries.iter().filter(is_seen).cloned().collect()
}

/// When a kind of visit is next due within an episode.
fn next(
    rule: &Programme,
    visit: &VisitRule,
    person: &Person,
    entries: &[Filled<'_>],
    episode: &Episode,
) -> Option<Due> {
    let begins = match &visit.from {
        Since::Enrolment => episode.from,
        Since::Gestation => person.open_pregnancy()?.begins(),
        Since::Measure(measure) => match last_of(entries, measure, Date::MAX)?.1 {
            Value::Day(day) => *day,
            _ => return None,
        },
    };
    // A visit of this pregnancy is one whenever she was taken in.
    let of_gestation = visit.from == Since::Gestation;
    let since = if of_gestation { begins.min(episode.from) } else { episode.from };
    let of_form =
        |filled: &&Filled<'_>| filled.entry.what.form == visit.form && filled.entry.day >= since;
    let done: Vec<&Filled<'_>> = entries.iter().filter(of_form).collect();
    let last = done.last().map(|filled| filled.entry);
    // Who a visit is for changes with what is found: the newest measures say it.
    let newest = entries.last().map_or(episode.from, |filled| filled.entry.day);
    if !all_hold(&visit.when, person, entries, newest.max(episode.from)) {
        return None;
    }
    let begins = asked_since(visit, person, entries, begins, last.map(|entry| entry.day));
    let on = match &visit.timing {
        Timing::Every { first, usual, cases } => {
            let found_on = last.map_or(begins, |entry| entry.day);
            let fits =
                |(when, _): &&(Vec<Condition>, Span)| all_hold(when, person, entries, found_on);
            let case = cases.iter().find(fits).map(|(_, span)| *span);
            match last {
                // What was found when they were taken in may call them sooner.
                None => match case.map(|span| span.after(begins)) {
                    Some(sooner) => sooner.min(first.after(begins)),
                    None => first.after(begins),
                },
                Some(entry) => {
                    agreed(visit, entry).unwrap_or_else(|| case.unwrap_or(*usual).after(entry.day))
                }
            }
        }
        Timing::At(times) => {
            let mut days = done.iter().map(|filled| filled.entry.day);
            let dues: Vec<Date> = times.iter().map(|time| time.after(begins)).collect();
            let planned = match visit.in_order {
                // One after the other, none left out: doses.
                true => dues.into_iter().find(|due| {
                    let opens = before(*due, visit.early);
                    !days.by_ref().any(|day| day >= opens)
                }),
                // Each has its own time: tests. What was missed is not asked for once the next was done.
                false => {
                    let last = days.next_back();
                    let open = |due: &Date| last.is_none_or(|day| day < before(*due, visit.early));
                    dues.into_iter().find(open)
                }
            };
            match (last.and_then(|entry| agreed(visit, entry)), planned) {
                (Some(day), _) if of_gestation => day,
                // Who comes late is not late before she came.
                (_, Some(planned)) if of_gestation => planned.max(episode.from),
                (Some(day), Some(planned)) => day.max(planned),
                (_, planned) => planned?,
            }
        }
        Timing::AtAge(age) => age.after(person.born.shown().date.first()),
    };
    let overdue = add_days(visit.grace.after(on), 1);
    // Lost is who was not seen at all, not who came for another visit of the programme.
    let of_programme =
        |filled: &&Filled<'_>| rule.forms().any(|form| form == filled.entry.what.form);
    let seen = entries.iter().rev().find(of_programme).map_or(on, |filled| filled.entry.day);
    Some(Due {
        programme: episode.programme.clone(),
        visit: Some(visit.code.clone()),
        from: before(on, visit.early),
        due: on,
        overdue,
        lost: match visit.timing {
            // Nobody is lost for want of somebody who writes down that they left.
            Timing::AtAge(_) => Date::MAX,
            _ => rule.lost_after.after(on.max(seen)).max(overdue),
        },
        until: episode.to.filter(|_| episode.is_foreseen),
        compartment: rule.compartment,
    })
}

/// Since when a visit is asked for: the beginning, or the day on which what asks for it was found.
fn asked_since(
    visit: &VisitRule,
    person: &Person,
    entries: &[Filled<'_>],
    begins: Date,
    last: Option<Date>,
) -> Date {
    // A visit that counts from a day of its own goes on counting from there.
    if visit.from != Since::Enrolment || last.is_some() {
        return begins;
    }
    if visit.when.is_empty() || all_hold(&visit.when, person, entries, begins) {
        return begins;
    }
    let mut days = entries.iter().map(|filled| filled.entry.day).filter(|day| *day > begins);
    days.find(|day| all_hold(&visit.when, person, entries, *day)).unwrap_or(begins)
}

/// The day agreed with the person at the last visit.
fn agreed(visit: &VisitRule, entry: &Entry) -> Option<Date> {
    match answer_of(&entry.what.answers, visit.appointment.as_deref()?)? {
        Value::Day(day) => Some(*day),
        _ => None,
    }
}

fn before(day: Date, span: Span) -> Date {
    add_days(add_months(day, -span.months), -span.days)
}

fn all_hold(conditions: &[Condition], person: &Person, entries: &[Filled<'_>], on: Date) -> bool {
    conditions.iter().all(|condition| {
        of_person(condition, person, on).unwrap_or_else(|| {
            of_values(condition, &|word| last_of(entries, word, on).map(|(_, v)| v.clone()))
        })
    })
}

/// Who is followed by no episode of a programme although the last measures say they should be looked at.
fn proposals(
    defs: &Definitions,
    person: &Person,
    entries: &[Filled<'_>],
    episodes: &[Episode],
) -> Vec<Due> {
    let mut found: Vec<Due> = Vec::new();
    for rule in defs.programmes.iter().filter(|rule| !rule.propose.is_empty()) {
        let entries = seen_by(rule, entries);
        let asks = |propose: &Propose| propose.when.iter().any(Condition::is_of_pregnancy);
        let noted = person.open_pregnancy().map(|open| open.noted.day);
        let told = noted.filter(|_| rule.propose.iter().any(asks));
        let last = entries.last().map(|filled| filled.entry.day).max(told);
        let Some(last) = last else { continue };
        let is_newest =
            rule_of(defs, &rule.code, last).is_some_and(|newest| std::ptr::eq(newest, rule));
        if !is_newest || rule.whom.iter().any(|c| of_person(c, person, last) == Some(false)) {
            continue;
        }
        for propose in &rule.propose {
            let words = propose.when.iter().filter_map(word_of);
            let spoken = words.filter_map(|word| last_of(&entries, word, last)).map(|(day, _)| day);
            if asks(propose) && noted.is_none() {
                continue;
            }
            let Some(day) = spoken.chain(noted.filter(|_| asks(propose))).max() else { continue };
            // Followed now, or found since not to belong in it.
            let is_known =
                |e: &Episode| e.programme == rule.code && e.to.is_none_or(|to| to >= day);
            if episodes.iter().any(is_known) {
                break;
            }
            if all_hold(&propose.when, person, &entries, last) {
                let until = propose.within.after(day);
                found.push(Due {
                    programme: rule.code.clone(),
                    visit: None,
                    from: day,
                    due: day,
                    overdue: until,
                    lost: until,
                    until: None,
                    compartment: rule.compartment,
                });
                break;
            }
        }
    }
    found
}

fn word_of(condition: &Condition) -> Option<&str> {
    match condition {
        Condition::In { field, .. }
        | Condition::Number { field, .. }
        | Condition::Fields { left: field, .. }
        | Condition::Known(field)
        | Condition::Unknown(field) => Some(field),
        _ => None,
    }
}
