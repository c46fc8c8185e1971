//! Facts about one person: who they are, where they live, birth, pregnancy, death, records that belong together. Numbers in `#[n(…)]` are for ever.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::identifier::Identifier;
use tram_kernel::{AreaId, BirthDate, Date, HouseholdId, PersonId, Sex};

/// A record is opened. What is not known is absent, never a made-up value.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PersonRegistered {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub sex: Sex,
    #[n(2)]
    pub born: BirthDate,
    /// Minutes after local midnight.
    #[n(3)]
    pub born_minute: Option<u16>,
    #[n(4)]
    pub ethnicity: Option<String>,
    #[n(5)]
    pub occupation: Option<String>,
    #[n(6)]
    pub phone: Option<String>,
    #[n(7)]
    pub mother: Option<PersonId>,
    /// As given, when the mother has no record here.
    #[n(8)]
    pub mother_name: Option<String>,
}

/// One field of a record gets another value. `seen` names the values its author was looking at.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PersonAmended {
    #[n(0)]
    pub change: PersonChange,
    #[n(1)]
    pub seen: Vec<FactRef>,
    /// Required after the day of registration.
    #[n(2)]
    pub reason: Option<String>,
}

/// The new value of one field.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum PersonChange {
    #[n(0)]
    Name(#[n(0)] String),
    #[n(1)]
    Sex(#[n(0)] Sex),
    #[n(2)]
    Born(#[n(0)] BirthDate, #[n(1)] Option<u16>),
    #[n(3)]
    Ethnicity(#[n(0)] Option<String>),
    #[n(4)]
    Occupation(#[n(0)] Option<String>),
    #[n(5)]
    Phone(#[n(0)] Option<String>),
    #[n(6)]
    Mother(#[n(0)] Option<PersonId>, #[n(1)] Option<String>),
}

/// The person holds this number, perhaps from and to a day (insurance cards).
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct IdentifierRecorded {
    #[n(0)]
    pub identifier: Identifier,
    #[cbor(n(1), with = "tram_kernel::day::cbor::option")]
    pub from: Option<Date>,
    /// Last day of validity.
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub to: Option<Date>,
}

/// The number was cancelled, replaced or never theirs. `happened_on` is the first day without it.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct IdentifierEnded {
    #[n(0)]
    pub identifier: Identifier,
    #[n(1)]
    pub reason: Option<String>,
}

/// How somebody lives in an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ResidenceKind {
    #[n(0)]
    Permanent,
    /// At least six months.
    #[n(1)]
    TemporaryLong,
    /// Less than six months: looked after, not counted as population.
    #[n(2)]
    TemporaryShort,
}

impl ResidenceKind {
    pub const ALL: [Self; 3] = [Self::Permanent, Self::TemporaryLong, Self::TemporaryShort];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Permanent => "permanent",
            Self::TemporaryLong => "temporary_long",
            Self::TemporaryShort => "temporary_short",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Counted as population of the area.
    pub const fn counts(self) -> bool {
        !matches!(self, Self::TemporaryShort)
    }
}

/// From `happened_on` the person lives here. It ends an earlier residence on that day.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ResidenceStarted {
    #[n(0)]
    pub area: AreaId,
    #[n(1)]
    pub kind: ResidenceKind,
    /// Code of `lists/move_reason.csv`.
    #[n(2)]
    pub reason: String,
    #[n(3)]
    pub from_place: Option<String>,
}

/// From `happened_on` the person no longer lives where they lived.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ResidenceEnded {
    #[n(0)]
    pub reason: String,
    #[n(1)]
    pub to_place: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct HouseholdJoined {
    #[n(0)]
    pub household: HouseholdId,
    /// Code of `lists/relation.csv`; "1" is the head.
    #[n(1)]
    pub relation: String,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct HouseholdLeft {
    #[n(0)]
    pub household: HouseholdId,
}

/// A live birth, on the record of the child. Sex and minute stand in the registration.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct BirthRecorded {
    /// First, second … child of the mother.
    #[n(0)]
    pub order: Option<u8>,
    /// Code of `lists/birth_place.csv`.
    #[n(1)]
    pub place: Option<String>,
    #[n(2)]
    pub weight_grams: Option<u16>,
}

/// A child born dead, on the record of the mother.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct StillbirthRecorded {
    #[n(0)]
    pub sex: Option<Sex>,
    #[n(1)]
    pub order: Option<u8>,
    #[n(2)]
    pub place: Option<String>,
    /// Completed weeks of pregnancy.
    #[n(3)]
    pub weeks: Option<u8>,
}

/// How an expected date of delivery was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum DueDateBasis {
    /// First day of the last menstrual period + 280 days.
    #[n(0)]
    LastPeriod,
    #[n(1)]
    Ultrasound,
    #[n(2)]
    Stated,
    /// Day of the embryo transfer and age of the embryo.
    #[n(3)]
    Transfer,
}

/// How far a pregnancy was on the day of an ultrasound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Scan {
    #[cbor(n(0), with = "tram_kernel::day::cbor")]
    pub on: Date,
    /// Completed weeks, and days beyond them.
    #[n(1)]
    pub weeks: u8,
    #[n(2)]
    pub days: u8,
}

/// An embryo of so many days was put into the womb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EmbryoTransfer {
    #[cbor(n(0), with = "tram_kernel::day::cbor")]
    pub on: Date,
    #[n(1)]
    pub embryo_days: u8,
}

/// Births and losses before, as the four figures of the station's books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Para {
    #[n(0)]
    pub term: u8,
    #[n(1)]
    pub preterm: u8,
    /// Miscarried or ended.
    #[n(2)]
    pub lost: u8,
    /// Children alive today.
    #[n(3)]
    pub living: u8,
}

/// A pregnancy is known, or more is known of the one she carries. `happened_on` is the day it was told.
/// `expected` and `basis` are what was decided then; the rest is what it was decided from.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PregnancyNoted {
    #[cbor(n(0), with = "tram_kernel::day::cbor")]
    pub expected: Date,
    #[n(1)]
    pub basis: DueDateBasis,
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub last_period: Option<Date>,
    #[n(3)]
    pub scan: Option<Scan>,
    #[n(4)]
    pub transfer: Option<EmbryoTransfer>,
    /// How many children she carries.
    #[n(5)]
    pub fetuses: Option<u8>,
    /// Which pregnancy of hers it is.
    #[n(6)]
    pub gravida: Option<u8>,
    #[n(7)]
    pub para: Option<Para>,
}

impl PregnancyNoted {
    /// An expected date and how it was found, with nothing else known.
    pub const fn of(expected: Date, basis: DueDateBasis) -> Self {
        Self {
            expected,
            basis,
            last_period: None,
            scan: None,
            transfer: None,
            fetuses: None,
            gravida: None,
            para: None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum PregnancyOutcome {
    #[n(0)]
    Birth,
    #[n(1)]
    Stillbirth,
    #[n(2)]
    Loss,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PregnancyEnded {
    #[n(0)]
    pub outcome: PregnancyOutcome,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DeathRecorded {
    #[n(0)]
    pub minute: Option<u16>,
    /// Code of `lists/death_place.csv`.
    #[n(1)]
    pub place: Option<String>,
    /// Cause in words; coded causes come with the death register.
    #[n(2)]
    pub cause: Option<String>,
}

/// Somebody looked at the record and found it right (a list came in that says the same).
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct RecordConfirmed {
    #[n(0)]
    pub source: Option<String>,
}

/// This record and another are of the same person: from now on they are read as one, under `to`. Taking
/// this fact back parts them again, each as it was.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PersonLinked {
    /// The record that goes on.
    #[n(0)]
    pub to: PersonId,
    /// Facts of either record that say again what the other says, or say otherwise and were found
    /// wrong: while the link stands they give no value and count for nothing.
    #[n(1)]
    pub set_aside: Vec<FactRef>,
    /// Values of this record that were found to be the right ones.
    #[n(2)]
    pub take: Vec<PersonAmended>,
    #[n(3)]
    pub reason: Option<String>,
}

/// Somebody looked: this record and another that looks like it are two people.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PersonsDistinct {
    #[n(0)]
    pub other: PersonId,
    #[n(1)]
    pub reason: Option<String>,
}
