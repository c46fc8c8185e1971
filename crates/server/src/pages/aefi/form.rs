//! The form of an event: which doses, how bad, since when, what was seen and done.

use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Choice, Head, Sheet, choices, head, list_choices, typed};
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::aefi::AefiForm;
use tram_app::person::{PersonPage, parse_ref, show_ref};
use tram_app::stock::Sent;
use tram_defs::role::Action;
use tram_domain::fact::{AefiRecorded, DoseGiven, FactRef};
use tram_domain::person::On;
use tram_kernel::day::days_between;
use tram_kernel::{Message, PersonId, day, moment};

/// Doses of the last days are the ones asked about; older ones are offered below.
const RECENT_DAYS: i32 = 30;

pub async fn load(ctx: &Ctx, id: &str) -> Answer<PersonPage> {
    let id: PersonId = id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.person_page(actor, id)).await
}

pub fn must_write(ctx: &Ctx) -> Answer<()> {
    if ctx.signed.actor.may(Action::AefiWrite) {
        return Ok(());
    }
    let denied = tram_domain::authority::Denied::Action(Action::AefiWrite.code());
    Err(Trouble::signed(ctx.clone(), Failure::Denied(denied)))
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let now = ctx.server.app.now();
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("began_on", day::show(ctx.today()));
    sheet.set("noticed_on", day::show(now.day()));
    sheet.set("noticed_at", moment::show_time(now.minute()));
    sheet.set("outcome", "watching");
    let last = page.view.person.doses.last().map(|dose| dose.day);
    let chosen: Vec<FactRef> =
        recent(&page).filter(|dose| Some(dose.day) == last).map(|dose| dose.at).collect();
    Ok(Html(draw(&ctx, &page, &sheet, &chosen, &[]).into_string()).into_response())
}

/// Doses given here or elsewhere that may have to do with it, the last one first.
fn recent(page: &PersonPage) -> impl Iterator<Item = &On<DoseGiven>> {
    page.view.person.doses.iter().rev()
}

pub async fn save(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let mut sheet = Sheet::posted(&form);
    let doses: Vec<FactRef> = form.all("doses").filter_map(parse_ref).collect();
    let signs: Vec<String> = form.all("signs").map(str::to_owned).collect();
    let today = ctx.today();
    let on = sheet.required("began_on", "field-missing", |text| typed::full_day(text, today));
    let noticed_on =
        sheet.required("noticed_on", "field-missing", |text| typed::full_day(text, today));
    let noticed_minute = sheet.required("noticed_at", "field-missing", typed::minute);
    let severe = match sheet.get("severity") {
        "severe" => Some(true),
        "mild" => Some(false),
        _ => {
            sheet.refuse("severity", Message::new("aefi-choose"));
            None
        }
    };
    let body = AefiRecorded {
        doses: doses.clone(),
        severe: severe.unwrap_or_default(),
        minute: sheet.optional("onset_time", typed::minute),
        signs: signs.clone(),
        told: sheet.optional("course", |text| typed::long_words(text, "field-missing")),
        degree: sheet.optional("degree", |text| typed::count(text, 1, 4)),
        care: sheet.optional("care", |text| typed::long_words(text, "field-missing")),
        outcome: sheet.get("outcome").to_owned(),
        noticed_on: noticed_on.unwrap_or(today),
        noticed_minute: noticed_minute.unwrap_or_default(),
        unit: ctx.signed.actor.unit,
    };
    if let (Some(on), true) = (on, sheet.is_right()) {
        let person = page.view.person.id;
        let n = page.view.person.aefi.iter().filter(|aefi| aefi.event.day <= on).count();
        let wanted = AefiForm { person, body, on };
        let sent = Sent { accepted: form.accepted(), command: form.command() };
        let saved = sheet
            .run(ctx, "began_on", move |app, actor| app.record_aefi(actor, &wanted, &sent))
            .await?;
        if let Some(saved) = saved {
            let code = if saved.value > 0 { "aefi-blocked" } else { "aefi" };
            let to = format!("/people/{person}/aefi/{n}?done={code}");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &page, &sheet, &doses, &signs)))
}

fn draw(
    ctx: &Ctx,
    page: &PersonPage,
    sheet: &Sheet,
    chosen: &[FactRef],
    signs: &[String],
) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let name = person.name.shown();
    let (people, title) = (words.say("menu-people"), words.say("aefi-new"));
    let to = format!("/people/{}/immunisation", person.id);
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! { (words.say("aefi-new-lead")) },
        acts: html! {},
    };
    let severities = choices(
        ["mild", "severe"].map(|code| (code, words.say(&format!("aefi-{code}-long")).into_owned())),
    );
    let none = Choice { value: String::new(), text: words.say("aefi-no-anaphylaxis").into_owned() };
    let degrees = ["1", "2", "3", "4"].map(|n| Choice {
        value: n.to_owned(),
        text: words.say(&format!("aefi-degree-{n}")).into_owned(),
    });
    let degrees = std::iter::once(none).chain(degrees).collect();
    let outcomes = list_choices(ctx, "aefi_outcome", None);
    let body = html! {
        (head(words, &h))
        form.form method="post" action={ "/people/" (person.id) "/aefi" } data-main data-draft={ "aefi:" (person.id) } novalidate {
            (sheet.top(ctx, |_| html! {}))
            section.sec aria-label=(title) { div.cols {
                (sheet.radios(ctx, "severity", "c12", severities))
            } }
            (signs_part(ctx, signs, sheet))
            section.sec aria-label=(words.say("aefi-when")) { div.cols {
                (sheet.field(ctx, "began_on", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "onset_time", |f| { f.class = "c3"; f.optional = true; }))
                (sheet.field(ctx, "noticed_on", |f| { f.class = "c3"; f.required = true; }))
                (sheet.field(ctx, "noticed_at", |f| { f.class = "c3"; f.required = true; }))
            } }
            (doses_part(ctx, page, chosen, sheet))
            section.sec aria-label=(words.say("aefi-care-title")) { div.cols {
                (sheet.field(ctx, "course", |f| { f.class = "c12"; f.rows = 3; f.optional = true; }))
                (sheet.field(ctx, "degree", |f| { f.class = "c4"; f.choices = Some(degrees); }))
                (sheet.field(ctx, "outcome", |f| { f.class = "c4"; f.choices = Some(outcomes); }))
                (sheet.field(ctx, "care", |f| { f.class = "c12"; f.rows = 3; f.optional = true; }))
            } }
            (sheet.end(ctx, "form-save", &to))
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

fn doses_part(ctx: &Ctx, page: &PersonPage, chosen: &[FactRef], sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = &page.view.defs;
    let today = ctx.today();
    let known = |dose: &&On<DoseGiven>| {
        days_between(dose.day, today) <= RECENT_DAYS || chosen.contains(&dose.at)
    };
    let mut offered: Vec<&On<DoseGiven>> = recent(page).filter(known).collect();
    if offered.is_empty() {
        offered = recent(page).take(6).collect();
    }
    html! {
        fieldset.sec id="doses" {
            legend { b { (words.say("aefi-doses")) } }
            @if let Some(message) = sheet.wrong("doses") { p.msg.bad { (words.message(message)) } }
            @if offered.is_empty() { p.mute { (words.say("aefi-no-doses")) } }
            div.opts.down { @for dose in offered {
                @let vaccine = defs.vaccine(&dose.what.vaccine).map_or(dose.what.vaccine.as_str(), |v| v.name.as_str());
                label.opt {
                    input type="checkbox" name="doses" value=(show_ref(&dose.at)) checked[chosen.contains(&dose.at)];
                    (day::show(dose.day)) @if let Some(at) = dose.what.minute { " " (moment::show_time(at)) } ": " (vaccine)
                    @if let Some(lot) = &dose.what.lot { ", " (words.with("line-lot", [("lot", lot.as_str().into())])) }
                }
            } }
        }
    }
}

fn signs_part(ctx: &Ctx, chosen: &[String], sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let rule = defs.aefi();
    html! {
        fieldset.sec id="signs" {
            legend { b { (words.say("aefi-signs")) } }
            @if let Some(message) = sheet.wrong("signs") { p.msg.bad { (words.message(message)) } }
            div.opts { @for sign in list_choices(ctx, "aefi_sign", None) {
                label.opt {
                    input type="checkbox" name="signs" value=(sign.value) checked[chosen.contains(&sign.value)];
                    (sign.text) @if rule.danger.contains(&sign.value) { " " abbr title=(words.say("aefi-danger")) { "▲" } }
                }
            } }
            p.hint { (words.say("aefi-danger-key")) }
        }
    }
}
