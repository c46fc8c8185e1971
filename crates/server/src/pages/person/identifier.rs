//! Papers: a number is added or renewed, or comes to its end.

use super::groups::read_day;
use super::show::{number, paper};
use super::subform::{SubForm, draw};
use super::{done, load, must_write};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::parts::{Choice, Sheet, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::person::{Asking, PersonPage, parse_ref, show_ref};
use tram_domain::fact::IdentifierRecorded;
use tram_domain::person::HeldIdentifier;
use tram_kernel::Message;
use tram_kernel::day;
use tram_kernel::identifier::IdentifierKind;

/// Kinds a person can bring; an insurance card and its number are read by the same box.
const KINDS: [IdentifierKind; 5] = [
    IdentifierKind::Citizen,
    IdentifierKind::InsuranceCard,
    IdentifierKind::OldCard,
    IdentifierKind::BirthCertificate,
    IdentifierKind::Passport,
];

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("kind", IdentifierKind::InsuranceCard.code());
    Ok(Html(adding(&ctx, &page, &sheet).into_string()).into_response())
}

pub async fn add(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let kind = sheet.required("kind", "field-choose", |text| {
        IdentifierKind::from_code(text).ok_or(Message::new("field-choose"))
    });
    let identifier = kind.and_then(|kind| {
        sheet.required("number", "field-missing", |text| typed::identifier(kind, text))
    });
    let from = read_day(ctx, &mut sheet, "insurance_from", None);
    let to = read_day(ctx, &mut sheet, "insurance_to", None);
    if let (Some(identifier), true) = (identifier, sheet.is_right()) {
        let id = page.view.person.id;
        let held = IdentifierRecorded { identifier, from, to };
        let asking = Asking { accepted: form.accepted(), reason: None, command: form.command() };
        let added = sheet
            .run(ctx, "number", move |app, actor| app.add_identifier(actor, id, &held, &asking))
            .await?;
        if added.is_some() {
            return Ok(done(id, "identifier"));
        }
    }
    Ok(sheet.answer(adding(ctx, &page, &sheet)))
}

fn adding(ctx: &Ctx, page: &PersonPage, sheet: &Sheet) -> Markup {
    let kinds: Vec<Choice> = KINDS
        .into_iter()
        .map(|kind| Choice { value: kind.code().into(), text: paper(ctx.words, kind) })
        .collect();
    let fields = html! {
        (sheet.field(ctx, "kind", |f| { f.class = "c5"; f.choices = Some(kinds); }))
        (sheet.field(ctx, "number", |f| { f.class = "c6"; f.required = true; f.autofocus = true; }))
        (sheet.field(ctx, "insurance_from", |f| { f.class = "c4"; f.optional = true; }))
        (sheet.field(ctx, "insurance_to", |f| { f.class = "c4"; f.optional = true; }))
    };
    let form = SubForm {
        title: "identifier-title",
        to: "identifier",
        save: "identifier-save",
        lead: html! {},
        fields,
    };
    draw(ctx, page, sheet, &form)
}

fn find(ctx: &Ctx, page: &PersonPage, fact: &str) -> Answer<HeldIdentifier> {
    let at = parse_ref(fact);
    let held = page.view.person.identifiers.iter().find(|held| Some(held.at) == at);
    held.cloned().ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

pub async fn show_end(ctx: Ctx, Path((id, fact)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let held = find(&ctx, &page, &fact)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("ended_on", day::show(ctx.today()));
    Ok(Html(ending(&ctx, &page, &sheet, &held).into_string()).into_response())
}

pub async fn end(Path((id, fact)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let held = find(ctx, &page, &fact)?;
    let mut sheet = Sheet::posted(&form);
    let on = read_day(ctx, &mut sheet, "ended_on", Some("field-missing"));
    let reason = sheet.required("reason", "person-reason-needed", typed::words);
    if let (Some(on), Some(reason)) = (on, reason) {
        let id = page.view.person.id;
        let identifier = held.identifier.clone();
        let asking = Asking { reason: Some(reason), command: form.command(), ..Asking::default() };
        let ended = sheet
            .run(ctx, "ended_on", move |app, actor| {
                app.end_identifier(actor, id, (&identifier, on), &asking)
            })
            .await?;
        if ended.is_some() {
            return Ok(done(id, "identifier-ended"));
        }
    }
    Ok(sheet.answer(ending(ctx, &page, &sheet, &held)))
}

fn ending(ctx: &Ctx, page: &PersonPage, sheet: &Sheet, held: &HeldIdentifier) -> Markup {
    let shown = number(&held.identifier);
    let lead = html! { (paper(ctx.words, held.identifier.kind())) " " b { (shown) } };
    let fields = html! {
        (sheet.field(ctx, "ended_on", |f| { f.class = "c4"; f.required = true; }))
        (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; }))
    };
    let to = format!("identifier/{}/end", show_ref(&held.at));
    let form = SubForm {
        title: "identifier-end-title",
        to: &to,
        save: "identifier-end-save",
        lead,
        fields,
    };
    draw(ctx, page, sheet, &form)
}
