//! The template as a nurse fills it in and sends it back.

use super::list_template;
use crate::list::{Holds, Kind, ParsedRow, letters, lists, marked, parse};
use crate::trial::{beside, defs, packed, today, unpacked};
use crate::{Limits, Workbook, read};
use tram_domain::fact::Value;
use tram_domain::form::answer_of;
use tram_domain::roster::{Listed, ListedEntry};

fn villages() -> Vec<String> {
    vec!["Nà Lầu".into(), "Bản Phố".into()]
}

fn open(bytes: &[u8]) -> Workbook {
    read(bytes, &Limits::default()).expect("a workbook")
}

/// The template with rows added below the samples, as Excel would save them.
fn filled(rows: &[&[&str]]) -> Vec<u8> {
    let parts = unpacked(&list_template(&Kind::People, defs(), &villages()));
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
    let book = open(&list_template(&Kind::People, defs(), &villages()));
    let mark = book.template.clone().expect("one of ours");
    assert_eq!((mark.id.as_str(), mark.version, mark.row), ("population", 1, 1));
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
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
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
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
    let parts = unpacked(&list_template(&Kind::People, defs(), &[]));
    let strings = parts.iter().find(|(n, _)| n == "xl/sharedStrings.xml").expect("strings");
    let text = String::from_utf8(strings.1.clone()).expect("UTF-8").replace("Ví dụ: ", "");
    let book = open(&packed(parts, &[("xl/sharedStrings.xml", text.as_bytes())]));
    let (index, mapping) = lists(&book, &Kind::People).remove(0);
    let rows = parse::<Listed>(&book.sheets[index], &mapping, beside());
    let names: Vec<&str> =
        rows.iter().filter_map(|r| r.listed.as_ref()).map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["Nguyễn Thị Hoa", "Giàng A Páo"], "{rows:#?}");
}

#[test]
fn a_template_from_a_newer_program_is_read_with_a_warning() {
    let parts = unpacked(&list_template(&Kind::People, defs(), &[]));
    let strings = parts.iter().find(|(n, _)| n == "xl/sharedStrings.xml").expect("strings");
    let text = String::from_utf8(strings.1.clone()).expect("UTF-8");
    let text = text.replace("tram-template population 1", "tram-template population 2");
    let book = open(&packed(parts, &[("xl/sharedStrings.xml", text.as_bytes())]));
    let codes: Vec<&str> =
        lists(&book, &Kind::People)[0].1.findings().iter().map(|f| f.message.code).collect();
    assert_eq!(codes, ["template-newer"]);
}

#[test]
fn the_same_definitions_give_the_same_bytes() {
    assert!(
        list_template(&Kind::People, defs(), &villages())
            == list_template(&Kind::People, defs(), &villages())
    );
    assert!(
        list_template(&Kind::People, defs(), &[])
            != list_template(&Kind::People, defs(), &villages())
    );
}

#[test]
fn odd_villages_do_no_harm() {
    let odd = vec![String::new(), "=1+1".into(), "a".repeat(5_000), "Hoa\u{200B}".into()];
    let many = (0..3_000).map(|n| format!("Thôn {n}")).collect::<Vec<_>>();
    for villages in [odd, many] {
        assert!(open(&list_template(&Kind::People, defs(), &villages)).template.is_some());
    }
}

fn hypertension() -> Kind {
    Kind::from_code("form:hypertension_visit", defs(), today()).expect("a shipped form")
}

/// The template of a form with rows below the sample: cells by the code of their column; `n:` is a number.
fn entries(kind: &Kind, rows: &[&[(&str, &str)]]) -> Vec<ParsedRow<ListedEntry>> {
    let parts = unpacked(&list_template(kind, defs(), &villages()));
    let name = "xl/worksheets/sheet1.xml";
    let sheet = parts.iter().find(|(n, _)| n == name).expect("the list");
    let codes: Vec<_> = kind.columns().iter().map(Holds::code).collect();
    let mut added = String::new();
    for (number, cells) in (7..).zip(rows) {
        let mut cells: Vec<(usize, &str)> = cells
            .iter()
            .map(|(code, text)| (codes.iter().position(|c| c == code).expect("a column"), *text))
            .collect();
        cells.sort_unstable();
        let cell = |(at, text): (usize, &str)| match text.strip_prefix("n:") {
            Some(n) => format!("<c r=\"{}{number}\"><v>{n}</v></c>", letters(at + 1)),
            None => format!(
                "<c r=\"{}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>",
                letters(at + 1)
            ),
        };
        let cells: String = cells.into_iter().map(cell).collect();
        added.push_str(&format!("<row r=\"{number}\">{cells}</row>"));
    }
    let xml = String::from_utf8(sheet.1.clone()).expect("UTF-8");
    let xml = xml.replace("</sheetData>", &format!("{added}</sheetData>"));
    let book = open(&packed(parts, &[(name, xml.as_bytes())]));
    let (index, mapping) = lists(&book, kind).remove(0);
    parse::<ListedEntry>(&book.sheets[index], &mapping, beside())
}

#[test]
fn every_form_has_a_template_that_reads_back_by_its_codes() {
    for form in &defs().forms {
        let kind = Kind::of_form(form.clone());
        let book = open(&list_template(&kind, defs(), &villages()));
        assert_eq!(marked(&book), Some(kind.code().as_ref()), "{}", form.code);
        let (index, mapping) = lists(&book, &kind).remove(0);
        assert!(mapping.by_template && mapping.is_complete(), "{}", form.code);
        assert_eq!(mapping.findings(), vec![], "{}", form.code);
        let held: Vec<Holds> = mapping.columns.iter().skip(1).map(|c| c.holds.clone()).collect();
        assert_eq!(held, kind.columns(), "{}", form.code);
        assert_eq!(parse::<ListedEntry>(&book.sheets[index], &mapping, beside()), []);
    }
}

#[test]
fn headings_of_a_form_are_recognised_without_the_hidden_row() {
    let kind = hypertension();
    let headings =
        "Họ và tên;Ngày sinh;Ngày khám;Huyết áp tâm thu (mmHg);tâm trương;NGÀY HẸN;Ghi chú";
    let book = open(format!("{headings}\nHoa;1960;01/10/2026;150;95;;\n").as_bytes());
    let mapping = lists(&book, &kind).remove(0).1;
    let held: Vec<_> = mapping.columns.iter().map(|c| c.holds.code()).collect();
    let known = ["name", "born", "entry_on", "a_sbp", "a_next_on", "a_note"];
    assert!(known.iter().all(|code| held.iter().any(|h| h == code)), "{held:?}");
    // What the form always asks and no column answers is said before the rows are.
    let missing: Vec<_> = mapping.findings().into_iter().filter_map(|f| f.field).collect();
    assert!(missing.iter().any(|code| code == "a_plan"), "{missing:?}");
}

#[test]
fn a_filled_form_comes_back_as_answers() {
    let who = [("name", "Lò Văn Ín"), ("born", "16/01/1960")];
    let filled: Vec<(&str, &str)> = [
        ("entry_on", "01/10/2026"),
        ("a_sbp", "n:150"),
        ("a_dbp", "95 mmHg"),
        ("a_weight", "n:61.125"),
        ("a_diabetes", "x"),
        ("a_adherence", "co ngay quen"),
        ("a_signs", "dau nguc;\nPhù; "),
        ("a_plan", "continue"),
        ("a_next_on", "n:46327"),
        ("a_drugs", "-"),
    ]
    .into();
    let rows = entries(&hypertension(), &[&[&who[..], &filled[..]].concat()]);
    let said: Vec<_> =
        rows[0].findings.iter().map(|f| (f.field.as_deref(), f.message.code)).collect();
    // Three decimals are one too many for a weight; a bare number of a day is taken with a word about it.
    assert_eq!(said, [(Some("a_weight"), "form-decimals"), (Some("a_next_on"), "row-date-serial")]);
    let mended: Vec<(&str, &str)> = filled
        .iter()
        .map(|cell| if cell.0 == "a_weight" { ("a_weight", "n:61.5") } else { *cell })
        .collect();
    let rows = entries(&hypertension(), &[&[&who[..], &mended[..]].concat()]);
    let listed = rows[0].listed.as_ref().expect("nothing wrong");
    assert_eq!((listed.row, listed.on), (7, "2026-10-01".parse().expect("a day")));
    let codes = |of: &[&str]| Value::Codes(of.iter().map(|c| (*c).to_owned()).collect());
    for (field, value) in [
        ("sbp", Value::Number(150_000)),
        ("dbp", Value::Number(95_000)),
        ("weight", Value::Number(61_500)),
        ("diabetes", Value::Yes(true)),
        ("adherence", Value::Code("some".into())),
        ("signs", codes(&["chest", "oedema"])),
        ("plan", Value::Code("continue".into())),
        ("next_on", Value::Day("2026-11-01".parse().expect("a day"))),
    ] {
        assert_eq!(answer_of(&listed.answers, field), Some(&value), "{field}");
    }
    assert_eq!(listed.answers.len(), 8, "{:?}", listed.answers);
}

#[test]
fn what_is_wrong_with_an_answer_is_said_at_its_column() {
    let rows = entries(
        &hypertension(),
        &[&[
            ("citizen", "011060012345"),
            ("a_sbp", "1.500"),
            ("a_dbp", "d"),
            ("a_adherence", "đôi khi"),
            ("a_next_on", "01/13/2026"),
            ("a_plan", "Đổi thuốc"),
        ]],
    );
    let said: Vec<_> =
        rows[0].findings.iter().map(|f| (f.field.as_deref(), f.message.code)).collect();
    assert_eq!(
        said,
        [
            (Some("entry_on"), "row-entry-day-missing"),
            (Some("a_sbp"), "form-impossible"),
            (Some("a_dbp"), "form-not-a-number"),
            (Some("a_adherence"), "form-choose"),
            (Some("a_next_on"), "row-date-month-first"),
        ]
    );
    assert!(rows[0].listed.is_none());
}
