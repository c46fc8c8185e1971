//! Programmes: how each stands, its register, and the forms that follow one person.
//!
//! ```text
//! /programmes                              every programme with its numbers
//! /programmes/{code}                       its register: followed, due, late, lost, to be looked at, ended
//! /people/{id}/programmes/{code}           one person in it: visits, measures, what is next
//! /people/{id}/programmes/{code}/enrol     taking in, …/leave letting go
//! /people/{id}/forms                       every form that fits the person
//! /people/{id}/forms/{code}                an entry form, drawn from its definition
//! ```

mod answers;
mod beside;
mod draw;
mod entry;
mod excel;
mod forms;
mod leave;
mod list;
mod one;
mod register;

pub(super) use answers::{line, measured, summary, values};
pub(super) use register::visit_state;

use crate::http::{Answer, Ctx, Server, Trouble};
use axum::Router;
use axum::routing::get;
use tram_app::Failure;
use tram_defs::programme::Programme;
use tram_defs::role::Action;

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/programmes", get(list::show))
        .route("/programmes/{code}", get(register::show))
        .route("/programmes/{code}/register.xlsx", get(excel::file))
        .route("/people/{id}/programmes/{code}", get(one::show))
        .route("/people/{id}/programmes/{code}/enrol", get(entry::show_enrol).post(entry::enrol))
        .route("/people/{id}/programmes/{code}/leave", get(leave::show).post(leave::save))
        .route("/people/{id}/forms", get(forms::show))
        .route("/people/{id}/forms/{code}", get(entry::show).post(entry::save))
}

/// The programme of an address, when it is there for the asker.
fn programme<'d>(ctx: &Ctx, defs: &'d tram_defs::Definitions, code: &str) -> Answer<&'d Programme> {
    let found = tram_domain::programme::rule_of(defs, code, ctx.today());
    found
        .filter(|rule| ctx.signed.actor.sees(rule.compartment))
        .ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// A form is shown only to those who may send it.
fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::ProgrammeWrite) {
        return Ok(());
    }
    let denied = tram_domain::authority::Denied::Action(Action::ProgrammeWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

/// How a choice is shown: in shape, word and colour.
fn shape_of(tone: tram_defs::form::Tone) -> Option<crate::pages::parts::Shape> {
    use crate::pages::parts::Shape;
    use tram_defs::form::Tone;
    match tone {
        Tone::Plain => None,
        Tone::Good => Some(Shape::Ok),
        Tone::Watch => Some(Shape::Warn),
        Tone::Bad => Some(Shape::Alert),
    }
}
