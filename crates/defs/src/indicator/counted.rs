//! What can be counted, and which phrases make sense of it.

use crate::phrase::{Anchor, Follow, Phrase};
use serde::Deserialize;

/// What is being counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// People, each once, in the area where they live.
    Person,
    /// Births that happened in the period, in the area of the birth's residence.
    Birth,
    /// Deaths that happened in the period.
    Death,
    /// Women who gave birth in the period, to a child born alive or dead.
    Delivery,
    /// Households, each once in every area where a member of it lives.
    Household,
    /// People who came to live in the area in the period, from another commune or from outside.
    Arrival,
    /// People who left to live in another commune or outside, in the period.
    Departure,
    /// Entries of a form made in the period, in the area where the person lived then.
    Entry,
    /// Enrolments into a programme in the period, in the area where the person lived then. One that proved a
    /// mistake is none.
    Enrolment,
    /// Leavings of a programme in the period, in the area where the person had lived until then. One for a
    /// mistake is none.
    Leaving,
}

impl Counted {
    /// What is counted is people with an age and a sex, on a day of the period.
    pub const fn is_people(self) -> bool {
        matches!(self, Self::Person | Self::Arrival | Self::Departure)
    }

    /// What happened is told by forms and programmes.
    pub const fn is_followed(self) -> bool {
        matches!(self, Self::Entry | Self::Enrolment | Self::Leaving)
    }

    /// What is counted is there on a day, and did not happen in a stretch of time.
    pub const fn is_state(self) -> bool {
        matches!(self, Self::Person | Self::Household)
    }
}

pub(super) const fn count_code(count: Counted) -> &'static str {
    match count {
        Counted::Person => "person",
        Counted::Birth => "birth",
        Counted::Death => "death",
        Counted::Delivery => "delivery",
        Counted::Household => "household",
        Counted::Arrival => "arrival",
        Counted::Departure => "departure",
        Counted::Entry => "entry",
        Counted::Enrolment => "enrolment",
        Counted::Leaving => "leaving",
    }
}

/// Which phrases make sense of what: asking the birth order of a death is an error at load.
pub(super) fn may_ask(count: Counted, phrase: &Phrase) -> bool {
    match phrase {
        Phrase::Sex(_) => count != Counted::Household,
        Phrase::BornAlive
        | Phrase::Stillborn
        | Phrase::BirthOrder { .. }
        | Phrase::BirthPlaceKnown
        | Phrase::BirthPlaceIn(_)
        | Phrase::Weighed
        | Phrase::Weight { .. } => count == Counted::Birth,
        Phrase::AgeAtEvent { .. } => {
            matches!(count, Counted::Death | Counted::Delivery) || count.is_followed()
        }
        Phrase::Follow(follow) => may_follow(count, follow),
        Phrase::TetanusProtected => count == Counted::Delivery,
        Phrase::MilestoneEver(_) => matches!(count, Counted::Person | Counted::Birth),
        Phrase::Resident(_) => count.is_state(),
        Phrase::Poverty { .. } => count == Counted::Household,
        Phrase::Age { .. } => count.is_people(),
        _ => count == Counted::Person,
    }
}

/// Says of which form or programme the event is.
pub(super) const fn names_event(follow: &Follow) -> bool {
    matches!(follow, Follow::Of { .. } | Follow::Into { .. } | Follow::OutOf { .. })
}

fn may_follow(count: Counted, follow: &Follow) -> bool {
    match (follow, follow.anchor()) {
        _ if follow.is_of_delivery() => count == Counted::Delivery,
        (Follow::Followed { .. }, _) => false,
        (Follow::Of { .. } | Follow::Answer { .. }, _) => count == Counted::Entry,
        (Follow::Into { .. }, _) => count == Counted::Enrolment,
        (Follow::OutOf { .. }, _) => count == Counted::Leaving,
        (_, Some(Anchor::Event)) => count.is_followed() || count == Counted::Delivery,
        _ => count == Counted::Person || count.is_followed(),
    }
}
