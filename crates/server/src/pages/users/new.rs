//! A new account: the machine makes the first password and shows it once.

use super::roles::{TypedGrant, explained, grant_fields};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Field, Head, Shape, errors, field, head, hidden_tokens, note};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::unit::UnitRow;
use tram_app::user::NewUser;
use tram_app::{App, Failure};
use tram_defs::role::{Action, Role};
use tram_kernel::{Date, Message, day, text};

/// The form as typed.
#[derive(Default)]
struct Typed {
    login: String,
    name: String,
    grant: TypedGrant,
}

async fn choices(ctx: &Ctx) -> Answer<(Vec<Role>, Vec<UnitRow>)> {
    ctx.run(|app, actor| Ok((app.grantable_roles(actor), app.units(actor)?))).await
}

pub async fn show(ctx: Ctx) -> Answer {
    if !ctx.signed.actor.may(Action::UserWrite) {
        return Err(Trouble::denied(ctx, Action::UserWrite));
    }
    let grant = TypedGrant { unit: ctx.signed.actor.unit.to_string(), ..TypedGrant::default() };
    let typed = Typed { grant, ..Typed::default() };
    page(&ctx, &typed, StatusCode::OK).await
}

async fn page(ctx: &Ctx, typed: &Typed, code: StatusCode) -> Answer {
    let words = ctx.words;
    let (roles, units) = choices(ctx).await?;
    let (all, title) = (words.say("users-title"), words.say("users-new"));
    let h = Head {
        crumbs: &[(&*all, "/users")],
        title: &title,
        sub: html! { (words.say("user-new-sub")) },
        acts: html! {},
    };
    let [name, login, hint] =
        ["users-name", "users-login", "user-login-hint"].map(|code| words.say(code));
    let fields = [
        Field {
            id: "name",
            label: &name,
            value: &typed.name,
            class: "c6",
            required: true,
            ..Field::default()
        },
        Field {
            id: "login",
            label: &login,
            value: &typed.login,
            class: "c6",
            required: true,
            hint: &hint,
            ..Field::default()
        },
    ];
    let wrong = typed.grant.wrong.iter().map(|(field, text)| (field.as_str(), text.clone()));
    let body = html! {
        (head(words, &h))
        (errors(words, &wrong.collect::<Vec<_>>()))
        form.form method="post" action="/users/new" data-main {
            (hidden_tokens(ctx))
            div.cols {
                @for f in fields {
                    @let f = Field { wrong: typed.grant.wrong_of(f.id), ..f };
                    (field(words, &f))
                }
                (grant_fields(ctx, &roles, &units, &typed.grant))
            }
            div.form-end {
                button.btn.main { (words.say("user-add")) }
                a.btn.quiet href="/users" { (words.say("plan-leave")) }
                span.wait role="status" {}
            }
        }
        (explained(words, &roles))
    };
    Ok((code, Html(layout::page(ctx, &title, "/users", body).into_string())).into_response())
}

/// Reads the two days of a grant; a bad one is named.
pub fn days(form: &Fields, grant: &mut TypedGrant) -> (Date, Option<Date>) {
    let today = form.ctx.today();
    let mut read = |field: &str| match form.get(field) {
        "" => None,
        typed => day::parse(typed, today)
            .map_err(|_| {
                let message = Message::new("units-bad-day").with("typed", typed);
                grant.wrong.push((field.to_owned(), form.ctx.words.message(&message)));
            })
            .ok(),
    };
    let (from, to) = (read("from"), read("to"));
    (from.unwrap_or(today), to)
}

pub fn typed_grant(form: &Fields) -> TypedGrant {
    let of = |name: &str| form.get(name).to_owned();
    let (role, unit, from, to) = (of("role"), of("unit"), of("from"), of("to"));
    let why = form.filled("close_reason").unwrap_or_else(|| of("reason"));
    TypedGrant { role, unit, from, to, why, wrong: Vec::new() }
}

pub async fn add(form: Fields) -> Answer {
    let ctx = form.ctx.clone();
    let mut grant = typed_grant(&form);
    let (from, to) = days(&form, &mut grant);
    let mut typed = Typed { login: form.get("login").into(), name: form.get("name").into(), grant };
    let unit =
        typed.grant.unit.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    if !typed.grant.wrong.is_empty() {
        return page(&ctx, &typed, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let password = App::readable_password(&typed.login);
    let new = NewUser {
        login: typed.login.clone(),
        name: typed.name.clone(),
        password: password.clone(),
        role: typed.grant.role.clone(),
        unit,
        from,
        to,
    };
    match ctx.try_run(move |app, actor| app.add_user(actor, &new)).await {
        Ok(_) => {
            let name = text::person_name(&typed.name).unwrap_or(typed.name);
            Ok(shown_once(&ctx, &name, &typed.login, &password))
        }
        Err(Failure::Refused { message, field }) => {
            let place = field.unwrap_or_default().to_owned();
            typed.grant.wrong.push((place, ctx.words.message(&message)));
            page(&ctx, &typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(failure) => Err(Trouble::signed(ctx, failure)),
    }
}

/// The page that shows a password. It is nowhere else and is not shown again.
pub fn shown_once(ctx: &Ctx, name: &str, login: &str, password: &str) -> axum::response::Response {
    let words = ctx.words;
    let (all, title) = (words.say("users-title"), words.say("password-title"));
    let h = Head {
        crumbs: &[(&*all, "/users")],
        title: &title,
        sub: html! { (words.with("password-sub", [("name", name.into())])) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let body: Markup = html! {
        (head(words, &h))
        div.sec.form {
            dl.facts {
                dt { (words.say("users-login")) } dd { span.code { (login.trim().to_lowercase()) } }
                dt { (words.say("password-is")) } dd.big { b.code { (password) } }
            }
            (note(Shape::Warn, "", html! { p { (words.say("password-once")) } }, None))
            div.form-end { a.btn.main href="/users" { (words.say("password-back")) } }
        }
    };
    Html(layout::page(ctx, &title, "/users", body).into_string()).into_response()
}
