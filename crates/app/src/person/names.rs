//! Names of everything the facts of a record point at, so that a timeline can be read.

use crate::failure::Failure;
use std::collections::BTreeMap;
use tram_domain::fact::{Body, Logged, PersonChange, Subject};
use tram_kernel::{AreaId, HouseholdId, PersonId, UnitId};
use tram_store::person::{HouseholdRow, household, lines};
use tram_store::{Sql, unit};

/// What the facts of one record mention, by id.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub areas: BTreeMap<AreaId, String>,
    pub units: BTreeMap<UnitId, String>,
    pub people: BTreeMap<PersonId, String>,
    pub households: BTreeMap<HouseholdId, HouseholdRow>,
}

impl Names {
    /// Looks up whatever the facts mention. What is not known here is simply absent.
    pub fn of(sql: &mut dyn Sql, facts: &[Logged]) -> Result<Self, Failure> {
        let mut names = Self::default();
        for known in facts {
            if let Some(at) = known.unit {
                names.unit(sql, at)?;
            }
            match &known.fact.body {
                Body::DoseGiven(dose) => {
                    if let Some(giver) = dose.giver {
                        names.unit(sql, giver)?;
                    }
                }
                Body::ResidenceStarted(body) => names.area(sql, body.area)?,
                Body::HouseholdJoined(body) => names.household(sql, body.household)?,
                Body::HouseholdLeft(body) => names.household(sql, body.household)?,
                Body::PersonRegistered(body) => names.person(sql, body.mother)?,
                Body::PersonAmended(body) => {
                    if let PersonChange::Mother(mother, _) = &body.change {
                        names.person(sql, *mother)?;
                    }
                }
                Body::PersonLinked(_) => {
                    if let Subject::Person(other) = known.fact.subject {
                        names.linked(other, facts);
                    }
                }
                Body::PersonsDistinct(body) => names.person(sql, Some(body.other))?,
                _ => {}
            }
        }
        Ok(names)
    }

    fn unit(&mut self, sql: &mut dyn Sql, id: UnitId) -> Result<(), Failure> {
        if !self.units.contains_key(&id)
            && let Some((key, _)) = unit::key(sql, id.into())?
        {
            let name = unit::unit(sql, key)?.map(|unit| unit.name).unwrap_or_default();
            self.units.insert(id, name);
        }
        Ok(())
    }

    fn area(&mut self, sql: &mut dyn Sql, id: AreaId) -> Result<(), Failure> {
        if !self.areas.contains_key(&id)
            && let Some((key, _)) = unit::key(sql, id.into())?
        {
            let name = unit::area(sql, key)?.map(|area| area.name).unwrap_or_default();
            self.areas.insert(id, name);
        }
        Ok(())
    }

    fn household(&mut self, sql: &mut dyn Sql, id: HouseholdId) -> Result<(), Failure> {
        if !self.households.contains_key(&id)
            && let Some((key, _)) = unit::key(sql, id.into())?
            && let Some(row) = household(sql, key)?
        {
            self.households.insert(id, row);
        }
        Ok(())
    }

    /// A record that is read as part of this one has no name in any table: its own facts say it.
    fn linked(&mut self, id: PersonId, facts: &[Logged]) {
        let own = facts.iter().filter(|known| known.fact.subject == id.into());
        let name = own.rev().find_map(|known| match &known.fact.body {
            Body::PersonRegistered(body) => Some(body.name.clone()),
            Body::PersonAmended(body) => match &body.change {
                PersonChange::Name(name) => Some(name.clone()),
                _ => None,
            },
            _ => None,
        });
        if let Some(name) = name {
            self.people.insert(id, name);
        }
    }

    fn person(&mut self, sql: &mut dyn Sql, id: Option<PersonId>) -> Result<(), Failure> {
        if let Some(id) = id
            && !self.people.contains_key(&id)
            && let Some((key, _)) = unit::key(sql, id.into())?
            && let Some(line) = lines(sql, &[key])?.pop()
        {
            self.people.insert(id, line.name);
        }
        Ok(())
    }
}
