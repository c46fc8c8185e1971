//! The grid of the card: series down, ages across. The columns come from the schedule in force.

use crate::http::Ctx;
use crate::pages::parts::{Shape, icon, late, status};
use crate::words::Words;
use maud::{Markup, html};
use std::collections::BTreeMap;
use tram_app::person::PersonPage;
use tram_defs::immunisation::Schedule;
use tram_domain::immunisation::{Course, Line, Standing};
use tram_kernel::{Date, day};

/// The age in months at which each dose is usually given: its own age, or the dose before plus the
/// interval. Only for placing it in the grid.
fn usual_months(schedule: &Schedule) -> BTreeMap<(String, u8), i32> {
    let mut months: BTreeMap<(String, u8), i32> = BTreeMap::new();
    for series in &schedule.series {
        for (index, dose) in series.doses.iter().enumerate() {
            let number = index as u8 + 1;
            let after = dose.after.as_ref().and_then(|after| {
                let before = months.get(&(after.series.clone(), after.dose))?;
                Some(before + after.invite.months + after.invite.days / 28)
            });
            let due = dose.due.map(|due| due.months + due.days / 30);
            let usual = due.into_iter().chain(after).max().unwrap_or(0);
            months.insert((series.code.clone(), number), usual);
        }
    }
    months
}

fn heading(words: &Words, months: i32) -> String {
    match months {
        0 => words.say("card-newborn").into_owned(),
        m if m < 60 => words.with("age-months", [("n", m.into())]),
        m => words.with("age-years", [("n", (m / 12).into())]),
    }
}

/// The card as a table.
pub fn table(ctx: &Ctx, page: &PersonPage, course: &Course<'_>) -> Markup {
    let words = ctx.words;
    let today = ctx.today();
    let usual = usual_months(course.schedule);
    let mut columns: Vec<i32> = usual.values().copied().collect();
    columns.sort_unstable();
    columns.dedup();
    let born = page.view.person.born.shown().date.first();
    let age = day::completed_months(born, today);
    let here = columns.iter().copied().filter(|months| *months <= age).max();
    html! {
        div.scroll role="region" aria-label=(words.say("card-grid")) tabindex="0" {
            table.tbl.vax.pin {
                thead { tr {
                    th scope="col" { (words.say("vaccine")) }
                    @for months in &columns {
                        th scope="col" class=[(Some(*months) == here).then_some("today")] {
                            (heading(words, *months))
                            @if Some(*months) == here { span.vh { " (" (words.say("card-age-now")) ")" } }
                        }
                    }
                } }
                tbody {
                    @for series in &course.schedule.series {
                        @let lines: Vec<&Line<'_>> = course.lines.iter().filter(|l| l.series.code == series.code).collect();
                        @if !lines.is_empty() {
                            tr {
                                th scope="row" { (series.short) }
                                @if series.optional && !lines.iter().any(|l| matches!(l.standing, Standing::Done { .. })) {
                                    td.na colspan=(columns.len()) { (status(Shape::None, &words.say("card-not-rolled-out"))) }
                                } @else {
                                    @for months in &columns {
                                        (cell(ctx, page, course, &lines, *months, &usual, here))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cell(
    ctx: &Ctx,
    page: &PersonPage,
    course: &Course<'_>,
    lines: &[&Line<'_>],
    months: i32,
    usual: &BTreeMap<(String, u8), i32>,
    here: Option<i32>,
) -> Markup {
    let today = ctx.today();
    let mine: Vec<&&Line<'_>> = lines
        .iter()
        .filter(|l| usual.get(&(l.series.code.clone(), l.number)) == Some(&months))
        .collect();
    let due = mine.iter().any(|l| super::is_due(&l.standing, today) && !l.series.optional);
    let class = match (due, Some(months) == here) {
        (true, _) => Some("due"),
        (false, true) => Some("today"),
        _ => None,
    };
    html! {
        td class=[class] {
            @for line in mine { (dose(ctx, page, course, line, today)) }
        }
    }
}

pub(super) fn dose(
    ctx: &Ctx,
    page: &PersonPage,
    course: &Course<'_>,
    line: &Line<'_>,
    today: Date,
) -> Markup {
    let words = ctx.words;
    let number = words.with("card-dose", [("n", i64::from(line.number).into())]);
    let several = line.series.doses.len() > 1;
    let sub = |text: &str| html! { span.sub { (text) } };
    let plain = html! { @if several { (sub(&number)) } };
    let short = |on: Date| format!("{:02}/{:02}/{:02}", on.day(), on.month(), on.year() % 100);
    match &line.standing {
        Standing::Done { on, .. } => html! {
            (status(Shape::Ok, &short(*on))) (plain) (hours(ctx, page, line, *on))
        },
        Standing::Owed { due, overdue, until, deferred } => {
            let (shape, word) = match () {
                () if today >= *until => (Shape::None, words.say("card-too-old").into_owned()),
                () if deferred.is_some() && *due > today => {
                    (Shape::Hold, words.with("card-held", [("day", (*due).into())]))
                }
                () if *overdue <= today => (Shape::Late, late(words, *due, today)),
                () if *due <= today => (Shape::Now, words.say("due-now").into_owned()),
                () => (Shape::Soon, short(*due)),
            };
            html! { (status(shape, &word)) (plain) (tried(ctx, course, line)) }
        }
        Standing::Contraindicated { .. } => status(Shape::Never, &words.say("card-stopped")),
        Standing::Waiting => html! { span.mute.sm { (number) } (tried(ctx, course, line)) },
        Standing::BirthDayMissing => html! { span.mute.sm { "?" } },
        Standing::Told => status(Shape::Ok, &words.say("card-told")),
        Standing::NextPregnancy { .. } => span_next(words),
    }
}

fn span_next(words: &Words) -> Markup {
    html! { span.mute.sm { (words.say("card-next-pregnancy")) } }
}

/// Hours after birth of the hepatitis B birth dose, when both minutes are known.
fn hours(ctx: &Ctx, page: &PersonPage, line: &Line<'_>, on: Date) -> Markup {
    let person = &page.view.person;
    let born = person.born.shown();
    let Standing::Done { at, .. } = line.standing else { return html! {} };
    let minute = person.doses.iter().find(|d| d.at == at).and_then(|d| d.what.minute);
    let is_birth_dose = line.series.code == "HEPB0";
    match (is_birth_dose, born.date.day(), born.minute, minute) {
        (true, Some(day0), Some(born_minute), Some(minute)) => {
            let minutes =
                day::days_between(day0, on) * 1440 + i32::from(minute) - i32::from(born_minute);
            html! { span.sub { (ctx.words.with("card-hours", [("n", (minutes / 60).into())])) } }
        }
        _ => html! {},
    }
}

/// Doses given for this one that do not count.
fn tried(ctx: &Ctx, course: &Course<'_>, line: &Line<'_>) -> Markup {
    let done = course.lines.iter().filter(|l| {
        l.series.code == line.series.code && matches!(l.standing, Standing::Done { .. })
    });
    let next = done.count() as u8 + 1;
    html! {
        @if line.number == next {
            @for v in course.verdicts.iter().filter(|v| v.series == line.series.code && v.counts.is_err()) {
                span.mini.st.bad {
                    (icon(Shape::Bad))
                    span { (ctx.words.with("card-not-counted", [("day", format!("{:02}/{:02}", v.on.day(), v.on.month()).into())])) }
                }
            }
        }
    }
}

/// What the signs mean.
pub fn key(words: &Words) -> Markup {
    let signs = [
        (Shape::Ok, "key-given"),
        (Shape::Now, "key-due"),
        (Shape::Late, "key-late"),
        (Shape::Soon, "key-soon"),
        (Shape::Hold, "key-held"),
        (Shape::Never, "key-stopped"),
        (Shape::Bad, "key-not-counted"),
    ];
    html! { p.key { @for (shape, code) in signs { span { (status(shape, &words.say(code))) } } } }
}
