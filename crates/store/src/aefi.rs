//! Adverse events of the units in reach.

use crate::error::Result;
use crate::person::{PersonLine, lines};
use crate::sql::Sql;
use crate::vals;
use tram_defs::role::Reach;
use tram_kernel::{Date, Moment};

crate::statements! {
    EVENTS = "SELECT a.person, a.n, a.on_day, a.severe, a.outcome, a.report_until, a.told_at,
              a.concluded, u.name
              FROM unit_reach r JOIN aefi a ON a.unit = r.unit JOIN unit u ON u.unit = a.unit
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3) AND a.on_day >= ?4
              ORDER BY a.on_day DESC, a.person, a.n";
    UNTOLD = "SELECT a.person, a.n, a.on_day, a.severe, a.outcome, a.report_until, a.told_at,
              a.concluded, u.name
              FROM unit_reach r JOIN aefi a ON a.unit = r.unit JOIN unit u ON u.unit = a.unit
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3) AND a.severe = 1 AND a.told_at IS NULL
              ORDER BY a.report_until, a.person, a.n";
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct AefiRow {
    pub person: PersonLine,
    /// Its place among the events of the person.
    pub n: usize,
    pub on: Date,
    pub severe: bool,
    /// Code of `lists/aefi_outcome.csv`.
    pub outcome: String,
    pub report_until: Option<Moment>,
    pub told_at: Option<Moment>,
    pub concluded: bool,
    pub unit_name: String,
}

struct Raw {
    person: i64,
    n: usize,
    on: Date,
    severe: bool,
    outcome: String,
    report_until: Option<Moment>,
    told_at: Option<Moment>,
    concluded: bool,
    unit_name: String,
}

fn found(sql: &mut dyn Sql, statement: &str, params: &[crate::Val]) -> Result<Vec<AefiRow>> {
    let rows = sql.all(statement, params, |row| {
        let (person, n) = (row.int()?, row.int()? as usize);
        Ok(Raw {
            person,
            n,
            on: row.day()?,
            severe: row.bool()?,
            outcome: row.text()?,
            report_until: row.int_or_null()?.map(Moment::from_ms),
            told_at: row.int_or_null()?.map(Moment::from_ms),
            concluded: row.bool()?,
            unit_name: row.text()?,
        })
    })?;
    let mut keys: Vec<i64> = rows.iter().map(|raw| raw.person).collect();
    keys.sort_unstable();
    keys.dedup();
    let people = lines(sql, &keys)?;
    let named = rows.into_iter().filter_map(|raw| {
        let person = people.iter().find(|line| line.key == raw.person)?.clone();
        let Raw { n, on, severe, outcome, report_until, told_at, concluded, unit_name, .. } = raw;
        Some(AefiRow {
            person,
            n,
            on,
            severe,
            outcome,
            report_until,
            told_at,
            concluded,
            unit_name,
        })
    });
    Ok(named.collect())
}

/// Events since a day, newest first.
pub fn events(
    sql: &mut dyn Sql,
    (top, reach): (i64, Reach),
    on: Date,
    since: Date,
) -> Result<Vec<AefiRow>> {
    found(sql, EVENTS, &vals![top, reach.number(), on, since])
}

/// Severe events whose report has not reached everybody it must, the most urgent first.
pub fn untold(sql: &mut dyn Sql, (top, reach): (i64, Reach), on: Date) -> Result<Vec<AefiRow>> {
    found(sql, UNTOLD, &vals![top, reach.number(), on])
}
