//! "Hôm nay": who needs what of vaccines and programmes, by village, ready to be printed or opened in Excel.

pub mod sheet;

use self::sheet::{Paper, document, in_order, needs};
use super::layout;
use super::parts::{
    Choice, Field, Head, Shape, area_field, col, due_status, field, head, icon, note, status, table,
};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::{Words, age, long_day};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::BTreeMap;
use tram_app::Failure;
use tram_app::cold_chain::ColdDue;
use tram_app::export::excel_table;
use tram_app::unit::AreaRow;
use tram_app::worklist::{Need, Needs, Part};
use tram_defs::role::Action;
use tram_kernel::{Date, day};

pub fn routes() -> Router<Server> {
    Router::new().route("/", get(show)).route("/worklist.xlsx", get(excel))
}

/// What part of the list is looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    area: String,
    series: String,
    /// A programme; `-` for vaccines alone.
    programme: String,
    /// A [`Part`]: `due` when nothing is said.
    only: String,
    /// The whole list, however long.
    all: String,
}

/// Chosen as a programme: vaccines alone.
const VACCINES: &str = "-";
/// Lines of the page as it opens; the whole list is one step away, and is what paper and Excel hold.
const SHOWN: usize = 120;

impl Asked {
    fn area(&self) -> Option<i64> {
        self.area.parse().ok()
    }

    fn part(&self) -> Part {
        Part::from_code(&self.only).unwrap_or_default()
    }

    fn query(&self, only: &str) -> String {
        let (area, series, programme) = (&self.area, &self.series, &self.programme);
        format!("only={only}&area={area}&series={series}&programme={programme}")
    }

    /// What somebody needs of the vaccine or the programme that is looked at.
    fn keep(&self, mut need: Need) -> Option<Need> {
        match (self.series.as_str(), self.programme.as_str()) {
            ("", "") => {}
            ("", VACCINES) => need.visits.clear(),
            ("", code) => {
                need.doses.clear();
                need.visits.retain(|visit| visit.programme == code);
            }
            (series, _) => {
                need.visits.clear();
                need.doses.retain(|dose| dose.series == series);
            }
        }
        (!need.doses.is_empty() || !need.visits.is_empty()).then_some(need)
    }
}

/// The whole list narrowed to what is looked at.
fn narrowed(asked: &Asked, needs: Needs) -> Needs {
    let people = needs.people.into_iter().filter_map(|need| asked.keep(need)).collect();
    Needs { people, ..needs }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    if !ctx.signed.actor.may(Action::WorklistRead) {
        return Ok(Redirect::to(layout::home(&ctx)).into_response());
    }
    let area = asked.area();
    let (found, areas) =
        ctx.run(move |app, actor| Ok((app.needs(actor, area)?, app.areas(actor)?))).await?;
    let needs = narrowed(&asked, found);
    let safety = safety(&ctx).await?;
    let body = page(&ctx, &asked, &needs, &areas, &safety);
    Ok(Html(layout::page(&ctx, &ctx.words.say("menu-today"), "/", body).into_string())
        .into_response())
}

/// What cannot wait: severe events that are not reported yet, a fridge nobody has looked at; and what one has
/// begun to write.
async fn safety(ctx: &Ctx) -> Answer<Markup> {
    let actor = &ctx.signed.actor;
    let untold = match actor.may(Action::AefiRead) {
        true => ctx.run(|app, actor| app.untold_events(actor)).await?,
        false => Vec::new(),
    };
    let due = match actor.may(Action::ColdChainWrite) {
        true => ctx.run(|app, actor| app.cold_due(actor)).await?,
        false => ColdDue::default(),
    };
    let token = ctx.token;
    let kept = ctx.run(move |app, _| app.kept_drafts(&token)).await?;
    Ok(html! {
        (super::aefi::due_note(ctx, &untold))
        (super::cold_chain::due_note(ctx, due))
        (super::drafts::waiting(ctx, &kept))
    })
}

fn page(ctx: &Ctx, asked: &Asked, needs: &Needs, areas: &[AreaRow], safety: &Markup) -> Markup {
    let words = ctx.words;
    let title = words.with("today-title", [("day", long_day(words, needs.today).into())]);
    let people = in_order(needs.part(asked.part()));
    let n = people.len();
    let shown = if asked.all.is_empty() { n.min(SHOWN) } else { n };
    let whole = format!("/?{}&all=1", asked.query(asked.part().code()));
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.with("today-sub", [("unit", ctx.signed.actor.unit_name.as_str().into())])) },
        acts: html! {
        @if shown < n { a.btn href=(whole) { (words.say("today-print-all")) } }
                   @else { button.btn type="button" data-print { (words.say("print-a4")) } }
                   a.btn href={ "/worklist.xlsx?" (asked.query(&asked.only)) } { (words.say("export-excel")) }
                   @if ctx.signed.actor.may(Action::ImmunisationWrite) {
                       a.btn.main href="/session" data-key="B" { (words.say("open-session")) " " kbd.keyhint { "B" } }
                   }
               },
    };
    html! {
        (head(words, &h))
        (print_head(ctx, needs.today, n))
        div.no-print { (safety) }
        (counts(ctx, asked, needs))
        (filters(ctx, asked, areas))
        @if people.is_empty() {
            (note(Shape::Ok, &words.say("today-none"), html! { p { (words.say("today-none-what")) } }, first_steps(ctx, needs)))
        } @else {
            (rows(ctx, needs.today, &people[..shown]))
            p.pager {
                span { (words.with("people-count", [("n", n.into())])) }
                @if shown < n { a.btn href=(whole) { (words.with("today-more", [("n", (n - shown).into())])) } }
                span { (ctx.server.app.definitions().newest_schedule().name) }
            }
        }
    }
}

/// A list with nothing in it at all, under no filter: nobody is on record yet, or nobody is owed anything.
fn first_steps(ctx: &Ctx, needs: &Needs) -> Option<Markup> {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    (needs.people.is_empty() && actor.may(Action::PersonWrite)).then(|| {
        html! {
            @if actor.may(Action::ImportRun) { a.btn href="/import" { (words.say("search-import")) } }
            a.btn href="/people/new" { (words.say("search-new")) }
        }
    })
}

/// The heading that only paper shows.
fn print_head(ctx: &Ctx, today: Date, n: usize) -> Markup {
    let words = ctx.words;
    html! {
        div.print-only { div.print-head {
            div { p { (ctx.signed.actor.unit_name) } h2 { (words.say("today-print-title")) } }
            div {
                (long_day(words, today)) " · " (words.with("people-count", [("n", n.into())])) br;
                (words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]))
            }
        } }
    }
}

fn counts(ctx: &Ctx, asked: &Asked, needs: &Needs) -> Markup {
    let words = ctx.words;
    let tiles = [
        (Part::Due, Shape::Now, "now"),
        (Part::Overdue, Shape::Late, "late"),
        (Part::Soon, Shape::Soon, "soon"),
        (Part::Lost, Shape::Bad, "bad"),
        (Part::Proposed, Shape::Soon, "soon"),
    ];
    // Of programmes only.
    let is_there = |part: Part| {
        !matches!(part, Part::Lost | Part::Proposed) || ctx.signed.actor.may(Action::ProgrammeRead)
    };
    html! {
        ul.counts aria-label=(words.say("today-counts")) {
            @for (part, shape, class) in tiles.into_iter().filter(|(part, ..)| is_there(*part)) {
                li { a href={ "/?" (asked.query(part.code())) } aria-current=[(asked.part() == part).then_some("true")] {
                    b { (needs.count(part)) } " "
                    span class={ "st " (class) } { (icon(shape)) span { (words.say(&format!("today-{}", part.code()))) } }
                } }
            }
        }
    }
}

fn filters(ctx: &Ctx, asked: &Asked, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let every = words.say("all").into_owned();
    let series = defs.newest_schedule().series.iter().filter(|s| !s.optional);
    let series = series.chain(defs.tetanus.last().map(|rule| &rule.series));
    let choices = std::iter::once(Choice { value: String::new(), text: every.clone() })
        .chain(series.map(|s| Choice { value: s.code.clone(), text: s.short.clone() }))
        .collect();
    let vaccine = Field {
        id: "series",
        label: &words.say("vaccine"),
        value: &asked.series,
        choices: Some(choices),
        ..Field::default()
    };
    let programme_label = words.say("programme");
    let programme = Field {
        id: "programme",
        label: &programme_label,
        value: &asked.programme,
        choices: Some(programmes(ctx, every.clone())),
        ..Field::default()
    };
    let area_label = words.say("village");
    let area = area_field("area", &area_label, &asked.area, areas, Some(&every));
    html! {
        form.filters action="/" {
            input type="hidden" name="only" value=(asked.only);
            (field(words, &area))
            (field(words, &vaccine))
            @if ctx.signed.actor.may(Action::ProgrammeRead) { (field(words, &programme)) }
            button.btn type="submit" { (words.say("filter")) }
            p.acts.keyhint.mute.sm {
                kbd { "↑" } kbd { "↓" } " " (words.say("hint-choose")) " " kbd { "Enter" } " " (words.say("hint-open"))
            }
        }
    }
}

/// The programmes that are there for the reader.
fn programmes(ctx: &Ctx, every: String) -> Vec<Choice> {
    let defs = ctx.server.app.definitions();
    let choice = |value: &str, text: String| Choice { value: value.to_owned(), text };
    let known = ctx.signed.actor.programmes(&defs, ctx.today());
    let known = known.into_iter().map(|rule| choice(&rule.code, rule.name.clone()));
    let vaccines = ctx.words.say("today-vaccines").into_owned();
    [choice("", every), choice(VACCINES, vaccines)].into_iter().chain(known).collect()
}

fn rows(ctx: &Ctx, today: Date, people: &[Need]) -> Markup {
    let words = ctx.words;
    let [due, name, born, age_title, needed, mother, acts] =
        ["col-due", "col-name", "col-sex-born", "col-age", "col-needs", "col-mother", "col-acts"]
            .map(|code| words.say(code));
    let cols = [
        col(&due, ""),
        col(&name, ""),
        col(&born, ""),
        col(&age_title, "num"),
        col(&needed, ""),
        col(&mother, ""),
        col(&acts, "last"),
    ];
    let mut villages: BTreeMap<&Option<String>, (usize, usize)> = BTreeMap::new();
    for need in people {
        let (all, late) = villages.entry(&need.person.area_name).or_default();
        *all += 1;
        *late += usize::from(need.is_late(today));
    }
    let mut village = None;
    let body = html! {
        @for need in people {
            @let here = &need.person.area_name;
            @if village.replace(here) != Some(here) {
                @let (n, late) = villages[here];
                tr.grp { th colspan="7" scope="rowgroup" {
                    (here.as_deref().unwrap_or_default())
                    span.unit { " · " (words.with("today-group", [("n", n.into()), ("late", late.into())])) }
                } }
            }
            (row(ctx, today, need))
        }
    };
    table(&words.say("today-print-title"), "stack", &cols, true, body)
}

fn row(ctx: &Ctx, today: Date, need: &Need) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let p = &need.person;
    let (card, to) = (format!("/people/{}/immunisation", p.id), opens(need));
    let defs = ctx.server.app.definitions();
    let name = || [("name", p.name.as_str().into())];
    html! {
        tr {
            td.half.nw { (when(words, today, need)) }
            th.first.name scope="row" { @if actor.may(Action::PersonRead) { a href=(to) data-open { (p.name) } } @else { (p.name) } }
            td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show()) }
            td.num { (age(words, p.born, today)) }
            td.full { b.what { (needs(words, &defs, need)) } }
            @match &p.mother {
                Some(mother) => { td data-l=(words.say("mother-short")) { (mother) } }
                None => { td {} }
            }
            td.last { div.acts.end {
                @if !need.doses.is_empty() && actor.may(Action::ImmunisationWrite) {
                    a.btn.quiet.sm href={ (card) "#ghi" } data-key="T" aria-label=(words.with("give-to", name())) { (words.say("give")) }
                    a.btn.quiet.sm href={ (card) "#hoan" } data-key="H" aria-label=(words.with("defer-of", name())) { (words.say("defer")) }
                }
                @if let Some(visit) = need.visits.first().filter(|_| actor.may(Action::ProgrammeWrite)) {
                    a.btn.quiet.sm href={ "/people/" (p.id) "/programmes/" (visit.programme) } data-key="P" aria-label=(words.with("see-of", name())) { (words.say("see")) }
                }
            } }
        }
    }
}

/// How urgent it is; of who is only to be looked at, since when.
fn when(words: &Words, today: Date, need: &Need) -> Markup {
    let Some((due, overdue)) = need.first() else { return html! {} };
    if need.doses.is_empty() && need.visits.iter().all(|visit| visit.visit.is_none()) {
        return status(Shape::Soon, &day::show(due));
    }
    due_status(words, due, overdue, today)
}

/// Where the name leads: to the card, to the programme, or to the record when both are needed.
fn opens(need: &Need) -> String {
    let id = need.person.id;
    let mut programmes: Vec<&str> = need.visits.iter().map(|v| v.programme.as_str()).collect();
    programmes.dedup();
    match (need.doses.is_empty(), programmes.as_slice()) {
        (false, []) => format!("/people/{id}/immunisation"),
        (true, [code]) => format!("/people/{id}/programmes/{code}"),
        _ => format!("/people/{id}"),
    }
}

async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let area = asked.area();
    let found = ctx.run(move |app, actor| app.needs(actor, area)).await?;
    let today = found.today;
    let people = in_order(narrowed(&asked, found).part(asked.part()));
    let defs = ctx.server.app.definitions();
    let paper = Paper { words: ctx.words, defs: &defs, unit: &ctx.signed.actor.unit_name };
    match excel_table(&document(&paper, today, &people)) {
        Ok(bytes) => Ok(download(&format!("viec-can-lam-{today}.xlsx"), XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}
