//! The stock book of a month, or any period: what stood at its beginning, came, went and stands at its end.

use super::Ledger;
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use tram_defs::role::Action;
use tram_domain::fact::ItemKind;
use tram_kernel::{Date, Period, Share, UnitId};
use tram_store::stock::{LotRow, lots, moved};
use tram_store::unit::{self, UnitRow};

/// One lot in a period, in smallest parts. What left is positive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthRow {
    pub item: String,
    /// `None` for doses of a lot the book never took in, or without one.
    pub lot: Option<LotRow>,
    /// As written on the record of the dose, when there is no lot in the book.
    pub lot_name: String,
    pub opening: i64,
    pub received: i64,
    pub given: i64,
    pub wasted: i64,
    pub transferred: i64,
    pub returned: i64,
    pub destroyed: i64,
    /// What counting found more or less than the book.
    pub counted: i64,
    pub closing: i64,
}

impl MonthRow {
    /// Wasted out of all that was used: given and wasted. Whole vials that were destroyed are a column of
    /// their own.
    pub const fn wastage(&self) -> Share {
        Share::new(self.wasted, self.given + self.wasted)
    }

    pub fn add(&mut self, other: &Self) {
        self.opening += other.opening;
        self.received += other.received;
        self.given += other.given;
        self.wasted += other.wasted;
        self.transferred += other.transferred;
        self.returned += other.returned;
        self.destroyed += other.destroyed;
        self.counted += other.counted;
        self.closing += other.closing;
    }

    fn is_still(&self) -> bool {
        let moves = [
            self.opening,
            self.received,
            self.given,
            self.wasted,
            self.transferred,
            self.returned,
            self.destroyed,
            self.counted,
            self.closing,
        ];
        moves.into_iter().all(|n| n == 0)
    }

    fn moved(&mut self, code: &str, before: i64, within: i64) {
        self.opening += before;
        match code {
            "received" => self.received += within,
            "wasted" => self.wasted -= within,
            "transfer" => self.transferred -= within,
            "return" => self.returned -= within,
            "destroyed" => self.destroyed -= within,
            _ => self.counted += within,
        }
        self.closing += before + within;
    }
}

/// The report of a period.
#[derive(Debug, Clone)]
pub struct StockMonth {
    pub unit: UnitRow,
    pub period: Period,
    pub opened: Option<Date>,
    /// By item, then lot; lots that stood still at nought are left out.
    pub rows: Vec<MonthRow>,
}

impl StockMonth {
    /// The rows of each item summed up.
    pub fn by_item(&self) -> BTreeMap<&str, MonthRow> {
        let mut sums: BTreeMap<&str, MonthRow> = BTreeMap::new();
        for row in &self.rows {
            sums.entry(&row.item).or_default().add(row);
        }
        sums
    }
}

impl App {
    /// What a unit had, took in, used and has left in a period.
    pub fn stock_month(
        &self,
        actor: &Actor,
        id: Option<UnitId>,
        period: Period,
    ) -> Result<StockMonth, Failure> {
        let id = id.unwrap_or(actor.unit);
        self.read(actor, Action::StockRead, Resource::Unit(id), |sql, _| {
            let (key, _) = unit::key(sql, id.into())?.ok_or(Failure::NotFound)?;
            let found = unit::unit(sql, key)?.ok_or(Failure::NotFound)?;
            let kind = ItemKind::Vaccine;
            let days = (period.first(), period.last());
            let ledger = Ledger::of(sql, key, kind)?;
            let mut given = ledger.given(sql, days)?;
            let mut rows: BTreeMap<i64, MonthRow> = BTreeMap::new();
            for lot in lots(sql, key, kind)? {
                let used = given.remove(&(lot.item.clone(), lot.code.clone())).unwrap_or_default();
                let row = MonthRow {
                    item: lot.item.clone(),
                    lot_name: lot.lot.clone(),
                    opening: -used.before,
                    given: used.within,
                    closing: -used.before - used.within,
                    ..MonthRow::default()
                };
                rows.insert(lot.key, MonthRow { lot: Some(lot), ..row });
            }
            for sum in moved(sql, key, kind, days)? {
                if let Some(row) = rows.get_mut(&sum.lot) {
                    row.moved(&sum.code, sum.before, sum.within);
                }
            }
            let mut rows: Vec<MonthRow> = rows.into_values().collect();
            rows.extend(given.into_iter().map(|((item, lot_name), used)| MonthRow {
                item,
                lot_name,
                opening: -used.before,
                given: used.within,
                closing: -used.before - used.within,
                ..MonthRow::default()
            }));
            rows.retain(|row| !row.is_still());
            let last = |row: &MonthRow| row.lot.as_ref().and_then(|lot| lot.expires);
            rows.sort_by(|a, b| {
                (&a.item, last(a), &a.lot_name).cmp(&(&b.item, last(b), &b.lot_name))
            });
            Ok(StockMonth { unit: found, period, opened: ledger.opened, rows })
        })
    }
}
