//! Who is followed by which programme, which visits are due, and the last values of measures.

use crate::error::Result;
use crate::person::{PersonLine, Within, lines};
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::fact::Value;
use tram_kernel::Date;

crate::statements! {
    /// What lies in a compartment is asked for by those alone for whom it is open.
    DUE = "SELECT d.person, d.programme, d.visit, d.from_on, d.due_on, d.overdue_on, d.lost_on
           FROM area_reach r JOIN visit_due d ON d.area = r.area
           WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
           AND (r.to_on IS NULL OR r.to_on > ?3) AND d.from_on <= ?4
           AND (CAST(?5 AS BIGINT) = 0 OR r.area = CAST(?5 AS BIGINT))
           AND (CAST(?6 AS BIGINT) >> CAST(d.compartment AS INTEGER)) & 1 = 1
           AND (CAST(?7 AS TEXT) = '' OR d.programme = ?7)
           AND (d.visit <> '' OR d.lost_on > ?3)
           AND (d.until_on IS NULL OR d.until_on > ?3)
           ORDER BY r.area, d.person, d.due_on, d.programme, d.visit";
    COUNTS = "SELECT d.programme,
              count(DISTINCT CASE WHEN d.visit <> '' AND d.due_on <= ?4 AND d.lost_on > ?3
              THEN d.person END),
              count(DISTINCT CASE WHEN d.visit <> '' AND d.overdue_on <= ?3 AND d.lost_on > ?3
              THEN d.person END),
              count(DISTINCT CASE WHEN d.visit <> '' AND d.lost_on <= ?3 THEN d.person END),
              count(DISTINCT CASE WHEN d.visit = '' AND d.lost_on > ?3 THEN d.person END)
              FROM area_reach r JOIN visit_due d ON d.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)
              AND (CAST(?5 AS BIGINT) >> CAST(d.compartment AS INTEGER)) & 1 = 1
              AND (d.until_on IS NULL OR d.until_on > ?3)
              GROUP BY d.programme";
    FOLLOWED = "SELECT e.programme, count(DISTINCT e.person)
                FROM area_reach r JOIN episode e ON e.area = r.area
                WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                AND (r.to_on IS NULL OR r.to_on > ?3)
                AND e.from_on <= ?3 AND (e.to_on IS NULL OR e.to_on > ?3)
                AND (CAST(?4 AS BIGINT) >> CAST(e.compartment AS INTEGER)) & 1 = 1
                AND NOT EXISTS (SELECT 1 FROM person p WHERE p.person = e.person AND p.away = 1)
                GROUP BY e.programme";
    REGISTER = "SELECT e.person, e.from_on, e.to_on, e.outcome, e.source
                FROM area_reach r JOIN episode e ON e.area = r.area
                WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                AND (r.to_on IS NULL OR r.to_on > ?3) AND e.programme = ?4
                AND (CAST(?5 AS BIGINT) = 0 OR r.area = CAST(?5 AS BIGINT))
                AND (CAST(?6 AS BIGINT) >> CAST(e.compartment AS INTEGER)) & 1 = 1
                ORDER BY r.area, e.from_on, e.person";
    LAST_MEASURES = "SELECT m.person, m.on_day, m.number, m.word FROM measure m
                     WHERE m.code = ?1
                     AND (CAST(?2 AS BIGINT) >> CAST(m.compartment AS INTEGER)) & 1 = 1
                     AND m.person IN (??) AND NOT EXISTS
                     (SELECT 1 FROM measure l WHERE l.person = m.person AND l.code = m.code
                     AND (CAST(?3 AS BIGINT) >> CAST(l.compartment AS INTEGER)) & 1 = 1
                     AND (l.on_day > m.on_day OR (l.on_day = m.on_day AND l.n > m.n)))";
}

/// One thing somebody needs of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueVisit {
    pub programme: String,
    /// `None`: to be looked at for the programme.
    pub visit: Option<String>,
    pub from: Date,
    pub due: Date,
    pub overdue: Date,
    pub lost: Date,
}

impl From<&tram_domain::programme::Due> for DueVisit {
    fn from(due: &tram_domain::programme::Due) -> Self {
        let (programme, visit) = (due.programme.clone(), due.visit.clone());
        let tram_domain::programme::Due { from, due, overdue, lost, .. } = *due;
        Self { programme, visit, from, due, overdue, lost }
    }
}

/// Somebody with everything due of the programmes up to the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct DuePerson {
    pub person: PersonLine,
    pub visits: Vec<DueVisit>,
}

/// Whose visits: the areas in reach, what is open to the asker, one programme or all (`""`).
#[derive(Debug, Clone, Copy)]
pub struct Looked<'a> {
    pub within: Within,
    /// One bit a compartment that is open.
    pub open: i64,
    pub programme: &'a str,
}

/// Everybody who may or should come up to the horizon, by village.
pub fn due(sql: &mut dyn Sql, of: Looked<'_>, horizon: Date) -> Result<Vec<DuePerson>> {
    let Within { top, reach, on, area } = of.within;
    let mut order: Vec<i64> = Vec::new();
    let mut visits: BTreeMap<i64, Vec<DueVisit>> = BTreeMap::new();
    let asked = vals![top, reach.number(), on, horizon, area, of.open, of.programme];
    sql.each(DUE, &asked, &mut |mut row| {
        let person = row.int()?;
        let (programme, visit) = (row.text()?, Some(row.text()?).filter(|v| !v.is_empty()));
        let (from, due) = (row.day()?, row.day()?);
        let (overdue, lost) = (row.day()?, row.day()?);
        let known = visits.entry(person).or_default();
        if known.is_empty() {
            order.push(person);
        }
        known.push(DueVisit { programme, visit, from, due, overdue, lost });
        Ok(())
    })?;
    let mut people = Vec::with_capacity(order.len());
    for person in lines(sql, &order)? {
        let visits = visits.remove(&person.key).unwrap_or_default();
        people.push(DuePerson { person, visits });
    }
    Ok(people)
}

/// How a programme stands on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    pub followed: i64,
    /// Due up to the horizon, the late ones among them.
    pub due: i64,
    pub overdue: i64,
    pub lost: i64,
    /// To be looked at for it.
    pub proposed: i64,
}

/// Each programme with anybody in it, by its code.
pub fn standings(
    sql: &mut dyn Sql,
    of: Looked<'_>,
    horizon: Date,
) -> Result<BTreeMap<String, Standing>> {
    let Within { top, reach, on, .. } = of.within;
    let mut found: BTreeMap<String, Standing> = BTreeMap::new();
    sql.each(FOLLOWED, &vals![top, reach.number(), on, of.open], &mut |mut row| {
        let programme = row.text()?;
        found.entry(programme).or_default().followed = row.int()?;
        Ok(())
    })?;
    let asked = vals![top, reach.number(), on, horizon, of.open];
    sql.each(COUNTS, &asked, &mut |mut row| {
        let standing = found.entry(row.text()?).or_default();
        standing.due = row.int()?;
        standing.overdue = row.int()?;
        standing.lost = row.int()?;
        standing.proposed = row.int()?;
        Ok(())
    })?;
    Ok(found)
}

/// A line of the register of a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterLine {
    pub person: PersonLine,
    pub from: Date,
    pub to: Option<Date>,
    pub outcome: Option<String>,
    pub source: Option<String>,
}

/// Everybody who is or was in a programme, by village and day.
pub fn register(sql: &mut dyn Sql, of: Looked<'_>) -> Result<Vec<RegisterLine>> {
    let Within { top, reach, on, area } = of.within;
    let asked = vals![top, reach.number(), on, of.programme, area, of.open];
    let rows = sql.all(REGISTER, &asked, |row: &mut Row| {
        let (person, from, to) = (row.int()?, row.day()?, row.day_or_null()?);
        Ok((person, from, to, row.text_or_null()?, row.text_or_null()?))
    })?;
    let keys: Vec<i64> = rows.iter().map(|(person, ..)| *person).collect();
    let people: BTreeMap<i64, PersonLine> =
        lines(sql, &keys)?.into_iter().map(|line| (line.key, line)).collect();
    let line = |(key, from, to, outcome, source)| {
        let person = people.get(&key)?.clone();
        Some(RegisterLine { person, from, to, outcome, source })
    };
    Ok(rows.into_iter().filter_map(line).collect())
}

/// The last value of a measure of each person, with its day, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastMeasure {
    pub on: Date,
    pub number: Option<i64>,
    pub word: Option<String>,
}

impl LastMeasure {
    /// As the kind of the measure reads it.
    pub fn value(&self, kind: &tram_defs::form::Kind) -> Option<Value> {
        use tram_defs::form::Kind;
        match kind {
            Kind::Number(_) => self.number.map(Value::Number),
            Kind::YesNo => self.number.map(|n| Value::Yes(n == 1)),
            Kind::Day(_) => self.word.as_deref()?.parse().ok().map(Value::Day),
            Kind::Choices(_) => {
                let codes = self.word.as_deref()?.split(' ').map(str::to_owned).collect();
                Some(Value::Codes(codes))
            }
            Kind::Choice(_) | Kind::Listed(_) => self.word.clone().map(Value::Code),
            Kind::Text(_) => self.word.clone().map(Value::Text),
        }
    }
}

/// The last value of a measure, by the local key of the person; of what is open to the asker.
pub fn last_measures(
    sql: &mut dyn Sql,
    measure: &str,
    open: i64,
    people: &[i64],
) -> Result<BTreeMap<i64, LastMeasure>> {
    let keys: Vec<Val> = people.iter().map(|key| Val::from(*key)).collect();
    let mut found = BTreeMap::new();
    sql.each_of_many(LAST_MEASURES, &vals![measure, open, open], &keys, &mut |mut row| {
        let (person, on) = (row.int()?, row.day()?);
        let (number, word) = (row.int_or_null()?, row.text_or_null()?);
        found.insert(person, LastMeasure { on, number, word });
        Ok(())
    })?;
    Ok(found)
}
