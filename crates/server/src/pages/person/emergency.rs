//! Opening a record whole in an emergency: why, and then an hour. The same page on every record.

use super::subform::{SubForm, draw};
use super::{done, load};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::{Sheet, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_defs::role::Action;

fn must_open(ctx: &Ctx) -> Answer<()> {
    let may = ctx.signed.actor.may(Action::CompartmentBreak);
    if may { Ok(()) } else { Err(Trouble::denied(ctx.clone(), Action::CompartmentBreak)) }
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_open(&ctx)?;
    let page = load(&ctx, &id).await?;
    Ok(Html(asking(&ctx, &page, &Sheet::fresh(&ctx)).into_string()).into_response())
}

pub async fn open(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_open(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.required("reason", "field-missing", typed::words);
    if let (Some(reason), true) = (reason, sheet.is_right()) {
        let id = page.view.person.id;
        let opened = sheet
            .run(ctx, "reason", move |app, actor| app.open_in_emergency(actor, id, &reason))
            .await?;
        if opened.is_some() {
            return Ok(done(id, "emergency"));
        }
    }
    Ok(sheet.answer(asking(ctx, &page, &sheet)))
}

fn asking(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; f.autofocus = true; f.rows = 3; }))
    };
    let form = SubForm {
        title: "emergency-title",
        to: "emergency",
        save: "emergency-open",
        lead: html! { (ctx.words.say("emergency-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}
