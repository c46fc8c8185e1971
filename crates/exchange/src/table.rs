//! A table of values to a sheet that prints on A4, or to a CSV that Excel opens by itself.
//!
//! Text stays text: nothing that somebody typed into a record can become a formula in a file of ours.

mod csv;
mod excel;

pub use csv::csv_table;
pub use excel::excel_table;
use tram_kernel::{Date, Message};

/// A table ready to be written. Every row has one value per column.
#[derive(Debug, Clone, PartialEq)]
pub struct TableDoc {
    /// Name of the sheet.
    pub sheet: String,
    /// Who hands it out; in the page header.
    pub unit: String,
    pub title: String,
    /// Lines below the title: period, village, definition set.
    pub subtitle: Vec<String>,
    pub columns: Vec<ColumnSpec>,
    pub groups: Vec<Group>,
    pub orientation: Orientation,
    /// The day it is made, kept in the file's properties.
    pub made_on: Date,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnSpec {
    pub heading: String,
    /// In characters.
    pub width: u16,
    pub align: Align,
    pub kind: Kind,
}

/// What a column holds, and so how its numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Whole numbers.
    Count,
    /// Numbers with this many decimals (0–3).
    Decimal(u8),
    Day,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    Portrait,
    Landscape,
}

/// Rows that belong together: an optional line over them, an optional sum below.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    pub heading: Option<String>,
    pub rows: Vec<Vec<Value>>,
    pub total: Option<Vec<Value>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Empty,
    Text(String),
    Count(i64),
    /// In thousandths.
    Number(i64),
    Day(Date),
}

/// Why a table cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadTable {
    #[error("row {row} has {found} values for {expected} columns")]
    Width { row: usize, expected: usize, found: usize },
    /// More rows, columns or characters than Excel can hold.
    #[error("beyond what Excel holds: {0}")]
    TooLarge(String),
}

impl BadTable {
    pub fn message(&self) -> Message {
        match self {
            Self::Width { row, expected, found } => Message::new("table-width")
                .with("row", *row)
                .with("expected", *expected)
                .with("found", *found),
            Self::TooLarge(_) => Message::new("table-too-large"),
        }
    }
}

impl TableDoc {
    /// Every row fits the columns. Rows are counted from 1 over all groups.
    fn check(&self) -> Result<(), BadTable> {
        let expected = self.columns.len();
        let rows = self.groups.iter().flat_map(|g| g.rows.iter().chain(&g.total));
        for (row, values) in (1..).zip(rows) {
            let found = values.len();
            if found != expected {
                return Err(BadTable::Width { row, expected, found });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
