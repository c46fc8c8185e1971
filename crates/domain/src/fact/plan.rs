//! Facts about a plan and its targets. Numbers in `#[n(…)]` are for ever.

use minicbor::{Decode, Encode};
use tram_kernel::UnitId;

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct PlanRegistered {
    #[n(0)]
    pub title: String,
    #[n(1)]
    pub number: Option<String>,
    #[n(2)]
    pub year: i16,
    /// The unit whose plan it is.
    #[n(3)]
    pub unit: UnitId,
    /// Where the text can be read, with line numbers of the targets.
    #[n(4)]
    pub source: Option<String>,
}

/// How an actual value is held against the target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Comparator {
    #[n(0)]
    AtLeast,
    #[n(1)]
    MoreThan,
    #[n(2)]
    AtMost,
    #[n(3)]
    LessThan,
    #[n(4)]
    Equal,
    #[n(5)]
    Between,
    /// Must not fall below the baseline.
    #[n(6)]
    Maintain,
    /// A change per year, not a level.
    #[n(7)]
    ChangePerYear,
    /// Reached or not.
    #[n(8)]
    Milestone,
    /// Must not happen.
    #[n(9)]
    NoEvent,
}

impl Comparator {
    pub const ALL: [Self; 10] = [
        Self::AtLeast,
        Self::MoreThan,
        Self::AtMost,
        Self::LessThan,
        Self::Equal,
        Self::Between,
        Self::Maintain,
        Self::ChangePerYear,
        Self::Milestone,
        Self::NoEvent,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::AtLeast => "at_least",
            Self::MoreThan => "more_than",
            Self::AtMost => "at_most",
            Self::LessThan => "less_than",
            Self::Equal => "equal",
            Self::Between => "between",
            Self::Maintain => "maintain",
            Self::ChangePerYear => "change_per_year",
            Self::Milestone => "milestone",
            Self::NoEvent => "no_event",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.code() == code)
    }
}

/// One row of a plan's target table. Values are in thousandths of the unit (95 % = 95 000).
#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TargetSet {
    /// Number of the row inside the plan; setting a row again replaces it.
    #[n(0)]
    pub row: u16,
    #[n(1)]
    pub group: Option<String>,
    /// The wording of the plan.
    #[n(2)]
    pub name: String,
    /// Code of the indicator that answers it; `None` when none does yet.
    #[n(3)]
    pub indicator: Option<String>,
    /// Unit as the plan writes it: percent, per_mille, per_10k, per_100k, per_hundred, count.
    #[n(4)]
    pub unit: String,
    #[n(5)]
    pub comparator: Comparator,
    #[n(6)]
    pub value: Option<i64>,
    /// Upper end of a range.
    #[n(7)]
    pub value2: Option<i64>,
    #[n(8)]
    pub baseline: Option<i64>,
    #[n(9)]
    pub baseline_year: Option<i16>,
    /// "phấn đấu": strive for.
    #[n(10)]
    pub soft: bool,
    /// Line of the plan's text.
    #[n(11)]
    pub line: Option<u32>,
    #[n(12)]
    pub note: Option<String>,
    /// What the plan's number means when its unit was wrong, confirmed by a person.
    #[n(13)]
    pub correction: Option<String>,
    /// Values on the way, by year or quarter, in order.
    #[n(14)]
    pub trajectory: Option<Vec<TargetStep>>,
    /// Nested: the value is the share of units that reach this each.
    #[n(15)]
    pub each: Option<EachUnit>,
}

/// What is to be reached at the end of a period, in thousandths of the unit of the target.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TargetStep {
    /// `2026-Q1`, `2026`.
    #[n(0)]
    pub period: String,
    #[n(1)]
    pub value: i64,
}

/// The inner threshold of a nested target, in thousandths of the unit of the indicator.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct EachUnit {
    #[n(0)]
    pub comparator: Comparator,
    #[n(1)]
    pub value: i64,
}

#[derive(Debug, Clone, PartialEq, Encode, Decode)]
#[cbor(array)]
pub struct TargetWithdrawn {
    #[n(0)]
    pub row: u16,
    #[n(1)]
    pub reason: String,
}

/// What a target has come to on `happened_on`, where no indicator answers it. Saying it again for the same
/// day replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(array)]
pub struct TargetReported {
    #[n(0)]
    pub row: u16,
    /// In thousandths of the unit of the target; a milestone is 1 when reached and 0 when not; of what must
    /// not happen, how often it did.
    #[n(1)]
    pub value: i64,
    /// Where the value comes from, in words.
    #[n(2)]
    pub source: Option<String>,
}
