//! Who looked at a record or changed it, and what the changes were; on the screen, on paper and as a file.

use super::changes::{COLUMNS, Change, changes, list};
use super::{id_of, load};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::audit::{action_name, role_name};
use crate::pages::layout;
use crate::pages::parts::{Head, Shape, col, head, section, status, table, table_column};
use crate::words::long_day;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::person::{AuditLine, PersonPage};
use tram_kernel::{PersonId, day, moment};

pub async fn show(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (page, lines) = asked(&ctx, &id).await?;
    let words = ctx.words;
    let name = page.view.person.name.shown();
    let (people, to) = (words.say("menu-people"), format!("/people/{}", page.view.person.id));
    let title = words.with("seen-title", [("name", name.as_str().into())]);
    let h = Head {
        crumbs: &[(&people, "/people"), (name, &to)],
        title: &title,
        sub: html! { (words.say("seen-what")) },
        acts: html! {
            a.btn href={ (to) "/audit.xlsx" } { (words.say("export-excel")) }
            button.btn type="button" data-print hidden { (words.say("print-page")) }
        },
    };
    let written = changes(&ctx, &page);
    let titles =
        ["col-time", "col-who", "col-role", "col-act", "col-outcome"].map(|c| words.say(c));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let told = told(&lines);
    let body = html! { @for on in days(&lines) {
        tr.grp { th colspan="5" scope="rowgroup" { (day::show(on)) } }
        @for (line, n) in &told { @if line.at.day() == on { (row(&ctx, line, *n)) } }
    } };
    let total = |code, n: usize| html! { span.mute.sm { (words.with(code, [("n", n.into())])) } };
    let (changed, seen) = (words.say("changed-title"), words.say("seen-lines"));
    let body = html! {
        (head(words, &h))
        (section(&changed, total("changed-total", written.len()), list(&ctx, &changed, &written)))
        (section(&seen, total("seen-total", lines.len()), table(&seen, "stack", &cols, false, body)))
    };
    Ok(Html(layout::page(&ctx, &title, "/people", body).into_string()).into_response())
}

async fn asked(ctx: &Ctx, id: &str) -> Answer<(PersonPage, Vec<AuditLine>)> {
    let page = load(ctx, id).await?;
    let whose: PersonId = id_of(ctx, id)?;
    let lines = ctx.run(move |app, actor| app.record_audit(actor, whose)).await?;
    Ok((page, lines))
}

/// The same two lists as a file. It has the name of nobody.
pub async fn file(ctx: Ctx, Path(id): Path<String>) -> Answer {
    let (page, lines) = asked(&ctx, &id).await?;
    let bytes = excel_table(&document(&ctx, &page, &lines));
    let bytes = bytes.map_err(|_| Trouble::signed(ctx.clone(), Failure::NotFound))?;
    Ok(download("nhat-ky-ho-so.xlsx", XLSX, bytes))
}

fn document(ctx: &Ctx, page: &PersonPage, lines: &[AuditLine]) -> TableDoc {
    let words = ctx.words;
    let widths = [18, 24, 30, 36, 44, 36];
    let change = |one: Change| {
        [one.at.show(), one.by, one.what, one.before, one.after, one.why].map(Value::Text).into()
    };
    let opened = |line: &AuditLine| {
        let by = line.user.clone().unwrap_or_else(|| words.say("line-machine").into_owned());
        let outcome = words.say(outcome_code(line)).into_owned();
        let role = role_name(ctx, line.role.as_deref()).unwrap_or_default();
        let [at, act] = [line.at.show(), action_name(words, &line.action)];
        let [at, by, act] = [at, by, act].map(Value::Text);
        vec![at, by, act, Value::Empty, Value::Empty, Value::Text(format!("{role}; {outcome}"))]
    };
    let group = |code, rows| Group {
        heading: Some(words.say(code).into_owned()),
        rows,
        ..Group::default()
    };
    TableDoc {
        sheet: words.say("seen-sheet").into_owned(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: words.with("seen-title", [("name", page.view.person.name.shown().as_str().into())]),
        subtitle: vec![
            long_day(words, ctx.today()),
            words.with("printed-by", [("name", ctx.signed.actor.user_name.as_str().into())]),
        ],
        columns: std::iter::zip(COLUMNS, widths)
            .map(|(code, width)| table_column(words, code, width, Kind::Text))
            .collect(),
        groups: vec![
            group("changed-title", changes(ctx, page).into_iter().map(change).collect()),
            group("seen-lines", lines.iter().map(opened).collect()),
        ],
        orientation: Orientation::Landscape,
        made_on: ctx.today(),
    }
}

fn outcome_code(line: &AuditLine) -> &'static str {
    if line.outcome == "ok" { "outcome-ok" } else { "outcome-denied" }
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
    let act = action_name(words, &line.action);
    let shape = if line.outcome == "ok" { Shape::On } else { Shape::Never };
    html! {
        tr {
            th.first.half.nw scope="row" { (moment::show_time(line.at.minute())) }
            td.half { (line.user.as_deref().unwrap_or(&words.say("line-machine"))) }
            td { (role_name(ctx, line.role.as_deref()).unwrap_or_default()) }
            td.full { (act) @if n > 1 { " " span.unit { (words.with("seen-times", [("n", n.into())])) } } }
            td { (status(shape, &words.say(outcome_code(line)))) }
        }
    }
}
