//! Telling a scenario: the words of a story, and the stage on which it happens.

mod look;
pub mod stage;
pub mod story;
