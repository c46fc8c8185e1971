//! Power cuts: a writer is killed in the middle of its work, again and again. Whatever it had said was
//! saved is there afterwards, the log is whole, and the tables are what the log says.

mod common;

use common::crash::{
    Said, assert_tables_follow, begin, lost, open_at, registration, report, say, someone, times,
    url,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::time::{Duration, Instant};
use tram_app::Location;
use tram_kernel::PersonId;
use tram_store::sql::Engine;
use tram_store::trial::Trial;

/// Not a test of its own: what the killed process does. It saves people and says so after each.
#[test]
fn writer() {
    let Ok(db) = std::env::var("TRAM_KILL_DB") else { return };
    let state = std::env::var("TRAM_KILL_STATE").expect("a folder");
    let location = Location::parse(&db).expect("a place");
    let app = open_at(&location, state.as_ref()).expect("open");
    let (nurse, area) = someone(&app);
    say("ready");
    for n in 0.. {
        say(app.register_person(&nurse, &registration(area, n), None).expect("registered").value);
    }
}

/// Starts the writer, kills it `wait` after it is ready, or after its first save when that is asked for,
/// and answers what it had said was saved.
fn run_and_kill(trial: &Trial, wait: Duration, after_first: bool) -> Vec<PersonId> {
    let (db, state) = (url(&trial.location), trial.folder.display().to_string());
    let set = [("TRAM_KILL_DB", db.as_str()), ("TRAM_KILL_STATE", state.as_str())];
    let mut said = Said::start("writer", &[], &set);
    assert_eq!(said.hear().as_deref(), Some("ready"), "the writer did not start");
    let id = |said: String| said.parse::<PersonId>().ok();
    let first = if after_first { said.hear().and_then(id) } else { None };
    let until = Instant::now() + wait;
    let (mut child, lines) = said.split();
    let killer = std::thread::spawn(move || {
        std::thread::sleep(until.saturating_duration_since(Instant::now()));
        child.kill().expect("killed");
        child.wait().expect("ended");
    });
    let saved = first.into_iter().chain(lines.filter_map(id)).collect();
    killer.join().expect("the killer ends");
    saved
}

fn survives(engine: Engine, times: usize, random: &mut ChaCha8Rng) {
    let trial = Trial::empty(engine);
    begin(&trial.location, &trial.folder);
    let mut all: Vec<PersonId> = Vec::new();
    let (mut unclean, mut gone) = (0, 0);
    for round in 0..times {
        let wait = Duration::from_micros(u64::from(random.next_u32() % 60_000));
        let saved = run_and_kill(&trial, wait, round % 2 == 0);
        let app = open_at(&trial.location, &trial.folder).expect("open");
        unclean += usize::from(app.was_unclean());
        gone += lost(&app, &saved, &format!("{engine:?}, round {round}"));
        assert!(!app.was_restored(), "{engine:?}, round {round}: taken for another copy");
        all.extend(saved);
    }
    let app = open_at(&trial.location, &trial.folder).expect("open");
    gone += lost(&app, &all, &format!("{engine:?}"));
    assert_tables_follow(&app, &format!("{engine:?}"));
    println!("{engine:?}: {unclean} openings after a cut");
    report(&format!("kill -9, {engine:?}"), times, all.len(), gone);
    assert!(all.len() >= times / 2, "the writer hardly wrote anything");
}

#[test]
fn two_hundred_power_cuts_lose_nothing_that_was_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed());
    survives(Engine::Sqlite, times("TRAM_KILLS", 200), &mut random);
}

#[test]
fn a_killed_server_loses_nothing_that_postgres_was_told_is_saved() {
    let mut random = ChaCha8Rng::seed_from_u64(common::seed() + 1);
    survives(Engine::Postgres, times("TRAM_KILLS", 40), &mut random);
}
