//! The forms of a unit: a village more, another place in the tree, another name.

use super::one::{Left, preview};
use crate::http::Ctx;
use crate::pages::parts::{Choice, Field, carried, field, hidden_tokens};
use maud::{Markup, html};
use tram_app::unit::{UnitPage, UnitRow};
use tram_domain::fact::RelationKind;
use tram_kernel::day;

/// The forms of a unit for whoever may change it.
pub fn all(ctx: &Ctx, page: &UnitPage, left: &Left<'_>, parents: &[UnitRow]) -> Markup {
    html! {
        div.sec.no-print {
            (village_form(ctx, page, left))
            // Nobody moves the unit they work for.
            @if page.unit.id != ctx.signed.actor.unit { (transfer_form(ctx, page, left, parents)) }
            (name_form(ctx, page, left))
        }
    }
}

/// One form of the page: its own values come back after an error, those of the others do not.
fn form(ctx: &Ctx, page: &UnitPage, left: &Left<'_>, name: &str, fields: &[Field<'_>]) -> Markup {
    let words = ctx.words;
    let mine = left.value("form") == name;
    html! {
        details open[mine] {
            summary { b { (words.say(&format!("unit-form-{name}"))) } }
            form.under method="post" action={ "/units/" (page.unit.id) "/" (name) } {
                (hidden_tokens(ctx))
                (carried("form", name))
                div.cols {
                    @for f in fields {
                        @let typed = if mine { left.value(f.id) } else { f.value.to_owned() };
                        @let wrong = left.wrong_of(f.id).filter(|_| mine);
                        @let shown = Field { value: &typed, wrong, warning: None, echo: None, choices: f.choices.clone(), ..*f };
                        (field(words, &shown))
                    }
                }
                (preview(words, left, name))
                div.acts.sec { button.btn { (words.say(&format!("unit-button-{name}"))) } span.wait role="status" {} }
            }
        }
    }
}

fn name_form(ctx: &Ctx, page: &UnitPage, left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let [name, reason] = ["unit-new-name", "unit-document"].map(|code| words.say(code));
    let fields = [
        Field {
            id: "name",
            label: &name,
            value: &page.unit.name,
            class: "c12",
            required: true,
            ..Field::default()
        },
        Field { id: "name_reason", label: &reason, class: "c12", ..Field::default() },
    ];
    form(ctx, page, left, "name", &fields)
}

fn transfer_form(ctx: &Ctx, page: &UnitPage, left: &Left<'_>, parents: &[UnitRow]) -> Markup {
    let words = ctx.words;
    let [kind, to, on, reason, hint, alone] = [
        "unit-sense",
        "unit-new-parent",
        "unit-from",
        "unit-document",
        "unit-parent-hint",
        "unit-no-parent",
    ]
    .map(|code| words.say(code));
    let kinds = RelationKind::ALL.map(|kind| Choice {
        value: kind.code().into(),
        text: super::kind_name(words, kind.code()),
    });
    let none = Choice { value: "-".into(), text: alone.to_string() };
    let others = parents.iter().filter(|unit| unit.id != page.unit.id && unit.closed_on.is_none());
    let units = others.map(|unit| Choice { value: unit.id.to_string(), text: unit.name.clone() });
    let first = Choice { value: String::new(), text: String::new() };
    let choices = [first].into_iter().chain(units).chain([none]).collect();
    let today = day::show(ctx.today());
    let fields = [
        Field {
            id: "kind",
            label: &kind,
            class: "c12",
            choices: Some(kinds.to_vec()),
            ..Field::default()
        },
        Field {
            id: "to",
            label: &to,
            class: "c12",
            choices: Some(choices),
            combo: true,
            hint: &hint,
            ..Field::default()
        },
        Field {
            id: "on",
            label: &on,
            value: &today,
            class: "c6",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
        Field { id: "reason", label: &reason, class: "c6", ..Field::default() },
    ];
    form(ctx, page, left, "relation", &fields)
}

fn village_form(ctx: &Ctx, page: &UnitPage, left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let [kind, name, since, kind_hint, commune] =
        ["village-kind", "village-name", "unit-from", "village-kind-hint", "village-commune"]
            .map(|code| words.say(code));
    let usual = words.say("village-kind-usual");
    let today = day::show(ctx.today());
    let code = page.unit.commune.map(|code| code.to_string()).unwrap_or_default();
    let fields = [
        Field { id: "village", label: &name, class: "c12", required: true, ..Field::default() },
        Field {
            id: "village_kind",
            label: &kind,
            value: &usual,
            class: "c6",
            hint: &kind_hint,
            required: true,
            ..Field::default()
        },
        Field {
            id: "since",
            label: &since,
            value: &today,
            class: "c6",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
        Field {
            id: "commune",
            label: &commune,
            value: &code,
            class: "c6",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
    ];
    form(ctx, page, left, "areas", &fields)
}
