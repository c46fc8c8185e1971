//! The immunisation card of one person: the grid, what is given today, deferrals, doses from elsewhere.

mod forms;
mod grid;
mod more;
mod women;

use super::layout;
use super::parts::typed::words_of;
use super::parts::{Shape, errors, flash, note, status};
use crate::http::{Answer, Ctx, Fields, Server, Trouble};
use crate::words::age;
use axum::Router;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::immunisation::DoseForm;
use tram_app::person::PersonPage;
use tram_domain::fact::{DoseDeferred, DoseGiven, SeriesContraindicated};
use tram_domain::immunisation::{Course, NotCounted, Standing};
use tram_kernel::{Message, PersonId, day, moment};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/people/{id}/immunisation", get(show))
        .route("/people/{id}/immunisation/doses", post(give))
        .route("/people/{id}/immunisation/elsewhere", post(elsewhere))
        .route("/people/{id}/immunisation/deferral", post(put_off))
        .route("/people/{id}/immunisation/contraindication", post(stop))
        .route("/people/{id}/immunisation/tetanus", post(women::tell))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// What a form of this page left behind: sentences on top, values typed.
#[derive(Default)]
pub(super) struct Left<'a> {
    wrong: Vec<(&'a str, String)>,
    warnings: Vec<Message>,
    typed: Option<&'a Fields>,
}

fn person_id(ctx: &Ctx, text: &str) -> Answer<PersonId> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

async fn load(ctx: &Ctx, id: PersonId) -> Answer<PersonPage> {
    ctx.run(move |app, actor| app.person_page(actor, id)).await
}

async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let id = person_id(&ctx, &id)?;
    let page = load(&ctx, id).await?;
    let body = card(&ctx, &page, &asked.done, &Left::default()).await?;
    Ok(Html(body.into_string()).into_response())
}

/// The page again with what is wrong with a form; everything typed stays.
async fn again(form: &Fields, id: PersonId, failure: Failure) -> Answer {
    let page = load(&form.ctx, id).await?;
    let words = form.ctx.words;
    let (code, left) = match failure {
        Failure::Refused { message, field } => {
            let wrong = vec![(field.unwrap_or(""), words.message(&message))];
            (StatusCode::UNPROCESSABLE_ENTITY, Left { wrong, typed: Some(form), ..Left::default() })
        }
        Failure::Confirm(warnings) => {
            (StatusCode::CONFLICT, Left { warnings, typed: Some(form), ..Left::default() })
        }
        other => return Err(Trouble::signed(form.ctx.clone(), other)),
    };
    let body = card(&form.ctx, &page, "", &left).await?;
    Ok((code, Html(body.into_string())).into_response())
}

async fn card(ctx: &Ctx, page: &PersonPage, done: &str, left: &Left<'_>) -> Answer<Markup> {
    let words = ctx.words;
    let lots = ctx.run(|app, actor| app.offered_lots(actor)).await?;
    let course = page.view.course();
    let person = &page.view.person;
    let title = words.with("card-title", [("name", person.name.shown().as_str().into())]);
    let may = ctx.signed.actor.may(tram_defs::role::Action::ImmunisationWrite) && !person.is_dead();
    let body = html! {
        (strip(ctx, page))
        @if !done.is_empty() { (flash(ctx, &words.say(&format!("card-done-{done}")))) }
        (errors(words, &left.wrong))
        (not_counted(ctx, page, &course))
        (bad_lots(ctx, page))
        @if person.born.shown().date.day().is_none() {
            (note(Shape::Warn, &words.say("card-birth-day"), html! { p { (words.say("card-birth-day-what")) } }, None))
        }
        @if more::needs_grid(page, &course, ctx.today()) {
            (grid::table(ctx, page, &course))
            (grid::key(words))
        }
        (more::women(ctx, page, &course, left, may))
        (more::beyond(ctx, page, &course))
        (more::plan(ctx, page, &course))
        @if may { (forms::all(ctx, page, &course, &lots, left)) }
    };
    Ok(layout::page(ctx, &title, "/people", body))
}

fn strip(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let born = p.born.shown();
    let mother = page.mother.as_ref().map(|m| m.name.clone());
    let mother = mother.or_else(|| p.mother.shown().name.clone());
    let area = p.last_residence().and_then(|lives| page.areas.get(&lives.area));
    let minute = born.minute.map(|m| format!(" {}", moment::show_time(m))).unwrap_or_default();
    html! {
        div.strip {
            div.row {
                h1 {
                    (p.name.shown()) " "
                    small { (words.say(&format!("sex-{}", p.sex.shown().code()))) ", " (age(words, born.date, ctx.today())) " (" (born.date.show()) (minute) ")" }
                }
                div.acts {
                    @if ctx.signed.actor.may(tram_defs::role::Action::AefiWrite) { a.btn href={ "/people/" (p.id) "/aefi" } data-key="P" { (words.say("aefi-button")) " " kbd.keyhint { "P" } } }
                    a.btn href={ "/people/" (p.id) } { (words.say("card-record")) }
                    button.btn type="button" data-print { (words.say("card-print")) }
                }
            }
            dl.line {
                @if let Some(mother) = mother { div { dt { (words.say("mother-short")) } dd { (mother) } } }
                @if let Some(area) = area { div { dt { (words.say("village")) } dd { (area) } } }
            }
            p.safety {
                @if p.contraindications.is_empty() { (status(Shape::None, &words.say("card-no-stop"))) }
                @for stop in &p.contraindications {
                    (status(Shape::Alert, &words.with("card-stop", [
                        ("series", series_name(page, &stop.what.series).into()),
                        ("reason", reason(ctx, "contraindication_reason", &stop.what.reason).into()),
                    ])))
                }
                @for (n, aefi) in p.aefi.iter().enumerate() {
                    @let code = if aefi.event.what.severe { "card-aefi-severe" } else { "card-aefi-mild" };
                    @let shape = if aefi.event.what.severe { Shape::Alert } else { Shape::Info };
                    a href={ "/people/" (p.id) "/aefi/" (n) } { (status(shape, &words.with(code, [("day", aefi.event.day.into())]))) }
                }
            }
        }
    }
}

/// The words of a code of a list.
pub(super) fn reason(ctx: &Ctx, list: &str, code: &str) -> String {
    let defs = ctx.server.app.definitions();
    defs.list(list).and_then(|l| l.name(code)).unwrap_or(code).to_owned()
}

/// The short name of a series; its code when the schedule has no such series any more.
fn series_name<'a>(page: &'a PersonPage, code: &'a str) -> &'a str {
    page.view.defs.series(code).map_or(code, |series| series.short.as_str())
}

/// Doses of lots that had expired, or were blocked, on the day they were given.
fn bad_lots(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, defs) = (ctx.words, &page.view.defs);
    let doses = &page.view.person.doses;
    html! {
        @for (at, message) in &page.lot_warnings {
            @if let Some(dose) = doses.iter().find(|dose| dose.at == *at) {
                @let vaccine = defs.vaccine(&dose.what.vaccine).map_or("", |v| v.name.as_str());
                @let code = if message.code == "warn-dose-lot-expired" { "card-lot-expired" } else { "card-lot-blocked" };
                @let args = [("on", dose.day.into()), ("vaccine", vaccine.into())];
                (note(Shape::Warn, &words.with(code, args), html! { p { (words.message(message)) } }, None))
            }
        }
    }
}

/// Doses that were given and do not count, each with what to do about it.
fn not_counted(ctx: &Ctx, page: &PersonPage, course: &Course<'_>) -> Markup {
    let words = ctx.words;
    let defs = &page.view.defs;
    html! {
        @for verdict in &course.verdicts {
            @if let Err(why) = &verdict.counts {
                @let name = defs.series(&verdict.series).map_or(verdict.series.as_str(), |s| s.short.as_str());
                @let given = page.view.person.doses.iter().find(|d| d.at == verdict.at);
                @let vaccine = given.and_then(|d| defs.vaccine(&d.what.vaccine)).map_or("", |v| v.name.as_str());
                @let args = [("series", name.into()), ("on", verdict.on.into()), ("vaccine", vaccine.into())];
                @match why {
                    NotCounted::TooEarly { from } => {
                        (note(Shape::Warn, &words.with("card-early", args), html! { p { (words.with("card-early-what", [("from", (*from).into())])) } }, None))
                    }
                    NotCounted::LiveTooClose { from } => {
                        (note(Shape::Warn, &words.with("card-live", args), html! { p { (words.with("card-early-what", [("from", (*from).into())])) } }, None))
                    }
                    NotCounted::OutOfOrder => {
                        (note(Shape::Warn, &words.with("card-order", args), html! { p { (words.say("card-order-what")) } }, None))
                    }
                    NotCounted::Extra => {
                        (note(Shape::Info, &words.with("card-extra", args), html! { p { (words.with("card-extra-what", [("vaccine", vaccine.into())])) } }, None))
                    }
                }
            }
        }
    }
}

/// `368`, `36,8`, `36.8` → 368 tenths. Empty is not measured.
pub(super) fn temperature(typed: &str) -> Result<Option<u16>, Message> {
    let text = typed.trim().replace('.', ",");
    if text.is_empty() {
        return Ok(None);
    }
    let bad = || Message::new("dose-bad-temperature").with("typed", typed);
    let value = tram_kernel::number::thousandths(&text).ok_or_else(bad)?;
    let tenths = if value >= 300_000 { value / 1000 } else { value / 100 };
    if (300..=450).contains(&tenths) { Ok(Some(tenths as u16)) } else { Err(bad()) }
}

async fn give(Path(id): Path<String>, form: Fields) -> Answer {
    let id = person_id(&form.ctx, &id)?;
    let read = read_doses(&form, id);
    let wanted = match read {
        Ok(wanted) => wanted,
        Err(failure) => return again(&form, id, failure).await,
    };
    let command = form.command();
    let recorded =
        form.ctx.try_run(move |app, actor| app.record_doses(actor, &wanted, command)).await;
    match recorded {
        Ok(_) if form.has("next") => next_child(&form.ctx, id).await,
        Ok(_) => Ok(back(id, "dose")),
        Err(failure) => again(&form, id, failure).await,
    }
}

fn back(id: PersonId, done: &str) -> Response {
    Redirect::to(&format!("/people/{id}/immunisation?done={done}")).into_response()
}

/// The next child of the worklist; the session page when nobody is left.
async fn next_child(ctx: &Ctx, id: PersonId) -> Answer {
    let list = ctx.run(|app, actor| app.worklist(actor, None, 0)).await?;
    let next = list.children.iter().find(|child| child.person.id != id);
    let to =
        next.map_or("/".to_owned(), |child| format!("/people/{}/immunisation", child.person.id));
    Ok(Redirect::to(&to).into_response())
}

fn read_doses(form: &Fields, person: PersonId) -> Result<DoseForm, Failure> {
    let refused = |code: &'static str, field| Failure::refused_field(Message::new(code), field);
    let today = form.ctx.today();
    let temperature =
        temperature(form.get("temp")).map_err(|m| Failure::refused_field(m, "temp"))?;
    let on = match form.get("on") {
        "" => today,
        typed => day::parse(typed, today).map_err(|_| refused("typed-date-invalid", "on"))?,
    };
    let minute = match form.get("at") {
        "" => None,
        typed => Some(moment::parse_time(typed).ok_or_else(|| refused("dose-bad-time", "at"))?),
    };
    let mut doses: Vec<DoseGiven> = Vec::new();
    let other = Some("other").filter(|_| !form.get("vaccine_other").is_empty());
    for series in form.all("series").chain(other) {
        let vaccine = form.get(&format!("vaccine_{series}")).to_owned();
        if vaccine.is_empty() {
            return Err(refused("dose-no-vaccine", "series"));
        }
        // One injection may serve two series; it is written down once.
        if doses.iter().any(|dose| dose.vaccine == vaccine) {
            continue;
        }
        doses.push(DoseGiven {
            vaccine,
            minute,
            lot: words_of(form, &format!("lot_{series}"), "series")?,
            site: words_of(form, &format!("site_{series}"), "series")?,
            giver: Some(form.ctx.signed.actor.unit),
            elsewhere: None,
            screened: form.get("verdict") == "ok",
            temperature,
        });
    }
    if doses.is_empty() {
        return Err(refused("dose-none-chosen", "series"));
    }
    Ok(DoseForm { person, doses, on, accepted: form.accepted() })
}

async fn elsewhere(Path(id): Path<String>, form: Fields) -> Answer {
    let id = person_id(&form.ctx, &id)?;
    let today = form.ctx.today();
    let Ok(on) = day::parse(form.get("el-on"), today) else {
        let failure = Failure::refused_field(Message::new("typed-date-invalid"), "el-on");
        return again(&form, id, failure).await;
    };
    let told = words_of(&form, "el-lot", "el-lot")
        .and_then(|lot| Ok((lot, words_of(&form, "el-where", "el-where")?)));
    let (lot, place) = match told {
        Ok(told) => told,
        Err(failure) => return again(&form, id, failure).await,
    };
    let dose = DoseGiven {
        vaccine: form.get("el-vaccine").to_owned(),
        minute: moment::parse_time(form.get("el-at")),
        lot,
        site: None,
        giver: None,
        elsewhere: Some(place.unwrap_or_default()),
        screened: false,
        temperature: None,
    };
    let wanted = DoseForm { person: id, doses: vec![dose], on, accepted: form.accepted() };
    let command = form.command();
    let recorded =
        form.ctx.try_run(move |app, actor| app.record_doses(actor, &wanted, command)).await;
    match recorded {
        Ok(_) => Ok(back(id, "elsewhere")),
        Err(failure) => again(&form, id, failure).await,
    }
}

async fn put_off(Path(id): Path<String>, form: Fields) -> Answer {
    let id = person_id(&form.ctx, &id)?;
    let Ok(until) = day::parse(form.get("hold-until"), form.ctx.today()) else {
        let failure = Failure::refused_field(Message::new("typed-date-invalid"), "hold-until");
        return again(&form, id, failure).await;
    };
    let reason = form.get("hold-why").to_owned();
    let series: Vec<String> = match form.get("hold-what") {
        "" => {
            let page = load(&form.ctx, id).await?;
            let course = page.view.course();
            let owed = course.owed_on(form.ctx.today());
            owed.map(|line| line.series.code.clone()).collect()
        }
        one => vec![one.to_owned()],
    };
    let deferrals: Vec<DoseDeferred> = series
        .into_iter()
        .map(|series| DoseDeferred { series, reason: reason.clone(), until })
        .collect();
    let put = form.ctx.try_run(move |app, actor| app.defer_doses(actor, id, &deferrals)).await;
    match put {
        Ok(()) => Ok(back(id, "deferral")),
        Err(failure) => again(&form, id, failure).await,
    }
}

async fn stop(Path(id): Path<String>, form: Fields) -> Answer {
    let id = person_id(&form.ctx, &id)?;
    let stop = SeriesContraindicated {
        series: form.get("ci-what").to_owned(),
        reason: form.get("ci-why").to_owned(),
    };
    let stopped = form.ctx.try_run(move |app, actor| app.contraindicate(actor, id, &stop)).await;
    match stopped {
        Ok(()) => Ok(back(id, "contraindication")),
        Err(failure) => again(&form, id, failure).await,
    }
}

/// Whether a line may be given today.
pub(super) fn is_due(standing: &Standing, today: tram_kernel::Date) -> bool {
    matches!(standing, Standing::Owed { due, until, .. } if *due <= today && today < *until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temperatures_are_read_as_typed() {
        for (typed, tenths) in
            [("368", 368), ("36,8", 368), ("36.8", 368), ("37", 370), ("37,5", 375)]
        {
            assert_eq!(temperature(typed), Ok(Some(tenths)), "{typed}");
        }
        assert_eq!(temperature(""), Ok(None));
        for typed in ["abc", "12", "99", "500"] {
            assert!(temperature(typed).is_err(), "{typed}");
        }
    }
}
