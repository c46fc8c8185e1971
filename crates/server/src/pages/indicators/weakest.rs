//! Where to look first: for each indicator in which somebody can be missing, the station with the most.

use super::asked::Wanted;
use super::drill::{Place, places};
use super::figure::{amount, counts};
use crate::http::Ctx;
use crate::pages::parts::{col, section, table};
use maud::{Markup, html};
use tram_app::indicator::{Board, Number};
use tram_defs::role::Action;

/// Nothing unless there are several stations to compare.
pub fn section_of(ctx: &Ctx, wanted: &Wanted, now: &Board) -> Markup {
    let words = ctx.words;
    let rows: Vec<(&Number, Place)> = now
        .numbers
        .iter()
        .filter(|n| n.indicator.has_missing())
        .filter_map(|n| Some((n, lowest(now, n)?)))
        .collect();
    if rows.is_empty() {
        return html! {};
    }
    let [name, place, value, act] =
        ["indicators-col-name", "indicators-col-place", "indicators-col-value", "weakest-act"]
            .map(|code| words.say(code));
    let cols = [col(&name, ""), col(&place, ""), col(&value, "num"), col(&act, "")];
    let body = html! { @for (number, place) in &rows { (row(ctx, wanted, number, place)) } };
    let title = words.say("weakest-title");
    section(&title, html! {}, table(&title, "stack", &cols, false, body))
}

/// The station with the lowest ratio, when there are at least two that can be compared.
fn lowest(now: &Board, number: &Number) -> Option<Place> {
    let mut solid: Vec<Place> = places(now, number);
    solid.retain(|place| !number.indicator.is_small(place.share));
    if solid.len() < 2 {
        return None;
    }
    solid.into_iter().min_by_key(|place| number.value_of(place.share))
}

fn row(ctx: &Ctx, wanted: &Wanted, number: &Number, place: &Place) -> Markup {
    let words = ctx.words;
    let code = &number.indicator.code;
    let unit = place.unit.map(|id| id.to_string()).unwrap_or_default();
    let missing = place.share.denominator - place.share.numerator;
    let said = words.with("weakest-missing", [("n", missing.into())]);
    let changes = [("unit", unit.as_str()), ("side", "missing")];
    let to = wanted.link(&format!("/indicators/{code}/people"), &changes);
    let value = number.value_of(place.share).map(|v| amount(words, number.indicator.unit, v));
    html! {
        tr {
            th.first scope="row" { a href=(wanted.link(&format!("/indicators/{code}"), &[])) { (number.indicator.name) } }
            td { (place.name) }
            td.num.half { (value.unwrap_or_default()) span.frac { (counts(&number.indicator, place.share)) } }
            td { @if ctx.signed.actor.may(Action::IndicatorPeople) { a href=(to) { (said) } } @else { (said) } }
        }
    }
}
