//! The cold chain at work: fridges of a unit, readings, incidents.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::Failure;
use crate::opening::App;
use crate::stock::names_of;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::role::Action;
use tram_domain::cold_chain::{Fridge, Wish, act, register};
use tram_domain::fact::{FridgeRegistered, ItemKind, ReadingSlot, TemperatureRead};
use tram_kernel::day::add_days;
use tram_kernel::{Date, FridgeId, LotId, Message, Period, UnitId, UserId, text};
pub use tram_store::cold_chain::{FridgeRow, ReadingRow};
use tram_store::cold_chain::{fridges, readings, undecided};
use tram_store::unit::{self, UnitRow};

/// The fridges of a unit with the readings of a period.
#[derive(Debug, Clone)]
pub struct ColdPage {
    pub unit: UnitRow,
    pub first: Date,
    pub last: Date,
    pub fridges: Vec<FridgeRow>,
    pub readings: Vec<ReadingRow>,
    pub may_write: bool,
}

impl ColdPage {
    /// The reading that stands for a slot of a day.
    pub fn reading(&self, fridge: i64, day: Date, slot: ReadingSlot) -> Option<&ReadingRow> {
        self.readings.iter().find(|r| (r.fridge, r.day, r.slot) == (fridge, day, slot))
    }

    /// Readings that should be there: each used fridge, each asked slot, each day up to today.
    pub fn missing(&self, fridge: &FridgeRow, today: Date, minute: u16) -> usize {
        let mut missing = 0;
        let mut day = self.first;
        while day <= self.last.min(today) {
            let asked = ReadingSlot::ASKED.into_iter().filter(|slot| {
                // Noon has not come yet: the second reading of today is not missing.
                day < today || *slot == ReadingSlot::Morning || minute >= 12 * 60
            });
            if fridge.is_used_on(day) {
                missing += asked.filter(|s| self.reading(fridge.key, day, *s).is_none()).count();
            }
            day = add_days(day, 1);
        }
        missing
    }
}

/// One fridge with everything that happened to it.
#[derive(Debug, Clone)]
pub struct FridgePage {
    pub fridge: Fridge,
    pub unit: UnitRow,
    /// Item and lot of everything an incident names.
    pub lots: BTreeMap<LotId, (String, String)>,
    pub users: BTreeMap<UserId, String>,
    pub may_write: bool,
}

/// What the first page says of the cold chain of one's unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ColdDue {
    /// Readings of today and yesterday that are missing.
    pub missing: usize,
    /// Incidents about whose lots nothing was decided yet.
    pub undecided: i64,
}

/// A reading of one fridge on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub fridge: FridgeId,
    pub on: Date,
    pub what: TemperatureRead,
}

impl App {
    /// The fridges of one's unit, or of another one in reach, with the readings of a period.
    pub fn cold_chain(
        &self,
        actor: &Actor,
        id: Option<UnitId>,
        (first, last): (Date, Date),
    ) -> Result<ColdPage, Failure> {
        let id = id.unwrap_or(actor.unit);
        self.read(actor, Action::StockRead, Resource::Unit(id), |sql, _| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let (fridges, readings) = (fridges(sql, key)?, readings(sql, key, (first, last))?);
            let may_write = actor.may(Action::ColdChainWrite);
            Ok(ColdPage { unit: found, first, last, fridges, readings, may_write })
        })
    }

    /// What is missing today in the cold chain of one's own unit.
    pub fn cold_due(&self, actor: &Actor) -> Result<ColdDue, Failure> {
        let today = self.today();
        let page = self.cold_chain(actor, None, (add_days(today, -1), today))?;
        let minute = self.now().minute();
        let missing = page.fridges.iter().map(|f| page.missing(f, today, minute)).sum();
        let undecided = self.db.read(|sql| undecided(sql, actor.unit_key))?;
        Ok(ColdDue { missing, undecided })
    }

    pub fn fridge_page(&self, actor: &Actor, id: FridgeId) -> Result<FridgePage, Failure> {
        let nodes = self.db.nodes();
        self.read(actor, Action::StockRead, Resource::InReach, |sql, _| {
            let facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
            let fridge = Fridge::fold(id, &facts).ok_or(Failure::NotFound)?;
            self.check(sql, actor, Action::StockRead, Resource::Unit(fridge.unit))?;
            let (key, _) = unit::key(sql, fridge.unit.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let users = names_of(sql, fridge.readings.iter().filter_map(|read| read.by))?;
            let may_write = actor.may(Action::ColdChainWrite);
            let named = fridge.incidents.iter().any(|incident| !incident.told.what.lots.is_empty());
            let known = match named {
                true => tram_store::stock::lots(sql, key, ItemKind::Vaccine)?,
                false => Vec::new(),
            };
            let lots = known.into_iter().map(|lot| (lot.id, (lot.item, lot.lot))).collect();
            Ok(FridgePage { fridge, unit: found, lots, users, may_write })
        })
    }

    /// Opens the page of a fridge.
    pub fn add_fridge(
        &self,
        actor: &Actor,
        body: &FridgeRegistered,
        since: Date,
        command: Option<Command>,
    ) -> Result<FridgeId, Failure> {
        let (id, today) = (FridgeId::from_u128(self.new_id()), self.today());
        let name = text::clean(&body.name, 100)
            .map_err(|_| Failure::refused_field(Message::new("field-missing"), "name"))?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ColdChainWrite, Resource::Unit(body.unit))?;
            if let Some(command) = command
                && let Some(before) = command.before(tx)?
            {
                return Ok(before.parse().unwrap_or(id));
            }
            let (_, shard) = unit::key(tx.sql(), body.unit.into())?.ok_or(Failure::NotFound)?;
            let body = FridgeRegistered { name: name.clone(), ..body.clone() };
            let fact = register(id, shard, body, (since, today))?;
            let draft = self.draft(actor, "coldchain.fridge", vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(id)
        })
    }

    /// Writes down readings of many fridges and days in one user action. What says the same as before is
    /// left alone; answers how many were written.
    pub fn read_temperatures(
        &self,
        actor: &Actor,
        readings: &[Reading],
        command: Option<Command>,
    ) -> Result<usize, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ColdChainWrite, Resource::InReach)?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(0);
            }
            tx.expect(readings.iter().map(|reading| reading.fridge.into()))?;
            let (mut facts, mut ours) = (Vec::new(), BTreeSet::new());
            for Reading { fridge, on, what } in readings {
                let fridge = tx.fridge(*fridge)?.ok_or(Failure::NotFound)?;
                if ours.insert(fridge.unit) {
                    let whose = Resource::Unit(fridge.unit);
                    self.check(tx.sql(), actor, Action::ColdChainWrite, whose)?;
                }
                let known = fridge.reading(*on, what.slot);
                if known.is_some_and(|read| read.what.tenths == what.tenths) {
                    continue;
                }
                let wish = Wish::Read(what.clone());
                facts.push(act(tx.definitions(), &fridge, wish, (*on, today))?);
            }
            let written = facts.len();
            if written > 0 {
                let draft = self.draft(actor, "coldchain.read", facts, &[], None);
                self.append(tx, actor, &draft)?;
            }
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(written)
        })
    }

    /// An incident, what became of it, the end of a fridge, a reading taken back.
    pub fn change_fridge(
        &self,
        actor: &Actor,
        id: FridgeId,
        wish: &Wish,
        on: Date,
        command: Option<Command>,
    ) -> Result<(), Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ColdChainWrite, Resource::InReach)?;
            let fridge = tx.fridge(id)?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::ColdChainWrite, Resource::Unit(fridge.unit))?;
            if let Some(command) = command
                && command.before(tx)?.is_some()
            {
                return Ok(());
            }
            let fact = act(tx.definitions(), &fridge, wish.clone(), (on, today))?;
            let action = match wish {
                Wish::Read(_) => "coldchain.read",
                Wish::Incident(_) => "coldchain.incident",
                Wish::Decide(_) => "coldchain.decide",
                Wish::Retire(_) => "coldchain.retire",
                Wish::Retract(..) => "coldchain.retract",
            };
            let draft = self.draft(actor, action, vec![fact], &[], None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, "done")?;
            }
            Ok(())
        })
    }

    /// The sheet of a month: its days, whatever part of it has passed.
    pub fn cold_month(
        &self,
        actor: &Actor,
        id: Option<UnitId>,
        month: Period,
    ) -> Result<ColdPage, Failure> {
        self.cold_chain(actor, id, (month.first(), month.last()))
    }
}
