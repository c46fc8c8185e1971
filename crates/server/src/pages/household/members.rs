//! The people of a household and what is due for each.

use crate::http::Ctx;
use crate::pages::parts::{Shape, col, due_status, section, status, table};
use crate::pages::person::list_name;
use crate::words::age;
use maud::{Markup, html};
use tram_app::household::{HouseholdPage, MemberView};
use tram_domain::person::{HeldIdentifier, Person};
use tram_kernel::Date;
use tram_kernel::identifier::IdentifierKind;

/// The newest card, and whether it is good today.
pub fn insurance(person: &Person, today: Date) -> Option<(&HeldIdentifier, bool)> {
    let mut cards: Vec<&HeldIdentifier> =
        person.identifiers.iter().filter(|held| held.is_insurance()).collect();
    cards.sort_by_key(|held| (held.holds_on(today), held.to.is_none(), held.to));
    cards.pop().map(|held| (held, held.holds_on(today)))
}

/// People down, what is due across.
pub fn members(ctx: &Ctx, page: &HouseholdPage) -> Markup {
    let words = ctx.words;
    let title = words.say("household-members");
    if page.members.is_empty() {
        return section(&title, html! {}, html! { p.mute { (words.say("household-empty")) } });
    }
    let titles = [
        "col-name",
        "f-relation",
        "col-sex-years",
        "paper-insurance",
        "col-immunisation",
        "col-missing",
    ]
    .map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let rows = html! { @for view in &page.members { (member(ctx, view)) } };
    section(&title, html! {}, table(&title, "stack", &cols, true, rows))
}

fn member(ctx: &Ctx, view: &MemberView) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let p = &view.member.person;
    html! {
        tr {
            th.first scope="row" { a href={ "/people/" (p.id) } data-open { (p.name) } }
            td { (list_name(ctx, "relation", &view.member.relation)) }
            td { (words.say(&format!("sex-{}", p.sex.code()))) ", " (age(words, p.born, today)) }
            td data-l=(words.say("paper-insurance")) { (insured(ctx, &view.person)) }
            td data-l=(words.say("col-immunisation")) { (owed(ctx, view)) }
            td data-l=(words.say("col-missing")) { (missing(ctx, view)) }
        }
    }
}

fn insured(ctx: &Ctx, person: &Person) -> Markup {
    let words = ctx.words;
    match insurance(person, ctx.today()) {
        None => status(Shape::None, &words.say("insurance-none")),
        Some((HeldIdentifier { to: Some(to), .. }, true)) => {
            status(Shape::On, &words.with("until-day", [("day", (*to).into())]))
        }
        Some((_, true)) => status(Shape::On, &words.say("state-used")),
        Some((HeldIdentifier { to: Some(to), .. }, false)) => {
            status(Shape::Bad, &words.with("insurance-expired", [("day", (*to).into())]))
        }
        Some((_, false)) => status(Shape::Soon, &words.say("state-not-yet")),
    }
}

/// What is owed, the longest overdue says how late.
fn owed(ctx: &Ctx, view: &MemberView) -> Markup {
    let Some(first) = view.owed.iter().min_by_key(|line| line.due) else { return dash(ctx) };
    let doses: Vec<String> =
        view.owed.iter().map(|line| format!("{}\u{a0}{}", line.short, line.number)).collect();
    let card = format!("/people/{}/immunisation", view.member.person.id);
    html! {
        (due_status(ctx.words, first.due, first.overdue, ctx.today()))
        span.sub { a href=(card) { (doses.join("; ")) } }
    }
}

fn missing(ctx: &Ctx, view: &MemberView) -> Markup {
    let (words, today, person) = (ctx.words, ctx.today(), &view.person);
    let has_number = person
        .identifiers
        .iter()
        .any(|held| held.identifier.kind() == IdentifierKind::Citizen && held.holds_on(today));
    let mut gaps = Vec::new();
    if !has_number {
        gaps.push(words.say("missing-citizen"));
    }
    if person.born.shown().date.day().is_none() {
        gaps.push(words.say("missing-birth-day"));
    }
    let conflicts = !person.conflicts().is_empty();
    html! {
        @if conflicts { (status(Shape::Differ, &words.say("to-compare"))) }
        @if !gaps.is_empty() {
            @if conflicts { span.sub { (gaps.join(", ")) } } @else { (gaps.join(", ")) }
        } @else if !conflicts { (dash(ctx)) }
    }
}

fn dash(ctx: &Ctx) -> Markup {
    html! { span.mute aria-hidden="true" { "–" } span.vh { (ctx.words.say("nothing")) } }
}
