//! A population list that comes in from a file: rows as a station writes them, checked against each other.
//!
//! ```text
//! exchange: bytes → cells → Listed (one row, typed) + findings of the row
//! here:     rows against each other and against the records → what to do with each
//! ```

mod fill;
mod home;
mod judge;
mod newcomer;
#[cfg(test)]
mod tests;
mod undo;
mod village;

pub use fill::{fill, joins};
pub use home::Home;
pub use judge::{Judged, Judgement, Known, Outcome, Records, judge};
pub use newcomer::newcomer;
pub use undo::{Undo, undo};
pub use village::{Village, Villages};

use crate::fact::ResidenceKind;
use tram_kernel::identifier::Identifier;
use tram_kernel::{BirthDate, Date, Sex};

/// One row of a population list, typed. What the cell did not say is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Row number as the person sees it in the spreadsheet, from 1.
    pub row: u32,
    pub name: String,
    pub sex: Sex,
    pub born: BirthDate,
    /// Code of `lists/ethnicity.csv`.
    pub ethnicity: Option<String>,
    /// Code of `lists/occupation.csv`.
    pub occupation: Option<String>,
    /// The village as written; matched to areas of the importing unit by folded name.
    pub village: Option<String>,
    /// Number of the household book, unique inside the village.
    pub household: Option<String>,
    pub address: Option<String>,
    /// Code of `lists/relation.csv`; "1" is the head.
    pub relation: Option<String>,
    /// Code of `lists/poverty.csv`, of the household.
    pub poverty: Option<String>,
    pub citizen: Option<Identifier>,
    pub old_card: Option<Identifier>,
    /// Card (15) or number (10).
    pub insurance: Option<Identifier>,
    pub insurance_from: Option<Date>,
    pub insurance_to: Option<Date>,
    pub phone: Option<String>,
    pub mother_name: Option<String>,
    pub residence: Option<ResidenceKind>,
    /// Lives there since.
    pub since: Option<Date>,
}
