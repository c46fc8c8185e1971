//! The report of a month or another period, on the page and in Excel.

use super::{hand_out, item_name, link, pages, sheet, unit_of};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{
    Head, carried, col, empty, head, period_field, period_name, print_head, table,
};
use crate::words::Words;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::stock::{MonthRow, StockMonth};
use tram_kernel::number::{show_count, show_rounded};
use tram_kernel::{Period, day};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    period: String,
    unit: String,
}

async fn load(ctx: &Ctx, asked: &Asked) -> Answer<StockMonth> {
    let period = asked.period.parse().unwrap_or_else(|_| Period::month_of(ctx.today()));
    let unit = unit_of(&asked.unit);
    ctx.run(move |app, actor| app.stock_month(actor, unit, period)).await
}

/// The lot of a row as it is called in lists.
pub fn lot_words(words: &Words, row: &MonthRow) -> String {
    match (&row.lot, row.lot_name.as_str()) {
        (Some(lot), _) => lot.lot.clone(),
        (None, "") => words.say("month-no-lot").into_owned(),
        (None, name) => words.with("month-stranger", [("lot", name.into())]),
    }
}

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let report = load(&ctx, &asked).await?;
    let words = ctx.words;
    let title = words.say("month-title");
    let name = period_name(words, report.period);
    let unit = report.unit.id;
    let file = link(&ctx, &format!("/stock/month.xlsx?period={}", report.period), unit);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (report.unit.name) ", " (name) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            a.btn href=(file) { (words.say("export-excel")) }
        },
    };
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &words.say("month-print-title"), &name))
        (pages(&ctx, "/stock/month", unit))
        form.filters action="/stock/month" {
            (carried("unit", &unit.to_string()))
            (period_field(words, "period", report.period, ctx.today()))
            button.btn type="submit" { (words.say("filter")) }
        }
        @if report.rows.is_empty() {
            (empty(&words.say("month-empty"), &words.say("month-empty-what"), html! {}))
        } @else {
            div.land { (rows(&ctx, &report)) }
            p.hint { (words.say("month-formula")) }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/stock", body).into_string()).into_response())
}

fn rows(ctx: &Ctx, report: &StockMonth) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let codes = [
        "month-opening",
        "month-received",
        "month-given",
        "month-wasted",
        "month-destroyed",
        "month-returned",
        "month-transferred",
        "month-counted",
        "month-closing",
        "month-wastage",
    ];
    let titles = codes.map(|code| words.say(code));
    let lot = words.say("month-lot");
    let mut cols = vec![col(&lot, "")];
    cols.extend(titles.iter().map(|title| col(title, "num")));
    let body = html! {
        @for (item, sum) in report.by_item() {
            tr.grp {
                th.first scope="rowgroup" { (item_name(&defs, item)) }
                (numbers(words, &sum))
            }
            @for row in report.rows.iter().filter(|row| row.item == item) {
                tr class=[row.lot.is_none().then_some("hit")] {
                    th.first.lv1 scope="row" {
                        @match &row.lot {
                            Some(lot) => a href={ "/stock/lots/" (lot.id) } { (lot.lot) },
                            None => (lot_words(words, row)),
                        }
                        @if let Some(last) = row.lot.as_ref().and_then(|lot| lot.expires) { span.sub { (words.with("lot-until", [("day", day::show(last).into())])) } }
                    }
                    (numbers(words, row))
                }
            }
        }
    };
    table(&words.say("month-title"), "pin tight", &cols, false, body)
}

fn numbers(words: &Words, row: &MonthRow) -> Markup {
    let all = [
        ("month-opening", row.opening),
        ("month-received", row.received),
        ("month-given", row.given),
        ("month-wasted", row.wasted),
        ("month-destroyed", row.destroyed),
        ("month-returned", row.returned),
        ("month-transferred", row.transferred),
        ("month-counted", row.counted),
        ("month-closing", row.closing),
    ];
    let share = row.wastage();
    html! {
        @for (code, n) in all {
            td.num data-l=(words.say(code)) { @if n == 0 { span.mute { "0" } } @else { (show_count(n)) } }
        }
        td.num data-l=(words.say("month-wastage")) {
            @if let Some(rate) = share.thousandths(100) {
                (show_rounded(rate, 1)) span.frac { (show_count(share.numerator)) "/" (show_count(share.denominator)) }
            } @else { "–" }
        }
    }
}

pub async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let report = load(&ctx, &asked).await?;
    let doc = sheet::month(&ctx, &report);
    let name = format!("kho-vac-xin-{}.xlsx", report.period);
    hand_out(ctx, &name, &doc)
}
