//! Which charts a child has: weight and length for age up to two or five years, weight for length lying or
//! standing.

use super::plot::{Line, Plot};
use crate::http::Ctx;
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_defs::growth::Standard;
use tram_domain::growth::{Axis, Curves, STANDS_FROM, Weighing, curves};

/// Days of a month of the axis.
const MONTH: f64 = 30.4375;
/// The end of the charts: five years.
const FIVE_YEARS: i32 = 1826;
/// Class and name of each line, lowest first.
const LINES: [(&str, &str); 5] =
    [("z3", "−3"), ("z2", "−2"), ("z0", "0"), ("z2", "+2"), ("z3", "+3")];

/// One chart: its words, its table, the stretch of its axis, the step of its lines and of its grid.
struct Kind {
    code: &'static str,
    standard: Standard,
    range: (i32, i32),
    every: i32,
    grid: f64,
    up: &'static str,
}

/// Small children are drawn up to two years: there a kilogram is much.
fn kinds(last: i32) -> [Kind; 3] {
    let lies = last < STANDS_FROM;
    let (end, every, grid) = if lies { (730, 15, 3.0) } else { (FIVE_YEARS, 30, 6.0) };
    let (code, standard) = match lies {
        true => ("growth-length-weight", Standard::WeightLength),
        false => ("growth-height-weight", Standard::WeightHeight),
    };
    let by_age = |code, standard, up| Kind { code, standard, range: (0, end), every, grid, up };
    [
        by_age("growth-weight", Standard::WeightAge, "kg"),
        by_age("growth-height", Standard::HeightAge, "cm"),
        Kind { code, standard, range: (0, i32::MAX), every: 10, grid: 10.0, up: "kg" },
    ]
}

pub fn charts(ctx: &Ctx, page: &PersonPage, known: &[Weighing]) -> Markup {
    let words = ctx.words;
    let Some(last) = known.iter().filter_map(|one| one.days).filter(|d| *d <= FIVE_YEARS).max()
    else {
        return html! { p.mute { (words.say("growth-since-5")) } };
    };
    let drawn = kinds(last).map(|kind| one(ctx, page, known, &kind));
    html! {
        div.charts.who { @for (name, chart) in &drawn { figure { figcaption { (name) } (chart) } } }
        p.mute.sm { (words.say("growth-legend")) }
    }
}

fn one(ctx: &Ctx, page: &PersonPage, known: &[Weighing], kind: &Kind) -> (String, Markup) {
    let words = ctx.words;
    let name = words.say(kind.code).into_owned();
    let (standards, sex) = (page.view.defs.growth.standards(), *page.view.person.sex.shown());
    let Some(found) = curves(standards, kind.standard, sex, kind.range, kind.every) else {
        return (name, html! {});
    };
    let own: Vec<(f64, f64)> = known.iter().filter_map(|one| point(one, kind, &found)).collect();
    let lines = LINES.iter().enumerate().map(|(at, (class, name))| Line {
        class,
        name,
        points: found
            .lines
            .iter()
            .map(|(key, values)| (across(&found, *key), values[at]))
            .collect(),
    });
    let label =
        words.with("growth-drawn", [("chart", name.as_str().into()), ("n", own.len().into())]);
    let months = words.say("growth-months");
    let plot = Plot {
        label: &label,
        across: match found.axis {
            Axis::Days => &months,
            Axis::Millimetres => "cm",
        },
        up: kind.up,
        from: across(&found, found.from),
        // To the full month.
        to: across(&found, found.to).ceil(),
        step: kind.grid,
        lines: lines.collect(),
        own,
    };
    (name, plot.draw())
}

/// Months or centimetres.
fn across(curves: &Curves, key: i32) -> f64 {
    match curves.axis {
        Axis::Days => f64::from(key) / MONTH,
        Axis::Millimetres => f64::from(key) / 10.0,
    }
}

/// Where a weighing stands on a chart; `None` when it does not belong there.
fn point(one: &Weighing, kind: &Kind, curves: &Curves) -> Option<(f64, f64)> {
    let days = one.days?;
    let kilograms = one.kilograms.map(|kg| kg as f64 / 1e3);
    let length = one.length.map(|cm| cm as f64 / 1e3);
    let of_age = |value: f64| {
        (curves.from..=curves.to).contains(&days).then(|| (across(curves, days), value))
    };
    match kind.standard {
        Standard::WeightAge => kilograms.and_then(of_age),
        Standard::HeightAge => length.and_then(of_age),
        _ => {
            let lies = kind.standard == Standard::WeightLength;
            let cm = length.filter(|_| lies == (days < STANDS_FROM) && days <= FIVE_YEARS)?;
            let fits = (across(curves, curves.from)..=across(curves, curves.to)).contains(&cm);
            kilograms.filter(|_| fits).map(|kg| (cm, kg))
        }
    }
}
