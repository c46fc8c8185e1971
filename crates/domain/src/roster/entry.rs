//! Entries of a form, copied from a book or another program: decided like an entry that is typed.

use super::{Finder, Meant, Outcome, Who};
use crate::fact::{Answer, Body, Fact, FactRef, FormRecorded};
use crate::form::{Wrong, answer_of};
use crate::immunisation::not_yet;
use crate::person::Person;
use crate::programme::{self, Care, Entry, EntryWish, record, rule_of};
use tram_defs::Definitions;
use tram_defs::form::form_on;
use tram_kernel::{Arg, Date, Finding, Message, Moment, PersonId, Severity};

/// One row of entries, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedEntry {
    /// Sheet and row, as [`place`](super::place) puts them together.
    pub row: u32,
    pub who: Who,
    /// The day of the entry.
    pub on: Date,
    pub answers: Vec<Answer>,
}

/// What a row writes on a record, with what should be said about it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddedEntry {
    /// `None` when the record says exactly this already.
    pub fact: Option<Fact>,
    pub warnings: Vec<Message>,
    /// Something to do about what was found.
    pub advice: Vec<String>,
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct JudgedEntry<'a> {
    pub listed: &'a ListedEntry,
    pub outcome: Outcome,
    pub person: Option<PersonId>,
    pub findings: Vec<Finding>,
}

/// The column of the day.
const DAY: &str = "entry_on";
/// In front of the code of a question, where its column is named.
pub const ANSWER_COLUMN: &str = "a_";

/// Decides what a row adds to a record. `person` holds what is there for whoever writes.
pub fn add_entry(
    defs: &Definitions,
    person: &Person,
    form: &str,
    listed: &ListedEntry,
    today: Date,
) -> Result<AddedEntry, Vec<Wrong>> {
    let wish = EntryWish {
        form: form.to_owned(),
        programme: followed_by(defs, person, form, listed.on),
        answers: listed.answers.clone(),
        on: listed.on,
        replaces: None,
    };
    let outcome = record(defs, person, &wish, today)?;
    let fact = outcome.facts.into_iter().next();
    let Some(Fact { body: Body::FormRecorded(body), .. }) = &fact else {
        return Ok(AddedEntry::default());
    };
    let is_same_day = |entry: &&Entry| entry.day == listed.on && entry.what.form == form;
    let mut same_day = person.followed.entries.iter().filter(is_same_day);
    if same_day.clone().any(|entry| entry.what.answers == body.answers) {
        return Ok(AddedEntry::default());
    }
    // The file says what somebody has corrected since.
    if same_day.any(|entry| entry.what.replaces.is_some()) {
        let warnings = vec![Message::new("row-entry-corrected")];
        return Ok(AddedEntry { warnings, ..AddedEntry::default() });
    }
    Ok(AddedEntry { fact, warnings: outcome.warnings, advice: outcome.advice })
}

/// The one programme that asks the form and follows the person on that day.
fn followed_by(defs: &Definitions, person: &Person, form: &str, on: Date) -> Option<String> {
    let care = Care::of(defs, person);
    let asks = |episode: &&programme::Episode| {
        let rule = rule_of(defs, &episode.programme, episode.from);
        episode.holds_on(on) && rule.is_some_and(|rule| rule.forms().any(|asked| asked == form))
    };
    let mut found = care.episodes.iter().filter(asks);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only.programme.clone()),
        _ => None,
    }
}

/// Judges the entries of one form. `load` gives the record of a person, as far as it is there for whoever
/// asks; the answer is in the order of the list.
pub fn judge_entries<'a, E>(
    rows: &'a [ListedEntry],
    form: &str,
    finder: &Finder<'_>,
    defs: &Definitions,
    today: Date,
    mut load: impl FnMut(PersonId) -> Result<Option<Person>, E>,
) -> Result<Vec<JudgedEntry<'a>>, E> {
    let mut judged: Vec<JudgedEntry<'a>> = rows.iter().map(|row| meant(row, finder)).collect();
    // A later entry is judged with the earlier ones, wherever they stand in the list.
    let mut order: Vec<usize> =
        (0..judged.len()).filter(|at| judged[*at].person.is_some()).collect();
    order.sort_by_key(|at| (judged[*at].person, judged[*at].listed.on, judged[*at].listed.row));
    let mut open: Option<(PersonId, Person)> = None;
    for at in order {
        let Some(id) = judged[at].person else { continue };
        if open.as_ref().is_none_or(|(of, _)| *of != id) {
            open = load(id)?.map(|person| (id, person));
        }
        match &mut open {
            Some((_, person)) => judge_one(&mut judged[at], person, form, defs, today),
            None => judged[at].say(Severity::Error, "name", Message::new("row-person-unknown")),
        }
    }
    Ok(judged)
}

fn meant<'a>(listed: &'a ListedEntry, finder: &Finder<'_>) -> JudgedEntry<'a> {
    let (person, findings) = match finder.find(&listed.who, listed.row) {
        Ok(Meant { id, findings }) => (Some(id), findings),
        Err(finding) => (None, vec![finding]),
    };
    JudgedEntry { listed, outcome: Outcome::Refused, person, findings }
}

impl JudgedEntry<'_> {
    fn say(&mut self, severity: Severity, column: impl Into<String>, message: Message) {
        let finding = Finding::new(severity, message).at_row(self.listed.row);
        self.findings.push(finding.of(column.into()));
    }
}

/// One entry beside those on the record; one that can stand is put on it for the next.
fn judge_one(
    row: &mut JudgedEntry<'_>,
    person: &mut Person,
    form: &str,
    defs: &Definitions,
    today: Date,
) {
    let added = match add_entry(defs, person, form, row.listed, today) {
        Ok(added) => added,
        Err(wrong) => {
            for Wrong { field, message } in wrong {
                let column = field.map_or_else(|| "name".to_owned(), |field| column(&field));
                row.say(Severity::Error, column, message);
            }
            return;
        }
    };
    for warning in added.warnings {
        let column = column_of(defs, form, row.listed.on, &warning);
        row.say(Severity::Warning, column, warning);
    }
    let Some(fact) = added.fact else {
        row.outcome = Outcome::Known(person.id);
        return;
    };
    row.outcome = Outcome::New;
    for text in added.advice {
        row.say(Severity::Info, "name", Message::new("form-advised").with("text", text));
    }
    let Body::FormRecorded(body) = &fact.body else { return };
    let is_kept = |field: &str| answer_of(&body.answers, field).is_some();
    for answer in row.listed.answers.iter().filter(|answer| !is_kept(&answer.field)) {
        let name = form_on(&defs.forms, form, row.listed.on).map_or("", |form| form.name.as_str());
        let message = Message::new("row-answer-not-asked").with("form", name);
        row.say(Severity::Warning, format!("{ANSWER_COLUMN}{}", answer.field), message);
    }
    put_on_record(person, &fact, body.clone());
}

/// The column of a field of an entry.
fn column(field: &str) -> String {
    if field == "on" { DAY.to_owned() } else { format!("{ANSWER_COLUMN}{field}") }
}

/// Where a warning is said: at the question it is about, as the rule or the number tells.
fn column_of(defs: &Definitions, form: &str, on: Date, warning: &Message) -> String {
    let told = warning.args.iter().find(|(name, _)| *name == "rule");
    let (Some((_, Arg::Text(rule))), Some(form)) = (told, form_on(&defs.forms, form, on)) else {
        return DAY.to_owned();
    };
    let by_rule = form.rules.iter().find(|known| known.code == *rule);
    match by_rule.filter(|_| warning.code == "form-warned") {
        Some(rule) => rule.at.as_deref().map_or_else(|| "name".to_owned(), column),
        None => column(rule),
    }
}

/// Puts an entry on the record before it is written.
fn put_on_record(person: &mut Person, fact: &Fact, what: FormRecorded) {
    let at: FactRef = not_yet(person.followed.entries.len() as u16);
    let (day, compartment) = (fact.happened_on, fact.compartment);
    let recorded_at = Moment::end_of(day);
    let entry = Entry { at, day, unit: None, recorded_at, compartment, what, contested: false };
    person.followed.entries.push(entry);
    person.followed.entries.sort_by_key(|entry| entry.day);
}
