//! Immunisation at work: the worklist, a session with many children, a dose written down.

pub mod campaign;
pub mod gaps;
pub mod session;
mod women;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use tram_defs::role::Action;
use tram_domain::fact::{DoseDeferred, DoseGiven, SeriesContraindicated};
use tram_domain::immunisation::{contraindicate, defer, put_on_card, record};
use tram_kernel::day::add_days;
use tram_kernel::{Date, Message, PersonId};
pub use tram_store::immunisation::{GivenDose, OwedChild, OwedCounts, OwedDose};
use tram_store::immunisation::{counts, given_of_series, given_on, owed};
use tram_store::person::Within;

/// Children of the worklist: everything owed up to `horizon`, in one village or all.
#[derive(Debug, Clone)]
pub struct Worklist {
    pub today: Date,
    pub horizon: Date,
    pub counts: OwedCounts,
    pub children: Vec<OwedChild>,
}

/// A dose of one vaccine to be written down.
#[derive(Debug, Clone)]
pub struct DoseForm {
    pub person: PersonId,
    pub doses: Vec<DoseGiven>,
    pub on: Date,
    /// Codes of the warnings that were read and accepted.
    pub accepted: Vec<String>,
}

impl App {
    /// Who is owed what, by village, up to `days` ahead.
    pub fn worklist(
        &self,
        actor: &Actor,
        area: Option<i64>,
        days: i32,
    ) -> Result<Worklist, Failure> {
        let today = self.today();
        let horizon = add_days(today, days.clamp(0, 365));
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let area = area.unwrap_or(0);
            let within = Within { top: actor.unit_key, reach, on: today, area };
            let mut children = owed(sql, within, horizon)?;
            let lines = children.iter_mut().map(|child| &mut child.person);
            self.say_villages(sql, (actor.unit_key, reach), today, lines)?;
            Ok(Worklist { today, horizon, counts: counts(sql, within, horizon)?, children })
        })
    }

    /// Only the numbers of the worklist: overdue, due, within a week.
    pub fn worklist_counts(&self, actor: &Actor) -> Result<OwedCounts, Failure> {
        let today = self.today();
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            Ok(counts(sql, within, add_days(today, 7))?)
        })
    }

    /// Doses of one series this unit gave today.
    pub fn given_today(&self, actor: &Actor, series: &str) -> Result<Vec<GivenDose>, Failure> {
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, _| {
            Ok(given_of_series(sql, actor.unit_key, self.today(), series)?)
        })
    }

    /// Children this unit vaccinated on a day.
    pub fn vaccinated_on(&self, actor: &Actor, day: Date) -> Result<i64, Failure> {
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, _| {
            Ok(given_on(sql, actor.unit_key, day)?)
        })
    }

    /// Writes down the doses of one visit. What happened is accepted; what should be said about it
    /// must have been read.
    pub fn record_doses(
        &self,
        actor: &Actor,
        form: &DoseForm,
        command: Option<Command>,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let whose = Resource::Person(form.person);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(Done::quietly(()));
            }
            let mut person = tx.person(form.person)?.ok_or(Failure::NotFound)?;
            let (defs, mut facts) = (tx.definitions(), Vec::new());
            let mut warnings: Vec<Message> = Vec::new();
            for dose in &form.doses {
                let (fact, said) = record(defs, &person, dose.clone(), form.on, today)?;
                put_on_card(&mut person, &fact);
                facts.push(fact);
                warnings.extend(said.iter().map(|warning| warning.message(defs)));
            }
            warnings.extend(Self::said_of_lots(tx.sql(), &form.doses, form.on)?);
            if let Some(open) = unaccepted(&warnings, &form.accepted) {
                return Err(Failure::Confirm(open));
            }
            let draft = self.draft(actor, "immunisation.record", facts, &warnings, None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(Done { value: (), warnings })
        })
    }

    /// The child comes back later for these series.
    pub fn defer_doses(
        &self,
        actor: &Actor,
        person: PersonId,
        deferrals: &[DoseDeferred],
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let whose = Resource::Person(person);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            let found = tx.person(person)?.ok_or(Failure::NotFound)?;
            let (defs, mut facts) = (tx.definitions(), Vec::new());
            for deferred in deferrals {
                facts.push(defer(defs, &found, deferred.clone(), today, today)?);
            }
            let draft = self.draft(actor, "immunisation.defer", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    /// The child must not get a series.
    pub fn contraindicate(
        &self,
        actor: &Actor,
        person: PersonId,
        stop: &SeriesContraindicated,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let whose = Resource::Person(person);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            let found = tx.person(person)?.ok_or(Failure::NotFound)?;
            let fact = contraindicate(tx.definitions(), &found, stop.clone(), today, today)?;
            let draft = self.draft(actor, "immunisation.contraindicate", vec![fact], &[], None);
            self.append(tx, actor, &draft)
        })
    }
}
