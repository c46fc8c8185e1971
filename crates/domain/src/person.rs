//! One citizen's record: the facts about a person folded into what is known now, and what may be
//! written next.
//!
//! ```text
//! facts (any order of arrival) ─► sort by (recorded, name) ─► retractions out ─► Person
//! Person + what a nurse wants ─► decide ─► Draft facts, or a Refusal
//! ```
//!
//! **Conflicts are found by causality, never by clocks.** An amendment names the values its author had
//! seen; a value is superseded only by a change that had seen it. Two changes that had not seen each
//! other both stay, and the record says so.
//!
//! **Architecture invariant:** folding never fails and never drops a fact; what contradicts something
//! is kept and shown.

mod amend;
mod delivery;
mod field;
mod identity;
pub mod link;
mod residence;
#[cfg(test)]
mod tests;

pub(crate) mod life;
mod refusal;
mod register;

pub use amend::{amend, end_identifier, record_identifier, retract};
pub use field::Field;
pub use identity::HeldIdentifier;
pub use life::{join_household, move_out, move_to, record_death, record_stillbirth};
pub use link::Link;
pub use refusal::{Decided, Refusal, Warning};
pub(crate) use register::check_mother;
pub use register::{
    NewBirth, NewPerson, NewResidence, register, register_birth, temporary_identifier,
};
pub use residence::{Membership, Residence};

use crate::fact::{
    AefiConcluded, AefiFollowed, AefiReported, Body, DoseDeferred, DoseGiven, FactRef,
    HouseholdLeft, Logged, PersonChange, PersonLinked, PersonRegistered, PregnancyOutcome,
    ResidenceEnded, SeriesContraindicated, StillbirthRecorded, Subject, TetanusTold,
};
use crate::immunisation::Aefi;
use crate::pregnancy::Pregnancy;
use crate::programme::Followed;
use std::collections::{BTreeSet, HashSet};
use tram_kernel::{AreaId, BirthDate, Compartment, Date, Moment, PersonId, Sex, Shard, UserId};

/// A birth date with the minute, when it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Born {
    pub date: BirthDate,
    pub minute: Option<u16>,
}

/// The mother as a record, or only as a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mother {
    pub id: Option<PersonId>,
    pub name: Option<String>,
}

/// The live birth as recorded on the child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Birth {
    pub at: FactRef,
    pub order: Option<u8>,
    pub place: Option<String>,
    pub weight_grams: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Death {
    pub at: FactRef,
    pub on: Date,
    pub minute: Option<u16>,
    pub place: Option<String>,
    pub cause: Option<String>,
}

/// Something that happened on a day, with the name of the fact that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct On<T> {
    pub at: FactRef,
    pub day: Date,
    pub what: T,
}

/// What is known of one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: PersonId,
    pub shard: Shard,
    pub registered_on: Date,
    pub registered_at: Moment,
    pub registered_by: Option<UserId>,
    /// The fact that opened the record.
    pub opened: FactRef,
    pub name: Field<String>,
    pub sex: Field<Sex>,
    pub born: Field<Born>,
    pub ethnicity: Field<Option<String>>,
    pub occupation: Field<Option<String>>,
    pub phone: Field<Option<String>>,
    pub mother: Field<Mother>,
    pub identifiers: Vec<HeldIdentifier>,
    pub residences: Vec<Residence>,
    pub memberships: Vec<Membership>,
    pub birth: Option<Birth>,
    pub stillbirths: Vec<On<StillbirthRecorded>>,
    pub pregnancies: Vec<Pregnancy>,
    /// Days on which she gave birth, each once, however many children there were.
    pub deliveries: BTreeSet<Date>,
    pub death: Option<Death>,
    /// Doses as given, by day and minute.
    pub doses: Vec<On<DoseGiven>>,
    pub deferrals: Vec<On<DoseDeferred>>,
    pub contraindications: Vec<On<SeriesContraindicated>>,
    /// What is told of tetanus doses had before; the last one told stands.
    pub tetanus: Option<On<TetanusTold>>,
    /// Adverse events following immunisation, by the day they began.
    pub aefi: Vec<Aefi>,
    /// Entries of forms, and what programmes follow the person.
    pub followed: Followed,
    /// Days on which the person was seen or the record confirmed.
    pub contacts: BTreeSet<Date>,
    /// Facts that were entered by mistake and no longer count.
    pub retracted: HashSet<FactRef>,
    /// Other records of this person that are read as part of this one.
    pub links: Vec<Link>,
    /// Facts that a link sets aside: they say again what is said here, or were found wrong.
    pub aside: HashSet<FactRef>,
    /// Records that look alike and were found to be of somebody else.
    pub distinct: BTreeSet<PersonId>,
}

/// Endings wait until all beginnings are known: they may be recorded in any order.
#[derive(Default)]
struct Endings {
    residence: Vec<On<ResidenceEnded>>,
    household: Vec<On<HouseholdLeft>>,
    /// What was written later about an adverse event.
    followed: Vec<On<AefiFollowed>>,
    reported: Vec<On<AefiReported>>,
    concluded: Vec<On<AefiConcluded>>,
}

impl Person {
    /// Folds the facts about one person, those of records linked to `id` among them. `None` when no
    /// registration is there.
    pub fn fold(id: PersonId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let retracted: HashSet<FactRef> = sorted
            .iter()
            .filter_map(|known| match &known.fact.body {
                Body::FactRetracted(retraction) => Some(retraction.what),
                _ => None,
            })
            .collect();
        sorted.retain(|known| !retracted.contains(&known.at));
        let registrations = || {
            sorted.iter().filter_map(|known| match &known.fact.body {
                Body::PersonRegistered(body) => Some((*known, body)),
                _ => None,
            })
        };
        let own = registrations().find(|(known, _)| known.fact.subject == id.into());
        let (opened, body) = own.or_else(|| registrations().next())?;
        let at = opened.at;
        let mut person = Self {
            id,
            shard: opened.fact.shard,
            registered_on: opened.fact.happened_on,
            registered_at: opened.recorded_at,
            registered_by: opened.by,
            opened: at,
            name: Field::new(at, body.name.clone()),
            sex: Field::new(at, body.sex),
            born: Field::new(at, Born { date: body.born, minute: body.born_minute }),
            ethnicity: Field::new(at, body.ethnicity.clone()),
            occupation: Field::new(at, body.occupation.clone()),
            phone: Field::new(at, body.phone.clone()),
            mother: Field::new(at, Mother { id: body.mother, name: body.mother_name.clone() }),
            identifiers: Vec::new(),
            residences: Vec::new(),
            memberships: Vec::new(),
            birth: None,
            stillbirths: Vec::new(),
            pregnancies: Vec::new(),
            deliveries: BTreeSet::new(),
            death: None,
            doses: Vec::new(),
            deferrals: Vec::new(),
            contraindications: Vec::new(),
            tetanus: None,
            aefi: Vec::new(),
            followed: Followed::default(),
            contacts: BTreeSet::from([opened.fact.happened_on]),
            retracted,
            links: Vec::new(),
            aside: HashSet::new(),
            distinct: BTreeSet::new(),
        };
        person.set_aside(&sorted);
        let mut endings = Endings::default();
        for known in sorted {
            person.apply(known, &mut endings);
        }
        person.settle(endings);
        Some(person)
    }

    /// What the links among the facts set aside counts for nothing, whenever it was recorded.
    fn set_aside(&mut self, sorted: &[&Logged]) {
        for known in sorted {
            if let Body::PersonLinked(body) = &known.fact.body {
                self.aside.extend(&body.set_aside);
            }
        }
        if self.aside.is_empty() {
            return;
        }
        self.name.set_aside(&self.aside);
        self.sex.set_aside(&self.aside);
        self.born.set_aside(&self.aside);
        self.ethnicity.set_aside(&self.aside);
        self.occupation.set_aside(&self.aside);
        self.phone.set_aside(&self.aside);
        self.mother.set_aside(&self.aside);
    }

    fn apply(&mut self, known: &Logged, endings: &mut Endings) {
        let (at, day) = (known.at, known.fact.happened_on);
        match &known.fact.body {
            Body::PersonRegistered(body) => self.add_registration(known, body),
            Body::PersonAmended(body) => {
                self.contacts.insert(day);
                self.amend(at, &body.change, &body.seen);
            }
            Body::PersonLinked(body) => self.add_link(known, body),
            Body::PersonsDistinct(body) => {
                self.distinct.insert(body.other);
            }
            _ if self.aside.contains(&at) => {}
            Body::IdentifierRecorded(body) => identity::record(&mut self.identifiers, at, body),
            Body::IdentifierEnded(body) => identity::end(&mut self.identifiers, body, day),
            Body::ResidenceStarted(body) => residence::start(&mut self.residences, at, day, body),
            Body::ResidenceEnded(body) => {
                endings.residence.push(On { at, day, what: body.clone() });
            }
            Body::HouseholdJoined(body) => residence::join(&mut self.memberships, at, day, body),
            Body::HouseholdLeft(body) => {
                endings.household.push(On { at, day, what: body.clone() });
            }
            Body::BirthRecorded(body) => {
                self.birth = Some(Birth {
                    at,
                    order: body.order,
                    place: body.place.clone(),
                    weight_grams: body.weight_grams,
                });
            }
            Body::StillbirthRecorded(body) => {
                self.delivered(day);
                self.stillbirths.push(On { at, day, what: body.clone() });
            }
            Body::PregnancyNoted(body) => {
                self.contacts.insert(day);
                self.pregnancy_told(On { at, day, what: body.clone() });
            }
            Body::PregnancyEnded(body) => {
                if body.outcome != PregnancyOutcome::Loss {
                    self.delivered(day);
                }
                let mut latest = self.pregnancies.iter_mut().rev();
                if let Some(open) = latest.find(|p| p.ended.is_none() && p.noted.day <= day) {
                    (open.ended, open.outcome) = (Some(day), Some(body.outcome));
                }
            }
            Body::DeathRecorded(body) => {
                self.death = Some(Death {
                    at,
                    on: day,
                    minute: body.minute,
                    place: body.place.clone(),
                    cause: body.cause.clone(),
                });
            }
            Body::DoseGiven(body) => {
                self.contacts.insert(day);
                self.doses.push(On { at, day, what: body.clone() });
            }
            Body::DoseDeferred(body) => {
                self.contacts.insert(day);
                self.deferrals.push(On { at, day, what: body.clone() });
            }
            Body::SeriesContraindicated(body) => {
                self.contacts.insert(day);
                self.contraindications.push(On { at, day, what: body.clone() });
            }
            Body::TetanusTold(body) => {
                self.contacts.insert(day);
                self.tetanus = Some(On { at, day, what: body.clone() });
            }
            Body::RecordConfirmed(_) => {
                self.contacts.insert(day);
            }
            Body::AefiRecorded(body) => {
                self.contacts.insert(day);
                self.aefi.push(Aefi::of(On { at, day, what: body.clone() }));
            }
            Body::FormRecorded(_) => {
                // What lies in a compartment leaves no trace outside it, not even a day.
                if known.fact.compartment == Compartment::General {
                    self.contacts.insert(day);
                }
                self.followed.take(known);
            }
            Body::ProgrammeEnrolled(_) | Body::ProgrammeLeft(_) => self.followed.take(known),
            Body::AefiFollowed(body) => endings.followed.push(On { at, day, what: body.clone() }),
            Body::AefiReported(body) => endings.reported.push(On { at, day, what: body.clone() }),
            Body::AefiConcluded(body) => endings.concluded.push(On { at, day, what: body.clone() }),
            _ => {}
        }
    }

    /// The registration of a linked record: its values stand beside ours, unless the link decided.
    fn add_registration(&mut self, known: &Logged, body: &PersonRegistered) {
        let at = known.at;
        if known.fact.subject == self.id.into() || at == self.opened {
            return;
        }
        self.name.amend(at, body.name.clone(), &[]);
        self.sex.amend(at, body.sex, &[]);
        self.born.amend(at, Born { date: body.born, minute: body.born_minute }, &[]);
        let fields = [
            (&mut self.ethnicity, &body.ethnicity),
            (&mut self.occupation, &body.occupation),
            (&mut self.phone, &body.phone),
        ];
        for (field, value) in fields.into_iter().filter(|(_, value)| value.is_some()) {
            field.amend(at, value.clone(), &[]);
        }
        if body.mother.is_some() || body.mother_name.is_some() {
            let mother = Mother { id: body.mother, name: body.mother_name.clone() };
            self.mother.amend(at, mother, &[]);
        }
    }

    fn add_link(&mut self, known: &Logged, body: &PersonLinked) {
        if let Subject::Person(other) = known.fact.subject
            && other != self.id
        {
            let (on, shard) = (known.fact.happened_on, known.fact.shard);
            let recorded_at = known.recorded_at;
            self.links.push(Link { at: known.at, other, shard, on, recorded_at });
        }
        for taken in &body.take {
            self.amend(known.at, &taken.change, &taken.seen);
        }
    }

    fn amend(&mut self, at: FactRef, change: &PersonChange, seen: &[FactRef]) {
        match change {
            PersonChange::Name(name) => self.name.amend(at, name.clone(), seen),
            PersonChange::Sex(sex) => self.sex.amend(at, *sex, seen),
            PersonChange::Born(date, minute) => {
                self.born.amend(at, Born { date: *date, minute: *minute }, seen);
            }
            PersonChange::Ethnicity(code) => self.ethnicity.amend(at, code.clone(), seen),
            PersonChange::Occupation(code) => self.occupation.amend(at, code.clone(), seen),
            PersonChange::Phone(phone) => self.phone.amend(at, phone.clone(), seen),
            PersonChange::Mother(id, name) => {
                self.mother.amend(at, Mother { id: *id, name: name.clone() }, seen);
            }
        }
    }

    /// Orders what may have been recorded late, so that the days decide and not the typing.
    fn settle(&mut self, endings: Endings) {
        residence::settle(&mut self.residences, &endings.residence);
        residence::settle_memberships(&mut self.memberships, &endings.household);
        self.doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
        for aefi in &mut self.aefi {
            let at = aefi.event.at;
            aefi.followed.extend(endings.followed.iter().filter(|f| f.what.aefi == at).cloned());
            aefi.reported.extend(endings.reported.iter().filter(|r| r.what.aefi == at).cloned());
            aefi.concluded.extend(endings.concluded.iter().filter(|c| c.what.aefi == at).cloned());
        }
        self.aefi.sort_by_key(|aefi| (aefi.event.day, aefi.event.at));
        self.followed.settle();
    }

    /// The areas this person has lived in, in any period.
    pub fn areas(&self) -> impl Iterator<Item = AreaId> + '_ {
        self.residences.iter().map(|r| r.area)
    }

    pub fn residence_on(&self, day: Date) -> Option<&Residence> {
        self.residences.iter().find(|r| r.from <= day && r.to.is_none_or(|to| day < to))
    }

    /// Where the person lives now or, after leaving, lived last.
    pub fn last_residence(&self) -> Option<&Residence> {
        self.residences.last()
    }

    /// The household the person belongs to on that day.
    pub fn membership_on(&self, day: Date) -> Option<&Membership> {
        self.memberships.iter().rev().find(|m| m.from <= day && m.to.is_none_or(|to| day < to))
    }

    /// Counted as population: lives there as a resident and is alive on that day.
    pub fn is_resident_on(&self, day: Date) -> Option<AreaId> {
        let alive = self.death.as_ref().is_none_or(|death| day < death.on);
        let lives = self.residence_on(day).filter(|r| alive && r.kind.counts());
        lives.map(|r| r.area)
    }

    pub fn is_dead(&self) -> bool {
        self.death.is_some()
    }
}
