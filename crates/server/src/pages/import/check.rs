//! The rows of a file with what was found in them, and after saving what became of them.

use super::super::parts::{Shape, col, icon, note, status, table};
use super::{before, column_name, moment, step};
use crate::http::{Answer, Ctx};
use crate::words::Words;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::import::{CheckView, ListKind, RowView, Said};
use tram_defs::role::Action;
use tram_kernel::number;

pub async fn show(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let view = ctx.run(move |app, actor| app.check_view(actor, key)).await?;
    if view.file.state == "read" {
        return Ok(Redirect::to(&format!("/import/{key}/columns")).into_response());
    }
    let page = match view.file.state.as_str() {
        "applied" | "undoing" => result(&ctx, &view),
        "undone" => {
            let kept = ctx.run(move |app, actor| app.undo_kept(actor, key)).await?;
            super::undo::done(&ctx, &view, &kept)
        }
        _ => page(&ctx, &view, None),
    };
    Ok(Html(page.into_string()).into_response())
}

pub fn page(ctx: &Ctx, view: &CheckView, wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let f = &view.file;
    let good = view.new + view.known;
    let main = html! {
        @if let Some(text) = wrong {
            div.errs role="alert" tabindex="-1" data-errs { p { (text) } }
        }
        @if f.state == "applying" {
            (note(Shape::Warn, &words.say("import-stopped"), html! { p { (words.say("import-stopped-what")) } }, None))
        }
        (before(words, view.before.as_ref()))
        (counts(words, view))
        (new_villages(ctx, view))
        @if view.rows.is_empty() {
            (note(Shape::Ok, &words.say("import-clean"), html! { p { (words.say("import-clean-what")) } }, None))
        } @else {
            (findings(words, view))
        }
        form method="post" action={ "/import/" (f.key) "/apply" } data-main {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            @if view.refused > 0 { input type="hidden" name="good" value="1"; }
            div.form-end {
                @if good > 0 {
                    button.btn.main { (words.with("import-save", [("n", number::show_count(good).into())])) }
                }
                a.btn href={ "/import/" (f.key) "/columns" } { (words.say("import-back")) }
                button.btn.quiet formaction={ "/import/" (f.key) "/drop" } formnovalidate { (words.say("import-drop")) }
                span.wait role="status" {}
            }
            @if view.refused > 0 {
                p.hint { (words.with("import-left-out", [("n", number::show_count(view.refused).into())])) }
            }
        }
    };
    step(ctx, 2, &words.with("import-check-title", [("file", f.name.as_str().into())]), main)
}

fn counts(words: &Words, view: &CheckView) -> Markup {
    let tiles = [
        ("import-count-new", view.new, Shape::Ok, "ok"),
        ("import-count-known", view.known, Shape::Info, "now"),
        ("import-count-warning", view.file.warnings, Shape::Warn, "warn"),
        ("import-count-error", view.refused, Shape::Bad, "bad"),
    ];
    html! {
        ul.counts aria-label=(words.say("import-counts")) {
            @for (code, n, shape, class) in tiles {
                li { span {
                    b { (number::show_count(n)) } " "
                    span class={ "st " (class) } { (icon(shape)) span { (words.with(code, [("kind", view.kind.word().into())])) } }
                } }
            }
        }
    }
}

/// Villages of the file that the unit does not have, to be added with one key.
fn new_villages(ctx: &Ctx, view: &CheckView) -> Markup {
    let words = ctx.words;
    if view.villages.is_empty() || !ctx.signed.actor.may(Action::UnitWrite) {
        return html! {};
    }
    let acts = html! {
        form method="post" action={ "/import/" (view.file.key) "/villages" } {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            @for village in &view.villages { input type="hidden" name="village" value=(village); }
            button.btn { (words.with("import-add-villages", [("n", view.villages.len().into())])) }
        }
    };
    let title = words.with("import-new-villages", [("n", view.villages.len().into())]);
    note(Shape::Warn, &title, html! { p { (view.villages.join(", ")) } }, Some(acts))
}

pub fn findings(words: &Words, view: &CheckView) -> Markup {
    let (rows, key) = (&view.rows, view.file.key);
    let titles = [
        "import-col-level",
        "import-col-row",
        "import-col-field",
        "import-col-cell",
        "import-col-found",
    ]
    .map(|code| words.say(code));
    let cols = [
        col(&titles[0], ""),
        col(&titles[1], "num"),
        col(&titles[2], ""),
        col(&titles[3], ""),
        col(&titles[4], ""),
    ];
    let body = html! {
        @for row in rows { @for said in &row.findings {
            tr {
                td.half.nw { (level(words, said)) }
                td.num.half data-l=(titles[1]) { (place(row)) }
                td.nw data-l=(titles[2]) { (field_name(words, &view.kind, said)) }
                @match cell(row, said) {
                    "" => { td.mute { (words.say("import-cell-empty")) } }
                    text => { th scope="row" { (text) } }
                }
                td { (words.told(said)) }
            }
        } }
    };
    html! {
        div.filters { div.acts {
            a.btn href={ "/import/" (key) "/errors.xlsx" } { (words.say("import-errors-excel")) }
        } }
        (table(&words.say("import-findings"), "stack", &cols, false, body))
    }
}

pub fn level(words: &Words, said: &Said) -> Markup {
    match said.severity.as_str() {
        "error" => status(Shape::Bad, &words.say("severity-error")),
        "warning" => status(Shape::Warn, &words.say("severity-warning")),
        _ => status(Shape::Info, &words.say("severity-info")),
    }
}

/// The row as the person sees it, with its sheet when several were read.
pub fn place(row: &RowView) -> String {
    match row.sheet.as_str() {
        "" => row.number.to_string(),
        sheet => format!("{sheet}, {}", row.number),
    }
}

/// The name of the field a finding is about.
fn field_name(words: &Words, kind: &ListKind, said: &Said) -> String {
    said.field.as_ref().map_or_else(String::new, |code| column_name(words, kind, code))
}

/// What stands in the cell of that field; the name when the finding is about the whole row.
pub fn cell<'a>(row: &'a RowView, said: &Said) -> &'a str {
    let field = said.field.as_deref().unwrap_or("name");
    row.cells.iter().find(|(code, _)| code == field).map_or("", |(_, text)| text.as_str())
}

fn result(ctx: &Ctx, view: &CheckView) -> Markup {
    let words = ctx.words;
    let f = &view.file;
    let args = [
        ("kind", view.kind.word().into()),
        ("added", number::show_count(f.added).into()),
        ("updated", number::show_count(f.updated).into()),
        ("unchanged", number::show_count(f.unchanged).into()),
    ];
    let main = html! {
        (note(Shape::Ok, &words.say("import-done"), html! { p { (words.with("import-done-what", args)) } }, None))
        @if f.errors > 0 {
            (note(Shape::Warn, &words.with("import-done-left", [("n", number::show_count(f.errors).into())]),
                html! { p { a href={ "/import/" (f.key) "/errors.xlsx" } { (words.say("import-errors-excel")) } } }, None))
        }
        div.split {
            div {
                @if !view.rows.is_empty() { (findings(words, view)) }
                @else { p.mute { (words.say("import-clean")) } }
            }
            aside aria-label=(words.say("import-next")) {
                section.sec {
                    div.h { h2 { (words.say("import-next")) } }
                    ul.todo {
                        li { a href="/people" { (words.say("import-next-people")) } }
                        li { a href="/" { (words.say("import-next-today")) } }
                        li { a href="/import" { (words.say("import-next-file")) } }
                        li { a href={ "/import/" (f.key) "/undo" } { (words.say("import-undo")) } }
                    }
                }
                section.sec {
                    div.h { h2 { (words.say("import-this")) } }
                    dl.facts {
                        dt { (words.say("import-col-file")) } dd { (f.name) }
                        dt { (words.say("import-col-at")) } dd { (moment(f.at)) }
                        dt { (words.say("import-col-rows")) } dd { (number::show_count(f.rows)) }
                        dt { (words.say("import-hash")) } dd { span.code { (short(&f.sha256)) } }
                    }
                }
            }
        }
    };
    step(ctx, 3, &words.with("import-result-title", [("file", f.name.as_str().into())]), main)
}

/// The beginning of a file's hash.
fn short(sha256: &[u8]) -> String {
    sha256.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
