//! Units and areas as lists and trees, by who reaches them on a day.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;
use tram_defs::role::Reach;
use tram_domain::fact::{Subject, UnitKind};
use tram_kernel::{AreaId, CommuneCode, Date, Shard, UnitId};

crate::statements! {
    KEY = "SELECT subject, shard FROM subject WHERE id = ?1";
    /// A record that is read as part of another has that one's key.
    PERSON_KEY = "SELECT h.subject, h.shard FROM subject s
                  LEFT JOIN person_link l ON l.person = s.subject
                  JOIN subject h ON h.subject = coalesce(l.head, s.subject) WHERE s.id = ?1";
    UNITS = "SELECT u.unit, s.id, u.name, u.kind, u.commune, u.facility_code, u.closed_on
             FROM unit_reach r JOIN unit u ON u.unit = r.unit JOIN subject s ON s.subject = u.unit
             WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
             AND (r.to_on IS NULL OR r.to_on > ?3) ORDER BY u.kind, u.name";
    ALL_UNITS = "SELECT u.unit, s.id, u.name, u.kind, u.commune, u.facility_code, u.closed_on
                 FROM unit u JOIN subject s ON s.subject = u.unit ORDER BY u.kind, u.name";
    BY_KEY = "SELECT u.unit, s.id, u.name, u.kind, u.commune, u.facility_code, u.closed_on
              FROM unit u JOIN subject s ON s.subject = u.unit WHERE u.unit = ?1";
    SEARCH = "SELECT u.unit, s.id, u.name, u.kind, u.commune, u.facility_code, u.closed_on
              FROM unit u JOIN subject s ON s.subject = u.unit
              WHERE u.folded LIKE ?1 OR u.facility_code = ?2 ORDER BY u.kind, u.name LIMIT 50";
    AREAS = "SELECT a.area, s.id, a.full_name, a.commune, a.commune_from, a.unit
             FROM area_reach r JOIN area a ON a.area = r.area JOIN subject s ON s.subject = a.area
             WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
             AND (r.to_on IS NULL OR r.to_on > ?3) ORDER BY a.commune, a.full_name";
    AREA_OF = "SELECT a.area, s.id, a.full_name, a.commune, a.commune_from, a.unit
               FROM area a JOIN subject s ON s.subject = a.area WHERE a.area = ?1";
    COMMUNES = "SELECT s.id, a.commune FROM area a JOIN subject s ON s.subject = a.area";
    REACHES_AREA = "SELECT 1 FROM area_reach WHERE top = ?1 AND reach = ?2 AND area = ?3
                    AND from_on <= ?4 AND (to_on IS NULL OR to_on > ?4)";
    REACHES_UNIT = "SELECT 1 FROM unit_reach WHERE top = ?1 AND reach = ?2 AND unit = ?3
                    AND from_on <= ?4 AND (to_on IS NULL OR to_on > ?4)";
    RELATIONS = "SELECT r.kind, p.unit, s.id, p.name, p.kind, p.commune, p.facility_code, p.closed_on,
                 r.from_on, r.to_on FROM unit_relation r JOIN unit p ON p.unit = r.parent
                 JOIN subject s ON s.subject = p.unit WHERE r.unit = ?1 ORDER BY r.from_on, r.kind";
    CHILDREN = "SELECT r.kind, c.unit, s.id, c.name, c.kind, c.commune, c.facility_code, c.closed_on,
                r.from_on, r.to_on FROM unit_relation r JOIN unit c ON c.unit = r.unit
                JOIN subject s ON s.subject = c.unit WHERE r.parent = ?1 ORDER BY c.kind, c.name";
}

/// The commune of every area known.
pub fn communes<M: FromIterator<(AreaId, CommuneCode)>>(sql: &mut dyn Sql) -> Result<M> {
    let all = sql.all(COMMUNES, &[], |row| {
        Ok((AreaId::from_u128(row.id()?), commune(row.int_or_null()?)))
    })?;
    Ok(all.into_iter().filter_map(|(area, commune)| Some((area, commune?))).collect())
}

/// A unit in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    pub key: i64,
    pub id: UnitId,
    pub name: String,
    pub kind: UnitKind,
    pub commune: Option<CommuneCode>,
    pub facility_code: Option<String>,
    pub closed_on: Option<Date>,
}

/// An area in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaRow {
    pub key: i64,
    pub id: AreaId,
    pub name: String,
    pub commune: CommuneCode,
    /// The day on which the commune was said to be this one.
    pub commune_from: Date,
    /// Local key of the unit that looks after it now.
    pub unit: Option<i64>,
}

/// A dated relation to a parent or a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationRow {
    pub kind: String,
    pub other: UnitRow,
    pub from: Date,
    pub to: Option<Date>,
}

fn commune(code: Option<i64>) -> Option<CommuneCode> {
    code.and_then(|code| u32::try_from(code).ok()).and_then(CommuneCode::new)
}

fn unit_row(row: &mut Row) -> Result<UnitRow> {
    Ok(UnitRow {
        key: row.int()?,
        id: UnitId::from_u128(row.id()?),
        name: row.text()?,
        kind: UnitKind::from_code(&row.text()?).unwrap_or(UnitKind::Other),
        commune: commune(row.int_or_null()?),
        facility_code: row.text_or_null()?,
        closed_on: row.day_or_null()?,
    })
}

fn area_row(row: &mut Row) -> Result<AreaRow> {
    Ok(AreaRow {
        key: row.int()?,
        id: AreaId::from_u128(row.id()?),
        name: row.text()?,
        commune: commune(Some(row.int()?)).unwrap_or_else(crate::rebuild::nowhere),
        commune_from: row.day()?,
        unit: row.int_or_null()?,
    })
}

fn relation_row(row: &mut Row) -> Result<RelationRow> {
    let kind = row.text()?;
    let other = unit_row(row)?;
    Ok(RelationRow { kind, other, from: row.day()?, to: row.day_or_null()? })
}

/// Local key and shard of a subject; of a linked record, those of the record it is read as part of.
pub fn key(sql: &mut dyn Sql, subject: Subject) -> Result<Option<(i64, Shard)>> {
    let id = subject.id().to_be_bytes();
    let statement = if matches!(subject, Subject::Person(_)) { PERSON_KEY } else { KEY };
    let found = sql.one(statement, &vals![id], |row| Ok((row.int()?, row.int()?)))?;
    found.map(|(key, shard)| Ok((key, crate::log::shard(shard)?))).transpose()
}

/// Units reached from `top` on a day.
pub fn units(sql: &mut dyn Sql, top: i64, reach: Reach, on: Date) -> Result<Vec<UnitRow>> {
    sql.all(UNITS, &vals![top, reach.number(), on], unit_row)
}

pub fn all_units(sql: &mut dyn Sql) -> Result<Vec<UnitRow>> {
    sql.all(ALL_UNITS, &[], unit_row)
}

pub fn unit(sql: &mut dyn Sql, key: i64) -> Result<Option<UnitRow>> {
    sql.one(BY_KEY, &vals![key], unit_row)
}

/// Units whose folded name contains what was typed, or whose facility code equals it.
pub fn search(sql: &mut dyn Sql, typed: &str) -> Result<Vec<UnitRow>> {
    let folded = tram_kernel::text::fold(typed.trim());
    // The pattern signs of LIKE are no letters of any name.
    let plain: String = folded.chars().filter(|c| !matches!(c, '%' | '_')).collect();
    sql.all(SEARCH, &vals![format!("%{plain}%"), typed.trim()], unit_row)
}

/// Areas reached from `top` on a day.
pub fn areas(sql: &mut dyn Sql, top: i64, reach: Reach, on: Date) -> Result<Vec<AreaRow>> {
    sql.all(AREAS, &vals![top, reach.number(), on], area_row)
}

pub fn area(sql: &mut dyn Sql, key: i64) -> Result<Option<AreaRow>> {
    sql.one(AREA_OF, &vals![key], area_row)
}

pub fn reaches_area(
    sql: &mut dyn Sql,
    top: i64,
    reach: Reach,
    area: i64,
    on: Date,
) -> Result<bool> {
    Ok(sql.one(REACHES_AREA, &vals![top, reach.number(), area, on], Row::int)?.is_some())
}

pub fn reaches_unit(
    sql: &mut dyn Sql,
    top: i64,
    reach: Reach,
    unit: i64,
    on: Date,
) -> Result<bool> {
    Ok(sql.one(REACHES_UNIT, &vals![top, reach.number(), unit, on], Row::int)?.is_some())
}

/// The units this one stands under, with days.
pub fn parents(sql: &mut dyn Sql, unit: i64) -> Result<Vec<RelationRow>> {
    sql.all(RELATIONS, &vals![unit], relation_row)
}

/// The units that stand under this one, with days.
pub fn children(sql: &mut dyn Sql, unit: i64) -> Result<Vec<RelationRow>> {
    sql.all(CHILDREN, &vals![unit], relation_row)
}
