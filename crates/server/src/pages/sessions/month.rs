//! What the unit gave in a month: by series, dose and age, its vaccination days.

use super::{pages, standing, when};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use crate::pages::layout;
use crate::pages::parts::{
    Head, col, empty, head, period_field, period_name, print_head, section, table, table_column,
};
use axum::extract::Query;
use axum::response::{Html, IntoResponse};
use maud::{Markup, html};
use serde::Deserialize;
use tram_app::Failure;
use tram_app::export::{Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::immunisation::gaps::{GivenDoses, GivenMonth};
use tram_domain::fact::SessionEnd;
use tram_kernel::Period;
use tram_kernel::number::show_count;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    period: String,
}

const NUMBERS: [&str; 4] = ["given-all", "given-under-one", "given-one-to-four", "given-older"];

async fn load(ctx: &Ctx, asked: &Asked) -> Answer<(Period, GivenMonth)> {
    let period = asked.period.parse().unwrap_or_else(|_| Period::month_of(ctx.today()));
    Ok((period, ctx.run(move |app, actor| app.given_in(actor, period)).await?))
}

fn numbers(row: &GivenDoses) -> [i64; 4] {
    [row.all, row.under_one, row.one_to_four, row.all - row.under_one - row.one_to_four]
}

/// `DPT-VGB-Hib 2`; what did not count is said to.
fn dose_name(ctx: &Ctx, row: &GivenDoses) -> String {
    let defs = ctx.server.app.definitions();
    if row.series.is_empty() {
        return ctx.words.say("given-no-series").into_owned();
    }
    let name = defs.series(&row.series).map_or(row.series.clone(), |s| s.short.clone());
    match row.number {
        0 => ctx.words.with("given-not-counted", [("series", name.into())]),
        n => format!("{name} {n}"),
    }
}

pub async fn show(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (period, month) = load(&ctx, &asked).await?;
    let words = ctx.words;
    let title = words.say("given-title");
    let name = period_name(words, period);
    let h = Head {
        crumbs: &[],
        title: &title,
        sub: html! { (ctx.signed.actor.unit_name) ", " (name) },
        acts: html! {
            button.btn type="button" data-print { (words.say("print-page")) }
            a.btn href={ "/sessions/month.xlsx?period=" (period) } { (words.say("export-excel")) }
        },
    };
    let body = html! {
        (head(words, &h))
        (print_head(&ctx, &title, &name))
        (pages(&ctx, "/sessions/month"))
        form.filters action="/sessions/month" {
            (period_field(words, "period", period, ctx.today()))
            button.btn type="submit" { (words.say("filter")) }
        }
        @if month.doses.is_empty() && month.sessions.is_empty() {
            (empty(&words.say("given-empty"), &words.say("given-empty-what"), html! {}))
        } @else {
            (doses(&ctx, &month))
            (sessions(&ctx, &month))
            p.hint { (words.say("given-hint")) " " a href={ "/stock/month?period=" (period) } { (words.say("given-stock")) } }
        }
    };
    Ok(Html(layout::page(&ctx, &title, "/session", body).into_string()).into_response())
}

fn doses(ctx: &Ctx, month: &GivenMonth) -> Markup {
    let words = ctx.words;
    let first = words.say("col-dose");
    let titles = NUMBERS.map(|code| words.say(code));
    let mut cols = vec![col(&first, "")];
    cols.extend(titles.iter().map(|title| col(title, "num")));
    let body = html! {
        @for row in &month.doses {
            tr {
                th.first scope="row" { (dose_name(ctx, row)) }
                @for (n, title) in numbers(row).into_iter().zip(&titles) { td.num data-l=(title) { @if n == 0 { span.mute { "0" } } @else { (show_count(n)) } } }
            }
        }
    };
    section(
        &words.say("given-doses"),
        html! {},
        table(&words.say("given-doses"), "tight", &cols, false, body),
    )
}

fn sessions(ctx: &Ctx, month: &GivenMonth) -> Markup {
    let words = ctx.words;
    let held = month.sessions.iter().filter(|row| row.ended == Some(SessionEnd::Held)).count();
    let titles = ["sess-when", "sess-place", "sess-invited", "sess-standing"].map(|c| words.say(c));
    let cols =
        [col(&titles[0], ""), col(&titles[1], ""), col(&titles[2], "num"), col(&titles[3], "")];
    let body = html! {
        @for row in &month.sessions {
            tr {
                th.first scope="row" { a href={ "/sessions/" (row.id) } { (when(ctx, row.on, row.minute)) } }
                td data-l=(titles[1]) { (words.say(&format!("session-place-{}", row.place.code()))) @if let Some(point) = &row.point { ", " (point) } }
                td.num data-l=(titles[2]) { (row.invited) }
                td.nw { (standing(ctx, row.on, row.ended)) }
            }
        }
    };
    let title =
        words.with("given-sessions", [("held", held.into()), ("n", month.sessions.len().into())]);
    html! { @if !month.sessions.is_empty() { (section(&title, html! {}, table(&title, "stack tight", &cols, false, body))) } }
}

pub async fn excel(ctx: Ctx, Query(asked): Query<Asked>) -> Answer {
    let (period, month) = load(&ctx, &asked).await?;
    let words = ctx.words;
    let column = |code: &str, width, kind| table_column(words, code, width, kind);
    let row = |row: &GivenDoses| {
        let mut cells = vec![Value::Text(dose_name(&ctx, row))];
        cells.extend(numbers(row).map(Value::Count));
        cells
    };
    let mut columns = vec![column("col-dose", 36, Kind::Text)];
    columns.extend(NUMBERS.map(|code| column(code, 14, Kind::Count)));
    let doc = TableDoc {
        sheet: words.say("sessions-tab-month").into_owned(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: words.say("given-title").into_owned(),
        subtitle: vec![period_name(words, period)],
        columns,
        groups: vec![Group { rows: month.doses.iter().map(row).collect(), ..Group::default() }],
        orientation: Orientation::Portrait,
        made_on: ctx.today(),
    };
    match excel_table(&doc) {
        Ok(bytes) => Ok(download(&format!("tiem-chung-{period}.xlsx"), XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}
