//! The table as an .xlsx: title, headings that repeat on every page, borders, page numbers.

use super::{Align, BadTable, Group, Kind, Orientation, TableDoc, Value};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};
use tram_kernel::{Date, day};

const FONT: &str = "Times New Roman";
/// A4.
const PAPER: u8 = 9;
/// Points.
const LINE_HEIGHT: f64 = 19.0;

/// The table as an .xlsx. The same table gives the same bytes.
pub fn excel_table(doc: &TableDoc) -> Result<Vec<u8>, BadTable> {
    doc.check()?;
    build(doc).map_err(|error| BadTable::TooLarge(error.to_string()))
}

fn build(doc: &TableDoc) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(&doc.title)
        .set_company(&doc.unit)
        .set_creation_datetime(&excel_date(doc.made_on)?);
    workbook.set_properties(&properties);
    let sheet = workbook.add_worksheet().set_name(sheet_name(&doc.sheet))?;
    let mut writing = Writing { sheet, doc, row: 0, last: last_column(doc) };
    writing.title()?;
    writing.headings()?;
    for group in &doc.groups {
        writing.group(group)?;
    }
    set_up_print(writing.sheet, doc);
    workbook.save_to_buffer()
}

fn last_column(doc: &TableDoc) -> u16 {
    u16::try_from(doc.columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn excel_date(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, day.month().unsigned_abs(), day.day().unsigned_abs())
}

/// Excel refuses some characters in the name of a sheet, and more than 31 of them.
fn sheet_name(wanted: &str) -> String {
    let fitting: String = wanted.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    if fitting.trim().is_empty() { "1".into() } else { fitting }
}

fn set_up_print(sheet: &mut Worksheet, doc: &TableDoc) {
    match doc.orientation {
        Orientation::Portrait => sheet.set_portrait(),
        Orientation::Landscape => sheet.set_landscape(),
    };
    // A lone & starts a command in headers.
    let unit: String = doc.unit.replace('&', "&&").chars().take(120).collect();
    sheet
        .set_paper_size(PAPER)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.6, 0.4, 0.7, 0.6, 0.3, 0.3)
        .set_header(format!("&L&\"{FONT}\"&10{unit}"))
        .set_footer(format!("&R&\"{FONT}\"&10&P/&N"));
}

struct Writing<'a> {
    sheet: &'a mut Worksheet,
    doc: &'a TableDoc,
    row: u32,
    last: u16,
}

impl Writing<'_> {
    fn title(&mut self) -> Result<(), XlsxError> {
        let centred = Format::new().set_font_name(FONT).set_align(FormatAlign::Center);
        let title = centred.clone().set_bold().set_font_size(14).set_text_wrap();
        self.across(&self.doc.title, &title)?;
        let subtitle = centred.set_italic().set_font_size(12);
        for line in &self.doc.subtitle {
            self.across(line, &subtitle)?;
        }
        self.row += 1;
        Ok(())
    }

    /// One text over the whole width of the table. Excel does not fit the height of merged cells.
    fn across(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        let width: usize = self.doc.columns.iter().map(|c| usize::from(c.width)).sum();
        let lines = text.chars().count().div_ceil(width.max(1)).clamp(1, 10);
        self.sheet.set_row_height(self.row, LINE_HEIGHT * lines as f64)?;
        if self.last > 0 {
            self.sheet.merge_range(self.row, 0, self.row, self.last, "", format)?;
        }
        self.sheet.write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn headings(&mut self) -> Result<(), XlsxError> {
        let format = bordered()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_background_color(Color::RGB(0xE8F0E8));
        for (at, column) in (0..).zip(&self.doc.columns) {
            self.sheet.set_column_width(at, column.width)?;
            self.sheet.write_string_with_format(self.row, at, &column.heading, &format)?;
        }
        self.sheet.set_repeat_rows(self.row, self.row)?;
        self.sheet.set_freeze_panes(self.row + 1, 0)?;
        self.row += 1;
        Ok(())
    }

    fn group(&mut self, group: &Group) -> Result<(), XlsxError> {
        if let Some(heading) = &group.heading {
            let format = bordered().set_bold().set_align(FormatAlign::Left);
            self.across(heading, &format)?;
        }
        let formats: Vec<Format> = self.doc.columns.iter().map(cell_format).collect();
        for values in &group.rows {
            self.values(values, &formats)?;
        }
        if let Some(values) = &group.total {
            let bold: Vec<Format> = formats.into_iter().map(Format::set_bold).collect();
            self.values(values, &bold)?;
        }
        Ok(())
    }

    fn values(&mut self, values: &[Value], formats: &[Format]) -> Result<(), XlsxError> {
        for (at, (value, format)) in (0..).zip(values.iter().zip(formats)) {
            let (sheet, row) = (&mut *self.sheet, self.row);
            match value {
                Value::Empty => sheet.write_blank(row, at, format)?,
                Value::Text(text) => sheet.write_string_with_format(row, at, text, format)?,
                Value::Count(count) => {
                    sheet.write_number_with_format(row, at, *count as f64, format)?
                }
                Value::Number(thousandths) => {
                    let number = *thousandths as f64 / 1000.0;
                    sheet.write_number_with_format(row, at, number, format)?
                }
                Value::Day(day) if day.year() >= 1900 => {
                    sheet.write_datetime_with_format(row, at, excel_date(*day)?, format)?
                }
                // Excel knows no day before 1900.
                Value::Day(day) => {
                    sheet.write_string_with_format(row, at, day::show(*day), format)?
                }
            };
        }
        self.row += 1;
        Ok(())
    }
}

fn bordered() -> Format {
    Format::new()
        .set_font_name(FONT)
        .set_font_size(12)
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
}

/// Excel writes the decimal sign of its own language; in Vietnamese that is the comma.
fn cell_format(column: &super::ColumnSpec) -> Format {
    let align = match column.align {
        Align::Left => FormatAlign::Left,
        Align::Centre => FormatAlign::Center,
        Align::Right => FormatAlign::Right,
    };
    let shown = match column.kind {
        Kind::Text => "@",
        Kind::Count | Kind::Decimal(0) => "#,##0",
        Kind::Decimal(1) => "#,##0.0",
        Kind::Decimal(2) => "#,##0.00",
        Kind::Decimal(_) => "#,##0.000",
        Kind::Day => "dd/mm/yyyy",
    };
    bordered().set_align(align).set_num_format(shown)
}
