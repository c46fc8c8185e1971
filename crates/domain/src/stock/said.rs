//! What the stock book refuses, and what it accepts with a warning.

use tram_kernel::{Date, Message};

/// Only what cannot be true, or may not be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a movement after today")]
    InFuture { on: Date, today: Date },
    #[error("a quantity of nothing")]
    Nothing,
    #[error("more than any station ever holds")]
    TooMuch,
    #[error("an item that is not known")]
    UnknownItem { item: String },
    #[error("a reason that is not in its list")]
    UnknownReason { reason: String },
    #[error("a lot without its number")]
    NoLot,
    #[error("the monitor has stages 1 to 4")]
    BadVvm,
    #[error("a lot past its last day may not be handed on or opened")]
    Expired { last: Date },
    #[error("a blocked lot may not be handed on or opened")]
    Blocked { since: Date },
    #[error("these vials are not open")]
    NoSuchVial,
    #[error("there is no block to lift")]
    NotBlocked,
    #[error("nothing changes")]
    NoChange,
    #[error("a change needs a reason")]
    ReasonNeeded,
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::InFuture { on, today } => {
                Message::new("person-in-future").with("on", *on).with("today", *today)
            }
            Self::Nothing => Message::new("stock-nothing"),
            Self::TooMuch => Message::new("stock-too-much"),
            Self::UnknownItem { item } => {
                Message::new("stock-unknown-item").with("item", item.as_str())
            }
            Self::UnknownReason { reason } => {
                Message::new("stock-unknown-reason").with("reason", reason.as_str())
            }
            Self::NoLot => Message::new("stock-no-lot"),
            Self::BadVvm => Message::new("stock-bad-vvm"),
            Self::Expired { last } => Message::new("stock-expired").with("day", *last),
            Self::Blocked { since } => Message::new("stock-blocked").with("day", *since),
            Self::NoSuchVial => Message::new("stock-no-such-vial"),
            Self::NotBlocked => Message::new("stock-not-blocked"),
            Self::NoChange => Message::new("person-no-change"),
            Self::ReasonNeeded => Message::new("person-reason-needed"),
        }
    }

    /// Code of the form field the sentence belongs to.
    pub const fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::InFuture { .. } => "on",
            Self::Nothing | Self::TooMuch => "quantity",
            Self::UnknownItem { .. } => "item",
            Self::UnknownReason { .. } | Self::ReasonNeeded => "why",
            Self::NoLot => "lot",
            Self::BadVvm => "vvm",
            Self::NoSuchVial => "vial",
            _ => return None,
        })
    }
}

/// True, because it happened; somebody should look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// More left than the book has.
    BeyondBook { lot: String, book: i64 },
    /// Past its last day when it came in.
    CameExpired { lot: String, last: Date },
    /// The monitor says it must not be used.
    Spent { lot: String, stage: u8 },
    /// The carrier was too warm or too cold; tenths of a degree.
    Temperature { tenths: i16, low: i16, high: i16 },
    /// Not a whole number of vials.
    NotWhole { lot: String, per_pack: u16 },
    /// Before the book was opened: doses of those days will count against it.
    BeforeOpening { opened: Date },
    /// The book has another last day for this lot.
    OtherLastDay { lot: String, known: Date },
}

impl Warning {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::BeyondBook { .. } => "warn-stock-beyond-book",
            Self::CameExpired { .. } => "warn-stock-came-expired",
            Self::Spent { .. } => "warn-stock-spent",
            Self::Temperature { .. } => "warn-stock-temperature",
            Self::NotWhole { .. } => "warn-stock-not-whole",
            Self::BeforeOpening { .. } => "warn-stock-before-opening",
            Self::OtherLastDay { .. } => "warn-stock-other-last-day",
        }
    }

    pub fn message(&self) -> Message {
        let message = Message::new(self.code());
        let degrees = |tenths: i16| tram_kernel::number::show_thousandths(i64::from(tenths) * 100);
        match self {
            Self::BeyondBook { lot, book } => message.with("lot", lot.as_str()).with("n", *book),
            Self::CameExpired { lot, last } => message.with("lot", lot.as_str()).with("day", *last),
            Self::Spent { lot, stage } => {
                message.with("lot", lot.as_str()).with("stage", i64::from(*stage))
            }
            Self::Temperature { tenths, low, high } => message
                .with("t", degrees(*tenths))
                .with("low", degrees(*low))
                .with("high", degrees(*high)),
            Self::NotWhole { lot, per_pack } => {
                message.with("lot", lot.as_str()).with("n", i64::from(*per_pack))
            }
            Self::BeforeOpening { opened } => message.with("day", *opened),
            Self::OtherLastDay { lot, known } => {
                message.with("lot", lot.as_str()).with("day", *known)
            }
        }
    }
}
