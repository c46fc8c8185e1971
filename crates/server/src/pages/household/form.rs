//! Opening a household, and changing what is known of one.

use super::page::name;
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Choice, Head, Sheet, area_field, carried, head, list_choices, typed};
use crate::pages::person::{id_of, must_write};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::household::{HouseholdForm, HouseholdPage};
use tram_app::unit::AreaRow;
use tram_domain::fact::HouseholdChange;
use tram_kernel::{HouseholdId, Message, UserId};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Known {
    area: String,
    code: String,
}

fn done(id: HouseholdId, code: &str) -> axum::response::Response {
    Redirect::to(&format!("/households/{id}?done={code}")).into_response()
}

pub async fn show_new(ctx: Ctx, Query(known): Query<Known>) -> Answer {
    must_write(&ctx)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("area", known.area);
    sheet.set("code", known.code);
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(Html(opening(&ctx, &sheet, &areas).into_string()).into_response())
}

pub async fn add(form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let mut sheet = Sheet::posted(&form);
    let area = sheet.required("area", "area-missing", |text| {
        text.parse().map_err(|_| Message::new("area-missing"))
    });
    let code = sheet.optional("code", typed::book_number);
    let address = sheet.optional("address", typed::words);
    let poverty = sheet.listed(ctx, "poverty", "poverty");
    if let (Some(area), true) = (area, sheet.is_right()) {
        let wanted = HouseholdForm { area, code, address, poverty };
        let command = form.command();
        let opened = sheet
            .run(ctx, "", move |app, actor| app.add_household(actor, &wanted, command))
            .await?;
        if let Some(id) = opened {
            return Ok(done(id, "household-added"));
        }
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(sheet.answer(opening(ctx, &sheet, &areas)))
}

fn fields(ctx: &Ctx, sheet: &Sheet) -> Markup {
    let poverty = list_choices(ctx, "poverty", Some(&ctx.words.say("value-unset")));
    html! {
        (sheet.field(ctx, "code", |f| { f.class = "c4"; f.optional = true; }))
        (sheet.field(ctx, "poverty", |f| { f.class = "c4"; f.choices = Some(poverty); }))
        (sheet.field(ctx, "address", |f| { f.class = "c8"; f.optional = true; }))
    }
}

fn opening(ctx: &Ctx, sheet: &Sheet, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let [people, households, title] =
        ["menu-people", "households-title", "household-new"].map(|code| words.say(code));
    let h = Head {
        crumbs: &[(&people, "/people"), (&households, "/households")],
        title: &title,
        sub: html! { (words.say("household-new-sub")) },
        acts: html! {},
    };
    let all = (areas.len() != 1).then(|| words.say("value-unset").into_owned());
    let villages = area_field("area", "", "", areas, all.as_deref()).choices;
    let body = html! {
        (head(words, &h))
        form.form method="post" action="/households/new" data-main data-draft="household:new" novalidate {
            (sheet.top(ctx, |_| html! {}))
            section.sec aria-label=(title) { div.cols {
                (sheet.field(ctx, "area", |f| { f.class = "c4"; f.required = true; f.choices = villages; }))
                (fields(ctx, sheet))
            } }
            (sheet.end(ctx, "household-new-save", "/households"))
        }
    };
    layout::page(ctx, &title, "/people", body)
}

async fn load(ctx: &Ctx, id: &str) -> Answer<HouseholdPage> {
    let id: HouseholdId = id_of(ctx, id)?;
    ctx.run(move |app, actor| app.household_page(actor, id)).await
}

const FIELDS: [&str; 4] = ["code", "address", "poverty", "doctor"];

pub async fn show_edit(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    let h = &page.household;
    let doctor = h.doctor.shown().map(|user| user.to_string());
    let [code, address, poverty] = [&h.code, &h.address, &h.poverty].map(|f| f.shown().clone());
    for (name, value) in FIELDS.into_iter().zip([code, address, poverty, doctor]) {
        let value = value.unwrap_or_default();
        sheet.set(&format!("was_{name}"), value.clone());
        sheet.set(name, value);
    }
    let doctors = ctx.run(|app, actor| app.family_doctors(actor)).await?;
    Ok(Html(amending(&ctx, &page, &sheet, &doctors).into_string()).into_response())
}

pub async fn amend(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let mut changes = Vec::new();
    for name in FIELDS {
        // What was left alone is not sent on: somebody else may have changed it meanwhile.
        if sheet.get(name) == sheet.get(&format!("was_{name}")) {
            continue;
        }
        changes.push(match name {
            "code" => HouseholdChange::Code(sheet.optional("code", typed::book_number)),
            "address" => HouseholdChange::Address(sheet.optional("address", typed::words)),
            "doctor" => HouseholdChange::Doctor(sheet.optional("doctor", |text| {
                text.parse().map_err(|_| Message::new("household-doctor-unknown"))
            })),
            _ => HouseholdChange::Poverty(sheet.listed(ctx, "poverty", "poverty")),
        });
    }
    let reason = sheet.optional("reason", typed::words);
    if changes.is_empty() && sheet.is_right() {
        sheet.refuse("", Message::new("person-no-change"));
    }
    if sheet.is_right() {
        let id = page.household.id;
        let amended = sheet
            .run(ctx, "", move |app, actor| {
                app.amend_household(actor, id, &changes, reason.as_deref())
            })
            .await?;
        if amended.is_some() {
            return Ok(done(id, "household-amended"));
        }
    }
    let doctors = ctx.run(|app, actor| app.family_doctors(actor)).await?;
    Ok(sheet.answer(amending(ctx, &page, &sheet, &doctors)))
}

/// Who works here, and nobody.
pub fn doctor_choices(ctx: &Ctx, doctors: &[(UserId, String)]) -> Vec<Choice> {
    let none = Choice { value: String::new(), text: ctx.words.say("value-unset").into_owned() };
    let one =
        |(user, name): &(UserId, String)| Choice { value: user.to_string(), text: name.clone() };
    std::iter::once(none).chain(doctors.iter().map(one)).collect()
}

fn amending(
    ctx: &Ctx,
    page: &HouseholdPage,
    sheet: &Sheet,
    doctors: &[(UserId, String)],
) -> Markup {
    let words = ctx.words;
    let id = page.household.id;
    let (named, to) = (name(ctx, page), format!("/households/{id}"));
    let [people, households, title] =
        ["menu-people", "households-title", "household-edit"].map(|code| words.say(code));
    let h = Head {
        crumbs: &[(&people, "/people"), (&households, "/households"), (&named, &to)],
        title: &title,
        sub: html! {},
        acts: html! {},
    };
    let needed = ctx.today() > page.household.registered_at.day();
    let body = html! {
        (head(words, &h))
        form.form method="post" action={ (to) "/edit" } data-main data-draft={ "household:" (id) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            @for name in FIELDS { (carried(&format!("was_{name}"), sheet.get(&format!("was_{name}")))) }
            section.sec aria-label=(title) { div.cols {
                (fields(ctx, sheet))
                (sheet.field(ctx, "doctor", |f| { f.class = "c8"; f.choices = Some(doctor_choices(ctx, doctors)); }))
                (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = needed; f.optional = !needed; }))
            } }
            (sheet.end(ctx, "household-edit-save", &to))
        }
    };
    layout::page(ctx, &format!("{title}: {named}"), "/people", body)
}
