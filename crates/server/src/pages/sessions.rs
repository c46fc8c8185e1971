//! Vaccination days and campaigns: the list, planning one, the page of one, papers, who was lost, the
//! report of a month.

mod campaign;
mod gaps;
mod month;
mod new;
mod one;
mod papers;

use super::layout;
use super::parts::{Head, Shape, col, done, empty, head, print_head, section, status, table, tabs};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::{age, long_day};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::immunisation::session::{CampaignRow, SessionRow, SessionsPage};
use tram_app::person::PersonLine;
use tram_defs::Definitions;
use tram_defs::role::Action;
use tram_domain::fact::SessionEnd;
use tram_kernel::{day, moment};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/sessions", get(show))
        .route("/sessions/new", get(new::new).post(new::plan))
        .route("/sessions/gaps", get(gaps::show))
        .route("/sessions/gaps/{pair}", get(gaps::people))
        .route("/sessions/month", get(month::show))
        .route("/sessions/month.xlsx", get(month::excel))
        .route("/sessions/{id}", get(one::show))
        .route("/sessions/{id}/invite", post(one::invite))
        .route("/sessions/{id}/end", post(one::end))
        .route("/sessions/{id}/papers", get(papers::show))
        .route("/sessions/{id}/list.xlsx", get(papers::excel))
        .route("/campaigns/new", get(campaign::new).post(campaign::plan))
        .route("/campaigns/{id}", get(campaign::show))
        .route("/campaigns/{id}/end", post(campaign::end))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    done: String,
}

/// The pages about vaccination days, one a tab.
pub(super) fn pages(ctx: &Ctx, here: &str) -> Markup {
    let words = ctx.words;
    let may = ctx.signed.actor.may(Action::ImmunisationWrite);
    let all = [
        ("/session", "sessions-tab-today", may),
        ("/sessions", "sessions-tab-plan", true),
        ("/sessions/gaps", "sessions-tab-gaps", true),
        ("/sessions/month", "sessions-tab-month", true),
    ];
    let links = all.into_iter().filter(|(.., shown)| *shown);
    let links: Vec<(String, String, bool)> = links
        .map(|(to, code, _)| (to.to_owned(), words.say(code).into_owned(), to == here))
        .collect();
    tabs(&words.say("sessions-tabs"), &links)
}

fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::ImmunisationWrite) {
        return Ok(());
    }
    let denied = tram_domain::authority::Denied::Action(Action::ImmunisationWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

/// People to be looked for: name, sex and birth, village, mother.
fn people_table(ctx: &Ctx, label: &str, people: &[PersonLine]) -> Markup {
    let words = ctx.words;
    let titles = ["col-name", "col-sex-born", "village", "col-mother"].map(|c| words.say(c));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! {
        @for p in people {
            tr {
                th.first.name scope="row" { a href={ "/people/" (p.id) "/immunisation" } data-open { (p.name) } }
                td.nw { (sex_born(ctx, p)) }
                td data-l=(titles[2]) { (p.area_name.as_deref().unwrap_or("–")) }
                td data-l=(titles[3]) { (p.mother.as_deref().unwrap_or("–")) }
            }
        }
    };
    table(label, "stack", &cols, true, body)
}

/// `nữ, 03/12/2024 (23 tháng)`.
fn sex_born(ctx: &Ctx, p: &PersonLine) -> Markup {
    let words = ctx.words;
    html! {
        (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show())
        span.mute { " (" (age(words, p.born, ctx.today())) ")" }
    }
}

/// The short names of series.
fn series_words<'c>(defs: &Definitions, codes: impl IntoIterator<Item = &'c str>) -> String {
    let short = |code: &str| defs.series(code).map_or(code.to_owned(), |s| s.short.clone());
    codes.into_iter().map(short).collect::<Vec<_>>().join(", ")
}

/// `Thứ Hai, 23/11/2026, 07:30`.
fn when(ctx: &Ctx, on: tram_kernel::Date, minute: Option<u16>) -> String {
    let at = minute.map(|at| format!(", {}", moment::show_time(at))).unwrap_or_default();
    format!("{}{at}", long_day(ctx.words, on))
}

/// How a session stands.
fn standing(ctx: &Ctx, on: tram_kernel::Date, ended: Option<SessionEnd>) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    match ended {
        Some(SessionEnd::Held) => status(Shape::Ok, &words.say("session-end-held")),
        Some(SessionEnd::Cancelled) => status(Shape::None, &words.say("session-end-cancelled")),
        Some(SessionEnd::Stopped) => status(Shape::Alert, &words.say("session-end-stopped")),
        None if on < today => status(Shape::Warn, &words.say("session-not-ended")),
        None if on == today => status(Shape::Now, &words.say("session-is-today")),
        None => status(Shape::Soon, &words.say("session-planned")),
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = ctx.run(|app, actor| app.sessions(actor)).await?;
    let words = ctx.words;
    let title = words.say("sessions-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (ctx.signed.actor.unit_name) },
        acts: html! {
            @if page.may_write {
                a.btn href="/campaigns/new" { (words.say("campaign-new")) }
                a.btn.main href="/sessions/new" { (words.say("session-new")) }
            }
        },
    };
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &title, ""))
        (pages(&ctx, "/sessions"))
        (done(&ctx, &asked.done))
        (sessions(&ctx, &page))
        (campaigns(&ctx, &page))
    };
    Ok(Html(layout::page(&ctx, &title, "/session", body).into_string()).into_response())
}

fn sessions(ctx: &Ctx, page: &SessionsPage) -> Markup {
    let words = ctx.words;
    let what = words.say("sessions-empty-what");
    if page.sessions.is_empty() {
        return empty(&words.say("sessions-empty"), &what, html! {});
    }
    let defs = ctx.server.app.definitions();
    let codes = ["sess-when", "sess-place", "sess-series", "sess-invited", "sess-standing"];
    let titles = codes.map(|code| words.say(code));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], ""),
        col(&titles[2], ""),
        col(&titles[3], "num"),
        col(&titles[4], ""),
    ];
    let (coming, past): (Vec<&SessionRow>, Vec<&SessionRow>) =
        page.sessions.iter().partition(|row| row.on >= ctx.today() && row.ended.is_none());
    let row = |row: &SessionRow| {
        html! {
            tr {
                th.first scope="row" { a href={ "/sessions/" (row.id) } data-open { (when(ctx, row.on, row.minute)) } }
                td data-l=(titles[1]) { (words.say(&format!("session-place-{}", row.place.code()))) @if let Some(point) = &row.point { ", " (point) } }
                td.full { (series_words(&defs, row.series.iter().map(String::as_str))) }
                td.num data-l=(titles[3]) { (row.invited) }
                td.nw { (standing(ctx, row.on, row.ended)) }
            }
        }
    };
    html! {
        @if !coming.is_empty() {
            (section(&words.say("sessions-coming"), html! {}, table(&words.say("sessions-coming"), "stack", &cols, true, html! { @for one in &coming { (row(one)) } })))
        }
        @if !past.is_empty() {
            (section(&words.say("sessions-past"), html! {}, table(&words.say("sessions-past"), "stack", &cols, false, html! { @for one in past.iter().rev() { (row(one)) } })))
        }
    }
}

fn campaigns(ctx: &Ctx, page: &SessionsPage) -> Markup {
    let words = ctx.words;
    if page.campaigns.is_empty() {
        return html! {};
    }
    let defs = ctx.server.app.definitions();
    let titles = ["camp-name", "camp-series", "camp-days", "sess-standing"].map(|c| words.say(c));
    let cols = [col(&titles[0], ""), col(&titles[1], ""), col(&titles[2], ""), col(&titles[3], "")];
    let body = html! {
        @for row in &page.campaigns {
            tr {
                th.first scope="row" { a href={ "/campaigns/" (row.id) } { (row.name) } }
                td data-l=(titles[1]) { (series_words(&defs, [row.series.as_str()])) }
                td.nw data-l=(titles[2]) { (day::show(row.first)) " – " (day::show(row.last)) }
                td.nw { (campaign_standing(ctx, row)) }
            }
        }
    };
    section(
        &words.say("campaigns-title"),
        html! {},
        table(&words.say("campaigns-title"), "stack", &cols, false, body),
    )
}

fn campaign_standing(ctx: &Ctx, row: &CampaignRow) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    match () {
        () if row.ended_on.is_some() => status(Shape::None, &words.say("campaign-ended")),
        () if row.last < today => status(Shape::Ok, &words.say("campaign-over")),
        () if row.first > today => status(Shape::Soon, &words.say("session-planned")),
        () => status(Shape::Now, &words.say("campaign-running")),
    }
}
