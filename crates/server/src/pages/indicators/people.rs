//! Exactly the people a number counted: numerator, denominator, or those missing.

use super::asked::{Asked, Wanted};
use super::list::{Heading, document};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::parts::{Head, Shape, errors, head, note, period_name, print_head, tabs};
use crate::pages::{layout, search};
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::export::excel_table;
use tram_app::indicator::{Side, Which};
use tram_app::person::PersonLine;
use tram_app::unit::AreaRow;
use tram_defs::Definitions;
use tram_defs::indicator::{Indicator, Unmet};
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
    /// Name of the group of a breakdown that is looked at.
    group: Option<String>,
}

/// The longest list that is handed out as a file.
const LONGEST_FILE: usize = 50_000;

/// Reads the people asked for, at most `limit` of them.
async fn find<'d>(
    ctx: &Ctx,
    defs: &'d Definitions,
    code: String,
    asked: &Asked,
    limit: usize,
) -> Answer<(Wanted, Found<'d>)> {
    let found = defs.indicator(&code).filter(|i| ctx.signed.actor.sees(i.compartment));
    let Some(indicator) = found else {
        return Err(Trouble::signed(ctx.clone(), Failure::NotFound));
    };
    let wanted = asked.read(ctx).await?;
    let (q, area) = (wanted.q, wanted.area);
    let group = (!wanted.group.is_empty()).then(|| (wanted.by.clone(), wanted.group.clone()));
    let named = defs.breakdown(&wanted.by).and_then(|b| b.name_of(&wanted.group));
    let name = named.map(str::to_owned);
    let (side, side_code) = side_of(&asked.side);
    let may_list = ctx.signed.actor.may(Action::UnitRead);
    let ((people, total), areas) = ctx
        .run(move |app, actor| {
            let which = Which { area, group, limit };
            let found = app.people_behind(actor, q, &code, side, &which)?;
            let areas = if may_list { app.areas(actor)? } else { Vec::new() };
            Ok((found, areas))
        })
        .await?;
    let of_unit = |area: &AreaRow| area.unit == Some(wanted.q.unit);
    let areas: Vec<AreaRow> = areas.into_iter().filter(of_unit).collect();
    Ok((wanted, Found { indicator, side: side_code, people, total, areas, group: name }))
}

pub async fn show(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let (wanted, found) = find(&ctx, &defs, code, &asked, LONGEST).await?;
    let body = body(&ctx, &wanted, &found);
    let title = &found.indicator.name;
    Ok(Html(layout::page(&ctx, title, "/indicators", body).into_string()).into_response())
}

/// The same list as a file for Excel.
pub async fn excel(ctx: Ctx, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.server.app.definitions();
    let (wanted, found) = find(&ctx, &defs, code, &asked, LONGEST_FILE).await?;
    let heading = Heading {
        words: ctx.words,
        unit: &ctx.signed.actor.unit_name,
        title: title_of(&ctx, &found),
        lines: vec![context(&ctx, &wanted, &found)],
        today: ctx.today(),
    };
    let name = format!("{}-{}.xlsx", found.indicator.code.to_lowercase(), wanted.q.period);
    match excel_table(&document(&heading, &found.people)) {
        Ok(bytes) => Ok(download(&name, XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

fn title_of(ctx: &Ctx, found: &Found<'_>) -> String {
    let n = show_count(found.total as i64);
    ctx.words.with(&format!("behind-{}", found.side), [("n", n.into())])
}

/// Indicator, place, period and group in one line.
fn context(ctx: &Ctx, wanted: &Wanted, found: &Found<'_>) -> String {
    let words = ctx.words;
    let as_of = wanted.q.period.last().min(ctx.today());
    let area = found.areas.iter().find(|area| Some(area.key) == wanted.area);
    let place = area.map_or_else(|| wanted.unit.name.clone(), |area| area.name.clone());
    let when = words.with(
        "one-context",
        [
            ("place", place.into()),
            ("period", period_name(words, wanted.q.period).into()),
            ("day", day::show(as_of).into()),
        ],
    );
    let mut line = format!("{} · {when}", found.indicator.name);
    if let Some(group) = &found.group {
        line.push_str(" · ");
        line.push_str(&words.with("behind-group", [("name", group.as_str().into())]));
    }
    line
}

fn body(ctx: &Ctx, wanted: &Wanted, found: &Found<'_>) -> Markup {
    let words = ctx.words;
    let indicator = found.indicator;
    let path = format!("/indicators/{}", indicator.code);
    let people = format!("{path}/people");
    let title = title_of(ctx, found);
    let sub = context(ctx, wanted, found);
    let [all, back] =
        [wanted.link("/indicators", &[("area", ""), ("open", "")]), wanted.link(&path, &[])];
    let overview = words.say("indicators-title");
    let h = Head {
        crumbs: &[(&*overview, &all), (&indicator.name, &back)],
        title: &title,
        sub: html! { (sub) },
        acts: html! {
            @if !found.people.is_empty() {
                a.btn href=(wanted.link(&format!("{people}.xlsx"), &[("side", found.side)])) { (words.say("export-excel")) }
            }
            button.btn type="button" data-print hidden { (words.say("print-list")) }
        },
    };
    let choices = Some(found.areas.as_slice()).filter(|areas| !areas.is_empty());
    let to = |side: &str| wanted.link(&people, &[("side", side)]);
    html! {
        (head(words, &h))
        (print_head(ctx, &title, &sub))
        (errors(words, &wanted.wrong))
        (wanted.filters(ctx, &people, choices, html! { input type="hidden" name="side" value=(found.side); }))
        @if found.group.is_some() {
            p.acts.no-print { a.btn href=(wanted.link(&people, &[("group", ""), ("side", found.side)])) { (words.say("behind-all-groups")) } }
        }
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
                @if found.indicator.numerator.count.is_followed() { span { (words.say("behind-times")) } }
                span { (words.say("behind-audited")) }
            }
        }
    }
}

fn sides(ctx: &Ctx, found: &Found<'_>, to: &dyn Fn(&str) -> String) -> Vec<(String, String, bool)> {
    let mut sides = vec!["numerator", "denominator"];
    if found.indicator.unmet() == Some(Unmet::Missing) {
        sides.push("missing");
    }
    let tab = |side: &str| (to(side), ctx.words.say(side).into_owned(), side == found.side);
    sides.into_iter().map(tab).collect()
}
