//! Entries of forms from Excel files, on both engines: written once, refused where they cannot be, taken back;
//! a form in a closed compartment is not there.

mod common;

use common::{Station, day};
use rust_xlsxwriter::Workbook;
use tram_app::import::{Applied, ListKind};
use tram_app::programme::Sent;
use tram_app::{Actor, Failure};
use tram_domain::fact::{Answer, Value};
use tram_domain::form::answer_of;
use tram_domain::person::Person;
use tram_domain::programme::{Enrolment, EntryWish};
use tram_kernel::Compartment;
use tram_store::trial::ENGINES;

const PEOPLE: &str = "\
Họ và tên;Giới tính;Ngày sinh;Số CCCD;Thôn
Hoàng Văn Páo;Nam;13/03/1965;015065001903;Khe Pháo
Hoàng Minh Tuấn;Nam;05/11/2025;015225001234;Khe Pháo
Lò Thị Mai;Nữ;1980;;Bản Chang
Lò Thị Mai;Nữ;1980;;Bản Chang
";
const FORM: &str = "form:hypertension_visit";
const COLUMNS: [&str; 10] = [
    "name",
    "born",
    "citizen",
    "entry_on",
    "a_sbp",
    "a_dbp",
    "a_adherence",
    "a_signs",
    "a_plan",
    "a_next_on",
];
const PAO: &str = "Hoàng Văn Páo|13/03/1965|";
/// Rows as a nurse fills them in; `n:` is a number of Excel.
const VISITS: [&str; 9] = [
    "|||10/12/2025|n:150|95 mmHg|deu hang ngay|Đau ngực; phù|Tiếp tục thuốc|10/01/2026",
    "||015065001903|10/01/2026|n:132|n:84|||tiep tuc thuoc|",
    "|||11/01/2026|1.500|90|||continue|",
    "Vàng Thị Lạ|20/12/1960||11/01/2026|130|85|||continue|",
    "Hoàng Minh Tuấn|05/11/2025||11/01/2026|90|60|||continue|",
    "|||12/01/2026|90|140|đôi khi||continue|",
    "|||12/01/2026|n:185|n:105||dau nguc|doi thuoc|01/01/2026",
    "|||13/01/2026|n:185|n:105||dau nguc|doi thuoc|",
    "Lò Thị Mai|1980||11/01/2026|130|85|||continue|",
];

/// A file as our template is filled in: the hidden row of codes, headings, rows from the third.
fn workbook(form: &str, columns: &[&str], rows: &[&str]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, format!("tram-template {form} 1")).expect("in range");
    for (at, code) in (1..).zip(columns) {
        sheet.write_string(0, at, *code).expect("in range");
        let heading = if *code == "name" { "Họ và tên" } else { *code };
        sheet.write_string(1, at, heading).expect("in range");
    }
    for (line, row) in (2..).zip(rows) {
        let row =
            row.strip_prefix("||").map_or((*row).to_owned(), |rest| match rest.strip_prefix('|') {
                Some(rest) => format!("{PAO}|{rest}"),
                None => (*row).to_owned(),
            });
        for (at, cell) in (1..).zip(row.split('|')) {
            match cell.strip_prefix("n:") {
                Some(n) => sheet.write_number(line, at, n.parse::<f64>().expect("a number")),
                None if cell.is_empty() => continue,
                None => sheet.write_string(line, at, cell),
            }
            .expect("in range");
        }
    }
    workbook.save_to_buffer().expect("in memory")
}

fn read(station: &Station, by: &Actor, name: &str, bytes: &[u8]) -> Result<i64, Failure> {
    let key = station.app.read_list(by, name, bytes)?;
    station.app.check_list(by, key, None)?;
    Ok(key)
}

fn bring_in(station: &Station, name: &str, bytes: &[u8]) -> (i64, Applied) {
    let key = read(station, &station.head, name, bytes).expect("checked");
    let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
    (key, applied.expect("applied"))
}

/// `row column code` of every finding.
fn said(station: &Station, key: i64) -> Vec<String> {
    let view = station.app.check_view(&station.head, key).expect("a view");
    let mut said: Vec<String> = Vec::new();
    for row in &view.rows {
        for found in &row.findings {
            let column = found.field.as_deref().unwrap_or("?");
            said.push(format!("{} {column} {}", row.number, found.code));
        }
    }
    said.sort();
    said
}

fn pao(station: &Station) -> Person {
    let (found, _) = station.app.search(&station.head, "hoang van pao", None).expect("a search");
    station.app.person_page(&station.head, found[0].id).expect("a page").view.person
}

fn enrolled(station: &Station) {
    let answer = |field: &str, value| Answer { field: field.into(), value };
    let code = |text: &str| Value::Code(text.into());
    let wish = Enrolment {
        programme: "hypertension".into(),
        source: None,
        note: None,
        on: day("2025-11-10"),
        answers: vec![
            answer("diagnosed_on", Value::Day(day("2025-11-10"))),
            answer("diagnosed_at", code("station")),
            answer("icd", code("I10")),
            answer("sbp", Value::Number(165_000)),
            answer("dbp", Value::Number(95_000)),
        ],
    };
    let id = pao(station).id;
    station.app.enrol(&station.head, id, &wish, &Sent::default()).expect("taken in");
}

#[test]
fn entries_of_a_form_are_judged_like_typed_ones_and_come_in_once() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "dan.csv", PEOPLE.as_bytes());
        enrolled(&station);
        let before = station.app.digest().expect("digests");
        let bytes = workbook(FORM, &COLUMNS, &VISITS);
        let key = read(&station, &station.head, "kham.xlsx", &bytes).expect("checked");
        let view = station.app.check_view(&station.head, key).expect("a view");
        assert_eq!((view.file.kind.as_str(), view.kind.word()), (FORM, "form"));
        let all = said(&station, key);
        assert_eq!((view.new, view.known, view.refused), (3, 0, 6), "{all:?}");
        for expected in [
            "5 a_sbp form-impossible",
            "6 name row-person-unknown",
            "7 name form-not-for-them",
            "8 a_adherence form-choose",
            "9 a_next_on form-day-before",
            "10 a_sbp form-warned",
            "10 name form-advised",
            "11 name row-person-several",
        ] {
            assert!(all.iter().any(|said| said == expected), "{expected}: {all:?}");
        }
        let refused = station.app.apply_list(&station.head, key, false, &mut |_, _| ());
        assert!(matches!(refused, Err(Failure::Refused { .. })));
        let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
        let applied = applied.expect("applied");
        assert_eq!((applied.added, applied.unchanged, applied.refused), (3, 0, 6), "{engine:?}");
        let person = pao(&station);
        let visits: Vec<_> = person
            .followed
            .entries
            .iter()
            .filter(|entry| entry.what.form == "hypertension_visit")
            .map(|entry| (entry.day, answer_of(&entry.what.answers, "sbp").cloned()))
            .collect();
        let pressure = |n: i64| Some(Value::Number(n * 1000));
        assert_eq!(
            visits,
            [
                (day("2025-12-10"), pressure(150)),
                (day("2026-01-10"), pressure(132)),
                (day("2026-01-13"), pressure(185)),
            ]
        );
        let of = person.followed.entries.iter().skip(1).map(|e| e.what.programme.as_deref());
        assert!(of.eq([Some("hypertension"); 3]), "{engine:?}");
        // The same visits in another file are known, and a file says each of them once.
        let mut again = VISITS.to_vec();
        again.push(VISITS[0]);
        let (_, twice) = bring_in(&station, "kham-2.xlsx", &workbook(FORM, &COLUMNS, &again));
        assert_eq!((twice.added, twice.unchanged), (0, 4), "{engine:?}");
        let done = station.app.undo_list(&station.head, key, "nhầm tệp", &mut |_, _| ());
        assert_eq!(done.map(|done| (done.undone, done.kept)).expect("taken back"), (3, 0));
        assert_eq!(station.app.digest().expect("digests"), before, "{engine:?}");
    }
}

#[test]
fn what_was_corrected_on_the_record_is_not_brought_back_by_the_file() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "dan.csv", PEOPLE.as_bytes());
        bring_in(&station, "kham.xlsx", &workbook(FORM, &COLUMNS, &VISITS[..1]));
        let entry = pao(&station).followed.entries[0].clone();
        let mut answers = entry.what.answers.clone();
        answers[0].value = Value::Number(140_000);
        let (form, replaces) = (entry.what.form, Some(entry.at));
        let wish = EntryWish { form, programme: None, answers, on: entry.day, replaces };
        let id = pao(&station).id;
        station.app.record_form(&station.head, id, &wish, &Sent::default()).expect("corrected");
        let mut rows = VISITS[..2].to_vec();
        rows.push("|||10/01/2026|n:140|n:84|||tiep tuc thuoc|");
        let (key, applied) = bring_in(&station, "kham-2.xlsx", &workbook(FORM, &COLUMNS, &rows));
        // Two readings of one day that differ are both kept, and somebody is told.
        let all = said(&station, key);
        assert_eq!(all, ["3 entry_on row-entry-corrected", "5 entry_on form-same-day"]);
        assert_eq!((applied.added, applied.unchanged), (2, 1), "{engine:?}");
        let shown: Vec<_> = pao(&station).followed.entries.into_iter().map(|e| e.day).collect();
        assert_eq!(shown, [day("2025-12-10"), day("2026-01-10"), day("2026-01-10")]);
    }
}

#[test]
fn a_template_is_told_by_its_mark_and_a_number_that_may_be_two_is_asked_about() {
    let station = Station::new(ENGINES[0]);
    bring_in(&station, "dan.csv", PEOPLE.as_bytes());
    let (app, head) = (&station.app, &station.head);
    let kind = head.list_kind(&app.definitions(), FORM, app.today()).expect("there");
    let template = app.list_template(head, &kind).expect("a template");
    let key = app.read_list(head, "mau.xlsx", &template).expect("read");
    let view = app.list_view(head, key).expect("a view");
    assert_eq!(view.kind, kind);
    assert!(view.is_clear, "{:?}", view.read[0].findings);
    let columns = [
        "name",
        "born",
        "citizen",
        "entry_on",
        "a_temperature",
        "a_signs",
        "a_dengue_class",
        "a_plan",
        "a_platelets",
        "a_khong_con",
    ];
    let rows = ["|||12/01/2026|38,5||||1.500|3", "|||12/01/2026|n:38.5||||n:1500|"];
    let key = read(&station, head, "sot.xlsx", &workbook("form:dengue_visit", &columns, &rows));
    let all = said(&station, key.expect("checked"));
    assert!(all.contains(&"3 a_platelets form-two-readings".to_owned()), "{all:?}");
    assert!(all.contains(&"3 a_khong_con row-answer-not-asked".to_owned()), "{all:?}");
    assert!(!all.iter().any(|said| said.starts_with("4 a_platelets")), "{all:?}");
}

#[test]
fn a_form_in_a_closed_compartment_has_no_template_and_no_import() {
    let station = Station::new(ENGINES[0]);
    bring_in(&station, "dan.csv", PEOPLE.as_bytes());
    let (app, closed) = (&station.app, &station.head);
    let mut open = closed.clone();
    open.opens.push(Compartment::Tuberculosis);
    let (defs, today) = (app.definitions(), app.today());
    let named = |actor: &Actor| actor.list_kind(&defs, "form:tb_visit", today);
    assert_eq!(named(closed), None);
    let kind = named(&open).expect("there for those who see it");
    assert!(matches!(app.list_template(closed, &kind), Err(Failure::NotFound)));
    let template = app.list_template(&open, &kind).expect("a template");
    let as_unknown = |bytes: &[u8], kind: Option<ListKind>| {
        let read = app.read_list_of(closed, kind, "lao.xlsx", bytes);
        assert!(
            matches!(&read, Err(Failure::Refused { message, .. }) if message.code == "import-form-unknown"),
            "{read:?}"
        );
    };
    as_unknown(&template, None);
    as_unknown(&template, Some(kind));
    as_unknown(&workbook("form:khong_co", &COLUMNS, &VISITS), None);
    // What a colleague brought in is not there either.
    let key = app.read_list(&open, "lao.xlsx", &template).expect("read");
    assert!(app.lists(&open).expect("files").iter().any(|file| file.key == key));
    assert!(app.lists(closed).expect("files").iter().all(|file| file.key != key));
    assert!(matches!(app.list_view(closed, key), Err(Failure::NotFound)));
    assert!(matches!(app.check_list(closed, key, None), Err(Failure::NotFound)));
    assert!(matches!(app.drop_list(closed, key), Err(Failure::NotFound)));
}
