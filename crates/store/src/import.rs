//! Lists brought in from files: staged rows, findings, what became of each.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::table::IMPORT_ROW;
use crate::vals;
use std::collections::{BTreeMap, HashMap, HashSet};
use tram_defs::role::Reach;
use tram_domain::roster::{Known, Records};
use tram_kernel::{AreaId, BirthDate, Date, HouseholdId, Moment, PersonId, Precision, Sex, UserId};

crate::statements! {
    ADD_FILE = "INSERT INTO import_file (file, sha256, name, kind, unit, by, at, state, mapping, rows,
                errors, warnings, added, updated, unchanged)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'read', ?8, 0, 0, 0, 0, 0, 0)";
    CHECKED = "UPDATE import_file SET state = 'checked', mapping = ?2, rows = ?3, errors = ?4,
               warnings = ?5 WHERE file = ?1 AND state IN ('read', 'checked')";
    WITH_OUTCOME = "SELECT row_number, cells, findings, outcome, person FROM import_row
             WHERE file = ?1 AND outcome = ?2 ORDER BY row_number LIMIT ?3";
    TALLY = "SELECT outcome, count(*) FROM import_row WHERE file = ?1 GROUP BY outcome";
    /// Waits for whoever applies the same file at the same time.
    CLAIM = "UPDATE import_file SET state = 'applying'
             WHERE file = ?1 AND state IN ('checked', 'applying')";
    CLAIM_UNDO = "UPDATE import_file SET state = 'undoing'
                  WHERE file = ?1 AND state IN ('applied', 'undoing')";
    APPLIED_ROWS = "SELECT row_number, person, outcome FROM import_row
                    WHERE file = ?1 AND person IS NOT NULL ORDER BY row_number";
    DONE_ROWS = "SELECT row_number FROM import_row WHERE file = ?1 AND row_number BETWEEN ?2 AND ?3
                 AND person IS NOT NULL";
    KNOWN = "SELECT p.person, s.id, p.name, p.folded, p.sex, p.born, p.born_precision, p.away,
             (SELECT a.id FROM subject a WHERE a.subject = p.area),
             (SELECT h.id FROM subject h WHERE h.subject = p.household),
             (SELECT h.code FROM household h WHERE h.household = p.household)
             FROM area_reach r JOIN person p ON p.area = r.area
             JOIN subject s ON s.subject = p.person
             WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
             AND (r.to_on IS NULL OR r.to_on > ?3) ORDER BY p.person";
    NUMBERS = "SELECT i.person, i.kind, i.value FROM area_reach r JOIN person p ON p.area = r.area
               JOIN identifier i ON i.person = p.person
               WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
               AND (r.to_on IS NULL OR r.to_on > ?3)
               AND i.kind IN ('citizen', 'insurance_card', 'social_insurance', 'temporary')
               ORDER BY i.person, i.n";
    HOUSEHOLDS = "SELECT (SELECT a.id FROM subject a WHERE a.subject = h.area), h.code, s.id
                  FROM area_reach r JOIN household h ON h.area = r.area
                  JOIN subject s ON s.subject = h.household
                  WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                  AND (r.to_on IS NULL OR r.to_on > ?3) AND h.code IS NOT NULL";
    HOLDERS = "SELECT value, person FROM identifier WHERE value IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
               ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
               ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40)";
    FILE = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
            f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f WHERE f.file = ?1";
    FILES = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
             f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f
             WHERE f.unit IN (SELECT r.unit FROM unit_reach r WHERE r.top = ?1 AND r.reach = ?2
             AND r.from_on <= ?3 AND (r.to_on IS NULL OR r.to_on > ?3))
             ORDER BY f.at DESC LIMIT 50";
    BY_HASH = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
               f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f
               WHERE f.sha256 = ?1 AND f.unit = ?2 ORDER BY f.at DESC";
    ROWS = "SELECT row_number, cells, findings, outcome, person FROM import_row
            WHERE file = ?1 AND row_number > ?2 ORDER BY row_number LIMIT ?3";
    WITH_FINDINGS = "SELECT row_number, cells, findings, outcome, person FROM import_row
                     WHERE file = ?1 AND findings <> '' ORDER BY row_number LIMIT ?2";
    /// The rows are there: what they hold besides stays as it is.
    OUTCOMES = "INSERT INTO import_row (file, row_number, cells, findings, outcome, person)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (file, row_number)
                DO UPDATE SET outcome = excluded.outcome, person = excluded.person";
    STATE = "UPDATE import_file SET state = ?2, added = ?3, updated = ?4, unchanged = ?5
             WHERE file = ?1";
    DROP_ROWS = "DELETE FROM import_row WHERE file = ?1";
    DROP_BYTES = "DELETE FROM attachment WHERE sha256 = (SELECT f.sha256 FROM import_file f
                  WHERE f.file = ?1) AND NOT EXISTS (SELECT 1 FROM import_file f
                  WHERE f.sha256 = attachment.sha256 AND f.file <> ?1)";
    DROP_FILE = "DELETE FROM import_file WHERE file = ?1";
}

/// A file brought in, and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub key: i64,
    pub sha256: Vec<u8>,
    pub name: String,
    pub kind: String,
    pub unit: i64,
    pub at: Moment,
    /// `read`, `checked`, `applying`, `applied`, `undoing`, `undone`.
    pub state: String,
    pub mapping: String,
    pub rows: i64,
    pub errors: i64,
    pub warnings: i64,
    pub added: i64,
    pub updated: i64,
    pub unchanged: i64,
}

/// A row of a checked file. Cells and findings are empty when nothing was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    pub number: u32,
    pub cells: String,
    pub findings: String,
    /// `new`, `known`, `refused`; once applied `added`, `updated`, `unchanged`.
    pub outcome: String,
    pub person: Option<i64>,
}

fn file(row: &mut Row) -> Result<FileRow> {
    Ok(FileRow {
        key: row.int()?,
        sha256: row.blob()?,
        name: row.text()?,
        kind: row.text()?,
        unit: row.int()?,
        at: Moment::from_ms(row.int()?),
        state: row.text()?,
        mapping: row.text()?,
        rows: row.int()?,
        errors: row.int()?,
        warnings: row.int()?,
        added: row.int()?,
        updated: row.int()?,
        unchanged: row.int()?,
    })
}

fn staged(row: &mut Row) -> Result<StagedRow> {
    Ok(StagedRow {
        number: row.int()? as u32,
        cells: row.text()?,
        findings: row.text()?,
        outcome: row.text()?,
        person: row.int_or_null()?,
    })
}

/// Notes a file that was read. Its bytes are kept by their hash.
pub fn add(sql: &mut dyn Sql, f: &FileRow, by: Option<UserId>) -> Result<()> {
    let by = by.map(UserId::to_bytes);
    let params =
        vals![f.key, f.sha256.as_slice(), &f.name, &f.kind, f.unit, by, f.at.ms(), &f.mapping];
    sql.exec(ADD_FILE, &params)?;
    Ok(())
}

/// Keeps the result of a check in place of the one before. False when the file is being applied.
pub fn keep_check(sql: &mut dyn Sql, f: &FileRow, rows: &[StagedRow]) -> Result<bool> {
    let params = vals![f.key, &f.mapping, f.rows, f.errors, f.warnings];
    if sql.exec(CHECKED, &params)? == 0 {
        return Ok(false);
    }
    sql.exec(DROP_ROWS, &vals![f.key])?;
    let rows: Vec<Vec<Val>> = rows
        .iter()
        .map(|r| vals![f.key, r.number, &r.cells, &r.findings, &r.outcome, r.person].into())
        .collect();
    sql.insert_many(&IMPORT_ROW, &rows)?;
    Ok(true)
}

/// Takes the file for applying; false when it was never checked or is applied already.
pub fn claim(sql: &mut dyn Sql, key: i64) -> Result<bool> {
    Ok(sql.exec(CLAIM, &vals![key])? == 1)
}

/// Takes an applied file to be taken back; false when it is not applied, or taken back already.
pub fn claim_undo(sql: &mut dyn Sql, key: i64) -> Result<bool> {
    Ok(sql.exec(CLAIM_UNDO, &vals![key])? == 1)
}

/// A row that was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppliedRow {
    pub number: u32,
    /// Local key of the record.
    pub person: i64,
    /// Taken back already, or kept.
    pub is_undone: bool,
}

/// The rows of a file that were applied, in order.
pub fn applied_rows(sql: &mut dyn Sql, key: i64) -> Result<Vec<AppliedRow>> {
    sql.all(APPLIED_ROWS, &vals![key], |row| {
        let (number, person) = (row.int()? as u32, row.int()?);
        let is_undone = matches!(row.text()?.as_str(), "undone" | "kept");
        Ok(AppliedRow { number, person, is_undone })
    })
}

/// Numbers of the rows that were applied, among those from one to another.
pub fn done_rows(
    sql: &mut dyn Sql,
    key: i64,
    rows: std::ops::RangeInclusive<u32>,
) -> Result<HashSet<u32>> {
    let mut done = HashSet::new();
    sql.each(DONE_ROWS, &vals![key, *rows.start(), *rows.end()], &mut |mut row| {
        done.insert(row.int()? as u32);
        Ok(())
    })?;
    Ok(done)
}

/// How many rows have which outcome.
pub fn tally(sql: &mut dyn Sql, key: i64) -> Result<BTreeMap<String, i64>> {
    Ok(sql.all(TALLY, &vals![key], |row| Ok((row.text()?, row.int()?)))?.into_iter().collect())
}

/// What a list of `top` is held against: the people and numbered households in reach.
pub fn records(sql: &mut dyn Sql, top: i64, reach: Reach, on: Date) -> Result<Records> {
    let params = vals![top, reach.number(), on];
    let mut keys: HashMap<i64, usize> = HashMap::new();
    let mut people: Vec<Known> = Vec::new();
    sql.each(KNOWN, &params, &mut |mut row| {
        keys.insert(row.int()?, people.len());
        people.push(known(&mut row)?);
        Ok(())
    })?;
    sql.each(NUMBERS, &params, &mut |mut row| {
        let (person, kind, value) = (row.int()?, row.text()?, row.text()?);
        if let Some(at) = keys.get(&person) {
            let held = &mut people[*at];
            match kind.as_str() {
                "citizen" => held.citizen = Some(value),
                "temporary" => held.others.push(value),
                // The newest card is the one compared; the others still tell whose they are.
                _ => held.others.extend(held.insurance.replace(value)),
            }
        }
        Ok(())
    })?;
    let mut households = Vec::new();
    sql.each(HOUSEHOLDS, &params, &mut |mut row| {
        let area = AreaId::from_u128(row.id()?);
        households.push((area, row.text()?, HouseholdId::from_u128(row.id()?)));
        Ok(())
    })?;
    Ok(Records { people, households, elsewhere: HashSet::new() })
}

fn known(row: &mut Row) -> Result<Known> {
    let id = PersonId::from_u128(row.id()?);
    let (name, folded) = (row.text()?, row.text()?);
    let sex = Sex::from_code(&row.text()?).unwrap_or(Sex::Female);
    let first = row.day()?;
    let precision = Precision::from_code(&row.text()?).unwrap_or(Precision::Day);
    let away = row.bool()?;
    let mut subject = || -> Result<Option<[u8; 16]>> {
        Ok(row.blob_or_null()?.and_then(|id| <[u8; 16]>::try_from(id.as_slice()).ok()))
    };
    let area = subject()?.map(AreaId::from_bytes);
    let household_id = subject()?.map(HouseholdId::from_bytes);
    let household = row.text_or_null()?;
    let born = BirthDate::new(first, precision);
    let (citizen, insurance, others) = (None, None, Vec::new());
    Ok(Known {
        id,
        name,
        folded,
        sex,
        born,
        area,
        away,
        household_id,
        household,
        citizen,
        insurance,
        others,
    })
}

/// Which of these numbers are held by somebody, and by whom (local key).
pub fn holders(sql: &mut dyn Sql, numbers: &[&str]) -> Result<Vec<(String, i64)>> {
    const AT_ONCE: usize = 40;
    let mut held = Vec::new();
    for part in numbers.chunks(AT_ONCE) {
        let mut params: Vec<Val> = part.iter().map(|n| Val::from(*n)).collect();
        params.resize(AT_ONCE, Val::from(""));
        held.extend(sql.all(HOLDERS, &params, |row| Ok((row.text()?, row.int()?)))?);
    }
    Ok(held)
}

pub fn find(sql: &mut dyn Sql, key: i64) -> Result<Option<FileRow>> {
    sql.one(FILE, &vals![key], file)
}

pub fn list(sql: &mut dyn Sql, top: i64, reach: Reach, on: Date) -> Result<Vec<FileRow>> {
    sql.all(FILES, &vals![top, reach.number(), on], file)
}

/// Earlier imports of exactly this content by a unit, newest first.
pub fn by_hash(sql: &mut dyn Sql, sha256: &[u8], unit: i64) -> Result<Vec<FileRow>> {
    sql.all(BY_HASH, &vals![sha256, unit], file)
}

/// Staged rows after a row number, in order.
pub fn rows(sql: &mut dyn Sql, key: i64, after: u32, limit: usize) -> Result<Vec<StagedRow>> {
    sql.all(ROWS, &vals![key, after, limit], staged)
}

/// Rows with one outcome, in order.
pub fn with_outcome(
    sql: &mut dyn Sql,
    key: i64,
    outcome: &str,
    limit: usize,
) -> Result<Vec<StagedRow>> {
    sql.all(WITH_OUTCOME, &vals![key, outcome, limit], staged)
}

pub fn with_findings(sql: &mut dyn Sql, key: i64, limit: usize) -> Result<Vec<StagedRow>> {
    sql.all(WITH_FINDINGS, &vals![key, limit], staged)
}

/// What became of staged rows: row, outcome, person. Each row once.
pub fn set_outcomes(
    sql: &mut dyn Sql,
    key: i64,
    outcomes: &[(u32, &str, Option<i64>)],
) -> Result<()> {
    let row = |(row, outcome, person): &(u32, &str, Option<i64>)| {
        vals![key, *row, "", "", *outcome, *person].into()
    };
    let rows: Vec<Vec<Val>> = outcomes.iter().map(row).collect();
    sql.each_of_rows(OUTCOMES, &rows, &mut |_| Ok(()))
}

/// Where the import stands: state and people added, updated, unchanged so far.
pub fn set_state(sql: &mut dyn Sql, key: i64, state: &str, counts: [i64; 3]) -> Result<()> {
    let [added, updated, unchanged] = counts;
    sql.exec(STATE, &vals![key, state, added, updated, unchanged])?;
    Ok(())
}

/// Forgets a file that was not applied.
pub fn discard(sql: &mut dyn Sql, key: i64) -> Result<()> {
    sql.exec(DROP_ROWS, &vals![key])?;
    sql.exec(DROP_BYTES, &vals![key])?;
    sql.exec(DROP_FILE, &vals![key])?;
    Ok(())
}
