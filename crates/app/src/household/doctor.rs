//! Family doctors: who looks after which households.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{HouseholdChange, Subject};
use tram_domain::household::{Refusal, amend};
use tram_kernel::{Message, UserId, text};
use tram_store::person::households;
use tram_store::{Sql, session};

impl App {
    /// Whom a family of ours can be given to: those who write records at a unit in reach, by name.
    pub fn family_doctors(&self, actor: &Actor) -> Result<Vec<(UserId, String)>, Failure> {
        self.read(actor, Action::PersonRead, Resource::InReach, |sql, reach| {
            self.doctors(sql, (actor.unit_key, reach))
        })
    }

    pub(crate) fn doctors(
        &self,
        sql: &mut dyn Sql,
        (top, reach): (i64, Reach),
    ) -> Result<Vec<(UserId, String)>, Failure> {
        let (defs, today) = (self.definitions(), self.today());
        let writes = |role: &str| {
            defs.role(role).is_some_and(|role| role.may.contains(&Action::PersonWrite))
        };
        let grants = session::users(sql, top, reach, today)?;
        let holds = |grant: &session::GrantRow| {
            grant.closed_on.is_none()
                && grant.from <= today
                && grant.to.is_none_or(|to| today <= to)
                && writes(&grant.role)
        };
        let mut people: Vec<(UserId, String)> =
            grants.into_iter().filter(holds).map(|grant| (grant.user, grant.name)).collect();
        people.sort_by_cached_key(|(user, name)| (text::sort_key(name), *user));
        people.dedup_by_key(|(user, _)| *user);
        Ok(people)
    }

    /// Gives the households of a village that have no doctor yet, or all of them, to one. Answers how many
    /// changed hands.
    pub fn assign_doctor(
        &self,
        actor: &Actor,
        area: i64,
        doctor: UserId,
        all: bool,
    ) -> Result<usize, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let reach = self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(area))?;
            self.check_doctor(tx.sql(), (actor.unit_key, reach), doctor)?;
            let homes = households(tx.sql(), area, "")?;
            tx.expect(homes.iter().map(|home| Subject::Household(home.id)))?;
            let mut facts = Vec::new();
            for home in homes {
                let household = tx.household(home.id)?.ok_or(Failure::NotFound)?;
                if household.doctor.shown().is_some() && !all {
                    continue;
                }
                match amend(&household, HouseholdChange::Doctor(Some(doctor)), None, today) {
                    Ok(fact) => facts.push(fact),
                    Err(Refusal::NoChange) => {}
                    Err(refusal) => return Err(refusal.into()),
                }
            }
            let n = facts.len();
            if n > 0 {
                let draft = self.draft(actor, "household.doctor", facts, &[], None);
                self.append(tx, actor, &draft)?;
            }
            Ok(n)
        })
    }

    /// A family is given to somebody who works here.
    pub(crate) fn check_doctor(
        &self,
        sql: &mut dyn Sql,
        within: (i64, Reach),
        doctor: UserId,
    ) -> Result<(), Failure> {
        let known = self.doctors(sql, within)?.iter().any(|(user, _)| *user == doctor);
        if known {
            return Ok(());
        }
        Err(Failure::refused_field(Message::new("household-doctor-unknown"), "doctor"))
    }
}
