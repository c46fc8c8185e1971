//! The review of insurance cards by village: who has none, whose has run out, whose is to be renewed.

use super::layout;
use super::parts::{
    Head, Shape, area_field, col, field, head, icon, note, print_head, status, table, table_column,
};
use super::person::list_name;
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::long_day;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::insurance::{AHEAD, Line, Review, Standing};
use tram_app::unit::AreaRow;
use tram_defs::role::Action;
use tram_kernel::{day, text};

/// Lines of the page as it opens; paper and Excel hold the whole list.
const SHOWN: usize = 120;

pub fn routes() -> Router<Server> {
    Router::new().route("/insurance", get(show)).route("/insurance.xlsx", get(excel))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    area: String,
    /// A [`Standing`].
    only: String,
    /// The whole list, however long.
    all: String,
}

impl Asked {
    fn standing(&self) -> Standing {
        Standing::from_code(&self.only).unwrap_or_default()
    }

    fn query(&self, standing: Standing) -> String {
        format!("only={}&area={}", standing.code(), self.area)
    }

    async fn review(&self, ctx: &Ctx, most: usize) -> Answer<Review> {
        let (area, standing) = (self.area.parse().ok(), self.standing());
        let mut review =
            ctx.run(move |app, actor| app.insurance_review(actor, area, standing, most)).await?;
        review.lines.sort_by_cached_key(|line| {
            (line.person.area_name.clone(), line.until, text::sort_key(&line.person.name))
        });
        Ok(review)
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let most = if asked.all.is_empty() { SHOWN } else { usize::MAX };
    let review = asked.review(&ctx, most).await?;
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    let body = page(&ctx, &asked, &review, &areas);
    Ok(Html(layout::page(&ctx, &ctx.words.say("review-title"), "/people", body).into_string())
        .into_response())
}

fn page(ctx: &Ctx, asked: &Asked, review: &Review, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let n = review.count(asked.standing());
    let left = n - review.lines.len();
    let whole = format!("/insurance?{}&all=1", asked.query(asked.standing()));
    let (people, title) = (words.say("menu-people"), words.say("review-title"));
    let h = Head {
        crumbs: &[(&people, "/people")],
        title: &title,
        sub: html! { (words.with("review-sub", [("n", AHEAD.into())])) },
        acts: html! {
            @if left > 0 { a.btn href=(whole) { (words.say("today-print-all")) } }
            @else { button.btn type="button" data-print { (words.say("print-a4")) } }
            a.btn href={ "/insurance.xlsx?" (asked.query(asked.standing())) } { (words.say("export-excel")) }
        },
    };
    let every = words.say("all").into_owned();
    let village = words.say("village");
    let area = area_field("area", &village, &asked.area, areas, Some(&every));
    html! {
        (head(words, &h))
        (print_head(ctx, &heading(ctx, asked), &words.with("people-count", [("n", n.into())])))
        (counts(ctx, asked, review))
        form.filters action="/insurance" {
            input type="hidden" name="only" value=(asked.standing().code());
            (field(words, &area))
            button.btn type="submit" { (words.say("filter")) }
        }
        @if review.lines.is_empty() {
            (note(Shape::Ok, &words.say("review-none"), html! { p { (words.say("review-none-what")) } }, None))
        } @else {
            (rows(ctx, asked, &review.lines))
            p.pager {
                span { (words.with("people-count", [("n", n.into())])) }
                @if left > 0 { a.btn href=(whole) { (words.with("today-more", [("n", left.into())])) } }
            }
        }
    }
}

fn heading(ctx: &Ctx, asked: &Asked) -> String {
    let standing = ctx.words.say(&format!("review-{}", asked.standing().code()));
    format!("{}: {standing}", ctx.words.say("review-title"))
}

fn counts(ctx: &Ctx, asked: &Asked, review: &Review) -> Markup {
    let words = ctx.words;
    let tiles = [
        (Standing::Ending, Shape::Soon, "soon"),
        (Standing::Expired, Shape::Late, "late"),
        (Standing::Missing, Shape::Bad, "bad"),
    ];
    html! {
        ul.counts aria-label=(words.say("today-counts")) {
            @for (standing, shape, class) in tiles {
                li { a href={ "/insurance?" (asked.query(standing)) } aria-current=[(asked.standing() == standing).then_some("true")] {
                    b { (review.count(standing)) } " "
                    span class={ "st " (class) } { (icon(shape)) span { (words.say(&format!("review-{}", standing.code()))) } }
                } }
            }
        }
    }
}

fn rows(ctx: &Ctx, asked: &Asked, lines: &[Line]) -> Markup {
    let (words, actor) = (ctx.words, &ctx.signed.actor);
    let titles = ["col-name", "col-sex-born", "f-poverty", "review-until", "col-acts"]
        .map(|code| words.say(code));
    let [name, born, poverty, until, acts] = titles.each_ref().map(|title| title.as_ref());
    let cols = [col(name, ""), col(born, ""), col(poverty, ""), col(until, ""), col(acts, "last")];
    let mut village = None;
    let body = html! {
        @for line in lines {
            @let p = &line.person;
            @if village.replace(&p.area_name) != Some(&p.area_name) {
                tr.grp { th colspan="5" scope="rowgroup" { (p.area_name.as_deref().unwrap_or_default()) } }
            }
            tr {
                th.first.name scope="row" { @if actor.may(Action::PersonRead) { a href={ "/people/" (p.id) } data-open { (p.name) } } @else { (p.name) } }
                td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (p.born.show()) }
                td { @if let Some(code) = &line.poverty { (list_name(ctx, "poverty", code)) } }
                td.nw { (state(ctx, asked.standing(), line)) }
                td.last { div.acts.end { @if actor.may(Action::PersonWrite) {
                    a.btn.quiet.sm href={ "/people/" (p.id) "/identifier" } data-key="T" aria-label={ (words.say("review-write")) ": " (p.name) } { (words.say("review-write")) }
                } } }
            }
        }
    };
    table(&words.say("review-title"), "stack", &cols, true, body)
}

fn state(ctx: &Ctx, standing: Standing, line: &Line) -> Markup {
    let shape = match standing {
        Standing::Ending => Shape::Soon,
        Standing::Expired => Shape::Late,
        Standing::Missing => Shape::Bad,
    };
    match line.until {
        Some(until) => status(shape, &day::show(until)),
        None => status(shape, &ctx.words.say("review-no-card")),
    }
}

async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let review = asked.review(&ctx, usize::MAX).await?;
    let name = format!("the-bhyt-{}-{}.xlsx", asked.standing().code(), review.today);
    match excel_table(&document(&ctx, &asked, &review)) {
        Ok(bytes) => Ok(download(&name, XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

/// One group a village, with room for the new card and a remark.
fn document(ctx: &Ctx, asked: &Asked, review: &Review) -> TableDoc {
    let words = ctx.words;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let mut groups: Vec<Group> = Vec::new();
    let mut village = None;
    for (n, line) in (1..).zip(&review.lines) {
        let p = &line.person;
        if groups.is_empty() || village != p.area_name {
            village.clone_from(&p.area_name);
            groups.push(Group { heading: village.clone(), ..Group::default() });
        }
        let text = |text: &str| Value::Text(text.to_owned());
        let poverty = line.poverty.as_ref().map(|code| list_name(ctx, "poverty", code));
        groups.last_mut().expect("pushed above").rows.push(vec![
            Value::Count(n),
            text(&p.name),
            text(&words.say(&format!("sex-{}", p.sex.code()))),
            text(&p.born.show()),
            text(&poverty.unwrap_or_default()),
            line.until.map_or(Value::Empty, Value::Day),
            Value::Empty,
            Value::Empty,
        ]);
    }
    TableDoc {
        sheet: words.say("review-sheet").into_owned(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: heading(ctx, asked),
        subtitle: vec![
            long_day(words, review.today),
            words.with("people-count", [("n", review.lines.len().into())]),
        ],
        columns: vec![
            column("col-no", 5, Kind::Count),
            column("col-name", 26, Kind::Text),
            column("col-sex", 6, Kind::Text),
            column("col-born", 11, Kind::Text),
            column("f-poverty", 16, Kind::Text),
            column("review-until", 12, Kind::Day),
            column("review-new", 20, Kind::Text),
            column("col-remark", 24, Kind::Text),
        ],
        groups,
        orientation: Orientation::Landscape,
        made_on: review.today,
    }
}
