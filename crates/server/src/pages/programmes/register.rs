//! The register of a programme: one line a person, with the last measures and what is next.

use super::answers::measured;
use super::programme;
use crate::http::{Answer, Ctx};
use crate::pages::import::of_programme;
use crate::pages::layout;
use crate::pages::parts::{
    Head, Shape, area_field, col, confidence, empty, field, head, status, table, tabs,
};
use crate::words::age;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::programme::{DuePerson, DueVisit, Register, RegisterRow};
use tram_app::unit::AreaRow;
use tram_defs::Definitions;
use tram_defs::programme::Programme;
use tram_domain::fact::Value;
use tram_domain::programme::DIED;
use tram_kernel::{Date, day, text};

/// Which part of the register is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    pub area: String,
    pub only: String,
}

impl Asked {
    pub fn area(&self) -> Option<i64> {
        self.area.parse().ok().filter(|key| *key != 0)
    }
}

/// The parts of a register, as its tabs name them.
const PARTS: [&str; 6] = ["", "due", "overdue", "lost", "proposed", "ended"];
/// Visits this far ahead are due.
const AHEAD: i32 = 7;

/// What is read for a register and its Excel file.
pub struct Read {
    pub register: Register,
    pub proposed: Vec<DuePerson>,
}

pub async fn read(ctx: &Ctx, code: &str, asked: &Asked) -> Answer<Read> {
    let (code, area) = (code.to_owned(), asked.area());
    ctx.run(move |app, actor| {
        let register = app.register(actor, &code, area)?;
        let mut proposed = app.visits_due(actor, &code, area, 0)?;
        for person in &mut proposed {
            person.visits.retain(|visit| visit.visit.is_none() && visit.lost > register.today);
        }
        proposed.retain(|person| !person.visits.is_empty());
        Ok(Read { register, proposed })
    })
    .await
}

/// Left the programme, or went to live elsewhere.
fn has_gone(row: &RegisterRow, today: Date) -> bool {
    row.line.to.is_some_and(|to| to <= today) || row.line.person.away
}

/// Lines of the part that is looked at, by village and name.
pub fn part<'r>(read: &'r Read, only: &str) -> Vec<&'r RegisterRow> {
    let today = read.register.today;
    let keeps = |row: &&RegisterRow| {
        let next = row.next.as_ref();
        let is_lost = next.is_some_and(|next| next.lost <= today);
        match only {
            "ended" => has_gone(row, today),
            "due" => next.is_some_and(|n| n.due <= day::add_days(today, AHEAD) && !is_lost),
            "overdue" => next.is_some_and(|n| n.overdue <= today && !is_lost),
            "lost" => is_lost,
            _ => !has_gone(row, today),
        }
    };
    let mut rows: Vec<&RegisterRow> = read.register.rows.iter().filter(keeps).collect();
    rows.sort_by_cached_key(|row| {
        (row.line.person.area_name.clone(), text::sort_key(&row.line.person.name))
    });
    rows
}

pub async fn show(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let rule = programme(&ctx, &defs, &code)?;
    let found = read(&ctx, &code, &asked).await?;
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    let main = draw(&ctx, &defs, rule, &found, &asked, &areas);
    let title = rule.name.clone();
    Ok(Html(layout::page(&ctx, &title, "/programmes", main).into_string()).into_response())
}

fn draw(
    ctx: &Ctx,
    defs: &Definitions,
    rule: &Programme,
    found: &Read,
    asked: &Asked,
    areas: &[AreaRow],
) -> Markup {
    let words = ctx.words;
    let programmes = words.say("programmes-title");
    let to = format!("/programmes/{}", rule.code);
    let h = Head {
        crumbs: &[(&programmes, "/programmes")],
        title: &rule.name,
        sub: html! { (words.with("programme-sub", [("n", found.register.standing.followed.into())])) " " (confidence(words, &rule.provenance)) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-a4")) }
            a.btn href={ (to) "/register.xlsx?only=" (asked.only) "&area=" (asked.area) } { (words.say("export-excel")) }
        },
    };
    let s = &found.register.standing;
    let n = |only: &str| match only {
        "" => s.followed,
        "due" => s.due,
        "overdue" => s.overdue,
        "lost" => s.lost,
        "proposed" => found.proposed.len() as i64,
        _ => found.register.rows.iter().filter(|row| has_gone(row, found.register.today)).count()
            as i64,
    };
    let links: Vec<(String, String, bool)> = PARTS
        .iter()
        .map(|only| {
            let code = if only.is_empty() { "followed" } else { only };
            let text = format!("{} ({})", words.say(&format!("programme-{code}")), n(only));
            (format!("{to}?only={only}&area={}", asked.area), text, *only == asked.only)
        })
        .collect();
    html! {
        (head(words, &h))
        (tabs(&words.say("programme-parts"), &links))
        (filter(ctx, &to, asked, areas))
        @if asked.only == "proposed" { (proposed(ctx, rule, &found.proposed)) }
        @else { (rows(ctx, defs, rule, found, asked)) }
        (of_programme(ctx, &rule.forms().collect::<Vec<_>>()))
    }
}

fn filter(ctx: &Ctx, to: &str, asked: &Asked, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let (label, every) = (words.say("village"), words.say("all").into_owned());
    let area = area_field("area", &label, &asked.area, areas, Some(&every));
    html! {
        form.filters action=(to) {
            input type="hidden" name="only" value=(asked.only);
            (field(words, &area))
            button.btn type="submit" { (words.say("filter")) }
        }
    }
}

fn rows(ctx: &Ctx, defs: &Definitions, rule: &Programme, found: &Read, asked: &Asked) -> Markup {
    let words = ctx.words;
    let lines = part(found, &asked.only);
    if lines.is_empty() {
        return empty(&words.say("programme-empty"), &words.say("programme-empty-what"), html! {});
    }
    let [next, name, born, since] =
        ["programme-next", "col-name", "col-sex-born", "programme-since"].map(|c| words.say(c));
    let shows: Vec<&str> = rule
        .shows
        .iter()
        .map(|code| {
            let measure = defs.measures.iter().find(|m| m.code == *code);
            measure.map_or(code.as_str(), |measure| measure.short.as_str())
        })
        .collect();
    let mut cols = vec![col(&next, ""), col(&name, ""), col(&born, ""), col(&since, "")];
    cols.extend(shows.iter().map(|short| col(short, "num")));
    let width = cols.len();
    let mut body = html! {};
    let mut village: Option<&Option<String>> = None;
    for line in &lines {
        let here = &line.line.person.area_name;
        if village != Some(here) {
            village = Some(here);
            let n = lines.iter().filter(|l| l.line.person.area_name == *here).count();
            body = html! {
                (body)
                tr.grp { th colspan=(width) scope="rowgroup" {
                    (here.as_deref().unwrap_or_default()) span.unit { " · " (words.with("people-count", [("n", n.into())])) }
                } }
            };
        }
        body = html! { (body) (row(ctx, defs, rule, line, found.register.today)) };
    }
    html! {
        (table(&rule.name, "stack", &cols, true, body))
        p.pager { span { (words.with("people-count", [("n", lines.len().into())])) } }
    }
}

fn row(ctx: &Ctx, defs: &Definitions, rule: &Programme, row: &RegisterRow, today: Date) -> Markup {
    let words = ctx.words;
    let p = &row.line.person;
    let value = |at: usize| row.measures.get(at).and_then(Option::as_ref);
    html! {
        tr {
            td.half.nw { (state(ctx, rule, row, today)) }
            th.first.name scope="row" { a href={ "/people/" (p.id) "/programmes/" (rule.code) } data-open { (p.name) } }
            td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show()) ", " (age(words, p.born, today)) }
            td.nw data-l=(words.say("programme-since")) { (day::show(row.line.from)) }
            @for (at, code) in rule.shows.iter().enumerate() {
                @let measure = defs.measures.iter().find(|m| m.code == *code);
                td.num data-l=(measure.map_or(code.as_str(), |m| m.short.as_str())) {
                    @match value(at) {
                        Some((_, value)) => { (last(defs, code, value)) }
                        None => { "–" }
                    }
                }
            }
        }
    }
}

/// A measure in a column that names its unit elsewhere.
fn last(defs: &Definitions, code: &str, value: &Value) -> Markup {
    let measure = defs.measures.iter().find(|m| m.code == code);
    match (measure, value) {
        (Some(measure), Value::Number(_)) => {
            html! { (tram_domain::form::answer::typed(&measure.kind, value)) }
        }
        _ => measured(defs, code, value),
    }
}

/// What is next, or how it ended.
fn state(ctx: &Ctx, rule: &Programme, row: &RegisterRow, today: Date) -> Markup {
    match (&row.line.outcome, row.line.to) {
        (Some(outcome), Some(to)) if to <= today => {
            html! { (outcome_words(ctx, rule, outcome)) " " (day::show(to)) }
        }
        _ if row.line.person.away => html! { (ctx.words.say("programme-away")) },
        _ => match &row.next {
            Some(next) => visit_state(ctx, rule, next, today),
            None => html! { span.mute { "–" } },
        },
    }
}

/// The outcome of an episode in words.
pub fn outcome_words(ctx: &Ctx, rule: &Programme, outcome: &str) -> String {
    if outcome == DIED {
        return ctx.words.say("programme-died").into_owned();
    }
    let known = rule.outcomes.iter().find(|known| known.code == outcome);
    known.map_or(outcome, |known| known.name.as_str()).to_owned()
}

/// A visit with its day: late, due, or to come.
pub fn visit_state(ctx: &Ctx, rule: &Programme, next: &DueVisit, today: Date) -> Markup {
    let code = next.visit.as_deref().unwrap_or_default();
    let name = rule.visit(code).map_or(code, |visit| visit.name.as_str());
    html! { (day_state(ctx, next, today)) " " (name) }
}

/// The day of a visit in its colour.
pub fn day_state(ctx: &Ctx, next: &DueVisit, today: Date) -> Markup {
    let on = day::show(next.due);
    let shape = if next.lost <= today {
        let word = format!("{on} ({})", ctx.words.say("programme-lost-word"));
        return status(Shape::Bad, &word);
    } else if next.overdue <= today {
        Shape::Late
    } else if next.due <= today {
        Shape::Now
    } else {
        Shape::Soon
    };
    status(shape, &on)
}

/// People whose measures say they should be looked at for the programme.
fn proposed(ctx: &Ctx, rule: &Programme, people: &[DuePerson]) -> Markup {
    let words = ctx.words;
    if people.is_empty() {
        return empty(
            &words.say("programme-empty"),
            &words.say("programme-proposed-none"),
            html! {},
        );
    }
    let [on, name, born, village] =
        ["programme-found-on", "col-name", "col-sex-born", "village"].map(|code| words.say(code));
    let cols = [col(&on, ""), col(&name, ""), col(&born, ""), col(&village, "grow")];
    let body = html! {
        @for due in people {
            @let p = &due.person;
            tr {
                td.half.nw { @if let Some(visit) = due.visits.first() { (status(Shape::Soon, &day::show(visit.due))) } }
                th.first.name scope="row" { a href={ "/people/" (p.id) "/programmes/" (rule.code) } data-open { (p.name) } }
                td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show()) }
                td { (p.area_name.as_deref().unwrap_or_default()) }
            }
        }
    };
    html! {
        @for propose in &rule.propose { p.mute { (propose.why) } }
        (table(&words.say("programme-proposed"), "stack", &cols, true, body))
    }
}
