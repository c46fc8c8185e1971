//! Any uploaded table: what it is, by its content and never by its name.

use crate::{BadFile, Limits, Workbook, csv, encoding, old_font, xlsx};

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// First bytes of files that people mistake for tables.
const OTHERS: [(&[u8], &str); 7] = [
    (b"%PDF", "pdf"),
    (b"\xFF\xD8\xFF", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"Rar!", "zip"),
    (b"7z\xBC\xAF\x27\x1C", "zip"),
    (b"\x1F\x8B", "zip"),
];

/// Reads an .xlsx or a CSV into cells.
///
/// What was typed in a font from before Unicode is converted where that is certain.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Workbook, BadFile> {
    let mut workbook = cells(bytes, limits)?;
    old_font::convert_all(&mut workbook);
    Ok(workbook)
}

fn cells(bytes: &[u8], limits: &Limits) -> Result<Workbook, BadFile> {
    limits.check_size(bytes)?;
    if bytes.starts_with(ZIP) || bytes.starts_with(EMPTY_ZIP) {
        return xlsx::read(bytes, limits);
    }
    if bytes.starts_with(OLE) {
        return Err(if is_encrypted(bytes) { BadFile::Password } else { BadFile::OldExcel });
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(BadFile::NotATable { kind });
    }
    let (text, encoding) = encoding::decode(bytes)?;
    check_markup(&text)?;
    csv::read(&text, encoding, limits)
}

/// An .xlsx with a password is an OLE container with a stream of this name, in UTF-16.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|w| w == name)
}

/// Web pages and XML saved under a table's name.
fn check_markup(text: &str) -> Result<(), BadFile> {
    let start = text.trim_start().get(..9).unwrap_or_default().to_ascii_lowercase();
    let has_dtd = || text.contains("<!DOCTYPE") || text.contains("<!ENTITY");
    match start.as_str() {
        s if s.starts_with("<?xml") && has_dtd() => Err(BadFile::XmlDtd),
        s if s.starts_with("<?xml") => Err(BadFile::NotATable { kind: "xml" }),
        s if ["<html", "<!doctype", "<table", "<head", "<meta"]
            .iter()
            .any(|m| s.starts_with(m)) =>
        {
            Err(BadFile::NotATable { kind: "html" })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
