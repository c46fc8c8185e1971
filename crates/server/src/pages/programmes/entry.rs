//! One form on one page: a new entry, a correction, or taking somebody in. Every form there is goes through
//! here.

use super::draw::{self, fill};
use super::{answers, beside, must_write, programme};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    ASKED, Choice, Head, Shape, Sheet, carried, head, note, section, table, typed,
};
use crate::pages::parts::{col, confidence};
use crate::pages::person::load;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::person::{PersonPage, parse_ref, show_ref};
use tram_app::programme::{Saved, Sent, read_answers};
use tram_defs::form::{Condition, Form, Kind, form_on};
use tram_defs::programme::{Programme, Timing};
use tram_domain::calendar::next_working;
use tram_domain::fact::FactRef;
use tram_domain::programme::{Care, Enrolment, EntryWish};
use tram_kernel::{Date, day};

/// Entries beside the form.
const LAST: usize = 3;

/// For what the form is filled in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    programme: String,
    /// The entry that is corrected.
    replaces: String,
    /// As last time: what is carried over stands in the boxes.
    last: String,
}

/// What the page is for.
enum Purpose<'d> {
    Entry { programme: Option<&'d Programme>, replaces: Option<FactRef> },
    Enrol(&'d Programme),
}

impl Purpose<'_> {
    const fn programme(&self) -> Option<&Programme> {
        match self {
            Self::Entry { programme, .. } => *programme,
            Self::Enrol(rule) => Some(rule),
        }
    }
}

fn gone(ctx: &Ctx) -> Trouble {
    Trouble::signed(ctx.clone(), Failure::NotFound)
}

/// The form of an address on a day, when it is there for the asker.
fn form_at<'d>(
    ctx: &Ctx,
    defs: &'d tram_defs::Definitions,
    code: &str,
    on: Date,
) -> Answer<&'d Form> {
    let found = form_on(&defs.forms, code, on);
    found.filter(|form| ctx.signed.actor.sees(form.compartment)).ok_or_else(|| gone(ctx))
}

pub async fn show(
    ctx: Ctx,
    Path((id, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let defs = &page.view.defs;
    let person = &page.view.person;
    let rule = match asked.programme.as_str() {
        "" => None,
        code => Some(programme(&ctx, defs, code)?),
    };
    let replaces = parse_ref(&asked.replaces);
    let old = replaces.and_then(|at| tram_domain::programme::entry(person, at));
    if replaces.is_some() != old.is_some() {
        return Err(gone(&ctx));
    }
    let on = old.map_or(ctx.today(), |entry| entry.day);
    let form = form_at(&ctx, defs, &code, on)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.ask(draw::labels(form));
    sheet.set("on", day::show(on));
    match old {
        Some(entry) => fill(&mut sheet, form, &entry.what.answers, false),
        None => {
            let last = person.followed.entries.iter().rev().find(|e| e.what.form == form.code);
            if let (Some(last), false) = (last, asked.last.is_empty()) {
                fill(&mut sheet, form, &last.what.answers, true);
            }
            propose_day(&ctx, &mut sheet, form, rule);
        }
    }
    let purpose = Purpose::Entry { programme: rule, replaces };
    Ok(Html(page_of(&ctx, &page, form, &sheet, &purpose).into_string()).into_response())
}

/// The next visit by the rule, on a day the station works.
fn propose_day(ctx: &Ctx, sheet: &mut Sheet, form: &Form, rule: Option<&Programme>) {
    let visits = rule.map(|rule| rule.visits.as_slice()).unwrap_or_default();
    for visit in visits.iter().filter(|visit| visit.form == form.code) {
        let (Some(field), Timing::Every { usual, cases, .. }) = (&visit.appointment, &visit.timing)
        else {
            continue;
        };
        // Where it depends on the age as well as on what is found, the rule says the day once it is saved.
        if cases.iter().flat_map(|(when, _)| when).any(Condition::is_of_person) {
            continue;
        }
        let defs = ctx.server.app.definitions();
        let on = next_working(&defs, usual.after(ctx.today()));
        sheet.set(&format!("{ASKED}{field}"), day::show(on));
    }
}

pub async fn save(Path((id, code)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = match form.get("programme") {
        "" => None,
        code => Some(programme(ctx, &defs, code)?),
    };
    let replaces = parse_ref(form.get("replaces"));
    let mut sheet = Sheet::posted(&form);
    let today = ctx.today();
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, today));
    let definition = form_at(ctx, &defs, &code, on.unwrap_or(today))?;
    sheet.ask(draw::labels(definition));
    let answers = read(&mut sheet, &form, &defs, definition, on.unwrap_or(today));
    if let (Some(on), Some(answers)) = (on, answers) {
        let programme = rule.map(|rule| rule.code.clone());
        let wish = EntryWish { form: definition.code.clone(), programme, answers, on, replaces };
        let sent = Sent { accepted: form.accepted(), command: form.command() };
        let person = page.view.person.id;
        let saved =
            sheet.run(ctx, "", move |app, actor| app.record_form(actor, person, &wish, &sent));
        if let Some(saved) = saved.await? {
            return Ok(done(&page, rule, &saved, "entry"));
        }
    }
    let purpose = Purpose::Entry { programme: rule, replaces };
    Ok(sheet.answer(page_of(ctx, &page, definition, &sheet, &purpose)))
}

/// Reads what was typed; what is wrong is remembered at its field.
fn read(
    sheet: &mut Sheet,
    form: &Fields,
    defs: &tram_defs::Definitions,
    definition: &Form,
    on: Date,
) -> Option<Vec<tram_domain::fact::Answer>> {
    let typed = |field: &str| -> Vec<String> {
        let name = format!("{ASKED}{field}");
        form.all(&name).map(str::to_owned).collect()
    };
    match read_answers(defs, definition, on, &typed) {
        Ok(answers) if sheet.is_right() => Some(answers),
        Ok(_) => None,
        Err(wrong) => {
            for found in wrong {
                let field = found.field.unwrap_or_default();
                sheet.refuse(format!("{ASKED}{field}"), found.message);
            }
            None
        }
    }
}

/// Back to the programme, or the record, saying what was done and what should be.
fn done(
    page: &PersonPage,
    rule: Option<&Programme>,
    saved: &Saved,
    code: &str,
) -> axum::response::Response {
    let id = page.view.person.id;
    let advice = if saved.value.advice.is_empty() { "" } else { "&advice=1" };
    let to = match rule {
        Some(rule) => format!("/people/{id}/programmes/{}?done={code}{advice}", rule.code),
        None => format!("/people/{id}?done={code}"),
    };
    Redirect::to(&to).into_response()
}

pub async fn show_enrol(ctx: Ctx, Path((id, code)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = programme(&ctx, &defs, &code)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("on", day::show(ctx.today()));
    let form = enrol_form(&ctx, &defs, rule, ctx.today())?;
    if let Some(form) = form {
        sheet.ask(draw::labels(form));
        propose_measures(&ctx, &mut sheet, &page, form);
    }
    let empty = empty_form(rule);
    let form = form.unwrap_or(&empty);
    let purpose = Purpose::Enrol(rule);
    Ok(Html(page_of(&ctx, &page, form, &sheet, &purpose).into_string()).into_response())
}

/// What was measured today already need not be typed again.
fn propose_measures(ctx: &Ctx, sheet: &mut Sheet, page: &PersonPage, form: &Form) {
    let care = Care::of(&page.view.defs, &page.view.person);
    for asked in form.fields() {
        let Some(measure) = &asked.measure else { continue };
        if let Some((on, value)) = care.last(measure, ctx.today())
            && on == ctx.today()
        {
            let name = format!("{ASKED}{}", asked.code);
            sheet.set(&name, tram_domain::form::answer::typed(&asked.kind, value));
        }
    }
}

fn enrol_form<'d>(
    ctx: &Ctx,
    defs: &'d tram_defs::Definitions,
    rule: &Programme,
    on: Date,
) -> Answer<Option<&'d Form>> {
    match &rule.enrol_form {
        Some(code) => form_at(ctx, defs, code, on).map(Some),
        None => Ok(None),
    }
}

/// A programme that asks nothing on the first day.
fn empty_form(rule: &Programme) -> Form {
    Form {
        code: String::new(),
        name: rule.name.clone(),
        short: rule.short.clone(),
        groups: Vec::new(),
        derive: Vec::new(),
        classify: Vec::new(),
        rules: Vec::new(),
        summary: Vec::new(),
        whom: Vec::new(),
        compartment: rule.compartment,
        keeps: tram_defs::form::Keeps::Timeline,
        beside: Vec::new(),
        provenance: rule.provenance.clone(),
    }
}

pub async fn enrol(Path((id, code)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let page = load(ctx, &id).await?;
    let defs = page.view.defs.clone();
    let rule = programme(ctx, &defs, &code)?;
    let mut sheet = Sheet::posted(&form);
    let today = ctx.today();
    let on = sheet.required("on", "field-missing", |text| typed::full_day(text, today));
    let source = sheet.filled("source");
    let note = sheet.optional("note", |text| typed::long_words(text, "field-missing"));
    let empty = empty_form(rule);
    let definition = enrol_form(ctx, &defs, rule, on.unwrap_or(today))?.unwrap_or(&empty);
    sheet.ask(draw::labels(definition));
    let answers = read(&mut sheet, &form, &defs, definition, on.unwrap_or(today));
    if let (Some(on), Some(answers)) = (on, answers) {
        let wish = Enrolment { programme: rule.code.clone(), source, note, on, answers };
        let sent = Sent { accepted: form.accepted(), command: form.command() };
        let person = page.view.person.id;
        let saved =
            sheet.run(ctx, "", move |app, actor| app.enrol(actor, person, &wish, &sent)).await?;
        if let Some(saved) = saved {
            return Ok(done(&page, Some(rule), &saved, "enrolled"));
        }
    }
    Ok(sheet.answer(page_of(ctx, &page, definition, &sheet, &Purpose::Enrol(rule))))
}

fn page_of(
    ctx: &Ctx,
    page: &PersonPage,
    form: &Form,
    sheet: &Sheet,
    purpose: &Purpose<'_>,
) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let name = person.name.shown();
    let record = format!("/people/{}", person.id);
    let back = match purpose {
        Purpose::Entry { programme: Some(rule), .. } => {
            format!("{record}/programmes/{}", rule.code)
        }
        _ => record.clone(),
    };
    let (to, title) = match purpose {
        Purpose::Enrol(rule) => {
            let title =
                words.with("programme-enrol-title", [("programme", rule.name.as_str().into())]);
            (format!("{record}/programmes/{}/enrol", rule.code), title)
        }
        Purpose::Entry { replaces: Some(_), .. } => {
            let title = words.with("form-correct-title", [("form", form.name.as_str().into())]);
            (format!("{record}/forms/{}", form.code), title)
        }
        Purpose::Entry { .. } => (format!("{record}/forms/{}", form.code), form.name.clone()),
    };
    let draft = match purpose {
        Purpose::Enrol(rule) => format!("enrol.{}", rule.code),
        Purpose::Entry { .. } => format!("form.{}", form.code),
    };
    let people = words.say("menu-people");
    let mut crumbs: Vec<(&str, &str)> = vec![(&people, "/people"), (name, &record)];
    if let Purpose::Entry { programme: Some(rule), .. } = purpose {
        crumbs.push((&rule.name, &back));
    }
    let h = Head { crumbs: &crumbs, title: &title, sub: html! {}, acts: html! {} };
    let body = html! {
        (head(words, &h))
        div.split {
            form.form method="post" action=(to) data-main data-draft={ (draft) ":" (person.id) } novalidate {
                (sheet.top(ctx, |_| html! {}))
                @if let Purpose::Entry { programme: Some(rule), .. } = purpose { (carried("programme", &rule.code)) }
                @if let Purpose::Entry { replaces: Some(at), .. } = purpose { (carried("replaces", &show_ref(at))) }
                (draw::fields(ctx, sheet, form, &page.view.person, sheet.is_quiet()))
                (frame(ctx, sheet, purpose))
                (sheet.end(ctx, "form-save", &back))
            }
            aside aria-label=(words.say("form-before")) {
                (beside::known(ctx, page, form))
                (before(ctx, page, form, purpose.programme()))
                p.sec { (confidence(words, &form.provenance)) }
            }
        }
    };
    layout::page(ctx, &format!("{title}: {name}"), "/people", body)
}

/// The day, and what is asked when somebody is taken in.
fn frame(ctx: &Ctx, sheet: &Sheet, purpose: &Purpose<'_>) -> Markup {
    let words = ctx.words;
    html! {
        section.sec aria-label=(words.say("f-on")) { div.cols {
            (sheet.field(ctx, "on", |f| { f.class = "c3"; f.required = true; f.mode = "numeric"; }))
            @if let Purpose::Enrol(rule) = purpose {
                @if !rule.sources.is_empty() {
                    (sheet.radios(ctx, "source", "c12", rule.sources.iter().map(|s| Choice { value: s.code.clone(), text: s.name.clone() }).collect()))
                }
                (sheet.field(ctx, "note", |f| { f.class = "c12"; f.optional = true; }))
            }
        } }
    }
}

/// What the last entries said, beside the form.
fn before(ctx: &Ctx, page: &PersonPage, form: &Form, rule: Option<&Programme>) -> Markup {
    let words = ctx.words;
    let defs = &page.view.defs;
    let person = &page.view.person;
    let care = Care::of(defs, person);
    let mut codes: Vec<&str> =
        rule.map(|rule| rule.shows.iter().map(String::as_str).collect()).unwrap_or_default();
    // Numbers of the form beside what the programme shows.
    let is_number = |code: &str| {
        let measure = defs.measures.iter().find(|measure| measure.code == code);
        measure.is_some_and(|measure| matches!(measure.kind, Kind::Number(_)))
    };
    for code in form.measures() {
        if !codes.contains(&code) && is_number(code) {
            codes.push(code);
        }
    }
    let asks = |filled: &&tram_domain::programme::Filled<'_>| {
        filled.measures.iter().any(|m| codes.contains(&m.measure.as_str()))
    };
    let last: Vec<_> = care.entries.iter().rev().filter(asks).take(LAST).collect();
    if last.is_empty() {
        return section(
            &words.say("form-before"),
            html! {},
            html! { p.mute { (words.say("form-before-none")) } },
        );
    }
    codes.retain(|code| last.iter().any(|f| f.measures.iter().any(|m| m.measure == *code)));
    let days: Vec<String> = last.iter().map(|filled| short_day(filled.entry.day)).collect();
    let what = words.say("form-measure");
    let mut cols = vec![col(&what, "")];
    cols.extend(days.iter().map(|day| col(day, "num")));
    let body = html! {
        @for code in &codes {
            @let measure = defs.measures.iter().find(|m| m.code == *code);
            tr {
                th.first scope="row" { (measure.map_or(*code, |m| m.short.as_str())) }
                @for filled in &last {
                    td.num { @if let Some(found) = filled.measures.iter().find(|m| m.measure == *code) {
                        @match measure {
                            Some(measure) if matches!(measure.kind, Kind::Number(_)) => { (tram_domain::form::answer::typed(&measure.kind, &found.value)) }
                            _ => { (answers::measured(defs, code, &found.value)) }
                        }
                    } @else { "–" } }
                }
            }
        }
    };
    let title = words.say("form-before");
    section(&title, html! {}, table(&title, "narrow", &cols, true, body))
}

/// `23/12/25`: columns are narrow here.
fn short_day(on: Date) -> String {
    format!("{:02}/{:02}/{:02}", on.day(), on.month(), on.year() % 100)
}

/// Something to do, as the definition says it.
pub fn advice(words: &crate::words::Words, said: &[String]) -> Markup {
    html! {
        @if !said.is_empty() {
            (note(Shape::Warn, &words.say("form-advice"), html! { ul { @for text in said { li { (text) } } } }, None))
        }
    }
}
