//! Lists that come in from files: rows as a station writes them, checked against each other and the records.
//!
//! ```text
//! exchange: bytes → cells → Listed… (one row, typed) + findings of the row
//! here:     rows against each other and against the records → what to do with each
//! ```
//!
//! A list of people opens records ([`judge`]). Doses, cards and entries of forms are for people on record: [`Finder`] says who is
//! meant, and whoever cannot be told is refused. Nobody is registered by them.

mod card;
mod entry;
mod fill;
mod history;
mod home;
mod household;
mod judge;
mod newcomer;
pub mod place;
#[cfg(test)]
mod tests;
mod undo;
mod village;
mod who;

pub use card::{JudgedCard, ListedCard, add_card, judge_cards};
pub use entry::{ANSWER_COLUMN, AddedEntry, JudgedEntry, ListedEntry, add_entry, judge_entries};
pub use fill::{fill, joins};
pub use history::{JudgedDose, ListedDose, Vaccines, judge_doses};
pub use home::Home;
pub use household::{JudgedHousehold, ListedHousehold, judge_households};
pub use judge::{Judged, Judgement, Known, Outcome, Records, judge};
pub use newcomer::newcomer;
pub use undo::{Undo, undo};
pub use village::{Village, Villages};
pub use who::{Finder, Meant, Who};

use crate::fact::ResidenceKind;
use tram_kernel::identifier::Identifier;
use tram_kernel::{BirthDate, Date, Sex};

/// One row of a population list, typed. What the cell did not say is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Sheet and row, as [`place`] puts them together.
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
