//! Who looked at a record or changed it.

use super::{id_of, load};
use crate::http::{Answer, Ctx};
use crate::pages::audit::action_name;
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, col, head, status, table};
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::person::AuditLine;
use tram_kernel::{PersonId, day, moment};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let page = load(&ctx, &id).await?;
    let whose: PersonId = id_of(&ctx, &id)?;
    let lines = ctx.run(move |app, actor| app.record_audit(actor, whose)).await?;
    let words = ctx.words;
    let name = page.view.person.name.shown();
    let (people, to) = (words.say("menu-people"), format!("/people/{whose}"));
    let title = words.with("seen-title", [("name", name.as_str().into())]);
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! { (words.say("seen-what")) },
        acts: html! { button.btn type="button" data-print hidden { (words.say("print-page")) } },
    };
    let titles =
        ["col-time", "col-who", "col-role", "col-act", "col-outcome"].map(|c| words.say(c));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let told = told(&lines);
    let body = html! { @for on in days(&lines) {
        tr.grp { th colspan="5" scope="rowgroup" { (day::show(on)) } }
        @for (line, n) in &told { @if line.at.day() == on { (row(&ctx, line, *n)) } }
    } };
    let body = html! {
        (head(words, &h))
        (table(&title, "stack", &cols, false, body))
        p.pager { span { (words.with("seen-total", [("n", lines.len().into())])) } }
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

/// The days of the lines, in their order.
fn days(lines: &[AuditLine]) -> Vec<tram_kernel::Date> {
    let mut days: Vec<_> = lines.iter().map(|line| line.at.day()).collect();
    days.dedup();
    days
}

/// The same act of the same person in the same minute is told once, with how often.
fn told(lines: &[AuditLine]) -> Vec<(&AuditLine, usize)> {
    let mut told: Vec<(&AuditLine, usize)> = Vec::new();
    let key = |l: &AuditLine| {
        let when = (l.at.day(), l.at.minute());
        (when, l.user.clone(), l.role.clone(), l.action.clone(), l.outcome.clone())
    };
    for line in lines {
        match told.last_mut() {
            Some((last, n)) if key(last) == key(line) => *n += 1,
            _ => told.push((line, 1)),
        }
    }
    told
}

fn row(ctx: &Ctx, line: &AuditLine, n: usize) -> Markup {
    let words = ctx.words;
    let defs = ctx.server.app.definitions();
    let role = line.role.as_deref();
    let role = role.map(|code| defs.role(code).map_or(code.to_owned(), |role| role.name.clone()));
    let act = action_name(words, &line.action);
    html! {
        tr {
            th.first.half.nw scope="row" { (moment::show_time(line.at.minute())) }
            td.half { (line.user.as_deref().unwrap_or(&words.say("line-machine"))) }
            td { (role.unwrap_or_default()) }
            td.full { (act) @if n > 1 { " " span.unit { (words.with("seen-times", [("n", n.into())])) } } }
            td { @if line.outcome == "ok" { (status(Shape::On, &words.say("outcome-ok"))) }
                 @else { (status(Shape::Never, &words.say("outcome-denied"))) } }
        }
    }
}
