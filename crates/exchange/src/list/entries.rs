//! A row of entries of a form: about whom, on which day, and the answers. Every answer is read by the one
//! reader there is; only what a spreadsheet makes of typed text is undone here.

use super::row::Reading;
use super::value::{self, Value};
use super::{Field, Holds, ListRow};
use crate::Cell;
use tram_defs::form::{self, Kind, form_on};
use tram_domain::fact::Answer;
use tram_domain::form::answer;
use tram_domain::roster::ListedEntry;
use tram_kernel::{Date, Message, Severity, day};

/// Longest note of an answer, as the record takes it.
const NOTE: usize = 1_000;

impl ListRow for ListedEntry {
    fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let who = reading.who();
        let calendar = reading.context.calendar;
        let typed = calendar.day(reading.cell(Field::EntryOn));
        let on = reading.required(Field::EntryOn, typed, "row-entry-day-missing");
        if let Some(on) = on.filter(|on| *on > calendar.today) {
            let message = Message::new("row-date-future").with("day", on);
            reading.say(Severity::Error, Field::EntryOn, message.with("today", calendar.today));
        }
        // Without its day the answers are read all the same, so that everything wrong is told at once.
        let answers = answers(reading, on.unwrap_or(calendar.today));
        Some(Self { row: reading.place, who: who?, on: on?, answers })
    }
}

/// The answers of a row, by the form as it was asked on that day.
fn answers(reading: &mut Reading<'_>, on: Date) -> Vec<Answer> {
    let (defs, mapping) = (reading.context.defs, reading.context.mapping);
    let code = mapping.kind.form().map_or("", |form| form.code.as_str());
    let Some(form) = form_on(&defs.forms, code, on) else { return Vec::new() };
    let mut answers = Vec::new();
    for (at, code) in mapping.answers() {
        let cell = reading.at(at).clone();
        let read = match form.field(code) {
            None if cell.is_empty() => Ok(None),
            None => {
                let message = Message::new("row-answer-not-asked").with("form", form.name.as_str());
                let column = Holds::Answer(code.to_owned()).code();
                reading.say_at(Severity::Warning, column, message);
                Ok(None)
            }
            Some(field) => answer(reading, field, &cell, on),
        };
        match read {
            Ok(value) => {
                answers.extend(value.map(|value| Answer { field: code.to_owned(), value }))
            }
            Err(message) => {
                let column = Holds::Answer(code.to_owned()).code();
                reading.say_at(Severity::Error, column, message);
            }
        }
    }
    answers
}

/// One cell, read like what somebody types into the form.
fn answer(
    reading: &mut Reading<'_>,
    field: &form::Field,
    cell: &Cell,
    on: Date,
) -> Result<Option<tram_domain::fact::Value>, Message> {
    let calendar = reading.context.calendar;
    let typed = match &field.kind {
        Kind::Day(_) => match calendar.day(cell) {
            Value::Doubtful(day, message) => Value::Doubtful(day::show(day), message),
            value => value.then(|day| Value::Good(day::show(day))),
        },
        kind => typed(kind, cell),
    };
    let (typed, said) = typed.split();
    match said {
        Some((Severity::Error, message)) => return Err(message),
        Some((severity, message)) => {
            let column = Holds::Answer(field.code.clone()).code();
            reading.say_at(severity, column, message);
        }
        None => {}
    }
    let Some(typed) = typed else { return Ok(None) };
    // Several ticks stand in one cell, one under the other or in a row.
    let parts: Vec<&str> = match &field.kind {
        Kind::Choices(_) => {
            typed.split([';', '|', '\n']).filter(|p| !p.trim().is_empty()).collect()
        }
        _ => vec![&typed],
    };
    answer::read(reading.context.defs, field, &parts, on)
}

/// What somebody typed to get this cell. A number has no dot that could be one between thousands; a dash
/// stands where nothing was found out, except that it says no.
fn typed(kind: &Kind, cell: &Cell) -> Value<String> {
    match (kind, cell) {
        (Kind::YesNo, Cell::Flag(true)) => Value::Good("x".to_owned()),
        (Kind::YesNo, Cell::Flag(false)) => Value::Good("0".to_owned()),
        (Kind::Number(_), Cell::Number(digits)) => Value::Good(digits.replace('.', ",")),
        (Kind::Choices(_), Cell::Text(text)) => Value::Good(text.clone()),
        (Kind::YesNo, cell) => value::text(cell, NOTE),
        (_, cell) => value::text(cell, NOTE).then(|text| match text.as_str() {
            "-" | "--" | "–" => Value::Nothing,
            _ => Value::Good(text),
        }),
    }
}
