//! Facts of entry forms and programmes on the record of a person. Numbers in `#[n(…)]` are for ever.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::Date;

/// A form was filled in. What it asked is said by the definition that held on the day.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct FormRecorded {
    /// Code of `forms/*.toml`.
    #[n(0)]
    pub form: String,
    /// Code of `programmes/*.toml` it was filled in for.
    #[n(1)]
    pub programme: Option<String>,
    /// Only what was answered, in the order of the form.
    #[n(2)]
    pub answers: Vec<Answer>,
    /// The entry this one corrects; it stays in the log and no longer counts.
    #[n(3)]
    pub replaces: Option<FactRef>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct Answer {
    /// Code of the field.
    #[n(0)]
    pub field: String,
    #[n(1)]
    pub value: Value,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum Value {
    /// In the unit of the field, in thousandths.
    #[n(0)]
    Number(#[n(0)] i64),
    #[n(1)]
    Yes(#[n(0)] bool),
    /// Code of a choice or of an entry of a list.
    #[n(2)]
    Code(#[n(0)] String),
    #[n(3)]
    Codes(#[n(0)] Vec<String>),
    #[n(4)]
    Day(#[cbor(n(0), with = "tram_kernel::day::cbor")] Date),
    #[n(5)]
    Text(#[n(0)] String),
}

/// Somebody is followed by a programme, from `happened_on`.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ProgrammeEnrolled {
    #[n(0)]
    pub programme: String,
    /// Code of the programme's `sources`.
    #[n(1)]
    pub source: Option<String>,
    #[n(2)]
    pub note: Option<String>,
}

/// Somebody is no longer followed, from `happened_on`.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ProgrammeLeft {
    #[n(0)]
    pub programme: String,
    /// Code of the programme's `outcomes`.
    #[n(1)]
    pub outcome: String,
    #[n(2)]
    pub note: Option<String>,
}
