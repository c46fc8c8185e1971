//! Households: the list of a village, one household with what is due in it, the form that opens or
//! changes one.

mod form;
mod list;
mod members;
mod page;

use crate::http::{Answer, Ctx, Server};
use crate::pages::parts::option_line;
use crate::pages::person::household_label;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::html;
use serde::Deserialize;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/households", get(list::show))
        .route("/households/new", get(form::show_new).post(form::add))
        .route("/households/find", get(find))
        .route("/households/{id}", get(page::show))
        .route("/households/{id}/edit", get(form::show_edit).post(form::amend))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Typed {
    q: String,
}

/// Households that answer what was typed, as lines of a list.
async fn find(ctx: Ctx, Query(typed): Query<Typed>) -> Answer {
    let found = ctx.run(move |app, actor| app.find_households(actor, &typed.q)).await?;
    let lines = html! { @for row in found.iter().take(12) {
        (option_line(&row.id.to_string(), &household_label(ctx.words, row), &format!(
            "{}, {}",
            row.area_name,
            ctx.words.with("people-count", [("n", row.members.into())]),
        )))
    } };
    Ok(Html(lines.into_string()).into_response())
}
