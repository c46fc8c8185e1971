//! Whether a condition of a definition holds for the answers of an entry.

use super::{Measured, answer_of};
use crate::fact::{Answer, Value};
use crate::person::Person;
use tram_defs::form::{Condition, Form};
use tram_defs::phrase::Compare;
use tram_kernel::Date;

/// What conditions are asked of: an entry, the person, and what was known before.
pub struct Asked<'a> {
    pub form: &'a Form,
    pub person: &'a Person,
    /// The day of the entry.
    pub on: Date,
    pub answers: &'a [Answer],
    /// The last value of a measure before this entry.
    pub earlier: &'a dyn Fn(&str) -> Option<Value>,
    /// Measures of this entry that were worked out already.
    pub worked_out: &'a [Measured],
}

impl Asked<'_> {
    /// The answer to a field of the form; of a measure the form does not ask, what this entry gives for
    /// it, or what was known before.
    pub fn value(&self, word: &str) -> Option<Value> {
        if self.form.field(word).is_some() {
            return answer_of(self.answers, word).cloned();
        }
        let here = self.worked_out.iter().find(|m| m.measure == word).map(|m| m.value.clone());
        if here.is_some() || self.form.measures().any(|measure| measure == word) {
            return here;
        }
        (self.earlier)(word)
    }
}

/// Whether a condition holds. A question nobody answered fulfils only `unknown`.
pub fn holds(condition: &Condition, asked: &Asked<'_>) -> bool {
    of_person(condition, asked.person, asked.on)
        .unwrap_or_else(|| of_values(condition, &|word| asked.value(word)))
}

/// A condition of age, sex, birth date or pregnancy; `None` when it asks an answer.
pub fn of_person(condition: &Condition, person: &Person, on: Date) -> Option<bool> {
    match condition {
        Condition::Age { compare, span } => {
            let reached = span.after(person.born.shown().date.first()) <= on;
            Some(reached == (*compare == Compare::AtLeast))
        }
        Condition::Sex(sex) => Some(person.sex.shown() == sex),
        Condition::BirthDay { is_known } => {
            Some(person.born.shown().date.day().is_some() == *is_known)
        }
        Condition::Pregnant => Some(person.pregnancy_on(on).is_some()),
        Condition::Multiple => {
            Some(person.pregnancy_on(on).is_some_and(|p| p.fetuses().is_some_and(|n| n > 1)))
        }
        Condition::Gestation { compare, span } => Some(
            person
                .pregnancy_on(on)
                .is_some_and(|p| (span.after(p.begins()) <= on) == (*compare == Compare::AtLeast)),
        ),
        Condition::Delivered { within } => {
            let last = person.deliveries.range(..=on).next_back();
            Some(last.is_some_and(|day| on <= within.after(*day)))
        }
        _ => None,
    }
}

/// A condition on answers, given by their word.
pub fn of_values(condition: &Condition, value: &dyn Fn(&str) -> Option<Value>) -> bool {
    let number = |word: &str| match value(word) {
        Some(Value::Number(n)) => Some(n),
        _ => None,
    };
    let compares = |compare: &Compare, left: Option<i64>, right: Option<i64>| {
        left.zip(right)
            .is_some_and(|(left, right)| (left >= right) == (*compare == Compare::AtLeast))
    };
    match condition {
        Condition::In { field, codes } => match value(field) {
            Some(Value::Code(code)) => codes.contains(&code),
            Some(Value::Codes(ticked)) => ticked.iter().any(|code| codes.contains(code)),
            Some(Value::Yes(yes)) => codes.iter().any(|c| c == if yes { "yes" } else { "no" }),
            _ => false,
        },
        Condition::Number { field, compare, than } => compares(compare, number(field), Some(*than)),
        Condition::Fields { left, compare, right } => {
            compares(compare, number(left), number(right))
        }
        Condition::Known(field) => value(field).is_some(),
        Condition::Unknown(field) => value(field).is_none(),
        _ => false,
    }
}
