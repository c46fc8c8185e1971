//! What the columns of a file hold: as the program understood it, for the person to correct.

use super::super::parts::{Choice, Shape, col, note, status, table};
use super::{column_name, step};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::words::Words;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect};
use maud::{Markup, html};
use tram_app::Failure;
use tram_app::import::{self, ColumnView, DayOrder, ListKind, ListView, SheetView};
use tram_kernel::number;

pub async fn show(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let view = ctx.run(move |app, actor| app.list_view(actor, key)).await?;
    Ok(Html(page(&ctx, &view, None).into_string()).into_response())
}

pub async fn save(Path(key): Path<i64>, form: Fields) -> Answer {
    let sheet = form.get("sheet");
    let mut choice = import::Choice {
        all: sheet == ALL,
        sheet: sheet.parse().unwrap_or(0),
        days: form.get("days").to_owned(),
        ..import::Choice::default()
    };
    for (name, value) in form.pairs() {
        let place = name.strip_prefix("col-").and_then(|place| place.split_once('-'));
        let Some((of, column)) = place else { continue };
        let (Ok(of), Ok(column)) = (of.parse::<usize>(), column.parse::<usize>()) else { continue };
        match value.as_str() {
            KEEP => {}
            _ if of == choice.sheet => choice.columns.push((column, value.clone())),
            _ => choice.beside.push((of, column, value.clone())),
        }
    }
    // Another sheet has other columns, and other days.
    if form.has("look") {
        choice.columns.clear();
        choice.beside.clear();
        choice.days.clear();
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

/// The choice that reads every sheet as one list.
const ALL: &str = "all";
/// The choice that leaves a column as the program understood it.
const KEEP: &str = "=";

fn page(ctx: &Ctx, view: &ListView, wrong: Option<&str>) -> Markup {
    let words = ctx.words;
    let rows = number::show_count(view.rows as i64);
    let columns = || view.read.iter().flat_map(|sheet| &sheet.columns);
    let args = [
        ("file", view.file.name.as_str().into()),
        ("rows", rows.clone().into()),
        ("found", columns().filter(|c| !c.field.is_empty()).count().into()),
        ("columns", columns().count().into()),
    ];
    let main = html! {
        p.sec { (words.with("import-understood", args)) }
        @if let Some(text) = wrong {
            div.errs role="alert" tabindex="-1" data-errs { p { (text) } }
        }
        (encoding(words, view))
        form method="post" action={ "/import/" (view.file.key) "/columns" } data-main {
            input type="hidden" name="csrf" value=(ctx.signed.form_token);
            (sheets(words, view))
            (days(words, view))
            @for sheet in &view.read { (sheet_of(words, view, sheet)) }
            // Without a heading there is nothing to check.
            @let is_readable = columns().next().is_some() || view.sheets.len() > 1;
            div.form-end {
                @if is_readable { button.btn.main { (words.with("import-check-rows", [("rows", rows.into())])) } }
                a class=(if is_readable { "btn quiet" } else { "btn main" }) href="/import" { (words.say("import-other-file")) }
                span.wait role="status" {}
            }
        }
    };
    step(ctx, 1, &words.say("import-columns-title"), main)
}

/// What was converted to Unicode, to be looked at.
fn encoding(words: &Words, view: &ListView) -> Markup {
    html! {
        @if let Some(code) = view.encoding.filter(|code| *code != "utf-8") {
            @let (shape, said) = if view.is_converted { (Shape::Warn, "import-converted") } else { (Shape::Info, "import-encoding") };
            (note(shape, "", html! { p { (words.with(said, [("code", code.into())])) } }, None))
        }
        @for (code, cells) in &view.fonts {
            @let args = [("code", (*code).into()), ("n", number::show_count(*cells as i64).into())];
            (note(Shape::Warn, "", html! { p { (words.with("import-converted-cells", args)) } }, None))
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
                        option value=(ALL) selected[view.all] {
                            (words.with("import-sheet-all", [("n", view.sheets.len().into())]))
                        }
                        @for (at, name) in &view.sheets {
                            option value=(at) selected[!view.all && *at == view.sheet] { (name) }
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

/// How typed days are to be read: asked where nothing in the file tells.
fn days(words: &Words, view: &ListView) -> Markup {
    let Some(day) = &view.unclear_day else {
        return html! { input type="hidden" name="days" value=(view.days.code()); };
    };
    let said = words.with("import-days-unclear", [("day", day.as_str().into())]);
    html! {
        (note(Shape::Warn, "", html! { p { (said) } }, None))
        div.filters {
            div.field {
                label for="days" { (words.say("import-days")) }
                select id="days" name="days" {
                    @for order in DayOrder::ALL {
                        option value=(order.code()) { (words.say(&format!("import-days-{}", order.code()))) }
                    }
                }
            }
        }
    }
}

fn sheet_of(words: &Words, view: &ListView, sheet: &SheetView) -> Markup {
    html! {
        section.sec {
            @if view.read.len() > 1 { div.h { h2 { (sheet.name) } } }
            @for said in sheet.findings.iter().filter(|f| f.severity != "info") {
                (note(if said.is_error() { Shape::Bad } else { Shape::Warn }, "", html! { p { (words.told(said)) } }, None))
            }
            @if !sheet.columns.is_empty() { (columns(words, &view.kind, sheet)) }
        }
    }
}

fn columns(words: &Words, kind: &ListKind, sheet: &SheetView) -> Markup {
    let titles = [
        "import-col-letter",
        "import-col-heading",
        "import-col-examples",
        "import-col-holds",
        "import-col-state",
    ]
    .map(|code| words.say(code));
    let cols = titles.each_ref().map(|title| col(title, ""));
    let choices = fields(words, kind);
    let rows = html! {
        @for c in &sheet.columns {
            tr {
                td.half { (c.letter) }
                th.first.half scope="row" { (c.heading) }
                td.mute data-l=(titles[2]) { (examples(c)) }
                td { (select(words, sheet, c, &choices)) }
                td { (column_state(words, c)) }
            }
        }
    };
    let name = format!("{} {}", words.say("import-columns-title"), sheet.name);
    table(&name, "grid-in stack", &cols, false, rows)
}

/// The first values; where a font was converted, what stood there and what was understood.
fn examples(c: &ColumnView) -> Markup {
    html! {
        @if c.converted.is_empty() {
            (c.examples.iter().filter(|e| !e.is_empty()).cloned().collect::<Vec<_>>().join(" · "))
        } @else {
            @for (at, (stood, understood)) in c.converted.iter().enumerate() {
                @if at > 0 { br; }
                (stood) " → " b { (understood) }
            }
        }
    }
}

fn select(words: &Words, sheet: &SheetView, c: &ColumnView, choices: &[Choice]) -> Markup {
    let args = [("letter", c.letter.as_str().into()), ("sheet", sheet.name.as_str().into())];
    let label = words.with("import-col-which", args);
    html! {
        select.w16 name={ "col-" (sheet.at) "-" (c.at) } aria-label=(label) {
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
fn fields(words: &Words, kind: &ListKind) -> Vec<Choice> {
    let choice = |code: String| Choice { text: column_name(words, kind, &code), value: code };
    import::field_codes(kind).into_iter().map(choice).collect()
}
