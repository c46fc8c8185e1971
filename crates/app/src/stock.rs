//! The stock book at work: what a unit has of each lot, deliveries, what leaves, counting, the month.

mod change;
mod month;

pub use change::Sent;
pub use month::{MonthRow, StockMonth};

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_defs::role::Action;
use tram_domain::fact::{DoseGiven, FactRef, ItemKind};
use tram_domain::person::On;
use tram_domain::stock::{CardLine, Lot, LotState, card, lot_id, lot_key};
use tram_kernel::day::{add_days, add_months, day_number};
use tram_kernel::{Date, LotId, Message, UnitId, UserId};
use tram_store::Sql;
use tram_store::immunisation::recent_lots;
pub use tram_store::stock::LotRow;
use tram_store::stock::{given, given_by_day, lots, opened, states};
use tram_store::unit::{self, UnitRow};

/// A lot with what is left of it today.
#[derive(Debug, Clone)]
pub struct LotLine {
    pub row: LotRow,
    /// Doses given to people since the book was opened.
    pub given: i64,
    pub balance: i64,
    /// Past its last day.
    pub expired: bool,
    /// Its last day is near.
    pub soon: bool,
    /// Its monitor says it must not be used.
    pub spent: bool,
}

impl LotLine {
    /// May be used for somebody today.
    pub const fn is_usable(&self) -> bool {
        !self.expired && !self.spent && self.row.blocked_since.is_none()
    }
}

/// A lot to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedLot {
    pub vaccine: String,
    pub lot: String,
    pub expires: Option<Date>,
    /// `None` for a lot the book does not know.
    pub balance: Option<i64>,
}

impl OfferedLot {
    fn of_book(line: LotLine) -> Self {
        let LotRow { item, lot, expires, .. } = line.row;
        Self { vaccine: item, lot, expires, balance: Some(line.balance) }
    }
}

/// Doses that were given of a lot the book has never taken in, or without any lot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    pub item: String,
    /// Empty when no lot was written down.
    pub lot: String,
    pub given: i64,
}

/// The stock book of a unit.
#[derive(Debug, Clone)]
pub struct StockPage {
    pub unit: UnitRow,
    /// The first day of the book; `None` before the first delivery or count.
    pub opened: Option<Date>,
    /// What is used first stands first: by item, then the usable ones by last day.
    pub lots: Vec<LotLine>,
    pub strangers: Vec<Stranger>,
    /// Other units whose books the asker may read.
    pub units: Vec<UnitRow>,
    pub may_write: bool,
}

/// The stock card of a lot.
#[derive(Debug, Clone)]
pub struct LotPage {
    pub lot: Lot,
    pub unit: UnitRow,
    pub balance: i64,
    pub card: Vec<CardLine>,
    /// Names of those who wrote it down.
    pub users: BTreeMap<UserId, String>,
    pub may_write: bool,
}

/// The first day of a book, its lots, and what was given of lots it never had.
type Lines = (Option<Date>, Vec<LotLine>, Vec<Stranger>);

/// Whose book is kept of what.
#[derive(Clone, Copy)]
pub(crate) struct Ledger {
    pub unit: i64,
    pub kind: ItemKind,
    pub opened: Option<Date>,
}

impl Ledger {
    pub fn of(sql: &mut dyn Sql, unit: i64, kind: ItemKind) -> Result<Self, Failure> {
        Ok(Self { unit, kind, opened: opened(sql, unit, kind)? })
    }

    /// Doses given since the book was opened, by vaccine and lot. Only vaccines are given by record.
    pub fn given(
        &self,
        sql: &mut dyn Sql,
        within: (Date, Date),
    ) -> Result<BTreeMap<(String, String), tram_store::stock::Given>, Failure> {
        match (self.kind, self.opened) {
            (ItemKind::Vaccine, Some(since)) => Ok(given(sql, self.unit, since, within)?),
            _ => Ok(BTreeMap::new()),
        }
    }

    pub fn given_by_day(
        &self,
        sql: &mut dyn Sql,
        item: &str,
        code: &str,
    ) -> Result<Vec<(Date, i64)>, Failure> {
        match (self.kind, self.opened) {
            (ItemKind::Vaccine, Some(since)) => {
                Ok(given_by_day(sql, self.unit, since, (item, code))?)
            }
            _ => Ok(Vec::new()),
        }
    }
}

fn line(defs: &Definitions, row: LotRow, given: i64, today: Date) -> LotLine {
    let storage = defs.storage_on(today);
    let near = add_days(today, i32::from(storage.soon_days));
    let expired = row.expires.is_some_and(|last| last < today);
    LotLine {
        given,
        balance: row.quantity - given,
        expired,
        soon: !expired && row.expires.is_some_and(|last| last <= near),
        spent: row.vvm.is_some_and(|stage| stage >= storage.discard_vvm),
        row,
    }
}

/// First to expire, first out: usable before unusable, then the earlier last day; of those that expire
/// together the one whose monitor is further on.
fn in_order_of_use(lots: &mut [LotLine]) {
    lots.sort_by(|a, b| {
        let order = |l: &LotLine| {
            let last = l.row.expires.map_or(i32::MAX, day_number);
            (l.row.item.clone(), !l.is_usable(), last, 4 - l.row.vvm.unwrap_or(0).min(4))
        };
        order(a).cmp(&order(b)).then_with(|| a.row.code.cmp(&b.row.code))
    });
}

impl App {
    /// The stock book of one's unit, or of another one in reach.
    pub fn stock(
        &self,
        actor: &Actor,
        id: Option<UnitId>,
        kind: ItemKind,
    ) -> Result<StockPage, Failure> {
        let (today, id) = (self.today(), id.unwrap_or(actor.unit));
        let defs = self.definitions();
        self.read(actor, Action::StockRead, Resource::Unit(id), |sql, reach| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let (opened, lots, strangers) = self.lines_of(sql, &defs, key, kind)?;
            let mut units = unit::units(sql, actor.unit_key, reach, today)?;
            units.retain(|unit| unit.kind.keeps_stock());
            let may_write = actor.may(Action::StockWrite);
            Ok(StockPage { unit: found, opened, lots, strangers, units, may_write })
        })
    }

    /// All lots of a unit in the order of use, and the doses given of lots it never had.
    fn lines_of(
        &self,
        sql: &mut dyn Sql,
        defs: &Definitions,
        unit: i64,
        kind: ItemKind,
    ) -> Result<Lines, Failure> {
        let today = self.today();
        let ledger = Ledger::of(sql, unit, kind)?;
        let mut given = ledger.given(sql, (today, today))?;
        let mut found = Vec::new();
        for row in lots(sql, unit, kind)? {
            let given = given.remove(&(row.item.clone(), row.code.clone())).unwrap_or_default();
            found.push(line(defs, row, given.all, today));
        }
        in_order_of_use(&mut found);
        let strangers =
            given.into_iter().map(|((item, lot), n)| Stranger { item, lot, given: n.all });
        Ok((ledger.opened, found, strangers.collect()))
    }

    /// Lots to choose from when doses are given: those of the book in the order of use, then those used in
    /// the last half year that the book does not know. What must not be used is not offered.
    pub fn offered_lots(&self, actor: &Actor) -> Result<Vec<OfferedLot>, Failure> {
        let defs = self.definitions();
        let since = add_months(self.today(), -6);
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, _| {
            let kind = ItemKind::Vaccine;
            let (_, lots, _) = self.lines_of(sql, &defs, actor.unit_key, kind)?;
            let in_book: BTreeSet<(String, String)> =
                lots.iter().map(|lot| (lot.row.item.clone(), lot.row.code.clone())).collect();
            let usable = lots.into_iter().filter(|lot| lot.is_usable() && lot.balance > 0);
            let mut offered: Vec<OfferedLot> = usable.map(OfferedLot::of_book).collect();
            for (vaccine, lot) in recent_lots(sql, actor.unit_key, since)? {
                if !in_book.contains(&(vaccine.clone(), lot_key(&lot))) {
                    offered.push(OfferedLot { vaccine, lot, expires: None, balance: None });
                }
            }
            Ok(offered)
        })
    }

    /// Whether a lot of one's own unit may be planned to be used today: why not, in a sentence.
    pub fn lot_objection(
        &self,
        actor: &Actor,
        vaccine: &str,
        lot: &str,
    ) -> Result<Vec<Message>, Failure> {
        let today = self.today();
        let id = lot_id(actor.unit, ItemKind::Vaccine, vaccine, lot);
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, _| {
            let known = states(sql, &[id])?;
            Ok(known.values().flat_map(|known| state(known).said_of_dose(today)).collect())
        })
    }

    /// The card of a lot with all that came and went.
    pub fn lot_page(&self, actor: &Actor, id: LotId) -> Result<LotPage, Failure> {
        let nodes = self.db.nodes();
        self.read(actor, Action::StockRead, Resource::InReach, |sql, _| {
            let facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            let lot = Lot::fold(id, &facts).ok_or(Failure::NotFound)?;
            self.check(sql, actor, Action::StockRead, Resource::Unit(lot.unit))?;
            let (key, _) = unit::key(sql, lot.unit.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let ledger = Ledger::of(sql, key, lot.kind)?;
            let code = lot_key(&lot.lot);
            let card = card(&lot, &ledger.given_by_day(sql, &lot.item, &code)?);
            let balance = card.last().map_or(0, |line| line.balance);
            let writers = lot.movements.iter().filter_map(|moved| moved.by);
            let users = names_of(sql, writers)?;
            let may_write = actor.may(Action::StockWrite);
            Ok(LotPage { lot, unit: found, balance, card, users, may_write })
        })
    }

    /// What must be said of the lots of doses that a unit gave: asked once for all doses of a visit.
    pub(crate) fn said_of_lots(
        sql: &mut dyn Sql,
        doses: &[DoseGiven],
        on: Date,
    ) -> Result<Vec<Message>, Failure> {
        let ids: Vec<LotId> = doses.iter().filter_map(lot_of).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let known = states(sql, &ids)?;
        Ok(known.values().flat_map(|known| state(known).said_of_dose(on)).collect())
    }

    /// The same for every dose on a card, each by the day it was given: what was found out later of a lot is
    /// said as well.
    pub(crate) fn said_of_card(
        sql: &mut dyn Sql,
        doses: &[On<DoseGiven>],
    ) -> Result<Vec<(FactRef, Message)>, Failure> {
        let of: Vec<(&On<DoseGiven>, LotId)> =
            doses.iter().filter_map(|dose| Some((dose, lot_of(&dose.what)?))).collect();
        if of.is_empty() {
            return Ok(Vec::new());
        }
        let ids: Vec<LotId> = of.iter().map(|(_, id)| *id).collect();
        let known = states(sql, &ids)?;
        let said = of.into_iter().filter_map(|(dose, id)| Some((dose, known.get(&id)?)));
        let said = said.flat_map(|(dose, lot)| {
            let messages = state(lot).said_of_dose(dose.day);
            messages.into_iter().map(|message| (dose.at, message))
        });
        Ok(said.collect())
    }
}

/// The lot a dose was taken from, when it was given by a unit and has a lot number.
fn lot_of(dose: &DoseGiven) -> Option<LotId> {
    let (giver, lot) = (dose.giver?, dose.lot.as_deref()?);
    Some(lot_id(giver, ItemKind::Vaccine, &dose.vaccine, lot))
}

fn state((lot, expires, blocked_since): &(String, Option<Date>, Option<Date>)) -> LotState<'_> {
    LotState { lot, expires: *expires, blocked_since: *blocked_since }
}

/// Names of users, each asked for once.
pub(crate) fn names_of(
    sql: &mut dyn Sql,
    users: impl Iterator<Item = UserId>,
) -> Result<BTreeMap<UserId, String>, Failure> {
    let mut names = BTreeMap::new();
    for user in users {
        if let Entry::Vacant(place) = names.entry(user) {
            place.insert(tram_store::session::user_name(sql, user)?.unwrap_or_default());
        }
    }
    Ok(names)
}
