//! Real bytes in every encoding a station may send.

use crate::{BadFile, Encoding, Limits, read};

const LIST: &str =
    "Họ và tên;Giới tính;Ngày sinh\r\nNguyễn Thị Hòa;Nữ;16/01/1960\r\nĐào Văn Ửng;Nam;1955\r\n";

fn wide(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[track_caller]
fn reads(bytes: &[u8], expected: Encoding) {
    let book = read(bytes, &Limits::default()).expect("a table");
    assert_eq!(book.encoding, Some(expected));
    assert_eq!(book.sheets[0].rows[1].cell(0).text(), "Nguyễn Thị Hòa");
    assert_eq!(book.sheets[0].rows[2].cell(2).text(), "1955");
}

#[test]
fn unicode_is_read_with_and_without_its_mark() {
    reads(LIST.as_bytes(), Encoding::Utf8);
    reads(&[b"\xEF\xBB\xBF", LIST.as_bytes()].concat(), Encoding::Utf8);
    let (le, be) = (wide(LIST, u16::to_le_bytes), wide(LIST, u16::to_be_bytes));
    reads(&le, Encoding::Utf16Le);
    reads(&be, Encoding::Utf16Be);
    reads(&[b"\xFF\xFE", &*le].concat(), Encoding::Utf16Le);
    reads(&[b"\xFE\xFF", &*be].concat(), Encoding::Utf16Be);
}

#[track_caller]
fn refused(bytes: &[u8], expected: BadFile) {
    assert_eq!(read(bytes, &Limits::default()), Err(expected), "{bytes:02X?}");
}

#[test]
fn damaged_unicode_is_refused_with_its_place() {
    let broken = [LIST.as_bytes(), b"Tr\xE1\xBA;1\r\n"].concat();
    refused(&broken, BadFile::InvalidUtf8 { byte: LIST.len() + 3, line: 4 });
    refused(b"a;b\n1;\xFF\n", BadFile::InvalidUtf8 { byte: 7, line: 2 });
    refused(b"\xEF\xBB\xBFa;b\n1;\xFF\n", BadFile::InvalidUtf8 { byte: 10, line: 2 });
    refused(b"a;b\nHoa\0;2\n", BadFile::InvalidUtf8 { byte: 8, line: 2 });
    let nul = wide("a;b\nHoa\0;2\nLan;3\n", u16::to_le_bytes);
    refused(&nul, BadFile::InvalidUtf8 { byte: 15, line: 2 });
    let lone = [wide(LIST, u16::to_le_bytes), vec![0x00, 0xD8], wide("c\n", u16::to_le_bytes)];
    refused(&lone.concat(), BadFile::Encoding { guess: "utf-16" });
    refused(b"\xFF\xFEa\0;\0b", BadFile::Encoding { guess: "utf-16" });
}

#[track_caller]
fn converts(bytes: &[u8], expected: Encoding, text: &str) {
    let book = read(bytes, &Limits::default()).expect("a table");
    assert_eq!(book.encoding, Some(expected), "{text}");
    let cells = book.sheets[0].rows.iter().flat_map(|row| (0..2).map(|at| row.cell(at).text()));
    assert_eq!(cells.collect::<Vec<_>>(), text.split(['|', '/']).collect::<Vec<_>>());
}

#[test]
fn encodings_from_before_unicode_are_converted() {
    // Made with iconv; VNI from its character set.
    let text = "Nguyễn Thị Hoà|Vũ Văn Đức/Lê Thị Lan|Trần Văn Bảo";
    let tcvn3 =
        b"Nguy\xD4n Th\xDE Ho\xB5;V\xF2 V\xA8n \xA7\xF8c\nL\xAA Th\xDE Lan;Tr\xC7n V\xA8n B\xB6o";
    let viscii =
        b"Nguy\xADn Th\xB8 Ho\xE0;V\xFB V\xE5n \xD0\xD1c\nL\xEA Th\xB8 Lan;Tr\xA5n V\xE5n B\xE4o";
    let windows = b"Nguy\xEA\xDEn Thi\xF2 Ho\xE0;Vu\xDE V\xE3n \xD0\xFD\xECc\n\
                    L\xEA Thi\xF2 Lan;Tr\xE2\xCCn V\xE3n Ba\xD2o";
    let vni = b"Nguye\xE3n Th\xF2 Hoa\xF8;Vu\xF5 Va\xEAn \xD1\xF6\xF9c\n\
                Le\xE2 Th\xF2 Lan;Tra\xE0n Va\xEAn Ba\xFBo";
    converts(tcvn3, Encoding::Tcvn3, text);
    converts(viscii, Encoding::Viscii, text);
    converts(windows, Encoding::Windows1258, text);
    converts(vni, Encoding::Vni, text);
}

#[test]
fn fonts_of_capitals_are_capitals() {
    let capitals = b"NGUY\xD4N TH\xDE HO\xB5;V\xF2 V\xA8N \xA7\xF8C\n\
                     L\xAA Th\xDE Y\xD5n;\xA4ng \xDDt V\xA8n";
    converts(capitals, Encoding::Tcvn3, "NGUYỄN THỊ HOÀ|VŨ VĂN ĐỨC/Lê Thị Yến|Ông ít Văn");
}

#[test]
fn what_cannot_be_told_or_converted_is_refused() {
    refused(b"caf\xE9;cr\xE8me\nna\xEFve;1", BadFile::Encoding { guess: "unknown" });
    let twice = "Nguyá»…n Thá»‹ HÃ²a;Tráº§n Äá»©c";
    refused(twice.as_bytes(), BadFile::Encoding { guess: "utf-8-twice" });
    // Looks like ABC, but B0 is no letter of it.
    let broken = b"Nguy\xD4n Th\xDE Ho\xB0;V\xA8n\nL\xAA Th\xDE Lan;Tr\xC7n V\xA8n B\xB6o";
    refused(broken, BadFile::Encoding { guess: "tcvn3" });
}
