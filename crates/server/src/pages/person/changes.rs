//! What was written on a record: when, by whom, what it said before and after, and why.

use super::line::Teller;
use super::show::{born, field_code, number, paper, value};
use crate::http::Ctx;
use crate::pages::parts::{col, table};
use maud::{Markup, html};
use tram_app::person::{HistoryLine, PersonPage};
use tram_domain::fact::{Body, FactRef, PersonChange, PersonRegistered};
use tram_kernel::{Moment, day};

/// One thing written, in words.
pub(super) struct Change {
    pub at: Moment,
    pub by: String,
    pub what: String,
    pub before: String,
    pub after: String,
    pub why: String,
}

/// Everything written on the record, last written first.
pub(super) fn changes(ctx: &Ctx, page: &PersonPage) -> Vec<Change> {
    let teller = Teller::new(ctx, page);
    let mut lines: Vec<&HistoryLine> = page.history.iter().collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.recorded_at, line.at)));
    lines.into_iter().map(|line| change(ctx, page, &teller, line)).collect()
}

fn change(ctx: &Ctx, page: &PersonPage, teller: &Teller<'_>, line: &HistoryLine) -> Change {
    let words = ctx.words;
    let kind = teller.kind(&line.body);
    let dated = |kind: &str, line: &HistoryLine| format!("{kind}, {}", day::show(line.happened_on));
    let (what, before, after, why) = match &line.body {
        Body::PersonAmended(body) => {
            let field = words.say(&format!("field-{}", field_code(&body.change))).into_owned();
            let before = before(ctx, page, &body.change, &body.seen);
            (field, before, value(ctx, page, &body.change), body.reason.clone())
        }
        Body::FactRetracted(body) => {
            let taken = page.history.iter().find(|line| line.at == body.what);
            let what = taken.map_or(kind, |line| dated(&teller.kind(&line.body), line));
            let before = taken.map(|line| teller.text(line.at, &line.body)).unwrap_or_default();
            let after = words.say("changed-taken-back").into_owned();
            (what, before, after, Some(body.reason.clone()))
        }
        Body::IdentifierEnded(body) => {
            let what = paper(words, body.identifier.kind());
            let after = words.with("changed-ended", [("day", line.happened_on.into())]);
            (what, number(&body.identifier), after, body.reason.clone())
        }
        body => (dated(&kind, line), String::new(), teller.text(line.at, body), None),
    };
    let by = line.by.clone().unwrap_or_else(|| words.say("line-machine").into_owned());
    Change { at: line.recorded_at, by, what, before, after, why: why.unwrap_or_default() }
}

/// The values the author of a change was looking at. Several: they contradicted each other.
fn before(ctx: &Ctx, page: &PersonPage, change: &PersonChange, seen: &[FactRef]) -> String {
    let told = seen.iter().filter_map(|at| {
        let line = page.history.iter().find(|line| line.at == *at)?;
        match &line.body {
            Body::PersonAmended(body) => Some(value(ctx, page, &body.change)),
            Body::PersonRegistered(body) => Some(first(ctx, page, change, body)),
            _ => None,
        }
    });
    told.collect::<Vec<_>>().join(" / ")
}

/// What was said of a field when the record was opened.
fn first(ctx: &Ctx, page: &PersonPage, of: &PersonChange, body: &PersonRegistered) -> String {
    let said = match of {
        PersonChange::Name(_) => PersonChange::Name(body.name.clone()),
        PersonChange::Sex(_) => PersonChange::Sex(body.sex),
        PersonChange::Born(..) => return born(ctx.words, body.born, body.born_minute),
        PersonChange::Ethnicity(_) => PersonChange::Ethnicity(body.ethnicity.clone()),
        PersonChange::Occupation(_) => PersonChange::Occupation(body.occupation.clone()),
        PersonChange::Phone(_) => PersonChange::Phone(body.phone.clone()),
        PersonChange::Mother(..) => PersonChange::Mother(body.mother, body.mother_name.clone()),
    };
    value(ctx, page, &said)
}

pub(super) const COLUMNS: [&str; 6] =
    ["changed-at", "changed-by", "changed-what", "changed-before", "changed-after", "changed-why"];

pub(super) fn list(ctx: &Ctx, title: &str, changes: &[Change]) -> Markup {
    let titles = COLUMNS.map(|code| ctx.words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! { @for one in changes {
        tr {
            th.first.half scope="row" { (one.at.show()) }
            td.half { (one.by) }
            td.full.cap { (one.what) }
            td data-l=(titles[3]) { @if one.before.is_empty() { span.mute { "–" } } @else { (one.before) } }
            td data-l=(titles[4]) { (one.after) }
            td data-l=(titles[5]) { (one.why) }
        }
    } };
    table(title, "stack top", &cols, false, body)
}
