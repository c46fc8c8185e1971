//! Telling a scenario: the words of a story, and the stage on which it happens.

mod act;
mod card;
mod care;
mod change;
mod count;
mod link;
mod look;
mod many;
mod people;
mod programme;
pub mod stage;
mod store;
pub mod story;
mod vaccination;
