//! Excel workbooks: visible sheets read cell by cell, hidden sheets left alone.

use crate::archive::{self, Contents};
use crate::limits::{Filling, Spent};
use crate::{BadFile, Cell, Epoch, Limits, Merged, OldFont, Sheet, TemplateMark, Workbook};
use calamine::{CellErrorType, DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::io::Cursor;
use std::panic::catch_unwind;

type Excel<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads an .xlsx, after the archive has been found harmless.
///
/// The library still trips over numbers that no spreadsheet writes (a row 99999999999); where
/// arithmetic is checked that is a panic, and here it means the same as every other broken part.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, BadFile> {
    let Contents { has_merged_cells } = archive::check(bytes, limits)?;
    catch_unwind(|| sheets(bytes, limits, has_merged_cells)).unwrap_or(Err(BadFile::Corrupt))
}

fn sheets(bytes: &[u8], limits: &Limits, has_merged: bool) -> Result<Workbook, BadFile> {
    let mut excel: Excel = Xlsx::new(Cursor::new(bytes)).map_err(bad_excel)?;
    let epoch = if excel.has_1904_epoch() { Epoch::Year1904 } else { Epoch::Year1900 };
    let visible =
        |s: &&calamine::Sheet| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible;
    let names: Vec<String> =
        excel.sheets_metadata().iter().filter(visible).map(|s| s.name.clone()).collect();
    let mut spent = Spent::default();
    let mut sheets = Vec::new();
    for name in names {
        let mut filling = Filling::new(limits, &mut spent);
        fill(&mut excel, &name, epoch, &mut filling)?;
        let rows = filling.rows();
        let merged = if has_merged { merged(&mut excel, &name)? } else { Vec::new() };
        sheets.push(Sheet { name, epoch, rows, merged, old_font: OldFont::default() });
    }
    if sheets.iter().all(|s| s.rows.is_empty()) {
        return Err(BadFile::Empty);
    }
    let template = TemplateMark::find(&sheets);
    Ok(Workbook { sheets, encoding: None, template })
}

fn bad_excel(error: XlsxError) -> BadFile {
    match error {
        XlsxError::Password => BadFile::Password,
        _ => BadFile::Corrupt,
    }
}

fn fill(excel: &mut Excel, name: &str, epoch: Epoch, filling: &mut Filling) -> Result<(), BadFile> {
    let mut cells = excel.worksheet_cells_reader(name).map_err(bad_excel)?;
    while let Some(found) = cells.next_cell_with_formula_metadata().map_err(bad_excel)? {
        let (row, column) = found.pos;
        let cell = match found.value {
            DataRef::Empty if found.formula.is_some() => Cell::Broken("formula"),
            value => cell(value, epoch),
        };
        filling.put(row.saturating_add(1), column, cell)?;
    }
    Ok(())
}

/// Cells merged over several rows, in order of column and row.
fn merged(excel: &mut Excel, name: &str) -> Result<Vec<Merged>, BadFile> {
    let areas = excel.merge_cells_by_sheet_name(name).map_err(bad_excel)?;
    let over_rows = areas.iter().filter(|area| area.end.0 > area.start.0);
    let merged = over_rows.map(|area| Merged {
        column: area.start.1,
        first_row: area.start.0.saturating_add(1),
        last_row: area.end.0.saturating_add(1),
    });
    let mut merged: Vec<Merged> = merged.collect();
    merged.sort_unstable();
    Ok(merged)
}

fn cell(value: DataRef, epoch: Epoch) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(text) => Cell::Text(text),
        DataRef::SharedString(text) => Cell::Text(text.to_owned()),
        DataRef::Int(number) => Cell::Number(number.to_string()),
        DataRef::Float(number) => plain_number(number),
        DataRef::Bool(flag) => Cell::Flag(flag),
        DataRef::DateTime(at) if at.is_datetime() => {
            epoch.day(at.as_f64()).map_or_else(|| plain_number(at.as_f64()), Cell::Day)
        }
        DataRef::DateTime(duration) => plain_number(duration.as_f64()),
        DataRef::DateTimeIso(text) => {
            let day = text.get(..10).and_then(|day| day.parse().ok());
            day.map_or(Cell::Text(text), Cell::Day)
        }
        DataRef::DurationIso(text) => Cell::Text(text),
        DataRef::Error(error) => Cell::Broken(error_code(&error)),
    }
}

/// Plain digits: shortest decimal form, never an exponent, `-0` and `.0` gone.
fn plain_number(number: f64) -> Cell {
    if !number.is_finite() {
        return Cell::Broken("#NUM!");
    }
    Cell::Number(format!("{}", number + 0.0))
}

const fn error_code(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

#[cfg(test)]
mod tests;
