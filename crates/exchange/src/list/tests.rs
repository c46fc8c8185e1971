//! Whole rows: what a person becomes, and what is said when they do not.

use super::*;
use crate::trial::{beside, excel};
use crate::{Limits, read};
use tram_domain::roster::Listed;
use tram_kernel::Severity;

fn parsed(rows: &[&[&str]]) -> Vec<ParsedRow<Listed>> {
    let book = read(&excel(rows), &Limits::default()).expect("a workbook");
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
    parse::<Listed>(&book.sheets[index], &mapping, beside())
}

const HEADINGS: &[&str] = &[
    "Họ và tên",
    "Giới tính",
    "Ngày sinh",
    "Số CCCD",
    "Dân tộc",
    "Quan hệ với chủ hộ",
    "Số hộ",
    "Diện hộ",
    "Tình trạng cư trú",
    "Nghề nghiệp",
    "Thôn",
    "Ở từ ngày",
];

/// What is said about a row, as `severity field code`.
fn said(row: &ParsedRow<Listed>) -> Vec<String> {
    let one = |f: &tram_kernel::Finding| {
        format!("{} {} {}", f.severity.code(), f.field.as_deref().unwrap_or("?"), f.message.code)
    };
    row.findings.iter().map(one).collect()
}

/// Goal: one line per situation, cells separated by `|`, then what is said, separated by `;`.
#[track_caller]
fn check(line: &str) {
    let (cells, expected) = line.split_once("=>").expect("a `=>`");
    let cells: Vec<&str> = cells.split('|').map(str::trim).collect();
    let rows = parsed(&[HEADINGS, &cells]);
    assert_eq!(rows.len(), 1, "{line}");
    assert_eq!(said(&rows[0]).join("; "), expected.trim(), "{line}");
    let wrong = rows[0].findings.iter().any(|f| f.severity == Severity::Error);
    assert_eq!(rows[0].listed.is_none(), wrong, "{line}");
}

#[test]
fn a_full_row_becomes_a_person() {
    let rows = parsed(&[
        &[
            "Họ và tên",
            "Giới tính",
            "Ngày sinh",
            "Số CCCD",
            "Dân tộc",
            "Quan hệ",
            "Số hộ",
            "Diện hộ",
            "Cư trú",
            "Nghề",
            "Thôn",
            "Ở từ ngày",
            "Số thẻ BHYT",
            "Hạn thẻ",
            "SĐT",
            "Tên mẹ",
            "Địa chỉ",
        ],
        &[
            "NGUYỄN  THỊ HÒA",
            "Nữ",
            "d:1960-01-16",
            "001 160 012 345",
            "n:1",
            "vợ",
            "n:12",
            "cận nghèo",
            "KT1",
            "làm ruộng",
            "Nà  Lầu",
            "01/02/2020",
            "GD4011234567890",
            "31/12/2026",
            "n:912345678",
            "Lê Thị Ba",
            "Số 5, đường 3/2",
        ],
    ]);
    assert_eq!(said(&rows[0]), Vec::<String>::new());
    let listed = rows[0].listed.as_ref().expect("nothing wrong");
    assert_eq!((listed.row, listed.name.as_str()), (2, "Nguyễn Thị Hòa"));
    assert_eq!(listed.born.show(), "16/01/1960");
    assert_eq!(listed.citizen.as_ref().map(|c| c.value()), Some("001160012345"));
    let codes = [
        &listed.ethnicity,
        &listed.relation,
        &listed.household,
        &listed.poverty,
        &listed.occupation,
    ];
    assert_eq!(codes.map(|c| c.as_deref().unwrap_or("")), ["01", "2", "12", "near_poor", "61"]);
    assert_eq!(listed.residence.map(|r| r.code()), Some("permanent"));
    assert_eq!(listed.village.as_deref(), Some("Nà Lầu"));
    assert_eq!(listed.phone.as_deref(), Some("0912345678"));
    assert_eq!(listed.mother_name.as_deref(), Some("Lê Thị Ba"));
}

#[test]
fn errors_name_row_and_field() {
    check("| Nam | 1960 => error name row-name-missing");
    check("123 | Nam | 1960 => error name row-name-invalid");
    check("n:5 | Nam | 1960 => error name row-name-invalid");
    check("Hoa\u{200B} | Nữ | 1960 => error name row-hidden-characters");
    check("\u{202E}Hoa | Nữ | 1960 => error name row-hidden-characters");
    check("Lª ThÞ Hoa | Nữ | 1960 => ");
    check("H¢y ¾ Hoa | Nữ | 1960 => error name row-legacy-font");
    check("Hoa | | 1960 => error sex row-sex-missing");
    check("Hoa | Khác | 1960 => error sex row-sex-unknown");
    check("Hoa | n:3 | 1960 => error sex row-sex-unknown");
    check("Hoa | Nữ | => error born row-born-missing");
    check("Hoa | Nữ | 30/02/2026 => error born row-date-no-such-day");
    check("Hoa | Nữ | 01/01/2027 => error born row-born-future");
    check("Hoa | Nữ | 1960 | n:1160012345 => error citizen row-citizen-spreadsheet");
    check("Hoa | Nữ | 1960 | 1.00199E+11 => error citizen row-citizen-exponent");
    check("Hoa | Nữ | 1960 | d:2020-01-01 => error citizen row-cell-date");
    check("Hoa | Nữ | 1960 | | | | d:2026-02-01 => error household row-cell-date");
    check("Hoa | Nữ | 1960 | | | | | | | | | 01/01/2027 => error since row-date-future");
    check(
        "Hoa | | | 12 => error sex row-sex-missing; error born row-born-missing; error citizen row-citizen-length",
    );
}

#[test]
fn warnings_keep_the_person() {
    check("Hoa | Nữ | 1960 | 001085012345 => warning citizen row-citizen-contradicts");
    check("Hoa | Nữ | 1960 | 001160012345 => ");
    check("Hoa | Nữ | 1960 | 012345678 => warning citizen row-citizen-old-card");
    check("Hoa 2 | Nữ | 1960 => warning name row-name-digit");
    check("Hoa | Nữ | n:21931 => warning born row-date-serial");
    check("Hoa | Nữ | 1960 | | Klingon => warning ethnicity row-ethnicity-unknown");
    check("Hoa | Nữ | 1960 | | | hàng xóm => warning relation row-relation-unknown");
    check("Hoa | Nữ | 1960 | | | | | giàu => warning poverty row-poverty-unknown");
    check("Hoa | Nữ | 1960 | | | | | | lang thang => warning residence row-residence-unknown");
    check("Hoa | Nữ | 1960 | | | | | | | phi công => warning occupation row-occupation-unknown");
    check(
        "Hoa | Nữ | 1960 | | - | không rõ | | không | | - => warning relation row-relation-unknown",
    );
}

#[test]
fn words_are_found_by_code_name_and_spelling() {
    for (column, typed, code) in [
        (4, "Kinh", "01"),
        (4, "n:1", "01"),
        (4, "8", "08"),
        (4, "H'Mông", "08"),
        (4, "MÔNG", "08"),
        (4, "không rõ", "99"),
        (4, "Êđê", "12"),
        (4, "Dân tộc Thái", "03"),
        (4, "Hmông(Mèo)", "08"),
        (5, "n:0", "0"),
        (5, "chủ hộ", "1"),
        (5, "Con trai", "3"),
        (9, "HSSV", "HS"),
    ] {
        let mut cells = vec!["Hoa", "Nữ", "1960", "", "", "", "", "", "", ""];
        cells[column] = typed;
        let rows = parsed(&[HEADINGS, &cells]);
        let listed = rows[0].listed.as_ref().expect("nothing wrong");
        let found =
            [&listed.ethnicity, &listed.relation, &listed.occupation].into_iter().flatten().next();
        assert_eq!(found.map(String::as_str), Some(code), "{typed}");
    }
}

#[test]
fn one_name_in_two_encodings_is_one_name() {
    let nfd = "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a";
    let rows = parsed(&[
        &["Ho\u{323} và tên", "Giới tính", "Năm sinh"],
        &[nfd, "Nu\u{31B}\u{303}", "1960"],
    ]);
    assert_eq!(rows[0].listed.as_ref().map(|l| l.name.as_str()), Some("Nguyễn Thị Hòa"));
}

#[test]
fn nobody_comes_out_of_blank_lines_totals_and_signatures() {
    let rows = parsed(&[
        &["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Dân tộc"],
        &["I", "Thôn Nà Lầu"],
        &["n:1", "Nguyễn Văn An", "Nam", "1960"],
        &["II", "", "", "", ""],
        &["Bản Phố"],
        &["n:2", "Tống Thị Tổng", "Nữ", "1970"],
        &["n:3"],
        &["", "Bàn Thị Mẩy", "", ""],
        &["", "Tổng cộng: 2 người", "n:2"],
        &["", "", "", "Ngày 15 tháng 01 năm 2026"],
        &["", "Người lập biểu", "", "TRƯỞNG TRẠM"],
        &["", "Lê Thị Cúc", "", "Trần Văn Dũng"],
        &["n:4", "Lò Văn Ín", "Nam", "1990"],
    ]);
    let numbers: Vec<u32> = rows.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [3, 6, 8, 13]);
    let villages: Vec<Option<String>> =
        rows.iter().map(|r| r.listed.as_ref().and_then(|l| l.village.clone())).collect();
    assert_eq!(villages[..2], [Some("Thôn Nà Lầu".into()), Some("Bản Phố".into())]);
    assert_eq!(said(&rows[2]), ["error sex row-sex-missing", "error born row-born-missing"]);
}

#[test]
fn columns_of_marks_stand_for_a_word() {
    let rows = parsed(&[
        &["Họ và tên", "Nam", "Nữ", "Năm sinh", "Hộ nghèo", "Hộ cận nghèo"],
        &["An", "x", "", "1960", "x", ""],
        &["Bình", "", "X", "1961", "", "1"],
        &["Chi", "", "", "1962", "không", ""],
        &["Dũng", "x", "x", "1963"],
    ]);
    let seen: Vec<String> = rows
        .iter()
        .map(|r| match &r.listed {
            Some(l) => format!("{}{}", l.sex.code(), l.poverty.as_deref().unwrap_or("")),
            None => said(r).join("; "),
        })
        .collect();
    assert_eq!(
        seen,
        ["mpoor", "fnear_poor", "error sex row-sex-missing", "error sex row-sex-both"]
    );
}

#[test]
fn the_birth_date_may_stand_in_the_column_of_the_sex() {
    let rows = parsed(&[
        &["Họ và tên", "Năm sinh", ""],
        &["", "Nam", "Nữ"],
        &["An", "n:1960", ""],
        &["Bình", "", "16/01/1961"],
        &["Chi", "", ""],
        &["Dũng", "n:1960", "n:1961"],
    ]);
    let seen: Vec<String> = rows
        .iter()
        .map(|r| match &r.listed {
            Some(l) => format!("{} {}", l.sex.code(), l.born.show()),
            None => said(r).join("; "),
        })
        .collect();
    assert_eq!(
        seen,
        [
            "m 1960",
            "f 16/01/1961",
            "error sex row-sex-missing; error born row-born-missing",
            "error sex row-sex-both",
        ]
    );
}

#[test]
fn where_only_women_are_marked_the_others_are_men() {
    let rows =
        parsed(&[&["Họ và tên", "Nữ", "Năm sinh"], &["An", "", "1960"], &["Bình", "x", "1961"]]);
    let sexes: Vec<_> = rows.iter().map(|r| r.listed.as_ref().map(|l| l.sex.code())).collect();
    assert_eq!(sexes, [Some("m"), Some("f")]);
}

#[test]
fn whole_sheets_can_be_doubtful() {
    let doubted = |rows: &[&[&str]]| -> Vec<&str> {
        let book = read(&excel(rows), &Limits::default()).expect("a workbook");
        let (index, mapping) = lists(&book, &Kind::People).remove(0);
        doubts(&book.sheets[index], &mapping).iter().map(|f| f.message.code).collect()
    };
    let heading: &[&str] = &["Họ và tên", "Giới tính", "Ngày sinh"];
    let fonts = doubted(&[
        heading,
        // Signs of no font that can be converted.
        &["Nguy¾¾n V¾¾n An", "Nam", "1960"],
        &["Tr¾¾n Hoa", "Nam", "1961"],
        &["L\u{EA} V\u{E2}n B\u{1EA3}o", "Nam", "1962"],
        &["Ph¾¾m Long", "Nam", "1963"],
    ]);
    assert_eq!(fonts, ["sheet-legacy-font"]);
    let mut rows = vec![heading];
    for row in [["A", "Nam", "d:1960-03-05"], ["B", "Nam", "25/03/1960"]].iter().cycle().take(12) {
        rows.push(row);
    }
    assert_eq!(doubted(&rows), ["sheet-dates-swapped"]);
    rows.push(&["C", "Nam", "d:1960-03-25"]);
    assert_eq!(doubted(&rows), Vec::<&str>::new());
    let mut rows: Vec<&[&str]> = vec![&["Họ và tên", "Số hộ", "Giới tính"]];
    rows.extend(
        [["A", "12", "Nam"], ["B", "", "Nữ"], ["C", "", "Nữ"]]
            .iter()
            .cycle()
            .take(9)
            .map(|r| &r[..]),
    );
    assert_eq!(doubted(&rows), ["sheet-household-gaps"]);
}

#[test]
fn a_household_merged_over_its_rows_belongs_to_all_of_them() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let plain = rust_xlsxwriter::Format::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Số hộ", "Họ tên", "Giới tính", "Năm sinh"]).expect("in range");
    for row in 1..=5 {
        sheet.write_row(row, 1, ["An", "Nam", "1960"]).expect("in range");
    }
    sheet.merge_range(1, 0, 3, 0, "12", &plain).expect("in range");
    sheet.write_string(4, 0, "13").expect("in range");
    let bytes = workbook.save_to_buffer().expect("in memory");
    let book = read(&bytes, &Limits::default()).expect("a workbook");
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
    let rows = parse::<Listed>(&book.sheets[index], &mapping, beside());
    let households: Vec<_> = rows
        .iter()
        .map(|r| r.listed.as_ref().and_then(|l| l.household.as_deref()).unwrap_or("-"))
        .collect();
    assert_eq!(households, ["12", "12", "12", "13", "-"]);
}

#[test]
fn every_sheet_with_the_required_columns_is_a_list() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, headings) in [
        ("Bìa", ["Trạm Y tế", "", ""]),
        ("Thôn 1", ["Họ tên", "Giới tính", "Năm sinh"]),
        ("Thôn 2", ["Họ tên", "Phái", "Ngày sinh"]),
        ("Tổng hợp", ["Thôn", "Họ tên", "Số hộ"]),
    ] {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name");
        sheet.write_row(0, 0, headings).expect("in range");
        sheet.write_row(1, 0, ["An", "Nam", "1960"]).expect("in range");
    }
    let bytes = workbook.save_to_buffer().expect("in memory");
    let book = read(&bytes, &Limits::default()).expect("a workbook");
    assert_eq!(
        lists(&book, &Kind::People).iter().map(|(index, _)| *index).collect::<Vec<_>>(),
        [1, 2]
    );
}

fn kind_of_rows(rows: &[&[&str]]) -> Kind {
    kind_by_headings(&read(&excel(rows), &Limits::default()).expect("a workbook"))
}

#[test]
fn what_a_file_lists_is_told_by_its_headings() {
    let of = |headings: &[&str]| kind_of_rows(&[headings, &["x"; 8]]);
    assert_eq!(of(&["Họ và tên", "Giới tính", "Ngày sinh", "Số thẻ BHYT"]), Kind::People);
    assert_eq!(of(&["Họ và tên", "Ngày sinh", "Tên vắc xin", "Ngày tiêm"]), Kind::Vaccinations);
    assert_eq!(of(&["Họ tên", "Ngày sinh", "Mã thẻ BHYT", "Từ ngày", "Đến ngày"]), Kind::Cards);
    assert_eq!(of(&["Số hộ", "Họ tên chủ hộ", "Diện hộ", "Từ ngày"]), Kind::Households);
    assert_eq!(of(&["Cân nặng", "Chiều cao"]), Kind::People);
}

#[test]
fn a_sheet_of_one_village_gives_it_to_its_rows() {
    let book = read(
        &excel(&[&["Họ tên", "Giới tính", "Năm sinh"], &["An", "Nam", "1960"]]),
        &Limits::default(),
    );
    let book = book.expect("a workbook");
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
    let named = Beside { village: Some("Khe Pháo"), sheet: 2, ..beside() };
    let rows = parse::<Listed>(&book.sheets[index], &mapping, named);
    let listed = rows[0].listed.as_ref().expect("nothing wrong");
    assert_eq!(listed.village.as_deref(), Some("Khe Pháo"));
    assert_eq!((place::sheet(listed.row), place::row(listed.row)), (2, 2));
    let shown = cells(&book.sheets[index], &mapping, DayOrder::DayFirst, &rows[0]);
    assert!(shown.contains(&("village".into(), "Khe Pháo".into())), "{shown:?}");
}

#[test]
fn days_that_may_be_read_two_ways_are_asked_about() {
    let asked = |days: &[&str]| {
        let mut rows: Vec<Vec<&str>> = vec![vec!["Họ tên", "Giới tính", "Ngày sinh"]];
        rows.extend(days.iter().map(|day| vec!["An", "Nam", *day]));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let book = read(&excel(&rows), &Limits::default()).expect("a workbook");
        let (index, mapping) = lists(&book, &Kind::People).remove(0);
        unclear_days(&book.sheets[index], &mapping)
    };
    assert_eq!(asked(&["1960", "03/04/1960"]), Some("03/04/1960".into()));
    assert_eq!(asked(&["03/04/1960", "25/03/1960"]), None);
    assert_eq!(asked(&["05/05/1960", "1961"]), None);
    assert_eq!(asked(&["03/25/1960", "03/04/1960"]), Some("03/25/1960".into()));
    assert_eq!(asked(&["d:1960-03-04"]), None);
}

#[test]
fn refused_rows_corrected_in_place_read_back_by_themselves() {
    use crate::rejects::{Heads, Reject, rejects};
    let word = |text: &str| text.to_owned();
    let heads = Heads {
        name: word("Dòng cần sửa"),
        title: word("Các dòng cần sửa"),
        hint: word("Sửa rồi nhập lại"),
        sheet: word("Trang"),
        row: word("Dòng"),
        fields: word("Trường"),
        said: word("Điều thấy được"),
    };
    let cell = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    let row = Reject {
        sheet: word("Khe Pháo"),
        row: 7,
        wrong: vec![word("born")],
        fields: word("Ngày sinh"),
        said: word("Ngày không có trong lịch"),
        cells: vec![
            cell("name_start", "Hoàng Văn"),
            cell("name", "Páo"),
            cell("sex=m", "x"),
            cell("born", "30/02/1965"),
            cell("village", "Khe Pháo"),
        ],
    };
    let bytes = rejects(&Kind::People, &heads, std::slice::from_ref(&row));
    let again = |bytes: &[u8]| {
        let book = read(bytes, &Limits::default()).expect("a workbook");
        let (index, mapping) = lists(&book, &Kind::People).remove(0);
        assert!(mapping.by_template);
        parse::<Listed>(&book.sheets[index], &mapping, beside())
    };
    assert_eq!(said(&again(&bytes)[0]), ["error born row-date-no-such-day"]);
    let mut mended = row;
    mended.cells[3].1 = word("28/02/1965");
    let rows = again(&rejects(&Kind::People, &heads, &[mended]));
    let listed = rows[0].listed.as_ref().expect("nothing wrong");
    assert_eq!((listed.name.as_str(), listed.sex.code()), ("Hoàng Văn Páo", "m"));
    assert_eq!(listed.village.as_deref(), Some("Khe Pháo"));
}
