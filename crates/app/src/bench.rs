//! Measurements: each figure beside what hand-written SQL needs for the same work, in one run.
//!
//! ```text
//! scratch 1: the demo is built        ─► figures of a commune at work, of the whole counted again,
//!                                        of many who look while one imports
//! scratch 2: its log is appended      ─► figure of the append
//! scratch 3: the same rows, by hand   ─► the floor
//! scratch 4: its people as an Excel list, imported
//! ```
//!
//! Nothing of a real database is touched: everything happens in databases made for the run, or in one whose
//! people are made up (`standing`).

mod alike;
mod bulk;
mod busy;
mod growth;
mod list;
pub mod recount;
mod work;

use crate::clock::Clock;
use crate::demo::{DemoPlan, DemoReport, Scale, build, standing};
use crate::failure::Failure;
use crate::opening::{App, Purpose, migrate};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tram_domain::fact::UnitKind;
use tram_kernel::{Date, Message, UnitId};
use tram_store::scratch::Scratch;
use tram_store::{Location, StoreError, floor};

/// What to measure.
#[derive(Debug, Clone, Copy)]
pub struct BenchPlan<'a> {
    pub scale: Scale,
    pub today: Date,
    /// Where the databases of the run are made; on the disk that is to be measured.
    pub folder: &'a Path,
    /// A server to measure on; without one the embedded engine is measured.
    pub postgres: Option<&'a str>,
    /// A demo that stands already, with the folder of its node files: it is measured, and written to, in
    /// place of one built for the run.
    pub standing: Option<(&'a Location, &'a Path)>,
    /// Whether the whole log is appended again: that takes two more databases of the same size.
    pub appends: bool,
}

/// Which side of its goal a figure should stand on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
    /// At most so many times its floor.
    Ratio(f64),
}

/// One measured number. `code` names it in every language.
#[derive(Debug, Clone)]
pub struct Figure {
    pub code: &'static str,
    pub value: f64,
    pub unit: Unit,
    /// The same work by hand-written SQL, in the same unit.
    pub floor: Option<f64>,
    /// All of them are to be met.
    pub goals: Vec<Goal>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Milliseconds,
    FactsPerSecond,
    ScoresPerSecond,
    Seconds,
    BytesPerFact,
    Megabytes,
    Percent,
}

impl Unit {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::FactsPerSecond => "facts/s",
            Self::ScoresPerSecond => "z/s",
            Self::Seconds => "s",
            Self::BytesPerFact => "B/fact",
            Self::Megabytes => "MB",
            Self::Percent => "%",
        }
    }
}

impl Figure {
    pub(crate) const fn new(code: &'static str, value: f64, unit: Unit) -> Self {
        Self { code, value, unit, floor: None, goals: Vec::new() }
    }

    pub(crate) const fn beside(mut self, floor: f64) -> Self {
        self.floor = Some(floor);
        self
    }

    pub(crate) fn goal(mut self, goal: Goal) -> Self {
        self.goals.push(goal);
        self
    }

    /// How many times the time of its floor.
    pub fn ratio(&self) -> Option<f64> {
        let floor = self.floor.filter(|floor| *floor > 0.0 && self.value > 0.0)?;
        Some(if self.unit == Unit::FactsPerSecond {
            floor / self.value
        } else {
            self.value / floor
        })
    }

    /// Whether every goal is met; `None` without one.
    pub fn is_met(&self) -> Option<bool> {
        (!self.goals.is_empty()).then(|| self.goals.iter().all(|goal| self.meets(*goal)))
    }

    pub fn meets(&self, goal: Goal) -> bool {
        match goal {
            Goal::AtMost(most) => self.value <= most,
            Goal::AtLeast(least) => self.value >= least,
            Goal::Ratio(most) => self.ratio().is_some_and(|ratio| ratio <= most),
        }
    }
}

/// An open database of the run.
pub(crate) struct Bench {
    // Closed before its files go.
    pub app: App,
    location: Location,
    folder: PathBuf,
    scratch: Option<Scratch>,
}

impl BenchPlan<'_> {
    pub(crate) fn fresh(&self) -> Result<Bench, Failure> {
        let scratch = match self.postgres {
            Some(url) => Scratch::postgres(url, self.folder)?,
            None => Scratch::sqlite(self.folder)?,
        };
        let (location, folder) = (scratch.location.clone(), scratch.folder.clone());
        migrate(&location, Clock::on(self.today))?;
        Bench::open(location, folder, Some(scratch), self.today)
    }

    /// The demo to be measured, and what building it came to.
    fn demo(&self) -> Result<(Bench, DemoReport, Option<Figure>), Failure> {
        if let Some((location, folder)) = self.standing {
            let demo = Bench::open(location.clone(), folder.to_owned(), None, self.today)?;
            let none = || Failure::refused(Message::new("bench-no-demo"));
            let report = standing(&demo.app)?.ok_or_else(none)?;
            return Ok((demo, report, None));
        }
        let (demo, started) = (self.fresh()?, Instant::now());
        let plan = DemoPlan { seed: 1, today: self.today, scale: self.scale };
        let report = build(&demo.app, &plan, &mut |_| ())?;
        let rate = report.facts as f64 / started.elapsed().as_secs_f64();
        Ok((demo, report, Some(Figure::new("bench-demo", rate, Unit::FactsPerSecond))))
    }
}

impl Bench {
    fn open(
        location: Location,
        folder: PathBuf,
        scratch: Option<Scratch>,
        today: Date,
    ) -> Result<Self, Failure> {
        let app = App::open(&location, Purpose::Write("bench"), Clock::on(today), &folder)?;
        Ok(Self { app, location, folder, scratch })
    }

    /// Closes the database and opens it again. Answers how long the opening took.
    pub fn reopened(self, today: Date) -> Result<(Self, Duration), Failure> {
        let Self { app, location, folder, scratch } = self;
        drop(app);
        let started = Instant::now();
        let bench = Self::open(location, folder, scratch, today)?;
        Ok((bench, started.elapsed()))
    }
}

pub(crate) fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The time that 95 of 100 stay below, in milliseconds.
pub(crate) fn p95(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let at = (times.len() * 95).div_ceil(100).saturating_sub(1);
    times.get(at).copied().map_or(0.0, ms)
}

/// The station whose work is measured: the largest, which the demo founds first.
fn station(app: &App) -> Result<UnitId, Failure> {
    let units = app.all_units()?;
    let found = units.iter().find(|unit| unit.kind == UnitKind::Station);
    found.map(|unit| unit.id).ok_or(Failure::NotFound)
}

/// Measures. `heard` is told what is being done, by code.
pub fn run(
    plan: &BenchPlan<'_>,
    heard: &mut dyn FnMut(&'static str),
) -> Result<Vec<Figure>, Failure> {
    heard("bench-demo");
    let (demo, report, built) = plan.demo()?;
    let mut figures: Vec<Figure> = built.into_iter().collect();
    let mut by_hand = None;
    if plan.appends {
        heard("bench-append");
        let (appended, commit) = bulk::append(plan, &demo)?;
        figures.push(appended);
        by_hand = Some(commit);
    }
    heard("bench-size");
    figures.push(size(plan, &demo, report.facts)?);
    let (demo, opening) = demo.reopened(plan.today)?;
    figures
        .push(Figure::new("bench-open", ms(opening), Unit::Milliseconds).goal(Goal::AtMost(500.0)));
    let station = station(&demo.app)?;
    heard("bench-search");
    figures.push(work::search(&demo.app)?);
    heard("bench-board");
    figures.append(&mut work::board(&demo.app, station)?);
    heard("bench-dose");
    figures.append(&mut work::doses(&demo.app, station, by_hand)?);
    heard("bench-alike");
    figures.append(&mut alike::figures(&demo.app)?);
    heard("bench-growth");
    figures.push(growth::reading(&demo.app));
    figures.push(growth::scores(&demo.app));
    heard("bench-verify");
    figures.push(bulk::verify(&demo.app)?);
    heard("bench-recount");
    figures.append(&mut recount::recount(&demo.app)?);
    heard("bench-import");
    figures.push(list::import(plan, &demo.app, station)?);
    // Last: it adds people.
    heard("bench-busy");
    figures.append(&mut busy::beside_import(&demo.app, station)?);
    Ok(figures)
}

fn size(plan: &BenchPlan<'_>, demo: &Bench, facts: u64) -> Result<Figure, Failure> {
    let bytes = demo.app.db.read(|sql| floor::size(sql))?;
    let most = if plan.postgres.is_some() { 1_000.0 } else { 600.0 };
    let each = bytes as f64 / facts.max(1) as f64;
    Ok(Figure::new("bench-size", each, Unit::BytesPerFact).goal(Goal::AtMost(most)))
}

/// Peak of resident memory of this process so far, where the system tells.
pub fn peak_memory() -> Option<Figure> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse().ok()?;
    Some(Figure::new("bench-memory", kilobytes / 1024.0, Unit::Megabytes))
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Broken(StoreError::Engine(error.to_string()))
    }
}
