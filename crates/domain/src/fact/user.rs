//! Facts about those who sign in. Numbers in `#[n(…)]` are for ever.

use minicbor::{Decode, Encode};
use tram_kernel::{Compartment, Date, UnitId};

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

/// What lies in a compartment at a unit may be seen and written, from `happened_on`, perhaps to a last day.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct CompartmentOpened {
    #[n(0)]
    pub compartment: Compartment,
    #[n(1)]
    pub unit: UnitId,
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub to: Option<Date>,
    #[n(3)]
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct CompartmentClosed {
    #[n(0)]
    pub compartment: Compartment,
    #[n(1)]
    pub unit: UnitId,
}
