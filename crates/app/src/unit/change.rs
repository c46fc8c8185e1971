//! Changes of the network: a village more, another name, another place in the tree. Each is a fact with
//! a day; no record of a person is touched.

use super::{NewArea, area_facts, clean_name};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{Fact, RelationKind, UnitAmended, UnitRelated, UnitUnrelated};
use tram_domain::unit::Relation;
use tram_kernel::{AreaId, Date, Message, UnitId};
use tram_store::{Tx, unit};

impl App {
    /// A village more, looked after by a unit from a day on.
    pub fn add_area(&self, actor: &Actor, new: &NewArea) -> Result<AreaId, Failure> {
        self.add_area_once(actor, new, None)
    }

    /// The same for a form: sending it twice adds one village.
    pub fn add_area_once(
        &self,
        actor: &Actor,
        new: &NewArea,
        command: Option<Command>,
    ) -> Result<AreaId, Failure> {
        if self.definitions().places().commune(new.commune, new.since).is_none() {
            return Err(Failure::refused_field(Message::new("village-bad-commune"), "commune"));
        }
        let id = AreaId::from_u128(self.new_id());
        let facts = area_facts(new, id)?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Unit(new.unit))?;
            if let Some(command) = command
                && let Some(before) = command.before(tx)?
            {
                return Ok(before.parse().unwrap_or(id));
            }
            let draft = self.draft(actor, "area.add", facts.clone(), &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// Renames a unit from today on; the old name stays in its history.
    pub fn rename_unit(
        &self,
        actor: &Actor,
        id: UnitId,
        name: &str,
        reason: Option<String>,
    ) -> Result<(), Failure> {
        let name = clean_name(name)?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Unit(id))?;
            let found = tx.unit(id)?.ok_or(Failure::NotFound)?;
            if found.name == name {
                return Err(Failure::refused_field(Message::new("unit-same-name"), "name"));
            }
            let (name, reason) = (Some(name.clone()), reason.clone());
            let body = UnitAmended { name, facility_code: None, reason };
            let facts = vec![Fact::new(id.into(), found.shard, self.today(), body.into())];
            let draft = self.draft(actor, "unit.rename", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    /// Ends the relations of a kind and begins another on the same day: a transfer. Without a new
    /// parent the unit stands alone in this sense. No record is touched. Nobody moves the unit they
    /// work for: that would put them out of sight of those above.
    pub fn transfer_unit(
        &self,
        actor: &Actor,
        id: UnitId,
        (kind, to): (RelationKind, Option<UnitId>),
        on: Date,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Unit(id))?;
            if id == actor.unit && actor.user.is_some() {
                return Err(Failure::refused_field(Message::new("unit-ones-own"), "to"));
            }
            let found = tx.unit(id)?.ok_or(Failure::NotFound)?;
            let open = |r: &&Relation| r.kind == kind && r.from <= on && r.to.is_none();
            if found.relations.iter().any(|r| open(&r) && Some(r.parent) == to) {
                return Err(Failure::refused_field(Message::new("unit-already-under"), "to"));
            }
            if let Some(parent) = to {
                self.may_stand_under(tx, (id, kind), parent, on)?;
            }
            let fact = |body| Fact::new(id.into(), found.shard, on, body);
            let ended = found.relations.iter().filter(open);
            let mut facts: Vec<Fact> =
                ended.map(|r| fact(UnitUnrelated { kind, parent: r.parent }.into())).collect();
            facts.extend(to.map(|parent| fact(UnitRelated { kind, parent }.into())));
            if facts.is_empty() {
                return Err(Failure::refused_field(Message::new("unit-nothing-to-end"), "to"));
            }
            let draft = self.draft(actor, "unit.transfer", facts, &[], reason);
            self.append(tx, actor, &draft)
        })
    }

    /// A circle of units would make everybody stand under everybody.
    fn may_stand_under(
        &self,
        tx: &mut Tx<'_>,
        (id, kind): (UnitId, RelationKind),
        parent: UnitId,
        on: Date,
    ) -> Result<(), Failure> {
        let (key, _) = unit::key(tx.sql(), id.into())?.ok_or(Failure::NotFound)?;
        let (up, _) = unit::key(tx.sql(), parent.into())?.ok_or(Failure::NotFound)?;
        let reach = match kind {
            RelationKind::Professional => Reach::Professional,
            RelationKind::Reporting => Reach::Reporting,
            RelationKind::Administrative | RelationKind::SiteOf => Reach::Administrative,
        };
        if unit::reaches_unit(tx.sql(), key, reach, up, on)? {
            return Err(Failure::refused_field(Message::new("unit-under-itself"), "to"));
        }
        Ok(())
    }
}
