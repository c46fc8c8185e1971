//! Writing a backup: every kept table in pages, in one snapshot.

use super::file::BackupWriter;
use super::{
    ChainHead, Counted, FACTS_OF, FORMAT, HEADS, LEARNED, Manifest, NEXT_KEY, SETTINGS, kept,
};
use crate::error::Result;
use crate::migrate;
use crate::node::{TOKENS, hex};
use crate::settings;
use crate::sql::{Engine, Row, Sql, Val};
use crate::table::{ATTACHMENT, Table};
use std::collections::BTreeMap;
use std::io::Write;
use tram_kernel::{Moment, NodeId};

/// Rows of one page; files are read one by one, because one may be 25 MB.
const PAGE: usize = 2_000;

/// Settings that say how the tables were folded, or belong to one copy of the data.
fn is_kept(name: &str) -> bool {
    !name.starts_with(TOKENS) && name != "projection_version" && name != settings::DEFINITIONS
}

/// Writes everything that cannot be made again. The caller holds one snapshot, so that a server may go
/// on writing meanwhile.
pub fn write(sql: &mut dyn Sql, out: impl Write, program: &str, now: Moment) -> Result<Manifest> {
    let mut file = BackupWriter::begin(out)?;
    let mut tables = Vec::new();
    for table in kept() {
        let rows = pages(sql, table, &mut |columns, rows| file.rows(table.name, columns, rows))?;
        tables.push(Counted { table: table.name.into(), rows });
    }
    let settings: Vec<Vec<Val>> = sql
        .all(SETTINGS, &[], |row| Ok((row.text()?, row.text()?)))?
        .into_iter()
        .filter(|(name, _)| is_kept(name))
        .map(|(name, value)| vec![name.into(), value.into()])
        .collect();
    file.rows("setting", &["name", "value"], &settings)?;
    tables.push(Counted { table: "setting".into(), rows: settings.len() as u64 });
    let next: i64 = sql.number(NEXT_KEY, &[])?;
    file.rows("key_block", &["next_key"], &[vec![next.into()]])?;
    tables.push(Counted { table: "key_block".into(), rows: 1 });
    let mut manifest = about(sql, program, now, tables)?;
    file.end(&mut manifest)?;
    Ok(manifest)
}

/// Takes the names of columns and rows of them.
type Page<'p> = &'p mut dyn FnMut(&[&str], &[Vec<Val>]) -> Result<()>;

/// Hands over the rows of a table, in the order of its key, page by page. Answers how many there are.
fn pages(sql: &mut dyn Sql, table: &'static Table, each: Page<'_>) -> Result<u64> {
    let columns: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let limit = if table.name == ATTACHMENT.name { 1 } else { PAGE };
    let marks: Vec<String> = (1..=table.key.len()).map(|n| format!("?{n}")).collect();
    let (from, key) = (format!("SELECT {} FROM {}", columns.join(", "), table.name), table.key);
    let order = format!("ORDER BY {} LIMIT {limit}", key.join(", "));
    let first = format!("{from} {order}");
    let next = format!("{from} WHERE ({}) > ({}) {order}", key.join(", "), marks.join(", "));
    let at = &table.texts().key_at;
    let width = columns.len();
    let mut total = 0;
    let mut last: Vec<Val> = Vec::new();
    loop {
        let query = if last.is_empty() { &first } else { &next };
        let rows: Vec<Vec<Val>> =
            sql.all(query, &last, |row| Ok((0..width).map(|_| row.val()).collect()))?;
        let Some(end) = rows.last() else { return Ok(total) };
        last = at.iter().map(|at| end[*at].clone()).collect();
        total += rows.len() as u64;
        each(&columns, &rows)?;
        if rows.len() < limit {
            return Ok(total);
        }
    }
}

fn node_name(row: &mut Row) -> Result<String> {
    Ok(NodeId::from_u128(row.id()?).to_string())
}

fn about(sql: &mut dyn Sql, program: &str, now: Moment, tables: Vec<Counted>) -> Result<Manifest> {
    let facts_of: BTreeMap<(String, i64), i64> = sql
        .all(FACTS_OF, &[], |row| Ok(((node_name(row)?, row.int()?), row.int()?)))?
        .into_iter()
        .collect();
    let chains = sql.all(HEADS, &[], |row| {
        let (node, epoch, seq) = (node_name(row)?, row.int()?, row.int()?);
        let hash = hex(&row.blob()?);
        let facts = facts_of.get(&(node.clone(), epoch)).copied().unwrap_or(0) as u64;
        let (epoch, seq, change_sets) = (epoch as u32, seq as u64, row.int()? as u64);
        Ok(ChainHead { node, epoch, seq, hash, change_sets, facts })
    })?;
    let rows = |name: &str| tables.iter().find(|t| t.table == name).map_or(0, |t| t.rows);
    let engine = if sql.engine() == Engine::Sqlite { "sqlite" } else { "postgres" };
    Ok(Manifest {
        format: FORMAT,
        program: program.into(),
        engine: engine.into(),
        schema: migrate::found(sql)?.schema,
        database: super::database(sql)?,
        made_at: now.ms(),
        last_at: sql.one(LEARNED, &[], Row::int_or_null)?.flatten(),
        change_sets: rows("change_set"),
        facts: rows("fact"),
        tables,
        chains,
        sha256: String::new(),
    })
}
