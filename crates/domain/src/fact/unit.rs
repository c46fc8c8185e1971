//! Facts about units, how they stand to each other, and the areas they look after. Numbers in `#[n(…)]` are for ever.

use minicbor::{Decode, Encode};
use tram_kernel::{CommuneCode, UnitId};

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
