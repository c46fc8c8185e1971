//! Households: the list of a village, one household with what is due in it, the form that opens or
//! changes one.

mod cards;
mod form;
pub(super) mod link;
mod list;
mod members;
mod page;

use crate::http::{Answer, Fields, Server};
use crate::pages::parts::option_line;
use crate::pages::person::household_label;
use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::html;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/households", get(list::show))
        .route("/households/new", get(form::show_new).post(form::add))
        .route("/households/find", post(find))
        .route("/households/doctor", post(list::assign))
        .route("/households/{id}", get(page::show))
        .route("/households/{id}/cards", get(cards::show))
        .route("/households/{id}/edit", get(form::show_edit).post(form::amend))
}

/// Households that answer what was typed, as lines of a list.
async fn find(form: Fields) -> Answer {
    let (ctx, typed) = (&form.ctx, form.get("q").to_owned());
    let found = ctx.run(move |app, actor| app.find_households(actor, &typed)).await?;
    let lines = html! { @for row in found.iter().take(12) {
        (option_line(&row.id.to_string(), &household_label(ctx.words, row), &format!(
            "{}, {}",
            row.area_name,
            ctx.words.with("people-count", [("n", row.members.into())]),
        )))
    } };
    Ok(Html(lines.into_string()).into_response())
}
