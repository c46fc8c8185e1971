//! Deeds: what users of the demo did, one by one, before it is decided and written down.
//!
//! A deed says what somebody wanted to record and when. Whether it may be recorded, and as which facts,
//! is decided by `domain` when the deed is carried out (`carry.rs`), as for any other user.

use super::calendar::{Day, date};
use tram_domain::fact::{
    DeathRecorded, DoseDeferred, Fact, FridgeRegistered, HouseholdRegistered, IdentifierRecorded,
    PersonChange, PregnancyNoted, SeriesContraindicated, StillbirthRecorded, Subject,
    TemperatureRead, TetanusTold,
};
use tram_domain::person::{NewBirth, NewPerson, NewResidence};
use tram_domain::programme::{Enrolment, EntryWish, Leaving};
use tram_domain::stock::{Delivery, Wish};
use tram_kernel::{FridgeId, HouseholdId, LotId, Moment, PersonId, Shard, UnitId, UserId};

/// A user in a role at a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct By {
    pub user: UserId,
    pub role: &'static str,
    pub unit: UnitId,
    /// The regional centre above the unit.
    pub centre: UnitId,
}

/// Everybody who does something in the demo. Deeds name them by number: there are many deeds.
pub(super) struct Cast {
    pub staff: Vec<By>,
}

/// Position in the cast; `None` is the operator.
pub(super) type Who = Option<u16>;

pub(super) struct Deed {
    pub at: Moment,
    pub by: Who,
    pub act: Act,
}

impl Cast {
    pub fn by(&self, who: Who) -> Option<By> {
        who.and_then(|number| self.staff.get(usize::from(number))).copied()
    }
}

/// What was done.
pub(super) enum Act {
    /// Units, villages, accounts: facts without a decision.
    Found(&'static str, Vec<Fact>),
    /// A household of the first list, with everybody in it.
    List(HouseholdId, Shard, Box<HouseholdRegistered>, Box<[NewPerson]>),
    /// Somebody moved in, perhaps known already under another record.
    Arrive(Option<NewHousehold>, Box<NewPerson>),
    Birth(PersonId, Box<(NewPerson, NewBirth)>),
    /// Doses copied from a card or given at a visit.
    Doses(PersonId, Vec<Visit>),
    Defer(PersonId, Day, Box<DoseDeferred>),
    Contraindicate(PersonId, Day, Box<SeriesContraindicated>),
    Pregnant(PersonId, Day, PregnancyNoted),
    /// What a woman says of tetanus doses before.
    Told(PersonId, Day, TetanusTold),
    Stillbirth(PersonId, Day, Box<StillbirthRecorded>),
    Death(PersonId, Day, Box<DeathRecorded>),
    MoveOut(PersonId, Day, &'static str, Option<Box<str>>),
    MoveWithin(PersonId, Box<NewResidence>, HouseholdId, &'static str),
    Join(PersonId, Day, HouseholdId, &'static str),
    /// New numbers; a temporary code ends with the first real one.
    Numbers(PersonId, Vec<IdentifierRecorded>),
    /// A household was looked through: confirmed, or one field of a member corrected.
    Review(Vec<(PersonId, Option<Box<PersonChange>>)>),
    /// Two users change one field without having seen each other's change.
    TwoMinds(PersonId, Box<(PersonChange, PersonChange)>, Who),
    /// A lot came in.
    Receive(Box<Delivery>),
    /// Something happened to a lot of the book.
    Lot(LotId, Box<Wish>),
    Fridge(FridgeId, Shard, FridgeRegistered),
    Reading(FridgeId, TemperatureRead),
    /// A reaction to the doses of a day, perhaps a severe one.
    Aefi(PersonId, Day, bool),
    /// Taken into a programme, seen there, let go.
    Enrol(PersonId, Box<Enrolment>),
    Entry(PersonId, Box<EntryWish>),
    Leave(PersonId, Box<Leaving>),
}

pub(super) type NewHousehold = (HouseholdId, Box<HouseholdRegistered>);

/// One day on which a child was given something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Visit {
    pub on: Day,
    pub doses: Vec<PlannedDose>,
}

/// A dose before it becomes the body of a fact.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct PlannedDose {
    /// Position among the vaccines of the definitions.
    pub vaccine: u16,
    pub minute: Option<u16>,
    pub has_lot: bool,
    pub giver: Giver,
}

/// Who gave a dose. The last three are elsewhere: copied from the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Giver {
    /// The station that writes it down.
    Station,
    /// The regional centre, where most children are born.
    Centre,
    OtherHospital,
    OtherStation,
    Clinic,
}

impl Giver {
    pub const fn elsewhere(self) -> Option<&'static str> {
        match self {
            Self::Station | Self::Centre => None,
            Self::OtherHospital => Some("Bệnh viện đa khoa tỉnh"),
            Self::OtherStation => Some("Trạm Y tế xã khác"),
            Self::Clinic => Some("Phòng tiêm chủng dịch vụ"),
        }
    }
}

impl Deed {
    /// Whose records this deed looks at or adds to, among those that were opened before it.
    pub fn subjects(&self) -> Vec<Subject> {
        match &self.act {
            Act::Found(_, facts) => facts.iter().map(|fact| fact.subject).collect(),
            Act::List(..) | Act::Arrive(..) => Vec::new(),
            Act::Review(seen) => seen.iter().map(|(person, _)| (*person).into()).collect(),
            Act::Receive(delivery) => vec![delivery.id().into()],
            Act::Lot(id, _) => vec![(*id).into()],
            Act::Fridge(id, ..) | Act::Reading(id, _) => vec![(*id).into()],
            Act::Aefi(id, ..)
            | Act::Enrol(id, _)
            | Act::Entry(id, _)
            | Act::Leave(id, _)
            | Act::Birth(id, _)
            | Act::Doses(id, _)
            | Act::Defer(id, ..)
            | Act::Contraindicate(id, ..)
            | Act::Pregnant(id, ..)
            | Act::Told(id, ..)
            | Act::Stillbirth(id, ..)
            | Act::Death(id, ..)
            | Act::MoveOut(id, ..)
            | Act::MoveWithin(id, ..)
            | Act::Join(id, ..)
            | Act::Numbers(id, _)
            | Act::TwoMinds(id, ..) => vec![(*id).into()],
        }
    }

    /// The order in which deeds are carried out: in time, then as planned.
    pub fn sort(deeds: &mut [Self]) {
        deeds.sort_by_key(|deed| deed.at);
    }
}

/// Lots change with the season and the place.
pub(super) fn lot(vaccine: &str, on: Day, giver: UnitId) -> String {
    let day = date(on);
    let letter = char::from(b'A' + (giver.as_u128() % 23) as u8);
    format!("{vaccine}-{:02}{}{letter}", day.year() % 100, day.month() / 2 + 1)
}
