//! Tables as they leave the house.

use super::*;
use crate::trial::unpacked;
use crate::{Cell, Limits, read};

fn doc() -> TableDoc {
    let column = |heading: &str, kind| ColumnSpec {
        heading: heading.into(),
        width: 12,
        align: if kind == Kind::Text { Align::Left } else { Align::Right },
        kind,
    };
    let text = |text: &str| Value::Text(text.into());
    TableDoc {
        sheet: "Tiêm/chủng [2026]".into(),
        unit: "Trạm Y tế A & B".into(),
        title: "BÁO CÁO THÁNG".into(),
        subtitle: vec!["Tháng 01/2026".into(), "Bộ định nghĩa 2026-01".into()],
        columns: vec![
            column("Chỉ tiêu", Kind::Text),
            column("Số lượng", Kind::Count),
            column("Tỷ lệ %", Kind::Decimal(1)),
            column("Ngày", Kind::Day),
        ],
        groups: vec![Group {
            heading: Some("I. Trẻ em".into()),
            rows: vec![
                vec![text("Sinh"), Value::Count(1_754), Value::Number(94_440), day("2026-01-16")],
                vec![text("=HYPERLINK(\"x\")"), Value::Count(-3), Value::Empty, day("1899-05-01")],
                vec![text("@SUM; \"a\""), Value::Empty, Value::Number(-1_234_567), Value::Empty],
            ],
            total: Some(vec![text("Cộng"), Value::Count(1_751), Value::Empty, Value::Empty]),
        }],
        orientation: Orientation::Landscape,
        made_on: "2026-02-01".parse().expect("a date"),
    }
}

fn day(iso: &str) -> Value {
    Value::Day(iso.parse().expect("a date"))
}

#[test]
fn an_excel_table_reads_back_and_holds_no_formula() {
    let bytes = excel_table(&doc()).expect("a table");
    let book = read(&bytes, &Limits::default()).expect("a workbook");
    assert_eq!(book.sheets[0].name, "Tiêmchủng 2026");
    let shown: Vec<String> = book.sheets[0]
        .rows
        .iter()
        .map(|row| row.cells.iter().map(Cell::show).collect::<Vec<_>>().join("|"))
        .collect();
    assert_eq!(
        shown,
        [
            "BÁO CÁO THÁNG",
            "Tháng 01/2026",
            "Bộ định nghĩa 2026-01",
            "Chỉ tiêu|Số lượng|Tỷ lệ %|Ngày",
            "I. Trẻ em",
            "Sinh|1754|94.44|16/01/2026",
            "=HYPERLINK(\"x\")|-3||01/05/1899",
            "@SUM; \"a\"||-1234.567",
            "Cộng|1751",
        ]
    );
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && sheet.contains("orientation=\"landscape\""));
    assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("A &amp;&amp; B"));
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(excel_table(&doc()) == excel_table(&doc()), "the same bytes every time");
}

fn part(bytes: &[u8], name: &str) -> String {
    let parts = unpacked(bytes);
    let (_, bytes) = parts.into_iter().find(|(n, _)| n == name).expect("the part");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn a_csv_table_is_harmless_and_reads_back() {
    let bytes = csv_table(&doc()).expect("a table");
    let text = std::str::from_utf8(&bytes).expect("UTF-8");
    assert_eq!(
        text,
        "\u{FEFF}Chỉ tiêu;Số lượng;Tỷ lệ %;Ngày\r\n\
         Sinh;1754;94,4;16/01/2026\r\n\
         \"'=HYPERLINK(\"\"x\"\")\";-3;;01/05/1899\r\n\
         \"'@SUM; \"\"a\"\"\";;-1234,6;\r\n"
    );
    let book = read(&bytes, &Limits::default()).expect("a table");
    assert_eq!(book.sheets[0].rows[2].cell(0).text(), "=HYPERLINK(\"x\")");
}

#[test]
fn tables_that_cannot_be_written_are_refused() {
    let mut narrow = doc();
    narrow.groups[0].rows[1].pop();
    let expected = BadTable::Width { row: 2, expected: 4, found: 3 };
    assert_eq!(excel_table(&narrow), Err(expected.clone()));
    assert_eq!(csv_table(&narrow), Err(expected));
    let mut long = doc();
    long.groups[0].rows[0][0] = Value::Text("a".repeat(40_000));
    assert!(matches!(excel_table(&long), Err(BadTable::TooLarge(_))));
    let mut bare = doc();
    bare.sheet = "///".into();
    bare.columns.truncate(1);
    bare.groups.clear();
    assert!(excel_table(&bare).is_ok());
}
