//! Fridges of a unit with their readings and what happened to them.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_domain::fact::ReadingSlot;
use tram_kernel::{Date, FridgeId};

crate::statements! {
    FRIDGES = "SELECT f.fridge, s.id, f.name, f.model, f.since_on, f.retired_on
               FROM fridge f JOIN subject s ON s.subject = f.fridge
               WHERE f.unit = ?1 ORDER BY f.name, f.fridge";
    READINGS = "SELECT r.fridge, r.on_day, r.slot, r.tenths, r.minute
                FROM fridge f JOIN reading r ON r.fridge = f.fridge
                WHERE f.unit = ?1 AND r.on_day >= ?2 AND r.on_day <= ?3
                ORDER BY r.fridge, r.on_day, r.n";
    UNDECIDED = "SELECT count(*) FROM fridge f JOIN cold_incident i ON i.fridge = f.fridge
                 WHERE f.unit = ?1 AND i.decision IS NULL";
}

/// A fridge in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FridgeRow {
    pub key: i64,
    pub id: FridgeId,
    pub name: String,
    pub model: Option<String>,
    pub since: Date,
    pub retired_on: Option<Date>,
}

impl FridgeRow {
    /// Whether readings are asked of it on a day.
    pub fn is_used_on(&self, day: Date) -> bool {
        self.since <= day && self.retired_on.is_none_or(|gone| day < gone)
    }
}

/// A reading that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingRow {
    /// Local key of the fridge.
    pub fridge: i64,
    pub day: Date,
    pub slot: ReadingSlot,
    pub tenths: i16,
    pub minute: Option<u16>,
}

pub fn fridges(sql: &mut dyn Sql, unit: i64) -> Result<Vec<FridgeRow>> {
    sql.all(FRIDGES, &vals![unit], |row: &mut Row| {
        Ok(FridgeRow {
            key: row.int()?,
            id: FridgeId::from_u128(row.id()?),
            name: row.text()?,
            model: row.text_or_null()?,
            since: row.day()?,
            retired_on: row.day_or_null()?,
        })
    })
}

/// Readings of all fridges of a unit from one day to another.
pub fn readings(
    sql: &mut dyn Sql,
    unit: i64,
    (first, last): (Date, Date),
) -> Result<Vec<ReadingRow>> {
    sql.all(READINGS, &vals![unit, first, last], |row: &mut Row| {
        Ok(ReadingRow {
            fridge: row.int()?,
            day: row.day()?,
            slot: ReadingSlot::from_code(&row.text()?).unwrap_or(ReadingSlot::Extra),
            tenths: row.int()? as i16,
            minute: row.int_or_null()?.map(|minute| minute as u16),
        })
    })
}

/// Incidents of a unit about whose lots nothing was decided yet.
pub fn undecided(sql: &mut dyn Sql, unit: i64) -> Result<i64> {
    sql.number(UNDECIDED, &vals![unit])
}
