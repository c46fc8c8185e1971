//! Who is asking: a signed-in person in one role at one unit, or the operator of the machine.

use tram_defs::role::{Action, Reach};
use tram_kernel::{UnitId, UserId};

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
}

impl Actor {
    pub fn may(&self, action: Action) -> bool {
        self.may.contains(&action)
    }
}
