//! One writing transaction: change-sets are appended, and at the end the tables follow.
//!
//! ```text
//! append(draft)   header + facts → hash → buffered rows; each subject remembers what was added
//! finish()        rows(facts before) vs rows(facts after) per touched subject → delete and insert
//!                 units or areas touched → reaches again
//!                 areas touched → stamp raised, so that cached numbers know they are stale
//!                 feed numbers under a row lock, chain head moved and signed
//! ```
//!
//! Everything added by one transaction is projected once, at its end: queries before [`Tx::finish`]
//! see the tables as they were. Facts and folded states ([`Tx::person`] …) are always current.

pub(crate) mod finish;
mod folded;
pub(crate) mod follow;
pub(crate) mod linked;
pub(crate) mod network;

use crate::db::Retryable;
use crate::error::{Disk, Result, StoreError};
use crate::keys::KeyBlock;
use crate::log;
use crate::node::{KnownNode, Writer};
use crate::sql::{Sql, Val};
use crate::table::{FACT, SUBJECT, Table};
use crate::vals;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_defs::Definitions;
use tram_domain::fact::{Draft, Fact, FactRef, Logged, Subject};
use tram_domain::person::Person;
use tram_kernel::{Moment, PersonId, Shard};

crate::statements! {
    FIND = "SELECT subject, shard FROM subject WHERE id = ?1";
    /// Raising the revision first takes the row lock: whoever comes second sees the first one's facts.
    RAISE = "UPDATE subject SET rev = rev + 1 WHERE subject = ?1 AND shard = ?2";
    FIND_MANY = "SELECT kind, id, subject, shard FROM subject WHERE id IN (??)";
    /// Listed in ascending order: two writers meet in the same order.
    RAISE_MANY = "UPDATE subject SET rev = rev + 1 WHERE shard = ?1 AND subject IN (??)";
}

/// A subject as this transaction knows it.
struct Entry {
    key: i64,
    shard: Shard,
    is_new: bool,
    /// Facts that stood before this transaction; `None` until asked for.
    before: Option<Vec<Logged>>,
    added: Vec<Logged>,
}

/// A change-set waiting for its feed number.
struct Pending {
    key: i64,
    shard: Shard,
    seq: u64,
    header: Vec<u8>,
    hash: [u8; 32],
}

/// A writing transaction.
pub struct Tx<'a> {
    pub(crate) sql: &'a mut dyn Sql,
    keys: &'a mut KeyBlock,
    defs: &'a Definitions,
    nodes: &'a BTreeMap<i64, KnownNode>,
    writer: Writer,
    now: Moment,
    subjects: HashMap<Subject, Entry>,
    /// Keys of subjects that are only named here (areas, units, households): looked up once.
    named: HashMap<Subject, i64>,
    /// Records read as one, by each of them.
    groups: linked::Groups,
    /// In order of appearance, so that two runs write the same rows in the same order.
    order: Vec<Subject>,
    pending: Vec<Pending>,
    buffer: Vec<(&'static Table, Vec<Vec<Val>>)>,
    facts: u64,
    /// The set the tables were folded again with by this transaction.
    folded_with: Option<[u8; 32]>,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(
        sql: &'a mut dyn Sql,
        keys: &'a mut KeyBlock,
        defs: &'a Definitions,
        nodes: &'a BTreeMap<i64, KnownNode>,
        writer: Writer,
        now: Moment,
    ) -> Self {
        Self {
            sql,
            keys,
            defs,
            nodes,
            writer,
            now,
            subjects: HashMap::new(),
            named: HashMap::new(),
            groups: linked::Groups::default(),
            order: Vec::new(),
            pending: Vec::new(),
            buffer: Vec::new(),
            facts: 0,
            folded_with: None,
        }
    }

    pub const fn now(&self) -> Moment {
        self.now
    }

    pub const fn definitions(&self) -> &'a Definitions {
        self.defs
    }

    /// Facts appended so far in this transaction.
    pub const fn facts(&self) -> u64 {
        self.facts
    }

    /// The database itself, for tables that are not folded from facts (staging, sessions, jobs).
    pub fn sql(&mut self) -> &mut dyn Sql {
        self.sql
    }

    /// Local key of this writer, whose chain the audit joins.
    pub const fn node_key(&self) -> i64 {
        self.writer.key
    }

    /// Folds every table again by another set of definitions: an adoption and the tables that follow
    /// from it stand together or not at all. What else this transaction appends must not be projected.
    pub fn fold_again(&mut self, defs: &Definitions) -> Result<u64> {
        let subjects = crate::rebuild::rebuild(self.sql, defs)?;
        self.folded_with = Some(defs.sha256);
        Ok(subjects)
    }

    /// A fresh local key.
    pub fn new_key(&mut self) -> i64 {
        self.keys.take()
    }

    /// Appends many user actions, whose subjects are found, locked and read together.
    pub fn append_all(&mut self, drafts: &[Draft]) -> Result<()> {
        self.expect(drafts.iter().flat_map(|draft| draft.facts.iter().map(|fact| fact.subject)))?;
        drafts.iter().try_for_each(|draft| {
            self.append(draft)?;
            Ok(())
        })
    }

    /// Says which subjects are going to be written to: those on record are found, locked and read in a
    /// few statements instead of three each. One that is not on record stays unknown.
    pub fn expect(&mut self, subjects: impl IntoIterator<Item = Subject>) -> Result<()> {
        let wanted = subjects.into_iter().filter(|subject| !self.subjects.contains_key(subject));
        let wanted: BTreeSet<Subject> = wanted.collect();
        if wanted.len() < 2 {
            return Ok(());
        }
        let found = self.find_many(&wanted)?;
        let mut of_shard: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
        for (key, shard) in found.values() {
            of_shard.entry(shard.number()).or_default().insert(*key);
        }
        let vals = |keys: &BTreeSet<i64>| keys.iter().map(|key| Val::Int(*key)).collect::<Vec<_>>();
        for (shard, keys) in &of_shard {
            self.sql.exec_of_many(RAISE_MANY, &vals![*shard], &vals(keys))?;
        }
        let keys = vals(&of_shard.into_values().flatten().collect());
        let mut facts = log::facts_of_many(self.sql, self.nodes, &keys)?;
        for (subject, (key, shard)) in found {
            let before = Some(facts.remove(&key).unwrap_or_default());
            let entry = Entry { key, shard, is_new: false, before, added: Vec::new() };
            self.subjects.insert(subject, entry);
            self.order.push(subject);
        }
        let people = wanted.into_iter().filter(|subject| matches!(subject, Subject::Person(_)));
        self.load_linked(&people.collect::<Vec<_>>())
    }

    /// Local keys and shards of those that are on record.
    fn find_many(&mut self, wanted: &BTreeSet<Subject>) -> Result<BTreeMap<Subject, (i64, Shard)>> {
        let ids: Vec<Val> = wanted.iter().map(|s| Val::from(s.id().to_be_bytes())).collect();
        let mut found = BTreeMap::new();
        self.sql.each_of_many(FIND_MANY, &[], &ids, &mut |mut row| {
            let subject = Subject::from_parts(row.int()?, row.id()?);
            let (key, shard) = (row.int()?, log::shard(row.int()?)?);
            if let Some(subject) = subject.filter(|subject| wanted.contains(subject)) {
                found.insert(subject, (key, shard));
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The local keys of subjects that are only named by others, looked up together.
    fn name_all(&mut self, named: &BTreeSet<Subject>) -> Result<()> {
        for (subject, (key, _)) in self.find_many(named)? {
            self.named.insert(subject, key);
        }
        Ok(())
    }

    /// Appends one user action. Subjects named for the first time are opened.
    pub fn append(&mut self, draft: &Draft) -> Result<Vec<FactRef>> {
        let Some(first) = draft.facts.first() else { return Ok(Vec::new()) };
        let shard = first.shard;
        let header = minicbor::to_vec(draft.header()).expect("writing to memory does not fail");
        let bodies: Vec<Vec<u8>> = draft.facts.iter().map(Fact::to_bytes).collect();
        let seq = self.writer.seq + 1;
        let hash =
            log::chain_hash(&self.writer.head, &header, bodies.iter().map(|b| log::digest(b)));
        (self.writer.seq, self.writer.head) = (seq, hash);
        let change_set = self.keys.take();
        let mut refs = Vec::with_capacity(bodies.len());
        for (ordinal, (fact, body)) in draft.facts.iter().zip(bodies).enumerate() {
            let ordinal = ordinal as u16;
            let at = FactRef { node: self.writer.id, epoch: self.writer.epoch, seq, ordinal };
            let key = self.touch(fact.subject, fact.shard)?;
            let compartment = fact.compartment.number();
            let shard = fact.shard.number();
            self.insert(
                &FACT,
                vals![change_set, ordinal, shard, key, compartment, body, Val::Null].into(),
            );
            let known = Logged {
                at,
                recorded_at: draft.recorded_at,
                by: draft.user,
                unit: draft.unit,
                fact: fact.clone(),
            };
            let entry = self.subjects.get_mut(&fact.subject).expect("touched above");
            entry.added.push(known);
            refs.push(at);
            self.facts += 1;
        }
        self.pending.push(Pending { key: change_set, shard, seq, header, hash });
        Ok(refs)
    }

    /// Finds or opens a subject and makes sure nobody else writes to it at the same time.
    fn touch(&mut self, subject: Subject, shard: Shard) -> Result<i64> {
        if let Some(entry) = self.subjects.get(&subject) {
            return Ok(entry.key);
        }
        self.load_entry(subject)?;
        if let Some(entry) = self.subjects.get(&subject) {
            return Ok(entry.key);
        }
        let key = self.keys.take();
        let id = subject.id().to_be_bytes();
        self.insert(&SUBJECT, vals![key, shard.number(), subject.kind(), id, 1_i64].into());
        let entry = Entry { key, shard, is_new: true, before: Some(Vec::new()), added: Vec::new() };
        self.subjects.insert(subject, entry);
        self.order.push(subject);
        Ok(key)
    }

    /// Says that a subject is opened by this transaction, so that it need not be looked for. A subject
    /// that exists all the same makes the transaction fail on its key.
    pub fn open_new(&mut self, subject: Subject, shard: Shard) {
        if self.subjects.contains_key(&subject) {
            return;
        }
        let key = self.keys.take();
        let id = subject.id().to_be_bytes();
        self.insert(&SUBJECT, vals![key, shard.number(), subject.kind(), id, 1_i64].into());
        let entry = Entry { key, shard, is_new: true, before: Some(Vec::new()), added: Vec::new() };
        self.subjects.insert(subject, entry);
        self.order.push(subject);
    }

    fn load_entry(&mut self, subject: Subject) -> Result<()> {
        if self.subjects.contains_key(&subject) {
            return Ok(());
        }
        let id = subject.id().to_be_bytes();
        let found = self.sql.one(FIND, &vals![id], |row| Ok((row.int()?, row.int()?)))?;
        let Some((key, shard)) = found else { return Ok(()) };
        self.lock_entry(subject, key, log::shard(shard)?)?;
        match subject {
            Subject::Person(_) => self.load_linked(&[subject]),
            _ => Ok(()),
        }
    }

    /// A subject on record is written to by this transaction only, from now on.
    fn lock_entry(&mut self, subject: Subject, key: i64, shard: Shard) -> Result<()> {
        self.sql.exec(RAISE, &vals![key, shard.number()])?;
        let entry = Entry { key, shard, is_new: false, before: None, added: Vec::new() };
        self.subjects.insert(subject, entry);
        self.order.push(subject);
        Ok(())
    }

    /// The local key of a subject that may not be written to by this transaction.
    pub(crate) fn key_of(&mut self, subject: Subject, shard: Shard) -> Result<i64> {
        if let Some(entry) = self.subjects.get(&subject) {
            return Ok(entry.key);
        }
        if let Some(key) = self.named.get(&subject) {
            return Ok(*key);
        }
        let id = subject.id().to_be_bytes();
        if let Some(key) = self.sql.one(FIND, &vals![id], |row| row.int())? {
            self.named.insert(subject, key);
            return Ok(key);
        }
        // Named by a fact before its own registration arrived: its place is kept.
        self.touch(subject, shard)
    }

    /// Whether a record of this transaction is read as one with others.
    pub fn is_linked(&self, subject: Subject) -> bool {
        matches!(subject, Subject::Person(id) if self.groups.members_of(id).is_some())
    }

    /// The local key of a subject this transaction has touched.
    pub fn known_key(&self, subject: Subject) -> Option<i64> {
        self.subjects.get(&subject).map(|entry| entry.key)
    }

    /// Everything written of a subject, this transaction's facts included. Locks the subject.
    pub fn facts_of(&mut self, subject: Subject) -> Result<Cow<'_, [Logged]>> {
        self.load_facts(subject)?;
        let Some(entry) = self.subjects.get(&subject) else { return Ok(Cow::Borrowed(&[])) };
        let before = entry.before.as_deref().unwrap_or_default();
        if before.is_empty() {
            return Ok(Cow::Borrowed(&entry.added));
        }
        if entry.added.is_empty() {
            return Ok(Cow::Borrowed(before));
        }
        Ok(before.iter().chain(&entry.added).cloned().collect())
    }

    /// Reads the facts that stood before this transaction, once.
    fn load_facts(&mut self, subject: Subject) -> Result<()> {
        self.load_entry(subject)?;
        if let Some(entry) = self.subjects.get_mut(&subject)
            && entry.before.is_none()
        {
            entry.before = Some(log::facts(self.sql, self.nodes, entry.key, None)?);
        }
        Ok(())
    }

    /// The record, or the one it is read as part of, with the facts of all that are read as one.
    pub fn person(&mut self, id: PersonId) -> Result<Option<Person>> {
        self.load_entry(id.into())?;
        let Some(members) = self.groups.members_of(id) else {
            return Ok(Person::fold(id, &self.facts_of(id.into())?));
        };
        let mut facts = Vec::new();
        for member in &members {
            facts.extend_from_slice(&self.facts_of((*member).into())?);
        }
        Ok(Person::fold(members[0], &facts))
    }

    fn insert(&mut self, table: &'static Table, row: Vec<Val>) {
        match self.buffer.iter_mut().find(|(buffered, _)| buffered.name == table.name) {
            Some((_, rows)) => rows.push(row),
            None => self.buffer.push((table, vec![row])),
        }
    }

    fn flush(&mut self) -> Result<()> {
        for (table, rows) in std::mem::take(&mut self.buffer) {
            self.sql.insert_many(table, &rows)?;
        }
        Ok(())
    }
}

impl Retryable for StoreError {
    fn is_retry(&self) -> bool {
        // A key that somebody else took at this moment is found when the work is run again.
        let is_taken = matches!(self, Self::Unique(_));
        is_taken || matches!(self, Self::Retry(_) | Self::UnknownNode | Self::OtherDefinitions)
    }

    fn disk(&self) -> Option<&Disk> {
        if let Self::Disk(disk) = self { Some(disk) } else { None }
    }
}

/// The columns of a change-set row.
fn change_set_row(pending: &Pending, writer: &Writer, now: Moment, learned_seq: i64) -> Vec<Val> {
    vals![
        pending.key,
        pending.shard.number(),
        writer.key,
        writer.epoch,
        pending.seq,
        pending.header.as_slice(),
        pending.hash,
        now.ms(),
        learned_seq,
    ]
    .into()
}
