//! The calendar of a year: days off, days made up, weeks, with where each comes from; and what a deadline
//! means.

use super::layout;
use super::parts::{
    Field, Head, Shape, carried, col, confidence, errors, facts, field, head, note, section,
    status, table,
};
use crate::http::{Answer, Ctx, Server};
use crate::words::{Words, long_day};
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_defs::calendar::{CalendarYear, SpecialDay, SpecialKind};
use tram_defs::{Confidence, Definitions};
use tram_domain::calendar::{DayIs, Deadline, day_is, next_working, propose, week_of};
use tram_domain::fact::DoseDeferred;
use tram_kernel::day::{self, add_days, add_months};
use tram_kernel::{Date, Message};

pub fn routes() -> Router<Server> {
    Router::new().route("/calendar", get(show))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    year: String,
    /// A day from which working days are counted, or before which something is due.
    from: String,
    days: String,
}

/// `18/02/2026 (thứ Tư): Tết Nguyên đán`; nothing for a day that is worked as usual.
pub fn why_off(words: &Words, defs: &Definitions, day: Date) -> Option<String> {
    let name = match day_is(defs, day) {
        DayIs::Working | DayIs::MadeUp(_) => return None,
        DayIs::Weekend => words.say("calendar-weekend").into_owned(),
        DayIs::Off(special) => special.name.clone(),
    };
    let args = [("day", long_day(words, day).into()), ("name", name.into())];
    Some(words.with("calendar-off", args))
}

/// A session on a day off is said to be one, with the next working day; it may be held all the same.
pub fn day_off(ctx: &Ctx) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let defs = ctx.server.app.definitions();
    let Some(off) = why_off(words, &defs, today) else { return html! {} };
    let next = long_day(words, next_working(&defs, today));
    let said = words.with("calendar-today-off-what", [("off", off.into()), ("day", next.into())]);
    let all = html! { a.btn href="/calendar" { (words.say("calendar-link")) } };
    note(Shape::Info, &words.say("calendar-today-off"), html! { p { (said) } }, Some(all))
}

/// The day off that the screening rule would have named, when the deferral was moved past it.
pub fn moved_from(defs: &Definitions, held: &DoseDeferred, on: Date) -> Option<Date> {
    let rule = defs.screening();
    let rules = [&rule.temperature, &rule.unwell, &rule.absent];
    let meant = rules.iter().find(|put_off| put_off.reason == held.reason)?.until(on);
    (meant != held.until && propose(defs, meant).day == held.until).then_some(meant)
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let today = ctx.today();
    let year = asked.year.parse().ok().filter(|y| (1990..=2100).contains(y));
    let year: i16 = year.unwrap_or_else(|| today.year());
    let title = words.with("calendar-title", [("year", year.to_string().into())]);
    let [before, after] = [year - 1, year + 1].map(|y| format!("/calendar?year={y}"));
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("calendar-sub")) },
        acts: html! {
            a.btn href=(before) { "‹ " (year - 1) }
            a.btn href=(after) { (year + 1) " ›" }
            button.btn type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    let body = html! {
        (head(words, &h))
        @match defs.calendar_of(year) {
            Some(known) => {
                @if !known.published {
                    (note(Shape::Warn, &words.say("calendar-unpublished"), html! { p { (words.say("calendar-unpublished-what")) } }, None))
                }
                (special_days(words, known))
            }
            None => {
                (note(Shape::Warn, &words.say("calendar-none"), html! { p { (words.say("calendar-none-what")) } }, None))
            }
        }
        (deadline(&ctx, &asked, &defs, year))
        (section(&words.say("calendar-months"), html! {}, html! {
            div.cals { @for n in 0..12 { (month(words, &defs, first_of(year, n), today)) } }
            p.key {
                span { b.off { "1" } " " (words.say("calendar-key-off")) }
                span { b.made { "1" } " " (words.say("calendar-key-made")) }
                span { (words.say("calendar-key-week")) }
            }
        }))
    };
    Ok(Html(layout::page(&ctx, &title, "", body).into_string()).into_response())
}

fn first_of(year: i16, month: i32) -> Date {
    add_months(Date::constant(year, 1, 1), month)
}

fn shown_days(words: &Words, special: &SpecialDay) -> String {
    let from = long_day(words, special.from);
    if special.from == special.to {
        from
    } else {
        format!("{from} – {}", long_day(words, special.to))
    }
}

fn special_days(words: &Words, year: &CalendarYear) -> Markup {
    let [when, what, kind, source] =
        ["calendar-col-when", "calendar-col-what", "calendar-col-kind", "meaning-source"]
            .map(|code| words.say(code));
    let cols = [col(&when, ""), col(&what, ""), col(&kind, ""), col(&source, "grow")];
    let body = html! {
        @for special in &year.days {
            tr {
                th.first scope="row" { (shown_days(words, special)) }
                td { (special.name) @if let Some(note) = &special.note { span.sub { (note) } } }
                td { (kind_of(words, special)) }
                td.full {
                    @match &special.source { Some(source) => { (source) " " } None => { span.mute { "–" } " " } }
                    @if special.confidence == Confidence::Unverified {
                        (status(Shape::Warn, &words.say("confidence-unverified")))
                    }
                }
            }
        }
    };
    let from = &year.provenance;
    let trust = confidence(words, from);
    let rows = [
        (
            html! { (words.say("meaning-source")) },
            html! { (from.source) @if let Some(a) = &from.article { ", " (a) } },
        ),
        (html! { (words.say("meaning-trust")) }, trust),
    ];
    section(
        &year.name,
        html! {},
        html! { (table(&year.name, "stack", &cols, false, body)) (facts(&rows)) },
    )
}

fn kind_of(words: &Words, special: &SpecialDay) -> Markup {
    let shape = if special.kind == SpecialKind::MakeUp { Shape::On } else { Shape::Hold };
    status(shape, &words.say(&format!("calendar-kind-{}", special.kind.code())))
}

/// What "trước ngày" and "trong N ngày làm việc" mean for a day.
fn deadline(ctx: &Ctx, asked: &Asked, defs: &Definitions, year: i16) -> Markup {
    let words = ctx.words;
    let mut wrong: Vec<(&str, String)> = Vec::new();
    let mut refuse = |name, message: Message| wrong.push((name, words.message(&message)));
    let typed = asked.from.trim();
    let from = match day::parse(typed, ctx.today()) {
        Ok(day) => Some(day),
        Err(_) if typed.is_empty() => None,
        Err(_) => {
            refuse("from", Message::new("indicators-bad-day").with("typed", typed));
            None
        }
    };
    let days: Option<u16> = asked.days.trim().parse().ok().filter(|n| *n <= 366);
    if days.is_none() && !asked.days.trim().is_empty() {
        refuse("days", Message::new("calendar-bad-days").with("typed", asked.days.trim()));
    }
    let wrong_of =
        |name: &str| wrong.iter().find(|(f, _)| *f == name).map(|(_, said)| said.clone());
    let [from_label, days_label, hint] =
        ["calendar-from", "calendar-days", "calendar-days-hint"].map(|code| words.say(code));
    let from_field = Field {
        id: "from",
        label: &from_label,
        value: typed,
        mode: "numeric",
        wrong: wrong_of("from"),
        ..Field::default()
    };
    let days_field = Field {
        id: "days",
        label: &days_label,
        value: asked.days.trim(),
        mode: "numeric",
        hint: &hint,
        wrong: wrong_of("days"),
        ..Field::default()
    };
    let body = html! {
        (errors(words, &wrong))
        form.filters action="/calendar" {
            (carried("year", &year.to_string()))
            (field(words, &from_field))
            (field(words, &days_field))
            button.btn type="submit" { (words.say("show")) }
        }
        @if let Some(from) = from { (meanings(words, defs, from, days)) }
    };
    section(&words.say("calendar-deadline"), html! {}, body)
}

fn meanings(words: &Words, defs: &Definitions, from: Date, days: Option<u16>) -> Markup {
    let last = |deadline: Deadline| deadline.last_day(defs);
    let named = |code: &str| words.with(code, [("day", day::show(from).into())]);
    let mut rows = vec![
        (named("calendar-before"), last(Deadline::Before(from))),
        (named("calendar-by"), last(Deadline::By(from))),
        (named("calendar-next"), next_working(defs, from)),
    ];
    if let Some(n) = days {
        let label = words
            .with("calendar-within", [("n", i64::from(n).into()), ("day", day::show(from).into())]);
        rows.push((label, last(Deadline::WorkingDays { from, n })));
    }
    let [how, when, off] =
        ["calendar-col-how", "calendar-col-last", "calendar-col-off"].map(|code| words.say(code));
    let cols = [col(&how, ""), col(&when, ""), col(&off, "grow")];
    let body = html! {
        @for (how, day) in &rows {
            tr {
                th.first.full scope="row" { (how) }
                td { b { (long_day(words, *day)) } }
                td { (why_off(words, defs, *day).unwrap_or_default()) }
            }
        }
    };
    table(&words.say("calendar-deadline"), "stack", &cols, false, body)
}

/// One month: weeks in rows, with the number of the week; days off and days made up are marked.
fn month(words: &Words, defs: &Definitions, first: Date, today: Date) -> Markup {
    let name = words.with(
        "period-month",
        [("n", i64::from(first.month()).into()), ("year", first.year().to_string().into())],
    );
    let monday = add_days(first, -i32::from(first.weekday().to_monday_zero_offset()));
    let next = add_months(first, 1);
    let weeks = (0..6).map(|n| add_days(monday, 7 * n)).take_while(|day| *day < next);
    html! {
        table.cal {
            caption { (name) }
            thead { tr {
                th scope="col" { abbr title=(words.say("calendar-week")) { (words.say("calendar-week-short")) } }
                @for n in 1..=7 { th scope="col" { (words.say(&format!("weekday-short-{n}"))) } }
            } }
            tbody {
                @for week in weeks {
                    tr {
                        th scope="row" { (week_of(week).1) }
                        @for n in 0..7 { (cell(words, defs, add_days(week, n), first, today)) }
                    }
                }
            }
        }
    }
}

fn cell(words: &Words, defs: &Definitions, day: Date, month: Date, today: Date) -> Markup {
    if day.month() != month.month() {
        return html! { td {} };
    }
    let class = match day_is(defs, day) {
        DayIs::Working => "",
        DayIs::MadeUp(_) => "made",
        DayIs::Weekend => "rest",
        DayIs::Off(_) => "off",
    };
    let said = match day_is(defs, day) {
        DayIs::MadeUp(special) | DayIs::Off(special) => Some(special.name.clone()),
        DayIs::Working | DayIs::Weekend => None,
    };
    html! {
        td class=(class) aria-current=[(day == today).then_some("date")] title=[said.as_deref()] {
            (day.day()) @if let Some(said) = &said { span.vh { " " (said) } }
            @if class == "rest" { span.vh { " " (words.say("calendar-weekend")) } }
        }
    }
}
