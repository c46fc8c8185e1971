//! Papers and numbers a person holds and held, each with its days.

use super::show::{number, paper, validity};
use super::timeline::taken_back;
use crate::http::Ctx;
use crate::pages::parts::{Shape, col, section, status, table};
use maud::{Markup, html};
use tram_app::person::{PersonPage, show_ref};
use tram_defs::role::Action;
use tram_domain::person::HeldIdentifier;
use tram_kernel::identifier::IdentifierKind;

pub fn papers(ctx: &Ctx, page: &PersonPage) -> Markup {
    let words = ctx.words;
    let may = ctx.signed.actor.may(Action::PersonWrite);
    let to = format!("/people/{}/identifier", page.view.person.id);
    let title = words.say("papers-title");
    let side = html! { @if may { a href=(to) { (words.say("papers-add")) } } };
    let mut held: Vec<&HeldIdentifier> = page.view.person.identifiers.iter().collect();
    held.sort_by_key(|h| (h.identifier.kind(), std::cmp::Reverse(h.from)));
    let titles = ["col-paper", "col-number", "col-valid", "col-by", "col-state", "col-acts"]
        .map(|code| words.say(code));
    let [paper, number, valid, by, state, acts] = titles.each_ref().map(|t| t.as_ref());
    let mut cols =
        vec![col(paper, ""), col(number, ""), col(valid, ""), col(by, ""), col(state, "")];
    if may {
        cols.push(col(acts, "last"));
    }
    let body = html! { @for h in &held { (row(ctx, page, h, may)) } };
    section(&title, side, table(&title, "stack", &cols, false, body))
}

fn row(ctx: &Ctx, page: &PersonPage, held: &HeldIdentifier, may: bool) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    let line = page.history.iter().find(|line| line.at == held.at);
    let by = line.and_then(|line| line.by.clone()).unwrap_or_default();
    let name = paper(words, held.identifier.kind());
    let open = held.holds_on(today) && !held.ended;
    let end = format!("/people/{}/identifier/{}/end", page.view.person.id, show_ref(&held.at));
    html! {
        tr.off[!open] {
            th.first.half scope="row" { (name) }
            td.nw.half { (number(&held.identifier)) }
            td.nw { (validity(words, held.from, held.to)) }
            td.mute { (by) }
            td { (state(ctx, held)) }
            @if may { td.last {
                @if open && held.identifier.kind() != IdentifierKind::Temporary
                    && taken_back(page, held.at).is_none() {
                    div.acts.end { a.btn.quiet.sm href=(end) aria-label={ (words.say("papers-end")) ": " (name) } { (words.say("papers-end")) } }
                }
            } }
        }
    }
}

fn state(ctx: &Ctx, held: &HeldIdentifier) -> Markup {
    let (words, today) = (ctx.words, ctx.today());
    if held.ended {
        return status(Shape::None, &words.say("state-ended"));
    }
    if held.to.is_some_and(|to| to < today) {
        return status(Shape::None, &words.say("state-expired"));
    }
    if held.from.is_some_and(|from| from > today) {
        return status(Shape::Soon, &words.say("state-not-yet"));
    }
    status(Shape::On, &words.say("state-used"))
}
