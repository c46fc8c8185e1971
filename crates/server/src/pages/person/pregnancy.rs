//! A pregnancy becomes known, or how far it is; it ends early; a child is born dead.

use super::groups::{list, read_day};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Sheet, choices, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Asking, PersonPage};
use tram_domain::fact::{
    DueDateBasis, EmbryoTransfer, Para, PregnancyNoted, Scan, StillbirthRecorded,
};
use tram_domain::pregnancy::{Pregnancy, by_last_period, by_scan, by_transfer};
use tram_kernel::{Message, day};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("noted_on", day::show(ctx.today()));
    sheet.set("basis", "ultrasound");
    sheet.set("embryo_days", "5");
    Ok(Html(noting(&ctx, &page, &sheet).into_string()).into_response())
}

/// What was typed, with the expected date as far as it can be told before the record is looked at.
fn read(ctx: &Ctx, sheet: &mut Sheet) -> Option<PregnancyNoted> {
    let last_period = read_day(ctx, sheet, "last_period", None);
    let expected = read_day(ctx, sheet, "expected", None);
    let scan = read_scan(ctx, sheet);
    let embryo = sheet.optional("embryo_days", |text| typed::count(text, 2, 7)).unwrap_or(5);
    let transfer = read_day(ctx, sheet, "transfer_on", None)
        .map(|on| EmbryoTransfer { on, embryo_days: embryo });
    let fetuses = sheet.optional("fetuses", |text| typed::count(text, 1, 5));
    let gravida = sheet.optional("gravida", |text| typed::count(text, 1, 20));
    let para = sheet.optional("para", read_para);
    if !sheet.is_right() {
        return None;
    }
    let stated = match sheet.get("basis") {
        "stated" => DueDateBasis::Stated,
        _ => DueDateBasis::Ultrasound,
    };
    let found = match (expected, transfer, scan, last_period) {
        (Some(expected), ..) => (expected, stated),
        (_, Some(transfer), ..) => (by_transfer(&transfer), DueDateBasis::Transfer),
        (_, _, Some(scan), _) => (by_scan(&scan), DueDateBasis::Ultrasound),
        (.., Some(first)) => (by_last_period(first), DueDateBasis::LastPeriod),
        _ => {
            sheet.refuse("last_period", Message::new("pregnancy-no-date"));
            return None;
        }
    };
    let noted = PregnancyNoted::of(found.0, found.1);
    Some(PregnancyNoted { last_period, scan, transfer, fetuses, gravida, para, ..noted })
}

/// The day of an ultrasound and the age it found: both or neither.
fn read_scan(ctx: &Ctx, sheet: &mut Sheet) -> Option<Scan> {
    let on = read_day(ctx, sheet, "scan_on", None);
    let weeks = sheet.optional("scan_weeks", |text| typed::count(text, 1, 44));
    let days = sheet.optional("scan_days", |text| typed::count(text, 0, 6)).unwrap_or(0);
    match (on, weeks) {
        (Some(on), Some(weeks)) => Some(Scan { on, weeks, days }),
        (Some(_), None) => {
            sheet.refuse("scan_weeks", Message::new("field-missing"));
            None
        }
        (None, Some(_)) => {
            sheet.refuse("scan_on", Message::new("field-missing"));
            None
        }
        (None, None) => None,
    }
}

/// `1001`: born at term, born too early, lost, alive.
fn read_para(text: &str) -> Result<Para, Message> {
    let figure =
        |at: usize| text.as_bytes().get(at).filter(|b| b.is_ascii_digit()).map(|b| b - b'0');
    match (text.len(), figure(0), figure(1), figure(2), figure(3)) {
        (4, Some(term), Some(preterm), Some(lost), Some(living)) => {
            Ok(Para { term, preterm, lost, living })
        }
        _ => Err(Message::new("pregnancy-para")),
    }
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let noted = read(ctx, &mut sheet);
    let on = read_day(ctx, &mut sheet, "noted_on", Some("field-missing"));
    if let (Some(noted), Some(on)) = (noted, on) {
        let id = page.view.person.id;
        let asking = Asking { accepted: form.accepted(), reason: None, command: form.command() };
        let saved = sheet
            .run(ctx, "noted_on", move |app, actor| {
                app.note_pregnancy(actor, id, on, &noted, &asking)
            })
            .await?;
        if saved.is_some() {
            return Ok(done(id, "pregnancy"));
        }
    }
    Ok(sheet.answer(noting(ctx, &page, &sheet)))
}

fn noting(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let found = choices(
        ["ultrasound", "stated"]
            .map(|code| (code, words.say(&format!("basis-{code}")).into_owned())),
    );
    let number = |name: &'static str, class: &'static str| {
        sheet.field(ctx, name, |f| {
            f.class = class;
            f.mode = "numeric";
            f.optional = true;
        })
    };
    let day = |name: &'static str, first: bool| {
        sheet.field(ctx, name, |f| {
            f.class = "c4";
            f.mode = "numeric";
            f.autofocus = first;
        })
    };
    let embryo = choices(
        ["3", "5"].map(|days| (days, words.with("embryo-days", [("n", days.to_owned().into())]))),
    );
    let fields = html! {
        (day("last_period", true))
        (day("scan_on", false))
        (sheet.field(ctx, "scan_weeks", |f| { f.class = "c2"; f.mode = "numeric"; }))
        (sheet.field(ctx, "scan_days", |f| { f.class = "c2"; f.mode = "numeric"; }))
        (day("expected", false))
        (sheet.radios(ctx, "basis", "c8", found))
        (day("transfer_on", false))
        (sheet.radios(ctx, "embryo_days", "c8", embryo))
        (number("fetuses", "c2"))
        (number("gravida", "c3"))
        (number("para", "c3"))
        (sheet.field(ctx, "noted_on", |f| { f.class = "c4"; f.required = true; f.mode = "numeric"; }))
    };
    let open = page.view.person.open_pregnancy();
    let lead = html! {
        (words.say("pregnancy-lead"))
        @if let Some(open) = open { p { (words.with("pregnancy-open-lead", [("age", age_words(ctx, open).into()), ("on", open.expected().into())])) } }
    };
    let form =
        SubForm { title: "pregnancy-title", to: "pregnancy", save: "pregnancy-save", lead, fields };
    draw(ctx, page, sheet, &form)
}

/// As it is written in the books: `1001`.
pub(crate) fn show_para(para: Para) -> String {
    let Para { term, preterm, lost, living } = para;
    format!("{term}{preterm}{lost}{living}")
}

/// `24 tuần 3 ngày`, today.
pub(crate) fn age_words(ctx: &Ctx, pregnancy: &Pregnancy) -> String {
    let age = pregnancy.age_on(ctx.today());
    ctx.words.with("gestation", [("weeks", age.weeks().into()), ("days", age.days().into())])
}

pub async fn show_loss(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(loss(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn save_loss(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    if let Some(on) = read_day(ctx, &mut sheet, "lost_on", Some("field-missing")) {
        let id = page.view.person.id;
        let asking = Asking { accepted: form.accepted(), reason: None, command: form.command() };
        let saved = sheet
            .run(ctx, "lost_on", move |app, actor| app.end_pregnancy(actor, id, on, &asking))
            .await?;
        if saved.is_some() {
            return Ok(done(id, "loss"));
        }
    }
    Ok(sheet.answer(loss(ctx, &page, &sheet)))
}

fn loss(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "lost_on", |f| { f.class = "c4"; f.required = true; f.autofocus = true; f.mode = "numeric"; }))
    };
    let form = SubForm {
        title: "loss-title",
        to: "loss",
        save: "loss-save",
        lead: html! { (ctx.words.say("loss-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}

pub async fn show_still(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(still(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn save_still(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let on = read_day(ctx, &mut sheet, "still_on", Some("field-missing"));
    let body = StillbirthRecorded {
        sex: sheet.optional("sex", typed::sex),
        order: sheet.optional("order", |text| typed::count(text, 1, 20)),
        place: sheet.listed(ctx, "birth_place", "birth_place"),
        weeks: sheet.optional("weeks", |text| typed::count(text, 20, 45)),
    };
    if let (Some(on), true) = (on, sheet.is_right()) {
        let id = page.view.person.id;
        let asking = Asking { accepted: form.accepted(), reason: None, command: form.command() };
        let saved = sheet
            .run(ctx, "still_on", move |app, actor| {
                app.record_stillbirth(actor, id, on, &body, &asking)
            })
            .await?;
        if saved.is_some() {
            return Ok(done(id, "stillbirth"));
        }
    }
    Ok(sheet.answer(still(ctx, &page, &sheet)))
}

fn still(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let sexes =
        choices(["f", "m"].map(|code| (code, words.say(&format!("sex-{code}")).into_owned())));
    let fields = html! {
        (sheet.field(ctx, "still_on", |f| { f.class = "c4"; f.required = true; f.autofocus = true; }))
        (sheet.field(ctx, "weeks", |f| { f.class = "c4"; f.mode = "numeric"; f.optional = true; }))
        (sheet.radios(ctx, "sex", "c4", sexes))
        (sheet.field(ctx, "order", |f| { f.class = "c4"; f.mode = "numeric"; f.optional = true; }))
        (sheet.field(ctx, "birth_place", |f| { f.class = "c8"; f.choices = Some(list(ctx, "birth_place")); }))
    };
    let form = SubForm {
        title: "stillbirth-title",
        to: "stillbirth",
        save: "stillbirth-save",
        lead: html! { (words.say("stillbirth-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}
