//! Changing over: the next person signs in on the same computer in a few keys, and the session of the one
//! before ends. Their drafts wait for them; the page they were on is not shown.

use super::layout;
use super::parts::{Field, errors, field};
use super::signin::{cookies, password_field};
use crate::http::request::{computer_cookie, cookie_token};
use crate::http::{Answer, Ctx, Fields, Server, Trouble};
use crate::words::{Language, Words};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use tram_app::Failure;
use tram_kernel::Message;

pub fn routes() -> Router<Server> {
    Router::new().route("/switch", get(show).post(change)).route("/switch/forget", post(forget))
}

/// Login and name of those who signed in here lately.
async fn known(server: &Server, headers: &HeaderMap) -> Result<Vec<(String, String)>, Failure> {
    match cookie_token(headers, computer_cookie(server)) {
        Some(computer) => server.run(move |app| app.met_here(&computer)).await,
        None => Ok(Vec::new()),
    }
}

async fn show(ctx: Ctx, headers: HeaderMap) -> Answer {
    draw(&ctx, &headers, "", None).await
}

async fn draw(ctx: &Ctx, headers: &HeaderMap, login: &str, wrong: Option<&Message>) -> Answer {
    let names = known(&ctx.server, headers).await;
    let names = names.map_err(|failure| Trouble::signed(ctx.clone(), failure))?;
    let mine = &ctx.signed.actor.user_name;
    let others: Vec<_> = names.into_iter().filter(|(_, name)| name != mine).collect();
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = page(ctx, &others, login, wrong);
    Ok((status, Html(page.into_string())).into_response())
}

fn page(ctx: &Ctx, others: &[(String, String)], login: &str, wrong: Option<&Message>) -> Markup {
    let words = ctx.words;
    let said = wrong.map(|message| words.message(message));
    let list: Vec<(&str, String)> = said.iter().map(|s| ("password", s.clone())).collect();
    let now = [("name", ctx.signed.actor.user_name.as_str().into())];
    let csrf = html! { input type="hidden" name="csrf" value=(ctx.signed.form_token); };
    let body = html! {
        h1 { (words.say("switch-title")) }
        p { (words.with("switch-now", now)) }
        (errors(words, &list))
        form.sec method="post" action="/switch" data-main {
            (csrf)
            @if !others.is_empty() { (choice(words, others, login)) }
            (typed_login(words, others, login))
            (password_field(words, said))
            div.acts {
                button.btn.main { (words.say("switch-button")) }
                a.btn.quiet href=(layout::home(ctx)) { (words.say("switch-stay")) }
                span.wait role="status" {}
            }
        }
        @if !others.is_empty() {
            form.sec method="post" action="/switch/forget" { (csrf) button.btn.quiet.sm { (words.say("switch-forget")) } }
        }
    };
    layout::bare(&ctx.server, words, &words.say("switch-title"), body)
}

/// The names of this computer; the first is the one who was here last.
fn choice(words: &Words, others: &[(String, String)], login: &str) -> Markup {
    let is_named = others.iter().any(|(known, _)| known == login);
    html! {
        fieldset.field {
            legend { (words.say("switch-who")) }
            @for (at, (known, name)) in others.iter().enumerate() {
                label.opt {
                    input type="radio" name="known" value=(known) autofocus[at == 0 && login.is_empty()]
                        checked[if login.is_empty() { at == 0 } else { known == login }];
                    span { (name) }
                }
            }
            label.opt {
                input type="radio" name="known" value="" checked[!login.is_empty() && !is_named];
                span { (words.say("switch-other")) }
            }
        }
    }
}

fn typed_login(words: &Words, others: &[(String, String)], login: &str) -> Markup {
    let is_named = others.iter().any(|(known, _)| known == login);
    let typed = Field {
        id: "user",
        label: &words.say("sign-in-login"),
        value: if is_named { "" } else { login },
        hint: &if others.is_empty() {
            String::new()
        } else {
            words.say("switch-other-hint").into()
        },
        required: others.is_empty(),
        autofocus: others.is_empty() && login.is_empty(),
        autocomplete: "username",
        ..Field::default()
    };
    field(words, &typed)
}

async fn change(State(server): State<Server>, headers: HeaderMap, form: Fields) -> Answer {
    let (known, typed) = (form.get("known"), form.get("user"));
    // A name typed counts before the one that happened to be marked.
    let login = if typed.is_empty() { known } else { typed }.to_owned();
    let (password, before) = (form.get("password").to_owned(), form.ctx.token);
    let (tried, spoken) = (login.clone(), Language::from_code(&form.ctx.signed.language));
    let signed = server.run(move |app| app.sign_in(&tried, &password, spoken.code())).await;
    let trouble = |failure| Trouble::signed(form.ctx.clone(), failure);
    match signed {
        Ok(token) => {
            server.run(move |app| app.sign_out(&before)).await.map_err(trouble)?;
            let cookies = cookies(&server, &headers, token).await.map_err(trouble)?;
            Ok((cookies, Redirect::to("/")).into_response())
        }
        Err(Failure::Refused { message, .. }) => {
            draw(&form.ctx, &headers, &login, Some(&message)).await
        }
        Err(failure) => Err(trouble(failure)),
    }
}

async fn forget(State(server): State<Server>, headers: HeaderMap, form: Fields) -> Answer {
    if let Some(computer) = cookie_token(&headers, computer_cookie(&server)) {
        let forgotten = server.run(move |app| app.forget_here(&computer)).await;
        forgotten.map_err(|failure| Trouble::signed(form.ctx.clone(), failure))?;
    }
    Ok(Redirect::to("/switch").into_response())
}
