//! CSV as programs save it.

use crate::{BadFile, Limits, Workbook, read};

fn open(text: &str) -> Workbook {
    read(text.as_bytes(), &Limits::default()).expect("a table")
}

/// Goal: one line per way to write a table; rows as `number:cell|cell`.
#[track_caller]
fn rows(text: &str, expected: &str) {
    let book = open(text);
    let shown: Vec<String> = book.sheets[0]
        .rows
        .iter()
        .map(|row| {
            let cells: Vec<String> = row.cells.iter().map(|c| c.show()).collect();
            format!("{}:{}", row.number, cells.join("|"))
        })
        .collect();
    assert_eq!(shown.join(" "), expected, "{text:?}");
}

#[test]
fn separators_quotes_and_line_ends_are_recognised() {
    rows("a,b,c\n1,2,3\n", "1:a|b|c 2:1|2|3");
    rows("a;b\r\n1;2\r\n", "1:a|b 2:1|2");
    rows("a\tb\r1\t2\r", "1:a|b 2:1|2");
    rows(
        "a;b;c\n1;\"Thôn 1, xã A\";3\n2;\"Thôn 2, xã A\";4",
        "1:a|b|c 2:1|Thôn 1, xã A|3 3:2|Thôn 2, xã A|4",
    );
    rows("sep=,\na,b;c\n", "2:a|b;c");
    rows("DANH SÁCH\n\na;b;c\n1;2;3\n4;5;6\n", "1:DANH SÁCH 3:a|b|c 4:1|2|3 5:4|5|6");
    rows("a;b\n\"nói \"\"vâng\"\"\";2\n", "1:a|b 2:nói \"vâng\"|2");
    rows("a;b\n\"hai\ndòng\";2\n3;4\n", "1:a|b 2:hai\ndòng|2 3:3|4");
    rows("a;b;;\n1;;;\n;;;\n", "1:a|b 2:1");
    rows("một cột\nhai\n", "1:một cột 2:hai");
}

#[test]
fn what_protects_a_cell_from_spreadsheets_is_taken_off() {
    rows("a;b;c\n=\"001199012345\";'=1+1;'tốt\n", "1:a|b|c 2:001199012345|=1+1|'tốt");
    rows("a,b\n\"=\"\"0012\"\"\",2\n", "1:a|b 2:0012|2");
}

#[test]
fn a_quotation_mark_that_never_closes_is_refused() {
    let refused = |text: &str| read(text.as_bytes(), &Limits::default()).err();
    let open = "a;b;c;d\n1;2;3;4\n\"x;2;3;4\n5;6;7;8\n";
    assert_eq!(refused(open), Some(BadFile::OpenQuote { line: 3 }));
    let pair = "a;b;c;d\n\"x;2;3;4\n\"y;6;7;8\n";
    assert_eq!(refused(pair), Some(BadFile::OpenQuote { line: 2 }));
    let long = format!("a;b\n\"{}\n", "x\n".repeat(30));
    assert_eq!(refused(&long), Some(BadFile::OpenQuote { line: 2 }));
}

#[test]
fn limits_hold_for_csv_too() {
    let refused = |text: &str| read(text.as_bytes(), &Limits::default()).err();
    assert_eq!(refused(&"1;2\n".repeat(50_001)), Some(BadFile::TooManyRows { limit: 50_000 }));
    assert_eq!(refused(&"1;".repeat(201)), Some(BadFile::TooManyColumns { limit: 200 }));
    assert_eq!(refused(&";".repeat(20_000)), Some(BadFile::TooManyColumns { limit: 200 }));
    assert_eq!(refused(&format!("1{}\n", ";".repeat(16_000))), None, "empty columns cost nothing");
    let limits = Limits { bytes: 10, ..Limits::default() };
    assert_eq!(read(b"12345678901", &limits), Err(BadFile::TooLarge { limit_mib: 1 }));
    assert_eq!(refused(""), Some(BadFile::Empty));
    assert_eq!(refused(" ; \n\n"), Some(BadFile::Empty));
}
