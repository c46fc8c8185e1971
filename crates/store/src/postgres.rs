//! PostgreSQL: parameters in text form, results in binary, COPY for many rows, settings asserted.

use crate::error::{Result, StoreError};
use crate::sql::{Engine, Row, Sql, Val, written_out};
use crate::table::Table;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{Format, FromSql, IsNull, ToSql, Type};
use postgres::{Client, GenericClient, NoTls, Statement};
use std::collections::HashMap;
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;

/// A client with its prepared statements, by SQL text.
pub struct PgClient {
    pub client: Client,
    statements: HashMap<String, Statement>,
}

/// A transaction (or a plain client) seen through the common door.
pub struct PgSql<'a, C: GenericClient> {
    pub client: &'a mut C,
    pub statements: &'a mut HashMap<String, Statement>,
}

impl PgClient {
    pub fn connect(url: &str) -> Result<Self> {
        let mut client = Client::connect(url, NoTls)?;
        // Compiling a statement takes longer than running ours. Engines that only speak PostgreSQL's language may not
        // know the word.
        let _unknown = client.batch_execute("SET jit = off");
        Ok(Self { client, statements: HashMap::new() })
    }

    /// The settings without which an acknowledged write may be lost.
    pub fn assert_settings(&mut self) -> Result<()> {
        let version: i32 = self.show("server_version_num")?.parse().unwrap_or(0);
        if version < 150_000 {
            return Err(StoreError::Setting { what: "server version", found: version.to_string() });
        }
        let encoding = self.show("server_encoding")?;
        if encoding != "UTF8" {
            return Err(StoreError::Setting { what: "server_encoding", found: encoding });
        }
        for what in ["fsync", "full_page_writes", "synchronous_commit"] {
            let found = self.show(what)?;
            if found == "off" && !cfg!(feature = "trial") {
                return Err(StoreError::Setting { what, found });
            }
        }
        Ok(())
    }

    /// Looks at the tables of which a third or more is new since the server looked itself.
    pub fn survey(&mut self) -> Result<()> {
        const GROWN: &str = "SELECT quote_ident(relname) FROM pg_stat_user_tables
                             WHERE n_mod_since_analyze > 500 AND n_mod_since_analyze * 3 > n_live_tup";
        for row in self.client.query(GROWN, &[])? {
            self.client.batch_execute(&format!("ANALYZE {}", row.get::<_, String>(0)))?;
        }
        Ok(())
    }

    pub fn show(&mut self, setting: &str) -> Result<String> {
        let row = self.client.query_one(&format!("SHOW {setting}"), &[])?;
        Ok(row.get(0))
    }

    pub fn sql(&mut self) -> PgSql<'_, Client> {
        PgSql { client: &mut self.client, statements: &mut self.statements }
    }

    /// Runs `work` in a transaction, committed when it succeeds.
    pub fn transaction<T>(
        &mut self,
        begin: &str,
        work: impl FnOnce(&mut dyn Sql) -> Result<T>,
    ) -> Result<T> {
        self.transaction_of(begin, work)
    }

    /// The same for work whose errors are not only the store's.
    pub fn transaction_of<T, E: From<StoreError>>(
        &mut self,
        begin: &str,
        work: impl FnOnce(&mut dyn Sql) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.client.batch_execute(begin).map_err(StoreError::from)?;
        match work(&mut self.sql()) {
            Ok(value) => {
                self.client.batch_execute("COMMIT").map_err(StoreError::from)?;
                Ok(value)
            }
            Err(error) => {
                // When even this is not possible, the connection is gone and the server rolls back.
                let _rolled_back = self.client.batch_execute("ROLLBACK");
                Err(error)
            }
        }
    }

    /// The folder of the data, when it is on this machine and may be looked at from here.
    pub fn data_folder(&mut self) -> Option<PathBuf> {
        let here = "SELECT host(inet_server_addr()) IN ('127.0.0.1', '::1')
                    OR inet_server_addr() IS NULL";
        let is_here: bool = self.client.query_one(here, &[]).ok()?.try_get(0).ok()?;
        let folder = PathBuf::from(self.show("data_directory").ok()?);
        (is_here && crate::room::free(&folder).is_some()).then_some(folder)
    }
}

impl<C: GenericClient> PgSql<'_, C> {
    fn prepare(&mut self, sql: &str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&numbered(sql))?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
}

/// `?1` → `$1`, outside quoted texts.
fn numbered(sql: &str) -> String {
    let mut quoted = false;
    sql.chars()
        .map(|c| match c {
            '\'' => {
                quoted = !quoted;
                c
            }
            '?' if !quoted => '$',
            c => c,
        })
        .collect()
}

impl<C: GenericClient> Sql for PgSql<'_, C> {
    fn engine(&self) -> Engine {
        Engine::Postgres
    }

    fn exec(&mut self, sql: &str, params: &[Val]) -> Result<u64> {
        let statement = self.prepare(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        Ok(self.client.execute(&statement, &params)?)
    }

    fn each(
        &mut self,
        sql: &str,
        params: &[Val],
        row: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let statement = self.prepare(sql)?;
        let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|p| p as _).collect();
        // Row by row as they arrive: what is read may be larger than memory.
        let mut rows = self.client.query_raw(&statement, params)?;
        while let Some(found) = rows.next()? {
            let mut values = Vec::with_capacity(found.len());
            for at in 0..found.len() {
                values.push(found.try_get::<_, Val>(at)?);
            }
            row(Row::new(values))?;
        }
        Ok(())
    }

    fn insert_many(&mut self, table: &'static Table, rows: &[Vec<Val>]) -> Result<()> {
        // A COPY is three round trips; a few rows go faster one by one.
        if rows.len() <= 3 {
            for row in rows {
                self.exec(&table.texts().insert, row)?;
            }
            return Ok(());
        }
        let mut text = Vec::with_capacity(rows.len() * 96);
        for row in rows {
            copy_line(&mut text, row);
        }
        let mut writer = self.client.copy_in(table.texts().copy.as_str())?;
        writer.write_all(&text).map_err(|e| StoreError::Engine(e.to_string()))?;
        writer.finish()?;
        Ok(())
    }

    fn delete_many(&mut self, table: &'static Table, keys: &[Vec<Val>]) -> Result<()> {
        if keys.len() <= 1 {
            return keys.iter().try_for_each(|key| {
                self.exec(&table.texts().delete, key)?;
                Ok(())
            });
        }
        let width = table.key.len();
        let columns: Vec<Listed<'_>> =
            (0..width).map(|at| Listed(keys.iter().map(|key| &key[at]).collect())).collect();
        let statement = self.prepare(&table.texts().delete_many)?;
        let params: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
        self.client.execute(&statement, &params)?;
        Ok(())
    }

    fn batch(&mut self, sql: &str) -> Result<()> {
        Ok(self.client.batch_execute(sql)?)
    }

    fn check(&mut self, sql: &str) -> Result<()> {
        self.client.prepare(&numbered(&written_out(sql)))?;
        Ok(())
    }
}

/// One line of the COPY text format.
fn copy_line(out: &mut Vec<u8>, row: &[Val]) {
    for (at, value) in row.iter().enumerate() {
        if at > 0 {
            out.push(b'\t');
        }
        match value {
            Val::Null => out.extend_from_slice(b"\\N"),
            Val::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Val::Text(text) => {
                for byte in text.bytes() {
                    match byte {
                        b'\\' => out.extend_from_slice(b"\\\\"),
                        b'\t' => out.extend_from_slice(b"\\t"),
                        b'\n' => out.extend_from_slice(b"\\n"),
                        b'\r' => out.extend_from_slice(b"\\r"),
                        byte => out.push(byte),
                    }
                }
            }
            Val::Blob(bytes) => {
                out.extend_from_slice(b"\\\\x");
                push_hex(out, bytes);
            }
        }
    }
    out.push(b'\n');
}

fn push_hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}

impl ToSql for Val {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => return Ok(IsNull::Yes),
            Self::Int(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Blob(bytes) => {
                let mut text = Vec::with_capacity(2 + 2 * bytes.len());
                text.extend_from_slice(b"\\x");
                push_hex(&mut text, bytes);
                out.extend_from_slice(&text);
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    postgres::types::to_sql_checked!();
}

/// The values of one column as an array, in its text form.
#[derive(Debug)]
struct Listed<'v>(Vec<&'v Val>);

impl ToSql for Listed<'_> {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        let mut text = Vec::with_capacity(self.0.len() * 24);
        for value in &self.0 {
            text.push(if text.is_empty() { b'{' } else { b',' });
            match value {
                Val::Null => text.extend_from_slice(b"NULL"),
                Val::Int(number) => text.extend_from_slice(number.to_string().as_bytes()),
                Val::Text(word) => {
                    text.push(b'"');
                    for byte in word.bytes() {
                        if matches!(byte, b'"' | b'\\') {
                            text.push(b'\\');
                        }
                        text.push(byte);
                    }
                    text.push(b'"');
                }
                Val::Blob(bytes) => {
                    text.extend_from_slice(b"\"\\\\x");
                    push_hex(&mut text, bytes);
                    text.push(b'"');
                }
            }
        }
        if text.is_empty() {
            text.push(b'{');
        }
        text.push(b'}');
        out.extend_from_slice(&text);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Val {
    fn from_sql(
        ty: &Type,
        raw: &'a [u8],
    ) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::INT2 => Self::Int(i16::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Int(bool::from_sql(ty, raw)?.into()),
            Type::BYTEA => Self::Blob(raw.into()),
            Type::TEXT | Type::VARCHAR | Type::NAME => {
                Self::Text(<&str>::from_sql(ty, raw)?.into())
            }
            _ => return Err(format!("a column of type {ty} has no portable value").into()),
        })
    }

    fn from_sql_null(_: &Type) -> std::result::Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_marks_become_dollars_outside_texts() {
        assert_eq!(numbered("a = ?1 AND b = '?2' AND c = ?3"), "a = $1 AND b = '?2' AND c = $3");
    }

    #[test]
    fn arrays_escape_what_would_break_them() {
        let values = [Val::from("a\"b\\c,{}"), Val::Null, Val::Int(-7), Val::from([0_u8, 255])];
        let mut out = postgres::types::private::BytesMut::new();
        Listed(values.iter().collect()).to_sql(&Type::TEXT_ARRAY, &mut out).expect("written");
        assert_eq!(&out[..], br#"{"a\"b\\c,{}",NULL,-7,"\\x00ff"}"#);
        out.clear();
        Listed(Vec::new()).to_sql(&Type::TEXT_ARRAY, &mut out).expect("written");
        assert_eq!(&out[..], b"{}");
    }

    #[test]
    fn copy_lines_escape_what_would_break_them() {
        let mut out = Vec::new();
        let row = [Val::Int(-7), Val::Null, Val::from("a\tb\\c\nd"), Val::from([0_u8, 255])];
        copy_line(&mut out, &row);
        assert_eq!(out, b"-7\t\\N\ta\\tb\\\\c\\nd\t\\\\x00ff\n");
    }
}
