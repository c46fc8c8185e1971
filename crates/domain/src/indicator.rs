//! Indicators: the pure evaluation, by folding people. It is the oracle: the SQL of `store` must give the
//! same numbers on any population, and the tests hold the two against each other.
//!
//! ```text
//! people (folded) ─► World ─► count(tally, period, as_of) ─► hits: who, where, sex, age group
//! ```
//!
//! **As of:** a running period is counted as it stands on `as_of`; days of the period after it have not
//! come yet, so "at the end" means on that day.

#[cfg(test)]
mod tests;

use crate::immunisation::Course;
use crate::person::Person;
use std::collections::{BTreeMap, HashMap};
use tram_defs::Definitions;
use tram_defs::indicator::{AgeGroup, Counted, Indicator, Tally};
use tram_defs::phrase::{Anchor, Compare, Milestone, Phrase, Span, Window};
use tram_kernel::day::{add_days, add_months, completed_months};
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{AreaId, Date, Period, PersonId, Sex, Share};

/// The days of a period as they can be known on `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub start: Date,
    pub middle: Date,
    pub end: Date,
    pub year_start: Date,
}

impl Days {
    /// `None` when the period has not begun on `as_of`.
    pub fn of(period: Period, as_of: Date) -> Option<Self> {
        if as_of < period.first() {
            return None;
        }
        Some(Self {
            start: period.first(),
            middle: period.middle().min(as_of),
            end: period.last().min(as_of),
            year_start: period.year_start(),
        })
    }

    pub const fn at(&self, anchor: Anchor) -> Date {
        match anchor {
            Anchor::Start => self.start,
            Anchor::Middle => self.middle,
            Anchor::End => self.end,
        }
    }

    pub const fn window(&self, window: Window) -> (Date, Date) {
        match window {
            Window::Period => (self.start, self.end),
            Window::Year => (self.year_start, self.end),
        }
    }
}

/// Everybody, folded, with what must be known across people.
pub struct World<'a> {
    people: Vec<(&'a Person, BTreeMap<Milestone, Date>)>,
    /// Personal ID number → who holds it and when.
    numbers: HashMap<&'a str, Vec<(PersonId, Held)>>,
    age_groups: &'a [AgeGroup],
}

type Held = (Option<Date>, Option<Date>);

/// One counted thing: a person, a birth or a death, with its place in the breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    pub person: PersonId,
    pub area: AreaId,
    pub sex: Sex,
    /// Index into the age groups.
    pub age_group: usize,
}

impl<'a> World<'a> {
    pub fn new(defs: &'a Definitions, people: &'a [Person]) -> Self {
        let mut numbers: HashMap<&str, Vec<(PersonId, Held)>> = HashMap::new();
        for person in people {
            for held in &person.identifiers {
                if held.identifier.kind() == IdentifierKind::Citizen {
                    let days = (held.from, held.to);
                    numbers.entry(held.identifier.value()).or_default().push((person.id, days));
                }
            }
        }
        let people =
            people.iter().map(|person| (person, Course::of(defs, person).milestones)).collect();
        Self { people, numbers, age_groups: &defs.age_groups }
    }

    /// Everything counted by one tally in one period.
    pub fn count(&self, tally: &Tally, days: &Days) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (person, milestones) in &self.people {
            let case = Case { world: self, person, milestones, days };
            match tally.count {
                Counted::Person => case.person(&tally.conditions, &mut hits),
                Counted::Birth => case.births(&tally.conditions, &mut hits),
                Counted::Death => case.death(&tally.conditions, &mut hits),
            }
        }
        hits.sort();
        hits
    }

    /// Numerator and denominator of an indicator by area.
    pub fn evaluate(&self, indicator: &Indicator, days: &Days) -> BTreeMap<AreaId, Share> {
        let mut shares: BTreeMap<AreaId, Share> = BTreeMap::new();
        let mut add = |tally: &Tally, numerator: i64, denominator: i64| {
            for hit in self.count(tally, days) {
                let share = shares.entry(hit.area).or_default();
                *share = share.plus(Share::new(numerator, denominator));
            }
        };
        add(&indicator.numerator, 1, 0);
        if let Some(minus) = &indicator.minus {
            add(minus, -1, 0);
        }
        if let Some(denominator) = &indicator.denominator {
            add(denominator, 0, 1);
        }
        shares
    }

    fn age_group(&self, born: Date, on: Date) -> usize {
        let months = completed_months(born, on).max(0);
        let above = self.age_groups.iter().take_while(|group| group.from_months <= months).count();
        above.saturating_sub(1)
    }
}

/// One person looked at for one period.
struct Case<'w, 'a> {
    world: &'w World<'a>,
    person: &'a Person,
    milestones: &'w BTreeMap<Milestone, Date>,
    days: &'w Days,
}

impl Case<'_, '_> {
    fn born(&self) -> Date {
        self.person.born.shown().date.first()
    }

    fn person(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let mut area = None;
        for phrase in conditions {
            if let Phrase::Resident(at) = phrase {
                area = self.person.is_resident_on(self.days.at(*at));
            } else if !self.holds(*phrase) {
                return;
            }
        }
        if let Some(area) = area {
            let age_group = self.world.age_group(self.born(), self.days.end);
            let sex = *self.person.sex.shown();
            hits.push(Hit { person: self.person.id, area, sex, age_group });
        }
    }

    fn births(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        if let Some(birth) = &self.person.birth {
            let on = self.born();
            let sex = *self.person.sex.shown();
            let event = Event { on, sex, order: birth.order, alive: true };
            if (from..=to).contains(&on) && conditions.iter().all(|p| self.event_is(*p, &event)) {
                self.push_event(&event, 0, hits);
            }
        }
        for still in &self.person.stillbirths {
            let sex = still.what.sex.unwrap_or(Sex::Male);
            let event = Event { on: still.day, sex, order: still.what.order, alive: false };
            let within = (from..=to).contains(&still.day);
            if within && conditions.iter().all(|p| self.event_is(*p, &event)) {
                self.push_event(&event, 0, hits);
            }
        }
    }

    fn death(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        let Some(death) = &self.person.death else { return };
        let sex = *self.person.sex.shown();
        let event = Event { on: death.on, sex, order: None, alive: true };
        let within = (from..=to).contains(&death.on);
        if within && conditions.iter().all(|p| self.event_is(*p, &event)) {
            let group = self.world.age_group(self.born(), death.on);
            self.push_event(&event, group, hits);
        }
    }

    /// An event belongs to the area where the person lived on its day; a resident's event is counted.
    fn push_event(&self, event: &Event, age_group: usize, hits: &mut Vec<Hit>) {
        let lives = self.person.residence_on(event.on).filter(|r| r.kind.counts());
        if let Some(residence) = lives {
            let (person, area, sex) = (self.person.id, residence.area, event.sex);
            hits.push(Hit { person, area, sex, age_group });
        }
    }

    fn event_is(&self, phrase: Phrase, event: &Event) -> bool {
        match phrase {
            Phrase::Sex(sex) => event.sex == sex,
            Phrase::BornAlive => event.alive,
            Phrase::BirthOrder { at_least } => event.order.is_some_and(|order| order >= at_least),
            Phrase::AgeAtEvent { compare, span } => age(self.born(), event.on, compare, span),
            Phrase::MilestoneEver(what) => event.alive && self.milestones.contains_key(&what),
            _ => false,
        }
    }

    fn holds(&self, phrase: Phrase) -> bool {
        let (person, days) = (self.person, self.days);
        match phrase {
            Phrase::Resident(at) => person.is_resident_on(days.at(at)).is_some(),
            Phrase::Age { at, compare, span } => age(self.born(), days.at(at), compare, span),
            Phrase::Sex(sex) => *person.sex.shown() == sex,
            Phrase::Insured(at) => {
                person.identifiers.iter().any(|h| h.is_insurance() && h.holds_on(days.at(at)))
            }
            Phrase::UniqueIdentity(at) => self.has_unique_number(days.at(at)),
            Phrase::Contact { months, at } => {
                let at = days.at(at);
                person.contacts.range(add_days(add_months(at, -months), 1)..=at).next().is_some()
            }
            Phrase::Birthday { months, within } => {
                let (from, to) = days.window(within);
                (from..=to).contains(&add_months(self.born(), months))
            }
            Phrase::Milestone { what, within } => {
                let (from, to) = days.window(within);
                self.milestones.get(&what).is_some_and(|on| (from..=to).contains(on))
            }
            Phrase::MilestoneBefore { what, span } => {
                let reached = self.milestones.get(&what);
                reached.is_some_and(|on| age(self.born(), *on, Compare::Less, span))
            }
            Phrase::MilestoneEver(what) => self.milestones.contains_key(&what),
            Phrase::BornAlive | Phrase::BirthOrder { .. } | Phrase::AgeAtEvent { .. } => false,
        }
    }

    fn has_unique_number(&self, on: Date) -> bool {
        let holds = |(from, to): Held| from.is_none_or(|d| d <= on) && to.is_none_or(|d| on <= d);
        self.person.identifiers.iter().any(|held| {
            held.identifier.kind() == IdentifierKind::Citizen
                && held.holds_on(on)
                && self.world.numbers[held.identifier.value()]
                    .iter()
                    .all(|(id, days)| *id == self.person.id || !holds(*days))
        })
    }
}

struct Event {
    on: Date,
    sex: Sex,
    order: Option<u8>,
    alive: bool,
}

fn age(born: Date, on: Date, compare: Compare, span: Span) -> bool {
    let reached = span.after(born) <= on;
    match compare {
        Compare::Less => !reached,
        Compare::AtLeast => reached,
    }
}
