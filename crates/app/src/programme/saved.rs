//! What is answered when a form was saved, and kept under the key of the attempt: the same key again is
//! told the same.

use crate::person::{parse_ref, show_ref};
use serde::{Deserialize, Serialize};
use tram_domain::fact::{Body, Fact, FactRef};
use tram_kernel::Message;

/// What became of a form that was sent. No value of an answer stands here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// The entry that was written, when the action wrote one.
    pub entry: Option<FactRef>,
    /// Fields whose answers were kept; what the form did not ask of this person is left out.
    pub answered: Vec<String>,
    /// Something to do, as the definition says it.
    pub advice: Vec<String>,
    /// Keys of the warnings that were read and accepted.
    pub accepted: Vec<String>,
}

/// The same, as it lies beside the key.
#[derive(Serialize, Deserialize)]
struct Remembered {
    entry: Option<String>,
    answered: Vec<String>,
    advice: Vec<String>,
    accepted: Vec<String>,
}

impl Kept {
    /// What was decided, before it has a place in the log.
    pub(super) fn of(facts: &[Fact], warnings: &[Message], advice: Vec<String>) -> Self {
        let recorded = facts.iter().find_map(|fact| match &fact.body {
            Body::FormRecorded(body) => Some(body),
            _ => None,
        });
        let answers = recorded.map(|body| body.answers.as_slice()).unwrap_or_default();
        let answered = answers.iter().map(|answer| answer.field.clone()).collect();
        let accepted = warnings.iter().map(Message::key).collect();
        Self { entry: None, answered, advice, accepted }
    }

    pub(super) fn at(self, facts: &[Fact], refs: &[FactRef]) -> Self {
        let mut both = facts.iter().zip(refs);
        let entry = both.find(|(fact, _)| matches!(fact.body, Body::FormRecorded(_)));
        Self { entry: entry.map(|(_, at)| *at), ..self }
    }

    pub(super) fn remembered(&self) -> String {
        let Self { entry, answered, advice, accepted } = self.clone();
        let kept = Remembered { entry: entry.as_ref().map(show_ref), answered, advice, accepted };
        serde_json::to_string(&kept).expect("texts are JSON")
    }

    /// Nothing is told again of a save that an earlier program remembered in its own words.
    pub(super) fn recalled(text: &str) -> Self {
        let Ok(kept) = serde_json::from_str::<Remembered>(text) else { return Self::default() };
        let Remembered { entry, answered, advice, accepted } = kept;
        let entry = entry.as_deref().and_then(parse_ref);
        Self { entry, answered, advice, accepted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_kernel::NodeId;

    #[test]
    fn what_was_told_is_told_again() {
        let at = FactRef { node: NodeId::from_u128(7), epoch: 2, seq: 41, ordinal: 1 };
        let kept = Kept {
            entry: Some(at),
            answered: vec!["sbp".into(), "dbp".into()],
            advice: vec!["Chuyển tuyến \"ngay\"".into()],
            accepted: vec!["form-unusual:sbp".into()],
        };
        assert_eq!(Kept::recalled(&kept.remembered()), kept);
        assert_eq!(Kept::recalled("done"), Kept::default());
    }
}
