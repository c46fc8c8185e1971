//! The stock book as lists: lots of a unit, what was given of them, sums of a month.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::fact::ItemKind;
use tram_domain::stock::lot_key;
use tram_kernel::{Date, LotId};

crate::statements! {
    OPENED = "SELECT min(m.on_day) FROM lot l JOIN stock_move m ON m.lot = l.lot
              WHERE l.unit = ?1 AND l.kind = ?2 AND m.code IN ('received', 'counted')";
    LOTS = "SELECT l.lot, s.id, l.item, l.name, l.code, l.expires_on, l.maker, l.per_pack, l.quantity,
            l.blocked_on, l.vvm, l.open_vials, l.conflicts
            FROM lot l JOIN subject s ON s.subject = l.lot
            WHERE l.unit = ?1 AND l.kind = ?2 ORDER BY l.item, l.expires_on, l.code";
    STATES = "SELECT s.id, l.name, l.expires_on, l.blocked_on
              FROM subject s JOIN lot l ON l.lot = s.subject WHERE s.id IN (??)";
    /// A combined vaccine has one row a series: the dose is counted once.
    GIVEN = "SELECT d.vaccine, d.lot, count(CASE WHEN d.given_on < ?3 THEN 1 END),
             count(CASE WHEN d.given_on >= ?3 AND d.given_on <= ?4 THEN 1 END), count(*)
             FROM (SELECT DISTINCT person, n, vaccine, lot, given_on FROM dose
             WHERE giver = ?1 AND given_on >= ?2) d
             GROUP BY d.vaccine, d.lot ORDER BY d.vaccine, d.lot";
    GIVEN_BY_DAY = "SELECT d.given_on, d.lot, count(*)
                    FROM (SELECT DISTINCT person, n, lot, given_on FROM dose
                    WHERE giver = ?1 AND given_on >= ?2 AND vaccine = ?3 AND lot IS NOT NULL) d
                    GROUP BY d.given_on, d.lot ORDER BY d.given_on, d.lot";
    MOVED = "SELECT m.lot, m.code,
             CAST(sum(CASE WHEN m.on_day < ?3 THEN m.quantity ELSE 0 END) AS BIGINT),
             CAST(sum(CASE WHEN m.on_day >= ?3 THEN m.quantity ELSE 0 END) AS BIGINT)
             FROM lot l JOIN stock_move m ON m.lot = l.lot
             WHERE l.unit = ?1 AND l.kind = ?2 AND m.on_day <= ?4
             GROUP BY m.lot, m.code ORDER BY m.lot, m.code";
}

/// A lot in a list, without the doses given of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotRow {
    pub key: i64,
    pub id: LotId,
    pub item: String,
    /// As printed on the box.
    pub lot: String,
    /// As it is compared.
    pub code: String,
    pub expires: Option<Date>,
    pub maker: Option<String>,
    pub per_pack: Option<u16>,
    /// Sum of the movements.
    pub quantity: i64,
    pub blocked_since: Option<Date>,
    pub vvm: Option<u8>,
    pub open_vials: i64,
    pub conflicts: i64,
}

fn lot_row(row: &mut Row) -> Result<LotRow> {
    Ok(LotRow {
        key: row.int()?,
        id: LotId::from_u128(row.id()?),
        item: row.text()?,
        lot: row.text()?,
        code: row.text()?,
        expires: row.day_or_null()?,
        maker: row.text_or_null()?,
        per_pack: row.int_or_null()?.map(|n| n as u16),
        quantity: row.int()?,
        blocked_since: row.day_or_null()?,
        vvm: row.int_or_null()?.map(|n| n as u8),
        open_vials: row.int()?,
        conflicts: row.int()?,
    })
}

/// The first day of the book of a unit: its first delivery or count. Doses before it are not asked of it.
pub fn opened(sql: &mut dyn Sql, unit: i64, kind: ItemKind) -> Result<Option<Date>> {
    Ok(sql.one(OPENED, &vals![unit, kind.code()], Row::day_or_null)?.flatten())
}

/// All lots a unit ever had, by item and last day.
pub fn lots(sql: &mut dyn Sql, unit: i64, kind: ItemKind) -> Result<Vec<LotRow>> {
    sql.all(LOTS, &vals![unit, kind.code()], lot_row)
}

/// What is known of a lot when a dose of it is written down: name, last day, first day of a block.
pub type LotKnown = (String, Option<Date>, Option<Date>);

/// The lots among these that are in some book.
pub fn states(sql: &mut dyn Sql, ids: &[LotId]) -> Result<BTreeMap<LotId, LotKnown>> {
    let list: Vec<Val> = ids.iter().map(|id| Val::from(id.to_bytes())).collect();
    let mut found = BTreeMap::new();
    sql.each_of_many(STATES, &[], &list, &mut |mut row| {
        let id = LotId::from_u128(row.id()?);
        found.insert(id, (row.text()?, row.day_or_null()?, row.day_or_null()?));
        Ok(())
    })?;
    Ok(found)
}

/// Doses a unit gave of one lot, by time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    pub before: i64,
    pub within: i64,
    pub all: i64,
}

impl Given {
    fn add(&mut self, other: Self) {
        self.before += other.before;
        self.within += other.within;
        self.all += other.all;
    }
}

/// Doses given since a day, by vaccine and lot as it is compared; without a lot under the empty one.
/// `within` is the period that is reported.
pub fn given(
    sql: &mut dyn Sql,
    unit: i64,
    since: Date,
    (first, last): (Date, Date),
) -> Result<BTreeMap<(String, String), Given>> {
    let mut all: BTreeMap<(String, String), Given> = BTreeMap::new();
    sql.each(GIVEN, &vals![unit, since, first, last], &mut |mut row| {
        let (vaccine, lot) = (row.text()?, row.text_or_null()?.unwrap_or_default());
        let counted = Given { before: row.int()?, within: row.int()?, all: row.int()? };
        all.entry((vaccine, lot_key(&lot))).or_default().add(counted);
        Ok(())
    })?;
    Ok(all)
}

/// Doses a unit gave of one lot, day by day.
pub fn given_by_day(
    sql: &mut dyn Sql,
    unit: i64,
    since: Date,
    (vaccine, code): (&str, &str),
) -> Result<Vec<(Date, i64)>> {
    let mut days: BTreeMap<Date, i64> = BTreeMap::new();
    sql.each(GIVEN_BY_DAY, &vals![unit, since, vaccine], &mut |mut row| {
        let (day, lot, n) = (row.day()?, row.text()?, row.int()?);
        if lot_key(&lot) == code {
            *days.entry(day).or_default() += n;
        }
        Ok(())
    })?;
    Ok(days.into_iter().collect())
}

/// Sums of one kind of movement of one lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedRow {
    pub lot: i64,
    pub code: String,
    pub before: i64,
    pub within: i64,
}

/// The movements of a unit up to the last day of a period, summed by lot and kind.
pub fn moved(
    sql: &mut dyn Sql,
    unit: i64,
    kind: ItemKind,
    (first, last): (Date, Date),
) -> Result<Vec<MovedRow>> {
    sql.all(MOVED, &vals![unit, kind.code(), first, last], |row| {
        Ok(MovedRow { lot: row.int()?, code: row.text()?, before: row.int()?, within: row.int()? })
    })
}
