//! Facts about an adverse event following immunisation, on the record of the person. Numbers in `#[n(…)]`
//! are for ever.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::{Date, UnitId};

/// Something happened to the person after a dose. `happened_on` is the day it began.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AefiRecorded {
    /// The doses that may have to do with it.
    #[n(0)]
    pub doses: Vec<FactRef>,
    /// Tai biến nặng: threatens life, leaves sequelae or death.
    #[n(1)]
    pub severe: bool,
    /// When it began, minutes after local midnight.
    #[n(2)]
    pub minute: Option<u16>,
    /// Codes of `lists/aefi_sign.csv`.
    #[n(3)]
    pub signs: Vec<String>,
    /// What was seen, in words.
    #[n(4)]
    pub told: Option<String>,
    /// Degree of anaphylaxis, 1 to 4.
    #[n(5)]
    pub degree: Option<u8>,
    /// What was done for the person.
    #[n(6)]
    pub care: Option<String>,
    /// Code of `lists/aefi_outcome.csv`.
    #[n(7)]
    pub outcome: String,
    /// When the unit came to know: the time to report runs from here.
    #[cbor(n(8), with = "tram_kernel::day::cbor")]
    pub noticed_on: Date,
    #[n(9)]
    pub noticed_minute: u16,
    /// The unit that looks after it and reports it.
    #[n(10)]
    pub unit: UnitId,
}

/// How it went on.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AefiFollowed {
    #[n(0)]
    pub aefi: FactRef,
    /// Code of `lists/aefi_outcome.csv`.
    #[n(1)]
    pub outcome: String,
    #[n(2)]
    pub told: Option<String>,
}

/// The report was sent to one receiver.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AefiReported {
    #[n(0)]
    pub aefi: FactRef,
    /// Code of `lists/aefi_receiver.csv`.
    #[n(1)]
    pub to: String,
    /// Minutes after local midnight of the day it was sent.
    #[n(2)]
    pub minute: u16,
    /// Who sent it, as they sign.
    #[n(3)]
    pub by: Option<String>,
    #[n(4)]
    pub document: Option<String>,
}

/// What the experts found it was.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AefiConcluded {
    #[n(0)]
    pub aefi: FactRef,
    /// Code of `lists/aefi_cause.csv`.
    #[n(1)]
    pub cause: String,
    #[n(2)]
    pub told: Option<String>,
    /// Who concluded it.
    #[n(3)]
    pub by: Option<String>,
}
