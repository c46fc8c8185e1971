//! The demo: the same seed tells the same story on both engines, and the story is a plausible one.

use std::time::Instant;
use tram_app::demo::{DemoPlan, DemoReport, Scale, build};
use tram_app::indicator::Question;
use tram_app::{App, Clock, Purpose, opening};
use tram_kernel::{Date, Period};
use tram_store::Engine;
use tram_store::trial::Trial;

fn today() -> Date {
    "2026-01-16".parse().expect("a date")
}

fn built(engine: Engine, seed: u64, scale: Scale) -> (Trial, App, DemoReport) {
    let trial = Trial::empty(engine);
    let clock = Clock::on(today());
    opening::migrate(&trial.location, clock).expect("migrated");
    let app =
        App::open(&trial.location, Purpose::Write("demo"), clock, &trial.folder).expect("opened");
    let plan = DemoPlan { seed, today: today(), scale };
    let started = Instant::now();
    let report = build(&app, &plan, &mut |_| ()).expect("built");
    println!("built in {:?}: {} people, {} facts", started.elapsed(), report.people, report.facts);
    (trial, app, report)
}

fn print_board(app: &App, period: &str) {
    let top = app
        .all_units()
        .expect("units")
        .into_iter()
        .find(|u| u.name.starts_with("Sở Y tế"))
        .expect("Sở");
    let operator = app.operator(top.id).expect("operator");
    let period: Period = period.parse().expect("a period");
    let q = Question { tree: None, ..app.own_question(&operator, period) };
    let board = app.board(&operator, q, &[]).expect("a board");
    for number in &board.numbers {
        println!("{:8} {period} {:?} {:?}", number.indicator.code, number.value(), number.share);
    }
}

#[test]
#[ignore = "a measurement"]
fn measure() {
    let scale = match std::env::var("DEMO_SCALE").as_deref() {
        Ok("region") => Scale::Region,
        Ok("commune") => Scale::Commune,
        Ok(n) => n.parse().map_or(Scale::Small, Scale::Each),
        _ => Scale::Small,
    };
    let engine =
        if std::env::var("DEMO_ENGINE").is_ok() { Engine::Postgres } else { Engine::Sqlite };
    let (trial, app, report) = built(engine, 1, scale);
    println!("{report:?}");
    println!("{:?} {:?}", app.log_size(), trial.location);
    for file in std::fs::read_dir(&trial.folder).expect("folder").flatten() {
        println!("{:?} {}", file.file_name(), file.metadata().map_or(0, |m| m.len()));
    }
    if std::env::var("DEMO_KEEP").is_ok() {
        std::mem::forget(trial);
    }
    if std::env::var("DEMO_BOARD").is_ok() {
        for period in ["2023", "2024", "2025", "2026-01"] {
            print_board(&app, period);
        }
    }
}
