//! How a use case ends badly. The kinds are answered differently, so they are kept apart.

use tram_domain::authority::Denied;
use tram_domain::form::Wrong;
use tram_domain::{cold_chain, household, immunisation, person, stock};
use tram_kernel::Message;
use tram_kernel::number::show_count;
use tram_store::db::Retryable;
use tram_store::{BadBackup, Disk, StoreError};

/// A use case that did not do what was asked.
#[derive(Debug)]
pub enum Failure {
    /// The rule said no; `field` is the code of the form field the sentence belongs to (HTTP 422).
    Refused { message: Message, field: Option<&'static str> },
    /// The rules said no at several fields of one form (HTTP 422).
    Fields(Vec<Wrong>),
    /// It may be done, once the person has read these warnings (HTTP 409 in the API).
    Confirm(Vec<Message>),
    /// Absent, or not theirs to see: one answer for both, so nothing leaks (HTTP 404).
    NotFound,
    /// The role may not do this at all (HTTP 403).
    Denied(Denied),
    /// Nobody is signed in, or the session is over (HTTP 401).
    SignedOut,
    /// The machine failed. Logged once, at the edge (HTTP 500).
    Broken(StoreError),
}

impl Failure {
    pub const fn refused(message: Message) -> Self {
        Self::Refused { message, field: None }
    }

    pub const fn refused_field(message: Message, field: &'static str) -> Self {
        Self::Refused { message, field: Some(field) }
    }

    /// A disk that takes nothing is a refusal to whoever filled in a form: it is shown again with the
    /// sentence, and nothing typed is lost.
    pub fn for_forms(self) -> Self {
        match &self {
            Self::Broken(StoreError::Disk(disk)) => Self::refused(disk_message(disk)),
            _ => self,
        }
    }

    /// What is said to the person; `None` when only "try again" can be said.
    pub fn message(&self) -> Option<Message> {
        match self {
            Self::Refused { message, .. } => Some(message.clone()),
            Self::Fields(wrong) => wrong.first().map(|wrong| wrong.message.clone()),
            Self::Confirm(warnings) => warnings.first().cloned(),
            Self::NotFound => Some(Message::new("not-found")),
            Self::Denied(denied) => Some(denied.message()),
            Self::SignedOut => Some(Message::new("signed-out")),
            Self::Broken(StoreError::Locked { holder }) => {
                Some(Message::new("database-locked").with("holder", holder.as_str()))
            }
            Self::Broken(StoreError::Schema { found, wanted }) if found > wanted => {
                Some(Message::new("database-newer").with("found", *found).with("wanted", *wanted))
            }
            Self::Broken(StoreError::Schema { found: 0, .. }) => {
                Some(Message::new("database-empty"))
            }
            Self::Broken(StoreError::Schema { found, wanted }) => {
                Some(Message::new("database-schema").with("found", *found).with("wanted", *wanted))
            }
            Self::Broken(StoreError::Unfolded) => Some(Message::new("database-unfolded")),
            Self::Broken(StoreError::OtherDefinitions) => {
                Some(Message::new("database-definitions"))
            }
            Self::Broken(StoreError::Disk(disk)) => Some(disk_message(disk)),
            Self::Broken(StoreError::Backup(bad)) => Some(backup_message(bad)),
            Self::Broken(_) => None,
        }
    }
}

/// Bytes as whole megabytes, as people read them: `75.396`.
pub(crate) fn megabytes(bytes: u64) -> String {
    show_count(i64::try_from(bytes / (1_024 * 1_024)).unwrap_or(i64::MAX))
}

/// What the disk has against a write, in words for whoever wanted to save.
pub(crate) fn disk_message(disk: &Disk) -> Message {
    match disk {
        Disk::Low { free, keep } => {
            Message::new("disk-low").with("keep", megabytes(*keep)).with("free", megabytes(*free))
        }
        Disk::Full => Message::new("disk-full"),
        Disk::ReadOnly => Message::new("disk-read-only"),
        Disk::Failing(_) => Message::new("disk-failing"),
        Disk::Replaced => Message::new("disk-replaced"),
    }
}

fn backup_message(bad: &BadBackup) -> Message {
    let byte = |at: u64| i64::try_from(at).unwrap_or(i64::MAX);
    match bad {
        BadBackup::Foreign => Message::new("backup-foreign"),
        BadBackup::Newer { found, wanted } => {
            Message::new("backup-newer").with("found", *found).with("wanted", *wanted)
        }
        BadBackup::Cut { at } => Message::new("backup-cut").with("at", byte(*at)),
        BadBackup::Altered { at } => Message::new("backup-altered").with("at", byte(*at)),
        BadBackup::Count { table } => Message::new("backup-count").with("table", table.as_str()),
        BadBackup::Log { node, seq } => {
            Message::new("backup-log").with("node", node.as_str()).with("seq", byte(*seq))
        }
        BadBackup::NoRoom { free, need } => Message::new("backup-no-room")
            .with("free", megabytes(*free))
            .with("need", megabytes(need.saturating_add(1_024 * 1_024))),
        BadBackup::Occupied { what } => Message::new("backup-occupied").with("what", what.as_str()),
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Broken(error)
    }
}

impl From<Denied> for Failure {
    fn from(denied: Denied) -> Self {
        match denied {
            // Outside one's units is the same as not there.
            Denied::Scope => Self::NotFound,
            Denied::Action(_) => Self::Denied(denied),
        }
    }
}

impl From<person::Refusal> for Failure {
    fn from(refusal: person::Refusal) -> Self {
        Self::Refused { message: refusal.message(), field: refusal.field() }
    }
}

impl From<household::Refusal> for Failure {
    fn from(refusal: household::Refusal) -> Self {
        let field = match refusal {
            household::Refusal::ReasonNeeded => Some("reason"),
            household::Refusal::NoChange => None,
        };
        Self::Refused { message: refusal.message(), field }
    }
}

impl From<immunisation::Refusal> for Failure {
    fn from(refusal: immunisation::Refusal) -> Self {
        Self::refused(refusal.message())
    }
}

impl From<immunisation::session::Refusal> for Failure {
    fn from(refusal: immunisation::session::Refusal) -> Self {
        let field = Some(refusal.field()).filter(|field| !field.is_empty());
        Self::Refused { message: refusal.message(), field }
    }
}

impl From<immunisation::tetanus::Refusal> for Failure {
    fn from(refusal: immunisation::tetanus::Refusal) -> Self {
        Self::refused(refusal.message())
    }
}

impl From<stock::Refusal> for Failure {
    fn from(refusal: stock::Refusal) -> Self {
        Self::Refused { message: refusal.message(), field: refusal.field() }
    }
}

impl From<immunisation::AefiRefusal> for Failure {
    fn from(refusal: immunisation::AefiRefusal) -> Self {
        Self::Refused { message: refusal.message(), field: refusal.field() }
    }
}

impl From<cold_chain::Refusal> for Failure {
    fn from(refusal: cold_chain::Refusal) -> Self {
        Self::refused(refusal.message())
    }
}

impl Retryable for Failure {
    fn is_retry(&self) -> bool {
        matches!(self, Self::Broken(error) if error.is_retry())
    }

    fn disk(&self) -> Option<&Disk> {
        if let Self::Broken(error) = self { error.disk() } else { None }
    }
}

/// What was done, with everything that should be said about it.
#[derive(Debug, Clone)]
pub struct Done<T> {
    pub value: T,
    pub warnings: Vec<Message>,
}

impl<T> Done<T> {
    pub const fn quietly(value: T) -> Self {
        Self { value, warnings: Vec::new() }
    }
}
