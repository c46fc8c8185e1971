//! The rules: facts in, decisions and projections out.
//!
//! **Architecture invariant:** no clock, no database, no file, no randomness, no async, no logging.
//! `today` is an argument. Names of programmes here are the same as in `definitions/`, `store` and
//! `server`.

pub mod authority;
pub mod calendar;
pub mod card;
pub mod cold_chain;
pub mod fact;
pub mod form;
pub mod growth;
pub mod household;
pub mod immunisation;
pub mod indicator;
pub mod likeness;
pub mod person;
pub mod plan;
pub mod pregnancy;
pub mod programme;
pub mod roster;
pub mod search;
pub mod stock;
pub mod undo;
pub mod unit;
pub mod user;
