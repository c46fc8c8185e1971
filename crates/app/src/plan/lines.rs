//! The rows of a target table with what is: one reading of the year and of its months.

use super::TargetLine;
use crate::actor::Actor;
use crate::failure::Failure;
use crate::indicator::{Board, Number, Question};
use crate::opening::App;
use tram_defs::Definitions;
use tram_domain::fact::TargetSet;
use tram_domain::plan::{Plan, assess, check_target, in_unit_of, pace};
use tram_kernel::period::Length;
use tram_kernel::{Date, Message, Period};

impl App {
    /// The targets of a plan with the numbers of `top`, and the last day that was counted.
    pub(super) fn target_lines(
        &self,
        actor: &Actor,
        plan: &Plan,
        top: i64,
    ) -> Result<(Date, Vec<TargetLine>), Failure> {
        let defs = self.definitions();
        let year = Period::new(plan.year, Length::Year, 1)
            .map_err(|_| Failure::refused(Message::new("period-bad")))?;
        let q = Question { period: year, unit: top, reach: actor.reach, tree: None };
        let codes = codes_of(plan, &defs);
        let mut boards = Vec::new();
        if !codes.is_empty() {
            let months = months_so_far(year, self.today());
            let periods: Vec<Period> = std::iter::once(year).chain(months).collect();
            boards = self.boards(actor, q, &codes, &periods, None)?;
        }
        let pace = pace(plan.year, self.today());
        let lines = plan.targets.values().map(|target| line(target, &boards, pace)).collect();
        Ok((year.last().min(self.today()), lines))
    }
}

fn codes_of<'a>(plan: &'a Plan, defs: &Definitions) -> Vec<&'a str> {
    let mut codes: Vec<&str> = plan
        .targets
        .values()
        .filter_map(|target| target.indicator.as_deref())
        .filter(|code| defs.indicator(code).is_some())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// The months of a year that have begun.
fn months_so_far(year: Period, today: Date) -> impl Iterator<Item = Period> {
    let january = Period::month_of(year.first());
    (0..12).map(move |n| january.step(n)).take_while(move |month| month.first() <= today)
}

/// One row. The first board is the year, the others are its months.
fn line(target: &TargetSet, boards: &[Board], pace: i64) -> TargetLine {
    let code = target.indicator.as_deref();
    let unit = target.correction.as_deref().unwrap_or(&target.unit);
    let of = |board: &Board| -> Option<Number> {
        board.numbers.iter().find(|n| Some(n.indicator.code.as_str()) == code).cloned()
    };
    let in_unit = |n: Number| in_unit_of(unit, n.indicator.unit, n.value()?);
    let number = boards.first().and_then(of);
    let indicator = number.as_ref().map(|n| &n.indicator);
    let actual = number.clone().and_then(in_unit);
    let months = boards.get(1..).unwrap_or_default();
    let trend = months.iter().map(|board| (board.period, of(board).and_then(in_unit))).collect();
    let mut assessment = assess(target, indicator, actual);
    if indicator.is_some_and(|i| i.accumulates()) {
        assessment = assessment.while_running(target, actual, pace);
    }
    TargetLine {
        gap: actual.zip(target.value).map(|(actual, value)| actual - value),
        assessment,
        warnings: check_target(target, indicator),
        target: target.clone(),
        number,
        actual,
        trend,
    }
}
