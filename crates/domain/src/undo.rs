//! Taking one user action back at once, by whoever did it: all its facts or none.
//!
//! ```text
//! action ─ facts ─► later facts about the same one that stand? ─ yes ─► refused: others build on it
//!                                                              └ no ──► one FactRetracted a fact
//! ```

use crate::fact::{Body, Fact, FactRef, FactRetracted, Logged};
use std::collections::HashSet;
use tram_kernel::{Date, Message};

/// Why an action is not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something of it was taken back before.
    #[error("taken back before")]
    Already,
    /// Something was written later about the same one.
    #[error("others build on it")]
    BuiltOn,
}

impl Refusal {
    pub const fn message(self) -> Message {
        Message::new(match self {
            Self::Already => "undo-already",
            Self::BuiltOn => "undo-built-on",
        })
    }
}

/// Whether a fact opens a record: without it the record is not there.
pub const fn is_opening(body: &Body) -> bool {
    matches!(
        body,
        Body::PersonRegistered(_) | Body::HouseholdRegistered(_) | Body::LotRegistered(_)
    )
}

/// What takes an action back on one of those it was about. `all` are their facts, `is_of_it` says which
/// belong to the action.
pub fn undo(
    all: &[Logged],
    is_of_it: impl Fn(&FactRef) -> bool,
    reason: &str,
    today: Date,
) -> Result<Vec<Fact>, Refusal> {
    let retracted: HashSet<FactRef> = all
        .iter()
        .filter_map(|known| match &known.fact.body {
            Body::FactRetracted(body) => Some(body.what),
            _ => None,
        })
        .collect();
    let ours: Vec<&Logged> = all.iter().filter(|known| is_of_it(&known.at)).collect();
    if ours.iter().any(|known| retracted.contains(&known.at)) {
        return Err(Refusal::Already);
    }
    let last = ours.iter().map(|known| known.order()).max();
    let builds_on = |known: &&Logged| {
        let is_taking_back = matches!(known.fact.body, Body::FactRetracted(_));
        !is_of_it(&known.at) && !is_taking_back && !retracted.contains(&known.at)
    };
    if all.iter().filter(builds_on).any(|known| Some(known.order()) > last) {
        return Err(Refusal::BuiltOn);
    }
    let facts = ours.into_iter().map(|known| {
        let body = FactRetracted { what: known.at, reason: reason.to_owned() };
        Fact::new(known.fact.subject, known.fact.shard, today, body.into())
    });
    Ok(facts.collect())
}
