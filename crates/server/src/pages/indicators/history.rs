//! The parts of one number: by sex, by age group, and over time as a chart with its table.

use super::figure::{amount, counts, in_words, is_known};
use super::one::Page;
use crate::http::Ctx;
use crate::pages::parts::{Col, Point, col, period_name, section, table, trend};
use crate::words::Words;
use maud::{Markup, html};
use tram_app::indicator::Number;
use tram_kernel::period::Length;
use tram_kernel::{Period, Share};

/// The periods of a trend, oldest first: twelve, fewer where they are long.
pub fn periods(last: Period) -> Vec<Period> {
    let n = match last.length() {
        Length::Month | Length::Quarter => 12,
        Length::Half => 6,
        Length::Year => 5,
    };
    (0..n).rev().map(|back| last.step(-back)).collect()
}

/// Value, numerator and denominator of a part.
pub fn cells(words: &Words, number: &Number, share: Share) -> Markup {
    let indicator = &number.indicator;
    let known = is_known(indicator, share);
    let small = indicator.is_small(share);
    let value = number.value_of(share).filter(|_| known && !small);
    html! {
        @if indicator.denominator.is_some() {
            td.num { @match value {
                Some(value) => { b { (amount(words, indicator.unit, value)) } }
                None if known => { span.mute { (in_words(words, indicator, share)) } }
                None if share.numerator != 0 => { span.mute { "–" } }
                None => { span.mute { (words.say("no-data")) } }
            } }
        }
        td.num { @if known || share.numerator != 0 { (counts(indicator, share)) } @else { "–" } }
    }
}

fn part_table(ctx: &Ctx, page: &Page<'_>, heading: &str, rows: &[(String, Share)]) -> Markup {
    let words = ctx.words;
    let ratio = page.number.indicator.denominator.is_some();
    let [what, value, of] = [
        heading,
        "indicators-col-value",
        if ratio { "part-counts" } else { "indicators-col-count" },
    ]
    .map(|code| words.say(code));
    let mut cols: Vec<Col<'_>> = vec![col(&what, "")];
    if ratio {
        cols.push(col(&value, "num"));
    }
    cols.push(col(&of, "num"));
    let body = html! {
        @for (name, share) in rows {
            tr { th scope="row" { (name) } (cells(words, page.number, *share)) }
        }
    };
    table(&what, "tight", &cols, false, body)
}

/// Adds shares under the same name, in order of appearance.
fn grouped(
    number: &Number,
    name: impl Fn(&tram_app::indicator::Part) -> String,
) -> Vec<(String, Share)> {
    let mut rows: Vec<(String, Share)> = Vec::new();
    for part in &number.parts {
        let (name, share) = (name(part), Share::new(part.numerator, part.denominator));
        match rows.iter_mut().find(|row| row.0 == name) {
            Some((_, sum)) => *sum = sum.plus(share),
            None => rows.push((name, share)),
        }
    }
    rows
}

/// By sex and by age, each only where it says something.
pub fn breakdowns(ctx: &Ctx, page: &Page<'_>) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let sex = |female: bool| words.say(if female { "sex-f" } else { "sex-m" }).into_owned();
    let by_sex = grouped(page.number, |part| sex(part.is_female));
    let by_age = grouped(page.number, |part| {
        defs.age_groups.get(usize::from(part.age_group)).map(|g| g.name.clone()).unwrap_or_default()
    });
    let sexes = page.number.indicator.splits_by_sex() && by_sex.len() > 1;
    html! {
        @if sexes {
            (section(&words.say("part-by-sex"), html! {}, part_table(ctx, page, "part-sex", &by_sex)))
        }
        @if by_age.len() > 1 {
            (section(&words.say("part-by-age"), html! {}, part_table(ctx, page, "part-age", &by_age)))
        }
    }
}

/// `10/26`, `QI/26`: short enough for an axis.
fn short(words: &Words, period: Period) -> String {
    let year = i32::from(period.year()) % 100;
    match period.length() {
        Length::Month => format!("{:02}/{year:02}", period.index()),
        Length::Year => period.year().to_string(),
        _ => period_name(words, period).replace(&period.year().to_string(), &format!("{year:02}")),
    }
}

pub fn over_time(ctx: &Ctx, page: &Page<'_>) -> Markup {
    let words = ctx.words;
    let unit = page.number.indicator.unit;
    let of = |number: &Number| {
        let share = number.share.filter(|share| is_known(&number.indicator, *share))?;
        number.value_of(share)
    };
    let found = page.boards.iter().filter_map(|b| Some((b.period, b.numbers.first()?)));
    let found: Vec<(Period, &Number)> = found.collect();
    let point = |(period, number): &(Period, &Number)| {
        let value = of(number);
        let text = value.map(|v| amount(words, unit, v)).unwrap_or_default();
        let faint = number.indicator.is_small(number.share.unwrap_or_default());
        Point { label: short(words, *period), value, text, faint }
    };
    let points: Vec<Point> = found.iter().map(point).collect();
    let [when, value, behind] =
        ["period-label", "indicators-col-value", "part-counts"].map(|code| words.say(code));
    let ratio = page.number.indicator.denominator.is_some();
    let counted = words.say("indicators-col-count");
    let mut cols = vec![col(&when, "")];
    if ratio {
        cols.extend([col(&value, "num"), col(&behind, "num")]);
    } else {
        cols.push(col(&counted, "num"));
    }
    let rows = html! {
        @for (period, number) in found.iter().rev() {
            tr {
                th.nw scope="row" { a href=(page.wanted.link(&page.path(), &[("period", &period.to_string())])) { (period_name(words, *period)) } }
                (cells(words, number, number.share.unwrap_or_default()))
            }
        }
    };
    let title = words.with("over-time", [("n", found.len().into())]);
    let label =
        words.with("over-time-chart", [("name", page.number.indicator.name.as_str().into())]);
    section(
        &title,
        html! {},
        html! {
            (trend(&label, &points))
            @if points.iter().any(|p| p.faint && p.value.is_some()) { p.key { span { (words.say("over-time-faint")) } } }
            (table(&title, "tight", &cols, false, rows))
        },
    )
}
