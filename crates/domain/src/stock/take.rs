//! Taking a lot in, and blocking one that may never have been taken in.

use super::record::{check_day, check_quantity, is_listed};
use super::{Decided, Lot, Refusal, Warning, lot_id};
use crate::fact::{
    Body, Fact, ItemKind, LotAmended, LotBlocked, LotChange, LotRegistered, StockReceived,
};
use tram_defs::Definitions;
use tram_kernel::{Date, LotId, Shard};

/// One line of a delivery note: the lot as printed on the box, and what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub named: LotRegistered,
    pub body: StockReceived,
}

impl Delivery {
    pub fn id(&self) -> LotId {
        named_id(&self.named)
    }
}

fn named_id(named: &LotRegistered) -> LotId {
    lot_id(named.unit, named.kind, &named.item, &named.lot)
}

/// Whether the item is known; only vaccines have a list of items so far.
fn check_item(defs: &Definitions, named: &LotRegistered) -> Result<(), Refusal> {
    if super::lot_key(&named.lot).is_empty() {
        return Err(Refusal::NoLot);
    }
    let known = match named.kind {
        ItemKind::Vaccine => defs.vaccine(&named.item).is_some(),
        ItemKind::Drug | ItemKind::Supply => !named.item.is_empty(),
    };
    if known { Ok(()) } else { Err(Refusal::UnknownItem { item: named.item.clone() }) }
}

/// The facts of a lot that comes in. `lot` is what the book knows of it, `opened` the first day of the
/// book of this unit.
pub fn receive(
    defs: &Definitions,
    lot: Option<&Lot>,
    shard: Shard,
    delivery: &Delivery,
    (on, today): (Date, Date),
    opened: Option<Date>,
) -> Result<Decided, Refusal> {
    let Delivery { named, body } = delivery;
    check_day(on, today)?;
    check_item(defs, named)?;
    check_quantity(body.quantity)?;
    if body.vvm.is_some_and(|stage| !(1..=4).contains(&stage)) {
        return Err(Refusal::BadVvm);
    }
    let mut decided = Decided::default();
    let fact = |body: Body| Fact::new(delivery.id().into(), shard, on, body);
    match lot {
        None => decided.facts.push(fact(named.clone().into())),
        Some(lot) => {
            let changes = fill(lot, named, &mut decided.warnings);
            decided.facts.extend(changes.into_iter().map(|change| fact(change.into())));
        }
    }
    decided.facts.push(fact(body.clone().into()));
    decided.warnings.extend(said(defs, delivery, on, opened));
    Ok(decided)
}

/// What the box says and the book did not know yet; another last day stands beside the known one.
fn fill(lot: &Lot, named: &LotRegistered, warnings: &mut Vec<Warning>) -> Vec<LotAmended> {
    let mut changes = Vec::new();
    let mut change = |change, seen| changes.push(LotAmended { change, seen, reason: None });
    match (*lot.expires.shown(), named.expires) {
        (None, Some(_)) => change(LotChange::Expires(named.expires), lot.expires.seen()),
        (Some(_), Some(said)) if !lot.expires.heads().iter().any(|(_, day)| *day == Some(said)) => {
            let known = lot.last_day().unwrap_or(said);
            warnings.push(Warning::OtherLastDay { lot: lot.lot.clone(), known });
            change(LotChange::Expires(named.expires), Vec::new());
        }
        _ => {}
    }
    if lot.maker.shown().is_none() && named.maker.is_some() {
        change(LotChange::Maker(named.maker.clone()), lot.maker.seen());
    }
    if lot.per_pack.shown().is_none() && named.per_pack.is_some() {
        change(LotChange::PerPack(named.per_pack), lot.per_pack.seen());
    }
    changes
}

fn said(defs: &Definitions, delivery: &Delivery, on: Date, opened: Option<Date>) -> Vec<Warning> {
    let Delivery { named, body } = delivery;
    let (storage, lot) = (defs.storage_on(on), || named.lot.clone());
    let mut warnings = Vec::new();
    if let Some(last) = named.expires.filter(|last| *last < on) {
        warnings.push(Warning::CameExpired { lot: lot(), last });
    }
    if let Some(stage) = body.vvm.filter(|stage| *stage >= storage.discard_vvm) {
        warnings.push(Warning::Spent { lot: lot(), stage });
    }
    if let Some(tenths) = body.temperature.filter(|t| storage.is_out_of_range(*t)) {
        let (low, high) = (storage.low, storage.high);
        warnings.push(Warning::Temperature { tenths, low, high });
    }
    if let Some(n) = named.per_pack.filter(|n| *n > 0 && body.quantity % u32::from(*n) != 0) {
        warnings.push(Warning::NotWhole { lot: lot(), per_pack: n });
    }
    if let Some(opened) = opened.filter(|opened| on < *opened) {
        warnings.push(Warning::BeforeOpening { opened });
    }
    warnings
}

/// Blocks a lot at a unit, known there or not: what may still turn up must not be used.
pub fn block(
    defs: &Definitions,
    lot: Option<&Lot>,
    shard: Shard,
    named: &LotRegistered,
    what: LotBlocked,
    on: Date,
) -> Result<Vec<Fact>, Refusal> {
    check_item(defs, named)?;
    if !is_listed(defs, "lot_block_reason", &what.reason) {
        return Err(Refusal::UnknownReason { reason: what.reason });
    }
    let fact = |body: Body| Fact::new(named_id(named).into(), shard, on, body);
    let mut facts = Vec::new();
    if lot.is_none() {
        facts.push(fact(named.clone().into()));
    }
    facts.push(fact(what.into()));
    Ok(facts)
}
