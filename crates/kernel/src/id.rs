//! Identity: one type per kind of thing, so a household is never passed where a person is meant.
//!
//! An id is 128 bits (uuid v7) minted in `app` where the record is first written, without asking a
//! server. It is shown as `prefix-32hex` and stored as 16 bytes.
//!
//! **Invariant:** an id is never reused, never re-keyed at a move, hand-over or merge, and carries no
//! meaning (no commune code, no citizen number inside it).

use std::fmt;
use std::str::FromStr;

/// Why a text is not an id of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of the form {prefix}-<32 hex digits>")]
pub struct BadId {
    pub prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            pub const PREFIX: &'static str = $prefix;
            pub const fn from_u128(raw: u128) -> Self { Self(raw) }
            pub const fn as_u128(self) -> u128 { self.0 }
            pub fn from_bytes(bytes: [u8; 16]) -> Self { Self(u128::from_be_bytes(bytes)) }
            pub fn to_bytes(self) -> [u8; 16] { self.0.to_be_bytes() }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}-{:032x}", $prefix, self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                let bad = BadId { prefix: $prefix };
                let hex = text
                    .strip_prefix($prefix)
                    .and_then(|rest| rest.strip_prefix('-'))
                    .filter(|hex| hex.len() == 32)
                    .ok_or(bad)?;
                u128::from_str_radix(hex, 16).map(Self).map_err(|_| bad)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.to_bytes())?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                <[u8; 16]>::try_from(d.bytes()?)
                    .map(Self::from_bytes)
                    .map_err(|_| minicbor::decode::Error::message("an id has 16 bytes"))
            }
        }
    )*};
}

// Alphabetical. Append-only: a removed line breaks old facts.
ids! {
    /// The leaf of the map: thôn, bản, ấp, khu phố. Survives every redrawing of communes.
    AreaId = "kv";
    /// A campaign: one vaccine for everybody of some ages in some weeks.
    CampaignId = "cd";
    /// A file kept by its content (attachment, imported list).
    FileId = "tep";
    /// A fridge or another cold place of a unit.
    FridgeId = "tl";
    /// Hộ gia đình.
    HouseholdId = "ho";
    /// A lot of one item as one unit keeps it: made from the unit and the words on the box.
    LotId = "lo";
    /// One writer of the fact log: a station machine or one server process.
    NodeId = "nut";
    /// One citizen's health record.
    PersonId = "ng";
    /// A plan with its targets.
    PlanId = "kh";
    /// A day of vaccination at one place.
    SessionId = "bt";
    /// An organisation: station, regional centre, CDC, UBND, department.
    UnitId = "dv";
    /// A person who signs in.
    UserId = "nd";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_shows() {
        let id = PersonId::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001);
        assert_eq!(id.to_string(), "ng-01920000000070008000000000000001");
        assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let household = HouseholdId::from_u128(1).to_string();
        assert!(household.parse::<PersonId>().is_err());
        assert!("ng-12".parse::<PersonId>().is_err());
    }
}
