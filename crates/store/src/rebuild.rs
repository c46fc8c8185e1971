//! Folding every table again from the log.

use crate::error::Result;
use crate::log;
use crate::migrate::{create_projections, drop_projections, hold_writers};
use crate::node;
use crate::node::KnownNode;
use crate::project::{self, Rows};
use crate::settings;
use crate::sql::Val;
use crate::sql::{Row, Sql};
use crate::table::{AREA_REACH, UNIT_REACH};
use crate::tx::linked::groups;
use crate::tx::network::network;
use crate::vals;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_defs::Definitions;
use tram_domain::fact::{Logged, Subject};
use tram_domain::person::link;
use tram_domain::unit::Network;
use tram_kernel::{PersonId, Shard};

crate::statements! {
    SUBJECT_KEYS = "SELECT subject, kind, id FROM subject";
}

/// Rows are written in heaps of about this size.
const HEAP: usize = 5_000;

/// Drops the projection tables and makes them again from the facts. Answers how many subjects there
/// were. Cached numbers are not made: they are counted when asked for. The set of definitions is noted:
/// a writer that uses another one is refused.
pub fn rebuild(sql: &mut dyn Sql, defs: &Definitions) -> Result<u64> {
    hold_writers(sql)?;
    drop_projections(sql)?;
    create_projections(sql)?;
    let nodes = node::known(sql)?;
    let keys = subject_keys(sql)?;
    let mut heap = Rows::new();
    let mut subjects = 0;
    let mut links = Vec::new();
    for kind in Subject::PROJECTED {
        log::each_of_kind(sql, &nodes, kind, None, &mut |sql, key, subject, facts| {
            subjects += 1;
            if let Subject::Person(id) = subject {
                links.extend(link::targets(&facts).into_iter().map(|to| (id, to)));
            }
            let state = project::fold(defs, subject, &facts);
            let shard = facts[0].fact.shard;
            heap.extend(project::rows(state.as_ref(), key, shard, &mut |s| key_of(&keys, s))?);
            if heap.len() >= HEAP { write(sql, &mut heap) } else { Ok(()) }
        })?;
    }
    write(sql, &mut heap)?;
    join_linked(sql, defs, &nodes, &keys, &links)?;
    let (units, areas) = network(&log::facts_of_kinds(sql, &nodes, [3, 2])?);
    let network = Network { units: units.iter().collect(), areas: areas.iter().collect() };
    for r in network.unit_reach() {
        let (top, unit) = (key_of(&keys, r.top.into())?, key_of(&keys, r.unit.into())?);
        heap.push((&UNIT_REACH, vals![top, r.reach.number(), unit, r.from, r.to].into()));
    }
    for r in network.area_reach() {
        let (top, area) = (key_of(&keys, r.top.into())?, key_of(&keys, r.area.into())?);
        heap.push((&AREA_REACH, vals![top, r.reach.number(), area, r.from, r.to].into()));
    }
    write(sql, &mut heap)?;
    settings::put(sql, settings::DEFINITIONS, &node::hex(&defs.sha256))?;
    Ok(subjects)
}

/// Records that are read as one were folded apart: their rows give way to those of the whole.
fn join_linked(
    sql: &mut dyn Sql,
    defs: &Definitions,
    nodes: &BTreeMap<i64, KnownNode>,
    keys: &SubjectKeys,
    links: &[(PersonId, PersonId)],
) -> Result<()> {
    let people = links.iter().flat_map(|(from, to)| [*from, *to]).collect::<BTreeSet<_>>();
    let mut facts: BTreeMap<PersonId, Vec<Logged>> = BTreeMap::new();
    let found: Vec<Val> =
        people.iter().filter_map(|id| keys.get(&(*id).into())).map(|key| Val::Int(*key)).collect();
    let mut known = log::facts_of_many(sql, nodes, &found)?;
    for id in people {
        let read = keys.get(&id.into()).and_then(|key| known.remove(key));
        facts.extend(read.map(|facts| (id, facts)));
    }
    let (mut gone, mut heap) = (Rows::new(), Rows::new());
    let name = &mut |s| key_of(keys, s);
    for group in groups(&facts).iter().filter(|group| group.members.len() > 1) {
        let members: Vec<(PersonId, &[Logged])> =
            group.members.iter().map(|id| (*id, &facts[id][..])).collect();
        for ((id, known), state) in members.iter().zip(project::fold_linked(defs, &members)) {
            let (key, shard) = (key_of(keys, (*id).into())?, known[0].fact.shard);
            let apart = project::fold(defs, (*id).into(), known);
            gone.extend(project::rows(apart.as_ref(), key, shard, name)?);
            heap.extend(project::rows(state.as_ref(), key, shard, name)?);
        }
    }
    for (table, keys) in project::keys_of(gone) {
        sql.delete_many(table, &keys)?;
    }
    write(sql, &mut heap)
}

/// The hash of the definitions with which the tables were folded, in hex. `None` before they were noted.
pub fn folded_with(sql: &mut dyn Sql) -> Result<Option<String>> {
    settings::get(sql, settings::DEFINITIONS)
}

type SubjectKeys = HashMap<Subject, i64>;

fn subject_keys(sql: &mut dyn Sql) -> Result<SubjectKeys> {
    let read = |row: &mut Row| Ok((row.int()?, row.int()?, row.id()?));
    let rows = sql.all(SUBJECT_KEYS, &[], read)?;
    let keyed = rows
        .into_iter()
        .filter_map(|(key, kind, id)| Subject::from_parts(kind, id).map(|subject| (subject, key)));
    Ok(keyed.collect())
}

fn key_of(keys: &SubjectKeys, subject: Subject) -> Result<i64> {
    let missing = || crate::StoreError::Log(format!("{subject} is named but not known"));
    keys.get(&subject).copied().ok_or_else(missing)
}

fn write(sql: &mut dyn Sql, heap: &mut Rows) -> Result<()> {
    let mut by_table: Vec<(&'static crate::table::Table, Vec<Vec<crate::Val>>)> = Vec::new();
    for (table, row) in heap.drain(..) {
        match by_table.iter_mut().find(|(known, _)| known.name == table.name) {
            Some((_, rows)) => rows.push(row),
            None => by_table.push((table, vec![row])),
        }
    }
    for (table, rows) in by_table {
        sql.insert_many(table, &rows)?;
    }
    Ok(())
}

/// The shard of subjects that belong to no commune.
pub fn nowhere() -> Shard {
    Shard::new(0).expect("zero is a code")
}
