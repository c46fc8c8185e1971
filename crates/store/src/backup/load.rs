//! Putting the rows of a backup into the empty tables of this program.

use super::file::{BackupReader, Next, Part};
use super::{Manifest, SET_NEXT_KEY, kept};
use crate::error::{BadBackup, Result, StoreError};
use crate::migrate::NEWEST;
use crate::settings;
use crate::sql::{Row, Sql, Val};
use crate::table::Table;
use std::collections::BTreeMap;

/// Fills the empty tables of the newest schema. Answers the last page, which must count what was read.
///
/// A table of an older program may lack columns: those that may be null are left empty, any other is
/// refused.
pub fn load(sql: &mut dyn Sql, reader: &mut BackupReader) -> Result<Manifest> {
    let mut read: BTreeMap<String, u64> = BTreeMap::new();
    loop {
        match reader.part()? {
            Next::Part(part) => {
                *read.entry(part.table.clone()).or_default() += part.rows.len() as u64;
                put(sql, part)?;
            }
            Next::End(manifest) => {
                let miscounted = manifest
                    .tables
                    .iter()
                    .find(|t| read.get(&t.table).copied().unwrap_or(0) != t.rows);
                if let Some(counted) = miscounted {
                    let table = counted.table.clone();
                    return Err(StoreError::Backup(BadBackup::Count { table }));
                }
                if manifest.schema > NEWEST {
                    let (found, wanted) = (manifest.schema, NEWEST);
                    return Err(StoreError::Backup(BadBackup::Newer { found, wanted }));
                }
                return Ok(*manifest);
            }
        }
    }
}

fn put(sql: &mut dyn Sql, part: Part) -> Result<()> {
    let Part { table, columns, rows } = part;
    match table.as_str() {
        "setting" => rows.into_iter().try_for_each(|row| {
            let mut row = Row::new(row);
            settings::put(sql, &row.text()?, &row.text()?)
        }),
        "key_block" => rows.into_iter().try_for_each(|row| {
            sql.exec(SET_NEXT_KEY, &row)?;
            Ok(())
        }),
        name => {
            let unknown = || StoreError::Backup(BadBackup::Count { table: name.into() });
            let table = kept().find(|table| table.name == name).ok_or_else(unknown)?;
            sql.insert_many(table, &in_order(table, &columns, rows)?)
        }
    }
}

/// Rows with their values in the order of our columns.
fn in_order(
    table: &'static Table,
    columns: &[String],
    rows: Vec<Vec<Val>>,
) -> Result<Vec<Vec<Val>>> {
    let ours = || table.columns.iter().map(|column| column.name);
    if ours().eq(columns.iter().map(String::as_str)) {
        return Ok(rows);
    }
    let mut from = Vec::with_capacity(table.columns.len());
    for column in table.columns {
        let at = columns.iter().position(|name| name == column.name);
        if at.is_none() && !column.null {
            return Err(StoreError::Backup(BadBackup::Count { table: table.name.into() }));
        }
        from.push(at);
    }
    let arranged =
        |row: Vec<Val>| from.iter().map(|at| at.map_or(Val::Null, |at| row[at].clone())).collect();
    Ok(rows.into_iter().map(arranged).collect())
}
