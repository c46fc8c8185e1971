//! One target of a plan with what is: value, gap, bar, months, judgement.

use super::goal::{actual, each, gap, goal, shape_of, with_unit};
use crate::http::Ctx;
use crate::pages::indicators::figure::{counts, in_words};
use crate::pages::parts::{Shape, period_name, progress, remark, spark, status};
use crate::words::Words;
use maud::{Markup, html};
use tram_app::plan::{PlanPage, TargetLine};
use tram_defs::indicator::{Timing, Unmet};
use tram_defs::role::Action;
use tram_kernel::number::{show_count, show_thousandths};

pub fn row(ctx: &Ctx, page: &PlanPage, line: &TargetLine, before: &str) -> Markup {
    let words = ctx.words;
    let target = &line.target;
    let link = line.number.as_ref().map(|n| {
        let (code, period, unit) = (&n.indicator.code, page.year, page.counted);
        format!("/indicators/{code}?period={period}&unit={unit}")
    });
    let [plan_label, now_label, gap_label, forecast_label] =
        ["plan-col-target", "plan-col-actual", "plan-col-gap", "plan-col-forecast"]
            .map(|code| words.say(code));
    let baseline = target.baseline.map(|b| with_unit(words, &target.unit, &show_thousandths(b)));
    html! {
        tr {
            th.first scope="row" {
                @match &link { Some(to) => { a href=(to) data-open { (target.name) } } None => { (target.name) } }
                (details(words, line))
            }
            td.num data-l=(before) { @match &baseline { Some(text) => { (text) } None => { span.mute { "–" } } } }
            td.num data-l=(plan_label) {
                (goal(words, target))
                @if target.soft { span.sub { (words.say("goal-soft")) } }
                @if let Some(each) = each(words, target, line.number.as_ref().map(|n| n.indicator.unit)) { span.sub { (each) } }
                @if let Some(step) = step(words, line) { span.sub { (step) } }
            }
            td.num data-l=(now_label) {
                (actual_cell(words, line))
            }
            td.num data-l=(gap_label) {
                @match line.gap { Some(value) => { (gap(target, value)) } None => { span.mute { "–" } } }
                (lacking(ctx, page, line))
            }
            td data-l=(forecast_label) { (forecast_cell(ctx, page, line)) }
            td { (bar(words, page, line)) }
            td { (months(words, line)) }
            td.full { (judged(words, line)) }
        }
    }
}

/// What the trajectory asks for by now.
fn step(words: &Words, line: &TargetLine) -> Option<String> {
    let (period, value, judged) = line.step?;
    let word = words.say(&format!("assess-{}", judged.code())).to_lowercase();
    Some(words.with(
        "plan-step",
        [
            ("period", period_name(words, period).into()),
            ("value", actual(words, &line.target, value).into()),
            ("judged", word.into()),
        ],
    ))
}

/// How many people are still lacking, leading to their list.
fn lacking(ctx: &Ctx, page: &PlanPage, line: &TargetLine) -> Markup {
    let words = ctx.words;
    let (Some(n), Some(number)) = (line.lacking, &line.number) else { return html! {} };
    let Some(unmet) = number.indicator.unmet() else { return html! {} };
    let (side, code) = match unmet {
        Unmet::Missing => ("missing", "plan-lacking"),
        Unmet::Counted => ("numerator", "plan-too-many"),
    };
    let said = words.with(code, [("n", show_count(n).into())]);
    let (indicator, period, unit) = (&number.indicator.code, page.year, page.counted);
    let to = format!("/indicators/{indicator}/people?period={period}&unit={unit}&side={side}");
    html! {
        span.sub {
            @if ctx.signed.actor.may(Action::IndicatorPeople) { a href=(to) { (said) } } @else { (said) }
        }
    }
}

/// Where it will stand at the end of the year, and whether that is enough; the way there is a page.
fn forecast_cell(ctx: &Ctx, page: &PlanPage, line: &TargetLine) -> Markup {
    let words = ctx.words;
    let to = format!("/plans/{}/targets/{}", page.plan.id, line.target.row);
    if line.number.is_none() {
        return html! { span.mute { "–" } span.sub.no-print { a href=(to) { (words.say(if page.may_write { "plan-report-title" } else { "plan-way" })) } } };
    }
    html! {
        @match &line.forecast {
            Some(ahead) => {
                b { (actual(words, &line.target, ahead.value)) } " "
                (status(shape_of(line.outlook), &words.say(&format!("outlook-{}", line.outlook.code()))))
            }
            None => { span.mute { (words.say(no_forecast(page, line))) } }
        }
        span.sub.no-print { a href=(to) { (words.say("plan-way")) } }
    }
}

/// Why there is no forecast.
pub fn no_forecast(page: &PlanPage, line: &TargetLine) -> &'static str {
    if line.number.is_none() {
        "forecast-typed"
    } else if page.pace >= 1000 {
        "forecast-over"
    } else if line.nested.is_some() {
        "forecast-nested"
    } else if page.plan.year != page.year.year() {
        "forecast-far"
    } else {
        "forecast-too-little"
    }
}

/// The value with the counts behind it; the counts first where a ratio would say nothing.
fn actual_cell(words: &Words, line: &TargetLine) -> Markup {
    if let (Some(value), Some((on, _))) = (line.actual, &line.reported) {
        let said = words.with("plan-reported", [("day", (*on).into())]);
        return html! { b { (actual(words, &line.target, value)) } span.frac { (said) } };
    }
    let (Some(value), Some(number)) = (line.actual, &line.number) else {
        return html! { span.mute { "–" } };
    };
    let value = actual(words, &line.target, value);
    if number.indicator.denominator.is_none() {
        return html! { b { (value) } };
    }
    if let Some((nested, _)) = &line.nested {
        let (reach, of) = (nested.reach.into(), nested.of.into());
        let said = words.with("plan-nested", [("n", reach), ("of", of)]);
        return html! { b { (value) } span.frac { (said) } };
    }
    let share = number.share.unwrap_or_default();
    let counts = counts(&number.indicator, share);
    if number.indicator.is_small(share) {
        html! { b { (in_words(words, &number.indicator, share)) } span.frac { (value) } }
    } else {
        html! { b { (value) } span.frac { (counts) } }
    }
}

/// Where the target stands in the text, what was noted, which unit is meant.
fn details(words: &Words, line: &TargetLine) -> Markup {
    let target = &line.target;
    let mut parts: Vec<String> = Vec::new();
    if line.number.is_none() {
        parts.push(words.say("plan-no-indicator").into_owned());
    }
    if let Some(line) = target.line {
        parts.push(words.with("plan-line", [("n", i64::from(line).into())]));
    }
    if let Some(note) = &target.note {
        parts.push(note.clone());
    }
    if let Some((_, below)) = line.nested.as_ref().filter(|(_, below)| !below.is_empty()) {
        parts.push(words.with("plan-below", [("names", below.join(", ").into())]));
    }
    html! {
        @if !parts.is_empty() { span.sub { (parts.join(" · ")) } }
        @if let (Some(unit), Some(value)) = (&target.correction, target.value) {
            @let shown = show_thousandths(value);
            @let args = [("written", with_unit(words, &target.unit, &shown).into()), ("meant", with_unit(words, unit, &shown).into())];
            @if *unit != target.unit { (remark(Shape::Warn, &words.with("plan-corrected", args), None)) }
        }
        @for warning in &line.warnings { (remark(Shape::Warn, &words.message(&warning.message(target)), None)) }
    }
}

fn judged(words: &Words, line: &TargetLine) -> Markup {
    let word = words.say(&format!("assess-{}", line.assessment.code()));
    let small = line.number.as_ref().filter(|n| {
        line.nested.is_none()
            && line.actual.is_some()
            && n.indicator.is_small(n.share.unwrap_or_default())
    });
    html! {
        (status(shape_of(line.assessment), &word))
        @if small.is_some() { span.sub { (words.say("figure-small")) } }
    }
}

/// The bar towards the target; what adds up over the year has a tick for the part that has passed.
fn bar(words: &Words, page: &PlanPage, line: &TargetLine) -> Markup {
    let (Some(actual), Some(value)) = (line.actual, line.target.value) else { return html! {} };
    if value <= 0 {
        return html! {};
    }
    let adds_up = line.number.as_ref().is_some_and(|n| n.indicator.accumulates());
    let pace = (adds_up && (1..1000).contains(&page.pace)).then_some(page.pace);
    let label = words.with(
        "plan-progress",
        [
            ("actual", self::actual(words, &line.target, actual).into()),
            ("target", self::actual(words, &line.target, value).into()),
        ],
    );
    progress(&label, actual, value, pace)
}

fn months(words: &Words, line: &TargetLine) -> Markup {
    let values: Vec<Option<i64>> = line.trend.iter().map(|(_, value)| *value).collect();
    let shown = |value: Option<&i64>| {
        value.map_or_else(|| "–".into(), |value| actual(words, &line.target, *value))
    };
    let known = || values.iter().flatten();
    if known().next().is_none() {
        return html! {};
    }
    let args = [
        ("from", shown(known().next()).into()),
        ("to", shown(known().next_back()).into()),
        ("n", known().count().into()),
    ];
    // A month of what happens month by month is no part of a yearly goal's line.
    let monthly = line
        .number
        .as_ref()
        .is_some_and(|n| n.indicator.accumulates() && n.indicator.timing() == Timing::Period);
    spark(&words.with("indicators-spark", args), &values, line.target.value.filter(|_| !monthly))
}
