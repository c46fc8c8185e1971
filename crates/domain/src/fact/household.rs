//! Facts about one household. Numbers in `#[n(…)]` are for ever.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::{AreaId, UserId};

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
    /// Who looks after the family: somebody who signs in.
    #[n(4)]
    Doctor(#[n(0)] Option<UserId>),
}
