//! The report of an event on paper, to be signed and sent.

use super::form::load;
use super::listed;
use super::one::{doses, find, seen};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, confidence, head, note};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_defs::role::Action;
use tram_domain::fact::ItemKind;
use tram_domain::immunisation::Aefi;
use tram_domain::stock::lot_key;
use tram_kernel::{Date, day, moment};

pub async fn show(ctx: Ctx, Path((id, n)): Path<(String, String)>) -> Answer {
    let page = load(&ctx, &id).await?;
    let aefi = find(&ctx, &page, &n)?;
    let blocked = blocked_since(&ctx, &page, aefi).await?;
    let words = ctx.words;
    let name = page.view.person.name.shown();
    let title = words.say("aefi-report-title");
    let (card, to) = (
        format!("/people/{}/immunisation", page.view.person.id),
        format!("/people/{}/aefi/{n}", page.view.person.id),
    );
    let one = words.with("aefi-one", [("day", aefi.event.day.into())]);
    let h = Head {
        crumbs: &[(name, &card), (&one, &to)],
        title: &title,
        sub: html! { (words.say("aefi-report-lead")) },
        acts: html! { button.btn.main type="button" data-print { (words.say("print-page")) } },
    };
    let defs = ctx.server.app.definitions();
    let rule = &defs.aefi().provenance;
    let body = html! {
        div.no-print {
            (head(words, &h))
            (note(Shape::Warn, &words.say("aefi-report-form"), html! {
                p { (rule.source) @if let Some(article) = &rule.article { ", " (article) } ". " (confidence(words, rule)) }
            }, None))
        }
        (paper(&ctx, &page, aefi, blocked))
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// Since when the lots of the event are blocked in the book of the unit; `None` when one of them is not.
async fn blocked_since(ctx: &Ctx, page: &PersonPage, aefi: &Aefi) -> Answer<Option<Date>> {
    if !ctx.signed.actor.may(Action::StockRead) {
        return Ok(None);
    }
    let doses = page.view.person.doses.iter();
    let lots: Vec<(String, String)> = doses
        .filter(|dose| aefi.event.what.doses.contains(&dose.at))
        .filter_map(|dose| Some((dose.what.vaccine.clone(), lot_key(dose.what.lot.as_deref()?))))
        .collect();
    let unit = aefi.event.what.unit;
    let stock = ctx.run(move |app, actor| app.stock(actor, Some(unit), ItemKind::Vaccine)).await?;
    let since = |(item, code): &(String, String)| {
        let found = stock.lots.iter().find(|l| (&l.row.item, &l.row.code) == (item, code));
        found.and_then(|line| line.row.blocked_since)
    };
    let days: Option<Vec<Date>> = lots.iter().map(since).collect();
    Ok(days.and_then(|days| days.into_iter().max()))
}

fn paper(ctx: &Ctx, page: &PersonPage, aefi: &Aefi, blocked: Option<Date>) -> Markup {
    let words = ctx.words;
    let (person, body) = (&page.view.person, &aefi.event.what);
    let unit =
        page.units.get(&body.unit).map_or(ctx.signed.actor.unit_name.as_str(), String::as_str);
    let born = person.born.shown();
    let mother =
        page.mother.as_ref().map(|m| m.name.clone()).or_else(|| person.mother.shown().name.clone());
    let area = person.last_residence().and_then(|lives| page.areas.get(&lives.area));
    let at = body.minute.map(|at| format!(" {}", moment::show_time(at))).unwrap_or_default();
    let dash = || "……………………".to_owned();
    let rows = [
        ("report-name", person.name.shown().clone()),
        (
            "report-born",
            format!(
                "{}, {}",
                born.date.show(),
                words.say(&format!("sex-{}", person.sex.shown().code()))
            ),
        ),
        ("report-mother", mother.unwrap_or_else(dash)),
        ("report-area", area.cloned().unwrap_or_else(dash)),
        ("report-doses", doses(ctx, page, aefi).join("; ")),
        ("report-onset", format!("{}{at}", day::show(aefi.event.day))),
        ("report-noticed", aefi.noticed().show()),
        (
            "report-kind",
            words.say(if body.severe { "aefi-severe" } else { "aefi-mild" }).into_owned(),
        ),
        ("report-signs", seen(ctx, aefi)),
        ("report-care", body.care.clone().unwrap_or_else(dash)),
        ("report-outcome", listed(ctx, "aefi_outcome", aefi.outcome())),
        (
            "report-lot",
            match blocked {
                Some(day) => words.with("lot-blocked", [("day", day.into())]),
                None => words.say("report-lot-used").into_owned(),
            },
        ),
        ("report-phone", dash()),
    ];
    html! {
        div.paper {
            div.duo {
                div.rule { (unit) br; b { (words.say("report-number")) } }
                div.rule { b { (words.say("report-nation")) } b { (words.say("report-motto")) } }
            }
            h1 { (words.say("aefi-report-title")) }
            p.under { (words.say("report-to")) }
            table.tbl { tbody { @for (n, (code, value)) in rows.iter().enumerate() {
                tr { td.mid { (n + 1) } th scope="row" { (words.say(code)) } td { (value) } }
            } } }
            p { (words.say("report-attached")) }
            div.duo.sign {
                div { b { (words.say("report-writer")) } (ctx.signed.actor.user_name) }
                div { (words.with("report-day", [("day", day::show(ctx.today()).into())])) b { (words.say("report-head")) } }
            }
        }
    }
}
