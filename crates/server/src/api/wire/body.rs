//! What is sent to be written. Days and codes are texts here; what they must be is told by key.

use crate::api::answers::Answers;
use serde::Deserialize;
use utoipa::ToSchema;

/// A form that was filled in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FormBody {
    /// The day it was filled in for.
    #[schema(required = true, value_type = String, format = Date)]
    pub on: Option<String>,
    /// The programme it is a visit of.
    pub programme: Option<String>,
    /// The `id` of the entry it corrects.
    pub replaces: Option<String>,
    #[serde(default)]
    pub answers: Answers,
    /// Keys of the warnings that were read and accepted.
    #[serde(default)]
    pub accept: Vec<String>,
}

/// Somebody taken in.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolBody {
    #[schema(required = true, value_type = String, format = Date)]
    pub on: Option<String>,
    /// A code of the programme's `sources`.
    pub source: Option<String>,
    pub note: Option<String>,
    /// Of the form of the enrolment, when the programme has one.
    #[serde(default)]
    pub answers: Answers,
    #[serde(default)]
    pub accept: Vec<String>,
}

/// Somebody let go.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveBody {
    #[schema(required = true, value_type = String, format = Date)]
    pub on: Option<String>,
    /// A code of the programme's `outcomes`.
    #[schema(required = true, value_type = String)]
    pub outcome: Option<String>,
    pub note: Option<String>,
    #[serde(default)]
    pub accept: Vec<String>,
}
