//! What phrases about forms and programmes may name, and in which compartment that lies.

use super::Known;
use crate::finding::unknown_word;
use crate::form::Kind;
use crate::phrase::{Answer, Follow, Phrase};
use tram_kernel::{Compartment, Message};

impl Known<'_> {
    /// Where what a phrase asks lies.
    pub(super) fn compartment_of(&self, phrase: &Phrase) -> Compartment {
        let Phrase::Follow(follow) = phrase else { return Compartment::General };
        let found = match follow {
            Follow::Enrolled { programme, .. }
            | Follow::Joined { programme, .. }
            | Follow::Left { programme, .. }
            | Follow::Mistaken { programme, .. }
            | Follow::Followed { programme, .. }
            | Follow::Into { programme }
            | Follow::OutOf { programme, .. } => {
                let of = self.programmes.iter().filter(|p| p.code == *programme);
                of.map(|p| p.compartment).max()
            }
            Follow::Entry { form, .. } | Follow::Entries { form, .. } | Follow::Of { form } => {
                self.forms.iter().filter(|f| f.code == *form).map(|f| f.compartment).max()
            }
            // A measure lies where the form lies that is most closed among those that ask it.
            Follow::Measured { measure, .. }
            | Follow::LastIs { measure, .. }
            | Follow::Had { measure, .. }
            | Follow::LastNumber { measure, .. }
            | Follow::Answer { measure, .. } => {
                let asks = self.forms.iter().filter(|f| f.measures().any(|m| m == measure));
                asks.map(|f| f.compartment).min()
            }
        };
        found.unwrap_or(Compartment::General)
    }

    /// The word of a phrase that names nothing, with its nearest neighbour.
    pub(super) fn unknown_follow(&self, follow: &Follow) -> Option<Message> {
        let named = |kind: &'static str, word: &str, known: Vec<&str>| {
            (!known.contains(&word)).then(|| unknown_word(kind, word, known))
        };
        let programme = |code: &str| {
            named("programme", code, self.programmes.iter().map(|p| p.code.as_str()).collect())
        };
        let measure = |code: &str| {
            named("measure", code, self.measures.iter().map(|m| m.code.as_str()).collect())
        };
        let is_number = |code: &str| {
            let kind = self.measures.iter().find(|m| m.code == code).map(|m| &m.kind);
            let is_number = matches!(kind, Some(Kind::Number(_)));
            (!is_number).then(|| Message::new("def-not-a-condition").with("word", code))
        };
        let choices = |code: &str, codes: &[String]| {
            let kind = self.measures.iter().find(|m| m.code == code).map(|m| &m.kind);
            let known: Vec<&str> = match kind {
                Some(Kind::Choice(choices)) => choices.iter().map(|c| c.code.as_str()).collect(),
                Some(Kind::YesNo) => vec!["yes", "no"],
                _ => Vec::new(),
            };
            codes.iter().find_map(|word| named("choice", word, known.clone()))
        };
        let form =
            |code: &str| named("form", code, self.forms.iter().map(|f| f.code.as_str()).collect());
        match follow {
            Follow::Enrolled { programme: code, .. }
            | Follow::Joined { programme: code, .. }
            | Follow::Mistaken { programme: code, .. }
            | Follow::Followed { programme: code, .. }
            | Follow::Into { programme: code } => programme(code),
            Follow::Left { programme: code, outcomes: left, .. }
            | Follow::OutOf { programme: code, outcomes: left } => programme(code).or_else(|| {
                let of = self.programmes.iter().filter(|p| p.code == *code);
                let outcomes = of.flat_map(|p| &p.outcomes).map(|o| o.code.as_str());
                let known: Vec<&str> = outcomes.chain(["died"]).collect();
                left.iter().find_map(|word| named("outcome", word, known.clone()))
            }),
            Follow::Entry { form: code, .. }
            | Follow::Entries { form: code, .. }
            | Follow::Of { form: code } => form(code),
            Follow::Measured { measure: code, .. }
            | Follow::Answer { measure: code, is: Answer::Known } => measure(code),
            Follow::LastNumber { measure: code, .. }
            | Follow::Answer { measure: code, is: Answer::Number { .. } } => {
                measure(code).or_else(|| is_number(code))
            }
            Follow::LastIs { measure: code, codes, .. }
            | Follow::Had { measure: code, codes, .. }
            | Follow::Answer { measure: code, is: Answer::OneOf(codes) } => {
                measure(code).or_else(|| choices(code, codes))
            }
        }
    }
}
