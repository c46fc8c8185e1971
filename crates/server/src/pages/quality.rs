//! The data-quality inbox: what somebody should look at again, each line with what settles it.

mod villages;

use super::layout;
use super::parts::{Head, Shape, col, done, empty, head, hidden_tokens, section, status, table};
use crate::http::{Answer, Ctx, Fields, Server};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use tram_app::person::{Asking, PersonLine};
use tram_app::quality::{Family, Inbox, Pair};
use tram_kernel::{HouseholdId, PersonId};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/quality", get(show))
        .route("/quality/apart", post(apart))
        .route("/quality/villages", post(villages::place))
        .route(
            "/households/{id}/link/{other}",
            get(super::household::link::show).post(super::household::link::save),
        )
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let inbox = ctx.run(|app, actor| app.inbox(actor)).await?;
    Ok(Html(draw(&ctx, &inbox, &asked.done, None).into_string()).into_response())
}

/// Two people, said from the line itself.
async fn apart(form: Fields) -> Answer {
    let ctx = &form.ctx;
    let one: PersonId = super::person::id_of(ctx, form.get("one"))?;
    let other: PersonId = super::person::id_of(ctx, form.get("other"))?;
    let asking = Asking { command: form.command(), ..Asking::default() };
    ctx.run(move |app, actor| app.keep_apart(actor, (one, other), &asking)).await?;
    Ok(Redirect::to("/quality?done=apart").into_response())
}

fn draw(ctx: &Ctx, inbox: &Inbox, ended: &str, left: Option<&villages::Left>) -> Markup {
    let words = ctx.words;
    let title = words.say("quality-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("quality-lead")) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-a4")) } },
    };
    let lists: [(&str, &[PersonLine], usize, &str); 4] = [
        ("conflicts", &inbox.conflicts, inbox.conflicts.len(), ""),
        ("contradicted", &inbox.contradicted, inbox.contradicted_total, "/edit"),
        ("no-day", &inbox.without_birth_day, inbox.without_birth_day.len(), "/edit"),
        ("no-household", &inbox.without_household, inbox.without_household.len(), "/household"),
    ];
    let body = html! {
        (head(words, &h))
        (done(ctx, ended))
        @if inbox.is_empty() {
            (empty(&words.say("quality-none"), &words.say("quality-none-what"), html! {}))
        }
        @if !inbox.redrawn.is_empty() { (villages::list(ctx, &inbox.redrawn, left)) }
        @if !inbox.pairs.is_empty() { (pairs(ctx, inbox)) }
        @for (code, people, total, fix) in lists {
            @if !people.is_empty() { (list(ctx, code, people, total, fix)) }
        }
    };
    layout::page(ctx, &title, "/quality", body)
}

fn pairs(ctx: &Ctx, inbox: &Inbox) -> Markup {
    let words = ctx.words;
    let title = words.with("quality-pairs", [("n", inbox.pairs_total.into())]);
    let families: BTreeMap<(HouseholdId, HouseholdId), &Family> =
        inbox.families.iter().map(|f| ((f.first, f.second), f)).collect();
    let titles =
        ["quality-first", "quality-second", "quality-why", "col-acts"].map(|c| words.say(c));
    let [first, second, why, acts] = titles.each_ref().map(|t| t.as_ref());
    let cols = [col(first, ""), col(second, ""), col(why, ""), col(acts, "last")];
    let body = html! { @for pair in &inbox.pairs { (pair_row(ctx, pair, &families)) } };
    html! {
        (section(&title, html! {}, html! {
            p.mute { (words.say("quality-pairs-what")) }
            (table(&title, "stack top", &cols, true, body))
        }))
        @if inbox.pairs_total > inbox.pairs.len() {
            p.mute { (words.with("quality-first-shown", [("n", inbox.pairs.len().into())])) }
        }
    }
}

fn pair_row(
    ctx: &Ctx,
    pair: &Pair,
    families: &BTreeMap<(HouseholdId, HouseholdId), &Family>,
) -> Markup {
    let words = ctx.words;
    // The record that was opened first goes on.
    let (kept, other) = if pair.first.id <= pair.second.id {
        (&pair.first, &pair.second)
    } else {
        (&pair.second, &pair.first)
    };
    let homes = kept.household.zip(other.household);
    let family = homes.and_then(|(a, b)| families.get(&(a.min(b), a.max(b))));
    let to = format!("/people/{}/link/{}", kept.id, other.id);
    html! {
        tr {
            th.first scope="row" { (person(ctx, kept)) }
            td data-l=(words.say("quality-second")) { (person(ctx, other)) }
            td data-l=(words.say("quality-why")) {
                @for (n, reason) in pair.reasons.iter().enumerate() {
                    @if n > 0 { ", " } (words.say(reason.code()))
                }
                @if let (Some(family), Some((a, b))) = (family, homes) {
                    br; a href={ "/households/" (a) "/link/" (b) } {
                        (words.with("quality-family", [("n", family.pairs.into())]))
                    }
                }
            }
            td.last { div.acts.end {
                a.btn.quiet.sm href=(to) data-open { (words.say("quality-compare")) }
                form method="post" action="/quality/apart" {
                    (hidden_tokens(ctx))
                    input type="hidden" name="one" value=(kept.id);
                    input type="hidden" name="other" value=(other.id);
                    button.btn.quiet.sm data-key="K" { (words.say("quality-apart")) " " kbd.keyhint { "K" } }
                }
            } }
        }
    }
}

fn person(ctx: &Ctx, line: &PersonLine) -> Markup {
    let words = ctx.words;
    let sex = words.say(&format!("sex-{}", line.sex.code()));
    html! {
        a href={ "/people/" (line.id) } { (line.name) }
        span.sub {
            (line.born.show()) ", " (sex)
            @if let Some(area) = &line.area_name { ", " (area) }
            @if let Some(tail) = &line.number_tail { ", CCCD …" (tail) }
            @if line.died_on.is_some() { ", " (words.say("died")) } @else if line.away { ", " (words.say("moved-away")) }
        }
    }
}

fn list(ctx: &Ctx, code: &str, people: &[PersonLine], total: usize, fix: &str) -> Markup {
    let words = ctx.words;
    let title = words.with(&format!("quality-{code}"), [("n", total.into())]);
    let titles = ["col-name", "quality-what", "col-acts"].map(|c| words.say(c));
    let [name, what, acts] = titles.each_ref().map(|t| t.as_ref());
    let cols = [col(name, ""), col(what, ""), col(acts, "last")];
    let body = html! { @for line in people {
        tr {
            th.first scope="row" { (person(ctx, line)) }
            td { (status(Shape::Warn, &words.say(&format!("quality-{code}-what")))) }
            td.last { div.acts.end {
                a.btn.quiet.sm href={ "/people/" (line.id) (fix) } data-open { (words.say(&format!("quality-{code}-fix"))) }
            } }
        }
    } };
    section(&title, html! {}, table(&title, "stack top", &cols, true, body))
}
