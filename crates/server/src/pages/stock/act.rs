//! What is written down of one lot: handed on or sent back, lost, opened, blocked, corrected, taken back.

use super::lot::load;
use super::{item_name, link};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Choice, Head, Sheet, carried, head, list_choices, typed};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::person::{parse_ref, show_ref};
use tram_app::stock::{LotPage, Sent};
use tram_defs::role::Action;
use tram_domain::fact::{
    IssueKind, LossKind, LotBlocked, LotChange, StockIssued, StockLost, VialOpened,
};
use tram_domain::stock::Wish;
use tram_kernel::{Date, Message, day, moment};

/// The pages of this file, as they stand in addresses.
const ACTS: [&str; 8] = ["open", "issue", "lose", "vvm", "block", "unblock", "amend", "retract"];
/// Fields of a lot that may be corrected.
const AMENDED: [&str; 3] = ["expires", "maker", "per_pack"];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    at: String,
    vial: String,
}

fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::StockWrite) {
        return Ok(());
    }
    let denied = tram_domain::authority::Denied::Action(Action::StockWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

fn known(ctx: &Ctx, what: &str) -> Answer<&'static str> {
    let found = ACTS.into_iter().find(|act| *act == what);
    found.ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

pub async fn show(
    ctx: Ctx,
    Path((id, what)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    must_write(&ctx)?;
    let what = known(&ctx, &what)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    let lot = &page.lot;
    sheet.set("on", day::show(ctx.today()));
    sheet.set("at", asked.at);
    match what {
        "lose" => {
            sheet.set("vial", asked.vial.clone());
            if !asked.vial.is_empty() {
                sheet.set("loss_kind", LossKind::Wasted.code());
                sheet.set("loss_reason", "opened");
            }
        }
        "open" => {
            sheet.set("vials", "1");
            sheet.set("opened_at", moment::show_time(ctx.server.app.now().minute()));
        }
        "amend" => {
            sheet.set("expires", lot.last_day().map(day::show).unwrap_or_default());
            sheet.set("maker", lot.maker.shown().clone().unwrap_or_default());
            sheet.set("per_pack", lot.per_pack.shown().map(|n| n.to_string()).unwrap_or_default());
        }
        _ => {}
    }
    Ok(Html(draw(&ctx, &page, &sheet, what).into_string()).into_response())
}

pub async fn save(Path((id, what)): Path<(String, String)>, form: Fields) -> Answer {
    must_write(&form.ctx)?;
    let what = known(&form.ctx, &what)?;
    keep(&form, &id, what).await
}

async fn keep(form: &Fields, id: &str, what: &'static str) -> Answer {
    let ctx = &form.ctx;
    let page = load(ctx, id).await?;
    let mut sheet = Sheet::posted(form);
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, ctx.today()));
    let wish = read(ctx, &mut sheet, &page, what);
    if let (Some(on), Some(wish), true) = (on, wish, sheet.is_right()) {
        let (lot, sent) =
            (page.lot.id, Sent { accepted: form.accepted(), command: form.command() });
        let saved = sheet
            .run(ctx, about(what), move |app, actor| app.change_lot(actor, lot, &wish, on, &sent))
            .await?;
        if saved.is_some() {
            return Ok(back(&page, what));
        }
    }
    Ok(sheet.answer(draw(ctx, &page, &sheet, what)))
}

fn back(page: &LotPage, what: &str) -> Response {
    Redirect::to(&format!("/stock/lots/{}?done=lot-{what}", page.lot.id)).into_response()
}

/// The field that a refusal without one belongs to.
fn about(what: &str) -> &'static str {
    match what {
        "open" => "vials",
        "issue" | "lose" => "quantity",
        "vvm" => "vvm",
        "amend" => "expires",
        _ => "why",
    }
}

fn read(ctx: &Ctx, sheet: &mut Sheet, page: &LotPage, what: &str) -> Option<Wish> {
    let sentence = |sheet: &mut Sheet, name| sheet.optional(name, typed::words);
    Some(match what {
        "issue" => {
            let kind = IssueKind::from_code(sheet.get("issue_kind"));
            if kind.is_none() {
                sheet.refuse("issue_kind", Message::new("field-choose"));
            }
            let quantity = quantity(sheet)?;
            Wish::Issue(StockIssued {
                quantity,
                kind: kind?,
                to: sentence(sheet, "to"),
                document: sentence(sheet, "document"),
                note: sentence(sheet, "note"),
            })
        }
        "lose" => {
            let kind = LossKind::from_code(sheet.get("loss_kind"));
            if kind.is_none() {
                sheet.refuse("loss_kind", Message::new("field-choose"));
            }
            let reason = sheet.listed(ctx, "loss_reason", "stock_loss_reason");
            if reason.is_none() && sheet.wrong("loss_reason").is_none() {
                sheet.refuse("loss_reason", Message::new("field-choose"));
            }
            let vial = parse_ref(sheet.get("vial"));
            let quantity = quantity(sheet)?;
            let (document, note) = (sentence(sheet, "document"), sentence(sheet, "note"));
            Wish::Lose(StockLost { quantity, kind: kind?, reason: reason?, document, note, vial })
        }
        "open" => {
            let vials = sheet
                .required("vials", "field-missing", |text| typed::count(text, 1, 100))
                .map(u16::from);
            let minute = sheet.optional("opened_at", typed::minute);
            Wish::OpenVials(VialOpened { vials: vials?, minute })
        }
        "vvm" => {
            let read = |text: &str| typed::count(text, 1, 4);
            Wish::Vvm(sheet.required("vvm", "field-choose", read)?)
        }
        "block" => {
            let reason = sheet.listed(ctx, "block_reason", "lot_block_reason");
            if reason.is_none() && sheet.wrong("block_reason").is_none() {
                sheet.refuse("block_reason", Message::new("field-choose"));
            }
            Wish::Block(LotBlocked { reason: reason?, note: sentence(sheet, "note") })
        }
        "unblock" => Wish::Unblock(reason(sheet)?),
        "retract" => Wish::Retract(parse_ref(sheet.get("at"))?, reason(sheet)?),
        _ => amended(ctx, sheet, page)?,
    })
}

fn quantity(sheet: &mut Sheet) -> Option<u32> {
    sheet.required("quantity", "field-missing", |text| typed::quantity(text, 1))
}

fn reason(sheet: &mut Sheet) -> Option<String> {
    sheet.required("why", "person-reason-needed", |text| {
        typed::long_words(text, "person-reason-needed")
    })
}

/// The one field that differs from what the lot says.
fn amended(ctx: &Ctx, sheet: &mut Sheet, page: &LotPage) -> Option<Wish> {
    let reason = reason(sheet);
    let today: Date = ctx.today();
    let lot = &page.lot;
    let expires = sheet.optional("expires", |text| typed::last_day(text, today));
    let maker = sheet.optional("maker", typed::words);
    let per_pack = sheet
        .optional("per_pack", |text| typed::quantity(text, 1))
        .and_then(|n| u16::try_from(n).ok());
    let change = if expires != lot.last_day() || lot.expires.is_conflict() {
        LotChange::Expires(expires)
    } else if maker != *lot.maker.shown() {
        LotChange::Maker(maker)
    } else {
        LotChange::PerPack(per_pack)
    };
    Some(Wish::Amend(change, reason?))
}

fn draw(ctx: &Ctx, page: &LotPage, sheet: &Sheet, what: &'static str) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let lot = &page.lot;
    let title = words.say(&format!("lot-act-{what}"));
    let (stock, book) = (words.say("stock-title"), link(ctx, "/stock", lot.unit));
    let to = format!("/stock/lots/{}", lot.id);
    let h = Head {
        crumbs: &[(&stock, &book), (&lot.lot, &to)],
        title: &title,
        sub: html! {
            (item_name(&defs, &lot.item)) ", " (words.with("lot-title", [("lot", lot.lot.as_str().into())])) ". "
            (words.with("lot-book-says", [("n", page.balance.into())]))
        },
        acts: html! {},
    };
    let lead = format!("lot-act-{what}-lead");
    let body = html! {
        (head(words, &h))
        form.form method="post" action={ (to) "/" (what) } data-main data-draft={ "lot-" (what) ":" (page.lot.id) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            @if words.has(&lead) { p.hint { (words.say(&lead)) } }
            section.sec aria-label=(title) { div.cols { (fields(ctx, page, sheet, what)) } }
            (sheet.end(ctx, "form-save", &to))
        }
    };
    layout::page(ctx, &title, "/stock", body)
}

/// Codes as choices; `say` gives the name of the words of a code.
fn coded(ctx: &Ctx, codes: &[&str], say: impl Fn(&str) -> String) -> Vec<Choice> {
    let text = |code: &str| ctx.words.say(&say(code)).into_owned();
    codes.iter().map(|code| Choice { value: (*code).to_owned(), text: text(code) }).collect()
}

fn fields(ctx: &Ctx, page: &LotPage, sheet: &Sheet, what: &str) -> Markup {
    let unset = ctx.words.say("value-unset").into_owned();
    let list = |code| list_choices(ctx, code, Some(&unset));
    let how_many = || {
        sheet.field(ctx, "quantity", |f| {
            f.class = "c3";
            f.mode = "numeric";
            f.required = true;
        })
    };
    let day = html! { (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; })) };
    let paper = html! {
        (sheet.field(ctx, "document", |f| { f.class = "c4"; f.optional = true; }))
        (sheet.field(ctx, "note", |f| { f.class = "c8"; f.optional = true; }))
    };
    let why = html! { (sheet.field(ctx, "why", |f| { f.class = "c8"; f.required = true; })) };
    match what {
        "issue" => html! {
            (sheet.radios(ctx, "issue_kind", "c6", coded(ctx, &IssueKind::ALL.map(IssueKind::code), |code| format!("issue-{code}"))))
            (how_many()) (day)
            (sheet.field(ctx, "to", |f| { f.class = "c4"; f.optional = true; }))
            (paper)
        },
        "lose" => html! {
            (carried("vial", sheet.get("vial")))
            (sheet.radios(ctx, "loss_kind", "c12", coded(ctx, &LossKind::ALL.map(LossKind::code), |code| format!("loss-{code}"))))
            (sheet.field(ctx, "loss_reason", |f| { f.class = "c6"; f.choices = Some(list("stock_loss_reason")); f.required = true; }))
            (how_many()) (day) (paper)
        },
        "open" => html! {
            (sheet.field(ctx, "vials", |f| { f.class = "c3"; f.mode = "numeric"; f.required = true; f.autofocus = true; }))
            (sheet.field(ctx, "opened_at", |f| f.class = "c3")) (day)
        },
        "vvm" => html! {
            (sheet.radios(ctx, "vvm", "c12", coded(ctx, &["1", "2", "3", "4"], |code| format!("vvm-{code}")))) (day)
        },
        "block" => html! {
            (sheet.field(ctx, "block_reason", |f| { f.class = "c6"; f.choices = Some(list("lot_block_reason")); f.required = true; f.autofocus = true; }))
            (day)
            (sheet.field(ctx, "note", |f| { f.class = "c12"; f.optional = true; }))
        },
        "amend" => html! {
            @for field in AMENDED { (sheet.field(ctx, field, |f| f.class = "c4")) }
            (why) (carried("on", sheet.get("on")))
        },
        "retract" => html! {
            (carried("at", sheet.get("at"))) (carried("on", sheet.get("on")))
            @for line in &page.card {
                @if line.moved.as_ref().is_some_and(|m| show_ref(&m.at) == sheet.get("at")) {
                    p.c12 { (day::show(line.day)) ": " (super::lot::said(ctx, line).1) }
                }
            }
            (why)
        },
        _ => html! { (day) (why) },
    }
}
