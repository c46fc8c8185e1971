//! The network on a day: units in reach, each with everything it stands under.

use super::{RelationRow, UnitRow};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use tram_defs::role::Action;
use tram_kernel::Date;
use tram_store::unit;

/// A unit of the network.
#[derive(Debug, Clone)]
pub struct UnitNode {
    pub unit: UnitRow,
    /// All its relations upwards, past and to come.
    pub parents: Vec<RelationRow>,
    /// Villages it looks after on the day.
    pub areas: usize,
}

impl UnitNode {
    /// The relations that hold on a day.
    pub fn parents_on(&self, on: Date) -> impl Iterator<Item = &RelationRow> {
        self.parents.iter().filter(move |r| r.from <= on && r.to.is_none_or(|to| on < to))
    }
}

impl App {
    /// Units reached on a day.
    pub fn network(&self, actor: &Actor, on: Date) -> Result<Vec<UnitNode>, Failure> {
        self.read(actor, Action::UnitRead, Resource::InReach, |sql, reach| {
            let mut areas: BTreeMap<i64, usize> = BTreeMap::new();
            for area in unit::areas(sql, actor.unit_key, reach, on)? {
                if let Some(unit) = area.unit {
                    *areas.entry(unit).or_default() += 1;
                }
            }
            let mut nodes = Vec::new();
            for found in unit::units(sql, actor.unit_key, reach, on)? {
                let parents = unit::parents(sql, found.key)?;
                let areas = areas.get(&found.key).copied().unwrap_or_default();
                nodes.push(UnitNode { unit: found, parents, areas });
            }
            Ok(nodes)
        })
    }

    /// Every unit there is: what a unit may be put under. Names of organisations are no secret to who
    /// may rearrange them.
    pub fn possible_parents(&self, actor: &Actor) -> Result<Vec<UnitRow>, Failure> {
        self.read(actor, Action::UnitWrite, Resource::InReach, |sql, _| Ok(unit::all_units(sql)?))
    }
}
