//! "Hôm nay": who is due or overdue, by village, ready to be printed or opened in Excel.

pub mod sheet;

use self::sheet::{Paper, document, doses, in_order};
use super::layout;
use super::parts::{
    Choice, Field, Head, Shape, area_field, col, due_status, field, head, icon, note, table,
};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::{age, long_day};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::cold_chain::ColdDue;
use tram_app::export::excel_table;
use tram_app::immunisation::{OwedChild, Worklist};
use tram_app::unit::AreaRow;
use tram_defs::role::Action;

pub fn routes() -> Router<Server> {
    Router::new().route("/", get(show)).route("/worklist.xlsx", get(excel))
}

/// What part of the list is looked at.
#[derive(Debug, Clone, Deserialize)]
#[serde(default)]
struct Asked {
    area: String,
    series: String,
    /// `due`, `overdue`, `soon`.
    only: String,
}

impl Default for Asked {
    fn default() -> Self {
        Self { area: String::new(), series: String::new(), only: "due".into() }
    }
}

impl Asked {
    fn area(&self) -> Option<i64> {
        self.area.parse().ok()
    }

    const fn days(&self) -> i32 {
        if matches!(self.only.as_bytes(), b"soon") { 7 } else { 0 }
    }

    fn link(&self, only: &str) -> String {
        format!("/?only={only}&area={}&series={}", self.area, self.series)
    }

    fn keeps(&self, child: &OwedChild, list: &Worklist) -> bool {
        let series = self.series.is_empty() || child.doses.iter().any(|d| d.series == self.series);
        let late = child.doses.iter().any(|d| d.overdue_on <= list.today);
        series && (self.only != "overdue" || late)
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    if !ctx.signed.actor.may(Action::WorklistRead) {
        return Ok(Redirect::to(layout::home(&ctx)).into_response());
    }
    let wanted = asked.clone();
    let (mut list, areas) = ctx
        .run(move |app, actor| {
            Ok((app.worklist(actor, wanted.area(), wanted.days())?, app.areas(actor)?))
        })
        .await?;
    let all = std::mem::take(&mut list.children);
    let children: Vec<OwedChild> = all.into_iter().filter(|c| asked.keeps(c, &list)).collect();
    let safety = safety(&ctx).await?;
    let body = page(&ctx, &asked, &list, &children, &areas, &safety);
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

fn page(
    ctx: &Ctx,
    asked: &Asked,
    list: &Worklist,
    children: &[OwedChild],
    areas: &[AreaRow],
    safety: &Markup,
) -> Markup {
    let words = ctx.words;
    let title = words.with("today-title", [("day", long_day(words, list.today).into())]);
    let query = format!("area={}&series={}&only={}", asked.area, asked.series, asked.only);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.with("today-sub", [("unit", ctx.signed.actor.unit_name.as_str().into())])) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-a4")) }
            a.btn href={ "/worklist.xlsx?" (query) } { (words.say("export-excel")) }
            @if ctx.signed.actor.may(Action::ImmunisationWrite) {
                a.btn.main href="/session" data-key="B" { (words.say("open-session")) " " kbd.keyhint { "B" } }
            }
        },
    };
    html! {
        (head(words, &h))
        (print_head(ctx, list, children.len()))
        div.no-print { (safety) }
        (counts(ctx, asked, list))
        (filters(ctx, asked, areas))
        @if children.is_empty() {
            (note(Shape::Ok, &words.say("today-none"), html! { p { (words.say("today-none-what")) } }, first_steps(ctx, list)))
        } @else {
            (rows(ctx, list, children))
            p.pager {
                span { (words.with("today-total", [("n", children.len().into())])) }
                span { (ctx.server.app.definitions().newest_schedule().name) }
            }
        }
    }
}

/// A list with nothing in it at all, under no filter: nobody is on record yet, or nobody is owed anything.
fn first_steps(ctx: &Ctx, list: &Worklist) -> Option<Markup> {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let is_blank = list.counts.due == 0 && list.counts.overdue == 0 && list.counts.soon == 0;
    (is_blank && actor.may(Action::PersonWrite)).then(|| {
        html! {
            @if actor.may(Action::ImportRun) { a.btn href="/import" { (words.say("search-import")) } }
            a.btn href="/people/new" { (words.say("search-new")) }
        }
    })
}

/// The heading that only paper shows.
fn print_head(ctx: &Ctx, list: &Worklist, n: usize) -> Markup {
    let words = ctx.words;
    html! {
        div.print-only { div.print-head {
            div { p { (ctx.signed.actor.unit_name) } h2 { (words.say("today-print-title")) } }
            div {
                (long_day(words, list.today)) " · " (words.with("today-total", [("n", n.into())])) br;
                (words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]))
            }
        } }
    }
}

fn counts(ctx: &Ctx, asked: &Asked, list: &Worklist) -> Markup {
    let words = ctx.words;
    let tiles = [
        ("due", list.counts.due, Shape::Now, "now"),
        ("overdue", list.counts.overdue, Shape::Late, "late"),
        ("soon", list.counts.soon, Shape::Soon, "soon"),
    ];
    html! {
        ul.counts aria-label=(words.say("today-counts")) {
            @for (only, n, shape, class) in tiles {
                li { a href=(asked.link(only)) aria-current=[(asked.only == only).then_some("true")] {
                    b { (n) } " "
                    span class={ "st " (class) } { (icon(shape)) span { (words.say(&format!("today-{only}"))) } }
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
    let area_label = words.say("village");
    let area = area_field("area", &area_label, &asked.area, areas, Some(&every));
    html! {
        form.filters action="/" {
            input type="hidden" name="only" value=(asked.only);
            (field(words, &area))
            (field(words, &vaccine))
            button.btn type="submit" { (words.say("filter")) }
            p.acts.keyhint.mute.sm {
                kbd { "↑" } kbd { "↓" } " " (words.say("hint-choose")) " " kbd { "Enter" } " " (words.say("hint-open"))
            }
        }
    }
}

fn rows(ctx: &Ctx, list: &Worklist, children: &[OwedChild]) -> Markup {
    let words = ctx.words;
    let [due, name, born, age_title, doses, mother, acts] =
        ["col-due", "col-name", "col-sex-born", "col-age", "col-doses", "col-mother", "col-acts"]
            .map(|code| words.say(code));
    let cols = [
        col(&due, ""),
        col(&name, ""),
        col(&born, ""),
        col(&age_title, "num"),
        col(&doses, ""),
        col(&mother, ""),
        col(&acts, "last"),
    ];
    let sorted = in_order(children);
    let mut body = html! {};
    let mut village = None;
    for child in &sorted {
        if village != child.person.area_name {
            village.clone_from(&child.person.area_name);
            let here: Vec<_> = sorted.iter().filter(|c| c.person.area_name == village).collect();
            let late =
                here.iter().filter(|c| c.doses.iter().any(|d| d.overdue_on <= list.today)).count();
            body = html! {
                (body)
                tr.grp { th colspan="7" scope="rowgroup" {
                    (village.as_deref().unwrap_or_default())
                    span.unit { " · " (words.with("today-group", [("n", here.len().into()), ("late", late.into())])) }
                } }
            };
        }
        body = html! { (body) (row(ctx, list, child)) };
    }
    table(&words.say("today-print-title"), "stack", &cols, true, body)
}

fn row(ctx: &Ctx, list: &Worklist, child: &OwedChild) -> Markup {
    let words = ctx.words;
    let first = child.doses.iter().min_by_key(|d| d.due_on);
    let p = &child.person;
    let card = format!("/people/{}/immunisation", p.id);
    let may_open = ctx.signed.actor.may(Action::PersonRead);
    html! {
        tr {
            td.half.nw { @if let Some(d) = first { (due_status(words, d.due_on, d.overdue_on, list.today)) } }
            th.first.name scope="row" { @if may_open { a href=(card) data-open { (p.name) } } @else { (p.name) } }
            td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show()) }
            td.num data-l=(words.say("col-age")) { (age(words, p.born, list.today)) }
            td.full { b.what { (doses(&ctx.server.app.definitions(), child)) } }
            td data-l=(words.say("mother-short")) { (p.mother.as_deref().unwrap_or("–")) }
            td.last { div.acts.end {
                @if ctx.signed.actor.may(Action::ImmunisationWrite) {
                    a.btn.quiet.sm href={ (card) "#ghi" } data-key="T" aria-label=(words.with("give-to", [("name", p.name.as_str().into())])) { (words.say("give")) }
                    a.btn.quiet.sm href={ (card) "#hoan" } data-key="H" aria-label=(words.with("defer-of", [("name", p.name.as_str().into())])) { (words.say("defer")) }
                }
            } }
        }
    }
}

async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let wanted = asked.clone();
    let mut list =
        ctx.run(move |app, actor| app.worklist(actor, wanted.area(), wanted.days())).await?;
    let all = std::mem::take(&mut list.children);
    let children: Vec<OwedChild> = all.into_iter().filter(|c| asked.keeps(c, &list)).collect();
    let defs = ctx.server.app.definitions();
    let paper = Paper { words: ctx.words, defs: &defs, unit: &ctx.signed.actor.unit_name };
    match excel_table(&document(&paper, &list, &children)) {
        Ok(bytes) => Ok(download(&format!("tiem-chung-{}.xlsx", list.today), XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}
