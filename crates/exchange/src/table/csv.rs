//! The table as CSV: UTF-8 with its mark, semicolons, decimal comma, as Vietnamese Excel expects.

use super::{BadTable, Kind, TableDoc, Value};
use crate::csv::SIGNS;
use ::csv::{Terminator, WriterBuilder};
use tram_kernel::{day, number};

/// Headings and rows. Titles and group lines are left out, so that a program can read it; totals too.
pub fn csv_table(doc: &TableDoc) -> Result<Vec<u8>, BadTable> {
    doc.check()?;
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    let broken = |error: ::csv::Error| BadTable::TooLarge(error.to_string());
    writer.write_record(doc.columns.iter().map(|c| harmless(&c.heading))).map_err(broken)?;
    for row in doc.groups.iter().flat_map(|group| &group.rows) {
        let cells = row.iter().zip(&doc.columns).map(|(value, column)| shown(value, column.kind));
        writer.write_record(cells).map_err(broken)?;
    }
    writer.into_inner().map_err(|error| BadTable::TooLarge(error.to_string()))
}

fn shown(value: &Value, kind: Kind) -> String {
    match value {
        Value::Empty => String::new(),
        Value::Text(text) => harmless(text),
        Value::Count(count) => count.to_string(),
        Value::Number(thousandths) => {
            let places = if let Kind::Decimal(places) = kind { places } else { 0 };
            // Without the dots between thousands and with the plain minus: a program reads this.
            number::show_rounded(*thousandths, places.into()).replace('.', "").replace('−', "-")
        }
        Value::Day(day) => day::show(*day),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe in front.
fn harmless(text: &str) -> String {
    if text.starts_with(SIGNS) { format!("'{text}") } else { text.to_owned() }
}
