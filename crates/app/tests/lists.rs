//! Lists of households, doses and cards, workbooks of several sheets and of old fonts, on both engines.

mod common;

use common::Station;
use tram_app::Failure;
use tram_app::import::{Applied, Choice, ListKind};
use tram_store::trial::ENGINES;

const PEOPLE: &str = "\
Họ và tên;Giới tính;Ngày sinh;Số CCCD;Số thẻ BHYT;Thôn
Hoàng Văn Páo;Nam;13/03/1965;015065001903;HN2151520847731;Khe Pháo
Hoàng Minh Tuấn;Nam;05/11/2025;015225001234;;Khe Pháo
Lò Thị Mai;Nữ;1980;;;Bản Chang
Lò Thị Mai;Nữ;1980;;;Bản Chang
Vàng Thị Dua;Nữ;20/12/2025;;;Nà Khà
";

const DOSES: &str = "\
Họ và tên;Ngày sinh;Số CCCD;Thôn;Tên vắc xin;Ngày tiêm;Mũi số;Số lô;Nơi tiêm
Hoàng Minh Tuấn;05/11/2025;;Khe Pháo;BCG (IVAC);06/11/2025;1;BC-01;Bệnh viện tỉnh
;;015225001234;;SII;20/11/2025;1;;
Vàng Thị Dua;20/12/2025;;Nà Khà;BCG;21/12/2025;1;;
Vàng Thị Lạ;20/12/2025;;Nà Khà;BCG;21/12/2025;1;;
Hoàng Minh Tuấn;05/11/2025;;Khe Pháo;Thuốc lạ;06/11/2025;1;;
Hoàng Minh Tuấn;05/11/2025;;Khe Pháo;MVVac;01/11/2025;1;;
Lò Thị Mai;1980;;Bản Chang;BCG;06/11/2025;1;;
";

fn read(station: &Station, name: &str, bytes: &[u8]) -> Result<i64, Failure> {
    let key = station.app.read_list(&station.head, name, bytes)?;
    station.app.check_list(&station.head, key, None)?;
    Ok(key)
}

fn bring_in(station: &Station, name: &str, text: &str) -> (i64, Applied) {
    let key = read(station, name, text.as_bytes()).expect("checked");
    let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
    (key, applied.expect("applied"))
}

/// `row code` of every error and warning.
fn said(station: &Station, key: i64) -> Vec<String> {
    let view = station.app.check_view(&station.head, key).expect("a view");
    let mut said: Vec<String> = Vec::new();
    for row in &view.rows {
        said.extend(row.findings.iter().map(|said| format!("{} {}", row.number, said.code)));
    }
    said.sort();
    said
}

fn undone(station: &Station, key: i64) -> (i64, i64) {
    let done = station.app.undo_list(&station.head, key, "nhầm tệp", &mut |_, _| ());
    done.map(|done| (done.undone, done.kept)).expect("taken back")
}

#[test]
fn doses_of_the_past_are_judged_like_typed_ones_and_come_in_once() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "dan.csv", PEOPLE);
        let before = station.app.digest().expect("digests");
        let key = read(&station, "mui.csv", DOSES.as_bytes()).expect("checked");
        let view = station.app.check_view(&station.head, key).expect("a view");
        assert_eq!(view.file.kind, "vaccinations");
        assert_eq!((view.new, view.known, view.refused), (3, 0, 4), "{:?}", said(&station, key));
        let all = said(&station, key);
        for expected in [
            "5 row-person-unknown",
            "6 row-vaccine-unknown",
            "7 person-before-birth",
            "8 row-person-several",
        ] {
            assert!(all.iter().any(|said| said == expected), "{expected}: {all:?}");
        }
        // Fifteen days old: written down, and said not to count.
        assert!(all.iter().any(|said| said.starts_with("3 warn-")), "{all:?}");
        let refused = station.app.apply_list(&station.head, key, false, &mut |_, _| ());
        assert!(matches!(refused, Err(Failure::Refused { .. })));
        let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
        let applied = applied.expect("applied");
        assert_eq!((applied.added, applied.unchanged, applied.refused), (3, 0, 4), "{engine:?}");
        // The same doses in another file are known.
        let (_, again) = bring_in(&station, "mui-2.csv", &DOSES.replace("Nơi tiêm", "Cơ sở tiêm"));
        assert_eq!((again.added, again.unchanged), (0, 3), "{engine:?}");
        assert_eq!(undone(&station, key).1, 0);
        assert_eq!(station.app.digest().expect("digests"), before, "{engine:?}");
    }
}

#[test]
fn cards_are_given_to_people_on_record_and_renewed() {
    let cards = "\
Họ và tên;Ngày sinh;Số CCCD;Thôn;Số thẻ BHYT;Từ ngày;Đến ngày;Nhóm
Hoàng Văn Páo;13/03/1965;;Khe Pháo;HN2151520847731;01/01/2026;31/12/2026;HN
;;015225001234;;TE1151520847732;05/11/2025;04/11/2031;HN
Vàng Thị Lạ;20/12/2025;;Nà Khà;TE1151520847733;;;
Vàng Thị Dua;20/12/2025;;Nà Khà;TE1151520847732;;;
Vàng Thị Dua;20/12/2025;;Nà Khà;TE115152084;;;
";
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "dan.csv", PEOPLE);
        let before = station.app.digest().expect("digests");
        let key = read(&station, "the.csv", cards.as_bytes()).expect("checked");
        let all = said(&station, key);
        for expected in
            ["3 row-card-group", "4 row-person-unknown", "5 row-number-twice", "6 row-card-length"]
        {
            assert!(all.iter().any(|said| said == expected), "{expected}: {all:?}");
        }
        let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
        let applied = applied.expect("applied");
        assert_eq!((applied.added, applied.refused), (2, 3), "{engine:?} {all:?}");
        let (_, again) = bring_in(&station, "the-2.csv", &cards.replace("Nhóm", "Mã đối tượng"));
        assert_eq!((again.added, again.unchanged), (0, 2), "{engine:?}");
        assert_eq!(undone(&station, key), (2, 0));
        assert_eq!(station.app.digest().expect("digests"), before, "{engine:?}");
    }
}

#[test]
fn households_are_opened_with_their_heads_and_their_standing_is_dated() {
    let homes = "\
Số hộ;Họ tên chủ hộ;Thôn;Địa chỉ;Diện hộ;Diện hộ từ ngày
12;Hoàng Văn Páo;Khe Pháo;Xóm trên;Hộ nghèo;13/01/2026
13;Giàng A Chư;Khe Pháo;;Hộ cận nghèo;
;Giàng A Lạ;Khe Pháo;;Hộ nghèo;
12;Vàng A Khác;Khe Pháo;;;
";
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "dan.csv", PEOPLE);
        let before = station.app.digest().expect("digests");
        let key = read(&station, "ho.csv", homes.as_bytes()).expect("checked");
        let all = said(&station, key);
        for expected in ["3 row-head-unknown", "4 row-household-nobody", "5 row-household-twice"] {
            assert!(all.iter().any(|said| said == expected), "{expected}: {all:?}");
        }
        let applied = station.app.apply_list(&station.head, key, true, &mut |_, _| ());
        assert_eq!(applied.expect("applied").added, 2, "{engine:?} {all:?}");
        let area = station.area_key(0);
        let found = station.app.households(&station.head, area, "12").expect("households");
        assert_eq!(found.len(), 1);
        let (_, again) = bring_in(&station, "ho-2.csv", &homes.replace("Xóm trên", "Xóm dưới"));
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 2), "{engine:?}");
        assert_eq!(undone(&station, key), (2, 0), "{engine:?}");
        assert_eq!(station.app.digest().expect("digests"), before, "{engine:?}");
    }
}

#[test]
fn a_history_that_was_cut_off_goes_on_when_the_file_is_read_again() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let mut people = String::from("Họ và tên;Giới tính;Ngày sinh;Thôn\n");
        let mut doses = String::from("Họ và tên;Ngày sinh;Thôn;Tên vắc xin;Ngày tiêm\n");
        for n in 0..700 {
            let born = format!("{}/{}/{}", n % 28 + 1, n / 28 % 12 + 1, 2020 + n / 336);
            people.push_str(&format!("Hoàng Văn An;Nam;{born};Nà Khà\n"));
            doses.push_str(&format!("Hoàng Văn An;{born};Nà Khà;BCG;01/12/2025\n"));
        }
        bring_in(&station, "dan.csv", &people);
        let key = read(&station, "mui.csv", doses.as_bytes()).expect("checked");
        let (app, head) = (&station.app, &station.head);
        let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            app.apply_list(head, key, false, &mut |done, _| assert!(done < 500, "power cut"))
        }));
        assert!(stopped.is_err());
        let again = app.read_list(head, "mui.csv", doses.as_bytes()).expect("read");
        assert_eq!(again, key, "the same bytes go on where they stopped");
        let applied = app.apply_list(head, key, false, &mut |_, _| ()).expect("applied");
        assert_eq!((applied.rows, applied.added), (700, 700), "{engine:?}");
    }
}

type Cells<'a> = &'a [&'a [&'a str]];

/// Sheets of texts as an .xlsx.
fn workbook(sheets: &[(&str, Cells<'_>)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            sheet.write_row(row, 0, cells.iter().copied()).expect("in range");
        }
    }
    workbook.save_to_buffer().expect("in memory")
}

/// A workbook with a sheet for each village.
fn of_villages() -> Vec<u8> {
    workbook(&[
        ("Khe Pháo", &[&["Họ và tên", "Giới tính", "Năm sinh"], &["Hoàng Văn Páo", "Nam", "1965"]]),
        (
            "Bản Chang",
            &[
                &["Họ tên", "Phái", "Năm sinh"],
                &["Lò Thị Mai", "Nữ", "1980"],
                &["Lò Văn Sai", "khác", "1981"],
            ],
        ),
        ("Thôn Lạ", &[&["Họ tên", "Phái", "Năm sinh"], &["Vàng A Súa", "Nam", "1981"]]),
    ])
}

#[test]
fn one_sheet_for_each_village_is_one_list() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let (app, head) = (&station.app, &station.head);
        let key = app.read_list(head, "thon.xlsx", &of_villages()).expect("read");
        let view = app.list_view(head, key).expect("a view");
        assert_eq!((view.sheets.len(), view.is_clear), (3, false));
        let choice = Choice { all: true, ..Choice::default() };
        app.check_list(head, key, Some(&choice)).expect("checked");
        let check = app.check_view(head, key).expect("a view");
        assert_eq!((check.new, check.refused), (2, 2));
        let mut places: Vec<(String, u32)> =
            check.rows.iter().map(|row| (row.sheet.clone(), row.number)).collect();
        places.sort();
        assert_eq!(places, [("Bản Chang".to_owned(), 3), ("Thôn Lạ".to_owned(), 2)]);
        let wrong = app.list_errors(head, key).expect("rows");
        assert_eq!((wrong.kind, wrong.rows.len()), (ListKind::People, 2));
        let cells = &wrong.rows.iter().find(|row| row.number == 3).expect("a row").cells;
        assert!(cells.contains(&("village".to_owned(), "Bản Chang".to_owned())), "{cells:?}");
        let applied = app.apply_list(head, key, true, &mut |_, _| ()).expect("applied");
        assert_eq!((applied.added, applied.refused), (2, 2), "{engine:?}");
        let (found, _) = app.search(head, "lo thi mai", None).expect("a search");
        assert_eq!(found.len(), 1);
    }
}

#[test]
fn old_fonts_are_looked_at_and_days_are_asked_about() {
    let rows: &[&[&str]] = &[
        &["Hä vµ tªn", "Giíi tÝnh", "Ngµy sinh", "Th«n"],
        &["NGUYÔN V¡N AN", "Nam", "03/04/1965", "Khe Ph¸o"],
        &["Lª Hµ", "N÷", "1970", "Khe Ph¸o"],
        &["Nguyễn Thị Hòa", "Nữ", "1971", "Khe Pháo"],
    ];
    let bytes = workbook(&[("Trang 1", rows)]);
    for engine in ENGINES {
        let station = Station::new(engine);
        let (app, head) = (&station.app, &station.head);
        let key = app.read_list(head, "phong.xlsx", &bytes).expect("read");
        let view = app.list_view(head, key).expect("a view");
        assert!(view.is_converted && !view.is_clear);
        assert_eq!(view.converted_from(), ["tcvn3"]);
        assert_eq!(view.unclear_day.as_deref(), Some("03/04/1965"));
        let shown = &view.read[0].columns[0].converted;
        assert_eq!(shown[0], ("NGUYÔN V¡N AN".to_owned(), "NGUYỄN VĂN AN".to_owned()));
        let choice = Choice { days: "mdy".into(), ..Choice::default() };
        assert_eq!(app.list_view_as(head, key, &choice).expect("a view").unclear_day, None);
        app.check_list(head, key, Some(&choice)).expect("checked");
        assert_eq!(said(&station, key), Vec::<String>::new());
        app.apply_list(head, key, false, &mut |_, _| ()).expect("applied");
        let (found, _) = app.search(head, "nguyen van an", None).expect("a search");
        assert_eq!(found[0].name, "Nguyễn Văn An");
        assert_eq!(found[0].born.show(), "04/03/1965");
        let (found, _) = app.search(head, "le ha", None).expect("a search");
        assert_eq!(found[0].name, "Lê Hà");
    }
}
