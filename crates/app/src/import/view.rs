//! How a file was understood, for the person to look at before its rows are checked.

use super::said::{Said, messages};
use super::{Choice, FileRow, Opened};
use std::collections::BTreeMap;
use tram_exchange::list::{self, DayOrder, Holds, Kind, Mapping};
use tram_exchange::{Encoding, Sheet};
use tram_kernel::Severity;

/// Rows shown of a column while it is mapped.
const EXAMPLES: usize = 3;

/// A column of the file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnView {
    pub at: usize,
    pub letter: String,
    pub heading: String,
    pub examples: Vec<String>,
    /// What stood in the file and what was understood, where a font from before Unicode was converted.
    pub converted: Vec<(String, String)>,
    /// Code of the field; empty when the column is passed over.
    pub field: String,
    /// The meaning is not a plain field (a mark such as "Nữ"), and is best left as it is.
    pub special: bool,
}

/// A sheet as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetView {
    pub at: usize,
    pub name: String,
    pub columns: Vec<ColumnView>,
    pub first_row: u32,
    pub rows: usize,
    pub by_template: bool,
    pub findings: Vec<Said>,
}

/// How a file was understood, before its rows are checked.
#[derive(Debug, Clone, PartialEq)]
pub struct ListView {
    pub file: FileRow,
    pub kind: Kind,
    /// Sheets that hold such rows.
    pub sheets: Vec<(usize, String)>,
    /// The first of those that are read.
    pub sheet: usize,
    /// All of them are read, as one list.
    pub all: bool,
    /// Those that are read.
    pub read: Vec<SheetView>,
    pub rows: usize,
    /// Code of the encoding of a CSV.
    pub encoding: Option<&'static str>,
    /// Fonts from before Unicode, and how many cells were converted from each.
    pub fonts: Vec<(&'static str, usize)>,
    /// From before Unicode: guessed and converted, to be looked at by a person.
    pub is_converted: bool,
    pub days: DayOrder,
    /// A typed day that may be read two ways, when nothing in the file tells which is meant and nobody was
    /// asked yet.
    pub unclear_day: Option<String>,
    /// Nothing is missing and nothing is doubtful.
    pub is_clear: bool,
}

impl ListView {
    /// Codes of what was converted to Unicode.
    pub fn converted_from(&self) -> Vec<&'static str> {
        let encoding = self.encoding.filter(|_| self.is_converted && self.fonts.is_empty());
        self.fonts.iter().map(|(code, _)| *code).chain(encoding).collect()
    }
}

pub(super) fn view(file: FileRow, opened: &Opened, choice: &Choice) -> ListView {
    let read: Vec<SheetView> =
        opened.sheets().map(|(at, sheet, m)| sheet_view(at, sheet, m)).collect();
    let fonts = fonts(opened);
    let encoding = opened.workbook.encoding;
    let is_converted = encoding.is_some_and(Encoding::is_converted) || !fonts.is_empty();
    let asked = DayOrder::from_code(&choice.days).is_some();
    let mut sheets = opened.sheets().filter(|_| !asked);
    let unclear_day = sheets.find_map(|(_, sheet, m)| list::unclear_days(sheet, m));
    let lists = opened.lists.iter();
    let sheets: Vec<(usize, String)> =
        lists.map(|(at, _)| (*at, opened.workbook.sheets[*at].name.clone())).collect();
    let is_told = |sheet: &SheetView| sheet.findings.iter().all(|said| said.severity == "info");
    let is_clear = !is_converted
        && unclear_day.is_none()
        && read.iter().all(is_told)
        && (sheets.len() == 1 || opened.all);
    ListView {
        kind: opened.kind.clone(),
        sheets,
        sheet: opened.lists[opened.chosen[0]].0,
        all: opened.all,
        rows: read.iter().map(|sheet| sheet.rows).sum(),
        read,
        encoding: encoding.map(Encoding::code),
        fonts,
        is_converted,
        days: opened.order,
        unclear_day,
        is_clear,
        file,
    }
}

fn fonts(opened: &Opened) -> Vec<(&'static str, usize)> {
    let mut fonts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for (encoding, cells) in opened.sheets().flat_map(|(_, sheet, _)| sheet.old_font.counts()) {
        *fonts.entry(encoding.code()).or_default() += cells;
    }
    fonts.into_iter().collect()
}

fn sheet_view(at: usize, sheet: &Sheet, mapping: &Mapping) -> SheetView {
    let mut findings = mapping.findings();
    findings.extend(list::doubts(sheet, mapping));
    // What cannot be used is said before what is only unknown.
    findings.sort_by_key(|finding| match finding.severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    });
    let first: Vec<_> = sheet.rows.iter().filter(|row| row.number >= mapping.first_row).collect();
    let columns = mapping.columns.iter().enumerate().map(|(at, column)| ColumnView {
        at,
        letter: list::letters(at),
        heading: column.heading.clone(),
        examples: first.iter().take(EXAMPLES).map(|row| row.cell(at).show()).collect(),
        converted: converted(sheet, mapping, at),
        field: match &column.holds {
            holds @ (Holds::Field(_) | Holds::Answer(_)) => holds.code().into_owned(),
            _ => String::new(),
        },
        special: matches!(column.holds, Holds::Mark(..) | Holds::NameStart),
    });
    SheetView {
        at,
        name: sheet.name.clone(),
        columns: columns.collect(),
        first_row: mapping.first_row,
        rows: first.len(),
        by_template: mapping.by_template,
        findings: messages(&findings, &[]),
    }
}

fn converted(sheet: &Sheet, mapping: &Mapping, column: usize) -> Vec<(String, String)> {
    let cells = sheet.old_font.converted.iter();
    let here = cells.filter(|((row, at), _)| *at as usize == column && *row >= mapping.first_row);
    let shown = here.take(EXAMPLES).filter_map(|((row, _), (_, stood))| {
        Some((stood.clone(), sheet.row(*row)?.cell(column).show()))
    });
    shown.collect()
}
