//! Counted numbers kept by area and period, and counted again only where something changed.
//!
//! ```text
//! a write touches an area from a day on ─► its stamp rises, noted under that month
//! a question: cells of the areas asked  ─► fresh when no later stamp up to the end of the period
//!                                       ─► the others are counted now, in the same snapshot, and kept
//! ```
//!
//! One cell holds every indicator of its area and period, each in bytes of its own: a page that asks for
//! two of them passes over the others without reading them.

use crate::error::Result;
use crate::indicator::{Among, Counted3, count_all};
use crate::sql::{Sql, Val};
use crate::vals;
use minicbor::{Decoder, Encoder};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::indicator::{Indicator, Tally};
use tram_defs::role::Reach;
use tram_domain::indicator::Days;
use tram_kernel::{Date, Period, Share};

crate::statements! {
    STAMPS = "SELECT r.area, (SELECT max(m.n) FROM area_month m WHERE m.area = r.area
              AND m.month <= ?4), s.n FROM area_reach r LEFT JOIN area_stamp s ON s.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)";
    KEPT = "SELECT c.area, c.n, c.as_of, c.version, c.counts FROM area_reach r
            JOIN cell c ON c.area = r.area
            WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
            AND (r.to_on IS NULL OR r.to_on > ?3) AND c.period = ?4";
    CHANGES = "SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM area_stamp";
    COUNT = "SELECT count(*) FROM cell";
    KEEP = "INSERT INTO cell (area, period, n, as_of, version, counts)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (area, period) DO UPDATE SET
            n = excluded.n, as_of = excluded.as_of, version = excluded.version,
            counts = excluded.counts
            WHERE excluded.n >= cell.n";
}

/// One place of the breakdown with its two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub is_female: bool,
    pub age_group: u8,
    pub numerator: i64,
    pub denominator: i64,
}

/// The numbers of one indicator in one area.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts(pub Vec<Part>);

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

    /// Three numbers a part, the first of them its place: most are one or two bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::new());
        for part in &self.0 {
            let place = part.age_group * 2 + u8::from(part.is_female);
            let done = encoder
                .u8(place)
                .and_then(|e| e.i64(part.numerator))
                .and_then(|e| e.i64(part.denominator));
            done.expect("writing to memory does not fail");
        }
        encoder.into_writer()
    }

    /// Reads what [`Parts::to_bytes`] wrote onto the end of `parts`.
    fn read(bytes: &[u8], parts: &mut Vec<Part>) -> Result<()> {
        let mut decoder = Decoder::new(bytes);
        while decoder.position() < bytes.len() {
            let place = decoder.u8()?;
            let (numerator, denominator) = (decoder.i64()?, decoder.i64()?);
            let (is_female, age_group) = (place % 2 == 1, place / 2);
            parts.push(Part { is_female, age_group, numerator, denominator });
        }
        Ok(())
    }
}

/// The numbers of one indicator, area by area, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Each area with where its parts end.
    areas: Vec<(i64, usize)>,
    parts: Vec<Part>,
}

impl Numbers {
    /// Every area with its parts; there are none where nobody was counted.
    pub fn iter(&self) -> impl Iterator<Item = (i64, &[Part])> {
        let begins = std::iter::once(0).chain(self.areas.iter().map(|(_, end)| *end));
        let parts =
            |(begin, (area, end)): (usize, &(i64, usize))| (*area, &self.parts[begin..*end]);
        begins.zip(&self.areas).map(parts)
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
    /// Every indicator of them is counted together.
    pub defs: &'a Definitions,
}

/// What is known beside the kept cells, and whether old numbers will do.
pub struct Beside<'a> {
    /// A cell counted lately that may not be kept yet, and whether it is so young that nobody asks more of it.
    pub young: &'a dyn Fn(i64) -> Option<(Fresh, bool)>,
    /// Numbers from before the last changes are taken as they are when at least so many villages changed:
    /// somebody else is counting.
    pub old_from: usize,
}

impl Beside<'_> {
    /// Only what is kept, and nothing old.
    pub const NOTHING: Self = Self { young: &|_| None, old_from: usize::MAX };
}

/// A cell counted just now, to be kept.
#[derive(Debug, Clone)]
pub struct Fresh {
    pub area: i64,
    n: i64,
    as_of: Date,
    version: String,
    counts: Arc<[u8]>,
}

/// Numbers by indicator code and area key, with what had to be counted for them.
#[derive(Debug, Default)]
pub struct Answer {
    pub by_indicator: BTreeMap<String, Numbers>,
    pub areas: BTreeSet<i64>,
    pub fresh: Vec<Fresh>,
    /// Cells taken although something changed since they were counted.
    pub old: usize,
}

/// Cells that are kept.
pub fn count(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(COUNT, &[])
}

/// The stamps of all areas, added up: it rises with every change that is counted.
pub fn changes(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(CHANGES, &[])
}

/// The definitions behind a cell: numbers by others are counted again.
fn version(defs: &Definitions) -> String {
    defs.sha256[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Answers the indicators `wanted` from kept cells, and those `beside` them, and counts the rest. `None`
/// when the period has not begun.
pub fn answer(
    sql: &mut dyn Sql,
    asked: Asked<'_>,
    wanted: &[&Indicator],
    beside: &Beside<'_>,
) -> Result<Option<Answer>> {
    let Some(days) = Days::of(asked.period, asked.as_of) else { return Ok(None) };
    let Asked { top, reach, tree, period, .. } = asked;
    let month = days.end.to_string()[..7].to_owned();
    let scope = vals![top, reach.number(), tree, month];
    let stamps = sql.all(STAMPS, &scope, |row| {
        Ok((row.int()?, row.int_or_null()?.unwrap_or(0), row.int_or_null()?.unwrap_or(0)))
    })?;
    let version = version(asked.defs);
    let params = vals![top, reach.number(), tree, period.to_string()];
    let mut kept: BTreeMap<i64, (i64, Arc<[u8]>)> = BTreeMap::new();
    sql.each(KEPT, &params, &mut |mut row| {
        let (area, n, as_of, of) = (row.int()?, row.int()?, row.day()?, row.text()?);
        if as_of == days.end && of == version {
            kept.insert(area, (n, row.blob()?.into()));
        }
        Ok(())
    })?;
    let mut cells: Vec<(i64, Arc<[u8]>)> = Vec::with_capacity(stamps.len());
    let mut stale: BTreeMap<i64, i64> = BTreeMap::new();
    let mut older: Vec<(i64, Arc<[u8]>)> = Vec::new();
    for (area, needed, current) in &stamps {
        let kept = kept.remove(area);
        if let Some((n, counts)) = &kept
            && n >= needed
        {
            cells.push((*area, Arc::clone(counts)));
            continue;
        }
        let young = (beside.young)(*area).filter(|(cell, _)| {
            let newest = kept.as_ref().is_none_or(|(n, _)| *n <= cell.n);
            newest && cell.as_of == days.end && cell.version == version
        });
        match (young, kept) {
            (Some((cell, is_young)), _) if is_young || cell.n >= *needed => {
                cells.push((*area, cell.counts));
            }
            (young, kept) => {
                stale.insert(*area, *current);
                let young = young.map(|(cell, _)| cell.counts);
                let known = young.or_else(|| kept.map(|(_, counts)| counts));
                older.extend(known.map(|counts| (*area, counts)));
            }
        }
    }
    // Something of each must be known, old as it may be.
    let mut old = 0;
    if !stale.is_empty() && stale.len() >= beside.old_from && older.len() == stale.len() {
        old = std::mem::take(&mut stale).len();
        cells.append(&mut older);
    }
    let mut fresh = Vec::with_capacity(stale.len());
    for (area, counts) in counted(sql, &asked, &days, &stale, stamps.len())? {
        let counts: Arc<[u8]> = counts.into();
        cells.push((area, Arc::clone(&counts)));
        let n = stale.get(&area).copied().unwrap_or_default();
        fresh.push(Fresh { area, n, as_of: days.end, version: version.clone(), counts });
    }
    cells.sort_unstable_by_key(|(area, _)| *area);
    let areas = stamps.iter().map(|stamp| stamp.0).collect();
    let by_indicator = told(&cells, &asked.defs.indicators, wanted)?;
    Ok(Some(Answer { by_indicator, areas, fresh, old }))
}

/// The wanted numbers out of cells in the order of their areas.
fn told(
    cells: &[(i64, Arc<[u8]>)],
    all: &[Indicator],
    wanted: &[&Indicator],
) -> Result<BTreeMap<String, Numbers>> {
    let place = |one: &Indicator| wanted.iter().position(|w| w.code == one.code);
    let mut places: Vec<Option<usize>> = all.iter().map(place).collect();
    let needed = places.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    places.truncate(needed);
    let mut numbers = vec![Numbers::default(); wanted.len()];
    for (area, counts) in cells {
        let mut decoder = Decoder::new(counts);
        decoder.array()?;
        for place in &places {
            let bytes = decoder.bytes()?;
            if let Some(at) = place {
                let Numbers { areas, parts } = &mut numbers[*at];
                Parts::read(bytes, parts)?;
                areas.push((*area, parts.len()));
            }
        }
    }
    Ok(wanted.iter().map(|one| one.code.clone()).zip(numbers).collect())
}

/// The cells of stale areas: every indicator, packed.
fn counted(
    sql: &mut dyn Sql,
    asked: &Asked<'_>,
    days: &Days,
    stale: &BTreeMap<i64, i64>,
    areas: usize,
) -> Result<Vec<(i64, Vec<u8>)>> {
    let keys: Vec<i64> = stale.keys().copied().collect();
    // Most areas: everything below the unit in one reading, whatever is fresh already is passed over.
    let among = match keys.len() {
        0 => return Ok(Vec::new()),
        n if n * 2 > areas && n > 8 => {
            Among::Under { top: asked.top, reach: asked.reach, on: asked.tree }
        }
        _ => Among::Areas(&keys),
    };
    let (tallies, uses) = distinct(&asked.defs.indicators);
    let found = count_all(sql, &tallies, days, &asked.defs.age_groups, among)?;
    let width = asked.defs.indicators.len();
    let mut parts: BTreeMap<i64, Vec<Parts>> =
        keys.into_iter().map(|key| (key, vec![Parts::default(); width])).collect();
    let mut of_tally: Vec<Vec<&Use>> = vec![Vec::new(); tallies.len()];
    uses.iter().for_each(|used| of_tally[used.0].push(used));
    for (counts, used) in found.iter().zip(&of_tally) {
        for Counted3 { area, is_female, age_group, n } in counts {
            let Some(parts) = parts.get_mut(area) else { continue };
            for (_, indicator, numerator, denominator) in used {
                parts[*indicator].add(*is_female, *age_group, numerator * n, denominator * n);
            }
        }
    }
    Ok(parts.into_iter().map(|(area, parts)| (area, packed(&parts))).collect())
}

/// A tally, an indicator, and how often the one counts in numerator and denominator of the other.
type Use = (usize, usize, i64, i64);

/// What several indicators ask for (the population, most of all) is counted once.
fn distinct(indicators: &[Indicator]) -> (Vec<&Tally>, Vec<Use>) {
    let (mut tallies, mut uses): (Vec<&Tally>, Vec<Use>) = Default::default();
    for (at, indicator) in indicators.iter().enumerate() {
        let sides = [
            (Some(&indicator.numerator), 1, 0),
            (indicator.minus.as_ref(), -1, 0),
            (indicator.denominator.as_ref(), 0, 1),
        ];
        for (tally, numerator, denominator) in sides {
            let Some(tally) = tally else { continue };
            let known = tallies.iter().position(|known| *known == tally);
            let number = known.unwrap_or_else(|| {
                tallies.push(tally);
                tallies.len() - 1
            });
            uses.push((number, at, numerator, denominator));
        }
    }
    (tallies, uses)
}

fn packed(parts: &[Parts]) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    let done = encoder.array(parts.len() as u64).and_then(|encoder| {
        parts.iter().try_fold(encoder, |encoder, parts| encoder.bytes(&parts.to_bytes()))
    });
    done.expect("writing to memory does not fail");
    encoder.into_writer()
}

/// Keeps what was counted. A later count of somebody else is not overwritten.
pub fn keep(sql: &mut dyn Sql, period: Period, fresh: &[Fresh]) -> Result<()> {
    let row = |cell: &Fresh| {
        let Fresh { area, n, as_of, version, counts } = cell;
        vals![*area, period.to_string(), *n, *as_of, version, &**counts].into()
    };
    let rows: Vec<Vec<Val>> = fresh.iter().map(row).collect();
    sql.each_of_rows(KEEP, &rows, &mut |_| Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_has_the_parts_of_its_own() {
        let part = |n| Part { is_female: false, age_group: 2, numerator: n, denominator: n };
        let numbers =
            Numbers { areas: vec![(3, 2), (7, 2), (9, 3)], parts: vec![part(1), part(2), part(5)] };
        let told: Vec<(i64, i64)> = numbers
            .iter()
            .map(|(area, parts)| (area, parts.iter().map(|part| part.numerator).sum()))
            .collect();
        assert_eq!(told, [(3, 3), (7, 0), (9, 5)]);
    }

    #[test]
    fn parts_come_back_as_they_were_kept() {
        let mut parts = Parts::default();
        parts.add(true, 3, 12, 400);
        parts.add(false, 0, -2, 0);
        parts.add(true, 3, 1, 70_000);
        let mut read = Vec::new();
        Parts::read(&parts.to_bytes(), &mut read).expect("whole");
        assert_eq!(read, parts.0);
        assert_eq!(parts.share(), Share::new(11, 70_400));
        assert!(Parts::read(&[1, 2], &mut Vec::new()).is_err(), "cut off");
        let bytes = packed(&[Parts::default(), parts.clone()]);
        assert!(bytes.len() < 24, "{} bytes", bytes.len());
    }
}
