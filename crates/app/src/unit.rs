//! Units and villages: setting up a node, searching, showing the tree, changing relations.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::{
    AreaEntrusted, AreaRegistered, Draft, Fact, RelationKind, UnitAmended, UnitKind,
    UnitRegistered, UnitRelated, UnitUnrelated,
};
use tram_kernel::{AreaId, CommuneCode, Date, Message, Shard, UnitId, text};
use tram_store::rebuild::nowhere;
use tram_store::unit::{self, AreaRow, RelationRow, UnitRow};

/// A unit with everything around it.
#[derive(Debug, Clone)]
pub struct UnitPage {
    pub unit: UnitRow,
    pub commune_name: Option<String>,
    pub parents: Vec<RelationRow>,
    pub children: Vec<RelationRow>,
    pub areas: Vec<AreaRow>,
}

/// A unit to be set up.
#[derive(Debug, Clone)]
pub struct NewUnit {
    pub name: String,
    pub kind: UnitKind,
    pub commune: Option<CommuneCode>,
    pub facility_code: Option<String>,
    pub since: Date,
    /// Relation, parent.
    pub under: Vec<(RelationKind, UnitId)>,
}

/// A village to be set up and entrusted to a unit.
#[derive(Debug, Clone)]
pub struct NewArea {
    pub name: String,
    pub kind: String,
    pub commune: CommuneCode,
    pub unit: UnitId,
    pub since: Date,
}

impl App {
    /// Registers units and villages in one change-set, before anybody can sign in (`tram init`).
    pub fn found(
        &self,
        units: &[NewUnit],
        areas: &[NewArea],
    ) -> Result<(Vec<UnitId>, Vec<AreaId>), Failure> {
        let unit_ids: Vec<UnitId> =
            units.iter().map(|_| UnitId::from_u128(self.new_id())).collect();
        let area_ids: Vec<AreaId> =
            areas.iter().map(|_| AreaId::from_u128(self.new_id())).collect();
        self.found_as(units, &unit_ids, areas, &area_ids)?;
        Ok((unit_ids, area_ids))
    }

    /// The same with ids chosen beforehand, so that units may name each other.
    pub fn found_as(
        &self,
        units: &[NewUnit],
        unit_ids: &[UnitId],
        areas: &[NewArea],
        area_ids: &[AreaId],
    ) -> Result<(), Failure> {
        let mut facts = Vec::new();
        for (new, id) in units.iter().zip(unit_ids) {
            facts.extend(unit_facts(new, *id)?);
        }
        for (new, id) in areas.iter().zip(area_ids) {
            facts.extend(area_facts(new, *id)?);
        }
        let draft = Draft {
            action: "unit.found",
            user: None,
            role: None,
            unit: None,
            recorded_at: self.now(),
            reason: None,
            acknowledged: Vec::new(),
            facts,
        };
        self.db.write(self.now(), |tx| tx.append(&draft).map(|_| ()).map_err(Failure::from))
    }

    pub fn add_area(&self, actor: &Actor, new: &NewArea) -> Result<AreaId, Failure> {
        let id = AreaId::from_u128(self.new_id());
        let facts = area_facts(new, id)?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Unit(new.unit))?;
            let draft = self.draft(actor, "area.add", facts.clone(), &[], None);
            self.append(tx, actor, &draft)
        })?;
        Ok(id)
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
            let (name, reason) = (Some(name.clone()), reason.clone());
            let body = UnitAmended { name, facility_code: None, reason };
            let facts = vec![Fact::new(id.into(), found.shard, self.today(), body.into())];
            let draft = self.draft(actor, "unit.rename", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    /// Ends a relation and begins another on the same day: a transfer. No record is touched.
    pub fn transfer_unit(
        &self,
        actor: &Actor,
        id: UnitId,
        kind: RelationKind,
        (from_parent, to_parent): (Option<UnitId>, Option<UnitId>),
        on: Date,
    ) -> Result<(), Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::UnitWrite, Resource::Unit(id))?;
            let found = tx.unit(id)?.ok_or(Failure::NotFound)?;
            let mut facts = Vec::new();
            if let Some(parent) = from_parent {
                let body = UnitUnrelated { kind, parent };
                facts.push(Fact::new(id.into(), found.shard, on, body.into()));
            }
            if let Some(parent) = to_parent {
                if parent == id {
                    return Err(Failure::refused(Message::new("unit-under-itself")));
                }
                let body = UnitRelated { kind, parent };
                facts.push(Fact::new(id.into(), found.shard, on, body.into()));
            }
            let draft = self.draft(actor, "unit.transfer", facts, &[], None);
            self.append(tx, actor, &draft)
        })
    }

    /// Units in reach today.
    pub fn units(&self, actor: &Actor) -> Result<Vec<UnitRow>, Failure> {
        self.read(actor, Action::UnitRead, Resource::InReach, |sql, reach| {
            Ok(unit::units(sql, actor.unit_key, reach, self.today())?)
        })
    }

    /// Villages in reach today.
    pub fn areas(&self, actor: &Actor) -> Result<Vec<AreaRow>, Failure> {
        self.read(actor, Action::UnitRead, Resource::InReach, |sql, reach| {
            Ok(unit::areas(sql, actor.unit_key, reach, self.today())?)
        })
    }

    pub fn unit_page(&self, actor: &Actor, id: UnitId) -> Result<UnitPage, Failure> {
        let today = self.today();
        self.read(actor, Action::UnitRead, Resource::Unit(id), |sql, _| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            self.page_of(sql, key, today)
        })
    }

    fn page_of(
        &self,
        sql: &mut dyn tram_store::Sql,
        key: i64,
        today: Date,
    ) -> Result<UnitPage, Failure> {
        let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
        let commune_name = found.commune.and_then(|code| self.commune_name(code));
        let reach = tram_defs::role::Reach::Unit;
        let areas = unit::areas(sql, key, reach, today)?;
        let parents = unit::parents(sql, key)?;
        let children = unit::children(sql, key)?;
        Ok(UnitPage { unit: found, commune_name, parents, children, areas })
    }

    /// `xã Lục Yên, tỉnh Lào Cai`, as of today.
    pub fn commune_name(&self, code: CommuneCode) -> Option<String> {
        let defs = self.definitions();
        let places = defs.places();
        let commune = places.commune(code, self.today())?;
        let province = places.province(commune.province, self.today());
        let province = province.map(|p| format!(", {} {}", p.kind, p.name)).unwrap_or_default();
        Some(format!("{}{province}", commune.full_name()))
    }

    /// Units by name or facility code, for the operator of the machine.
    pub fn search_units(&self, typed: &str) -> Result<Vec<UnitRow>, Failure> {
        self.db.read(|sql| Ok(unit::search(sql, typed)?))
    }

    /// One unit with its surroundings, for the operator of the machine.
    pub fn show_unit(&self, id: UnitId) -> Result<UnitPage, Failure> {
        let today = self.today();
        self.db.read(|sql| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            self.page_of(sql, key, today)
        })
    }

    pub fn all_units(&self) -> Result<Vec<UnitRow>, Failure> {
        self.db.read(|sql| Ok(unit::all_units(sql)?))
    }
}

fn clean_name(name: &str) -> Result<String, Failure> {
    text::clean(name, 200)
        .map_err(|_| Failure::refused_field(Message::new("unit-bad-name"), "name"))
}

pub(crate) fn unit_facts(new: &NewUnit, id: UnitId) -> Result<Vec<Fact>, Failure> {
    let shard: Shard = new.commune.unwrap_or_else(nowhere);
    let body = UnitRegistered {
        name: clean_name(&new.name)?,
        kind: new.kind,
        commune: new.commune,
        facility_code: new.facility_code.clone(),
    };
    let mut facts = vec![Fact::new(id.into(), shard, new.since, body.into())];
    for (kind, parent) in &new.under {
        let body = UnitRelated { kind: *kind, parent: *parent };
        facts.push(Fact::new(id.into(), shard, new.since, body.into()));
    }
    Ok(facts)
}

pub(crate) fn area_facts(new: &NewArea, id: AreaId) -> Result<Vec<Fact>, Failure> {
    let name = clean_name(&new.name)?;
    let kind = clean_name(&new.kind)?;
    let body = AreaRegistered { name, kind, commune: new.commune };
    Ok(vec![
        Fact::new(id.into(), new.commune, new.since, body.into()),
        Fact::new(id.into(), new.commune, new.since, AreaEntrusted { unit: new.unit }.into()),
    ])
}
