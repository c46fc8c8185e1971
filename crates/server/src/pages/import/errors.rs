//! The list of findings as an Excel file, to be worked through beside the list itself.

use super::check::{cell, field_name};
use crate::http::download::{XLSX, download};
use crate::http::{Answer, Ctx, Trouble};
use axum::extract::Path;
use tram_app::Failure;
use tram_app::export::{Align, ColumnSpec, Group, Kind, Orientation, TableDoc, Value, excel_table};
use tram_app::import::RowView;

pub async fn excel(Path(key): Path<i64>, ctx: Ctx) -> Answer {
    let (file, rows) = ctx.run(move |app, actor| app.list_errors(actor, key)).await?;
    let doc = document(&ctx, &file.name, &rows);
    match excel_table(&doc) {
        Ok(bytes) => Ok(download("dong-can-sua.xlsx", XLSX, bytes)),
        Err(bad) => Err(Trouble::signed(ctx, Failure::refused(bad.message()))),
    }
}

fn document(ctx: &Ctx, file: &str, rows: &[RowView]) -> TableDoc {
    let words = ctx.words;
    let column = |code: &str, width: u16, align, kind| ColumnSpec {
        heading: words.say(code).into_owned(),
        width,
        align,
        kind,
    };
    let text = |text: &str| Value::Text(text.to_owned());
    let mut lines = Vec::new();
    for row in rows {
        for said in &row.findings {
            let severity = words.say(&format!("severity-{}", said.severity));
            lines.push(vec![
                Value::Count(i64::from(row.number)),
                text(&severity),
                text(&field_name(words, said)),
                text(cell(row, said)),
                text(&words.told(said)),
            ]);
        }
    }
    TableDoc {
        sheet: words.say("import-findings").into_owned(),
        unit: ctx.signed.actor.unit_name.clone(),
        title: words.say("import-findings").into_owned(),
        subtitle: vec![file.to_owned()],
        columns: vec![
            column("import-col-row", 7, Align::Right, Kind::Count),
            column("import-col-level", 11, Align::Left, Kind::Text),
            column("import-col-field", 18, Align::Left, Kind::Text),
            column("import-col-cell", 26, Align::Left, Kind::Text),
            column("import-col-found", 70, Align::Left, Kind::Text),
        ],
        groups: vec![Group { heading: None, rows: lines, total: None }],
        orientation: Orientation::Landscape,
        made_on: ctx.today(),
    }
}
