//! Drafts of forms, kept while one types: the page sends them every few seconds and asks for its own when a
//! form is opened again. Only ever one's own.

use crate::http::{Answer, Fields, Server};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use tram_app::desk::DraftForm;
use tram_kernel::moment;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/drafts", post(keep))
        .route("/drafts/find", post(find))
        .route("/drafts/drop", post(throw_away))
}

/// Answers the time at which it was kept; nothing when the form was saved meanwhile.
async fn keep(form: Fields) -> Answer {
    let token = form.ctx.token;
    let draft = DraftForm {
        form: form.get("form").to_owned(),
        body: form.get("body").to_owned(),
        seen: form.get("seen").to_owned(),
        idem: form.get("idem").to_owned(),
    };
    let kept = form.ctx.run(move |app, _| app.keep_draft(&token, &draft)).await?;
    let now = moment::show_time(form.ctx.server.app.now().minute());
    Ok(if kept { now.into_response() } else { StatusCode::NO_CONTENT.into_response() })
}

/// The draft of a form, as the page sent it, with the words for when.
async fn find(form: Fields) -> Answer {
    let (name, token) = (form.get("form").to_owned(), form.ctx.token);
    let found = form.ctx.run(move |app, _| app.kept_draft(&token, &name)).await?;
    let Some(kept) = found else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let today = kept.at.day() == form.ctx.today();
    let when = if today { moment::show_time(kept.at.minute()) } else { kept.at.show() };
    let answer = serde_json::json!({ "at": when, "seen": kept.seen, "body": kept.body });
    Ok(json(&answer.to_string()))
}

async fn throw_away(form: Fields) -> Answer {
    let (name, token) = (form.get("form").to_owned(), form.ctx.token);
    form.ctx.run(move |app, _| app.drop_draft(&token, &name)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn json(text: &str) -> Response {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], text.to_owned()).into_response()
}
