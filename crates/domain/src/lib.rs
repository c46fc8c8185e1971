//! The rules.
pub mod fact;
