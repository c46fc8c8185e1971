//! The way to one target: months, steps, forecast, drawn and as a table, with the rule of the forecast.

use super::goal::{actual, each, goal, shape_of, with_unit};
use super::plan_id;
use super::row::no_forecast;
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Point, col, facts, head, period_name, print_head, section, status, table, trend,
};
use crate::words::Words;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::plan::{PlanPage, TargetLine};
use tram_domain::plan::{Forecast, Rule};
use tram_kernel::number::show_thousandths;
use tram_kernel::{Period, day};

pub async fn show(ctx: Ctx, Path((id, row)): Path<(String, u16)>) -> Answer {
    let id = plan_id(&ctx, &id)?;
    let page = ctx.run(move |app, actor| app.plan_page(actor, id)).await?;
    let Some(line) = page.lines.iter().find(|line| line.target.row == row) else {
        return Err(Trouble::signed(ctx, Failure::NotFound));
    };
    let body = body(&ctx, &page, line);
    Ok(Html(layout::page(&ctx, &line.target.name, "/plans", body).into_string()).into_response())
}

fn body(ctx: &Ctx, page: &PlanPage, line: &TargetLine) -> Markup {
    let words = ctx.words;
    let all = words.say("plans-title");
    let plan = format!("/plans/{}", page.plan.id);
    let args = [("unit", page.counted_name.as_str().into()), ("day", day::show(page.as_of).into())];
    let sub = words.with("way-context", args);
    let h = Head {
        crumbs: &[(&*all, "/plans"), (&page.plan.title, &plan)],
        title: &line.target.name,
        sub: html! { (sub) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let title = words.say("way-title");
    let label = words.with("over-time-chart", [("name", line.target.name.as_str().into())]);
    html! {
        (head(words, &h))
        (print_head(ctx, &line.target.name, &sub))
        div.split {
            div {
                (section(&title, html! {}, html! {
                    (trend(&label, &points(words, page, line)))
                    @if line.forecast.is_some() { p.key { span { (words.say("way-faint")) } } }
                    (months(words, page, line))
                }))
            }
            aside aria-label=(words.say("way-summary")) {
                (section(&words.say("way-summary"), html! {}, summary(words, page, line)))
                (section(&words.say("way-forecast"), html! {}, explain(words, page, line)))
            }
        }
    }
}

fn short(period: Period) -> String {
    format!("{:02}/{:02}", period.index(), period.year() % 100)
}

/// Months of the year, then a hollow point where the forecast stands.
fn points(words: &Words, page: &PlanPage, line: &TargetLine) -> Vec<Point> {
    let shown = |value: Option<i64>| {
        value.map(|value| actual(words, &line.target, value)).unwrap_or_default()
    };
    let mut points: Vec<Point> = line
        .trend
        .iter()
        .map(|(month, value)| Point {
            label: short(*month),
            value: *value,
            text: shown(*value),
            faint: false,
        })
        .collect();
    // Events are drawn month by month: the sum of a year is no point of that line.
    if let Some(ahead) = line.forecast.as_ref().filter(|ahead| ahead.rule == Rule::Line) {
        let empty = 12_usize.saturating_sub(points.len() + 1);
        let gap = || Point { label: String::new(), value: None, text: String::new(), faint: true };
        points.extend(std::iter::repeat_with(gap).take(empty));
        points.push(Point {
            label: short(Period::month_of(page.year.last())),
            value: Some(ahead.value),
            text: shown(Some(ahead.value)),
            faint: true,
        });
    }
    points
}

fn months(words: &Words, page: &PlanPage, line: &TargetLine) -> Markup {
    let title = words.say("way-title");
    let [when, value, wanted] =
        ["period-label", "plan-col-actual", "plan-col-target"].map(|code| words.say(code));
    let cols = [col(&when, ""), col(&value, "num"), col(&wanted, "num")];
    let none = || html! { span.mute { "–" } };
    let shown = |value: Option<i64>| match value {
        Some(value) => html! { (actual(words, &line.target, value)) },
        None => none(),
    };
    let body = html! {
        @for (month, value) in &line.trend {
            tr { th scope="row" { (period_name(words, *month)) } td.num { (shown(*value)) } td.num { (none()) } }
        }
        tr {
            th scope="row" { (period_name(words, page.year)) }
            td.num { b { (shown(line.actual)) } }
            td.num { @if page.plan.year == page.year.year() { (goal(words, &line.target)) } @else { (none()) } }
        }
        @for step in line.target.trajectory.iter().flatten() {
            tr {
                th scope="row" { (words.with("way-step", [("period", step_name(words, &step.period).into())])) }
                td.num { (none()) }
                td.num { (actual(words, &line.target, step.value)) }
            }
        }
        @if page.plan.year != page.year.year() {
            tr {
                th scope="row" { (words.with("period-year", [("year", page.plan.year.to_string().into())])) }
                td.num { (none()) }
                td.num { (goal(words, &line.target)) }
            }
        }
        @if let Some(ahead) = &line.forecast {
            tr {
                th scope="row" { (words.say("plan-col-forecast")) }
                td.num { (actual(words, &line.target, ahead.value)) }
                td.num { (none()) }
            }
        }
    };
    table(&title, "tight", &cols, false, body)
}

fn step_name(words: &Words, period: &str) -> String {
    period.parse().map_or_else(|_| period.to_owned(), |period| period_name(words, period))
}

fn summary(words: &Words, page: &PlanPage, line: &TargetLine) -> Markup {
    let target = &line.target;
    let before = words.with("plan-col-before", [("year", (page.plan.year - 1).to_string().into())]);
    let unit = line.number.as_ref().map(|n| n.indicator.unit);
    let [plan, now, ahead] =
        ["plan-col-target", "plan-col-actual", "plan-col-forecast"].map(|code| words.say(code));
    let mut rows: Vec<(Markup, Markup)> = Vec::new();
    if let Some(baseline) = target.baseline {
        let text = with_unit(words, &target.unit, &show_thousandths(baseline));
        rows.push((html! { (before) }, html! { (text) }));
    }
    rows.push((
        html! { (plan) },
        html! { (goal(words, target)) @if let Some(each) = each(words, target, unit) { span.sub { (each) } } },
    ));
    if let Some(value) = line.actual {
        let word = words.say(&format!("assess-{}", line.assessment.code()));
        rows.push((
            html! { (now) },
            html! { b { (actual(words, target, value)) } " " (status(shape_of(line.assessment), &word)) },
        ));
    }
    if let Some(forecast) = &line.forecast {
        let word = words.say(&format!("outlook-{}", line.outlook.code()));
        rows.push((
            html! { (ahead) },
            html! { b { (actual(words, target, forecast.value)) } " " (status(shape_of(line.outlook), &word)) },
        ));
    }
    facts(&rows)
}

/// The rule of the forecast with everything it was made from, or why there is none.
fn explain(words: &Words, page: &PlanPage, line: &TargetLine) -> Markup {
    let Some(Forecast { rule, from, .. }) = &line.forecast else {
        return html! { p { (words.say(no_forecast(page, line))) } };
    };
    let inputs: Vec<String> = from
        .iter()
        .map(|(month, value)| format!("{}: {}", short(*month), actual(words, &line.target, *value)))
        .collect();
    let pace = show_thousandths(page.pace * 100);
    let so_far = line.actual.map(|v| actual(words, &line.target, v)).unwrap_or_default();
    let args = [("n", from.len().into()), ("pace", pace.into()), ("actual", so_far.into())];
    html! {
        p { (words.with(&format!("forecast-rule-{}", rule.code()), args)) }
        @if !inputs.is_empty() { p.mute.sm { (inputs.join("; ")) } }
    }
}
