//! Schema versions: ordered steps, one transaction each, forward only.

use crate::error::{Result, StoreError};
use crate::settings;
use crate::sql::{Engine, Row, Sql};
use crate::table::{ACCESS, DESK, LOG, PROJECTION_VERSION, PROJECTIONS, SUBJECT, index};
use crate::vals;

crate::statements! {
    VERSION = "SELECT max(version) FROM schema_migration";
    PROJECTED = "SELECT value FROM setting WHERE name = 'projection_version'";
    RECORD = "INSERT INTO schema_migration (version, name, at) VALUES (?1, ?2, ?3)";
    LOCK = "UPDATE key_block SET next_key = next_key WHERE name = 'migrate'";
}

/// The newest schema this program knows.
pub const NEWEST: i64 = 4;

/// What stands in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub schema: i64,
    /// 0 when the projections are missing or of another version: they must be folded again.
    pub projections: i64,
}

fn tables_exist(sql: &mut dyn Sql) -> Result<bool> {
    let query = match sql.engine() {
        Engine::Sqlite => "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'",
        Engine::Postgres => {
            "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()
             AND tablename = 'schema_migration'"
        }
    };
    Ok(sql.number(query, &[])? > 0)
}

/// Reads the versions; an empty database has schema 0.
pub fn found(sql: &mut dyn Sql) -> Result<Found> {
    if !tables_exist(sql)? {
        return Ok(Found { schema: 0, projections: 0 });
    }
    let schema = sql.one(VERSION, &[], Row::int_or_null)?.flatten().unwrap_or(0);
    let projections = sql.one(PROJECTED, &[], Row::text)?.and_then(|v| v.parse().ok()).unwrap_or(0);
    Ok(Found { schema, projections })
}

/// Refuses a database that this program must not write.
pub fn assert_current(sql: &mut dyn Sql) -> Result<()> {
    let found = found(sql)?;
    if found.schema != NEWEST {
        return Err(StoreError::Schema { found: found.schema, wanted: NEWEST });
    }
    if found.projections != PROJECTION_VERSION {
        return Err(StoreError::Unfolded);
    }
    Ok(())
}

/// The steps from a schema to the newest one, by their names.
pub fn planned(found: i64) -> Vec<&'static str> {
    match found {
        0 => vec!["log"],
        1 => vec!["subject_unique", "desk", "access"],
        2 => vec!["desk", "access"],
        3 => vec!["access"],
        _ => Vec::new(),
    }
}

/// Drops the tables of a log in which nothing was ever written.
pub fn drop_log(sql: &mut dyn Sql) -> Result<()> {
    drop_projections(sql)?;
    let kept =
        LOG.iter().map(|table| table.name).chain(["schema_migration", "key_block", "setting"]);
    kept.into_iter().try_for_each(|name| sql.batch(&format!("DROP TABLE IF EXISTS {name}")))
}

/// Brings the log tables to the newest schema. Answers the steps taken.
pub fn migrate(sql: &mut dyn Sql, now_ms: i64) -> Result<Vec<&'static str>> {
    let found = found(sql)?;
    if found.schema > NEWEST {
        return Err(StoreError::Schema { found: found.schema, wanted: NEWEST });
    }
    let mut steps = Vec::new();
    if found.schema < 1 {
        first(sql)?;
        sql.exec(RECORD, &vals![1_i64, "log", now_ms])?;
        sql.exec(RECORD, &vals![2_i64, "subject_unique", now_ms])?;
        sql.exec(RECORD, &vals![3_i64, "desk", now_ms])?;
        sql.exec(RECORD, &vals![4_i64, "access", now_ms])?;
        create_projections(sql)?;
        steps.push("log");
    } else {
        sql.exec(LOCK, &[])?;
        if found.schema < 2 {
            let (name, columns) = SUBJECT.indexes[0];
            let again = index(SUBJECT.name, name, columns);
            sql.batch(&format!("DROP INDEX {name};\n{again}"))?;
            sql.exec(RECORD, &vals![2_i64, "subject_unique", now_ms])?;
            steps.push("subject_unique");
        }
        if found.schema < 3 {
            for table in DESK {
                sql.batch(&table.create(sql.engine()))?;
            }
            sql.exec(RECORD, &vals![3_i64, "desk", now_ms])?;
            steps.push("desk");
        }
        if found.schema < 4 {
            for table in ACCESS {
                sql.batch(&table.create(sql.engine()))?;
            }
            sql.exec(RECORD, &vals![4_i64, "access", now_ms])?;
            steps.push("access");
        }
    }
    Ok(steps)
}

fn first(sql: &mut dyn Sql) -> Result<()> {
    let engine = sql.engine();
    let int = if engine == Engine::Sqlite { "INTEGER" } else { "BIGINT" };
    let end = if engine == Engine::Sqlite { ") STRICT;" } else { ");" };
    sql.batch(&format!(
        "CREATE TABLE schema_migration (version {int} PRIMARY KEY, name TEXT NOT NULL, at {int} NOT NULL{end}
         CREATE TABLE key_block (name TEXT PRIMARY KEY, next_key {int} NOT NULL{end}
         CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL{end}
         INSERT INTO key_block (name, next_key) VALUES ('key', 0), ('migrate', 0);"
    ))?;
    for table in LOG {
        sql.batch(&table.create(engine))?;
    }
    Ok(())
}

/// Keeps every other writer from committing facts until this transaction is over: the tables are folded
/// again from all facts there are. SQLite has one writer anyway.
pub fn hold_writers(sql: &mut dyn Sql) -> Result<()> {
    match sql.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => sql.batch("LOCK TABLE change_set IN SHARE ROW EXCLUSIVE MODE"),
    }
}

/// Creates the projection tables, empty, and notes their version.
pub fn create_projections(sql: &mut dyn Sql) -> Result<()> {
    for table in PROJECTIONS {
        sql.batch(&table.create(sql.engine()))?;
    }
    settings::put(sql, "projection_version", &PROJECTION_VERSION.to_string())
}

/// Drops the projection tables; the log stays.
pub fn drop_projections(sql: &mut dyn Sql) -> Result<()> {
    for table in PROJECTIONS {
        sql.batch(&format!("DROP TABLE IF EXISTS {}", table.name))?;
    }
    Ok(())
}
