//! The growth of one child: three charts of the World Health Organization with the child's own line, and the
//! same as a table. `/people/{id}/growth`.

mod chart;
mod plot;

use super::layout;
use super::parts::Shape;
use super::parts::{
    Head, col, confidence, empty, facts, head, note, print_head, section, status, table,
};
use super::person::load;
use super::programmes::measured;
use crate::http::{Answer, Ctx, Server};
use crate::words::age;
use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use maud::{Markup, html};
use tram_app::person::{PersonPage, show_ref};
use tram_defs::form::{Form, Kind, form_on};
use tram_defs::growth::Standard;
use tram_defs::measure::Measure;
use tram_defs::role::Action;
use tram_domain::fact::Value;
use tram_domain::form::of_person;
use tram_domain::growth::{Weighing, weighings};
use tram_domain::programme::Care;
use tram_kernel::day;
use tram_kernel::number::show_rounded;

/// Measures in the columns of the table, and their classes.
const COLUMNS: [&str; 6] = ["weight", "height", "waz", "haz", "whz", "baz"];
const CLASSES: [&str; 4] = ["waz_class", "haz_class", "whz_class", "baz_class"];
/// The code under which each class says that nothing is wrong.
const NORMAL: &str = "normal";

pub fn routes() -> Router<Server> {
    Router::new().route("/people/{id}/growth", get(show))
}

/// Whether the record of somebody offers the page: children and, once weighed as such, those who were.
pub fn is_offered(ctx: &Ctx, page: &PersonPage) -> bool {
    page.view.person.born.shown().date.age_years(ctx.today()) < 19
}

async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let person = &page.view.person;
    if person.id.to_string() != id {
        return Ok(Redirect::to(&format!("/people/{}/growth", person.id)).into_response());
    }
    let title = format!("{}: {}", ctx.words.say("growth-title"), person.name.shown());
    let body = draw(&ctx, &page);
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

fn draw(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let born = person.born.shown().date;
    let known = weighings(&page.view.defs, person, &Care::of(&page.view.defs, person));
    let (people, record) = (words.say("menu-people"), format!("/people/{}", person.id));
    let title = words.say("growth-title");
    let sex = words.say(&format!("sex-{}", person.sex.shown().code()));
    let whose = format!("{}, {sex}, {}", person.name.shown(), born.show());
    let h = Head {
        crumbs: &[(&people, "/people"), (person.name.shown(), &record)],
        title: &title,
        sub: html! { (whose) ", " (age(words, born, ctx.today())) },
        acts: html! {
            @if may_weigh(ctx, page) {
                a.btn href={ (record) "/forms/growth_visit" } data-key="K" { (words.say("growth-weigh")) " " kbd.keyhint { "K" } }
            }
            button.btn.main type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    html! {
        (print_head(ctx, &title, &whose))
        (head(words, &h))
        @if born.day().is_none() { (note(Shape::Warn, &words.say("growth-no-day"), html! {}, None)) }
        @if known.is_empty() {
            (empty(&words.say("growth-none"), &words.say("growth-none-what"), html! {}))
        } @else {
            @if born.day().is_some() { (chart::charts(ctx, page, &known)) }
            (list(ctx, page, &known))
        }
        (sources(ctx, page))
    }
}

/// Whether the weighing form is there for the asker, and fits the child.
fn may_weigh(ctx: &Ctx, page: &PersonPage) -> bool {
    let (person, today) = (&page.view.person, ctx.today());
    let form = form_on(&page.view.defs.forms, "growth_visit", today);
    let fits = |form: &Form| form.whom.iter().all(|c| of_person(c, person, today) != Some(false));
    ctx.signed.actor.may(Action::ProgrammeWrite) && !person.is_dead() && form.is_some_and(fits)
}

/// Every weighing, newest first.
fn list(ctx: &Ctx, page: &PersonPage, known: &[Weighing]) -> Markup {
    let (words, defs) = (ctx.words, &page.view.defs);
    let person = &page.view.person;
    let [on, old, class] = ["col-day", "col-age", "growth-class"].map(|code| words.say(code));
    let measure = |code: &str| defs.measures.iter().find(|measure| measure.code == code);
    let short = |code: &'static str| measure(code).map_or(code, |measure| measure.short.as_str());
    // A column nobody has a value in is not there; the index of weight and height speaks from five years on.
    let speaks = |at: usize, one: &Weighing| match COLUMNS[at] {
        "baz" => one.classes[3].is_some(),
        _ => values(one)[at].is_some(),
    };
    let shown: Vec<usize> =
        (0..COLUMNS.len()).filter(|at| known.iter().any(|one| speaks(*at, one))).collect();
    let mut cols = vec![col(&on, ""), col(&old, "num")];
    cols.extend(shown.iter().map(|at| col(short(COLUMNS[*at]), "num")));
    cols.push(col(&class, "grow"));
    let cell = |at: usize, one: &Weighing| match (measure(COLUMNS[at]), values(one)[at]) {
        (Some(Measure { kind: Kind::Number(number), .. }), Some(value)) => {
            show_rounded(value, u32::from(number.decimals))
        }
        _ => "–".to_owned(),
    };
    let born = person.born.shown().date;
    let body = html! {
        @for one in known.iter().rev() {
            tr {
                th.first.half.nw scope="row" {
                    a href={ "/people/" (person.id) "/facts/" (show_ref(&one.at)) } data-open { (day::show(one.on)) }
                }
                td.half.num { (age(words, born, one.on)) }
                @for at in &shown { td.num data-l=(short(COLUMNS[*at])) { (cell(*at, one)) } }
                td.full { div.pairs { (classes(ctx, page, one)) } }
            }
        }
    };
    let title = words.say("growth-weighings");
    section(&title, html! {}, table(&title, "stack", &cols, true, body))
}

/// What was found; when all is as it should be, that in one word.
fn classes(ctx: &Ctx, page: &PersonPage, one: &Weighing) -> Markup {
    let defs = &page.view.defs;
    let [weight, height, length, index] = &one.classes;
    let is_normal = |class: &Option<String>| class.as_deref() == Some(NORMAL);
    let is_even = is_normal(if length.is_some() { length } else { index });
    if is_normal(weight) && is_normal(height) && is_even {
        return status(Shape::Ok, &ctx.words.say("growth-normal"));
    }
    html! {
        @for (code, class) in CLASSES.iter().zip(&one.classes) {
            @if let Some(class) = class { (measured(defs, code, &Value::Code(class.clone()))) }
        }
    }
}

const fn values(one: &Weighing) -> [Option<i64>; 6] {
    let [weight, height, length, index] = one.scores;
    [one.kilograms, one.centimetres, weight, height, length, index]
}

/// Where the lines come from.
fn sources(ctx: &Ctx, page: &PersonPage) -> Markup {
    let tables = &page.view.defs.growth.tables;
    let of = |standard: Standard| tables.iter().find(|table| table.standard == standard);
    let rows: Vec<(Markup, Markup)> = [Standard::WeightAge, Standard::HeightMonth]
        .into_iter()
        .filter_map(of)
        .map(|table| {
            let from = &table.provenance;
            (confidence(ctx.words, from), html! { (from.source) })
        })
        .collect();
    html! { @if !rows.is_empty() { div.sm { (facts(&rows)) } } }
}
