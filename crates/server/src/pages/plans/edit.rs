//! Typing a plan: new or changed, checked as often as wanted, saved when every warning has its answer.

use super::form::{Checked, Form, SPARE};
use super::grid::grid;
use super::page::page;
use super::{plan_id, typed};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::{Shape, note};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::html;
use tram_app::Failure;
use tram_app::plan::NewPlan;
use tram_defs::role::Action;

async fn load(ctx: &Ctx, id: &str) -> Answer<Form> {
    let id = plan_id(ctx, id)?;
    let page = ctx.run(move |app, actor| app.plan_page(actor, id)).await?;
    if page.may_write {
        Ok(Form::of(&page))
    } else {
        Err(Trouble::denied(ctx.clone(), Action::PlanWrite))
    }
}

async fn blank(ctx: &Ctx) -> Answer<Form> {
    if !ctx.signed.actor.may(Action::PlanWrite) {
        return Err(Trouble::denied(ctx.clone(), Action::PlanWrite));
    }
    let units = ctx.run(|app, actor| app.units(actor)).await?;
    Ok(Form {
        year: ctx.today().year(),
        unit: ctx.signed.actor.unit.to_string(),
        rows: typed::with_spare(Vec::new(), 3 * SPARE),
        units,
        ..Form::default()
    })
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let form = load(&ctx, &id).await?;
    let checked = form.check(&ctx);
    Ok(page(&ctx, &form, &checked, StatusCode::OK, html! {}).into_response())
}

pub async fn empty(ctx: Ctx) -> Answer {
    let form = blank(&ctx).await?;
    let checked = form.check(&ctx);
    Ok(page(&ctx, &form, &checked, StatusCode::OK, html! {}).into_response())
}

/// The table alone with its remarks, for the live check of the browser.
pub async fn check(posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = match posted.get("plan") {
        "" => blank(&ctx).await?,
        id => load(&ctx, id).await?,
    };
    form.take(&posted);
    let checked = form.check(&ctx);
    Ok(Html(grid(&ctx, form.year, &form.rows, &checked.said).into_string()).into_response())
}

/// What to do when nothing is to be saved yet, or cannot be: the same page with what is said.
fn again(ctx: &Ctx, posted: &Fields, form: &mut Form, checked: &Checked) -> Option<Answer> {
    let words = ctx.words;
    let wanted = posted.get("do");
    if wanted == "more" {
        form.rows = typed::with_spare(std::mem::take(&mut form.rows), 2 * SPARE);
    }
    if !checked.wrong.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Some(Ok(page(ctx, form, checked, status, html! {}).into_response()));
    }
    let open = checked.open();
    let said = if open > 0 {
        let body = html! { p { (words.say("plan-warned-what")) } };
        let first = checked.said.iter().position(|said| said.open).unwrap_or_default();
        let to = html! { a.btn href={ "#value-" (first) } { (words.say("plan-warned-first")) } };
        note(Shape::Warn, &words.with("plan-warned", [("n", open.into())]), body, Some(to))
    } else {
        note(Shape::Ok, "", html! { p { (words.say("plan-checked")) } }, None)
    };
    match (wanted, open) {
        ("more", _) => Some(Ok(page(ctx, form, checked, StatusCode::OK, html! {}).into_response())),
        ("check", _) => Some(Ok(page(ctx, form, checked, StatusCode::OK, said).into_response())),
        (_, 0) => None,
        _ => Some(Ok(page(ctx, form, checked, StatusCode::CONFLICT, said).into_response())),
    }
}

/// A refusal of the use case, on the same page.
fn refused(ctx: &Ctx, form: &Form, mut checked: Checked, failure: Failure) -> Answer {
    match failure {
        Failure::Refused { message, field } => {
            let place = field.unwrap_or_default().to_owned();
            checked.wrong.push((place, ctx.words.message(&message)));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page(ctx, form, &checked, status, html! {}).into_response())
        }
        failure => Err(Trouble::signed(ctx.clone(), failure)),
    }
}

pub async fn save(Path(id): Path<String>, posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = load(&ctx, &id).await?;
    form.take(&posted);
    let mut checked = form.check(&ctx);
    if form.seen != form.version() {
        checked.wrong.push((String::new(), ctx.words.say("plan-changed").into_owned()));
    }
    if !checked.withdrawn.is_empty() && form.reason.is_empty() {
        checked.wrong.push(("reason".into(), ctx.words.say("plan-reason-missing").into_owned()));
    }
    if let Some(answer) = again(&ctx, &posted, &mut form, &checked) {
        return answer;
    }
    let id = plan_id(&ctx, &id)?;
    let (targets, withdrawn) = (checked.targets.clone(), checked.withdrawn.clone());
    let reason = checked.reason.clone();
    let saved = ctx
        .try_run(move |app, actor| {
            app.set_targets(actor, id, &targets, &withdrawn, reason.as_deref())
        })
        .await;
    match saved {
        Ok(0) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-same")).into_response()),
        Ok(_) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-saved")).into_response()),
        Err(failure) => refused(&ctx, &form, checked, failure),
    }
}

pub async fn add(posted: Fields) -> Answer {
    let ctx = posted.ctx.clone();
    let mut form = blank(&ctx).await?;
    form.take(&posted);
    let mut checked = form.check(&ctx);
    if !(1990..=2100).contains(&form.year) || posted.get("year").parse::<i16>().is_err() {
        checked.wrong.push(("year".into(), ctx.words.say("plan-bad-year").into_owned()));
    }
    if let Some(answer) = again(&ctx, &posted, &mut form, &checked) {
        return answer;
    }
    let unit = form.unit.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let new = NewPlan {
        title: form.title.clone(),
        number: checked.number.clone(),
        year: form.year,
        unit,
        source: checked.source.clone(),
        targets: checked.targets.clone(),
    };
    let command = posted.command();
    let added = ctx.try_run(move |app, actor| app.add_plan_once(actor, &new, command)).await;
    match added {
        Ok(id) => Ok(Redirect::to(&format!("/plans/{id}?done=plan-added")).into_response()),
        Err(failure) => refused(&ctx, &form, checked, failure),
    }
}
