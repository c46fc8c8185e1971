//! Becoming a member of a household.

use super::choose::{open_household, resolve_household};
use super::groups::{household, read_day, read_relation};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::parts::Sheet;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{Asking, PersonPage};
use tram_domain::fact::HouseholdJoined;
use tram_kernel::{Message, day};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("joined_on", day::show(ctx.today()));
    Ok(Html(joining(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    // A number alone is looked up in the village where the person lives.
    let chosen = resolve_household(ctx, &mut sheet, page.area).await?;
    if sheet.get("household_text").is_empty() {
        sheet.refuse("household", Message::new("field-missing"));
    }
    let relation = read_relation(ctx, &mut sheet, &chosen);
    let on = read_day(ctx, &mut sheet, "joined_on", Some("field-missing"));
    if let (Some(relation), Some(on), true) = (relation, on, sheet.is_right())
        && let Some(household) = open_household(ctx, &mut sheet, chosen).await?
    {
        let id = page.view.person.id;
        let body = HouseholdJoined { household, relation };
        let asking = Asking { command: form.command(), ..Asking::default() };
        let joined = sheet
            .run(ctx, "joined_on", move |app, actor| {
                app.join_household(actor, id, &body, on, &asking)
            })
            .await?;
        if joined.is_some() {
            return Ok(done(id, "household"));
        }
    }
    Ok(sheet.answer(joining(ctx, &page, &sheet)))
}

fn joining(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let fields = html! {
        (household(ctx, sheet, true))
        (sheet.field(ctx, "joined_on", |f| { f.class = "c3"; f.required = true; }))
    };
    let form = SubForm {
        title: "join-title",
        to: "household",
        save: "join-save",
        lead: html! { (ctx.words.say("join-lead")) },
        fields,
    };
    draw(ctx, page, sheet, &form)
}
