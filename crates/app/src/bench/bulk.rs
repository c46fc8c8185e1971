//! Many facts at once: appending a whole log, and proving it whole.

use super::{Bench, BenchPlan, Figure, Goal, Unit, ms, p95};
use crate::failure::Failure;
use crate::opening::App;
use std::time::{Duration, Instant};
use tram_domain::fact::Draft;
use tram_store::floor::{self, Filled, Heaps};

/// User actions in one transaction.
const BATCH: usize = 1000;
/// User actions that are read at a time, with their share of the rows of every table.
const HEAP: usize = 100_000;
/// User actions that are written one by one, each with its own commit.
const SINGLE: usize = 300;

/// Appends the log of the demo to an empty database and inserts its rows by hand into another one, in
/// turns; a part of the log at a time, so that memory holds no more than that.
/// Answers the figure and the time of one small commit by hand, in milliseconds.
pub fn append(plan: &BenchPlan<'_>, demo: &Bench) -> Result<(Figure, f64), Failure> {
    let sets = usize::try_from(demo.app.log_size()?.0).unwrap_or_default();
    let heaps = sets.div_ceil(HEAP).max(1);
    let mut heap = demo.app.db.read(|sql| Heaps::of(sql, heaps))?;
    let (ours, by_hands) = (plan.fresh()?, plan.fresh()?);
    // In turns: whatever else slows the machine down slows both.
    let (mut took, mut floor) = (Duration::ZERO, Duration::ZERO);
    let (mut written, mut last, mut single) = (0, 0, Vec::new());
    for n in 0..heaps {
        let (drafts, end) = demo.app.db.read(|sql| floor::drafts(sql, last, HEAP))?;
        let filled = demo.app.db.read(|sql| heap.read(sql))?;
        last = end;
        let sets = drafts.len();
        let alone = if n + 1 == heaps { SINGLE } else { 0 };
        let rest = sets.saturating_sub(alone);
        for from in (0..rest).step_by(BATCH) {
            let to = rest.min(from + BATCH);
            let started = Instant::now();
            write(&ours.app, &drafts[from..to])?;
            took += started.elapsed();
            let started = Instant::now();
            by_hand(&by_hands.app, &filled, (from, to), sets)?;
            floor += started.elapsed();
        }
        written += drafts[..rest].iter().map(|draft| draft.facts.len()).sum::<usize>();
        for at in rest..sets {
            let started = Instant::now();
            by_hand(&by_hands.app, &filled, (at, at + 1), sets)?;
            single.push(started.elapsed());
        }
    }
    let per_second = |took: Duration| written as f64 / took.as_secs_f64();
    let rate = per_second(took);
    let figure = Figure::new("bench-append", rate, Unit::FactsPerSecond).beside(per_second(floor));
    Ok((figure.goal(Goal::AtLeast(15_000.0)).goal(Goal::Ratio(4.0)), p95(single)))
}

fn write(app: &App, batch: &[Draft]) -> Result<(), Failure> {
    Ok(app.db.write(app.now(), |tx| tx.append_all(batch))?)
}

fn by_hand(
    app: &App,
    filled: &[Filled],
    between: (usize, usize),
    parts: usize,
) -> Result<(), Failure> {
    Ok(app.db.write_plain(app.now(), |sql| floor::insert(sql, filled, between, parts))?)
}

/// Recomputing every hash and signature, beside hashing the same bytes once.
pub fn verify(app: &App) -> Result<Figure, Failure> {
    let started = Instant::now();
    let verified = app.verify_log()?;
    let took = started.elapsed();
    assert!(verified.bad.is_empty(), "a log that was just written is whole");
    let started = Instant::now();
    app.db.read(|sql| floor::hash_all(sql))?;
    let floor = started.elapsed();
    Ok(Figure::new("bench-verify", ms(took), Unit::Milliseconds).beside(ms(floor)))
}
