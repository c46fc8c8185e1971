//! Use cases: load, decide, append, answer. One function a use case, named as its users would say it.
//!
//! ```text
//! server ─► use case: authority? ─► load ─► domain decides ─► append ─► answer (with warnings)
//!                          └─ audit                 └─ Refused: a code with arguments
//! ```
//!
//! **Architecture invariant:** no SQL text, no HTML, no sentence, and no `if` about medicine here. This
//! crate owns the clock, randomness, the session, authority and the audit; nothing above it names
//! `store` or `exchange`.

mod actor;
pub mod aefi;
pub mod audit;
mod authority;
pub mod backup;
pub mod bench;
pub mod citizen;
mod clock;
pub mod cold_chain;
mod command;
pub mod computer;
pub mod definitions;
pub mod demo;
pub mod desk;
pub mod doctor;
pub mod emergency;
mod failure;
pub mod household;
pub mod immunisation;
pub mod import;
pub mod indicator;
pub mod insurance;
pub mod log;
pub mod opening;
pub mod person;
pub mod plan;
pub mod programme;
pub mod quality;
pub mod signin;
pub mod stock;
pub mod system;
pub mod undo;
pub mod unit;
pub mod user;
pub mod worklist;

pub use actor::Actor;
pub use authority::Resource;
pub use clock::Clock;
pub use command::Command;
pub use failure::{Done, Failure};
pub use opening::{App, Purpose};
pub use tram_store::backup::Manifest;
pub use tram_store::{Location, StoreError};

/// Tables for Excel and other programs.
pub mod export {
    pub use tram_exchange::table::{
        Align, BadTable, ColumnSpec, Group, Kind, Orientation, TableDoc, Value, csv_table,
        excel_table,
    };
}
