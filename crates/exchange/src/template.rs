//! The Excel templates of the lists: what a nurse fills in, and what reads back by code.
//!
//! The first row is hidden and names the field of each column, so columns may be moved, added or left
//! out. The drop-downs stand on a hidden sheet. The same definitions and villages give the same bytes.

mod column;
mod form;
mod guide;

use crate::TemplateMark;
use crate::list::{Field, Holds, Kind, TEMPLATE_VERSION, letters, sample_name};
use column::{Accepts, Column, columns};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use tram_defs::Definitions;

const CODES: u32 = 0;
const TITLE: u32 = 1;
const HINT: u32 = 2;
const HEADING: u32 = 3;
const FIRST: u32 = 4;
/// Drop-downs reach as far as a list may.
const LAST: u32 = 49_999;
const LISTS: &str = "Danh mục";
/// Longest title and text of what Excel says of a cell.
const SAID: (usize, usize) = (32, 255);

/// The template of a kind of list as an .xlsx.
pub fn list_template(kind: &Kind, defs: &Definitions, villages: &[String]) -> Vec<u8> {
    build(kind, defs, villages).expect("a few sheets of short texts are within the limits of Excel")
}

fn build(kind: &Kind, defs: &Definitions, villages: &[String]) -> Result<Vec<u8>, XlsxError> {
    let columns = columns(kind, defs, villages);
    let mut workbook = Workbook::new();
    let born = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&born));
    let sheet = workbook.add_worksheet().set_name("Danh sách")?;
    write_headings(sheet, kind, &columns)?;
    write_columns(sheet, &columns)?;
    write_samples(sheet, kind, &columns)?;
    guide::write(workbook.add_worksheet(), kind, defs)?;
    write_choices(workbook.add_worksheet(), &columns)?;
    workbook.save_to_buffer()
}

/// Columns with their place; column 0 is STT.
fn placed(columns: &[Column]) -> impl Iterator<Item = (u16, &Column)> {
    (1..).zip(columns)
}

fn write_headings(sheet: &mut Worksheet, kind: &Kind, columns: &[Column]) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    let hint = Format::new().set_italic().set_font_color(Color::Gray);
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xE8F0E8));
    let required = heading.clone().set_background_color(Color::RGB(0xFFE08A));
    sheet.write_string(CODES, 0, TemplateMark::written(&kind.code(), TEMPLATE_VERSION))?;
    sheet.set_row_hidden(CODES)?;
    sheet.write_string_with_format(TITLE, 0, guide::title(kind), &title)?;
    sheet.write_string_with_format(HINT, 0, guide::hint(kind), &hint)?;
    sheet.write_string_with_format(HEADING, 0, "STT", &heading)?;
    let mut frozen = 1;
    for (at, column) in placed(columns) {
        let star = if column.required { " *" } else { "" };
        let format = if column.required { &required } else { &heading };
        sheet.write_string(CODES, at, column.holds.code())?;
        sheet.write_string_with_format(HEADING, at, format!("{}{star}", column.heading), format)?;
        if column.holds == Holds::Field(kind.name()) {
            frozen = at + 1;
        }
    }
    // Questions are longer than the names of fields.
    sheet.set_row_height(HEADING, if kind.form().is_some() { 62 } else { 36 })?;
    sheet.set_freeze_panes(FIRST, frozen)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P/&N").set_selection(FIRST + 2, 1, FIRST + 2, 1)?;
    Ok(())
}

fn write_columns(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 6)?;
    let mut lists = 0;
    for (at, column) in placed(columns) {
        sheet.set_column_width(at, column.width)?;
        sheet.set_column_format(at, &column.format)?;
        if let Some(check) = check(column, &mut lists)? {
            sheet.add_data_validation(FIRST, at, LAST, at, &check)?;
        }
    }
    Ok(())
}

/// What Excel offers and says where something else is typed; it may stay after a warning. `lists` counts
/// the columns of the hidden sheet so far.
fn check(column: &Column, lists: &mut usize) -> Result<Option<DataValidation>, XlsxError> {
    let warning = DataValidation::new().set_error_style(DataValidationErrorStyle::Warning);
    let (check, title, said) = match &column.accepts {
        Accepts::Anything => return Ok(None),
        Accepts::Citizen => {
            let check = warning.allow_text_length(DataValidationRule::EqualTo(12));
            (check, guide::CITIZEN_TITLE, guide::CITIZEN_ERROR)
        }
        Accepts::Words { words, several } => {
            let letter = letters(*lists);
            *lists += 1;
            let last = words.len() + 1;
            let range = Formula::new(format!("='{LISTS}'!${letter}$2:${letter}${last}"));
            let check = warning.allow_list_formula(range);
            if *several {
                let check = check.set_error_style(DataValidationErrorStyle::Information);
                (check, column.heading.as_str(), guide::SEVERAL)
            } else {
                (check, column.heading.as_str(), guide::CHOICE_ERROR)
            }
        }
        Accepts::Number { low, high, said } => {
            let check = warning.allow_decimal_number(DataValidationRule::Between(*low, *high));
            (check, column.heading.as_str(), said.as_str())
        }
    };
    let short = |text: &str, longest: usize| text.chars().take(longest).collect::<String>();
    let check = check.set_error_title(short(title, SAID.0))?;
    Ok(Some(check.set_error_message(short(said, SAID.1))?))
}

fn write_samples(sheet: &mut Worksheet, kind: &Kind, columns: &[Column]) -> Result<(), XlsxError> {
    for (row, sample) in (FIRST..).zip(guide::samples(kind)) {
        for (field, shown) in *sample {
            let mut own = placed(columns);
            let Some((at, column)) = own.find(|(_, c)| c.holds == Holds::Field(*field)) else {
                continue;
            };
            let format = column.format.clone().set_italic().set_font_color(Color::Gray);
            match (field, shown.parse::<tram_kernel::Date>()) {
                (Field::Name | Field::Head, _) => {
                    sheet.write_string_with_format(row, at, sample_name(shown), &format)?;
                }
                (_, Ok(day)) => {
                    let (year, month, day) = (day.year(), day.month(), day.day());
                    let date = ExcelDateTime::from_ymd(year as u16, month as u8, day as u8)?;
                    sheet.write_datetime_with_format(row, at, &date, &format)?;
                }
                (_, Err(_)) => {
                    sheet.write_string_with_format(row, at, *shown, &format)?;
                }
            }
        }
    }
    Ok(())
}

/// The words of the drop-downs, a column each.
fn write_choices(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?.set_hidden(true);
    let lists = columns.iter().filter_map(|column| match &column.accepts {
        Accepts::Words { words, .. } => Some((&column.heading, words)),
        _ => None,
    });
    for (at, (heading, words)) in (0..).zip(lists) {
        sheet.write_string(0, at, heading)?;
        for (row, word) in (1..).zip(words) {
            sheet.write_string(row, at, word)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
