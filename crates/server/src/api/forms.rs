//! Forms as they hold today.

use super::caller::Caller;
use super::trouble::{ReadTroubles, Trouble};
use super::wire::{FormDefinition, Forms};
use axum::Json;
use axum::extract::Path;
use tram_app::{Actor, Failure};
use tram_defs::Definitions;
use tram_defs::form::{Form, form_on};
use tram_kernel::Date;

/// The forms that are there for the caller, as they hold on a day.
fn open<'d>(defs: &'d Definitions, actor: &Actor, on: Date) -> impl Iterator<Item = &'d Form> {
    let holds = move |form: &&Form| {
        form_on(&defs.forms, &form.code, on).is_some_and(|newest| std::ptr::eq(newest, *form))
    };
    defs.forms.iter().filter(holds).filter(|form| actor.sees(form.compartment))
}

/// The forms that may be filled in.
#[utoipa::path(get, path = "/forms", tag = "forms",
    responses((status = 200, body = Forms), ReadTroubles))]
pub async fn list(caller: Caller) -> Result<Json<Forms>, Trouble> {
    let found = caller.run(|app, actor| {
        let defs = app.programme_definitions(actor)?;
        Ok(Forms::of(open(&defs, actor, app.today())))
    });
    found.await.map(Json)
}

/// One form: its questions, when each is asked, what is possible, what is said of the answers.
#[utoipa::path(get, path = "/forms/{code}", tag = "forms", params(("code" = String, Path)),
    responses((status = 200, body = FormDefinition), ReadTroubles))]
pub async fn one(
    caller: Caller,
    Path(code): Path<String>,
) -> Result<Json<FormDefinition>, Trouble> {
    let found = caller.run(move |app, actor| {
        let defs = app.programme_definitions(actor)?;
        let form = open(&defs, actor, app.today()).find(|form| form.code == code);
        form.map(|form| FormDefinition::of(&defs, form)).ok_or(Failure::NotFound)
    });
    found.await.map(Json)
}
