//! Compartments: what a fact may reveal, and to whom nothing may be hinted.

use minicbor::{Decode, Encode};

/// The sensitivity of a fact. Everything outside `General` needs a named grant, and leaves no trace
/// in lists, counts, searches or exports for those without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Compartment {
    #[n(0)]
    General,
    #[n(1)]
    Hiv,
    #[n(2)]
    Mental,
    #[n(3)]
    Tuberculosis,
    #[n(4)]
    Abortion,
    /// Users, roles, grants: facts about staff, not about citizens.
    #[n(5)]
    Staff,
}

impl Compartment {
    pub const ALL: [Self; 6] =
        [Self::General, Self::Hiv, Self::Mental, Self::Tuberculosis, Self::Abortion, Self::Staff];

    /// Its word in definitions and on the command line.
    pub const fn code(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Hiv => "hiv",
            Self::Mental => "mental",
            Self::Tuberculosis => "tuberculosis",
            Self::Abortion => "abortion",
            Self::Staff => "staff",
        }
    }

    /// The number under which it is stored and hashed.
    pub const fn number(self) -> i64 {
        match self {
            Self::General => 0,
            Self::Hiv => 1,
            Self::Mental => 2,
            Self::Tuberculosis => 3,
            Self::Abortion => 4,
            Self::Staff => 5,
        }
    }
}
