//! Facts of the stock book. Each is about one lot of one item at one unit; the balance is the sum of its
//! movements. Numbers in `#[n(…)]` are for ever.
//!
//! Quantities are counted in the smallest part that is handed out: doses, tablets, pieces.

use super::FactRef;
use minicbor::{Decode, Encode};
use tram_kernel::{Date, UnitId};

/// What kind of thing is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum ItemKind {
    #[n(0)]
    Vaccine,
    #[n(1)]
    Drug,
    /// Syringes, safety boxes, test kits.
    #[n(2)]
    Supply,
}

impl ItemKind {
    pub const ALL: [Self; 3] = [Self::Vaccine, Self::Drug, Self::Supply];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Vaccine => "vaccine",
            Self::Drug => "drug",
            Self::Supply => "supply",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A unit keeps this lot from now on. What stands here names the lot for ever; the rest may be amended.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct LotRegistered {
    #[n(0)]
    pub unit: UnitId,
    #[n(1)]
    pub kind: ItemKind,
    /// Code of the item: of `immunisation/vaccines.toml` for a vaccine.
    #[n(2)]
    pub item: String,
    /// The lot as printed on the box.
    #[n(3)]
    pub lot: String,
    /// The last day on which it may be used.
    #[cbor(n(4), with = "tram_kernel::day::cbor::option")]
    pub expires: Option<Date>,
    #[n(5)]
    pub maker: Option<String>,
    /// Smallest parts in one vial, box or pack.
    #[n(6)]
    pub per_pack: Option<u16>,
}

/// One word of a lot was typed wrong. `seen` names the values its author was looking at.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct LotAmended {
    #[n(0)]
    pub change: LotChange,
    #[n(1)]
    pub seen: Vec<FactRef>,
    #[n(2)]
    pub reason: Option<String>,
}

/// The new value of one field of a lot.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
pub enum LotChange {
    #[n(0)]
    Expires(#[cbor(n(0), with = "tram_kernel::day::cbor::option")] Option<Date>),
    #[n(1)]
    Maker(#[n(0)] Option<String>),
    #[n(2)]
    PerPack(#[n(0)] Option<u16>),
}

/// The unit took in a quantity.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct StockReceived {
    #[n(0)]
    pub quantity: u32,
    /// Who handed it over, as written on the paper.
    #[n(1)]
    pub from: Option<String>,
    /// Number of the delivery note.
    #[n(2)]
    pub document: Option<String>,
    /// Stage of the vaccine vial monitor on arrival, 1 to 4.
    #[n(3)]
    pub vvm: Option<u8>,
    /// Temperature in the carrier on arrival, tenths of a degree Celsius.
    #[n(4)]
    pub temperature: Option<i16>,
    #[n(5)]
    pub note: Option<String>,
}

/// Why something left the store whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum IssueKind {
    /// To be used by somebody else.
    #[n(0)]
    Transfer,
    /// Back to who delivered it.
    #[n(1)]
    Return,
}

impl IssueKind {
    pub const ALL: [Self; 2] = [Self::Transfer, Self::Return];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Return => "return",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A quantity left for another unit.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct StockIssued {
    #[n(0)]
    pub quantity: u32,
    #[n(1)]
    pub kind: IssueKind,
    #[n(2)]
    pub to: Option<String>,
    #[n(3)]
    pub document: Option<String>,
    #[n(4)]
    pub note: Option<String>,
}

/// How a quantity was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum LossKind {
    /// In use: what was left in an opened vial, a broken ampoule at the table.
    #[n(0)]
    Wasted,
    /// Whole vials taken out of the store and destroyed.
    #[n(1)]
    Destroyed,
}

impl LossKind {
    pub const ALL: [Self; 2] = [Self::Wasted, Self::Destroyed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Wasted => "wasted",
            Self::Destroyed => "destroyed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A quantity was lost: it will never reach anybody.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct StockLost {
    #[n(0)]
    pub quantity: u32,
    #[n(1)]
    pub kind: LossKind,
    /// Code of `lists/stock_loss_reason.csv`.
    #[n(2)]
    pub reason: String,
    #[n(3)]
    pub document: Option<String>,
    #[n(4)]
    pub note: Option<String>,
    /// The opening of the vials whose rest this is.
    #[n(5)]
    pub vial: Option<FactRef>,
}

/// Somebody counted what is there. The movement is the difference to what the book said then.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct StockCounted {
    #[n(0)]
    pub counted: u32,
    /// What the book said when it was counted; may be negative.
    #[n(1)]
    pub book: i64,
    /// Why they differ, in words.
    #[n(2)]
    pub reason: Option<String>,
}

/// Vials were opened: they must be used up or thrown away by a time. Moves nothing by itself.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct VialOpened {
    #[n(0)]
    pub vials: u16,
    /// Minutes after local midnight.
    #[n(1)]
    pub minute: Option<u16>,
}

/// Nothing of this lot may be used from now on. Stays until every block on it is lifted.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct LotBlocked {
    /// Code of `lists/lot_block_reason.csv`.
    #[n(0)]
    pub reason: String,
    #[n(1)]
    pub note: Option<String>,
}

/// Lifts the blocks its author had seen, and no others.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct LotUnblocked {
    #[n(0)]
    pub seen: Vec<FactRef>,
    #[n(1)]
    pub reason: String,
}

/// The vaccine vial monitor was looked at, 1 to 4.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct VvmRead {
    #[n(0)]
    pub stage: u8,
}
