//! Who was lost on the way: pairs of doses, overdue doses by village.

use super::{pages, people_table, series_words};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Shape, col, empty, head, note, print_head, section, status, table,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::immunisation::gaps::{Dropout, GapsPage};
use tram_kernel::day::{self, add_days, add_months};
use tram_kernel::number::{show_count, show_rounded};
use tram_kernel::{Date, Share};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// First doses given within this many months, up to today.
    months: String,
}

impl Asked {
    fn months(&self) -> i32 {
        self.months.parse().ok().filter(|n| [12, 24, 36].contains(n)).unwrap_or(12)
    }

    fn days(&self, today: Date) -> (Date, Date) {
        (add_days(add_months(today, -self.months()), 1), today)
    }
}

fn percent(share: Share) -> String {
    match share.thousandths(100) {
        Some(value) => format!("{} %", show_rounded(value, 1)),
        None => "–".to_owned(),
    }
}

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let days = asked.days(ctx.today());
    let page = ctx.run(move |app, actor| app.gaps(actor, days)).await?;
    let words = ctx.words;
    let title = words.say("gaps-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (ctx.signed.actor.unit_name) },
        acts: html! { button.btn type="button" data-print { (words.say("print-page")) } },
    };
    let since = words.with("gaps-since", [("from", days.0.into()), ("to", days.1.into())]);
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &title, &since))
        (pages(&ctx, "/sessions/gaps"))
        (dropouts(&ctx, &page, asked.months(), &since))
        (overdue(&ctx, &page))
    };
    Ok(Html(layout::page(&ctx, &title, "/session", body).into_string()).into_response())
}

fn dropouts(ctx: &Ctx, page: &GapsPage, months: i32, since: &str) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let Some(rule) = &defs.dropouts else { return html! {} };
    let titles =
        ["gaps-pair", "gaps-began", "gaps-lost", "gaps-share", "gaps-worst"].map(|c| words.say(c));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], "num"),
        col(&titles[2], "num"),
        col(&titles[3], ""),
        col(&titles[4], ""),
    ];
    let body = html! {
        @for drop in &page.dropouts {
            @let share = drop.share();
            tr {
                th.first scope="row" {
                    @if share.numerator > 0 { a href={ "/sessions/gaps/" (drop.pair.code) "?months=" (months) } { (drop.pair.name) } }
                    @else { (drop.pair.name) }
                }
                td.num data-l=(titles[1]) { (show_count(share.denominator)) }
                td.num data-l=(titles[2]) { (show_count(share.numerator)) }
                td.nw data-l=(titles[3]) {
                    @if share.denominator == 0 { "–" }
                    @else if share.numerator * 100 >= i64::from(rule.high) * share.denominator { (status(Shape::Warn, &percent(share))) }
                    @else { (status(Shape::Ok, &percent(share))) }
                }
                td.full data-l=(titles[4]) { (worst(page, drop)) }
            }
        }
    };
    let choices = [12, 24, 36].map(|n| (n, words.with("gaps-months", [("n", n.into())])));
    html! {
        form.filters action="/sessions/gaps" {
            label.field { span { (words.say("gaps-window")) }
                select name="months" { @for (n, text) in &choices { option value=(n) selected[*n == months] { (text) } } }
            }
            button.btn type="submit" { (words.say("filter")) }
        }
        (section(&words.say("gaps-dropouts"), html! { span.mute.sm { (since) } }, table(&words.say("gaps-dropouts"), "stack", &cols, false, body)))
        p.hint { (words.with("gaps-rule", [("high", i64::from(rule.high).into()), ("source", rule.provenance.source.as_str().into())])) }
    }
}

/// The villages that lost most, at most three.
fn worst(page: &GapsPage, drop: &Dropout) -> String {
    let mut lost: Vec<_> = drop.areas.iter().filter(|area| area.lost > 0).collect();
    lost.sort_by_key(|area| std::cmp::Reverse(area.lost));
    let name =
        |key: i64| page.areas.iter().find(|a| a.key == key).map_or("–", |a| a.name.as_str());
    let said = |area: &&tram_app::immunisation::gaps::Lost| {
        format!("{} {}/{}", name(area.area), area.lost, area.began)
    };
    lost.iter().take(3).map(said).collect::<Vec<_>>().join("; ")
}

/// A village a row, a dose a column, each number a link to the list.
fn overdue(ctx: &Ctx, page: &GapsPage) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let title = words.say("gaps-overdue");
    if page.overdue.is_empty() {
        return note(Shape::Ok, &words.say("gaps-none"), html! {}, None);
    }
    let codes =
        |dose: &tram_app::immunisation::gaps::OverdueDose| (dose.series.clone(), dose.number);
    let mut doses: Vec<(String, u8)> = page.overdue.iter().map(codes).collect();
    doses.sort();
    doses.dedup();
    let names: Vec<String> = doses
        .iter()
        .map(|(series, n)| format!("{}\u{a0}{n}", series_words(&defs, [series.as_str()])))
        .collect();
    let village = words.say("village");
    let mut cols = vec![col(&village, "")];
    cols.extend(names.iter().map(|name| col(name, "num")));
    let count = |area: Option<i64>, dose: &(String, u8)| -> i64 {
        let here = page.overdue.iter().filter(|one| area.is_none_or(|area| one.area == area));
        here.filter(|one| (&one.series, one.number) == (&dose.0, dose.1)).map(|one| one.n).sum()
    };
    let body = html! {
        @for area in page.areas.iter().filter(|a| page.overdue.iter().any(|one| one.area == a.key)) {
            tr {
                th.first scope="row" { (area.name) }
                @for (dose, name) in doses.iter().zip(&names) {
                    @let n = count(Some(area.key), dose);
                    td.num data-l=(name) { @if n == 0 { span.mute { "0" } } @else {
                        a href={ "/?only=overdue&area=" (area.key) "&series=" (dose.0) } aria-label={ (area.name) ", " (name) ": " (n) } { (n) }
                    } }
                }
            }
        }
        tr.grp {
            th.first scope="row" { (words.say("all")) }
            @for (dose, name) in doses.iter().zip(&names) { td.num data-l=(name) { (count(None, dose)) } }
        }
    };
    section(
        &title,
        html! {},
        html! { div.land { (table(&title, "pin tight", &cols, false, body)) } },
    )
}

pub async fn people(ctx: Ctx, Path(pair): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let days = asked.days(ctx.today());
    let (pair, people) = ctx.run(move |app, actor| app.lost_between(actor, &pair, days)).await?;
    let words = ctx.words;
    let (gaps, title) =
        (words.say("gaps-title"), words.with("gaps-of", [("pair", pair.name.as_str().into())]));
    let h = Head {
        crumbs: &[(&gaps, "/sessions/gaps")],
        title: &title,
        sub: html! { (words.with("gaps-since", [("from", days.0.into()), ("to", days.1.into())])) },
        acts: html! { button.btn type="button" data-print { (words.say("print-page")) } },
    };
    let page = html! {
        (head(words, &h))
        (print_head(&ctx, &title, &day::show(ctx.today())))
        @if people.is_empty() { (empty(&words.say("gaps-nobody"), &words.say("gaps-nobody-what"), html! {})) }
        @else { (people_table(&ctx, &title, &people)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/session", page).into_string()).into_response())
}
