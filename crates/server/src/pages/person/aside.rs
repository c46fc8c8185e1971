//! Beside the timeline: what is due, the family, where the person lived, what else can be recorded.

use super::show::{inside, list_name, residence_kind};
use crate::http::Ctx;
use crate::pages::parts::{Shape, due_status, facts, section, status};
use crate::words::age;
use maud::{Markup, html};
use tram_app::person::{PersonLine, PersonPage};
use tram_app::programme::DueVisit;
use tram_defs::form::Keeps;
use tram_defs::role::Action;
use tram_domain::immunisation::{Line, Standing};
use tram_domain::person::Residence;
use tram_domain::programme::{Care, in_sight};
use tram_kernel::{Sex, day};

pub fn aside(ctx: &Ctx, page: &PersonPage) -> Markup {
    let may = ctx.signed.actor.may(Action::PersonWrite);
    html! {
        aside aria-label=(ctx.words.say("person-aside")) {
            (due(ctx, page))
            (programmes(ctx, page))
            (history(ctx, page))
            (family(ctx, page))
            (residences(ctx, page, may))
            (administrative(ctx, page))
            @if may { (entries(ctx, page)) }
        }
    }
}

/// Immunisations owed today, then those that come next.
fn due(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let course = page.view.course();
    let mut owed: Vec<&Line<'_>> = course.owed_on(today).collect();
    let mut next: Vec<&Line<'_>> = course
        .lines
        .iter()
        .filter(|l| {
            matches!(l.standing, Standing::Owed { due, .. } if due > today) && !l.series.optional
        })
        .collect();
    let by_day = |line: &&Line<'_>| match line.standing {
        Standing::Owed { due, .. } => due,
        _ => today,
    };
    owed.sort_by_key(by_day);
    next.sort_by_key(by_day);
    let lines = owed.into_iter().chain(next.into_iter().take(3));
    let rows: Vec<(Markup, Markup)> = if page.view.person.is_dead() {
        Vec::new()
    } else {
        lines.filter_map(|line| due_row(ctx, line)).collect()
    };
    let card = format!("/people/{}/immunisation", page.view.person.id);
    let side =
        html! { a href=(card) data-key="T" { (words.say("open-card")) " " kbd.keyhint { "T" } } };
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("due-none")) } } @else { (facts(&rows)) }
    };
    section(&words.say("due-title"), side, body)
}

fn due_row(ctx: &Ctx, line: &Line<'_>) -> Option<(Markup, Markup)> {
    let Standing::Owed { due, overdue, deferred, .. } = &line.standing else { return None };
    let today = ctx.today();
    let state = match deferred {
        Some(_) if *due > today => status(Shape::Hold, &day::show(*due)),
        _ => due_status(ctx.words, *due, *overdue, today),
    };
    Some((state, html! { (line.series.short) "\u{a0}" (line.number) }))
}

/// Programmes that follow the person, what is next in each, and what the last measures propose.
pub fn programme_facts(ctx: &Ctx, page: &PersonPage, care: &Care<'_>) -> Vec<(Markup, Markup)> {
    let (words, today) = (ctx.words, ctx.today());
    let p = &page.view.person;
    let mine = ctx.signed.actor.programmes(&page.view.defs, today);
    let mut rows: Vec<(Markup, Markup)> = Vec::new();
    for rule in &mine {
        let to = format!("/people/{}/programmes/{}", p.id, rule.code);
        let open = care.open(&rule.code, today);
        let next =
            care.due.iter().filter(|due| due.programme == rule.code && due.is_asked_on(today));
        let states: Vec<Markup> = next
            .map(|due| match &due.visit {
                Some(_) => {
                    super::super::programmes::visit_state(ctx, rule, &DueVisit::from(due), today)
                }
                None => status(Shape::Soon, &words.say("programme-proposed")),
            })
            .collect();
        if open.is_some() || !states.is_empty() {
            let said = html! { @for state in &states { (state) br; } };
            let named = match ctx.signed.actor.own {
                Some(_) => html! { (rule.name) },
                None => html! { a href=(to) { (rule.name) } },
            };
            rows.push((named, said));
        }
    }
    rows
}

fn programmes(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let p = &page.view.person;
    let defs = &page.view.defs;
    let care = Care::of(defs, p);
    let mine = ctx.signed.actor.programmes(defs, today);
    let rows = programme_facts(ctx, page, &care);
    let may = ctx.signed.actor.may(Action::ProgrammeWrite) && !p.is_dead();
    let fits = |rule: &&&tram_defs::programme::Programme| {
        care.open(&rule.code, today).is_none()
            && rule.whom.iter().all(|c| tram_domain::form::of_person(c, p, today) != Some(false))
    };
    let others: Vec<_> = mine.iter().filter(fits).collect();
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("programme-none-here")) } } @else { (facts(&rows)) }
        @if may && !others.is_empty() {
            details.no-print { summary { (words.say("programme-take-in")) }
                ul.todo { @for rule in others {
                    li { a href={ "/people/" (p.id) "/programmes/" (rule.code) "/enrol" } { (rule.name) } }
                } }
            }
        }
    };
    let side = html! { @if super::super::growth::is_offered(ctx, page) {
        a href={ "/people/" (p.id) "/growth" } data-key="W" { (words.say("growth-title")) " " kbd.keyhint { "W" } }
    } };
    section(&words.say("programme-section"), side, body)
}

/// What was asked once and holds: diseases, operations, habits, family.
fn history(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, p) = (ctx.words, &page.view.person);
    let may = ctx.signed.actor.may(Action::ProgrammeWrite) && !p.is_dead();
    let known = in_sight(&page.view.defs, p, Keeps::History);
    let last = known.last().map(|(form, _)| form.code.as_str()).or_else(|| {
        let of_history = page.view.defs.forms.iter().find(|form| form.keeps == Keeps::History);
        of_history.map(|form| form.code.as_str())
    });
    let carried = if known.is_empty() { "" } else { "?last=1" };
    let side = html! { @if let Some(code) = last.filter(|_| may) {
        a href={ "/people/" (p.id) "/forms/" (code) (carried) } { (words.say("history-write")) }
    } };
    section(&words.say("history-title"), side, history_facts(ctx, page))
}

/// The last answers of each form of history.
pub fn history_facts(ctx: &Ctx, page: &PersonPage) -> Markup {
    let defs = &page.view.defs;
    let mut rows: Vec<(Markup, Markup)> = Vec::new();
    for (form, entry) in in_sight(defs, &page.view.person, Keeps::History) {
        let said = super::super::programmes::summary(defs, form, &entry.what, &[]);
        rows.extend(said.into_iter().map(|(label, value)| (html! { (label) }, value)));
    }
    if rows.is_empty() {
        return html! { p.mute { (ctx.words.say("history-none")) } };
    }
    facts(&rows)
}

fn family(ctx: &Ctx, page: &PersonPage) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let p = &page.view.person;
    let mother = page.mother.iter().map(|m| (words.say("mother-short").into_owned(), m));
    let children = page.children.iter().map(|c| (words.say("child-short").into_owned(), c));
    let members = page.household.iter().filter(|m| m.to.is_none_or(|to| to > today));
    let members = members.map(|m| (list_name(ctx, "relation", &m.relation), &m.person));
    let mut named = vec![p.id];
    let mut rows: Vec<(Markup, Markup)> = Vec::new();
    if let (None, Some(name)) = (&page.mother, &p.mother.shown().name) {
        rows.push((html! { (words.say("mother-short")) }, html! { (name) }));
    }
    for (label, line) in mother.chain(children).chain(members) {
        if !named.contains(&line.id) {
            named.push(line.id);
            rows.push((html! { (label) }, relative(ctx, line)));
        }
    }
    let household = p.membership_on(today).map(|m| m.household);
    let side = html! { @if let Some(id) = household { a href={ "/households/" (id) } { (words.say("open-household")) } } };
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("family-none")) } } @else { (facts(&rows)) }
    };
    section(&words.say("family-title"), side, body)
}

fn relative(ctx: &Ctx, line: &PersonLine) -> Markup {
    html! {
        a href={ "/people/" (line.id) } { (line.name) } ", "
        @if line.died_on.is_some() { (line.born.show()) ", " (ctx.words.say("died")) }
        @else if line.born.age_years(ctx.today()) < 6 { (age(ctx.words, line.born, ctx.today())) }
        @else { (line.born.year()) }
    }
}

fn residences(ctx: &Ctx, page: &PersonPage, may: bool) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let rows: Vec<(Markup, Markup)> =
        p.residences.iter().rev().map(|lives| residence(ctx, page, lives)).collect();
    let side = html! {
        @if may && !p.is_dead() { a href={ "/people/" (p.id) "/move" } { (words.say("entry-move")) } }
    };
    let body = html! {
        @if rows.is_empty() { p.mute { (words.say("residence-none")) } } @else { (facts(&rows)) }
    };
    section(&words.say("residence-title"), side, body)
}

fn residence(ctx: &Ctx, page: &PersonPage, lives: &Residence) -> (Markup, Markup) {
    let words = ctx.words;
    let span = match lives.to {
        None => words.with("since-day", [("day", lives.from.into())]),
        // Left again on the day of coming: that one day.
        Some(to) if to <= lives.from => day::show(lives.from),
        Some(to) => format!("{} – {}", day::show(lives.from), day::show(day::add_days(to, -1))),
    };
    let from =
        lives.from_place.as_deref().map(|place| words.with("line-from", [("place", place.into())]));
    let to =
        lives.to_place.as_deref().map(|place| words.with("line-to", [("place", place.into())]));
    let rest: Vec<String> = [
        Some(inside(&residence_kind(ctx, lives.kind))),
        (lives.reason != "registered")
            .then(|| inside(&list_name(ctx, "move_reason", &lives.reason))),
        from,
        to,
    ]
    .into_iter()
    .flatten()
    .collect();
    let value = html! {
        (page.areas.get(&lives.area).map_or("", String::as_str))
        span.mute { (rest.join("; ")) }
    };
    (html! { (span) }, value)
}

fn administrative(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let unknown = || words.say("value-unknown").into_owned();
    let listed = |list, code: &Option<String>| match code {
        Some(code) => html! { (list_name(ctx, list, code)) },
        None => html! { span.mute { (unknown()) } },
    };
    let opened = page.history.iter().rev().find(|line| line.body.code() == "PersonRegistered");
    let by = opened.and_then(|line| line.by.clone());
    let rows = vec![
        (html! { (words.say("f-ethnicity")) }, listed("ethnicity", p.ethnicity.shown())),
        (html! { (words.say("f-occupation")) }, listed("occupation", p.occupation.shown())),
        (
            html! { (words.say("fact-opened")) },
            html! {
                (day::show(p.registered_at.day())) @if let Some(by) = by { ", " (by) }
            },
        ),
    ];
    section(&words.say("administrative-title"), html! {}, facts(&rows))
}

/// What else can be recorded about this person, as far as it can be true.
fn entries(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let p = &page.view.person;
    let alive = !p.is_dead();
    let lives_here = p.last_residence().is_some_and(|lives| lives.to.is_none());
    let years = p.born.shown().date.age_years(ctx.today());
    let mother = alive && *p.sex.shown() == Sex::Female && (10..=60).contains(&years);
    let links = [
        ("identifier", "I", true),
        ("move", "C", alive),
        ("move-out", "D", alive && lives_here),
        ("household", "O", alive),
        ("pregnancy", "M", mother),
        ("loss", "K", mother && p.open_pregnancy().is_some()),
        ("birth", "B", mother),
        ("stillbirth", "X", mother),
        ("death", "V", alive),
    ];
    let list = html! {
        ul.todo { @for (to, letter, possible) in links { @if possible {
            li { a href={ "/people/" (p.id) "/" (to) } data-key=(letter) { (words.say(&format!("entry-{to}"))) " " kbd.keyhint { (letter) } } }
        } } }
    };
    let emergency = ctx.signed.actor.may(Action::CompartmentBreak) && page.emergency.is_none();
    html! { div.no-print.sec {
        (section(&words.say("entries-title"), html! {}, list))
        @if emergency { p { a href={ "/people/" (p.id) "/emergency" } { (words.say("emergency-link")) } } }
    } }
}
