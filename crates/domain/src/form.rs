//! Entry forms at work: reading what was typed, judging the answers, working out measures.
//!
//! ```text
//! typed text ─► answer::read ─► Value ─► judge ─► Wrong by field, or warnings and advice
//!                                          └────► measures: asked, derived, classified
//! ```
//!
//! One source for the page, the list and the interface: all three hand over texts by field.

pub mod answer;
pub(crate) mod condition;
mod derive;
mod judge;

pub use condition::{Asked, holds, of_person};
pub(crate) use judge::not_for_them;
pub use judge::{Judged, Wrong, judge};

use crate::fact::{Answer, FormRecorded, Value};
use crate::person::Person;
use tram_defs::Definitions;
use tram_defs::form::{Form, form_on};
use tram_kernel::Date;

/// The answer to a field.
pub fn answer_of<'a>(answers: &'a [Answer], field: &str) -> Option<&'a Value> {
    answers.iter().find(|answer| answer.field == field).map(|answer| &answer.value)
}

/// A measure of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Code of `measures.toml`.
    pub measure: String,
    pub value: Value,
}

/// Measures an entry holds: answers first, then what is worked out from them, then classes.
///
/// `earlier` answers the last value of a measure before this entry.
pub fn measures(
    defs: &Definitions,
    form: &Form,
    person: &Person,
    on: Date,
    answers: &[Answer],
    earlier: &dyn Fn(&str) -> Option<Value>,
) -> Vec<Measured> {
    let mut found: Vec<Measured> = Vec::new();
    for field in form.fields() {
        let Some(measure) = &field.measure else { continue };
        if let Some(value) = answer_of(answers, &field.code) {
            found.push(Measured { measure: measure.clone(), value: value.clone() });
        }
    }
    for derive in &form.derive {
        let asked = Asked { form, person, on, answers, earlier, worked_out: &found };
        if let Some(value) = derive::work_out(defs, derive, &asked) {
            found.push(Measured { measure: derive.measure.clone(), value });
        }
    }
    for classify in &form.classify {
        let asked = Asked { form, person, on, answers, earlier, worked_out: &found };
        let fits = classify.classes.iter().find(|(_, when)| when.iter().all(|c| holds(c, &asked)));
        if let Some((code, _)) = fits {
            let value = Value::Code(code.clone());
            found.push(Measured { measure: classify.measure.clone(), value });
        }
    }
    found
}

/// The definition an entry was filled in by.
pub fn form_of<'d>(defs: &'d Definitions, entry: &FormRecorded, on: Date) -> Option<&'d Form> {
    form_on(&defs.forms, &entry.form, on)
}
