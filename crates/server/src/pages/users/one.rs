//! One account: its roles with their days, giving and taking them, a new password, closing it.

use super::compartments;
use super::forms::{close_form, grant_form, password_form, revoke_form};
use super::new::{days as grant_days, shown_once, typed_grant};
use super::roles::{TypedGrant, explained};
use super::{days, grant_status, role_name};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::typed::needed_sentence;
use crate::pages::parts::{
    Head, Shape, col, done as after_done, errors, head, note, section, table,
};
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::unit::UnitRow;
use tram_app::user::{GrantRow, OpeningRow};
use tram_defs::role::{Action, Role};
use tram_kernel::UserId;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    done: String,
}

fn user_id(ctx: &Ctx, text: &str) -> Answer<UserId> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// The account with what may be given to it.
pub struct Account {
    pub id: UserId,
    pub grants: Vec<GrantRow>,
    pub roles: Vec<Role>,
    pub units: Vec<UnitRow>,
    pub openings: Vec<OpeningRow>,
}

impl Account {
    fn first(&self) -> Option<&GrantRow> {
        self.grants.first()
    }

    pub fn is_open(&self) -> bool {
        self.first().is_some_and(|grant| grant.closed_on.is_none())
    }
}

async fn load(ctx: &Ctx, id: UserId) -> Answer<Account> {
    let may_write = ctx.signed.actor.may(Action::UserWrite);
    let account = ctx
        .run(move |app, actor| {
            let grants = app.users(actor)?.into_iter().filter(|grant| grant.user == id).collect();
            let (roles, units) = if may_write {
                (app.grantable_roles(actor), app.units(actor)?)
            } else {
                (Vec::new(), Vec::new())
            };
            let opens = actor.may(Action::CompartmentGrant);
            let openings = if opens { app.openings(actor, id)? } else { Vec::new() };
            Ok(Account { id, grants, roles, units, openings })
        })
        .await?;
    if account.grants.is_empty() {
        return Err(Trouble::signed(ctx.clone(), Failure::NotFound));
    }
    Ok(account)
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let id = user_id(&ctx, &id)?;
    let account = load(&ctx, id).await?;
    let unit = account.first().map(|grant| grant.unit.to_string()).unwrap_or_default();
    let typed = TypedGrant { unit, ..TypedGrant::default() };
    Ok(page(&ctx, &account, &after.done, &typed, StatusCode::OK).into_response())
}

fn page(
    ctx: &Ctx,
    account: &Account,
    done: &str,
    typed: &TypedGrant,
    code: StatusCode,
) -> (StatusCode, Html<String>) {
    let words = ctx.words;
    let all = words.say("users-title");
    let (name, login) =
        account.first().map(|g| (g.name.as_str(), g.login.as_str())).unwrap_or_default();
    let h = Head {
        crumbs: &[(&*all, "/users")],
        title: name,
        sub: html! { (words.say("users-login")) ": " span.code { (login) } },
        acts: html! {},
    };
    let may = ctx.signed.actor.may(Action::UserWrite) && account.is_open();
    let own = ctx.signed.actor.user == Some(account.id);
    let wrong = typed.wrong.iter().map(|(field, text)| (field.as_str(), text.clone()));
    let body = html! {
        (head(words, &h))
        (after_done(ctx, done))
        (errors(words, &wrong.collect::<Vec<_>>()))
        @if !account.is_open() {
            (note(Shape::None, &words.say("user-closed"), html! { p { (words.say("user-closed-what")) } }, None))
        }
        (section(&words.say("users-grants"), html! {}, grants(ctx, account, typed, may)))
        (compartments::part(ctx, account, &account.openings, typed.wrong_of("open_reason").as_deref()))
        @if may {
            div.split {
                div { (grant_form(ctx, account, typed)) (explained(words, &account.roles)) }
                aside aria-label=(words.say("user-account")) {
                    (password_form(ctx, account))
                    @if !own { (close_form(ctx, account, typed)) }
                }
            }
        }
    };
    (code, Html(layout::page(ctx, name, "/users", body).into_string()))
}

fn grants(ctx: &Ctx, account: &Account, typed: &TypedGrant, may: bool) -> Markup {
    let words = ctx.words;
    let [role, unit, period, state, act] =
        ["users-role", "grant-unit", "users-days", "users-state", "grant-revoke"]
            .map(|code| words.say(code));
    let mut cols = vec![col(&role, ""), col(&unit, ""), col(&period, ""), col(&state, "")];
    if may {
        cols.push(col(&act, ""));
    }
    let today = ctx.today();
    let body = html! {
        @for grant in &account.grants {
            @let over = grant.to.is_some_and(|to| to < today);
            tr class=[over.then_some("off")] {
                th.first scope="row" { (role_name(ctx, &grant.role)) }
                td { (grant.unit_name) }
                td.nw { (days(words, grant)) }
                td.half { (grant_status(words, grant, today)) }
                @if may { td.full { @if !over { (revoke_form(ctx, account, grant, typed)) } } }
            }
        }
    };
    table(&words.say("users-grants"), "stack grid-in", &cols, false, body)
}

/// The page again with what is wrong about a compartment.
pub async fn refused(ctx: &Ctx, id: UserId, message: &tram_kernel::Message) -> Answer {
    let account = load(ctx, id).await?;
    let wrong = vec![("open_reason".to_owned(), ctx.words.message(message))];
    let typed = TypedGrant { wrong, ..TypedGrant::default() };
    Ok(page(ctx, &account, "", &typed, StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// The page again after a refusal, everything typed kept.
async fn again(form: &Fields, id: UserId, failure: Failure) -> Answer {
    let ctx = &form.ctx;
    let Failure::Refused { message, field } = failure else {
        return Err(Trouble::signed(ctx.clone(), failure));
    };
    let mut typed = typed_grant(form);
    typed.wrong.push((field.unwrap_or_default().to_owned(), ctx.words.message(&message)));
    let account = load(ctx, id).await?;
    Ok(page(ctx, &account, "", &typed, StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

async fn ended(form: &Fields, id: UserId, done: &str, answer: Result<(), Failure>) -> Answer {
    match answer {
        Ok(()) => Ok(Redirect::to(&format!("/users/{id}?done={done}")).into_response()),
        Err(failure) => again(form, id, failure).await,
    }
}

pub async fn grant(Path(id): Path<String>, form: Fields) -> Answer {
    let id = user_id(&form.ctx, &id)?;
    let mut typed = typed_grant(&form);
    let (from, to) = grant_days(&form, &mut typed);
    if !typed.wrong.is_empty() {
        let account = load(&form.ctx, id).await?;
        let code = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(page(&form.ctx, &account, "", &typed, code).into_response());
    }
    let not_found = |_| Trouble::signed(form.ctx.clone(), Failure::NotFound);
    let unit = typed.unit.parse().map_err(not_found)?;
    let role = typed.role.clone();
    let given = form
        .ctx
        .try_run(move |app, actor| app.grant_role(actor, id, &role, unit, (from, to)))
        .await;
    ended(&form, id, "grant-added", given).await
}

pub async fn revoke(Path(id): Path<String>, form: Fields) -> Answer {
    let id = user_id(&form.ctx, &id)?;
    let reason = match needed_sentence(&form, "reason", "grant-why-missing") {
        Ok(reason) => reason,
        Err(failure) => return again(&form, id, failure).await,
    };
    let not_found = |_| Trouble::signed(form.ctx.clone(), Failure::NotFound);
    let unit = form.get("unit").parse().map_err(not_found)?;
    let role = form.get("role").to_owned();
    let taken = form
        .ctx
        .try_run(move |app, actor| app.revoke_role(actor, id, &role, unit, Some(&reason)))
        .await;
    ended(&form, id, "grant-revoked", taken).await
}

pub async fn reset(Path(id): Path<String>, form: Fields) -> Answer {
    let id = user_id(&form.ctx, &id)?;
    let account = load(&form.ctx, id).await?;
    match form.ctx.try_run(move |app, actor| app.reset_password(actor, id)).await {
        Ok(password) => {
            let (name, login) =
                account.first().map(|g| (g.name.as_str(), g.login.as_str())).unwrap_or_default();
            Ok(shown_once(&form.ctx, name, login, &password))
        }
        Err(failure) => again(&form, id, failure).await,
    }
}

pub async fn close(Path(id): Path<String>, form: Fields) -> Answer {
    let id = user_id(&form.ctx, &id)?;
    let reason = match needed_sentence(&form, "close_reason", "grant-why-missing") {
        Ok(reason) => reason,
        Err(failure) => return again(&form, id, failure).await,
    };
    let closed = form.ctx.try_run(move |app, actor| app.close_user(actor, id, Some(reason))).await;
    ended(&form, id, "user-closed", closed).await
}
