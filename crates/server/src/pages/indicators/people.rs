//! Exactly the people a number counted: numerator, denominator, or those missing.

use super::asked::{Asked, Wanted};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::parts::{Head, Shape, errors, head, note, period_name, print_head, tabs};
use crate::pages::{layout, search};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::indicator::{Side, Which};
use tram_app::person::PersonLine;
use tram_app::unit::AreaRow;
use tram_defs::indicator::Indicator;
use tram_defs::role::Action;
use tram_kernel::day;
use tram_kernel::number::show_count;

/// More than this are not shown on one page; a village narrows them.
const LONGEST: usize = 1000;

const fn side_of(code: &str) -> (Side, &'static str) {
    match code.as_bytes() {
        b"denominator" => (Side::Denominator, "denominator"),
        b"missing" => (Side::Missing, "missing"),
        _ => (Side::Numerator, "numerator"),
    }
}

struct Found<'a> {
    indicator: &'a Indicator,
    side: &'static str,
    people: Vec<PersonLine>,
    total: usize,
    areas: Vec<AreaRow>,
}

pub async fn show(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let Some(indicator) = defs.indicator(&code) else {
        return Err(Trouble::signed(ctx, Failure::NotFound));
    };
    let wanted = asked.read(&ctx).await?;
    let (q, area) = (wanted.q, wanted.area);
    let (side, side_code) = side_of(&asked.side);
    let may_list = ctx.signed.actor.may(Action::UnitRead);
    let ((people, total), areas) = ctx
        .run(move |app, actor| {
            let found = app.people_behind(actor, q, &code, side, &Which { area, group, limit: LONGEST })?;
            let areas = if may_list { app.areas(actor)? } else { Vec::new() };
            Ok((found, areas))
        })
        .await?;
    let of_unit = |area: &AreaRow| area.unit == Some(wanted.q.unit);
    let areas: Vec<AreaRow> = areas.into_iter().filter(of_unit).collect();
    let found = Found { indicator, side: side_code, people, total, areas };
    let body = body(&ctx, &wanted, &found);
    Ok(Html(layout::page(&ctx, &indicator.name, "/indicators", body).into_string()).into_response())
}

fn body(ctx: &Ctx, wanted: &Wanted, found: &Found<'_>) -> Markup {
    let words = ctx.words;
    let indicator = found.indicator;
    let path = format!("/indicators/{}", indicator.code);
    let people = format!("{path}/people");
    let title = words
        .with(&format!("behind-{}", found.side), [("n", show_count(found.total as i64).into())]);
    let as_of = wanted.q.period.last().min(ctx.today());
    let area = found.areas.iter().find(|area| Some(area.key) == wanted.area);
    let place = area.map_or_else(|| wanted.unit.name.clone(), |area| area.name.clone());
    let sub = format!(
        "{} · {}",
        indicator.name,
        words.with(
            "one-context",
            [
                ("place", place.into()),
                ("period", period_name(words, wanted.q.period).into()),
                ("day", day::show(as_of).into()),
            ],
        )
    );
    let [all, back] =
        [wanted.link("/indicators", &[("area", ""), ("open", "")]), wanted.link(&path, &[])];
    let overview = words.say("indicators-title");
    let h = Head {
        crumbs: &[(&*overview, &all), (&indicator.name, &back)],
        title: &title,
        sub: html! { (sub) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-list")) } },
    };
    let choices = Some(found.areas.as_slice()).filter(|areas| !areas.is_empty());
    let to = |side: &str| wanted.link(&people, &[("side", side)]);
    html! {
        (head(words, &h))
        (print_head(ctx, &title, &sub))
        (errors(words, &wanted.wrong))
        (wanted.filters(ctx, &people, choices, html! { input type="hidden" name="side" value=(found.side); }))
        @if indicator.denominator.is_some() {
            (tabs(&words.say("behind-sides"), &sides(ctx, found, &to)))
        }
        @if found.people.is_empty() {
            (note(Shape::None, &words.say("behind-none"), html! { p { (words.say("behind-none-what")) } }, None))
        } @else {
            (search::list(ctx, &found.people))
            p.pager {
                span {
                    @if found.people.len() < found.total {
                        (words.with("behind-some", [("n", show_count(found.people.len() as i64).into()), ("total", show_count(found.total as i64).into())]))
                    } @else { (words.with("behind-total", [("n", show_count(found.total as i64).into())])) }
                }
                span { (words.say("behind-audited")) }
            }
        }
    }
}

fn sides(ctx: &Ctx, found: &Found<'_>, to: &dyn Fn(&str) -> String) -> Vec<(String, String, bool)> {
    let mut sides = vec!["numerator", "denominator"];
    if found.indicator.has_missing() {
        sides.push("missing");
    }
    let tab = |side: &str| (to(side), ctx.words.say(side).into_owned(), side == found.side);
    sides.into_iter().map(tab).collect()
}
