//! One vaccination day: vials to take along, who is expected and who came, how it ended.

use super::{must_write, series_words, sex_born, standing, when};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Choice, Head, Shape, Sheet, carried, col, done, empty, errors, facts, head, hidden_tokens,
    note, print_head, section, status, table, typed,
};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::immunisation::session::{Expected, SessionPage, Vials};
use tram_domain::fact::{SessionEnd, SessionEnded};
use tram_kernel::SessionId;
use tram_kernel::number::show_count;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    done: String,
    n: String,
}

pub(super) async fn load(ctx: &Ctx, id: &str) -> Answer<SessionPage> {
    let id: SessionId = id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    ctx.run(move |app, actor| app.session_page(actor, id)).await
}

fn back(id: SessionId, told: &str) -> Response {
    Redirect::to(&format!("/sessions/{id}?done={told}")).into_response()
}

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let page = load(&ctx, &id).await?;
    let sheet = Sheet::fresh(&ctx);
    let told = done(&ctx, &asked.done);
    Ok(Html(draw(&ctx, &page, told, &sheet).into_string()).into_response())
}

/// The sentence of an unlucky press of a button, above the page.
async fn again(ctx: &Ctx, id: &str, sheet: &Sheet) -> Answer {
    let page = load(ctx, id).await?;
    Ok(sheet.answer(draw(ctx, &page, html! {}, sheet)))
}

fn draw(ctx: &Ctx, page: &SessionPage, told: Markup, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let what = &page.session.planned.what;
    let title = when(ctx, what.on, what.at);
    let list = words.say("sessions-title");
    let id = page.session.id;
    let open = page.session.ended.is_none();
    let waiting = page.expected.iter().filter(|e| !e.invited).count();
    let h = Head {
        crumbs: &[(&list, "/sessions")],
        title: &title,
        sub: html! { (page.unit.name) ", " (words.say(&format!("session-place-{}", what.place.code()))) @if let Some(point) = &what.point { " (" (point) ")" } },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            a.btn href={ "/sessions/" (id) "/list.xlsx" } { (words.say("export-excel")) }
            @if !page.expected.is_empty() { a.btn href={ "/sessions/" (id) "/papers" } { (words.say("session-papers")) } }
            @if page.may_write && open && what.on == ctx.today() { (record_link(ctx, page)) }
        },
    };
    let rows = [
        (
            words.say("sess-standing").into_owned(),
            standing(ctx, what.on, page.session.ended.as_ref().map(|e| e.what.how)),
        ),
        (
            words.say("sess-series").into_owned(),
            html! { (series_words(&ctx.server.app.definitions(), what.series.iter().map(String::as_str))) },
        ),
        (
            words.say("f-areas").into_owned(),
            html! { (page.areas.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ")) },
        ),
    ];
    let mut rows: Vec<(Markup, Markup)> =
        rows.into_iter().map(|(label, value)| (html! { (label) }, value)).collect();
    if let Some(campaign) = &page.campaign {
        let link = html! { a href={ "/campaigns/" (campaign.id) } { (campaign.name) } };
        rows.push((html! { (words.say("f-campaign")) }, link));
    }
    let reason = page.session.ended.as_ref().and_then(|ended| ended.what.reason.as_deref());
    for text in [what.note.as_deref(), reason].into_iter().flatten() {
        rows.push((html! { (words.say("f-session_note")) }, html! { (text) }));
    }
    let wrong: Vec<(&str, String)> =
        sheet.first_wrong().map(|m| ("ket-thuc", words.message(&m))).into_iter().collect();
    let body = html! {
        (head(words, &h))
        (print_head(ctx, &words.say("session-list-title"), &title))
        (told)
        (errors(words, &wrong))
        (facts(&rows))
        (too_many(ctx, page))
        (vials(ctx, &page.vials))
        @if page.may_write && open && waiting > 0 && what.on >= ctx.today() {
            form.no-print.sec method="post" action={ "/sessions/" (id) "/invite" } {
                (hidden_tokens(ctx))
                (note(Shape::Info, &words.with("session-invite-n", [("n", waiting.into())]), html! { p { (words.say("session-invite-what")) } },
                    Some(html! { button.btn.main { (words.say("session-invite")) } })))
            }
        }
        (expected(ctx, page))
        @if page.may_write && open { (end_form(ctx, page, sheet)) }
    };
    layout::page(ctx, &title, "/session", body)
}

/// Straight to writing down: the series with most people.
fn record_link(ctx: &Ctx, page: &SessionPage) -> Markup {
    let campaign = page.campaign.as_ref();
    let most = page.vials.iter().max_by_key(|need| need.people).map(|need| need.series.clone());
    let to = match (campaign, most) {
        (Some(campaign), _) => format!("/session?campaign={}", campaign.id),
        (None, Some(series)) => format!("/session?series={series}"),
        (None, None) => "/session".to_owned(),
    };
    html! { a.btn.main href=(to) { (ctx.words.say("session-record")) } }
}

/// More people than one point should see in a session.
fn too_many(ctx: &Ctx, page: &SessionPage) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let Some(rule) = &defs.session else { return html! {} };
    let most = if page.vials.len() == 1 { rule.most_single } else { rule.most };
    let n = page.expected.len();
    let args = [("n", n.into()), ("most", i64::from(most).into())];
    html! {
        @if n > usize::from(most) {
            (note(Shape::Warn, &words.with("session-too-many", args), html! { p { (words.with("session-too-many-what", [("source", rule.provenance.source.as_str().into())])) } }, None))
        }
    }
}

fn vials(ctx: &Ctx, needs: &[Vials]) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let codes =
        ["sess-series", "vial-product", "vial-people", "vial-per", "vial-vials", "vial-stock"];
    let titles = codes.map(|code| words.say(code));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], ""),
        col(&titles[2], "num"),
        col(&titles[3], "num"),
        col(&titles[4], "num"),
        col(&titles[5], ""),
    ];
    let body = html! {
        @for need in needs.iter().filter(|need| need.people > 0) {
            tr {
                th.first scope="row" { (series_words(&defs, [need.series.as_str()])) }
                td.full { (need.vaccine.as_deref().and_then(|code| defs.vaccine(code)).map_or("–", |v| v.name.as_str())) }
                td.num data-l=(titles[2]) { (need.people) }
                td.num data-l=(titles[3]) { (need.per_vial) }
                td.num data-l=(titles[4]) { b { (need.vials) } }
                td.nw data-l=(titles[5]) {
                    @match need.stock {
                        None => span.mute { (words.say("vial-no-book")) },
                        Some(doses) if doses < i64::from(need.people) => (status(Shape::Bad, &words.with("vial-short", [("n", show_count(doses).into())]))),
                        Some(doses) => (status(Shape::Ok, &words.with("vial-enough", [("n", show_count(doses).into())]))),
                    }
                }
            }
        }
    };
    html! {
        @if needs.iter().any(|need| need.people > 0) {
            (section(&words.say("vials-title"), html! {}, table(&words.say("vials-title"), "stack tight", &cols, false, body)))
        }
    }
}

fn expected(ctx: &Ctx, page: &SessionPage) -> Markup {
    let words = ctx.words;
    let title = words.with("session-expected", [("n", page.expected.len().into())]);
    if page.expected.is_empty() {
        return empty(
            &words.say("session-nobody-expected"),
            &words.say("session-nobody-expected-what"),
            html! {},
        );
    }
    let titles =
        ["col-name", "col-sex-born", "col-doses", "col-mother", "sess-came"].map(|c| words.say(c));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], ""),
        col(&titles[2], ""),
        col(&titles[3], ""),
        col(&titles[4], ""),
    ];
    let mut body = html! {};
    let mut village = None;
    for e in &page.expected {
        if village != e.person.area_name {
            village.clone_from(&e.person.area_name);
            let here = page.expected.iter().filter(|o| o.person.area_name == village).count();
            body = html! {
                (body)
                tr.grp { th colspan="5" scope="rowgroup" { (village.as_deref().unwrap_or_default()) span.unit { " · " (here) } } }
            };
        }
        body = html! { (body) (row(ctx, page, e, &titles)) };
    }
    section(&title, html! {}, table(&title, "stack", &cols, true, body))
}

/// What is to be given, as on cards: `DPT-VGB-Hib 2, OPV 2`.
pub(super) fn doses(ctx: &Ctx, e: &Expected) -> String {
    let defs = ctx.server.app.definitions();
    let one = |(series, number): &(String, u8)| {
        let short = series_words(&defs, [series.as_str()]);
        if *number > 0 { format!("{short} {number}") } else { short }
    };
    e.doses.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn row(
    ctx: &Ctx,
    page: &SessionPage,
    e: &Expected,
    titles: &[std::borrow::Cow<'_, str>; 5],
) -> Markup {
    let words = ctx.words;
    let p = &e.person;
    let asked = e.doses.iter().any(|(series, _)| e.had.contains(series));
    let is_past = page.session.ended.is_some() || page.session.on() < ctx.today();
    html! {
        tr {
            th.first.name scope="row" { a href={ "/people/" (p.id) "/immunisation" } data-open { (p.name) } }
            td.nw { (sex_born(ctx, p)) }
            td.full { b.what { (doses(ctx, e)) } }
            td data-l=(titles[3]) { (p.mother.as_deref().unwrap_or("–")) }
            td.nw data-l=(titles[4]) {
                @if asked { (status(Shape::Ok, &words.say("sess-vaccinated"))) }
                @else if is_past { (status(Shape::Bad, &words.say("sess-missed"))) }
                @else if e.invited { (status(Shape::Now, &words.say("sess-asked"))) }
                @else { (status(Shape::None, &words.say("sess-not-asked"))) }
            }
        }
    }
}

fn end_form(ctx: &Ctx, page: &SessionPage, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let hows = SessionEnd::ALL.map(|how| Choice {
        value: how.code().to_owned(),
        text: words.say(&format!("session-end-{}", how.code())).into_owned(),
    });
    html! {
        details.sec.no-print id="ket-thuc" open[!sheet.is_right() || page.session.on() <= ctx.today()] {
            summary { b { (words.say("session-end-title")) } }
            form.form.sec method="post" action={ "/sessions/" (page.session.id) "/end" } novalidate {
                (sheet.top(ctx, |_| html! {}))
                (carried("end", "1"))
                div.cols {
                    (sheet.radios(ctx, "how", "c6", hows.into()))
                    (sheet.field(ctx, "reason", |f| { f.class = "c6"; }))
                }
                div.acts.sec { button.btn { (words.say("session-end-save")) } }
            }
        }
    }
}

pub async fn invite(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let session: SessionId =
        id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let mut sheet = Sheet::posted(&form);
    let command = form.command();
    let asked =
        sheet.run(ctx, "how", move |app, actor| app.invite(actor, session, command)).await?;
    match asked {
        Some(_) => Ok(back(session, "session-invite")),
        None => again(ctx, &id, &sheet).await,
    }
}

pub async fn end(Path(id): Path<String>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    must_write(ctx)?;
    let session: SessionId =
        id.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    let mut sheet = Sheet::posted(&form);
    let how = sheet.required("how", "field-choose", |code| {
        SessionEnd::from_code(code).ok_or_else(|| tram_kernel::Message::new("field-choose"))
    });
    let reason = sheet.optional("reason", typed::words);
    if let (Some(how), true) = (how, sheet.is_right()) {
        let body = SessionEnded { how, reason };
        let command = form.command();
        let ended = sheet
            .run(ctx, "how", move |app, actor| app.end_session(actor, session, &body, command))
            .await?;
        if ended.is_some() {
            return Ok(back(session, "session-end"));
        }
    }
    again(ctx, &id, &sheet).await
}
