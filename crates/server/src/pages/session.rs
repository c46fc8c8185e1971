//! An immunisation session: many children, one vaccine and lot, a few keys a child.

mod row;

use self::row::{Of, Row, done_row, open_row, row_answer};
use super::calendar::day_off;
use super::immunisation::temperature;
use super::layout;
use super::parts::typed::words_of;
use super::parts::{
    Choice, Field, Head, Shape, area_field, carried, field, head, list_choices, lot_choices, note,
};
use crate::http::{Answer, Ctx, Fields, Server, Trouble};
use crate::words::long_day;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::immunisation::{DoseForm, GivenDose, OwedChild};
use tram_app::stock::OfferedLot;
use tram_app::undo::RecentSave;
use tram_app::unit::AreaRow;
use tram_app::{Actor, App, Failure};
use tram_defs::immunisation::Route;
use tram_domain::fact::{DoseGiven, Subject};
use tram_domain::immunisation::{self, Screened};
use tram_kernel::{CampaignId, Message, PersonId, text};

pub fn routes() -> Router<Server> {
    Router::new().route("/session", get(show)).route("/session/dose", post(save))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    series: String,
    area: String,
    vaccine: String,
    lot: String,
    site: String,
    campaign: String,
}

/// Everything the page shows.
#[derive(Default)]
struct Session {
    series: String,
    name: String,
    waiting: Vec<OwedChild>,
    given: Vec<GivenDose>,
    areas: Vec<AreaRow>,
    lots: Vec<OfferedLot>,
    /// Why the lot that was chosen must not be used.
    objections: Vec<Message>,
    /// Series with children due today and how many.
    offered: Vec<(String, String, usize)>,
    /// Name of the campaign it is for.
    campaign: Option<String>,
    /// What one has just saved and may take back.
    saves: Vec<RecentSave>,
    /// This very list, to come back to.
    here: String,
}

/// The save of a child's dose, and where one stands after taking it back.
fn undo_of<'a>(saves: &'a [RecentSave], id: PersonId, here: &'a str) -> Option<(&'a str, &'a str)> {
    let save = saves.iter().find(|save| save.subject == Subject::Person(id))?;
    (save.action == "immunisation.record").then_some((save.set.as_str(), here))
}

fn recent(app: &App, actor: &Actor) -> Result<Vec<RecentSave>, Failure> {
    actor.user.map_or_else(|| Ok(Vec::new()), |user| app.recent_saves(user))
}

impl Session {
    fn undo(&self, id: PersonId) -> Option<(&str, &str)> {
        undo_of(&self.saves, id, &self.here)
    }
}

async fn load(ctx: &Ctx, asked: &Asked) -> Answer<Session> {
    let wanted = asked.clone();
    ctx.run(move |app, actor| {
        let mut session = match wanted.campaign.parse() {
            Ok(campaign) => of_campaign(app, actor, &wanted, campaign)?,
            Err(_) => of_worklist(app, actor, &wanted)?,
        };
        session
            .waiting
            .sort_by_cached_key(|c| (c.person.area_name.clone(), text::sort_key(&c.person.name)));
        session.given = app.given_today(actor, &session.series)?;
        (session.areas, session.lots) = (app.areas(actor)?, app.offered_lots(actor)?);
        session.objections = match (wanted.vaccine.as_str(), wanted.lot.trim()) {
            ("", _) | (_, "") => Vec::new(),
            (vaccine, lot) => app.lot_objection(actor, vaccine, lot)?,
        };
        session.saves = recent(app, actor)?;
        let (series, area) = (&session.series, wanted.area.parse::<i64>().unwrap_or_default());
        let campaign = match wanted.campaign.as_str() {
            "" => String::new(),
            id => format!("&campaign={id}"),
        };
        session.here = format!("/session?series={series}&area={area}{campaign}");
        Ok(session)
    })
    .await
}

/// Everybody owed the series, which is the one most wait for unless one is named.
fn of_worklist(app: &App, actor: &Actor, wanted: &Asked) -> Result<Session, Failure> {
    let list = app.worklist(actor, wanted.area.parse().ok(), 0)?;
    let defs = app.definitions();
    let mut offered: Vec<(String, String, usize)> = Vec::new();
    let asked_for = defs.newest_schedule().series.iter().filter(|s| !s.optional);
    for series in asked_for.chain(defs.tetanus.last().map(|rule| &rule.series)) {
        let due = |c: &&OwedChild| c.doses.iter().any(|d| d.series == series.code);
        let n = list.children.iter().filter(due).count();
        if n > 0 || series.code == wanted.series {
            offered.push((series.code.clone(), series.short.clone(), n));
        }
    }
    let most = offered.iter().max_by_key(|(.., n)| *n).map(|(code, ..)| code.clone());
    let named = Some(wanted.series.clone()).filter(|series| !series.is_empty());
    let series = named.or(most).unwrap_or_default();
    let name = defs.series(&series).map(|s| s.short.clone()).unwrap_or_default();
    let children = list.children.into_iter();
    let waiting = children.filter(|c| c.doses.iter().any(|d| d.series == series)).collect();
    Ok(Session { series, name, waiting, offered, ..Session::default() })
}

/// Everybody a campaign is for and who has not had the vaccine.
fn of_campaign(
    app: &App,
    actor: &Actor,
    wanted: &Asked,
    campaign: CampaignId,
) -> Result<Session, Failure> {
    let page = app.campaign_page(actor, campaign)?;
    let area: Option<i64> = wanted.area.parse().ok();
    let series = page.campaign.series.clone();
    let defs = app.definitions();
    let name = defs.series(&series).map(|s| s.short.clone()).unwrap_or_default();
    let children = page.children().into_iter();
    let waiting: Vec<OwedChild> =
        children.filter(|c| area.is_none() || c.person.area == area).collect();
    let offered = vec![(series.clone(), name.clone(), waiting.len())];
    let campaign = Some(page.campaign.name);
    Ok(Session { series, name, waiting, offered, campaign, ..Session::default() })
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let session = load(&ctx, &asked).await?;
    // The vaccine most children wait for changes as they are served: the address keeps the one begun with.
    if asked.series.is_empty() && asked.campaign.is_empty() && !session.series.is_empty() {
        let area = asked.area.parse::<i64>().map(|key| key.to_string()).unwrap_or_default();
        let to = format!("/session?series={}&area={area}", session.series);
        return Ok(Redirect::to(&to).into_response());
    }
    let words = ctx.words;
    let title = words.with("session-title", [("day", long_day(words, ctx.today()).into())]);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! {
            (words.with("session-sub", [("unit", ctx.signed.actor.unit_name.as_str().into())]))
            @if let Some(campaign) = &session.campaign { ". " b { (campaign) } }
        },
        acts: html! { a.btn href={ "/?area=" (asked.area) "&series=" (session.series) } { (words.say("session-list")) } },
    };
    let body = html! {
        (head(words, &h))
        (super::sessions::pages(&ctx, "/session"))
        @if session.series.is_empty() {
            (note(Shape::Ok, &words.say("session-nobody"), html! { p { (words.say("today-none-what")) } }, None))
        } @else {
            (day_off(&ctx))
            (lots(&ctx, &asked, &session))
            (children(&ctx, &asked, &session))
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/session", body).into_string()).into_response())
}

/// What is shared by all rows: vaccine, lot, site. Typed once and remembered by the page.
fn lots(ctx: &Ctx, asked: &Asked, session: &Session) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let offered = session
        .offered
        .iter()
        .map(|(code, name, n)| Choice { value: code.clone(), text: format!("{name} ({n})") });
    let series = Field {
        id: "series",
        label: &words.say("session-series"),
        value: &session.series,
        choices: Some(offered.collect()),
        ..Field::default()
    };
    let every = words.say("all").into_owned();
    let village = words.say("village");
    let area = area_field("area", &village, &asked.area, &session.areas, Some(&every));
    let mut products: Vec<_> =
        defs.vaccines.iter().filter(|v| v.series.contains(&session.series)).collect();
    products.sort_by_key(|v| !v.programme);
    let known =
        |code: &str| session.lots.iter().find(|lot| lot.vaccine == code).map(|lot| lot.lot.clone());
    let first_lot = products.iter().find_map(|v| known(&v.code)).unwrap_or_default();
    let lot = if asked.lot.is_empty() { &first_lot } else { &asked.lot };
    let oral = products.first().is_some_and(|v| v.route == Route::Oral);
    let vaccine_choices =
        products.iter().map(|v| Choice { value: v.code.clone(), text: v.name.clone() }).collect();
    let vaccine = Field {
        id: "vaccine",
        label: &words.say("vaccine"),
        value: &asked.vaccine,
        choices: Some(vaccine_choices),
        ..Field::default()
    };
    let said: Vec<String> = session.objections.iter().map(|m| words.message(m)).collect();
    let lot = Field {
        id: "lot",
        label: &words.say("lot"),
        value: lot,
        wrong: (!said.is_empty()).then(|| said.join(" ")),
        list: "lots-offered",
        ..Field::default()
    };
    let site_now = match (asked.site.is_empty(), oral) {
        (false, _) => asked.site.as_str(),
        (true, true) => "mouth",
        (true, false) => "right_thigh",
    };
    let site = Field {
        id: "site",
        label: &words.say("site"),
        value: site_now,
        choices: Some(list_choices(ctx, "injection_site", None)),
        ..Field::default()
    };
    html! {
        form.filters action="/session" {
            @if !asked.campaign.is_empty() { (carried("campaign", &asked.campaign)) }
            (field(words, &series)) (field(words, &area))
            button.btn type="submit" { (words.say("session-choose")) }
        }
        form.lots id="lots" action="/session" data-shared={ "s:" (session.series) } {
            input type="hidden" name="series" value=(session.series);
            input type="hidden" name="area" value=(asked.area);
            @if !asked.campaign.is_empty() { input type="hidden" name="campaign" value=(asked.campaign); }
            (field(words, &vaccine)) (field(words, &lot)) (field(words, &site))
            (lot_choices(words, "lots-offered", &session.lots, |code| products.iter().any(|v| v.code == code)))
            div.acts { button.btn type="submit" { (words.say("session-use-lot")) } }
        }
    }
}

fn children(ctx: &Ctx, asked: &Asked, session: &Session) -> Markup {
    let words = ctx.words;
    let (done, all) = (session.given.len(), session.given.len() + session.waiting.len());
    let cols = [
        "col-no",
        "col-name",
        "col-dose",
        "col-sex-age",
        "village",
        "col-temp",
        "col-verdict",
        "col-result",
    ];
    html! {
        div.sec { div.h {
            h2 { (words.say("session-done")) " " output data-done-count { (done) } " " (words.with("session-of", [("n", all.into())])) }
            p.keyhint.mute.sm { (words.say("session-keys")) }
        } }
        div.scroll role="region" aria-label=(words.say("session-children")) tabindex="0" {
            table.tbl.stack.grid-in data-session {
                thead { tr {
                    @for (at, code) in cols.iter().enumerate() {
                        th scope="col" class=[matches!(at, 0 | 5).then_some("num")] { (words.say(code)) }
                    }
                    th.last scope="col" { span.vh { (words.say("col-acts")) } }
                } }
                tbody {
                    @for (at, given) in session.given.iter().enumerate() { (done_row(ctx, at + 1, &given.person, given.number, session.undo(given.person.id))) }
                    @for (at, child) in session.waiting.iter().enumerate() {
                        (open_row(ctx, done + at + 1, Of { series: &session.series, campaign: &asked.campaign }, child, &Row::default()))
                    }
                }
            }
        }
        p.sec { a.btn.main href="/" data-session-end { (words.say("session-end")) } }
        @if session.waiting.is_empty() {
            (note(Shape::Ok, &words.with("session-all-done", [("name", session.name.as_str().into())]), html! {}, None))
        }
    }
}

/// One child: the dose, or why not. Answers the row alone to htmx, the page to everybody else.
async fn save(form: Fields) -> Answer {
    let ctx = form.ctx.clone();
    let id: PersonId =
        form.get("child").parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let saved = match form.get("verdict") {
        "ok" => give(&form, id).await,
        verdict => put_off(&form, id, verdict).await,
    };
    if !ctx.partial {
        saved.map_err(|failure| Trouble::signed(ctx.clone(), failure))?;
        let next = form.get("at").parse::<usize>().unwrap_or(0) + 1;
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["series", "vaccine", "lot", "site", "campaign"] {
            query.append_pair(name, form.get(name));
        }
        let to = format!("/session?{}#c{next}", query.finish());
        return Ok(Redirect::to(&to).into_response());
    }
    row_answer(&form, id, saved).await
}

async fn give(form: &Fields, person: PersonId) -> Result<bool, Failure> {
    let temperature =
        temperature(form.get("temp")).map_err(|m| Failure::refused_field(m, "temp"))?;
    let dose = DoseGiven {
        vaccine: form.get("vaccine").to_owned(),
        minute: Some(form.ctx.server.app.now().minute()),
        lot: words_of(form, "lot", "lot")?,
        site: words_of(form, "site", "site")?,
        giver: Some(form.ctx.signed.actor.unit),
        elsewhere: None,
        screened: true,
        temperature,
    };
    let on = form.ctx.today();
    let mut accepted = form.accepted();
    if !form.get("campaign").is_empty() {
        // A campaign gives one dose more than the schedule to everybody: that is no surprise.
        accepted.push("warn-dose-extra".into());
    }
    let wanted = DoseForm { person, doses: vec![dose], on, accepted };
    let command = form.command();
    form.ctx.try_run(move |app, actor| app.record_doses(actor, &wanted, command)).await?;
    Ok(true)
}

/// Put off by the screening rule; the child comes back to the list.
async fn put_off(form: &Fields, person: PersonId, verdict: &str) -> Result<bool, Failure> {
    let temperature =
        temperature(form.get("temp")).map_err(|m| Failure::refused_field(m, "temp"))?;
    let what = match verdict {
        "absent" => Screened::Absent,
        _ => Screened::Unfit { temperature },
    };
    let (defs, today) = (form.ctx.server.app.definitions(), form.ctx.today());
    let deferral = immunisation::put_off(&defs, form.get("series").to_owned(), what, today);
    form.ctx.try_run(move |app, actor| app.defer_doses(actor, person, &[deferral])).await?;
    Ok(false)
}
