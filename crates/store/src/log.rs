//! The fact log: reading it, and proving that nothing in it was altered.
//!
//! ```text
//! hash(n) = SHA-256( hash(n−1) ‖ length(header) ‖ header ‖ SHA-256(fact 0) ‖ SHA-256(fact 1) ‖ … )
//! ```
//!
//! Facts enter the hash by their digest: one that is lawfully erased leaves its digest behind and the
//! chain still verifies.

use crate::error::{Result, StoreError};
use crate::node::{self, KnownNode};
use crate::sql::{Row, Sql, Val};
use crate::vals;
use minicbor::Decode;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_domain::fact::{Fact, FactRef, Header, Logged, Subject};
use tram_kernel::{AreaId, Moment, NodeId, Shard, UnitId, UserId};

crate::statements! {
    BY_SUBJECT = "SELECT c.node, c.epoch, c.seq, f.ordinal, c.header, f.body FROM fact f
                  JOIN change_set c ON c.change_set = f.change_set
                  WHERE f.subject = ?1 AND f.body IS NOT NULL
                  ORDER BY f.change_set, f.ordinal";
    BY_SUBJECT_UNTIL = "SELECT c.node, c.epoch, c.seq, f.ordinal, c.header, f.body FROM fact f
                        JOIN change_set c ON c.change_set = f.change_set
                        WHERE f.subject = ?1 AND f.body IS NOT NULL AND c.learned_at <= ?2
                        ORDER BY f.change_set, f.ordinal";
    BY_SUBJECTS = "SELECT f.subject, c.node, c.epoch, c.seq, f.ordinal, c.header, f.body FROM fact f
                   JOIN change_set c ON c.change_set = f.change_set
                   WHERE f.subject IN (??) AND f.body IS NOT NULL
                   ORDER BY f.subject, f.change_set, f.ordinal";
    SUBJECTS = "SELECT subject, id FROM subject WHERE kind = ?1 AND subject > ?2
                ORDER BY subject LIMIT 500";
    BY_RANGE = "SELECT f.subject, c.node, c.epoch, c.seq, f.ordinal, c.header, f.body
                FROM subject s JOIN fact f ON f.subject = s.subject
                JOIN change_set c ON c.change_set = f.change_set
                WHERE s.kind = ?1 AND s.subject BETWEEN ?2 AND ?3
                AND f.body IS NOT NULL AND c.learned_at <= ?4
                ORDER BY f.subject, f.change_set, f.ordinal";
    /// Led by the few rows of units and areas: the subjects are mostly people.
    OF_UNITS = "SELECT s.id, c.node, c.epoch, c.seq, f.ordinal, c.header, f.body
                FROM unit u JOIN subject s ON s.subject = u.unit
                JOIN fact f ON f.subject = u.unit JOIN change_set c ON c.change_set = f.change_set
                WHERE f.body IS NOT NULL ORDER BY f.subject, f.change_set, f.ordinal";
    OF_AREAS = "SELECT s.id, c.node, c.epoch, c.seq, f.ordinal, c.header, f.body
                FROM area a JOIN subject s ON s.subject = a.area
                JOIN fact f ON f.subject = a.area JOIN change_set c ON c.change_set = f.change_set
                WHERE f.body IS NOT NULL ORDER BY f.subject, f.change_set, f.ordinal";
    CHAINS = "SELECT node, epoch, seq, hash, signature FROM chain ORDER BY node, epoch";
    CHAIN_SETS = "SELECT change_set, seq, shard, header, hash FROM change_set
                  WHERE node = ?1 AND epoch = ?2 AND seq > ?3 ORDER BY seq LIMIT 500";
    SET_FACTS = "SELECT ordinal, subject, shard, compartment, body, digest FROM fact
                 WHERE change_set = ?1 ORDER BY ordinal";
    ALL_SUBJECTS = "SELECT subject, kind, id FROM subject";
    /// Every chain there must be: one for each writer that was opened, one for what somebody wrote.
    WRITERS = "SELECT node, epoch FROM node UNION SELECT node, epoch FROM change_set ORDER BY 1, 2";
    COUNT = "SELECT (SELECT count(*) FROM change_set), (SELECT count(*) FROM fact)";
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: [u8; 32],
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
#[derive(Decode)]
#[cbor(array)]
struct Who {
    #[n(1)]
    recorded_at: Moment,
    #[n(3)]
    user: Option<UserId>,
    #[n(5)]
    unit: Option<UnitId>,
}

fn read_logged(row: &mut Row, nodes: &BTreeMap<i64, KnownNode>) -> Result<Logged> {
    let node_key = row.int()?;
    let node = nodes.get(&node_key).map(|node| node.id).ok_or(StoreError::UnknownNode)?;
    let epoch = row.int()? as u32;
    let seq = row.int()? as u64;
    let ordinal = row.int()? as u16;
    let header: Who = minicbor::decode(&row.blob()?)?;
    let fact = Fact::from_bytes(&row.blob()?)?;
    let at = FactRef { node, epoch, seq, ordinal };
    let (recorded_at, by, unit) = (header.recorded_at, header.user, header.unit);
    Ok(Logged { at, recorded_at, by, unit, fact })
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
    let mut all: HashMap<i64, Vec<Logged>> = HashMap::with_capacity(subjects.len());
    sql.each_of_many(BY_SUBJECTS, &[], subjects, &mut |mut row| {
        let subject = row.int()?;
        all.entry(subject).or_default().push(read_logged(&mut row, nodes)?);
        Ok(())
    })?;
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
    let mut all: Vec<(Subject, Vec<Logged>)> = Vec::new();
    let unit = |id| Subject::Unit(UnitId::from_u128(id));
    let area = |id| Subject::Area(AreaId::from_u128(id));
    let kinds: [(&str, &dyn Fn(u128) -> Subject); 2] = [(OF_UNITS, &unit), (OF_AREAS, &area)];
    for (statement, subject) in kinds {
        sql.each(statement, &[], &mut |mut row| {
            let subject = subject(row.id()?);
            let known = read_logged(&mut row, nodes)?;
            match all.last_mut().filter(|(last, _)| *last == subject) {
                Some((_, facts)) => facts.push(known),
                None => all.push((subject, vec![known])),
            }
            Ok(())
        })?;
    }
    Ok(all)
}

/// Change-sets and facts in the log.
pub fn count(sql: &mut dyn Sql) -> Result<(i64, i64)> {
    let found = sql.one(COUNT, &[], |row| Ok((row.int()?, row.int()?)))?;
    Ok(found.unwrap_or_default())
}

/// The first thing wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadEntry {
    pub node: NodeId,
    pub epoch: u32,
    pub seq: u64,
    pub what: BadWhat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadWhat {
    /// Header or facts are not those that were hashed.
    Altered,
    /// A fact stands under another subject, shard or compartment than the one that was hashed.
    Misplaced,
    /// A number is missing in the sequence.
    Gap,
    /// The head says there is more than is there, or less.
    Truncated,
    /// The signature of the head is not the node's.
    Signature,
    /// The head is missing, or the node that signed it: nothing vouches for the entries from here on.
    Headless,
}

impl BadWhat {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Altered => "log-altered",
            Self::Misplaced => "log-misplaced",
            Self::Gap => "log-gap",
            Self::Truncated => "log-truncated",
            Self::Signature => "log-signature",
            Self::Headless => "log-headless",
        }
    }
}

/// What a verification went through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    pub chains: u64,
    pub change_sets: u64,
    pub facts: u64,
    /// The first bad entry of each chain.
    pub bad: Vec<BadEntry>,
}

/// Recomputes every hash of every chain, compares what is kept in columns with what was hashed, and
/// checks the signatures of the heads.
pub fn verify(sql: &mut dyn Sql) -> Result<Verified> {
    let nodes = node::known(sql)?;
    let subjects = subjects(sql)?;
    let mut verified = Verified::default();
    let heads = sql.all(CHAINS, &[], |row| {
        let key = (row.int()?, row.int()? as u32);
        Ok((key, (row.int()? as u64, row.blob()?, row.blob()?)))
    })?;
    let heads: BTreeMap<_, _> = heads.into_iter().collect();
    let mut chains: BTreeSet<(i64, u32)> = heads.keys().copied().collect();
    chains.extend(sql.all(WRITERS, &[], |row| Ok((row.int()?, row.int()? as u32)))?);
    for (key, epoch) in chains {
        verified.chains += 1;
        let known = nodes.get(&key);
        // A node that is not known has no public name left.
        let node = known.map_or(NodeId::from_u128(0), |known| known.id);
        let at = |seq, what| BadEntry { node, epoch, seq, what };
        let walked = match walk(sql, (key, epoch), &subjects, &mut verified)? {
            Err((seq, what)) => {
                verified.bad.push(at(seq, what));
                continue;
            }
            Ok(walked) => walked,
        };
        let (Some(known), Some((seq, hash, signature))) = (known, heads.get(&(key, epoch))) else {
            verified.bad.push(at(walked.seq.min(1), BadWhat::Headless));
            continue;
        };
        if (walked.seq, walked.hash.as_slice()) != (*seq, hash.as_slice()) {
            verified.bad.push(at(walked.seq.min(*seq) + 1, BadWhat::Truncated));
        } else if !node::verify(known, *seq, hash, signature) {
            verified.bad.push(at(*seq, BadWhat::Signature));
        }
    }
    Ok(verified)
}

/// Whom a local key stands for.
type Subjects = HashMap<i64, Subject>;

fn subjects(sql: &mut dyn Sql) -> Result<Subjects> {
    let read = |row: &mut Row| Ok((row.int()?, row.int()?, row.id()?));
    let all = sql.all(ALL_SUBJECTS, &[], read)?.into_iter();
    Ok(all.filter_map(|(key, kind, id)| Some((key, Subject::from_parts(kind, id)?))).collect())
}

/// The columns beside the body of a fact.
struct Columns {
    subject: i64,
    shard: i64,
    compartment: i64,
}

impl Columns {
    fn read(row: &mut Row) -> Result<Self> {
        Ok(Self { subject: row.int()?, shard: row.int()?, compartment: row.int()? })
    }

    /// Whether they say what the bytes say.
    fn agree(&self, subjects: &Subjects, body: &[u8]) -> bool {
        let Ok((subject, shard, compartment)) = Fact::place_from_bytes(body) else { return false };
        self.shard == i64::from(shard.number())
            && self.compartment == compartment.number()
            && subjects.get(&self.subject) == Some(&subject)
    }
}

fn walk(
    sql: &mut dyn Sql,
    (node, epoch): (i64, u32),
    subjects: &Subjects,
    verified: &mut Verified,
) -> Result<std::result::Result<Head, (u64, BadWhat)>> {
    let mut head = Head { seq: 0, hash: [0; 32] };
    loop {
        let sets = sql.all(CHAIN_SETS, &vals![node, epoch, head.seq], |row| {
            Ok((row.int()?, row.int()? as u64, row.int()?, row.blob()?, row.blob()?))
        })?;
        if sets.is_empty() {
            return Ok(Ok(head));
        }
        for (key, seq, set_shard, header, hash) in sets {
            if seq != head.seq + 1 {
                return Ok(Err((head.seq + 1, BadWhat::Gap)));
            }
            let mut digests = Vec::new();
            let mut ordinals_right = true;
            let mut in_place = true;
            sql.each(SET_FACTS, &vals![key], &mut |mut row| {
                let is_first = digests.is_empty();
                ordinals_right &= row.int()? == digests.len() as i64;
                let columns = Columns::read(&mut row)?;
                // A change-set stands in the shard of its first fact.
                in_place &= !is_first || columns.shard == set_shard;
                let (body, kept) = (row.blob_or_null()?, row.blob_or_null()?);
                in_place &= body.as_deref().is_none_or(|body| columns.agree(subjects, body));
                let kept = kept.and_then(|kept| <[u8; 32]>::try_from(kept.as_slice()).ok());
                digests.push(body.map(|body| digest(&body)).or(kept).unwrap_or_default());
                Ok(())
            })?;
            verified.change_sets += 1;
            verified.facts += digests.len() as u64;
            let counted = minicbor::decode::<Header>(&header).map(|h| usize::from(h.facts));
            let whole = ordinals_right && counted.is_ok_and(|n| n == digests.len());
            let expected = chain_hash(&head.hash, &header, digests.into_iter());
            if !whole || expected.as_slice() != hash.as_slice() {
                return Ok(Err((seq, BadWhat::Altered)));
            }
            if !in_place {
                return Ok(Err((seq, BadWhat::Misplaced)));
            }
            head = Head { seq, hash: expected };
        }
    }
}
