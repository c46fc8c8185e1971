//! The one authority check of the program, with its line in the audit.

use crate::actor::Actor;
use crate::failure::Failure;
use tram_defs::role::{Action, Reach};
use tram_domain::authority::{Denied, authorize};
use tram_domain::fact::Subject;
use tram_kernel::{Date, HouseholdId, PersonId, UnitId};
use tram_store::{Sql, person, unit};

/// What is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Everything in reach: queries restrict themselves to it.
    InReach,
    Person(PersonId),
    Household(HouseholdId),
    /// An area by its local key.
    Area(i64),
    Unit(UnitId),
}

/// Decides whether `actor` may do `action` to `resource` on a day, and answers how far the role reaches.
///
/// This is the only function that decides; every use case begins with it.
pub(crate) fn check(
    sql: &mut dyn Sql,
    actor: &Actor,
    action: Action,
    resource: Resource,
    on: Date,
) -> Result<Reach, Failure> {
    let reach = authorize(&actor.may, actor.reach, action)?;
    if let Some(own) = actor.own {
        let inside = resource == Resource::Person(own);
        return if inside { Ok(reach) } else { Err(Denied::Scope.into()) };
    }
    let inside = match resource {
        Resource::InReach => true,
        Resource::Area(area) => unit::reaches_area(sql, actor.unit_key, reach, area, on)?,
        Resource::Person(id) => match unit::key(sql, id.into())? {
            Some((key, _)) => match person::area_of(sql, key)? {
                Some(area) => unit::reaches_area(sql, actor.unit_key, reach, area, on)?,
                None => false,
            },
            None => false,
        },
        Resource::Household(id) => match unit::key(sql, id.into())? {
            Some((key, _)) => match person::area_of_household(sql, key)? {
                Some(area) => unit::reaches_area(sql, actor.unit_key, reach, area, on)?,
                None => false,
            },
            None => false,
        },
        Resource::Unit(id) => match unit::key(sql, id.into())? {
            Some((key, _)) => unit::reaches_unit(sql, actor.unit_key, reach, key, on)?,
            None => false,
        },
    };
    if inside { Ok(reach) } else { Err(Denied::Scope.into()) }
}

/// The subject a resource names, for the audit.
pub(crate) fn subject_of(resource: Resource) -> Option<Subject> {
    match resource {
        Resource::Person(id) => Some(id.into()),
        Resource::Household(id) => Some(id.into()),
        Resource::Unit(id) => Some(id.into()),
        Resource::InReach | Resource::Area(_) => None,
    }
}
