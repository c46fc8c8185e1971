//! Forms: labelled fields with hints and messages, the error summary on top, the hidden tokens.

use super::{Shape, icon, remark};
use crate::http::Ctx;
use crate::words::Words;
use maud::{Markup, html};

/// One option of a choice.
#[derive(Debug, Clone)]
pub struct Choice {
    pub value: String,
    pub text: String,
}

/// A field of a form.
#[derive(Default)]
pub struct Field<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub value: &'a str,
    /// `text` when empty.
    pub kind: &'a str,
    pub mode: &'a str,
    pub hint: &'a str,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// What should be looked at.
    pub warning: Option<String>,
    pub required: bool,
    pub autofocus: bool,
    /// `None` for a box to type in.
    pub choices: Option<Vec<Choice>>,
    /// Long lists are chosen from by typing.
    pub combo: bool,
    pub unit: &'a str,
    pub class: &'a str,
    /// `off` when empty.
    pub autocomplete: &'a str,
}

pub fn field(words: &Words, f: &Field<'_>) -> Markup {
    let (hint_id, wrong_id) = (format!("{}-h", f.id), format!("{}-m", f.id));
    let message = f.wrong.as_ref().or(f.warning.as_ref());
    let mut described = Vec::new();
    if !f.hint.is_empty() {
        described.push(hint_id.as_str());
    }
    if message.is_some() {
        described.push(wrong_id.as_str());
    }
    let described = (!described.is_empty()).then(|| described.join(" "));
    let class = match (&f.wrong, &f.warning) {
        (None, Some(_)) => format!("field warn {}", f.class),
        _ => format!("field {}", f.class),
    };
    html! {
        div class=(class.trim_end()) {
            label for=(f.id) {
                (f.label)
                @if !f.required && f.choices.is_none() && f.class.contains("opt") {
                    " " i { (words.say("field-optional")) }
                }
            }
            @if f.unit.is_empty() { (control(f, described.as_deref())) } @else {
                span.suffix { (control(f, described.as_deref())) span.unit { (f.unit) } }
            }
            @if !f.hint.is_empty() { p.hint id=(hint_id) { (f.hint) } }
            @if let Some(text) = message {
                (remark(if f.wrong.is_some() { Shape::Bad } else { Shape::Warn }, text, Some(&wrong_id)))
            }
        }
    }
}

fn control(f: &Field<'_>, described: Option<&str>) -> Markup {
    let invalid = f.wrong.is_some().then_some("true");
    let or = |text: &'static str, value: &str| {
        if value.is_empty() { text.to_owned() } else { value.to_owned() }
    };
    match &f.choices {
        Some(choices) => {
            let select = html! {
                select id=(f.id) name=(f.id) required[f.required] aria-describedby=[described]
                    aria-invalid=[invalid] autofocus[f.autofocus] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == f.value] { (choice.text) }
                    }
                }
            };
            html! { @if f.combo { x-combo { (select) } } @else { (select) } }
        }
        None => html! {
            input id=(f.id) name=(f.id) type=(or("text", f.kind)) required[f.required]
                inputmode=[(!f.mode.is_empty()).then_some(f.mode)] autocomplete=(or("off", f.autocomplete))
                aria-describedby=[described] aria-invalid=[invalid] autofocus[f.autofocus]
                value=[(f.kind != "password" && !f.value.is_empty()).then_some(f.value)];
        },
    }
}

/// A choice of a few, all visible.
pub fn radios(legend: &str, name: &str, choices: &[Choice], value: &str) -> Markup {
    html! {
        fieldset.field {
            legend { (legend) }
            div.opts {
                @for choice in choices {
                    label.opt {
                        input type="radio" name=(name) value=(choice.value) checked[choice.value == value];
                        (choice.text)
                    }
                }
            }
        }
    }
}

/// The summary of what is wrong, on top of a form, linked to the fields; it takes the focus.
pub fn errors(words: &Words, wrong: &[(&str, String)]) -> Markup {
    html! {
        @if !wrong.is_empty() {
            div.errs role="alert" tabindex="-1" data-errs {
                h2 { (words.with("form-errors", [("n", wrong.len().into())])) }
                ul { @for (field, text) in wrong {
                    li { @if field.is_empty() { (text) } @else { a href={ "#" (field) } { (text) } } }
                } }
            }
        }
    }
}

/// The form token and a key for doing it once.
pub fn hidden_tokens(ctx: &Ctx) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(ctx.signed.form_token);
        input type="hidden" name="idem" value=(format!("{:032x}", ctx.server.app.new_id()));
    }
}

/// The entries of a code list as choices, with an empty one first when `empty` is given.
pub fn list_choices(ctx: &Ctx, list: &str, empty: Option<&str>) -> Vec<Choice> {
    let defs = ctx.server.app.definitions();
    let first = empty.map(|text| Choice { value: String::new(), text: text.to_owned() });
    let entries = defs.list(list).map(|l| l.entries.clone()).unwrap_or_default();
    first
        .into_iter()
        .chain(entries.into_iter().map(|e| Choice { value: e.code, text: e.name }))
        .collect()
}

/// Villages as choices.
pub fn area_field<'a>(
    id: &'a str,
    label: &'a str,
    value: &'a str,
    areas: &[tram_app::unit::AreaRow],
    all: Option<&str>,
) -> Field<'a> {
    let first = all.map(|text| Choice { value: String::new(), text: text.to_owned() });
    let choices = first
        .into_iter()
        .chain(areas.iter().map(|a| Choice { value: a.key.to_string(), text: a.name.clone() }))
        .collect();
    Field { id, label, value, choices: Some(choices), ..Field::default() }
}

/// A hidden value carried along by a form.
pub fn carried(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

/// A warning box with the "save all the same" button: accepting sends the codes along.
pub fn confirm(words: &Words, warnings: &[tram_kernel::Message]) -> Markup {
    html! {
        div.note.warn role="alert" tabindex="-1" data-errs {
            (icon(Shape::Warn))
            div {
                h2 { (words.say("confirm-title")) }
                ul { @for warning in warnings { li { (words.message(warning)) } } }
                @for warning in warnings { input type="hidden" name="accept" value=(warning.code); }
            }
            div.acts { button.btn type="submit" { (words.say("confirm-save")) } }
        }
    }
}
