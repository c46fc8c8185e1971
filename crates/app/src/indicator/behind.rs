//! The people behind a number: exactly those counted, or those a target still lacks.

use super::{Question, Side};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::definitions::unknown;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeSet;
use tram_defs::breakdown::Breakdown;
use tram_defs::indicator::Tally;
use tram_defs::role::Action;
use tram_domain::indicator::Days;
use tram_store::indicator::{Scope, Shape, grouped, people};
use tram_store::person::{PersonLine, lines};
use tram_store::{Sql, unit};

/// Which of the people counted are listed.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// Of one village, by local key.
    pub area: Option<i64>,
    /// Of one group of a breakdown, by their codes.
    pub group: Option<(String, String)>,
    /// At most so many.
    pub limit: usize,
}

impl App {
    /// Exactly the people counted, at most `limit` of them, with how many there are in all. Numbers
    /// may be asked of the network of any day; names only of villages that are theirs today.
    pub fn people_behind(
        &self,
        actor: &Actor,
        q: Question,
        code: &str,
        side: Side,
        which: &Which,
    ) -> Result<(Vec<PersonLine>, usize), Failure> {
        let defs = self.definitions();
        let indicator = super::open_to(&defs, actor, code)?;
        let group = match &which.group {
            Some((by, group)) => Some((
                defs.breakdown(by).ok_or_else(|| Failure::refused(unknown("breakdown", by)))?,
                group.as_str(),
            )),
            None => None,
        };
        let as_of = q.period.last().min(self.today());
        let tree = q.tree.unwrap_or(as_of);
        let Some(days) = Days::of(q.period, as_of) else { return Ok((Vec::new(), 0)) };
        self.read(actor, Action::IndicatorPeople, Resource::InReach, |sql, _| {
            self.authorise(sql, actor, &q)?;
            let scope = match which.area {
                Some(area) => {
                    self.check(sql, actor, Action::IndicatorPeople, Resource::Area(area))?;
                    Scope::Area(area)
                }
                None => Scope::Under { top: q.unit, reach: q.reach, on: tree },
            };
            let theirs = unit::areas(sql, actor.unit_key, actor.reach, self.today())?;
            let theirs: BTreeSet<i64> = theirs.into_iter().map(|area| area.key).collect();
            let of = |sql: &mut dyn Sql, tally: &Tally| -> Result<Vec<i64>, Failure> {
                let found = counted(sql, tally, &days, scope, group)?;
                let found = found.into_iter().filter(|(area, _)| theirs.contains(area));
                Ok(found.map(|(_, person)| person).collect())
            };
            let keys = match (side, &indicator.denominator) {
                (Side::Denominator, Some(tally)) => of(sql, tally)?,
                (Side::Missing, Some(tally)) => {
                    let counted: BTreeSet<i64> =
                        of(sql, &indicator.numerator)?.into_iter().collect();
                    of(sql, tally)?.into_iter().filter(|key| !counted.contains(key)).collect()
                }
                _ => of(sql, &indicator.numerator)?,
            };
            // Whom it happened to more than once is one person to be seen.
            let mut seen = BTreeSet::new();
            let keys: Vec<i64> = keys.into_iter().filter(|key| seen.insert(*key)).collect();
            let shown: Vec<i64> = keys.iter().copied().take(which.limit).collect();
            let mut found = lines(sql, &shown)?;
            let from = (actor.unit_key, actor.reach);
            self.say_villages(sql, from, self.today(), found.iter_mut())?;
            found.sort_by_cached_key(|line| (line.area, tram_kernel::text::sort_key(&line.name)));
            Ok((found, keys.len()))
        })
    }
}

/// Area and person of everybody a tally counts, perhaps only of one group.
fn counted(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    scope: Scope,
    group: Option<(&Breakdown, &str)>,
) -> Result<Vec<(i64, i64)>, Failure> {
    let Some((breakdown, group)) = group else {
        // Sex and age are not asked: any band will do.
        let found = people(sql, tally, days, &[], scope)?;
        return Ok(found.into_iter().map(|behind| (behind.area, behind.person)).collect());
    };
    let found = grouped(sql, tally, days, scope, Shape::PeopleOf(breakdown.of))?;
    let inside = found.into_iter().filter(|g| breakdown.group_of(&g.value) == group);
    Ok(inside.map(|g| (g.area, g.n)).collect())
}
