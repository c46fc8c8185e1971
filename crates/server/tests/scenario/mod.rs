//! Telling a scenario: the words of a story, and the stage on which it happens.

mod act;
mod care;
mod count;
mod look;
mod many;
pub mod stage;
pub mod story;
