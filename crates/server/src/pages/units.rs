//! Units: the network on a day, and one unit with its relations, villages and names.

mod change;
mod forms;
mod one;

use super::layout;
use super::parts::{
    Field, Head, Shape, col, done as after_done, errors, field, head, note, status, table, tabs,
};
use crate::http::{Answer, Ctx, Server, Trouble};
use crate::words::Words;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::unit::{RelationRow, UnitNode};
use tram_defs::role::{Action, Reach};
use tram_domain::fact::RelationKind;
use tram_kernel::{Date, UnitId, day};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/units", get(show))
        .route("/units/{id}", get(one::show))
        .route("/units/{id}/name", post(change::rename))
        .route("/units/{id}/relation", post(change::transfer))
        .route("/units/{id}/areas", post(change::add_area))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    on: String,
    by: String,
    done: String,
}

/// The senses in which the network is shown, each apart from the others.
const SENSES: [RelationKind; 3] =
    [RelationKind::Administrative, RelationKind::Professional, RelationKind::Reporting];

fn unit_id(ctx: &Ctx, text: &str) -> Answer<UnitId> {
    text.parse().map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))
}

fn kind_name(words: &Words, kind: &str) -> String {
    words.say(&format!("relation-{kind}")).into_owned()
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let words = ctx.words;
    let today = ctx.today();
    let mut wrong: Vec<(&str, String)> = Vec::new();
    let on = match asked.on.trim() {
        "" => today,
        typed => day::parse(typed, today).unwrap_or_else(|_| {
            wrong.push(("on", words.with("units-bad-day", [("typed", typed.into())])));
            today
        }),
    };
    let nodes = ctx.run(move |app, actor| app.network(actor, on)).await?;
    let usual = match ctx.signed.actor.reach {
        Reach::Professional => RelationKind::Professional,
        Reach::Reporting => RelationKind::Reporting,
        Reach::Administrative | Reach::Unit => RelationKind::Administrative,
    };
    let by = SENSES.into_iter().find(|kind| kind.code() == asked.by).unwrap_or(usual);
    let title = words.say("units-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("units-sub")) },
        acts: html! {
            @if ctx.signed.actor.may(Action::DefinitionsRead) { a.btn href="/definitions" { (words.say("definitions-link")) } }
            button.btn type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    let body = html! {
        (head(words, &h))
        (after_done(&ctx, &asked.done))
        (errors(words, &wrong))
        (filters(words, by, on, &wrong))
        (tabs(&words.say("units-senses"), &senses(words, by, on)))
        @if nodes.is_empty() {
            (note(Shape::Info, &words.say("units-none"), html! { p { (words.say("units-none-what")) } }, None))
        } @else { (tree(&ctx, &nodes, by, on)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/units", body).into_string()).into_response())
}

fn address(by: RelationKind, on: Date) -> String {
    format!("/units?by={}&on={on}", by.code())
}

fn senses(words: &Words, by: RelationKind, on: Date) -> Vec<(String, String, bool)> {
    SENSES.map(|kind| (address(kind, on), kind_name(words, kind.code()), kind == by)).to_vec()
}

fn filters(words: &Words, by: RelationKind, on: Date, wrong: &[(&str, String)]) -> Markup {
    let label = words.say("units-on");
    let shown = day::show(on);
    let f = Field {
        id: "on",
        label: &label,
        value: &shown,
        mode: "numeric",
        wrong: wrong.first().map(|(_, text)| text.clone()),
        ..Field::default()
    };
    html! {
        form.filters action="/units" {
            input type="hidden" name="by" value=(by.code());
            (field(words, &f))
            button.btn type="submit" { (words.say("show")) }
        }
    }
}

/// Sites belong to every sense.
fn follows(relation: &RelationRow, by: RelationKind) -> bool {
    relation.kind == by.code() || relation.kind == RelationKind::SiteOf.code()
}

/// Units in the order of the tree, each with its depth. A unit whose parent is not among them is a root.
fn ordered(nodes: &[UnitNode], by: RelationKind, on: Date) -> Vec<(usize, &UnitNode)> {
    let above = |node: &UnitNode| {
        let relation = node.parents_on(on).find(|relation| follows(relation, by))?;
        nodes.iter().position(|other| other.unit.id == relation.other.id)
    };
    let mut out = Vec::new();
    let mut waiting: Vec<(usize, usize)> = (0..nodes.len())
        .rev()
        .filter(|at| above(&nodes[*at]).is_none())
        .map(|at| (0, at))
        .collect();
    while let Some((depth, at)) = waiting.pop() {
        out.push((depth, &nodes[at]));
        // A circle drawn by mistake ends here instead of going round.
        if out.len() > nodes.len() {
            break;
        }
        let below = (0..nodes.len()).rev().filter(|child| above(&nodes[*child]) == Some(at));
        waiting.extend(below.map(|child| (depth + 1, child)));
    }
    out
}

fn tree(ctx: &Ctx, nodes: &[UnitNode], by: RelationKind, on: Date) -> Markup {
    let words = ctx.words;
    let [name, kind, code, under, areas, state] =
        ["units-name", "units-kind", "units-code", "units-under", "units-areas", "units-state"]
            .map(|code| words.say(code));
    let cols = [
        col(&name, ""),
        col(&kind, ""),
        col(&code, ""),
        col(&under, ""),
        col(&areas, "num"),
        col(&state, ""),
    ];
    let body = html! {
        @for (depth, node) in ordered(nodes, by, on) {
            tr class=[node.unit.closed_on.is_some().then_some("off")] {
                th scope="row" class={ "nw lv" (depth.min(3)) } {
                    span.node { span.tw {} a href={ "/units/" (node.unit.id) } data-open { (node.unit.name) } }
                }
                td { (words.say(&format!("unit-kind-{}", node.unit.kind.code()))) }
                td.nw { @match &node.unit.facility_code { Some(code) => { (code) } None => { span.mute { "–" } } } }
                td { (above(words, node, on)) }
                td.num { @if node.areas > 0 { (node.areas) } @else { span.mute { "–" } } }
                td.nw { (state_of(words, node, on)) }
            }
        }
    };
    table(&words.say("units-title"), "pin top", &cols, true, body)
}

/// Everything a unit stands under on the day, each parent once with its senses and its first day.
fn above(words: &Words, node: &UnitNode, on: Date) -> Markup {
    let mut lines: Vec<(&str, Date, Vec<String>)> = Vec::new();
    for relation in node.parents_on(on) {
        let sense = kind_name(words, &relation.kind).to_lowercase();
        let (name, from) = (relation.other.name.as_str(), relation.from);
        match lines.iter_mut().find(|line| (line.0, line.1) == (name, from)) {
            Some((.., senses)) => senses.push(sense),
            None => lines.push((name, from, vec![sense])),
        }
    }
    html! {
        @for (name, from, senses) in lines {
            span.block {
                (name) " "
                span.mute { "(" (senses.join(", ")) "; " (words.with("valid-since", [("day", day::show(from).into())])) ")" }
            }
        }
    }
}

fn state_of(words: &Words, node: &UnitNode, on: Date) -> Markup {
    if let Some(closed) = node.unit.closed_on {
        return status(Shape::None, &words.with("units-closed", [("day", closed.into())]));
    }
    let coming = node.parents.iter().map(|r| r.from).filter(|from| *from > on).min();
    match coming {
        Some(from) => status(Shape::Soon, &words.with("units-changes", [("day", from.into())])),
        None => status(Shape::On, &words.say("units-open")),
    }
}
