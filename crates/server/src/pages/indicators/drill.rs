//! One indicator by place: the whole, its stations, and the villages of the one unfolded.

use super::asked::Wanted;
use super::figure::{amount, in_words, is_known};
use crate::http::Ctx;
use crate::pages::parts::{col, progress, table};
use maud::{Markup, html};
use tram_app::indicator::{Board, Number};
use tram_defs::indicator::Direction;
use tram_defs::role::Action;
use tram_kernel::number::show_count;
use tram_kernel::{Share, UnitId};

/// A station with its villages added up.
#[derive(Debug, Clone)]
pub struct Place {
    pub unit: Option<UnitId>,
    pub name: String,
    pub share: Share,
    key: Option<i64>,
}

/// The stations that look after the areas of a board.
pub fn places(board: &Board, number: &Number) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    for area in &board.areas {
        let share = number.by_area.get(&area.key).copied().unwrap_or_default();
        match places.iter_mut().find(|place| place.key == area.unit) {
            Some(place) => place.share = place.share.plus(share),
            None => {
                let unit = board.units.iter().find(|unit| Some(unit.key) == area.unit);
                let name = unit.map(|unit| unit.name.clone()).unwrap_or_default();
                let unit = unit.map(|unit| unit.id);
                places.push(Place { unit, name, share, key: area.unit });
            }
        }
    }
    places
}

/// One row of the tree.
struct Row {
    level: u8,
    name: String,
    share: Share,
    /// Where its name leads.
    to: String,
    /// Unfolded, folded, or nothing below.
    open: Option<(bool, String)>,
    /// The people missing here.
    missing: String,
    chosen: bool,
}

pub fn table_of(ctx: &Ctx, wanted: &Wanted, board: &Board, number: &Number) -> Markup {
    let words = ctx.words;
    let indicator = &number.indicator;
    let (ratio, missing) = (indicator.denominator.is_some(), indicator.has_missing());
    let [place, numerator, denominator, value, bar, lacking] = [
        "indicators-col-place",
        if ratio { "numerator" } else { "indicators-col-count" },
        "denominator",
        "indicators-col-value",
        "drill-bar",
        "missing",
    ]
    .map(|code| words.say(code));
    let mut cols = vec![col(&place, ""), col(&numerator, "num")];
    if ratio {
        cols.extend([col(&denominator, "num"), col(&value, "num"), col(&bar, "")]);
    }
    if missing {
        cols.push(col(&lacking, "num"));
    }
    let whole = board.areas.iter().filter_map(|area| number.by_area.get(&area.key));
    let whole = whole.fold(Share::default(), |sum, share| sum.plus(*share));
    let body = html! {
        @for row in rows(wanted, board, number, whole) { (line(ctx, number, &row, whole, (ratio, missing))) }
    };
    table(&words.say("drill-title"), "pin", &cols, true, body)
}

/// Worst first; where neither way is good, by name.
fn sorted<T>(number: &Number, mut items: Vec<T>, share: impl Fn(&T) -> Share) -> Vec<T> {
    let value = |item: &T| number.value_of(share(item)).unwrap_or(i64::MAX);
    match number.indicator.direction {
        Direction::Higher => items.sort_by_key(value),
        Direction::Lower => {
            items.sort_by_key(|item| std::cmp::Reverse(number.value_of(share(item))));
        }
        Direction::Range => {}
    }
    items
}

fn rows(wanted: &Wanted, board: &Board, number: &Number, whole: Share) -> Vec<Row> {
    let path = format!("/indicators/{}", number.indicator.code);
    let people = format!("{path}/people");
    let stations = sorted(number, places(board, number), |place| place.share);
    let alone = stations.len() < 2;
    let mut rows = vec![Row {
        level: 0,
        name: wanted.unit.name.clone(),
        share: whole,
        to: wanted.link(&path, &[("area", "")]),
        open: None,
        missing: wanted.link(&people, &[("area", ""), ("side", "missing")]),
        chosen: false,
    }];
    for station in stations {
        let id = station.unit.map(|id| id.to_string()).unwrap_or_default();
        let open = alone || wanted.open == id;
        if !alone {
            let fold = if open { "" } else { id.as_str() };
            rows.push(Row {
                level: 1,
                name: station.name.clone(),
                share: station.share,
                to: wanted.link(&path, &[("unit", &id), ("area", ""), ("open", "")]),
                open: Some((open, wanted.link(&path, &[("open", fold)]))),
                missing: wanted.link(&people, &[("unit", &id), ("area", ""), ("side", "missing")]),
                chosen: false,
            });
        }
        if open {
            rows.extend(villages(wanted, board, number, &station, if alone { 1 } else { 2 }));
        }
    }
    rows
}

fn villages(
    wanted: &Wanted,
    board: &Board,
    number: &Number,
    station: &Place,
    level: u8,
) -> Vec<Row> {
    let path = format!("/indicators/{}", number.indicator.code);
    let people = format!("{path}/people");
    let share = |key: i64| number.by_area.get(&key).copied().unwrap_or_default();
    let here: Vec<_> = board.areas.iter().filter(|area| area.unit == station.key).collect();
    let unit = station.unit.map_or_else(|| wanted.unit.id.to_string(), |id| id.to_string());
    let row = |area: &&tram_app::unit::AreaRow| {
        let key = area.key.to_string();
        let here = [("unit", unit.as_str()), ("area", &key), ("open", "")];
        Row {
            level,
            name: area.name.clone(),
            share: share(area.key),
            to: wanted.link(&path, &here),
            open: None,
            missing: wanted.link(&people, &[here[0], here[1], here[2], ("side", "missing")]),
            chosen: wanted.area == Some(area.key),
        }
    };
    sorted(number, here, |area| share(area.key)).iter().map(row).collect()
}

fn line(
    ctx: &Ctx,
    number: &Number,
    row: &Row,
    whole: Share,
    (ratio, missing): (bool, bool),
) -> Markup {
    let words = ctx.words;
    let indicator = &number.indicator;
    let known = is_known(indicator, row.share);
    let value = number.value_of(row.share).filter(|_| known && !indicator.is_small(row.share));
    let mean = number.value_of(whole).filter(|mean| *mean > 0);
    let lacking = row.share.denominator - row.share.numerator;
    let fold = |open: bool| if open { "fold" } else { "unfold" };
    html! {
        tr class=[row.chosen.then_some("sel")] {
            th scope="row" class={ "nw lv" (row.level) } {
                span.node {
                    @match &row.open {
                        Some((open, to)) => {
                            a.tw href=(to) aria-expanded=(open) aria-label=(words.with(fold(*open), [("name", row.name.as_str().into())])) {}
                        }
                        None => { span.tw {} }
                    }
                    a href=(row.to) data-open { (row.name) }
                }
            }
            td.num { @if known { (show_count(row.share.numerator)) } @else { "–" } }
            @if ratio {
                td.num { @if known { (show_count(row.share.denominator)) } @else { "–" } }
                td.num {
                    @match value {
                        Some(value) => { b { (amount(words, indicator.unit, value)) } }
                        None if known => { span.mute { (in_words(words, indicator, row.share)) } }
                        None => { span.mute { (words.say("no-data")) } }
                    }
                }
                td { @if let (Some(value), Some(mean)) = (value, mean) {
                    @let args = [("value", amount(words, indicator.unit, value).into()), ("mean", amount(words, indicator.unit, mean).into())];
                    (progress(&words.with("drill-against", args), value, mean, None))
                } }
            }
            @if missing {
                td.num {
                    @if lacking > 0 && ctx.signed.actor.may(Action::IndicatorPeople) {
                        a href=(row.missing) { (show_count(lacking)) }
                    } @else { (show_count(lacking)) }
                }
            }
        }
    }
}
