//! The doctor: a healthy station, and one planted trouble after the other.

mod common;

use common::crash::{registration, someone};
use common::{Station, TODAY, at_work};
use std::collections::BTreeMap;
use std::path::Path;
use tram_app::Location;
use tram_app::backup::{BackupTo, back_up};
use tram_app::doctor::{Examination, Severity};
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

/// Codes of what is not well.
fn troubles(trial: &Trial, today: &str, full: bool, keep_free: u64) -> BTreeMap<String, Severity> {
    let (location, state_dir) = (&trial.location, trial.folder.as_path());
    let clock = at_work(today);
    let examination = Examination { location, state_dir, clock, full, keep_free, warn_days: 3 };
    let findings = examination.findings().into_iter();
    // How quick and how full the disk of the tests is says nothing about the doctor.
    let bad = findings.filter(|f| f.severity > Severity::Ok);
    let of_this_machine =
        |code: &str| code.starts_with("doctor-fsync") || ["doctor-disk-soon"].contains(&code);
    bad.map(|f| (f.message.code.to_owned(), f.severity))
        .filter(|(code, _)| !of_this_machine(code))
        .collect()
}

fn codes(found: &BTreeMap<String, Severity>) -> Vec<&str> {
    found.keys().map(String::as_str).collect()
}

fn station(engine: Engine) -> Trial {
    let Station { app, trial, .. } = Station::new(engine);
    let (nurse, area) = someone(&app);
    for n in 0..5 {
        app.register_person(&nurse, &registration(area, n), None).expect("saved");
    }
    drop(app);
    #[cfg(unix)]
    set_rights(&trial.folder, 0o700);
    trial
}

#[cfg(unix)]
fn set_rights(folder: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).expect("set");
}

fn alter(trial: &Trial, sql: &str) {
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    let conn = rusqlite::Connection::open(path).expect("open");
    assert!(conn.execute(sql, []).expect("altered") > 0, "{sql}");
}

#[test]
fn a_healthy_station_lacks_only_a_backup() {
    for engine in ENGINES {
        let trial = station(engine);
        for full in [false, true] {
            let found = troubles(&trial, TODAY, full, 0);
            assert_eq!(codes(&found), ["doctor-backup-none"], "{engine:?}, full {full}");
        }
        let folder = tempfile::tempdir().expect("a folder");
        let to = BackupTo { place: folder.path().into(), keep: None };
        back_up(&trial.location, &to, at_work(TODAY)).expect("a good backup");
        assert!(troubles(&trial, TODAY, true, 0).is_empty(), "{engine:?}");
        assert_eq!(codes(&troubles(&trial, "2026-01-20", false, 0)), ["doctor-backup-old"]);
        drop(folder);
        assert_eq!(codes(&troubles(&trial, TODAY, false, 0)), ["doctor-backup-gone"]);
        let left = std::fs::read_dir(&trial.folder).expect("a folder").filter_map(Result::ok);
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        let is_copy = |name: &std::ffi::OsString| name.to_string_lossy().starts_with(".tram-");
        assert!(!left.iter().any(is_copy), "copies were left behind: {left:?}");
    }
}

#[test]
fn planted_troubles_are_named() {
    let trial = station(Engine::Sqlite);
    assert!(codes(&troubles(&trial, "2026-01-14", false, 0)).contains(&"doctor-clock"));
    let low = troubles(&trial, TODAY, false, u64::MAX);
    assert_eq!(low.get("doctor-disk-low"), Some(&Severity::Error));

    alter(&trial, "UPDATE person SET name = 'Lò Thị Khác'");
    assert!(!codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-tables-differ"));
    let found = troubles(&trial, TODAY, true, 0);
    assert_eq!(codes(&found), ["doctor-backup-none", "doctor-tables-differ"]);

    alter(&trial, "UPDATE setting SET value = '00' WHERE name = 'definitions'");
    let found = troubles(&trial, TODAY, false, 0);
    assert_eq!(codes(&found), ["doctor-backup-none", "doctor-definitions-other"]);

    alter(&trial, "UPDATE chain SET seq = seq + 1 WHERE seq > 0");
    assert!(codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-log-bad"));
    alter(&trial, "UPDATE chain SET seq = seq - 1 WHERE seq > 0");
    alter(&trial, "UPDATE fact SET body = CAST(body || x'00' AS BLOB) WHERE change_set % 2 = 0");
    assert!(!codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-log-bad"));

    alter(&trial, "UPDATE schema_migration SET version = 99 WHERE version = 2");
    let found = troubles(&trial, TODAY, false, 0);
    assert!(codes(&found).contains(&"doctor-schema"));
    assert!(codes(&found).contains(&"database-newer"), "{found:?}");

    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    std::fs::write(beside(path, ".lock"), "tram serve (pid 7)\n").expect("written");
    assert!(codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-unclean"));
    std::fs::write(path, b"not a database at all, but long enough to be looked at")
        .expect("written");
    assert!(codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-unreadable"));
    std::fs::remove_file(path).expect("removed");
    assert_eq!(codes(&troubles(&trial, TODAY, false, 0)), ["doctor-missing"]);
}

#[test]
fn an_altered_entry_of_the_log_is_named_by_the_thorough_look() {
    let trial = station(Engine::Sqlite);
    alter(&trial, "UPDATE change_set SET header = CAST(header || x'00' AS BLOB) WHERE seq = 2");
    let found = troubles(&trial, TODAY, true, 0);
    assert_eq!(
        found.get("doctor-unreadable").or(found.get("doctor-log-bad")),
        Some(&Severity::Error)
    );
}

#[cfg(unix)]
#[test]
fn a_database_others_can_read_is_named() {
    let trial = station(Engine::Sqlite);
    set_rights(&trial.folder, 0o755);
    assert!(codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-rights"));
    set_rights(&trial.folder, 0o700);
    assert!(!codes(&troubles(&trial, TODAY, false, 0)).contains(&"doctor-rights"));
}

fn beside(path: &Path, suffix: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
