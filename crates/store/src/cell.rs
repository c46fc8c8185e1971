//! Counted numbers kept by area, period and indicator version, and counted again only where something
//! changed.
//!
//! ```text
//! a write touches an area from a day on ─► its stamp rises, noted under that month
//! a question: cells of the areas asked  ─► fresh when no later stamp up to the end of the period
//!                                       ─► the others are counted now, in the same snapshot, and kept
//! ```

use crate::error::Result;
use crate::indicator::{self, Counted3, Scope};
use crate::sql::{Sql, Val};
use crate::vals;
use minicbor::{Decode, Encode};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::indicator::{AgeGroup, Indicator, Tally};
use tram_defs::role::Reach;
use tram_domain::indicator::Days;
use tram_kernel::{Date, Period, Share};

crate::statements! {
    STAMPS = "SELECT r.area, (SELECT max(m.n) FROM area_month m WHERE m.area = r.area
              AND m.month <= ?4), s.n FROM area_reach r LEFT JOIN area_stamp s ON s.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)";
    KEPT = "SELECT c.area, c.indicator, c.n, c.as_of, c.counts FROM area_reach r
            JOIN cell c ON c.area = r.area
            WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
            AND (r.to_on IS NULL OR r.to_on > ?3) AND c.period = ?4";
    CHANGES = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM area_stamp";
    COUNT = "SELECT count(*) FROM cell";
    KEEP = "INSERT INTO cell (area, period, indicator, n, as_of, counts)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (area, period, indicator) DO UPDATE SET
            n = excluded.n, as_of = excluded.as_of, counts = excluded.counts
            WHERE excluded.n >= cell.n";
}

/// One place of the breakdown with its two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Part {
    #[n(0)]
    pub is_female: bool,
    #[n(1)]
    pub age_group: u8,
    #[n(2)]
    pub numerator: i64,
    #[n(3)]
    pub denominator: i64,
}

/// The numbers of one indicator in one area.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(transparent)]
pub struct Parts(#[n(0)] pub Vec<Part>);

impl Parts {
    pub fn share(&self) -> Share {
        self.0.iter().fold(Share::default(), |sum, part| {
            sum.plus(Share::new(part.numerator, part.denominator))
        })
    }

    pub fn add(&mut self, is_female: bool, age_group: usize, numerator: i64, denominator: i64) {
        let age_group = age_group as u8;
        let at = |part: &&mut Part| (part.is_female, part.age_group) == (is_female, age_group);
        match self.0.iter_mut().find(at) {
            Some(part) => {
                part.numerator += numerator;
                part.denominator += denominator;
            }
            None => self.0.push(Part { is_female, age_group, numerator, denominator }),
        }
    }
}

/// What is asked: areas reached by `top` on `tree`, one period as it stands on `as_of`.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    pub top: i64,
    pub reach: Reach,
    pub tree: Date,
    pub period: Period,
    pub as_of: Date,
    pub age_groups: &'a [AgeGroup],
}

/// A cell counted just now, to be kept.
#[derive(Debug, Clone)]
pub struct Fresh {
    area: i64,
    indicator: String,
    n: i64,
    as_of: Date,
    parts: Parts,
}

/// Numbers by indicator code and area key, with what had to be counted for them.
#[derive(Debug, Default)]
pub struct Answer {
    pub by_indicator: BTreeMap<String, BTreeMap<i64, Parts>>,
    pub areas: BTreeSet<i64>,
    pub fresh: Vec<Fresh>,
}

/// Cells that are kept.
pub fn count(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(COUNT, &[])
}

/// The stamps of all areas, added up: it rises with every change that is counted.
pub fn changes(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(CHANGES, &[])
}

/// A definition and its version: a changed definition has cells of its own.
pub fn version(indicator: &Indicator) -> String {
    let hash = Sha256::digest(format!("{indicator:?}"));
    format!("{}@{:02x}{:02x}{:02x}{:02x}", indicator.code, hash[0], hash[1], hash[2], hash[3])
}

/// Answers from kept cells and counts the rest. `None` when the period has not begun.
pub fn answer<'a>(
    sql: &mut dyn Sql,
    asked: Asked<'a>,
    indicators: &[&'a Indicator],
) -> Result<Option<Answer>> {
    let Some(days) = Days::of(asked.period, asked.as_of) else { return Ok(None) };
    let Asked { top, reach, tree, period, .. } = asked;
    let month = days.end.to_string()[..7].to_owned();
    let scope = vals![top, reach.number(), tree, month];
    let stamps = sql.all(STAMPS, &scope, |row| {
        Ok((row.int()?, row.int_or_null()?.unwrap_or(0), row.int_or_null()?.unwrap_or(0)))
    })?;
    let params = vals![top, reach.number(), tree, period.to_string()];
    let mut kept: BTreeMap<(i64, String), (i64, Date, Vec<u8>)> = BTreeMap::new();
    sql.each(KEPT, &params, &mut |mut row| {
        let key = (row.int()?, row.text()?);
        kept.insert(key, (row.int()?, row.day()?, row.blob()?));
        Ok(())
    })?;
    let mut counts = Counts { days: &days, asked, done: Vec::new() };
    let mut answer = Answer { areas: stamps.iter().map(|s| s.0).collect(), ..Answer::default() };
    for indicator in indicators {
        let version = version(indicator);
        let mut numbers: BTreeMap<i64, Parts> = BTreeMap::new();
        let mut stale: Vec<(i64, i64)> = Vec::new();
        for (area, needed, current) in &stamps {
            match kept.get(&(*area, version.clone())) {
                Some((n, as_of, counts)) if n >= needed && *as_of == days.end => {
                    numbers.insert(*area, minicbor::decode(counts)?);
                }
                _ => stale.push((*area, *current)),
            }
        }
        let counted = counts.of(sql, indicator, &stale)?;
        for (area, n) in stale {
            let parts = counted.get(&area).cloned().unwrap_or_default();
            let indicator = version.clone();
            answer.fresh.push(Fresh { area, indicator, n, as_of: days.end, parts: parts.clone() });
            numbers.insert(area, parts);
        }
        answer.by_indicator.insert(indicator.code.clone(), numbers);
    }
    Ok(Some(answer))
}

/// Counting in one period: what several indicators ask for (the population, most of all) is counted once.
struct Counts<'a> {
    days: &'a Days,
    asked: Asked<'a>,
    done: Vec<(Scope, &'a Tally, Vec<Counted3>)>,
}

impl<'a> Counts<'a> {
    /// One indicator in the stale areas: a few areas one by one, many in one pass.
    fn of(
        &mut self,
        sql: &mut dyn Sql,
        indicator: &'a Indicator,
        stale: &[(i64, i64)],
    ) -> Result<BTreeMap<i64, Parts>> {
        let Asked { top, reach, tree: on, .. } = self.asked;
        let scopes: Vec<Scope> = match stale {
            [] => return Ok(BTreeMap::new()),
            few if few.len() <= 3 => few.iter().map(|(area, _)| Scope::Area(*area)).collect(),
            _ => vec![Scope::Under { top, reach, on }],
        };
        let mut numbers: BTreeMap<i64, Parts> = BTreeMap::new();
        let tallies = [
            (Some(&indicator.numerator), 1, 0),
            (indicator.minus.as_ref(), -1, 0),
            (indicator.denominator.as_ref(), 0, 1),
        ];
        for scope in scopes {
            for (tally, numerator, denominator) in tallies {
                let Some(tally) = tally else { continue };
                for c in self.tally(sql, tally, scope)? {
                    let parts = numbers.entry(c.area).or_default();
                    parts.add(c.is_female, c.age_group, numerator * c.n, denominator * c.n);
                }
            }
        }
        Ok(numbers)
    }

    fn tally(&mut self, sql: &mut dyn Sql, tally: &'a Tally, scope: Scope) -> Result<&[Counted3]> {
        let is_done = |(s, t, _): &(Scope, &Tally, _)| *s == scope && *t == tally;
        let at = match self.done.iter().position(is_done) {
            Some(at) => at,
            None => {
                let groups = self.asked.age_groups;
                let counted = indicator::count(sql, tally, self.days, groups, scope)?;
                self.done.push((scope, tally, counted));
                self.done.len() - 1
            }
        };
        Ok(&self.done[at].2)
    }
}

/// Keeps what was counted. A later count of somebody else is not overwritten.
pub fn keep(sql: &mut dyn Sql, period: Period, fresh: &[Fresh]) -> Result<()> {
    let row = |cell: &Fresh| {
        let counts = minicbor::to_vec(&cell.parts).expect("writing to memory does not fail");
        let (area, n, as_of) = (cell.area, cell.n, cell.as_of);
        vals![area, period.to_string(), &cell.indicator, n, as_of, counts].into()
    };
    let rows: Vec<Vec<Val>> = fresh.iter().map(row).collect();
    sql.each_of_rows(KEEP, &rows, &mut |_| Ok(()))
}
