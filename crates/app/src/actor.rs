//! Who is asking: a signed-in person in one role at one unit, or the operator of the machine.

use tram_defs::Definitions;
use tram_defs::programme::Programme;
use tram_defs::role::{Action, Reach};
use tram_domain::programme::rule_of;
use tram_kernel::{Compartment, Date, PersonId, UnitId, UserId};

/// The asker of every use case; only a session or the operator makes one. One grant at a time: the role and unit stand in every change-set.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Actor {
    pub user: Option<UserId>,
    pub user_name: String,
    /// Role code; `operator` for the command line.
    pub role: String,
    pub role_name: String,
    pub may: Vec<Action>,
    pub reach: Reach,
    pub unit: UnitId,
    pub unit_key: i64,
    pub unit_name: String,
    /// Compartments open to them by name; what lies in others is not there for them.
    pub opens: Vec<Compartment>,
    /// Somebody who looks at their own record: this one, and no other.
    pub own: Option<PersonId>,
}

impl Actor {
    pub fn may(&self, action: Action) -> bool {
        self.may.contains(&action)
    }

    /// Whether what lies in a compartment is there for them.
    pub fn sees(&self, compartment: Compartment) -> bool {
        matches!(compartment, Compartment::General | Compartment::Staff)
            || self.opens.contains(&compartment)
    }

    /// Programmes that are there for them, as they hold on a day.
    pub fn programmes<'d>(&self, defs: &'d Definitions, on: Date) -> Vec<&'d Programme> {
        let newest = |rule: &&Programme| {
            rule_of(defs, &rule.code, on).is_some_and(|newest| std::ptr::eq(newest, *rule))
        };
        defs.programmes.iter().filter(newest).filter(|rule| self.sees(rule.compartment)).collect()
    }

    /// One bit for each compartment that is there for them, as statements ask for it.
    pub fn open_bits(&self) -> i64 {
        let seen = Compartment::ALL.into_iter().filter(|compartment| self.sees(*compartment));
        seen.fold(0, |bits, compartment| bits | (1 << compartment.number()))
    }
}
