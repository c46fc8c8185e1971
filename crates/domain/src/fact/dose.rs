//! Facts of immunisation on the record of a person: doses, deferrals, contraindications, doses told of. Numbers in `#[n(…)]` are for ever.

use minicbor::{Decode, Encode};
use tram_kernel::{Date, UnitId};

/// A vaccine was given, here or elsewhere. Which dose of which series it is follows from the rule.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DoseGiven {
    /// Code of `immunisation/vaccines.toml`.
    #[n(0)]
    pub vaccine: String,
    #[n(1)]
    pub minute: Option<u16>,
    #[n(2)]
    pub lot: Option<String>,
    /// Code of `lists/injection_site.csv`.
    #[n(3)]
    pub site: Option<String>,
    /// The unit that gave it; `None` when it was given elsewhere and copied from a paper.
    #[n(4)]
    pub giver: Option<UnitId>,
    #[n(5)]
    pub elsewhere: Option<String>,
    /// "Đủ điều kiện tiêm" was concluded before the injection.
    #[n(6)]
    pub screened: bool,
    /// Body temperature at screening, tenths of a degree Celsius.
    #[n(7)]
    pub temperature: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct DoseDeferred {
    #[n(0)]
    pub series: String,
    /// Code of `lists/deferral_reason.csv`.
    #[n(1)]
    pub reason: String,
    #[cbor(n(2), with = "tram_kernel::day::cbor")]
    pub until: Date,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct SeriesContraindicated {
    #[n(0)]
    pub series: String,
    /// Code of `lists/contraindication_reason.csv`.
    #[n(1)]
    pub reason: String,
}

/// Tetanus doses a woman had before, as her papers or she herself say. The last one told stands.
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TetanusTold {
    /// Doses of the basic course had as a child, boosters among them: 0, 3 or 4.
    #[n(0)]
    pub as_child: u8,
    /// Doses had as a woman that are not on the card.
    #[n(1)]
    pub doses: u8,
    /// The day of the last of them.
    #[cbor(n(2), with = "tram_kernel::day::cbor::option")]
    pub last: Option<Date>,
    /// Seen on paper, and not only told.
    #[n(3)]
    pub on_paper: bool,
}
