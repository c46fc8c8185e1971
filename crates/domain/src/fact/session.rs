//! Facts of vaccination days and campaigns. Numbers in `#[n(…)]` are for ever.
//!
//! Who was vaccinated is not among them: that stands on the records of people.

use minicbor::{Decode, Encode};
use tram_kernel::{AreaId, CampaignId, Date, PersonId, Sex, UnitId};

/// Where people are vaccinated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum SessionPlace {
    /// At the station.
    #[n(0)]
    Fixed,
    /// A place of a village, for that day.
    #[n(1)]
    Outreach,
    #[n(2)]
    School,
    /// From house to house.
    #[n(3)]
    Home,
}

impl SessionPlace {
    pub const ALL: [Self; 4] = [Self::Fixed, Self::Outreach, Self::School, Self::Home];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Outreach => "outreach",
            Self::School => "school",
            Self::Home => "home",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }
}

/// A unit will vaccinate on a day. `happened_on` is the day it was planned.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct SessionPlanned {
    #[n(0)]
    pub unit: UnitId,
    #[cbor(n(1), with = "tram_kernel::day::cbor")]
    pub on: Date,
    /// Minutes after local midnight.
    #[n(2)]
    pub at: Option<u16>,
    #[n(3)]
    pub place: SessionPlace,
    /// The house, the school, as people call it.
    #[n(4)]
    pub point: Option<String>,
    /// Whose people are asked to come.
    #[n(5)]
    pub areas: Vec<AreaId>,
    /// Which series are given.
    #[n(6)]
    pub series: Vec<String>,
    #[n(7)]
    pub campaign: Option<CampaignId>,
    #[n(8)]
    pub note: Option<String>,
}

/// One person asked to come, and for what.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct Invitation {
    #[n(0)]
    pub person: PersonId,
    #[n(1)]
    pub series: Vec<String>,
}

/// Papers went out to these people. Told again, the later one adds to the earlier.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct SessionInvited {
    #[n(0)]
    pub people: Vec<Invitation>,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum SessionEnd {
    #[n(0)]
    Held,
    /// It did not take place.
    #[n(1)]
    Cancelled,
    /// Broken off: a severe event, no cold, no vaccine.
    #[n(2)]
    Stopped,
}

impl SessionEnd {
    pub const ALL: [Self; 3] = [Self::Held, Self::Cancelled, Self::Stopped];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Cancelled => "cancelled",
            Self::Stopped => "stopped",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|end| end.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct SessionEnded {
    #[n(0)]
    pub how: SessionEnd,
    #[n(1)]
    pub reason: Option<String>,
}

/// One vaccine for everybody of some ages, whatever they had before.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct CampaignPlanned {
    #[n(0)]
    pub unit: UnitId,
    #[n(1)]
    pub name: String,
    #[n(2)]
    pub series: String,
    /// Born from this day to that one.
    #[cbor(n(3), with = "tram_kernel::day::cbor")]
    pub born_from: Date,
    #[cbor(n(4), with = "tram_kernel::day::cbor")]
    pub born_to: Date,
    #[n(5)]
    pub sex: Option<Sex>,
    /// First and last day.
    #[cbor(n(6), with = "tram_kernel::day::cbor")]
    pub first: Date,
    #[cbor(n(7), with = "tram_kernel::day::cbor")]
    pub last: Date,
    /// Number of the decision.
    #[n(8)]
    pub document: Option<String>,
}

/// The campaign is over before its last day, or was called off.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct CampaignEnded {
    #[n(0)]
    pub reason: Option<String>,
}
