//! A record opened whole in an emergency: every compartment of one record, for one person, for an hour, with a
//! reason that stays in the audit. It is offered on every record alike, so that the offer tells nothing.

use crate::actor::Actor;
use crate::audit::entry;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_kernel::{Compartment, Message, Moment, PersonId};
use tram_store::{Sql, audit, emergency, person, unit};

/// A record stays open for this long.
const OPEN_MS: i64 = 3_600_000;
/// Letters of the shortest reason.
const LEAST: usize = 10;

/// An emergency that is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    pub until: Moment,
    pub reason: String,
}

impl App {
    /// Opens a record whole for the asker.
    pub fn open_in_emergency(
        &self,
        actor: &Actor,
        id: PersonId,
        reason: &str,
    ) -> Result<(), Failure> {
        let (now, reason) = (self.now(), reason.trim());
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::CompartmentBreak, Resource::Person(id))?;
            let user = actor.user.ok_or(Failure::NotFound)?;
            if reason.chars().count() < LEAST {
                let message = Message::new("emergency-reason").with("n", LEAST);
                return Err(Failure::refused_field(message, "reason"));
            }
            let id = person::head(tx.sql(), id)?.ok_or(Failure::NotFound)?;
            let before = Moment::from_ms(now.ms() - OPEN_MS);
            emergency::open(tx.sql(), (user, id), reason, (now, before))?;
            let mut line = entry(actor, now, "compartment.break", "ok");
            line.subject = unit::key(tx.sql(), id.into())?.map(|(key, _)| key);
            line.detail = Some(reason.to_owned());
            let node = tx.node_key();
            Ok(audit::append(tx.sql(), node, &[line])?)
        })
    }

    /// The emergency in which the asker has this record open, if there is one.
    pub(crate) fn emergency(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        id: PersonId,
    ) -> Result<Option<Emergency>, Failure> {
        let Some(user) = actor.user.filter(|_| actor.may(Action::CompartmentBreak)) else {
            return Ok(None);
        };
        let since = Moment::from_ms(self.now().ms() - OPEN_MS);
        let found = emergency::opened(sql, (user, id), since)?;
        Ok(found.map(|(at, reason)| {
            let until = Moment::from_ms(at.ms() + OPEN_MS);
            Emergency { until, reason }
        }))
    }
}

impl Actor {
    /// The same with every compartment open.
    #[must_use]
    pub fn opened_whole(&self) -> Self {
        Self { opens: Compartment::ALL.to_vec(), ..self.clone() }
    }
}
