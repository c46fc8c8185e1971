//! Indicators: numbers with their numerator and denominator, by village, sex and age, in time, as known
//! on a day, and the people behind each of them.

mod ahead;
mod behind;
mod grouping;
mod lately;
mod time;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::definitions::unknown;
use crate::failure::Failure;
use crate::opening::App;
pub use behind::Which;
pub use grouping::Grouping;
pub(crate) use lately::Lately;
use std::collections::{BTreeMap, HashMap};
use tram_defs::Definitions;
use tram_defs::indicator::Indicator;
use tram_defs::role::{Action, Reach};
use tram_domain::fact::Subject;
use tram_domain::household::Household;
use tram_domain::indicator::{Days, World};
use tram_kernel::{AreaId, CommuneCode, Date, HouseholdId, Moment, Period, Sex, Share};
pub use tram_store::cell::Part;
use tram_store::cell::{Answer, Numbers, Parts};
use tram_store::unit::{AreaRow, UnitRow};
use tram_store::{Sql, log, unit};

/// What is asked of one or more indicators.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    pub period: Period,
    /// The unit whose areas are counted, by local key; it must be in reach.
    pub unit: i64,
    /// The reach of the asker's role.
    pub reach: Reach,
    /// Whose areas: the network as it was on that day. `None` is the last day counted.
    pub tree: Option<Date>,
}

/// One indicator answered.
#[derive(Debug, Clone)]
pub struct Number {
    pub indicator: Indicator,
    /// `None` when the period has not begun.
    pub share: Option<Share>,
    pub by_area: BTreeMap<i64, Share>,
    pub parts: Vec<Part>,
}

impl Number {
    /// The ratio in thousandths of the unit, or the count itself; `None` when nobody was counted.
    pub fn value(&self) -> Option<i64> {
        let share = self.share?;
        match self.indicator.denominator {
            None => Some(share.numerator * 1000),
            Some(_) => share.thousandths(self.indicator.unit.scale()),
        }
    }

    pub fn value_of(&self, share: Share) -> Option<i64> {
        match self.indicator.denominator {
            None => Some(share.numerator * 1000),
            Some(_) => share.thousandths(self.indicator.unit.scale()),
        }
    }
}

/// Numbers of several indicators with the areas they come from.
#[derive(Debug, Clone)]
pub struct Board {
    pub period: Period,
    /// Last day that was counted.
    pub as_of: Date,
    pub numbers: Vec<Number>,
    pub areas: Vec<AreaRow>,
    pub units: Vec<UnitRow>,
}

/// Which side of the ratio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Numerator,
    Denominator,
    /// In the denominator and not in the numerator: who is missing.
    Missing,
}

impl App {
    /// A question about the actor's own unit.
    pub fn own_question(&self, actor: &Actor, period: Period) -> Question {
        Question { period, unit: actor.unit_key, reach: actor.reach, tree: None }
    }

    /// A question about one's own or another unit in reach, never further than the role reaches.
    fn authorise(&self, sql: &mut dyn Sql, actor: &Actor, q: &Question) -> Result<(), Failure> {
        self.check(sql, actor, Action::IndicatorRead, Resource::InReach)?;
        if q.reach != actor.reach {
            return Err(Failure::NotFound);
        }
        if q.unit == actor.unit_key {
            return Ok(());
        }
        let on = self.today();
        let inside = unit::reaches_unit(sql, actor.unit_key, actor.reach, q.unit, on)?;
        if inside { Ok(()) } else { Err(Failure::NotFound) }
    }

    /// Answers some indicators (all when `codes` is empty) and keeps what had to be counted.
    pub fn board(&self, actor: &Actor, q: Question, codes: &[&str]) -> Result<Board, Failure> {
        let mut boards = self.boards(actor, q, codes, &[q.period], None)?;
        Ok(boards.pop().expect("one board for each period asked"))
    }

    /// The numbers as this database knew them at the end of a day: every record is folded from the
    /// facts learned by then.
    pub fn board_known_at(
        &self,
        actor: &Actor,
        q: Question,
        codes: &[&str],
        known_on: Date,
    ) -> Result<Board, Failure> {
        let defs = self.definitions();
        let indicators = chosen(&defs, actor, codes)?;
        let as_of = q.period.last().min(self.today()).min(known_on);
        let tree = q.tree.unwrap_or(as_of);
        let nodes = self.db.nodes();
        let moment = Moment::end_of(known_on);
        let (persons, homes, communes, areas, units) = self.db.read(|sql| {
            self.authorise(sql, actor, &q)?;
            let areas = self.villages(sql, (q.unit, q.reach), tree)?;
            let units = unit::units(sql, q.unit, q.reach, tree)?;
            let persons = log::people(sql, &nodes, Some(moment))?;
            let mut homes: Vec<Household> = Vec::new();
            let kind = Subject::Household(HouseholdId::from_u128(0)).kind();
            log::each_of_kind(sql, &nodes, kind, Some(moment), &mut |_, _, subject, facts| {
                if let Subject::Household(id) = subject {
                    homes.extend(Household::fold(id, &facts));
                }
                Ok(())
            })?;
            let communes: HashMap<AreaId, CommuneCode> = unit::communes(sql)?;
            Ok::<_, Failure>((persons, homes, communes, areas, units))
        })?;
        let world = World::new(&defs, &persons).among(&homes, communes);
        let days = Days::of(q.period, as_of);
        let keys: BTreeMap<AreaId, i64> = areas.iter().map(|area| (area.id, area.key)).collect();
        let numbers = indicators
            .iter()
            .map(|indicator| match &days {
                Some(days) => folded_number(indicator, &world, days, &keys),
                None => number(indicator, None, None),
            })
            .collect();
        Ok(Board { period: q.period, as_of, numbers, areas, units })
    }
}

/// The indicators of these codes, or all there are for the asker: one that lies in a compartment closed to
/// them is as unknown as one that never was.
fn chosen<'a>(
    defs: &'a Definitions,
    actor: &Actor,
    codes: &[&str],
) -> Result<Vec<&'a Indicator>, Failure> {
    if codes.is_empty() {
        return Ok(defs.indicators.iter().filter(|i| actor.sees(i.compartment)).collect());
    }
    codes.iter().map(|code| open_to(defs, actor, code)).collect()
}

/// The indicator of a code, when it is there for the asker.
fn open_to<'a>(defs: &'a Definitions, actor: &Actor, code: &str) -> Result<&'a Indicator, Failure> {
    let found = defs.indicator(code).filter(|indicator| actor.sees(indicator.compartment));
    found.ok_or_else(|| Failure::refused(unknown("indicator", code)))
}

/// One indicator out of an answer; only of one area when it is named.
fn number(indicator: &Indicator, answer: Option<&Answer>, only: Option<i64>) -> Number {
    let Some(answer) = answer else {
        let (by_area, parts) = Default::default();
        return Number { indicator: indicator.clone(), share: None, by_area, parts };
    };
    let mut total = Share::default();
    // One place for each sex and age group, found without a search: a province has a million parts.
    let mut places: Vec<Option<Part>> = Vec::new();
    let counted = answer.by_indicator.get(&indicator.code).into_iter().flat_map(Numbers::iter);
    let by_area = counted.map(|(area, counted)| {
        let mut share = Share::default();
        for part in counted {
            share = share.plus(Share::new(part.numerator, part.denominator));
        }
        if only.is_none_or(|only| only == area) {
            total = total.plus(share);
            counted.iter().for_each(|part| add(&mut places, part));
        }
        (area, share)
    });
    let by_area = by_area.collect();
    let parts = places.into_iter().flatten().collect();
    Number { indicator: indicator.clone(), share: Some(total), by_area, parts }
}

fn add(places: &mut Vec<Option<Part>>, part: &Part) {
    let at = usize::from(part.age_group) * 2 + usize::from(part.is_female);
    if places.len() <= at {
        places.resize(at + 1, None);
    }
    match &mut places[at] {
        Some(sum) => {
            sum.numerator += part.numerator;
            sum.denominator += part.denominator;
        }
        empty => *empty = Some(*part),
    }
}

fn folded_number(
    indicator: &Indicator,
    world: &World<'_>,
    days: &Days,
    keys: &BTreeMap<AreaId, i64>,
) -> Number {
    let mut parts = Parts::default();
    let mut by_area: BTreeMap<i64, Share> = keys.values().map(|k| (*k, Share::default())).collect();
    let tallies = [
        (Some(&indicator.numerator), 1, 0),
        (indicator.minus.as_ref(), -1, 0),
        (indicator.denominator.as_ref(), 0, 1),
    ];
    for (tally, numerator, denominator) in tallies {
        let Some(tally) = tally else { continue };
        for hit in world.count(tally, days) {
            let Some(area) = keys.get(&hit.area) else { continue };
            parts.add(hit.sex == Sex::Female, hit.age_group, numerator, denominator);
            let share = by_area.entry(*area).or_default();
            *share = share.plus(Share::new(numerator, denominator));
        }
    }
    parts.0.sort_by_key(|part| (part.age_group, part.is_female));
    let share = Some(parts.share());
    Number { indicator: indicator.clone(), share, by_area, parts: parts.0 }
}
