//! Every kind of fact with its number, and taking one back. What each holds stands in the file of its subject.
//! Numbers in `#[n(…)]` are for ever.

use super::FactRef;
use super::aefi::{AefiConcluded, AefiFollowed, AefiRecorded, AefiReported};
use super::cold_chain::{
    ColdIncident, ColdIncidentDecided, FridgeRegistered, FridgeRetired, TemperatureRead,
};
use super::dose::{DoseDeferred, DoseGiven, SeriesContraindicated, TetanusTold};
use super::form::{FormRecorded, ProgrammeEnrolled, ProgrammeLeft};
use super::household::{HouseholdAmended, HouseholdRegistered};
use super::office::{DefinitionsAdopted, ImportApplied, ImportUndone};
use super::person::{
    BirthRecorded, DeathRecorded, HouseholdJoined, HouseholdLeft, IdentifierEnded,
    IdentifierRecorded, PersonAmended, PersonLinked, PersonRegistered, PersonsDistinct,
    PregnancyEnded, PregnancyNoted, RecordConfirmed, ResidenceEnded, ResidenceStarted,
    StillbirthRecorded,
};
use super::plan::{PlanRegistered, TargetReported, TargetSet, TargetWithdrawn};
use super::session::{
    CampaignEnded, CampaignPlanned, SessionEnded, SessionInvited, SessionPlanned,
};
use super::stock::{
    LotAmended, LotBlocked, LotRegistered, LotUnblocked, StockCounted, StockIssued, StockLost,
    StockReceived, VialOpened, VvmRead,
};
use super::unit::{
    AreaAmended, AreaEntrusted, AreaRegistered, UnitAmended, UnitClosed, UnitRegistered,
    UnitRelated, UnitUnrelated,
};
use super::user::{
    CompartmentClosed, CompartmentOpened, RoleGranted, RoleRevoked, UserClosed, UserRegistered,
};
use minicbor::{Decode, Encode};

macro_rules! bodies {
    ($($(#[$doc:meta])* $number:literal $name:ident;)*) => {
        /// What happened. One variant a kind of fact; numbers are append-only.
        #[derive(Debug, Clone, PartialEq, Encode, Decode)]
        pub enum Body {
            $($(#[$doc])* #[n($number)] $name(#[n(0)] $name),)*
            /// Written by a newer version: kept byte for byte, not understood here.
            #[n(65535)]
            Unknown(#[cbor(n(0), with = "minicbor::bytes")] Vec<u8>),
        }

        impl Body {
            /// Code of the kind, for timelines, the audit and JSON.
            pub const fn code(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => stringify!($name),)*
                    Self::Unknown(_) => "Unknown",
                }
            }
        }

        $(impl From<$name> for Body {
            fn from(body: $name) -> Self { Self::$name(body) }
        })*
    };
}

bodies! {
    0 PersonRegistered;
    1 PersonAmended;
    2 IdentifierRecorded;
    3 IdentifierEnded;
    4 ResidenceStarted;
    5 ResidenceEnded;
    6 HouseholdJoined;
    7 HouseholdLeft;
    8 BirthRecorded;
    9 StillbirthRecorded;
    10 PregnancyNoted;
    11 PregnancyEnded;
    12 DeathRecorded;
    13 DoseGiven;
    14 DoseDeferred;
    15 SeriesContraindicated;
    16 FactRetracted;
    17 RecordConfirmed;
    18 AefiRecorded;
    19 AefiFollowed;
    20 TetanusTold;
    26 PersonLinked;
    27 PersonsDistinct;
    30 AefiReported;
    31 AefiConcluded;
    40 HouseholdRegistered;
    41 HouseholdAmended;
    50 UnitRegistered;
    51 UnitAmended;
    52 UnitRelated;
    53 UnitUnrelated;
    54 UnitClosed;
    60 AreaRegistered;
    61 AreaAmended;
    62 AreaEntrusted;
    70 PlanRegistered;
    71 TargetSet;
    72 TargetWithdrawn;
    73 TargetReported;
    80 UserRegistered;
    81 RoleGranted;
    82 RoleRevoked;
    83 UserClosed;
    84 CompartmentOpened;
    85 CompartmentClosed;
    90 DefinitionsAdopted;
    91 ImportApplied;
    92 ImportUndone;
    100 LotRegistered;
    101 LotAmended;
    102 StockReceived;
    103 StockIssued;
    104 StockLost;
    105 StockCounted;
    106 VialOpened;
    107 LotBlocked;
    108 LotUnblocked;
    109 VvmRead;
    120 FridgeRegistered;
    121 FridgeRetired;
    122 TemperatureRead;
    123 ColdIncident;
    124 ColdIncidentDecided;
    130 SessionPlanned;
    131 SessionInvited;
    132 SessionEnded;
    140 CampaignPlanned;
    141 CampaignEnded;
    160 FormRecorded;
    161 ProgrammeEnrolled;
    162 ProgrammeLeft;
}

/// A fact was entered by mistake. It stays in the log and no longer counts.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct FactRetracted {
    #[n(0)]
    pub what: FactRef,
    #[n(1)]
    pub reason: String,
}
