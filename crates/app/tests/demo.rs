//! The demo: the same seed tells the same story on both engines, and the story is a plausible one.

use tram_app::bench::recount::recount;
use tram_app::demo::{DemoPlan, DemoReport, Scale, build, standing};
use tram_app::indicator::Board;
use tram_app::{App, Clock, Failure, Purpose, opening};
use tram_defs::indicator::Indicator;
use tram_defs::phrase::Phrase;
use tram_domain::fact::UnitKind;
use tram_kernel::{Date, Period};
use tram_store::floor::indicators::known;
use tram_store::sql::Engine;
use tram_store::trial::Trial;

/// Large enough for every kind of event, small enough for a test.
const SCALE: Scale = Scale::Each(300);

fn today() -> Date {
    "2026-11-20".parse().expect("a date")
}

/// A demo. The database goes before the trial that holds it.
struct Built {
    app: App,
    report: DemoReport,
    _trial: Trial,
}

fn built(engine: Engine, seed: u64) -> Built {
    built_at(engine, seed, SCALE)
}

fn built_at(engine: Engine, seed: u64, scale: Scale) -> Built {
    let trial = Trial::empty(engine);
    let clock = Clock::on(today());
    opening::migrate(&trial.location, clock).expect("migrated");
    let app =
        App::open(&trial.location, Purpose::Write("demo"), clock, &trial.folder).expect("opened");
    let plan = DemoPlan { seed, today: today(), scale };
    let report = build(&app, &plan, &mut |_| ()).expect("built");
    Built { app, report, _trial: trial }
}

impl Built {
    fn board(&self, period: &str) -> Board {
        let home = self.app.home().expect("a setting").expect("the regional centre");
        let operator = self.app.operator(home).expect("an operator");
        let period: Period = period.parse().expect("a period");
        self.app.board(&operator, self.app.own_question(&operator, period), &[]).expect("a board")
    }

    /// Every number with its parts, as text.
    fn told(&self, period: &str) -> Vec<String> {
        let board = self.board(period);
        let one = |n: &tram_app::indicator::Number| {
            let mut parts: Vec<String> = n.parts.iter().map(|part| format!("{part:?}")).collect();
            parts.sort();
            format!("{} {:?} {parts:?}", n.indicator.code, n.share)
        };
        board.numbers.iter().map(one).collect()
    }
}

#[test]
fn the_same_seed_gives_the_same_numbers_on_both_engines() {
    let (one, other) = (built(Engine::Sqlite, 7), built(Engine::Postgres, 7));
    assert_eq!(one.report.facts, other.report.facts);
    assert_eq!(one.report.people, other.report.people);
    for period in ["2024", "2025", "2025-Q3", "2026-H1", "2026-11", "2026"] {
        let numbers = one.told(period);
        assert!(numbers.len() >= 12, "{} indicators", numbers.len());
        assert_eq!(numbers, other.told(period), "{period}");
    }
    let third = built(Engine::Sqlite, 8);
    assert_ne!(one.told("2025"), third.told("2025"), "another seed, another story");
}

#[test]
fn the_story_is_a_plausible_one() {
    let demo = built(Engine::Sqlite, 1);
    let board = demo.board("2025");
    let value = |code: &str| {
        let found = board.numbers.iter().find(|n| n.indicator.code == code);
        let value = found.and_then(|n| n.value());
        value.unwrap_or_else(|| panic!("no number for {code}")) as f64 / 1000.0
    };
    for (code, low, high) in [
        ("DAN_SO", 1_650.0, 1_950.0),
        ("HSSK_DT", 90.0, 100.0),
        ("BHYT", 80.0, 100.0),
        ("CBR", 5.0, 40.0),
        ("CDR", 2.0, 15.0),
        ("TCDD", 40.0, 100.0),
        ("VGB24", 50.0, 100.0),
    ] {
        let value = value(code);
        assert!((low..=high).contains(&value), "{code} = {value}, expected {low} to {high}");
    }
}

#[test]
fn a_demo_stands_again_with_its_logins_and_is_never_written_over() {
    let demo = built(Engine::Sqlite, 1);
    let again = standing(&demo.app).expect("a read").expect("a demo stands");
    assert_eq!(again.logins, demo.report.logins);
    for login in &again.logins {
        let signed = demo.app.sign_in(&login.user, &login.password, "vi");
        assert!(signed.is_ok(), "{} cannot sign in", login.user);
    }
    let plan = DemoPlan { seed: 2, today: today(), scale: SCALE };
    let refused = build(&demo.app, &plan, &mut |_| ());
    let Err(Failure::Refused { message, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(message.code, "demo-not-empty");
}

#[test]
fn the_log_of_a_demo_is_whole_and_folds_to_the_same_tables() {
    let demo = built(Engine::Sqlite, 3);
    let verified = demo.app.verify_log().expect("a reading");
    assert!(verified.bad.is_empty(), "{:?}", verified.bad);
    let before = demo.told("2025");
    demo.app.rebuild().expect("a rebuild");
    assert_eq!(before, demo.told("2025"));
}

#[test]
fn a_province_is_told_commune_by_commune_and_stands_whole() {
    let demo = built_at(Engine::Sqlite, 1, Scale::Province(3_000));
    assert!((2_800..4_500).contains(&demo.report.people), "{} people", demo.report.people);
    let units = demo.app.all_units().expect("units");
    let of = |kind| units.iter().filter(|unit| unit.kind == kind).count();
    assert_eq!((of(UnitKind::RegionalCentre), of(UnitKind::Station)), (18, 99));
    let verified = demo.app.verify_log().expect("a reading");
    assert!(verified.bad.is_empty(), "{:?}", verified.bad);
    let before = demo.told("2026");
    demo.app.rebuild().expect("a rebuild");
    assert_eq!(before, demo.told("2026"));
    let again = built_at(Engine::Sqlite, 1, Scale::Province(3_000));
    assert_eq!(before, again.told("2026"), "the same seed, the same story");
}

fn asks_programmes(indicator: &Indicator) -> bool {
    let tallies = [Some(&indicator.numerator), indicator.denominator.as_ref()];
    let mut phrases = tallies.into_iter().flatten().flat_map(|tally| &tally.conditions);
    phrases.any(|phrase| matches!(phrase, Phrase::Follow(_)))
}

#[test]
fn every_indicator_by_hand_is_the_same_number() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let demo = built(engine, 1);
        // It refuses to measure when two numbers differ.
        let figures = recount(&demo.app).expect("both sides count the same");
        assert!(figures.iter().any(|figure| figure.code == "bench-recount"));
        // Those about forms and programmes are held against the fold on random populations, and by stories.
        let defs = demo.app.definitions();
        for indicator in defs.indicators.iter().filter(|indicator| !asks_programmes(indicator)) {
            let code = indicator.code.as_str();
            assert!(known().any(|known| known == code), "{code} is not written by hand");
        }
    }
}
