//! Organisations and villages: a graph of dated, typed relations. Re-parenting is a fact with a day; no
//! record of a citizen is touched by it.
//!
//! ```text
//! units + relations + trusts of areas ─► Network::reach ─► which areas a unit reaches, in which
//!                                                          sense, from when to when
//! ```

mod network;
#[cfg(test)]
mod tests;

pub use network::{AreaReach, Network, UnitReach};

use crate::fact::{Body, Logged, RelationKind, UnitKind};
use tram_kernel::{AreaId, CommuneCode, Date, Shard, UnitId};

/// Standing under another unit, from a day until, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    pub kind: RelationKind,
    pub parent: UnitId,
    pub from: Date,
    pub to: Option<Date>,
}

/// What is known of one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub shard: Shard,
    pub name: String,
    /// Earlier names with the last day they were used.
    pub past_names: Vec<(String, Date)>,
    pub kind: UnitKind,
    pub commune: Option<CommuneCode>,
    pub facility_code: Option<String>,
    pub registered_on: Date,
    pub closed_on: Option<Date>,
    pub relations: Vec<Relation>,
}

impl Unit {
    /// Folds the facts about one unit; `None` without a registration.
    pub fn fold(id: UnitId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let (opened, body) = sorted.iter().find_map(|known| match &known.fact.body {
            Body::UnitRegistered(body) => Some((*known, body)),
            _ => None,
        })?;
        let mut unit = Self {
            id,
            shard: opened.fact.shard,
            name: body.name.clone(),
            past_names: Vec::new(),
            kind: body.kind,
            commune: body.commune,
            facility_code: body.facility_code.clone(),
            registered_on: opened.fact.happened_on,
            closed_on: None,
            relations: Vec::new(),
        };
        for known in sorted {
            unit.apply(known);
        }
        Some(unit)
    }

    fn apply(&mut self, known: &Logged) {
        let on = known.fact.happened_on;
        match &known.fact.body {
            Body::UnitAmended(body) => {
                if let Some(name) = &body.name {
                    let last = tram_kernel::day::add_days(on, -1);
                    self.past_names.push((std::mem::replace(&mut self.name, name.clone()), last));
                }
                if body.facility_code.is_some() {
                    self.facility_code.clone_from(&body.facility_code);
                }
            }
            Body::UnitRelated(body) => {
                let (kind, parent) = (body.kind, body.parent);
                self.relations.push(Relation { kind, parent, from: on, to: None });
            }
            Body::UnitUnrelated(body) => {
                let open = self.relations.iter_mut().find(|r| {
                    (r.kind, r.parent) == (body.kind, body.parent) && r.to.is_none() && r.from <= on
                });
                if let Some(open) = open {
                    open.to = Some(on);
                }
            }
            Body::UnitClosed(_) => self.closed_on = Some(on),
            _ => {}
        }
    }
}

/// Looked after by a unit, from a day until, not including, another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trust {
    pub unit: UnitId,
    pub from: Date,
    pub to: Option<Date>,
}

/// What is known of one village.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    pub id: AreaId,
    pub shard: Shard,
    pub name: String,
    pub kind: String,
    pub commune: CommuneCode,
    /// The day on which the commune was said to be this one: its code means the commune of that day.
    pub commune_from: Date,
    pub trusts: Vec<Trust>,
}

impl Area {
    /// Folds the facts about one village; `None` without a registration.
    pub fn fold(id: AreaId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let (opened, body) = sorted.iter().find_map(|known| match &known.fact.body {
            Body::AreaRegistered(body) => Some((*known, body)),
            _ => None,
        })?;
        let mut area = Self {
            id,
            shard: opened.fact.shard,
            name: body.name.clone(),
            kind: body.kind.clone(),
            commune: body.commune,
            commune_from: opened.fact.happened_on,
            trusts: Vec::new(),
        };
        for known in sorted {
            match &known.fact.body {
                Body::AreaAmended(body) => {
                    if let Some(name) = &body.name {
                        area.name.clone_from(name);
                    }
                    if let Some(commune) = body.commune {
                        (area.commune, area.commune_from) = (commune, known.fact.happened_on);
                    }
                }
                Body::AreaEntrusted(body) => {
                    let from = known.fact.happened_on;
                    area.trusts.push(Trust { unit: body.unit, from, to: None });
                }
                _ => {}
            }
        }
        area.trusts.sort_by_key(|trust| trust.from);
        for index in 1..area.trusts.len() {
            area.trusts[index - 1].to = Some(area.trusts[index].from);
        }
        Some(area)
    }

    /// `Bản Chang`, `thôn Khe Pháo`: the kind is said unless the name already says it.
    pub fn full_name(&self) -> String {
        let (kind, name) =
            (tram_kernel::text::fold(&self.kind), tram_kernel::text::fold(&self.name));
        if name.starts_with(&kind) {
            self.name.clone()
        } else {
            format!("{} {}", self.kind, self.name)
        }
    }

    pub fn unit_on(&self, day: Date) -> Option<UnitId> {
        let held = self.trusts.iter().find(|t| t.from <= day && t.to.is_none_or(|to| day < to));
        held.map(|trust| trust.unit)
    }
}
