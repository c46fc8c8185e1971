//! The rows of a lot and of a fridge.

use super::{Keys, Rows};
use crate::error::Result;
use crate::table::{COLD_INCIDENT, FRIDGE, LOT, READING, STOCK_MOVE};
use crate::vals;
use std::collections::BTreeMap;
use tram_domain::cold_chain::Fridge;
use tram_domain::fact::ReadingSlot;
use tram_domain::stock::{Lot, Moved, lot_key};

pub(super) fn lot_rows(
    lot: &Lot,
    key: i64,
    shard: u32,
    keys: Keys<'_>,
    rows: &mut Rows,
) -> Result<()> {
    let unit = keys(lot.unit.into())?;
    let open: u32 = lot.vials.iter().filter(|v| !v.closed).map(|v| u32::from(v.vials)).sum();
    let row = vals![
        key,
        shard,
        unit,
        lot.kind.code(),
        &lot.item,
        &lot.lot,
        lot_key(&lot.lot),
        lot.last_day(),
        lot.maker.shown().as_deref(),
        *lot.per_pack.shown(),
        lot.sum(),
        lot.blocked_since(),
        lot.vvm.map(|(_, stage)| stage),
        open,
        lot.conflicts().len(),
    ];
    rows.push((&LOT, row.into()));
    for (n, moved) in lot.movements.iter().enumerate() {
        let reason = match &moved.what {
            Moved::Lost(body) => Some(body.reason.as_str()),
            _ => None,
        };
        let (code, quantity) = (moved.what.code(), moved.what.quantity());
        let row = vals![key, n, shard, moved.day, code, quantity, reason];
        rows.push((&STOCK_MOVE, row.into()));
    }
    Ok(())
}

pub(super) fn fridge_rows(
    fridge: &Fridge,
    key: i64,
    shard: u32,
    keys: Keys<'_>,
    rows: &mut Rows,
) -> Result<()> {
    let unit = keys(fridge.unit.into())?;
    let (name, model) = (&fridge.name, fridge.model.as_deref());
    let (since, retired) = (fridge.since, fridge.retired_on);
    rows.push((&FRIDGE, vals![key, shard, unit, name, model, since, retired].into()));
    // Of one slot of a day the last one written down stands; every extra reading does.
    let mut standing = BTreeMap::new();
    for (n, read) in fridge.readings.iter().enumerate() {
        let extra = if read.what.slot == ReadingSlot::Extra { n + 1 } else { 0 };
        standing.insert((read.day, read.what.slot, extra), &read.what);
    }
    for (n, ((day, slot, _), what)) in standing.into_iter().enumerate() {
        let row = vals![key, day, n, shard, slot.code(), i32::from(what.tenths), what.minute];
        rows.push((&READING, row.into()));
    }
    for (n, incident) in fridge.incidents.iter().enumerate() {
        let decision = incident.decided.last().map(|decided| decided.what.decision.as_str());
        let (on, until) = (incident.told.day, incident.told.what.until);
        rows.push((&COLD_INCIDENT, vals![key, n, shard, on, until, decision].into()));
    }
    Ok(())
}
