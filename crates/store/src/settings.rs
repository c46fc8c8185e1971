//! Small texts kept beside the data: not facts, not synced.

use crate::error::Result;
use crate::sql::{Row, Sql};
use crate::vals;

/// The definitions with which the tables were folded: the hash of the set, in hex.
pub const DEFINITIONS: &str = "definitions";

crate::statements! {
    PUT = "INSERT INTO setting (name, value) VALUES (?1, ?2)
           ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    GET = "SELECT value FROM setting WHERE name = ?1";
}

pub fn get(sql: &mut dyn Sql, name: &str) -> Result<Option<String>> {
    sql.one(GET, &vals![name], Row::text)
}

pub fn put(sql: &mut dyn Sql, name: &str, value: &str) -> Result<()> {
    sql.exec(PUT, &vals![name, value])?;
    Ok(())
}
