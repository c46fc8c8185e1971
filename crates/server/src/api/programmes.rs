//! Programmes: how each stands, its rule, its register, the visits due.

use super::caller::Caller;
use super::trouble::{ReadTroubles, Trouble, wrong};
use super::wire::{DueList, ProgrammeDefinition, Programmes, RegisterList};
use axum::Json;
use axum::extract::{Path, Query};
use tram_app::Failure;
use tram_defs::Definitions;
use tram_defs::programme::Programme;
use tram_domain::form::Wrong;
use tram_kernel::{Date, Message};

/// Visits this far ahead are listed unless another number is asked for.
const DAYS: i32 = 30;
/// And never farther.
const FARTHEST: i32 = 365;

/// The programmes with their numbers.
#[utoipa::path(get, path = "/programmes", tag = "programmes",
    responses((status = 200, body = Programmes), ReadTroubles))]
pub async fn list(caller: Caller) -> Result<Json<Programmes>, Trouble> {
    caller.run(|app, actor| Ok(Programmes::from(app.programmes(actor)?))).await.map(Json)
}

/// The programme of an address, when it is there for the caller.
fn found<'d>(
    defs: &'d Definitions,
    actor: &tram_app::Actor,
    code: &str,
    on: Date,
) -> Result<&'d Programme, Failure> {
    let rule = actor.programmes(defs, on).into_iter().find(|rule| rule.code == code);
    rule.ok_or(Failure::NotFound)
}

/// One programme: whom it takes in, which visits it asks for, how somebody leaves.
#[utoipa::path(get, path = "/programmes/{code}", tag = "programmes",
    params(("code" = String, Path)),
    responses((status = 200, body = ProgrammeDefinition), ReadTroubles))]
pub async fn one(
    caller: Caller,
    Path(code): Path<String>,
) -> Result<Json<ProgrammeDefinition>, Trouble> {
    let rule = caller.run(move |app, actor| {
        let defs = app.programme_definitions(actor)?;
        found(&defs, actor, &code, app.today()).map(ProgrammeDefinition::from)
    });
    rule.await.map(Json)
}

/// Everybody who is or was in a programme, with the last measures and the next visit.
#[utoipa::path(get, path = "/programmes/{code}/register", tag = "programmes",
    params(("code" = String, Path)),
    responses((status = 200, body = RegisterList), ReadTroubles))]
pub async fn register(
    caller: Caller,
    Path(code): Path<String>,
) -> Result<Json<RegisterList>, Trouble> {
    let register = caller.run(move |app, actor| {
        let defs = app.programme_definitions(actor)?;
        let rule = found(&defs, actor, &code, app.today())?;
        Ok(RegisterList::of(rule, app.register(actor, &code, None)?))
    });
    register.await.map(Json)
}

/// What a list of visits is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Asked {
    days: i32,
    programme: Option<String>,
}

impl Asked {
    fn read(pairs: Vec<(String, String)>) -> Result<Self, Vec<Wrong>> {
        let mut asked = Self { days: DAYS, programme: None };
        let mut wrong = Vec::new();
        for (name, value) in pairs {
            match name.as_str() {
                "days" => match value.parse() {
                    Ok(days) if (0..=FARTHEST).contains(&days) => asked.days = days,
                    _ => {
                        let message = Message::new("field-bad-count");
                        let message = message.with("least", 0).with("most", FARTHEST);
                        wrong.push(Wrong::at(&name, message));
                    }
                },
                "programme" => asked.programme = Some(value),
                _ => wrong.push(Wrong::at(&name, Message::new("api-query-unknown"))),
            }
        }
        if wrong.is_empty() { Ok(asked) } else { Err(wrong) }
    }
}

/// Who may or should come: visits due, and people to be looked at.
#[utoipa::path(get, path = "/programmes/due", tag = "programmes",
    params(("days" = Option<i32>, Query, description = "What may be done within so many days, 0 to 365; 30 unless said"),
        ("programme" = Option<String>, Query, description = "Of one programme alone")),
    responses((status = 200, body = DueList), ReadTroubles))]
pub async fn due(
    caller: Caller,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<DueList>, Trouble> {
    let Asked { days, programme } =
        Asked::read(pairs).map_err(|found| wrong(caller.words, found))?;
    let due = caller.run(move |app, actor| {
        let today = app.today();
        if let Some(code) = &programme {
            let defs = app.programme_definitions(actor)?;
            found(&defs, actor, code, today)?;
        }
        let people = app.visits_due(actor, programme.as_deref().unwrap_or_default(), None, days)?;
        Ok(DueList::of(today, days, &people))
    });
    due.await.map(Json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_visits_is_asked_for_in_known_words() {
        let read = |text: &str| {
            let pairs = form_urlencoded::parse(text.as_bytes()).into_owned().collect();
            Asked::read(pairs).map_err(|wrong| wrong[0].field.clone().unwrap_or_default())
        };
        assert_eq!(read(""), Ok(Asked { days: 30, programme: None }));
        let both = Asked { days: 7, programme: Some("diabetes".into()) };
        assert_eq!(read("days=7&programme=diabetes"), Ok(both));
        for (text, field) in
            [("days=x", "days"), ("days=-1", "days"), ("days=366", "days"), ("day=7", "day")]
        {
            assert_eq!(read(text), Err(field.to_owned()), "{text}");
        }
    }
}
