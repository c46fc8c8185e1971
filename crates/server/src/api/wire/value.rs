//! Small values: numbers kept in thousandths, answers, instants, where a rule comes from.

use serde::{Serialize, Serializer};
use tram_defs::phrase::Span;
use tram_defs::provenance::Provenance;
use tram_domain::fact::Value;
use tram_kernel::{Date, Moment, moment};
use utoipa::ToSchema;

/// A number kept in thousandths, written as people write it: `150`, `37.5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ToSchema)]
#[schema(value_type = f64)]
pub struct Decimal(pub i64);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0 % 1000 == 0 {
            return to.serialize_i64(self.0 / 1000);
        }
        // The nearest double prints as the decimal it came from.
        to.serialize_f64(self.0 as f64 / 1000.0)
    }
}

/// An answer or a measure: a number in the unit of its field, `true` or `false`, a code, several codes, a
/// day `YYYY-MM-DD`, words.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Answered {
    Number(Decimal),
    Yes(bool),
    Text(String),
    Codes(Vec<String>),
}

impl From<&Value> for Answered {
    fn from(value: &Value) -> Self {
        match value {
            Value::Number(n) => Self::Number(Decimal(*n)),
            Value::Yes(yes) => Self::Yes(*yes),
            Value::Code(text) | Value::Text(text) => Self::Text(text.clone()),
            Value::Codes(codes) => Self::Codes(codes.clone()),
            Value::Day(on) => Self::Text(on.to_string()),
        }
    }
}

/// A length of time: calendar months and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Length {
    months: i32,
    days: i32,
}

impl From<Span> for Length {
    fn from(span: Span) -> Self {
        Self { months: span.months, days: span.days }
    }
}

/// Where a definition comes from, from when it holds, how far it may be trusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Source {
    source: String,
    article: Option<String>,
    #[schema(format = Date)]
    valid_from: String,
    /// The last day on which it holds.
    #[schema(format = Date)]
    valid_to: Option<String>,
    /// `text`, `secondary` or `unverified`.
    confidence: &'static str,
    note: Option<String>,
}

impl From<&Provenance> for Source {
    fn from(of: &Provenance) -> Self {
        Self {
            source: of.source.clone(),
            article: of.article.clone(),
            valid_from: of.valid_from.to_string(),
            valid_to: of.valid_to.map(day_of),
            confidence: of.confidence.code(),
            note: of.note.clone(),
        }
    }
}

/// `2026-01-16`.
pub fn day_of(on: Date) -> String {
    on.to_string()
}

/// `2026-01-16T07:05:00+07:00`: the minute it lies in.
pub fn instant(at: Moment) -> String {
    format!("{}T{}:00+07:00", at.day(), moment::show_time(at.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_were_read() {
        for (thousandths, written) in
            [(150_000, "150"), (37_500, "37.5"), (36_600, "36.6"), (-700, "-0.7"), (3_125, "3.125")]
        {
            let text = serde_json::to_string(&Decimal(thousandths)).expect("JSON");
            assert_eq!(text, written);
        }
    }
}
