//! Two records side by side: is it one person? Linking them, or saying that they are two people.

use super::show::{born, list_name, number, phone, residence_kind};
use super::{id_of, must_write};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::layout;
use crate::pages::parts::typed::words as read_words;
use crate::pages::parts::{Choice, Head, Shape, Sheet, carried, col, head, note, table};
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use std::collections::BTreeSet;
use tram_app::person::{Asking, Comparison, Side};
use tram_domain::person::Person;
use tram_domain::person::link::{Choices, Whose};
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{PersonId, day};

/// Fields in which one of two values is chosen.
const FIELDS: [&str; 7] = ["name", "born", "sex", "ethnicity", "occupation", "phone", "mother"];

pub async fn show(ctx: Ctx, Path((kept, other)): Path<(String, String)>) -> Answer {
    must_write(&ctx)?;
    let (kept, other): (PersonId, PersonId) = (id_of(&ctx, &kept)?, id_of(&ctx, &other)?);
    let pair = ctx.run(move |app, actor| app.compare_people(actor, kept, other)).await?;
    if pair.kept.view.person.id == pair.other.view.person.id {
        return Ok(Redirect::to(&format!("/people/{}", pair.kept.view.person.id)).into_response());
    }
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("home", home_code(usual_home(&pair)));
    Ok(Html(draw(&ctx, &pair, &sheet).into_string()).into_response())
}

pub async fn save(Path((kept, other)): Path<(String, String)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let (kept, other): (PersonId, PersonId) = (id_of(ctx, &kept)?, id_of(ctx, &other)?);
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.optional("reason", read_words);
    let apart = form.get("do") == "apart";
    let pair = ctx.run(move |app, actor| app.compare_people(actor, kept, other)).await?;
    if sheet.is_right() {
        let asking = Asking {
            accepted: form.all("accept").map(str::to_owned).collect(),
            reason: reason.clone(),
            command: form.command(),
        };
        let done = if apart {
            let work = sheet.run(ctx, "", move |app, actor| {
                app.keep_apart(actor, (kept, other), &asking).map(|_| "/quality?done=apart".into())
            });
            work.await?
        } else {
            let choices = choices(&form, reason);
            let work = sheet.run(ctx, "", move |app, actor| {
                let done = app.link_people(actor, (kept, other), &choices, &asking)?;
                Ok(format!("/people/{}?done=linked", done.value))
            });
            work.await?
        };
        if let Some(to) = done {
            return Ok(Redirect::to(&to).into_response());
        }
    }
    Ok(sheet.answer(draw(ctx, &pair, &sheet)))
}

fn choices(form: &Fields, reason: Option<String>) -> Choices {
    let is_other = |code: &&&str| form.get(&format!("take-{code}")) == "other";
    let from_other: BTreeSet<String> =
        FIELDS.iter().filter(is_other).map(|code| (*code).to_owned()).collect();
    let home = if form.get("home") == "other" { Whose::Other } else { Whose::Kept };
    Choices { from_other, home, reason }
}

const fn home_code(whose: Whose) -> &'static str {
    match whose {
        Whose::Kept => "kept",
        Whose::Other => "other",
    }
}

/// The record that says where the person lives now; of two, the one that heard of it last.
fn usual_home(pair: &Comparison) -> Whose {
    let lives = |p: &Person| p.last_residence().is_some_and(|home| home.to.is_none());
    let (kept, other) = (&pair.kept.view.person, &pair.other.view.person);
    if !lives(kept) && lives(other) { Whose::Other } else { Whose::Kept }
}

fn draw(ctx: &Ctx, pair: &Comparison, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let (kept, other) = (&pair.kept.view.person, &pair.other.view.person);
    let to = format!("/people/{}/link/{}", kept.id, other.id);
    let swap = format!("/people/{}/link/{}", other.id, kept.id);
    let (people, title) = (words.say("menu-people"), words.say("link-title"));
    let back = format!("/people/{}", kept.id);
    let h = Head {
        crumbs: &[(&people, "/people"), (kept.name.shown(), &back)],
        title: &title,
        sub: html! { (words.say("link-lead")) },
        acts: html! { a.btn href=(swap) { (words.say("link-swap")) } },
    };
    let doubts = html! { ul { @for doubt in &pair.doubts { li { (words.message(doubt)) } } } };
    let body = html! {
        (head(words, &h))
        form.form method="post" action=(to) data-main novalidate {
            (sheet.top(ctx, |_| html! {}))
            @if !pair.doubts.is_empty() {
                (note(Shape::Warn, &words.say("link-doubts"), doubts, None))
            }
            (sides(ctx, pair, sheet))
            div.sec { div.cols {
                @let homes = (home(ctx, &pair.kept), home(ctx, &pair.other));
                @if homes.0 == homes.1 { (carried("home", sheet.get("home"))) } @else {
                    (sheet.radios(ctx, "home", "c8", vec![
                        Choice { value: "kept".into(), text: homes.0 },
                        Choice { value: "other".into(), text: homes.1 },
                    ]))
                }
                (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.optional = true; }))
            } }
            p.hint { (words.say("link-what")) }
            div.form-end {
                button.btn.main name="do" value="link" { (words.say("link-save")) " " kbd.keyhint { "Ctrl+Enter" } }
                button.btn name="do" value="apart" { (words.say("link-apart")) }
                a.btn.quiet href=(back) { (words.say("form-cancel")) }
                span.wait role="status" {}
            }
        }
    };
    layout::page(ctx, &title, "/people", body)
}

/// Every field of both records; where they differ, one is chosen.
fn sides(ctx: &Ctx, pair: &Comparison, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let (kept, other) = (&pair.kept, &pair.other);
    let link = |side: &Side| {
        let p = &side.view.person;
        html! { a href={ "/people/" (p.id) } { (p.name.shown()) } }
    };
    let titles = ["col-field", "link-kept", "link-other"].map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! {
        tr { th.first scope="row" { (words.say("link-record")) } td { (link(kept)) } td { (link(other)) } }
        @for code in FIELDS {
            @let (a, b) = (value(ctx, kept, code), value(ctx, other, code));
            @if a.is_some() || b.is_some() { tr {
                th.first scope="row" { (words.say(&format!("f-{code}"))) }
                @if a == b || b.is_none() { td { (a.as_deref().unwrap_or("")) } td { (b.as_deref().unwrap_or("")) } }
                @else if a.is_none() {
                    td.mute { (words.say("link-taken")) }
                    td { (b.as_deref().unwrap_or("")) }
                } @else {
                    @let name = format!("take-{code}");
                    @let taken = sheet.get(&name) == "other";
                    td { label.opt { input type="radio" name=(name) value="kept" checked[!taken]; (a.as_deref().unwrap_or("")) } }
                    td { label.opt { input type="radio" name=(name) value="other" checked[taken]; (b.as_deref().unwrap_or("")) } }
                }
            } }
        }
        @for (code, a, b) in counted(ctx, kept, other).into_iter().filter(|(_, a, b)| !a.is_empty() || !b.is_empty()) {
            tr { th.first scope="row" { (words.say(code)) } td { (a) } td { (b) } }
        }
    };
    table(&words.say("link-title"), "stack top", &cols, false, body)
}

fn value(ctx: &Ctx, side: &Side, code: &str) -> Option<String> {
    let (words, p) = (ctx.words, &side.view.person);
    let listed = |list: &str, code: &Option<String>| code.as_ref().map(|c| list_name(ctx, list, c));
    match code {
        "name" => Some(p.name.shown().clone()),
        "born" => Some(born(words, p.born.shown().date, p.born.shown().minute)),
        "sex" => Some(words.say(&format!("sex-{}", p.sex.shown().code())).into_owned()),
        "ethnicity" => listed("ethnicity", p.ethnicity.shown()),
        "occupation" => listed("occupation", p.occupation.shown()),
        "phone" => p.phone.shown().as_deref().map(phone),
        _ => {
            let mother = p.mother.shown();
            let known = mother.id.and_then(|id| side.people.get(&id).cloned());
            known.or_else(|| mother.name.clone())
        }
    }
}

/// What both records hold besides the fields: all of it goes on, what is said twice counts once.
fn counted(ctx: &Ctx, kept: &Side, other: &Side) -> Vec<(&'static str, String, String)> {
    let words = ctx.words;
    let papers = |side: &Side| {
        let p = &side.view.person;
        let real =
            p.identifiers.iter().filter(|h| h.identifier.kind() != IdentifierKind::Temporary);
        real.map(|h| number(&h.identifier)).collect::<Vec<_>>().join(", ")
    };
    let doses = |side: &Side| {
        let given = side.view.person.doses.iter();
        given
            .map(|dose| format!("{} {}", dose.what.vaccine, day::show(dose.day)))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let opened = |side: &Side| {
        let args = [("day", side.view.person.registered_on.into()), ("n", side.facts.into())];
        words.with("link-opened", args)
    };
    vec![
        ("papers-title", papers(kept), papers(other)),
        ("link-doses", doses(kept), doses(other)),
        ("link-since", opened(kept), opened(other)),
    ]
}

/// Where the record says the person lives: `thôn Khe Pháo, thường trú, từ 01/02/2020`.
fn home(ctx: &Ctx, side: &Side) -> String {
    let words = ctx.words;
    let p = &side.view.person;
    let Some(lives) = p.last_residence() else { return words.say("value-none").into_owned() };
    let area = side.areas.get(&lives.area).cloned().unwrap_or_default();
    let kind = super::show::inside(&residence_kind(ctx, lives.kind));
    let dates = super::show::validity(words, Some(lives.from), lives.to);
    format!("{area}, {kind}, {dates}")
}
