//! Below the grid of the card: tetanus of a woman, series beyond the schedule, the plan of a child that
//! is behind.

use super::{Left, grid};
use crate::http::Ctx;
use crate::pages::parts::{
    Choice, Field, Shape, carried, col, field, hidden_tokens, radios, section, status, table,
};
use crate::words::long_day;
use maud::{Markup, html};
use tram_app::person::PersonPage;
use tram_domain::immunisation::{Course, Line, Standing, catch_up, tetanus};
use tram_kernel::{Date, Sex, day};

/// A grown-up without a dose of the children's schedule needs no grid of it.
pub(super) fn needs_grid(page: &PersonPage, course: &Course<'_>, today: Date) -> bool {
    let years = page.view.person.born.shown().date.age_years(today);
    let of_schedule = |line: &&Line<'_>| course.schedule.find(&line.series.code).is_some();
    let mut lines = course.lines.iter().filter(of_schedule);
    years < 15 || lines.any(|line| matches!(line.standing, Standing::Done { .. }))
}

fn is_beyond(page: &PersonPage, line: &Line<'_>) -> bool {
    page.view.defs.beyond.as_ref().is_some_and(|beyond| beyond.find(&line.series.code).is_some())
}

/// Series of schools, adults and private practice that were begun.
pub(super) fn beyond(ctx: &Ctx, page: &PersonPage, course: &Course<'_>) -> Markup {
    let words = ctx.words;
    let lines: Vec<&Line<'_>> = course.lines.iter().filter(|line| is_beyond(page, line)).collect();
    if lines.is_empty() {
        return html! {};
    }
    let titles = ["vaccine", "col-doses"].map(|code| words.say(code));
    let cols = [col(&titles[0], ""), col(&titles[1], "grow")];
    let mut codes: Vec<&str> = lines.iter().map(|line| line.series.code.as_str()).collect();
    codes.dedup();
    let body = html! {
        @for code in codes {
            tr {
                @let mine: Vec<&&Line<'_>> = lines.iter().filter(|line| line.series.code == code).collect();
                th.first scope="row" { (mine[0].series.name) }
                td.full { @for line in mine { span.dose-in { (grid::dose(ctx, page, course, line, ctx.today())) } " " } }
            }
        }
    };
    section(
        &words.say("card-beyond"),
        html! {},
        table(&words.say("card-beyond"), "stack", &cols, false, body),
    )
}

/// What is known of her tetanus doses, what is next, what she says she had before.
pub(super) fn women(
    ctx: &Ctx,
    page: &PersonPage,
    course: &Course<'_>,
    left: &Left<'_>,
    may: bool,
) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let person = &page.view.person;
    let defs = &page.view.defs;
    let Some(rule) = defs.tetanus_on(today) else { return html! {} };
    let born = person.born.shown().date.first();
    let of_age = rule.ages.0.after(born) <= today && today < rule.ages.1.after(born);
    let lines: Vec<&Line<'_>> =
        course.lines.iter().filter(|line| line.series.code == rule.series.code).collect();
    if *person.sex.shown() != Sex::Female || (!of_age && lines.is_empty()) {
        return html! {};
    }
    let had = tetanus::protection(defs, person, today);
    let said = match had.as_ref() {
        Some(had) if had.is_any && had.until.is_none_or(|until| today < until) => {
            let until = had.until.map(|until| words.with("tetanus-until", [("day", until.into())]));
            let until = until.unwrap_or_else(|| words.say("tetanus-for-ever").into_owned());
            status(Shape::Ok, &until)
        }
        _ => status(Shape::Warn, &words.say("tetanus-unprotected")),
    };
    let body = html! {
        p { (said) " " @if let Some(had) = &had { span.mute { (words.with("tetanus-doses-n", [("n", i64::from(had.doses).into())])) } } }
        @if !lines.is_empty() {
            p.key { @for line in &lines { span { b { (line.number) } " " (grid::dose(ctx, page, course, line, today)) } } }
        }
        @if may && (of_age || !lines.is_empty()) { (tell(ctx, page, left)) }
        p.hint { (words.with("tetanus-rule", [("source", rule.provenance.source.as_str().into())])) }
    };
    section(&rule.series.name, html! {}, body)
}

/// What she or her papers say of doses before.
fn tell(ctx: &Ctx, page: &PersonPage, left: &Left<'_>) -> Markup {
    let words = ctx.words;
    let person = &page.view.person;
    let told = person.tetanus.as_ref().map(|told| &told.what);
    let open = left.typed.is_some_and(|form| form.has("tt"));
    let typed = |name: &str, before: String| match left.typed.filter(|form| form.has("tt")) {
        Some(form) => form.get(name).to_owned(),
        None => before,
    };
    let child = typed("tt-child", told.map_or(0, |told| told.as_child).to_string());
    let doses = typed("tt-doses", told.map_or(0, |told| told.doses).to_string());
    let last = typed("tt-last", told.and_then(|told| told.last).map(day::show).unwrap_or_default());
    let paper = typed("tt-paper", told.is_some_and(|told| told.on_paper).to_string());
    let ways = ["0", "3", "4"].map(|n| Choice {
        value: n.to_owned(),
        text: words.say(&format!("tetanus-child-{n}")).into_owned(),
    });
    let sources = ["true", "false"].map(|n| Choice {
        value: n.to_owned(),
        text: words.say(&format!("tetanus-paper-{n}")).into_owned(),
    });
    let doses = Field {
        id: "tt-doses",
        label: &words.say("tetanus-told-doses"),
        value: &doses,
        mode: "numeric",
        class: "c2",
        ..Field::default()
    };
    let last = Field {
        id: "tt-last",
        label: &words.say("tetanus-told-last"),
        value: &last,
        hint: &words.say("tetanus-told-last-hint"),
        class: "c3",
        ..Field::default()
    };
    html! {
        details.sec.no-print open[open] {
            summary { b { (words.say("tetanus-tell")) } }
            form.form.sec method="post" action={ "/people/" (person.id) "/immunisation/tetanus" } {
                (hidden_tokens(ctx)) (carried("tt", "1"))
                p.hint { (words.say("tetanus-tell-what")) }
                div.cols {
                    (radios(&words.say("tetanus-child"), "tt-child", &ways, &child, "c12"))
                    (field(words, &doses)) (field(words, &last))
                    (radios(&words.say("tetanus-paper"), "tt-paper", &sources, &paper, "c7"))
                }
                div.acts.sec { button.btn { (words.say("form-save")) } }
            }
        }
    }
}

/// The visits of a child that is behind, for the parents to take home.
pub(super) fn plan(ctx: &Ctx, page: &PersonPage, course: &Course<'_>) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let is_late = |line: &Line<'_>| matches!(&line.standing, Standing::Owed { overdue, until, .. } if *overdue <= today && today < *until);
    if page.view.person.is_dead() || !course.lines.iter().any(is_late) {
        return html! {};
    }
    let defs = &page.view.defs;
    let visits = catch_up(defs, &page.view.person, today);
    let name = |(series, n): &(String, u8)| {
        let short = defs.series(series).map_or(series.as_str(), |s| s.short.as_str());
        format!("{short}\u{a0}{n}")
    };
    let titles = ["plan-visit", "plan-day", "col-doses"].map(|code| words.say(code));
    let cols = [col(&titles[0], "num"), col(&titles[1], ""), col(&titles[2], "grow")];
    let body = html! {
        @for (n, visit) in visits.iter().enumerate() {
            tr {
                td.num.stt { (n + 1) }
                th.first.nw scope="row" { (long_day(words, visit.on)) }
                td.full { (visit.doses.iter().map(name).collect::<Vec<_>>().join(", ")) }
            }
        }
    };
    let hint = html! { span.mute.sm { (words.say("plan-hint")) } };
    section(
        &words.say("plan-title"),
        hint,
        table(&words.say("plan-title"), "stack tight", &cols, false, body),
    )
}
