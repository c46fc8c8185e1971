//! Any bytes at all: recognised by content, and never a panic.

use crate::trial::{beside, excel, packed, parts, unpacked};
use crate::{BadFile, Limits, list, read};
use proptest::prelude::*;
use std::sync::LazyLock;
use tram_domain::roster::Listed;

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

/// Reads and parses whatever can be read; the answer does not matter, coming back does.
fn survive(bytes: &[u8]) {
    let Ok(book) = read(bytes, &Limits::default()) else { return };
    for (index, mapping) in list::lists(&book, &list::Kind::People) {
        let sheet = &book.sheets[index];
        mapping.findings();
        list::doubts(sheet, &mapping);
        for row in list::parse::<Listed>(sheet, &mapping, beside()) {
            let wrong = row.findings.iter().any(|f| f.severity == tram_kernel::Severity::Error);
            assert_eq!(wrong, row.listed.is_none(), "{row:?}");
            assert!(row.findings.iter().all(|f| f.row == Some(row.number) && f.field.is_some()));
        }
    }
}

const ROWS: [&[&str]; 5] = [
    &["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Dân tộc", "Thôn", "Điện thoại"],
    &[
        "n:1",
        "Nguyễn Thị Hòa",
        "Nữ",
        "d:1960-01-16",
        "001160012345",
        "Kinh",
        "Nà Lầu",
        "0912345678",
    ],
    &["n:2", "GIÀNG A PÁO", "nam", "n:1955", "n:1155012345", "Mông", "Nà Lầu", "n:912345678"],
    &["n:3", "Lò Văn Thưởng", "Nam", "30/02/2026", "1.00199E+11", "Thái", "Bản Phố", ""],
    &["", "Tổng cộng", "n:3"],
];

fn csv() -> Vec<u8> {
    let lines: Vec<String> =
        ROWS.iter().map(|row| row.join(";").replace("n:", "").replace("d:", "")).collect();
    lines.join("\n").into_bytes()
}

type Changes = Vec<(prop::sample::Index, u8)>;

fn change(bytes: &mut [u8], changes: &Changes) {
    for (at, byte) in changes {
        let at = at.index(bytes.len());
        bytes[at] = *byte;
    }
}

fn changes() -> impl Strategy<Value = Changes> {
    let byte = prop_oneof![any::<u8>(), prop::sample::select(b"<>/\"= 0123456789AZrs".to_vec())];
    prop::collection::vec((any::<prop::sample::Index>(), byte), 0..12)
}

proptest! {
    // A failure prints the shrunk input and leaves its seed in a file; PROPTEST_CASES asks for more.
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(400),
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_bytes_never_panic(
        start in prop::sample::select(vec![&b""[..], b"PK\x03\x04", b"\xFF\xFE", b"\xEF\xBB\xBF", b"a;b\n"]),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        survive(&[start, &bytes].concat());
    }

    #[test]
    fn changed_csv_never_panics(changes in changes(), cut in any::<prop::sample::Index>()) {
        let mut bytes = csv();
        change(&mut bytes, &changes);
        survive(&bytes);
        survive(&bytes[..cut.index(bytes.len())]);
    }

    #[test]
    fn changed_archives_never_panic(changes in changes(), cut in any::<prop::sample::Index>()) {
        static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| excel(&ROWS));
        let mut bytes = WHOLE.clone();
        change(&mut bytes, &changes);
        survive(&bytes);
        survive(&bytes[..cut.index(bytes.len())]);
    }

    /// The XML itself is changed and packed anew, so the spreadsheet library really reads it.
    #[test]
    fn changed_parts_never_panic(part in 0usize..6, changes in changes()) {
        let row = |n: u32| format!(
            "<row r=\"{n}\" spans=\"1:4\"><c r=\"A{n}\" t=\"inlineStr\"><is><t>Họ tên</t></is></c>\
             <c r=\"B{n}\" s=\"1\"><v>22000</v></c><c r=\"C{n}\"><f>A{n}</f><v>1.5E+3</v></c>\
             <c r=\"D{n}\" t=\"b\"><v>1</v></c></row>"
        );
        let mut parts = parts(&(1..6).map(row).collect::<String>());
        change(&mut parts[part].1, &changes);
        survive(&packed(parts, &[]));
    }

    #[test]
    fn changed_parts_of_a_real_file_never_panic(
        part in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        static PARTS: LazyLock<Vec<(String, Vec<u8>)>> =
            LazyLock::new(|| unpacked(&excel(&ROWS)));
        let mut parts = PARTS.clone();
        let at = part.index(parts.len());
        change(&mut parts[at].1, &changes);
        survive(&packed(parts, &[]));
    }

    #[test]
    fn any_cells_parse_without_panic(
        rows in prop::collection::vec(prop::collection::vec("\\PC{0,14}|[0-9/.-]{0,12}|x|Nam|1960", 8), 1..8)
    ) {
        let body: Vec<String> = rows.iter().map(|row| row.join("\t").replace('"', "")).collect();
        let head = ROWS[0].join("\t");
        survive(format!("{head}\n{}", body.join("\n")).as_bytes());
    }
}
