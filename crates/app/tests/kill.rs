//! Power cuts: a writer is killed in the middle of its work, again and again. Whatever it had said was
//! saved is there afterwards, the log is whole, and the tables are what the log says.

mod common;

use common::{TODAY, day, found, open};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tram_app::opening::migrate;
use tram_app::person::Registration;
use tram_app::{Actor, App, Clock, Location};
use tram_domain::fact::ResidenceKind;
use tram_kernel::{BirthDate, PersonId, Sex};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

const SAYS: &str = "saved ";

fn registration(area: i64, n: u32) -> Registration {
    Registration {
        name: format!("Hoàng Văn {}", ["An", "Bình", "Chi", "Dũng"][n as usize % 4]),
        sex: Sex::Male,
        born: BirthDate::exact(day("1990-01-01")),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
        identifiers: Vec::new(),
        area,
        residence: ResidenceKind::Permanent,
        since: None,
        move_reason: "registered".into(),
        from_place: None,
        household: None,
        accepted: vec!["warn-same-person".into()],
    }
}

fn someone(app: &App) -> (Actor, i64) {
    let unit = app.all_units().expect("units")[0].id;
    let actor = app.operator(unit).expect("an operator");
    let mut nurse = actor;
    let defs = app.definitions();
    let role = defs.role("station_nurse").expect("a role");
    (nurse.may, nurse.reach) = (role.may.clone(), role.reach);
    let area = app.areas(&nurse).expect("areas")[0].key;
    (nurse, area)
}

/// Not a test of its own: what the killed process does. It saves people and says so after each.
#[test]
fn writer() {
    let Ok(db) = std::env::var("TRAM_KILL_DB") else { return };
    let state = std::env::var("TRAM_KILL_STATE").expect("a folder");
    let location = Location::parse(&db).expect("a place");
    let purpose = tram_app::Purpose::Write("killed");
    let app = App::open(&location, purpose, Clock::on(day(TODAY)), state.as_ref()).expect("open");
    let (nurse, area) = someone(&app);
    println!("{SAYS}ready");
    for n in 0.. {
        let done = app.register_person(&nurse, &registration(area, n), None).expect("registered");
        println!("{SAYS}{}", done.value);
    }
}

/// Starts the writer, kills it after `wait`, and answers what it had said was saved.
fn run_and_kill(db: &str, trial: &Trial, wait: Duration) -> Vec<PersonId> {
    let mut child = Command::new(std::env::current_exe().expect("this program"))
        .args(["--exact", "writer", "--nocapture", "--test-threads=1"])
        .env("TRAM_KILL_DB", db)
        .env("TRAM_KILL_STATE", &trial.folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let said = |line: Result<String, _>| -> Option<String> {
        let line: String = line.ok()?;
        line.split_once(SAYS).map(|(_, said)| said.to_owned())
    };
    let ready = lines.by_ref().filter_map(said).next();
    assert_eq!(ready.as_deref(), Some("ready"), "the writer did not start");
    let until = Instant::now() + wait;
    let killer = std::thread::spawn(move || {
        std::thread::sleep(until.saturating_duration_since(Instant::now()));
        child.kill().expect("killed");
        child.wait().expect("ended");
    });
    let saved = lines.filter_map(said).filter_map(|id| id.parse().ok()).collect();
    killer.join().expect("the killer ends");
    saved
}

fn survives(engine: Engine, times: usize, random: &mut ChaCha8Rng) {
    let trial = Trial::empty(engine);
    let db = match &trial.location {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(url) => url.clone(),
    };
    migrate(&trial.location, Clock::on(day(TODAY))).expect("migrated");
    let app = open(&trial);
    found(&app, "Trạm Y tế xã Lục Yên", "04303");
    drop(app);
    let mut all: Vec<PersonId> = Vec::new();
    let mut unclean = 0;
    for round in 0..times {
        let wait = Duration::from_micros(u64::from(random.next_u32() % 60_000));
        let saved = run_and_kill(&db, &trial, wait);
        let app = open(&trial);
        unclean += usize::from(app.was_unclean());
        let (nurse, _) = someone(&app);
        for id in &saved {
            let page = app.person_page(&nurse, *id);
            assert!(page.is_ok(), "{engine:?}, round {round}: {id} was said to be saved");
        }
        let verified = app.verify_log().expect("verified");
        assert!(verified.bad.is_empty(), "{engine:?}, round {round}: {:?}", verified.bad);
        all.extend(saved);
    }
    let app = open(&trial);
    let (nurse, _) = someone(&app);
    for id in &all {
        assert!(app.person_page(&nurse, *id).is_ok(), "{engine:?}: {id} is lost");
    }
    let before = app.digest().expect("a digest");
    app.rebuild().expect("rebuilt");
    assert_eq!(app.digest().expect("a digest"), before);
    println!("{engine:?}: {times} kills, {} saved, {unclean} openings after a cut", all.len());
    assert!(all.len() > times, "the writer hardly wrote anything");
}

#[test]
fn two_hundred_power_cuts_lose_nothing_that_was_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    survives(Engine::Sqlite, 200, &mut random);
}

#[test]
fn a_killed_server_loses_nothing_that_postgres_was_told_is_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed() + 1);
    survives(Engine::Postgres, 40, &mut random);
}
