//! Real workbooks with the letters old fonts leave in them. The bytes of .VnTime come from iconv (TCVN5712-1),
//! those of VNI from its character set.

use crate::trial::excel;
use crate::{Encoding, Limits, Workbook, read};

fn book(rows: &[&[&str]]) -> Workbook {
    read(&excel(rows), &Limits::default()).expect("a workbook")
}

fn shown(book: &Workbook) -> Vec<String> {
    let row = |row: &crate::SheetRow| {
        row.cells.iter().map(crate::Cell::show).collect::<Vec<_>>().join("|")
    };
    book.sheets[0].rows.iter().map(row).collect()
}

const HEADS: &[&str] = &["Họ và tên", "Giới tính", "Năm sinh", "Thôn"];

#[test]
fn a_sheet_in_vntime_is_converted_headings_and_all() {
    let book = book(&[
        &["STT", "Hä vµ tªn", "Giíi tÝnh", "Ngµy sinh", "Sè hé", "D©n téc", "Quan hÖ víi chñ hé"],
        &["n:1", "NguyÔn ThÞ Hoµ", "N÷", "16/01/1960", "n:5", "Tµy", "Chñ hé"],
        &["n:2", "Vò V¨n §øc", "Nam", "1955", "n:5", "Kinh", "Bè"],
        &["n:3", "L\u{AD}êng ThÞ ¸nh", "N÷", "1990", "Sè 6", "M\u{AD}êng", "MÑ"],
    ]);
    assert_eq!(
        shown(&book),
        [
            "STT|Họ và tên|Giới tính|Ngày sinh|Số hộ|Dân tộc|Quan hệ với chủ hộ",
            "1|Nguyễn Thị Hoà|Nữ|16/01/1960|5|Tày|Chủ hộ",
            "2|Vũ Văn Đức|Nam|1955|5|Kinh|Bố",
            "3|Lường Thị ánh|Nữ|1990|Số 6|Mường|Mẹ",
        ]
    );
    let font = &book.sheets[0].old_font;
    assert!(font.unclear.is_empty());
    assert_eq!(font.converted[&(2, 1)], (Encoding::Tcvn3, "NguyÔn ThÞ Hoµ".to_owned()));
    let [(encoding, cells)] = font.counts()[..] else { panic!("{:?}", font.counts()) };
    assert_eq!((encoding, cells), (Encoding::Tcvn3, font.converted.len()));
}

#[test]
fn capitals_of_vntimeh_become_capitals() {
    let book = book(&[
        HEADS,
        &["NGUYÔN V¡N AN", "Nam", "n:1960", "Khe Pháo"],
        &["L£ THÞ HåNG", "Nữ", "n:1961", "Khe Pháo"],
        &["nguyÔn thÞ lan", "Nữ", "n:1962", "Khe Pháo"],
    ]);
    let names: Vec<&str> = book.sheets[0].rows[1..].iter().map(|r| r.cell(0).text()).collect();
    assert_eq!(names, ["NGUYỄN VĂN AN", "LÊ THỊ HỒNG", "nguyễn thị lan"]);
}

#[test]
fn a_sheet_in_vni_is_converted() {
    let book = book(&[
        &["Hoï vaø teân", "Giôùi tính", "Naêm sinh", "AÁp"],
        &["Nguyeãn Thò Hoàng", "Nöõ", "n:1960", "AÁp Ñoâng"],
        &["TRAÀN VAÊN ÑÖÙC", "Nam", "n:1955", "AÁp 3"],
        &["Vy Thò Lan", "Nöõ", "n:1970", "Phuù Myõ"],
    ]);
    assert_eq!(
        shown(&book),
        [
            "Họ và tên|Giới tính|Năm sinh|Ấp",
            "Nguyễn Thị Hồng|Nữ|1960|Ấp Đông",
            "TRẦN VĂN ĐỨC|Nam|1955|Ấp 3",
            "Vy Thị Lan|Nữ|1970|Phú Mỹ",
        ]
    );
    assert!(book.sheets[0].old_font.unclear.is_empty());
}

#[test]
fn right_names_among_old_ones_stay_as_they_are() {
    let book = book(&[
        HEADS,
        &["Nguyễn Thị Hòa", "Nữ", "n:1960", "Khe Pháo"],
        &["NguyÔn V¨n An", "Nam", "n:1961", "Khe Pháo"],
        &["Lê Thị Hà", "Nữ", "n:1962", "Khe Pháo"],
        &["Lò Hà", "Nữ", "n:1963", "Khe Pháo"],
        &["Traàn Vaên Bình", "Nam", "n:1964", "Khe Pháo"],
        &["Müller", "Nam", "n:1965", "Khe Pháo"],
    ]);
    let names: Vec<&str> = book.sheets[0].rows[1..].iter().map(|r| r.cell(0).text()).collect();
    let expected =
        ["Nguyễn Thị Hòa", "Nguyễn Văn An", "Lê Thị Hà", "Lò Hà", "Trần Văn Bình", "Müller"];
    assert_eq!(names, expected);
    let font = &book.sheets[0].old_font;
    assert_eq!(font.counts(), [(Encoding::Tcvn3, 1), (Encoding::Vni, 1)]);
}

#[test]
fn what_may_be_either_is_neither_converted_nor_trusted() {
    let book = book(&[
        HEADS,
        &["NguyÔn V¨n An", "Nam", "n:1961", "Th«n Trung"],
        &["TrÇn V¨n Bµo", "Nam", "n:1962", "Th«n Th\u{AD}îng"],
        // A right name in a list of old ones: as .VnTime it would be "Lờ Hỏ".
        &["Lê Hà", "Nữ", "n:1963", "Th«n H¹"],
    ]);
    assert_eq!(book.sheets[0].rows[3].cell(0).text(), "Lê Hà");
    assert!(book.sheets[0].old_font.unclear.contains(&(4, 0)));
    assert_eq!(book.sheets[0].rows[3].cell(3).text(), "Thôn Hạ");
}

#[test]
fn a_unicode_sheet_is_left_alone() {
    let rows: &[&[&str]] = &[
        HEADS,
        &["Lê Hà", "Nam", "n:1960", "Bò Hòn"],
        &["Vân Phú", "Nữ", "n:1961", "Xóm Sè"],
        &["José Müller", "Nam", "n:1962", "Thò"],
        &["Hoàng Yên", "Nữ", "n:1963", "Hoàng Hà"],
    ];
    let book = book(rows);
    assert!(book.sheets[0].old_font.converted.is_empty());
    assert!(book.sheets[0].old_font.unclear.is_empty());
    assert_eq!(book.sheets[0].rows[3].cell(0).text(), "José Müller");
}

#[test]
fn a_csv_of_such_letters_is_converted_too() {
    let text = "Hä vµ tªn;Giíi tÝnh;N¨m sinh\nNguyÔn ThÞ Hoµ;N÷;1960\n";
    let book = read(text.as_bytes(), &Limits::default()).expect("a table");
    assert_eq!(book.sheets[0].rows[1].cell(0).text(), "Nguyễn Thị Hoà");
    assert_eq!(book.encoding, Some(Encoding::Utf8));
}

#[test]
fn a_right_row_below_old_ones_keeps_what_may_be_either() {
    let book = book(&[
        HEADS,
        &["NguyÔn V¨n An", "Nam", "n:1961", "Th«n Sè 5"],
        &["TrÇn ThÞ Bµo", "N÷", "n:1962", "Sè 6"],
        &["Nguyễn Thị Hòa", "Nữ", "n:1963", "Sè 7"],
    ]);
    let villages: Vec<&str> = book.sheets[0].rows[1..].iter().map(|r| r.cell(3).text()).collect();
    assert_eq!(villages, ["Thôn Số 5", "Số 6", "Sè 7"]);
    assert!(book.sheets[0].old_font.unclear.is_empty());
}
