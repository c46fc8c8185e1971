//! Lists brought in from files: staged rows, findings, what became of each.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::table::IMPORT_ROW;
use crate::vals;
use tram_kernel::{Moment, UserId};

crate::statements! {
    ADD_FILE = "INSERT INTO import_file (file, sha256, name, kind, unit, by, at, state, mapping, rows,
                errors, warnings, added, updated, unchanged)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'staged', ?8, ?9, ?10, ?11, 0, 0, 0)";
    FILE = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
            f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f WHERE f.file = ?1";
    FILES = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
             f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f
             WHERE f.unit IN (SELECT r.unit FROM unit_reach r WHERE r.top = ?1 AND r.reach = ?2)
             ORDER BY f.at DESC LIMIT 50";
    BY_HASH = "SELECT f.file, f.sha256, f.name, f.kind, f.unit, f.at, f.state, f.mapping, f.rows,
               f.errors, f.warnings, f.added, f.updated, f.unchanged FROM import_file f
               WHERE f.sha256 = ?1 AND f.unit = ?2 ORDER BY f.at DESC";
    ROWS = "SELECT row_number, cells, findings, outcome, person FROM import_row
            WHERE file = ?1 AND row_number > ?2 ORDER BY row_number LIMIT ?3";
    WITH_FINDINGS = "SELECT row_number, cells, findings, outcome, person FROM import_row
                     WHERE file = ?1 AND findings <> '' ORDER BY row_number LIMIT ?2";
    OUTCOME = "UPDATE import_row SET outcome = ?3, person = ?4 WHERE file = ?1 AND row_number = ?2";
    STATE = "UPDATE import_file SET state = ?2, added = ?3, updated = ?4, unchanged = ?5
             WHERE file = ?1";
    DROP_ROWS = "DELETE FROM import_row WHERE file = ?1";
    DROP_FILE = "DELETE FROM import_file WHERE file = ?1";
}

/// A staged or applied file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub key: i64,
    pub sha256: Vec<u8>,
    pub name: String,
    pub kind: String,
    pub unit: i64,
    pub at: Moment,
    /// `staged`, `applying`, `applied`.
    pub state: String,
    pub mapping: String,
    pub rows: i64,
    pub errors: i64,
    pub warnings: i64,
    pub added: i64,
    pub updated: i64,
    pub unchanged: i64,
}

/// A staged row: cells as read, findings as codes, what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StagedRow {
    pub number: u32,
    pub cells: String,
    pub findings: String,
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

/// Stages a file with its rows.
pub fn stage(sql: &mut dyn Sql, f: &FileRow, by: Option<UserId>, rows: &[StagedRow]) -> Result<()> {
    let by = by.map(UserId::to_bytes);
    sql.exec(
        ADD_FILE,
        &vals![
            f.key,
            f.sha256.as_slice(),
            &f.name,
            &f.kind,
            f.unit,
            by,
            f.at.ms(),
            &f.mapping,
            f.rows,
            f.errors,
            f.warnings
        ],
    )?;
    let rows: Vec<Vec<Val>> = rows
        .iter()
        .map(|r| vals![f.key, r.number, &r.cells, &r.findings, &r.outcome, r.person].into())
        .collect();
    sql.insert_many(&IMPORT_ROW, &rows)
}

pub fn find(sql: &mut dyn Sql, key: i64) -> Result<Option<FileRow>> {
    sql.one(FILE, &vals![key], file)
}

pub fn list(sql: &mut dyn Sql, top: i64, reach: tram_defs::role::Reach) -> Result<Vec<FileRow>> {
    sql.all(FILES, &vals![top, reach.number()], file)
}

/// Earlier imports of exactly this content by a unit, newest first.
pub fn by_hash(sql: &mut dyn Sql, sha256: &[u8], unit: i64) -> Result<Vec<FileRow>> {
    sql.all(BY_HASH, &vals![sha256, unit], file)
}

/// Staged rows after a row number, in order.
pub fn rows(sql: &mut dyn Sql, key: i64, after: u32, limit: usize) -> Result<Vec<StagedRow>> {
    sql.all(ROWS, &vals![key, after, limit], staged)
}

pub fn with_findings(sql: &mut dyn Sql, key: i64, limit: usize) -> Result<Vec<StagedRow>> {
    sql.all(WITH_FINDINGS, &vals![key, limit], staged)
}

pub fn set_outcome(
    sql: &mut dyn Sql,
    key: i64,
    row: u32,
    outcome: &str,
    person: Option<i64>,
) -> Result<()> {
    sql.exec(OUTCOME, &vals![key, row, outcome, person])?;
    Ok(())
}

/// Where the import stands: state and people added, updated, unchanged so far.
pub fn set_state(sql: &mut dyn Sql, key: i64, state: &str, counts: [i64; 3]) -> Result<()> {
    let [added, updated, unchanged] = counts;
    sql.exec(STATE, &vals![key, state, added, updated, unchanged])?;
    Ok(())
}

/// Forgets a staged file that was not applied.
pub fn discard(sql: &mut dyn Sql, key: i64) -> Result<()> {
    sql.exec(DROP_ROWS, &vals![key])?;
    sql.exec(DROP_FILE, &vals![key])?;
    Ok(())
}
