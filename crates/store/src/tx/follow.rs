//! The tables follow: rows of the facts before against rows of the facts after, for every subject of a
//! transaction at once, so that many subjects cost few statements.

use super::Tx;
use crate::error::Result;
use crate::project::{self, Matters, Rows, State};
use crate::sql::{Row, Val};
use crate::vals;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use tram_domain::fact::Subject;
use tram_kernel::{Date, Shard};

crate::statements! {
    /// Where the people live who carry a number of somebody written in this transaction.
    SHARED = "SELECT DISTINCT r.area, r.from_on FROM identifier i
              JOIN identifier j ON j.value = i.value AND j.kind = i.kind AND j.person <> i.person
              JOIN residence r ON r.person = j.person
              WHERE i.person BETWEEN ?1 AND ?2 AND i.kind = 'citizen'";
    /// Where the members of households live.
    MEMBERS = "SELECT DISTINCT r.area FROM membership m JOIN residence r ON r.person = m.person
               WHERE m.household IN (??)";
    AREAS = "SELECT area, min(from_on) FROM residence GROUP BY area";
    HOLDERS = "SELECT DISTINCT j.value, j.person, r.area, r.from_on FROM identifier j
               JOIN residence r ON r.person = j.person
               WHERE j.value IN (??) AND j.kind = 'citizen'";
}

/// Areas whose numbers changed, each from the earliest day on.
#[derive(Default)]
pub(super) struct Touched(pub BTreeMap<i64, Date>);

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
    /// Numbers given to, or taken from, people known before.
    moved: HashSet<(Val, i64)>,
}

impl Numbered {
    fn opened(&mut self, key: i64) {
        let (low, high) = self.opened.unwrap_or((key, key));
        self.opened = Some((low.min(key), high.max(key)));
    }

    fn add(&mut self, key: i64, is_new: bool, old: &Rows, new: &Rows) {
        let (had, has) = (citizen_numbers(old), citizen_numbers(new));
        let gone = had.iter().filter(|value| !has.contains(value));
        self.moved.extend(gone.map(|value| ((*value).clone(), key)));
        match is_new {
            true if !has.is_empty() => self.opened(key),
            true => {}
            false => {
                let fresh = has.iter().filter(|value| !had.contains(value));
                self.moved.extend(fresh.map(|value| ((*value).clone(), key)));
            }
        }
    }
}

/// The personal numbers among the rows of somebody.
fn citizen_numbers(rows: &Rows) -> Vec<&Val> {
    let is_citizen = |row: &Vec<Val>| matches!(&row[3], Val::Text(kind) if kind == "citizen");
    let held = rows.iter().filter(|(table, row)| table.name == "identifier" && is_citizen(row));
    held.map(|(_, row)| &row[4]).collect()
}

/// A subject before and after this transaction.
pub(super) struct Changed {
    pub key: i64,
    pub shard: Shard,
    pub is_new: bool,
    pub old: Option<State>,
    pub new: Option<State>,
}

impl Tx<'_> {
    /// Replaces the rows of every subject that was written to.
    pub(super) fn follow(&mut self) -> Result<Touched> {
        let added = self.order.iter().filter(|subject| !self.subjects[subject].added.is_empty());
        let subjects: Vec<Subject> = added.copied().collect();
        let mut changes = Vec::with_capacity(subjects.len());
        let linked = self.linked_with(&subjects)?;
        for subject in subjects.into_iter().filter(|subject| !linked.contains(subject)) {
            changes.push(self.fold(subject)?);
        }
        changes.extend(self.fold_linked(&linked)?);
        self.look_up_names(&changes)?;
        let (mut touched, mut numbered) = (Touched::default(), Numbered::default());
        let (mut homes, mut is_redrawn) = (Vec::new(), false);
        let mut gone = Rows::new();
        for changed in changes {
            let Changed { key, shard, is_new, old, new } = changed;
            let mut keys = |subject: Subject| self.key_of(subject, shard);
            let (old_rows, new_rows) =
                project::rows_that_differ(old.as_ref(), new.as_ref(), key, shard, &mut keys)?;
            let (areas, since) = project::effect(old.as_ref(), new.as_ref());
            if let Some(since) = since {
                for area in areas {
                    touched.add(self.key_of(area.into(), shard)?, since);
                }
            }
            let lived = project::home_effect(old.as_ref(), new.as_ref());
            homes.extend(lived.map(|since| (key, since)));
            is_redrawn |= project::is_redrawn(old.as_ref(), new.as_ref());
            numbered.add(key, is_new, &old_rows, &new_rows);
            self.replace(old_rows, new_rows, &mut gone);
        }
        self.delete(gone)?;
        self.flush()?;
        self.touch_holders(&numbered, &mut touched)?;
        self.touch_members(&homes, &mut touched)?;
        if is_redrawn {
            for (area, since) in self.sql.all(AREAS, &[], |row| Ok((row.int()?, row.day()?)))? {
                touched.add(area, since);
            }
        }
        Ok(touched)
    }

    /// Households that live otherwise from a day on are counted where their members live.
    fn touch_members(&mut self, homes: &[(i64, Date)], touched: &mut Touched) -> Result<()> {
        let Some(since) = homes.iter().map(|(_, since)| *since).min() else { return Ok(()) };
        let keys: Vec<Val> = homes.iter().map(|(home, _)| Val::from(*home)).collect();
        self.sql.each_of_many(MEMBERS, &[], &keys, &mut |mut row| {
            touched.add(row.int()?, since);
            Ok(())
        })
    }

    fn fold(&mut self, subject: Subject) -> Result<Changed> {
        self.load_facts(subject)?;
        let entry = self.subjects.get_mut(&subject).expect("only touched subjects are folded");
        let (key, shard, is_new) = (entry.key, entry.shard, entry.is_new);
        let mut facts = entry.before.take().unwrap_or_default();
        let added = std::mem::take(&mut entry.added);
        // Somebody just opened is drawn whole.
        let matters = if facts.is_empty() { Matters::ALL } else { Matters::of(&added) };
        let old = project::fold_for(self.defs, subject, &facts, matters);
        facts.extend(added);
        let new = project::fold_for(self.defs, subject, &facts, matters);
        Ok(Changed { key, shard, is_new, old, new })
    }

    /// Whom the rows name: homes, villages, mothers, units. A few of them are found one by one.
    fn look_up_names(&mut self, changes: &[Changed]) -> Result<()> {
        // Facts are only added: what was named before is nearly always named after.
        let mut named = BTreeSet::new();
        for state in changes.iter().filter_map(|changed| changed.new.as_ref()) {
            state.each_name(&mut |name| {
                if !self.subjects.contains_key(&name) && !self.named.contains_key(&name) {
                    named.insert(name);
                }
            });
        }
        if named.len() > 2 { self.name_all(&named) } else { Ok(()) }
    }

    fn touch_holders(&mut self, numbered: &Numbered, touched: &mut Touched) -> Result<()> {
        if let Some((low, high)) = numbered.opened {
            let read = |row: &mut Row| Ok((row.int()?, row.day()?));
            for (area, since) in self.sql.all(SHARED, &vals![low, high], read)? {
                touched.add(area, since);
            }
        }
        let values: BTreeSet<&Val> = numbered.moved.iter().map(|(value, _)| value).collect();
        let values: Vec<Val> = values.into_iter().cloned().collect();
        self.sql.each_of_many(HOLDERS, &[], &values, &mut |mut row| {
            let held = (row.val(), row.int()?);
            let (area, since) = (row.int()?, row.day()?);
            let is_anothers = numbered.moved.iter().any(|(v, key)| *v == held.0 && *key != held.1);
            if is_anothers {
                touched.add(area, since);
            }
            Ok(())
        })
    }

    /// Keeps what is new to be inserted, and in `gone` what is no longer true; equal rows are left
    /// alone. For the few rows of one subject.
    fn replace(&mut self, old: Rows, new: Rows, gone: &mut Rows) {
        let mut stays = vec![false; old.len()];
        let mut next = 0;
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
                None => self.insert(table, row),
            }
        }
        gone.extend(old.into_iter().zip(stays).filter(|(_, stays)| !stays).map(|(row, _)| row));
    }

    /// Deletes rows by their keys, table by table.
    pub(super) fn delete(&mut self, gone: Rows) -> Result<()> {
        let by_table = project::keys_of(gone);
        by_table.iter().try_for_each(|(table, keys)| self.sql.delete_many(table, keys))
    }
}
