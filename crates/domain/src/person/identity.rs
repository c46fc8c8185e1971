//! The numbers a person holds and held.

use crate::fact::{FactRef, IdentifierEnded, IdentifierRecorded};
use tram_kernel::Date;
use tram_kernel::identifier::{Identifier, IdentifierKind};

/// A number with the days on which it is theirs.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldIdentifier {
    pub at: FactRef,
    pub identifier: Identifier,
    pub from: Option<Date>,
    /// Last day of validity (cards expire; ended numbers end the day before).
    pub to: Option<Date>,
    pub ended: bool,
}

impl HeldIdentifier {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    pub fn is_insurance(&self) -> bool {
        matches!(
            self.identifier.kind(),
            IdentifierKind::InsuranceCard | IdentifierKind::SocialInsurance
        )
    }
}

/// The same number with the same start again is a renewal of its end, not a second number.
pub(super) fn record(held: &mut Vec<HeldIdentifier>, at: FactRef, body: &IdentifierRecorded) {
    let same = held
        .iter_mut()
        .find(|h| h.identifier == body.identifier && h.from == body.from && !h.ended);
    match same {
        Some(same) => {
            same.to = body.to;
            same.at = at;
        }
        None => held.push(HeldIdentifier {
            at,
            identifier: body.identifier.clone(),
            from: body.from,
            to: body.to,
            ended: false,
        }),
    }
}

pub(super) fn end(held: &mut [HeldIdentifier], body: &IdentifierEnded, on: Date) {
    let last = tram_kernel::day::add_days(on, -1);
    for h in held.iter_mut().filter(|h| h.identifier == body.identifier) {
        h.to = Some(h.to.map_or(last, |to| to.min(last)));
        h.ended = true;
    }
}
