//! The cold chain of a unit: readings of the fridges twice a day on every day, as a month sheet like the
//! paper one, and quick entry.

mod fridge;

use super::layout;
use super::parts::{
    Field, Head, Shape, Sheet, carried, col, done, empty, field, head, note, print_head, section,
    status, table, typed,
};
use super::stock::pages;
use crate::http::{Answer, Ctx, Fields, Server, Trouble};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::cold_chain::{ColdPage, FridgeRow, Reading};
use tram_defs::cold_chain::Storage;
use tram_defs::role::Action;
use tram_domain::fact::{ReadingSlot, TemperatureRead};
use tram_kernel::day::add_days;
use tram_kernel::{Date, Message, Period, UnitId, day};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/cold", get(show).post(read))
        .route("/cold/new", get(fridge::new).post(fridge::add))
        .route("/cold/{id}", get(fridge::show))
        .route("/cold/{id}/incident", get(fridge::incident).post(fridge::record_incident))
        .route("/cold/{id}/decision", post(fridge::decide))
        .route("/cold/{id}/retire", post(fridge::retire))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// `2026-01`.
    month: String,
    unit: String,
    /// The day that is entered; today when none is named.
    day: String,
    done: String,
}

/// `5,2`; a reading is always written with its tenth.
fn degrees(tenths: i16) -> String {
    tram_kernel::number::show_rounded(i64::from(tenths) * 100, 1)
}

/// The name of a box: slot and fridge.
fn box_name(slot: ReadingSlot, fridge: &FridgeRow) -> String {
    format!("{}-{}", slot.code(), fridge.id)
}

fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::ColdChainWrite) {
        return Ok(());
    }
    let denied = tram_domain::authority::Denied::Action(Action::ColdChainWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

async fn load(ctx: &Ctx, unit: &str, month: Period) -> Answer<ColdPage> {
    let unit: Option<UnitId> = unit.parse().ok();
    ctx.run(move |app, actor| app.cold_month(actor, unit, month)).await
}

/// The day that is entered and the month that is shown.
fn asked_days(ctx: &Ctx, asked: &Asked) -> (Date, Period) {
    let today = ctx.today();
    let on = asked.day.parse().ok().filter(|day| *day <= today).unwrap_or(today);
    (on, asked.month.parse().unwrap_or_else(|_| Period::month_of(on)))
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (on, month) = asked_days(&ctx, &asked);
    let page = load(&ctx, &asked.unit, month).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(on));
    fill(&page, on, &mut sheet);
    Ok(Html(draw(&ctx, &page, (on, month), &sheet, &asked.done).into_string()).into_response())
}

/// What stands already is shown in the boxes.
fn fill(page: &ColdPage, on: Date, sheet: &mut Sheet) {
    for fridge in &page.fridges {
        for slot in ReadingSlot::ASKED {
            if let Some(read) = page.reading(fridge.key, on, slot) {
                sheet.set(&box_name(slot, fridge), degrees(read.tenths));
            }
        }
    }
}

async fn read(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let mut sheet = Sheet::posted(&form);
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, ctx.today()));
    let month = Period::month_of(on.unwrap_or(ctx.today()));
    let page = load(ctx, form.get("unit"), month).await?;
    let (mut readings, mut bad) = (Vec::new(), false);
    let minute = (on == Some(ctx.today())).then(|| ctx.server.app.now().minute());
    for fridge in &page.fridges {
        for slot in ReadingSlot::ASKED {
            let name = box_name(slot, fridge);
            if sheet.get(&name).is_empty() {
                continue;
            }
            match (typed::tenths(sheet.get(&name)), on) {
                (Ok(tenths), Some(on)) => {
                    let what = TemperatureRead { slot, tenths, minute, note: None };
                    readings.push(Reading { fridge: fridge.id, on, what });
                }
                (Err(message), _) => {
                    bad = true;
                    let said = ctx.words.message(&message);
                    let label = slot_label(ctx, slot, fridge);
                    let whole = Message::new("cold-bad-reading").with("box", label);
                    sheet.refuse("on", whole.with("said", said));
                }
                (Ok(_), None) => {}
            }
        }
    }
    let rule_on = on.unwrap_or(ctx.today());
    if !bad && sheet.is_right() {
        let out = out_of_range(ctx, &readings, rule_on);
        let unit = page.unit.id;
        let command = form.command();
        let saved = sheet
            .run(ctx, "on", move |app, actor| app.read_temperatures(actor, &readings, command))
            .await?;
        if saved.is_some() {
            let code = if out { "cold-out" } else { "cold-read" };
            let to = format!("/cold?month={month}&unit={unit}&done={code}");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &page, (rule_on, month), &sheet, "")))
}

fn out_of_range(ctx: &Ctx, readings: &[Reading], on: Date) -> bool {
    let defs = ctx.server.app.definitions();
    let storage = defs.storage_on(on);
    readings.iter().any(|reading| storage.is_out_of_range(reading.what.tenths))
}

fn slot_label(ctx: &Ctx, slot: ReadingSlot, fridge: &FridgeRow) -> String {
    format!("{}, {}", fridge.name, ctx.words.say(&format!("slot-{}", slot.code())))
}

fn draw(
    ctx: &Ctx,
    page: &ColdPage,
    (on, month): (Date, Period),
    sheet: &Sheet,
    told: &str,
) -> Markup {
    let words = ctx.words;
    let title = words.say("cold-title");
    let defs = ctx.server.app.definitions();
    let storage = defs.storage_on(on);
    let range = words.with(
        "cold-range",
        [("low", degrees(storage.low).into()), ("high", degrees(storage.high).into())],
    );
    let unit = page.unit.id;
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (page.unit.name) ". " (range) },
        acts: html! {
            @if !page.fridges.is_empty() { button.btn type="button" data-print { (words.say("cold-print")) } }
            @if page.may_write { a.btn href={ "/cold/new?unit=" (unit) } { (words.say("cold-new")) } }
        },
    };
    let name = super::parts::period_name(words, month);
    let body = html! {
        (head(words, &h))
        (print_head(ctx, &words.say("cold-print-title"), &format!("{}, {name}. {range}", page.unit.name)))
        (pages(ctx, "/cold", unit))
        (done(ctx, told))
        @if page.fridges.is_empty() {
            (empty(&words.say("cold-empty"), &words.say("cold-empty-what"), html! {}))
        } @else {
            @if page.may_write { (entry(ctx, page, on, sheet)) }
            (months(ctx, page, month))
            @for fridge in page.fridges.iter().filter(|f| shown(f, page)) {
                (month_sheet(ctx, page, fridge, storage))
            }
            p.hint { (words.with("cold-rule", [("source", storage.provenance.source.as_str().into())])) }
        }
    };
    layout::page(ctx, &title, "/stock", body)
}

/// In use on some day of the month.
fn shown(fridge: &FridgeRow, page: &ColdPage) -> bool {
    fridge.since <= page.last && fridge.retired_on.is_none_or(|gone| page.first < gone)
}

/// The boxes of one day: all fridges, morning and afternoon.
fn entry(ctx: &Ctx, page: &ColdPage, on: Date, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let used: Vec<&FridgeRow> = page.fridges.iter().filter(|f| f.is_used_on(on)).collect();
    let title = words.with("cold-entry", [("day", day::show(on).into())]);
    let fridge_word = words.say("fridge");
    let slots = ReadingSlot::ASKED.map(|slot| words.say(&format!("slot-{}", slot.code())));
    let cols = [col(&fridge_word, ""), col(&slots[0], "num"), col(&slots[1], "num")];
    let body = html! {
        @for fridge in &used {
            tr {
                th.first.full scope="row" { (fridge.name) }
                @for (slot, title) in ReadingSlot::ASKED.into_iter().zip(&slots) {
                    @let name = box_name(slot, fridge);
                    td.num data-l=(title) { span.suffix {
                        input.num-in.w5 id=(name) name=(name) value=(sheet.get(&name)) inputmode="decimal" autocomplete="off"
                            aria-label=(slot_label(ctx, slot, fridge)) data-col=(slot.code());
                        span.unit { "°C" }
                    } }
                }
            }
        }
    };
    html! {
        form.sec.narrow.no-print method="post" action="/cold" data-main novalidate {
            (sheet.top(ctx, |_| html! {}))
            (carried("unit", &page.unit.id.to_string()))
            h2 { (title) }
            (sheet.field(ctx, "on", |f| { f.required = true; f.hint = ""; }))
            div data-down { (table(&title, "grid-in stack", &cols, false, body)) }
            div.acts { button.btn.main { (words.say("cold-save")) " " kbd.keyhint { "Ctrl+Enter" } } }
        }
    }
}

fn months(ctx: &Ctx, page: &ColdPage, month: Period) -> Markup {
    let words = ctx.words;
    let choices = (0..13).map(|back| Period::month_of(ctx.today()).step(-back));
    let choices = choices.map(|month| super::parts::Choice {
        value: month.to_string(),
        text: super::parts::period_name(words, month),
    });
    let field_of = Field {
        id: "month",
        label: &words.say("cold-month"),
        value: &month.to_string(),
        choices: Some(choices.collect()),
        ..Field::default()
    };
    html! {
        form.filters.sec action="/cold" {
            (carried("unit", &page.unit.id.to_string()))
            (field(words, &field_of))
            button.btn type="submit" { (words.say("filter")) }
        }
    }
}

/// One fridge and month, like the sheet on its door.
fn month_sheet(ctx: &Ctx, page: &ColdPage, fridge: &FridgeRow, storage: &Storage) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let minute = ctx.server.app.now().minute();
    let missing = page.missing(fridge, today, minute);
    let out = page
        .readings
        .iter()
        .filter(|r| r.fridge == fridge.key && storage.is_out_of_range(r.tenths))
        .count();
    let side = html! {
        @if missing > 0 { (status(Shape::Warn, &words.with("cold-missing", [("n", missing.into())]))) " " }
        @if out > 0 { (status(Shape::Bad, &words.with("cold-out-n", [("n", out.into())]))) " " }
        a href={ "/cold/" (fridge.id) } { (words.say("cold-open")) }
    };
    let [on, morning, afternoon, sign] =
        ["col-day", "slot-morning", "slot-afternoon", "cold-sign"].map(|code| words.say(code));
    let cols = [col(&on, ""), col(&morning, "num"), col(&afternoon, "num"), col(&sign, "grow")];
    let days = (0..day::days_between(page.first, page.last) + 1).map(|n| add_days(page.first, n));
    let body = html! {
        @for on in days.filter(|on| fridge.is_used_on(*on)) {
            tr class=[(on > today).then_some("off")] {
                th.first.nw scope="row" {
                    (day::show(on))
                    @if on.weekday().to_monday_one_offset() == 7 { span.mute { " " (words.say("weekday-sunday-short")) } }
                }
                @for slot in ReadingSlot::ASKED { (reading_cell(ctx, page, fridge, (on, slot), storage)) }
                td.full {
                    @for read in page.readings.iter().filter(|r| (r.fridge, r.day, r.slot) == (fridge.key, on, ReadingSlot::Extra)) {
                        (words.say("slot-extra")) " " (degrees(read.tenths)) " "
                    }
                }
            }
        }
    };
    section(&fridge.name, side, table(&fridge.name, "tight", &cols, false, body))
}

fn reading_cell(
    ctx: &Ctx,
    page: &ColdPage,
    fridge: &FridgeRow,
    (on, slot): (Date, ReadingSlot),
    storage: &Storage,
) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let due = on < today
        || (on == today
            && (slot == ReadingSlot::Morning || ctx.server.app.now().minute() >= 12 * 60));
    html! {
        td.num {
            @match page.reading(fridge.key, on, slot) {
                Some(read) if storage.is_out_of_range(read.tenths) => (status(Shape::Late, &degrees(read.tenths))),
                Some(read) => (degrees(read.tenths)),
                None if due && page.may_write => a.mute href={ "/cold?day=" (on) "&unit=" (page.unit.id) } { (words.say("cold-missing-one")) },
                None if due => span.mute { (words.say("cold-missing-one")) },
                None => "",
            }
        }
    }
}

/// A line for the first page, when something is missing or undecided.
pub(super) fn due_note(ctx: &Ctx, due: tram_app::cold_chain::ColdDue) -> Markup {
    let words = ctx.words;
    html! {
        @if due.missing > 0 {
            (note(Shape::Warn, &words.with("cold-due-missing", [("n", due.missing.into())]), html! {},
                Some(html! { a.btn.sm href="/cold" { (words.say("cold-due-read")) } })))
        }
        @if due.undecided > 0 {
            (note(Shape::Alert, &words.with("cold-due-undecided", [("n", due.undecided.into())]), html! {},
                Some(html! { a.btn.sm href="/cold" { (words.say("cold-due-open")) } })))
        }
    }
}
