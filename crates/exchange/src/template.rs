//! The Excel templates of the lists: what a nurse fills in, and what reads back by code.
//!
//! The first row is hidden and names the field of each column, so columns may be moved, added or left
//! out. The drop-downs stand on a hidden sheet. The same definitions and villages give the same bytes.

mod guide;

use crate::TemplateMark;
use crate::list::{Field, Kind, TEMPLATE_VERSION, sample_name};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};
use tram_defs::Definitions;
use tram_kernel::text;

const CODES: u32 = 0;
const TITLE: u32 = 1;
const HINT: u32 = 2;
const HEADING: u32 = 3;
const FIRST: u32 = 4;
/// Drop-downs reach as far as a list may.
const LAST: u32 = 49_999;
const LISTS: &str = "Danh mục";
/// More villages than any commune has.
const VILLAGES: usize = 1_000;

/// The template of a kind of list as an .xlsx.
pub fn list_template(kind: Kind, defs: &Definitions, villages: &[String]) -> Vec<u8> {
    build(kind, defs, villages).expect("a few sheets of short texts are within the limits of Excel")
}

fn build(kind: Kind, defs: &Definitions, villages: &[String]) -> Result<Vec<u8>, XlsxError> {
    let choices = choices(kind, defs, villages);
    let mut workbook = Workbook::new();
    let born = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&born));
    let sheet = workbook.add_worksheet().set_name("Danh sách")?;
    write_headings(sheet, kind)?;
    write_columns(sheet, kind)?;
    write_samples(sheet, kind)?;
    for (at, (field, words)) in choices.iter().enumerate() {
        add_choice(sheet, *field, column(kind, *field), (at, words.len()))?;
    }
    guide::write(workbook.add_worksheet(), kind)?;
    write_choices(workbook.add_worksheet(), &choices)?;
    workbook.save_to_buffer()
}

/// Column of a field; column 0 is STT.
fn column(kind: Kind, field: Field) -> u16 {
    let at = kind.fields().iter().position(|f| *f == field);
    at.expect("only fields of the list are asked for") as u16 + 1
}

fn write_headings(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
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
    sheet.write_string(CODES, 0, TemplateMark::written(kind.code(), TEMPLATE_VERSION))?;
    sheet.set_row_hidden(CODES)?;
    sheet.write_string_with_format(TITLE, 0, guide::title(kind), &title)?;
    sheet.write_string_with_format(HINT, 0, guide::hint(kind), &hint)?;
    sheet.write_string_with_format(HEADING, 0, "STT", &heading)?;
    for field in kind.fields().iter().copied() {
        let is_required = kind.required().iter().any(|group| group[..] == [field]);
        let star = if is_required { " *" } else { "" };
        let format = if is_required { &required } else { &heading };
        sheet.write_string(CODES, column(kind, field), field.code())?;
        let shown = format!("{}{star}", field.heading());
        sheet.write_string_with_format(HEADING, column(kind, field), shown, format)?;
    }
    sheet.set_row_height(HEADING, 36)?;
    sheet.set_freeze_panes(FIRST, column(kind, kind.name()) + 1)?;
    sheet.set_repeat_rows(HEADING, HEADING)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&C&P/&N").set_selection(FIRST + 2, 1, FIRST + 2, 1)?;
    Ok(())
}

fn write_columns(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    sheet.set_column_width(0, 6)?;
    for field in kind.fields().iter().copied() {
        sheet.set_column_width(column(kind, field), guide::width(field))?;
        let format = column_format(field);
        sheet.set_column_format(column(kind, field), &format)?;
    }
    let length = DataValidation::new()
        .allow_text_length(DataValidationRule::EqualTo(12))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(guide::CITIZEN_TITLE)?
        .set_error_message(guide::CITIZEN_ERROR)?;
    let at = column(kind, Field::Citizen);
    sheet.add_data_validation(FIRST, at, LAST, at, &length)?;
    Ok(())
}

/// Numbers are text, so their zeros stay; so is the birth date, where a bare year is a full answer.
fn column_format(field: Field) -> Format {
    let format = Format::new();
    match field {
        Field::InsuranceFrom
        | Field::InsuranceTo
        | Field::Since
        | Field::PovertySince
        | Field::Given => format.set_num_format("dd/mm/yyyy"),
        Field::Citizen
        | Field::OldCard
        | Field::Insurance
        | Field::Phone
        | Field::Household
        | Field::Temporary
        | Field::Lot
        | Field::Born => format.set_num_format("@"),
        _ => format,
    }
}

fn write_samples(sheet: &mut Worksheet, kind: Kind) -> Result<(), XlsxError> {
    for (row, sample) in (FIRST..).zip(guide::samples(kind)) {
        for (field, shown) in *sample {
            let format = column_format(*field).set_italic().set_font_color(Color::Gray);
            let at = column(kind, *field);
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

/// The words of each column with a drop-down.
fn choices(kind: Kind, defs: &Definitions, villages: &[String]) -> Vec<(Field, Vec<String>)> {
    let mut choices = vec![(Field::Sex, vec!["Nam".to_owned(), "Nữ".to_owned()])];
    let vaccines = defs.vaccines.iter().map(|vaccine| vaccine.name.clone());
    choices.push((Field::Vaccine, vaccines.collect()));
    for field in kind.fields().iter().copied() {
        if let Some(list) = field.list().and_then(|code| defs.list(code)) {
            choices.push((field, list.entries.iter().map(|e| e.name.clone()).collect()));
        }
    }
    let villages: Vec<String> =
        villages.iter().filter_map(|v| text::clean(v, 100).ok()).take(VILLAGES).collect();
    choices.push((Field::Village, villages));
    choices.retain(|(field, words)| !words.is_empty() && kind.has(*field));
    choices
}

fn write_choices(sheet: &mut Worksheet, choices: &[(Field, Vec<String>)]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?.set_hidden(true);
    for (at, (field, words)) in (0..).zip(choices) {
        sheet.write_string(0, at, field.heading())?;
        for (row, word) in (1..).zip(words) {
            sheet.write_string(row, at, word)?;
        }
    }
    Ok(())
}

/// A drop-down from one column of the hidden sheet. Other words may be typed after a warning.
fn add_choice(
    sheet: &mut Worksheet,
    field: Field,
    column: u16,
    (at, words): (usize, usize),
) -> Result<(), XlsxError> {
    let letter = char::from(b'A' + at as u8);
    let range = Formula::new(format!("='{LISTS}'!${letter}$2:${letter}${}", words + 1));
    let choice = DataValidation::new()
        .allow_list_formula(range)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(field.heading())?
        .set_error_message(guide::CHOICE_ERROR)?;
    sheet.add_data_validation(FIRST, column, LAST, column, &choice)?;
    Ok(())
}

#[cfg(test)]
mod tests;
