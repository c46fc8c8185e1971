//! People who sign in, and the roles they hold at units, with days.

use crate::fact::{Body, Logged};
use tram_kernel::{Date, UnitId, UserId};

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

/// What is known of one user. The password is not a fact and is not here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub login: String,
    pub name: String,
    pub grants: Vec<Grant>,
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
                    user = Some(Self { id, login, name, grants: Vec::new(), closed_on: None });
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
                (Body::UserClosed(_), Some(user)) => user.closed_on = Some(on),
                _ => {}
            }
        }
        user
    }

    /// The grants that hold on a day; none after the account was closed.
    pub fn grants_on(&self, day: Date) -> impl Iterator<Item = &Grant> {
        let open = self.closed_on.is_none_or(|closed| day < closed);
        self.grants.iter().filter(move |grant| open && grant.holds_on(day))
    }
}
