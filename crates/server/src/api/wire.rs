//! What goes over the wire: one type a shape, English snake_case keys, `"schema": 1` in every answer.

mod body;
mod condition;
mod form;
mod person;
mod programme;
mod value;

pub use body::{EnrolBody, FormBody, LeaveBody};
pub use form::{FormDefinition, Forms};
pub use person::{PersonCare, Record};
pub use programme::{DueList, ProgrammeDefinition, Programmes, RegisterList};
pub use value::instant;

/// The shape of the answers; raised when a key changes its meaning or goes.
pub const SCHEMA: u8 = 1;
