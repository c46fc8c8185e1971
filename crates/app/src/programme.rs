//! Forms and programmes at work: filling in, taking in, following, letting go; registers and visits due.

mod register;
mod saved;

pub use register::{Register, RegisterRow, Standings};
pub use saved::Kept;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::form::Form;
use tram_defs::role::Action;
use tram_domain::fact::{Answer, FactRef};
use tram_domain::form::Wrong;
use tram_domain::person::Person;
use tram_domain::programme::{
    self, Enrolment, EntryWish, Leaving, Outcome, enrol, leave, record, retract_entry,
};
use tram_kernel::{Compartment, Date, PersonId};
use tram_store::Tx;
pub use tram_store::programme::{DuePerson, DueVisit};

/// What comes with a form that was sent: accepted warnings and the key of the attempt.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Keys of the warnings that were read and accepted.
    pub accepted: Vec<String>,
    pub command: Option<Command>,
}

/// What was saved, and what should be done about it.
pub type Saved = Done<Kept>;

impl App {
    /// Writes down an entry, or a correction of one.
    pub fn record_form(
        &self,
        actor: &Actor,
        person: PersonId,
        wish: &EntryWish,
        sent: &Sent,
    ) -> Result<Saved, Failure> {
        let today = self.today();
        let action = if wish.replaces.is_some() { "programme.correct" } else { "programme.record" };
        self.follow(actor, person, action, sent, |tx, person| {
            let defs = tx.definitions();
            let form = tram_defs::form::form_on(&defs.forms, &wish.form, wish.on);
            let place = form.map(|form| form.compartment);
            open_to(actor, place)?;
            record(defs, person, wish, today).map_err(Failure::from)
        })
    }

    /// Takes somebody into a programme.
    pub fn enrol(
        &self,
        actor: &Actor,
        person: PersonId,
        wish: &Enrolment,
        sent: &Sent,
    ) -> Result<Saved, Failure> {
        let today = self.today();
        self.follow(actor, person, "programme.enrol", sent, |tx, person| {
            let defs = tx.definitions();
            let rule = programme::rule_of(defs, &wish.programme, wish.on);
            open_to(actor, rule.map(|rule| rule.compartment))?;
            enrol(defs, person, wish, today).map_err(Failure::from)
        })
    }

    /// Lets somebody leave a programme.
    pub fn leave_programme(
        &self,
        actor: &Actor,
        person: PersonId,
        wish: &Leaving,
        sent: &Sent,
    ) -> Result<Saved, Failure> {
        let today = self.today();
        self.follow(actor, person, "programme.leave", sent, |tx, person| {
            let defs = tx.definitions();
            let rule = programme::rule_of(defs, &wish.programme, wish.on);
            open_to(actor, rule.map(|rule| rule.compartment))?;
            leave(defs, person, wish, today).map_err(Failure::from)
        })
    }

    /// Takes an entry back that was made by mistake.
    pub fn retract_form(
        &self,
        actor: &Actor,
        person: PersonId,
        at: FactRef,
        reason: &str,
        sent: &Sent,
    ) -> Result<Saved, Failure> {
        let today = self.today();
        self.follow(actor, person, "programme.retract", sent, |_, person| {
            let entry = programme::entry(person, at).ok_or(Failure::NotFound)?;
            open_to(actor, Some(entry.compartment))?;
            let fact = retract_entry(person, at, reason.to_owned(), today);
            Ok(Outcome { facts: vec![fact.ok_or(Failure::NotFound)?], ..Outcome::default() })
        })
    }

    /// Forms and programmes, for somebody who works with them.
    pub fn programme_definitions(&self, actor: &Actor) -> Result<Arc<Definitions>, Failure> {
        self.read(actor, Action::ProgrammeRead, Resource::InReach, |_, _| Ok(self.definitions()))
    }

    /// One save of this file: authority, the same form sent twice, decision, warnings, append.
    fn follow(
        &self,
        actor: &Actor,
        id: PersonId,
        action: &'static str,
        sent: &Sent,
        decide: impl Fn(&mut Tx<'_>, &Person) -> Result<Outcome, Failure>,
    ) -> Result<Saved, Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ProgrammeWrite, Resource::Person(id))?;
            if let Some(command) = &sent.command
                && let Some(answer) = command.before(tx)?
            {
                return Ok(Done::quietly(Kept::recalled(&answer)));
            }
            let mut person = tx.person(id)?.ok_or(Failure::NotFound)?;
            // Decided by what is there for the asker; a compartment closed to them says nothing.
            person.followed.keep(|compartment| actor.sees(compartment));
            let Outcome { facts, warnings, advice } = decide(tx, &person)?;
            if let Some(open) = unaccepted(&warnings, &sent.accepted) {
                return Err(Failure::Confirm(open));
            }
            let kept = Kept::of(&facts, &warnings, advice);
            let draft = self.draft(actor, action, facts, &warnings, None);
            let refs = self.append_named(tx, actor, &draft)?;
            let kept = kept.at(&draft.facts, &refs);
            if let Some(command) = &sent.command {
                command.remember(tx, &kept.remembered())?;
            }
            Ok(Done { value: kept, warnings })
        })
    }
}

/// A form or programme that lies in a compartment closed to the asker is not there.
fn open_to(actor: &Actor, place: Option<Compartment>) -> Result<(), Failure> {
    match place {
        Some(place) if actor.sees(place) => Ok(()),
        _ => Err(Failure::NotFound),
    }
}

impl From<Vec<Wrong>> for Failure {
    fn from(wrong: Vec<Wrong>) -> Self {
        Self::Fields(wrong)
    }
}

/// Answers as they were typed: by field, each with everything typed or ticked under its name.
pub fn read_answers(
    defs: &Definitions,
    form: &Form,
    on: Date,
    typed: &dyn Fn(&str) -> Vec<String>,
) -> Result<Vec<Answer>, Vec<Wrong>> {
    let (mut answers, mut wrong) = (Vec::new(), Vec::new());
    for field in form.fields() {
        let texts = typed(&field.code);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        match tram_domain::form::answer::read(defs, field, &texts, on) {
            Ok(Some(value)) => answers.push(Answer { field: field.code.clone(), value }),
            Ok(None) => {}
            Err(message) => wrong.push(Wrong::at(&field.code, message)),
        }
    }
    if wrong.is_empty() { Ok(answers) } else { Err(wrong) }
}
