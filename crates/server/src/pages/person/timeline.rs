//! The timeline: everything recorded about a person, newest first; what was taken back stays, crossed out.

use super::line::{Teller, group};
use crate::http::Ctx;
use crate::pages::parts::{col, table, tabs};
use maud::{Markup, html};
use tram_app::person::{HistoryLine, PersonPage, show_ref};
use tram_domain::fact::{Body, FactRef};
use tram_kernel::day;

/// Lines shown before "show all".
const FIRST: usize = 20;
const TABS: [&str; 6] = ["", "care", "doses", "places", "life", "record"];

/// What part of the timeline is looked at: the code of a tab, and whether all of it.
pub fn timeline(ctx: &Ctx, page: &PersonPage, only: &str, all: bool) -> Markup {
    let words = ctx.words;
    let to = format!("/people/{}", page.view.person.id);
    let wanted: Vec<&HistoryLine> =
        page.history.iter().filter(|l| only.is_empty() || group(&l.body) == only).collect();
    let shown = if all { wanted.len() } else { wanted.len().min(FIRST) };
    let links: Vec<(String, String, bool)> = TABS
        .iter()
        .map(|tab| {
            let at = if tab.is_empty() { to.clone() } else { format!("{to}?only={tab}") };
            let code = if tab.is_empty() { "tab-all".to_owned() } else { format!("tab-{tab}") };
            (at, words.say(&code).into_owned(), *tab == only)
        })
        .collect();
    let title = words.say("timeline-title");
    let total = words.with("timeline-total", [("n", page.history.len().into())]);
    let more = format!("{to}?only={only}&all=1");
    html! {
        section.sec {
            div.h { h2 { (title) } div.mute.sm { (total) } }
            (tabs(&words.say("timeline-tabs"), &links))
            @if wanted.is_empty() { p.mute { (words.say("timeline-none")) } } @else {
                (rows(ctx, page, &wanted[..shown]))
                @if shown < wanted.len() {
                    p.pager {
                        span { (words.with("timeline-part", [("n", shown.into()), ("of", wanted.len().into())])) }
                        a.btn href=(more) { (words.with("timeline-more", [("n", (wanted.len() - shown).into())])) }
                    }
                }
            }
        }
    }
}

fn rows(ctx: &Ctx, page: &PersonPage, lines: &[&HistoryLine]) -> Markup {
    let words = ctx.words;
    let teller = Teller::new(ctx, page);
    let titles = ["col-day", "col-kind", "col-what", "col-by"].map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let body = html! {
        @for line in lines { (row(ctx, page, &teller, line)) }
    };
    table(&words.say("timeline-title"), "stack top", &cols, true, body)
}

fn row(ctx: &Ctx, page: &PersonPage, teller: &Teller<'_>, line: &HistoryLine) -> Markup {
    let words = ctx.words;
    let (kind, text) = (teller.kind(&line.body), teller.text(line.at, &line.body));
    let to = format!("/people/{}/facts/{}", page.view.person.id, show_ref(&line.at));
    let on = day::show(line.happened_on);
    let recorded = line.recorded_at.day();
    html! {
        tr.off[line.retracted || line.aside] {
            th.first.half.nw scope="row" { a href=(to) data-open aria-label={ (on) ", " (kind) } { (on) } }
            td.half.nw { @if line.retracted { s { (kind) } } @else { (kind) } }
            td.full {
                @if line.retracted {
                    s { (text) }
                    @if let Some(why) = taken_back(page, line.at) { span.sub { (retraction(ctx, why)) } }
                } @else { (text) }
                @if line.aside { span.sub { (words.say("fact-aside")) } }
            }
            td.mute {
                (line.by.as_deref().unwrap_or(&words.say("line-machine")))
                @if recorded != line.happened_on {
                    span.sub { (words.with("line-recorded", [("day", recorded.into())])) }
                }
            }
        }
    }
}

/// The line that took another one back.
pub fn taken_back(page: &PersonPage, at: FactRef) -> Option<&HistoryLine> {
    page.history
        .iter()
        .find(|line| matches!(&line.body, Body::FactRetracted(body) if body.what == at))
}

/// `Đã rút lại 16/01/2026, Nông Thị Lan: ghi nhầm người`.
pub fn retraction(ctx: &Ctx, line: &HistoryLine) -> String {
    let Body::FactRetracted(body) = &line.body else { return String::new() };
    let by = line.by.clone().unwrap_or_else(|| ctx.words.say("line-machine").into_owned());
    let args = [
        ("day", line.recorded_at.day().into()),
        ("by", by.into()),
        ("reason", body.reason.as_str().into()),
    ];
    ctx.words.with("line-taken-back", args)
}
