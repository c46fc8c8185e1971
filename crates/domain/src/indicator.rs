//! Indicators: the pure evaluation, by folding people. It is the oracle: the SQL of `store` must give the
//! same numbers on any population, and the tests hold the two against each other.
//!
//! ```text
//! people (folded) ─► World ─► count(tally, period, as_of) ─► hits: who, where, sex, age group
//! ```
//!
//! **As of:** a running period is counted as it stands on `as_of`; days of the period after it have not
//! come yet, so "at the end" means on that day.

mod event;
mod follow;
#[cfg(test)]
mod tests;

pub use follow::{
    Delivered, Dweller, History, Made, Measured, Stay, Taken, counts, is_of_history, stretch,
};

use crate::household::Household;
use crate::immunisation::{Course, Verdict};
use crate::person::{Person, Residence};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_defs::Definitions;
use tram_defs::breakdown::{NUMBER_ONLY, Trait};
use tram_defs::indicator::{AgeGroup, Counted, Indicator, Tally};
use tram_defs::phrase::{Anchor, Compare, Milestone, Phrase, Span, Window};
use tram_kernel::day::{add_days, add_months, completed_months};
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{AreaId, CommuneCode, Date, HouseholdId, Period, PersonId, Sex, Share};

/// The days of a period as they can be known on `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub start: Date,
    pub middle: Date,
    pub end: Date,
    pub year_start: Date,
    /// Of a delivery that is looked at, which is `end`: when weeks of that pregnancy begin to count.
    pub begun: Option<Date>,
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
            begun: None,
        })
    }

    pub const fn at(&self, anchor: Anchor) -> Date {
        match anchor {
            Anchor::Start => self.start,
            Anchor::Middle => self.middle,
            // What is asked at an event is asked of days that end with it.
            Anchor::End | Anchor::Event => self.end,
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
    people: Vec<Known<'a>>,
    households: HashMap<HouseholdId, &'a Household>,
    /// Which commune an area belongs to: moving inside one is no migration.
    communes: HashMap<AreaId, CommuneCode>,
    /// Personal ID number → who holds it and when.
    numbers: HashMap<&'a str, Vec<(PersonId, Held)>>,
    age_groups: &'a [AgeGroup],
}

/// A person with what the immunisation programme says of them.
struct Known<'a> {
    person: &'a Person,
    milestones: BTreeMap<Milestone, Date>,
    verdicts: Vec<Verdict>,
    protected_births: Vec<Date>,
    history: History,
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
    /// The day on which a breakdown asks who they are.
    pub on: Date,
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
        let known = |person: &'a Person| {
            let course = Course::of(defs, person);
            let Course { milestones, verdicts, protected_births, .. } = course;
            let history = History::of(defs, person).with_deliveries(person, &protected_births);
            Known { person, milestones, verdicts, protected_births, history }
        };
        let people = people.iter().map(known).collect();
        let (households, communes) = (HashMap::new(), HashMap::new());
        Self { people, households, communes, numbers, age_groups: &defs.age_groups }
    }

    /// The same with the homes of the people and the communes of the areas.
    pub fn among(
        mut self,
        households: &'a [Household],
        communes: HashMap<AreaId, CommuneCode>,
    ) -> Self {
        self.households = households.iter().map(|home| (home.id, home)).collect();
        self.communes = communes;
        self
    }

    /// Everything counted by one tally in one period.
    pub fn count(&self, tally: &Tally, days: &Days) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut homes = BTreeSet::new();
        for known in &self.people {
            let case = Case { world: self, known, person: known.person, days };
            match tally.count {
                Counted::Person => case.person(&tally.conditions, &mut hits),
                Counted::Birth => case.births(&tally.conditions, &mut hits),
                Counted::Death => case.death(&tally.conditions, &mut hits),
                Counted::Delivery if tally.is_told() => case.followed(tally, &mut hits),
                Counted::Delivery => case.deliveries(&tally.conditions, &mut hits),
                Counted::Household => {
                    let home = case.household(&tally.conditions);
                    if let Some((hit, _)) = home.filter(|(hit, id)| homes.insert((hit.area, *id))) {
                        hits.push(hit);
                    }
                }
                Counted::Arrival => case.arrivals(&tally.conditions, &mut hits),
                Counted::Departure => case.departures(&tally.conditions, &mut hits),
                Counted::Entry | Counted::Enrolment | Counted::Leaving => {
                    case.followed(tally, &mut hits);
                }
            }
        }
        hits.sort();
        hits
    }

    /// The value of a trait of somebody counted; empty when nothing is known.
    pub fn value_of(&self, hit: &Hit, what: Trait) -> String {
        let found = self.people.iter().find(|known| known.person.id == hit.person);
        let Some(person) = found.map(|known| known.person) else { return String::new() };
        let value = match what {
            Trait::Ethnicity => person.ethnicity.shown().as_deref(),
            Trait::Poverty => person
                .membership_on(hit.on)
                .and_then(|member| self.households.get(&member.household)?.poverty_on(hit.on)),
            Trait::Insurance => {
                let held = person.identifiers.iter().rev().filter(|h| h.holds_on(hit.on));
                let card = held.clone().find_map(|h| h.identifier.insurance_group());
                card.or_else(|| held.clone().any(|h| h.is_insurance()).then_some(NUMBER_ONLY))
            }
        };
        value.unwrap_or_default().to_owned()
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
    known: &'w Known<'a>,
    person: &'a Person,
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
            } else if !self.holds(phrase) {
                return;
            }
        }
        hits.extend(area.map(|area| self.hit_in(area)));
    }

    /// The person in an area, as they are at the end of the period.
    fn hit_in(&self, area: AreaId) -> Hit {
        let on = self.days.end;
        let age_group = self.world.age_group(self.born(), on);
        Hit { person: self.person.id, area, sex: *self.person.sex.shown(), age_group, on }
    }

    /// The household of a resident, when it is as asked.
    fn household(&self, conditions: &[Phrase]) -> Option<(Hit, HouseholdId)> {
        let at = conditions.iter().find_map(|phrase| match phrase {
            Phrase::Resident(at) => Some(self.days.at(*at)),
            _ => None,
        })?;
        let area = self.person.is_resident_on(at)?;
        let home = self.person.membership_on(at)?.household;
        let is_as_asked = conditions.iter().all(|phrase| match phrase {
            Phrase::Resident(_) => true,
            Phrase::Poverty { code, at } => {
                let known = self.world.households.get(&home);
                known.and_then(|h| h.poverty_on(self.days.at(*at))) == Some(code.as_str())
            }
            _ => false,
        });
        let (person, on) = (self.person.id, self.days.end);
        is_as_asked.then_some((Hit { person, area, sex: Sex::Male, age_group: 0, on }, home))
    }

    /// Both residences lie in one commune.
    fn is_within(&self, a: &Residence, b: &Residence) -> bool {
        let commune = |lives: &Residence| self.world.communes.get(&lives.area);
        a.area == b.area || (commune(a).is_some() && commune(a) == commune(b))
    }

    fn arrivals(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        let all = &self.person.residences;
        for (n, lives) in all.iter().enumerate() {
            let comes = (from..=to).contains(&lives.from) && lives.kind.counts() && lives.is_move();
            let is_inside = |other: &(usize, &Residence)| {
                other.0 != n && other.1.to == Some(lives.from) && self.is_within(other.1, lives)
            };
            if comes
                && !all.iter().enumerate().any(|other| is_inside(&other))
                && conditions.iter().all(|phrase| self.holds(phrase))
            {
                hits.push(self.hit_in(lives.area));
            }
        }
    }

    fn departures(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        let all = &self.person.residences;
        for (n, lives) in all.iter().enumerate() {
            let Some(left) = lives.to.filter(|left| (from..=to).contains(left)) else { continue };
            let alive = self.person.death.as_ref().is_none_or(|death| death.on >= left);
            let is_inside = |other: &(usize, &Residence)| {
                other.0 != n && other.1.from == left && self.is_within(other.1, lives)
            };
            if alive
                && lives.kind.counts()
                && !all.iter().enumerate().any(|other| is_inside(&other))
                && conditions.iter().all(|phrase| self.holds(phrase))
            {
                hits.push(self.hit_in(lives.area));
            }
        }
    }

    fn holds(&self, phrase: &Phrase) -> bool {
        let (person, days, milestones) = (self.person, self.days, &self.known.milestones);
        match phrase {
            Phrase::Resident(at) => person.is_resident_on(days.at(*at)).is_some(),
            Phrase::Age { at, compare, span } => age(self.born(), days.at(*at), *compare, *span),
            Phrase::Sex(sex) => person.sex.shown() == sex,
            Phrase::Insured(at) => {
                person.identifiers.iter().any(|h| h.is_insurance() && h.holds_on(days.at(*at)))
            }
            Phrase::UniqueIdentity(at) => self.has_unique_number(days.at(*at)),
            Phrase::Identified(at) => person.identifiers.iter().any(|h| {
                h.identifier.kind() == IdentifierKind::Citizen && h.holds_on(days.at(*at))
            }),
            Phrase::Contact { months, at } => {
                let at = days.at(*at);
                person.contacts.range(add_days(add_months(at, -months), 1)..=at).next().is_some()
            }
            Phrase::Birthday { months, within } => {
                let (from, to) = days.window(*within);
                (from..=to).contains(&add_months(self.born(), *months))
            }
            Phrase::Milestone { what, within } => {
                let (from, to) = days.window(*within);
                milestones.get(what).is_some_and(|on| (from..=to).contains(on))
            }
            Phrase::MilestoneBefore { what, span } => {
                let reached = milestones.get(what);
                reached.is_some_and(|on| age(self.born(), *on, Compare::Less, *span))
            }
            Phrase::MilestoneEver(what) => milestones.contains_key(what),
            Phrase::DoseBefore { series, number, span, given } => {
                let counts = |v: &Verdict| {
                    v.series == *series
                        && v.counts.as_ref().is_ok_and(|n| n == number)
                        && age(self.born(), v.on, Compare::Less, *span)
                };
                self.known.verdicts.iter().any(counts) == *given
            }
            Phrase::Follow(follow) => self.known.history.holds(follow, days),
            Phrase::BornAlive
            | Phrase::Stillborn
            | Phrase::BirthOrder { .. }
            | Phrase::BirthPlaceKnown
            | Phrase::BirthPlaceIn(_)
            | Phrase::Weighed
            | Phrase::Weight { .. }
            | Phrase::Poverty { .. }
            | Phrase::AgeAtEvent { .. }
            | Phrase::TetanusProtected => false,
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

fn age(born: Date, on: Date, compare: Compare, span: Span) -> bool {
    let reached = span.after(born) <= on;
    match compare {
        Compare::Less => !reached,
        Compare::AtLeast => reached,
    }
}
