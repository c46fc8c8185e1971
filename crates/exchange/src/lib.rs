//! Bytes to values and back: spreadsheets, CSV, text encodings, lists, tables for print.
//!
//! ```text
//! bytes ─► read ─► Workbook (cells) ─► list::lists ─► Mapping ─► list::parse ─► Listed… + findings
//! lists, villages ─► template ─► bytes    refused rows ─► rejects ─► bytes
//! table of values ─► table / csv_table ─► bytes
//! ```
//!
//! **Architecture invariant:** no network, no file system, no clock, no sentence in any human language.
//! Whatever arrives is hostile until read: every limit is held while reading, nothing is ever cut short
//! or guessed silently.

mod archive;
mod bad_file;
mod csv;
mod encoding;
mod limits;
pub mod list;
mod old_font;
mod read;
pub mod rejects;
mod sheet;
pub mod table;
pub mod template;
#[cfg(test)]
mod trial;
mod xlsx;

pub use bad_file::BadFile;
pub use limits::Limits;
pub use read::read;
pub use sheet::{Cell, Encoding, Epoch, Merged, OldFont, Sheet, SheetRow, TemplateMark, Workbook};
