//! Everything one page about a person shows, loaded once.

use super::history::{self, HistoryLine};
use super::names::Names;
use crate::actor::Actor;
use crate::authority::Resource;
use crate::emergency::Emergency;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::role::Action;
use tram_domain::fact::FactRef;
use tram_domain::immunisation::Course;
use tram_domain::person::Person;
use tram_kernel::{AreaId, HouseholdId, Message, PersonId, UnitId};
use tram_store::person::{HouseholdRow, MemberRow, PersonLine};
use tram_store::{Sql, unit};

/// A record with the definitions its programmes are read by.
#[derive(Debug, Clone)]
pub struct PersonView {
    pub person: Person,
    pub defs: Arc<Definitions>,
}

impl PersonView {
    /// What the immunisation rule says of this person.
    pub fn course(&self) -> Course<'_> {
        Course::of(&self.defs, &self.person)
    }
}

/// What a record page shows.
#[derive(Debug, Clone)]
pub struct PersonPage {
    pub view: PersonView,
    /// Names of the areas and units the record names.
    pub areas: BTreeMap<AreaId, String>,
    pub units: BTreeMap<UnitId, String>,
    /// Names of the people and the households the record names.
    pub people: BTreeMap<PersonId, String>,
    pub households: BTreeMap<HouseholdId, HouseholdRow>,
    pub mother: Option<PersonLine>,
    pub children: Vec<PersonLine>,
    pub household: Vec<MemberRow>,
    /// Local key of the village of the record.
    pub area: Option<i64>,
    pub history: Vec<HistoryLine>,
    /// Other active records in reach that carry one of the numbers.
    pub same_number: Vec<PersonLine>,
    /// What must be said of the lots of doses: expired or blocked on the day they were given.
    pub lot_warnings: Vec<(FactRef, Message)>,
    /// The record is open whole: somebody said that it is an emergency.
    pub emergency: Option<Emergency>,
}

impl App {
    /// Opens a record. The opening is audited.
    pub fn person_page(&self, actor: &Actor, id: PersonId) -> Result<PersonPage, Failure> {
        let defs = self.definitions();
        let nodes = self.db.nodes();
        self.read(actor, Action::PersonRead, Resource::Person(id), |sql, _| {
            let id = tram_store::person::head(sql, id)?.ok_or(Failure::NotFound)?;
            let mut facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            // What lies in a compartment that is not open to them is not there.
            let emergency = self.emergency(sql, actor, id)?;
            facts.retain(|known| emergency.is_some() || actor.sees(known.fact.compartment));
            let person = Person::fold(id, &facts).ok_or(Failure::NotFound)?;
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let area = tram_store::person::area_of(sql, key)?;
            let Names { areas, units, people, households } = Names::of(sql, &facts)?;
            let mother = match person.mother.shown().id {
                Some(mother) => self.line(sql, mother)?,
                None => None,
            };
            let children = tram_store::person::children(sql, key)?;
            let today = self.today();
            let household = match person.membership_on(today) {
                Some(member) => match unit::key(sql, member.household.into())? {
                    Some((household, _)) => tram_store::person::members(sql, household)?,
                    None => Vec::new(),
                },
                None => Vec::new(),
            };
            let mut same_number = Vec::new();
            for held in person.identifiers.iter().filter(|held| held.holds_on(today)) {
                if held.identifier.kind() != tram_kernel::identifier::IdentifierKind::Citizen {
                    continue;
                }
                let (kind, value) = (held.identifier.kind().code(), held.identifier.value());
                let holders = tram_store::person::holders(sql, kind, value, today)?;
                for other in holders.into_iter().filter(|other| other.id != id) {
                    if self.may_open(sql, actor, other.id)? {
                        same_number.push(other);
                    }
                }
            }
            let lot_warnings = Self::said_of_card(sql, &person.doses)?;
            let history = history::lines(sql, &facts, &person)?;
            let view = PersonView { person, defs };
            Ok(PersonPage {
                view,
                areas,
                units,
                people,
                households,
                mother,
                children,
                household,
                area,
                history,
                same_number,
                lot_warnings,
                emergency,
            })
        })
    }

    /// One person in reach as a line of a list.
    pub fn person_line(&self, actor: &Actor, id: PersonId) -> Result<PersonLine, Failure> {
        self.read(actor, Action::PersonRead, Resource::Person(id), |sql, _| {
            self.line(sql, id)?.ok_or(Failure::NotFound)
        })
    }

    fn line(&self, sql: &mut dyn Sql, id: PersonId) -> Result<Option<PersonLine>, Failure> {
        let Some((key, _)) = unit::key(sql, id.into())? else { return Ok(None) };
        Ok(tram_store::person::lines(sql, &[key])?.pop())
    }

    pub(crate) fn area_name(&self, sql: &mut dyn Sql, id: AreaId) -> Result<String, Failure> {
        let Some((key, _)) = unit::key(sql, id.into())? else { return Ok(String::new()) };
        Ok(unit::area(sql, key)?.map(|area| area.name).unwrap_or_default())
    }

    pub(crate) fn unit_name(&self, sql: &mut dyn Sql, id: UnitId) -> Result<String, Failure> {
        let Some((key, _)) = unit::key(sql, id.into())? else { return Ok(String::new()) };
        Ok(unit::unit(sql, key)?.map(|unit| unit.name).unwrap_or_default())
    }

    /// Who looked at or changed a record.
    pub fn record_audit(
        &self,
        actor: &Actor,
        id: PersonId,
    ) -> Result<Vec<tram_store::audit::Line>, Failure> {
        self.flush_audit()?;
        self.read(actor, Action::PersonRead, Resource::Person(id), |sql, _| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let mut lines = tram_store::audit::of_subject(sql, key, (actor.open_bits(), 200))?;
            // That somebody opened a record in an emergency, and why, is for those who look after the audit.
            let may_look = actor.may(Action::AuditRead);
            lines.retain(|line| may_look || line.action != Action::CompartmentBreak.code());
            Ok(lines)
        })
    }
}

/// Reads a fact's name back from a form: `node.epoch.seq.ordinal`.
pub fn parse_ref(text: &str) -> Option<FactRef> {
    let mut parts = text.split('.');
    let node = parts.next()?.parse().ok()?;
    let epoch = parts.next()?.parse().ok()?;
    let seq = parts.next()?.parse().ok()?;
    let ordinal = parts.next()?.parse().ok()?;
    Some(FactRef { node, epoch, seq, ordinal })
}

/// The text form of a fact's name.
pub fn show_ref(at: &FactRef) -> String {
    format!("{}.{}.{}.{}", at.node, at.epoch, at.seq, at.ordinal)
}
