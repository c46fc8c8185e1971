//! The stock card of a lot: movements and doses given, in the order of days, with what was left after each.

use super::{Lot, Movement};
use tram_kernel::Date;

/// One line of the card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardLine {
    pub day: Date,
    /// `None` for the doses given to people on that day.
    pub moved: Option<Movement>,
    pub came: i64,
    pub left: i64,
    pub balance: i64,
}

/// The card; `given` are doses by day, in the order of days. On one day what came stands before what was
/// given, and what was counted comes last.
pub fn card(lot: &Lot, given: &[(Date, i64)]) -> Vec<CardLine> {
    let mut lines: Vec<(Date, u8, Option<Movement>, i64)> = Vec::new();
    for moved in &lot.movements {
        let quantity = moved.what.quantity();
        let place = match moved.what.code() {
            "received" => 0,
            "counted" => 3,
            _ => 2,
        };
        lines.push((moved.day, place, Some(moved.clone()), quantity));
    }
    lines.extend(given.iter().map(|(day, n)| (*day, 1, None, -n)));
    lines.sort_by_key(|(day, place, ..)| (*day, *place));
    let mut balance = 0;
    let line = |(day, _, moved, quantity): (Date, u8, Option<Movement>, i64)| {
        balance += quantity;
        CardLine { day, moved, came: quantity.max(0), left: (-quantity).max(0), balance }
    };
    lines.into_iter().map(line).collect()
}
