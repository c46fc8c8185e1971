//! Who was lost on the way, and what a unit gave in a stretch of time.

use crate::error::Result;
use crate::person::Within;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_kernel::Date;

crate::statements! {
    /// Children who had one dose in a stretch of time and live here, and those of them who are overdue
    /// for another one.
    LOST = "SELECT x.area, count(*), coalesce(sum(CASE WHEN EXISTS (SELECT 1 FROM due u
            WHERE u.area = x.area AND u.person = x.person AND u.series = ?8 AND u.number <= ?9
            AND u.overdue_on <= ?3) THEN 1 ELSE 0 END), 0)
            FROM area_reach r JOIN residence x ON x.area = r.area
            JOIN dose d ON d.person = x.person AND d.series = ?4 AND d.number = ?5
            WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
            AND (r.to_on IS NULL OR r.to_on > ?3) AND x.from_on <= ?3
            AND (x.to_on IS NULL OR x.to_on > ?3) AND (x.died_on IS NULL OR x.died_on > ?3)
            AND d.given_on >= ?6 AND d.given_on <= ?7 GROUP BY x.area ORDER BY x.area";
    LOST_PEOPLE = "SELECT x.person FROM area_reach r JOIN residence x ON x.area = r.area
            JOIN dose d ON d.person = x.person AND d.series = ?4 AND d.number = ?5
            WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
            AND (r.to_on IS NULL OR r.to_on > ?3) AND x.from_on <= ?3
            AND (x.to_on IS NULL OR x.to_on > ?3) AND (x.died_on IS NULL OR x.died_on > ?3)
            AND d.given_on >= ?6 AND d.given_on <= ?7
            AND EXISTS (SELECT 1 FROM due u WHERE u.area = x.area AND u.person = x.person
            AND u.series = ?8 AND u.number <= ?9 AND u.overdue_on <= ?3)
            ORDER BY x.area, x.person";
    /// Doses that are overdue, by village and dose.
    OVERDUE = "SELECT d.area, d.series, d.number, count(*) FROM area_reach r
               JOIN due d ON d.area = r.area WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
               AND (r.to_on IS NULL OR r.to_on > ?3) AND d.overdue_on <= ?3 AND d.until_on > ?3
               GROUP BY d.area, d.series, d.number ORDER BY d.area, d.series, d.number";
    /// What a unit gave: by series, number and age.
    GIVEN = "SELECT series, coalesce(number, 0), count(*),
             coalesce(sum(CASE WHEN age_months < 12 THEN 1 ELSE 0 END), 0),
             coalesce(sum(CASE WHEN age_months >= 12 AND age_months < 60 THEN 1 ELSE 0 END), 0)
             FROM dose WHERE giver = ?1 AND given_on >= ?2 AND given_on <= ?3
             GROUP BY series, coalesce(number, 0) ORDER BY series, 2";
}

/// Two doses, each a series and its number.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    pub from: (&'a str, u8),
    pub to: (&'a str, u8),
    /// The first dose was given within these days.
    pub days: (Date, Date),
}

/// Of one village: who had the first dose, and who of them is overdue for the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    pub area: i64,
    pub began: i64,
    pub lost: i64,
}

/// Overdue doses of one village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverdueDose {
    pub area: i64,
    pub series: String,
    pub number: u8,
    pub n: i64,
}

/// Doses given, of one series and number; number 0 is what did not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenDoses {
    pub series: String,
    pub number: u8,
    pub all: i64,
    pub under_one: i64,
    pub one_to_four: i64,
}

fn asked(within: Within, way: Way<'_>) -> Vec<crate::sql::Val> {
    let Within { top, reach, on, .. } = within;
    let ((from, n), (to, m), (first, last)) = (way.from, way.to, way.days);
    vals![top, reach.number(), on, from, i64::from(n), first, last, to, i64::from(m)].into()
}

pub fn lost(sql: &mut dyn Sql, within: Within, way: Way<'_>) -> Result<Vec<Lost>> {
    sql.all(LOST, &asked(within, way), |row: &mut Row| {
        Ok(Lost { area: row.int()?, began: row.int()?, lost: row.int()? })
    })
}

/// Local keys of the people lost.
pub fn lost_people(sql: &mut dyn Sql, within: Within, way: Way<'_>) -> Result<Vec<i64>> {
    sql.all(LOST_PEOPLE, &asked(within, way), |row: &mut Row| row.int())
}

pub fn overdue(sql: &mut dyn Sql, within: Within) -> Result<Vec<OverdueDose>> {
    let Within { top, reach, on, .. } = within;
    sql.all(OVERDUE, &vals![top, reach.number(), on], |row: &mut Row| {
        let (area, series) = (row.int()?, row.text()?);
        Ok(OverdueDose { area, series, number: row.int()? as u8, n: row.int()? })
    })
}

/// What a unit gave from one day to another.
pub fn given(sql: &mut dyn Sql, unit: i64, (first, last): (Date, Date)) -> Result<Vec<GivenDoses>> {
    sql.all(GIVEN, &vals![unit, first, last], |row: &mut Row| {
        Ok(GivenDoses {
            series: row.text()?,
            number: row.int()? as u8,
            all: row.int()?,
            under_one: row.int()?,
            one_to_four: row.int()?,
        })
    })
}
