//! Facts about the work of the program itself: definitions adopted, lists brought in. Numbers in `#[n(…)]` are for ever.

use minicbor::{Decode, Encode};

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
