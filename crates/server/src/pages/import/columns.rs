//! What the columns of a file hold: as the program understood it, for the person to correct.

use super::super::parts::{Choice, Shape, col, note, status, table};
use super::step;
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::words::Words;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::import::{self, ColumnView, ListView};
use tram_kernel::number;

pub async fn show(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let view = ctx.run(move |app, actor| app.list_view(actor, key)).await?;
    Ok(Html(page(&ctx, &view, None).into_string()).into_response())
}

pub async fn save(Path(key): Path<i64>, form: Fields) -> Answer {
    let mut choice =
        import::Choice { sheet: form.get("sheet").parse().unwrap_or(0), columns: Vec::new() };
    for (name, value) in form.pairs() {
        let column = name.strip_prefix("col-").and_then(|at| at.parse().ok());
        if let Some(column) = column
            && value != KEEP
        {
            choice.columns.push((column, value.clone()));
        }
    }
    // Another sheet has other columns.
    if form.has("look") {
        choice.columns.clear();
    }
    let look = form.has("look");
    let checked = form
        .ctx
        .try_run(move |app, actor| {
            if look {
                return app.list_view_as(actor, key, &choice).map(Some);
            }
            app.check_list(actor, key, Some(&choice)).map(|()| None)
        })
        .await;
    match checked {
        Ok(None) => Ok(Redirect::to(&format!("/import/{key}")).into_response()),
        Ok(Some(view)) => Ok(Html(page(&form.ctx, &view, None).into_string()).into_response()),
        Err(Failure::Refused { message, .. }) => {
            let view = form.ctx.run(move |app, actor| app.list_view(actor, key)).await?;
            let said = form.ctx.words.message(&message);
            let page = page(&form.ctx, &view, Some(&said)).into_string();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page)).into_response())
        }
        Err(failure) => Err(Trouble::signed(form.ctx, failure)),
    }
}

/// The choice that leaves a column as the program understood it.
const KEEP: &str = "=";

fn page(ctx: &Ctx, view: &ListView, wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let rows = number::show_count(view.rows as i64);
    let args = [
        ("file", view.file.name.as_str().into()),
        ("rows", rows.clone().into()),
        ("found", view.columns.iter().filter(|c| !c.field.is_empty()).count().into()),
        ("columns", view.columns.len().into()),
    ];
    let main = html! {
        p.sec { (words.with("import-understood", args)) }
        @if let Some(text) = wrong {
            div.errs role="alert" tabindex="-1" data-errs { p { (text) } }
        }
        (findings(words, view))
        form method="post" action={ "/import/" (view.file.key) "/columns" } data-main {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            (sheets(words, view))
            (columns(words, view))
            div.form-end {
                button.btn.main { (words.with("import-check-rows", [("rows", rows.into())])) }
                a.btn.quiet href="/import" { (words.say("import-other-file")) }
                span.wait role="status" {}
            }
        }
    };
    step(ctx, 1, &words.say("import-columns-title"), main)
}

fn findings(words: &Words, view: &ListView) -> Markup {
    html! {
        @for said in view.findings.iter().filter(|f| f.severity != "info") {
            (note(if said.is_error() { Shape::Bad } else { Shape::Warn }, "", html! { p { (words.told(said)) } }, None))
        }
        @if let Some(code) = view.encoding.filter(|code| *code != "utf-8") {
            @let (shape, said) = if view.is_converted { (Shape::Warn, "import-converted") } else { (Shape::Info, "import-encoding") };
            (note(shape, "", html! { p { (words.with(said, [("code", code.into())])) } }, None))
        }
    }
}

fn sheets(words: &Words, view: &ListView) -> Markup {
    html! {
        @if view.sheets.len() > 1 {
            div.filters {
                div.field {
                    label for="sheet" { (words.say("import-sheet")) }
                    select id="sheet" name="sheet" {
                        @for (at, name) in &view.sheets {
                            option value=(at) selected[*at == view.sheet] { (name) }
                        }
                    }
                }
                button.btn name="look" value="1" { (words.say("import-look")) }
            }
        } @else {
            input type="hidden" name="sheet" value=(view.sheet);
        }
    }
}

fn columns(words: &Words, view: &ListView) -> Markup {
    let titles = [
        "import-col-letter",
        "import-col-heading",
        "import-col-examples",
        "import-col-holds",
        "import-col-state",
    ]
    .map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let choices = fields(words);
    let rows = html! {
        @for c in &view.columns {
            tr {
                td.half { (c.letter) }
                th.first.half scope="row" { (c.heading) }
                td.mute data-l=(titles[2]) {
                    (c.examples.iter().filter(|e| !e.is_empty()).cloned().collect::<Vec<_>>().join(" · "))
                }
                td { (select(words, c, &choices)) }
                td { (column_state(words, c)) }
            }
        }
    };
    table(&words.say("import-columns-title"), "grid-in stack", &cols, false, rows)
}

fn select(words: &Words, c: &ColumnView, choices: &[Choice]) -> Markup {
    let label = words.with("import-col-which", [("letter", c.letter.as_str().into())]);
    html! {
        select.w16 name={ "col-" (c.at) } aria-label=(label) {
            @if c.special { option value=(KEEP) selected { (words.say("import-col-special")) } }
            option value="" selected[c.field.is_empty() && !c.special] { (words.say("import-col-skip")) }
            @for choice in choices {
                option value=(choice.value) selected[choice.value == c.field] { (choice.text) }
            }
        }
    }
}

fn column_state(words: &Words, c: &ColumnView) -> Markup {
    if c.field.is_empty() && !c.special {
        html! { span.mute { (words.say("import-col-unused")) } }
    } else {
        status(Shape::On, &words.say("import-col-used"))
    }
}

/// Every field of the list.
fn fields(words: &Words) -> Vec<Choice> {
    import::field_codes()
        .map(|code| Choice {
            value: code.to_owned(),
            text: words.say(&format!("list-{code}")).into_owned(),
        })
        .collect()
}
