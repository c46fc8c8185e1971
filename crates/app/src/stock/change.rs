//! Writing in the stock book: deliveries of many lots, counts of many lots, what happens to one.

use super::Ledger;
use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use std::collections::BTreeSet;
use tram_defs::role::Action;
use tram_domain::fact::{Fact, ItemKind};
use tram_domain::stock::{self, Book, Delivery, Wish, act, lot_key, receive};
use tram_kernel::{Date, LotId, Message, UnitId};
use tram_store::{Tx, unit};

/// How a form of the book was sent.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// Codes of the warnings that were read and accepted.
    pub accepted: Vec<String>,
    pub command: Option<Command>,
}

impl App {
    /// Takes in a delivery: all its lots in one user action.
    pub fn receive_stock(
        &self,
        actor: &Actor,
        id: UnitId,
        deliveries: &[Delivery],
        on: Date,
        sent: &Sent,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::StockWrite, Resource::Unit(id))?;
            if already(tx, sent)? {
                return Ok(Done::quietly(()));
            }
            let mut ids = BTreeSet::new();
            for delivery in deliveries {
                if !ids.insert(delivery.id()) {
                    let twice = Message::new("stock-lot-twice");
                    return Err(Failure::refused(twice.with("lot", delivery.named.lot.as_str())));
                }
            }
            if ids.is_empty() {
                return Err(Failure::refused_field(Message::new("stock-no-line"), "lines"));
            }
            tx.expect(ids.into_iter().map(Into::into))?;
            let (key, shard) = unit::key(tx.sql(), id.into())?.ok_or(Failure::NotFound)?;
            let ledger = Ledger::of(tx.sql(), key, deliveries[0].named.kind)?;
            let (mut facts, mut said) = (Vec::new(), Vec::new());
            for delivery in deliveries {
                let lot = tx.lot(delivery.id())?;
                let defs = tx.definitions();
                let days = (on, today);
                let decided = receive(defs, lot.as_ref(), shard, delivery, days, ledger.opened)?;
                facts.extend(decided.facts);
                said.extend(decided.warnings.iter().map(stock::Warning::message));
            }
            self.write_book(tx, actor, ("stock.receive", facts, said), sent)
        })
    }

    /// Writes down what was counted of many lots.
    pub fn count_stock(
        &self,
        actor: &Actor,
        id: UnitId,
        counted: &[(LotId, u32, Option<String>)],
        on: Date,
        sent: &Sent,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::StockWrite, Resource::Unit(id))?;
            if already(tx, sent)? {
                return Ok(Done::quietly(()));
            }
            if counted.is_empty() {
                return Err(Failure::refused_field(Message::new("stock-none-counted"), "lines"));
            }
            tx.expect(counted.iter().map(|(lot, ..)| (*lot).into()))?;
            let (key, _) = unit::key(tx.sql(), id.into())?.ok_or(Failure::NotFound)?;
            let ledger = Ledger::of(tx.sql(), key, ItemKind::Vaccine)?;
            let given = ledger.given(tx.sql(), (today, today))?;
            let (mut facts, mut said) = (Vec::new(), Vec::new());
            for (lot, n, reason) in counted {
                let lot = tx.lot(*lot)?.filter(|lot| lot.unit == id).ok_or(Failure::NotFound)?;
                let used = given.get(&(lot.item.clone(), lot_key(&lot.lot)));
                let balance = lot.sum() - used.map_or(0, |used| used.all);
                let book = Book { balance, opened: ledger.opened };
                let wish = Wish::Count(*n, reason.clone());
                let decided = act(tx.definitions(), &lot, book, wish, (on, today))?;
                facts.extend(decided.facts);
                said.extend(decided.warnings.iter().map(stock::Warning::message));
            }
            self.write_book(tx, actor, ("stock.count", facts, said), sent)
        })
    }

    /// Writes down what happened to one lot.
    pub fn change_lot(
        &self,
        actor: &Actor,
        id: LotId,
        wish: &Wish,
        on: Date,
        sent: &Sent,
    ) -> Result<Done<()>, Failure> {
        let today = self.today();
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::StockWrite, Resource::InReach)?;
            let lot = tx.lot(id)?.ok_or(Failure::NotFound)?;
            self.check(tx.sql(), actor, Action::StockWrite, Resource::Unit(lot.unit))?;
            if already(tx, sent)? {
                return Ok(Done::quietly(()));
            }
            let (key, _) = unit::key(tx.sql(), lot.unit.into())?.ok_or(Failure::NotFound)?;
            let ledger = Ledger::of(tx.sql(), key, lot.kind)?;
            let given = ledger.given_by_day(tx.sql(), &lot.item, &lot_key(&lot.lot))?;
            let balance = lot.sum() - given.iter().map(|(_, n)| n).sum::<i64>();
            let book = Book { balance, opened: ledger.opened };
            let decided = act(tx.definitions(), &lot, book, wish.clone(), (on, today))?;
            let said = decided.warnings.iter().map(stock::Warning::message).collect();
            self.write_book(tx, actor, (action(wish), decided.facts, said), sent)
        })
    }

    /// Appends what was decided, once its warnings were read.
    fn write_book(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        (action, facts, mut warnings): (&'static str, Vec<Fact>, Vec<Message>),
        sent: &Sent,
    ) -> Result<Done<()>, Failure> {
        warnings.dedup();
        if let Some(open) = unaccepted(&warnings, &sent.accepted) {
            return Err(Failure::Confirm(open));
        }
        let draft = self.draft(actor, action, facts, &warnings, None);
        self.append(tx, actor, &draft)?;
        if let Some(command) = &sent.command {
            command.remember(tx, "done")?;
        }
        Ok(Done { value: (), warnings })
    }
}

/// Whether this very form was carried out before.
fn already(tx: &mut Tx<'_>, sent: &Sent) -> Result<bool, Failure> {
    match &sent.command {
        Some(command) => Ok(command.before(tx)?.is_some()),
        None => Ok(false),
    }
}

const fn action(wish: &Wish) -> &'static str {
    match wish {
        Wish::Issue(_) => "stock.issue",
        Wish::Lose(_) => "stock.lose",
        Wish::Count(..) => "stock.count",
        Wish::OpenVials(_) => "stock.open",
        Wish::Block(_) => "stock.block",
        Wish::Unblock(_) => "stock.unblock",
        Wish::Vvm(_) => "stock.vvm",
        Wish::Amend(..) => "stock.amend",
        Wish::Retract(..) => "stock.retract",
    }
}
