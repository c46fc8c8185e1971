//! How the store fails. None of these carries personal data.

use std::fmt;

/// A failure of the machine or of the data file, not of a rule.
#[derive(Debug)]
pub enum StoreError {
    /// A unique key is already taken.
    Unique(String),
    /// Another transaction was in the way; running again is safe and is done by `Db::write`.
    Retry(String),
    /// Another program is writing to this database.
    Locked { holder: String },
    /// The file is of an older or newer program.
    Schema { found: i64, wanted: i64 },
    /// The tables were folded by another version of the program; `tram migrate` folds them again.
    Unfolded,
    /// A setting the data needs is off, or the engine is too old.
    Setting { what: &'static str, found: String },
    /// The file was restored from a copy, or the log contradicts itself.
    Log(String),
    /// A fact of a writer this process had not heard of yet; looking again helps.
    UnknownNode,
    /// The tables were folded with other definitions than those of this process.
    OtherDefinitions,
    /// Anything else the engine says.
    Engine(String),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unique(what) => write!(f, "unique key: {what}"),
            Self::Retry(what) => write!(f, "in the way: {what}"),
            Self::Locked { holder } => write!(f, "database is being written by {holder}"),
            Self::Schema { found, wanted } => {
                let cure = if found > wanted { "update the program" } else { "run `tram migrate`" };
                write!(f, "schema {found} instead of {wanted}; {cure}")
            }
            Self::Unfolded => write!(f, "tables of another version; run `tram migrate`"),
            Self::Setting { what, found } => write!(f, "setting {what} is {found}"),
            Self::Log(what) => write!(f, "log: {what}"),
            Self::OtherDefinitions => write!(f, "the tables follow other definitions"),
            Self::UnknownNode => write!(f, "a fact of an unknown node"),
            Self::Engine(what) => write!(f, "engine: {what}"),
        }
    }
}

impl std::error::Error for StoreError {}

pub type Result<T> = std::result::Result<T, StoreError>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{ConstraintViolation, DatabaseBusy, DatabaseLocked};
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Retry(error.to_string()),
            Some(ConstraintViolation) => Self::Unique(error.to_string()),
            _ => Self::Engine(error.to_string()),
        }
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        // The server's DETAIL line quotes values of the row; only code and message are kept.
        let Some(db) = error.as_db_error() else { return Self::Engine(error.to_string()) };
        let text = format!("{} {}", db.code().code(), db.message());
        match db.code().code() {
            "23505" => Self::Unique(db.constraint().unwrap_or("unknown").to_owned()),
            "40001" | "40P01" => Self::Retry(text),
            _ => Self::Engine(text),
        }
    }
}

impl From<minicbor::decode::Error> for StoreError {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Log(error.to_string())
    }
}
