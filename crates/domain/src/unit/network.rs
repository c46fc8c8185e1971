//! From relations to reach: every unit and area below a unit, in one sense, with the days it holds.

use super::{Area, Unit};
use crate::fact::RelationKind;
use std::collections::BTreeMap;
use tram_defs::role::Reach;
use tram_kernel::{AreaId, Date, UnitId};

/// All units and areas with their dated relations.
#[derive(Debug, Default)]
pub struct Network<'a> {
    pub units: Vec<&'a Unit>,
    pub areas: Vec<&'a Area>,
}

/// `unit` stands below (or is) `top` in this sense on every day of `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnitReach {
    pub top: UnitId,
    pub reach: Reach,
    pub unit: UnitId,
    pub from: Date,
    pub to: Option<Date>,
}

/// `area` is looked after by a unit below (or by) `top` on every day of `[from, to)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaReach {
    pub top: UnitId,
    pub reach: Reach,
    pub area: AreaId,
    pub from: Date,
    pub to: Option<Date>,
}

/// Which relations a reach follows downwards.
const fn follows(reach: Reach, kind: RelationKind) -> bool {
    use RelationKind::{Administrative, Professional, Reporting, SiteOf};
    match reach {
        Reach::Administrative => matches!(kind, Administrative | SiteOf),
        Reach::Professional => matches!(kind, Professional | Administrative | SiteOf),
        Reach::Reporting => matches!(kind, Reporting | SiteOf),
        Reach::Unit => false,
    }
}

type Days = (Date, Option<Date>);

fn overlap(a: Days, b: Days) -> Option<Days> {
    let from = a.0.max(b.0);
    let to = match (a.1, b.1) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    to.is_none_or(|to| from < to).then_some((from, to))
}

/// Joins overlapping and touching stretches, so that no day is counted twice.
fn joined(mut days: Vec<Days>) -> Vec<Days> {
    days.sort();
    let mut out: Vec<Days> = Vec::new();
    for (from, to) in days {
        match out.last_mut() {
            Some(last) if last.1.is_none_or(|end| from <= end) => {
                last.1 = last.1.zip(to).map(|(a, b)| a.max(b));
            }
            _ => out.push((from, to)),
        }
    }
    out
}

impl Network<'_> {
    /// What each unit reaches in each sense. Stretches of one (top, reach, unit) never overlap.
    pub fn unit_reach(&self) -> Vec<UnitReach> {
        let mut out = Vec::new();
        for reach in Reach::ALL {
            let below = self.children(reach);
            for top in &self.units {
                let mut found: BTreeMap<UnitId, Vec<Days>> = BTreeMap::new();
                let always = (top.registered_on, None);
                walk(top.id, always, &below, &mut found, 0);
                for (unit, days) in found {
                    for (from, to) in joined(days) {
                        out.push(UnitReach { top: top.id, reach, unit, from, to });
                    }
                }
            }
        }
        out.sort();
        out
    }

    /// Which areas each unit reaches. An area is reached at most once on any day.
    pub fn area_reach(&self) -> Vec<AreaReach> {
        let mut held: BTreeMap<UnitId, Vec<(AreaId, Days)>> = BTreeMap::new();
        for area in &self.areas {
            for trust in &area.trusts {
                held.entry(trust.unit).or_default().push((area.id, (trust.from, trust.to)));
            }
        }
        let mut found: BTreeMap<(UnitId, Reach, AreaId), Vec<Days>> = BTreeMap::new();
        for up in self.unit_reach() {
            for (area, days) in held.get(&up.unit).into_iter().flatten() {
                if let Some(days) = overlap((up.from, up.to), *days) {
                    found.entry((up.top, up.reach, *area)).or_default().push(days);
                }
            }
        }
        let mut out = Vec::new();
        for ((top, reach, area), days) in found {
            for (from, to) in joined(days) {
                out.push(AreaReach { top, reach, area, from, to });
            }
        }
        out
    }

    fn children(&self, reach: Reach) -> BTreeMap<UnitId, Vec<(UnitId, Days)>> {
        let mut below: BTreeMap<UnitId, Vec<(UnitId, Days)>> = BTreeMap::new();
        for unit in &self.units {
            for relation in unit.relations.iter().filter(|r| follows(reach, r.kind)) {
                let days = (relation.from, relation.to);
                below.entry(relation.parent).or_default().push((unit.id, days));
            }
        }
        below
    }
}

/// Deeper trees than this are a circle drawn by mistake; the walk stops instead of looping.
const DEEPEST: usize = 12;

fn walk(
    unit: UnitId,
    days: Days,
    below: &BTreeMap<UnitId, Vec<(UnitId, Days)>>,
    found: &mut BTreeMap<UnitId, Vec<Days>>,
    depth: usize,
) {
    found.entry(unit).or_default().push(days);
    if depth == DEEPEST {
        return;
    }
    for (child, during) in below.get(&unit).into_iter().flatten() {
        if let Some(days) = overlap(days, *during) {
            walk(*child, days, below, found, depth + 1);
        }
    }
}
