//! Whom or what a fact is about.

use minicbor::{Decode, Encode};
use std::fmt;
use tram_kernel::{
    AreaId, CampaignId, FileId, FridgeId, HouseholdId, LotId, PersonId, PlanId, SessionId, UnitId,
    UserId,
};

/// The subject of a fact: a kind and its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(flat)]
pub enum Subject {
    #[n(0)]
    Person(#[n(0)] PersonId),
    #[n(1)]
    Household(#[n(0)] HouseholdId),
    #[n(2)]
    Area(#[n(0)] AreaId),
    #[n(3)]
    Unit(#[n(0)] UnitId),
    #[n(4)]
    Plan(#[n(0)] PlanId),
    #[n(5)]
    User(#[n(0)] UserId),
    #[n(6)]
    File(#[n(0)] FileId),
    /// A lot of one item at one unit: the page of a stock book.
    #[n(20)]
    Lot(#[n(0)] LotId),
    #[n(21)]
    Fridge(#[n(0)] FridgeId),
    /// A day of vaccination.
    #[n(22)]
    Session(#[n(0)] SessionId),
    #[n(23)]
    Campaign(#[n(0)] CampaignId),
}

impl Subject {
    /// The kinds that have tables, in the order in which they are folded again.
    pub const PROJECTED: [i64; 10] = [0, 1, 2, 3, 4, 5, 20, 21, 22, 23];

    /// The number of its kind, as stored.
    pub const fn kind(self) -> i64 {
        match self {
            Self::Person(_) => 0,
            Self::Household(_) => 1,
            Self::Area(_) => 2,
            Self::Unit(_) => 3,
            Self::Plan(_) => 4,
            Self::User(_) => 5,
            Self::File(_) => 6,
            Self::Lot(_) => 20,
            Self::Fridge(_) => 21,
            Self::Session(_) => 22,
            Self::Campaign(_) => 23,
        }
    }

    pub fn id(self) -> u128 {
        match self {
            Self::Person(id) => id.as_u128(),
            Self::Household(id) => id.as_u128(),
            Self::Area(id) => id.as_u128(),
            Self::Unit(id) => id.as_u128(),
            Self::Plan(id) => id.as_u128(),
            Self::User(id) => id.as_u128(),
            Self::File(id) => id.as_u128(),
            Self::Lot(id) => id.as_u128(),
            Self::Fridge(id) => id.as_u128(),
            Self::Session(id) => id.as_u128(),
            Self::Campaign(id) => id.as_u128(),
        }
    }

    /// The inverse of [`Subject::kind`] and [`Subject::id`].
    pub const fn from_parts(kind: i64, id: u128) -> Option<Self> {
        Some(match kind {
            0 => Self::Person(PersonId::from_u128(id)),
            1 => Self::Household(HouseholdId::from_u128(id)),
            2 => Self::Area(AreaId::from_u128(id)),
            3 => Self::Unit(UnitId::from_u128(id)),
            4 => Self::Plan(PlanId::from_u128(id)),
            5 => Self::User(UserId::from_u128(id)),
            6 => Self::File(FileId::from_u128(id)),
            20 => Self::Lot(LotId::from_u128(id)),
            21 => Self::Fridge(FridgeId::from_u128(id)),
            22 => Self::Session(SessionId::from_u128(id)),
            23 => Self::Campaign(CampaignId::from_u128(id)),
            _ => return None,
        })
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => id.fmt(f),
            Self::Household(id) => id.fmt(f),
            Self::Area(id) => id.fmt(f),
            Self::Unit(id) => id.fmt(f),
            Self::Plan(id) => id.fmt(f),
            Self::User(id) => id.fmt(f),
            Self::File(id) => id.fmt(f),
            Self::Lot(id) => id.fmt(f),
            Self::Fridge(id) => id.fmt(f),
            Self::Session(id) => id.fmt(f),
            Self::Campaign(id) => id.fmt(f),
        }
    }
}

macro_rules! from_id {
    ($($kind:ident($id:ty)),*) => {$(
        impl From<$id> for Subject {
            fn from(id: $id) -> Self { Self::$kind(id) }
        }
    )*};
}
from_id!(
    Person(PersonId),
    Household(HouseholdId),
    Area(AreaId),
    Unit(UnitId),
    Plan(PlanId),
    User(UserId),
    File(FileId),
    Lot(LotId),
    Fridge(FridgeId),
    Session(SessionId),
    Campaign(CampaignId)
);
