//! One field of a record with every value that nobody has superseded.

use crate::fact::FactRef;
use std::collections::HashSet;

/// A field: its heads in fold order. The last head is shown; more than one is a conflict.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<T> {
    heads: Vec<(FactRef, T)>,
    /// Values superseded by a change that had seen them, also ones not yet folded.
    superseded: HashSet<FactRef>,
    /// Superseded values, oldest first, for the history.
    past: Vec<(FactRef, T)>,
}

impl<T: Clone + PartialEq> Field<T> {
    pub fn new(at: FactRef, value: T) -> Self {
        Self { heads: vec![(at, value)], superseded: HashSet::new(), past: Vec::new() }
    }

    /// A new value whose author had seen `seen`. Everything seen is superseded, whatever the order
    /// in which the facts arrive; what was not seen stays beside it.
    pub fn amend(&mut self, at: FactRef, value: T, seen: &[FactRef]) {
        self.superseded.extend(seen);
        let (kept, past) =
            self.heads.drain(..).partition(|(head, _)| !self.superseded.contains(head));
        self.heads = kept;
        self.past.extend::<Vec<_>>(past);
        if self.superseded.contains(&at) {
            self.past.push((at, value));
        } else {
            self.heads.push((at, value));
        }
    }

    /// Values that no longer count, also ones not yet folded.
    pub(super) fn set_aside(&mut self, facts: &HashSet<FactRef>) {
        self.superseded.extend(facts);
        let (kept, past) =
            self.heads.drain(..).partition(|(head, _)| !self.superseded.contains(head));
        self.heads = kept;
        self.past.extend::<Vec<_>>(past);
    }

    /// The value shown: the last one recorded.
    pub fn shown(&self) -> &T {
        let last = self.heads.last().or(self.past.last());
        &last.expect("a field starts with a value").1
    }

    /// All values that stand, with the facts that say so.
    pub fn heads(&self) -> &[(FactRef, T)] {
        &self.heads
    }

    /// What an editor of this field is looking at: goes back in `seen`.
    pub fn seen(&self) -> Vec<FactRef> {
        self.heads.iter().map(|(at, _)| *at).collect()
    }

    pub fn past(&self) -> &[(FactRef, T)] {
        &self.past
    }

    /// Several standing values that differ.
    pub fn is_conflict(&self) -> bool {
        self.heads.iter().any(|(_, value)| value != &self.heads[0].1)
    }
}

impl super::Person {
    /// Names of the fields that hold several values nobody has yet decided between.
    pub fn conflicts(&self) -> Vec<&'static str> {
        let mut fields = Vec::new();
        let mut note = |code, conflict| {
            if conflict {
                fields.push(code);
            }
        };
        note("name", self.name.is_conflict());
        note("sex", self.sex.is_conflict());
        note("born", self.born.is_conflict());
        note("ethnicity", self.ethnicity.is_conflict());
        note("occupation", self.occupation.is_conflict());
        note("phone", self.phone.is_conflict());
        note("mother", self.mother.is_conflict());
        fields
    }
}
