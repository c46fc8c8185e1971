//! Every indicator over everybody, counted from nothing, beside hand-written SQL for the same numbers;
//! and what the top of the network waits for once they are kept.

use super::{Figure, Goal, Unit, ms, p95};
use crate::failure::Failure;
use crate::indicator::Board;
use crate::opening::App;
use crate::plan::PlanRow;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tram_domain::indicator::Days;
use tram_kernel::{Message, Period, Share};
use tram_store::floor::indicators::{by_hand, forget_cells};

/// How often both sides count everything, in turns.
const TURNS: u32 = 2;
/// How often a page is asked for.
const TIMES: usize = 20;

type Numbers = BTreeMap<&'static str, BTreeMap<i64, Share>>;

/// Counts every indicator of this year over everybody, and checks that both sides say the same.
pub fn recount(app: &App) -> Result<Vec<Figure>, Failure> {
    let home = app.home()?.ok_or(Failure::NotFound)?;
    let actor = app.operator(home)?;
    let year = Period::year_of(app.today());
    let days = Days::of(year, app.today()).ok_or(Failure::NotFound)?;
    let question = app.own_question(&actor, year);
    let (mut ours, mut hand) = (Duration::ZERO, Duration::ZERO);
    for _ in 0..TURNS {
        app.db.write_plain(app.now(), |sql| Ok::<_, Failure>(forget_cells(sql)?))?;
        let started = Instant::now();
        let board = app.board(&actor, question, &[])?;
        ours += started.elapsed();
        let started = Instant::now();
        let numbers = app.db.read(|sql| by_hand(sql, &days))?;
        hand += started.elapsed();
        assert_same(&board, &numbers)?;
    }
    let seconds = |took: Duration| (took / TURNS).as_secs_f64();
    let counted = Figure::new("bench-recount", seconds(ours), Unit::Seconds).beside(seconds(hand));
    let mut figures = vec![counted.goal(Goal::AtMost(60.0)).goal(Goal::Ratio(3.0))];
    figures.extend(top(app)?);
    Ok(figures)
}

/// Each number by hand is the number of the board, area by area.
fn assert_same(board: &Board, numbers: &Numbers) -> Result<(), Failure> {
    for number in &board.numbers {
        let code = number.indicator.code.as_str();
        // A set of one's own may hold indicators nobody has written by hand.
        let Some(by_hand) = numbers.get(code) else { continue };
        let ours = number.by_area.iter().filter(|(_, share)| **share != Share::default());
        let theirs = by_hand.iter().filter(|(_, share)| **share != Share::default());
        if !ours.eq(theirs) {
            let message = Message::new("bench-differs").with("code", code.to_owned());
            return Err(Failure::refused(message));
        }
    }
    Ok(())
}

/// What the unit at the top opens first, from kept cells: the board of the year, and its target table.
fn top(app: &App) -> Result<Vec<Figure>, Failure> {
    let home = app.home()?.ok_or(Failure::NotFound)?;
    let actor = app.operator(home)?;
    let question = app.own_question(&actor, Period::year_of(app.today()));
    let mut boards = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        app.board(&actor, question, &[])?;
        boards.push(started.elapsed());
    }
    let board = Figure::new("bench-home-board", p95(boards), Unit::Milliseconds);
    let mut figures = vec![board.goal(Goal::AtMost(100.0))];
    let own = |plan: &PlanRow| plan.unit_name == actor.unit_name;
    let Some(plan) = app.plans(&actor)?.into_iter().find(own) else {
        return Ok(figures);
    };
    let started = Instant::now();
    app.plan_page(&actor, plan.id)?;
    figures.push(Figure::new("bench-plan-first", ms(started.elapsed()), Unit::Milliseconds));
    let mut pages = Vec::new();
    for _ in 0..TIMES {
        let started = Instant::now();
        app.plan_page(&actor, plan.id)?;
        pages.push(started.elapsed());
    }
    figures.push(Figure::new("bench-plan", p95(pages), Unit::Milliseconds));
    Ok(figures)
}
