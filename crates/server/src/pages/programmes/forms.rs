//! Every form that fits a person: those of no programme first, then the visits of the programmes that follow
//! the person.

use super::answers::line;
use super::must_write;
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{Head, col, head, table};
use crate::pages::person::load;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use std::collections::BTreeSet;
use tram_app::person::PersonPage;
use tram_defs::form::{Form, form_on};
use tram_defs::programme::Programme;
use tram_domain::form::{measures, of_person};
use tram_domain::programme::Care;
use tram_kernel::day;

/// A form with the programme it would be filled in for.
struct Offered<'d> {
    form: &'d Form,
    programme: Option<&'d Programme>,
}

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    must_write(&ctx)?;
    let page = load(&ctx, &id).await?;
    let words = ctx.words;
    let p = &page.view.person;
    let (people, title) = (words.say("menu-people"), words.say("forms-fill"));
    let back = format!("/people/{}", p.id);
    let h = Head {
        crumbs: &[(&people, "/people"), (p.name.shown(), &back)],
        title: &title,
        sub: html! { (words.say("forms-lead")) },
        acts: html! {},
    };
    let body = html! { (head(words, &h)) (rows(&ctx, &page)) };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// Forms of no programme, then those of the programmes the person is in.
fn offered<'d>(ctx: &Ctx, page: &'d PersonPage) -> Vec<Offered<'d>> {
    let (defs, person, today) = (&page.view.defs, &page.view.person, ctx.today());
    let care = Care::of(defs, person);
    let fits = |form: &Form| {
        ctx.signed.actor.sees(form.compartment)
            && form.whom.iter().all(|c| of_person(c, person, today) != Some(false))
    };
    let of_programmes: BTreeSet<&str> = defs.programmes.iter().flat_map(Programme::forms).collect();
    let mut seen = BTreeSet::new();
    let alone = defs
        .forms
        .iter()
        .filter(|form| !of_programmes.contains(form.code.as_str()) && seen.insert(&form.code))
        .filter_map(|form| form_on(&defs.forms, &form.code, today));
    let mut offered: Vec<Offered<'d>> =
        alone.filter(|form| fits(form)).map(|form| Offered { form, programme: None }).collect();
    for rule in ctx.signed.actor.programmes(defs, today) {
        if care.open(&rule.code, today).is_none() {
            continue;
        }
        let visits = rule.visits.iter().filter_map(|v| form_on(&defs.forms, &v.form, today));
        let visits = visits.filter(|form| fits(form));
        offered.extend(visits.map(|form| Offered { form, programme: Some(rule) }));
    }
    offered
}

fn rows(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let titles = ["programme-form", "programme", "forms-last", "col-what"].map(|c| words.say(c));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! { @for one in offered(ctx, page) { (row(ctx, page, &one)) } };
    table(&words.say("forms-fill"), "stack", &cols, true, body)
}

fn row(ctx: &Ctx, page: &PersonPage, one: &Offered<'_>) -> Markup {
    let (defs, p) = (&page.view.defs, &page.view.person);
    let last = p.followed.entries.iter().rev().find(|entry| entry.what.form == one.form.code);
    let carries = last.is_some() && one.form.fields().any(|field| field.carry);
    let mut asked: Vec<String> = Vec::new();
    asked.extend(one.programme.map(|rule| format!("programme={}", rule.code)));
    asked.extend(carries.then(|| "last=1".to_owned()));
    let sign = if asked.is_empty() { "" } else { "?" };
    let to = format!("/people/{}/forms/{}{sign}{}", p.id, one.form.code, asked.join("&"));
    html! {
        tr {
            th.first scope="row" { a href=(to) data-open { (one.form.name) } }
            td { @if let Some(rule) = one.programme { (rule.name) } @else { span.mute { "–" } } }
            td.nw { @match last { Some(entry) => { (day::show(entry.day)) } None => { span.mute { (ctx.words.say("forms-never")) } } } }
            td.full { @if let Some(entry) = last {
                @let found = measures(defs, one.form, p, entry.day, &entry.what.answers, &|_| None);
                (line(defs, one.form, &entry.what, &found))
            } }
        }
    }
}
