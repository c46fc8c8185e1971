//! How long the growth standards take to read, and how many z-scores one core works out in a second.

use super::{Figure, Goal, Unit, ms};
use crate::demo::Chance;
use crate::opening::App;
use std::hint::black_box;
use std::time::Instant;
use tram_domain::growth::{Child, Position};
use tram_kernel::Sex;

/// Children who are measured; each gets four scores.
const CHILDREN: usize = 100_000;

/// Every table is read once by a process, when a child is first measured.
pub fn reading(app: &App) -> Figure {
    let defs = app.definitions();
    let started = Instant::now();
    let findings = black_box(defs.growth.check());
    let took = ms(started.elapsed());
    debug_assert!(findings.is_empty(), "the set was checked when it was packed");
    Figure::new("bench-growth-read", took, Unit::Milliseconds).goal(Goal::AtMost(5.0))
}

/// Children of all ages up to nineteen, of both sexes, some measured the other way than their age asks.
pub fn scores(app: &App) -> Figure {
    let defs = app.definitions();
    let mut chance = Chance::new(1, 98);
    let mut drawn = || {
        let sex = if chance.is(0.5) { Sex::Male } else { Sex::Female };
        let days = chance.between(0, 6_900);
        let centimetres = i64::from(chance.between(480, 750) + days / 7) * 100;
        let kilograms = i64::from(chance.between(300, 900) + days * 2 / 3) * 10;
        let taken = chance.is(0.1).then_some(Position::Lying);
        (Child { standards: defs.growth.standards(), sex, days }, kilograms, centimetres, taken)
    };
    let children: Vec<_> = (0..CHILDREN).map(|_| drawn()).collect();
    let started = Instant::now();
    let mut scored = 0_usize;
    for (child, kilograms, centimetres, taken) in &children {
        let all = [
            child.weight_for_age(*kilograms),
            child.height_for_age(*centimetres, *taken),
            child.weight_for_height(*kilograms, *centimetres, *taken),
            child.bmi_for_age(*kilograms, *centimetres, *taken),
        ];
        scored += black_box(all).iter().flatten().count();
    }
    let rate = scored as f64 / started.elapsed().as_secs_f64();
    Figure::new("bench-growth", rate, Unit::ScoresPerSecond).goal(Goal::AtLeast(1_000_000.0))
}
