//! One line of the timeline: what was recorded, by whom, when; and taking it back with a reason.

use super::line::Teller;
use super::timeline::{retraction, taken_back};
use super::{done, load};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, Sheet, facts, head, note};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::person::{Asking, HistoryLine, PersonPage, parse_ref, show_ref};
use tram_defs::role::Action;
use tram_domain::fact::Body;
use tram_kernel::day;

pub async fn show(ctx: Ctx, Path((id, fact)): Path<(String, String)>) -> Answer {
    let page = load(&ctx, &id).await?;
    let line = find(&ctx, &page, &fact)?;
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(draw(&ctx, &page, line, &sheet).into_string()).into_response())
}

pub async fn retract(Path((id, fact)): Path<(String, String)>, form: Fields) -> Answer {
    let page = load(&form.ctx, &id).await?;
    let line = find(&form.ctx, &page, &fact)?;
    let mut sheet = Sheet::posted(&form);
    let reason =
        sheet.required("reason", "person-reason-needed", crate::pages::parts::typed::words);
    if let Some(reason) = reason {
        let asking = Asking { reason: Some(reason), command: form.command(), ..Asking::default() };
        let (id, at) = (page.view.person.id, line.at);
        let taken = sheet.run(&form.ctx, "", move |app, actor| app.retract(actor, id, at, &asking));
        if taken.await?.is_some() {
            return Ok(done(id, "retracted"));
        }
    }
    Ok(sheet.answer(draw(&form.ctx, &page, line, &sheet)))
}

fn find<'a>(ctx: &Ctx, page: &'a PersonPage, fact: &str) -> Answer<&'a HistoryLine> {
    let at = parse_ref(fact);
    let line = page.history.iter().find(|line| Some(line.at) == at);
    line.ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// The opening of a record and a retraction stand for good.
fn may_go(ctx: &Ctx, line: &HistoryLine) -> bool {
    let fixed = matches!(
        line.body,
        Body::PersonRegistered(_) | Body::FactRetracted(_) | Body::PersonLinked(_)
    );
    ctx.signed.actor.may(Action::PersonWrite) && !line.retracted && !fixed
}

/// A link is taken back on a page of its own.
fn may_part(ctx: &Ctx, line: &HistoryLine) -> bool {
    let is_link = matches!(line.body, Body::PersonLinked(_));
    ctx.signed.actor.may(Action::PersonWrite) && !line.retracted && is_link
}

fn draw(ctx: &Ctx, page: &PersonPage, line: &HistoryLine, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let teller = Teller::new(ctx, page);
    let kind = teller.kind(&line.body);
    let name = page.view.person.name.shown();
    let to = format!("/people/{}", page.view.person.id);
    let people = words.say("menu-people");
    let title = format!("{kind}, {}", day::show(line.happened_on));
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! {},
        acts: html! {},
    };
    let unit = line.unit.and_then(|unit| page.units.get(&unit).cloned());
    let rows: Vec<(Markup, Markup)> = [
        ("col-what", teller.text(line.at, &line.body)),
        ("fact-happened", day::show(line.happened_on)),
        ("col-by", line.by.clone().unwrap_or_else(|| words.say("line-machine").into_owned())),
        ("fact-unit", unit.unwrap_or_default()),
        ("fact-recorded", line.recorded_at.show()),
        ("fact-name", show_ref(&line.at)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(code, value)| (html! { (words.say(code)) }, html! { (value) }))
    .collect();
    let body = html! {
        (head(words, &h))
        @if let Some(why) = taken_back(page, line.at) {
            (note(Shape::Warn, &words.say("fact-taken-back"), html! { p { (retraction(ctx, why)) } }, None))
        }
        div.form { (facts(&rows)) }
        @if may_part(ctx, line) {
            section.sec.no-print {
                p { (words.say("part-what")) }
                p.acts { a.btn href={ (to) "/part/" (show_ref(&line.at)) } { (words.say("part-title")) } }
            }
        }
        @if line.aside { (note(Shape::Info, &words.say("fact-aside"), html! {}, None)) }
        @if may_go(ctx, line) {
            section.sec.no-print {
                div.h { h2 { (words.say("retract-title")) } }
                p.mute { (words.say("retract-what")) }
                form.form.sec method="post" action={ (to) "/facts/" (show_ref(&line.at)) } data-main novalidate {
                    (sheet.top(ctx, |_| html! {}))
                    div.cols { (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; })) }
                    (sheet.end(ctx, "retract-save", &to))
                }
            }
        }
    };
    layout::page(ctx, &title, "/people", body)
}
