//! The template as a nurse fills it in and sends it back.

use super::list_template;
use crate::list::{Holds, Kind, lists, parse};
use crate::trial::{beside, defs, packed, unpacked};
use crate::{Limits, Workbook, read};
use tram_domain::roster::Listed;

fn villages() -> Vec<String> {
    vec!["Nà Lầu".into(), "Bản Phố".into()]
}

fn open(bytes: &[u8]) -> Workbook {
    read(bytes, &Limits::default()).expect("a workbook")
}

/// The template with rows added below the samples, as Excel would save them.
fn filled(rows: &[&[&str]]) -> Vec<u8> {
    let parts = unpacked(&list_template(Kind::People, defs(), &villages()));
    let name = "xl/worksheets/sheet1.xml";
    let sheet = parts.iter().find(|(n, _)| n == name).expect("the list");
    let mut added = String::new();
    for (number, cells) in (7..).zip(rows) {
        let cell = |(at, text): (u8, &&str)| {
            let letter = char::from(b'A' + at);
            format!("<c r=\"{letter}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        };
        let cells: String = (0..).zip(*cells).map(cell).collect();
        added.push_str(&format!("<row r=\"{number}\">{cells}</row>"));
    }
    let xml = String::from_utf8(sheet.1.clone()).expect("UTF-8");
    let xml = xml.replace("</sheetData>", &format!("{added}</sheetData>"));
    packed(parts, &[(name, xml.as_bytes())])
}

#[test]
fn an_empty_template_reads_back_as_a_list_of_nobody() {
    let book = open(&list_template(Kind::People, defs(), &villages()));
    let mark = book.template.clone().expect("one of ours");
    assert_eq!((mark.id.as_str(), mark.version, mark.row), ("population", 1, 1));
    let (index, mapping) = lists(&book, Kind::People).remove(0);
    assert!(mapping.by_template && mapping.is_complete());
    assert_eq!((mapping.first_row, mapping.findings()), (5, vec![]));
    for (column, field) in (1..).zip(Kind::People.fields().iter().copied()) {
        assert_eq!(mapping.columns[column].holds, Holds::Field(field));
    }
    assert_eq!(parse::<Listed>(&book.sheets[index], &mapping, beside()), []);
}

#[test]
fn a_filled_template_comes_back_as_people() {
    let book = open(&filled(&[
        &["1", "12", "Chủ hộ", "Lò Văn Ín", "Nam", "16/01/1960", "011060012345"],
        &["2", "12", "Vợ/chồng", "Lò Thị Ánh", "Nữ", "1962", "", "012345678"],
    ]));
    let (index, mapping) = lists(&book, Kind::People).remove(0);
    let rows = parse::<Listed>(&book.sheets[index], &mapping, beside());
    let people: Vec<String> = rows
        .iter()
        .map(|row| {
            let listed = row.listed.as_ref().expect("nothing wrong");
            let relation = listed.relation.as_deref().unwrap_or("");
            format!("{} {} {} {relation}", row.number, listed.name, listed.born.show())
        })
        .collect();
    assert_eq!(people, ["7 Lò Văn Ín 16/01/1960 1", "8 Lò Thị Ánh 1962 2"]);
    assert!(rows[1].listed.as_ref().is_some_and(|l| l.old_card.is_some()));
}

#[test]
fn a_sample_that_is_written_over_is_a_person() {
    let parts = unpacked(&list_template(Kind::People, defs(), &[]));
    let strings = parts.iter().find(|(n, _)| n == "xl/sharedStrings.xml").expect("strings");
    let text = String::from_utf8(strings.1.clone()).expect("UTF-8").replace("Ví dụ: ", "");
    let book = open(&packed(parts, &[("xl/sharedStrings.xml", text.as_bytes())]));
    let (index, mapping) = lists(&book, Kind::People).remove(0);
    let rows = parse::<Listed>(&book.sheets[index], &mapping, beside());
    let names: Vec<&str> =
        rows.iter().filter_map(|r| r.listed.as_ref()).map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["Nguyễn Thị Hoa", "Giàng A Páo"], "{rows:#?}");
}

#[test]
fn a_template_from_a_newer_program_is_read_with_a_warning() {
    let parts = unpacked(&list_template(Kind::People, defs(), &[]));
    let strings = parts.iter().find(|(n, _)| n == "xl/sharedStrings.xml").expect("strings");
    let text = String::from_utf8(strings.1.clone()).expect("UTF-8");
    let text = text.replace("tram-template population 1", "tram-template population 2");
    let book = open(&packed(parts, &[("xl/sharedStrings.xml", text.as_bytes())]));
    let codes: Vec<&str> =
        lists(&book, Kind::People)[0].1.findings().iter().map(|f| f.message.code).collect();
    assert_eq!(codes, ["template-newer"]);
}

#[test]
fn the_same_definitions_give_the_same_bytes() {
    assert!(
        list_template(Kind::People, defs(), &villages())
            == list_template(Kind::People, defs(), &villages())
    );
    assert!(
        list_template(Kind::People, defs(), &[])
            != list_template(Kind::People, defs(), &villages())
    );
}

#[test]
fn odd_villages_do_no_harm() {
    let odd = vec![String::new(), "=1+1".into(), "a".repeat(5_000), "Hoa\u{200B}".into()];
    let many = (0..3_000).map(|n| format!("Thôn {n}")).collect::<Vec<_>>();
    for villages in [odd, many] {
        assert!(open(&list_template(Kind::People, defs(), &villages)).template.is_some());
    }
}
