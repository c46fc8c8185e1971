//! Linking records of one person, parting them again, and saying that two are two people.

use super::names::Names;
use super::{Asking, PersonView};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::{Done, Failure};
use crate::opening::App;
use std::collections::BTreeMap;
use tram_defs::role::Action;
use tram_domain::fact::{FactRef, Logged};
use tram_domain::person::link::{Choices, contradictions, distinct, link, may_move, unlink};
use tram_domain::person::{self, Decided, Link, Person};
use tram_kernel::{AreaId, Message, PersonId};
use tram_store::{Sql, Tx};

/// A record beside another one, to be compared.
#[derive(Debug, Clone)]
pub struct Side {
    pub view: PersonView,
    /// Names of the villages of its homes.
    pub areas: BTreeMap<AreaId, String>,
    pub people: BTreeMap<PersonId, String>,
    /// Number of facts it holds.
    pub facts: usize,
}

/// Two records side by side.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub kept: Side,
    pub other: Side,
    /// What makes it doubtful that they are of one person.
    pub doubts: Vec<Message>,
}

/// A link with what was written on the common record since.
#[derive(Debug, Clone)]
pub struct Joined {
    pub view: PersonView,
    pub link: Link,
    /// The other record as it will be on its own again.
    pub other: Person,
    pub since: Vec<Logged>,
    pub units: BTreeMap<tram_kernel::UnitId, String>,
    pub areas: BTreeMap<AreaId, String>,
}

impl App {
    /// Two records to be compared. Both must be in reach.
    pub fn compare_people(
        &self,
        actor: &Actor,
        kept: PersonId,
        other: PersonId,
    ) -> Result<Comparison, Failure> {
        let kept = self.side(actor, kept)?;
        let other = self.side(actor, other)?;
        let (a, b) = (&kept.view.person, &other.view.person);
        let doubts = contradictions(a, b).iter().map(person::Warning::message).collect();
        Ok(Comparison { kept, other, doubts })
    }

    fn side(&self, actor: &Actor, id: PersonId) -> Result<Side, Failure> {
        let (defs, nodes) = (self.definitions(), self.db.nodes());
        self.read(actor, Action::PersonWrite, Resource::Person(id), |sql, _| {
            let id = tram_store::person::head(sql, id)?.ok_or(Failure::NotFound)?;
            let mut facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            // Not even their number tells of what is closed to the reader.
            facts.retain(|known| actor.sees(known.fact.compartment));
            let person = Person::fold(id, &facts).ok_or(Failure::NotFound)?;
            let Names { areas, people, .. } = Names::of(sql, &facts)?;
            Ok(Side { view: PersonView { person, defs }, areas, people, facts: facts.len() })
        })
    }

    /// From now on `other` is read as part of `kept`.
    pub fn link_people(
        &self,
        actor: &Actor,
        (kept, other): (PersonId, PersonId),
        choices: &Choices,
        asking: &Asking,
    ) -> Result<Done<PersonId>, Failure> {
        self.link_many(actor, &[(kept, other)], choices, asking)
    }

    /// Several pairs in one user action: a family that was registered twice.
    pub fn link_many(
        &self,
        actor: &Actor,
        pairs: &[(PersonId, PersonId)],
        choices: &Choices,
        asking: &Asking,
    ) -> Result<Done<PersonId>, Failure> {
        let today = self.today();
        let first = pairs.first().ok_or(Failure::NotFound)?.0;
        self.deciding(actor, pairs, "person.link", asking, |tx| {
            let mut all = Decided::default();
            for (kept, other) in pairs {
                let kept = tx.person(*kept)?.ok_or(Failure::NotFound)?;
                let other = tx.person(*other)?.ok_or(Failure::NotFound)?;
                let decided = link(&kept, &other, choices, today)?;
                all.facts.extend(decided.facts);
                all.warnings.extend(decided.warnings);
            }
            all.warnings.dedup();
            Ok(all)
        })?;
        self.db.read(|sql| self.head_of(sql, first)).map(Done::quietly)
    }

    /// The two are different people: the pair is not shown again.
    pub fn keep_apart(
        &self,
        actor: &Actor,
        (one, other): (PersonId, PersonId),
        asking: &Asking,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.deciding(actor, &[(one, other)], "person.distinct", asking, |tx| {
            let person = tx.person(one)?.ok_or(Failure::NotFound)?;
            Ok(distinct(&person, other, asking.reason.clone(), today)?)
        })
    }

    /// A link that stands, with what was written since.
    pub fn joined(&self, actor: &Actor, id: PersonId, at: FactRef) -> Result<Joined, Failure> {
        let (defs, nodes) = (self.definitions(), self.db.nodes());
        self.read(actor, Action::PersonWrite, Resource::Person(id), |sql, _| {
            let id = self.head_of(sql, id)?;
            let mut facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            facts.retain(|known| actor.sees(known.fact.compartment));
            let person = Person::fold(id, &facts).ok_or(Failure::NotFound)?;
            let link = person.links.iter().find(|link| link.at == at).cloned();
            let link = link.ok_or(Failure::NotFound)?;
            let is_other =
                |known: &&Logged| known.fact.subject == link.other.into() && known.at != link.at;
            let own: Vec<Logged> = facts.iter().filter(is_other).cloned().collect();
            let other = Person::fold(link.other, &own).ok_or(Failure::NotFound)?;
            let since = facts.iter().filter(|known| may_move(known, &link)).cloned().collect();
            let Names { areas, units, .. } = Names::of(sql, &facts)?;
            Ok(Joined { view: PersonView { person, defs }, link, other, since, units, areas })
        })
    }

    /// Takes a link back. `moved` are facts written since that belong to the other person.
    pub fn unlink(
        &self,
        actor: &Actor,
        id: PersonId,
        (at, moved): (FactRef, &[FactRef]),
        asking: &Asking,
    ) -> Result<Done<PersonId>, Failure> {
        let (today, nodes) = (self.today(), self.db.nodes());
        let other = self.joined(actor, id, at)?.link.other;
        let reason = asking.reason.clone().unwrap_or_default();
        self.deciding(actor, &[(id, id)], "person.unlink", asking, |tx| {
            let person = tx.person(id)?.ok_or(Failure::NotFound)?;
            let link = person.links.iter().find(|link| link.at == at).ok_or(Failure::NotFound)?;
            let facts = tram_store::person::facts(tx.sql(), &nodes, id.into(), None)?;
            let moved: Vec<Logged> =
                facts.into_iter().filter(|known| moved.contains(&known.at)).collect();
            Ok(unlink(&person, link, &moved, &reason, today)?)
        })?;
        Ok(Done::quietly(other))
    }

    fn head_of(&self, sql: &mut dyn Sql, id: PersonId) -> Result<PersonId, Failure> {
        tram_store::person::head(sql, id)?.ok_or(Failure::NotFound)
    }

    /// Authority over every record named, then: decide, ask about warnings, append.
    fn deciding(
        &self,
        actor: &Actor,
        pairs: &[(PersonId, PersonId)],
        action: &'static str,
        asking: &Asking,
        decide: impl Fn(&mut Tx<'_>) -> Result<Decided, Failure>,
    ) -> Result<Done<()>, Failure> {
        self.db.write(self.now(), |tx| {
            for (one, other) in pairs {
                for id in [*one, *other] {
                    self.check(tx.sql(), actor, Action::PersonWrite, Resource::Person(id))?;
                }
            }
            if let Some(command) = asking.command
                && command.before(tx)?.is_some()
            {
                return Ok(Done::quietly(()));
            }
            let decided = decide(tx)?;
            self.keep_decided(tx, actor, action, (decided, None), asking)
        })
    }
}
