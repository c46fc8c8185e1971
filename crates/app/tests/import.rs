//! A population list from the file to the records, on both engines.

mod common;

use common::{Station, found, open, user};
use tram_app::Failure;
use tram_app::import::{Applied, Choice};
use tram_store::trial::ENGINES;

const GOOD: &str = "\
STT;Họ và tên;Giới tính;Ngày sinh;Số CCCD;Số thẻ BHYT;Thôn;Số hộ;Quan hệ với chủ hộ;Dân tộc
1;Hoàng Văn Páo;Nam;12/03/1965;015065001903;HN2151520847731;Khe Pháo;12;Chủ hộ;Tày
2;Nông Thị Hồng;Nữ;1968;015168004471;;khe phao;12;vợ;Tày
3;Hoàng Minh Tuấn;Nam;05/11/2025;;TE1151520847732;Khe Pháo;12;cháu;Tày
4;Lò Thị Mai;Nữ;1980;;;Bản Chang;3;Chủ hộ;Thái
5;Lò Thị Mai;Nữ;1980;;;Bản Chang;4;Chủ hộ;Thái
";

/// Reads, checks and applies a file.
fn bring_in(station: &Station, name: &str, text: &str) -> Result<(i64, Applied), Failure> {
    let (app, head) = (&station.app, &station.head);
    let key = app.read_list(head, name, text.as_bytes())?;
    app.check_list(head, key, None)?;
    let applied = app.apply_list(head, key, false, &mut |_, _| ())?;
    Ok((key, applied))
}

fn people(station: &Station, typed: &str) -> Vec<String> {
    let (found, _) = station.app.search(&station.head, typed, None).expect("a search");
    found.into_iter().map(|line| line.name).collect()
}

/// Row, field and code of everything found.
fn findings(station: &Station, key: i64) -> Vec<(u32, String, String)> {
    let view = station.app.check_view(&station.head, key).expect("a view");
    let mut all: Vec<(u32, String, String)> = view
        .rows
        .iter()
        .flat_map(|row| {
            row.findings
                .iter()
                .map(|said| (row.number, said.field.clone().unwrap_or_default(), said.code.clone()))
        })
        .collect();
    all.sort();
    all
}

#[test]
fn a_good_list_becomes_people_and_households_once() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let (_, first) = bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        assert_eq!((first.rows, first.added, first.updated, first.unchanged), (5, 5, 0, 0));
        assert_eq!(people(&station, "hoang van pao"), ["Hoàng Văn Páo"]);
        assert_eq!(people(&station, "lo thi mai").len(), 2);
        let khe_phao = station.app.households(&station.head, station.area_key(0), "12");
        assert_eq!(khe_phao.expect("households").len(), 1);
        // The same file again, and the same content under another name, add nobody.
        for name in ["nhan-khau.csv", "ban sao.csv"] {
            let (key, again) = bring_in(&station, name, GOOD).expect("imported");
            assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 5), "{engine:?}");
            let view = station.app.check_view(&station.head, key).expect("a view");
            assert!(view.before.is_some());
        }
        // A file that differs only in a remark adds nobody either.
        let other = GOOD.replace("STT;", "TT;");
        let (_, again) = bring_in(&station, "nhan-khau-2.csv", &other).expect("imported");
        assert_eq!((again.added, again.unchanged), (0, 5));
        assert_eq!(people(&station, "lo thi mai").len(), 2);
    }
}

#[test]
fn what_a_record_lacks_is_added_and_what_differs_is_said() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        let later = GOOD
            .replace(
                "Nông Thị Hồng;Nữ;1968;015168004471;;",
                "Nông Thị Hường;Nữ;1968;015168004471;HN2151520847733;",
            )
            .replace(
                "Hoàng Minh Tuấn;Nam;05/11/2025;;",
                "Hoàng Minh Tuấn;Nam;05/11/2025;015225001234;",
            );
        let (key, applied) = bring_in(&station, "quy-1.csv", &later).expect("imported");
        assert_eq!((applied.added, applied.updated, applied.unchanged), (0, 2, 3), "{engine:?}");
        let said = findings(&station, key);
        assert!(said.contains(&(3, "name".into(), "row-known-other-name".into())), "{said:?}");
        let (found, _) = station.app.search(&station.head, "1234", None).expect("a search");
        assert_eq!(found[0].name, "Hoàng Minh Tuấn");
        assert_eq!(found[0].number_tail.as_deref(), Some("1234"));
    }
}

#[test]
fn planted_errors_are_named_by_row_and_field_and_nothing_is_saved() {
    let bad = "\
Họ và tên;Giới tính;Ngày sinh;Số CCCD;Thôn
Hoàng Văn Páo;Nam;30/02/1965;015065001903;Khe Pháo
Nông Thị Hồng;;1968;;Khe Pháo
;Nữ;1970;;Khe Pháo
Lò Thị Mai;Nữ;12/5/2031;;Bản Chang
Lò Thị Mận;Nữ;1980;01518000447;Bản Chang
Vàng A Súa;Nam;1981;015081000001;Khe Lếch
Vàng A Páo;Nam;1982;015082000002;Nà Khà
Vàng Thị Dua;Nữ;1983;015082000002;Nà Khà
";
    for engine in ENGINES {
        let station = Station::new(engine);
        let (app, head) = (&station.app, &station.head);
        let key = app.read_list(head, "loi.csv", bad.as_bytes()).expect("read");
        app.check_list(head, key, None).expect("checked");
        let said = findings(&station, key);
        let errors: Vec<(u32, &str, &str)> =
            said.iter().map(|(row, field, code)| (*row, field.as_str(), code.as_str())).collect();
        for planted in [
            (2, "born", "row-date-no-such-day"),
            (3, "sex", "row-sex-missing"),
            (4, "name", "row-name-missing"),
            (5, "born", "row-born-future"),
            (6, "citizen", "row-citizen-spreadsheet"),
            (7, "village", "row-village-unknown"),
            (9, "citizen", "row-number-twice"),
        ] {
            assert!(
                errors
                    .iter()
                    .any(|e| e.0 == planted.0 && e.1 == planted.1 && e.2.starts_with(planted.2)),
                "{planted:?} is missing in {errors:?}"
            );
        }
        let refused = app.apply_list(head, key, false, &mut |_, _| ());
        match refused {
            Err(Failure::Refused { message, .. }) => assert_eq!(message.code, "import-has-errors"),
            other => panic!("{other:?}"),
        }
        assert!(people(&station, "vang a pao").is_empty());
        // Only the good rows, when the person says so.
        let applied = app.apply_list(head, key, true, &mut |_, _| ()).expect("applied");
        assert_eq!((applied.added, applied.refused), (1, 7));
        assert_eq!(people(&station, "vang a pao"), ["Vàng A Páo"]);
    }
}

#[test]
fn a_number_of_another_person_is_refused_here_and_not_betrayed_elsewhere() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        let other = "Họ và tên;Giới tính;Ngày sinh;Số CCCD;Thôn\n\
                     Vàng A Súa;Nam;1981;015065001903;Nà Khà\n";
        let key = station.app.read_list(&station.head, "b.csv", other.as_bytes()).expect("read");
        station.app.check_list(&station.head, key, None).expect("checked");
        let said = findings(&station, key);
        assert!(said.contains(&(2, "citizen".into(), "row-number-of-other".into())), "{said:?}");
        // Another station of the same database.
        let (unit, _) = found(&station.app, "Trạm Y tế xã Mường Lai", "04309");
        let operator = station.app.operator(unit).expect("an operator");
        let nurse = user(&station.app, &operator, "hoa", "station_nurse", unit);
        let key = station.app.read_list(&nurse, "c.csv", other.as_bytes()).expect("read");
        station.app.check_list(&nurse, key, None).expect("checked");
        let view = station.app.check_view(&nurse, key).expect("a view");
        let said = &view.rows[0].findings;
        let known = said.iter().find(|s| s.code == "row-number-elsewhere").expect("a finding");
        assert_eq!(known.arg("tail"), Some("1903"));
        assert!(!format!("{said:?}").contains("Páo"));
        // And the file of one station is not there for the other.
        let first = station.app.lists(&station.head).expect("lists")[0].key;
        assert!(matches!(station.app.check_view(&nurse, first), Err(Failure::NotFound)));
    }
}

#[test]
fn an_import_that_was_cut_off_goes_on_where_it_stopped() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let mut text = String::from("Họ và tên;Giới tính;Ngày sinh;Thôn;Số hộ;Quan hệ\n");
        for n in 0..1_300 {
            let (given, home) = (["An", "Bình", "Chi", "Dũng"][n % 4], n / 4);
            let relation = if n % 4 == 0 { "Chủ hộ" } else { "con" };
            text.push_str(&format!(
                "Hoàng Văn {given};Nam;{}/{}/{};Nà Khà;{home};{relation}\n",
                n % 28 + 1,
                n % 12 + 1,
                1950 + n % 60
            ));
        }
        let (app, head) = (&station.app, &station.head);
        let key = app.read_list(head, "a.csv", text.as_bytes()).expect("read");
        app.check_list(head, key, None).expect("checked");
        let stopped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            app.apply_list(head, key, false, &mut |done, _| assert!(done < 1_000, "power cut"))
        }));
        assert!(stopped.is_err());
        let Station { app, head, areas, unit, trial } = station;
        drop(app);
        let app = open(&trial);
        let half = app.check_view(&head, key).expect("a view");
        assert_eq!((half.file.state.as_str(), half.file.added), ("applying", 1_000));
        let applied = app.apply_list(&head, key, false, &mut |_, _| ()).expect("applied");
        assert_eq!((applied.rows, applied.added), (1_300, 1_300));
        let again = app.apply_list(&head, key, false, &mut |_, _| ()).expect("applied before");
        assert_eq!(again.added, 1_300);
        let station = Station { app, unit, areas, head, trial };
        let households =
            station.app.households(&station.head, station.area_key(2), "").expect("households");
        assert_eq!(households.len(), 325);
    }
}

#[test]
fn the_person_says_what_a_column_holds() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let (app, head) = (&station.app, &station.head);
        let text = "Người;Giới tính;Ngày sinh;Nơi ở\nHoàng Văn Páo;Nam;1965;Khe Pháo\n";
        let key = app.read_list(head, "a.csv", text.as_bytes()).expect("read");
        let view = app.list_view(head, key).expect("a view");
        assert!(!view.is_clear);
        let mut choice = Choice { sheet: view.sheet, ..Choice::default() };
        choice.columns.push((0, "name".into()));
        choice.columns.push((3, "village".into()));
        app.check_list(head, key, Some(&choice)).expect("checked");
        let view = app.list_view(head, key).expect("a view");
        assert_eq!(view.read[0].columns[0].field, "name");
        let applied = app.apply_list(head, key, false, &mut |_, _| ()).expect("applied");
        assert_eq!(applied.added, 1);
    }
}

#[test]
fn the_log_is_whole_and_the_tables_are_what_the_log_says() {
    for engine in ENGINES {
        let station = Station::new(engine);
        bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        let verified = station.app.verify_log().expect("verified");
        assert!(verified.bad.is_empty(), "{:?}", verified.bad);
        let before = station.app.digest().expect("a digest");
        station.app.rebuild().expect("rebuilt");
        assert_eq!(station.app.digest().expect("a digest"), before);
    }
}

/// Takes the list back and answers rows taken back and rows kept.
fn take_back(station: &Station, key: i64) -> (i64, i64) {
    let undone = station.app.undo_list(&station.head, key, "nhầm tệp của xã khác", &mut |_, _| ());
    let undone = undone.expect("taken back");
    (undone.undone, undone.kept)
}

#[test]
fn an_import_taken_back_leaves_the_tables_as_they_were() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let empty = station.app.digest().expect("digests");
        let (first, _) = bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        let filled = station.app.digest().expect("digests");
        let later = GOOD.replace(
            "Hoàng Minh Tuấn;Nam;05/11/2025;;",
            "Hoàng Minh Tuấn;Nam;05/11/2025;015225001234;",
        );
        let (second, applied) = bring_in(&station, "quy-1.csv", &later).expect("imported");
        assert_eq!(applied.updated, 1);
        assert_eq!(take_back(&station, second), (5, 0), "{engine:?}");
        assert_eq!(station.app.digest().expect("digests"), filled, "{engine:?}");
        assert_eq!(take_back(&station, first), (5, 0));
        assert_eq!(station.app.digest().expect("digests"), empty, "{engine:?}");
        station.app.rebuild().expect("folded again");
        assert_eq!(station.app.digest().expect("digests"), empty, "{engine:?}");
        // Twice is refused; the file itself comes in again.
        let twice = station.app.undo_list(&station.head, first, "lần nữa", &mut |_, _| ());
        assert!(matches!(twice, Err(Failure::Refused { .. })));
        let (_, again) = bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        assert_eq!(again.added, 5, "{engine:?}");
        let bad = station.app.verify_log().expect("verified").bad;
        assert!(bad.is_empty());
    }
}

#[test]
fn a_record_somebody_has_written_on_since_stays() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let (key, _) = bring_in(&station, "nhan-khau.csv", GOOD).expect("imported");
        let (found, _) =
            station.app.search(&station.head, "hoang van pao", None).expect("a search");
        let death = tram_domain::fact::DeathRecorded { minute: None, place: None, cause: None };
        let asking = tram_app::person::Asking::default();
        let on = station.app.today();
        station
            .app
            .record_death(&station.head, found[0].id, on, &death, &asking)
            .expect("recorded");
        assert_eq!(take_back(&station, key), (4, 1), "{engine:?}");
        assert_eq!(people(&station, "hoang van pao"), ["Hoàng Văn Páo"]);
        assert!(people(&station, "nong thi hong").is_empty());
        let kept = station.app.undo_kept(&station.head, key).expect("a list");
        assert_eq!(kept.len(), 1);
        let homes = station.app.households(&station.head, station.area_key(0), "12");
        assert_eq!(homes.expect("households").len(), 1, "his household stays with him");
        let gone = station.app.households(&station.head, station.area_key(1), "3");
        assert!(gone.expect("households").is_empty());
        let before = station.app.digest().expect("digests");
        station.app.rebuild().expect("folded again");
        assert_eq!(station.app.digest().expect("digests"), before, "{engine:?}");
    }
}
