//! The table of all indicators: value, change, twelve months, what to think of it.

use super::asked::Wanted;
use super::figure::{Remark, change, counts, headline, remark_of, remark_status};
use crate::http::Ctx;
use crate::pages::parts::{Shape, col, remark, spark, status, table};
use crate::words::Words;
use maud::{Markup, html};
use tram_app::indicator::{Board, Number};
use tram_defs::Confidence;
use tram_defs::indicator::Timing;
use tram_kernel::Period;
use tram_kernel::period::Length;

/// The periods a board needs, each asked once.
pub struct Times {
    pub now: Period,
    pub before: Period,
    pub year_before: Period,
    months: Vec<Period>,
    pub periods: Vec<Period>,
}

impl Times {
    pub fn of(now: Period, last_month: Period, months: i32) -> Self {
        let before = now.step(-1);
        let year_before = now.step(-12 / now.length().months());
        let months: Vec<Period> = (0..months).rev().map(|back| last_month.step(-back)).collect();
        let mut periods = vec![now, before, year_before];
        periods.extend(&months);
        periods.sort();
        periods.dedup();
        Self { now, before, year_before, months, periods }
    }

    fn board<'b>(&self, boards: &'b [Board], period: Period) -> Option<&'b Board> {
        boards.iter().find(|board| board.period == period)
    }

    pub fn now<'b>(&self, boards: &'b [Board]) -> Option<&'b Board> {
        self.board(boards, self.now)
    }

    fn number<'b>(&self, boards: &'b [Board], period: Period, code: &str) -> Option<&'b Number> {
        self.board(boards, period)?.numbers.iter().find(|n| n.indicator.code == code)
    }
}

/// The order of the headings; files that are not named come after these.
const GROUPS: [&str; 9] = [
    "population",
    "under_one",
    "age",
    "household",
    "vital",
    "newborn",
    "migration",
    "immunisation",
    "doses",
];

fn groups(now: &Board) -> Vec<(&str, Vec<&Number>)> {
    let mut names: Vec<&str> = GROUPS.to_vec();
    for number in &now.numbers {
        if !names.contains(&number.indicator.group.as_str()) {
            names.push(&number.indicator.group);
        }
    }
    let of = |name: &str| now.numbers.iter().filter(|n| n.indicator.group == name).collect();
    let all = names.into_iter().map(|name| (name, of(name)));
    all.filter(|(_, numbers): &(&str, Vec<&Number>)| !numbers.is_empty()).collect()
}

fn group_name(words: &Words, group: &str) -> String {
    let code = format!("indicators-group-{group}");
    if words.has(&code) { words.say(&code).into_owned() } else { group.to_owned() }
}

/// How many rows are ordinary, unusual, small, unknown.
pub fn tally(words: &Words, now: &Board) -> Markup {
    let kinds = [
        (Remark::Ordinary, Shape::On, "tally-ordinary"),
        (Remark::Unusual, Shape::Warn, "tally-unusual"),
        (Remark::Small, Shape::Soon, "tally-small"),
        (Remark::Unknown, Shape::None, "tally-unknown"),
    ];
    html! {
        p.acts.tally {
            @for (kind, shape, code) in kinds {
                @let n = now.numbers.iter().filter(|n| remark_of(n) == kind).count();
                @if n > 0 { (status(shape, &words.with(code, [("n", n.into())]))) }
            }
        }
    }
}

pub fn table_of(ctx: &Ctx, wanted: &Wanted, times: &Times, boards: &[Board]) -> Markup {
    let words = ctx.words;
    let Some(now) = times.now(boards) else { return html! {} };
    let [name, value, before, year_before, months, remark] = [
        "indicators-col-name",
        "indicators-col-value",
        "indicators-col-before",
        "indicators-col-year-before",
        "indicators-col-months",
        "indicators-col-remark",
    ]
    .map(|code| words.say(code));
    let cols = [
        col(&name, ""),
        col(&value, "num"),
        col(&before, "num"),
        col(&year_before, "num"),
        col(&months, ""),
        col(&remark, ""),
    ];
    let body = html! {
        @for (group, numbers) in groups(now) {
            tr.grp { th colspan="6" scope="rowgroup" { (group_name(words, group)) } }
            @for number in numbers { (row(ctx, wanted, times, boards, number)) }
        }
    };
    table(&words.say("indicators-title"), "stack ind", &cols, true, body)
}

fn row(ctx: &Ctx, wanted: &Wanted, times: &Times, boards: &[Board], number: &Number) -> Markup {
    let words = ctx.words;
    let indicator = &number.indicator;
    let to = wanted.link(&format!("/indicators/{}", indicator.code), &[]);
    let share = number.share.unwrap_or_default();
    let shown = headline(words, number, share);
    let is_ratio = indicator.denominator.is_some() && !indicator.is_small(share);
    let [before, year_before] =
        ["indicators-col-before", "indicators-col-year-before"].map(|code| words.say(code));
    html! {
        tr {
            th.first scope="row" {
                a href=(to) data-open { (indicator.name) }
                @if indicator.provenance.confidence == Confidence::Unverified { (unverified(words, number)) }
            }
            td.num.half {
                @match &shown {
                    Some(text) => {
                        b { (text) }
                        @if is_ratio { span.frac { (counts(indicator, share)) } }
                    }
                    None => { span.mute { "–" } }
                }
            }
            td.num data-l=(before) { (difference(ctx, wanted, number, times.number(boards, times.before, &indicator.code), times.before)) }
            td.num data-l=(year_before) { (difference(ctx, wanted, number, times.number(boards, times.year_before, &indicator.code), times.year_before)) }
            td { (months(words, times, boards, number)) }
            td.full { (remark_status(words, number)) }
        }
    }
}

/// "Not checked against the text of the law", with what is missing.
fn unverified(words: &Words, number: &Number) -> Markup {
    let mut text = words.say("confidence-unverified").into_owned();
    if let Some(note) = &number.indicator.provenance.note {
        text.push_str(". ");
        text.push_str(note);
    }
    remark(Shape::Warn, &text, None)
}

/// A running period is compared only for what is a state on a day; what adds up since January only
/// with the same months of another year.
fn is_comparable(wanted: &Wanted, number: &Number, ctx: &Ctx, before: Period) -> bool {
    match number.indicator.timing() {
        Timing::Day => true,
        _ if wanted.is_running(ctx.today()) => false,
        Timing::Period => true,
        Timing::Year => before.length() == Length::Year || before.year() != wanted.q.period.year(),
    }
}

fn difference(
    ctx: &Ctx,
    wanted: &Wanted,
    number: &Number,
    before: Option<&Number>,
    period: Period,
) -> Markup {
    let comparable = is_comparable(wanted, number, ctx, period);
    let text = before.filter(|_| comparable).and_then(|before| change(ctx.words, number, before));
    html! { @match text { Some(text) => { (text) } None => { span.mute { "–" } } } }
}

fn months(words: &Words, times: &Times, boards: &[Board], number: &Number) -> Markup {
    let code = &number.indicator.code;
    let value = |month: &Period| {
        let n = times.number(boards, *month, code)?;
        let share = n.share.filter(|share| super::figure::is_known(&n.indicator, *share))?;
        n.value_of(share)
    };
    let values: Vec<Option<i64>> = times.months.iter().map(value).collect();
    let shown = |value: Option<&i64>| {
        value
            .map_or_else(|| "–".into(), |v| super::figure::amount(words, number.indicator.unit, *v))
    };
    let known = || values.iter().flatten();
    let args = [
        ("from", shown(known().next()).into()),
        ("to", shown(known().next_back()).into()),
        ("n", known().count().into()),
    ];
    spark(&words.with("indicators-spark", args), &values, None)
}
