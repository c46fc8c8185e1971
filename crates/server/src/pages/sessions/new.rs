//! Planning a vaccination day.

use super::must_write;
use crate::http::{Answer, Ctx, Fields};
use crate::pages::calendar::why_off;
use crate::pages::layout;
use crate::pages::parts::{Choice, Head, Sheet, carried, choices, head, typed};
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::immunisation::session::{SessionsPage, proposed_day};
use tram_app::unit::AreaRow;
use tram_defs::Definitions;
use tram_defs::immunisation::Series;
use tram_domain::fact::{SessionPlace, SessionPlanned};
use tram_kernel::{AreaId, CampaignId, Message, day, moment};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    campaign: String,
}

async fn load(ctx: &Ctx) -> Answer<(Vec<AreaRow>, SessionsPage)> {
    ctx.run(|app, actor| Ok((app.areas(actor)?, app.sessions(actor)?))).await
}

/// Series that are called for by age, then those for women; what a campaign gives is added by it.
fn offered(defs: &Definitions) -> Vec<&Series> {
    let newest = defs.newest_schedule().series.iter().filter(|series| !series.optional);
    newest.chain(defs.tetanus.last().map(|rule| &rule.series)).collect()
}

pub async fn new(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    must_write(&ctx)?;
    let loaded = load(&ctx).await?;
    let defs = ctx.server.app.definitions();
    let mut sheet = Sheet::fresh(&ctx);
    let campaign = loaded.1.campaigns.iter().find(|row| row.id.to_string() == asked.campaign);
    sheet.set("session_on", day::show(proposed_day(&defs, ctx.today())));
    sheet.set("session_at", "07:30");
    sheet.set("session_place", if campaign.is_some() { "school" } else { "fixed" });
    sheet.set("campaign", asked.campaign.as_str());
    loaded.0.iter().for_each(|area| sheet.tick("areas", &area.id.to_string()));
    match campaign {
        Some(campaign) => sheet.tick("series", &campaign.series),
        None => offered(&defs).iter().for_each(|series| sheet.tick("series", &series.code)),
    }
    Ok(Html(draw(&ctx, &loaded, &sheet).into_string()).into_response())
}

fn draw(ctx: &Ctx, (areas, page): &(Vec<AreaRow>, SessionsPage), sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let (title, list) = (words.say("session-new"), words.say("sessions-title"));
    let sub = html! { (words.say("session-new-lead")) };
    let h = Head { crumbs: &[(&list, "/sessions")], title: &title, sub, acts: html! {} };
    let places = SessionPlace::ALL.map(|place| {
        let code = place.code();
        (code, words.say(&format!("session-place-{code}")).into_owned())
    });
    let villages = areas.iter().map(|a| Choice { value: a.id.to_string(), text: a.name.clone() });
    let mut series = offered(&defs);
    let campaign = page.campaigns.iter().find(|row| row.id.to_string() == sheet.get("campaign"));
    series.extend(campaign.and_then(|campaign| defs.series(&campaign.series)));
    series.dedup_by(|a, b| a.code == b.code);
    let series = series.iter().map(|s| Choice { value: s.code.clone(), text: s.short.clone() });
    let none = Choice { value: String::new(), text: words.say("session-no-campaign").into_owned() };
    let running =
        page.campaigns.iter().filter(|row| row.ended_on.is_none() && row.last >= ctx.today());
    let running = running.map(|row| Choice { value: row.id.to_string(), text: row.name.clone() });
    let campaigns: Vec<Choice> = std::iter::once(none).chain(running).collect();
    let body = html! {
        (head(words, &h))
        form.form method="post" action="/sessions/new" data-main data-draft="session" novalidate {
            (sheet.top(ctx, |_| html! {}))
            @if !sheet.get("session_off").is_empty() { (carried("session_off", sheet.get("session_off"))) }
            section.sec aria-label=(title) { div.cols {
                (sheet.field(ctx, "session_on", |f| { f.class = "c3"; f.required = true; f.autofocus = true; }))
                (sheet.field(ctx, "session_at", |f| { f.class = "c2"; }))
                (sheet.radios(ctx, "session_place", "c7", choices(places)))
                (sheet.field(ctx, "session_point", |f| { f.class = "c6"; f.optional = true; }))
                @if campaigns.len() > 1 { (sheet.field(ctx, "campaign", |f| { f.class = "c6"; f.choices = Some(campaigns); })) }
            } }
            section.sec { (sheet.ticks(ctx, "areas", "c12", villages.collect())) }
            section.sec { (sheet.ticks(ctx, "series", "c12", series.collect())) }
            section.sec { div.cols { (sheet.field(ctx, "session_note", |f| { f.class = "c12"; f.optional = true; })) } }
            (sheet.end(ctx, "session-plan-save", "/sessions"))
        }
    };
    layout::page(ctx, &title, "/session", body)
}

pub async fn plan(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let loaded = load(ctx).await?;
    let mut sheet = Sheet::posted(&form);
    let on =
        sheet.required("session_on", "field-missing", |text| typed::full_day(text, ctx.today()));
    let at = sheet.optional("session_at", |text| {
        moment::parse_time(text).ok_or_else(|| Message::new("field-bad-time"))
    });
    let point = sheet.optional("session_point", typed::words);
    let note = sheet.optional("session_note", typed::words);
    let place = SessionPlace::from_code(sheet.get("session_place"));
    let areas: Vec<AreaId> = sheet.all("areas").filter_map(|id| id.parse().ok()).collect();
    let series: Vec<String> = sheet.all("series").map(str::to_owned).collect();
    let campaign: Option<CampaignId> = sheet.get("campaign").parse().ok();
    if areas.is_empty() {
        sheet.refuse("areas", Message::new("session-no-area"));
    }
    if series.is_empty() {
        sheet.refuse("series", Message::new("session-no-series"));
    }
    // Nobody plans a day off by mistake: it is said once, and the same day typed again is meant.
    let defs = ctx.server.app.definitions();
    if let Some(day) = on
        && let Some(off) = why_off(ctx.words, &defs, day)
        && sheet.get("session_off") != day::show(day)
    {
        sheet.set("session_off", day::show(day));
        let message = Message::new("session-day-off").with("off", off);
        sheet.refuse("session_on", message);
    }
    if let (Some(on), Some(place), true) = (on, place, sheet.is_right()) {
        let unit = ctx.signed.actor.unit;
        let body = SessionPlanned { unit, on, at, place, point, areas, series, campaign, note };
        let command = form.command();
        let saved = sheet
            .run(ctx, "session_on", move |app, actor| app.plan_session(actor, &body, command))
            .await?;
        if let Some(id) = saved {
            return Ok(Redirect::to(&format!("/sessions/{id}?done=session-plan")).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &loaded, &sheet)))
}
