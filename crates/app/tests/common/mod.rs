//! A station to test with: one commune, three villages, a nurse. On either engine.

#![allow(dead_code, reason = "every test file uses another part")]

pub mod crash;

use std::sync::OnceLock;
use tram_app::opening::migrate;
use tram_app::unit::{NewArea, NewUnit};
use tram_app::user::NewUser;
use tram_app::{Actor, App, Clock, Purpose};
use tram_domain::fact::UnitKind;
use tram_kernel::{AreaId, CommuneCode, Date, Moment, UnitId};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

/// The day on which the tests take place: a Friday.
pub const TODAY: &str = "2026-01-16";
pub const PASSWORD: &str = "mot cau that dai";

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A clock of which every test starts at two in the afternoon, whatever the hour of the machine: what is said
/// to have happened "this morning" has happened.
pub fn at_work(today: &str) -> Clock {
    Clock::since(Moment::at(day(today), 14 * 60))
}

/// A database with a founded station.
pub struct Station {
    pub app: App,
    pub unit: UnitId,
    pub areas: Vec<AreaId>,
    /// Head of the station, who may do everything here.
    pub head: Actor,
    pub trial: Trial,
}

impl Station {
    pub fn new(engine: Engine) -> Self {
        let trial = Trial::empty(engine);
        let clock = at_work(TODAY);
        migrate(&trial.location, clock).expect("a migrated database");
        let app = open(&trial);
        let (unit, areas) = found(&app, "Trạm Y tế xã Lục Yên", "04303");
        let operator = app.operator(unit).expect("an operator");
        let head = user(&app, &operator, "lan", "station_head", unit);
        Self { app, unit, areas, head, trial }
    }

    /// Local key of a village by its place in the list.
    pub fn area_key(&self, at: usize) -> i64 {
        let areas = self.app.areas(&self.head).expect("areas");
        areas.iter().find(|a| a.id == self.areas[at]).expect("a village").key
    }
}

/// Opens a migrated trial database for writing.
pub fn open(trial: &Trial) -> App {
    let purpose = Purpose::Write("test");
    App::open(&trial.location, purpose, at_work(TODAY), &trial.folder).expect("an open one")
}

/// A station with three villages.
pub fn found(app: &App, name: &str, commune: &str) -> (UnitId, Vec<AreaId>) {
    let commune: CommuneCode = commune.parse().expect("a code");
    let since = day("2017-01-01");
    let unit = NewUnit {
        name: name.into(),
        kind: UnitKind::Station,
        commune: Some(commune),
        facility_code: None,
        since,
        under: Vec::new(),
    };
    let (units, _) = app.found(&[unit], &[]).expect("a station");
    let areas: Vec<NewArea> = [("Thôn", "Khe Pháo"), ("Bản", "Chang"), ("Thôn", "Nà Khà")]
        .map(|(kind, name)| NewArea {
            name: name.into(),
            kind: kind.into(),
            commune,
            unit: units[0],
            since,
        })
        .into();
    let (_, areas) = app.found(&[], &areas).expect("villages");
    (units[0], areas)
}

/// Adds a user and signs in.
pub fn user(app: &App, by: &Actor, login: &str, role: &str, unit: UnitId) -> Actor {
    let new = NewUser {
        login: login.into(),
        name: format!("Nông Thị {login}"),
        password: PASSWORD.into(),
        role: role.into(),
        unit,
        from: day("2017-01-01"),
        to: None,
    };
    app.add_user(by, &new).expect("a user");
    let token = app.sign_in(login, PASSWORD, "vi").expect("signed in");
    app.session(&token).expect("a session").expect("signed in").actor
}

/// A seed that is printed, so that a failing run can be had again.
pub fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        let seed =
            std::env::var("TRAM_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_260_116);
        println!("TRAM_SEED={seed}");
        seed
    })
}
