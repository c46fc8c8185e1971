//! One person's record: the page, the forms that change it, who has seen it.
//!
//! ```text
//! /people/{id}               the record; every line of its timeline opens /people/{id}/facts/{fact}
//! /people/new, …/edit        registration and amendment
//! /people/{id}/link/{other}  two records side by side; /people/{id}/part/{fact} parts them again
//! /people/{id}/…             one page a kind of event: move, paper, household, pregnancy, birth, death
//! /people/{id}/summary       one sheet of paper: who, what to mind, what is known, what is next
//! /people/{id}/card          the card with its QR code; a code for the person to open their own record
//! /people/find               women for the mother's box, as one types
//! ```
//!
//! Pages hide what the role may not do; the use case decides.

mod aside;
mod audit;
mod birth;
mod card;
mod changes;
mod choose;
mod conflict;
mod death;
mod edit;
mod emergency;
mod fact;
mod groups;
mod identifier;
mod joining;
mod line;
mod link;
mod moving;
mod page;
mod papers;
mod part;
pub(super) mod pregnancy;
mod register;
mod show;
mod strip;
mod subform;
mod summary;
mod timeline;

pub(super) use card::{Owner, draw as draw_card};
pub(super) use choose::household_label;
pub(super) use show::list_name;
pub(super) use summary::sheet;

use crate::http::{Answer, Ctx, Server, Trouble};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use std::str::FromStr;
use tram_app::Failure;
use tram_app::person::PersonPage;
use tram_defs::role::Action;
use tram_domain::authority::Denied;
use tram_kernel::PersonId;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/people/new", get(register::show).post(register::save))
        .route("/people/find", post(choose::mothers))
        .route("/people/{id}", get(page::show))
        .route("/people/{id}/edit", get(edit::open).post(edit::save))
        .route("/people/{id}/conflict", post(conflict::settle))
        .route("/people/{id}/link/{other}", get(link::show).post(link::save))
        .route("/people/{id}/part/{fact}", get(part::show).post(part::save))
        .route("/people/{id}/facts/{fact}", get(fact::show).post(fact::retract))
        .route("/people/{id}/identifier", get(identifier::show).post(identifier::add))
        .route(
            "/people/{id}/identifier/{fact}/end",
            get(identifier::show_end).post(identifier::end),
        )
        .route("/people/{id}/move", get(moving::show).post(moving::save))
        .route("/people/{id}/move-out", get(moving::show_out).post(moving::save_out))
        .route("/people/{id}/household", get(joining::show).post(joining::save))
        .route("/people/{id}/pregnancy", get(pregnancy::show).post(pregnancy::save))
        .route("/people/{id}/loss", get(pregnancy::show_loss).post(pregnancy::save_loss))
        .route("/people/{id}/stillbirth", get(pregnancy::show_still).post(pregnancy::save_still))
        .route("/people/{id}/birth", get(birth::show).post(birth::save))
        .route("/people/{id}/death", get(death::show).post(death::save))
        .route("/people/{id}/summary", get(summary::show))
        .route("/people/{id}/card", get(card::show).post(card::make))
        .route("/people/{id}/emergency", get(emergency::show).post(emergency::open))
        .route("/people/{id}/audit", get(audit::show))
        .route("/people/{id}/audit.xlsx", get(audit::file))
}

/// Reads an id of an address; anything else is not found.
pub(super) fn id_of<T: FromStr>(ctx: &Ctx, text: &str) -> Answer<T> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// The record behind an address. Opening it is audited.
pub(super) async fn load(ctx: &Ctx, id: &str) -> Answer<PersonPage> {
    let id: PersonId = id_of(ctx, id)?;
    ctx.run(move |app, actor| app.person_page(actor, id)).await
}

/// The asker of a record that is open whole sees what lies in its compartments.
fn seeing(mut ctx: Ctx, page: &PersonPage) -> Ctx {
    if page.emergency.is_some() {
        ctx.signed.actor = ctx.signed.actor.opened_whole();
    }
    ctx
}

/// A form is shown only to those who may send it.
pub(super) fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::PersonWrite) {
        return Ok(());
    }
    let denied = Denied::Action(Action::PersonWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

/// Back to the record, saying what was done.
fn done(id: PersonId, code: &str) -> Response {
    Redirect::to(&format!("/people/{id}?done={code}")).into_response()
}
