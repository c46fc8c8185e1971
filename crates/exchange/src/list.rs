//! Lists as a station writes them, to typed rows and findings: people, households, doses given, cards,
//! entries of a form.
//!
//! ```text
//! Workbook ─► kind ─► lists() ─► (sheet, Mapping) ─► parse() ─► ParsedRow<T>: T or findings
//!                                     T: Listed, ListedHousehold, ListedDose, ListedCard, ListedEntry
//! ```
//!
//! What lists have in common (sheets, headings, cells, days, numbers, words) is written once; each kind has
//! its fields in [`Kind`] and its row in a file of its own.
//!
//! **Architecture invariant:** a row is judged alone. What rows say about each other, and about the
//! records, is decided in `domain::roster`.
//!
//! **Nothing disappears:** a row that may be somebody comes out, as a person or with its errors. Only
//! blank rows, totals, signatures and the samples of our own template are passed over.

mod aside;
mod cards;
mod date;
mod doses;
mod doubt;
mod entries;
mod field;
mod heading;
mod households;
mod kind;
mod legacy;
mod mapping;
mod number;
mod people;
mod row;
mod value;
mod words;

use crate::{Cell, Sheet, Workbook};
use date::Calendar;
use row::{Context, Reading};
use tram_defs::Definitions;
use tram_domain::roster::place;
use tram_kernel::{Date, Finding};

pub(crate) use aside::sample_name;
pub use date::DayOrder;
pub use doubt::{doubts, unclear_days};
pub use field::Field;
pub use heading::Holds;
pub use kind::Kind;
pub(crate) use mapping::TEMPLATE_VERSION;
pub use mapping::{Column, Mapping, letters};

/// One row that is somebody, or should be.
#[derive(Debug, Clone, PartialEq)]
pub struct ParsedRow<T> {
    /// Sheet and row, as [`place`] puts them together.
    pub number: u32,
    /// `None` when a finding is an error.
    pub listed: Option<T>,
    /// Each names the row and the field.
    pub findings: Vec<Finding>,
    /// The village that stands over the row or names its sheet.
    pub village: Option<String>,
}

/// A typed row of one kind of list.
pub trait ListRow: Sized {
    #[doc(hidden)]
    fn read(reading: &mut Reading<'_>) -> Option<Self>;
}

/// What is known beside a sheet.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    pub defs: &'a Definitions,
    pub today: Date,
    /// Index of the sheet in its workbook.
    pub sheet: usize,
    /// How typed days are to be read.
    pub order: DayOrder,
    /// The village of all rows, where neither a column nor a line over them names one.
    pub village: Option<&'a str>,
}

/// The code of the kind a workbook says it is of, when it was made from one of our templates.
pub fn marked(workbook: &Workbook) -> Option<&str> {
    workbook.template.as_ref().map(|mark| mark.id.as_str())
}

/// What kind of list a workbook without a mark is: the first kind whose required columns are all there.
/// Never a form, many of which ask alike: of those a mark or a person tells.
pub fn kind_by_headings(workbook: &Workbook) -> Kind {
    let complete = |kind: &Kind| {
        workbook.sheets.iter().any(|sheet| Mapping::of(sheet, None, kind).is_complete())
    };
    // A list of doses names people too, so it is asked about first.
    let order = [Kind::Vaccinations, Kind::People, Kind::Cards, Kind::Households];
    order.into_iter().find(complete).unwrap_or(Kind::People)
}

/// The sheets that hold such rows: every one with all required columns, else the one that comes nearest.
///
/// The answer names sheets by their index and is empty only for a workbook without sheets.
pub fn lists(workbook: &Workbook, kind: &Kind) -> Vec<(usize, Mapping)> {
    if let Some(mark) = workbook.template.as_ref().filter(|mark| mark.id == kind.code())
        && let Some(sheet) = workbook.sheets.get(mark.sheet)
    {
        let mapping = Mapping::of(sheet, Some(mark.row), kind).with_version(mark.version);
        return vec![(mark.sheet, mapping)];
    }
    let found: Vec<(usize, Mapping)> =
        workbook.sheets.iter().map(|sheet| Mapping::of(sheet, None, kind)).enumerate().collect();
    let complete: Vec<_> = found.iter().filter(|(_, m)| m.is_complete()).cloned().collect();
    if complete.is_empty() {
        return found.into_iter().rev().max_by_key(|(_, m)| m.fields()).into_iter().collect();
    }
    complete
}

/// Reads every row below the headings.
pub fn parse<T: ListRow>(
    sheet: &Sheet,
    mapping: &Mapping,
    beside: Beside<'_>,
) -> Vec<ParsedRow<T>> {
    let context = Context {
        defs: beside.defs,
        sheet,
        mapping,
        words: words::Words::of(beside.defs),
        calendar: Calendar { today: beside.today, epoch: sheet.epoch, order: beside.order },
        legacy: legacy::is_everywhere(sheet, mapping),
    };
    let mut parsed = Vec::new();
    // The village over a group of rows counts only where the rows have no column for it.
    let grouped = mapping.first(Field::Village).is_none();
    let mut village = beside.village.filter(|_| grouped).map(str::to_owned);
    let mut closed = false;
    for row in sheet.rows.iter().filter(|row| row.number >= mapping.first_row) {
        match aside::kind(row, mapping) {
            aside::Kind::Nobody => {}
            aside::Kind::Village(name) => {
                village = Some(name).filter(|_| grouped).or(village);
            }
            aside::Kind::Closing => closed = true,
            aside::Kind::Person if closed && !aside::is_described(row, mapping) => {}
            aside::Kind::Person => {
                let number = place::at(beside.sheet, row.number);
                let (listed, findings) = row::read(&context, row, number, village.as_deref());
                parsed.push(ParsedRow { number, listed, findings, village: village.clone() });
            }
        }
    }
    parsed
}

/// The cells of a row, by the code of their column, as somebody would type them again: what is merged or
/// stands over the row is written out, days are in our own order.
pub fn cells<T>(
    sheet: &Sheet,
    mapping: &Mapping,
    order: DayOrder,
    parsed: &ParsedRow<T>,
) -> Vec<(String, String)> {
    let kind = &mapping.kind;
    let number = place::row(parsed.number);
    let Some(row) = sheet.row(number) else { return Vec::new() };
    let mut cells = Vec::new();
    for (at, column) in mapping.columns.iter().enumerate() {
        let code = column.holds.code();
        if code.is_empty() {
            continue;
        }
        let own = row.cell(at);
        let above = sheet.merged_from(at, number).and_then(|first| sheet.row(first));
        let cell = if own.is_empty() { above.map_or(own, |row| row.cell(at)) } else { own };
        let shown = match (&column.holds, order, cell) {
            (holds, DayOrder::MonthFirst, Cell::Text(text)) if kind.is_day(holds) => {
                date::day_first(text)
            }
            // In a text the dot of a number would be read as one between thousands.
            (Holds::Answer(_), _, Cell::Number(digits)) => digits.replace('.', ","),
            _ => cell.show(),
        };
        if !shown.is_empty() {
            cells.push((code.into_owned(), shown));
        }
    }
    if let Some(village) =
        parsed.village.as_ref().filter(|_| mapping.first(Field::Village).is_none())
    {
        cells.push((Field::Village.code().to_owned(), village.clone()));
    }
    cells
}

#[cfg(test)]
mod tests;
