//! The history of a record: each fact with who recorded it, when, where, and whether it still counts.

use crate::failure::Failure;
use std::collections::BTreeMap;
use tram_domain::fact::{Body, FactRef, Logged};
use tram_domain::person::Person;
use tram_kernel::{Date, Moment, UnitId, UserId};
use tram_store::Sql;

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    pub at: FactRef,
    pub happened_on: Date,
    pub recorded_at: Moment,
    pub by: Option<String>,
    pub unit: Option<UnitId>,
    pub body: Body,
    pub retracted: bool,
    /// A linked record says it too, or its values were not chosen.
    pub aside: bool,
}

/// Newest event first; what was recorded later comes first on the same day.
pub(super) fn lines(
    sql: &mut dyn Sql,
    facts: &[Logged],
    person: &Person,
) -> Result<Vec<HistoryLine>, Failure> {
    let mut names: BTreeMap<UserId, Option<String>> = BTreeMap::new();
    let mut lines = Vec::with_capacity(facts.len());
    for known in facts {
        let by = match known.by {
            Some(user) => match names.get(&user) {
                Some(name) => name.clone(),
                None => {
                    let name = tram_store::session::user_name(sql, user)?;
                    names.insert(user, name.clone());
                    name
                }
            },
            None => None,
        };
        lines.push(HistoryLine {
            at: known.at,
            happened_on: known.fact.happened_on,
            recorded_at: known.recorded_at,
            by,
            unit: known.unit,
            body: known.fact.body.clone(),
            retracted: person.retracted.contains(&known.at),
            aside: person.aside.contains(&known.at),
        });
    }
    lines.sort_by(|a, b| {
        (b.happened_on, b.recorded_at, b.at).cmp(&(a.happened_on, a.recorded_at, a.at))
    });
    Ok(lines)
}
