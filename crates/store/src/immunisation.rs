//! Who is due or overdue for which dose, by area.

pub mod gaps;
pub mod session;

use crate::error::Result;
use crate::person::{PersonLine, Within, lines};
use crate::sql::Sql;
use crate::vals;
use std::collections::BTreeMap;
use tram_kernel::Date;

crate::statements! {
    OWED = "SELECT d.person, d.series, d.number, d.due_on, d.overdue_on, d.until_on, d.deferred
            FROM area_reach r JOIN due d ON d.area = r.area
            WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
            AND (r.to_on IS NULL OR r.to_on > ?3)
            AND d.due_on <= ?4 AND d.until_on > ?3
            AND (CAST(?5 AS BIGINT) = 0 OR r.area = CAST(?5 AS BIGINT))
            ORDER BY r.area, d.person, d.due_on, d.series";
    COUNTS = "SELECT count(DISTINCT CASE WHEN d.overdue_on <= ?3 THEN d.person END),
              count(DISTINCT CASE WHEN d.due_on <= ?3 THEN d.person END),
              count(DISTINCT d.person)
              FROM area_reach r JOIN due d ON d.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)
              AND d.due_on <= ?4 AND d.until_on > ?3
              AND (CAST(?5 AS BIGINT) = 0 OR r.area = CAST(?5 AS BIGINT))";
    RECENT_LOTS = "SELECT vaccine, lot, max(given_on) FROM dose
                   WHERE giver = ?1 AND lot IS NOT NULL AND given_on >= ?2
                   GROUP BY vaccine, lot ORDER BY 3 DESC LIMIT 100";
    GIVEN_SERIES = "SELECT person, number, lot FROM dose WHERE given_on = ?1 AND giver = ?2
                    AND series = ?3 ORDER BY person";
    GIVEN_ON = "SELECT count(DISTINCT person) FROM dose WHERE given_on = ?1 AND giver = ?2";
}

/// One dose somebody is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedDose {
    pub series: String,
    pub number: u8,
    pub due_on: Date,
    pub overdue_on: Date,
    pub until_on: Date,
    pub deferred: Option<String>,
}

/// One child of the worklist with everything owed up to the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct OwedChild {
    pub person: PersonLine,
    pub doses: Vec<OwedDose>,
}

/// Children in each urgency: overdue ⊂ due ⊂ up to the horizon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OwedCounts {
    pub overdue: i64,
    pub due: i64,
    pub soon: i64,
}

/// Children owed something from today to the horizon, with the doses of one visit together.
pub fn owed(sql: &mut dyn Sql, within: Within, horizon: Date) -> Result<Vec<OwedChild>> {
    let Within { top, reach, on, area } = within;
    let mut order = Vec::new();
    let mut doses: BTreeMap<i64, Vec<OwedDose>> = BTreeMap::new();
    sql.each(OWED, &vals![top, reach.number(), on, horizon, area], &mut |mut row| {
        let person = row.int()?;
        let dose = OwedDose {
            series: row.text()?,
            number: row.int()? as u8,
            due_on: row.day()?,
            overdue_on: row.day()?,
            until_on: row.day()?,
            deferred: row.text_or_null()?,
        };
        let known = doses.entry(person).or_default();
        if known.is_empty() {
            order.push(person);
        }
        known.push(dose);
        Ok(())
    })?;
    let mut children = Vec::with_capacity(order.len());
    for person in lines(sql, &order)? {
        let doses = doses.remove(&person.key).unwrap_or_default();
        children.push(OwedChild { person, doses });
    }
    Ok(children)
}

pub fn counts(sql: &mut dyn Sql, within: Within, horizon: Date) -> Result<OwedCounts> {
    let Within { top, reach, on, area } = within;
    let found = sql.one(COUNTS, &vals![top, reach.number(), on, horizon, area], |row| {
        Ok(OwedCounts { overdue: row.int()?, due: row.int()?, soon: row.int()? })
    })?;
    Ok(found.unwrap_or_default())
}

/// Lots a unit used since a day: vaccine and lot, newest first.
pub fn recent_lots(sql: &mut dyn Sql, giver: i64, since: Date) -> Result<Vec<(String, String)>> {
    sql.all(RECENT_LOTS, &vals![giver, since], |row| Ok((row.text()?, row.text()?)))
}

/// A dose of one series a unit gave on a day; the number is missing when it does not count.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenDose {
    pub person: PersonLine,
    pub number: Option<u8>,
    pub lot: Option<String>,
}

pub fn given_of_series(
    sql: &mut dyn Sql,
    giver: i64,
    day: Date,
    series: &str,
) -> Result<Vec<GivenDose>> {
    let rows = sql.all(GIVEN_SERIES, &vals![day, giver, series], |row| {
        Ok((row.int()?, row.int_or_null()?, row.text_or_null()?))
    })?;
    let people: Vec<i64> = rows.iter().map(|(person, ..)| *person).collect();
    let found = lines(sql, &people)?;
    let given = rows.into_iter().filter_map(|(key, number, lot)| {
        let person = found.iter().find(|line| line.key == key)?.clone();
        Some(GivenDose { person, number: number.map(|n| n as u8), lot })
    });
    Ok(given.collect())
}

/// Children a unit vaccinated on a day.
pub fn given_on(sql: &mut dyn Sql, giver: i64, day: Date) -> Result<i64> {
    sql.number(GIVEN_ON, &vals![day, giver])
}
