//! Plans: listing, the target table with what is, setting rows, adopting an example.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::indicator::{Number, Question};
use crate::opening::App;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::{Fact, PlanRegistered, TargetSet, TargetWithdrawn};
use tram_domain::plan::{Assessment, Plan, TargetWarning, assess, check_target, in_unit_of, pace};
use tram_kernel::period::Length;
use tram_kernel::{Message, Period, PlanId, UnitId, text};
use tram_store::person::facts;
pub use tram_store::plan::PlanRow;
use tram_store::plan::visible;
use tram_store::rebuild::nowhere;
use tram_store::unit;

/// One row of a target table with its actual value.
#[derive(Debug, Clone)]
pub struct TargetLine {
    pub target: TargetSet,
    pub number: Option<Number>,
    /// In thousandths of the unit of the target.
    pub actual: Option<i64>,
    /// Actual minus target, in the unit of the target.
    pub gap: Option<i64>,
    pub assessment: Assessment,
    pub warnings: Vec<TargetWarning>,
    /// Value at the end of each month of the plan year so far.
    pub trend: Vec<(Period, Option<i64>)>,
}

/// What a plan page shows.
#[derive(Debug, Clone)]
pub struct PlanPage {
    pub plan: Plan,
    pub unit_name: String,
    pub may_write: bool,
    /// Share of the year that has passed, in thousandths.
    pub pace: i64,
    pub lines: Vec<TargetLine>,
}

/// A plan to be written.
#[derive(Debug, Clone)]
pub struct NewPlan {
    pub title: String,
    pub number: Option<String>,
    pub year: i16,
    pub unit: UnitId,
    pub source: Option<String>,
    pub targets: Vec<TargetSet>,
}

impl App {
    /// Plans of one's units and of the units above.
    pub fn plans(&self, actor: &Actor) -> Result<Vec<PlanRow>, Failure> {
        self.read(actor, Action::PlanRead, Resource::InReach, |sql, reach| {
            Ok(visible(sql, actor.unit_key, reach, self.today())?)
        })
    }

    /// A plan with the numbers of the asker's own units (the plan's unit when it is in reach).
    pub fn plan_page(&self, actor: &Actor, id: PlanId) -> Result<PlanPage, Failure> {
        let (nodes, today) = (self.db.nodes(), self.today());
        let (plan, unit_name, top, may_write) =
            self.read(actor, Action::PlanRead, Resource::InReach, |sql, reach| {
                let seen = visible(sql, actor.unit_key, reach, today)?;
                if !seen.iter().any(|row| row.id == id) {
                    return Err(Failure::NotFound);
                }
                let known = facts(sql, &nodes, id.into(), None)?;
                let plan = Plan::fold(id, &known).ok_or(Failure::NotFound)?;
                let (key, _) = unit::key(sql, plan.unit.into())?.ok_or(Failure::NotFound)?;
                let own = unit::reaches_unit(sql, actor.unit_key, reach, key, today)?;
                let unit_name = self.unit_name(sql, plan.unit)?;
                let top = if own { key } else { actor.unit_key };
                let may_write = own && actor.may(Action::PlanWrite);
                Ok((plan, unit_name, top, may_write))
            })?;
        let lines = self.target_lines(actor, &plan, top)?;
        let pace = pace(plan.year, today);
        Ok(PlanPage { plan, unit_name, may_write, pace, lines })
    }

    fn target_lines(
        &self,
        actor: &Actor,
        plan: &Plan,
        top: i64,
    ) -> Result<Vec<TargetLine>, Failure> {
        let defs = self.definitions();
        let year = Period::new(plan.year, Length::Year, 1)
            .map_err(|_| Failure::refused(Message::new("period-bad")))?;
        let reach = if top == actor.unit_key { actor.reach } else { Reach::Professional };
        let q = Question { period: year, unit: top, reach, tree: None };
        let known = |code: &&str| defs.indicator(code).is_some();
        let mut codes: Vec<&str> =
            plan.targets.values().filter_map(|t| t.indicator.as_deref()).filter(known).collect();
        codes.sort_unstable();
        codes.dedup();
        let numbers =
            if codes.is_empty() { Vec::new() } else { self.board(actor, q, &codes)?.numbers };
        let months = self.months_of(actor, q, &codes)?;
        let mut lines = Vec::new();
        for target in plan.targets.values() {
            let code = target.indicator.as_deref();
            let number = numbers.iter().find(|n| Some(n.indicator.code.as_str()) == code).cloned();
            let indicator = number.as_ref().map(|n| &n.indicator);
            let unit = target.correction.as_deref().unwrap_or(&target.unit);
            let in_unit = |n: &Number| in_unit_of(unit, n.indicator.unit, n.value()?);
            let actual = number.as_ref().and_then(in_unit);
            let trend = months
                .iter()
                .map(|(period, board)| {
                    let n = board.iter().find(|n| Some(n.indicator.code.as_str()) == code);
                    (*period, n.and_then(in_unit))
                })
                .collect();
            lines.push(TargetLine {
                gap: actual.zip(target.value).map(|(actual, value)| actual - value),
                assessment: assess(target, indicator, actual),
                warnings: check_target(target, indicator),
                target: target.clone(),
                number: number.clone(),
                actual,
                trend,
            });
        }
        Ok(lines)
    }

    /// The indicators of a plan month by month, as far as the year has come.
    fn months_of(
        &self,
        actor: &Actor,
        q: Question,
        codes: &[&str],
    ) -> Result<Vec<(Period, Vec<Number>)>, Failure> {
        let mut months = Vec::new();
        for index in 1..=12 {
            let period = Period::new(q.period.year(), Length::Month, index)
                .map_err(|_| Failure::refused(Message::new("period-bad")))?;
            if codes.is_empty() || period.first() > self.today() {
                break;
            }
            months.push((period, self.board(actor, Question { period, ..q }, codes)?.numbers));
        }
        Ok(months)
    }

    /// What the rows of a table should be asked about before they are adopted.
    pub fn check_targets(&self, targets: &[TargetSet]) -> Vec<(u16, Vec<TargetWarning>)> {
        let defs = self.definitions();
        targets
            .iter()
            .map(|target| {
                let indicator = target.indicator.as_deref().and_then(|code| defs.indicator(code));
                (target.row, check_target(target, indicator))
            })
            .filter(|(_, warnings)| !warnings.is_empty())
            .collect()
    }

    /// Writes a plan with its targets.
    pub fn add_plan(&self, actor: &Actor, new: &NewPlan) -> Result<PlanId, Failure> {
        let title = text::clean(&new.title, 500)
            .map_err(|_| Failure::refused_field(Message::new("plan-bad-title"), "title"))?;
        let id = PlanId::from_u128(self.new_id());
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::Unit(new.unit))?;
            let body = PlanRegistered {
                title: title.clone(),
                number: new.number.clone(),
                year: new.year,
                unit: new.unit,
                source: new.source.clone(),
            };
            let mut facts = vec![Fact::new(id.into(), nowhere(), today, body.into())];
            for target in &new.targets {
                facts.push(Fact::new(id.into(), nowhere(), today, target.clone().into()));
            }
            let draft = self.draft(actor, "plan.add", facts, &[], None);
            self.append(tx, actor, &draft)
        })?;
        Ok(id)
    }

    /// Sets rows of a plan's table; rows that say the same as before are left alone.
    pub fn set_targets(
        &self,
        actor: &Actor,
        id: PlanId,
        targets: &[TargetSet],
        withdrawn: &[u16],
        reason: Option<&str>,
    ) -> Result<usize, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            let plan = tx.plan(id)?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::Unit(plan.unit))?;
            let mut facts = Vec::new();
            for target in targets {
                if plan.targets.get(&target.row) != Some(target) {
                    facts.push(Fact::new(id.into(), plan.shard, today, target.clone().into()));
                }
            }
            for row in withdrawn.iter().filter(|row| plan.targets.contains_key(row)) {
                let reason = reason.unwrap_or_default().to_owned();
                let body = TargetWithdrawn { row: *row, reason };
                facts.push(Fact::new(id.into(), plan.shard, today, body.into()));
            }
            let changed = facts.len();
            if changed > 0 {
                let draft = self.draft(actor, "plan.targets", facts, &[], reason);
                self.append(tx, actor, &draft)?;
            }
            Ok(changed)
        })
    }
}
