//! Conditions of definitions, as another program can evaluate them.

use super::value::{Decimal, Length};
use serde::Serialize;
use tram_defs::form as defs;
use tram_defs::phrase::Compare;
use utoipa::ToSchema;

/// One condition; lists of them are "and". A question nobody answered fulfils only `unknown`.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "asks", rename_all = "snake_case")]
pub enum Condition {
    /// The age on the day of the entry.
    Age {
        is: Comparison,
        length: Length,
    },
    /// `m` or `f`.
    Sex {
        is: &'static str,
    },
    /// Whether the birth date is known to the day.
    BirthDay {
        known: bool,
    },
    /// The answer is one of these codes; `yes` and `no` of a yes-or-no question.
    Code {
        field: String,
        any_of: Vec<String>,
    },
    Number {
        field: String,
        is: Comparison,
        than: Decimal,
    },
    /// Two numbers against each other.
    Fields {
        field: String,
        is: Comparison,
        than: String,
    },
    Known {
        field: String,
    },
    Unknown {
        field: String,
    },
    /// She carries a child on the day of the entry.
    Pregnant,
    /// She carries more than one.
    Multiple,
    /// How far the pregnancy is.
    Gestation {
        is: Comparison,
        length: Length,
    },
    /// She gave birth at most so long before.
    Delivered {
        within: Length,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum Comparison {
    #[serde(rename = "<")]
    Less,
    #[serde(rename = ">=")]
    AtLeast,
}

impl From<Compare> for Comparison {
    fn from(compare: Compare) -> Self {
        match compare {
            Compare::Less => Self::Less,
            Compare::AtLeast => Self::AtLeast,
        }
    }
}

impl From<&defs::Condition> for Condition {
    fn from(condition: &defs::Condition) -> Self {
        use defs::Condition as Of;
        match condition {
            Of::Age { compare, span } => {
                Self::Age { is: (*compare).into(), length: (*span).into() }
            }
            Of::Sex(sex) => Self::Sex { is: sex.code() },
            Of::BirthDay { is_known } => Self::BirthDay { known: *is_known },
            Of::In { field, codes } => Self::Code { field: field.clone(), any_of: codes.clone() },
            Of::Number { field, compare, than } => {
                Self::Number { field: field.clone(), is: (*compare).into(), than: Decimal(*than) }
            }
            Of::Fields { left, compare, right } => {
                Self::Fields { field: left.clone(), is: (*compare).into(), than: right.clone() }
            }
            Of::Known(field) => Self::Known { field: field.clone() },
            Of::Unknown(field) => Self::Unknown { field: field.clone() },
            Of::Pregnant => Self::Pregnant,
            Of::Multiple => Self::Multiple,
            Of::Gestation { compare, span } => {
                Self::Gestation { is: (*compare).into(), length: (*span).into() }
            }
            Of::Delivered { within } => Self::Delivered { within: (*within).into() },
        }
    }
}

/// All of these must hold.
pub fn all(conditions: &[defs::Condition]) -> Vec<Condition> {
    conditions.iter().map(Condition::from).collect()
}
