//! A database made by an earlier program is brought to this one: a backup first, then one transaction,
//! with everything in it verified and every table folded again.
//!
//! `data/schema-1.db.gz` was made by the program of commit d57b290 (`tram init`, `tram user add`, `tram import`,
//! `tram plan adopt`, all on 2026-01-16): schema 1, and people who do not exist.

mod common;

use common::at_work;
use common::crash::{Said, assert_tables_follow, lost, registration, say, someone};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::io::Read;
use std::path::Path;
use std::time::Duration;
use tram_app::backup::{BackupTo, back_up, restore};
use tram_app::opening::{migrate, upgrade_plan};
use tram_app::{App, Clock, Failure, Location, Purpose, StoreError};
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

const TODAY: &str = "2026-02-02";
const EARLIER: &[u8] = include_bytes!("data/schema-1.db.gz");

fn clock() -> Clock {
    at_work(TODAY)
}

/// The database of the earlier program, in a folder of its own.
fn earlier(folder: &Path) -> Location {
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(EARLIER).read_to_end(&mut bytes).expect("gzip");
    let path = folder.join("tram.db");
    std::fs::write(&path, bytes).expect("written");
    Location::Sqlite(path)
}

fn open(location: &Location, folder: &Path) -> Result<App, StoreError> {
    App::open(location, Purpose::Write("test"), clock(), folder)
}

/// What the earlier database holds, as this program tells it.
fn assert_all_there(app: &App, what: &str) {
    let (nurse, _) = someone(app);
    lost(app, &[], what);
    assert_tables_follow(app, what);
    let (found, _) = app.search(&nurse, "lo thi", None).expect("found");
    assert!(!found.is_empty(), "{what}: nobody is found");
    let operator = app.operator(nurse.unit).expect("an operator");
    assert_eq!(app.users(&operator).expect("users").len(), 1, "{what}");
    app.sign_in("lan.nt", common::PASSWORD, "vi").expect("signed in with the old password");
}

#[test]
fn a_database_of_an_earlier_program_is_upgraded_after_a_backup() {
    let folder = tempfile::tempdir().expect("a folder");
    let location = earlier(folder.path());
    let refused = open(&location, folder.path()).err().map(Failure::Broken);
    let said = refused.and_then(|failure| failure.message()).map(|message| message.code);
    assert_eq!(said, Some("database-schema"));

    let plan = upgrade_plan(&location).expect("a plan");
    assert_eq!(plan.steps, ["subject_unique", "desk", "access", "projections"]);
    assert!(plan.facts > 30, "{plan:?}");
    assert_eq!(upgrade_plan(&location).expect("a plan"), plan, "the plan changed something");

    let to = BackupTo { place: folder.path().join("sao-luu"), keep: None };
    let saved = back_up(&location, &to, clock()).expect("a backup of the earlier schema");
    assert_eq!((saved.manifest.schema, saved.manifest.facts as i64), (1, plan.facts));

    assert_eq!(migrate(&location, clock()).expect("upgraded"), plan.steps);
    assert!(migrate(&location, clock()).expect("again").is_empty(), "not needed twice");
    let app = open(&location, folder.path()).expect("open");
    assert_all_there(&app, "upgraded");

    // The backup of the earlier schema restores into this one, on both engines.
    for engine in ENGINES {
        let trial = Trial::empty(engine);
        restore(&trial.location, &saved.file, clock()).expect("restored");
        let app = open(&trial.location, &trial.folder).expect("open");
        assert_all_there(&app, &format!("restored, {engine:?}"));
    }
}

/// Not a test of its own: an upgrade that will be killed.
#[test]
fn upgrader() {
    let Ok(folder) = std::env::var("TRAM_UPGRADE") else { return };
    let location = Location::Sqlite(Path::new(&folder).join("tram.db"));
    say("ready");
    migrate(&location, clock()).expect("upgraded");
    say("upgraded");
}

#[test]
fn an_upgrade_that_is_killed_has_not_happened_or_is_finished_and_is_run_again() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    let (mut before, mut after) = (0, 0);
    for round in 0..12 {
        let folder = tempfile::tempdir().expect("a folder");
        let location = earlier(folder.path());
        let plan = upgrade_plan(&location).expect("a plan");
        let at = folder.path().display().to_string();
        let mut said = Said::start("upgrader", &[], &[("TRAM_UPGRADE", &at)]);
        assert_eq!(said.hear().as_deref(), Some("ready"), "the upgrader did not start");
        std::thread::sleep(Duration::from_micros(u64::from(random.next_u32() % 60_000)));
        let (mut child, _) = said.split();
        child.kill().expect("killed");
        child.wait().expect("ended");
        match upgrade_plan(&location).expect("a plan") {
            found if found == plan => before += 1,
            found if found.steps.is_empty() => after += 1,
            half => panic!("round {round}: half an upgrade: {half:?}"),
        }
        migrate(&location, clock()).expect("run again");
        let app = open(&location, folder.path()).expect("open");
        assert_all_there(&app, &format!("round {round}"));
        let (nurse, area) = someone(&app);
        app.register_person(&nurse, &registration(area, 1), None).expect("saved");
    }
    println!("{before} killed before the end, {after} after it");
}

#[test]
fn a_newer_database_is_neither_opened_nor_upgraded() {
    let trial = Trial::empty(Engine::Sqlite);
    migrate(&trial.location, clock()).expect("made");
    let Location::Sqlite(path) = &trial.location else { panic!("a file") };
    let conn = rusqlite::Connection::open(path).expect("open");
    conn.execute("INSERT INTO schema_migration VALUES (99, 'later', 0)", []).expect("written");
    drop(conn);
    assert!(matches!(upgrade_plan(&trial.location), Err(StoreError::Schema { found: 99, .. })));
    let refused = migrate(&trial.location, clock());
    assert!(matches!(refused, Err(StoreError::Schema { found: 99, .. })), "{refused:?}");
}
