//! Codes of administrative places. A code means nothing without the day on which it is read.

use minicbor::{Decode, Encode};
use std::fmt;
use std::str::FromStr;

/// Why a text is not a place code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a place code has {digits} digits")]
pub struct BadPlaceCode {
    pub digits: usize,
}

macro_rules! place_code {
    ($(#[$doc:meta])* $name:ident, $digits:literal, $max:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
        #[cbor(transparent)]
        pub struct $name(#[n(0)] u32);

        impl $name {
            /// `None` above the largest code of this many digits.
            pub const fn new(number: u32) -> Option<Self> {
                if number <= $max { Some(Self(number)) } else { None }
            }
            pub const fn number(self) -> u32 { self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{:0", $digits, "}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadPlaceCode;
            fn from_str(text: &str) -> Result<Self, BadPlaceCode> {
                let digits = text.len() == $digits && text.bytes().all(|b| b.is_ascii_digit());
                if !digits {
                    return Err(BadPlaceCode { digits: $digits });
                }
                text.parse().map(Self).map_err(|_| BadPlaceCode { digits: $digits })
            }
        }
    };
}

place_code! {
    /// Five digits: a commune, ward or special zone (and the old communes before 2025-07-01).
    CommuneCode, 5, 99_999
}

place_code! {
    /// Two digits: a province or a city of province level.
    ProvinceCode, 2, 99
}

/// Where a subject's facts live: the commune code of the unit that first wrote the record.
///
/// It never changes, whoever manages the person later; custody is a dated relation, not a key.
pub type Shard = CommuneCode;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_their_leading_zeros() {
        let code: CommuneCode = "04303".parse().expect("five digits");
        assert_eq!((code.number(), code.to_string().as_str()), (4303, "04303"));
        assert!("4303".parse::<CommuneCode>().is_err());
        assert!("0430a".parse::<CommuneCode>().is_err());
    }
}
