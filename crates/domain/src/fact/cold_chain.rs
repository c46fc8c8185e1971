//! Facts of the cold chain: fridges, their readings, what happened when it was too warm or too cold.
//! Numbers in `#[n(…)]` are for ever. Temperatures are tenths of a degree Celsius.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::{Date, LotId, UnitId};

/// A fridge, or another cold place, of a unit.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct FridgeRegistered {
    #[n(0)]
    pub unit: UnitId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub model: Option<String>,
}

/// From `happened_on` nothing is kept in it any more.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct FridgeRetired {
    #[n(0)]
    pub reason: Option<String>,
}

/// Which reading of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ReadingSlot {
    #[n(0)]
    Morning,
    #[n(1)]
    Afternoon,
    /// Beside the two that are asked for.
    #[n(2)]
    Extra,
}

impl ReadingSlot {
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Extra];
    /// Those that must be there on every day, holidays too.
    pub const ASKED: [Self; 2] = [Self::Morning, Self::Afternoon];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Extra => "extra",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.code() == code)
    }
}

/// Somebody read the thermometer.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TemperatureRead {
    #[n(0)]
    pub slot: ReadingSlot,
    #[n(1)]
    pub tenths: i16,
    /// Minutes after local midnight.
    #[n(2)]
    pub minute: Option<u16>,
    #[n(3)]
    pub note: Option<String>,
}

/// Too warm or too cold, or no power: what happened, from `happened_on` until when.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ColdIncident {
    #[n(0)]
    pub minute: Option<u16>,
    #[cbor(n(1), with = "tram_kernel::day::cbor::option")]
    pub until: Option<Date>,
    #[n(2)]
    pub until_minute: Option<u16>,
    #[n(3)]
    pub lowest: Option<i16>,
    #[n(4)]
    pub highest: Option<i16>,
    /// What happened and what was done at once.
    #[n(5)]
    pub told: String,
    /// Lots that were inside.
    #[n(6)]
    pub lots: Vec<LotId>,
}

/// What became of the lots of an incident.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ColdIncidentDecided {
    #[n(0)]
    pub incident: FactRef,
    /// Code of `lists/cold_decision.csv`.
    #[n(1)]
    pub decision: String,
    #[n(2)]
    pub told: Option<String>,
}
