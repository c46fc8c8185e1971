//! Sex as it stands in the health record.

use minicbor::{Decode, Encode};

/// The record knows two values; "3 Khác" exists only in lists received from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Sex {
    #[n(1)]
    Male,
    #[n(2)]
    Female,
}

impl Sex {
    pub const ALL: [Self; 2] = [Self::Male, Self::Female];

    /// Stored and exchanged form: `m`, `f`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Male => "m",
            Self::Female => "f",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sex| sex.code() == code)
    }

    /// Reads what lists contain: Nam/Nữ, M/F, 1/2, Trai/Gái, x in a "Nữ" column is the caller's work.
    pub fn parse(typed: &str) -> Option<Self> {
        match crate::text::fold(typed).trim() {
            "nam" | "m" | "1" | "trai" | "male" => Some(Self::Male),
            "nu" | "f" | "2" | "gai" | "female" => Some(Self::Female),
            _ => None,
        }
    }
}
