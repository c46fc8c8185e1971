//! A plan: each target with what is, how far it is, and what to think of it.

use super::goal::shape_of;
use super::row::row;
use super::{After, plan_id};
use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{
    Head, Shape, col, done as after_done, head, note, print_head, status, table,
};
use crate::words::Words;
use axum::extract::{Path, Query};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::plan::PlanPage;
use tram_domain::plan::Assessment;
use tram_kernel::day;
use tram_kernel::number::show_thousandths;

pub async fn show(ctx: Ctx, Path(id): Path<String>, Query(after): Query<After>) -> Answer {
    let id = plan_id(&ctx, &id)?;
    let page = ctx.run(move |app, actor| app.plan_page(actor, id)).await?;
    let body = body(&ctx, &page, &after.done);
    let html = layout::page(&ctx, &page.plan.title, "/plans", body);
    Ok(Html(html.into_string()).into_response())
}

fn body(ctx: &Ctx, page: &PlanPage, done: &str) -> Markup {
    let words = ctx.words;
    let plan = &page.plan;
    let all = words.say("plans-title");
    let sub = words.with(
        "plan-context",
        [
            ("year", plan.year.to_string().into()),
            ("unit", page.unit_name.as_str().into()),
            ("counted", page.counted_name.as_str().into()),
            ("day", day::show(page.as_of).into()),
        ],
    );
    let h = Head {
        crumbs: &[(&*all, "/plans")],
        title: &plan.title,
        sub: html! { (sub) },
        acts: html! {
            button.btn type="button" data-print hidden { (words.say("print-page")) }
            @if page.may_write { a.btn.main href={ "/plans/" (plan.id) "/edit" } data-key="S" { (words.say("plan-edit")) " " kbd.keyhint { "S" } } }
        },
    };
    html! {
        div.land {
            (head(words, &h))
            (print_head(ctx, &plan.title, &sub))
            (after_done(ctx, done))
            @if plan.number.is_some() || plan.source.is_some() {
                p.mute.sm {
                    @if let Some(number) = &plan.number { (number) ". " }
                    @if let Some(source) = &plan.source { (words.with("plan-source", [("source", source.as_str().into())])) }
                }
            }
            @if page.lines.is_empty() {
                (note(Shape::Info, &words.say("plan-empty"), html! { p { (words.say("plan-empty-what")) } }, None))
            } @else {
                @if page.plan.year != page.year.year() {
                    p.mute.sm { (words.with("plan-counted-year", [("year", page.year.year().to_string().into())])) }
                }
                (tally(words, page))
                (table_of(ctx, page))
                (key(words, page))
            }
        }
    }
}

/// How many targets are met, and how many are not.
fn tally(words: &Words, page: &PlanPage) -> Markup {
    let kinds = [
        Assessment::Met,
        Assessment::OnPace,
        Assessment::Near,
        Assessment::Behind,
        Assessment::NotMet,
        Assessment::NoData,
    ];
    html! {
        p.acts.tally {
            @for kind in kinds {
                @let n = page.lines.iter().filter(|line| line.assessment == kind).count();
                @if n > 0 {
                    (status(shape_of(kind), &format!("{n} {}", words.say(&format!("assess-{}", kind.code())).to_lowercase())))
                }
            }
        }
    }
}

fn table_of(ctx: &Ctx, page: &PlanPage) -> Markup {
    let words = ctx.words;
    let before = words.with("plan-col-before", [("year", (page.plan.year - 1).to_string().into())]);
    let [name, target, now, distance, ahead, bar, months, judged] = [
        "plan-col-name",
        "plan-col-target",
        "plan-col-actual",
        "plan-col-gap",
        "plan-col-forecast",
        "plan-col-progress",
        "plan-col-months",
        "plan-col-assessment",
    ]
    .map(|code| words.say(code));
    let cols = [
        col(&name, ""),
        col(&before, "num"),
        col(&target, "num"),
        col(&now, "num"),
        col(&distance, "num"),
        col(&ahead, ""),
        col(&bar, ""),
        col(&months, ""),
        col(&judged, ""),
    ];
    let mut groups: Vec<Option<&str>> = Vec::new();
    for line in &page.lines {
        if !groups.contains(&line.target.group.as_deref()) {
            groups.push(line.target.group.as_deref());
        }
    }
    let body = html! {
        @for group in groups {
            @if let Some(name) = group { tr.grp { th colspan="9" scope="rowgroup" { (name) } } }
            @for line in page.lines.iter().filter(|line| line.target.group.as_deref() == group) {
                (row(ctx, page, line, &before))
            }
        }
    };
    table(&page.plan.title, "stack ind", &cols, true, body)
}

fn key(words: &Words, page: &PlanPage) -> Markup {
    let running = (1..1000).contains(&page.pace);
    html! {
        p.key {
            span {
                svg.prog width="16" height="18" viewBox="0 0 16 18" aria-hidden="true" { line.goal x1="8" x2="8" y1="1" y2="17" {} }
                (words.say("plan-key-goal"))
            }
            @if running {
                span {
                    svg.prog width="16" height="18" viewBox="0 0 16 18" aria-hidden="true" { line.now x1="8" x2="8" y1="0" y2="18" {} }
                    (words.with("plan-key-pace", [("percent", show_thousandths(page.pace * 100).into())]))
                }
            }
            (status(Shape::None, &words.say("plan-key-none")))
            span { (words.say("plan-key-forecast")) }
            span { (words.say("plan-key-open")) }
        }
    }
}
