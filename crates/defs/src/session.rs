//! How many people one point should see in one session. `immunisation/session.toml`.

use crate::finding::DefFinding;
use crate::provenance::{Provenance, with_provenance};
use crate::span::read;

/// More than these are warned of, never refused.
#[derive(Debug, Clone)]
pub struct SessionRule {
    pub provenance: Provenance,
    pub most: u16,
    /// When only one vaccine is given.
    pub most_single: u16,
}

with_provenance! {
    struct RawRule {
        most: u16,
        most_single: u16,
    }
}

/// Reads the rule.
pub fn read_session(file: &str, text: &str) -> Result<Option<SessionRule>, Vec<DefFinding>> {
    let raw: RawRule = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    Ok(Some(SessionRule { provenance, most: raw.most, most_single: raw.most_single }))
}
