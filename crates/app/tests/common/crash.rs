//! A writer that is cut off in one way or another, and the proof that nothing it had said was saved is
//! lost.

use super::{TODAY, at_work, day, found};
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use tram_app::opening::migrate;
use tram_app::person::Registration;
use tram_app::{Actor, App, Location, Purpose};
use tram_domain::fact::ResidenceKind;
use tram_kernel::{BirthDate, PersonId, Sex};

const SAYS: &str = "saved ";

/// How often something is tried: the name of a variable, or a few times.
pub fn times(variable: &str, few: usize) -> usize {
    std::env::var(variable).ok().and_then(|n| n.parse().ok()).unwrap_or(few)
}

/// The line `cargo xtask soak` reads.
pub fn report(name: &str, rounds: usize, acknowledged: usize, lost: usize) {
    println!("soak {name}: {rounds} rounds, {acknowledged} acknowledged, {lost} lost");
}

pub fn say(what: impl std::fmt::Display) {
    println!("{SAYS}{what}");
}

pub fn registration(area: i64, n: usize) -> Registration {
    Registration {
        name: format!("Hoàng Văn {}", ["An", "Bình", "Chi", "Dũng"][n % 4]),
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

/// A nurse of the first station, and one of its villages.
pub fn someone(app: &App) -> (Actor, i64) {
    let unit = app.all_units().expect("units")[0].id;
    let actor = app.operator(unit).expect("an operator");
    let mut nurse = actor;
    let defs = app.definitions();
    let role = defs.role("station_nurse").expect("a role");
    (nurse.may, nurse.reach) = (role.may.clone(), role.reach);
    let area = app.areas(&nurse).expect("areas")[0].key;
    (nurse, area)
}

/// Opens for writing. A station on a small disk keeps nothing free, so that the disk itself says no.
pub fn open_at(location: &Location, state: &Path) -> Result<App, tram_app::StoreError> {
    let app = App::open(location, Purpose::Write("cut off"), at_work(TODAY), state)?;
    app.keep_free(0);
    Ok(app)
}

/// A database with a station.
pub fn begin(location: &Location, state: &Path) {
    migrate(location, at_work(TODAY)).expect("migrated");
    let app = open_at(location, state).expect("open");
    found(&app, "Trạm Y tế xã Lục Yên", "04303");
}

pub fn url(location: &Location) -> String {
    match location {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(url) => url.clone(),
    }
}

/// Those of `saved` that are not there. The log and the audit must be whole in any case.
pub fn lost(app: &App, saved: &[PersonId], where_: &str) -> usize {
    let (nurse, _) = someone(app);
    let gone: Vec<_> = saved.iter().filter(|id| app.person_page(&nurse, **id).is_err()).collect();
    assert!(gone.is_empty(), "{where_}: said to be saved and lost: {gone:?}");
    let verified = app.verify_log().expect("verified");
    assert!(verified.bad.is_empty(), "{where_}: {:?}", verified.bad);
    let audit = app.verify_audit().expect("verified");
    assert!(audit.is_empty(), "{where_}: audit {audit:?}");
    gone.len()
}

/// The tables are what the log says.
pub fn assert_tables_follow(app: &App, where_: &str) {
    let before = app.digest().expect("a digest");
    app.rebuild().expect("rebuilt");
    assert_eq!(app.digest().expect("a digest"), before, "{where_}");
}

/// Another process of this program, running one of its tests.
pub struct Said {
    pub child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Said {
    /// Starts `test` of this program; `wrap` may put another command before it.
    pub fn start(test: &str, wrap: &[&str], set: &[(&str, &str)]) -> Self {
        let this = std::env::current_exe().expect("this program");
        let this = this.to_str().expect("a readable path");
        let all: Vec<&str> = wrap.iter().copied().chain([this]).collect();
        let mut child = Command::new(all[0])
            .args(&all[1..])
            .args(["--exact", test, "--nocapture", "--test-threads=1"])
            .envs(set.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        Self { child, lines }
    }

    /// What it says next; nothing when it has ended.
    pub fn hear(&mut self) -> Option<String> {
        next(&mut self.lines)
    }

    pub fn split(self) -> (Child, impl Iterator<Item = String>) {
        let mut lines = self.lines;
        (self.child, std::iter::from_fn(move || next(&mut lines)))
    }
}

fn next(lines: &mut Lines<BufReader<ChildStdout>>) -> Option<String> {
    lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split_once(SAYS).map(|(_, said)| said.to_owned()))
}
