//! The log as its keepers see it: verified, counted, compared with the tables.

use crate::opening::App;
use tram_store::dump::TableDigest;
use tram_store::log::Verified;
use tram_store::{StoreError, audit, dump, log};

impl App {
    /// Recomputes every hash of the log.
    pub fn verify_log(&self) -> Result<Verified, StoreError> {
        self.db.read(log::verify)
    }

    /// Recomputes the chain of the audit. Answers the first bad entry of each chain.
    pub fn verify_audit(&self) -> Result<Vec<(i64, i64)>, StoreError> {
        self.db.read(audit::verify)
    }

    /// Change-sets and facts.
    pub fn log_size(&self) -> Result<(i64, i64), StoreError> {
        self.db.read(log::count)
    }

    /// Digests of the folded tables, by public ids.
    pub fn digest(&self) -> Result<Vec<TableDigest>, StoreError> {
        self.db.read(dump::digest)
    }
}
