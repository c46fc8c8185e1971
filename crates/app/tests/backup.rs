//! Backups: made beside a writer, restored into either engine, damaged at every place, pruned, due.

mod common;

use common::crash::{assert_tables_follow, lost, open_at, registration, someone};
use common::{PASSWORD, Station, TODAY, at_work};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use tram_app::backup::{BackupPlan, BackupReport, BackupTo, back_up, inspect, restore};
use tram_app::{App, Clock, Location, Purpose, StoreError};
use tram_kernel::PersonId;
use tram_store::BadBackup;
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

fn clock() -> Clock {
    at_work(TODAY)
}

fn save(app: &App, from: usize, n: usize) -> Vec<PersonId> {
    let (nurse, area) = someone(app);
    let one = |n| app.register_person(&nurse, &registration(area, n), None).expect("saved").value;
    (from..from + n).map(one).collect()
}

fn to(folder: &Path) -> BackupTo {
    BackupTo { place: folder.to_owned(), keep: None }
}

fn backup_of(station: &Station, folder: &Path) -> BackupReport {
    back_up(&station.trial.location, &to(folder), clock()).expect("a good backup")
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn what_was_saved_before_is_in_a_backup_made_beside_a_writer_and_restores_into_either_engine() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let app = &station.app;
        let before = save(app, 0, 30);
        let folder = tempfile::tempdir().expect("a folder");
        let done = AtomicBool::new(false);
        let report = std::thread::scope(|scope| {
            let writer = scope.spawn(|| {
                let mut n = 0;
                while !done.load(Ordering::Relaxed) {
                    save(app, 100 + n, 1);
                    n += 1;
                }
                n
            });
            let report = backup_of(&station, folder.path());
            done.store(true, Ordering::Relaxed);
            assert!(writer.join().expect("the writer ends") > 0, "nobody wrote meanwhile");
            report
        });
        assert_eq!(files_in(folder.path()), std::slice::from_ref(&report.file), "left behind");
        assert_eq!(app.last_backup().expect("known").expect("one").sha256, report.sha256);
        assert!(app.backup_seen().is_some());
        let per_chain: u64 = report.manifest.chains.iter().map(|chain| chain.facts).sum();
        assert_eq!(per_chain, report.manifest.facts);
        for target in ENGINES {
            let what = format!("{engine:?} to {target:?}");
            let trial = Trial::empty(target);
            let manifest = restore(&trial.location, &report.file, clock()).expect("restored");
            assert_eq!(manifest, report.manifest, "{what}");
            let restored = open_at(&trial.location, &trial.folder).expect("open");
            assert!(!restored.definitions().roles.is_empty());
            let sets = restored.log_size().expect("counted").0;
            assert_eq!(sets.unsigned_abs(), manifest.change_sets, "{what}");
            lost(&restored, &before, &what);
            assert_tables_follow(&restored, &what);
            // People sign in with the passwords they had; sessions did not come along.
            restored.sign_in("lan", PASSWORD, "vi").expect("signed in");
            assert_eq!(restored.figures().expect("figures").sessions, 1, "{what}");
            let more = save(&restored, 500, 3);
            lost(&restored, &more, &what);
        }
    }
}

#[test]
fn data_restored_where_it_came_from_begins_a_new_epoch() {
    let station = Station::new(Engine::Sqlite);
    let folder = tempfile::tempdir().expect("a folder");
    let saved = save(&station.app, 0, 5);
    let report = backup_of(&station, folder.path());
    save(&station.app, 10, 5);
    let Station { app, trial, .. } = station;
    let refused = restore(&trial.location, &report.file, clock());
    assert!(matches!(refused, Err(StoreError::Locked { .. })), "{refused:?}");
    drop(app);
    let refused = restore(&trial.location, &report.file, clock());
    let occupied = StoreError::Backup(BadBackup::Occupied { what: trial.location.shown() });
    assert_eq!(refused.expect_err("not empty").to_string(), occupied.to_string());
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    std::fs::remove_file(path).expect("the disk is lost, the file of the node is not");
    restore(&trial.location, &report.file, clock()).expect("restored");
    let app = open_at(&trial.location, &trial.folder).expect("open");
    assert!(app.was_restored(), "sequence numbers would be used twice");
    save(&app, 20, 2);
    lost(&app, &saved, "restored");
}

#[test]
fn postgres_refuses_to_restore_over_data() {
    let station = Station::new(Engine::Postgres);
    let folder = tempfile::tempdir().expect("a folder");
    let report = backup_of(&station, folder.path());
    let refused = restore(&station.trial.location, &report.file, clock());
    assert!(matches!(refused, Err(StoreError::Backup(BadBackup::Occupied { .. }))), "{refused:?}");
    lost(&station.app, &[], "untouched");
}

#[test]
fn a_backup_that_was_cut_or_altered_anywhere_is_refused_and_nothing_is_restored() {
    let station = Station::new(Engine::Sqlite);
    save(&station.app, 0, 20);
    let folder = tempfile::tempdir().expect("a folder");
    let report = backup_of(&station, folder.path());
    let good = std::fs::read(&report.file).expect("read");
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    let bad = folder.path().join("bad.trambak");
    let target = folder.path().join("new/tram.db");
    let refuse = |bytes: &[u8], what: &str| {
        std::fs::write(&bad, bytes).expect("written");
        for answer in
            [restore(&Location::Sqlite(target.clone()), &bad, clock()), inspect(&bad, clock())]
        {
            let Err(StoreError::Backup(why)) = answer else { panic!("{what}: {answer:?}") };
            let shown = why.to_string();
            let named = matches!(
                why,
                BadBackup::Foreign
                    | BadBackup::Cut { .. }
                    | BadBackup::Altered { .. }
                    | BadBackup::Newer { .. }
            );
            assert!(named, "{what}: {shown}");
        }
        assert!(!target.exists(), "{what}: something was restored");
    };
    for _ in 0..120 {
        let at = random.next_u32() as usize % good.len();
        refuse(&good[..at], &format!("cut at {at} of {}", good.len()));
        let mut altered = good.clone();
        altered[at] ^= 1 << (random.next_u32() % 8);
        refuse(&altered, &format!("a bit of byte {at} of {}", good.len()));
    }
    let mut longer = good.clone();
    longer.push(0);
    refuse(&longer, "something behind the end");
    refuse(b"PK\x03\x04 an Excel file", "another file");
    refuse(&[], "an empty file");
    let left = files_in(folder.path());
    assert!(left.iter().all(|path| !path.to_string_lossy().contains("restoring")), "{left:?}");
    std::fs::write(&bad, &good).expect("written");
    assert!(inspect(&bad, clock()).is_ok(), "the test itself is wrong");
}

#[test]
fn nothing_is_overwritten_and_older_ones_go_only_after_a_good_one() {
    let station = Station::new(Engine::Sqlite);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mot.trambak");
    let once = BackupTo { place: file.clone(), keep: None };
    back_up(&station.trial.location, &once, clock()).expect("a good backup");
    let again = back_up(&station.trial.location, &once, clock());
    assert!(matches!(again, Err(StoreError::Backup(BadBackup::Occupied { .. }))), "{again:?}");
    let empty = Trial::empty(Engine::Sqlite);
    assert!(back_up(&empty.location, &to(folder.path()), clock()).is_err(), "a backup of nothing");
    assert_eq!(files_in(folder.path()), [file]);
}

#[test]
fn the_daily_backup_is_made_once_a_day_and_pruned() {
    for engine in ENGINES {
        let Station { app, trial, .. } = Station::new(engine);
        drop(app);
        let folder = tempfile::tempdir().expect("a folder");
        let plan = BackupPlan { folder: folder.path().into(), at: 0, keep: 2, warn_days: 3 };
        for (n, today) in ["2026-01-17", "2026-01-18", "2026-01-19"].into_iter().enumerate() {
            let purpose = Purpose::Write("serve");
            let clock = at_work(today);
            let app = App::open(&trial.location, purpose, clock, &trial.folder).expect("open");
            app.take_back_jobs().expect("taken back");
            let made = app.nightly_backup(&plan).expect("made").expect("one was due");
            assert_eq!(made.removed.len(), usize::from(n == 2), "{engine:?}, {today}");
            assert!(app.nightly_backup(&plan).expect("asked").is_none(), "twice on one day");
            assert_eq!(app.figures().expect("figures").jobs, [("done".into(), n as i64 + 1)]);
        }
        assert_eq!(files_in(folder.path()).len(), 2);
    }
}

#[test]
fn a_failed_daily_backup_is_tried_again_later_and_blocks_nobody() {
    let station = Station::new(Engine::Sqlite);
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("a-file");
    std::fs::write(&blocked, b"in the way").expect("written");
    let plan = BackupPlan { folder: blocked.clone(), at: 0, keep: 2, warn_days: 3 };
    assert!(station.app.nightly_backup(&plan).is_err());
    assert!(station.app.nightly_backup(&plan).expect("asked").is_none(), "at once again");
    assert_eq!(station.app.figures().expect("figures").jobs, [("waiting".into(), 1)]);
    save(&station.app, 0, 1);
}
