//! The way to one target: months, steps, forecast, drawn and as a table, with the rule of the forecast.

use super::goal::{actual, each, goal, shape_of, with_unit};
use super::row::no_forecast;
use super::{After, plan_id};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Choice, Head, Point, Sheet, col, done as after_done, facts, head, period_name, print_head,
    section, status, table, trend, typed,
};
use crate::words::Words;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::plan::{PlanPage, TargetLine};
use tram_domain::fact::{Comparator, TargetReported};
use tram_domain::plan::{Forecast, Rule};
use tram_kernel::number::{show_thousandths, thousandths};
use tram_kernel::{Message, Period, day};

pub async fn show(
    ctx: Ctx,
    Path((id, row)): Path<(String, u16)>,
    Query(after): Query<After>,
) -> Answer {
    let page = load(&ctx, &id).await?;
    let line = line_of(&ctx, &page, row)?;
    let mut sheet = Sheet::fresh(&ctx);
    sheet.set("reported_on", day::show(ctx.today()));
    let body = body(&ctx, &page, line, (&sheet, &after.done));
    Ok(Html(layout::page(&ctx, &line.target.name, "/plans", body).into_string()).into_response())
}

async fn load(ctx: &Ctx, id: &str) -> Answer<PlanPage> {
    let id = plan_id(ctx, id)?;
    ctx.run(move |app, actor| app.plan_page(actor, id)).await
}

fn line_of<'p>(ctx: &Ctx, page: &'p PlanPage, row: u16) -> Answer<&'p TargetLine> {
    let found = page.lines.iter().find(|line| line.target.row == row);
    found.ok_or_else(|| Trouble::signed(ctx.clone(), Failure::NotFound))
}

/// A result written down where no indicator answers.
pub async fn report(Path((id, row)): Path<(String, u16)>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    let page = load(ctx, &id).await?;
    let line = line_of(ctx, &page, row)?;
    let today = ctx.today();
    let mut sheet = Sheet::posted(&form);
    let on = sheet.required("reported_on", "field-missing", |text| typed::full_day(text, today));
    let value = match line.target.comparator {
        Comparator::Milestone => sheet.required("reported_done", "field-missing", |text| {
            Ok(if text == "yes" { 1000 } else { 0 })
        }),
        _ => sheet.required("reported_value", "field-missing", |text| {
            let bad = || Message::new("target-bad-number").with("typed", text);
            thousandths(text).ok_or_else(bad)
        }),
    };
    let source = sheet.optional("report_source", typed::words);
    if let (Some(on), Some(value), true) = (on, value, sheet.is_right()) {
        let (plan, command) = (page.plan.id, form.command());
        let reported = TargetReported { row, value, source };
        let saved = sheet
            .run(ctx, "reported_on", move |app, actor| {
                app.report_target(actor, plan, on, &reported, command)
            })
            .await?;
        if saved.is_some() {
            let to = format!("/plans/{plan}/targets/{row}?done=plan-saved");
            return Ok(Redirect::to(&to).into_response());
        }
    }
    let body = body(ctx, &page, line, (&sheet, ""));
    Ok(sheet.answer(layout::page(ctx, &line.target.name, "/plans", body)))
}

fn body(ctx: &Ctx, page: &PlanPage, line: &TargetLine, (sheet, done): (&Sheet, &str)) -> Markup {
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
        (after_done(ctx, done))
        div.split {
            div {
                @if line.number.is_none() { (reported(ctx, page, line, sheet)) }
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

/// What was written down by hand, and the form for it.
fn reported(ctx: &Ctx, page: &PlanPage, line: &TargetLine, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let [title, when, value, source] =
        ["plan-report-title", "f-reported_on", "f-reported_value", "plan-report-source"]
            .map(|code| words.say(code));
    let cols = [col(&when, ""), col(&value, "num"), col(&source, "grow")];
    let known = page.plan.reported.get(&line.target.row);
    let rows = html! {
        @for (on, said) in known.into_iter().flatten().rev() {
            tr {
                th scope="row" { (day::show(*on)) }
                td.num { (actual(words, &line.target, said.value)) }
                td { (said.source.as_deref().unwrap_or_default()) }
            }
        }
    };
    let to = format!("/plans/{}/targets/{}", page.plan.id, line.target.row);
    let choices = ["yes", "no"].map(|code| Choice {
        value: code.to_owned(),
        text: words.say(&format!("plan-milestone-{code}")).into_owned(),
    });
    let is_milestone = line.target.comparator == Comparator::Milestone;
    section(
        &title,
        html! {},
        html! {
            p { (words.say("plan-report-lead")) }
            @if known.is_some() { (table(&title, "tight", &cols, false, rows)) } @else { p.mute.sm { (words.say("plan-report-none")) } }
            @if page.may_write {
                form.form.no-print method="post" action=(to) data-main novalidate {
                    (sheet.top(ctx, |_| html! {}))
                    div.cols {
                        (sheet.field(ctx, "reported_on", |f| { f.class = "c4"; f.required = true; }))
                        @if is_milestone { (sheet.radios(ctx, "reported_done", "c8", choices.to_vec())) }
                        @else { (sheet.field(ctx, "reported_value", |f| { f.class = "c4"; f.required = true; f.mode = "decimal"; })) }
                        (sheet.field(ctx, "report_source", |f| { f.class = "c8"; f.optional = true; }))
                    }
                    (sheet.end(ctx, "plan-report-save", &format!("/plans/{}", page.plan.id)))
                }
            }
        },
    )
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
        @for (month, value) in line.trend.iter().filter(|_| line.number.is_some()) {
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
