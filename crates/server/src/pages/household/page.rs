//! One household: where it is, its people, who once belonged to it.

use super::members::{insurance, members};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{Shape, Strip, col, flash, section, status, strip, table};
use crate::pages::person::{id_of, list_name};
use crate::words::long_day;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::household::{HouseholdPage, MemberRow};
use tram_defs::role::Action;
use tram_kernel::{HouseholdId, day};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let id: HouseholdId = id_of(&ctx, &id)?;
    let mut page = ctx.run(move |app, actor| app.household_page(actor, id)).await?;
    // The head first, then as they came.
    page.members.sort_by_key(|view| (view.member.relation != "1", view.member.from));
    let words = ctx.words;
    let code = format!("done-{}", asked.done);
    let known = !asked.done.is_empty() && words.has(&code);
    let title = name(&ctx, &page);
    let body = html! {
        (print_head(&ctx))
        (head(&ctx, &page, &title))
        @if known { (flash(&ctx, &words.say(&code))) }
        (members(&ctx, &page))
        @if !page.past.is_empty() { (past(&ctx, &page.past)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// `Hộ Hoàng Văn Páo`; without a head by its number.
pub fn name(ctx: &Ctx, page: &HouseholdPage) -> String {
    let head = page.members.iter().find(|view| view.member.relation == "1");
    let code = page.household.code.shown();
    let named = head.map(|view| view.member.person.name.clone()).or_else(|| code.clone());
    match named {
        Some(named) => ctx.words.with("household-named", [("name", named.into())]),
        None => ctx.words.say("household-nameless").into_owned(),
    }
}

fn print_head(ctx: &Ctx) -> Markup {
    let words = ctx.words;
    html! {
        div.print-only { div.print-head {
            div { p { (ctx.signed.actor.unit_name) } h2 { (words.say("household-print-title")) } }
            div {
                (long_day(words, ctx.today())) br;
                (words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]))
            }
        } }
    }
}

fn head(ctx: &Ctx, page: &HouseholdPage, title: &str) -> Markup {
    let (words, h) = (ctx.words, &page.household);
    let mut facts = Vec::new();
    if let Some(code) = h.code.shown() {
        facts.push((words.say("f-code").into_owned(), html! { (code) }));
    }
    facts.push((
        words.say("residence-title").into_owned(),
        html! {
            a href={ "/households?area=" (page.area) } { (page.area_name) }
        },
    ));
    if let Some(address) = h.address.shown() {
        facts.push((words.say("f-address").into_owned(), html! { (address) }));
    }
    if let Some(code) = h.poverty.shown() {
        let poverty = list_name(ctx, "poverty", code);
        facts.push((words.say("f-poverty").into_owned(), html! { (poverty) }));
    }
    if let Some(doctor) = &page.doctor {
        facts.push((words.say("f-doctor").into_owned(), html! { (doctor) }));
    }
    let may = ctx.signed.actor.may(Action::PersonWrite);
    strip(&Strip {
        name: title,
        small: html! { (words.with("people-count", [("n", page.members.len().into())])) },
        acts: html! {
            @if may {
                a.btn href={ "/people/new?household=" (h.id) } { (words.say("household-add-person")) }
                a.btn href={ "/households/" (h.id) "/edit" } data-key="S" { (words.say("household-edit")) " " kbd.keyhint { "S" } }
            }
            a.btn href={ "/households/" (h.id) "/cards" } { (words.say("idcard-household")) }
            button.btn type="button" data-print hidden { (words.say("household-print")) }
        },
        facts,
        safety: safety(ctx, page),
    })
}

fn safety(ctx: &Ctx, page: &HouseholdPage) -> Vec<Markup> {
    let (words, today) = (ctx.words, ctx.today());
    let all = page.members.len();
    let insured = page
        .members
        .iter()
        .filter(|v| matches!(insurance(&v.person, today), Some((_, true))))
        .count();
    let mut said = Vec::new();
    if all > 0 {
        let shape = if insured == all { Shape::On } else { Shape::Warn };
        let args = [("n", insured.into()), ("of", all.into())];
        said.push(status(shape, &words.with("household-insured", args)));
    }
    let h = &page.household;
    let conflicts = [
        ("code", h.code.is_conflict()),
        ("address", h.address.is_conflict()),
        ("poverty", h.poverty.is_conflict()),
    ];
    for (field, _) in conflicts.into_iter().filter(|(_, differs)| *differs) {
        let field = words.say(&format!("f-{field}")).to_lowercase();
        let text = words.with("conflict-title", [("field", field.into())]);
        said.push(status(Shape::Differ, &text));
    }
    said
}

fn past(ctx: &Ctx, rows: &[MemberRow]) -> Markup {
    let words = ctx.words;
    let title = words.say("household-past");
    let titles =
        ["col-name", "f-relation", "col-from", "col-to", "col-remark"].map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! { @for row in rows {
        tr {
            th.first scope="row" { a href={ "/people/" (row.person.id) } { (row.person.name) } }
            td { (list_name(ctx, "relation", &row.relation)) }
            td.nw { (day::show(row.from)) }
            td.nw { @if let Some(to) = row.to { (day::show(to)) } }
            td { @if let Some(on) = row.person.died_on { (words.with("safety-died", [("on", on.into())])) } }
        }
    } };
    section(&title, html! {}, table(&title, "stack", &cols, false, body))
}
