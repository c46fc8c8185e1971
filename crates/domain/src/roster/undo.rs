//! Taking an import back: what it wrote on one record, unless somebody has gone on writing there.

use crate::fact::{Body, Fact, FactRef, FactRetracted, Logged};
use std::collections::HashSet;
use tram_kernel::Date;

/// What taking an import back means for one record.
#[derive(Debug, Clone, PartialEq)]
pub enum Undo {
    /// These facts take back what the import wrote; none when it wrote nothing here.
    Facts(Vec<Fact>),
    /// The import opened the record, and others have written on it since: it stays.
    Kept,
}

/// `all` are the facts of one record, `is_imported` says which of them the import wrote.
pub fn undo(
    all: &[Logged],
    is_imported: impl Fn(&FactRef) -> bool,
    reason: &str,
    today: Date,
) -> Undo {
    let retracted: HashSet<FactRef> = all
        .iter()
        .filter_map(|known| match &known.fact.body {
            Body::FactRetracted(body) => Some(body.what),
            _ => None,
        })
        .collect();
    let stands = |known: &&Logged| {
        !retracted.contains(&known.at) && !matches!(known.fact.body, Body::FactRetracted(_))
    };
    let opened = all.iter().any(|known| {
        let is_opening =
            matches!(known.fact.body, Body::PersonRegistered(_) | Body::HouseholdRegistered(_));
        is_opening && is_imported(&known.at)
    });
    let by_others = all.iter().filter(stands).any(|known| !is_imported(&known.at));
    if opened && by_others {
        return Undo::Kept;
    }
    let ours = all.iter().filter(stands).filter(|known| is_imported(&known.at));
    let facts = ours.map(|known| {
        let body = FactRetracted { what: known.at, reason: reason.to_owned() };
        let mut fact = Fact::new(known.fact.subject, known.fact.shard, today, body.into());
        // What lay in a compartment leaves no trace outside of it.
        fact.compartment = known.fact.compartment;
        fact
    });
    Undo::Facts(facts.collect())
}
