//! The page of a person: who it is, what must be settled, what happened, what is due.

use super::aside::aside;
use super::conflict::{Choosing, boxes};
use super::papers::papers;
use super::strip::strip;
use super::timeline::timeline;
use super::{load, seeing};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::flash;
use crate::words::long_day;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::person::PersonPage;

/// What part of the timeline is looked at, and what was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    only: String,
    all: String,
    done: String,
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &id).await?;
    // A record that is read as part of another has no page of its own.
    if page.view.person.id.to_string() != id {
        let to = format!("/people/{}", page.view.person.id);
        return Ok(Redirect::to(&to).into_response());
    }
    let ctx = seeing(ctx, &page);
    Ok(Html(draw(&ctx, &page, &asked, None).into_string()).into_response())
}

pub fn draw(ctx: &Ctx, page: &PersonPage, asked: &Asked, choosing: Option<&Choosing>) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let code = format!("done-{}", asked.done);
    let known = !asked.done.is_empty() && words.has(&code);
    let body = html! {
        (print_head(ctx))
        (strip(ctx, page))
        @if known { (flash(ctx, &words.say(&code))) }
        (boxes(ctx, page, choosing))
        div.split {
            div {
                (timeline(ctx, page, &asked.only, !asked.all.is_empty()))
                (papers(ctx, page))
            }
            (aside(ctx, page))
        }
    };
    layout::page(ctx, p.name.shown(), "/people", body)
}

/// The heading that only paper shows.
fn print_head(ctx: &Ctx) -> Markup {
    let words = ctx.words;
    html! {
        div.print-only { div.print-head {
            div { p { (ctx.signed.actor.unit_name) } h2 { (words.say("person-print-title")) } }
            div {
                (long_day(words, ctx.today())) br;
                (words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]))
            }
        } }
    }
}
