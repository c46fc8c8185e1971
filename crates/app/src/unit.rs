//! Units and villages: setting up a node, searching, showing the tree, changing relations.

mod change;
mod redrawn;
mod tree;
mod village;

pub use redrawn::Redrawn;
pub use tree::UnitNode;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{
    AreaEntrusted, AreaRegistered, Draft, Fact, RelationKind, UnitKind, UnitRegistered, UnitRelated,
};
use tram_domain::unit::Unit;
use tram_kernel::{AreaId, CommuneCode, Date, Message, Shard, UnitId, text};
use tram_store::audit::Entry;
use tram_store::rebuild::nowhere;
use tram_store::unit;
pub use tram_store::unit::{AreaRow, RelationRow, UnitRow};

/// A unit with everything around it.
#[derive(Debug, Clone)]
pub struct UnitPage {
    pub unit: UnitRow,
    /// Earlier names with the last day they were used, oldest first.
    pub past_names: Vec<(String, Date)>,
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
        let now = self.now();
        self.db.write(now, |tx| {
            tx.append(&draft)?;
            let (by, role, unit, subject, detail) = Default::default();
            let (action, outcome) = ("unit.found", "ok");
            let line = Entry { at: now, by, role, unit, action, outcome, subject, detail };
            let node = tx.node_key();
            Ok(tram_store::audit::append(tx.sql(), node, &[line])?)
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
            self.villages(sql, (actor.unit_key, reach), self.today())
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
        let areas = unit::areas(sql, key, Reach::Unit, today)?;
        let facts = tram_store::person::facts(sql, &self.db.nodes(), found.id.into(), None)?;
        let past_names = Unit::fold(found.id, &facts).map(|u| u.past_names).unwrap_or_default();
        let parents = unit::parents(sql, key)?;
        let children = unit::children(sql, key)?;
        Ok(UnitPage { unit: found, past_names, commune_name, parents, children, areas })
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

/// The kind of a village by the words its name begins with; `thôn` when it begins with none.
pub fn village_kind(name: &str) -> &'static str {
    const KINDS: [&str; 8] = ["tổ dân phố", "thôn", "bản", "xóm", "ấp", "khu", "buôn", "tổ"];
    let lower = name.to_lowercase();
    let begins = |kind: &&str| lower.strip_prefix(*kind).is_some_and(|rest| rest.starts_with(' '));
    KINDS.into_iter().find(begins).unwrap_or("thôn")
}

/// The unit this machine works for, when nothing else is said.
const HOME: &str = "home_unit";

impl App {
    pub fn home(&self) -> Result<Option<UnitId>, Failure> {
        let found = self.db.read(|sql| tram_store::settings::get(sql, HOME))?;
        Ok(found.and_then(|text| text.parse().ok()))
    }

    pub fn set_home(&self, id: UnitId) -> Result<(), Failure> {
        let text = id.to_string();
        Ok(self.db.write_plain(self.now(), |sql| tram_store::settings::put(sql, HOME, &text))?)
    }

    /// Whether the people in this database are made up.
    pub fn is_demo(&self) -> Result<bool, Failure> {
        Ok(self.db.read(|sql| tram_store::settings::get(sql, crate::demo::STANDING))?.is_some())
    }
}
