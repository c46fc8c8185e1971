//! Signing in and out, one's roles, one's language, one's password.

use super::parts::{Field, errors, field};
use super::{layout, resume};
use crate::http::request::{computer_cookie, cookie_token, hex, language};
use crate::http::{Answer, Carried, Ctx, Fields, Server, Trouble, fields};
use crate::words::{Language, Words};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::signin::Token;
use tram_kernel::Message;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/sign-in", get(show).post(enter))
        .route("/sign-out", post(leave))
        .route("/role", post(switch))
        .route("/language", post(speak))
        .route("/account", get(account).post(change_password))
}

/// What the sign-in page is asked for.
#[derive(Default)]
pub struct Asked<'a> {
    /// Where to go afterwards.
    pub back: &'a str,
    pub login: &'a str,
    pub wrong: Option<&'a Message>,
    /// A form that was sent after its session had ended.
    pub carried: Option<&'a Carried>,
}

/// The sign-in page, perhaps with what went wrong.
pub fn page(server: &Server, words: &Words, asked: &Asked<'_>) -> Markup {
    let Asked { back, login, wrong, carried } = *asked;
    let said = wrong.map(|message| words.message(message));
    let wrong_list: Vec<(&str, String)> = said.iter().map(|s| ("password", s.clone())).collect();
    let again = match carried {
        Some(_) => "sign-in-carried",
        None => "sign-in-again",
    };
    let body = html! {
        h1 { "Trạm" }
        p.mute { (words.say("sign-in-lead")) }
        @if back != "/" && !back.is_empty() && wrong.is_none() { p.note { (words.say(again)) } }
        (errors(words, &wrong_list))
        form.sec method="post" action="/sign-in" data-main {
            input type="hidden" name="back" value=(back);
            @if let Some(carried) = carried { (resume::hidden(carried)) }
            (login_field(words, login))
            (password_field(words, said))
            div { button.btn.main { (words.say("sign-in-button")) } " " span.wait role="status" {} }
        }
        p.sec.sm.mute { (words.say("sign-in-forgot")) }
    };
    layout::bare(server, words, &words.say("sign-in-button"), body)
}

pub fn login_field(words: &Words, login: &str) -> Markup {
    let user = Field {
        id: "user",
        label: &words.say("sign-in-login"),
        value: login,
        required: true,
        autofocus: login.is_empty(),
        autocomplete: "username",
        ..Field::default()
    };
    field(words, &user)
}

pub fn password_field(words: &Words, said: Option<String>) -> Markup {
    let password = Field {
        id: "password",
        label: &words.say("sign-in-password"),
        kind: "password",
        required: true,
        wrong: said,
        autocomplete: "current-password",
        ..Field::default()
    };
    field(words, &password)
}

async fn show(State(server): State<Server>, headers: HeaderMap, ctx: Option<Ctx>) -> Response {
    match ctx {
        Some(ctx) => Redirect::to(layout::home(&ctx)).into_response(),
        None => {
            let words = Words::of(language(&headers));
            Html(page(&server, words, &Asked::default()).into_string()).into_response()
        }
    }
}

/// Only paths of this server: `//evil` and `http:` are somewhere else.
pub fn own_path(back: &str) -> &str {
    let inside = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
    if inside && !back.starts_with("/sign") { back } else { "/" }
}

async fn enter(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Answer {
    let spoken = language(&headers);
    let words = Words::of(spoken);
    let trouble = |failure| Trouble::unsigned(server.clone(), spoken, failure, "/".to_owned());
    let pairs = fields::decode(&body).map_err(|at| {
        trouble(Failure::refused(Message::new("request-invalid-utf8").with("byte", at)))
    })?;
    let value = |name: &str| {
        pairs.iter().find(|(key, _)| key == name).map(|(_, v)| v.clone()).unwrap_or_default()
    };
    let (login, password, back) = (value("user"), value("password"), value("back"));
    let carried = resume::read(&pairs);
    let typed = login.clone();
    let signed = server.run(move |app| app.sign_in(&typed, &password, spoken.code())).await;
    match signed {
        Ok(token) => {
            let cookies = cookies(&server, &headers, token).await.map_err(trouble)?;
            let answer = match carried {
                Some(carried) => resume::after(&server, token, carried, own_path(&back))
                    .await
                    .map_err(trouble)?,
                None => Redirect::to(own_path(&back)).into_response(),
            };
            Ok((cookies, answer).into_response())
        }
        Err(Failure::Refused { message, .. }) => {
            let asked = Asked {
                back: own_path(&back),
                login: &login,
                wrong: Some(&message),
                carried: carried.as_ref(),
            };
            let shown = page(&server, words, &asked);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(shown.into_string())).into_response())
        }
        Err(failure) => Err(trouble(failure)),
    }
}

/// The cookies of somebody who has just signed in: of the session, and of the computer.
pub async fn cookies(
    server: &Server,
    headers: &HeaderMap,
    token: Token,
) -> Result<AppendHeaders<[(header::HeaderName, String); 2]>, Failure> {
    let here = cookie_token(headers, computer_cookie(server));
    let computer = server.run(move |app| app.meet_here(here, &token)).await?;
    let secure = if server.secure { "; Secure" } else { "" };
    let set = |name: &str, value: &Token, age: &str| {
        let value = hex(value);
        (header::SET_COOKIE, format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}"))
    };
    Ok(AppendHeaders([
        set(server.cookie_name(), &token, ""),
        set(computer_cookie(server), &computer, "; Max-Age=7776000"),
    ]))
}

async fn leave(State(server): State<Server>, headers: HeaderMap) -> Answer {
    if let Some(token) = cookie_token(&headers, server.cookie_name()) {
        let ended = server.run(move |app| app.sign_out(&token)).await;
        let spoken = language(&headers);
        ended.map_err(|f| Trouble::unsigned(server.clone(), spoken, f, "/".to_owned()))?;
    }
    let cookie = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", server.cookie_name());
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/sign-in")).into_response())
}

async fn switch(form: Fields) -> Answer {
    let role = form.get("role").to_owned();
    let unit = form.get("unit").parse();
    let ctx = form.ctx.clone();
    let unit = unit.map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let token = ctx.token;
    let switched = ctx.server.run(move |app| app.switch_role(&token, &role, unit)).await;
    switched.map_err(|failure| Trouble::signed(ctx, failure))?;
    Ok(Redirect::to("/").into_response())
}

async fn speak(form: Fields) -> Answer {
    let language = Language::from_code(form.get("language"));
    let ctx = form.ctx.clone();
    let token = ctx.token;
    let set = ctx.server.run(move |app| app.set_language(&token, language.code())).await;
    set.map_err(|failure| Trouble::signed(ctx, failure))?;
    Ok(Redirect::to(own_path(form.get("back"))).into_response())
}

fn account_page(ctx: &Ctx, wrong: Option<&Message>, done: bool) -> Markup {
    let words = ctx.words;
    let said = wrong.map(|message| words.message(message));
    let list: Vec<(&str, String)> = said.iter().map(|s| ("password", s.clone())).collect();
    let old = Field {
        id: "old",
        label: &words.say("account-old"),
        kind: "password",
        required: true,
        autocomplete: "current-password",
        ..Field::default()
    };
    let new = Field {
        id: "password",
        label: &words.say("account-new"),
        kind: "password",
        required: true,
        hint: &words.say("account-hint"),
        wrong: said,
        autocomplete: "new-password",
        ..Field::default()
    };
    let body = html! {
        div.head { div { h1 { (words.say("account-title")) } p { (ctx.signed.actor.user_name) ", " (ctx.signed.actor.role_name) } } }
        @if done { p.note.ok role="status" { (words.say("account-done")) } }
        (errors(words, &list))
        form.sec.narrow method="post" action="/account" data-main {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            (field(words, &old))
            (field(words, &new))
            div { button.btn.main { (words.say("account-button")) } }
        }
    };
    layout::page(ctx, &words.say("account-title"), "", body)
}

async fn account(ctx: Ctx) -> Answer {
    Ok(Html(account_page(&ctx, None, false).into_string()).into_response())
}

async fn change_password(form: Fields) -> Answer {
    let (old, new) = (form.get("old").to_owned(), form.get("password").to_owned());
    let ctx = form.ctx.clone();
    let token = ctx.token;
    let changed = ctx.server.run(move |app| app.change_password(&token, &old, &new)).await;
    match changed {
        Ok(()) => Ok(Html(account_page(&ctx, None, true).into_string()).into_response()),
        Err(Failure::Refused { message, .. }) => {
            let page = account_page(&ctx, Some(&message), false);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.into_string())).into_response())
        }
        Err(failure) => Err(Trouble::signed(ctx, failure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_never_returns_to_another_site() {
        for (back, to) in [
            ("/session?series=BCG", "/session?series=BCG"),
            ("//evil.example", "/"),
            ("https://evil.example", "/"),
            ("/\\evil", "/"),
            ("", "/"),
            ("/sign-out", "/"),
        ] {
            assert_eq!(own_path(back), to, "{back}");
        }
    }
}
