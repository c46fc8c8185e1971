//! Forms: labelled fields with hints and messages, the error summary on top, the hidden tokens.

use super::control::control;
use super::{Shape, icon, remark};
use crate::http::Ctx;
use crate::words::Words;
use maud::{Markup, html};
use tram_kernel::Message;

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
    /// Said to be optional beside its label.
    pub optional: bool,
    /// How the server read what was typed: `= năm 1965`.
    pub echo: Option<String>,
    /// Lines of a larger box; 0 for one line.
    pub rows: u8,
    /// Where the list searched by typing comes from; the box is then named `ID_text`, the code `ID`.
    pub source: &'a str,
    /// Letters typed before the list is asked for; 0 means one.
    pub least: u8,
    /// The code chosen from `source`.
    pub code: &'a str,
    /// Id of a list of proposals: anything else may be typed as well.
    pub list: &'a str,
    /// Typed into a list searched by typing, without anything being chosen.
    pub typed: &'a str,
}

pub fn field(words: &Words, f: &Field<'_>) -> Markup {
    let [hint_id, wrong_id, echo_id] = ["h", "m", "e"].map(|part| format!("{}-{part}", f.id));
    let message = f.wrong.as_ref().or(f.warning.as_ref());
    let mut described = Vec::new();
    if f.echo.is_some() {
        described.push(echo_id.as_str());
    }
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
                @if f.optional {
                    " " i { (words.say("field-optional")) }
                }
            }
            @if f.unit.is_empty() { (control(f, described.as_deref())) } @else {
                span.suffix { (control(f, described.as_deref())) span.unit { (f.unit) } }
            }
            @if let Some(echo) = &f.echo { output.echo id=(echo_id) for=(f.id) { (echo) } }
            @if !f.hint.is_empty() { p.hint id=(hint_id) { (f.hint) } }
            @if let Some(text) = message {
                (remark(if f.wrong.is_some() { Shape::Bad } else { Shape::Warn }, text, Some(&wrong_id)))
            }
        }
    }
}

/// A choice of a few, all visible.
pub fn radios(legend: &str, name: &str, choices: &[Choice], value: &str, class: &str) -> Markup {
    html! {
        fieldset class={ "field " (class) } {
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
    kept_tokens(ctx, &format!("{:032x}", ctx.server.app.new_id()))
}

/// The form token and a key that is already there: a form shown again is still the same attempt.
pub fn kept_tokens(ctx: &Ctx, idem: &str) -> Markup {
    html! {
        input type="hidden" name="csrf" value=(ctx.signed.form_token);
        input type="hidden" name="idem" value=(idem);
        @if let Some(user) = ctx.signed.actor.user { input type="hidden" name="of" value=(user); }
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
pub fn confirm(words: &Words, warnings: &[Message]) -> Markup {
    confirm_with(words, warnings, |_| html! {})
}

/// The same, with something beside each warning: a link to the record it speaks of.
pub fn confirm_with(
    words: &Words,
    warnings: &[Message],
    beside: impl Fn(&Message) -> Markup,
) -> Markup {
    html! {
        div.note.warn role="alert" tabindex="-1" data-errs {
            (icon(Shape::Warn))
            div {
                h2 { (words.say("confirm-title")) }
                ul { @for warning in warnings { li { (words.message(warning)) " " (beside(warning)) } } }
                @for warning in warnings { input type="hidden" name="accept" value=(warning.key()); }
            }
            div.acts { button.btn type="submit" { (words.say("confirm-save")) } }
        }
    }
}
