//! Changing the network: another name, another place in the tree, a village more. A transfer is shown in
//! words before it is written.

use super::one::{Left, page};
use super::unit_id;
use crate::http::{Answer, Fields, Trouble};
use crate::pages::parts::typed::sentence;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use tram_app::Failure;
use tram_app::unit::NewArea;
use tram_domain::fact::RelationKind;
use tram_kernel::{Date, Message, UnitId, day};

/// The page again, with what a form was told.
async fn again(form: &Fields, id: UnitId, failure: Failure) -> Answer {
    let words = form.ctx.words;
    let (code, left) = match failure {
        Failure::Refused { message, field } => {
            let field = match field {
                Some("name") if form.get("form") == "areas" => "village",
                field => field.unwrap_or_default(),
            };
            let wrong = vec![(field, words.message(&message))];
            (StatusCode::UNPROCESSABLE_ENTITY, Left { wrong, typed: Some(form), ..Left::default() })
        }
        Failure::Confirm(confirm) => {
            (StatusCode::CONFLICT, Left { confirm, typed: Some(form), ..Left::default() })
        }
        failure => return Err(Trouble::signed(form.ctx.clone(), failure)),
    };
    page(&form.ctx, id, "", &left, code).await
}

async fn ended(form: &Fields, id: UnitId, done: &str, answer: Result<(), Failure>) -> Answer {
    match answer {
        Ok(()) => Ok(Redirect::to(&format!("/units/{id}?done={done}")).into_response()),
        Err(failure) => again(form, id, failure).await,
    }
}

fn day_of(form: &Fields, field: &'static str) -> Result<Date, Failure> {
    let typed = form.get(field);
    let bad = || Message::new("units-bad-day").with("typed", typed);
    day::parse(typed, form.ctx.today()).map_err(|_| Failure::refused_field(bad(), field))
}

pub async fn rename(Path(id): Path<String>, form: Fields) -> Answer {
    let id = unit_id(&form.ctx, &id)?;
    let name = form.get("name").to_owned();
    let reason = match sentence(&form, "name_reason") {
        Ok(reason) => reason,
        Err(failure) => return again(&form, id, failure).await,
    };
    let renamed =
        form.ctx.try_run(move |app, actor| app.rename_unit(actor, id, &name, reason)).await;
    ended(&form, id, "unit-renamed", renamed).await
}

/// What a transfer will change, in words; refused when it would change nothing.
async fn foretold(
    form: &Fields,
    id: UnitId,
    (kind, to): (RelationKind, Option<UnitId>),
    on: Date,
) -> Answer<Result<Message, Failure>> {
    let (page, units) = form
        .ctx
        .run(move |app, actor| Ok((app.unit_page(actor, id)?, app.possible_parents(actor)?)))
        .await?;
    let words = form.ctx.words;
    let ends: Vec<_> = page
        .parents
        .iter()
        .filter(|r| r.kind == kind.code() && r.from <= on && r.to.is_none())
        .collect();
    if ends.iter().any(|relation| Some(relation.other.id) == to) {
        return Ok(Err(Failure::refused_field(Message::new("unit-already-under"), "to")));
    }
    let alone = words.say("unit-no-parent").into_owned();
    let begins = units.iter().find(|unit| Some(unit.id) == to);
    let names: Vec<&str> = ends.iter().map(|relation| relation.other.name.as_str()).collect();
    let from = if names.is_empty() { alone.clone() } else { names.join("; ") };
    Ok(Ok(Message::new("unit-transfer-preview")
        .with("unit", page.unit.name.as_str())
        .with("sense", super::kind_name(words, kind.code()).to_lowercase())
        .with("from", from)
        .with("to", begins.map_or(alone, |unit| unit.name.clone()))
        .with("day", on)))
}

pub async fn transfer(Path(id): Path<String>, form: Fields) -> Answer {
    let id = unit_id(&form.ctx, &id)?;
    let on = match day_of(&form, "on") {
        Ok(on) => on,
        Err(failure) => return again(&form, id, failure).await,
    };
    let kind = RelationKind::from_code(form.get("kind")).unwrap_or(RelationKind::Administrative);
    let to: Option<UnitId> = match form.get("to") {
        "-" => None,
        text => match text.parse() {
            Ok(to) => Some(to),
            Err(_) => {
                let message = Message::new("unit-choose-parent");
                return again(&form, id, Failure::refused_field(message, "to")).await;
            }
        },
    };
    match foretold(&form, id, (kind, to), on).await? {
        Err(failure) => return again(&form, id, failure).await,
        Ok(said) if form.accepted() != [said.code] => {
            return again(&form, id, Failure::Confirm(vec![said])).await;
        }
        Ok(_) => {}
    }
    let reason = match sentence(&form, "reason") {
        Ok(reason) => reason,
        Err(failure) => return again(&form, id, failure).await,
    };
    let moved = form
        .ctx
        .try_run(move |app, actor| app.transfer_unit(actor, id, (kind, to), on, reason.as_deref()))
        .await;
    ended(&form, id, "unit-moved", moved).await
}

pub async fn add_area(Path(id): Path<String>, form: Fields) -> Answer {
    let id = unit_id(&form.ctx, &id)?;
    let since = match day_of(&form, "since") {
        Ok(on) => on,
        Err(failure) => return again(&form, id, failure).await,
    };
    let Ok(commune) = form.get("commune").parse() else {
        let message = Message::new("village-bad-commune");
        return again(&form, id, Failure::refused_field(message, "commune")).await;
    };
    let new = NewArea {
        name: form.get("village").to_owned(),
        kind: form.get("village_kind").to_owned(),
        commune,
        unit: id,
        since,
    };
    let command = form.command();
    let added = form.ctx.try_run(move |app, actor| app.add_area_once(actor, &new, command)).await;
    ended(&form, id, "unit-village", added.map(|_| ())).await
}
