//! A digest of the projection tables by public ids: equal on any engine, whatever the local keys.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::table::{Kind, PROJECTIONS, Table};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

crate::statements! {
    IDS = "SELECT subject, id FROM subject";
}

/// Columns that hold the local key of a subject.
const KEYS: [&str; 14] = [
    "person",
    "head",
    "other",
    "household",
    "area",
    "unit",
    "mother",
    "top",
    "parent",
    "giver",
    "plan",
    "user_key",
    "lot",
    "fridge",
];
/// Cached numbers: not made by a rebuild, compared by asking for them.
const NOT_DUMPED: [&str; 3] = ["area_stamp", "area_month", "cell"];

/// One table: rows and a digest that does not depend on their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDigest {
    pub table: &'static str,
    pub rows: u64,
    pub digest: u128,
}

/// Digests of every projection table.
pub fn digest(sql: &mut dyn Sql) -> Result<Vec<TableDigest>> {
    let ids = sql.all(IDS, &[], |row| Ok((row.int()?, row.id()?)))?;
    let ids: HashMap<i64, u128> = ids.into_iter().collect();
    let mut tables = Vec::new();
    for table in PROJECTIONS.iter().filter(|table| !NOT_DUMPED.contains(&table.name)) {
        tables.push(table_digest(sql, table, &ids)?);
    }
    Ok(tables)
}

fn table_digest(
    sql: &mut dyn Sql,
    table: &'static Table,
    ids: &HashMap<i64, u128>,
) -> Result<TableDigest> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let query = format!("SELECT {} FROM {}", names.join(", "), table.name);
    let mut digest = TableDigest { table: table.name, rows: 0, digest: 0 };
    sql.each(&query, &[], &mut |mut row: Row| {
        let mut hasher = Sha256::new();
        for column in table.columns {
            let value = row.val();
            let public = match &value {
                Val::Int(key) if column.kind == Kind::Int && KEYS.contains(&column.name) => {
                    ids.get(key).map(|id| Val::from(id.to_be_bytes()))
                }
                _ => None,
            };
            hasher.update(format!("{:?};", public.unwrap_or(value)));
        }
        let hash = hasher.finalize();
        let first = <[u8; 16]>::try_from(&hash[..16]).expect("a hash is longer");
        digest.digest = digest.digest.wrapping_add(u128::from_be_bytes(first));
        digest.rows += 1;
        Ok(())
    })?;
    Ok(digest)
}
