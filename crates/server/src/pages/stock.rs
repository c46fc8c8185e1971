//! The stock book of a unit: what there is of each lot, in the order in which it is used.

mod act;
mod count;
mod lot;
mod month;
mod receive;
mod sheet;

use super::layout;
use super::parts::{
    Choice, Field, Head, Shape, col, done, empty, field, head, note, print_head, section, status,
    table, tabs,
};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::Words;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::export::{TableDoc, excel_table};
use tram_app::stock::{LotLine, StockPage, Stranger};
use tram_app::unit::UnitRow;
use tram_defs::Definitions;
use tram_domain::fact::ItemKind;
use tram_kernel::number::show_count;
use tram_kernel::{UnitId, day};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/stock", get(show))
        .route("/stock.xlsx", get(excel))
        .route("/stock/receive", get(receive::show).post(receive::save))
        .route("/stock/count", get(count::show).post(count::save))
        .route("/stock/month", get(month::show))
        .route("/stock/month.xlsx", get(month::excel))
        .route("/stock/lots/{id}", get(lot::show))
        .route("/stock/lots/{id}/card.xlsx", get(lot::excel))
        .route("/stock/lots/{id}/{what}", get(act::show).post(act::save))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    unit: String,
    /// Also lots of which nothing is left.
    all: String,
    done: String,
}

/// The unit named in an address; one's own when none is.
fn unit_of(text: &str) -> Option<UnitId> {
    text.parse().ok()
}

/// The address of a page of this book, for the unit that is looked at.
fn link(ctx: &Ctx, path: &str, unit: UnitId) -> String {
    let joint = if path.contains('?') { '&' } else { '?' };
    if unit == ctx.signed.actor.unit {
        path.to_owned()
    } else {
        format!("{path}{joint}unit={unit}")
    }
}

/// The name of an item; its code when the definitions do not know it any more.
fn item_name<'d>(defs: &'d Definitions, code: &'d str) -> &'d str {
    defs.vaccine(code).map_or(code, |vaccine| vaccine.name.as_str())
}

/// The pages of the book, and those that belong to it.
pub(super) fn pages(ctx: &Ctx, here: &str, unit: UnitId) -> Markup {
    let words = ctx.words;
    let all = [
        ("/stock", "stock-tab-lots"),
        ("/stock/month", "stock-tab-month"),
        ("/cold", "stock-tab-cold"),
        ("/aefi", "stock-tab-aefi"),
    ];
    let mine = all.into_iter().filter(|(to, _)| {
        *to != "/aefi" || ctx.signed.actor.may(tram_defs::role::Action::AefiRead)
    });
    let links: Vec<(String, String, bool)> = mine
        .map(|(to, code)| {
            let address = if to == "/aefi" { to.to_owned() } else { link(ctx, to, unit) };
            (address, words.say(code).into_owned(), to == here)
        })
        .collect();
    tabs(&words.say("stock-tabs"), &links)
}

/// The choice of a unit, when there are several.
pub(super) fn unit_choice(ctx: &Ctx, units: &[UnitRow], chosen: UnitId) -> Markup {
    if units.len() < 2 {
        return html! {};
    }
    let choices = units.iter().map(|u| Choice { value: u.id.to_string(), text: u.name.clone() });
    let unit = Field {
        id: "unit",
        label: &ctx.words.say("stock-unit"),
        value: &chosen.to_string(),
        choices: Some(choices.collect()),
        ..Field::default()
    };
    field(ctx.words, &unit)
}

async fn load(ctx: &Ctx, unit: &str) -> Answer<StockPage> {
    let unit = unit_of(unit);
    ctx.run(move |app, actor| app.stock(actor, unit, ItemKind::Vaccine)).await
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &asked.unit).await?;
    let words = ctx.words;
    let title = words.say("stock-title");
    let unit = page.unit.id;
    let sub = match page.opened {
        Some(since) => words
            .with("stock-sub", [("unit", page.unit.name.as_str().into()), ("day", since.into())]),
        None => page.unit.name.clone(),
    };
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (sub) },
        acts: html! {
            @if page.opened.is_some() {
                button.btn type="button" data-print { (words.say("print-page")) }
                a.btn href=(link(&ctx, "/stock.xlsx", unit)) { (words.say("export-excel")) }
            }
            @if page.may_write {
                @if page.opened.is_some() { a.btn href=(link(&ctx, "/stock/count", unit)) { (words.say("stock-count")) } }
                a.btn.main href=(link(&ctx, "/stock/receive", unit)) data-key="N" { (words.say("stock-receive")) " " kbd.keyhint { "N" } }
            }
        },
    };
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &title, &day::show(ctx.today())))
        (pages(&ctx, "/stock", unit))
        (done(&ctx, &asked.done))
        @if page.units.len() > 1 {
            form.filters action="/stock" {
                (unit_choice(&ctx, &page.units, unit))
                button.btn type="submit" { (words.say("filter")) }
            }
        }
        @if page.opened.is_none() {
            (empty(&words.say("stock-empty"), &words.say("stock-empty-what"), html! {}))
        } @else {
            (discrepancies(&ctx, &page))
            (lots(&ctx, &page, !asked.all.is_empty()))
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/stock", body).into_string()).into_response())
}

/// What does not add up: lots below nought, doses of lots that never came in, doses without a lot.
fn discrepancies(ctx: &Ctx, page: &StockPage) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let below = page.lots.iter().filter(|line| line.balance < 0);
    let said = |stranger: &Stranger| {
        let args = [
            ("item", item_name(&defs, &stranger.item).into()),
            ("lot", stranger.lot.as_str().into()),
            ("n", stranger.given.into()),
        ];
        words.with(
            if stranger.lot.is_empty() { "stock-no-lot-given" } else { "stock-stranger" },
            args,
        )
    };
    let lines: Vec<Markup> = below
        .map(|line| {
            let args = [
                ("item", item_name(&defs, &line.row.item).into()),
                ("lot", line.row.lot.as_str().into()),
                ("n", line.balance.into()),
            ];
            html! { a href={ "/stock/lots/" (line.row.id) } { (words.with("stock-below", args)) } }
        })
        .chain(page.strangers.iter().map(|stranger| html! { (said(stranger)) }))
        .collect();
    if lines.is_empty() {
        return html! {};
    }
    let title = words.with("stock-differs", [("n", lines.len().into())]);
    note(
        Shape::Warn,
        &title,
        html! {
            ul { @for line in &lines { li { (line) } } }
            p.hint { (words.say("stock-differs-what")) }
        },
        None,
    )
}

/// What must be known of a lot before it is used.
pub(super) fn state(words: &Words, line: &LotLine) -> Markup {
    html! {
        @if let Some(since) = line.row.blocked_since {
            (status(Shape::Never, &words.with("lot-blocked", [("day", since.into())])))
        } @else if line.expired {
            (status(Shape::Bad, &words.say("lot-expired")))
        } @else if line.spent {
            (status(Shape::Bad, &words.say("lot-spent")))
        } @else if line.balance < 0 {
            (status(Shape::Warn, &words.say("lot-below")))
        } @else if line.balance == 0 {
            (status(Shape::None, &words.say("lot-used-up")))
        } @else if line.soon {
            (status(Shape::Late, &words.say("lot-soon")))
        } @else {
            (status(Shape::On, &words.say("lot-good")))
        }
        @if line.row.open_vials > 0 {
            " " (status(Shape::Now, &words.with("lot-open", [("n", line.row.open_vials.into())])))
        }
        @if line.row.conflicts > 0 { " " (status(Shape::Differ, &words.say("to-compare"))) }
    }
}

fn lots(ctx: &Ctx, page: &StockPage, all: bool) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let is_shown = |line: &&LotLine| {
        all || line.balance != 0 || line.row.open_vials > 0 || line.row.blocked_since.is_some()
    };
    let shown: Vec<&LotLine> = page.lots.iter().filter(is_shown).collect();
    let hidden = page.lots.len() - shown.len();
    let [lot, expires, vvm, left, vials, what] =
        ["lot", "col-expires", "col-vvm", "col-doses-left", "col-vials", "col-state"]
            .map(|code| words.say(code));
    let cols = [
        col(&lot, ""),
        col(&expires, ""),
        col(&vvm, "mid"),
        col(&left, "num"),
        col(&vials, "num"),
        col(&what, "grow"),
    ];
    let mut body = html! {};
    let mut item = None;
    for line in &shown {
        if item != Some(&line.row.item) {
            item = Some(&line.row.item);
            let sum: i64 =
                shown.iter().filter(|l| l.row.item == line.row.item).map(|l| l.balance).sum();
            body = html! {
                (body)
                tr.grp { th colspan="6" scope="rowgroup" {
                    (item_name(&defs, &line.row.item))
                    span.unit { " · " (words.with("stock-sum", [("n", show_count(sum).into())])) }
                } }
            };
        }
        body = html! { (body) (lot_row(words, line)) };
    }
    let more = html! {
        @if hidden > 0 { a href={ "/stock?all=1&unit=" (page.unit.id) } { (words.with("stock-show-all", [("n", hidden.into())])) } }
    };
    section(
        &words.say("stock-lots"),
        more,
        html! {
            (table(&words.say("stock-lots"), "stack", &cols, true, body))
            p.hint { (words.say("stock-order")) }
        },
    )
}

fn lot_row(words: &Words, line: &LotLine) -> Markup {
    let row = &line.row;
    let vials = row.per_pack.filter(|n| *n > 1).map(|n| line.balance / i64::from(n));
    let late = line.expired || line.soon;
    html! {
        tr {
            th.first scope="row" { a href={ "/stock/lots/" (row.id) } data-open { (row.lot) } }
            td.nw data-l=(words.say("col-expires")) {
                @match row.expires {
                    Some(last) if late => (status(if line.expired { Shape::Bad } else { Shape::Late }, &day::show(last))),
                    Some(last) => (day::show(last)),
                    None => span.mute { (words.say("value-unknown")) },
                }
            }
            td.mid data-l=(words.say("col-vvm")) { @if let Some(stage) = row.vvm { (stage) } @else { "–" } }
            td.num data-l=(words.say("col-doses-left")) { b { (show_count(line.balance)) } }
            td.num data-l=(words.say("col-vials")) { @if let Some(n) = vials { "≈ " (show_count(n)) } }
            td.full { (state(words, line)) }
        }
    }
}

/// Hands out a table as an Excel file.
fn hand_out(ctx: Ctx, name: &str, doc: &TableDoc) -> Answer {
    match excel_table(doc) {
        Ok(bytes) => Ok(download(name, XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &asked.unit).await?;
    let doc = sheet::balances(&ctx, &page);
    let name = format!("kho-vac-xin-{}.xlsx", ctx.today());
    hand_out(ctx, &name, &doc)
}
