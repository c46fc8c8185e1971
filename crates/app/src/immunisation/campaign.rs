//! Campaigns: one vaccine for everybody of some ages, how far it has come, who is still missing.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_domain::fact::{CampaignEnded, CampaignPlanned};
use tram_domain::immunisation::session::{announce, close};
use tram_kernel::{CampaignId, Date, text};
pub use tram_store::immunisation::session::{CampaignRow, Covered};
use tram_store::immunisation::session::{by_day, campaigns, covered, uncovered};
use tram_store::immunisation::{OwedChild, OwedDose};
use tram_store::person::{PersonLine, Within, lines};
use tram_store::unit::{self, AreaRow};

/// A campaign as one's unit sees it.
#[derive(Debug, Clone)]
pub struct CampaignPage {
    pub campaign: CampaignRow,
    pub areas: Vec<AreaRow>,
    pub covered: Vec<Covered>,
    /// Doses one's own unit gave, by day.
    pub by_day: Vec<(Date, i64)>,
    /// Who is still missing in one's villages.
    pub missing: Vec<PersonLine>,
    pub may_write: bool,
}

impl CampaignPage {
    /// Those still missing, as a session lists them: one dose of the campaign, of no number.
    pub fn children(&self) -> Vec<OwedChild> {
        let campaign = &self.campaign;
        let dose = OwedDose {
            series: campaign.series.clone(),
            number: 0,
            due_on: campaign.first,
            overdue_on: campaign.last,
            until_on: campaign.last,
            deferred: None,
        };
        let child =
            |person: &PersonLine| OwedChild { person: person.clone(), doses: vec![dose.clone()] };
        self.missing.iter().map(child).collect()
    }
}

impl App {
    /// Plans a campaign of one's own unit.
    pub fn plan_campaign(
        &self,
        actor: &Actor,
        body: &CampaignPlanned,
        command: Option<Command>,
    ) -> Result<CampaignId, Failure> {
        let (id, today) = (CampaignId::from_u128(self.new_id()), self.today());
        let name = text::clean(&body.name, 120).unwrap_or_default();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImmunisationWrite, Resource::Unit(body.unit))?;
            if let Some(command) = command
                && let Some(before) = command.before(tx)?
            {
                return Ok(before.parse().unwrap_or(id));
            }
            let (_, shard) = unit::key(tx.sql(), body.unit.into())?.ok_or(Failure::NotFound)?;
            let body = CampaignPlanned { name: name.clone(), ..body.clone() };
            let fact = announce(tx.definitions(), id, shard, body, today)?;
            let draft = self.draft(actor, "campaign.plan", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// How far a campaign has come in one's villages.
    pub fn campaign_page(&self, actor: &Actor, id: CampaignId) -> Result<CampaignPage, Failure> {
        let today = self.today();
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let known = campaigns(sql, actor.unit_key, today)?;
            let campaign = known.into_iter().find(|c| c.id == id).ok_or(Failure::NotFound)?;
            let within = Within { top: actor.unit_key, reach, on: today, area: 0 };
            let covered = covered(sql, within, &campaign)?;
            let days = (campaign.first, campaign.last);
            let by_day = by_day(sql, actor.unit_key, &campaign.series, days)?;
            let keys = uncovered(sql, within, &campaign)?;
            let mut missing = lines(sql, &keys)?;
            self.say_villages(sql, (actor.unit_key, reach), today, missing.iter_mut())?;
            let areas = self.villages(sql, (actor.unit_key, reach), today)?;
            let may_write = actor.may(Action::ImmunisationWrite);
            Ok(CampaignPage { campaign, areas, covered, by_day, missing, may_write })
        })
    }

    /// Calls a campaign off, or ends it before its last day.
    pub fn end_campaign(
        &self,
        actor: &Actor,
        id: CampaignId,
        body: &CampaignEnded,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImmunisationWrite, Resource::InReach)?;
            let campaign = tx.campaign(id)?.ok_or(Failure::NotFound)?;
            let whose = Resource::Unit(campaign.planned.what.unit);
            self.check(tx.sql(), actor, Action::ImmunisationWrite, whose)?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let fact = close(&campaign, body.clone(), today)?;
            let draft = self.draft(actor, "campaign.end", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(())
        })
    }
}
