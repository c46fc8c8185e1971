//! The rows of a target table with what is and what will be: one reading of the year and of its months.

use super::TargetLine;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::indicator::{Board, Number, Question};
use crate::opening::App;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_defs::indicator::{Indicator, Unit};
use tram_domain::fact::{EachUnit, TargetReported, TargetSet};
use tram_domain::plan::{
    Assessment, Forecast, Nested, Plan, SoFar, assess, check_target, forecast, in_unit_of,
    is_reached, lacking, nested, pace, step_due,
};
use tram_kernel::{Date, Period, Share};

/// Complete months before this one that a line may be drawn through.
const BEFORE: i32 = 6;

/// The year, its months and the months before, each read once.
struct Times {
    year: Period,
    months: Vec<Period>,
    pace: i64,
    today: Date,
}

impl App {
    /// The targets of a plan with the numbers of `top` in `year`.
    pub(super) fn target_lines(
        &self,
        actor: &Actor,
        plan: &Plan,
        top: i64,
        year: Period,
    ) -> Result<Vec<TargetLine>, Failure> {
        let (defs, today) = (self.definitions(), self.today());
        let q = Question { period: year, unit: top, reach: actor.reach, tree: None };
        let codes = codes_of(plan, &defs, actor);
        let months = months_around(year, today);
        let mut boards = Vec::new();
        if !codes.is_empty() {
            let periods: Vec<Period> = std::iter::once(year).chain(months.clone()).collect();
            boards = self.boards(actor, q, &codes, &periods, None)?;
        }
        let times = Times { year, months, pace: pace(year.year(), today), today };
        let is_last = plan.year == year.year();
        let line = |target: &TargetSet| {
            let until = times.year.last().min(today);
            let reported = plan.reported_by(target.row, until);
            let reported = reported.map(|(on, reported)| (on, reported.clone()));
            line(target, &boards, &times, (is_last, reported))
        };
        Ok(plan.targets.values().map(line).collect())
    }
}

/// Indicators of the targets that are there for the asker.
fn codes_of<'a>(plan: &'a Plan, defs: &Definitions, actor: &Actor) -> Vec<&'a str> {
    let mut codes: Vec<&str> = plan
        .targets
        .values()
        .filter_map(|target| target.indicator.as_deref())
        .filter(|code| defs.indicator(code).is_some_and(|i| actor.sees(i.compartment)))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The months of a year that have begun and, while it runs, the complete months before today.
fn months_around(year: Period, today: Date) -> Vec<Period> {
    let january = Period::month_of(year.first());
    let own = (0..12).map(|n| january.step(n)).take_while(|month| month.first() <= today);
    let mut months: BTreeSet<Period> = own.collect();
    if year.contains(today) {
        let now = Period::month_of(today);
        months.extend((1..=BEFORE).map(|back| now.step(-back)));
    }
    months.into_iter().collect()
}

/// The number of a target on a board, and its value in the unit of the target.
fn value_on(target: &TargetSet, board: &Board) -> (Option<Number>, Option<i64>) {
    let code = target.indicator.as_deref();
    let unit = target.correction.as_deref().unwrap_or(&target.unit);
    let number = board.numbers.iter().find(|n| Some(n.indicator.code.as_str()) == code).cloned();
    let value = match (&target.each, &number) {
        (Some(each), Some(number)) => {
            let units = units_of(board, number);
            let found = nested(each, units.iter().map(|(_, share)| known(number, *share)));
            found.thousandths().and_then(|value| in_unit_of(unit, Unit::Percent, value))
        }
        (None, Some(n)) => n.value().and_then(|value| in_unit_of(unit, n.indicator.unit, value)),
        (_, None) => None,
    };
    (number, value)
}

fn known(number: &Number, share: Share) -> Option<i64> {
    let counted = number.indicator.denominator.is_none() || share.denominator != 0;
    number.value_of(share).filter(|_| counted)
}

/// The units that look after the areas of a board, each with its areas added up.
fn units_of(board: &Board, number: &Number) -> Vec<(String, Share)> {
    let mut shares: BTreeMap<i64, Share> = BTreeMap::new();
    for area in &board.areas {
        let Some(unit) = area.unit else { continue };
        let share = number.by_area.get(&area.key).copied().unwrap_or_default();
        let sum = shares.entry(unit).or_default();
        *sum = sum.plus(share);
    }
    let name = |key: i64| board.units.iter().find(|unit| unit.key == key).map(|u| u.name.clone());
    shares.into_iter().map(|(key, share)| (name(key).unwrap_or_default(), share)).collect()
}

fn nested_of(each: &EachUnit, board: &Board, number: &Number) -> (Nested, Vec<String>) {
    let units = units_of(board, number);
    let found = nested(each, units.iter().map(|(_, share)| known(number, *share)));
    let below = units
        .into_iter()
        .filter(|(_, share)| known(number, *share).is_some_and(|value| !is_reached(each, value)));
    (found, below.map(|(name, _)| name).collect())
}

/// One row. The first board is the year, the others are its months.
fn line(
    target: &TargetSet,
    boards: &[Board],
    times: &Times,
    (is_last, reported): (bool, Option<(Date, TargetReported)>),
) -> TargetLine {
    let (number, counted) = boards.first().map(|b| value_on(target, b)).unwrap_or_default();
    let reported = reported.filter(|_| number.is_none());
    let actual = counted.or(reported.as_ref().map(|(_, said)| said.value));
    let indicator = number.as_ref().map(|n| &n.indicator);
    let by_month: Vec<(Period, Option<i64>)> = times
        .months
        .iter()
        .zip(boards.iter().skip(1))
        .map(|(month, board)| (*month, value_on(target, board).1))
        .collect();
    let judge = |target: &TargetSet| {
        let judged = assess(target, indicator, actual);
        match indicator {
            Some(i) if i.accumulates() => judged.while_running(target, actual, times.pace),
            _ => judged,
        }
    };
    let step = step_due(target, times.today.min(times.year.last())).map(|(period, value)| {
        let due = TargetSet { value: Some(value), ..target.clone() };
        (period, value, judge(&due))
    });
    let assessment = judge(target);
    // What lies beyond this year is not extended: a year's line says nothing of another.
    let ahead = indicator.filter(|_| is_last && target.each.is_none()).and_then(|indicator| {
        let months: Vec<(Period, i64)> = by_month
            .iter()
            .filter(|(month, _)| month.last() < times.today)
            .filter_map(|(month, value)| Some((*month, (*value)?)))
            .collect();
        let last = Period::month_of(times.year.last());
        forecast(indicator, SoFar { months: &months, actual, pace: times.pace, last })
    });
    let own = times.year.year();
    let trend = by_month.into_iter().filter(|(month, _)| month.year() == own).collect();
    TargetLine {
        gap: actual.zip(target.value).map(|(actual, value)| actual - value),
        assessment,
        step,
        lacking: number.as_ref().and_then(|n| lacking_of(target, n)),
        nested: target
            .each
            .as_ref()
            .zip(boards.first().zip(number.as_ref()))
            .map(|(each, (board, number))| nested_of(each, board, number)),
        outlook: outlook(target, indicator, (actual, ahead.as_ref()), times.pace),
        forecast: ahead,
        warnings: check_target(target, indicator),
        target: target.clone(),
        number,
        actual,
        reported,
        trend,
    }
}

/// People short of a plain target written in the unit of its indicator.
fn lacking_of(target: &TargetSet, number: &Number) -> Option<i64> {
    let unit = target.correction.as_deref().unwrap_or(&target.unit);
    let own = number.indicator.unit;
    let goal = target.value.filter(|_| target.each.is_none() && unit == own.code())?;
    lacking(&number.indicator, number.share?, goal)
}

/// Will it be reached: by the forecast, or by what is once nothing can change any more.
fn outlook(
    target: &TargetSet,
    indicator: Option<&Indicator>,
    (actual, ahead): (Option<i64>, Option<&Forecast>),
    pace: i64,
) -> Assessment {
    match ahead {
        Some(ahead) => assess(target, indicator, Some(ahead.value)),
        None if pace >= 1000 => assess(target, indicator, actual),
        None => Assessment::NoData,
    }
}
