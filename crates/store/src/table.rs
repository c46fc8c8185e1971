//! Tables as data: one description gives the CREATE, INSERT and DELETE texts of both engines.

mod cell_tables;
mod log_tables;
mod programme_tables;
mod projections;
mod session_tables;
mod stock_tables;

pub use cell_tables::*;
pub use log_tables::*;
pub use programme_tables::*;
pub use projections::*;
pub use session_tables::*;
pub use stock_tables::*;

use crate::sql::Engine;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
    Blob,
}

#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
    pub null: bool,
}

/// A column that always has a value.
pub const fn col(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, null: false }
}

/// A column that may be null.
pub const fn opt(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, null: true }
}

/// A table. `key` columns are its primary key and always include the shard where there is one.
#[derive(Debug)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
    pub key: &'static [&'static str],
    /// Name, columns. Those named in [`UNIQUE`] are unique.
    pub indexes: &'static [(&'static str, &'static str)],
}

/// Indexes that refuse a second row.
const UNIQUE: &[&str] = &["subject_id"];

/// The texts made from a description.
#[derive(Debug)]
pub struct Texts {
    pub insert: String,
    pub delete: String,
    /// For PostgreSQL: one array for each key column.
    pub delete_many: String,
    pub copy: String,
    /// Positions of the key columns.
    pub key_at: Vec<usize>,
}

/// The text that makes one index.
pub(crate) fn index(table: &str, name: &str, columns: &str) -> String {
    let unique = if UNIQUE.contains(&name) { "UNIQUE " } else { "" };
    format!("CREATE {unique}INDEX {name} ON {table} ({columns});\n")
}

impl Table {
    pub fn create(&self, engine: Engine) -> String {
        let mut sql = format!("CREATE TABLE {} (\n", self.name);
        for column in self.columns {
            let kind = match (column.kind, engine) {
                (Kind::Int, Engine::Sqlite) => "INTEGER",
                (Kind::Int, Engine::Postgres) => "BIGINT",
                (Kind::Text, Engine::Sqlite) => "TEXT",
                // Bytes order on both engines: days and prefixes of folded words must sort alike.
                (Kind::Text, Engine::Postgres) => "TEXT COLLATE \"C\"",
                (Kind::Blob, Engine::Sqlite) => "BLOB",
                (Kind::Blob, Engine::Postgres) => "BYTEA",
            };
            let null = if column.null { "" } else { " NOT NULL" };
            sql.push_str(&format!("  {} {kind}{null},\n", column.name));
        }
        let end = match engine {
            Engine::Sqlite => ") STRICT, WITHOUT ROWID;\n",
            Engine::Postgres => ");\n",
        };
        sql.push_str(&format!("  PRIMARY KEY ({})\n{end}", self.key.join(", ")));
        for (name, columns) in self.indexes {
            sql.push_str(&index(self.name, name, columns));
        }
        sql
    }

    pub fn texts(&'static self) -> &'static Texts {
        static TEXTS: OnceLock<HashMap<&'static str, Texts>> = OnceLock::new();
        let all = TEXTS.get_or_init(|| {
            LOG.iter().chain(PROJECTIONS).map(|table| (table.name, table.make_texts())).collect()
        });
        &all[self.name]
    }

    fn make_texts(&self) -> Texts {
        let names: Vec<&str> = self.columns.iter().map(|c| c.name).collect();
        let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
        let (table, names_text) = (self.name, names.join(", "));
        let by_key: Vec<String> =
            self.key.iter().enumerate().map(|(n, key)| format!("{key} = ?{}", n + 1)).collect();
        let column = |key: &str| self.columns.iter().find(|column| column.name == key);
        let arrays: Vec<String> = self
            .key
            .iter()
            .enumerate()
            .map(|(n, key)| {
                let kind = match column(key).map(|column| column.kind) {
                    Some(Kind::Int) => "bigint",
                    Some(Kind::Blob) => "bytea",
                    _ => "text",
                };
                format!("?{}::{kind}[]", n + 1)
            })
            .collect();
        let same: Vec<String> =
            self.key.iter().map(|key| format!("{table}.{key} = gone.{key}")).collect();
        let at = |key: &&str| names.iter().position(|n| n == key).expect("a key is a column");
        Texts {
            insert: format!("INSERT INTO {table} ({names_text}) VALUES ({})", marks.join(", ")),
            delete: format!("DELETE FROM {table} WHERE {}", by_key.join(" AND ")),
            delete_many: format!(
                "DELETE FROM {table} USING unnest({}) AS gone ({}) WHERE {}",
                arrays.join(", "),
                self.key.join(", "),
                same.join(" AND ")
            ),
            copy: format!("COPY {table} ({names_text}) FROM STDIN"),
            key_at: self.key.iter().map(at).collect(),
        }
    }
}
