//! Registration of somebody who lives here.

use super::choose::{household_label, open_household, resolve_household, resolve_mother};
use super::groups::{
    area, group, household, identity, papers, read_area, read_day, read_identity, read_papers,
    read_relation, read_residence, residence_kind,
};
use super::{done, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Head, Sheet, head, list_choices, typed};
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::person::Registration;
use tram_app::unit::AreaRow;
use tram_domain::fact::ResidenceKind;
use tram_kernel::{HouseholdId, Message};

/// What is already known when the form is opened from a household or a search.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Known {
    /// `search`: the name that was searched for and not found.
    from: String,
    area: String,
    household: String,
}

pub async fn show(ctx: Ctx, Query(known): Query<Known>) -> Answer {
    must_write(&ctx)?;
    let mut sheet = Sheet::fresh(&ctx);
    if known.from == "search" {
        let token = ctx.token;
        let (name, _) = ctx.run(move |app, _| app.last_search(&token)).await?;
        sheet.set("name", typed::name(&name).unwrap_or_default());
    }
    sheet.set("area", known.area);
    sheet.set("residence", ResidenceKind::Permanent.code());
    sheet.set("move_reason", "registered");
    if let Ok(id) = known.household.parse::<HouseholdId>() {
        let row = ctx.run(move |app, actor| app.household_row(actor, id)).await?;
        sheet.set("area", row.area.to_string());
        sheet.set("household", row.id.to_string());
        sheet.set("household_text", household_label(ctx.words, &row));
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(Html(draw(&ctx, &sheet, &areas).into_string()).into_response())
}

pub async fn save(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let mut sheet = Sheet::posted(&form);
    if let Some(wanted) = read(ctx, &mut sheet, form.accepted()).await? {
        let command = form.command();
        let opened = sheet
            .run(ctx, "", move |app, actor| app.register_person(actor, &wanted, command))
            .await?;
        if let Some(opened) = opened {
            return Ok(done(opened.value, "registered"));
        }
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(sheet.answer(draw(ctx, &sheet, &areas)))
}

/// Reads the whole form, so that everything wrong is said at once. `None` when something is.
async fn read(ctx: &Ctx, sheet: &mut Sheet, accepted: Vec<String>) -> Answer<Option<Registration>> {
    let who = read_identity(ctx, sheet);
    let identifiers = read_papers(ctx, sheet);
    let (area, residence) = (read_area(sheet), read_residence(sheet));
    let since = read_day(ctx, sheet, "since", None);
    let move_reason = sheet.listed(ctx, "move_reason", "move_reason");
    let from_place = sheet.optional("from_place", typed::words);
    let (mother, mother_name) = resolve_mother(ctx, sheet).await?;
    let chosen = resolve_household(ctx, sheet, area).await?;
    let relation = read_relation(ctx, sheet, &chosen);
    let (Some(name), Some(sex), Some(born), Some(area), Some(residence), true) =
        (who.name, who.sex, who.born, area, residence, sheet.is_right())
    else {
        return Ok(None);
    };
    let household = open_household(ctx, sheet, chosen).await?.zip(relation);
    if !sheet.is_right() {
        return Ok(None);
    }
    Ok(Some(Registration {
        name,
        sex,
        born,
        born_minute: who.minute,
        ethnicity: who.ethnicity,
        occupation: who.occupation,
        phone: who.phone,
        mother,
        mother_name,
        identifiers,
        area,
        residence,
        since,
        move_reason: move_reason.unwrap_or_else(|| "registered".into()),
        from_place,
        household,
        accepted,
    }))
}

/// A link to the record a warning speaks of, opened beside the form.
pub fn other_record(ctx: &Ctx, warning: &Message) -> Markup {
    let id = warning.args.iter().find(|(name, _)| *name == "id");
    html! {
        @if let Some((_, tram_kernel::message::Arg::Text(id))) = id {
            a href={ "/people/" (id) } target="_blank" rel="noopener" { (ctx.words.say("open-other")) }
        }
    }
}

fn draw(ctx: &Ctx, sheet: &Sheet, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let (title, people) = (words.say("register-title"), words.say("menu-people"));
    let h = Head {
        crumbs: &[(&people, "/people")],
        title: &title,
        sub: html! { (words.say("register-sub")) },
        acts: html! {},
    };
    let home = html! {
        (area(ctx, sheet, areas))
        (residence_kind(ctx, sheet, "c8"))
        (sheet.field(ctx, "since", |f| { f.class = "c4"; f.optional = true; }))
        (sheet.field(ctx, "move_reason", |f| { f.class = "c4"; f.choices = Some(list_choices(ctx, "move_reason", None)); }))
        (sheet.field(ctx, "from_place", |f| { f.class = "c4"; f.optional = true; }))
        (household(ctx, sheet, false))
    };
    let body = html! {
        (head(words, &h))
        form.form method="post" action="/people/new" data-main data-draft="person:new" novalidate {
            (sheet.top(ctx, |warning| other_record(ctx, warning)))
            (group(ctx, "group-person", &identity(ctx, sheet)))
            (group(ctx, "group-papers", &papers(ctx, sheet)))
            (group(ctx, "group-home", &home))
            (sheet.end(ctx, "register-save", "/people"))
        }
    };
    layout::page(ctx, &title, "/people", body)
}
