//! Moves: into one of our villages, from one to another, or away.

use super::groups::{area, list, read_area, read_day, read_residence, residence_kind};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::{Choice, Sheet, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Asking, MoveForm, PersonPage};
use tram_app::unit::AreaRow;
use tram_domain::fact::{ResidenceEnded, ResidenceKind};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    let kind = page.view.person.last_residence().map_or(ResidenceKind::Permanent, |r| r.kind);
    sheet.set("residence", kind.code());
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(Html(moving(&ctx, &page, &sheet, &areas).into_string()).into_response())
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let (area, kind) = (read_area(&mut sheet), read_residence(&mut sheet));
    let from = read_day(ctx, &mut sheet, "moved_on", Some("field-missing"));
    let reason = read_reason(ctx, &mut sheet);
    let from_place = sheet.optional("from_place", typed::words);
    if let (Some(area), Some(kind), Some(from), Some(reason), true) =
        (area, kind, from, reason, sheet.is_right())
    {
        let id = page.view.person.id;
        let wanted = MoveForm { area, kind, from, reason, from_place };
        let asking = Asking { command: form.command(), ..Asking::default() };
        let moved = sheet
            .run(ctx, "moved_on", move |app, actor| app.move_person(actor, id, &wanted, &asking))
            .await?;
        if moved.is_some() {
            return Ok(done(id, "moved"));
        }
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(sheet.answer(moving(ctx, &page, &sheet, &areas)))
}

/// Reasons of a later move; opening a record and being born are none.
fn reasons(ctx: &Ctx) -> Vec<Choice> {
    let mut all = list(ctx, "move_reason");
    all.retain(|choice| !matches!(choice.value.as_str(), "birth" | "registered"));
    all
}

fn read_reason(ctx: &Ctx, sheet: &mut Sheet) -> Option<String> {
    let reason = sheet.listed(ctx, "move_reason", "move_reason");
    if reason.is_none() && sheet.wrong("move_reason").is_none() {
        sheet.refuse("move_reason", tram_kernel::Message::new("field-choose"));
    }
    reason
}

fn moving(ctx: &Ctx, page: &PersonPage, sheet: &Sheet, areas: &[AreaRow]) -> Markup {
    let fields = html! {
        (area(ctx, sheet, areas))
        (residence_kind(ctx, sheet, "c8"))
        (sheet.field(ctx, "moved_on", |f| { f.class = "c4"; f.required = true; }))
        (sheet.field(ctx, "move_reason", |f| { f.class = "c4"; f.choices = Some(reasons(ctx)); f.required = true; }))
        (sheet.field(ctx, "from_place", |f| { f.class = "c4"; f.optional = true; }))
    };
    let to_out = format!("/people/{}/move-out", page.view.person.id);
    let form = SubForm {
        title: "move-title",
        to: "move",
        save: "move-save",
        lead: html! { (ctx.words.say("move-lead")) " " a href=(to_out) { (ctx.words.say("entry-move-out")) } },
        fields,
    };
    draw(ctx, page, sheet, &form)
}

pub async fn show_out(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(leaving(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn save_out(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let on = read_day(ctx, &mut sheet, "left_on", Some("field-missing"));
    let reason = read_reason(ctx, &mut sheet);
    let to_place = sheet.optional("to_place", typed::words);
    if let (Some(on), Some(reason), true) = (on, reason, sheet.is_right()) {
        let id = page.view.person.id;
        let body = ResidenceEnded { reason, to_place };
        let asking = Asking { command: form.command(), ..Asking::default() };
        let left = sheet
            .run(ctx, "left_on", move |app, actor| {
                app.move_person_out(actor, id, on, &body, &asking)
            })
            .await?;
        if left.is_some() {
            return Ok(done(id, "moved-out"));
        }
    }
    Ok(sheet.answer(leaving(ctx, &page, &sheet)))
}

fn leaving(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let fields = html! {
        (sheet.field(ctx, "left_on", |f| { f.class = "c4"; f.required = true; f.autofocus = true; }))
        (sheet.field(ctx, "move_reason", |f| { f.class = "c4"; f.choices = Some(reasons(ctx)); f.required = true; }))
        (sheet.field(ctx, "to_place", |f| { f.class = "c4"; f.optional = true; }))
    };
    let form = SubForm {
        title: "move-out-title",
        to: "move-out",
        save: "move-out-save",
        lead: html! { (ctx.words.say("move-out-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}
