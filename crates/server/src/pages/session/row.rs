//! The rows of a session: one child each, waiting, done, or put off.

use super::{recent, undo_of};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::calendar::{moved_from, why_off};
use crate::pages::parts::{Shape, hidden_tokens, icon, status};
use crate::pages::undo;
use crate::words::age;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::immunisation::OwedChild;
use tram_app::person::PersonLine;
use tram_kernel::{Message, PersonId, number};

/// What a row is about: a series, perhaps for a campaign.
#[derive(Clone, Copy)]
pub(super) struct Of<'a> {
    pub series: &'a str,
    /// Its id; empty outside a campaign.
    pub campaign: &'a str,
}

fn common_cells(ctx: &Ctx, p: &PersonLine) -> Markup {
    let words = ctx.words;
    html! {
        td.nw { (words.say(&format!("sex-{}", p.sex.code()))) ", " (age(words, p.born, ctx.today())) }
        td.nw.rest { (p.area_name.as_deref().unwrap_or_default()) }
    }
}

pub(super) fn done_row(
    ctx: &Ctx,
    at: usize,
    p: &PersonLine,
    number: Option<u8>,
    undo: Option<(&str, &str)>,
) -> Markup {
    let words = ctx.words;
    html! {
        tr.done data-child data-done id={ "c" (at) } {
            td.num.stt { (at) }
            th.first scope="row" { (p.name) }
            td.mid.half data-l=(words.say("col-dose")) { @match number { Some(n) => (n), None => "–" } }
            (common_cells(ctx, p))
            td.num.pad {}
            td.nw { (words.say("verdict-ok")) }
            td.nw { @if number.is_some() { (status(Shape::Ok, &words.say("session-saved"))) } @else { (status(Shape::Bad, &words.say("session-not-counted"))) } }
            td.last { div.acts.end {
                @if let Some((set, back)) = undo { (undo::button(ctx, set, back, Some(&p.name))) }
                a.btn.quiet.sm href={ "/people/" (p.id) "/immunisation" } aria-label=(words.with("session-open-card", [("name", p.name.as_str().into())])) { (words.say("session-card")) }
            } }
        }
    }
}

/// What a row shows beside the child: what was typed, what is wrong, what should be read.
#[derive(Default)]
pub(super) struct Row {
    temp: String,
    verdict: String,
    said: String,
    accept: Vec<&'static str>,
    put_off: bool,
}

pub(super) fn open_row(ctx: &Ctx, at: usize, of: Of<'_>, child: &OwedChild, row: &Row) -> Markup {
    let words = ctx.words;
    let p = &child.person;
    let form = format!("f{at}");
    let Of { series, campaign } = of;
    let number = child.doses.iter().find(|d| d.series == series).map(|d| d.number);
    let number = number.filter(|n| *n > 0);
    let name = [("name", p.name.as_str().into())];
    let verdicts = ["ok", "hold", "absent"];
    let defs = ctx.server.app.definitions();
    let rule = defs.screening();
    let [low, high] =
        [rule.cold_to, rule.fever_from].map(|t| number::show_thousandths(i64::from(t) * 100));
    html! {
        tr data-child id={ "c" (at) } class=[(!row.said.is_empty()).then_some("fail")] {
            td.num.stt {
                form id=(form) method="post" action="/session/dose" hx-post="/session/dose" hx-target="closest tr" hx-swap="outerHTML" {
                    (hidden_tokens(ctx))
                    input type="hidden" name="child" value=(p.id);
                    input type="hidden" name="at" value=(at);
                    input type="hidden" name="series" value=(series);
                    @if !campaign.is_empty() { input type="hidden" name="campaign" value=(campaign); }
                    @for code in &row.accept { input type="hidden" name="accept" value=(code); }
                }
                (at)
            }
            th.first scope="row" {
                a href={ "/people/" (p.id) "/immunisation" } { (p.name) }
                span.msg.warn data-msg { (row.said) }
            }
            td.mid.half data-l=(words.say("col-dose")) { @if let Some(n) = number { (n) } }
            (common_cells(ctx, p))
            td.num data-l="°C" {
                input.num-in.w5 form=(form) name="temp" value=(row.temp) inputmode="decimal" autocomplete="off"
                    aria-label=(words.with("session-temp-of", name.clone())) data-first data-col="temp"
                    data-low=(low) data-high=(high) data-unit="°C";
            }
            td {
                select.w9 form=(form) name="verdict" aria-label=(words.with("session-verdict-of", name.clone())) data-verdict="ok" {
                    @for verdict in verdicts {
                        option value=(verdict) selected[row.verdict == verdict] { (words.say(&format!("verdict-{verdict}"))) }
                    }
                }
            }
            td.nw { @if row.put_off { (icon(Shape::Hold)) } }
            td.last { div.acts.end { button.btn.quiet.sm form=(form) aria-label=(words.with("session-save-of", name)) {
                @if row.accept.is_empty() { (words.say("session-save")) } @else { (words.say("confirm-save")) }
            } } }
        }
    }
}

pub(super) async fn row_answer(
    form: &Fields,
    id: PersonId,
    saved: Result<bool, Failure>,
) -> Answer {
    let ctx = &form.ctx;
    let words = ctx.words;
    let series = form.get("series").to_owned();
    let at: usize = form.get("at").parse().unwrap_or(1);
    let campaign = form.get("campaign").to_owned();
    let (wanted, of_campaign) = (series.clone(), campaign.parse().ok());
    let (owed, given, saves) = ctx
        .run(move |app, actor| {
            let children = match of_campaign {
                Some(campaign) => app.campaign_page(actor, campaign)?.children(),
                None => app.worklist(actor, None, 0)?.children,
            };
            let child = children.into_iter().find(|c| c.person.id == id);
            let given = app.given_today(actor, &wanted)?.into_iter().find(|g| g.person.id == id);
            Ok((child, given, recent(app, actor)?))
        })
        .await?;
    let (code, row) = match saved {
        Ok(true) => {
            let here = match campaign.as_str() {
                "" => format!("/session?series={series}"),
                id => format!("/session?series={series}&campaign={id}"),
            };
            let undo = undo_of(&saves, id, &here);
            let markup = given.map(|g| done_row(ctx, at, &g.person, g.number, undo));
            return Ok(Html(markup.unwrap_or_default().into_string()).into_response());
        }
        Ok(false) => {
            let page = ctx.run(move |app, actor| app.person_page(actor, id)).await?;
            return Ok(Html(held_row(ctx, at, &page).into_string()).into_response());
        }
        Err(Failure::Confirm(warnings)) => {
            let said = warnings.iter().map(|w| words.message(w)).collect::<Vec<_>>().join(" ");
            let accept = warnings.iter().map(|w| w.code).collect();
            (StatusCode::CONFLICT, Row { said, accept, ..Row::default() })
        }
        Err(Failure::Refused { message, .. }) => {
            let said = words.message(&message);
            (StatusCode::UNPROCESSABLE_ENTITY, Row { said, ..Row::default() })
        }
        Err(failure) => return Err(Trouble::signed(ctx.clone(), failure)),
    };
    let row = Row { temp: form.get("temp").into(), verdict: form.get("verdict").into(), ..row };
    let Some(child) = owed else {
        return Err(Trouble::signed(
            ctx.clone(),
            Failure::refused(Message::new("session-not-due")),
        ));
    };
    Ok((
        code,
        Html(
            open_row(ctx, at, Of { series: &series, campaign: &campaign }, &child, &row)
                .into_string(),
        ),
    )
        .into_response())
}

/// A child that was put off: stays in sight, says until when.
fn held_row(ctx: &Ctx, at: usize, page: &tram_app::person::PersonPage) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let defs = ctx.server.app.definitions();
    let until = p.deferrals.last().map(|d| d.what.until);
    let moved = p.deferrals.last().and_then(|d| moved_from(&defs, &d.what, d.day));
    let why = moved.and_then(|meant| why_off(words, &defs, meant));
    let name = p.name.shown();
    html! {
        tr.off data-child id={ "c" (at) } {
            td.num.stt { (at) }
            th.first scope="row" { (name) }
            td.mid.half {}
            td.nw { (words.say(&format!("sex-{}", p.sex.shown().code()))) ", " (age(words, p.born.shown().date, ctx.today())) }
            td.nw.rest {}
            td.num.pad {}
            td.nw { (words.say("verdict-hold")) }
            td.nw { @if let Some(until) = until { (status(Shape::Hold, &words.with("card-held", [("day", until.into())]))) }
                @if let Some(why) = why { span.sub { (why) } }
            }
            td.last { div.acts.end { a.btn.quiet.sm href={ "/people/" (p.id) "/immunisation" } { (words.say("session-card")) } } }
        }
    }
}
