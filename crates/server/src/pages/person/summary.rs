//! The record on one sheet of paper: who it is, what nobody may overlook, what is known, what was found last,
//! what is next. For the person to take along, and for whoever treats them elsewhere.

use super::aside::{history_facts, programme_facts};
use super::strip::strip_with;
use super::{load, seeing};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{col, facts, section, table};
use crate::pages::programmes::line;
use crate::words::long_day;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use std::collections::BTreeMap;
use tram_app::person::PersonPage;
use tram_defs::form::Keeps;
use tram_domain::form::form_of;
use tram_domain::immunisation::Standing;
use tram_domain::programme::Care;
use tram_kernel::day;

/// Entries on the sheet: the last ones of each form, this many in all.
const ENTRIES: usize = 12;

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let to = format!("/people/{}", page.view.person.id);
    if page.view.person.id.to_string() != id {
        return Ok(Redirect::to(&format!("{to}/summary")).into_response());
    }
    let ctx = seeing(ctx, &page);
    let words = ctx.words;
    let title = words.say("summary-title");
    let acts = html! {
        a.btn href=(to) { (words.say("summary-back")) }
        a.btn href={ (to) "/card" } { (words.say("idcard-link")) }
        button.btn.main type="button" data-print hidden { (words.say("print-page")) }
    };
    let body = sheet(&ctx, &page, acts);
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// The sheet itself, for the station and for the one it is about.
pub fn sheet(ctx: &Ctx, page: &PersonPage, acts: Markup) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let care = Care::of(&page.view.defs, &page.view.person);
    html! {
        div.print-only { div.print-head {
            div { p { (actor.unit_name) } h2 { (words.say("summary-title")) } }
            div {
                (long_day(words, ctx.today())) br;
                @if actor.own.is_none() { (words.with("printed-by", [("name", actor.user_name.as_str().into())])) }
            }
        } }
        (strip_with(ctx, page, acts))
        div.split {
            div { (found_last(ctx, page, &care)) (vaccines(ctx, page)) }
            aside aria-label=(words.say("history-title")) {
                (section(&words.say("history-title"), html! {}, history_facts(ctx, page)))
                (followed(ctx, page, &care))
            }
        }
        @if actor.own.is_none() { p.mute.sm { (words.say("summary-note")) } }
    }
}

fn followed(ctx: &Ctx, page: &PersonPage, care: &Care<'_>) -> Markup {
    let rows = programme_facts(ctx, page, care);
    let words = ctx.words;
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("programme-none-here")) } } @else { (facts(&rows)) }
    };
    section(&words.say("programme-section"), html! {}, body)
}

/// The last entry of each form, newest first; what stands elsewhere on the sheet is left out.
fn found_last(ctx: &Ctx, page: &PersonPage, care: &Care<'_>) -> Markup {
    let (words, defs) = (ctx.words, &page.view.defs);
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, filled) in care.entries.iter().enumerate() {
        last.insert(filled.entry.what.form.as_str(), at);
    }
    let mut shown: Vec<usize> = last.into_values().collect();
    shown.sort_unstable_by(|a, b| b.cmp(a));
    let titles = ["col-day", "programme-form", "col-what"].map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let rows = shown.into_iter().filter_map(|at| {
        let filled = &care.entries[at];
        let form = form_of(defs, &filled.entry.what, filled.entry.day)?;
        (form.keeps == Keeps::Timeline).then_some((filled, form))
    });
    let rows: Vec<_> = rows.take(ENTRIES).collect();
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("programme-no-entry")) } } @else {
            (table(&words.say("summary-found"), "stack top", &cols, false, html! {
                @for (filled, form) in &rows { tr {
                    th.first.nw scope="row" { (day::show(filled.entry.day)) }
                    td { (form.name) }
                    td.full { (line(defs, form, &filled.entry.what, &filled.measures)) }
                } }
            }))
        }
    };
    section(&words.say("summary-found"), html! {}, body)
}

/// Which vaccines were had, and which are owed.
fn vaccines(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let course = page.view.course();
    let mut had: Vec<(String, Vec<String>)> = Vec::new();
    for item in &course.lines {
        if let Standing::Done { on, .. } = &item.standing {
            let said = format!("{}: {}", item.number, day::show(*on));
            match had.iter_mut().find(|(series, _)| *series == item.series.short) {
                Some((_, doses)) => doses.push(said),
                None => had.push((item.series.short.clone(), vec![said])),
            }
        }
    }
    let owed: Vec<String> =
        course.owed_on(today).map(|l| format!("{}\u{a0}{}", l.series.short, l.number)).collect();
    let rows: Vec<(Markup, Markup)> =
        had.into_iter()
            .map(|(series, doses)| (html! { (series) }, html! { (doses.join("; ")) }))
            .chain((!owed.is_empty()).then(|| {
                (html! { (words.say("summary-owed")) }, html! { b { (owed.join("; ")) } })
            }))
            .collect();
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("summary-no-dose")) } } @else { (facts(&rows)) }
    };
    section(&words.say("due-title"), html! {}, body)
}
