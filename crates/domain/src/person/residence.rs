//! Where somebody lives and with whom, with history.

use super::On;
use crate::fact::{
    FactRef, HouseholdJoined, HouseholdLeft, ResidenceEnded, ResidenceKind, ResidenceStarted,
};
use tram_kernel::{AreaId, Date, HouseholdId};

/// Living in one area from a day until, not including, another.
#[derive(Debug, Clone, PartialEq)]
pub struct Residence {
    pub at: FactRef,
    pub area: AreaId,
    pub kind: ResidenceKind,
    pub from: Date,
    pub to: Option<Date>,
    pub reason: String,
    pub from_place: Option<String>,
    pub to_place: Option<String>,
    /// The fact that ended it, when something else than the next residence did.
    pub ended: Option<FactRef>,
}

impl Residence {
    /// Somebody came to live here: not born here, nor written down for the first time.
    pub fn is_move(&self) -> bool {
        !matches!(self.reason.as_str(), "birth" | "registered")
    }
}

/// Belonging to one household from a day until, not including, another.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    pub at: FactRef,
    pub household: HouseholdId,
    pub relation: String,
    pub from: Date,
    pub to: Option<Date>,
    /// The fact that ended it, when something else than the next household did.
    pub ended: Option<FactRef>,
}

pub(super) fn start(
    residences: &mut Vec<Residence>,
    at: FactRef,
    day: Date,
    body: &ResidenceStarted,
) {
    residences.push(Residence {
        at,
        area: body.area,
        kind: body.kind,
        from: day,
        to: None,
        reason: body.reason.clone(),
        from_place: body.from_place.clone(),
        to_place: None,
        ended: None,
    });
}

/// Puts residences in order of their days, whatever the order of recording: each ends when the next
/// starts, or on a recorded ending inside it. A stray ending changes nothing.
pub(super) fn settle(residences: &mut [Residence], endings: &[On<ResidenceEnded>]) {
    residences.sort_by_key(|r| (r.from, r.at));
    for index in 1..residences.len() {
        residences[index - 1].to = Some(residences[index].from);
    }
    for On { at, day, what } in endings {
        let running = residences
            .iter_mut()
            .rev()
            .find(|r| r.from <= *day && r.to.is_none_or(|to| *day <= to));
        if let Some(running) = running {
            running.to = Some(*day);
            running.to_place = what.to_place.clone();
            running.ended = Some(*at);
        }
    }
}

/// Puts memberships in order of their days: one household at a time.
pub(super) fn settle_memberships(memberships: &mut [Membership], endings: &[On<HouseholdLeft>]) {
    memberships.sort_by_key(|m| (m.from, m.at));
    for index in 1..memberships.len() {
        memberships[index - 1].to = Some(memberships[index].from);
    }
    for On { at, day, what } in endings {
        let running = memberships.iter_mut().rev().find(|m| {
            m.household == what.household && m.from <= *day && m.to.is_none_or(|to| *day <= to)
        });
        if let Some(running) = running {
            running.to = Some(*day);
            running.ended = Some(*at);
        }
    }
}

pub(super) fn join(
    memberships: &mut Vec<Membership>,
    at: FactRef,
    day: Date,
    body: &HouseholdJoined,
) {
    memberships.push(Membership {
        at,
        household: body.household,
        relation: body.relation.clone(),
        from: day,
        to: None,
        ended: None,
    });
}
