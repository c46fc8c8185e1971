//! What hand-written SQL needs for the same work: the floor that measurements are held against.
//!
//! No facts are decided, hashed or folded here: finished rows are read, inserted, counted.

pub mod indicators;

use crate::error::Result;
use crate::log;
use crate::sql::{Engine, Row, Sql, Val};
use crate::table::{CHANGE_SET, FACT, PROJECTIONS, SUBJECT, Table};
use crate::vals;
use minicbor::Decode;
use tram_defs::role::Reach;
use tram_domain::fact::{Draft, Fact};
use tram_kernel::{Moment, UnitId, UserId};

crate::statements! {
    SETS = "SELECT c.change_set, c.header, f.body FROM change_set c
            JOIN fact f ON f.change_set = c.change_set
            WHERE f.body IS NOT NULL AND c.change_set > ?1 AND c.change_set <= ?2
            ORDER BY c.change_set, f.ordinal";
    UP_TO = "SELECT max(change_set) FROM (SELECT change_set FROM change_set
             WHERE change_set > ?1 ORDER BY change_set LIMIT ?2) s";
    BY_NAME = "SELECT p.person, p.name, p.born FROM area_reach a JOIN person p ON p.area = a.area
               WHERE a.top = ?1 AND a.reach = ?2 AND p.folded >= ?3 AND p.folded < ?4
               ORDER BY p.folded LIMIT 30";
    CELLS = "SELECT c.area, c.counts FROM cell c WHERE c.period = ?1";
}

/// Tables of cached numbers and their stamps: not rows somebody wrote.
const CACHED: [&str; 3] = ["area_stamp", "area_month", "cell"];

/// A table with rows for it.
pub type Filled = (&'static Table, Vec<Vec<Val>>);

#[derive(Decode)]
#[cbor(array)]
struct Who {
    #[n(1)]
    recorded_at: Moment,
    #[n(3)]
    user: Option<UserId>,
    #[n(4)]
    role: Option<String>,
    #[n(5)]
    unit: Option<UnitId>,
}

/// The next `most` change-sets of the log after a key, ready to be appended elsewhere, and the key of the
/// last of them.
pub fn drafts(sql: &mut dyn Sql, after: i64, most: usize) -> Result<(Vec<Draft>, i64)> {
    let last = sql.number(UP_TO, &vals![after, most as i64])?;
    let mut sets: Vec<(i64, Draft)> = Vec::with_capacity(most);
    sql.each(SETS, &vals![after, last], &mut |mut row: Row| {
        let (key, header) = (row.int()?, row.blob()?);
        let fact = Fact::from_bytes(&row.blob()?)?;
        if sets.last().is_none_or(|(last, _)| *last != key) {
            let Who { recorded_at, user, role, unit } = minicbor::decode(&header)?;
            let (reason, acknowledged, facts) = Default::default();
            let action = "bench.append";
            sets.push((
                key,
                Draft { action, user, role, unit, recorded_at, reason, acknowledged, facts },
            ));
        }
        if let Some((_, draft)) = sets.last_mut() {
            draft.facts.push(fact);
        }
        Ok(())
    })?;
    Ok((sets.into_iter().map(|(_, draft)| draft).collect(), last))
}

/// Every row of the log and of the tables folded from it, in so many heaps, each with its part of every
/// table in the order of its key.
pub struct Heaps(Vec<Reading>);

/// How far one table has been read.
struct Reading {
    table: &'static Table,
    last: Vec<Val>,
    most: i64,
}

impl Heaps {
    pub fn of(sql: &mut dyn Sql, heaps: usize) -> Result<Self> {
        let folded = PROJECTIONS.iter().filter(|table| !CACHED.contains(&table.name));
        let mut readings = Vec::new();
        for table in [&SUBJECT, &CHANGE_SET, &FACT].into_iter().chain(folded) {
            let rows = sql.number(&format!("SELECT count(*) FROM {}", table.name), &[])?;
            let most = (rows as u64).div_ceil(heaps as u64) as i64;
            readings.push(Reading { table, last: Vec::new(), most });
        }
        Ok(Self(readings))
    }

    /// The next heap.
    pub fn read(&mut self, sql: &mut dyn Sql) -> Result<Vec<Filled>> {
        self.0.iter_mut().map(|reading| Ok((reading.table, reading.next(sql)?))).collect()
    }
}

impl Reading {
    fn next(&mut self, sql: &mut dyn Sql) -> Result<Vec<Vec<Val>>> {
        let table = self.table;
        let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        let (names, key, most) = (names.join(", "), table.key.join(", "), self.most);
        let marks: Vec<String> = (1..=table.key.len()).map(|n| format!("?{n}")).collect();
        let after = match self.last.is_empty() {
            true => String::new(),
            false => format!("WHERE ({key}) > ({})", marks.join(", ")),
        };
        let name = table.name;
        let query = format!("SELECT {names} FROM {name} {after} ORDER BY {key} LIMIT {most}");
        let width = table.columns.len();
        let read = |row: &mut Row| Ok((0..width).map(|_| row.val()).collect::<Vec<_>>());
        let rows = sql.all(&query, &self.last, read)?;
        if let Some(end) = rows.last() {
            self.last = table.texts().key_at.iter().map(|at| end[*at].clone()).collect();
        }
        Ok(rows)
    }
}

/// All rows at once.
pub fn rows(sql: &mut dyn Sql) -> Result<Vec<Filled>> {
    Heaps::of(sql, 1)?.read(sql)
}

/// Inserts of every table the rows that stand between two of `parts` equal parts.
pub fn insert(
    sql: &mut dyn Sql,
    filled: &[Filled],
    (from, to): (usize, usize),
    parts: usize,
) -> Result<()> {
    for (table, rows) in filled {
        let at = |part: usize| rows.len() * part / parts;
        sql.insert_many(table, &rows[at(from)..at(to)])?;
    }
    Ok(())
}

/// Hashes every byte of the log once. Answers how many there are.
pub fn hash_all(sql: &mut dyn Sql) -> Result<u64> {
    let mut bytes = 0;
    sql.each("SELECT header FROM change_set", &[], &mut |mut row| {
        let header = row.blob()?;
        bytes += header.len() as u64;
        std::hint::black_box(log::digest(&header));
        Ok(())
    })?;
    sql.each("SELECT body FROM fact WHERE body IS NOT NULL", &[], &mut |mut row| {
        let body = row.blob()?;
        bytes += body.len() as u64;
        std::hint::black_box(log::digest(&body));
        Ok(())
    })?;
    Ok(bytes)
}

/// People whose folded name begins so, below a unit: an index range, nothing ranked.
pub fn search(sql: &mut dyn Sql, (top, reach): (i64, Reach), begin: &str) -> Result<usize> {
    let params = vals![top, reach.number(), begin, format!("{begin}\u{10FFFF}")];
    let found = sql.all(BY_NAME, &params, |row| Ok((row.int()?, row.text()?, row.text()?)))?;
    Ok(found.len())
}

/// Cells of a period, read and not added up.
pub fn cells(sql: &mut dyn Sql, period: &str) -> Result<usize> {
    let read = |row: &mut Row| Ok((row.int()?, row.blob()?));
    Ok(sql.all(CELLS, &vals![period], read)?.len())
}

/// Bytes of the database after everything pending was written to it.
pub fn size(sql: &mut dyn Sql) -> Result<i64> {
    match sql.engine() {
        Engine::Sqlite => {
            let pages = sql.number("SELECT page_count FROM pragma_page_count", &[])?;
            Ok(pages * sql.number("SELECT page_size FROM pragma_page_size", &[])?)
        }
        Engine::Postgres => sql.number("SELECT pg_database_size(current_database())", &[]),
    }
}
