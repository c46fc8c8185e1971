//! Plans and their targets: what is promised, held against what is.

mod forecast;
mod target;
mod way;

pub use forecast::{Forecast, Rule, SoFar, forecast};
pub use target::{Assessment, TargetWarning, assess, check_target, in_unit_of, pace};
pub use way::{Nested, is_reached, lacking, nested, step_due};

use crate::fact::{Body, Logged, TargetReported, TargetSet};
use std::collections::BTreeMap;
use tram_kernel::{Date, PlanId, Shard, UnitId};

/// What is known of one plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub id: PlanId,
    pub shard: Shard,
    pub title: String,
    pub number: Option<String>,
    pub year: i16,
    pub unit: UnitId,
    pub source: Option<String>,
    /// By row number; the last setting of a row stands.
    pub targets: BTreeMap<u16, TargetSet>,
    /// By row number and day: what was written down where no indicator answers.
    pub reported: BTreeMap<u16, BTreeMap<Date, TargetReported>>,
}

impl Plan {
    /// Folds the facts about one plan; `None` without a registration.
    pub fn fold(id: PlanId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let mut plan: Option<Self> = None;
        for known in sorted {
            match (&known.fact.body, &mut plan) {
                (Body::PlanRegistered(body), None) => {
                    plan = Some(Self {
                        id,
                        shard: known.fact.shard,
                        title: body.title.clone(),
                        number: body.number.clone(),
                        year: body.year,
                        unit: body.unit,
                        source: body.source.clone(),
                        targets: BTreeMap::new(),
                        reported: BTreeMap::new(),
                    });
                }
                (Body::TargetSet(body), Some(plan)) => {
                    plan.targets.insert(body.row, body.clone());
                }
                (Body::TargetWithdrawn(body), Some(plan)) => {
                    plan.targets.remove(&body.row);
                }
                (Body::TargetReported(body), Some(plan)) => {
                    let days = plan.reported.entry(body.row).or_default();
                    days.insert(known.fact.happened_on, body.clone());
                }
                _ => {}
            }
        }
        plan
    }

    /// What was last written down for a row until the end of a day.
    pub fn reported_by(&self, row: u16, day: Date) -> Option<(Date, &TargetReported)> {
        let (on, reported) = self.reported.get(&row)?.range(..=day).next_back()?;
        Some((*on, reported))
    }
}
