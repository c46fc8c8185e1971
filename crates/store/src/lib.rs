//! All SQL: the fact log, the tables folded from it, queries, migrations. SQLite and PostgreSQL.
//!
//! ```text
//! Db ─ write ─► Tx ─ append(Draft) ─► change_set + fact rows ─┐
//!        │                                                     ├─ one transaction
//!        └─ finish: rows(state before) vs rows(state after) ───┘  = the difference, applied
//! ```
//!
//! **Architecture invariant:** nothing here knows an age, a dose, a deadline or a permission. One
//! portable SQL text per statement; what the engines say differently stays in `sqlite.rs` and
//! `postgres.rs`. Projection tables are a pure function of the facts of each subject, so they can be
//! dropped and folded again ([`rebuild`]).

pub mod aefi;
pub mod attachment;
pub mod audit;
pub mod backup;
pub mod cell;
pub mod citizen;
pub mod cold_chain;
pub mod command;
pub mod db;
pub mod desk;
pub mod dump;
pub mod emergency;
pub mod error;
pub mod floor;
pub mod immunisation;
pub mod import;
pub mod indicator;
pub mod insurance;
pub mod job;
mod keys;
pub mod likeness;
pub mod log;
mod migrate;
pub mod node;
pub mod person;
pub mod plan;
mod postgres;
pub mod programme;
pub mod project;
pub mod rebuild;
pub mod room;
pub mod scratch;
pub mod session;
pub mod settings;
pub mod sql;
mod sqlite;
pub mod stock;
pub mod table;
#[cfg(feature = "trial")]
pub mod trial;
pub mod tx;
pub mod unit;

pub use db::{Db, Location, Mode};
pub use error::{BadBackup, Disk, StoreError};
pub use sql::{Engine, Row, Sql, Val};
pub use tx::Tx;

/// Every statement of the store, for the test that prepares all of them on both engines.
pub fn every_statement() -> Vec<&'static str> {
    [
        aefi::ALL,
        attachment::ALL,
        audit::ALL,
        backup::ALL,
        cell::ALL,
        citizen::ALL,
        cold_chain::ALL,
        command::ALL,
        desk::ALL,
        dump::ALL,
        emergency::ALL,
        floor::ALL,
        floor::indicators::ALL,
        immunisation::ALL,
        immunisation::gaps::ALL,
        immunisation::session::ALL,
        import::ALL,
        indicator::many::ALL,
        insurance::ALL,
        job::ALL,
        keys::ALL,
        log::ALL,
        log::VERIFYING,
        migrate::ALL,
        node::ALL,
        person::ALL,
        plan::ALL,
        programme::ALL,
        rebuild::ALL,
        session::ALL,
        settings::ALL,
        stock::ALL,
        tx::ALL,
        tx::finish::ALL,
        tx::follow::ALL,
        tx::linked::ALL,
        likeness::ALL,
        tx::network::ALL,
        unit::ALL,
    ]
    .concat()
}
