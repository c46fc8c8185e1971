//! Every programme with its numbers: followed, due, late, lost, to be looked at.

use crate::http::{Answer, Ctx};
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, col, empty, head, status, table};
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::programme::Standings;

pub async fn show(ctx: Ctx) -> Answer {
    let found = ctx.run(|app, actor| app.programmes(actor)).await?;
    let words = ctx.words;
    let title = words.say("programmes-title");
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (words.say("programmes-sub")) },
        acts: html! { button.btn type="button" data-print { (words.say("print-page")) } },
    };
    let main = html! {
        (head(words, &h))
        @if found.programmes.is_empty() {
            (empty(&words.say("programmes-none"), &words.say("programmes-none-what"), html! {}))
        } @else { (rows(&ctx, &found)) }
    };
    Ok(Html(layout::page(&ctx, &title, "/programmes", main).into_string()).into_response())
}

fn rows(ctx: &Ctx, found: &Standings) -> Markup {
    let words = ctx.words;
    let titles = [
        "programme",
        "programme-followed",
        "programme-due",
        "programme-overdue",
        "programme-lost",
        "programme-proposed",
    ]
    .map(|code| words.say(code));
    let cols: Vec<_> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| col(title, if at == 0 { "grow" } else { "num" }))
        .collect();
    let number = |code: &str, n: i64, only: &str, shape: Shape, label: &str| {
        html! {
            td.num data-l=(label) {
                @if n == 0 { span.mute { "0" } } @else {
                    a href={ "/programmes/" (code) "?only=" (only) } { (status(shape, &n.to_string())) }
                }
            }
        }
    };
    let body = html! {
        @for (code, name, s) in &found.programmes {
            tr {
                th.first scope="row" { a href={ "/programmes/" (code) } data-open { (name) } }
                td.num data-l=(titles[1]) { (s.followed) }
                (number(code, s.due, "due", Shape::Now, &titles[2]))
                (number(code, s.overdue, "overdue", Shape::Late, &titles[3]))
                (number(code, s.lost, "lost", Shape::Bad, &titles[4]))
                (number(code, s.proposed, "proposed", Shape::Soon, &titles[5]))
            }
        }
    };
    table(&words.say("programmes-title"), "stack", &cols, true, body)
}
