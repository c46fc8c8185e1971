//! Indicators in time: several periods read at once, over the same areas, so that they can be laid
//! side by side.

use super::lately::Key;
use super::{Board, Question, chosen, number};
use crate::actor::Actor;
use crate::failure::Failure;
use crate::opening::App;
use std::time::Instant;
use tram_kernel::Period;
use tram_store::cell::{self, Answer, Asked, Beside};
use tram_store::db::Retryable;
use tram_store::unit;

/// So many cells are counted again in less time than a write of somebody else may take.
const FEW: usize = 32;

impl App {
    /// Answers some indicators (all when `codes` is empty) for each of `periods`, in that order.
    ///
    /// The areas are those of `q.tree`, without it those of the last day counted of `q.period`: the
    /// same ones in every period. `area` narrows everything to one of them. One reading of the
    /// database answers all, and what had to be counted is kept.
    pub fn boards(
        &self,
        actor: &Actor,
        q: Question,
        codes: &[&str],
        periods: &[Period],
        area: Option<i64>,
    ) -> Result<Vec<Board>, Failure> {
        let defs = self.definitions();
        let indicators = chosen(&defs, actor, codes)?;
        let today = self.today();
        let tree = q.tree.unwrap_or_else(|| q.period.last().min(today));
        let key = |period: Period| {
            let as_of = period.last().min(today);
            Key { top: q.unit, reach: q.reach, tree, period, as_of }
        };
        let began = Instant::now();
        let (answers, areas, units) = self.db.read(|sql| {
            self.authorise(sql, actor, &q)?;
            let areas = self.villages(sql, (q.unit, q.reach), tree)?;
            if area.is_some_and(|key| areas.iter().all(|a| a.key != key)) {
                return Err(Failure::NotFound);
            }
            let units = unit::units(sql, q.unit, q.reach, tree)?;
            let mut answers: Vec<Option<Answer>> = Vec::new();
            for period in periods {
                let Key { top, reach, tree, period, as_of } = key(*period);
                let asked = Asked { top, reach, tree, period, as_of, defs: &defs };
                let young = |area| self.lately.young((area, period), None);
                let old_from = self.lately.asked(&key(period));
                let beside = Beside { young: &young, old_from };
                answers.push(cell::answer(sql, asked, &indicators, &beside)?);
            }
            Ok::<_, Failure>((answers, areas, units))
        })?;
        for (period, answer) in periods.iter().zip(&answers) {
            if let Some(answer) = answer {
                self.lately.learn(key(*period), began, answer);
            }
        }
        self.keep(periods, &answers)?;
        let board = |(period, answer): (&Period, &Option<Answer>)| Board {
            period: *period,
            as_of: period.last().min(today),
            numbers: indicators.iter().map(|i| number(i, answer.as_ref(), area)).collect(),
            areas: areas.clone(),
            units: units.clone(),
        };
        Ok(periods.iter().zip(&answers).map(board).collect())
    }

    /// Keeps what had to be counted, in one transaction. A few cells are not waited for: while somebody
    /// writes, whoever asks next counts them again.
    pub(super) fn keep(
        &self,
        periods: &[Period],
        answers: &[Option<Answer>],
    ) -> Result<(), Failure> {
        let fresh: usize = answers.iter().flatten().map(|answer| answer.fresh.len()).sum();
        if !self.writes || fresh == 0 || (fresh <= FEW && self.db.is_busy()) {
            return Ok(());
        }
        let kept = self.db.write_plain(self.now(), |sql| {
            for (period, answer) in periods.iter().zip(answers) {
                if let Some(answer) = answer {
                    cell::keep(sql, *period, &answer.fresh)?;
                }
            }
            Ok::<_, Failure>(())
        });
        // Numbers are told all the same when the disk takes nothing more.
        kept.or_else(|failure| if failure.disk().is_some() { Ok(()) } else { Err(failure) })
    }
}
