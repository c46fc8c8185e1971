//! Households: opening, changing, and who lives in one.

mod doctor;
mod link;

pub use link::{HouseholdPair, MemberPair};

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::{HouseholdChange, HouseholdRegistered};
use tram_domain::household::{Household, Refusal, amend, register};
use tram_domain::immunisation::{Course, Line, Standing};
use tram_domain::person::Person;
use tram_kernel::{Date, HouseholdId, Message};
pub use tram_store::person::HouseholdRow;
pub use tram_store::person::MemberRow;
use tram_store::person::{Within, facts, find_households, household, households, members};
use tram_store::{Sql, unit};

/// A dose owed today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwedLine {
    /// Short name of the series.
    pub short: String,
    pub number: u8,
    pub due: Date,
    pub overdue: Date,
}

/// A member with what is due for them.
#[derive(Debug, Clone)]
pub struct MemberView {
    pub member: MemberRow,
    pub person: Person,
    pub owed: Vec<OwedLine>,
}

/// What a form about a household holds, already parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdForm {
    /// Local key of the village.
    pub area: i64,
    pub code: Option<String>,
    pub address: Option<String>,
    /// Code of `lists/poverty.csv`.
    pub poverty: Option<String>,
}

/// What a household page shows.
#[derive(Debug, Clone)]
pub struct HouseholdPage {
    pub household: Household,
    pub area: i64,
    pub area_name: String,
    pub members: Vec<MemberView>,
    pub past: Vec<MemberRow>,
    /// Name of the family doctor.
    pub doctor: Option<String>,
}

fn owed(course: &Course<'_>, today: Date) -> Vec<OwedLine> {
    let line = |line: &Line<'_>| match line.standing {
        Standing::Owed { due, overdue, .. } => {
            let (short, number) = (line.series.short.clone(), line.number);
            Some(OwedLine { short, number, due, overdue })
        }
        _ => None,
    };
    course.owed_on(today).filter_map(line).collect()
}

impl App {
    /// Households in reach with this number, or whose head's name contains what was typed.
    pub fn find_households(
        &self,
        actor: &Actor,
        typed: &str,
    ) -> Result<Vec<HouseholdRow>, Failure> {
        self.read(actor, Action::PersonRead, Resource::InReach, |sql, reach| {
            let within = Within { top: actor.unit_key, reach, on: self.today(), area: 0 };
            Ok(find_households(sql, within, typed)?)
        })
    }

    /// One household in reach as a line of a list.
    pub fn household_row(&self, actor: &Actor, id: HouseholdId) -> Result<HouseholdRow, Failure> {
        self.read(actor, Action::PersonRead, Resource::Household(id), |sql, _| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            household(sql, key)?.ok_or(Failure::NotFound)
        })
    }

    /// Households of a village, perhaps only those with this number.
    pub fn households(
        &self,
        actor: &Actor,
        area: i64,
        code: &str,
    ) -> Result<Vec<HouseholdRow>, Failure> {
        self.read(actor, Action::PersonRead, Resource::Area(area), |sql, _| {
            Ok(households(sql, area, code.trim())?)
        })
    }

    pub fn household_page(&self, actor: &Actor, id: HouseholdId) -> Result<HouseholdPage, Failure> {
        let (nodes, defs, today) = (self.db.nodes(), self.definitions(), self.today());
        self.read(actor, Action::PersonRead, Resource::Household(id), |sql, _| {
            let known = facts(sql, &nodes, id.into(), None)?;
            let household = Household::fold(id, &known).ok_or(Failure::NotFound)?;
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let area = unit::key(sql, (*household.area.shown()).into())?.map_or(0, |(key, _)| key);
            let area_name = self.area_name(sql, *household.area.shown())?;
            let mut views = Vec::new();
            let mut past = Vec::new();
            for member in members(sql, key)? {
                if member.to.is_some_and(|to| to <= today) || member.person.died_on.is_some() {
                    past.push(member);
                    continue;
                }
                let known = facts(sql, &nodes, member.person.id.into(), None)?;
                if let Some(person) = Person::fold(member.person.id, &known) {
                    let owed = owed(&Course::of(&defs, &person), today);
                    views.push(MemberView { member, person, owed });
                }
            }
            let doctor = tram_store::person::household(sql, key)?.and_then(|row| row.doctor);
            Ok(HouseholdPage { household, area, area_name, members: views, past, doctor })
        })
    }

    /// Opens a household in a village. The same number twice in one village is refused.
    pub fn add_household(
        &self,
        actor: &Actor,
        form: &HouseholdForm,
        command: Option<Command>,
    ) -> Result<HouseholdId, Failure> {
        let id = HouseholdId::from_u128(self.new_id());
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(form.area))?;
            if let Some(command) = command
                && let Some(done) = command.before(tx)?.and_then(|answer| answer.parse().ok())
            {
                return Ok(done);
            }
            let row = unit::area(tx.sql(), form.area)?.ok_or(Failure::NotFound)?;
            is_free(tx.sql(), form.area, form.code.as_deref())?;
            let HouseholdForm { code, address, poverty, .. } = form.clone();
            let body = HouseholdRegistered { area: row.id, code, address, poverty };
            let facts = vec![register(id, row.commune, body, today)];
            let draft = self.draft(actor, "household.add", facts, &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// Changes several fields in one change-set. Fields whose value is already shown are left alone.
    pub fn amend_household(
        &self,
        actor: &Actor,
        id: HouseholdId,
        changes: &[HouseholdChange],
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let reach =
                self.check(tx.sql(), actor, Action::PersonWrite, Resource::Household(id))?;
            let household = tx.household(id)?.ok_or(Failure::NotFound)?;
            let mut facts = Vec::new();
            for change in changes {
                if let HouseholdChange::Area(area) = change {
                    let key = unit::key(tx.sql(), (*area).into())?.map_or(0, |(key, _)| key);
                    self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(key))?;
                }
                if let HouseholdChange::Doctor(Some(user)) = change {
                    self.check_doctor(tx.sql(), (actor.unit_key, reach), *user)?;
                }
                match amend(&household, change.clone(), reason.map(str::to_owned), today) {
                    Ok(fact) => facts.push(fact),
                    Err(Refusal::NoChange) => continue,
                    Err(refusal) => return Err(refusal.into()),
                }
                if let HouseholdChange::Code(code) = change {
                    let area = unit::key(tx.sql(), (*household.area.shown()).into())?;
                    is_free(tx.sql(), area.map_or(0, |(key, _)| key), code.as_deref())?;
                }
            }
            if facts.is_empty() {
                return Err(Refusal::NoChange.into());
            }
            let draft = self.draft(actor, "household.amend", facts, &[], reason);
            self.append(tx, actor, &draft)
        })
    }
}

/// A number names one household of a village.
fn is_free(sql: &mut dyn Sql, area: i64, code: Option<&str>) -> Result<(), Failure> {
    match code {
        Some(code) if !households(sql, area, code)?.is_empty() => {
            let message = Message::new("household-code-taken").with("code", code);
            Err(Failure::refused_field(message, "code"))
        }
        _ => Ok(()),
    }
}
