//! Finding people: typed without accents, in any order, with a year or the end of a number.
//!
//! What is typed is posted and kept with the session: a name never stands in an address, and going back
//! from a record shows the same results again.

use super::layout;
use super::parts::{Head, Shape, area_field, col, field, head, note, status, table};
use crate::http::{Answer, Ctx, Fields, Server, Trouble};
use crate::words::age;
use axum::Router;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use maud::{Markup, html};
use tram_app::person::PersonLine;
use tram_app::unit::AreaRow;
use tram_defs::role::Action;
use tram_domain::card;

pub fn routes() -> Router<Server> {
    Router::new().route("/people", get(show).post(seek)).route("/people/found", get(found))
}

/// What was typed, and the village it is narrowed to.
#[derive(Debug, Clone, Default)]
struct Asked {
    q: String,
    area: String,
}

/// What the search answered: people, and whether there may be more.
type Found = (Vec<PersonLine>, bool);

async fn show(ctx: Ctx) -> Answer {
    if !ctx.signed.actor.may(Action::PersonRead) {
        return Err(Trouble::denied(ctx, Action::PersonRead));
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    let page = page(&ctx, &Asked::default(), &(Vec::new(), false), &areas);
    Ok(Html(page.into_string()).into_response())
}

/// Remembers what was typed; a scanned card opens its record, and is not kept. The results are a page of their own, or the part that changes.
async fn seek(form: Fields) -> Answer {
    let ctx = &form.ctx;
    if let Some(id) = card::read(form.get("q")) {
        let to = format!("/people/{id}");
        let partial = ctx.partial.then(|| [("hx-redirect", to.clone())]);
        return Ok(match partial {
            Some(header) => header.into_response(),
            None => Redirect::to(&to).into_response(),
        });
    }
    let asked = Asked { q: form.get("q").to_owned(), area: form.get("area").to_owned() };
    let (token, kept) = (ctx.token, asked.clone());
    ctx.run(move |app, _| app.remember_search(&token, &kept.q, &kept.area)).await?;
    if !ctx.partial {
        return Ok(Redirect::to("/people/found").into_response());
    }
    let found = search(ctx, &asked).await?;
    let hits = hits(ctx, &asked, &found);
    Ok(([("hx-replace-url", "/people/found")], Html(hits.into_string())).into_response())
}

async fn found(ctx: Ctx) -> Answer {
    let token = ctx.token;
    let (q, area) = ctx.run(move |app, _| app.last_search(&token)).await?;
    let asked = Asked { q, area };
    let found = search(&ctx, &asked).await?;
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(Html(page(&ctx, &asked, &found, &areas).into_string()).into_response())
}

async fn search(ctx: &Ctx, asked: &Asked) -> Answer<Found> {
    let asked = asked.clone();
    ctx.run(move |app, actor| app.search(actor, &asked.q, asked.area.parse().ok())).await
}

fn page(ctx: &Ctx, asked: &Asked, found: &Found, areas: &[AreaRow]) -> Markup {
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
                a.btn href="/insurance" { (words.say("review-link")) }
                a.btn.main href=(new_link(asked)) data-key="N" { (words.say("search-new")) " " kbd.keyhint { "N" } }
            }
        },
    };
    let every = words.say("all").into_owned();
    let village = words.say("village");
    let area = area_field("area", &village, &asked.area, areas, Some(&every));
    let body = html! {
        (head(words, &h))
        form.filters method="post" action="/people" {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            div.field.grow {
                label for="q2" { (words.say("search-label")) }
                input id="q2" name="q" type="search" autocomplete="off" value=(asked.q) autofocus
                    hx-post="/people" hx-trigger="input changed delay:150ms" hx-target="#hits"
                    hx-swap="outerHTML" hx-include="closest form";
            }
            (field(words, &area))
            button.btn type="submit" { (words.say("find-button")) }
        }
        (hits(ctx, asked, found))
    };
    layout::page(ctx, &words.say("search-title"), "/people", body)
}

/// A new record takes over the name that was not found.
fn new_link(asked: &Asked) -> &'static str {
    let is_name =
        asked.q.chars().any(char::is_alphabetic) && !asked.q.contains(|c: char| c.is_ascii_digit());
    if is_name { "/people/new?from=search" } else { "/people/new" }
}

fn hits(ctx: &Ctx, asked: &Asked, (found, more): &Found) -> Markup {
    let words = ctx.words;
    let new = new_link(asked);
    let may_add = ctx.signed.actor.may(Action::PersonWrite);
    html! {
        div id="hits" {
            @if asked.q.trim().is_empty() {
                p.mute { (words.say("search-how")) }
            } @else if found.is_empty() {
                (note(Shape::Info, &words.say("search-none"), html! { p { (words.say("search-none-what")) } },
                    may_add.then(|| html! { a.btn href=(new) { (words.say("search-new")) } })))
            } @else {
                (list(ctx, found))
                p.pager {
                    span { @if *more { (words.say("search-more")) } @else { (words.with("search-total", [("n", found.len().into())])) } }
                    @if may_add { span { (words.say("search-not-found")) " " a href=(new) { (words.say("search-new")) } } }
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
