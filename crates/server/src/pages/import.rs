//! Bringing in a list: choose a file, say what the columns hold, look at the rows, save.

mod check;
mod columns;
mod errors;
mod templates;
mod undo;

pub use check::place as row_place;
pub use errors::workbook as rejects_of;
pub use templates::{column_name, of_programme, template_name};

use super::layout;
use super::parts::{Col, Head, Shape, col, head, note, status, table};
use crate::http::{Answer, Ctx, Fields, Server, Trouble, Upload};
use crate::words::Words;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::import::FileRow;
use tram_app::unit::{NewArea, village_kind};
use tram_kernel::{Moment, day, number};

pub fn routes() -> Router<Server> {
    Router::new()
        .route("/import", get(show).post(upload))
        .route("/import/template.xlsx", get(templates::template))
        .route("/import/{key}", get(check::show))
        .route("/import/{key}/columns", get(columns::show).post(columns::save))
        .route("/import/{key}/apply", post(apply))
        .route("/import/{key}/drop", post(drop_file))
        .route("/import/{key}/undo", get(undo::show).post(undo::save))
        .route("/import/{key}/villages", post(villages))
        .route("/import/{key}/errors.xlsx", get(errors::excel))
}

/// The four steps, with the one that is done now.
fn steps(words: &Words, now: usize) -> Markup {
    let names =
        ["import-step-file", "import-step-columns", "import-step-check", "import-step-done"];
    html! {
        ol.steps aria-label=(words.say("import-steps")) {
            @for (at, name) in names.iter().enumerate() {
                li class=[(at < now).then_some("done")] aria-current=[(at == now).then_some("step")] {
                    (words.say(name))
                }
            }
        }
    }
}

/// One step of the import as a page.
fn step(ctx: &Ctx, now: usize, title: &str, main: Markup) -> Markup {
    let words = ctx.words;
    let here = words.say("menu-import");
    let crumbs = [(here.as_ref(), "/import")];
    let h =
        Head { crumbs: if now == 0 { &[] } else { &crumbs }, title, sub: html! {}, acts: html! {} };
    let body = html! { (head(words, &h)) (steps(words, now)) (main) };
    layout::page(ctx, title, "/import", body)
}

async fn show(ctx: Ctx) -> Answer {
    let files = ctx.run(|app, actor| app.lists(actor)).await?;
    Ok(Html(first(&ctx, &files, None).into_string()).into_response())
}

fn first(ctx: &Ctx, files: &[FileRow], wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let main = html! {
        form.form method="post" action="/import" enctype="multipart/form-data" data-main {
            @if let Some(text) = wrong {
                div.errs role="alert" tabindex="-1" data-errs {
                    h2 { (words.say("import-refused")) }
                    p { a href="#file" { (text) } }
                }
            }
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            div.cols {
                div.field.c3 {
                    label for="kind" { (words.say("import-kind")) }
                    select id="kind" name="kind" { (templates::options(ctx)) }
                }
                div.field.c6 {
                    label for="file" { (words.say("import-file")) }
                    input id="file" name="file" type="file" required accept=".xlsx,.csv,.txt"
                        aria-describedby="file-h" aria-invalid=[wrong.map(|_| "true")];
                    p.hint id="file-h" { (words.say("import-file-hint")) }
                }
            }
            div.form-end {
                button.btn.main { (words.say("import-upload")) }
                span.wait role="status" {}
            }
        }
        div.sec.prose {
            h2 { (words.say("import-templates")) }
            (templates::templates(ctx))
            h2 { (words.say("import-what")) }
            ol {
                @for line in ["import-what-1", "import-what-2", "import-what-3", "import-what-4"] {
                    li { (words.say(line)) }
                }
            }
        }
        @if !files.is_empty() { (earlier(words, files)) }
    };
    step(ctx, 0, &words.say("import-title"), main)
}

fn earlier(words: &Words, files: &[FileRow]) -> Markup {
    let titles = [
        "import-col-at",
        "import-col-file",
        "import-col-rows",
        "import-col-added",
        "import-col-updated",
        "import-col-state",
    ]
    .map(|code| words.say(code));
    let cols: Vec<Col<'_>> = titles
        .iter()
        .enumerate()
        .map(|(at, title)| col(title, if (2..5).contains(&at) { "num" } else { "" }))
        .collect();
    let count = |n: i64| number::show_count(n);
    let rows = html! {
        @for f in files {
            tr {
                td.nw.half { (moment(f.at)) }
                th.first scope="row" { a href={ "/import/" (f.key) } data-open { (f.name) } }
                td.num data-l=(titles[2]) { @if f.state != "read" { (count(f.rows)) } }
                td.num data-l=(titles[3]) { @if was_applied(f) { (count(f.added)) } }
                td.num data-l=(titles[4]) { @if was_applied(f) { (count(f.updated)) } }
                td { (state(words, f)) }
            }
        }
    };
    html! {
        section.sec {
            div.h { h2 { (words.say("import-earlier")) } }
            (table(&words.say("import-earlier"), "stack", &cols, true, rows))
        }
    }
}

/// Its rows were written, whether or not they were taken back.
fn was_applied(f: &FileRow) -> bool {
    matches!(f.state.as_str(), "applied" | "undoing" | "undone")
}

fn state(words: &Words, f: &FileRow) -> Markup {
    match f.state.as_str() {
        "applied" => status(Shape::Ok, &words.say("import-state-applied")),
        "undone" => status(Shape::None, &words.say("import-state-undone")),
        "undoing" => status(Shape::Warn, &words.say("import-state-undoing")),
        "applying" => status(Shape::Warn, &words.say("import-state-applying")),
        "checked" if f.errors > 0 => {
            status(Shape::Warn, &words.with("import-state-errors", [("n", f.errors.into())]))
        }
        "checked" => status(Shape::Now, &words.say("import-state-checked")),
        _ => status(Shape::Soon, &words.say("import-state-read")),
    }
}

fn moment(at: Moment) -> String {
    let minute = at.minute();
    format!("{} {:02}:{:02}", day::show(at.day()), minute / 60, minute % 60)
}

async fn upload(upload: Upload) -> Answer {
    let Upload { ctx, kind, name, bytes } = upload;
    let defs = ctx.server.app.definitions();
    let kind = ctx.signed.actor.list_kind(&defs, &kind, ctx.today());
    let read = ctx
        .try_run(move |app, actor| {
            let key = app.read_list_of(actor, kind.clone(), &name, &bytes)?;
            let view = app.list_view(actor, key)?;
            // Cut off in the middle: the page of its rows offers to go on.
            if view.file.state == "applying" {
                return Ok((key, true));
            }
            // A file of our own template, or one without any doubt, goes straight to the rows.
            if view.is_clear {
                app.check_list(actor, key, None)?;
            }
            Ok((key, view.is_clear))
        })
        .await;
    match read {
        Ok((key, true)) => Ok(Redirect::to(&format!("/import/{key}")).into_response()),
        Ok((key, false)) => Ok(Redirect::to(&format!("/import/{key}/columns")).into_response()),
        Err(Failure::Refused { message, .. }) => {
            let files = ctx.run(|app, actor| app.lists(actor)).await?;
            let said = ctx.words.message(&message);
            let page = first(&ctx, &files, Some(&said)).into_string();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(failure) => Err(Trouble::signed(ctx, failure)),
    }
}

async fn apply(Path(key): Path<i64>, form: Fields) -> Answer {
    let accept_good = form.has("good");
    let applied = form
        .ctx
        .try_run(move |app, actor| app.apply_list(actor, key, accept_good, &mut |_, _| ()))
        .await;
    match applied {
        Ok(_) => Ok(Redirect::to(&format!("/import/{key}")).into_response()),
        Err(Failure::Refused { message, .. }) => {
            let view = form.ctx.run(move |app, actor| app.check_view(actor, key)).await?;
            let said = form.ctx.words.message(&message);
            let page = check::page(&form.ctx, &view, Some(&said)).into_string();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(failure) => Err(Trouble::signed(form.ctx, failure)),
    }
}

async fn drop_file(Path(key): Path<i64>, form: Fields) -> Answer {
    form.ctx.run(move |app, actor| app.drop_list(actor, key)).await?;
    Ok(Redirect::to("/import").into_response())
}

/// Adds the villages of the list that the unit does not have, then checks the rows again.
async fn villages(Path(key): Path<i64>, form: Fields) -> Answer {
    let names: Vec<String> = form.all("village").map(str::to_owned).collect();
    form.ctx
        .run(move |app, actor| {
            let own = app.unit_page(actor, actor.unit)?.unit;
            let commune = own.commune.ok_or(Failure::NotFound)?;
            for name in names {
                let kind = village_kind(&name).to_owned();
                let since = app.today();
                let new = NewArea { name, kind, commune, unit: actor.unit, since };
                app.add_area(actor, &new)?;
            }
            app.check_list(actor, key, None)
        })
        .await?;
    Ok(Redirect::to(&format!("/import/{key}")).into_response())
}

/// A note that the same file was brought in before.
fn before(words: &Words, before: Option<&FileRow>) -> Markup {
    html! {
        @if let Some(f) = before {
            (note(Shape::Info, &words.say("import-before"), html! {
                p { (words.with("import-before-what", [("at", moment(f.at).into()), ("n", f.added.into())])) }
            }, None))
        }
    }
}
