//! People who sign in, and the roles they hold at units, with days.

use crate::fact::{Body, Logged};
use tram_kernel::{Compartment, Date, UnitId, UserId};

/// A role at a unit, from a day to a last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub role: String,
    pub unit: UnitId,
    pub from: Date,
    /// Last day of the grant.
    pub to: Option<Date>,
}

impl Grant {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A compartment that is open to somebody at a unit, from a day to a last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub compartment: Compartment,
    pub unit: UnitId,
    pub from: Date,
    pub to: Option<Date>,
}

impl Opening {
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// What is known of one user. The password is not a fact and is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub grants: Vec<Grant>,
    /// Compartments opened to them by name.
    pub openings: Vec<Opening>,
    pub closed_on: Option<Date>,
}

impl User {
    /// Folds the facts about one user; `None` without a registration.
    pub fn fold(id: UserId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let mut user: Option<Self> = None;
        for known in sorted {
            let on = known.fact.happened_on;
            match (&known.fact.body, &mut user) {
                (Body::UserRegistered(body), None) => {
                    let (login, name) = (body.login.clone(), body.name.clone());
                    let (grants, openings) = Default::default();
                    user = Some(Self { id, login, name, grants, openings, closed_on: None });
                }
                (Body::RoleGranted(body), Some(user)) => {
                    let (role, unit) = (body.role.clone(), body.unit);
                    user.grants.push(Grant { role, unit, from: on, to: body.to });
                }
                (Body::RoleRevoked(body), Some(user)) => {
                    let last = tram_kernel::day::add_days(on, -1);
                    let same = |g: &&mut Grant| g.role == body.role && g.unit == body.unit;
                    for grant in user.grants.iter_mut().filter(same) {
                        grant.to = Some(grant.to.map_or(last, |to| to.min(last)));
                    }
                }
                (Body::CompartmentOpened(body), Some(user)) => {
                    let (compartment, unit) = (body.compartment, body.unit);
                    user.openings.push(Opening { compartment, unit, from: on, to: body.to });
                }
                (Body::CompartmentClosed(body), Some(user)) => {
                    let last = tram_kernel::day::add_days(on, -1);
                    let same =
                        |o: &&mut Opening| o.compartment == body.compartment && o.unit == body.unit;
                    for opening in user.openings.iter_mut().filter(same) {
                        opening.to = Some(opening.to.map_or(last, |to| to.min(last)));
                    }
                }
                (Body::UserClosed(_), Some(user)) => user.closed_on = Some(on),
                _ => {}
            }
        }
        user
    }

    /// Compartments open at a unit on a day.
    pub fn open_at(&self, unit: UnitId, day: Date) -> impl Iterator<Item = Compartment> + '_ {
        let is_on = self.closed_on.is_none_or(|closed| day < closed);
        let at = move |o: &&Opening| is_on && o.unit == unit && o.holds_on(day);
        self.openings.iter().filter(at).map(|opening| opening.compartment)
    }

    /// The grants that hold on a day; none after the account was closed.
    pub fn grants_on(&self, day: Date) -> impl Iterator<Item = &Grant> {
        let open = self.closed_on.is_none_or(|closed| day < closed);
        self.grants.iter().filter(move |grant| open && grant.holds_on(day))
    }
}
