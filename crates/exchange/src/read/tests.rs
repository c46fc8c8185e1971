//! Any bytes at all: recognised by content, and never a panic.

use crate::{BadFile, Limits, read};

#[test]
fn files_are_told_apart_by_content() {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    for (bytes, expected) in [
        ([ole.clone(), vec![0; 500], encrypted].concat(), BadFile::Password),
        ([ole, vec![0; 500]].concat(), BadFile::OldExcel),
        (b"%PDF-1.7".to_vec(), BadFile::NotATable { kind: "pdf" }),
        (b"\xFF\xD8\xFF\xE0".to_vec(), BadFile::NotATable { kind: "image" }),
        (b"Rar!\x1A\x07".to_vec(), BadFile::NotATable { kind: "zip" }),
        (b"\n<html><table>".to_vec(), BadFile::NotATable { kind: "html" }),
        (b"<!DOCTYPE html>".to_vec(), BadFile::NotATable { kind: "html" }),
        (b"<?xml version=\"1.0\"?><Workbook/>".to_vec(), BadFile::NotATable { kind: "xml" }),
        (b"<?xml version=\"1.0\"?><!DOCTYPE a []>".to_vec(), BadFile::XmlDtd),
        ((0..=255).cycle().take(5_000).map(|b: u8| b.wrapping_mul(77)).collect(), BadFile::Corrupt),
        (Vec::new(), BadFile::Empty),
    ] {
        let message = format!("{:02X?}", &bytes[..bytes.len().min(12)]);
        assert_eq!(read(&bytes, &Limits::default()), Err(expected), "{message}");
    }
}
