//! Rows beside what was judged of them: what is staged of a list, and which rows are written.

use crate::import::Opened;
use std::collections::HashMap;
use tram_domain::fact::Subject;
use tram_domain::roster::{Outcome, place};
use tram_exchange::list::{self, ParsedRow};
use tram_kernel::Finding;

/// What is said of a row that is not written.
pub(super) const REFUSED: &str = Outcome::Refused.code();

/// A row after the check.
pub struct Checked {
    pub number: u32,
    pub outcome: &'static str,
    pub findings: Vec<Finding>,
    /// The cells by the code of their column; only of rows with findings.
    pub cells: Vec<(String, String)>,
}

/// A row that may be written.
#[derive(Clone, Copy)]
pub struct Good {
    pub number: u32,
    /// The record it writes to, when it is known before.
    pub subject: Option<Subject>,
}

/// Rows as they were read and judged, whatever they list.
pub trait List {
    fn checked(&self, opened: &Opened) -> Vec<Checked>;

    /// How many rows came out of the file.
    fn count(&self) -> usize;

    /// Rows to be written, in the order of writing.
    fn good(&self) -> Vec<Good>;
}

/// What a judgement says of the row of this number.
pub(super) struct Said<'a> {
    pub row: u32,
    pub outcome: &'static str,
    /// The record it writes to, when it is known before.
    pub subject: Option<Subject>,
    pub findings: &'a [Finding],
}

/// One row that was judged.
pub(super) trait Verdict {
    fn said(&self) -> Said<'_>;
}

/// The rows of a list beside what was judged of them.
pub(super) struct Judgements<'a, T, V> {
    parsed: &'a [ParsedRow<T>],
    rows: &'a [V],
    /// Places in `rows` that are written, in the order of writing.
    good: Vec<usize>,
}

impl<'a, T, V: Verdict> Judgements<'a, T, V> {
    /// Written in the order of the file.
    pub fn new(parsed: &'a [ParsedRow<T>], rows: &'a [V]) -> Self {
        let good = (0..rows.len()).filter(|at| rows[*at].said().outcome != REFUSED).collect();
        Self { parsed, rows, good }
    }

    /// Written by this key: an earlier day before a later one, as they were judged.
    pub fn sorted<K: Ord>(mut self, key: impl Fn(&V) -> K) -> Self {
        self.good.sort_by_key(|at| key(&self.rows[*at]));
        self
    }

    /// The good row at this place.
    pub fn row(&self, at: usize) -> &'a V {
        &self.rows[self.good[at]]
    }
}

impl<T, V: Verdict> List for Judgements<'_, T, V> {
    fn checked(&self, opened: &Opened) -> Vec<Checked> {
        let said = self.rows.iter().map(V::said);
        let said: HashMap<u32, Said<'_>> = said.map(|said| (said.row, said)).collect();
        let row = |row: &ParsedRow<T>| {
            let judged = said.get(&row.number);
            let mut findings = row.findings.clone();
            findings.extend(judged.iter().flat_map(|said| said.findings.iter().cloned()));
            let sheet = opened.sheets().find(|(at, ..)| *at == place::sheet(row.number));
            // The cells are kept where anything was found.
            let cells = sheet
                .filter(|_| !findings.is_empty())
                .map(|(_, sheet, mapping)| list::cells(sheet, mapping, opened.order, row));
            Checked {
                number: row.number,
                outcome: judged.map_or(REFUSED, |said| said.outcome),
                findings,
                cells: cells.unwrap_or_default(),
            }
        };
        self.parsed.iter().map(row).collect()
    }

    fn count(&self) -> usize {
        self.parsed.len()
    }

    fn good(&self) -> Vec<Good> {
        let good = |at: &usize| {
            let said = self.rows[*at].said();
            Good { number: said.row, subject: said.subject }
        };
        self.good.iter().map(good).collect()
    }
}
