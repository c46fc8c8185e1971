//! Records of one person among many: how many of those planted are found, how many of those found are
//! right, how long it takes.

use super::{Figure, Goal, Unit};
use crate::demo::Chance;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::{BTreeSet, HashSet};
use std::time::Instant;
use tram_domain::likeness::{Traits, pairs};
use tram_kernel::day::add_days;
use tram_kernel::{BirthDate, Precision};
use tram_store::likeness::traits;
use tram_store::person::Within;

/// One record in so many is typed a second time.
const ONE_IN: u32 = 40;
/// Keys of planted records lie above all others.
const PLANTED: i64 = 1 << 60;

/// Plants second records among the people of the demo and looks for them. Those of the demo itself are
/// all of different people: a pair of two of them is a wrong one.
pub fn figures(app: &App) -> Result<Vec<Figure>, Failure> {
    let home = app.home()?.ok_or(Failure::NotFound)?;
    let actor = app.operator(home)?;
    let (top, reach, on) = (actor.unit_key, actor.reach, app.today());
    let started = Instant::now();
    let mut all = app.db.read(|sql| traits(sql, Within { top, reach, on, area: 0 }))?;
    let read = started.elapsed();
    let planted = plant(&mut all, &mut Chance::new(1, 99));
    let started = Instant::now();
    let found = pairs(&all);
    let took = started.elapsed() + read;
    let found: HashSet<(i64, i64)> = found
        .iter()
        .map(|(a, b, _)| (all[*a].key, all[*b].key))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .collect();
    let right = planted.iter().filter(|pair| found.contains(pair)).count() as f64;
    let percent = |of: usize| if of == 0 { 0.0 } else { 100.0 * right / of as f64 };
    let seconds = took.as_secs_f64();
    Ok(vec![
        Figure::new("bench-alike", seconds, Unit::Seconds).goal(Goal::AtMost(60.0)),
        Figure::new("bench-alike-recall", percent(planted.len()), Unit::Percent)
            .goal(Goal::AtLeast(98.0)),
        Figure::new("bench-alike-precision", percent(found.len()), Unit::Percent)
            .goal(Goal::AtLeast(95.0)),
    ])
}

/// Second records as they come about: typed from memory, from another paper, by somebody else.
fn plant(all: &mut Vec<Traits>, chance: &mut Chance) -> BTreeSet<(i64, i64)> {
    let mut planted = BTreeSet::new();
    for at in 0..all.len() {
        if chance.below(ONE_IN) > 0 {
            continue;
        }
        let first = &all[at];
        let mut second = Traits { key: first.key + PLANTED, ..first.clone() };
        // Whoever has the number at hand finds the first record: the second one lacks it.
        second.citizen.clear();
        second.other_numbers.clear();
        if chance.is(0.5) {
            second.mother.clear();
        }
        if chance.is(0.5) {
            second.phone = None;
        }
        if chance.is(0.5) {
            second.household = None;
        }
        // Most of them lack one thing; some are exactly the same.
        match chance.below(6) {
            0 => turn_words(&mut second),
            1 => misspell(&mut second, chance),
            2 => drop_middle(&mut second),
            3 => misdate(&mut second, chance),
            4 if second.household.is_some() || second.phone.is_some() => {
                second.born = BirthDate::new(second.born.first(), Precision::Year);
            }
            // Accents and their composition are gone before anything is compared.
            _ => {}
        }
        planted.insert((first.key, second.key));
        all.push(second);
    }
    planted
}

/// `Hoàng Thị Sính` as `Sính Hoàng Thị`: the given name first, as on some papers.
fn turn_words(traits: &mut Traits) {
    traits.words.rotate_right(1);
}

fn misspell(traits: &mut Traits, chance: &mut Chance) {
    let Some(word) = traits.words.last_mut().filter(|word| word.len() > 2) else { return };
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.below(letters.len() as u32 - 1) as usize + 1;
    match chance.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, 'h'),
        _ => letters.swap(at - 1, at),
    }
    *word = letters.into_iter().collect();
}

fn drop_middle(traits: &mut Traits) {
    if traits.words.len() > 2 {
        traits.words.remove(1);
    }
}

/// Day and month exchanged, a day off by a few, or a year off by one.
fn misdate(traits: &mut Traits, chance: &mut Chance) {
    let day = traits.born.first();
    if traits.born.precision() != Precision::Day {
        return;
    }
    let exchanged = tram_kernel::Date::new(day.year(), day.day(), day.month());
    let wrong = match (chance.below(3), exchanged) {
        (0, Ok(exchanged)) => exchanged,
        (1, _) => add_days(day, chance.between(1, 6)),
        _ => tram_kernel::Date::new(day.year() - 1, day.month(), day.day()).unwrap_or(day),
    };
    traits.born = BirthDate::exact(wrong);
}
