//! Law and practice as data: `definitions/` in, checked and typed values out.
//!
//! ```text
//! files (path, text) ─► raw TOML/CSV, word for word ─► checked values ─► Definitions
//!                                      └─► findings: file, line, what is wrong, nearest known word
//! ```
//!
//! **Architecture invariant:** this crate never opens a file and decides nothing about a citizen. It
//! is handed texts and answers either a complete checked set or the list of everything that is wrong.
//!
//! **Closed vocabulary:** a word that is not known here is an error with the nearest known word; it is
//! never skipped, and there are no expressions in strings beyond the phrases of [`phrase`].

pub mod aefi;
pub mod breakdown;
pub mod bundle;
pub mod calendar;
pub mod cold_chain;
pub mod dropout;
pub mod finding;
pub mod form;
pub mod growth;
pub mod immunisation;
pub mod indicator;
pub mod list;
mod look;
pub mod measure;
pub mod phrase;
pub mod place;
pub mod pregnancy;
pub mod programme;
pub mod provenance;
pub mod role;
pub mod screening;
pub mod session;
mod set;
pub mod small;
pub mod span;
pub mod tetanus;

pub use finding::DefFinding;
pub use provenance::{Confidence, Provenance};
pub use set::{Definitions, SourceFile};
