//! What one types into or chooses from: boxes, lists, lists searched by typing, a few visible choices.

use super::form::{Choice, Field};
use super::{Shape, remark};
use maud::{Markup, html};

fn or<'a>(text: &'a str, value: &'a str) -> &'a str {
    if value.is_empty() { text } else { value }
}

pub(super) fn control(f: &Field<'_>, described: Option<&str>) -> Markup {
    let invalid = f.wrong.is_some().then_some("true");
    match &f.choices {
        Some(choices) => {
            let select = html! {
                select id=(f.id) name=(f.id) required[f.required] aria-describedby=[described]
                    aria-invalid=[invalid] autofocus[f.autofocus]
                    data-typed=[(!f.typed.is_empty()).then_some(f.typed)] {
                    @for choice in choices {
                        option value=(choice.value) selected[choice.value == f.value] { (choice.text) }
                    }
                }
            };
            html! { @if f.combo { x-combo { (select) } } @else { (select) } }
        }
        None if !f.source.is_empty() => html! {
            x-combo src=(f.source) min=(f.least.max(1)) {
                (text_box(f, &format!("{}_text", f.id), described))
                input type="hidden" name=(f.id) value=(f.code);
            }
        },
        None if f.rows > 0 => html! {
            textarea id=(f.id) name=(f.id) rows=(f.rows) required[f.required]
                aria-describedby=[described] aria-invalid=[invalid] { (f.value) }
        },
        None => text_box(f, f.id, described),
    }
}

fn text_box(f: &Field<'_>, name: &str, described: Option<&str>) -> Markup {
    html! {
        input id=(f.id) name=(name) type=(or("text", f.kind)) required[f.required]
            inputmode=[(!f.mode.is_empty()).then_some(f.mode)] autocomplete=(or("off", f.autocomplete))
            aria-describedby=[described] aria-invalid=[f.wrong.is_some().then_some("true")]
            autofocus[f.autofocus] list=[(!f.list.is_empty()).then_some(f.list)]
            value=[(f.kind != "password" && !f.value.is_empty()).then_some(f.value)];
    }
}

/// A choice of a few, all visible, with what is wrong with it.
pub fn radio_field(f: &Field<'_>) -> Markup {
    visible(f, "radio", |value| value == f.value)
}

/// Several boxes under one name, with what is wrong with them.
pub fn tick_field(f: &Field<'_>, ticked: impl Fn(&str) -> bool) -> Markup {
    visible(f, "checkbox", ticked)
}

/// All choices of a field side by side. A link to `#name` reaches the first one.
fn visible(f: &Field<'_>, kind: &str, chosen: impl Fn(&str) -> bool) -> Markup {
    let message_id = format!("{}-m", f.id);
    let described = f.wrong.is_some().then_some(message_id.as_str());
    html! {
        fieldset class={ "field " (f.class) } aria-describedby=[described] {
            legend { (f.label) }
            div.opts {
                @for (at, choice) in f.choices.iter().flatten().enumerate() {
                    label.opt {
                        input id=[(at == 0).then_some(f.id)] type=(kind) name=(f.id) value=(choice.value)
                            checked[chosen(&choice.value)] required[f.required && kind == "radio"];
                        (choice.text)
                    }
                }
            }
            @if let Some(text) = &f.wrong { (remark(Shape::Bad, text, Some(&message_id))) }
        }
    }
}

/// One line of the list that `x-combo` shows: what is chosen, and a detail to tell namesakes apart.
pub fn option_line(value: &str, label: &str, detail: &str) -> Markup {
    html! { li role="option" data-value=(value) data-label=(label) { (label) small { (detail) } } }
}

/// Yes and nothing else: a box to tick.
pub fn tick(name: &str, text: &str, ticked: bool) -> Markup {
    html! { label.opt { input type="checkbox" name=(name) value="1" checked[ticked]; (text) } }
}

/// Choices by code, the texts already in words.
pub fn choices<const N: usize>(pairs: [(&str, String); N]) -> Vec<Choice> {
    pairs.map(|(value, text)| Choice { value: value.to_owned(), text }).into()
}
