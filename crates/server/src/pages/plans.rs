//! Plans: the list, a plan's targets held against what is, and the table in which they are typed.

mod edit;
mod form;
mod goal;
mod grid;
mod page;
mod row;
mod show;
mod steps;
mod target;
mod typed;

use super::layout;
use super::parts::{Head, Shape, col, done as after_done, head, note, table};
use crate::http::{Answer, Ctx, Server, Trouble};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::plan::PlanRow;
use tram_defs::role::Action;
use tram_kernel::PlanId;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/plans", get(list))
        .route("/plans/new", get(edit::empty).post(edit::add))
        .route("/plans/check", post(edit::check))
        .route("/plans/{id}", get(show::show))
        .route("/plans/{id}/targets/{row}", get(target::show).post(target::report))
        .route("/plans/{id}/edit", get(edit::show).post(edit::save))
}

/// Where the browser keeps what is typed for a plan that is not stored yet.
const NEW_DRAFT: &str = "plan:new";

/// What was just done, and on which page one stands after it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct After {
    pub done: String,
}

fn plan_id(ctx: &Ctx, text: &str) -> Answer<PlanId> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

async fn list(ctx: Ctx, Query(after): Query<After>) -> Answer {
    let plans = ctx.run(|app, actor| app.plans(actor)).await?;
    let words = ctx.words;
    let may_write = ctx.signed.actor.may(Action::PlanWrite);
    let add = html! { @if may_write { a.btn.main href="/plans/new" data-key="N" { (words.say("plans-new")) " " kbd.keyhint { "N" } } } };
    let title = words.say("plans-title");
    let h = Head { crumbs: &[], title: &title, sub: html! { (words.say("plans-sub")) }, acts: add };
    let body = html! {
        (head(words, &h))
        (after_done(&ctx, &after.done))
        @if plans.is_empty() {
            (note(Shape::Info, &words.say("plans-none"), html! { p { (words.say("plans-none-what")) } }, None))
        } @else { (rows(&ctx, &plans)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/plans", body).into_string()).into_response())
}

fn rows(ctx: &Ctx, plans: &[PlanRow]) -> Markup {
    let words = ctx.words;
    let [year, title, number, unit, targets] =
        ["plans-year", "plans-name", "plans-number", "plans-unit", "plans-targets"]
            .map(|code| words.say(code));
    let cols = [
        col(&title, ""),
        col(&year, "num"),
        col(&number, ""),
        col(&unit, ""),
        col(&targets, "num"),
    ];
    let body = html! {
        @for plan in plans {
            tr {
                th.first scope="row" { a href={ "/plans/" (plan.id) } data-open { (plan.title) } }
                td.num.half { (plan.year) }
                td { (plan.number.as_deref().unwrap_or_default()) }
                td { (plan.unit_name) }
                td.num data-l=(targets) { (plan.targets) }
            }
        }
    };
    table(&words.say("plans-title"), "stack", &cols, true, body)
}
