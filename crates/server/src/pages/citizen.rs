//! Somebody's own record, opened with the code from the station: no account, nothing to change, closed after
//! half an hour.
//!
//! ```text
//! /my-record          the code and the year of birth are asked for; a QR code brings the digits behind `#`,
//!                     where no server and no log sees them
//! /my-record/sheet    the sheet of the record, as the station prints it
//! ```

use super::parts::{Field, Shape, errors, field, status};
use super::{layout, person};
use crate::http::request::{cookie_token, hex, language};
use crate::http::{Answer, Ctx, Server, Trouble, fields};
use crate::words::Words;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::signin::Token;
use tram_kernel::{Message, Moment};

/// Where the code is typed.
pub const PLACE: &str = "/my-record";
const SHEET: &str = "/my-record/sheet";

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/my-record", get(show).post(enter))
        .route("/my-record/sheet", get(sheet))
        .route("/my-record/close", post(close))
}

/// Twelve digits in threes of four, as they are read aloud.
pub fn spaced(code: &str) -> String {
    let parts = code.as_bytes().chunks(4).map(|part| String::from_utf8_lossy(part).into_owned());
    parts.collect::<Vec<_>>().join("\u{a0}")
}

const fn cookie_name(server: &Server) -> &'static str {
    if server.secure { "__Host-tram-own" } else { "tram-own" }
}

fn cookie(server: &Server, value: &str, age: &str) -> String {
    let secure = if server.secure { "; Secure" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{age}{secure}", cookie_name(server))
}

/// The request of somebody whose record is open, and until when it stays so.
async fn opened(server: &Server, headers: &HeaderMap) -> Result<Option<(Ctx, Moment)>, Failure> {
    let Some(token) = cookie_token(headers, cookie_name(server)) else { return Ok(None) };
    let spoken = language(headers);
    let found = server.run(move |app| app.citizen(&token, spoken.code())).await?;
    Ok(found.map(|(signed, until)| {
        let (server, words, uri) = (server.clone(), Words::of(spoken), SHEET.to_owned());
        let (undo, posted, partial) = (None, false, false);
        (Ctx { server, words, signed, token, uri, undo, posted, partial }, until)
    }))
}

fn trouble(server: &Server, headers: &HeaderMap, failure: Failure) -> Trouble {
    Trouble::unsigned(server.clone(), language(headers), failure, "/".to_owned())
}

async fn show(State(server): State<Server>, headers: HeaderMap) -> Answer {
    let open = opened(&server, &headers).await.map_err(|f| trouble(&server, &headers, f))?;
    if open.is_some() {
        return Ok(Redirect::to(SHEET).into_response());
    }
    let words = Words::of(language(&headers));
    Ok(Html(asking(&server, words, "", "", None).into_string()).into_response())
}

fn asking(
    server: &Server,
    words: &Words,
    code: &str,
    year: &str,
    wrong: Option<(&Message, &str)>,
) -> Markup {
    let said = |name: &str| {
        wrong.filter(|(_, field)| *field == name).map(|(message, _)| words.message(message))
    };
    let list: Vec<(&str, String)> =
        wrong.iter().map(|(message, field)| (*field, words.message(message))).collect();
    let title = words.say("citizen-title");
    let label = words.say("citizen-code");
    let typed = Field {
        id: "code",
        label: &label,
        value: code,
        required: true,
        autofocus: code.is_empty(),
        autocomplete: "one-time-code",
        mode: "numeric",
        wrong: said("code"),
        ..Field::default()
    };
    let label = words.say("citizen-born");
    let born = Field {
        id: "year",
        label: &label,
        value: year,
        required: true,
        autofocus: !code.is_empty(),
        mode: "numeric",
        wrong: said("year"),
        ..Field::default()
    };
    let body = html! {
        h1 { (title) }
        p.mute { (words.say("citizen-ask")) }
        (errors(words, &list))
        form.sec method="post" action=(PLACE) data-main data-from-hash="code" {
            (field(words, &typed))
            (field(words, &born))
            div { button.btn.main { (words.say("citizen-open")) } " " span.wait role="status" {} }
        }
        p.sec.sm.mute { (words.say("citizen-no-code")) }
    };
    layout::bare(server, words, &title, body)
}

async fn enter(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Answer {
    let words = Words::of(language(&headers));
    let pairs = fields::decode(&body).unwrap_or_default();
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let (code, year) = (value("code"), value("year"));
    let (typed, born) = (code.clone(), year.clone());
    let token = server.run(move |app| app.citizen_open(&typed, &born)).await;
    match token.map_err(Failure::for_forms) {
        Ok(token) => Ok(welcome(&server, &token)),
        Err(Failure::Refused { message, field, .. }) => {
            let at = field.unwrap_or("code");
            let shown = asking(&server, words, &code, &year, Some((&message, at)));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(shown.into_string())).into_response())
        }
        Err(failure) => Err(trouble(&server, &headers, failure)),
    }
}

fn welcome(server: &Server, token: &Token) -> Response {
    let set = cookie(server, &hex(token), "");
    ([(header::SET_COOKIE, set)], Redirect::to(SHEET)).into_response()
}

async fn sheet(State(server): State<Server>, headers: HeaderMap) -> Answer {
    let open = opened(&server, &headers).await.map_err(|f| trouble(&server, &headers, f))?;
    let Some((ctx, until)) = open else { return Ok(Redirect::to(PLACE).into_response()) };
    let page = ctx.run(|app, actor| app.own_page(actor)).await?;
    let words = ctx.words;
    let acts = html! {
        (status(Shape::Info, &words.with("citizen-open-until", [("at", until.show().into())])))
        button.btn type="button" data-print hidden { (words.say("print-page")) }
        form method="post" action="/my-record/close" { button.btn.main { (words.say("citizen-close")) } }
    };
    let body = html! {
        (person::sheet(&ctx, &page, acts))
        p.mute.sm { (words.say("citizen-wrong-facts")) }
    };
    let title = words.say("citizen-title");
    Ok(Html(layout::open(&ctx, &title, body).into_string()).into_response())
}

async fn close(State(server): State<Server>, headers: HeaderMap) -> Answer {
    if let Some(token) = cookie_token(&headers, cookie_name(&server)) {
        let closed = server.run(move |app| app.citizen_close(&token)).await;
        closed.map_err(|failure| trouble(&server, &headers, failure))?;
    }
    let gone = cookie(&server, "", "; Max-Age=0");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to(PLACE)).into_response())
}
