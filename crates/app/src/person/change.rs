//! Changing a record: amendments, numbers, moves, pregnancy, stillbirth, death, taking back.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use tram_defs::role::Action;
use tram_domain::fact::{
    DeathRecorded, FactRef, IdentifierRecorded, PersonChange, PregnancyNoted, ResidenceKind,
    StillbirthRecorded,
};
use tram_domain::person::{
    self, Decided, NewResidence, Person, amend, end_identifier, join_household, move_out, move_to,
    note_pregnancy, record_death, record_identifier, record_stillbirth, retract,
};
use tram_kernel::identifier::Identifier;
use tram_kernel::{Date, HouseholdId, Message, PersonId};
use tram_store::{Tx, unit};

/// One field changed by somebody who was looking at `seen`.
#[derive(Debug, Clone)]
pub struct Amendment {
    pub change: PersonChange,
    pub seen: Vec<FactRef>,
}

/// A number to be added or renewed.
#[derive(Debug, Clone)]
pub struct IdentifierForm {
    pub identifier: Identifier,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub accepted: Vec<String>,
}

impl App {
    /// Loads, decides, appends: every change of one record goes through here.
    pub(crate) fn change_person(
        &self,
        actor: &Actor,
        id: PersonId,
        action: &'static str,
        (accepted, reason): (&[String], Option<&str>),
        decide: impl Fn(&mut Tx<'_>, &Person) -> Result<Decided, Failure>,
    ) -> Result<Done<()>, Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Person(id))?;
            let person = tx.person(id)?.ok_or(Failure::NotFound)?;
            let decided = decide(tx, &person)?;
            let warnings: Vec<Message> =
                decided.warnings.iter().map(person::Warning::message).collect();
            if let Some(open) = unaccepted(&warnings, accepted) {
                return Err(Failure::Confirm(open));
            }
            let draft = self.draft(actor, action, decided.facts, &warnings, reason);
            self.append(tx, actor, &draft)?;
            Ok(Done { value: (), warnings })
        })
    }

    /// Changes several fields in one change-set. Fields whose value is already shown are left alone.
    pub fn amend_person(
        &self,
        actor: &Actor,
        id: PersonId,
        amendments: &[Amendment],
        reason: Option<&str>,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.amend", (&[], reason), |_, person| {
            let mut all = Decided::default();
            for amendment in amendments {
                let Amendment { change, seen } = amendment.clone();
                match amend(person, change, seen, reason.map(str::to_owned), today) {
                    Ok(decided) => {
                        all.facts.extend(decided.facts);
                        all.warnings.extend(decided.warnings);
                    }
                    Err(person::Refusal::NoChange) => {}
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            if all.facts.is_empty() { Err(person::Refusal::NoChange.into()) } else { Ok(all) }
        })
    }

    pub fn add_identifier(
        &self,
        actor: &Actor,
        id: PersonId,
        form: &IdentifierForm,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        let accepted = (form.accepted.as_slice(), None);
        self.change_person(actor, id, "person.identifier", accepted, |_, person| {
            let IdentifierForm { identifier, from, to, .. } = form.clone();
            let held = IdentifierRecorded { identifier, from, to };
            Ok(record_identifier(person, held, today)?)
        })
    }

    pub fn end_identifier(
        &self,
        actor: &Actor,
        id: PersonId,
        identifier: &Identifier,
        reason: Option<&str>,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.identifier_end", (&[], reason), |_, person| {
            Ok(end_identifier(person, identifier.clone(), reason.map(str::to_owned), today)?)
        })
    }

    /// From a day on the person lives in another of our villages (or again in one).
    pub fn move_person(
        &self,
        actor: &Actor,
        id: PersonId,
        (area, kind, from): (i64, ResidenceKind, Date),
        reason: &str,
        from_place: Option<String>,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.move", (&[], None), |tx, person| {
            // Moving somebody into a village is a matter for those who look after that village.
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(area))?;
            let row = unit::area(tx.sql(), area)?.ok_or(Failure::NotFound)?;
            let (reason, from_place) = (reason.to_owned(), from_place.clone());
            let to = NewResidence { area: row.id, kind, from, reason, from_place };
            Ok(move_to(person, &to, today)?)
        })
    }

    pub fn move_person_out(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        reason: &str,
        to_place: Option<String>,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.move_out", (&[], None), |_, person| {
            Ok(move_out(person, on, reason.to_owned(), to_place.clone(), today)?)
        })
    }

    pub fn join_household(
        &self,
        actor: &Actor,
        id: PersonId,
        household: HouseholdId,
        relation: &str,
        on: Date,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.household", (&[], None), |tx, person| {
            let at = Resource::Household(household);
            self.check(tx.sql(), actor, Action::PersonWrite, at)?;
            Ok(join_household(person, household, relation.to_owned(), on, today)?)
        })
    }

    pub fn note_pregnancy(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        noted: &PregnancyNoted,
        accepted: &[String],
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.pregnancy", (accepted, None), |_, person| {
            Ok(note_pregnancy(person, on, noted.clone(), today)?)
        })
    }

    pub fn record_stillbirth(
        &self,
        actor: &Actor,
        mother: PersonId,
        on: Date,
        body: &StillbirthRecorded,
        accepted: &[String],
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, mother, "person.stillbirth", (accepted, None), |_, person| {
            Ok(record_stillbirth(person, on, body.clone(), today)?)
        })
    }

    pub fn record_death(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        body: &DeathRecorded,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.death", (&[], None), |_, person| {
            Ok(record_death(person, on, body.clone(), today)?)
        })
    }

    /// Takes back a fact entered by mistake.
    pub fn retract(
        &self,
        actor: &Actor,
        id: PersonId,
        what: FactRef,
        reason: &str,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.retract", (&[], Some(reason)), |_, person| {
            Ok(retract(person, what, reason.to_owned(), today)?)
        })
    }
}
