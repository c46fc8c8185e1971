//! Numbers that are looked at while a list comes in. A dashboard does not wait for many villages to be counted
//! when what it would show was whole lately: it shows that, and a thread counts again what is being looked at.
//!
//! ```text
//! asked, all villages fresh        ─► shown; "whole" since then, and looked at for WATCHED
//! asked again, a few changed       ─► those are counted by whoever asked: an entry is visible at once
//! asked again, BULK or more changed ─► whole less than LATELY ago: shown as it was
//! the thread, all the while        ─► something changed: every answer that is looked at is counted again
//! ```
//!
//! Only a server does this; elsewhere everybody is answered with the newest numbers.

use crate::failure::Failure;
use crate::opening::App;
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tram_defs::role::Reach;
use tram_kernel::{Date, Period};
use tram_store::cell::{self, Answer, Asked, Beside, Fresh};

/// How long an answer stands in for one in which many villages changed.
const LATELY: Duration = Duration::from_secs(20);
/// So many changed villages are many.
const BULK: usize = 8;
/// What is being looked at is counted again this often, if something changed.
const AGAIN: Duration = Duration::from_millis(200);
/// Somebody who asked so lately is still looking.
const WATCHED: Duration = Duration::from_secs(10);
/// Cells in memory; more are forgotten, they are counted again when asked for.
const MOST: usize = 20_000;

/// What a page asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    pub top: i64,
    pub reach: Reach,
    pub tree: Date,
    pub period: Period,
    pub as_of: Date,
}

#[derive(Debug, Default)]
struct Known {
    /// When an answer that was whole was begun.
    whole: HashMap<Key, Instant>,
    asked: HashMap<Key, Instant>,
    cells: HashMap<(i64, Period), (Instant, Fresh)>,
    /// The changes up to which all that is looked at has been counted.
    up_to: Option<i64>,
}

/// What was counted and asked for lately in this process.
#[derive(Debug, Default)]
pub(crate) struct Lately {
    serves: AtomicBool,
    known: Mutex<Known>,
}

impl Lately {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn serves(&self) -> bool {
        self.serves.load(Ordering::Relaxed)
    }

    /// From how many changed villages on an older answer will do.
    pub(super) fn asked(&self, key: &Key) -> usize {
        if !self.serves() {
            return usize::MAX;
        }
        let mut known = self.known();
        known.asked.insert(*key, Instant::now());
        match known.whole.get(key).map(Instant::elapsed) {
            Some(ago) if ago < LATELY => BULK,
            _ => usize::MAX,
        }
    }

    /// A cell counted lately, and whether that was since `since`.
    pub(super) fn young(&self, of: (i64, Period), since: Option<Instant>) -> Option<(Fresh, bool)> {
        if !self.serves() {
            return None;
        }
        let known = self.known();
        let (at, cell) = known.cells.get(&of)?;
        let is_young = since.is_some_and(|since| *at >= since);
        Some((cell.clone(), is_young))
    }

    /// Remembers an answer that was begun at `began`.
    pub(super) fn learn(&self, key: Key, began: Instant, answer: &Answer) {
        if !self.serves() || answer.old > 0 {
            return;
        }
        let mut known = self.known();
        if known.cells.len() + answer.fresh.len() > MOST {
            known.cells.clear();
            known.whole.clear();
        }
        for cell in &answer.fresh {
            known.cells.insert((cell.area, key.period), (began, cell.clone()));
        }
        known.whole.insert(key, began);
    }

    /// What is being looked at. What nobody looks at any more is forgotten.
    fn watched(&self) -> Vec<Key> {
        let mut known = self.known();
        known.asked.retain(|_, at| at.elapsed() < WATCHED);
        known.whole.retain(|_, at| at.elapsed() < LATELY);
        let mut keys: Vec<Key> = known.asked.keys().copied().collect();
        if keys.is_empty() {
            known.cells.clear();
            known.up_to = None;
        }
        keys.sort_unstable();
        keys
    }

    /// Nothing changed since everything that is looked at was counted: it is whole now.
    fn still_whole(&self, keys: &[Key], changes: i64, began: Instant) -> bool {
        let mut known = self.known();
        let all = known.up_to == Some(changes) && keys.iter().all(|k| known.whole.contains_key(k));
        if all {
            keys.iter().for_each(|key| _ = known.whole.insert(*key, began));
        }
        all
    }
}

impl App {
    /// From now on pages do not wait for many villages when their numbers were whole a moment ago. Needs a
    /// thread in [`App::keep_counting`].
    pub fn serve_lately(&self) {
        self.lately.serves.store(true, Ordering::Relaxed);
    }

    /// Counts what is being looked at, at most half of the time, until `stopped`, which waits so long, says so.
    pub fn keep_counting(&self, stopped: &dyn Fn(Duration) -> bool) {
        let mut pause = AGAIN;
        while !stopped(pause) {
            let began = Instant::now();
            if let Err(failure) = self.count_again() {
                tracing::warn!(?failure, "numbers were not counted again");
            }
            pause = began.elapsed().max(AGAIN);
        }
    }

    /// Counts everything that is being looked at, if something changed.
    pub fn count_again(&self) -> Result<(), Failure> {
        let keys = self.lately.watched();
        if keys.is_empty() {
            return Ok(());
        }
        let began = Instant::now();
        let changes = self.changes_counted()?;
        if self.lately.still_whole(&keys, changes, began) {
            return Ok(());
        }
        let defs = self.definitions();
        for key in keys {
            let Key { top, reach, tree, period, as_of } = key;
            let asked = Asked { top, reach, tree, period, as_of, defs: &defs };
            let young = |area| self.lately.young((area, period), Some(began));
            let beside = Beside { young: &young, old_from: usize::MAX };
            if let Some(answer) = self.db.read(|sql| cell::answer(sql, asked, &[], &beside))? {
                self.lately.learn(key, began, &answer);
                self.keep(&[period], &[Some(answer)])?;
            }
        }
        self.lately.known().up_to = Some(changes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(top: i64) -> Key {
        let day = "2026-01-16".parse().expect("a day");
        let period = "2026-01".parse().expect("a month");
        Key { top, reach: Reach::Unit, tree: day, period, as_of: day }
    }

    fn serving() -> Lately {
        let lately = Lately::default();
        lately.serves.store(true, Ordering::Relaxed);
        lately
    }

    fn ago(span: Duration) -> Instant {
        Instant::now().checked_sub(span).expect("a clock that runs for a while")
    }

    #[test]
    fn nothing_old_will_do_unless_a_server_counts_again() {
        let lately = Lately::default();
        lately.learn(key(1), Instant::now(), &Answer::default());
        assert_eq!(lately.asked(&key(1)), usize::MAX);
        assert_eq!(lately.watched(), []);
    }

    #[test]
    fn an_answer_stands_in_for_a_while_and_only_when_many_villages_changed() {
        let lately = serving();
        assert_eq!(lately.asked(&key(1)), usize::MAX);
        lately.learn(key(1), Instant::now(), &Answer::default());
        assert_eq!((lately.asked(&key(1)), lately.asked(&key(2))), (BULK, usize::MAX));
        lately.learn(key(1), ago(LATELY), &Answer::default());
        assert_eq!(lately.asked(&key(1)), usize::MAX);
    }

    #[test]
    fn what_was_shown_old_does_not_become_whole() {
        let lately = serving();
        lately.learn(key(1), Instant::now(), &Answer { old: 3, ..Answer::default() });
        assert_eq!(lately.asked(&key(1)), usize::MAX);
    }

    #[test]
    fn without_a_change_what_is_looked_at_stays_whole() {
        let lately = serving();
        lately.asked(&key(1));
        lately.learn(key(1), ago(LATELY / 2), &Answer::default());
        lately.known().up_to = Some(7);
        assert!(!lately.still_whole(&[key(1)], 8, Instant::now()));
        assert!(!lately.still_whole(&[key(1), key(2)], 7, Instant::now()));
        assert!(lately.still_whole(&[key(1)], 7, Instant::now()));
        assert!(lately.known().whole[&key(1)].elapsed() < LATELY / 2);
    }
}
