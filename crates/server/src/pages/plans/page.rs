//! The page on which a plan is typed, around its table.

use super::form::{Checked, Form};
use super::grid::{grid, names};
use crate::http::Ctx;
use crate::pages::layout;
use crate::pages::parts::{Choice, Field, Head, carried, errors, field, head, hidden_tokens};
use axum::http::StatusCode;
use axum::response::Html;
use maud::{Markup, html};

/// The page as it stands, with `said` on top.
pub fn page(
    ctx: &Ctx,
    form: &Form,
    checked: &Checked,
    status: StatusCode,
    said: Markup,
) -> (StatusCode, Html<String>) {
    let words = ctx.words;
    let all = words.say("plans-title");
    let to = form.plan.as_ref().map(|(id, _)| format!("/plans/{id}")).unwrap_or_default();
    let mut crumbs: Vec<(&str, &str)> = vec![(&*all, "/plans")];
    crumbs.extend(form.plan.as_ref().map(|(_, title)| (title.as_str(), to.as_str())));
    let title = words.say(if form.plan.is_some() { "plan-edit-title" } else { "plans-new" });
    let h = Head {
        crumbs: &crumbs,
        title: &title,
        sub: html! { (words.say("plan-edit-sub")) },
        acts: html! {},
    };
    let wrong: Vec<(&str, String)> =
        checked.wrong.iter().map(|(field, text)| (field.as_str(), text.clone())).collect();
    let action = if to.is_empty() { "/plans/new".to_owned() } else { format!("{to}/edit") };
    let body = html! {
        (head(words, &h))
        (errors(words, &wrong))
        (said)
        form method="post" action=(action) data-main data-draft=(form.draft()) data-seen=(form.version()) novalidate {
            (hidden_tokens(ctx))
            (carried("seen", &form.version()))
            @if let Some((id, _)) = &form.plan { input type="hidden" name="plan" value=(id); }
            @else { (heading(ctx, form, &wrong)) }
            (grid(ctx, form.year, &form.rows, &checked.said))
            (names(ctx))
            @if form.plan.is_some() { (reason(ctx, form, &wrong)) }
            div.form-end {
                button.btn.main { (words.say("plan-save")) " " kbd.keyhint { "Ctrl+Enter" } }
                button.btn name="do" value="check" { (words.say("plan-check")) }
                button.btn name="do" value="more" { (words.say("plan-more")) }
                a.btn.quiet href=(if to.is_empty() { "/plans" } else { &to }) { (words.say("plan-leave")) }
                span.mute.sm data-draft-state {}
                span.wait role="status" {}
            }
            p.hint { (words.say("plan-edit-hint")) }
        }
    };
    (status, Html(layout::page(ctx, &title, "/plans", body).into_string()))
}

fn wrong_of(wrong: &[(&str, String)], id: &str) -> Option<String> {
    wrong.iter().find(|(field, _)| *field == id).map(|(_, text)| text.clone())
}

/// The fields of a plan as a whole. They are written once.
fn heading(ctx: &Ctx, form: &Form, wrong: &[(&str, String)]) -> Markup {
    let words = ctx.words;
    let [title, number, year, unit, source, hint] = [
        "plans-name",
        "plans-number",
        "plans-year",
        "plans-unit",
        "plan-source-label",
        "plan-source-hint",
    ]
    .map(|code| words.say(code));
    let units = form.units.iter().map(|u| Choice { value: u.id.to_string(), text: u.name.clone() });
    let shown_year = form.year.to_string();
    let fields = [
        Field {
            id: "title",
            label: &title,
            value: &form.title,
            class: "c8",
            required: true,
            ..Field::default()
        },
        Field {
            id: "number",
            label: &number,
            value: &form.number,
            class: "c4",
            ..Field::default()
        },
        Field {
            id: "unit",
            label: &unit,
            value: &form.unit,
            class: "c6",
            choices: Some(units.collect()),
            ..Field::default()
        },
        Field {
            id: "year",
            label: &year,
            value: &shown_year,
            class: "c2",
            mode: "numeric",
            required: true,
            ..Field::default()
        },
        Field {
            id: "source",
            label: &source,
            value: &form.source,
            class: "c8",
            hint: &hint,
            ..Field::default()
        },
    ];
    html! {
        div.cols.form {
            @for f in fields {
                @let f = Field { wrong: wrong_of(wrong, f.id), ..f };
                (field(words, &f))
            }
        }
        h2.sec { (words.say("plan-targets")) }
    }
}

fn reason(ctx: &Ctx, form: &Form, wrong: &[(&str, String)]) -> Markup {
    let words = ctx.words;
    let [label, hint] = ["plan-reason", "plan-reason-hint"].map(|code| words.say(code));
    let f = Field {
        id: "reason",
        label: &label,
        value: &form.reason,
        hint: &hint,
        wrong: wrong_of(wrong, "reason"),
        ..Field::default()
    };
    html! { div.form.sec { (field(words, &f)) } }
}
