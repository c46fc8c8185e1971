//! Records of one person that are read as one: what is written to any of them changes the rows of the
//! record that goes on.

use super::Tx;
use super::follow::Changed;
use crate::error::Result;
use crate::log;
use crate::project;
use crate::sql::{Row, Val};
use crate::vals;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_domain::fact::{Logged, Subject};
use tram_domain::person::link::{self, Group};
use tram_kernel::PersonId;

crate::statements! {
    HEADS = "SELECT head FROM person_link WHERE person IN (??)";
    MEMBERS = "SELECT l.head, (SELECT s.id FROM subject s WHERE s.subject = l.head),
               l.person, (SELECT s.id FROM subject s WHERE s.subject = l.person)
               FROM person_link l WHERE l.head IN (??)";
    SHARD = "SELECT shard FROM subject WHERE subject = ?1";
    ANY = "SELECT count(*) FROM (SELECT 1 FROM person_link LIMIT 1) x";
}

/// Groups of records this transaction has met.
#[derive(Default)]
pub(crate) struct Groups {
    /// Whether any record is linked at all: asked once.
    any: Option<bool>,
    head_of: HashMap<PersonId, PersonId>,
    members: HashMap<PersonId, Vec<PersonId>>,
}

impl Groups {
    /// The records read as one with this one, the head first. `None` for a record that stands alone.
    pub fn members_of(&self, id: PersonId) -> Option<Vec<PersonId>> {
        self.head_of.get(&id).and_then(|head| self.members.get(head)).cloned()
    }

    fn add(&mut self, head: PersonId, member: PersonId) {
        self.head_of.insert(head, head);
        self.head_of.insert(member, head);
        let members = self.members.entry(head).or_insert_with(|| vec![head]);
        if !members.contains(&member) {
            members.push(member);
        }
    }
}

impl Tx<'_> {
    /// Finds, and locks, the records that are read as one with these, which are on record.
    pub(super) fn load_linked(&mut self, people: &[Subject]) -> Result<()> {
        let keys: BTreeSet<i64> = people.iter().filter_map(|s| self.known_key(*s)).collect();
        if keys.is_empty() || !self.any_linked()? {
            return Ok(());
        }
        let vals = |keys: &BTreeSet<i64>| keys.iter().map(|key| Val::Int(*key)).collect::<Vec<_>>();
        let mut heads = keys.clone();
        self.sql.each_of_many(HEADS, &[], &vals(&keys), &mut |mut row: Row| {
            heads.insert(row.int()?);
            Ok(())
        })?;
        let mut found = Vec::new();
        self.sql.each_of_many(MEMBERS, &[], &vals(&heads), &mut |mut row: Row| {
            let head = (row.int()?, PersonId::from_u128(row.id()?));
            found.push((head, (row.int()?, PersonId::from_u128(row.id()?))));
            Ok(())
        })?;
        let mut unlocked: BTreeMap<i64, PersonId> = BTreeMap::new();
        for ((head_key, head), (key, member)) in found {
            self.groups.add(head, member);
            unlocked.extend([(head_key, head), (key, member)]);
        }
        unlocked.retain(|_, id| !self.subjects.contains_key(&Subject::Person(*id)));
        for (key, id) in unlocked {
            let shard = self.sql.number(SHARD, &vals![key])?;
            self.lock_entry(id.into(), key, log::shard(shard)?)?;
        }
        Ok(())
    }

    fn any_linked(&mut self) -> Result<bool> {
        if let Some(any) = self.groups.any {
            return Ok(any);
        }
        let any = self.sql.number(ANY, &[])? > 0;
        self.groups.any = Some(any);
        Ok(any)
    }

    /// Of the subjects written to, with all they are or were read as one with.
    pub(super) fn linked_with(&mut self, written: &[Subject]) -> Result<BTreeSet<Subject>> {
        let mut linked: BTreeSet<Subject> = BTreeSet::new();
        let mut open: Vec<Subject> = written.to_vec();
        while let Some(subject) = open.pop() {
            let Subject::Person(id) = subject else { continue };
            let links = self.subjects.get(&subject).map(|e| link::targets(&e.added));
            let links = links.unwrap_or_default();
            let group = self.groups.members_of(id).unwrap_or_default();
            if links.is_empty() && group.is_empty() {
                continue;
            }
            linked.insert(subject);
            for other in links.into_iter().chain(group).map(Subject::Person) {
                self.load_entry(other)?;
                if self.subjects.contains_key(&other) && linked.insert(other) {
                    open.push(other);
                }
            }
        }
        Ok(linked)
    }

    /// The states before and after of records that are, were or will be read as one with others.
    pub(super) fn fold_linked(&mut self, linked: &BTreeSet<Subject>) -> Result<Vec<Changed>> {
        let mut before: BTreeMap<PersonId, Vec<Logged>> = BTreeMap::new();
        let mut after: BTreeMap<PersonId, Vec<Logged>> = BTreeMap::new();
        for subject in linked {
            let Subject::Person(id) = subject else { continue };
            self.load_facts(*subject)?;
            let entry = self.subjects.get_mut(subject).expect("loaded just now");
            let facts = entry.before.take().unwrap_or_default();
            let mut all = facts.clone();
            all.append(&mut entry.added);
            before.insert(*id, facts);
            after.insert(*id, all);
        }
        let mut old = self.states(&before);
        let mut new = self.states(&after);
        let changed = before.keys().map(|id| {
            let entry = &self.subjects[&Subject::Person(*id)];
            let (key, shard, is_new) = (entry.key, entry.shard, entry.is_new);
            let (old, new) = (old.remove(id).flatten(), new.remove(id).flatten());
            Changed { key, shard, is_new, old, new }
        });
        Ok(changed.collect())
    }

    fn states(
        &self,
        people: &BTreeMap<PersonId, Vec<Logged>>,
    ) -> BTreeMap<PersonId, Option<project::State>> {
        let mut states = BTreeMap::new();
        for group in groups(people) {
            let members: Vec<(PersonId, &[Logged])> =
                group.members.iter().map(|id| (*id, &people[id][..])).collect();
            states.extend(
                group.members.iter().copied().zip(project::fold_linked(self.defs, &members)),
            );
        }
        states
    }
}

/// All of these records as groups; one that is linked to none is a group of its own. A link to a record
/// that has no facts here leads nowhere yet.
pub(crate) fn groups(people: &BTreeMap<PersonId, Vec<Logged>>) -> Vec<Group> {
    let mut links = Vec::new();
    for (id, facts) in people {
        let known = |to: &PersonId| people.get(to).is_some_and(|facts| !facts.is_empty());
        links.extend(link::targets(facts).into_iter().filter(known).map(|to| (*id, to)));
    }
    let mut all = link::groups(&links);
    let grouped: BTreeSet<PersonId> = all.iter().flat_map(|g| g.members.iter().copied()).collect();
    let alone = people.keys().filter(|id| !grouped.contains(id));
    all.extend(alone.map(|id| Group { head: *id, members: vec![*id] }));
    all
}
