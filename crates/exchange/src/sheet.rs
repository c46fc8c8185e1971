//! A workbook as cells: what a spreadsheet or a CSV holds before anybody asks what it means.

use jiff::ToSpan;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use tram_kernel::{Date, day};

/// Visible sheets in their order. A CSV is a workbook of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// How the text was encoded; `None` for an .xlsx.
    pub encoding: Option<Encoding>,
    /// The file is one of our own templates.
    pub template: Option<TemplateMark>,
}

/// One sheet. Rows without anything in them are left out, so numbers may jump.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub epoch: Epoch,
    pub rows: Vec<SheetRow>,
    /// In order of column and row.
    pub merged: Vec<Merged>,
    /// Cells typed in fonts from before Unicode.
    pub old_font: OldFont,
}

/// Cells in fonts from before Unicode, by row (from 1) and column (from 0).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldFont {
    /// What was converted: which font, and what stood there.
    pub converted: BTreeMap<(u32, u32), (Encoding, String)>,
    /// What may be one thing or another; these cells stand as they were.
    pub unclear: BTreeSet<(u32, u32)>,
}

impl OldFont {
    /// How many cells were converted from each font.
    pub fn counts(&self) -> Vec<(Encoding, usize)> {
        let of =
            |encoding: Encoding| self.converted.values().filter(|(e, _)| *e == encoding).count();
        let fonts = [Encoding::Tcvn3, Encoding::Vni].map(|encoding| (encoding, of(encoding)));
        fonts.into_iter().filter(|(_, cells)| *cells > 0).collect()
    }
}

/// Cells of one column merged over several rows; what they hold stands in the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merged {
    /// From 0.
    pub column: u32,
    /// Both as the person sees them, from 1.
    pub first_row: u32,
    pub last_row: u32,
}

impl Sheet {
    pub fn row(&self, number: u32) -> Option<&SheetRow> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        self.rows.get(at)
    }

    /// The first row of the merged cells that reach over this one.
    pub fn merged_from(&self, column: usize, row: u32) -> Option<u32> {
        let starts_before = |m: &Merged| (m.column as usize, m.first_row) <= (column, row);
        let last = self.merged.partition_point(starts_before).checked_sub(1)?;
        let merged = self.merged[last];
        (merged.column as usize == column && merged.last_row >= row).then_some(merged.first_row)
    }
}

/// One row; `cells` ends at the last filled one.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// As the person sees it, from 1.
    pub number: u32,
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    /// Text exactly as typed.
    Text(String),
    /// The spreadsheet holds a number: leading zeros are gone, and it may show as 1.00199E+11.
    /// Kept as plain digits, no exponent, no `.0`.
    Number(String),
    /// The spreadsheet holds a date; a time of day is dropped.
    Day(Date),
    Flag(bool),
    /// An error value such as `#N/A`, or `formula` when the formula was never computed.
    Broken(&'static str),
}

impl SheetRow {
    /// The cell in a column from 0; beyond the last filled one they are all empty.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

impl Cell {
    /// Nothing, or only spaces.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.chars().all(char::is_whitespace),
            _ => false,
        }
    }

    /// The text or digits, `""` for every other kind.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
            _ => "",
        }
    }

    /// What the person sees, near enough to find the cell again.
    pub fn show(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) => text.clone(),
            Self::Day(day) => day::show(*day),
            Self::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.into(),
            Self::Broken(code) => (*code).into(),
        }
    }

    pub(crate) fn text_bytes(&self) -> usize {
        self.text().len()
    }
}

/// How the bytes of a CSV became text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    /// TCVN 5712, the code of the ABC fonts.
    Tcvn3,
    Vni,
    Viscii,
    Windows1258,
}

impl Encoding {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
            Self::Viscii => "viscii",
            Self::Windows1258 => "windows-1258",
        }
    }

    /// Text from before Unicode: it was guessed and converted, and a person should look at it.
    pub const fn is_converted(self) -> bool {
        matches!(self, Self::Tcvn3 | Self::Vni | Self::Viscii | Self::Windows1258)
    }
}

/// The day from which a workbook counts its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    /// Windows: 1 is 1 January 1900, and 60 is a 29 February 1900 that never was.
    Year1900,
    /// Old Macintosh: 0 is 1 January 1904.
    Year1904,
}

impl Epoch {
    /// The day of a serial number, its fraction dropped. `None` for a mere time of day, the day that
    /// never was, and anything after the year 9999.
    pub fn day(self, serial: f64) -> Option<Date> {
        if !(0.0..3_000_000.0).contains(&serial) {
            return None;
        }
        let days = serial as i64;
        let start = match (self, days) {
            (Self::Year1900, 0 | 60) => return None,
            (Self::Year1900, 1..60) => date(1899, 12, 31),
            (Self::Year1900, _) => date(1899, 12, 30),
            (Self::Year1904, _) => date(1904, 1, 1),
        };
        start.checked_add(days.days()).ok()
    }

    /// The inverse of [`Epoch::day`].
    pub fn serial(self, day: Date) -> i32 {
        let since = |start: Date| day::days_between(start, day);
        match self {
            Self::Year1900 if day < date(1900, 3, 1) => since(date(1899, 12, 31)),
            Self::Year1900 => since(date(1899, 12, 30)),
            Self::Year1904 => since(date(1904, 1, 1)),
        }
    }
}

/// The hidden row of a template of ours, found in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateMark {
    pub id: String,
    pub version: u32,
    /// Index into `Workbook::sheets`.
    pub sheet: usize,
    /// Number of the row that names the field of each column.
    pub row: u32,
}

impl TemplateMark {
    const WORD: &str = "tram-template";

    /// What the first cell of the hidden row says.
    pub(crate) fn written(id: &str, version: u32) -> String {
        format!("{} {id} {version}", Self::WORD)
    }

    /// Looks at the first rows of every sheet.
    pub(crate) fn find(sheets: &[Sheet]) -> Option<Self> {
        for (sheet, rows) in sheets.iter().map(|s| &s.rows).enumerate() {
            for row in rows.iter().take(5) {
                let text = row.cells.first().map_or("", Cell::text);
                let words: Vec<&str> = text.split(' ').collect();
                if let [Self::WORD, id, version] = words[..]
                    && let Ok(version) = version.parse()
                {
                    return Some(Self { id: id.into(), version, sheet, row: row.number });
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn serial_numbers_are_days_of_either_epoch() {
        for (epoch, serial, expected) in [
            (Epoch::Year1900, 1.0, Some("1900-01-01")),
            (Epoch::Year1900, 59.0, Some("1900-02-28")),
            (Epoch::Year1900, 60.0, None),
            (Epoch::Year1900, 61.0, Some("1900-03-01")),
            (Epoch::Year1900, 45_000.75, Some("2023-03-15")),
            (Epoch::Year1904, 43_538.0, Some("2023-03-15")),
            (Epoch::Year1904, 0.0, Some("1904-01-01")),
            (Epoch::Year1900, 0.5, None),
            (Epoch::Year1900, -1.0, None),
            (Epoch::Year1900, f64::NAN, None),
            (Epoch::Year1900, 2_958_466.0, None),
        ] {
            let got = epoch.day(serial).map(|d| d.to_string());
            assert_eq!(got.as_deref(), expected, "{epoch:?} {serial}");
        }
    }

    proptest! {
        #[test]
        fn serials_read_back(serial in 61i32..100_000, mac: bool) {
            let epoch = if mac { Epoch::Year1904 } else { Epoch::Year1900 };
            let day = epoch.day(serial.into()).expect("in range");
            prop_assert_eq!(epoch.serial(day), serial);
        }
    }
}
