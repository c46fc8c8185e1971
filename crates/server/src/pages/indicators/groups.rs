//! One number parted by what people are: ethnicity, standing of the household, insurance group.

use super::history::cells;
use super::one::Page;
use crate::http::Ctx;
use crate::pages::parts::{Shape, col, note, section, table, tabs};
use maud::{Markup, html};
use tram_app::indicator::Grouping;
use tram_defs::Confidence;
use tram_defs::breakdown::Breakdown;
use tram_defs::role::Action;
use tram_kernel::Share;
use tram_kernel::number::show_count;

/// The choice of breakdowns, and the one chosen.
pub fn section_of(ctx: &Ctx, page: &Page<'_>) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    if !page.number.indicator.splits_by_group() || defs.breakdowns.is_empty() {
        return html! {};
    }
    let to = |by: &str| format!("{}#groups", page.wanted.link(&page.path(), &[("by", by)]));
    let choice = |breakdown: &Breakdown| {
        let chosen = breakdown.code == page.wanted.by;
        (to(&breakdown.code), breakdown.name.clone(), chosen)
    };
    let choices: Vec<(String, String, bool)> = defs.breakdowns.iter().map(choice).collect();
    let body = html! {
        (tabs(&words.say("groups-title"), &choices))
        @match &page.grouping {
            Some(grouping) => { (table_of(ctx, page, grouping)) }
            None => { p.mute.sm { (words.say("groups-choose")) } }
        }
    };
    html! { div id="groups" { (section(&words.say("groups-title"), html! {}, body)) } }
}

fn table_of(ctx: &Ctx, page: &Page<'_>, grouping: &Grouping) -> Markup {
    let words = ctx.words;
    let indicator = &page.number.indicator;
    let (ratio, missing) = (indicator.denominator.is_some(), indicator.has_missing());
    let breakdown = &grouping.breakdown;
    let [value, counts, lacking] = [
        "indicators-col-value",
        if ratio { "part-counts" } else { "indicators-col-count" },
        "missing",
    ]
    .map(|code| words.say(code));
    let mut cols = vec![col(&breakdown.name, "")];
    if ratio {
        cols.push(col(&value, "num"));
    }
    cols.push(col(&counts, "num"));
    if missing {
        cols.push(col(&lacking, "num"));
    }
    let body = html! {
        @for (code, share) in &grouping.groups {
            tr {
                th scope="row" { (name(ctx, page, grouping, code)) }
                (cells(words, page.number, *share))
                @if missing { td.num { (lack(ctx, page, code, *share)) } }
            }
        }
    };
    let from = &breakdown.provenance;
    html! {
        (table(&breakdown.name, "tight", &cols, false, body))
        p.mute.sm { (words.say("groups-as-of")) }
        @if from.confidence == Confidence::Unverified {
            (note(Shape::Warn, &words.say("confidence-unverified"), html! { p { (from.note.as_deref().unwrap_or(&from.source)) } }, None))
        }
    }
}

/// The name of a group, leading to its people.
fn name(ctx: &Ctx, page: &Page<'_>, grouping: &Grouping, code: &str) -> Markup {
    let name = grouping.breakdown.name_of(code).unwrap_or(code);
    let may = ctx.signed.actor.may(Action::IndicatorPeople);
    if !may || page.number.indicator.minus.is_some() {
        return html! { (name) };
    }
    let side =
        if page.number.indicator.denominator.is_some() { "denominator" } else { "numerator" };
    let path = format!("{}/people", page.path());
    html! { a href=(page.wanted.link(&path, &[("group", code), ("side", side)])) { (name) } }
}

fn lack(ctx: &Ctx, page: &Page<'_>, code: &str, share: Share) -> Markup {
    let lacking = share.denominator - share.numerator;
    let path = format!("{}/people", page.path());
    let to = page.wanted.link(&path, &[("group", code), ("side", "missing")]);
    html! {
        @if lacking > 0 && ctx.signed.actor.may(Action::IndicatorPeople) { a href=(to) { (show_count(lacking)) } }
        @else { (show_count(lacking)) }
    }
}
