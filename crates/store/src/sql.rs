//! The one door to both engines: values, rows and a small object-safe trait.
//!
//! SQL texts use `?1 ?2 …`. Parameters reach PostgreSQL as text, so one value fits any column type;
//! results are integers, texts, bytes or null, anything else is an error on both engines. `(??)` stands
//! for a list of values, and `(?, ?)` for many rows of two: a question about many things is asked in a
//! few statements.

use crate::error::{Result, StoreError};
use crate::table::Table;
use compact_str::CompactString;
use tram_kernel::Date;

/// Which engine a statement runs on. Only `sqlite.rs`, `postgres.rs` and the migrations may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A value in a row or a parameter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Val {
    Null,
    Int(i64),
    /// Days, codes and most names are short enough to need no memory of their own.
    Text(CompactString),
    Blob(Vec<u8>),
}

impl From<i64> for Val {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<i32> for Val {
    fn from(number: i32) -> Self {
        Self::Int(number.into())
    }
}
impl From<u32> for Val {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}
impl From<u16> for Val {
    fn from(number: u16) -> Self {
        Self::Int(number.into())
    }
}
impl From<u8> for Val {
    fn from(number: u8) -> Self {
        Self::Int(number.into())
    }
}
impl From<u64> for Val {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).expect("counts stay below 2^63"))
    }
}
impl From<usize> for Val {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).expect("counts stay below 2^63"))
    }
}
impl From<bool> for Val {
    fn from(yes: bool) -> Self {
        Self::Int(yes.into())
    }
}
impl From<&str> for Val {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Val {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl From<&String> for Val {
    fn from(text: &String) -> Self {
        Self::Text(text.as_str().into())
    }
}
impl From<Vec<u8>> for Val {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Blob(bytes)
    }
}
impl From<&[u8]> for Val {
    fn from(bytes: &[u8]) -> Self {
        Self::Blob(bytes.into())
    }
}
impl<const N: usize> From<[u8; N]> for Val {
    fn from(bytes: [u8; N]) -> Self {
        Self::Blob(bytes.into())
    }
}
impl From<Date> for Val {
    fn from(day: Date) -> Self {
        let letters = tram_kernel::day::iso_letters(day);
        let short = letters.and_then(|letters| CompactString::from_utf8(letters).ok());
        Self::Text(short.unwrap_or_else(|| tram_kernel::day::iso(day).into()))
    }
}
impl<T: Into<Val>> From<Option<T>> for Val {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// Builds a parameter list: `vals![person, day]`.
#[macro_export]
macro_rules! vals {
    ($($value:expr),* $(,)?) => { [$($crate::sql::Val::from($value)),*] };
}

/// One result row, read from left to right.
#[derive(Debug)]
pub struct Row {
    values: std::vec::IntoIter<Val>,
}

impl Row {
    pub fn new(values: Vec<Val>) -> Self {
        Self { values: values.into_iter() }
    }

    pub fn val(&mut self) -> Val {
        self.values.next().unwrap_or(Val::Null)
    }

    fn wrong<T>(wanted: &str) -> Result<T> {
        Err(StoreError::Engine(format!("a column is not {wanted}")))
    }

    pub fn int(&mut self) -> Result<i64> {
        match self.val() {
            Val::Int(number) => Ok(number),
            _ => Self::wrong("a number"),
        }
    }

    pub fn int_or_null(&mut self) -> Result<Option<i64>> {
        match self.val() {
            Val::Int(number) => Ok(Some(number)),
            Val::Null => Ok(None),
            _ => Self::wrong("a number or null"),
        }
    }

    pub fn bool(&mut self) -> Result<bool> {
        self.int().map(|n| n != 0)
    }

    pub fn text(&mut self) -> Result<String> {
        match self.val() {
            Val::Text(text) => Ok(text.into()),
            _ => Self::wrong("a text"),
        }
    }

    pub fn text_or_null(&mut self) -> Result<Option<String>> {
        match self.val() {
            Val::Text(text) => Ok(Some(text.into())),
            Val::Null => Ok(None),
            _ => Self::wrong("a text or null"),
        }
    }

    pub fn blob(&mut self) -> Result<Vec<u8>> {
        match self.val() {
            Val::Blob(bytes) => Ok(bytes),
            _ => Self::wrong("bytes"),
        }
    }

    pub fn blob_or_null(&mut self) -> Result<Option<Vec<u8>>> {
        match self.val() {
            Val::Blob(bytes) => Ok(Some(bytes)),
            Val::Null => Ok(None),
            _ => Self::wrong("bytes or null"),
        }
    }

    pub fn id(&mut self) -> Result<u128> {
        let bytes = self.blob()?;
        match <[u8; 16]>::try_from(bytes.as_slice()) {
            Ok(bytes) => Ok(u128::from_be_bytes(bytes)),
            Err(_) => Self::wrong("an id of 16 bytes"),
        }
    }

    pub fn day(&mut self) -> Result<Date> {
        self.day_or_null()?.map_or_else(|| Self::wrong("a day"), Ok)
    }

    pub fn day_or_null(&mut self) -> Result<Option<Date>> {
        match self.val() {
            Val::Text(text) => text.parse().map(Some).or_else(|_| Self::wrong("a day")),
            Val::Null => Ok(None),
            _ => Self::wrong("a day or null"),
        }
    }
}

/// What both engines can do inside one transaction or read.
pub trait Sql {
    fn engine(&self) -> Engine;

    /// Runs a statement and answers how many rows it changed.
    fn exec(&mut self, sql: &str, params: &[Val]) -> Result<u64>;

    /// Runs a query and hands over each row.
    fn each(
        &mut self,
        sql: &str,
        params: &[Val],
        row: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()>;

    /// Inserts many rows: a prepared loop on SQLite, COPY on PostgreSQL.
    fn insert_many(&mut self, table: &'static Table, rows: &[Vec<Val>]) -> Result<()>;

    /// Deletes the rows of these keys: a prepared loop on SQLite, one statement on PostgreSQL.
    fn delete_many(&mut self, table: &'static Table, keys: &[Vec<Val>]) -> Result<()>;

    /// Runs several statements without parameters (migrations).
    fn batch(&mut self, sql: &str) -> Result<()>;

    /// Prepares without running: is the text right on this engine?
    fn check(&mut self, sql: &str) -> Result<()>;
}

/// Values of one list; a longer one is asked for in parts.
const LISTED: usize = 64;

/// The text with `(??)` written out for one part of a list, after `fixed` other parameters.
pub(crate) fn with_list(sql: &str, fixed: usize) -> String {
    let marks: Vec<String> = (fixed + 1..=fixed + LISTED).map(|n| format!("?{n}")).collect();
    sql.replacen("(??)", &format!("({})", marks.join(", ")), 1)
}

/// Rows written by one statement, the largest part first.
const ROWS: [usize; 3] = [32, 8, 1];

/// The text with its row of plain marks, `(?, ?)`, written out `n` times.
pub(crate) fn with_rows(sql: &str, n: usize) -> String {
    let Some(from) = sql.find("(?, ") else { return sql.to_owned() };
    let to = from + sql[from..].find(')').expect("a row of marks ends") + 1;
    let width = sql[from..to].matches('?').count();
    let row = |at: usize| {
        let marks: Vec<String> = (1..=width).map(|n| format!("?{}", at * width + n)).collect();
        format!("({})", marks.join(", "))
    };
    let rows: Vec<String> = (0..n).map(row).collect();
    format!("{}{}{}", &sql[..from], rows.join(", "), &sql[to..])
}

/// A statement as one engine may be asked whether it is right: a list and a row written out.
pub(crate) fn written_out(sql: &str) -> String {
    let fixed = sql.matches('?').count().saturating_sub(2);
    with_rows(&with_list(sql, fixed), 1)
}

impl dyn Sql + '_ {
    /// Runs a statement with one `(?, ?)` for many rows, which must differ in their keys, and hands over
    /// what it returns.
    pub fn each_of_rows(
        &mut self,
        sql: &str,
        rows: &[Vec<Val>],
        row: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let mut rest = rows;
        for size in ROWS {
            let text = with_rows(sql, size);
            while rest.len() >= size {
                let (part, others) = rest.split_at(size);
                self.each(&text, &part.concat(), row)?;
                rest = others;
            }
        }
        Ok(())
    }

    /// Runs a query with one `(??)` for all values of a list, and hands over each row. The rows of a
    /// long list come part by part; an order holds within a part.
    pub fn each_of_many(
        &mut self,
        sql: &str,
        fixed: &[Val],
        list: &[Val],
        row: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        let text = with_list(sql, fixed.len());
        list.chunks(LISTED).try_for_each(|part| self.each(&text, &filled_up(fixed, part), row))
    }

    /// Runs a statement with one `(??)` for all values of a list. A value may be given to it twice.
    pub fn exec_of_many(&mut self, sql: &str, fixed: &[Val], list: &[Val]) -> Result<()> {
        let text = with_list(sql, fixed.len());
        list.chunks(LISTED).try_for_each(|part| {
            self.exec(&text, &filled_up(fixed, part))?;
            Ok(())
        })
    }

    /// All rows of a query.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Val],
        mut read: impl FnMut(&mut Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, params, &mut |mut row| {
            out.push(read(&mut row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of a query, if there is one.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[Val],
        mut read: impl FnMut(&mut Row) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut out = None;
        self.each(sql, params, &mut |mut row| {
            if out.is_none() {
                out = Some(read(&mut row)?);
            }
            Ok(())
        })?;
        Ok(out)
    }

    /// A single number; 0 when there is no row.
    pub fn number(&mut self, sql: &str, params: &[Val]) -> Result<i64> {
        Ok(self.one(sql, params, Row::int)?.unwrap_or(0))
    }
}

/// The parameters of one part: the last value is repeated to the full length of a list.
fn filled_up(fixed: &[Val], part: &[Val]) -> Vec<Val> {
    let last = part.last().expect("chunks are not empty");
    let rest = std::iter::repeat_n(last, LISTED - part.len());
    fixed.iter().chain(part).chain(rest).cloned().collect()
}

/// Declares the statements of a module, and lists them for the test that prepares every one of them
/// on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* pub(crate) const $name: &str = $sql;)*
        /// Every statement of this module.
        pub(crate) const ALL: &[&str] = &[$($name),*];
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_rows_are_written_out() {
        let listed = with_list("a WHERE shard = ?1 AND subject IN (??)", 1);
        assert!(listed.starts_with("a WHERE shard = ?1 AND subject IN (?2, ?3, "), "{listed}");
        assert!(listed.ends_with(", ?65)"), "{listed}");
        assert_eq!(with_rows("a VALUES (?, ?) b", 2), "a VALUES (?1, ?2), (?3, ?4) b");
        assert_eq!(with_rows("a = ?1", 2), "a = ?1");
        let filled = filled_up(&[Val::Int(7)], &[Val::Int(1), Val::Int(2)]);
        assert_eq!(filled.len(), 65);
        assert_eq!(filled[2..5], [Val::Int(2), Val::Int(2), Val::Int(2)]);
    }
}
