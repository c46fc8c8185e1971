//! Adverse events following immunisation: one button, the list, the report with its clock, what came later.

mod form;
mod later;
mod one;
mod report;

use super::layout;
use super::parts::{Head, Shape, col, empty, head, note, print_head, status, table};
use super::stock::pages;
use crate::http::{Answer, Ctx, Server};
use crate::words::Words;
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::{Markup, html};
use tram_app::aefi::AefiRow;
use tram_kernel::{Moment, day};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/aefi", get(list))
        .route("/people/{id}/aefi", get(form::show).post(form::save))
        .route("/people/{id}/aefi/{n}", get(one::show))
        .route("/people/{id}/aefi/{n}/report", get(report::show))
        .route("/people/{id}/aefi/{n}/sent", post(later::sent))
        .route("/people/{id}/aefi/{n}/follow", post(later::follow))
        .route("/people/{id}/aefi/{n}/conclude", post(later::conclude))
}

/// The words of a code of a list.
fn listed(ctx: &Ctx, list: &str, code: &str) -> String {
    let defs = ctx.server.app.definitions();
    defs.list(list).and_then(|list| list.name(code)).unwrap_or(code).to_owned()
}

/// How long is left until the report is owed, or for how long it is late.
pub(super) fn clock(words: &Words, until: Moment, now: Moment) -> Markup {
    let minutes = (until.ms() - now.ms()) / 60_000;
    let args = [("h", (minutes.abs() / 60).into()), ("m", (minutes.abs() % 60).into())];
    if minutes < 0 {
        return status(Shape::Late, &words.with("aefi-late", args));
    }
    status(Shape::Now, &words.with("aefi-left", args))
}

/// Where an event stands.
fn standing(words: &Words, row: &AefiRow, now: Moment) -> Markup {
    match (row.report_until, row.told_at) {
        (Some(_), Some(told)) => {
            status(Shape::Ok, &words.with("aefi-told", [("at", told.show().into())]))
        }
        (Some(until), None) => clock(words, until, now),
        (None, _) if row.concluded => status(Shape::Ok, &words.say("aefi-concluded")),
        (None, _) => status(Shape::None, &words.say("aefi-no-report")),
    }
}

async fn list(ctx: Ctx) -> Answer {
    let rows = ctx.run(|app, actor| app.adverse_events(actor)).await?;
    let (words, now) = (ctx.words, ctx.server.app.now());
    let title = words.say("aefi-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("aefi-sub")) },
        acts: html! { button.btn type="button" data-print { (words.say("print-page")) } },
    };
    let [on, name, kind, outcome, report, unit] =
        ["col-day", "col-name", "aefi-kind", "aefi-outcome", "aefi-report", "col-unit"]
            .map(|code| words.say(code));
    let cols = [
        col(&on, ""),
        col(&name, ""),
        col(&kind, ""),
        col(&outcome, ""),
        col(&report, "grow"),
        col(&unit, ""),
    ];
    let body = html! {
        @for row in &rows {
            tr {
                td.nw.half { (day::show(row.on)) }
                th.first scope="row" { a href={ "/people/" (row.person.id) "/aefi/" (row.n) } data-open { (row.person.name) } }
                td.nw { @if row.severe { (status(Shape::Bad, &words.say("aefi-severe"))) } @else { (words.say("aefi-mild")) } }
                td { (listed(&ctx, "aefi_outcome", &row.outcome)) }
                td.full { (standing(words, row, now)) }
                td.rest { (row.unit_name) }
            }
        }
    };
    let main = html! {
        (head(words, &h))
        (print_head(&ctx, &title, &day::show(ctx.today())))
        (pages(&ctx, "/aefi", ctx.signed.actor.unit))
        @if rows.is_empty() { (empty(&words.say("aefi-none"), &words.say("aefi-none-what"), html! {})) }
        @else { (table(&title, "stack", &cols, true, body)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/stock", main).into_string()).into_response())
}

/// The clocks of severe events on the first page.
pub(super) fn due_note(ctx: &Ctx, rows: &[AefiRow]) -> Markup {
    let (words, now) = (ctx.words, ctx.server.app.now());
    html! {
        @for row in rows {
            @let title = words.with("aefi-due", [("name", row.person.name.as_str().into()), ("day", row.on.into())]);
            (note(Shape::Alert, &title, html! {
                p { @if let Some(until) = row.report_until { (clock(words, until, now)) } }
            }, Some(html! { a.btn.sm href={ "/people/" (row.person.id) "/aefi/" (row.n) } { (words.say("aefi-due-open")) } })))
        }
    }
}
