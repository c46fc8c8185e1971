//! Whether the answers of an entry may be kept: what is missing, what cannot be, what should be looked at.

use super::condition::of_person;
use super::{Asked, Measured, answer, answer_of, holds, measures};
use crate::fact::{Answer, Value};
use crate::person::Person;
use tram_defs::Definitions;
use tram_defs::form::{Condition, Form, Kind, Rule, Says};
use tram_kernel::{Date, Message};

/// Something wrong at a field; no field when it is about the whole entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    pub field: Option<String>,
    pub message: Message,
}

impl Wrong {
    pub fn at(field: &str, message: Message) -> Self {
        Self { field: Some(field.to_owned()), message }
    }

    pub const fn whole(message: Message) -> Self {
        Self { field: None, message }
    }
}

/// Answers that may be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// In the order of the form, without answers to what is not asked.
    pub answers: Vec<Answer>,
    pub measures: Vec<Measured>,
    /// To be read before it is saved.
    pub warnings: Vec<Message>,
    /// Something to do, said once it is saved.
    pub advice: Vec<String>,
}

/// Judges answers already read. Answers to fields the form does not ask of this person are left out.
pub fn judge(
    defs: &Definitions,
    form: &Form,
    person: &Person,
    on: Date,
    given: &[Answer],
    earlier: &dyn Fn(&str) -> Option<Value>,
) -> Result<Judged, Vec<Wrong>> {
    let mut wrong = Vec::new();
    if let Some(not) = form.whom.iter().find(|c| of_person(c, person, on) == Some(false)) {
        let code = not_for_them(not);
        wrong.push(Wrong::whole(Message::new(code).with("form", form.name.as_str())));
    }
    let mut answers: Vec<Answer> = Vec::new();
    for field in form.fields() {
        let asked = Asked { form, person, on, answers: given, earlier, worked_out: &[] };
        if !field.when.iter().all(|condition| holds(condition, &asked)) {
            continue;
        }
        match answer_of(given, &field.code) {
            Some(value) => {
                answers.push(Answer { field: field.code.clone(), value: value.clone() });
            }
            None if field.required => {
                wrong.push(Wrong::at(&field.code, Message::new("field-missing")));
            }
            None => {}
        }
    }
    if answers.is_empty() && wrong.is_empty() {
        wrong.push(Wrong::whole(Message::new("form-empty")));
    }
    let found = measures(defs, form, person, on, &answers, earlier);
    let (mut warnings, mut advice) = (Vec::new(), Vec::new());
    for field in form.fields() {
        let said = (field.code.as_str(), field.label.as_str(), &field.kind);
        warnings.extend(unusual(defs, said, person, on, answer_of(&answers, &field.code)));
    }
    // What was worked out and cannot well be: a wrong number, unit or day of birth.
    for derive in &form.derive {
        let value = found.iter().find(|m| m.measure == derive.measure).map(|m| &m.value);
        let Some(measure) = defs.measures.iter().find(|m| m.code == derive.measure) else {
            continue;
        };
        let said = (measure.code.as_str(), measure.name.as_str(), &measure.kind);
        warnings.extend(unusual(defs, said, person, on, value));
    }
    let asked = Asked { form, person, on, answers: &answers, earlier, worked_out: &found };
    for rule in form.rules.iter().filter(|rule| rule.when.iter().all(|c| holds(c, &asked))) {
        match rule.says {
            Says::Refuse => {
                wrong.push(Wrong { field: rule.at.clone(), message: said("form-refused", rule) });
            }
            Says::Confirm => warnings.push(said("form-warned", rule)),
            Says::Advise => advice.push(rule.text.clone()),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Judged { answers, measures: found, warnings, advice })
}

/// What to say of somebody a form is not for, by the condition that does not hold.
pub(crate) const fn not_for_them(condition: &Condition) -> &'static str {
    match condition {
        Condition::Delivered { .. } => "form-needs-delivery",
        _ if condition.is_of_pregnancy() => "form-needs-pregnancy",
        _ => "form-not-for-them",
    }
}

fn said(code: &'static str, rule: &Rule) -> Message {
    Message::new(code).with("rule", rule.code.as_str()).with("text", rule.text.as_str())
}

/// A number outside of what is usual at this age.
fn unusual(
    defs: &Definitions,
    (code, name, kind): (&str, &str, &Kind),
    person: &Person,
    on: Date,
    value: Option<&Value>,
) -> Option<Message> {
    let (Kind::Number(number), Some(Value::Number(n))) = (kind, value) else { return None };
    let born = person.born.shown().date.first();
    let fits = number.usual.iter().find(|u| u.before.is_none_or(|age| age.after(born) > on))?;
    if (fits.low..=fits.high).contains(n) {
        return None;
    }
    let value = answer::show(defs, kind, &Value::Number(*n));
    let [low, high] = [fits.low, fits.high].map(tram_kernel::number::show_thousandths);
    Some(
        Message::new("form-unusual")
            .with("rule", code)
            .with("field", name)
            .with("value", value)
            .with("low", low)
            .with("high", high),
    )
}
