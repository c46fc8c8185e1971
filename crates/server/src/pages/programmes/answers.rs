//! Answers and measures as people read them: words with their unit, classes with their colour.

use super::shape_of;
use crate::pages::parts::status;
use maud::{Markup, html};
use tram_defs::Definitions;
use tram_defs::form::{Form, Kind};
use tram_domain::fact::{FormRecorded, Value};
use tram_domain::form::{Measured, answer, answer_of};

/// An answer in words; a choice with a tone in its colour.
pub fn shown(defs: &Definitions, kind: &Kind, value: &Value) -> Markup {
    let text = answer::show(defs, kind, value);
    let code = match value {
        Value::Code(code) => code,
        _ => return html! { (text) },
    };
    match kind.choice(code).and_then(|choice| shape_of(choice.tone)) {
        Some(shape) => status(shape, &text),
        None => html! { (text) },
    }
}

/// The measure of this code, in words.
pub fn measured(defs: &Definitions, code: &str, value: &Value) -> Markup {
    match defs.measures.iter().find(|measure| measure.code == code) {
        Some(measure) => shown(defs, &measure.kind, value),
        None => html! {},
    }
}

/// What an entry says in one line, by the words its form chose: `HATT 150 mmHg; Phân độ Độ 1`.
pub fn summary(
    defs: &Definitions,
    form: &Form,
    entry: &FormRecorded,
    measures: &[Measured],
) -> Vec<(String, Markup)> {
    let mut said = Vec::new();
    for word in &form.summary {
        let measure = defs.measures.iter().find(|measure| measure.code == *word);
        if let Some(field) = form.field(word) {
            if let Some(value) = answer_of(&entry.answers, word) {
                let short = measure.map_or(&field.label, |measure| &measure.short);
                said.push((short.clone(), shown(defs, &field.kind, value)));
            }
        } else if let (Some(measure), Some(found)) =
            (measure, measures.iter().find(|m| m.measure == *word))
        {
            said.push((measure.short.clone(), shown(defs, &measure.kind, &found.value)));
        }
    }
    said
}

/// The summary as words alone, for a line of a timeline.
pub fn line(
    defs: &Definitions,
    form: &Form,
    entry: &FormRecorded,
    measures: &[Measured],
) -> String {
    let mut said = Vec::new();
    for word in &form.summary {
        let measure = defs.measures.iter().find(|measure| measure.code == *word);
        let field = form.field(word);
        let kind = field.map(|field| &field.kind).or(measure.map(|measure| &measure.kind));
        let asked = answer_of(&entry.answers, word);
        let worked_out = measures.iter().find(|m| m.measure == *word).map(|m| &m.value);
        let value = if field.is_some() { asked } else { worked_out };
        let label = measure.map(|m| m.short.as_str()).or(field.map(|f| f.label.as_str()));
        if let (Some(kind), Some(value), Some(label)) = (kind, value, label) {
            said.push(format!("{label} {}", answer::show(defs, kind, value)));
        }
    }
    said.join("; ")
}

/// The values of the summary alone: `Thuốc, Penicillin, Sốc phản vệ`.
pub fn values(defs: &Definitions, form: &Form, entry: &FormRecorded) -> String {
    let value = |word: &String| {
        let field = form.field(word)?;
        Some(answer::show(defs, &field.kind, answer_of(&entry.answers, word)?))
    };
    form.summary.iter().filter_map(value).collect::<Vec<_>>().join(", ")
}
