//! One person in one programme: what is next, how the measures went, every entry.

use super::answers::{measured, summary};
use super::beside::gestation;
use super::entry::advice;
use super::programme;
use super::register::{day_state, outcome_words};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Point, Shape, col, confidence, done, empty, facts, head, section, status, table, trend,
};
use crate::pages::person::load;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::person::{PersonPage, show_ref};
use tram_app::programme::DueVisit;
use tram_defs::form::{Kind, Says, form_on};
use tram_defs::programme::{Programme, Since, Timing};
use tram_defs::role::Action;
use tram_domain::fact::Value;
use tram_domain::form::{Asked, form_of, holds};
use tram_domain::programme::{Care, Episode, Filled};
use tram_kernel::day;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    done: String,
    advice: String,
}

/// Points of a chart.
const POINTS: usize = 12;

pub async fn show(
    ctx: Ctx,
    Path((id, code)): Path<(String, String)>,
    Query(shown): Query<Shown>,
) -> Answer {
    let page = load(&ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = programme(&ctx, &defs, &code)?;
    let body = draw(&ctx, &page, rule, &shown);
    let title = format!("{}: {}", rule.name, page.view.person.name.shown());
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

fn draw(ctx: &Ctx, page: &PersonPage, rule: &Programme, shown: &Shown) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let care = Care::of(&page.view.defs, person);
    let today = ctx.today();
    let open = care.open(&rule.code, today);
    let (people, record) = (words.say("menu-people"), format!("/people/{}", person.id));
    let h = Head {
        crumbs: &[(&people, "/people"), (person.name.shown(), &record)],
        title: &rule.name,
        sub: html! { (person.name.shown()) ", " (person.born.shown().date.show()) " " (confidence(words, &rule.provenance)) },
        acts: acts(ctx, page, rule, &care, open),
    };
    let of_programme: Vec<&Filled<'_>> = care
        .entries
        .iter()
        .filter(|filled| {
            filled.entry.what.programme.as_deref() == Some(rule.code.as_str())
                || rule.forms().any(|form| form == filled.entry.what.form)
        })
        .collect();
    html! {
        (head(words, &h))
        (done(ctx, &shown.done))
        @if !shown.advice.is_empty() { (advice(words, &advised(page, &of_programme))) }
        div.split {
            div {
                (charts(ctx, page, rule, &of_programme))
                (entries(ctx, page, &of_programme))
            }
            aside aria-label=(words.say("programme-standing")) {
                (standing(ctx, page, rule, &care, open))
                (episodes(ctx, rule, &care))
            }
        }
    }
}

fn acts(
    ctx: &Ctx,
    page: &PersonPage,
    rule: &Programme,
    care: &Care<'_>,
    open: Option<&Episode>,
) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let record = format!("/people/{}", person.id);
    let growth = html! { @if rule.shows.iter().any(|code| code == "waz") {
        a.btn href={ (record) "/growth" } data-key="W" { (words.say("growth-title")) " " kbd.keyhint { "W" } }
    } };
    if !ctx.signed.actor.may(Action::ProgrammeWrite) || person.is_dead() {
        return growth;
    }
    if open.is_none() {
        return html! {
            (growth)
            a.btn.main href={ (record) "/programmes/" (rule.code) "/enrol" } data-key="N" {
                (words.say("programme-enrol")) " " kbd.keyhint { "N" }
            }
        };
    }
    let filled = |form: &str| care.entries.iter().any(|e| e.entry.what.form == form);
    html! {
        @for (at, visit) in rule.visits.iter().filter(|v| !matches!(v.timing, Timing::AtAge(_))).enumerate() {
            @let form = format!("{record}/forms/{}?programme={}", visit.form, rule.code);
            @let carries = form_on(&page.view.defs.forms, &visit.form, ctx.today())
                .is_some_and(|form| form.fields().any(|f| f.carry));
            @if at == 0 && carries && filled(&visit.form) {
                a.btn.main href={ (form) "&last=1" } data-key="L" { (visit.name) ": " (words.say("programme-as-last")) " " kbd.keyhint { "L" } }
            }
            a.btn href=(form) data-key=[(at == 0).then_some("K")] { (visit.name) @if at == 0 { " " kbd.keyhint { "K" } } }
        }
        (growth)
        a.btn href={ (record) "/programmes/" (rule.code) "/leave" } { (words.say("programme-leave")) }
    }
}

/// What the last entry advises.
fn advised(page: &PersonPage, entries: &[&Filled<'_>]) -> Vec<String> {
    let defs = &page.view.defs;
    let Some(last) = entries.iter().max_by_key(|f| (f.entry.recorded_at, f.entry.at)) else {
        return Vec::new();
    };
    let Some(form) = form_of(defs, &last.entry.what, last.entry.day) else { return Vec::new() };
    let asked = Asked {
        form,
        person: &page.view.person,
        on: last.entry.day,
        answers: &last.entry.what.answers,
        earlier: &|_| None,
        worked_out: &last.measures,
    };
    let rules = form.rules.iter().filter(|rule| rule.says == Says::Advise);
    let holding = rules.filter(|rule| rule.when.iter().all(|c| holds(c, &asked)));
    holding.map(|rule| rule.text.clone()).collect()
}

/// The measures the programme shows, over the last entries.
fn charts(ctx: &Ctx, page: &PersonPage, rule: &Programme, entries: &[&Filled<'_>]) -> Markup {
    let defs = &page.view.defs;
    let mut drawn = html! {};
    for code in &rule.shows {
        let Some(measure) = defs.measures.iter().find(|m| m.code == *code) else { continue };
        if !matches!(measure.kind, Kind::Number(_)) {
            continue;
        }
        let mut points: Vec<Point> = entries
            .iter()
            .rev()
            .filter_map(|filled| {
                let found = filled.measures.iter().find(|m| m.measure == *code)?;
                let Value::Number(n) = found.value else { return None };
                Some(Point {
                    label: day::show(filled.entry.day).chars().take(5).collect(),
                    value: Some(n),
                    text: tram_domain::form::answer::typed(&measure.kind, &found.value),
                    faint: false,
                })
            })
            .take(POINTS)
            .collect();
        points.reverse();
        if points.len() > 1 {
            drawn = html! { (drawn) figure { figcaption { (measure.name) } (trend(&measure.name, &points)) } };
        }
    }
    html! { @if !drawn.0.is_empty() { div.charts { (drawn) } } @else { (ctx.words.say("programme-no-chart")) } }
}

fn entries(ctx: &Ctx, page: &PersonPage, entries: &[&Filled<'_>]) -> Markup {
    let words = ctx.words;
    let defs = &page.view.defs;
    let title = words.say("programme-entries");
    if entries.is_empty() {
        return section(&title, html! {}, empty(&words.say("programme-no-entry"), "", html! {}));
    }
    let [on, form, what] = ["col-day", "programme-form", "col-what"].map(|code| words.say(code));
    let acts = words.say("col-acts");
    let cols = [col(&on, ""), col(&form, ""), col(&what, "grow"), col(&acts, "last")];
    let record = format!("/people/{}", page.view.person.id);
    let may = ctx.signed.actor.may(Action::ProgrammeWrite);
    let body = html! {
        @for filled in entries.iter().rev() {
            @let entry = filled.entry;
            @let form = form_of(defs, &entry.what, entry.day);
            @let at = show_ref(&entry.at);
            tr {
                th.first.half.nw scope="row" { a href={ (record) "/facts/" (at) } data-open { (day::show(entry.day)) } }
                td.half { (form.map_or(entry.what.form.as_str(), |form| form.short.as_str()))
                    @if entry.contested { " " (status(Shape::Differ, &words.say("to-compare"))) }
                }
                td.full { @if let Some(form) = form { div.pairs {
                    @for (label, value) in summary(defs, form, &entry.what, &filled.measures) {
                        span { span.mute { (label) } " " (value) }
                    }
                } } }
                td.last { div.acts.end {
                    @if may {
                        a.btn.quiet.sm href={ (record) "/forms/" (entry.what.form) "?replaces=" (at) @if let Some(code) = &entry.what.programme { "&programme=" (code) } } { (words.say("form-correct")) }
                    }
                } }
            }
        }
    };
    html! { (section(&title, html! {}, table(&title, "stack top", &cols, true, body))) }
}

fn standing(
    ctx: &Ctx,
    page: &PersonPage,
    rule: &Programme,
    care: &Care<'_>,
    open: Option<&Episode>,
) -> Markup {
    let words = ctx.words;
    let today = ctx.today();
    let mut rows = Vec::new();
    match open {
        Some(episode) => {
            let text = words.with("programme-since-day", [("day", episode.from.into())]);
            rows.push((html! { (words.say("programme-state")) }, status(Shape::On, &text)));
        }
        None => rows.push((
            html! { (words.say("programme-state")) },
            html! { (words.say("programme-not-followed")) },
        )),
    }
    // What counts its visits by weeks of pregnancy says how far she is.
    if rule.visits.iter().any(|visit| visit.from == Since::Gestation) {
        rows.extend(page.view.person.open_pregnancy().into_iter().flat_map(|p| gestation(ctx, p)));
    }
    for due in care.due.iter().filter(|due| due.programme == rule.code && due.is_asked_on(today)) {
        match &due.visit {
            Some(visit) => rows.push((
                html! { (rule.visit(visit).map_or(visit.as_str(), |visit| visit.name.as_str())) },
                day_state(ctx, &DueVisit::from(due), today),
            )),
            None => {
                for why in rule.propose.iter().take(1) {
                    rows.push((html! { (words.say("programme-proposed")) }, html! { (why.why) }));
                }
            }
        }
    }
    if let Some(goal) = &rule.goal {
        let said: Vec<Markup> = goal
            .when
            .iter()
            .filter_map(|condition| match condition {
                tram_defs::form::Condition::In { field, .. } => {
                    let (_, value) = care.last(field, today)?;
                    Some(measured(&ctx.server.app.definitions(), field, value))
                }
                _ => None,
            })
            .collect();
        if !said.is_empty() {
            rows.push((html! { (goal.name) }, html! { @for part in said { (part) " " } }));
        }
    }
    section(&words.say("programme-standing"), html! {}, facts(&rows))
}

/// Earlier times in the programme.
fn episodes(ctx: &Ctx, rule: &Programme, care: &Care<'_>) -> Markup {
    let words = ctx.words;
    let today = ctx.today();
    let is_over = |e: &&Episode| e.programme == rule.code && e.to.is_some_and(|to| to <= today);
    let ended = care.episodes.iter().filter(is_over);
    let rows: Vec<(Markup, Markup)> = ended
        .map(|episode| {
            let to = episode.to.map(day::show).unwrap_or_default();
            let outcome = episode.outcome.as_deref().unwrap_or_default();
            (
                html! { (day::show(episode.from)) " – " (to) },
                html! { (outcome_words(ctx, rule, outcome)) },
            )
        })
        .collect();
    html! { @if !rows.is_empty() { (section(&words.say("programme-episodes"), html! {}, facts(&rows))) } }
}
