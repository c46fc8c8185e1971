//! The birth of a child: registered from the record of its mother, lives where she lives.

use super::choose::{Chosen, household_label, open_household, resolve_household};
use super::groups::{
    area, group, household, list, papers, read_area, read_identity, read_papers, read_residence,
    residence_kind,
};
use super::register::other_record;
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::{Head, Sheet, choices, facts, head, section, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::{PersonPage, Registration};
use tram_app::unit::AreaRow;
use tram_domain::fact::ResidenceKind;
use tram_domain::person::NewBirth;
use tram_kernel::{HouseholdId, Message};

/// The household of the mother today.
fn mothers_household(ctx: &Ctx, mother: &PersonPage) -> Option<HouseholdId> {
    mother.view.person.membership_on(ctx.today()).map(|member| member.household)
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let mother = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    let p = &mother.view.person;
    sheet.set("ethnicity", p.ethnicity.shown().clone().unwrap_or_default());
    sheet.set("area", mother.area.map(|area| area.to_string()).unwrap_or_default());
    let kind = p.last_residence().map_or(ResidenceKind::Permanent, |lives| lives.kind);
    sheet.set("residence", kind.code());
    let row = mothers_household(&ctx, &mother).and_then(|id| mother.households.get(&id));
    if let Some(row) = row {
        sheet.set("household", row.id.to_string());
        sheet.set("household_text", household_label(ctx.words, row));
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(Html(draw(&ctx, &mother, &sheet, &areas).into_string()).into_response())
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let mother = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    if let Some((child, birth)) = read(ctx, &mother, &mut sheet, form.accepted()).await? {
        let command = form.command();
        let opened = sheet
            .run(ctx, "", move |app, actor| app.register_birth(actor, &child, &birth, command))
            .await?;
        if let Some(opened) = opened {
            return Ok(done(opened.value, "born"));
        }
    }
    let areas = ctx.run(|app, actor| app.areas(actor)).await?;
    Ok(sheet.answer(draw(ctx, &mother, &sheet, &areas)))
}

async fn read(
    ctx: &Ctx,
    mother: &PersonPage,
    sheet: &mut Sheet,
    accepted: Vec<String>,
) -> Answer<Option<(Registration, NewBirth)>> {
    let who = read_identity(ctx, sheet);
    let birth = NewBirth {
        order: sheet.optional("order", |text| typed::count(text, 1, 20)),
        place: sheet.listed(ctx, "birth_place", "birth_place"),
        weight_grams: sheet.optional("weight", typed::grams),
    };
    let identifiers = read_papers(ctx, sheet);
    let (area, residence) = (read_area(sheet), read_residence(sheet));
    let chosen = resolve_household(ctx, sheet, area).await?;
    let relation = sheet.listed(ctx, "relation", "relation");
    // In the household of its mother the relation of a newborn follows from hers.
    let hers = mothers_household(ctx, mother);
    let follows =
        relation.is_none() && matches!(&chosen, Chosen::Known(row) if Some(row.id) == hers);
    if !follows && relation.is_none() && chosen != Chosen::None {
        sheet.refuse("relation", Message::new("relation-missing"));
    }
    let (Some(name), Some(sex), Some(born), Some(area), Some(residence), true) =
        (who.name, who.sex, who.born, area, residence, sheet.is_right())
    else {
        return Ok(None);
    };
    let household =
        if follows { None } else { open_household(ctx, sheet, chosen).await?.zip(relation) };
    if !sheet.is_right() {
        return Ok(None);
    }
    let child = Registration {
        name,
        sex,
        born,
        born_minute: who.minute,
        ethnicity: who.ethnicity,
        occupation: who.occupation,
        phone: who.phone,
        mother: Some(mother.view.person.id),
        mother_name: None,
        identifiers,
        area,
        residence,
        since: None,
        move_reason: "birth".into(),
        from_place: None,
        household,
        accepted,
    };
    Ok(Some((child, birth)))
}

fn draw(ctx: &Ctx, mother: &PersonPage, sheet: &Sheet, areas: &[AreaRow]) -> Markup {
    let words = ctx.words;
    let p = &mother.view.person;
    let (name, to) = (p.name.shown(), format!("/people/{}", p.id));
    let (people, title) = (words.say("menu-people"), words.say("birth-title"));
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! { (words.with("birth-sub", [("name", name.as_str().into())])) },
        acts: html! {},
    };
    let home = html! {
        (area(ctx, sheet, areas))
        (residence_kind(ctx, sheet, "c8"))
        (household(ctx, sheet, false))
    };
    let body = html! {
        (head(words, &h))
        div.split {
            form.form method="post" action={ (to) "/birth" } data-main data-draft={ "birth:" (p.id) } novalidate {
                (sheet.top(ctx, |warning| other_record(ctx, warning)))
                (group(ctx, "group-child", &child(ctx, sheet)))
                (group(ctx, "group-papers", &papers(ctx, sheet)))
                (group(ctx, "group-home", &home))
                (sheet.end(ctx, "birth-save", &to))
            }
            (beside(ctx, mother))
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

fn child(ctx: &Ctx, sheet: &Sheet) -> Markup {
    let sexes =
        choices(["f", "m"].map(|code| (code, ctx.words.say(&format!("sex-{code}")).into_owned())));
    html! {
        (sheet.field(ctx, "name", |f| { f.class = "c6"; f.required = true; f.autofocus = f.value.is_empty(); }))
        (sheet.radios(ctx, "sex", "c3", sexes))
        (sheet.field(ctx, "ethnicity", |f| { f.class = "c3"; f.choices = Some(list(ctx, "ethnicity")); f.combo = true; }))
        (sheet.field(ctx, "born", |f| { f.class = "c3"; f.required = true; }))
        (sheet.field(ctx, "born_time", |f| f.class = "c3"))
        (sheet.field(ctx, "order", |f| { f.class = "c3"; f.mode = "numeric"; }))
        (sheet.field(ctx, "weight", |f| { f.class = "c3"; f.mode = "decimal"; f.unit = "g"; }))
        (sheet.field(ctx, "birth_place", |f| { f.class = "c6"; f.choices = Some(list(ctx, "birth_place")); }))
        (sheet.field(ctx, "phone", |f| { f.class = "c6"; f.kind = "tel"; f.optional = true; }))
    }
}

/// The mother, while her child is registered.
fn beside(ctx: &Ctx, mother: &PersonPage) -> Markup {
    let words = ctx.words;
    let p = &mother.view.person;
    let open = p.open_pregnancy();
    let mut rows = vec![
        (
            html! { (words.say("f-name")) },
            html! { a href={ "/people/" (p.id) } { (p.name.shown()) } },
        ),
        (html! { (words.say("f-born")) }, html! { (p.born.shown().date.show()) }),
    ];
    if let Some(lives) = p.last_residence() {
        let area = mother.areas.get(&lives.area).map_or("", String::as_str);
        rows.push((html! { (words.say("residence-title")) }, html! { (area) }));
    }
    if let Some(open) = open {
        let on = tram_kernel::day::show(open.expected());
        rows.push((html! { (words.say("f-expected")) }, html! { (on) }));
    }
    html! {
        aside id="mother" aria-label=(words.say("mother-short")) {
            (section(&words.say("mother-short"), html! {}, facts(&rows)))
            p.hint.sec { (words.say("birth-what")) }
        }
    }
}
