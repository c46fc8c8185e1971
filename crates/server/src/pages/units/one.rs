//! One unit: what it stands under and since when, its villages, its names, the communes it came from.

use super::{forms, kind_name, unit_id};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Shape, col, confirm, done as after_done, errors, facts, head, section, status, table,
};
use crate::words::Words;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::unit::{RelationRow, UnitPage, UnitRow};
use tram_defs::role::Action;
use tram_kernel::{Date, Message, UnitId, day};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    done: String,
}

/// What a form of this page left behind: what is wrong, what should be confirmed, values typed.
#[derive(Default)]
pub struct Left<'a> {
    pub wrong: Vec<(&'a str, String)>,
    pub confirm: Vec<Message>,
    pub typed: Option<&'a crate::http::Fields>,
}

impl Left<'_> {
    pub fn value(&self, name: &str) -> String {
        self.typed.map(|form| form.get(name).to_owned()).unwrap_or_default()
    }

    pub fn wrong_of(&self, name: &str) -> Option<String> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, text)| text.clone())
    }
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let id = unit_id(&ctx, &id)?;
    page(&ctx, id, &after.done, &Left::default(), StatusCode::OK).await
}

pub async fn page(ctx: &Ctx, id: UnitId, done: &str, left: &Left<'_>, code: StatusCode) -> Answer {
    let may_write = ctx.signed.actor.may(Action::UnitWrite);
    let (page, parents) = ctx
        .run(move |app, actor| {
            let parents = if may_write { app.possible_parents(actor)? } else { Vec::new() };
            Ok((app.unit_page(actor, id)?, parents))
        })
        .await?;
    let body = body(ctx, &page, done, left, &parents);
    let html = layout::page(ctx, &page.unit.name, "/units", body);
    Ok((code, Html(html.into_string())).into_response())
}

fn body(ctx: &Ctx, page: &UnitPage, done: &str, left: &Left<'_>, parents: &[UnitRow]) -> Markup {
    let words = ctx.words;
    let all = words.say("units-title");
    let kind = words.say(&format!("unit-kind-{}", page.unit.kind.code()));
    let place = page.commune_name.as_deref().unwrap_or_default();
    let h = Head {
        crumbs: &[(&*all, "/units")],
        title: &page.unit.name,
        sub: html! { (kind) @if !place.is_empty() { " · " (place) } },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let may_write = ctx.signed.actor.may(Action::UnitWrite);
    html! {
        (head(words, &h))
        (after_done(ctx, done))
        (errors(words, &left.wrong))
        div.split {
            div {
                (relations(words, "unit-parents", &page.parents, ctx.today()))
                (relations(words, "unit-children", &page.children, ctx.today()))
                (villages(words, page))
            }
            aside aria-label=(words.say("unit-about")) {
                (about(ctx, page))
                @if may_write { (forms::all(ctx, page, left, parents)) }
            }
        }
    }
}

fn relations(words: &Words, heading: &str, rows: &[RelationRow], today: Date) -> Markup {
    let [title, sense, from, to, state] =
        [heading, "unit-sense", "unit-from", "unit-to", "units-state"].map(|code| words.say(code));
    if rows.is_empty() {
        return section(&title, html! {}, html! { p.mute { (words.say("unit-no-relation")) } });
    }
    let cols = [col(&title, ""), col(&sense, ""), col(&from, ""), col(&to, ""), col(&state, "")];
    let state_of = |row: &RelationRow| {
        if row.to.is_some_and(|to| to <= today) {
            status(Shape::None, &words.say("unit-ended"))
        } else if row.from > today {
            status(Shape::Soon, &words.say("unit-to-come"))
        } else {
            status(Shape::On, &words.say("unit-holds"))
        }
    };
    let body = html! {
        @for row in rows {
            tr class=[row.to.is_some_and(|to| to <= today).then_some("off")] {
                th.first scope="row" { a href={ "/units/" (row.other.id) } { (row.other.name) } }
                td { (kind_name(words, &row.kind)) }
                td.nw data-l=(from) { (day::show(row.from)) }
                td.nw data-l=(to) { @match row.to { Some(to) => { (day::show(day::add_days(to, -1))) } None => { span.mute { "–" } } } }
                td.half { (state_of(row)) }
            }
        }
    };
    section(&title, html! {}, table(&title, "stack", &cols, false, body))
}

fn villages(words: &Words, page: &UnitPage) -> Markup {
    let title = words.with("unit-villages", [("n", page.areas.len().into())]);
    let body = html! {
        @if page.areas.is_empty() { p.mute { (words.say("unit-no-village")) } }
        @else { ul.wrap-list { @for area in &page.areas { li { (area.name) } } } }
    };
    section(&title, html! {}, body)
}

fn about(ctx: &Ctx, page: &UnitPage) -> Markup {
    let words = ctx.words;
    let [code, commune, names, before] =
        ["units-code", "unit-commune", "unit-names", "unit-predecessors"]
            .map(|code| words.say(code));
    let mut rows = vec![(
        html! { (code) },
        html! { @match &page.unit.facility_code { Some(code) => { span.code { (code) } } None => { span.mute { (words.say("unit-no-code")) } } } },
    )];
    if let (Some(number), Some(name)) = (page.unit.commune, &page.commune_name) {
        rows.push((html! { (commune) }, html! { (name) span.mute { (words.with("unit-commune-code", [("code", number.to_string().into())])) } }));
    }
    let old = predecessors(ctx, page);
    if !old.is_empty() {
        rows.push((html! { (before) }, html! { ul { @for name in &old { li { (name) } } } }));
    }
    if !page.past_names.is_empty() {
        rows.push((
            html! { (names) },
            html! { ul { @for (name, last) in &page.past_names { li { (name) span.mute { (words.with("unit-name-until", [("day", (*last).into())])) } } } } },
        ));
    }
    section(&words.say("unit-about"), html! {}, facts(&rows))
}

/// The communes that became this one, with their district, and whether they came as a whole.
fn predecessors(ctx: &Ctx, page: &UnitPage) -> Vec<String> {
    let defs = ctx.server.app.definitions();
    let places = defs.places();
    let Some(code) = page.unit.commune else { return Vec::new() };
    let Some(now) = places.commune(code, ctx.today()) else { return Vec::new() };
    let Some(eve) = now.valid_from.map(|first| day::add_days(first, -1)) else { return Vec::new() };
    let name = |(old, whole): (tram_kernel::CommuneCode, bool)| {
        let found = places.commune(old, eve)?;
        let district = found.district.as_ref().map(|d| format!(", {d}")).unwrap_or_default();
        let part = if whole { "" } else { "unit-part" };
        let part =
            if part.is_empty() { String::new() } else { format!(" ({})", ctx.words.say(part)) };
        Some(format!("{}{district}{part}", found.full_name()))
    };
    places.predecessors(code).into_iter().filter_map(name).collect()
}

/// A change that is shown before it is written.
pub fn preview(words: &Words, left: &Left<'_>, form: &str) -> Markup {
    let mine = left.value("form") == form;
    html! { @if mine && !left.confirm.is_empty() { (confirm(words, &left.confirm)) } }
}
