//! The stock card of one lot: what came and went, what is known of it, what can be written down.

use super::{hand_out, item_name, link, sheet};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Shape, col, done, facts, head, note, print_head, section, status, table,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::person::show_ref;
use tram_app::stock::LotPage;
use tram_domain::stock::{CardLine, Moved};
use tram_kernel::number::show_count;
use tram_kernel::{LotId, day, moment};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

pub async fn load(ctx: &Ctx, id: &str) -> Answer<LotPage> {
    let id: LotId = id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.lot_page(actor, id)).await
}

/// The words of a code of a list.
fn listed(ctx: &Ctx, list: &str, code: &str) -> String {
    let defs = ctx.server.app.definitions();
    defs.list(list).and_then(|list| list.name(code)).unwrap_or(code).to_owned()
}

/// The paper and the words of a line of the card.
pub fn said(ctx: &Ctx, line: &CardLine) -> (String, String) {
    let words = ctx.words;
    let Some(moved) = &line.moved else {
        return (String::new(), words.say("moved-given").into_owned());
    };
    let (document, more): (Option<&str>, Vec<String>) = match &moved.what {
        Moved::Received(body) => (
            body.document.as_deref(),
            [
                body.from.clone(),
                body.vvm.map(|stage| words.with("moved-vvm", [("n", i64::from(stage).into())])),
                body.temperature.map(|t| words.with("moved-degrees", [("t", degrees(t).into())])),
                body.note.clone(),
            ]
            .into_iter()
            .flatten()
            .collect(),
        ),
        Moved::Issued(body) => (
            body.document.as_deref(),
            [body.to.clone(), body.note.clone()].into_iter().flatten().collect(),
        ),
        Moved::Lost(body) => {
            let reason = listed(ctx, "stock_loss_reason", &body.reason);
            (body.document.as_deref(), std::iter::once(reason).chain(body.note.clone()).collect())
        }
        Moved::Counted(body) => {
            let args = [("n", i64::from(body.counted).into()), ("book", body.book.into())];
            let counted = words.with("moved-counted-what", args);
            (None, std::iter::once(counted).chain(body.reason.clone()).collect())
        }
    };
    let kind = words.say(&format!("moved-{}", moved.what.code())).into_owned();
    let parts: Vec<String> = std::iter::once(kind).chain(more).collect();
    (document.unwrap_or_default().to_owned(), parts.join("; "))
}

/// `5,2` for tenths of a degree.
pub fn degrees(tenths: i16) -> String {
    tram_kernel::number::show_thousandths(i64::from(tenths) * 100)
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &id).await?;
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let (lot, item) = (&page.lot, item_name(&defs, &page.lot.item).to_owned());
    let title = words.with("lot-title", [("lot", lot.lot.as_str().into())]);
    let (stock, to) = (words.say("stock-title"), link(&ctx, "/stock", lot.unit));
    let h = Head {
        crumbs: &[(&stock, &to)],
        title: &title,
        sub: html! { (item) ", " (page.unit.name) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            a.btn href={ "/stock/lots/" (lot.id) "/card.xlsx" } { (words.say("export-excel")) }
        },
    };
    let last = lot.last_day().map(day::show).unwrap_or_default();
    let paper = words.with("card-lot", [("lot", lot.lot.as_str().into()), ("day", last.into())]);
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &words.say("card-stock"), &format!("{item}. {paper}")))
        (done(&ctx, &asked.done))
        (warnings(&ctx, &page))
        div.split {
            (card(&ctx, &page))
            aside.no-print aria-label=(words.say("lot-about")) {
                (about(&ctx, &page))
                @if page.may_write { (acts(&ctx, &page)) }
                (vials(&ctx, &page))
            }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/stock", body).into_string()).into_response())
}

/// What must not be overlooked before the lot is used.
fn warnings(ctx: &Ctx, page: &LotPage) -> Markup {
    let (words, lot, today) = (ctx.words, &page.lot, ctx.today());
    let defs = ctx.server.app.definitions();
    let spent = lot.vvm.filter(|(_, stage)| *stage >= defs.storage_on(today).discard_vvm);
    html! {
        @for block in &lot.blocks {
            @let reason = listed(ctx, "lot_block_reason", &block.what.reason);
            (note(Shape::Alert, &words.with("lot-blocked", [("day", block.day.into())]), html! {
                p { (reason) @if let Some(more) = &block.what.note { "; " (more) } ". " (words.say("lot-blocked-what")) }
            }, None))
        }
        @if lot.is_expired_on(today) { (note(Shape::Bad, &words.say("lot-expired"), html! { p { (words.say("lot-expired-what")) } }, None)) }
        @if let Some((on, stage)) = spent {
            (note(Shape::Bad, &words.say("lot-spent"), html! { p { (words.with("lot-spent-what", [("n", i64::from(stage).into()), ("day", on.into())])) } }, None))
        }
        @if page.balance < 0 {
            (note(Shape::Warn, &words.with("lot-below-n", [("n", page.balance.into())]), html! { p { (words.say("stock-differs-what")) } }, None))
        }
        @if lot.expires.is_conflict() {
            @let days: Vec<String> = lot.expires.heads().iter().filter_map(|(_, day)| *day).map(day::show).collect();
            (note(Shape::Differ, &words.say("to-compare"), html! { p { (words.with("lot-other-days", [("days", days.join("; ").into())])) } }, None))
        }
    }
}

fn card(ctx: &Ctx, page: &LotPage) -> Markup {
    let words = ctx.words;
    let [on, paper, told, came, left, balance, acts] =
        ["col-day", "col-document", "col-told", "col-came", "col-left", "col-balance", "col-acts"]
            .map(|code| words.say(code));
    let cols = [
        col(&on, ""),
        col(&paper, ""),
        col(&told, "grow"),
        col(&came, "num"),
        col(&left, "num"),
        col(&balance, "num"),
        col(&acts, "last"),
    ];
    let body = html! {
        @for line in &page.card {
            @let (document, what) = said(ctx, line);
            tr class=[(line.balance < 0).then_some("hit")] {
                td.nw.half { (day::show(line.day)) }
                td data-l=(paper) { (document) }
                td.full { (what)
                    @if let Some(moved) = &line.moved {
                        @let by = moved.by.and_then(|by| page.users.get(&by)).map_or("", String::as_str);
                        span.sub { (by) @if moved.recorded_at.day() != line.day { " · " (moved.recorded_at.show()) } }
                    }
                }
                td.num data-l=(came) { @if line.came > 0 { (show_count(line.came)) } }
                td.num data-l=(left) { @if line.left > 0 { (show_count(line.left)) } }
                td.num data-l=(balance) { b { (show_count(line.balance)) } }
                td.last {
                    @if let Some(moved) = line.moved.as_ref().filter(|_| page.may_write) {
                        div.acts.end { a.btn.quiet.sm href={ "/stock/lots/" (page.lot.id) "/retract?at=" (show_ref(&moved.at)) }
                            aria-label=(words.with("retract-of", [("what", what.as_str().into())])) { (words.say("retract-short")) } }
                    }
                }
            }
        }
    };
    section(
        &words.say("card-stock"),
        html! {},
        html! {
            @if page.card.is_empty() { p.mute { (words.say("card-stock-empty")) } }
            @else { (table(&words.say("card-stock"), "stack", &cols, false, body)) }
        },
    )
}

fn about(ctx: &Ctx, page: &LotPage) -> Markup {
    let (words, lot) = (ctx.words, &page.lot);
    let unknown = || words.say("value-unknown").into_owned();
    let row = |code: &str, value: String| (html! { (words.say(code)) }, html! { (value) });
    let n = |n: &Option<u16>| n.map_or_else(unknown, |n| n.to_string());
    let vvm = lot.vvm.map_or_else(unknown, |(on, stage)| {
        words.with("lot-vvm-on", [("n", i64::from(stage).into()), ("day", on.into())])
    });
    let rows = [
        row("col-balance", words.with("stock-sum", [("n", show_count(page.balance).into())])),
        row("col-expires", lot.last_day().map_or_else(unknown, day::show)),
        row("col-maker", lot.maker.shown().clone().unwrap_or_else(unknown)),
        row("f-per_pack", n(lot.per_pack.shown())),
        row("col-vvm", vvm),
    ];
    section(&words.say("lot-about"), html! {}, facts(&rows))
}

/// What can be written down of this lot, one page each.
fn acts(ctx: &Ctx, page: &LotPage) -> Markup {
    let (words, lot) = (ctx.words, &page.lot);
    let usable = lot.blocks.is_empty() && !lot.is_expired_on(ctx.today());
    let mut all = vec!["issue", "lose", "vvm", "amend"];
    if usable {
        all.insert(0, "open");
    }
    all.push(if lot.blocks.is_empty() { "block" } else { "unblock" });
    section(
        &words.say("lot-acts"),
        html! {},
        html! {
            ul.todo { @for what in all { li { a href={ "/stock/lots/" (lot.id) "/" (what) } { (words.say(&format!("lot-act-{what}"))) } } } }
        },
    )
}

/// Opened vials that were not written off, each with the time by which it must be thrown away.
fn vials(ctx: &Ctx, page: &LotPage) -> Markup {
    let (words, lot, now) = (ctx.words, &page.lot, ctx.server.app.now());
    let defs = ctx.server.app.definitions();
    let open: Vec<_> = lot.vials.iter().filter(|vial| !vial.closed).collect();
    if open.is_empty() {
        return html! {};
    }
    let storage = defs.storage_on(ctx.today());
    section(
        &words.say("lot-open-vials"),
        html! {},
        html! {
            ul.todo { @for vial in open {
                @let until = vial.use_until(&defs, &lot.item);
                @let at = vial.minute.map(moment::show_time).unwrap_or_default();
                li { div {
                    p { (words.with("vial-opened", [("n", i64::from(vial.vials).into()), ("at", at.into()), ("day", vial.day.into())])) }
                    @if until <= now { (status(Shape::Bad, &words.with("vial-over", [("at", until.show().into())]))) }
                    @else { (status(Shape::Now, &words.with("vial-until", [("at", until.show().into())]))) }
                    @if page.may_write { div.acts { a.btn.sm href={ "/stock/lots/" (lot.id) "/lose?vial=" (show_ref(&vial.at)) } { (words.say("vial-write-off")) } } }
                } }
            } }
            p.hint { (words.with("vial-rule", [("source", storage.provenance.source.as_str().into())])) }
        },
    )
}

pub async fn excel(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let doc = sheet::card(&ctx, &page);
    hand_out(ctx, "the-kho.xlsx", &doc)
}
