//! What the tests share: archives and workbooks made byte by byte, the shipped definitions.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;
use tram_defs::{Definitions, SourceFile};
use tram_kernel::Date;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

pub fn today() -> Date {
    "2026-11-21".parse().expect("a date")
}

/// What a list is read with.
pub fn beside() -> crate::list::Beside<'static> {
    let order = crate::list::DayOrder::DayFirst;
    crate::list::Beside { defs: defs(), today: today(), sheet: 0, order, village: None }
}

/// The definitions that ship with the program, read once.
pub fn defs() -> &'static Definitions {
    static DEFS: OnceLock<Definitions> = OnceLock::new();
    DEFS.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
        let mut files = Vec::new();
        walk(&root, &root, &mut files);
        Definitions::load(&files).expect("shipped definitions are right")
    })
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let relative = path.strip_prefix(root).expect("below the root");
            let text = std::fs::read_to_string(&path).expect("UTF-8");
            let path = relative.display().to_string().into();
            files.push(SourceFile { path, text: text.into() });
        }
    }
}

/// An archive of these parts.
pub fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let method = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, method).expect("a part");
        zip.write_all(bytes).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

/// The parts of an archive.
pub fn unpacked(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut parts = Vec::new();
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("whole");
        parts.push((part.name().expect("a name").into_owned(), bytes));
    }
    parts
}

pub const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
pub const RELS: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub const WORKBOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
/// Style 1 is a date, style 2 a duration.
pub const STYLES: &str = r#"<?xml version="1.0"?><styleSheet><fonts><font/></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;

/// The parts of a workbook with one sheet, given what stands inside `<sheetData>`.
pub fn parts(sheet_data: &str) -> Vec<(String, Vec<u8>)> {
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet><sheetData>{sheet_data}</sheetData></worksheet>"#
    );
    [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet),
    ]
    .map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()))
    .into()
}

/// Packs parts; `replaced` take the place of those of the same name, or come last.
pub fn packed(mut parts: Vec<(String, Vec<u8>)>, replaced: &[(&str, &[u8])]) -> Vec<u8> {
    for (name, bytes) in replaced {
        parts.retain(|(n, _)| n != name);
        parts.push(((*name).to_owned(), bytes.to_vec()));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect();
    zip_of(&parts)
}

/// A workbook with one sheet.
pub fn workbook(sheet_data: &str) -> Vec<u8> {
    packed(parts(sheet_data), &[])
}

/// Rows of text cells as a workbook; `d:2026-01-16` is a date, `n:12` a number, an empty text no cell.
pub fn excel(rows: &[&[&str]]) -> Vec<u8> {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if let Some(number) = cell.strip_prefix("n:") {
                let number: f64 = number.parse().expect("a number");
                sheet.write_number(row, column, number).expect("in range");
            } else if let Some(day) = cell.strip_prefix("d:") {
                let day: Date = day.parse().expect("a date");
                let (y, m, d) = (day.year() as u16, day.month() as u8, day.day() as u8);
                let day = ExcelDateTime::from_ymd(y, m, d).expect("a date Excel knows");
                sheet.write_datetime_with_format(row, column, &day, &date).expect("in range");
            } else if !cell.is_empty() {
                sheet.write_string(row, column, *cell).expect("in range");
            }
        }
    }
    workbook.save_to_buffer().expect("in memory")
}
