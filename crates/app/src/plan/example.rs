//! Example plans: `examples/plans/*.toml`, the tables of published plans word by word.

use super::NewPlan;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::opening::App;
use serde::Deserialize;
use tram_domain::fact::{Comparator, EachUnit, TargetSet, TargetStep};
use tram_kernel::{Message, Period, PlanId, UnitId, number};

const SHIPPED: [&str; 3] = [
    include_str!("../../../../examples/plans/tam-duong-2020.toml"),
    include_str!("../../../../examples/plans/kien-giang-2025.toml"),
    include_str!("../../../../examples/plans/lac-duong-2030.toml"),
];

/// A published plan that can be taken over for a year of one's own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplePlan {
    pub code: String,
    pub title: String,
    pub year: i16,
    pub source: String,
    #[serde(rename = "target")]
    rows: Vec<Row>,
}

/// One row; values as printed, with the decimal comma.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    row: u16,
    line: u32,
    group: Option<String>,
    name: String,
    indicator: Option<String>,
    unit: String,
    comparator: String,
    baseline: Option<String>,
    value: Option<String>,
    value2: Option<String>,
    #[serde(default)]
    soft: bool,
    note: Option<String>,
    #[serde(default)]
    trajectory: Vec<Step>,
    each: Option<Each>,
}

/// A value on the way.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    period: String,
    value: String,
}

/// What each unit has to reach.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Each {
    comparator: String,
    value: String,
}

fn read(text: &str) -> i64 {
    number::thousandths(text).expect("a shipped plan holds numbers")
}

fn sign(code: &str) -> Comparator {
    Comparator::from_code(code).expect("a known comparator")
}

impl Step {
    /// The step when the plan is adopted so many years later.
    fn moved(&self, years: i16) -> TargetStep {
        let period: Period = self.period.parse().expect("a shipped plan holds periods");
        let period = period.step(i32::from(years) * 12 / period.length().months());
        TargetStep { period: period.to_string(), value: read(&self.value) }
    }
}

impl Row {
    /// The row in a plan for `year`; `years` after the year of the example.
    fn target(&self, year: i16, years: i16) -> TargetSet {
        let value = |text: &Option<String>| text.as_deref().map(read);
        let steps: Vec<TargetStep> = self.trajectory.iter().map(|step| step.moved(years)).collect();
        let baseline = value(&self.baseline);
        TargetSet {
            row: self.row,
            group: self.group.clone(),
            name: self.name.clone(),
            indicator: self.indicator.clone(),
            unit: self.unit.clone(),
            comparator: sign(&self.comparator),
            value: value(&self.value),
            value2: value(&self.value2),
            baseline,
            baseline_year: baseline.map(|_| year - 1),
            soft: self.soft,
            line: Some(self.line),
            note: self.note.clone(),
            correction: None,
            trajectory: Some(steps).filter(|steps| !steps.is_empty()),
            each: self.each.as_ref().map(|each| EachUnit {
                comparator: sign(&each.comparator),
                value: read(&each.value),
            }),
        }
    }
}

impl ExamplePlan {
    /// The plan as `unit` would adopt it for `year`.
    pub fn adopted(&self, unit: UnitId, year: i16) -> NewPlan {
        NewPlan {
            title: self.title.clone(),
            number: None,
            year,
            unit,
            source: Some(self.source.clone()),
            targets: self.rows.iter().map(|row| row.target(year, year - self.year)).collect(),
        }
    }

    pub fn targets(&self) -> usize {
        self.rows.len()
    }
}

/// The plans that come with the program.
pub fn examples() -> Vec<ExamplePlan> {
    let parse = |text: &&str| toml::from_str(text).expect("shipped plans are right");
    SHIPPED.iter().map(parse).collect()
}

impl App {
    /// Takes an example over as a plan of one's own unit for `year`.
    pub fn adopt_example(&self, actor: &Actor, code: &str, year: i16) -> Result<PlanId, Failure> {
        let all = examples();
        let found = all.iter().find(|plan| plan.code == code).ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|plan| plan.code.as_str()).collect();
            let message = Message::new("plan-no-example").with("code", code);
            Failure::refused(message.with("known", known.join(", ")))
        })?;
        self.add_plan(actor, &found.adopted(actor.unit, year))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_domain::plan::{TargetWarning, check_target};

    #[test]
    fn the_tam_duong_table_is_whole_and_its_three_slips_are_seen() {
        let all = examples();
        let plan = all.iter().find(|plan| plan.code == "tam-duong-2020").expect("shipped");
        let adopted = plan.adopted(UnitId::from_u128(1), 2026);
        let rows: Vec<u16> = adopted.targets.iter().map(|target| target.row).collect();
        assert_eq!(rows, (1..=15).collect::<Vec<u16>>());
        let defs = crate::definitions::built_in();
        let warned: Vec<(u16, TargetWarning)> = adopted
            .targets
            .iter()
            .flat_map(|target| {
                let indicator = target.indicator.as_deref().and_then(|code| defs.indicator(code));
                check_target(target, indicator).into_iter().map(|warning| (target.row, warning))
            })
            .collect();
        use TargetWarning::{BelowActual, UnitSlip, WorseThanActual};
        assert_eq!(warned, [(9, BelowActual), (11, WorseThanActual), (13, UnitSlip)]);
    }

    #[test]
    fn steps_move_with_the_year_and_nested_targets_keep_their_threshold() {
        let all = examples();
        let adopt = |code: &str, year: i16| {
            let plan = all.iter().find(|plan| plan.code == code).expect("shipped");
            plan.adopted(UnitId::from_u128(1), year).targets
        };
        let own = adopt("kien-giang-2025", 2025);
        let step = |row: usize, targets: &[TargetSet]| {
            let steps = targets[row - 1].trajectory.as_ref().expect("a step");
            (steps[0].period.clone(), steps[0].value)
        };
        assert_eq!(step(4, &own), ("2020".to_owned(), 80_000));
        assert_eq!(step(4, &adopt("kien-giang-2025", 2030)), ("2025".to_owned(), 80_000));
        let each = EachUnit { comparator: Comparator::AtLeast, value: 90_000 };
        assert_eq!([&own[1].each, &own[7].each], [&Some(each.clone()), &Some(each)]);
        let range = &adopt("lac-duong-2030", 2030)[2];
        assert_eq!((range.value, range.value2), (Some(9_000), Some(10_000)));
    }
}
