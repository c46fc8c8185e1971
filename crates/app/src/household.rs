//! Households: opening, changing, and who lives in one.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::{HouseholdChange, HouseholdRegistered};
use tram_domain::household::{Household, amend, register};
use tram_domain::immunisation::{Course, Standing};
use tram_domain::person::Person;
use tram_kernel::{Date, HouseholdId, Message};
pub use tram_store::person::HouseholdRow;
use tram_store::person::{MemberRow, facts, households, members};
use tram_store::unit;

/// A member with what is due for them.
#[derive(Debug, Clone)]
pub struct MemberView {
    pub member: MemberRow,
    /// Short names of series owed today, with the day they became due.
    pub owed: Vec<(String, u8, Date)>,
}

/// What a household page shows.
#[derive(Debug, Clone)]
pub struct HouseholdPage {
    pub household: Household,
    pub area: i64,
    pub area_name: String,
    pub members: Vec<MemberView>,
    pub past: Vec<MemberRow>,
}

impl App {
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
                let mut owed = Vec::new();
                if let Some(person) = Person::fold(member.person.id, &known) {
                    for line in Course::of(&defs, &person).owed_on(today) {
                        if let Standing::Owed { due, .. } = line.standing {
                            owed.push((line.series.short.clone(), line.number, due));
                        }
                    }
                }
                views.push(MemberView { member, owed });
            }
            Ok(HouseholdPage { household, area, area_name, members: views, past })
        })
    }

    /// Opens a household in a village. The same number twice in one village is refused.
    pub fn add_household(
        &self,
        actor: &Actor,
        area: i64,
        code: Option<String>,
        address: Option<String>,
        poverty: Option<String>,
    ) -> Result<HouseholdId, Failure> {
        let id = HouseholdId::from_u128(self.new_id());
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Area(area))?;
            let row = unit::area(tx.sql(), area)?.ok_or(Failure::NotFound)?;
            if let Some(code) = &code
                && !households(tx.sql(), area, code)?.is_empty()
            {
                let message = Message::new("household-code-taken").with("code", code.as_str());
                return Err(Failure::refused_field(message, "code"));
            }
            let body = HouseholdRegistered {
                area: row.id,
                code: code.clone(),
                address: address.clone(),
                poverty: poverty.clone(),
            };
            let facts = vec![register(id, row.commune, body, today)];
            let draft = self.draft(actor, "household.add", facts, &[], None);
            self.append(tx, actor, &draft)
        })?;
        Ok(id)
    }

    pub fn amend_household(
        &self,
        actor: &Actor,
        id: HouseholdId,
        change: &HouseholdChange,
        reason: Option<&str>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PersonWrite, Resource::Household(id))?;
            let household = tx.household(id)?.ok_or(Failure::NotFound)?;
            let reason_text = reason.map(str::to_owned);
            let fact = amend(&household, change.clone(), reason_text, today)?;
            let draft = self.draft(actor, "household.amend", vec![fact], &[], reason);
            self.append(tx, actor, &draft)
        })
    }
}
