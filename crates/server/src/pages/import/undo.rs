//! Taking an applied list back: asked for with a reason, and what stayed.

use super::super::parts::typed::words as read_words;
use super::super::parts::{Shape, Sheet, note, section};
use super::{check, step};
use crate::http::{Answer, Ctx, Fields};
use crate::pages::search;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::import::CheckView;
use tram_app::person::PersonLine;
use tram_kernel::number::show_count;

pub async fn show(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let view = ctx.run(move |app, actor| app.check_view(actor, key)).await?;
    if !matches!(view.file.state.as_str(), "applied" | "undoing") {
        return Ok(Redirect::to(&format!("/import/{key}")).into_response());
    }
    let sheet = Sheet::fresh(&ctx);
    Ok(Html(asking(&ctx, &view, &sheet).into_string()).into_response())
}

pub async fn save(Path(key): Path<i64>, form: Fields) -> Answer {
    let ctx = &form.ctx;
    let mut sheet = Sheet::posted(&form);
    let reason = sheet.required("reason", "person-reason-needed", read_words);
    if let Some(reason) = reason {
        let undone = sheet
            .run(ctx, "", move |app, actor| app.undo_list(actor, key, &reason, &mut |_, _| ()));
        if undone.await?.is_some() {
            return Ok(Redirect::to(&format!("/import/{key}")).into_response());
        }
    }
    let view = ctx.run(move |app, actor| app.check_view(actor, key)).await?;
    Ok(sheet.answer(asking(ctx, &view, &sheet)))
}

fn asking(ctx: &Ctx, view: &CheckView, sheet: &Sheet) -> Markup {
    let words = ctx.words;
    let f = &view.file;
    let to = format!("/import/{}", f.key);
    let args = [
        ("kind", f.kind.as_str().into()),
        ("added", show_count(f.added).into()),
        ("updated", show_count(f.updated).into()),
        ("unchanged", show_count(f.unchanged).into()),
    ];
    let main = html! {
        div.prose {
            p { (words.with("import-done-what", args)) }
            p { (words.say("import-undo-lead")) }
        }
        form.form.sec method="post" action={ (to) "/undo" } data-main novalidate {
            (sheet.top(ctx, |_| html! {}))
            div.cols { (sheet.field(ctx, "reason", |f| { f.class = "c8"; f.required = true; f.autofocus = true; })) }
            p.hint { (words.say("import-undo-note")) }
            (sheet.end(ctx, "import-undo-save", &to))
        }
    };
    step(ctx, 3, &words.with("import-undo-title", [("file", f.name.as_str().into())]), main)
}

/// What became of a list that was taken back.
pub fn done(ctx: &Ctx, view: &CheckView, kept: &[PersonLine]) -> Markup {
    let words = ctx.words;
    let f = &view.file;
    let left = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let all = f.added + f.updated + f.unchanged;
    let args = [("n", show_count(all - left).into()), ("kept", show_count(left).into())];
    let main = html! {
        (note(Shape::Ok, &words.say("import-undone"), html! { p { (words.with("import-undone-what", args)) } }, None))
        @if !kept.is_empty() {
            (section(&words.say("import-undone-kept"), html! {}, search::list(ctx, kept)))
        }
        @if !view.rows.is_empty() { (check::findings(words, view)) }
        p { a href="/import" { (words.say("import-next-file")) } }
    };
    step(ctx, 3, &words.with("import-undone-title", [("file", f.name.as_str().into())]), main)
}
