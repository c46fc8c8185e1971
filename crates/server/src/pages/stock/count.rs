//! The count sheet: every lot that should be there, with a box for what is.

use super::{item_name, link};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Sheet, carried, col, empty, errors, head, print_head, table, typed,
};
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::stock::{LotLine, Sent, StockPage};
use tram_kernel::number::show_count;
use tram_kernel::{LotId, Message, day};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    unit: String,
}

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = super::load(&ctx, &asked.unit).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(ctx.today()));
    Ok(Html(draw(&ctx, &page, &sheet, &[]).into_string()).into_response())
}

/// Lots worth counting: those the book says are there, and those that do not add up.
fn counted(page: &StockPage) -> impl Iterator<Item = &LotLine> {
    page.lots.iter().filter(|line| line.balance != 0)
}

pub async fn save(form: Fields) -> Answer {
    let ctx = &form.ctx;
    let page = super::load(ctx, form.get("unit")).await?;
    let mut sheet = Sheet::posted(&form);
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, ctx.today()));
    let mut lines: Vec<(LotId, u32, Option<String>)> = Vec::new();
    let mut wrong: Vec<(String, Message)> = Vec::new();
    for line in &page.lots {
        let id = format!("n-{}", line.row.id);
        if sheet.get(&id).is_empty() {
            continue;
        }
        let why = typed::words_or_none(sheet.get(&format!("why-{}", line.row.id)));
        match (typed::quantity(sheet.get(&id), 0), why) {
            (Ok(n), Ok(why)) => lines.push((line.row.id, n, why)),
            (Err(message), _) | (_, Err(message)) => wrong.push((id, message)),
        }
    }
    if let (Some(on), true, true) = (on, sheet.is_right(), wrong.is_empty()) {
        let (unit, sent) =
            (page.unit.id, Sent { accepted: form.accepted(), command: form.command() });
        let saved = sheet
            .run(ctx, "on", move |app, actor| app.count_stock(actor, unit, &lines, on, &sent))
            .await?;
        if saved.is_some() {
            let to = link(ctx, "/stock?done=stock-counted", unit);
            return Ok(Redirect::to(&to).into_response());
        }
    }
    let answer = draw(ctx, &page, &sheet, &wrong);
    if sheet.is_right() && !wrong.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(answer.into_string())).into_response());
    }
    Ok(sheet.answer(answer))
}

fn draw(ctx: &Ctx, page: &StockPage, sheet: &Sheet, wrong: &[(String, Message)]) -> Markup {
    let words = ctx.words;
    let title = words.say("stock-count");
    let (stock, to) = (words.say("stock-title"), link(ctx, "/stock", page.unit.id));
    let h = Head {
        crumbs: &[(&stock, &to)],
        title: &title,
        sub: html! { (page.unit.name) ". " (words.say("count-lead")) },
        acts: html! { button.btn type="button" data-print { (words.say("print-page")) } },
    };
    let lots = |id: &str| {
        let found = page.lots.iter().find(|line| id == format!("n-{}", line.row.id));
        found.map_or(String::new(), |line| line.row.lot.clone())
    };
    let said: Vec<(&str, String)> = wrong
        .iter()
        .map(|(id, message)| (id.as_str(), format!("{}: {}", lots(id), words.message(message))))
        .collect();
    let body = html! {
        (head(words, &h))
        (print_head(ctx, &words.say("count-print-title"), &day::show(ctx.today())))
        @if counted(page).next().is_none() {
            (empty(&words.say("count-none"), &words.say("stock-empty-what"), html! { a.btn href=(to) { (stock) } }))
        } @else {
            form method="post" action="/stock/count" data-main data-draft={ "count:" (page.unit.id) } novalidate {
                (sheet.top(ctx, |_| html! {}))
                (errors(words, &said))
                (carried("unit", &page.unit.id.to_string()))
                section.sec.form.no-print aria-label=(words.say("f-on")) { div.cols { (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; })) } }
                (lines(ctx, page, sheet, wrong))
                (sheet.end(ctx, "count-save", &to))
            }
        }
    };
    layout::page(ctx, &title, "/stock", body)
}

fn lines(ctx: &Ctx, page: &StockPage, sheet: &Sheet, wrong: &[(String, Message)]) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let [vaccine, lot, expires, book, found, why] =
        ["vaccine", "lot", "col-expires", "col-book", "col-counted", "col-why-differs"]
            .map(|code| words.say(code));
    let cols = [
        col(&vaccine, "grow"),
        col(&lot, ""),
        col(&expires, ""),
        col(&book, "num"),
        col(&found, "num"),
        col(&why, ""),
    ];
    let body = html! {
        @for line in counted(page) {
            @let row = &line.row;
            @let (n, why_id) = (format!("n-{}", row.id), format!("why-{}", row.id));
            @let name = format!("{} {}", item_name(&defs, &row.item), row.lot);
            tr {
                th.first scope="row" { (item_name(&defs, &row.item)) }
                td data-l=(lot) { (row.lot) }
                td.nw data-l=(expires) { (row.expires.map(day::show).unwrap_or_default()) }
                td.num data-l=(book) { (show_count(line.balance)) }
                td.num data-l=(found) {
                    input.num-in.w5 id=(n) name=(n) value=(sheet.get(&n)) inputmode="numeric" autocomplete="off" data-col="n"
                        aria-label=(words.with("count-of", [("name", name.as_str().into())]))
                        aria-invalid=[wrong.iter().any(|(bad, _)| *bad == n).then_some("true")];
                }
                td.full data-l=(why) {
                    input.w16 id=(why_id) name=(why_id) value=(sheet.get(&why_id)) autocomplete="off" data-col="why"
                        aria-label=(words.with("count-why-of", [("name", name.as_str().into())]));
                }
            }
        }
    };
    html! {
        div data-down { (table(&words.say("stock-count"), "grid-in stack", &cols, false, body)) }
    }
}
