//! People who sign in: the list by unit, a new account, one account with its roles.

mod compartments;
mod forms;
mod new;
mod one;
mod roles;

pub use roles::{may_words, reach_words};

use super::layout;
use super::parts::{
    Choice, Field, Head, Shape, col, done as after_done, field, head, note, status, table,
};
use crate::http::{Answer, Ctx, Server};
use crate::words::Words;
use axum::Router;
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::user::GrantRow;
use tram_defs::role::Action;
use tram_kernel::{Date, day, text};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/users", get(show))
        .route("/users/new", get(new::show).post(new::add))
        .route("/users/{id}", get(one::show))
        .route("/users/{id}/grants", post(one::grant))
        .route("/users/{id}/revoke", post(one::revoke))
        .route("/users/{id}/password", post(one::reset))
        .route("/users/{id}/close", post(one::close))
        .route("/users/{id}/compartments", post(compartments::open))
        .route("/users/{id}/compartments/close", post(compartments::close))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    role: String,
    done: String,
}

/// A grant that ends within this many days is pointed out.
const SOON: i32 = 30;

/// `từ 01/07/2025`, `01/07/2025 – 30/06/2026`.
fn days(words: &Words, grant: &GrantRow) -> String {
    match grant.to {
        // Taken back on its first day: no day is left to it.
        Some(to) if to < grant.from => {
            words.with("grant-same-day", [("day", day::show(grant.from).into())])
        }
        Some(to) => format!("{} – {}", day::show(grant.from), day::show(to)),
        None => words.with("valid-since", [("day", day::show(grant.from).into())]),
    }
}

fn role_name(ctx: &Ctx, code: &str) -> String {
    ctx.server
        .app
        .definitions()
        .role(code)
        .map_or_else(|| code.to_owned(), |role| role.name.clone())
}

/// What a grant is worth on a day.
fn grant_status(words: &Words, grant: &GrantRow, today: Date) -> Markup {
    let soon = day::add_days(today, SOON);
    match grant.to {
        _ if grant.closed_on.is_some() => status(Shape::None, &words.say("user-closed")),
        Some(to) if to < today => status(Shape::None, &words.say("grant-over")),
        _ if grant.from > today => status(Shape::Soon, &words.say("grant-to-come")),
        Some(to) if to <= soon => {
            status(Shape::Warn, &words.with("grant-ends", [("day", to.into())]))
        }
        _ => status(Shape::On, &words.say("grant-holds")),
    }
}

async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let all = ctx.run(|app, actor| app.users(actor)).await?;
    let words = ctx.words;
    let folded = text::fold(asked.q.trim());
    let keeps = |grant: &&GrantRow| {
        let name = text::fold(&grant.name).contains(&folded) || grant.login.contains(&folded);
        name && (asked.role.is_empty() || grant.role == asked.role)
    };
    let grants: Vec<&GrantRow> = all.iter().filter(keeps).collect();
    let people: std::collections::BTreeSet<_> = grants.iter().map(|grant| grant.user).collect();
    let title = words.say("users-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.with("users-sub", [("n", people.len().into()), ("unit", ctx.signed.actor.unit_name.as_str().into())])) },
        acts: html! {
            button.btn type="button" data-print hidden { (words.say("print-page")) }
            @if ctx.signed.actor.may(Action::UserWrite) { a.btn.main href="/users/new" data-key="N" { (words.say("users-new")) " " kbd.keyhint { "N" } } }
        },
    };
    let body = html! {
        (head(words, &h))
        (after_done(&ctx, &asked.done))
        (filters(&ctx, &asked))
        @if grants.is_empty() {
            (note(Shape::Info, &words.say("users-none"), html! { p { (words.say("users-none-what")) } }, None))
        } @else { (rows(&ctx, &grants)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/users", body).into_string()).into_response())
}

fn filters(ctx: &Ctx, asked: &Asked) -> Markup {
    let words = ctx.words;
    let [who, role] = ["users-find", "users-role"].map(|code| words.say(code));
    let defs = ctx.server.app.definitions();
    let every = Choice { value: String::new(), text: words.say("all").into_owned() };
    let roles = defs.roles.iter().map(|r| Choice { value: r.code.clone(), text: r.name.clone() });
    let find =
        Field { id: "who", label: &who, value: &asked.q, kind: "search", ..Field::default() };
    let choices = std::iter::once(every).chain(roles).collect();
    let by_role = Field {
        id: "role",
        label: &role,
        value: &asked.role,
        choices: Some(choices),
        ..Field::default()
    };
    html! {
        form.filters action="/users" {
            div.field {
                label for=(find.id) { (find.label) }
                input id=(find.id) name="q" type="search" value=(find.value) autocomplete="off";
            }
            (field(words, &by_role))
            button.btn type="submit" { (words.say("filter")) }
        }
    }
}

/// By unit; a person stands once under each unit, with all roles there.
fn rows(ctx: &Ctx, grants: &[&GrantRow]) -> Markup {
    let words = ctx.words;
    let [name, login, roles, state] =
        ["users-name", "users-login", "users-grants", "users-state"].map(|code| words.say(code));
    let cols = [col(&name, ""), col(&login, ""), col(&roles, ""), col(&state, "")];
    let mut units: Vec<&str> = grants.iter().map(|grant| grant.unit_name.as_str()).collect();
    units.dedup();
    let body = html! {
        @for unit in units {
            @let here: Vec<&GrantRow> = grants.iter().filter(|g| g.unit_name == unit).copied().collect();
            tr.grp { th colspan="4" scope="rowgroup" { (unit) } }
            @for person in once(&here) {
                @let own: Vec<&GrantRow> = here.iter().filter(|g| g.user == person.user).copied().collect();
                tr class=[person.closed_on.is_some().then_some("off")] {
                    th.first.half scope="row" { a href={ "/users/" (person.user) } data-open { (person.name) } }
                    td.half.code { (person.login) }
                    td.full { ul.grants.two { @for grant in &own { li { span { (role_name(ctx, &grant.role)) } span.nw { (days(words, grant)) } } } } }
                    td.nw { @for grant in &own { span.block { (grant_status(words, grant, ctx.today())) } } }
                }
            }
        }
    };
    table(&words.say("users-title"), "stack top", &cols, true, body)
}

/// Each person once, in order of appearance.
fn once<'a>(grants: &[&'a GrantRow]) -> Vec<&'a GrantRow> {
    let mut people: Vec<&GrantRow> = Vec::new();
    for grant in grants {
        if people.iter().all(|known| known.user != grant.user) {
            people.push(grant);
        }
    }
    people
}
