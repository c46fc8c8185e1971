//! Programmes and forms as they are in force: which visits when, what a form asks and warns of.

use super::Rule;
use crate::http::Ctx;
use crate::words::Words;
use maud::html;
use tram_defs::Definitions;
use tram_defs::form::Form;
use tram_defs::phrase::Span;
use tram_defs::programme::{Programme, Timing, VisitRule};

pub fn programmes<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today) = (ctx.words, ctx.today());
    let rule = |programme: &'a Programme| {
        let lost = length(words, programme.lost_after);
        let says = html! {
            @for visit in &programme.visits { span.block { (visit.name) ": " (when(words, visit)) } }
            span.sub { (words.with("definitions-lost-after", [("length", lost.into())])) }
            @if let Some(goal) = &programme.goal { span.sub { (words.with("definitions-goal", [("goal", goal.name.as_str().into())])) } }
        };
        let in_force = programme.provenance.holds_on(today);
        let (code, name) = (programme.code.as_str(), programme.name.as_str());
        Rule { code, name, says, from: &programme.provenance, in_force }
    };
    defs.programmes.iter().map(rule).collect()
}

fn when(words: &Words, visit: &VisitRule) -> String {
    match &visit.timing {
        Timing::Every { usual, .. } => {
            words.with("definitions-every", [("length", length(words, *usual).into())])
        }
        Timing::At(times) => {
            let times: Vec<String> = times.iter().map(|span| length(words, *span)).collect();
            words.with("definitions-at", [("times", times.join(", ").into())])
        }
        Timing::AtAge(age) => {
            words.with("definitions-at-age", [("age", length(words, *age).into())])
        }
    }
}

/// Months and days as they are said; a length of nothing is nothing of days.
fn length(words: &Words, span: Span) -> String {
    let months = words.with("age-months", [("n", span.months.into())]);
    let days = words.with("age-days", [("n", span.days.into())]);
    match (span.months, span.days) {
        (0, _) => days,
        (_, 0) => months,
        _ => format!("{months} {days}"),
    }
}

pub fn forms<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today) = (ctx.words, ctx.today());
    let rule = |form: &'a Form| {
        let args = [("fields", form.fields().count().into()), ("rules", form.rules.len().into())];
        let says = html! {
            @for group in &form.groups { @if !group.name.is_empty() { span.block { (group.name) } } }
            span.sub { (words.with("definitions-form-says", args)) }
        };
        let in_force = form.provenance.holds_on(today);
        Rule { code: &form.code, name: &form.name, says, from: &form.provenance, in_force }
    };
    defs.forms.iter().map(rule).collect()
}
