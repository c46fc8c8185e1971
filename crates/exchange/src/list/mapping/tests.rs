//! Headings as stations lay them out.

use super::*;
use crate::list::Kind;
use crate::trial::excel;
use crate::{Limits, list, read};

fn mapping(rows: &[&[&str]]) -> Mapping {
    let book = read(&excel(rows), &Limits::default()).expect("a workbook");
    list::lists(&book, &Kind::People).remove(0).1
}

/// `column letter:field` of every column that is used.
fn columns(mapping: &Mapping) -> String {
    let shown = |(index, column): (usize, &Column)| {
        let holds = match column.holds {
            Holds::Field(_) | Holds::Answer(_) => column.holds.code().into_owned(),
            Holds::NameStart => "name<".into(),
            Holds::Mark(field, code) => format!("{}={code}", field.code()),
            Holds::Aside | Holds::Unknown => return None,
        };
        Some(format!("{}:{holds}", letters(index)))
    };
    mapping.columns.iter().enumerate().filter_map(shown).collect::<Vec<_>>().join(" ")
}

fn codes(mapping: &Mapping) -> Vec<&'static str> {
    mapping.findings().iter().map(|f| f.message.code).collect()
}

#[test]
fn the_heading_may_stand_below_a_title() {
    let found = mapping(&[
        &["ỦY BAN NHÂN DÂN XÃ", "", "", "", ""],
        &["DANH SÁCH NHÂN KHẨU NĂM 2026"],
        &[],
        &["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD"],
        &["n:1", "Nguyễn Văn An", "Nam", "1960", ""],
    ]);
    assert_eq!(columns(&found), "B:name C:sex D:born E:citizen");
    assert_eq!((found.first_row, codes(&found)), (5, vec![]));
}

#[test]
fn the_birth_date_may_stand_under_nam_and_nu() {
    let found = mapping(&[
        &["TT", "Họ và tên", "Năm sinh", "", "Dân tộc", "Thẻ BHYT", "", ""],
        &["", "", "Nam", "Nữ", "", "Số thẻ", "Từ ngày", "Đến ngày"],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
        &["n:1", "Nguyễn Văn An", "n:1960", "", "Kinh"],
    ]);
    assert_eq!(
        columns(&found),
        "B:name C:sex=m D:sex=f E:ethnicity F:insurance G:insurance_from H:insurance_to"
    );
    assert_eq!((found.first_row, codes(&found)), (4, vec![]));
    assert_eq!(found.columns[3].heading, "Năm sinh – Nữ");
}

#[test]
fn a_row_of_data_is_no_second_heading() {
    let found = mapping(&[&["Họ và tên", "Giới tính", "Ngày sinh"], &["", "Nam", "n:1960"]]);
    assert_eq!((columns(&found).as_str(), found.first_row), ("A:name B:sex C:born", 2));
}

#[test]
fn what_is_missing_unknown_or_double_is_said() {
    let found = mapping(&[
        &["Họ tên", "Nữ", "Năm sinh", "Cân nặng", "Số CCCD", "Mã định danh", "Ghi chú"],
        &["A"],
    ]);
    let said: Vec<String> = found
        .findings()
        .iter()
        .map(|f| {
            format!(
                "{}:{}{:?}",
                f.severity.code(),
                f.message.code,
                f.message.args.first().map(|a| &a.1)
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "warning:sheet-only-femaleNone",
            "info:sheet-column-unknownSome(Text(\"D\"))",
            "warning:sheet-column-twiceSome(Text(\"F\"))",
        ]
    );
    let found = mapping(&[&["Họ tên", "Dân tộc"], &["A", "Kinh"]]);
    assert_eq!(codes(&found), ["sheet-column-missing", "sheet-column-missing"]);
    assert!(!found.is_complete());
    assert_eq!(codes(&mapping(&[&["Báo cáo"], &["n:1", "n:2"]])), ["sheet-heading-missing"]);
}

#[test]
fn the_person_may_say_what_a_column_holds() {
    let mut found = mapping(&[&["Họ tên", "Phái tính", "Năm sinh"], &["A", "Nam", "1960"]]);
    assert!(!found.is_complete());
    found.assign(1, Holds::Field(Field::Sex));
    assert!(found.is_complete());
}

#[test]
fn a_name_in_two_columns_and_a_birth_in_two_columns() {
    let found = mapping(&[
        &["Họ đệm", "Tên", "Giới tính", "Ngày sinh", "Năm sinh"],
        &["Lò Văn", "A", "Nam", "", "1960"],
    ]);
    assert_eq!(columns(&found), "A:name< B:name C:sex D:born E:born");
    assert_eq!(codes(&found), Vec::<&str>::new());
}

#[test]
fn columns_are_named_as_spreadsheets_do() {
    let names: Vec<String> = [0, 25, 26, 51, 701, 702].into_iter().map(letters).collect();
    assert_eq!(names, ["A", "Z", "AA", "AZ", "ZZ", "AAA"]);
}
