//! Compartments opened to somebody by name: which, where, since when, and opening or closing one.

use super::one::Account;
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::typed;
use crate::pages::parts::{Choice, Field, carried, col, field, hidden_tokens, section, table};
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::response::Redirect;
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::user::{CLOSED, OpeningRow, compartment_of};
use tram_defs::role::Action;
use tram_kernel::{Message, UnitId, UserId, day};

/// The name of a compartment.
fn name(ctx: &Ctx, code: &str) -> String {
    ctx.words.say(&format!("compartment-{code}")).into_owned()
}

/// What is open to the account, for who may open.
pub fn part(ctx: &Ctx, account: &Account, rows: &[OpeningRow], wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let may = ctx.signed.actor.may(Action::CompartmentGrant);
    if !may {
        return html! {};
    }
    let own = ctx.signed.actor.user == Some(account.id);
    let body = html! {
        p.mute { (words.say("compartments-what")) }
        @if rows.is_empty() { p { (words.say("compartments-none")) } } @else { (list(ctx, account, rows)) }
        @if !own && account.is_open() { (form(ctx, account, wrong)) }
    };
    section(&words.say("compartments-title"), html! {}, body)
}

fn list(ctx: &Ctx, account: &Account, rows: &[OpeningRow]) -> Markup {
    let words = ctx.words;
    let [what, unit, days, act] =
        ["compartment", "grant-unit", "users-days", "compartment-close"].map(|c| words.say(c));
    let cols = [col(&what, ""), col(&unit, ""), col(&days, ""), col(&act, "last")];
    let today = ctx.today();
    let body = html! {
        @for row in rows {
            @let over = !row.opening.holds_on(today);
            @let code = row.opening.compartment.code();
            tr class=[over.then_some("off")] {
                th.first scope="row" { (name(ctx, code)) }
                td { (row.unit_name) }
                td.nw { (day::show(row.opening.from)) " – " @if let Some(to) = row.opening.to { (day::show(to)) } }
                td.last { @if !over {
                    form method="post" action={ "/users/" (account.id) "/compartments/close" } {
                        (hidden_tokens(ctx)) (carried("compartment", code)) (carried("unit", &row.opening.unit.to_string()))
                        button.btn.sm.bad aria-label=(words.with("compartment-close-of", [("name", name(ctx, code).into())])) { (words.say("compartment-close")) }
                    }
                } }
            }
        }
    };
    table(&words.say("compartments-title"), "stack", &cols, true, body)
}

fn form(ctx: &Ctx, account: &Account, wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let [what, unit, to, why] =
        ["compartment", "grant-unit", "compartment-to", "compartment-why"].map(|c| words.say(c));
    let choices = CLOSED.map(|c| Choice { value: c.code().to_owned(), text: name(ctx, c.code()) });
    let mut units: Vec<Choice> = Vec::new();
    for grant in account.grants.iter().filter(|g| g.to.is_none_or(|to| to >= ctx.today())) {
        let choice = Choice { value: grant.unit.to_string(), text: grant.unit_name.clone() };
        if !units.iter().any(|known| known.value == choice.value) {
            units.push(choice);
        }
    }
    let text = |id, label, required| Field { id, label, required, class: "c6", ..Field::default() };
    let select = |id, label, choices: Vec<Choice>| Field {
        id,
        label,
        choices: Some(choices),
        class: "c6",
        ..Field::default()
    };
    html! {
        form.form method="post" action={ "/users/" (account.id) "/compartments" } {
            (hidden_tokens(ctx))
            div.cols {
                (field(words, &select("compartment", &what, choices.into())))
                (field(words, &select("compartment_unit", &unit, units)))
                (field(words, &text("open_to", &to, false)))
                (field(words, &Field { wrong: wrong.map(str::to_owned), ..text("open_reason", &why, true) }))
            }
            div.acts.sec { button.btn { (words.say("compartment-open")) } span.wait role="status" {} }
        }
    }
}

fn user_id(ctx: &Ctx, text: &str) -> Answer<UserId> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// The compartment and the unit a form names.
fn named(form: &Fields, unit: &str) -> Answer<(tram_kernel::Compartment, UnitId)> {
    let gone = || Trouble::signed(form.ctx.clone(), Failure::NotFound);
    let compartment = compartment_of(form.get("compartment")).ok_or_else(gone)?;
    Ok((compartment, form.get(unit).parse().map_err(|_| gone())?))
}

pub async fn open(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    let id = user_id(ctx, &id)?;
    let which = named(&form, "compartment_unit")?;
    let today = ctx.today();
    let read = || -> Result<_, Message> {
        let to = form.filled("open_to").map(|typed| typed::full_day(&typed, today)).transpose()?;
        Ok((to, typed::long_words(form.get("open_reason"), "grant-why-missing")?))
    };
    let answer = match read() {
        Ok((to, reason)) => {
            let open = move |app: &tram_app::App, actor: &tram_app::Actor| {
                app.open_compartment(actor, id, which, to, &reason)
            };
            ctx.try_run(open).await
        }
        Err(message) => Err(Failure::refused(message)),
    };
    match answer {
        Ok(()) => Ok(Redirect::to(&format!("/users/{id}?done=compartment-opened")).into_response()),
        Err(Failure::Refused { message, .. }) => super::one::refused(ctx, id, &message).await,
        Err(failure) => Err(Trouble::signed(ctx.clone(), failure)),
    }
}

pub async fn close(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    let id = user_id(ctx, &id)?;
    let which = named(&form, "unit")?;
    ctx.run(move |app, actor| app.close_compartment(actor, id, which)).await?;
    Ok(Redirect::to(&format!("/users/{id}?done=compartment-closed")).into_response())
}
