//! A number parted by what people are: ethnicity, standing of the household, insurance group. Counted
//! when it is asked for; the kept cells hold sex and age only.

use super::Question;
use crate::actor::Actor;
use crate::definitions::unknown;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use tram_defs::breakdown::Breakdown;
use tram_domain::indicator::Days;
use tram_kernel::Share;
use tram_store::indicator::{Scope, Shape, grouped};
use tram_store::unit;

/// The groups of one breakdown in which anybody was counted, in the order of the definitions.
#[derive(Debug, Clone)]
pub struct Grouping {
    pub breakdown: Breakdown,
    /// Code of the group with its numbers.
    pub groups: Vec<(String, Share)>,
}

impl App {
    /// An indicator parted by the breakdown `by`, of one village when `area` names it. `None` when the
    /// period has not begun. The groups add up to the whole.
    pub fn grouping(
        &self,
        actor: &Actor,
        q: Question,
        (code, by): (&str, &str),
        area: Option<i64>,
    ) -> Result<Option<Grouping>, Failure> {
        let defs = self.definitions();
        let indicator = super::open_to(&defs, actor, code)?;
        let breakdown =
            defs.breakdown(by).ok_or_else(|| Failure::refused(unknown("breakdown", by)))?;
        let as_of = q.period.last().min(self.today());
        let tree = q.tree.unwrap_or(as_of);
        let Some(days) = Days::of(q.period, as_of) else { return Ok(None) };
        let tallies = [
            (Some(&indicator.numerator), 1, 0),
            (indicator.minus.as_ref(), -1, 0),
            (indicator.denominator.as_ref(), 0, 1),
        ];
        let mut shares: BTreeMap<&str, Share> = BTreeMap::new();
        self.db.read(|sql| {
            self.authorise(sql, actor, &q)?;
            let scope = match area {
                Some(area) => {
                    let areas = unit::areas(sql, q.unit, q.reach, tree)?;
                    if areas.iter().all(|known| known.key != area) {
                        return Err(Failure::NotFound);
                    }
                    Scope::Area(area)
                }
                None => Scope::Under { top: q.unit, reach: q.reach, on: tree },
            };
            for (tally, numerator, denominator) in tallies {
                let Some(tally) = tally else { continue };
                let shape = Shape::Groups(breakdown.of);
                for counted in grouped(sql, tally, &days, scope, shape)? {
                    let share = shares.entry(breakdown.group_of(&counted.value)).or_default();
                    let more = Share::new(numerator * counted.n, denominator * counted.n);
                    *share = share.plus(more);
                }
            }
            Ok::<_, Failure>(())
        })?;
        let with_anybody = breakdown
            .codes()
            .filter_map(|group| Some((group.to_owned(), *shares.get(group)?)))
            .collect();
        Ok(Some(Grouping { breakdown: breakdown.clone(), groups: with_anybody }))
    }
}
