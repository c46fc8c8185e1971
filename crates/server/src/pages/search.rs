//! Finding people: typed without accents, in any order, with a year or the end of a number.

use super::layout;
use super::parts::{Head, Shape, area_field, col, field, head, note, status, table};
use crate::http::{Answer, Ctx, Server};
use crate::words::age;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::person::PersonLine;
use tram_defs::role::Action;

pub fn routes() -> Router<Server> {
    Router::new().route("/people", get(show))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    area: String,
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted = asked.clone();
    let (found, more, areas) = ctx
        .run(move |app, actor| {
            let area = wanted.area.parse().ok();
            let (found, more) = app.search(actor, &wanted.q, area)?;
            Ok((found, more, app.areas(actor)?))
        })
        .await?;
    let hits = hits(&ctx, &asked, &found, more);
    if ctx.partial {
        return Ok(Html(hits.into_string()).into_response());
    }
    let words = ctx.words;
    let title = if asked.q.trim().is_empty() {
        words.say("search-title").into_owned()
    } else {
        words.with("search-for", [("q", asked.q.trim().into())])
    };
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("search-sub")) },
        acts: html! {
            @if ctx.signed.actor.may(Action::ImportRun) { a.btn href="/import" { (words.say("search-import")) } }
            @if ctx.signed.actor.may(Action::PersonWrite) {
                a.btn href="/households" { (words.say("households-link")) }
                a.btn.main href="/people/new" { (words.say("search-new")) }
            }
        },
    };
    let every = words.say("all").into_owned();
    let village = words.say("village");
    let area = area_field("area", &village, &asked.area, &areas, Some(&every));
    let body = html! {
        (head(words, &h))
        form.filters action="/people" {
            div.field.grow {
                label for="q2" { (words.say("search-label")) }
                input id="q2" name="q" type="search" autocomplete="off" value=(asked.q) autofocus
                    hx-get="/people" hx-trigger="input changed delay:150ms" hx-target="#hits"
                    hx-swap="outerHTML" hx-include="closest form";
            }
            (field(words, &area))
            button.btn type="submit" { (words.say("find-button")) }
        }
        (hits)
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

fn hits(ctx: &Ctx, asked: &Asked, found: &[PersonLine], more: bool) -> Markup {
    let words = ctx.words;
    let may_add = ctx.signed.actor.may(Action::PersonWrite);
    html! {
        div id="hits" {
            @if asked.q.trim().is_empty() {
                p.mute { (words.say("search-how")) }
            } @else if found.is_empty() {
                (note(Shape::Info, &words.say("search-none"), html! { p { (words.say("search-none-what")) } },
                    may_add.then(|| html! { a.btn href="/people/new" { (words.say("search-new")) } })))
            } @else {
                (list(ctx, found))
                p.pager {
                    span { @if more { (words.say("search-more")) } @else { (words.with("search-total", [("n", found.len().into())])) } }
                    @if may_add { span { (words.say("search-not-found")) " " a href="/people/new" { (words.say("search-new")) } } }
                }
            }
        }
    }
}

/// People as a table, for searches and for the lists behind numbers.
pub fn list(ctx: &Ctx, people: &[PersonLine]) -> Markup {
    let words = ctx.words;
    let today = ctx.today();
    let may_open = ctx.signed.actor.may(Action::PersonRead);
    let [name, born, sex, old, village, mother, papers, remark] = [
        "col-name",
        "col-born",
        "col-sex",
        "col-age",
        "village",
        "col-mother",
        "col-papers",
        "col-remark",
    ]
    .map(|code| words.say(code));
    let cols = [
        col(&name, ""),
        col(&born, "num"),
        col(&sex, ""),
        col(&old, "num"),
        col(&village, ""),
        col(&mother, ""),
        col(&papers, ""),
        col(&remark, ""),
    ];
    let body = html! {
        @for p in people {
            tr {
                th.first scope="row" {
                    @if may_open { a href={ "/people/" (p.id) } data-open { (p.name) } } @else { (p.name) }
                }
                td.num data-l=(words.say("born-short")) { (p.born.show()) }
                td { (words.say(&format!("sex-{}", p.sex.code()))) }
                td.num { @if p.died_on.is_none() { (age(words, p.born, today)) } }
                td { (p.area_name.as_deref().unwrap_or_default()) }
                td { (p.mother.as_deref().unwrap_or_default()) }
                td.nw { @match &p.number_tail {
                    Some(tail) => { "CCCD …" (tail) }
                    None => { span.mute { (words.say("no-number")) } }
                } }
                td {
                    @if p.died_on.is_some() { span.mute { (words.say("died")) } }
                    @else if p.away { span.mute { (words.say("moved-away")) } }
                    @if p.conflicts > 0 { (status(Shape::Differ, &words.say("to-compare"))) }
                }
            }
        }
    };
    table(&words.say("search-found"), "stack", &cols, true, body)
}
