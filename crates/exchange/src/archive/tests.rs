//! Archives that nobody should unpack.

use crate::trial::{packed, parts, zip_of};
use crate::{BadFile, Limits, read};
use std::time::Instant;

/// Goal: every hostile archive is refused for its own reason, at once.
#[track_caller]
fn refused(bytes: &[u8], expected: &BadFile) {
    let start = Instant::now();
    assert_eq!(read(bytes, &Limits::default()).as_ref().err(), Some(expected));
    assert!(start.elapsed().as_secs() < 20, "{:?} unoptimised", start.elapsed());
}

fn with(name: &str, bytes: &[u8]) -> Vec<u8> {
    packed(parts("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), &[(name, bytes)])
}

#[test]
fn bombs_are_refused_before_they_unfold() {
    let small = Limits { unpacked: 1024 * 1024, ..Limits::default() };
    let name = "xl/media/image1.png";
    let mut bomb = with(name, &vec![b'0'; 2 * 1024 * 1024]);
    assert_eq!(read(&bomb, &small), Err(BadFile::ArchiveLimit));
    declare(&mut bomb, name, 10);
    assert!(read(&bomb, &small).is_err(), "whatever it declares");
    declare(&mut bomb, name, u32::MAX - 1);
    refused(&bomb, &BadFile::ArchiveLimit);
    refused(&zip_of(&[("0.zip", b"PK"), ("1.zip", b"PK")]), &BadFile::ArchiveLimit);
    let names: Vec<String> = (0..1_001).map(|n| format!("xl/{n}.xml")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|n| (n.as_str(), &b"<a/>"[..])).collect();
    refused(&zip_of(&many), &BadFile::ArchiveLimit);
}

/// Overwrites the declared size of a part in the central directory.
fn declare(zip: &mut [u8], name: &str, size: u32) {
    let at = zip.windows(4).enumerate().filter(|(_, w)| *w == b"PK\x01\x02").map(|(at, _)| at);
    let at: Vec<usize> = at.filter(|at| zip[at + 46..].starts_with(name.as_bytes())).collect();
    zip[at[0] + 24..at[0] + 28].copy_from_slice(&size.to_le_bytes());
}

#[test]
fn parts_that_would_cost_memory_later_are_refused() {
    let limit = &BadFile::ArchiveLimit;
    let strings = |count: &str| format!("<sst {count}><si><t>a</t></si></sst>").into_bytes();
    let name = "xl/sharedStrings.xml";
    refused(&with(name, &strings("uniqueCount=\"99999999999999\"")), limit);
    refused(&with(name, &strings("count='1' uniqueCount =  '99999999999999'")), limit);
    refused(&with(name, &strings(&format!("a=\"{}\"", "b".repeat(600)))), limit);
    refused(&with(name, "<x:si/>".repeat(2_000_001).as_bytes()), limit);
    let links = "<Relationship Id=\"a\"/>".repeat(100_001);
    refused(&with("xl/_rels/workbook.xml.rels", links.as_bytes()), limit);
    let long_text = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(300 * 1024));
    refused(&with(name, long_text.as_bytes()), limit);
    let font = format!("<font><name val=\"{}\"/></font>", "a".repeat(200_000));
    let styles = format!("<styleSheet><fonts>{font}</fonts>{}</styleSheet>", "<xf/>".repeat(1_000));
    refused(&with("xl/styles.xml", styles.as_bytes()), limit);
}

#[test]
fn xml_with_a_document_type_is_refused() {
    let laughs = r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha">]><sst/>"#;
    refused(&with("xl/sharedStrings.xml", laughs.as_bytes()), &BadFile::XmlDtd);
    let outside = r#"<!doctype a SYSTEM "file:///etc/passwd"><worksheet><sheetData/></worksheet>"#;
    refused(&with("xl/worksheets/sheet1.xml", outside.as_bytes()), &BadFile::XmlDtd);
    let wide: Vec<u8> = "<?xml?><!DOCTYPE a>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&with("xl/worksheets/sheet1.xml", &wide), &BadFile::Corrupt);
    refused(&with("xl/media/sheet.png", b"junk <x:sheetData>"), &BadFile::Corrupt);
}

#[test]
fn what_other_programs_keep_in_a_workbook_does_no_harm() {
    let mashup = format!("<?xml?><DataMashup>{}</DataMashup>", "QUJD".repeat(100_000));
    let wide: Vec<u8> = mashup.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("customXml/item1.xml", wide.as_slice()),
        ("xl/media/image1.svg", b"<!DOCTYPE svg><svg/>"),
        ("xl/embeddings/list.xlsx", b"PK\x03\x04"),
    ] {
        assert!(read(&with(name, bytes), &Limits::default()).is_ok(), "{name}");
    }
    refused(&with("customXml/item1.xml", b"<sheetData/>"), &BadFile::Corrupt);
}

#[test]
fn other_archives_are_named() {
    refused(&with("xl/vbaProject.bin", b"macro"), &BadFile::Macro);
    refused(&with("xl/macrosheets/sheet1.xml", b"<a/>"), &BadFile::Macro);
    refused(&zip_of(&[("word/document.xml", b"<a/>")]), &BadFile::NotATable { kind: "docx" });
    refused(&zip_of(&[("content.xml", b"<a/>")]), &BadFile::NotATable { kind: "ods" });
    refused(&zip_of(&[("xl/workbook.bin", b"")]), &BadFile::OldExcel);
    refused(&zip_of(&[("photo.jpg", b"")]), &BadFile::NotATable { kind: "zip" });
    refused(&zip_of(&[]), &BadFile::NotATable { kind: "zip" });
}

#[test]
fn a_part_locked_by_the_archive_itself_is_a_password() {
    let mut zip = with("xl/other.xml", b"<a/>");
    let entries: Vec<usize> =
        (0..zip.len() - 4).filter(|at| &zip[*at..at + 4] == b"PK\x01\x02").collect();
    for at in entries {
        zip[at + 8] |= 1;
    }
    refused(&zip, &BadFile::Password);
}

#[test]
fn names_that_lead_out_of_the_archive_are_refused() {
    for name in
        ["../../etc/passwd", "/etc/passwd", "C:\\x.xml", "xl\\..\\..\\x", "CON", "xl/nul.xml"]
    {
        refused(&with(name, b"x"), &BadFile::Path);
    }
}
