//! From facts to rows. For each subject the rows are a pure function of its facts: nothing is updated
//! in place, nothing depends on the order in which facts arrived.

mod difference;
mod matters;
mod person;
mod programme;
mod session;
mod stock;

use crate::error::Result;
use crate::sql::Val;
use crate::table::{
    AREA, HOUSEHOLD, HOUSEHOLD_STANDING, PERSON_LINK, PLAN, ROLE_GRANT, TARGET, Table, UNIT,
    UNIT_RELATION, USER,
};
use crate::vals;
use std::collections::BTreeSet;
use tram_defs::Definitions;
use tram_domain::cold_chain::Fridge;
use tram_domain::fact::{Logged, Subject};
use tram_domain::household::{Household, Standing};
use tram_domain::immunisation::session::{Campaign, Session};
use tram_domain::plan::Plan;
use tram_domain::stock::Lot;
use tram_domain::unit::{Area, Unit};
use tram_domain::user::User;
use tram_kernel::{AreaId, Date, PersonId, Shard, text};

pub use matters::Matters;
pub use person::PersonState;

/// Rows of one subject, each with its table.
pub type Rows = Vec<(&'static Table, Vec<Val>)>;

/// Turns an id into the local key that stands for it in this database.
pub type Keys<'k> = &'k mut dyn FnMut(Subject) -> Result<i64>;

/// A subject folded.
pub enum State {
    Person(Box<PersonState>),
    /// A record read as part of this one.
    Linked(PersonId),
    Household(Box<Household>),
    Area(Area),
    Unit(Unit),
    Plan(Plan),
    User(User),
    Lot(Box<Lot>),
    Fridge(Fridge),
    Session(Session),
    Campaign(Campaign),
}

impl State {
    /// Subjects whose keys stand in its rows.
    pub fn each_name(&self, take: &mut dyn FnMut(Subject)) {
        match self {
            Self::Person(state) => state.each_name(take),
            Self::Linked(head) => take((*head).into()),
            Self::Household(household) => {
                take((*household.area.shown()).into());
                household.doctor.shown().iter().for_each(|user| take((*user).into()));
            }
            Self::Plan(plan) => take(plan.unit.into()),
            Self::Area(area) => area.trusts.iter().for_each(|trust| take(trust.unit.into())),
            Self::Unit(unit) => unit.relations.iter().for_each(|r| take(r.parent.into())),
            Self::Lot(lot) => take(lot.unit.into()),
            Self::Fridge(fridge) => take(fridge.unit.into()),
            Self::Session(session) => session::names(session).for_each(take),
            Self::Campaign(campaign) => take(campaign.planned.what.unit.into()),
            Self::User(user) => user.grants.iter().for_each(|grant| take(grant.unit.into())),
        }
    }
}

/// Folds the facts of one subject. `None` when it was never registered, or is not projected.
pub fn fold(defs: &Definitions, subject: Subject, facts: &[Logged]) -> Option<State> {
    fold_for(defs, subject, facts, Matters::ALL)
}

/// The same without what certain new facts cannot change: only to be held against another such state.
pub fn fold_for(
    defs: &Definitions,
    subject: Subject,
    facts: &[Logged],
    matters: Matters,
) -> Option<State> {
    if facts.is_empty() {
        return None;
    }
    match subject {
        Subject::Person(id) => {
            PersonState::fold(defs, id, facts, matters).map(|state| State::Person(Box::new(state)))
        }
        Subject::Household(id) => {
            Household::fold(id, facts).map(|home| State::Household(Box::new(home)))
        }
        Subject::Area(id) => Area::fold(id, facts).map(State::Area),
        Subject::Unit(id) => Unit::fold(id, facts).map(State::Unit),
        Subject::Plan(id) => Plan::fold(id, facts).map(State::Plan),
        Subject::User(id) => User::fold(id, facts).map(State::User),
        Subject::Lot(id) => Lot::fold(id, facts).map(|lot| State::Lot(Box::new(lot))),
        Subject::Fridge(id) => Fridge::fold(id, facts).map(State::Fridge),
        Subject::Session(id) => Session::fold(id, facts).map(State::Session),
        Subject::Campaign(id) => Campaign::fold(id, facts).map(State::Campaign),
        Subject::File(_) => None,
    }
}

/// Folds the records of a group of linked ones: the first state is of the head, the others say where
/// they are read. `members` are given head first, each with its facts.
pub fn fold_linked(defs: &Definitions, members: &[(PersonId, &[Logged])]) -> Vec<Option<State>> {
    let Some((head, _)) = members.first() else { return Vec::new() };
    let all: Vec<Logged> = members.iter().flat_map(|(_, facts)| facts.iter().cloned()).collect();
    let read = |(id, _): &(PersonId, &[Logged])| match id == head {
        true => fold(defs, Subject::Person(*id), &all),
        false => Some(State::Linked(*head)),
    };
    members.iter().map(read).collect()
}

/// Rows by table, each with the values of its key only, to be deleted.
pub fn keys_of(gone: Rows) -> Vec<(&'static Table, Vec<Vec<Val>>)> {
    let mut by_table: Vec<(&'static Table, Vec<Vec<Val>>)> = Vec::new();
    for (table, row) in gone {
        let key = table.texts().key_at.iter().map(|at| row[*at].clone()).collect();
        match by_table.iter_mut().find(|(known, _)| known.name == table.name) {
            Some((_, keys)) => keys.push(key),
            None => by_table.push((table, vec![key])),
        }
    }
    by_table
}

/// The rows of a folded subject.
pub fn rows(state: Option<&State>, key: i64, shard: Shard, keys: Keys<'_>) -> Result<Rows> {
    some_rows(state, (person::Parts::ALL, None), (key, shard), keys)
}

/// The rows of a subject before and after, without those that are surely the same.
pub fn rows_that_differ(
    old: Option<&State>,
    new: Option<&State>,
    key: i64,
    shard: Shard,
    keys: Keys<'_>,
) -> Result<(Rows, Rows)> {
    let parts = match (old, new) {
        (Some(State::Person(old)), Some(State::Person(new))) => PersonState::parts(old, new),
        _ => person::Parts::ALL,
    };
    let at = (key, shard);
    let had = some_rows(old, (parts, new), at, keys)?;
    Ok((had, some_rows(new, (parts, old), at, keys)?))
}

fn some_rows(
    state: Option<&State>,
    (parts, beside): (person::Parts, Option<&State>),
    (key, shard): (i64, Shard),
    keys: Keys<'_>,
) -> Result<Rows> {
    let shard = shard.number();
    let mut rows = Rows::new();
    match state {
        None => {}
        Some(State::Person(state)) => {
            state.rows(key, shard, (parts, person_of(beside)), keys, &mut rows)?;
        }
        Some(State::Linked(head)) => {
            rows.push((&PERSON_LINK, vals![key, shard, keys((*head).into())?].into()));
        }
        Some(State::Household(h)) => {
            let area = keys((*h.area.shown()).into())?;
            let (code, address) = (h.code.shown().as_deref(), h.address.shown().as_deref());
            let poverty = h.poverty.shown().as_deref();
            let doctor = h.doctor.shown().map(|user| keys(user.into())).transpose()?;
            let row = vals![key, shard, area, code, address, poverty, doctor];
            rows.push((&HOUSEHOLD, row.into()));
            for (n, standing) in h.standings.iter().enumerate() {
                let (poverty, from, to) = (standing.poverty.as_deref(), standing.from, standing.to);
                rows.push((&HOUSEHOLD_STANDING, vals![key, n, shard, poverty, from, to].into()));
            }
        }
        Some(State::Area(a)) => {
            let unit = a.trusts.last().map(|trust| keys(trust.unit.into())).transpose()?;
            let (name, kind, full) = (&a.name, &a.kind, a.full_name());
            let (commune, since) = (a.commune.number(), a.commune_from);
            rows.push((&AREA, vals![key, shard, name, kind, full, commune, since, unit].into()));
        }
        Some(State::Unit(u)) => unit_rows(u, key, shard, keys, &mut rows)?,
        Some(State::Plan(p)) => {
            let unit = keys(p.unit.into())?;
            let number = p.number.as_deref();
            rows.push((&PLAN, vals![key, shard, &p.title, number, i32::from(p.year), unit].into()));
            for target in p.targets.values() {
                let body = minicbor::to_vec(target).expect("writing to memory does not fail");
                let indicator = target.indicator.as_deref();
                rows.push((&TARGET, vals![key, target.row, shard, indicator, body].into()));
            }
        }
        Some(State::Lot(lot)) => stock::lot_rows(lot, key, shard, keys, &mut rows)?,
        Some(State::Fridge(f)) => stock::fridge_rows(f, key, shard, keys, &mut rows)?,
        Some(State::Session(s)) => session::session_row(s, key, shard, keys, &mut rows)?,
        Some(State::Campaign(c)) => session::campaign_row(c, key, shard, keys, &mut rows)?,
        Some(State::User(u)) => {
            rows.push((&USER, vals![key, shard, &u.login, &u.name, u.closed_on].into()));
            for (n, grant) in u.grants.iter().enumerate() {
                let unit = keys(grant.unit.into())?;
                let row = vals![key, n, shard, &grant.role, unit, grant.from, grant.to];
                rows.push((&ROLE_GRANT, row.into()));
            }
        }
    }
    Ok(rows)
}

fn unit_rows(u: &Unit, key: i64, shard: u32, keys: Keys<'_>, rows: &mut Rows) -> Result<()> {
    let commune = u.commune.map(|code| code.number());
    let (folded, code) = (text::fold(&u.name), u.facility_code.as_deref());
    let row = vals![key, shard, &u.name, folded, u.kind.code(), commune, code, u.closed_on];
    rows.push((&UNIT, row.into()));
    for (n, relation) in u.relations.iter().enumerate() {
        let parent = keys(relation.parent.into())?;
        let (kind, from, to) = (relation.kind.code(), relation.from, relation.to);
        rows.push((&UNIT_RELATION, vals![key, n, shard, kind, parent, from, to].into()));
    }
    Ok(())
}

/// Which areas' numbers a change touches, and from which day on.
pub fn effect(old: Option<&State>, new: Option<&State>) -> (BTreeSet<AreaId>, Option<Date>) {
    let (old, new) = (person_of(old), person_of(new));
    let areas = old.iter().chain(&new).flat_map(|state| state.person.areas()).collect();
    (areas, person::first_difference(old, new))
}

/// From which day on a household lived otherwise; its members are counted where they live.
pub fn home_effect(old: Option<&State>, new: Option<&State>) -> Option<Date> {
    let of = |state: Option<&State>| match state {
        Some(State::Household(home)) => Some(home.standings.clone()),
        _ => None,
    };
    let (old, new) = (of(old)?, of(new)?);
    let differs = |a: &[Standing], b: &[Standing]| {
        a.iter().filter(|s| !b.contains(s)).map(|s| s.from.or(s.to)).min().flatten()
    };
    [differs(&old, &new), differs(&new, &old)].into_iter().flatten().min()
}

/// An area went to another commune: who moved is counted anew everywhere.
pub fn is_redrawn(old: Option<&State>, new: Option<&State>) -> bool {
    match (old, new) {
        (Some(State::Area(old)), Some(State::Area(new))) => old.commune != new.commune,
        _ => false,
    }
}

fn person_of(state: Option<&State>) -> Option<&PersonState> {
    match state {
        Some(State::Person(state)) => Some(state),
        _ => None,
    }
}
