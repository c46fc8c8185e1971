//! Proving the log: every hash of every chain again, what stands in columns against what was hashed,
//! and the signatures of the heads.

use super::{chain_hash, digest};
use crate::error::Result;
use crate::node;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_domain::fact::{Fact, Header, Subject};
use tram_kernel::{Moment, NodeId};

crate::statements! {
    CHAINS = "SELECT node, epoch, seq, hash, signature FROM chain ORDER BY node, epoch";
    CHAIN_SETS = "SELECT change_set, seq, shard, header, hash FROM change_set
                  WHERE node = ?1 AND epoch = ?2 AND seq > ?3 ORDER BY seq LIMIT 500";
    SET_FACTS = "SELECT change_set, ordinal, subject, shard, compartment, body, digest FROM fact
                 WHERE change_set IN (??) ORDER BY change_set, ordinal";
    ENDS = "SELECT node, epoch, max(seq), count(*) FROM change_set GROUP BY node, epoch";
    NEWEST = "SELECT header FROM change_set ORDER BY change_set DESC LIMIT 1";
    ALL_SUBJECTS = "SELECT subject, kind, id FROM subject ORDER BY subject";
    /// Every chain there must be: one for each writer that was opened, one for what somebody wrote.
    WRITERS = "SELECT node, epoch FROM node UNION SELECT node, epoch FROM change_set ORDER BY 1, 2";
}

/// The end of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: [u8; 32],
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

/// A quick look: the signature of every head, and whether each chain has as many entries as its head
/// says. What stands in the entries is not read; [`verify`] does that.
pub fn verify_heads(sql: &mut dyn Sql) -> Result<Vec<BadEntry>> {
    let nodes = node::known(sql)?;
    let ends = sql.all(ENDS, &[], |row| {
        Ok(((row.int()?, row.int()?), (row.int()? as u64, row.int()? as u64)))
    })?;
    let ends: BTreeMap<_, _> = ends.into_iter().collect();
    let mut bad = Vec::new();
    sql.each(CHAINS, &[], &mut |mut row| {
        let (key, epoch, seq) = (row.int()?, row.int()?, row.int()? as u64);
        let (hash, signature) = (row.blob()?, row.blob()?);
        let (last, count) = ends.get(&(key, epoch)).copied().unwrap_or_default();
        let known = nodes.get(&key);
        let what = match known {
            None => BadWhat::Headless,
            Some(_) if (last, count) != (seq, seq) => BadWhat::Truncated,
            Some(known) if !node::verify(known, seq, &hash, &signature) => BadWhat::Signature,
            Some(_) => return Ok(()),
        };
        let node = known.map_or(NodeId::from_u128(0), |known| known.id);
        bad.push(BadEntry { node, epoch: epoch as u32, seq, what });
        Ok(())
    })?;
    Ok(bad)
}

/// When the newest entry was recorded, by the clock of who wrote it.
pub fn newest(sql: &mut dyn Sql) -> Result<Option<Moment>> {
    let header = sql.one(NEWEST, &[], Row::blob)?;
    Ok(header.map(|bytes| minicbor::decode::<Header>(&bytes)).transpose()?.map(|h| h.recorded_at))
}

/// Whom each local key stands for, in the order of the keys: there are as many as records, and a list
/// takes half the room of a map.
struct Subjects(Vec<(i64, Subject)>);

impl Subjects {
    fn of(&self, key: i64) -> Option<Subject> {
        let at = self.0.binary_search_by_key(&key, |(known, _)| *known).ok()?;
        Some(self.0[at].1)
    }
}

fn subjects(sql: &mut dyn Sql) -> Result<Subjects> {
    let mut all = Vec::new();
    sql.each(ALL_SUBJECTS, &[], &mut |mut row| {
        let (key, kind, id) = (row.int()?, row.int()?, row.id()?);
        all.extend(Subject::from_parts(kind, id).map(|subject| (key, subject)));
        Ok(())
    })?;
    Ok(Subjects(all))
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
            && subjects.of(self.subject) == Some(subject)
    }
}

/// A change-set as it stands in its table.
struct Set {
    key: i64,
    seq: u64,
    shard: i64,
    header: Vec<u8>,
    hash: Vec<u8>,
}

/// The facts of one change-set, as far as they can be proved without their chain.
#[derive(Default)]
struct Proved {
    digests: Vec<[u8; 32]>,
    /// A number is missing or stands twice among the facts.
    out_of_order: bool,
    /// Columns beside a fact that say something else than its bytes.
    misplaced: bool,
    /// The shard of the first fact.
    shard: Option<i64>,
}

impl Proved {
    fn add(&mut self, row: &mut Row, subjects: &Subjects) -> Result<()> {
        self.out_of_order |= row.int()? != self.digests.len() as i64;
        let columns = Columns::read(row)?;
        self.shard.get_or_insert(columns.shard);
        let (body, kept) = (row.blob_or_null()?, row.blob_or_null()?);
        self.misplaced |= body.as_deref().is_some_and(|body| !columns.agree(subjects, body));
        let kept = kept.and_then(|kept| <[u8; 32]>::try_from(kept.as_slice()).ok());
        self.digests.push(body.map(|body| digest(&body)).or(kept).unwrap_or_default());
        Ok(())
    }
}

/// Reads and proves the facts of many change-sets.
fn prove(sql: &mut dyn Sql, sets: &[Set], subjects: &Subjects) -> Result<HashMap<i64, Proved>> {
    let keys: Vec<Val> = sets.iter().map(|set| Val::Int(set.key)).collect();
    let mut proved: HashMap<i64, Proved> = HashMap::with_capacity(sets.len());
    sql.each_of_many(SET_FACTS, &[], &keys, &mut |mut row| {
        let set = row.int()?;
        proved.entry(set).or_default().add(&mut row, subjects)
    })?;
    Ok(proved)
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
            let (key, seq, shard) = (row.int()?, row.int()? as u64, row.int()?);
            Ok(Set { key, seq, shard, header: row.blob()?, hash: row.blob()? })
        })?;
        if sets.is_empty() {
            return Ok(Ok(head));
        }
        let mut proved = prove(sql, &sets, subjects)?;
        for Set { key, seq, shard, header, hash } in sets {
            if seq != head.seq + 1 {
                return Ok(Err((head.seq + 1, BadWhat::Gap)));
            }
            let facts = proved.remove(&key).unwrap_or_default();
            let n = facts.digests.len();
            verified.change_sets += 1;
            verified.facts += n as u64;
            let counted = minicbor::decode::<Header>(&header).map(|h| usize::from(h.facts));
            let whole = !facts.out_of_order && counted.is_ok_and(|counted| counted == n);
            let expected = chain_hash(&head.hash, &header, facts.digests.into_iter());
            if !whole || expected.as_slice() != hash.as_slice() {
                return Ok(Err((seq, BadWhat::Altered)));
            }
            // A change-set stands in the shard of its first fact.
            if facts.misplaced || facts.shard.is_some_and(|first| first != shard) {
                return Ok(Err((seq, BadWhat::Misplaced)));
            }
            head = Head { seq, hash: expected };
        }
    }
}
