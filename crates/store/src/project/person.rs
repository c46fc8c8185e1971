//! The rows of one person, and from which day a change of the record changes any number.

use super::difference::{as_of_birth, residence_difference};
use super::matters::Matters;
use super::programme::CareState;
use super::{Keys, Rows};
use crate::error::Result;
use crate::sql::Val;
use crate::table::{
    AEFI, BIRTH, CONTACT, DEATH, DELIVERY, DOSE, DUE, IDENTIFIER, MEMBERSHIP, MILESTONE, PERSON,
    PERSON_DISTINCT, PERSON_TOKEN, RESIDENCE,
};
use crate::vals;
use std::collections::BTreeMap;
use tram_defs::Definitions;
use tram_defs::phrase::Milestone;
use tram_domain::fact::{Logged, Subject};
use tram_domain::immunisation::{Aefi, Course, Standing, Verdict, is_over};
use tram_domain::person::{Person, Residence};
use tram_domain::search;
use tram_kernel::day::{completed_months, days_between};
use tram_kernel::{Date, Moment, PersonId, UnitId, text};

/// A dose that is owed.
#[derive(Debug, Clone, PartialEq)]
struct Owed {
    series: String,
    number: u8,
    due: Date,
    overdue: Date,
    until: Date,
    deferred: Option<String>,
}

/// An adverse event as its list shows it.
#[derive(Debug, Clone, PartialEq)]
struct Event {
    unit: UnitId,
    on: Date,
    severe: bool,
    outcome: String,
    report_until: Option<Moment>,
    told_at: Option<Moment>,
    concluded: bool,
}

/// Which of somebody's rows are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts {
    tokens: bool,
    residences: bool,
    life: bool,
    events: bool,
    programmes: bool,
    followed: bool,
}

impl Parts {
    pub const ALL: Self = Self {
        tokens: true,
        residences: true,
        life: true,
        events: true,
        programmes: true,
        followed: true,
    };
}

/// A person folded together with what the programmes say of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonState {
    pub person: Person,
    milestones: BTreeMap<Milestone, Date>,
    verdicts: Vec<Verdict>,
    owed: Vec<Owed>,
    aefi: Vec<Event>,
    /// Births whose child the mother's doses protected from tetanus.
    protected: Vec<Date>,
    care: CareState,
}

impl PersonState {
    pub fn fold(
        defs: &Definitions,
        id: PersonId,
        facts: &[Logged],
        matters: Matters,
    ) -> Option<Self> {
        let person = Person::fold(id, facts)?;
        let aefi = person.aefi.iter().map(|aefi| event(defs, aefi)).collect();
        let care = if matters.care { CareState::of(defs, &person) } else { CareState::default() };
        if !matters.course || is_over(defs, &person, person.registered_on) {
            let (milestones, verdicts, owed, protected) = Default::default();
            return Some(Self { person, milestones, verdicts, owed, aefi, protected, care });
        }
        let course = Course::of(defs, &person);
        let owed = if person.is_dead() { Vec::new() } else { owed(&course, &person) };
        let Course { verdicts, milestones, protected_births: protected, .. } = course;
        Some(Self { person, milestones, verdicts, owed, aefi, protected, care })
    }

    /// Villages, homes, the mother and the units that gave a dose.
    pub(super) fn each_name(&self, take: &mut dyn FnMut(Subject)) {
        let p = &self.person;
        p.residences.iter().for_each(|lives| take(lives.area.into()));
        p.memberships.iter().for_each(|member| take(member.household.into()));
        p.distinct.iter().for_each(|other| take((*other).into()));
        p.mother.shown().id.into_iter().for_each(|mother| take(mother.into()));
        p.doses.iter().filter_map(|given| given.what.giver).for_each(|giver| take(giver.into()));
        self.aefi.iter().for_each(|event| take(event.unit.into()));
        self.care.each_name(p, take);
    }

    /// Rows of the parts asked for; of entries those alone that are not the same `beside`.
    pub(super) fn rows(
        &self,
        key: i64,
        shard: u32,
        (parts, beside): (Parts, Option<&Self>),
        keys: Keys<'_>,
        rows: &mut Rows,
    ) -> Result<()> {
        let area = match self.person.last_residence() {
            Some(lives) => Some(keys(lives.area.into())?),
            None => None,
        };
        // Words and numbers, a few events, and what the programmes say.
        rows.reserve(16 + 2 * self.person.doses.len() + self.milestones.len() + self.owed.len());
        self.person_row(key, shard, area, keys, rows)?;
        if parts.tokens {
            // Every record is opened with a residence and keeps one (`person::retract`). Should facts
            // of another writer leave none, it belongs to no area, and nobody but the log shows it:
            // area 0.
            for token in search::tokens(&self.person) {
                rows.push((&PERSON_TOKEN, vals![area.unwrap_or(0), token, key, shard].into()));
            }
        }
        if parts.residences {
            self.residence_rows(key, shard, keys, rows)?;
        }
        if parts.life {
            self.life_rows(key, shard, keys, rows)?;
        }
        if parts.events {
            self.event_rows(key, shard, keys, rows)?;
        }
        if parts.programmes {
            self.programme_rows(key, shard, area, keys, rows)?;
        }
        if parts.followed {
            let beside = beside.map(|state| (&state.care, &state.person));
            self.care.rows(&self.person, (key, shard, area), beside, keys, rows)?;
        }
        Ok(())
    }

    /// Which rows may differ between two states of one person.
    pub(super) fn parts(old: &Self, new: &Self) -> Parts {
        let (p, q) = (&old.person, &new.person);
        let moved = p.residences != q.residences;
        let is_same_body = p.sex == q.sex && p.born == q.born && p.death == q.death;
        let named = p.name != q.name || p.phone != q.phone;
        let numbered = p.identifiers != q.identifiers;
        let born = p.birth != q.birth || p.stillbirths != q.stillbirths;
        let carried = p.deliveries != q.deliveries || p.pregnancies != q.pregnancies;
        let born = born || carried || old.protected != new.protected;
        let given = p.doses != q.doses || old.verdicts != new.verdicts;
        let asked = old.owed != new.owed || old.milestones != new.milestones;
        let asked = asked || old.aefi != new.aefi;
        Parts {
            tokens: moved || named || numbered,
            residences: moved || !is_same_body,
            life: numbered
                || p.distinct != q.distinct
                || p.memberships != q.memberships
                || p.contacts != q.contacts,
            events: moved || !is_same_body || born,
            programmes: moved || !is_same_body || given || asked,
            followed: moved || p.followed != q.followed || old.care != new.care,
        }
    }

    fn person_row(
        &self,
        key: i64,
        shard: u32,
        area: Option<i64>,
        keys: Keys<'_>,
        rows: &mut Rows,
    ) -> Result<()> {
        let p = &self.person;
        let (name, born) = (p.name.shown(), p.born.shown().date);
        let mother = p.mother.shown();
        let mother_key = mother.id.map(|id| keys(id.into())).transpose()?;
        let household = p.memberships.last().filter(|m| m.to.is_none());
        let household = household.map(|m| keys(m.household.into())).transpose()?;
        let away = p.is_dead() || p.last_residence().is_none_or(|lives| lives.to.is_some());
        let row = vals![
            key,
            shard,
            name,
            text::fold(name),
            p.sex.shown().code(),
            born.first(),
            born.precision().code(),
            p.ethnicity.shown().as_deref(),
            p.death.as_ref().map(|death| death.on),
            area,
            away,
            household,
            mother_key,
            mother.name.as_deref(),
            p.conflicts().len(),
        ];
        rows.push((&PERSON, row.into()));
        Ok(())
    }

    /// Where they lived, with what every count asks of them: one index answers it.
    fn residence_rows(&self, key: i64, shard: u32, keys: Keys<'_>, rows: &mut Rows) -> Result<()> {
        let p = &self.person;
        let (sex, born) = (p.sex.shown().code(), p.born.shown().date.first());
        let died = p.death.as_ref().map(|death| death.on);
        for (n, lives) in p.residences.iter().enumerate() {
            let area = keys(lives.area.into())?;
            let (counted, moved) = (lives.kind.counts(), lives.is_move());
            let (kind, from, to) = (lives.kind.code(), lives.from, lives.to);
            let row = vals![key, from, shard, area, counted, moved, kind, to, n, sex, born, died];
            rows.push((&RESIDENCE, row.into()));
        }
        Ok(())
    }

    fn life_rows(&self, key: i64, shard: u32, keys: Keys<'_>, rows: &mut Rows) -> Result<()> {
        let p = &self.person;
        for (n, held) in p.identifiers.iter().enumerate() {
            let (kind, value) = (held.identifier.kind().code(), held.identifier.value());
            rows.push((&IDENTIFIER, vals![key, n, shard, kind, value, held.from, held.to].into()));
        }
        for (n, member) in p.memberships.iter().enumerate() {
            let household = keys(member.household.into())?;
            let (from, relation, to) = (member.from, &member.relation, member.to);
            rows.push((&MEMBERSHIP, vals![household, key, from, shard, relation, to, n].into()));
        }
        for other in &p.distinct {
            rows.push((&PERSON_DISTINCT, vals![key, keys((*other).into())?, shard].into()));
        }
        for seen in &p.contacts {
            rows.push((&CONTACT, vals![key, *seen, shard].into()));
        }
        Ok(())
    }

    /// Births and deaths, in the area where the person lived on that day as a resident.
    fn event_rows(&self, key: i64, shard: u32, keys: Keys<'_>, rows: &mut Rows) -> Result<()> {
        let p = &self.person;
        let born = p.born.shown().date.first();
        let mut area_on = |day: Date| {
            let lives = p.residence_on(day).filter(|r: &&Residence| r.kind.counts());
            lives.map(|r| keys(r.area.into())).transpose()
        };
        if let Some(birth) = &p.birth
            && let Some(area) = area_on(born)?
        {
            let (sex, order) = (p.sex.shown().code(), birth.order);
            let (place, grams) = (birth.place.as_deref(), birth.weight_grams.map(i64::from));
            let row = vals![area, born, key, 0_i64, shard, sex, true, order, place, grams];
            rows.push((&BIRTH, row.into()));
        }
        for (n, still) in p.stillbirths.iter().enumerate() {
            if let Some(area) = area_on(still.day)? {
                let sex = still.what.sex.map_or("m", |sex| sex.code());
                let (order, place) = (still.what.order, still.what.place.as_deref());
                let grams: Option<i64> = None;
                let row =
                    vals![area, still.day, key, n + 1, shard, sex, false, order, place, grams];
                rows.push((&BIRTH, row.into()));
            }
        }
        for (on, begun) in p.dated_deliveries() {
            if let Some(area) = area_on(on)? {
                let (months, days) = (completed_months(born, on), days_between(born, on));
                let (sex, tetanus) = (p.sex.shown().code(), self.protected.contains(&on));
                let row = vals![area, on, key, shard, sex, months, days, tetanus, begun];
                rows.push((&DELIVERY, row.into()));
            }
        }
        if let Some(death) = &p.death
            && let Some(area) = area_on(death.on)?
        {
            let (months, days) = (completed_months(born, death.on), days_between(born, death.on));
            let sex = p.sex.shown().code();
            rows.push((&DEATH, vals![area, death.on, key, shard, sex, months, days].into()));
        }
        Ok(())
    }

    fn programme_rows(
        &self,
        key: i64,
        shard: u32,
        area: Option<i64>,
        keys: Keys<'_>,
        rows: &mut Rows,
    ) -> Result<()> {
        let p = &self.person;
        let born = p.born.shown().date.first();
        for (milestone, on) in &self.milestones {
            let (months, days) = (completed_months(born, *on), days_between(born, *on));
            let row = vals![key, milestone.code(), shard, *on, months, days];
            rows.push((&MILESTONE, row.into()));
        }
        for (n, given) in p.doses.iter().enumerate() {
            let giver = given.what.giver.map(|unit| keys(unit.into())).transpose()?;
            let (months, days) = (completed_months(born, given.day), days_between(born, given.day));
            let (vaccine, lot, on) = (&given.what.vaccine, given.what.lot.as_deref(), given.day);
            let mut served = self.verdicts.iter().filter(|v| v.at == given.at).peekable();
            if served.peek().is_none() {
                let none = Val::Null;
                let row = vals![key, n, "", shard, none, on, vaccine, lot, giver, months, days];
                rows.push((&DOSE, row.into()));
            }
            for verdict in served {
                let number = verdict.counts.as_ref().ok().copied();
                let series = &verdict.series;
                let row =
                    vals![key, n, series, shard, number, on, vaccine, lot, giver, months, days];
                rows.push((&DOSE, row.into()));
            }
        }
        for (n, e) in self.aefi.iter().enumerate() {
            let unit = keys(e.unit.into())?;
            let [until, told] = [e.report_until, e.told_at].map(|at| at.map(Moment::ms));
            let (on, severe, concluded) = (e.on, e.severe, e.concluded);
            let row = vals![key, n, shard, unit, on, severe, &e.outcome, until, told, concluded];
            rows.push((&AEFI, row.into()));
        }
        let lives_here = p.last_residence().is_some_and(|lives| lives.to.is_none());
        for owed in self.owed.iter().filter(|_| lives_here) {
            let (number, deferred) = (owed.number, owed.deferred.as_deref());
            let (due, overdue, until) = (owed.due, owed.overdue, owed.until);
            let row = vals![area, key, &owed.series, shard, number, due, overdue, until, deferred];
            rows.push((&DUE, row.into()));
        }
        Ok(())
    }
}

fn event(defs: &Definitions, aefi: &Aefi) -> Event {
    Event {
        unit: aefi.event.what.unit,
        on: aefi.event.day,
        severe: aefi.event.what.severe,
        outcome: aefi.outcome().to_owned(),
        report_until: aefi.report_until(defs),
        told_at: aefi.told_all(defs),
        concluded: !aefi.concluded.is_empty(),
    }
}

/// Doses that are or will be asked for. What was past its last day when the record was opened never
/// was ours to ask for.
fn owed(course: &Course<'_>, person: &Person) -> Vec<Owed> {
    let mut owed = Vec::new();
    for line in course.lines.iter().filter(|line| !line.series.optional) {
        if let Standing::Owed { due, overdue, until, deferred } = &line.standing
            && due < until
            && *until > person.registered_on
        {
            owed.push(Owed {
                series: line.series.code.clone(),
                number: line.number,
                due: *due,
                overdue: *overdue,
                until: *until,
                deferred: deferred.clone(),
            });
        }
    }
    owed
}

/// The first day on which any number could be different; `None` when none can.
pub(super) fn first_difference(
    old: Option<&PersonState>,
    new: Option<&PersonState>,
) -> Option<Date> {
    let (Some(old), Some(new)) = (old, new) else {
        let only = old.or(new)?;
        return only.person.residences.first().map(|lives| lives.from);
    };
    let (a, b) = (&old.person, &new.person);
    let mut days: Vec<Date> = Vec::new();
    if a.born.shown() != b.born.shown() || a.sex.shown() != b.sex.shown() {
        days.extend([a.born.shown().date.first(), b.born.shown().date.first()]);
    }
    let written = |p: &Person| {
        p.birth.as_ref().map(|birth| (birth.order, birth.place.clone(), birth.weight_grams))
    };
    if written(a) != written(b) {
        days.push(b.born.shown().date.first());
    }
    if a.death.as_ref().map(|d| d.on) != b.death.as_ref().map(|d| d.on) {
        days.extend(a.death.iter().chain(&b.death).map(|death| death.on));
    }
    days.extend(residence_difference(&a.residences, &b.residences));
    for (one, other) in [(a, b), (b, a)] {
        days.extend(one.contacts.difference(&other.contacts));
        for held in one.identifiers.iter().filter(|held| !other.identifiers.contains(held)) {
            days.push(held.from.unwrap_or(one.registered_on));
        }
        let known = &other.memberships;
        for member in one.memberships.iter().filter(|member| !known.contains(member)) {
            days.push(member.from);
        }
        days.extend(one.dated_deliveries().difference(&other.dated_deliveries()).map(|(on, _)| on));
        for still in one.stillbirths.iter().filter(|s| !other.stillbirths.contains(s)) {
            days.push(still.day);
        }
    }
    days.extend(CareState::differences((&old.care, a), (&new.care, b)));
    let born = b.born.shown().date.first();
    for milestone in Milestone::ALL {
        let (x, y) = (old.milestones.get(&milestone), new.milestones.get(&milestone));
        if x != y {
            days.extend(x.into_iter().chain(y).map(|on| as_of_birth(born, *on)));
        }
    }
    for (one, other) in [(old, new), (new, old)] {
        days.extend(one.protected.iter().filter(|day| !other.protected.contains(day)));
        let known = &other.verdicts;
        let differing = one.verdicts.iter().filter(|verdict| !known.contains(verdict));
        days.extend(differing.map(|verdict| as_of_birth(born, verdict.on)));
    }
    days.into_iter().min()
}
