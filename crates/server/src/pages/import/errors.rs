//! The refused rows as an Excel file: corrected in place, it is brought in again.

use super::column_name;
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx};
use crate::words::Words;
use axum::extract::Path;
use tram_app::import::{Heads, ListKind, Reject, RowView, Said, ToCorrect, rejects_file};

pub async fn excel(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let found = ctx.run(move |app, actor| app.list_errors(actor, key)).await?;
    Ok(download("dong-can-sua.xlsx", XLSX, workbook(ctx.words, &found)))
}

/// The workbook of what has to be corrected.
pub fn workbook(words: &Words, found: &ToCorrect) -> Vec<u8> {
    let say = |code: &str| words.say(code).into_owned();
    let heads = Heads {
        name: say("import-rejects-sheet"),
        title: words.with("import-rejects-title", [("file", found.file.name.as_str().into())]),
        hint: say("import-rejects-hint"),
        sheet: say("import-sheet"),
        row: say("import-col-row"),
        fields: say("import-col-field"),
        said: say("import-col-found"),
    };
    let rows: Vec<Reject> = found.rows.iter().map(|row| reject(words, &found.kind, row)).collect();
    rejects_file(&found.kind, &heads, &rows)
}

fn reject(words: &Words, kind: &ListKind, row: &RowView) -> Reject {
    let is_refused = row.findings.iter().any(Said::is_error);
    let of_row: Vec<&Said> =
        row.findings.iter().filter(|said| said.is_error() || !is_refused).collect();
    let mut wrong: Vec<String> = of_row.iter().filter_map(|said| said.field.clone()).collect();
    wrong.dedup();
    let fields: Vec<String> = wrong.iter().map(|code| column_name(words, kind, code)).collect();
    let said: Vec<String> = of_row.iter().map(|said| words.told(said)).collect();
    Reject {
        sheet: row.sheet.clone(),
        row: row.number,
        fields: fields.join(", "),
        said: said.join("\n"),
        wrong,
        cells: row.cells.clone(),
    }
}
