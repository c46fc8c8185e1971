//! The end of a transaction: tables follow the facts, numbers go stale, the chain moves on.

use super::{Tx, change_set_row};
use crate::error::Result;
use crate::log;
use crate::node::{self, Writer};
use crate::project::{self, Rows};
use crate::sql::{Row, Val};
use crate::table::{AREA_REACH, CHANGE_SET, Table, UNIT_REACH};
use crate::vals;
use std::collections::{BTreeMap, HashMap, HashSet};
use tram_domain::fact::{Logged, Subject};
use tram_domain::unit::{Area, Network, Unit};
use tram_kernel::{Date, Shard};

crate::statements! {
    FEED = "INSERT INTO feed_head (shard, n) VALUES (?1, ?2)
            ON CONFLICT (shard) DO UPDATE SET n = feed_head.n + excluded.n RETURNING n";
    STAMP = "INSERT INTO area_stamp (area, n) VALUES (?1, 1)
             ON CONFLICT (area) DO UPDATE SET n = area_stamp.n + 1 RETURNING n";
    STALE = "INSERT INTO area_month (area, month, n) VALUES (?1, ?2, ?3)
             ON CONFLICT (area, month) DO UPDATE SET n = excluded.n";
    /// Where the people live who carry a number of somebody written in this transaction.
    SHARED = "SELECT DISTINCT r.area, r.from_on FROM identifier i
              JOIN identifier j ON j.value = i.value AND j.kind = i.kind AND j.person <> i.person
              JOIN residence r ON r.person = j.person
              WHERE i.person BETWEEN ?1 AND ?2 AND i.kind = 'citizen'";
    HELD = "SELECT DISTINCT r.area, r.from_on FROM identifier j
            JOIN residence r ON r.person = j.person WHERE j.value = ?1 AND j.kind = 'citizen'";
    UNIT_REACHES = "SELECT top, reach, unit, from_on, to_on FROM unit_reach";
    AREA_REACHES = "SELECT top, reach, area, from_on, to_on FROM area_reach";
}

/// Areas whose numbers changed, each from the earliest day on.
#[derive(Default)]
pub(crate) struct Touched(BTreeMap<i64, Date>);

impl Touched {
    fn add(&mut self, area: i64, since: Date) {
        let day = self.0.entry(area).or_insert(since);
        *day = since.min(*day);
    }
}

/// Months before this one are one heap: nobody asks for older numbers.
fn month(since: Date) -> String {
    let text = since.to_string();
    if since.year() < 2000 { "2000-01".into() } else { text[..7].into() }
}

impl Tx<'_> {
    /// Projects, stamps, numbers and signs. The transaction must be committed right after.
    pub(crate) fn finish(mut self) -> Result<Writer> {
        let mut touched = Touched::default();
        let mut network_changed = false;
        // People with numbers written now: whoever shares one of them elsewhere is touched too.
        let mut numbered: Option<(i64, i64)> = None;
        for subject in self.order.clone() {
            let entry = &self.subjects[&subject];
            if entry.added.is_empty() {
                continue;
            }
            network_changed |= matches!(subject, Subject::Unit(_) | Subject::Area(_));
            let key = entry.key;
            if self.project(subject, &mut touched)? {
                let (low, high) = numbered.unwrap_or((key, key));
                numbered = Some((low.min(key), high.max(key)));
            }
        }
        self.flush()?;
        if let Some((low, high)) = numbered {
            self.touch_holders(SHARED, &vals![low, high], &mut touched)?;
        }
        self.stamp(&touched)?;
        self.number_and_sign()?;
        if network_changed {
            // Reads the facts just written, so their change-sets must stand.
            self.project_network()?;
        }
        Ok(self.writer)
    }

    /// Replaces the rows of one subject. True when its personal numbers changed.
    fn project(&mut self, subject: Subject, touched: &mut Touched) -> Result<bool> {
        let entry = &self.subjects[&subject];
        let (key, shard, is_new) = (entry.key, entry.shard, entry.is_new);
        let after = self.facts_of(subject)?;
        let before: Vec<Logged> = if is_new {
            Vec::new()
        } else {
            let added: HashSet<_> =
                self.subjects[&subject].added.iter().map(|known| known.at).collect();
            after.iter().filter(|known| !added.contains(&known.at)).cloned().collect()
        };
        let defs = self.defs;
        let mut keys = |subject: Subject| self.key_of(subject, shard);
        let old = project::fold(defs, subject, &before);
        let new = project::fold(defs, subject, &after);
        let old_rows = project::rows(old.as_ref(), key, shard, &mut keys)?;
        let new_rows = project::rows(new.as_ref(), key, shard, &mut keys)?;
        let (areas, since) = project::effect(old.as_ref(), new.as_ref());
        if let Some(since) = since {
            for area in areas {
                let area = self.key_of(area.into(), shard)?;
                touched.add(area, since);
            }
        }
        let numbers = |rows: &Rows| -> Vec<Val> {
            let held = rows.iter().filter(|(table, _)| table.name == "identifier");
            held.map(|(_, row)| row[4].clone()).collect()
        };
        let (had, has) = (numbers(&old_rows), numbers(&new_rows));
        for value in had.iter().filter(|value| !has.contains(value)) {
            self.touch_holders(HELD, std::slice::from_ref(value), touched)?;
        }
        self.replace(old_rows, new_rows)?;
        Ok(had != has)
    }

    fn touch_holders(
        &mut self,
        statement: &str,
        params: &[Val],
        touched: &mut Touched,
    ) -> Result<()> {
        for (area, since) in self.sql.all(statement, params, |row| Ok((row.int()?, row.day()?)))? {
            touched.add(area, since);
        }
        Ok(())
    }

    /// Deletes what is no longer true and inserts what is new; equal rows are left alone.
    fn replace(&mut self, old: Rows, new: Rows) -> Result<()> {
        if old.is_empty() {
            for (table, row) in new {
                self.insert(table, row);
            }
            return Ok(());
        }
        let name = |(table, row): (&'static Table, Vec<Val>)| ((table.name, row), table);
        let old: HashMap<(&str, Vec<Val>), &'static Table> = old.into_iter().map(name).collect();
        let new: Vec<((&str, Vec<Val>), &'static Table)> = new.into_iter().map(name).collect();
        let kept: HashSet<&(&str, Vec<Val>)> = new.iter().map(|(row, _)| row).collect();
        for (row, table) in &old {
            if !kept.contains(row) {
                let texts = table.texts();
                let key: Vec<Val> = texts.key_at.iter().map(|at| row.1[*at].clone()).collect();
                self.sql.exec(&texts.delete, &key)?;
            }
        }
        for (row, table) in new {
            if !old.contains_key(&row) {
                self.insert(table, row.1);
            }
        }
        Ok(())
    }

    /// Works out again who reaches whom. Units and areas change rarely; they are folded whole.
    fn project_network(&mut self) -> Result<()> {
        let (units, areas) = network(&log::facts_of_kinds(self.sql, self.nodes, [3, 2])?);
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
        self.replace(stale, fresh)?;
        self.flush()
    }

    fn stamp(&mut self, touched: &Touched) -> Result<()> {
        for (area, since) in &touched.0 {
            let n = self.sql.number(STAMP, &vals![*area])?;
            self.sql.exec(STALE, &vals![*area, month(*since), n])?;
        }
        Ok(())
    }

    /// Feed numbers under the row lock of each shard, then the chain head with its signature.
    fn number_and_sign(&mut self) -> Result<()> {
        let mut count: BTreeMap<Shard, i64> = BTreeMap::new();
        for pending in &self.pending {
            *count.entry(pending.shard).or_default() += 1;
        }
        let mut next: BTreeMap<Shard, i64> = BTreeMap::new();
        for (shard, n) in count {
            let last = self.sql.number(FEED, &vals![shard.number(), n])?;
            next.insert(shard, last - n);
        }
        let mut rows = Vec::with_capacity(self.pending.len());
        for pending in &self.pending {
            let seq = next.get_mut(&pending.shard).expect("counted above");
            *seq += 1;
            rows.push(change_set_row(pending, &self.writer, self.now, *seq));
        }
        self.sql.insert_many(&CHANGE_SET, &rows)?;
        let before = self.writer.seq - self.pending.len() as u64;
        if !self.pending.is_empty() {
            node::advance(self.sql, before, &self.writer)?;
        }
        Ok(())
    }
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
