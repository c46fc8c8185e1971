//! Changing a record: amendments, numbers, moves, pregnancy, stillbirth, death, taking back.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use tram_defs::role::Action;
use tram_domain::fact::{
    Body, DeathRecorded, FactRef, HouseholdJoined, IdentifierRecorded, Logged, PersonChange,
    PregnancyNoted, ResidenceEnded, ResidenceKind, StillbirthRecorded,
};
use tram_domain::person::{
    self, Decided, NewResidence, Person, amend, end_identifier, join_household, move_out, move_to,
    record_death, record_identifier, record_stillbirth, retract,
};
use tram_domain::pregnancy::{end_early, note_pregnancy};
use tram_kernel::identifier::Identifier;
use tram_kernel::{Date, Message, PersonId};
use tram_store::{Tx, unit};

/// One field changed by somebody who was looking at `seen`.
#[derive(Debug, Clone)]
pub struct Amendment {
    pub change: PersonChange,
    pub seen: Vec<FactRef>,
}

/// How a change is asked for: warnings that were read, the reason, and the command that makes sending
/// it twice happen once.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// Codes of the warnings that were read and accepted.
    pub accepted: Vec<String>,
    pub reason: Option<String>,
    pub command: Option<Command>,
}

/// A move into one of our villages.
#[derive(Debug, Clone)]
pub struct MoveForm {
    /// Local key of the village.
    pub area: i64,
    pub kind: ResidenceKind,
    pub from: Date,
    /// Code of `lists/move_reason.csv`.
    pub reason: String,
    pub from_place: Option<String>,
}

impl App {
    /// Loads, decides, appends: every change of one record goes through here.
    pub(crate) fn change_person(
        &self,
        actor: &Actor,
        id: PersonId,
        action: &'static str,
        asking: &Asking,
        decide: impl Fn(&mut Tx<'_>, &Person) -> Result<Decided, Failure>,
    ) -> Result<Done<()>, Failure> {
        self.change_person_saying(actor, id, action, asking, |tx, person| {
            Ok((decide(tx, person)?, None))
        })
    }

    /// The same, with something to be read that only the other records can tell.
    fn change_person_saying(
        &self,
        actor: &Actor,
        id: PersonId,
        action: &'static str,
        asking: &Asking,
        decide: impl Fn(&mut Tx<'_>, &Person) -> Result<(Decided, Option<Message>), Failure>,
    ) -> Result<Done<()>, Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Person(id))?;
            if let Some(command) = asking.command
                && command.before(tx)?.is_some()
            {
                return Ok(Done::quietly(()));
            }
            let person = tx.person(id)?.ok_or(Failure::NotFound)?;
            let (decided, said) = decide(tx, &person)?;
            self.keep_decided(tx, actor, action, (decided, said), asking)
        })
    }

    /// Asks about warnings nobody has read yet, then appends what was decided.
    pub(super) fn keep_decided(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        action: &'static str,
        (decided, said): (Decided, Option<Message>),
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let mut warnings: Vec<Message> =
            decided.warnings.iter().map(person::Warning::message).collect();
        warnings.extend(said);
        if let Some(open) = unaccepted(&warnings, &asking.accepted) {
            return Err(Failure::Confirm(open));
        }
        let reason = asking.reason.as_deref();
        let draft = self.draft(actor, action, decided.facts, &warnings, reason);
        self.append(tx, actor, &draft)?;
        if let Some(command) = asking.command {
            command.remember(tx, "done")?;
        }
        Ok(Done { value: (), warnings })
    }

    /// Changes several fields in one change-set. Fields whose value is already shown are left alone.
    pub fn amend_person(
        &self,
        actor: &Actor,
        id: PersonId,
        amendments: &[Amendment],
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.amend", asking, |tx, person| {
            let mut all = Decided::default();
            for amendment in amendments {
                let Amendment { change, seen } = amendment.clone();
                if let PersonChange::Mother(Some(mother), _) = &change
                    && person.mother.shown().id != Some(*mother)
                {
                    let whose = Resource::Person(*mother);
                    self.check(tx.sql(), actor, Action::PersonWrite, whose)?;
                }
                match amend(person, change, seen, asking.reason.clone(), today) {
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

    /// Adds a number, or renews the validity of one that is held.
    pub fn add_identifier(
        &self,
        actor: &Actor,
        id: PersonId,
        held: &IdentifierRecorded,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person_saying(actor, id, "person.identifier", asking, |tx, person| {
            let decided = record_identifier(person, held.clone(), today)?;
            Ok((decided, self.number_of_other(tx.sql(), actor, &held.identifier, id)?))
        })
    }

    /// The number is no longer theirs from `on`.
    pub fn end_identifier(
        &self,
        actor: &Actor,
        id: PersonId,
        (identifier, on): (&Identifier, Date),
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.identifier_end", asking, |_, person| {
            Ok(end_identifier(person, identifier.clone(), asking.reason.clone(), on, today)?)
        })
    }

    /// From a day on the person lives in another of our villages (or again in one).
    pub fn move_person(
        &self,
        actor: &Actor,
        id: PersonId,
        form: &MoveForm,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.move", asking, |tx, person| {
            // Moving somebody into a village is a matter for those who look after that village.
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(form.area))?;
            let row = unit::area(tx.sql(), form.area)?.ok_or(Failure::NotFound)?;
            let MoveForm { kind, from, reason, from_place, .. } = form.clone();
            let to = NewResidence { area: row.id, kind, from, reason, from_place };
            Ok(move_to(person, &to, today)?)
        })
    }

    pub fn move_person_out(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        body: &ResidenceEnded,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.move_out", asking, |_, person| {
            let ResidenceEnded { reason, to_place } = body.clone();
            Ok(move_out(person, on, reason, to_place, today)?)
        })
    }

    pub fn join_household(
        &self,
        actor: &Actor,
        id: PersonId,
        body: &HouseholdJoined,
        on: Date,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.household", asking, |tx, person| {
            let at = Resource::Household(body.household);
            self.check(tx.sql(), actor, Action::PersonWrite, at)?;
            Ok(join_household(person, body.household, body.relation.clone(), on, today)?)
        })
    }

    pub fn note_pregnancy(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        noted: &PregnancyNoted,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.pregnancy", asking, |tx, person| {
            Ok(note_pregnancy(tx.definitions(), person, on, noted.clone(), today)?)
        })
    }

    /// The open pregnancy ended before a child could live.
    pub fn end_pregnancy(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.loss", asking, |_, person| {
            Ok(end_early(person, on, today)?)
        })
    }

    pub fn record_stillbirth(
        &self,
        actor: &Actor,
        mother: PersonId,
        on: Date,
        body: &StillbirthRecorded,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, mother, "person.stillbirth", asking, |_, person| {
            Ok(record_stillbirth(person, on, body.clone(), today)?)
        })
    }

    pub fn record_death(
        &self,
        actor: &Actor,
        id: PersonId,
        on: Date,
        body: &DeathRecorded,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.change_person(actor, id, "person.death", asking, |_, person| {
            Ok(record_death(person, on, body.clone(), today)?)
        })
    }

    /// Takes back a fact of this record that was entered by mistake. The opening of the record is not
    /// taken back here: without it nothing of the record could be seen any more.
    pub fn retract(
        &self,
        actor: &Actor,
        id: PersonId,
        what: FactRef,
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let (today, nodes) = (self.today(), self.db.nodes());
        self.change_person(actor, id, "person.retract", asking, |tx, person| {
            let known = tram_store::person::facts(tx.sql(), &nodes, id.into(), None)?;
            let is_named = |k: &&Logged| k.at == what && actor.sees(k.fact.compartment);
            let named = known.iter().find(is_named).ok_or(Failure::NotFound)?;
            if matches!(named.fact.body, Body::PersonRegistered(_) | Body::FactRetracted(_)) {
                return Err(Failure::refused(Message::new("person-retract-opening")));
            }
            let reason = asking.reason.clone().unwrap_or_default();
            Ok(retract(person, named, reason, today)?)
        })
    }
}
