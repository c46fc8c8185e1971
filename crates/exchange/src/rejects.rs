//! The rows that were refused, as a workbook in which they are corrected and brought in again.
//!
//! One line a row: its sheet and number, what is wrong and how it is cured, then its cells as they were. The
//! hidden first row names each column, as in a template, so that the file reads back by itself.

use crate::TemplateMark;
use crate::list::{Holds, Kind, TEMPLATE_VERSION};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// One refused row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    pub sheet: String,
    pub row: u32,
    /// Code of the first column that is wrong, when one is.
    pub wrong: Vec<String>,
    /// Names of the columns that are wrong, as people call them.
    pub fields: String,
    /// What is wrong, and the cure.
    pub said: String,
    /// By the code of their column.
    pub cells: Vec<(String, String)>,
}

/// What the sheet says above the rows, and over the columns that are not of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// Name of the sheet.
    pub name: String,
    pub title: String,
    pub hint: String,
    pub sheet: String,
    pub row: String,
    pub fields: String,
    pub said: String,
}

const CODES: u32 = 0;
const TITLE: u32 = 1;
const HINT: u32 = 2;
const HEADING: u32 = 3;
const FIRST: u32 = 4;
/// Columns in front of those of the list.
const FRONT: u16 = 4;

/// The rows as an .xlsx.
pub fn rejects(kind: &Kind, heads: &Heads, rows: &[Reject]) -> Vec<u8> {
    build(kind, heads, rows).expect("short texts, fewer rows than a sheet has")
}

fn build(kind: &Kind, heads: &Heads, rows: &[Reject]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name(&heads.name)?;
    let columns = columns(kind, rows);
    write_heads(sheet, kind, heads, &columns)?;
    let text = Format::new().set_num_format("@").set_align(FormatAlign::Top);
    let wrapped = text.clone().set_text_wrap();
    let wrong = text.clone().set_background_color(Color::RGB(0xFFD9D9));
    for (line, row) in (FIRST..).zip(rows) {
        sheet.write_string_with_format(line, 0, &row.sheet, &text)?;
        sheet.write_number_with_format(
            line,
            1,
            row.row,
            &Format::new().set_align(FormatAlign::Top),
        )?;
        sheet.write_string_with_format(line, 2, &row.fields, &wrapped)?;
        sheet.write_string_with_format(line, 3, &row.said, &wrapped)?;
        for (at, code) in (FRONT..).zip(&columns) {
            let cell = row.cells.iter().find(|(of, _)| of == code);
            let format = if row.wrong.contains(code) { &wrong } else { &text };
            match cell {
                Some((_, shown)) => sheet.write_string_with_format(line, at, shown, format)?,
                None => sheet.write_blank(line, at, format)?,
            };
        }
    }
    workbook.save_to_buffer()
}

/// Codes of the columns: those of the kind, and the marks that stand in some row.
fn columns(kind: &Kind, rows: &[Reject]) -> Vec<String> {
    let mut columns: Vec<String> =
        kind.columns().iter().map(|holds| holds.code().into_owned()).collect();
    for (code, _) in rows.iter().flat_map(|row| &row.cells) {
        if !columns.contains(code) {
            columns.push(code.clone());
        }
    }
    columns
}

fn write_heads(
    sheet: &mut Worksheet,
    kind: &Kind,
    heads: &Heads,
    columns: &[String],
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xE8F0E8));
    sheet.write_string(CODES, 0, TemplateMark::written(&kind.code(), TEMPLATE_VERSION))?;
    sheet.set_row_hidden(CODES)?;
    let title = Format::new().set_bold().set_font_size(14);
    let hint = Format::new().set_italic().set_font_color(Color::Gray);
    sheet.write_string_with_format(TITLE, 0, &heads.title, &title)?;
    sheet.write_string_with_format(HINT, 0, &heads.hint, &hint)?;
    let front = [
        (&heads.sheet, "at_sheet", 14),
        (&heads.row, "at_row", 7),
        (&heads.fields, "at_field", 18),
        (&heads.said, "at_said", 60),
    ];
    for (at, (name, code, width)) in (0..).zip(front) {
        if at > 0 {
            sheet.write_string(CODES, at, code)?;
        }
        sheet.write_string_with_format(HEADING, at, name, &heading)?;
        sheet.set_column_width(at, width)?;
    }
    for (at, code) in (FRONT..).zip(columns) {
        let name = match (Holds::from_code(code), code.as_str()) {
            (Holds::Field(field), _) => field.heading(),
            (Holds::Answer(_), code) => kind.question(code).unwrap_or(code),
            (Holds::NameStart, _) => "Họ và đệm",
            (_, "sex=m") => "Nam",
            (_, "sex=f") => "Nữ",
            (_, "poverty=poor") => "Hộ nghèo",
            (_, "poverty=near_poor") => "Hộ cận nghèo",
            (_, "relation=1") => "Là chủ hộ",
            (_, code) => code,
        };
        sheet.write_string(CODES, at, code)?;
        sheet.write_string_with_format(HEADING, at, name, &heading)?;
        sheet.set_column_width(at, 18)?;
    }
    sheet.set_row_height(HEADING, 36)?;
    sheet.set_freeze_panes(FIRST, FRONT)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}
