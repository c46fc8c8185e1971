//! What is in force, in five parts: rules of the work, programmes with their forms, indicators twice, lists and
//! roles. Each rule with its source, its days and how sure it is.

mod programmes;

use super::layout;
use super::parts::Shape;
use super::parts::{Head, col, confidence, head, section, status, table, tabs, validity};
use crate::http::{Answer, Ctx, Server};
use crate::words::Words;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;
use tram_defs::indicator::Chapter;
use tram_defs::provenance::Provenance;
use tram_defs::{Confidence, Definitions};
use tram_kernel::day::days_between;
use tram_kernel::number;

pub fn routes() -> Router<Server> {
    Router::new().route("/definitions", get(show))
}

/// A rule in a list: what it is called, what it says, where it comes from.
struct Rule<'a> {
    code: &'a str,
    name: &'a str,
    says: Markup,
    from: &'a Provenance,
    in_force: bool,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    part: String,
}

/// The parts of the page; the first one opens.
const PARTS: [&str; 5] = ["rules", "programmes", "indicators", "illness", "lists"];
/// Indicators fill two parts: of people, vaccines, mothers and children; of illness and care.
const OF_LIFE: [Chapter; 3] = [Chapter::People, Chapter::Immunisation, Chapter::MotherChild];

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let defs = ctx.run(|app, actor| app.read_definitions(actor)).await?;
    let words = ctx.words;
    let title = words.say("definitions-title");
    let unsure = unverified(&defs);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.with("definitions-sub", [("n", unsure.into())])) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let part = PARTS.into_iter().find(|part| *part == asked.part).unwrap_or(PARTS[0]);
    let tab = |code: &str| {
        let name = words.say(&format!("definitions-part-{code}")).into_owned();
        (format!("/definitions?part={code}"), name, code == part)
    };
    let body = html! {
        (head(words, &h))
        (tabs(&title, &PARTS.map(tab)))
        @match part {
            "programmes" => {
                (rules(words, "definitions-programmes", &programmes::programmes(&ctx, &defs)))
                (rules(words, "definitions-forms", &programmes::forms(&ctx, &defs)))
                (rules(words, "definitions-datings", &datings(&ctx, &defs)))
            }
            "indicators" => {
                @for chapter in OF_LIFE { (of_chapter(&ctx, &defs, chapter)) }
            }
            "illness" => {
                @for chapter in Chapter::ALL.into_iter().filter(|one| !OF_LIFE.contains(one)) {
                    (of_chapter(&ctx, &defs, chapter))
                }
                (rules(words, "definitions-breakdowns", &breakdowns(&ctx, &defs)))
            }
            "lists" => {
                (rules(words, "definitions-lists", &lists(&ctx, &defs)))
                (rules(words, "definitions-roles", &roles(&ctx, &defs)))
            }
            _ => {
                (overlays(words, &defs))
                (rules(words, "definitions-schedules", &schedules(&ctx, &defs)))
                (rules(words, "definitions-full-sets", &full_sets(&ctx, &defs)))
                (rules(words, "definitions-screening", &screening(&ctx, &defs)))
                (rules(words, "definitions-growth", &growth(&ctx, &defs)))
                (rules(words, "definitions-calendar", &calendar(&ctx, &defs)))
            }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "", body).into_string()).into_response())
}

/// What a province or commune adds to the national rules, or puts in their place.
fn overlays(words: &Words, defs: &Definitions) -> Markup {
    if defs.additions.is_empty() {
        return html! {};
    }
    let title = words.say("definitions-overlays");
    let [of, code, how, file] =
        ["definitions-overlay", "definitions-code", "definitions-how", "definitions-file"]
            .map(|code| words.say(code));
    let body = html! {
        @for addition in &defs.additions {
            tr {
                th.first scope="row" { (addition.overlay) }
                td.code { (addition.code) }
                td { (words.say(if addition.replaces { "definitions-replaces" } else { "definitions-adds" })) }
                td.full.code { (addition.file) }
            }
        }
    };
    let cols = [col(&of, ""), col(&code, ""), col(&how, ""), col(&file, "grow")];
    section(&title, html! {}, table(&title, "stack top", &cols, false, body))
}

fn unverified(defs: &Definitions) -> usize {
    let all = defs.schedules.iter().map(|s| &s.provenance);
    let all = all.chain(defs.full_sets.iter().map(|s| &s.provenance));
    let all = all.chain(std::iter::once(&defs.screening().provenance));
    let all = all.chain(defs.indicators.iter().map(|i| &i.provenance));
    let all = all.chain(defs.programmes.iter().map(|p| &p.provenance));
    let all = all.chain(defs.datings.iter().map(|rule| &rule.provenance));
    let all = all.chain(defs.forms.iter().map(|form| &form.provenance));
    let all = all.chain(defs.small.iter().map(|rule| &rule.provenance));
    let all = all.chain(defs.breakdowns.iter().map(|b| &b.provenance));
    let all = all.chain(defs.calendar.iter().map(|year| &year.provenance));
    let all = all.chain(defs.lists.iter().map(|l| &l.provenance));
    let all = all.chain(defs.growth.tables.iter().map(|table| &table.provenance));
    all.filter(|from| from.confidence == Confidence::Unverified).count()
}

fn schedules<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let now = &defs.schedule_on(ctx.today()).code;
    let rule = |s: &'a tram_defs::immunisation::Schedule| {
        let doses: usize = s.series.iter().map(|series| series.doses.len()).sum();
        let args = [("series", s.series.len().into()), ("doses", doses.into())];
        let says = html! { (ctx.words.with("definitions-schedule-says", args)) };
        Rule { code: &s.code, name: &s.name, says, from: &s.provenance, in_force: s.code == *now }
    };
    defs.schedules.iter().rev().map(rule).collect()
}

fn growth<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let rule = |table: &'a tram_defs::growth::GrowthTable| Rule {
        code: table.standard.code(),
        name: &table.name,
        says: html! { (table.licence) },
        from: &table.provenance,
        in_force: table.provenance.holds_on(ctx.today()),
    };
    defs.growth.tables.iter().map(rule).collect()
}

/// How pregnancies are dated.
fn datings<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let now = defs.dating_on(ctx.today()).map(|rule| rule.code.as_str());
    let rule = |rule: &'a tram_defs::pregnancy::Dating| {
        let days = rule.bands().map(|(weeks, over)| {
            let args = [("weeks", i64::from(weeks).into()), ("days", i64::from(over).into())];
            ctx.words.with("definitions-dating-says", args)
        });
        let says = html! { (days.collect::<Vec<_>>().join("; ")) };
        let in_force = now == Some(rule.code.as_str());
        Rule { code: &rule.code, name: &rule.name, says, from: &rule.provenance, in_force }
    };
    defs.datings.iter().rev().map(rule).collect()
}

fn full_sets<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let schedule = defs.schedule_on(ctx.today());
    let now = defs.full_set_on(ctx.today()).map(|set| set.code.clone());
    let need = |(series, n): &(String, u8)| {
        let short = schedule.find(series).map_or(series.as_str(), |s| s.short.as_str());
        if *n > 1 { format!("{short} × {n}") } else { short.to_owned() }
    };
    let rule = |set: &'a tram_defs::immunisation::FullSet| {
        let needs: Vec<String> = set.needs.iter().map(need).collect();
        let in_force = now.as_ref() == Some(&set.code);
        let says = html! { (needs.join("; ")) };
        Rule { code: &set.code, name: &set.name, says, from: &set.provenance, in_force }
    };
    defs.full_sets.iter().map(rule).collect()
}

/// From which temperature a child is put off, and for how long.
fn screening<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today, rule) = (ctx.words, ctx.today(), defs.screening());
    let degrees = |tenths: u16| number::show_thousandths(i64::from(tenths) * 100);
    let held = words.with(
        "definitions-screening-says",
        [("fever", degrees(rule.fever_from).into()), ("cold", degrees(rule.cold_to).into())],
    );
    let reasons = [&rule.temperature, &rule.unwell, &rule.absent].map(|held| {
        let known = defs.list("deferral_reason").and_then(|list| list.name(&held.reason));
        let days = days_between(today, held.until(today));
        let reason = ("reason", known.unwrap_or(&held.reason).into());
        words.with("definitions-put-off-says", [reason, ("days", days.into())])
    });
    let says = html! { (held) @for reason in reasons { " " (reason) } };
    let in_force = rule.provenance.holds_on(today);
    vec![Rule { code: "", name: &rule.name, says, from: &rule.provenance, in_force }]
}

fn of_chapter(ctx: &Ctx, defs: &Definitions, chapter: Chapter) -> Markup {
    let heading = format!("chapter-{}", chapter.code());
    rules(ctx.words, &heading, &indicators(ctx, defs, chapter))
}

fn indicators<'a>(ctx: &Ctx, defs: &'a Definitions, chapter: Chapter) -> Vec<Rule<'a>> {
    let today = ctx.today();
    let rule = |i: &'a tram_defs::indicator::Indicator| Rule {
        code: &i.code,
        name: &i.name,
        says: html! { (i.explain) },
        from: &i.provenance,
        in_force: i.provenance.holds_on(today),
    };
    defs.indicators.iter().filter(|i| i.chapter == chapter).map(rule).collect()
}

/// How the people behind a number are parted, and from which numbers on a ratio is shown.
fn breakdowns<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today) = (ctx.words, ctx.today());
    let small = defs.small.iter().map(|rule| {
        let (least, events) = (rule.small.denominator, rule.small.events);
        let args = [("least", least.into()), ("events", events.into())];
        let says = html! { (words.with("definitions-small-says", args)) };
        let in_force = rule.provenance.holds_on(today);
        Rule { code: "", name: &rule.name, says, from: &rule.provenance, in_force }
    });
    let parted = defs.breakdowns.iter().map(|b| {
        let says = html! { (words.with("definitions-groups", [("n", b.groups.len().into())])) };
        let in_force = b.provenance.holds_on(today);
        Rule { code: &b.code, name: &b.name, says, from: &b.provenance, in_force }
    });
    small.chain(parted).collect()
}

fn calendar<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today) = (ctx.words, ctx.today());
    let rule = |year: &'a tram_defs::calendar::CalendarYear| {
        let to = format!("/calendar?year={}", year.year);
        let n = words.with("definitions-days", [("n", year.days.len().into())]);
        let says = html! {
            a href=(to) { (n) }
            @if !year.published { ". " (words.say("calendar-unpublished")) }
        };
        let in_force = year.provenance.holds_on(today);
        Rule { code: "", name: &year.name, says, from: &year.provenance, in_force }
    };
    defs.calendar.iter().rev().map(rule).collect()
}

fn lists<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let today = ctx.today();
    let rule = |list: &'a tram_defs::list::List| {
        let entries = ctx.words.with("definitions-entries", [("n", list.entries.len().into())]);
        let says = html! { (entries) @if let Some(licence) = &list.licence { ". " (licence) } };
        let in_force = list.provenance.holds_on(today);
        Rule { code: &list.code, name: &list.title, says, from: &list.provenance, in_force }
    };
    defs.lists.iter().map(rule).collect()
}

fn roles<'a>(ctx: &Ctx, defs: &'a Definitions) -> Vec<Rule<'a>> {
    let (words, today) = (ctx.words, ctx.today());
    let rule = |role: &'a tram_defs::role::Role| {
        let reach = super::users::reach_words(words, role.reach);
        let says = html! {
            (super::users::may_words(words, &role.may)) ". "
            span.mute { (words.with("roles-reach", [("reach", reach.into())])) }
        };
        let in_force = role.provenance.holds_on(today);
        Rule { code: &role.code, name: &role.name, says, from: &role.provenance, in_force }
    };
    defs.roles.iter().map(rule).collect()
}

fn rules(words: &Words, heading: &str, rules: &[Rule<'_>]) -> Markup {
    if rules.is_empty() {
        return html! {};
    }
    let title = words.say(heading);
    let [name, says, source, since, trust] = [
        "definitions-name",
        "definitions-says",
        "meaning-source",
        "meaning-since",
        "meaning-trust",
    ]
    .map(|code| words.say(code));
    let cols =
        [col(&name, ""), col(&says, "grow"), col(&source, ""), col(&since, ""), col(&trust, "")];
    let body = html! {
        @for rule in rules {
            tr class=[(!rule.in_force).then_some("off")] {
                th.first.full scope="row" { (rule.name) @if !rule.code.is_empty() { span.sub.code { (rule.code) } } }
                td.full { (rule.says) }
                td.full {
                    (rule.from.source) @if let Some(article) = &rule.from.article { ", " (article) }
                    @if let Some(note) = &rule.from.note { span.sub { (note) } }
                }
                td.nw { (validity(words, rule.from)) @if rule.in_force { span.block { (status(Shape::On, &words.say("definitions-in-force"))) } } }
                td { (confidence(words, rule.from)) }
            }
        }
    };
    section(&title, html! {}, table(&title, "stack top", &cols, false, body))
}
