//! Who may do what, where. The one place where this is decided; deny is the answer unless a role says
//! otherwise.
//!
//! ```text
//! actions of the active role × action ─► how far it reaches, or Denied
//! reach × what is asked about         ─► inside, or Denied (asked of the dated network in `store`)
//! ```

use tram_defs::role::{Action, Reach};
use tram_kernel::Message;

/// The answer no. Absent and not theirs to see are told apart only inside, never to the asker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Denied {
    /// The role does not include the action.
    #[error("the role does not include {0}")]
    Action(&'static str),
    /// The thing lies outside the units the role reaches.
    #[error("outside the reach of the role")]
    Scope,
}

impl Denied {
    pub fn message(self) -> Message {
        match self {
            Self::Action(action) => Message::new("denied-action").with("action", action),
            Self::Scope => Message::new("denied-scope"),
        }
    }
}

/// Whether a role may do something at all, and how far from its unit.
pub fn authorize(may: &[Action], reach: Reach, action: Action) -> Result<Reach, Denied> {
    if may.contains(&action) { Ok(reach) } else { Err(Denied::Action(action.code())) }
}
