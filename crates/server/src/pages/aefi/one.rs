//! One event: what happened, the clock of its report, what came later; beside it the forms of `later`.

use super::form::load;
use super::later::{Typed, forms};
use super::{clock, listed};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, done, facts, head, note, section, status};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::person::PersonPage;
use tram_defs::role::Action;
use tram_domain::immunisation::Aefi;
use tram_kernel::{day, moment};

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
}

/// The event of an address, by its place among those of the person.
pub fn find<'p>(ctx: &Ctx, page: &'p PersonPage, n: &str) -> Answer<&'p Aefi> {
    let at: Option<usize> = n.parse().ok();
    let found = at.and_then(|at| page.view.person.aefi.get(at));
    found.ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

pub async fn show(
    ctx: Ctx,
    Path((id, n)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let page = load(&ctx, &id).await?;
    Ok(Html(draw(&ctx, &page, &n, &asked.done, None)?.into_string()).into_response())
}

/// The signs and words of an event.
pub fn seen(ctx: &Ctx, aefi: &Aefi) -> String {
    let body = &aefi.event.what;
    let signs = body.signs.iter().map(|code| listed(ctx, "aefi_sign", code));
    let degree = body.degree.map(|n| ctx.words.say(&format!("aefi-degree-{n}")).into_owned());
    let parts: Vec<String> = signs.chain(degree).chain(body.told.clone()).collect();
    parts.join("; ")
}

/// The doses of an event, one line each: vaccine, day, lot.
pub fn doses(ctx: &Ctx, page: &PersonPage, aefi: &Aefi) -> Vec<String> {
    let defs = &page.view.defs;
    let of = page.view.person.doses.iter().filter(|dose| aefi.event.what.doses.contains(&dose.at));
    of.map(|dose| {
        let name = defs.vaccine(&dose.what.vaccine).map_or(&dose.what.vaccine, |v| &v.name);
        let lot =
            dose.what.lot.as_deref().map(|lot| ctx.words.with("line-lot", [("lot", lot.into())]));
        let at = dose.what.minute.map(|at| format!(" {}", moment::show_time(at)));
        let lot = lot.map(|lot| format!(", {lot}")).unwrap_or_default();
        format!("{name}, {}{}{lot}", day::show(dose.day), at.unwrap_or_default())
    })
    .collect()
}

/// The page; `typed` is a form beside it that could not be saved.
pub fn draw(
    ctx: &Ctx,
    page: &PersonPage,
    n: &str,
    told: &str,
    typed: Option<&Typed>,
) -> Answer<Markup> {
    let aefi = find(ctx, page, n)?;
    let words = ctx.words;
    let person = &page.view.person;
    let name = person.name.shown();
    let (people, card) = (words.say("menu-people"), format!("/people/{}/immunisation", person.id));
    let title = words.with("aefi-one", [("day", aefi.event.day.into())]);
    let to = format!("/people/{}/aefi/{n}", person.id);
    let may = ctx.signed.actor.may(Action::AefiWrite);
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &card)],
        title: &title,
        sub: html! {
            @if aefi.event.what.severe { (status(Shape::Bad, &words.say("aefi-severe"))) } @else { (words.say("aefi-mild")) }
        },
        acts: html! {
            a.btn href={ (to) "/report" } { (words.say("aefi-report-open")) }
            @if may && ctx.signed.actor.may(Action::ImmunisationWrite) { a.btn href=(card) { (words.say("aefi-contraindicate")) } }
        },
    };
    let body = html! {
        (head(words, &h))
        (done(ctx, told))
        (report_note(ctx, aefi))
        div.split {
            div { (about(ctx, page, aefi)) (written_later(ctx, aefi)) }
            @if may { aside aria-label=(words.say("aefi-later")) { (forms(ctx, aefi, &to, typed)) } }
        }
    };
    Ok(layout::page(ctx, &format!("{title}: {name}"), "/people", body))
}

/// Who must still be told, and until when.
fn report_note(ctx: &Ctx, aefi: &Aefi) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let Some(until) = aefi.report_until(&defs) else { return html! {} };
    let missing: Vec<String> =
        aefi.missing(&defs).into_iter().map(|code| listed(ctx, "aefi_receiver", code)).collect();
    if missing.is_empty() {
        return note(Shape::Ok, &words.say("aefi-all-told"), html! {}, None);
    }
    let rule = &defs.aefi().provenance;
    note(
        Shape::Alert,
        &words.with("aefi-to-tell", [("who", missing.join("; ").into())]),
        html! {
            p { (clock(words, until, ctx.server.app.now())) ". " (words.with("aefi-until", [("at", until.show().into())])) }
            p.hint { (rule.source) @if let Some(article) = &rule.article { ", " (article) } }
        },
        None,
    )
}

fn about(ctx: &Ctx, page: &PersonPage, aefi: &Aefi) -> Markup {
    let (words, body) = (ctx.words, &aefi.event.what);
    let row = |code: &str, value: Markup| (html! { (words.say(code)) }, value);
    let onset = format!(
        "{}{}",
        day::show(aefi.event.day),
        body.minute.map(|at| format!(" {}", moment::show_time(at))).unwrap_or_default()
    );
    let lines = doses(ctx, page, aefi);
    let rows = [
        row("aefi-doses", html! { @for line in &lines { div { (line) } } }),
        row("aefi-onset", html! { (onset) }),
        row("aefi-noticed", html! { (aefi.noticed().show()) }),
        row("aefi-signs", html! { (seen(ctx, aefi)) }),
        row("f-care", html! { (body.care.as_deref().unwrap_or("–")) }),
        row("aefi-outcome", html! { (listed(ctx, "aefi_outcome", aefi.outcome())) }),
    ];
    section(&words.say("aefi-what"), html! {}, facts(&rows))
}

/// Everything written later, in the order of days.
fn written_later(ctx: &Ctx, aefi: &Aefi) -> Markup {
    let words = ctx.words;
    let more = |told: &Option<String>| told.as_ref().map(|t| format!("; {t}")).unwrap_or_default();
    let mut lines: Vec<(tram_kernel::Date, String)> = Vec::new();
    for sent in &aefi.reported {
        let args = [
            ("who", listed(ctx, "aefi_receiver", &sent.what.to).into()),
            ("at", moment::show_time(sent.what.minute).into()),
            ("by", sent.what.by.clone().unwrap_or_default().into()),
        ];
        lines.push((
            sent.day,
            format!("{}{}", words.with("aefi-sent-line", args), more(&sent.what.document)),
        ));
    }
    for f in &aefi.followed {
        lines.push((
            f.day,
            format!("{}{}", listed(ctx, "aefi_outcome", &f.what.outcome), more(&f.what.told)),
        ));
    }
    for c in &aefi.concluded {
        let cause = listed(ctx, "aefi_cause", &c.what.cause);
        let said = words.with("aefi-cause-line", [("cause", cause.into())]);
        lines.push((c.day, format!("{said}{}{}", more(&c.what.by), more(&c.what.told))));
    }
    lines.sort_by_key(|(on, _)| *on);
    html! {
        @if !lines.is_empty() {
            (section(&words.say("aefi-later"), html! {}, html! {
                ul.todo { @for (on, said) in &lines { li { p { (day::show(*on)) ": " (said) } } } }
            }))
        }
    }
}
