//! The bodies of facts. Numbers in `#[n(…)]` are for ever.

use super::FactRef;
use super::aefi::{AefiConcluded, AefiFollowed, AefiRecorded, AefiReported};
use super::cold_chain::{
    ColdIncident, ColdIncidentDecided, FridgeRegistered, FridgeRetired, TemperatureRead,
};
use super::session::{
    CampaignEnded, CampaignPlanned, SessionEnded, SessionInvited, SessionPlanned,
};
use super::stock::{
    LotAmended, LotBlocked, LotRegistered, LotUnblocked, StockCounted, StockIssued, StockLost,
    StockReceived, VialOpened, VvmRead,
};
use minicbor::{Decode, Encode};
use tram_kernel::identifier::Identifier;
use tram_kernel::{AreaId, BirthDate, CommuneCode, Date, HouseholdId, PersonId, Sex, UnitId};

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
}

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
}

/// A pregnancy is known. `happened_on` is the day it became known.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PregnancyNoted {
    #[cbor(n(0), with = "tram_kernel::day::cbor")]
    pub expected: Date,
    #[n(1)]
    pub basis: DueDateBasis,
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub last_period: Option<Date>,
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

/// A vaccine was given, here or elsewhere. Which dose of which series it is follows from the rule.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DoseGiven {
    /// Code of `immunisation/vaccines.toml`.
    #[n(0)]
    pub vaccine: String,
    #[n(1)]
    pub minute: Option<u16>,
    #[n(2)]
    pub lot: Option<String>,
    /// Code of `lists/injection_site.csv`.
    #[n(3)]
    pub site: Option<String>,
    /// The unit that gave it; `None` when it was given elsewhere and copied from a paper.
    #[n(4)]
    pub giver: Option<UnitId>,
    #[n(5)]
    pub elsewhere: Option<String>,
    /// "Đủ điều kiện tiêm" was concluded before the injection.
    #[n(6)]
    pub screened: bool,
    /// Body temperature at screening, tenths of a degree Celsius.
    #[n(7)]
    pub temperature: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DoseDeferred {
    #[n(0)]
    pub series: String,
    /// Code of `lists/deferral_reason.csv`.
    #[n(1)]
    pub reason: String,
    #[cbor(n(2), with = "tram_kernel::day::cbor")]
    pub until: Date,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct SeriesContraindicated {
    #[n(0)]
    pub series: String,
    /// Code of `lists/contraindication_reason.csv`.
    #[n(1)]
    pub reason: String,
}

/// Tetanus doses a woman had before, as her papers or she herself say. The last one told stands.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TetanusTold {
    /// Doses of the basic course had as a child, boosters among them: 0, 3 or 4.
    #[n(0)]
    pub as_child: u8,
    /// Doses had as a woman that are not on the card.
    #[n(1)]
    pub doses: u8,
    /// The day of the last of them.
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub last: Option<Date>,
    /// Seen on paper, and not only told.
    #[n(3)]
    pub on_paper: bool,
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

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct HouseholdRegistered {
    #[n(0)]
    pub area: AreaId,
    /// The number written on the household book, unique only inside its area.
    #[n(1)]
    pub code: Option<String>,
    #[n(2)]
    pub address: Option<String>,
    /// Code of `lists/poverty.csv`.
    #[n(3)]
    pub poverty: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct HouseholdAmended {
    #[n(0)]
    pub change: HouseholdChange,
    #[n(1)]
    pub seen: Vec<FactRef>,
    #[n(2)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum HouseholdChange {
    #[n(0)]
    Area(#[n(0)] AreaId),
    #[n(1)]
    Code(#[n(0)] Option<String>),
    #[n(2)]
    Address(#[n(0)] Option<String>),
    #[n(3)]
    Poverty(#[n(0)] Option<String>),
}

/// What an organisation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum UnitKind {
    /// Trạm Y tế cấp xã.
    #[n(0)]
    Station,
    /// Điểm trạm.
    #[n(1)]
    SubStation,
    /// Trung tâm Y tế khu vực.
    #[n(2)]
    RegionalCentre,
    #[n(3)]
    Department,
    /// UBND cấp xã.
    #[n(4)]
    CommuneCommittee,
    /// UBND cấp tỉnh.
    #[n(5)]
    ProvinceCommittee,
    #[n(6)]
    Cdc,
    #[n(7)]
    HealthDepartment,
    #[n(8)]
    Other,
}

impl UnitKind {
    pub const ALL: [Self; 9] = [
        Self::Station,
        Self::SubStation,
        Self::RegionalCentre,
        Self::Department,
        Self::CommuneCommittee,
        Self::ProvinceCommittee,
        Self::Cdc,
        Self::HealthDepartment,
        Self::Other,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::SubStation => "sub_station",
            Self::RegionalCentre => "regional_centre",
            Self::Department => "department",
            Self::CommuneCommittee => "commune_committee",
            Self::ProvinceCommittee => "province_committee",
            Self::Cdc => "cdc",
            Self::HealthDepartment => "health_department",
            Self::Other => "other",
        }
    }

    /// Gives vaccines or hands them on.
    pub const fn keeps_stock(self) -> bool {
        matches!(self, Self::Station | Self::SubStation | Self::RegionalCentre | Self::Cdc)
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UnitRegistered {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub kind: UnitKind,
    #[n(2)]
    pub commune: Option<CommuneCode>,
    /// Five-character facility code (mã CSKCB), when it has one.
    #[n(3)]
    pub facility_code: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UnitAmended {
    #[n(0)]
    pub name: Option<String>,
    #[n(1)]
    pub facility_code: Option<String>,
    #[n(2)]
    pub reason: Option<String>,
}

/// In which sense one unit stands under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum RelationKind {
    /// Owned and led by.
    #[n(0)]
    Administrative,
    /// Supervised professionally by.
    #[n(1)]
    Professional,
    /// Sends its reports to.
    #[n(2)]
    Reporting,
    /// A site (điểm trạm, khoa phòng) of.
    #[n(3)]
    SiteOf,
}

impl RelationKind {
    pub const ALL: [Self; 4] =
        [Self::Administrative, Self::Professional, Self::Reporting, Self::SiteOf];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Administrative => "administrative",
            Self::Professional => "professional",
            Self::Reporting => "reporting",
            Self::SiteOf => "site_of",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// From `happened_on` the unit stands under `parent` in this sense.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UnitRelated {
    #[n(0)]
    pub kind: RelationKind,
    #[n(1)]
    pub parent: UnitId,
}

/// `happened_on` is the first day without the relation.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UnitUnrelated {
    #[n(0)]
    pub kind: RelationKind,
    #[n(1)]
    pub parent: UnitId,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UnitClosed {
    #[n(0)]
    pub reason: Option<String>,
}

/// A village exists. It is the leaf of the map and survives every redrawing.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AreaRegistered {
    #[n(0)]
    pub name: String,
    /// thôn, bản, tổ dân phố …, as the place itself says.
    #[n(1)]
    pub kind: String,
    #[n(2)]
    pub commune: CommuneCode,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AreaAmended {
    #[n(0)]
    pub name: Option<String>,
    #[n(1)]
    pub commune: Option<CommuneCode>,
    #[n(2)]
    pub reason: Option<String>,
}

/// From `happened_on` this unit looks after the people of the area. It ends an earlier trust.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct AreaEntrusted {
    #[n(0)]
    pub unit: UnitId,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PlanRegistered {
    #[n(0)]
    pub title: String,
    #[n(1)]
    pub number: Option<String>,
    #[n(2)]
    pub year: i16,
    /// The unit whose plan it is.
    #[n(3)]
    pub unit: UnitId,
    /// Where the text can be read, with line numbers of the targets.
    #[n(4)]
    pub source: Option<String>,
}

/// How an actual value is held against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Comparator {
    #[n(0)]
    AtLeast,
    #[n(1)]
    MoreThan,
    #[n(2)]
    AtMost,
    #[n(3)]
    LessThan,
    #[n(4)]
    Equal,
    #[n(5)]
    Between,
    /// Must not fall below the baseline.
    #[n(6)]
    Maintain,
    /// A change per year, not a level.
    #[n(7)]
    ChangePerYear,
    /// Reached or not.
    #[n(8)]
    Milestone,
    /// Must not happen.
    #[n(9)]
    NoEvent,
}

impl Comparator {
    pub const ALL: [Self; 10] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::LessThan,
        Self::Equal,
        Self::Between,
        Self::Maintain,
        Self::ChangePerYear,
        Self::Milestone,
        Self::NoEvent,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
            Self::Equal => "equal",
            Self::Between => "between",
            Self::Maintain => "maintain",
            Self::ChangePerYear => "change_per_year",
            Self::Milestone => "milestone",
            Self::NoEvent => "no_event",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// One row of a plan's target table. Values are in thousandths of the unit (95 % = 95 000).
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TargetSet {
    /// Number of the row inside the plan; setting a row again replaces it.
    #[n(0)]
    pub row: u16,
    #[n(1)]
    pub group: Option<String>,
    /// The wording of the plan.
    #[n(2)]
    pub name: String,
    /// Code of the indicator that answers it; `None` when none does yet.
    #[n(3)]
    pub indicator: Option<String>,
    /// Unit as the plan writes it: percent, per_mille, per_10k, per_100k, per_hundred, count.
    #[n(4)]
    pub unit: String,
    #[n(5)]
    pub comparator: Comparator,
    #[n(6)]
    pub value: Option<i64>,
    /// Upper end of a range.
    #[n(7)]
    pub value2: Option<i64>,
    #[n(8)]
    pub baseline: Option<i64>,
    #[n(9)]
    pub baseline_year: Option<i16>,
    /// "phấn đấu": strive for.
    #[n(10)]
    pub soft: bool,
    /// Line of the plan's text.
    #[n(11)]
    pub line: Option<u32>,
    #[n(12)]
    pub note: Option<String>,
    /// What the plan's number means when its unit was wrong, confirmed by a person.
    #[n(13)]
    pub correction: Option<String>,
    /// Values on the way, by year or quarter, in order.
    #[n(14)]
    pub trajectory: Option<Vec<TargetStep>>,
    /// Nested: the value is the share of units that reach this each.
    #[n(15)]
    pub each: Option<EachUnit>,
}

/// What is to be reached at the end of a period, in thousandths of the unit of the target.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TargetStep {
    /// `2026-Q1`, `2026`.
    #[n(0)]
    pub period: String,
    #[n(1)]
    pub value: i64,
}

/// The inner threshold of a nested target, in thousandths of the unit of the indicator.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EachUnit {
    #[n(0)]
    pub comparator: Comparator,
    #[n(1)]
    pub value: i64,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TargetWithdrawn {
    #[n(0)]
    pub row: u16,
    #[n(1)]
    pub reason: String,
}

/// What a target has come to on `happened_on`, where no indicator answers it. Saying it again for the same
/// day replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TargetReported {
    #[n(0)]
    pub row: u16,
    /// In thousandths of the unit of the target; a milestone is 1 when reached and 0 when not; of what must
    /// not happen, how often it did.
    #[n(1)]
    pub value: i64,
    /// Where the value comes from, in words.
    #[n(2)]
    pub source: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UserRegistered {
    #[n(0)]
    pub login: String,
    #[n(1)]
    pub name: String,
}

/// A role at a unit, from `happened_on`, perhaps to a last day.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct RoleGranted {
    #[n(0)]
    pub role: String,
    #[n(1)]
    pub unit: UnitId,
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub to: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct RoleRevoked {
    #[n(0)]
    pub role: String,
    #[n(1)]
    pub unit: UnitId,
    #[n(2)]
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct UserClosed {
    #[n(0)]
    pub reason: Option<String>,
}

/// The set of definitions with this SHA-256 is used from `happened_on`.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DefinitionsAdopted {
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sha256: Vec<u8>,
    #[n(1)]
    pub name: String,
}

/// A list from a file was taken in.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ImportApplied {
    #[n(0)]
    pub name: String,
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sha256: Vec<u8>,
    #[n(2)]
    pub rows: u32,
    #[n(3)]
    pub added: u32,
    #[n(4)]
    pub updated: u32,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct ImportUndone {
    #[n(0)]
    pub reason: String,
    #[n(1)]
    pub name: Option<String>,
    #[n(2)]
    pub sha256: Option<minicbor::bytes::ByteVec>,
}
