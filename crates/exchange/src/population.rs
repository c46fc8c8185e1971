//! The population list: a sheet of people as a station writes it, to typed rows and findings.
//!
//! ```text
//! Workbook ─► lists() ─► (sheet, Mapping) ─► parse() ─► ParsedRow: Listed or findings, always the raw row
//! ```
//!
//! **Architecture invariant:** a row is judged alone. What rows say about each other, and about the
//! records, is decided in `domain::roster`.
//!
//! **Nothing disappears:** a row that may be somebody comes out, as a person or with its errors. Only
//! blank rows, totals, signatures and the samples of our own template are passed over.

mod aside;
mod date;
mod doubt;
mod field;
mod heading;
mod legacy;
mod mapping;
mod number;
mod row;
mod value;
mod words;

use crate::{Sheet, Workbook};
use date::Calendar;
use row::Context;
use tram_defs::Definitions;
use tram_domain::roster::Listed;
use tram_kernel::{Date, Finding};

pub(crate) use aside::sample_name;
pub use doubt::doubts;
pub use field::Field;
pub use heading::Holds;
pub(crate) use mapping::TEMPLATE_VERSION;
pub use mapping::{Column, Mapping, letters};

/// Name of the population template.
pub const TEMPLATE: &str = "population";

/// One row that is somebody, or should be.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedRow {
    /// As the person sees it, from 1.
    pub number: u32,
    /// `None` when a finding is an error.
    pub listed: Option<Listed>,
    /// Each names the row and the field.
    pub findings: Vec<Finding>,
    /// The cells as they were, for the list of errors that is handed back.
    pub raw: Vec<String>,
}

/// The sheets that hold people: every one with all required columns, else the one that comes nearest.
///
/// The answer names sheets by their index and is empty only for a workbook without sheets.
pub fn lists(workbook: &Workbook) -> Vec<(usize, Mapping)> {
    if let Some(mark) = workbook.template.as_ref().filter(|mark| mark.id == TEMPLATE)
        && let Some(sheet) = workbook.sheets.get(mark.sheet)
    {
        let mapping = Mapping::of(sheet, Some(mark.row)).with_version(mark.version);
        return vec![(mark.sheet, mapping)];
    }
    let found: Vec<(usize, Mapping)> =
        workbook.sheets.iter().map(|sheet| Mapping::of(sheet, None)).enumerate().collect();
    let complete: Vec<_> = found.iter().filter(|(_, m)| m.is_complete()).cloned().collect();
    if complete.is_empty() {
        return found.into_iter().rev().max_by_key(|(_, m)| m.fields()).into_iter().collect();
    }
    complete
}

/// Reads every row below the headings.
pub fn parse(sheet: &Sheet, mapping: &Mapping, defs: &Definitions, today: Date) -> Vec<ParsedRow> {
    let context = Context {
        sheet,
        mapping,
        words: words::Words::of(defs),
        calendar: Calendar { today, epoch: sheet.epoch },
        legacy: legacy::is_everywhere(sheet, mapping),
    };
    let mut parsed = Vec::new();
    // The village over a group of rows counts only where the rows have no column for it.
    let grouped = mapping.first(Field::Village).is_none();
    let mut village = None;
    let mut closed = false;
    for row in sheet.rows.iter().filter(|row| row.number >= mapping.first_row) {
        match aside::kind(row, mapping) {
            aside::Kind::Nobody => {}
            aside::Kind::Village(name) => village = Some(name).filter(|_| grouped),
            aside::Kind::Closing => closed = true,
            aside::Kind::Person if closed && !aside::is_described(row, mapping) => {}
            aside::Kind::Person => {
                let (listed, findings) = row::read(&context, row, village.as_deref());
                let raw = row.cells.iter().map(crate::Cell::show).collect();
                parsed.push(ParsedRow { number: row.number, listed, findings, raw });
            }
        }
    }
    parsed
}

#[cfg(test)]
mod tests;
