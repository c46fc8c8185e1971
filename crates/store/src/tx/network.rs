//! Who reaches whom: worked out again, whole, when units or areas changed.

use super::Tx;
use crate::error::Result;
use crate::log;
use crate::project::Rows;
use crate::sql::{Row, Val};
use crate::table::{AREA_REACH, Table, UNIT_REACH};
use crate::vals;
use std::collections::HashSet;
use tram_domain::fact::{Logged, Subject};
use tram_domain::unit::{Area, Network, Unit};
use tram_kernel::Shard;

crate::statements! {
    UNIT_REACHES = "SELECT top, reach, unit, from_on, to_on FROM unit_reach";
    AREA_REACHES = "SELECT top, reach, area, from_on, to_on FROM area_reach";
}

impl Tx<'_> {
    /// Works out again who reaches whom. Units and areas change rarely; they are folded whole.
    pub(super) fn project_network(&mut self) -> Result<()> {
        let (units, areas) = network(&log::facts_of_network(self.sql, self.nodes)?);
        let network = Network { units: units.iter().collect(), areas: areas.iter().collect() };
        let nowhere = Shard::new(0).expect("zero is a code");
        let mut fresh = Rows::new();
        for r in network.unit_reach() {
            let (top, unit) =
                (self.key_of(r.top.into(), nowhere)?, self.key_of(r.unit.into(), nowhere)?);
            fresh.push((&UNIT_REACH, vals![top, r.reach.number(), unit, r.from, r.to].into()));
        }
        for r in network.area_reach() {
            let (top, area) =
                (self.key_of(r.top.into(), nowhere)?, self.key_of(r.area.into(), nowhere)?);
            fresh.push((&AREA_REACH, vals![top, r.reach.number(), area, r.from, r.to].into()));
        }
        let mut stale = Rows::new();
        for (table, statement) in [(&UNIT_REACH, UNIT_REACHES), (&AREA_REACH, AREA_REACHES)] {
            let read = |row: &mut Row| Ok((0..5).map(|_| row.val()).collect::<Vec<Val>>());
            stale.extend(self.sql.all(statement, &[], read)?.into_iter().map(|row| (table, row)));
        }
        // Thousands of rows in no common order: found by hash, not by walking.
        let (old, new): (HashSet<NamedRow>, HashSet<NamedRow>) =
            (stale.iter().map(named_row).collect(), fresh.iter().map(named_row).collect());
        let gone: Rows =
            stale.iter().filter(|row| !new.contains(&named_row(row))).cloned().collect();
        let came: Rows =
            fresh.iter().filter(|row| !old.contains(&named_row(row))).cloned().collect();
        self.delete(gone)?;
        for (table, row) in came {
            self.insert(table, row);
        }
        self.flush()
    }
}

type NamedRow<'r> = (&'static str, &'r [Val]);

fn named_row<'r>((table, row): &'r (&'static Table, Vec<Val>)) -> NamedRow<'r> {
    (table.name, row)
}

/// Folds every unit and area from their facts.
pub(crate) fn network(facts: &[(Subject, Vec<Logged>)]) -> (Vec<Unit>, Vec<Area>) {
    let mut units = Vec::new();
    let mut areas = Vec::new();
    for (subject, facts) in facts {
        match subject {
            Subject::Unit(id) => units.extend(Unit::fold(*id, facts)),
            Subject::Area(id) => areas.extend(Area::fold(*id, facts)),
            _ => {}
        }
    }
    (units, areas)
}
