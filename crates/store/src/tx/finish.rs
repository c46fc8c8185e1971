//! The end of a transaction: tables follow the facts, numbers go stale, the chain moves on.

use super::{Tx, change_set_row};
use crate::error::{Result, StoreError};
use crate::log;
use crate::node::{self, Writer};
use crate::project::{self, Rows};
use crate::sql::{Row, Val};
use crate::table::{AREA_REACH, CHANGE_SET, Table, UNIT_REACH};
use crate::vals;
use std::collections::{BTreeMap, HashSet};
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
            JOIN residence r ON r.person = j.person
            WHERE j.value = ?1 AND j.kind = 'citizen' AND j.person <> ?2";
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

/// Personal numbers written in this transaction: whoever shares one of them elsewhere is touched too.
#[derive(Default)]
struct Numbered {
    /// Keys of people opened here; they are neighbours.
    opened: Option<(i64, i64)>,
    /// Numbers given to people known before.
    given: Vec<(Val, i64)>,
}

impl Numbered {
    fn opened(&mut self, key: i64) {
        let (low, high) = self.opened.unwrap_or((key, key));
        self.opened = Some((low.min(key), high.max(key)));
    }
}

/// The personal numbers among the rows of somebody.
fn citizen_numbers(rows: &Rows) -> Vec<&Val> {
    let is_citizen = |row: &Vec<Val>| matches!(&row[3], Val::Text(kind) if kind == "citizen");
    let held = rows.iter().filter(|(table, row)| table.name == "identifier" && is_citizen(row));
    held.map(|(_, row)| &row[4]).collect()
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
        let mut numbered = Numbered::default();
        for subject in self.order.clone() {
            if self.subjects[&subject].added.is_empty() {
                continue;
            }
            network_changed |= matches!(subject, Subject::Unit(_) | Subject::Area(_));
            self.project(subject, &mut touched, &mut numbered)?;
        }
        self.flush()?;
        if let Some((low, high)) = numbered.opened {
            self.touch_holders(SHARED, &vals![low, high], &mut touched)?;
        }
        for (number, key) in numbered.given {
            self.touch_holders(HELD, &vals![number, key], &mut touched)?;
        }
        self.stamp(&touched)?;
        self.number_and_sign()?;
        if network_changed {
            // Reads the facts just written, so their change-sets must stand.
            self.project_network()?;
        }
        Ok(self.writer)
    }

    /// Replaces the rows of one subject.
    fn project(
        &mut self,
        subject: Subject,
        touched: &mut Touched,
        numbered: &mut Numbered,
    ) -> Result<()> {
        self.load_facts(subject)?;
        let entry = self.subjects.get_mut(&subject).expect("only touched subjects are projected");
        let (key, shard, is_new) = (entry.key, entry.shard, entry.is_new);
        let mut facts = entry.before.take().unwrap_or_default();
        let added = std::mem::take(&mut entry.added);
        let defs = self.defs;
        let mut keys = |subject: Subject| self.key_of(subject, shard);
        let old = project::fold(defs, subject, &facts);
        facts.extend(added);
        let new = project::fold(defs, subject, &facts);
        let old_rows = project::rows(old.as_ref(), key, shard, &mut keys)?;
        let new_rows = project::rows(new.as_ref(), key, shard, &mut keys)?;
        let (areas, since) = project::effect(old.as_ref(), new.as_ref());
        if let Some(since) = since {
            for area in areas {
                let area = self.key_of(area.into(), shard)?;
                touched.add(area, since);
            }
        }
        let (had, has) = (citizen_numbers(&old_rows), citizen_numbers(&new_rows));
        for value in had.iter().filter(|value| !has.contains(value)) {
            self.touch_holders(HELD, &[(*value).clone(), key.into()], touched)?;
        }
        let fresh = has.iter().filter(|value| !had.contains(value));
        match is_new {
            true if !has.is_empty() => numbered.opened(key),
            true => {}
            false => numbered.given.extend(fresh.map(|value| ((*value).clone(), key))),
        }
        self.replace(old_rows, new_rows)
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

    /// Deletes what is no longer true and inserts what is new; equal rows are left alone. For the few
    /// rows of one subject.
    fn replace(&mut self, old: Rows, new: Rows) -> Result<()> {
        let mut stays = vec![false; old.len()];
        let mut next = 0;
        let mut fresh = Vec::new();
        for (table, row) in new {
            // Both lists come from the same fold, so equal rows stand in nearly the same place.
            let at = (next..old.len()).chain(0..next).find(|at| {
                let (old_table, old_row) = &old[*at];
                !stays[*at] && old_row == &row && old_table.name == table.name
            });
            match at {
                Some(at) => {
                    stays[at] = true;
                    next = at + 1;
                }
                None => fresh.push((table, row)),
            }
        }
        for ((table, row), _) in old.iter().zip(&stays).filter(|(_, stays)| !**stays) {
            let texts = table.texts();
            let key: Vec<Val> = texts.key_at.iter().map(|at| row[*at].clone()).collect();
            self.sql.exec(&texts.delete, &key)?;
        }
        for (table, row) in fresh {
            self.insert(table, row);
        }
        Ok(())
    }

    /// Works out again who reaches whom. Units and areas change rarely; they are folded whole.
    fn project_network(&mut self) -> Result<()> {
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
        let gone = stale.iter().filter(|row| !new.contains(&named_row(row))).cloned().collect();
        let came = fresh.iter().filter(|row| !old.contains(&named_row(row))).cloned().collect();
        self.replace(gone, came)?;
        self.flush()
    }

    fn stamp(&mut self, touched: &Touched) -> Result<()> {
        for (area, since) in &touched.0 {
            let n = self.sql.number(STAMP, &vals![*area])?;
            self.sql.exec(STALE, &vals![*area, month(*since), n])?;
        }
        Ok(())
    }

    /// The rows written here must follow the definitions all others follow. Asked after the change-sets
    /// were inserted: an adoption keeps inserts waiting, so none can come in between.
    fn assert_definitions(&mut self) -> Result<()> {
        let ours = self.folded_with.unwrap_or(self.defs.sha256);
        let folded = crate::rebuild::folded_with(self.sql)?;
        if folded.is_some_and(|hash| hash != node::hex(&ours)) {
            return Err(StoreError::OtherDefinitions);
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
            self.assert_definitions()?;
        }
        Ok(())
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
