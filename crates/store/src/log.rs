//! The fact log: reading it and chaining it.
//!
//! ```text
//! hash(n) = SHA-256( hash(n−1) ‖ length(header) ‖ header ‖ SHA-256(fact 0) ‖ SHA-256(fact 1) ‖ … )
//! ```
//!
//! Facts enter the hash by their digest: one that is lawfully erased leaves its digest behind and the
//! chain still verifies.

mod verify;

pub(crate) use verify::ALL as VERIFYING;
pub use verify::{BadEntry, BadWhat, Head, Verified, newest, verify, verify_heads};

use crate::error::{Result, StoreError};
use crate::node::KnownNode;
use crate::sql::{Row, Sql, Val};
use crate::tx::linked::groups;
use crate::vals;
use minicbor::Decode;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tram_domain::fact::{Fact, FactRef, Header, Logged, Subject};
use tram_domain::person::{Person, link};
use tram_kernel::{AreaId, Moment, NodeId, PersonId, Shard, UnitId, UserId};

crate::statements! {
    BY_SUBJECT = "SELECT c.node, c.epoch, c.seq, f.ordinal, c.header, f.body FROM fact f
                  JOIN change_set c ON c.change_set = f.change_set
                  WHERE f.subject = ?1 AND f.body IS NOT NULL
                  ORDER BY f.change_set, f.ordinal";
    BY_SUBJECT_UNTIL = "SELECT c.node, c.epoch, c.seq, f.ordinal, c.header, f.body FROM fact f
                        JOIN change_set c ON c.change_set = f.change_set
                        WHERE f.subject = ?1 AND f.body IS NOT NULL AND c.learned_at <= ?2
                        ORDER BY f.change_set, f.ordinal";
    /// Facts and their change-sets are asked for apart, each by its key: an engine that knows little of
    /// the sizes of the tables would otherwise read one of them whole.
    BY_SUBJECTS = "SELECT subject, change_set, ordinal, body FROM fact
                   WHERE subject IN (??) AND body IS NOT NULL
                   ORDER BY subject, change_set, ordinal";
    SETS = "SELECT change_set, node, epoch, seq, header FROM change_set WHERE change_set IN (??)";
    SETS_OF = "SELECT change_set FROM fact WHERE subject IN (??)";
    SUBJECTS_OF = "SELECT subject, kind, id FROM subject WHERE subject IN (??)";
    SUBJECTS = "SELECT subject, id FROM subject WHERE kind = ?1 AND subject > ?2
                ORDER BY subject LIMIT 500";
    BY_RANGE = "SELECT f.subject, c.node, c.epoch, c.seq, f.ordinal, c.header, f.body
                FROM subject s JOIN fact f ON f.subject = s.subject
                JOIN change_set c ON c.change_set = f.change_set
                WHERE s.kind = ?1 AND s.subject BETWEEN ?2 AND ?3
                AND f.body IS NOT NULL AND c.learned_at <= ?4
                ORDER BY f.subject, f.change_set, f.ordinal";
    UNITS = "SELECT s.id, u.unit FROM unit u JOIN subject s ON s.subject = u.unit";
    AREAS = "SELECT s.id, a.area FROM area a JOIN subject s ON s.subject = a.area";
    LENGTH = "SELECT CAST(coalesce(sum(seq), 0) AS BIGINT) FROM chain";
    COUNT = "SELECT (SELECT count(*) FROM change_set), (SELECT count(*) FROM fact)";
}

pub fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The hash of a change-set given the one before it.
pub fn chain_hash(
    before: &[u8; 32],
    header: &[u8],
    facts: impl Iterator<Item = [u8; 32]>,
) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    hasher.update((header.len() as u64).to_be_bytes());
    hasher.update(header);
    for fact in facts {
        hasher.update(fact);
    }
    hasher.finalize().into()
}

pub(crate) fn shard(number: i64) -> Result<Shard> {
    let code = u32::try_from(number).ok().and_then(Shard::new);
    code.ok_or_else(|| StoreError::Log("a shard that is not a commune code".into()))
}

/// What a fact needs to know of its header.
#[derive(Clone, Copy, Decode)]
#[cbor(array)]
struct Who {
    #[n(1)]
    recorded_at: Moment,
    #[n(3)]
    user: Option<UserId>,
    #[n(5)]
    unit: Option<UnitId>,
}

/// A change-set: its place in the log and who wrote it.
#[derive(Clone, Copy)]
struct Set {
    node: NodeId,
    epoch: u32,
    seq: u64,
    who: Who,
}

impl Set {
    fn logged(&self, ordinal: u16, body: &[u8]) -> Result<Logged> {
        let Self { node, epoch, seq, who } = *self;
        let at = FactRef { node, epoch, seq, ordinal };
        let (recorded_at, by, unit) = (who.recorded_at, who.user, who.unit);
        Ok(Logged { at, recorded_at, by, unit, fact: Fact::from_bytes(body)? })
    }
}

fn node_of(nodes: &BTreeMap<i64, KnownNode>, key: i64) -> Result<NodeId> {
    nodes.get(&key).map(|node| node.id).ok_or(StoreError::UnknownNode)
}

fn read_logged(row: &mut Row, nodes: &BTreeMap<i64, KnownNode>) -> Result<Logged> {
    let node = node_of(nodes, row.int()?)?;
    let (epoch, seq) = (row.int()? as u32, row.int()? as u64);
    let ordinal = row.int()? as u16;
    let who = minicbor::decode(&row.blob()?)?;
    Set { node, epoch, seq, who }.logged(ordinal, &row.blob()?)
}

/// The facts of one subject, perhaps only those this database had learned by a moment.
pub fn facts(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    subject: i64,
    known_at: Option<Moment>,
) -> Result<Vec<Logged>> {
    let (statement, params): (_, Vec<Val>) = match known_at {
        None => (BY_SUBJECT, vals![subject].into()),
        Some(moment) => (BY_SUBJECT_UNTIL, vals![subject, moment.ms()].into()),
    };
    sql.all(statement, &params, |row| read_logged(row, nodes))
}

/// The facts of many subjects, by their local keys; a subject without any is left out.
pub(crate) fn facts_of_many(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    subjects: &[Val],
) -> Result<HashMap<i64, Vec<Logged>>> {
    let mut found = Vec::with_capacity(subjects.len());
    sql.each_of_many(BY_SUBJECTS, &[], subjects, &mut |mut row| {
        found.push((row.int()?, row.int()?, row.int()? as u16, row.blob()?));
        Ok(())
    })?;
    let named: BTreeSet<i64> = found.iter().map(|(_, set, ..)| *set).collect();
    let named: Vec<Val> = named.into_iter().map(Val::Int).collect();
    let mut sets = HashMap::with_capacity(named.len());
    sql.each_of_many(SETS, &[], &named, &mut |mut row| {
        let (key, node) = (row.int()?, node_of(nodes, row.int()?)?);
        let (epoch, seq) = (row.int()? as u32, row.int()? as u64);
        sets.insert(key, Set { node, epoch, seq, who: minicbor::decode(&row.blob()?)? });
        Ok(())
    })?;
    let mut all: HashMap<i64, Vec<Logged>> = HashMap::with_capacity(subjects.len());
    for (subject, set, ordinal, body) in found {
        let set =
            sets.get(&set).ok_or_else(|| StoreError::Log("a fact of no user action".into()))?;
        all.entry(subject).or_default().push(set.logged(ordinal, &body)?);
    }
    Ok(all)
}

/// Takes a subject with its local key and its facts.
pub type Each<'e> = &'e mut dyn FnMut(&mut dyn Sql, i64, Subject, Vec<Logged>) -> Result<()>;

/// Hands over each subject of a kind, with its local key and its facts as known at a moment, five
/// hundred subjects at a time.
pub fn each_of_kind(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    kind: i64,
    known_at: Option<Moment>,
    each: Each<'_>,
) -> Result<()> {
    let until = known_at.map_or(i64::MAX, Moment::ms);
    let mut last = 0;
    loop {
        let subjects = sql.all(SUBJECTS, &vals![kind, last], |row| Ok((row.int()?, row.id()?)))?;
        let (Some((first, _)), Some((end, _))) = (subjects.first(), subjects.last()) else {
            return Ok(());
        };
        let mut facts: BTreeMap<i64, Vec<Logged>> = BTreeMap::new();
        sql.each(BY_RANGE, &vals![kind, *first, *end, until], &mut |mut row| {
            let subject = row.int()?;
            facts.entry(subject).or_default().push(read_logged(&mut row, nodes)?);
            Ok(())
        })?;
        for (key, id) in &subjects {
            let subject = Subject::from_parts(kind, *id)
                .ok_or_else(|| StoreError::Log("a subject of an unknown kind".into()))?;
            if let Some(facts) = facts.remove(key) {
                each(sql, *key, subject, facts)?;
            }
        }
        last = *end;
    }
}

/// Change-sets by their names.
#[derive(Debug, Default)]
pub struct Sets(HashSet<(NodeId, u32, u64)>);

impl Sets {
    /// Whether a fact stands in one of them.
    pub fn hold(&self, at: &FactRef) -> bool {
        self.0.contains(&(at.node, at.epoch, at.seq))
    }
}

/// The change-sets about these subjects of one kind of user action, with this reason, since a moment.
pub fn written_by(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    subjects: &[i64],
    (action, reason): (&str, &str),
    since: Moment,
) -> Result<Sets> {
    let keys: Vec<Val> = subjects.iter().map(|key| Val::Int(*key)).collect();
    let mut named = BTreeSet::new();
    sql.each_of_many(SETS_OF, &[], &keys, &mut |mut row| {
        named.insert(row.int()?);
        Ok(())
    })?;
    let named: Vec<Val> = named.into_iter().map(Val::Int).collect();
    let mut sets = Sets::default();
    sql.each_of_many(SETS, &[], &named, &mut |mut row| {
        let (_, node) = (row.int()?, node_of(nodes, row.int()?)?);
        let (epoch, seq) = (row.int()? as u32, row.int()? as u64);
        let header: Header = minicbor::decode(&row.blob()?)?;
        let is_it = header.action == action && header.reason.as_deref() == Some(reason);
        if is_it && header.recorded_at >= since {
            sets.0.insert((node, epoch, seq));
        }
        Ok(())
    })?;
    Ok(sets)
}

/// The subjects behind local keys.
pub fn subjects(sql: &mut dyn Sql, keys: &[i64]) -> Result<BTreeMap<i64, Subject>> {
    let asked: Vec<Val> = keys.iter().map(|key| Val::Int(*key)).collect();
    let mut found = BTreeMap::new();
    sql.each_of_many(SUBJECTS_OF, &[], &asked, &mut |mut row| {
        let key = row.int()?;
        found.extend(Subject::from_parts(row.int()?, row.id()?).map(|subject| (key, subject)));
        Ok(())
    })?;
    Ok(found)
}

/// Every person as known at a moment; records that were linked by then are one person.
pub fn people(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    known_at: Option<Moment>,
) -> Result<Vec<Person>> {
    let mut people: Vec<(i64, Person)> = Vec::new();
    let mut links = Vec::new();
    each_of_kind(sql, nodes, 0, known_at, &mut |_, key, subject, facts| {
        let Subject::Person(id) = subject else { return Ok(()) };
        links.extend(link::targets(&facts).into_iter().map(|to| (id, to)));
        people.extend(Person::fold(id, &facts).map(|person| (key, person)));
        Ok(())
    })?;
    let linked: BTreeSet<PersonId> = links.iter().flat_map(|(from, to)| [*from, *to]).collect();
    let mut facts: BTreeMap<PersonId, Vec<Logged>> = BTreeMap::new();
    for (key, person) in people.extract_if(.., |(_, person)| linked.contains(&person.id)) {
        facts.insert(person.id, self::facts(sql, nodes, key, known_at)?);
    }
    let mut people: Vec<Person> = people.into_iter().map(|(_, person)| person).collect();
    for group in groups(&facts) {
        let all = group.members.iter().flat_map(|id| facts[id].iter().cloned());
        people.extend(Person::fold(group.head, &all.collect::<Vec<_>>()));
    }
    Ok(people)
}

/// All subjects of some kinds with their facts.
pub fn facts_of_kinds<const N: usize>(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    kinds: [i64; N],
) -> Result<Vec<(Subject, Vec<Logged>)>> {
    let mut all = Vec::new();
    for kind in kinds {
        each_of_kind(sql, nodes, kind, None, &mut |_, _, subject, facts| {
            all.push((subject, facts));
            Ok(())
        })?;
    }
    Ok(all)
}

/// The facts of every registered unit and area. Their tables must be up to date.
pub fn facts_of_network(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
) -> Result<Vec<(Subject, Vec<Logged>)>> {
    let mut subjects: Vec<(Subject, i64)> = Vec::new();
    let unit = |id| Subject::Unit(UnitId::from_u128(id));
    let area = |id| Subject::Area(AreaId::from_u128(id));
    let kinds: [(&str, &dyn Fn(u128) -> Subject); 2] = [(UNITS, &unit), (AREAS, &area)];
    for (statement, subject) in kinds {
        subjects.extend(sql.all(statement, &[], |row| Ok((subject(row.id()?), row.int()?)))?);
    }
    let keys: Vec<Val> = subjects.iter().map(|(_, key)| Val::Int(*key)).collect();
    let mut facts = facts_of_many(sql, nodes, &keys)?;
    let with_facts = |(subject, key)| facts.remove(&key).map(|facts| (subject, facts));
    Ok(subjects.into_iter().filter_map(with_facts).collect())
}

/// Change-sets in the log, by the heads of its chains: quick whatever its length.
pub fn length(sql: &mut dyn Sql) -> Result<i64> {
    sql.number(LENGTH, &[])
}

/// Change-sets and facts in the log.
pub fn count(sql: &mut dyn Sql) -> Result<(i64, i64)> {
    let found = sql.one(COUNT, &[], |row| Ok((row.int()?, row.int()?)))?;
    Ok(found.unwrap_or_default())
}
