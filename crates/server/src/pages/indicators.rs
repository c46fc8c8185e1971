//! Indicators: the board of all of them, one of them taken apart, and the people behind it.

mod asked;
mod board;
mod drill;
pub mod figure;
mod groups;
mod history;
mod list;
mod one;
mod people;
mod weakest;

use super::layout;
use super::parts::{Head, Shape, errors, head, note, period_name, print_head, tabs};
use crate::http::{Answer, Ctx, Server, Trouble};
use asked::{Asked, Wanted};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use board::Times;
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::indicator::Board;
use tram_defs::Definitions;
use tram_defs::indicator::{Chapter, Indicator};
use tram_kernel::{Date, Period, day};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/indicators", get(show))
        .route("/indicators/{code}", get(one::show))
        .route("/indicators/{code}/people", get(people::show))
        .route("/indicators/{code}/people.xlsx", get(people::excel))
}

/// Complete months in the line of a row.
const MONTHS: i32 = 12;

/// The last month that is over on the last day counted.
fn last_full_month(period: Period, today: Date) -> Period {
    let month = Period::month_of(period.last().min(today));
    if month.last() > today { month.step(-1) } else { month }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted = asked.read(&ctx).await?;
    let times = Times::of(wanted.q.period, last_full_month(wanted.q.period, ctx.today()), MONTHS);
    let (q, periods) = (wanted.q, times.periods.clone());
    let defs = ctx.server.app.definitions();
    let codes: Vec<String> = chapter(&ctx, &defs, &wanted).map(|i| i.code.clone()).collect();
    // No code at all would ask for every one.
    if codes.is_empty() {
        return Err(Trouble::signed(ctx, Failure::NotFound));
    }
    let boards = ctx
        .run(move |app, actor| {
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            app.boards(actor, q, &codes, &periods, None)
        })
        .await?;
    let body = page(&ctx, &wanted, &times, &boards);
    let title = ctx.words.say("indicators-title");
    Ok(Html(layout::page(&ctx, &title, "/indicators", body).into_string()).into_response())
}

/// The indicators of the chapter that the reader may see.
fn chapter<'d>(
    ctx: &Ctx,
    defs: &'d Definitions,
    wanted: &Wanted,
) -> impl Iterator<Item = &'d Indicator> {
    let (actor, chapter) = (ctx.signed.actor.clone(), wanted.chapter);
    let of =
        move |i: &&Indicator| chapter.is_none_or(|c| c == i.chapter) && actor.sees(i.compartment);
    defs.indicators.iter().filter(of)
}

/// The chapters that have something to show, and all of them together.
fn chapters(ctx: &Ctx, wanted: &Wanted) -> Markup {
    let defs = ctx.server.app.definitions();
    let seen = |chapter: &Chapter| {
        let of = |i: &Indicator| i.chapter == *chapter && ctx.signed.actor.sees(i.compartment);
        defs.indicators.iter().any(of)
    };
    let tab = |chapter: Option<Chapter>| {
        let code = chapter.map_or("all", Chapter::code);
        let to = wanted.link("/indicators", &[("chapter", code)]);
        (to, ctx.words.say(&format!("chapter-{code}")).into_owned(), chapter == wanted.chapter)
    };
    let shown = Chapter::ALL.into_iter().filter(seen).map(Some).chain([None]);
    tabs(&ctx.words.say("indicators-chapters"), &shown.map(tab).collect::<Vec<_>>())
}

fn page(ctx: &Ctx, wanted: &Wanted, times: &Times, boards: &[Board]) -> Markup {
    let words = ctx.words;
    let Some(now) = times.now(boards) else { return html! {} };
    let name = period_name(words, wanted.q.period);
    let title = words.with("indicators-title-of", [("period", name.as_str().into())]);
    let sub = context(ctx, wanted, now);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (sub) },
        acts: html! {
            a.btn href=(wanted.link("/indicators", &[("period", &wanted.q.period.step(-1).to_string())])) { (words.say("period-before")) }
            a.btn href=(wanted.link("/indicators", &[("period", &wanted.q.period.step(1).to_string())])) { (words.say("period-after")) }
            button.btn type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    html! {
        div.land {
            (head(words, &h))
            (print_head(ctx, &title, &sub))
            (errors(words, &wanted.wrong))
            (wanted.filters(ctx, "/indicators", None, board::tally(words, now)))
            (nothing(ctx, wanted, now))
            (chapters(ctx, wanted))
            (board::table_of(ctx, wanted, times, boards))
            p.key {
                span { (words.say("indicators-key-change")) }
                span { (words.say("indicators-key-open")) }
            }
            div.split {
                div { (weakest::section_of(ctx, wanted, now)) }
                aside aria-label=(words.say("indicators-source")) { (source(ctx, wanted, now)) }
            }
        }
    }
}

/// Whose numbers, until which day, and whether the period is over.
fn context(ctx: &Ctx, wanted: &Wanted, now: &Board) -> String {
    let words = ctx.words;
    let args = [
        ("unit", wanted.unit.name.as_str().into()),
        ("areas", now.areas.len().into()),
        ("day", day::show(now.as_of).into()),
    ];
    let mut text = words.with("indicators-context", args);
    if wanted.is_running(ctx.today()) && now.as_of >= wanted.q.period.first() {
        let passed = day::days_between(wanted.q.period.first(), now.as_of) + 1;
        let all = day::days_between(wanted.q.period.first(), wanted.q.period.last()) + 1;
        text.push(' ');
        text.push_str(
            &words.with("indicators-running", [("n", passed.into()), ("of", all.into())]),
        );
    }
    text
}

/// Why a board is empty, and what to do about it.
fn nothing(ctx: &Ctx, wanted: &Wanted, now: &Board) -> Markup {
    let words = ctx.words;
    let said = |code: &str, what: &str, acts: Option<Markup>| {
        note(Shape::Info, &words.say(code), html! { p { (words.say(what)) } }, acts)
    };
    if wanted.q.period.first() > ctx.today() {
        return said("indicators-future", "indicators-future-what", None);
    }
    if now.areas.is_empty() {
        let to = wanted.link("/indicators", &[("tree", &ctx.today().to_string())]);
        let act = html! { a.btn href=(to) { (words.say("indicators-tree-today")) } };
        return said("indicators-no-areas", "indicators-no-areas-what", Some(act));
    }
    let counted = |share: tram_kernel::Share| share.numerator != 0 || share.denominator != 0;
    if now.numbers.iter().any(|number| number.share.is_some_and(counted)) {
        return html! {};
    }
    said("indicators-nobody", "indicators-nobody-what", None)
}

fn source(ctx: &Ctx, wanted: &Wanted, now: &Board) -> Markup {
    let words = ctx.words;
    let [until, tree, stations, areas] =
        ["indicators-until", "indicators-tree-of", "indicators-stations", "indicators-areas"]
            .map(|code| words.say(code));
    let on = wanted.q.tree.unwrap_or(now.as_of);
    let keepers: std::collections::BTreeSet<i64> =
        now.areas.iter().filter_map(|area| area.unit).collect();
    let rows = [
        (html! { (until) }, html! { (day::show(now.as_of)) }),
        (html! { (tree) }, html! { (day::show(on)) }),
        (html! { (stations) }, html! { (keepers.len()) }),
        (html! { (areas) }, html! { (now.areas.len()) }),
    ];
    super::parts::section(&words.say("indicators-source"), html! {}, super::parts::facts(&rows))
}
