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
    /// The disk does not take what is written; nothing of it is there.
    Disk(Disk),
    /// A backup file that cannot be used.
    Backup(BadBackup),
    /// Anything else the engine says.
    Engine(String),
}

/// What keeps a disk from taking a write. Bytes are counted in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disk {
    /// Less is free than must stay free.
    Low { free: u64, keep: u64 },
    /// The disk, or the share of it that may be used, is full.
    Full,
    /// The medium is read-only.
    ReadOnly,
    /// The disk answers with an error.
    Failing(String),
    /// Another file stands where the database was opened.
    Replaced,
}

impl fmt::Display for Disk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Low { free, keep } => write!(f, "{free} bytes free, {keep} must stay free"),
            Self::Full => write!(f, "full"),
            Self::ReadOnly => write!(f, "read-only"),
            Self::Failing(what) => write!(f, "failing: {what}"),
            Self::Replaced => write!(f, "the database file was replaced while it was open"),
        }
    }
}

/// Why a backup file cannot be used. `at` is the byte from which it is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadBackup {
    /// Not made by this program.
    Foreign,
    /// Made by a newer program.
    Newer { found: i64, wanted: i64 },
    /// It ends too early.
    Cut { at: u64 },
    /// Its bytes are not those that were written.
    Altered { at: u64 },
    /// What is in it is not what its last page counts.
    Count { table: String },
    /// A chain of the log in it does not hold.
    Log { node: String, seq: u64 },
    /// There is already something where it should be restored or written to.
    Occupied { what: String },
    /// Too little room for the file and the trial that proves it. Bytes.
    NoRoom { free: u64, need: u64 },
}

impl fmt::Display for BadBackup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => write!(f, "not a backup"),
            Self::Newer { found, wanted } => write!(f, "format {found} instead of {wanted}"),
            Self::Cut { at } => write!(f, "cut at byte {at}"),
            Self::Altered { at } => write!(f, "altered from byte {at}"),
            Self::Count { table } => write!(f, "table {table} is not complete"),
            Self::Log { node, seq } => write!(f, "entry {seq} of {node} does not verify"),
            Self::Occupied { what } => write!(f, "{what} is not empty"),
            Self::NoRoom { free, need } => write!(f, "{free} bytes free, {need} needed"),
        }
    }
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
            Self::Disk(disk) => write!(f, "disk: {disk}"),
            Self::Backup(bad) => write!(f, "backup: {bad}"),
            Self::Engine(what) => write!(f, "engine: {what}"),
        }
    }
}

impl StoreError {
    /// An error of a file, told by what must be done about it.
    pub fn io(what: &str, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        match error.kind() {
            StorageFull | QuotaExceeded | FileTooLarge => Self::Disk(Disk::Full),
            ReadOnlyFilesystem => Self::Disk(Disk::ReadOnly),
            _ => Self::Engine(format!("{what}: {error}")),
        }
    }
}

impl std::error::Error for StoreError {}

pub type Result<T> = std::result::Result<T, StoreError>;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{
            ConstraintViolation, DatabaseBusy, DatabaseLocked, DiskFull, ReadOnly, SystemIoFailure,
        };
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => Self::Retry(error.to_string()),
            Some(ConstraintViolation) => Self::Unique(error.to_string()),
            Some(DiskFull) => Self::Disk(Disk::Full),
            Some(ReadOnly) => Self::Disk(Disk::ReadOnly),
            Some(SystemIoFailure) => Self::Disk(Disk::Failing(error.to_string())),
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
            "53100" => Self::Disk(Disk::Full),
            "25006" => Self::Disk(Disk::ReadOnly),
            "58030" => Self::Disk(Disk::Failing(text)),
            _ => Self::Engine(text),
        }
    }
}

impl From<minicbor::decode::Error> for StoreError {
    fn from(error: minicbor::decode::Error) -> Self {
        Self::Log(error.to_string())
    }
}
