//! Filling in a form, taking somebody into a programme, letting them leave.

use super::{Care, Entry, rule_of};
use crate::fact::{
    Answer, Body, Fact, FactRef, FactRetracted, FormRecorded, ProgrammeEnrolled, ProgrammeLeft,
};
use crate::form::condition::of_person;
use crate::form::{Judged, Wrong, form_of, judge, not_for_them};
use crate::person::{Person, life::within_life};
use tram_defs::Definitions;
use tram_defs::form::Keeps;
use tram_defs::programme::Programme;
use tram_kernel::{Compartment, Date, Message};

/// A form to be written down.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryWish {
    pub form: String,
    pub programme: Option<String>,
    pub answers: Vec<Answer>,
    pub on: Date,
    /// The entry it corrects.
    pub replaces: Option<FactRef>,
}

/// Somebody to be taken in.
#[derive(Debug, Clone, PartialEq)]
pub struct Enrolment {
    pub programme: String,
    pub source: Option<String>,
    pub note: Option<String>,
    pub on: Date,
    /// Answers of the programme's enrolment form, when it has one.
    pub answers: Vec<Answer>,
}

/// Somebody to be let go.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaving {
    pub programme: String,
    pub outcome: String,
    pub note: Option<String>,
    pub on: Date,
}

/// What was decided about forms and programmes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outcome {
    pub facts: Vec<Fact>,
    pub warnings: Vec<Message>,
    /// Something to do, said once it is saved.
    pub advice: Vec<String>,
}

fn fact(person: &Person, on: Date, compartment: Compartment, body: impl Into<Body>) -> Fact {
    let mut fact = Fact::new(person.id.into(), person.shard, on, body.into());
    fact.compartment = compartment;
    fact
}

fn whole(code: &'static str) -> Vec<Wrong> {
    vec![Wrong::whole(Message::new(code))]
}

fn alive(person: &Person, on: Date, today: Date) -> Result<(), Vec<Wrong>> {
    within_life(person, on, today).map_err(|no| vec![Wrong::at("on", no.message())])
}

/// Decides an entry. A correction keeps what the corrected one was for.
pub fn record(
    defs: &Definitions,
    person: &Person,
    wish: &EntryWish,
    today: Date,
) -> Result<Outcome, Vec<Wrong>> {
    alive(person, wish.on, today)?;
    let body = FormRecorded {
        form: wish.form.clone(),
        programme: wish.programme.clone(),
        answers: Vec::new(),
        replaces: wish.replaces,
    };
    let form = form_of(defs, &body, wish.on).ok_or_else(|| whole("form-unknown"))?;
    let old = match wish.replaces {
        None => None,
        Some(at) => Some(entry(person, at).ok_or_else(|| whole("form-entry-gone"))?),
    };
    if old.is_some_and(|old| old.what.form != wish.form) {
        return Err(whole("form-entry-gone"));
    }
    let care = Care::of(defs, person);
    let corrected = wish.replaces;
    let earlier = |word: &str| {
        let before = care.entries.iter().rev();
        let mut before = before
            .filter(|filled| filled.entry.day <= wish.on && Some(filled.entry.at) != corrected);
        before.find_map(|filled| {
            filled.measures.iter().find(|m| m.measure == word).map(|m| m.value.clone())
        })
    };
    let Judged { answers, warnings, advice, .. } =
        judge(defs, form, person, wish.on, &wish.answers, &earlier)?;
    let is_same = |old: &Entry| old.day == wish.on && old.what.answers == answers;
    if old.is_some_and(is_same) {
        return Err(whole("person-no-change"));
    }
    let mut outcome = Outcome { facts: Vec::new(), warnings, advice };
    // Of what is kept in sight one by one, several on a day are as right as one: two allergies.
    let is_alike = |entry: &Entry| form.keeps != Keeps::Safety || entry.what.answers == answers;
    let again = |entry: &&Entry| {
        entry.what.form == wish.form
            && entry.day == wish.on
            && Some(entry.at) != corrected
            && is_alike(entry)
    };
    if person.followed.entries.iter().any(|entry| again(&entry)) {
        outcome.warnings.push(Message::new("form-same-day").with("form", form.name.as_str()));
    }
    outcome.warnings.extend(outside(defs, &care, wish));
    let body = FormRecorded { answers, ..body };
    outcome.facts.push(fact(person, wish.on, form.compartment, body));
    Ok(outcome)
}

/// A form filled in for a programme that does not follow the person on that day: no visit comes of it. The
/// form by which one is taken in is asked before.
fn outside(defs: &Definitions, care: &Care<'_>, wish: &EntryWish) -> Option<Message> {
    let rule = rule_of(defs, wish.programme.as_deref()?, wish.on)?;
    let is_first = rule.enrol_form.as_deref() == Some(wish.form.as_str());
    if is_first || care.open(&rule.code, wish.on).is_some() {
        return None;
    }
    let message = Message::new("form-not-enrolled").with("programme", rule.name.as_str());
    Some(message.with("on", wish.on))
}

/// The live entry of this name.
pub fn entry(person: &Person, at: FactRef) -> Option<&Entry> {
    person.followed.entries.iter().find(|entry| entry.at == at)
}

/// Takes an entry back, with the reason.
pub fn retract_entry(person: &Person, at: FactRef, reason: String, today: Date) -> Option<Fact> {
    let entry = entry(person, at)?;
    let body = FactRetracted { what: at, reason };
    Some(fact(person, today, entry.compartment, body))
}

fn programme<'d>(defs: &'d Definitions, code: &str, on: Date) -> Result<&'d Programme, Vec<Wrong>> {
    rule_of(defs, code, on).ok_or_else(|| whole("programme-unknown"))
}

/// Decides to take somebody in: the enrolment, and the entry of its form in the same action.
pub fn enrol(
    defs: &Definitions,
    person: &Person,
    wish: &Enrolment,
    today: Date,
) -> Result<Outcome, Vec<Wrong>> {
    alive(person, wish.on, today)?;
    let rule = programme(defs, &wish.programme, wish.on)?;
    if let Some(not) = rule.whom.iter().find(|c| of_person(c, person, wish.on) == Some(false)) {
        let message = match not_for_them(not) {
            "form-not-for-them" => {
                Message::new("programme-not-for-them").with("programme", rule.name.as_str())
            }
            needs => Message::new(needs).with("form", rule.name.as_str()),
        };
        return Err(vec![Wrong::whole(message)]);
    }
    let care = Care::of(defs, person);
    if let Some(open) = care.open(&rule.code, wish.on) {
        let message = Message::new("programme-already").with("from", open.from);
        return Err(vec![Wrong::whole(message)]);
    }
    if let Some(source) = &wish.source
        && !rule.sources.iter().any(|known| known.code == *source)
    {
        return Err(vec![Wrong::at("source", Message::new("form-choose"))]);
    }
    let mut outcome = Outcome::default();
    if let Some(form) = &rule.enrol_form {
        let entry = EntryWish {
            form: form.clone(),
            programme: Some(rule.code.clone()),
            answers: wish.answers.clone(),
            on: wish.on,
            replaces: None,
        };
        outcome = record(defs, person, &entry, today)?;
    }
    let body = ProgrammeEnrolled {
        programme: rule.code.clone(),
        source: wish.source.clone(),
        note: wish.note.clone(),
    };
    outcome.facts.insert(0, fact(person, wish.on, rule.compartment, body));
    Ok(outcome)
}

/// Decides to let somebody leave a programme.
pub fn leave(
    defs: &Definitions,
    person: &Person,
    wish: &Leaving,
    today: Date,
) -> Result<Outcome, Vec<Wrong>> {
    alive(person, wish.on, today)?;
    let care = Care::of(defs, person);
    let open = care.open(&wish.programme, wish.on).ok_or_else(|| whole("programme-not-in"))?;
    let rule = programme(defs, &wish.programme, open.from)?;
    if !rule.outcomes.iter().any(|known| known.code == wish.outcome) {
        return Err(vec![Wrong::at("ending", Message::new("form-choose"))]);
    }
    let body = ProgrammeLeft {
        programme: rule.code.clone(),
        outcome: wish.outcome.clone(),
        note: wish.note.clone(),
    };
    Ok(Outcome { facts: vec![fact(person, wish.on, rule.compartment, body)], ..Outcome::default() })
}
