//! Cells typed in a font of the time before Unicode: `NguyÔn V¨n An` in .VnTime, `Nguyeãn Vaên An` in VNI-Times.
//!
//! Excel keeps the byte of each letter as a Western letter, so no encoding is wrong and yet nobody can read
//! the name. The font is not asked (it is lost as soon as cells are copied); the letters tell:
//!
//! ```text
//! a letter only Unicode has (ễ, đ, ư)          ─► Unicode, left alone
//! no Vietnamese as it stands, but in one font  ─► that font: converted
//! Vietnamese either way ("Lò", "Sè")           ─► what its row says, or its column; then the sheet
//! still either way beside cells of old fonts   ─► unclear: kept as it stands, its row is refused
//! ```

mod reading;
#[cfg(test)]
mod tests;

use crate::sheet::{Cell, OldFont, SheetRow};
use crate::{Encoding, Workbook};
use reading::{Reading, convert, starts_as_a_name};
use std::collections::HashMap;

/// Converts what is certain and marks what is not. Sheets without old fonts stay as they are.
pub(crate) fn convert_all(workbook: &mut Workbook) {
    for sheet in &mut workbook.sheets {
        sheet.old_font = convert_sheet(&mut sheet.rows);
    }
}

/// What cells say together: how many are certainly Unicode, .VnTime, VNI.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Evidence {
    unicode: usize,
    tcvn3: usize,
    vni: usize,
}

/// What a cell lies among.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Among {
    Nothing,
    Unicode,
    Old(Encoding),
    Both,
}

impl Evidence {
    const fn add(&mut self, reading: &Reading) {
        match reading.certain() {
            Some(None) => self.unicode += 1,
            Some(Some(Encoding::Vni)) => self.vni += 1,
            Some(Some(_)) => self.tcvn3 += 1,
            None => {}
        }
    }

    const fn says(self) -> Among {
        match (self.unicode, self.tcvn3, self.vni) {
            (0, 0, 0) => Among::Nothing,
            (_, 0, 0) => Among::Unicode,
            (0, _, 0) => Among::Old(Encoding::Tcvn3),
            (0, 0, _) => Among::Old(Encoding::Vni),
            _ => Among::Both,
        }
    }
}

/// What the sheet as a whole, its rows and its columns say. Headings say nothing about the rows below them.
#[derive(Default)]
struct Evidences {
    sheet: Evidence,
    headings: Evidence,
    rows: HashMap<u32, Evidence>,
    columns: HashMap<usize, Evidence>,
    /// Some row below the headings holds both: a column was typed apart from the others.
    has_mixed_rows: bool,
}

impl Evidences {
    /// The nearest cells that say one thing.
    fn around(&self, row: u32, column: usize, is_heading: bool) -> Among {
        let row = self.rows.get(&row).copied().unwrap_or_default().says();
        if is_heading {
            return if row == Among::Nothing { self.headings.says() } else { row };
        }
        let column = self.columns.get(&column).copied().unwrap_or_default().says();
        // Rows are pasted whole; only where a row is known to be mixed does its column know better.
        let order = if self.has_mixed_rows { [column, row] } else { [row, column] };
        let clear = |among: &Among| matches!(among, Among::Unicode | Among::Old(_));
        match order.into_iter().find(clear) {
            Some(clear) => clear,
            None if order.contains(&Among::Both) => Among::Both,
            None => self.sheet.says(),
        }
    }
}

/// A cell with letters beyond ASCII.
struct Found {
    /// Index into the rows.
    at: usize,
    column: usize,
    reading: Reading,
}

fn convert_sheet(rows: &mut [SheetRow]) -> OldFont {
    let mut found = Vec::new();
    let mut any_old = false;
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let Cell::Text(text) = cell else { continue };
            let Some(reading) = Reading::of(text) else { continue };
            any_old |= matches!(reading.certain(), Some(Some(_)));
            found.push(Found { at, column, reading });
        }
    }
    let mut old_font = OldFont::default();
    if !any_old {
        return old_font;
    }
    let first = first_described(rows);
    let mut evidences = Evidences::default();
    for Found { at, column, reading } in &found {
        evidences.rows.entry(rows[*at].number).or_default().add(reading);
        if *at < first {
            evidences.headings.add(reading);
        } else {
            evidences.sheet.add(reading);
            evidences.columns.entry(*column).or_default().add(reading);
        }
    }
    let below = rows.iter().skip(first).map(|row| row.number);
    evidences.has_mixed_rows = below
        .filter_map(|row| evidences.rows.get(&row))
        .any(|evidence| evidence.says() == Among::Both);
    for Found { at, column, reading } in found {
        let row = &mut rows[at];
        let among = evidences.around(row.number, column, at < first);
        let place = (row.number, column as u32);
        let Cell::Text(text) = &mut row.cells[column] else { continue };
        match decide(&reading, text, among) {
            Decision::Keep => {}
            Decision::Unclear => {
                old_font.unclear.insert(place);
            }
            Decision::Convert(encoding) => match convert(text, encoding) {
                Some(understood) => {
                    let stood = std::mem::replace(text, understood);
                    old_font.converted.insert(place, (encoding, stood));
                }
                None => {
                    old_font.unclear.insert(place);
                }
            },
        }
    }
    old_font
}

enum Decision {
    Keep,
    Convert(Encoding),
    Unclear,
}

fn decide(reading: &Reading, text: &str, among: Among) -> Decision {
    if let Some(certain) = reading.certain() {
        return certain.map_or(Decision::Keep, Decision::Convert);
    }
    let fits = |encoding| reading.fits(encoding);
    match among {
        Among::Unicode | Among::Nothing if reading.is_unicode => Decision::Keep,
        // Nobody's letters: a foreign name among Unicode, and nothing one can rely on among old fonts.
        Among::Unicode | Among::Nothing if reading.is_nobodys() => Decision::Keep,
        Among::Old(encoding) if fits(encoding) => {
            let as_it_stands = reading.is_unicode && starts_as_a_name(text);
            let converted = convert(text, encoding).unwrap_or_default();
            match as_it_stands && !starts_as_a_name(&converted) {
                true => Decision::Unclear,
                false => Decision::Convert(encoding),
            }
        }
        Among::Both if reading.is_unicode && starts_as_a_name(text) => Decision::Keep,
        _ => Decision::Unclear,
    }
}

/// Index of the first row that holds a number or a date: what stands above are headings.
fn first_described(rows: &[SheetRow]) -> usize {
    let is_number = |text: &str| {
        let marks = |c: char| c.is_ascii_digit() || "/-. ".contains(c);
        text.chars().all(marks) && text.contains(|c: char| c.is_ascii_digit())
    };
    let described = |cell: &Cell| match cell {
        Cell::Number(_) | Cell::Day(_) => true,
        Cell::Text(text) => is_number(text),
        _ => false,
    };
    rows.iter().position(|row| row.cells.iter().any(described)).unwrap_or(0)
}
