//! Dashboards beside an import: people who look at numbers and worklists while a list comes in.

use super::list::excel_of;
use super::{Figure, Goal, Unit, p95};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::indicator::{Side, Which};
use crate::opening::App;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tram_domain::fact::UnitKind;
use tram_kernel::{Period, UnitId};

/// How many look at once.
const READERS: usize = 20;
/// Somebody looks at a page this long before opening the next one.
const LOOKS: Duration = Duration::from_millis(500);
/// People of the list.
const LISTED: usize = 20_000;

/// Who looks: one of the whole, a few of regional centres, the others of stations.
fn readers(app: &App) -> Result<Vec<Actor>, Failure> {
    let units = app.all_units()?;
    let of = |kind: UnitKind| -> Vec<UnitId> {
        units.iter().filter(|unit| unit.kind == kind).map(|unit| unit.id).collect()
    };
    let (centres, stations) = (of(UnitKind::RegionalCentre), of(UnitKind::Station));
    let home = app.home()?.ok_or(Failure::NotFound)?;
    let unit = |n: usize| match n {
        0 => home,
        1..=3 => centres[n % centres.len()],
        _ => stations[n % stations.len()],
    };
    (0..READERS).map(|n| app.operator(unit(n))).collect()
}

/// Imports the people of one station into the villages of another, while everybody looks.
pub fn beside_import(app: &App, station: UnitId) -> Result<Vec<Figure>, Failure> {
    let units = app.all_units()?;
    let other = units.iter().filter(|unit| unit.kind == UnitKind::Station);
    let other = other.map(|unit| unit.id).find(|id| *id != station).unwrap_or(station);
    let (head, from) = (app.operator(station)?, app.operator(other)?);
    let question = app.own_question(&from, Period::year_of(app.today()));
    let which = Which { limit: LISTED, ..Which::default() };
    let (mut people, _) = app.people_behind(&from, question, "DAN_SO", Side::Numerator, &which)?;
    let villages: Vec<String> = app.areas(&head)?.into_iter().map(|area| area.name).collect();
    for (n, line) in people.iter_mut().enumerate() {
        line.area_name = villages.get(n / 4 % villages.len()).cloned();
    }
    let list = excel_of(app, &people)?;
    let (readers, done) = (readers(app)?, AtomicBool::new(false));
    let is_done = &done;
    let (imported, looked) = std::thread::scope(|scope| {
        let looking: Vec<_> = readers
            .iter()
            .enumerate()
            .map(|(n, actor)| scope.spawn(move || look(app, actor, (n, is_done))))
            .collect();
        // What a server does: numbers that change while they are looked at are counted again beside.
        app.serve_lately();
        scope.spawn(move || {
            app.keep_counting(&|pause| {
                std::thread::sleep(pause);
                is_done.load(Ordering::Relaxed)
            });
        });
        let started = Instant::now();
        let imported = import(app, &head, &list).map(|()| started.elapsed());
        done.store(true, Ordering::Relaxed);
        let looked: Vec<_> = looking
            .into_iter()
            .map(|reader| reader.join().expect("looking does not panic"))
            .collect();
        (imported, looked)
    });
    let mut times = Vec::new();
    for of_one in looked {
        times.extend(of_one?);
    }
    let import = Figure::new("bench-busy-import", imported?.as_secs_f64(), Unit::Seconds);
    let look = Figure::new("bench-busy", p95(times), Unit::Milliseconds);
    Ok(vec![look.goal(Goal::AtMost(300.0)), import])
}

fn import(app: &App, head: &Actor, list: &[u8]) -> Result<(), Failure> {
    let key = app.read_list(head, "danh-sach.xlsx", list)?;
    app.check_list(head, key, None)?;
    app.apply_list(head, key, true, &mut |_, _| ())?;
    Ok(())
}

/// One dashboard: the numbers of the month, the worklist, the numbers of the year, in turn.
fn look(
    app: &App,
    actor: &Actor,
    (begin, done): (usize, &AtomicBool),
) -> Result<Vec<Duration>, Failure> {
    let month = app.own_question(actor, Period::month_of(app.today()));
    let year = app.own_question(actor, Period::year_of(app.today()));
    let mut times = Vec::new();
    for n in begin.. {
        if done.load(Ordering::Relaxed) {
            break;
        }
        let started = Instant::now();
        match n % 3 {
            0 => drop(app.board(actor, month, &[])?),
            1 => drop(app.worklist_counts(actor)?),
            _ => drop(app.board(actor, year, &[])?),
        }
        times.push(started.elapsed());
        std::thread::sleep(LOOKS);
    }
    Ok(times)
}
