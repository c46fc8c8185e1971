//! A pregnancy becomes known; a child is born dead.

use super::groups::{list, read_day};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Sheet, choices, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Asking, PersonPage};
use tram_domain::fact::{DueDateBasis, PregnancyNoted, StillbirthRecorded};
use tram_domain::person::expected_delivery;
use tram_kernel::{Message, day};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("noted_on", day::show(ctx.today()));
    sheet.set("basis", "ultrasound");
    Ok(Html(noting(&ctx, &page, &sheet).into_string()).into_response())
}

/// The expected date as it was found, or counted from the last period when only that is known.
fn read(ctx: &Ctx, sheet: &mut Sheet) -> Option<PregnancyNoted> {
    let last_period = read_day(ctx, sheet, "last_period", None);
    let expected = read_day(ctx, sheet, "expected", None);
    let found = match sheet.get("basis") {
        "stated" => DueDateBasis::Stated,
        _ => DueDateBasis::Ultrasound,
    };
    if !sheet.is_right() {
        return None;
    }
    match (expected, last_period) {
        (Some(expected), _) => Some(PregnancyNoted { expected, basis: found, last_period }),
        (None, Some(first)) => {
            let expected = expected_delivery(first);
            sheet.echo("expected", format!("= {}", day::show(expected)));
            Some(PregnancyNoted { expected, basis: DueDateBasis::LastPeriod, last_period })
        }
        (None, None) => {
            sheet.refuse("last_period", Message::new("pregnancy-no-date"));
            None
        }
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
    let fields = html! {
        (sheet.field(ctx, "last_period", |f| { f.class = "c4"; f.autofocus = true; }))
        (sheet.field(ctx, "expected", |f| f.class = "c4"))
        (sheet.radios(ctx, "basis", "c4", found))
        (sheet.field(ctx, "noted_on", |f| { f.class = "c4"; f.required = true; }))
    };
    let form = SubForm {
        title: "pregnancy-title",
        to: "pregnancy",
        save: "pregnancy-save",
        lead: html! { (words.say("pregnancy-lead")) },
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
