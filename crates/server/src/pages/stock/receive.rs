//! A delivery: where it comes from, and a line for each lot.

use super::link;
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Head, Sheet, carried, col, errors, head, table, typed};
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::stock::{Sent, StockPage};
use tram_domain::fact::{ItemKind, LotRegistered, StockReceived};
use tram_domain::stock::Delivery;
use tram_kernel::{Message, day};

/// Lines offered at first; a button brings as many more.
const LINES: usize = 8;
/// More than any delivery of one day has.
const MOST: usize = 64;
const BOXES: [&str; 7] = ["item", "lot", "expires", "packs", "per_pack", "vvm", "maker"];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    unit: String,
}

/// What is wrong with a box of a line.
type Wrong = (String, Message);

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let page = super::load(&ctx, &asked.unit).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(ctx.today()));
    sheet.set("lines", LINES.to_string());
    Ok(Html(draw(&ctx, &page, &sheet, &[]).into_string()).into_response())
}

pub async fn save(form: Fields) -> Answer {
    let ctx = &form.ctx;
    let page = super::load(ctx, form.get("unit")).await?;
    let mut sheet = Sheet::posted(&form);
    if form.has("more") {
        let lines = (count(&sheet) + LINES).min(MOST);
        sheet.set("lines", lines.to_string());
        return Ok(Html(draw(ctx, &page, &sheet, &[]).into_string()).into_response());
    }
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, ctx.today()));
    let body = StockReceived {
        quantity: 0,
        from: sheet.optional("from", typed::words),
        document: sheet.optional("document", typed::words),
        vvm: None,
        temperature: sheet.optional("temperature", typed::tenths),
        note: None,
    };
    let mut wrong = Vec::new();
    let unit = page.unit.id;
    let lines: Vec<Delivery> = (0..count(&sheet))
        .filter_map(|at| line(ctx, &sheet, at, &page, &body, &mut wrong))
        .collect();
    if let (Some(on), true, true) = (on, sheet.is_right(), wrong.is_empty()) {
        let sent = Sent { accepted: form.accepted(), command: form.command() };
        let saved = sheet
            .run(ctx, "on", move |app, actor| app.receive_stock(actor, unit, &lines, on, &sent))
            .await?;
        if saved.is_some() {
            let to = link(ctx, "/stock?done=stock-received", unit);
            return Ok(Redirect::to(&to).into_response());
        }
    }
    let answer = draw(ctx, &page, &sheet, &wrong);
    if sheet.is_right() && !wrong.is_empty() {
        let refused = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        return Ok((refused, Html(answer.into_string())).into_response());
    }
    Ok(sheet.answer(answer))
}

fn count(sheet: &Sheet) -> usize {
    sheet.get("lines").parse().unwrap_or(LINES).min(MOST)
}

fn name(field: &str, at: usize) -> String {
    format!("{field}-{at}")
}

/// One line of the delivery; `None` when it was left empty or something is wrong with it.
fn line(
    ctx: &Ctx,
    sheet: &Sheet,
    at: usize,
    page: &StockPage,
    common: &StockReceived,
    wrong: &mut Vec<Wrong>,
) -> Option<Delivery> {
    let defs = ctx.server.app.definitions();
    let typed_in = |field: &str| sheet.get(&name(field, at)).to_owned();
    if ["item", "lot", "packs"].iter().all(|field| typed_in(field).is_empty()) {
        return None;
    }
    let before = wrong.len();
    let mut read = |field: &str, missing: bool| {
        let text = typed_in(field);
        if text.is_empty() && missing {
            wrong.push((name(field, at), Message::new("field-missing")));
        }
        text
    };
    let (item, lot, packs) = (read("item", true), read("lot", true), read("packs", true));
    let usual = defs.vial(&item).map(|vial| vial.doses);
    let per_pack = read("per_pack", usual.is_none());
    let expires = read("expires", true);
    let lot = typed::words(&lot).ok();
    let expires = typed::last_day(&expires, ctx.today());
    let packs = typed::quantity(&packs, 1);
    let per_pack = match (per_pack.as_str(), usual) {
        ("", Some(usual)) => Ok(u32::from(usual)),
        (text, _) => typed::quantity(text, 1),
    };
    if wrong.len() > before {
        return None;
    }
    let mut refuse =
        |field: &str, message: &Message| wrong.push((name(field, at), message.clone()));
    if let Err(message) = &expires {
        refuse("expires", message);
    }
    if let Err(message) = &packs {
        refuse("packs", message);
    }
    if let Err(message) = &per_pack {
        refuse("per_pack", message);
    }
    let (expires, packs, per_pack) = (expires.ok()?, packs.ok()?, per_pack.ok()?);
    let quantity = packs.saturating_mul(per_pack);
    let maker = typed::words(&typed_in("maker")).ok();
    let named = LotRegistered {
        unit: page.unit.id,
        kind: ItemKind::Vaccine,
        item,
        lot: lot?,
        expires: Some(expires),
        maker,
        per_pack: u16::try_from(per_pack).ok(),
    };
    let vvm = typed_in("vvm").parse().ok();
    Some(Delivery { named, body: StockReceived { quantity, vvm, ..common.clone() } })
}

fn draw(ctx: &Ctx, page: &StockPage, sheet: &Sheet, wrong: &[Wrong]) -> Markup {
    let words = ctx.words;
    let title = words.say("stock-receive");
    let (stock, to) = (words.say("stock-title"), link(ctx, "/stock", page.unit.id));
    let h = Head {
        crumbs: &[(&stock, &to)],
        title: &title,
        sub: html! { (page.unit.name) ". " (words.say("receive-lead")) },
        acts: html! {},
    };
    let said: Vec<(&str, String)> = wrong
        .iter()
        .map(|(id, message)| (id.as_str(), box_said(ctx, id, &words.message(message))))
        .collect();
    let body = html! {
        (head(words, &h))
        form method="post" action="/stock/receive" data-main data-draft="receive" novalidate {
            (sheet.top(ctx, |_| html! {}))
            (errors(words, &said))
            (carried("unit", &page.unit.id.to_string())) (carried("lines", &count(sheet).to_string()))
            section.sec.form aria-label=(words.say("receive-paper")) { div.cols {
                (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "from", |f| { f.class = "c4"; f.optional = true; }))
                (sheet.field(ctx, "document", |f| { f.class = "c3"; f.optional = true; }))
                (sheet.field(ctx, "temperature", |f| { f.class = "c2"; f.mode = "decimal"; f.unit = "°C"; f.optional = true; }))
            } }
            (lines(ctx, sheet, wrong))
            div.acts.sec { button.btn name="more" value="1" formnovalidate { (words.say("receive-more")) } }
            (sheet.end(ctx, "form-save", &to))
        }
    };
    layout::page(ctx, &title, "/stock", body)
}

/// `Dòng 2, Số lô: …`.
fn box_said(ctx: &Ctx, id: &str, said: &str) -> String {
    let words = ctx.words;
    let (field, at) = id.rsplit_once('-').unwrap_or((id, "0"));
    let row = words.with("grid-row", [("n", (at.parse::<usize>().unwrap_or(0) + 1).into())]);
    format!("{row}, {}: {said}", words.say(&format!("receive-{field}")))
}

fn lines(ctx: &Ctx, sheet: &Sheet, wrong: &[Wrong]) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let titles = BOXES.map(|field| words.say(&format!("receive-{field}")));
    let cols: Vec<_> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| col(title, if matches!(at, 3 | 4) { "num" } else { "" }))
        .collect();
    let cell = |field: &str, at: usize, class: &'static str| {
        let id = name(field, at);
        let label = format!("{} {}", words.say(&format!("receive-{field}")), at + 1);
        let invalid = wrong.iter().any(|(bad, _)| *bad == id).then_some("true");
        let mode = matches!(field, "packs" | "per_pack").then_some("numeric");
        let usual = defs.vial(sheet.get(&name("item", at))).map(|vial| vial.doses.to_string());
        let usual = usual.filter(|_| field == "per_pack");
        html! {
            input class=(class) id=(id) name=(id) value=(sheet.get(&id)) aria-label=(label) autocomplete="off"
                spellcheck="false" inputmode=[mode] aria-invalid=[invalid] placeholder=[usual] data-col=(field);
        }
    };
    let body = html! {
        @for at in 0..count(sheet) {
            tr {
                td.full data-l=(titles[0]) {
                    @let id = name("item", at);
                    select id=(id) name=(id) aria-label={ (titles[0]) " " (at + 1) }
                        aria-invalid=[wrong.iter().any(|(bad, _)| *bad == id).then_some("true")] {
                        option value="" {}
                        @for vaccine in &defs.vaccines { option value=(vaccine.code) selected[sheet.get(&id) == vaccine.code] { (vaccine.name) } }
                    }
                }
                td data-l=(titles[1]) { (cell("lot", at, "w8")) }
                td data-l=(titles[2]) { (cell("expires", at, "w8")) }
                td.num data-l=(titles[3]) { (cell("packs", at, "num-in w5")) }
                td.num data-l=(titles[4]) { (cell("per_pack", at, "num-in w5")) }
                td data-l=(titles[5]) {
                    @let id = name("vvm", at);
                    select.w5 id=(id) name=(id) aria-label={ (titles[5]) " " (at + 1) } {
                        option value="" { "–" }
                        @for stage in ["1", "2", "3", "4"] { option value=(stage) selected[sheet.get(&id) == stage] { (stage) } }
                    }
                }
                td.full data-l=(titles[6]) { (cell("maker", at, "w12")) }
            }
        }
    };
    html! {
        div.sec id="lines" data-down {
            div.h { h2 { (words.say("receive-lines")) } div.mute.sm { (words.say("receive-hint")) } }
            (table(&words.say("receive-lines"), "grid-in stack", &cols, false, body))
        }
    }
}
