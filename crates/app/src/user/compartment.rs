//! Compartments opened to people by name: HIV, mental health, tuberculosis, abortion. Whoever has none sees
//! nothing of what lies there, and no hint that there is anything.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::{CompartmentClosed, CompartmentOpened, Fact};
use tram_domain::user::{Opening, User};
use tram_kernel::{Compartment, Date, Message, UnitId, UserId};
use tram_store::rebuild::nowhere;
use tram_store::{person, unit};

/// Compartments that may be opened to somebody.
pub const CLOSED: [Compartment; 4] =
    [Compartment::Hiv, Compartment::Mental, Compartment::Tuberculosis, Compartment::Abortion];

/// A compartment that is, or was, open to somebody.
#[derive(Debug, Clone)]
pub struct OpeningRow {
    pub opening: Opening,
    pub unit_name: String,
}

impl App {
    /// What is, or was, open to somebody at the units in reach.
    pub fn openings(&self, actor: &Actor, user: UserId) -> Result<Vec<OpeningRow>, Failure> {
        let nodes = self.db.nodes();
        self.read(actor, Action::CompartmentGrant, Resource::InReach, |sql, reach| {
            let facts = person::facts(sql, &nodes, user.into(), None)?;
            let user = User::fold(user, &facts).ok_or(Failure::NotFound)?;
            let mut rows = Vec::new();
            for opening in user.openings {
                let Some((key, _)) = unit::key(sql, opening.unit.into())? else { continue };
                let on = self.today();
                if unit::reaches_unit(sql, actor.unit_key, reach, key, on)? {
                    let unit_name = unit::unit(sql, key)?.map(|u| u.name).unwrap_or_default();
                    rows.push(OpeningRow { opening, unit_name });
                }
            }
            Ok(rows)
        })
    }

    /// Opens a compartment to somebody who works at a unit, with the reason. Nobody opens one to
    /// themselves.
    pub fn open_compartment(
        &self,
        actor: &Actor,
        user: UserId,
        (compartment, at): (Compartment, UnitId),
        to: Option<Date>,
        reason: &str,
    ) -> Result<(), Failure> {
        let now = self.now();
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::CompartmentGrant, Resource::Unit(at))?;
            let found = tx.user(user)?.ok_or(Failure::NotFound)?;
            let today = now.day();
            if !found.grants_on(today).any(|grant| grant.unit == at) {
                return Err(Failure::NotFound);
            }
            if actor.user == Some(user) {
                return Err(Failure::refused(Message::new("compartment-not-oneself")));
            }
            if to.is_some_and(|to| to < today) {
                return Err(Failure::refused_field(Message::new("user-days-reversed"), "open_to"));
            }
            if found.open_at(at, today).any(|open| open == compartment) {
                let message = Message::new("compartment-open-already");
                return Err(Failure::refused_field(message, "compartment"));
            }
            let reason = reason.to_owned();
            let body = CompartmentOpened { compartment, unit: at, to, reason };
            let facts = vec![Fact::new(user.into(), nowhere(), today, body.into())];
            let draft = self.draft(actor, "user.open_compartment", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    /// Closes a compartment to somebody, from today on.
    pub fn close_compartment(
        &self,
        actor: &Actor,
        user: UserId,
        (compartment, at): (Compartment, UnitId),
    ) -> Result<(), Failure> {
        let now = self.now();
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::CompartmentGrant, Resource::Unit(at))?;
            let found = tx.user(user)?.ok_or(Failure::NotFound)?;
            if !found.open_at(at, now.day()).any(|open| open == compartment) {
                return Err(Failure::NotFound);
            }
            let body = CompartmentClosed { compartment, unit: at };
            let facts = vec![Fact::new(user.into(), nowhere(), now.day(), body.into())];
            let draft = self.draft(actor, "user.close_compartment", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }
}

/// The compartment of a code, when it is one that may be opened.
pub fn compartment_of(code: &str) -> Option<Compartment> {
    CLOSED.into_iter().find(|known| known.code() == code)
}
