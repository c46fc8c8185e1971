//! Plans: listing, the target table with what is, setting rows, adopting an example.

mod example;
mod lines;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::indicator::Number;
use crate::opening::App;
pub use example::{ExamplePlan, examples};
use tram_defs::role::Action;
use tram_domain::fact::{Fact, PlanRegistered, TargetReported, TargetSet, TargetWithdrawn};
use tram_domain::plan::{Assessment, Forecast, Nested, Plan, TargetWarning, check_target, pace};
use tram_kernel::period::Length;
use tram_kernel::{Date, Message, Period, PlanId, UnitId, text};
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
    /// Written down by a person on that day, where no indicator answers.
    pub reported: Option<(Date, TargetReported)>,
    /// Actual minus target, in the unit of the target.
    pub gap: Option<i64>,
    pub assessment: Assessment,
    /// What the trajectory asks for by now, and how the actual value stands against it.
    pub step: Option<(Period, i64, Assessment)>,
    /// How many people the target still lacks, or how many are too many.
    pub lacking: Option<i64>,
    /// Of a nested target: the units that reach the inner threshold, and the names of those that do not.
    pub nested: Option<(Nested, Vec<String>)>,
    /// Where it will stand at the end of the year; `None` when there is not enough to say so.
    pub forecast: Option<Forecast>,
    /// The target held against the forecast, or against what is when the year is over.
    pub outlook: Assessment,
    pub warnings: Vec<TargetWarning>,
    /// Value at the end of each month of the year so far.
    pub trend: Vec<(Period, Option<i64>)>,
}

/// What a plan page shows.
#[derive(Debug, Clone)]
pub struct PlanPage {
    pub plan: Plan,
    pub unit_name: String,
    /// The unit whose numbers stand beside the targets, and the last day they count.
    pub counted_name: String,
    pub counted: UnitId,
    /// The year whose numbers are shown: that of the plan, or this year when it lies ahead.
    pub year: Period,
    pub as_of: Date,
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
        let (plan, [unit_name, counted_name], (top, counted), may_write) =
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
                let counted = if own { plan.unit } else { actor.unit };
                let name = if own { unit_name.clone() } else { actor.unit_name.clone() };
                Ok((plan, [unit_name, name], (top, counted), may_write))
            })?;
        let year = counted_year(plan.year, today)?;
        let lines = self.target_lines(actor, &plan, top, year)?;
        let (as_of, pace) = (year.last().min(today), pace(year.year(), today));
        Ok(PlanPage { plan, unit_name, counted_name, counted, year, as_of, may_write, pace, lines })
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
        self.add_plan_once(actor, new, None)
    }

    /// Writes down what a target that no indicator answers has come to on a day.
    pub fn report_target(
        &self,
        actor: &Actor,
        id: PlanId,
        on: Date,
        reported: &TargetReported,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        let defs = self.definitions();
        let refuse = |code, field| Failure::refused_field(Message::new(code), field);
        if on > self.today() {
            return Err(refuse("target-report-future", "reported_on"));
        }
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::InReach)?;
            let plan = tx.plan(id)?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::Unit(plan.unit))?;
            let target = plan.targets.get(&reported.row).ok_or(Failure::NotFound)?;
            if target.indicator.as_deref().is_some_and(|code| defs.indicator(code).is_some()) {
                return Err(refuse("target-report-counted", "reported_value"));
            }
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let fact = Fact::new(id.into(), plan.shard, on, reported.clone().into());
            let draft = self.draft(actor, "plan.report", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(())
        })
    }

    /// The same for a form: sending it twice writes one plan.
    pub fn add_plan_once(
        &self,
        actor: &Actor,
        new: &NewPlan,
        command: Option<Command>,
    ) -> Result<PlanId, Failure> {
        let title = text::clean(&new.title, 500)
            .map_err(|_| Failure::refused_field(Message::new("plan-bad-title"), "title"))?;
        let id = PlanId::from_u128(self.new_id());
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::Unit(new.unit))?;
            if let Some(command) = command
                && let Some(before) = command.before(tx)?
            {
                return Ok(before.parse().unwrap_or(id));
            }
            let facts = plan_facts(id, &title, new, today);
            let warnings = self.said_of(&new.targets);
            let draft = self.draft(actor, "plan.add", facts, &warnings, None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// Warnings about rows as messages: whoever sends the rows has shown them to the person.
    fn said_of(&self, targets: &[TargetSet]) -> Vec<Message> {
        let mut said = Vec::new();
        for (row, warnings) in self.check_targets(targets) {
            let target = targets.iter().find(|target| target.row == row);
            said.extend(target.into_iter().flat_map(|t| warnings.iter().map(|w| w.message(t))));
        }
        said
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
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::InReach)?;
            let plan = tx.plan(id)?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::PlanWrite, Resource::Unit(plan.unit))?;
            let mut facts = Vec::new();
            let differs = |t: &&TargetSet| plan.targets.get(&t.row) != Some(*t);
            let fresh: Vec<TargetSet> = targets.iter().filter(differs).cloned().collect();
            for target in &fresh {
                facts.push(Fact::new(id.into(), plan.shard, today, target.clone().into()));
            }
            for row in withdrawn.iter().filter(|row| plan.targets.contains_key(row)) {
                let reason = reason.unwrap_or_default().to_owned();
                let body = TargetWithdrawn { row: *row, reason };
                facts.push(Fact::new(id.into(), plan.shard, today, body.into()));
            }
            let changed = facts.len();
            if changed > 0 {
                let warnings = self.said_of(&fresh);
                let draft = self.draft(actor, "plan.targets", facts, &warnings, reason);
                self.append(tx, actor, &draft)?;
            }
            Ok(changed)
        })
    }
}

/// A plan for a year ahead is held against the numbers of this year.
fn counted_year(year: i16, today: Date) -> Result<Period, Failure> {
    Period::new(year.min(today.year()), Length::Year, 1)
        .map_err(|_| Failure::refused(Message::new("period-bad").with("text", year.to_string())))
}

/// The facts of a new plan with its targets.
pub(crate) fn plan_facts(id: PlanId, title: &str, new: &NewPlan, today: Date) -> Vec<Fact> {
    let body = PlanRegistered {
        title: title.to_owned(),
        number: new.number.clone(),
        year: new.year,
        unit: new.unit,
        source: new.source.clone(),
    };
    let targets = new.targets.iter().cloned();
    let fact = |body| Fact::new(id.into(), nowhere(), today, body);
    std::iter::once(body.into()).chain(targets.map(Into::into)).map(fact).collect()
}
