//! Forms written down, people taken into programmes and let go: through the same decisions as the pages.

use super::caller::{Caller, Key};
use super::reading::Reading;
use super::sent::Sent;
use super::trouble::{ReadTroubles, Trouble, WriteTroubles};
use super::wire::{EnrolBody, FormBody, LeaveBody, Record};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use tram_app::person::parse_ref;
use tram_app::programme::{self, Saved};
use tram_app::{Actor, App, Command, Failure};
use tram_defs::Definitions;
use tram_defs::form::{Form, form_on};
use tram_domain::fact::Answer;
use tram_domain::programme::{Enrolment, EntryWish, Leaving};
use tram_kernel::{Date, Message, PersonId};

/// The form of an address on a day, when it is there for the caller.
fn form_at<'d>(
    defs: &'d Definitions,
    actor: &Actor,
    code: &str,
    on: Date,
) -> Result<&'d Form, Failure> {
    let found = form_on(&defs.forms, code, on).filter(|form| actor.sees(form.compartment));
    found.ok_or(Failure::NotFound)
}

fn fields(answers: &[Answer]) -> Vec<String> {
    answers.iter().map(|answer| answer.field.clone()).collect()
}

/// The answer to a save: with where it stands and what should be done.
type Recorded = Result<(StatusCode, Json<Record>), Trouble>;

fn recorded(saved: Saved, given: Vec<String>) -> (StatusCode, Json<Record>) {
    (StatusCode::CREATED, Json(Record::of(saved.value, given)))
}

/// Writes down an entry of a form, or a correction of one.
#[utoipa::path(post, path = "/people/{id}/forms/{code}", tag = "people", request_body = FormBody,
    params(("id" = String, Path), ("code" = String, Path),
        ("Idempotency-Key" = String, Header, description = "Names the attempt: sent again, it is told the same")),
    responses((status = 201, body = Record), ReadTroubles, WriteTroubles))]
pub async fn form(
    caller: Caller,
    key: Key,
    Path((id, code)): Path<(String, String)>,
    sent: Sent<FormBody>,
) -> Recorded {
    let person = caller.person(&id)?;
    let asked = format!("people/{person}/forms/{code}\n{}", sent.asked);
    let command = key.command(&caller, &asked);
    let (saved, given) =
        caller.run(move |app, actor| record(app, actor, person, &code, sent.body, command)).await?;
    Ok(recorded(saved, given))
}

fn record(
    app: &App,
    actor: &Actor,
    person: PersonId,
    code: &str,
    body: FormBody,
    command: Command,
) -> Result<(Saved, Vec<String>), Failure> {
    let defs = app.programme_definitions(actor)?;
    let today = app.today();
    let mut reading = Reading::default();
    let on = reading.day(body.on.as_deref()).unwrap_or(today);
    let form = form_at(&defs, actor, code, on)?;
    if let Some(programme) = &body.programme {
        let open = actor.programmes(&defs, on);
        let rule = open.iter().find(|rule| rule.code == *programme);
        let message = match rule {
            None => Some("programme-unknown"),
            Some(rule) if !rule.forms().any(|of| of == form.code) => Some("api-form-elsewhere"),
            Some(_) => None,
        };
        if let Some(code) = message {
            reading.wrong("programme", Message { code, args: Vec::new() });
        }
    }
    let replaces = body.replaces.as_deref().and_then(|text| {
        reading.take("replaces", parse_ref(text).ok_or(Message::new("form-entry-gone")))
    });
    let answers = reading.answers(body.answers.read(&defs, Some(form), on));
    let given = reading.end(Some(fields(&answers)))?;
    let wish =
        EntryWish { form: form.code.clone(), programme: body.programme, answers, on, replaces };
    let sent = programme::Sent { accepted: body.accept, command: Some(command) };
    Ok((app.record_form(actor, person, &wish, &sent)?, given))
}

/// Takes somebody into a programme, with the entry of its form.
#[utoipa::path(post, path = "/people/{id}/programmes/{code}/enrol", tag = "people",
    request_body = EnrolBody,
    params(("id" = String, Path), ("code" = String, Path),
        ("Idempotency-Key" = String, Header, description = "Names the attempt: sent again, it is told the same")),
    responses((status = 201, body = Record), ReadTroubles, WriteTroubles))]
pub async fn enrol(
    caller: Caller,
    key: Key,
    Path((id, code)): Path<(String, String)>,
    sent: Sent<EnrolBody>,
) -> Recorded {
    let person = caller.person(&id)?;
    let asked = format!("people/{person}/programmes/{code}/enrol\n{}", sent.asked);
    let command = key.command(&caller, &asked);
    let (saved, given) = caller
        .run(move |app, actor| take_in(app, actor, person, &code, sent.body, command))
        .await?;
    Ok(recorded(saved, given))
}

fn take_in(
    app: &App,
    actor: &Actor,
    person: PersonId,
    code: &str,
    body: EnrolBody,
    command: Command,
) -> Result<(Saved, Vec<String>), Failure> {
    let defs = app.programme_definitions(actor)?;
    let mut reading = Reading::default();
    let on = reading.day(body.on.as_deref()).unwrap_or(app.today());
    let open = actor.programmes(&defs, on);
    let rule = open.into_iter().find(|rule| rule.code == code).ok_or(Failure::NotFound)?;
    let form = match &rule.enrol_form {
        Some(form) => Some(form_at(&defs, actor, form, on)?),
        None => None,
    };
    let note = reading.note(body.note.as_deref());
    let answers = reading.answers(body.answers.read(&defs, form, on));
    let given = reading.end(Some(fields(&answers)))?;
    let wish = Enrolment { programme: rule.code.clone(), source: body.source, note, on, answers };
    let sent = programme::Sent { accepted: body.accept, command: Some(command) };
    Ok((app.enrol(actor, person, &wish, &sent)?, given))
}

/// Lets somebody leave a programme.
#[utoipa::path(post, path = "/people/{id}/programmes/{code}/leave", tag = "people",
    request_body = LeaveBody,
    params(("id" = String, Path), ("code" = String, Path),
        ("Idempotency-Key" = String, Header, description = "Names the attempt: sent again, it is told the same")),
    responses((status = 201, body = Record), ReadTroubles, WriteTroubles))]
pub async fn leave(
    caller: Caller,
    key: Key,
    Path((id, code)): Path<(String, String)>,
    sent: Sent<LeaveBody>,
) -> Recorded {
    let person = caller.person(&id)?;
    let asked = format!("people/{person}/programmes/{code}/leave\n{}", sent.asked);
    let command = key.command(&caller, &asked);
    let saved =
        caller.run(move |app, actor| let_go(app, actor, person, &code, sent.body, command)).await?;
    Ok(recorded(saved, Vec::new()))
}

fn let_go(
    app: &App,
    actor: &Actor,
    person: PersonId,
    code: &str,
    body: LeaveBody,
    command: Command,
) -> Result<Saved, Failure> {
    let mut reading = Reading::default();
    let on = reading.day(body.on.as_deref());
    let outcome = reading.needed("outcome", body.outcome.as_deref()).map(str::to_owned);
    let note = reading.note(body.note.as_deref());
    let (on, outcome) = reading.end(on.zip(outcome))?;
    let wish = Leaving { programme: code.to_owned(), outcome, note, on };
    let sent = programme::Sent { accepted: body.accept, command: Some(command) };
    app.leave_programme(actor, person, &wish, &sent).map_err(named_as_sent)
}

/// The page calls the outcome an ending.
fn named_as_sent(failure: Failure) -> Failure {
    let Failure::Fields(mut wrong) = failure else { return failure };
    for found in &mut wrong {
        if found.field.as_deref() == Some("ending") {
            found.field = Some("outcome".to_owned());
        }
    }
    Failure::Fields(wrong)
}
