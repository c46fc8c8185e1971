//! A death is recorded.

use super::groups::{list, read_day};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Sheet, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Asking, PersonPage};
use tram_domain::fact::DeathRecorded;

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(recording(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let on = read_day(ctx, &mut sheet, "died_on", Some("field-missing"));
    let body = DeathRecorded {
        minute: sheet.optional("died_at", typed::minute),
        place: sheet.listed(ctx, "death_place", "death_place"),
        cause: sheet.optional("cause", typed::words),
    };
    if let (Some(on), true) = (on, sheet.is_right()) {
        let id = page.view.person.id;
        let asking = Asking { command: form.command(), ..Asking::default() };
        let saved = sheet
            .run(ctx, "died_on", move |app, actor| app.record_death(actor, id, on, &body, &asking))
            .await?;
        if saved.is_some() {
            return Ok(done(id, "died"));
        }
    }
    Ok(sheet.answer(recording(ctx, &page, &sheet)))
}

fn recording(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "died_on", |f| { f.class = "c4"; f.required = true; f.autofocus = true; }))
        (sheet.field(ctx, "died_at", |f| { f.class = "c3"; f.optional = true; }))
        (sheet.field(ctx, "death_place", |f| { f.class = "c5"; f.choices = Some(list(ctx, "death_place")); }))
        (sheet.field(ctx, "cause", |f| { f.class = "c12"; f.rows = 2; f.optional = true; }))
    };
    let form = SubForm {
        title: "death-title",
        to: "death",
        save: "death-save",
        lead: html! { (ctx.words.say("death-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}
