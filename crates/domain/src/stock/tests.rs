//! The book as a storekeeper meets it: two machines that worked apart, blocks, days that differ.

use super::*;
use crate::fact::{
    Body, FactRef, FactRetracted, Logged, LossKind, LotBlocked, LotRegistered, LotUnblocked,
    StockCounted, StockLost, StockReceived, VvmRead,
};
use tram_kernel::{Moment, NodeId, Shard};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn unit() -> UnitId {
    UnitId::from_u128(9)
}

fn at(node: u128, seq: u64) -> FactRef {
    FactRef { node: NodeId::from_u128(node), epoch: 1, seq, ordinal: 0 }
}

fn id() -> LotId {
    lot_id(unit(), ItemKind::Vaccine, "BCG", "26A1")
}

fn logged(node: u128, seq: u64, on: &str, body: impl Into<Body>) -> Logged {
    let shard: Shard = "04303".parse().expect("a code");
    Logged {
        at: at(node, seq),
        recorded_at: Moment::at(day(on), 720),
        by: None,
        unit: Some(unit()),
        fact: Fact::new(id().into(), shard, day(on), body.into()),
    }
}

fn named(expires: Option<&str>) -> LotRegistered {
    LotRegistered {
        unit: unit(),
        kind: ItemKind::Vaccine,
        item: "BCG".into(),
        lot: "26A1".into(),
        expires: expires.map(day),
        maker: None,
        per_pack: Some(10),
    }
}

fn received(quantity: u32) -> StockReceived {
    let (from, document, vvm, temperature, note) = Default::default();
    StockReceived { quantity, from, document, vvm, temperature, note }
}

fn lost(quantity: u32) -> StockLost {
    let (reason, kind) = ("opened".to_owned(), LossKind::Wasted);
    StockLost { quantity, kind, reason, document: None, note: None, vial: None }
}

fn fold(facts: &[Logged]) -> Lot {
    Lot::fold(id(), facts).expect("a lot")
}

#[test]
fn a_lot_is_the_same_however_it_is_typed_and_wherever() {
    let of = |lot: &str| lot_id(unit(), ItemKind::Vaccine, "BCG", lot);
    assert_eq!(of("26A1"), of(" 26 a1 "));
    assert_ne!(of("26A1"), of("26A7"));
    assert_ne!(of("26A1"), lot_id(UnitId::from_u128(8), ItemKind::Vaccine, "BCG", "26A1"));
    // The parts are kept apart: an item and a lot cannot be cut elsewhere to the same letters.
    let item = |item: &str, lot: &str| lot_id(unit(), ItemKind::Drug, item, lot);
    assert_ne!(item("AB", "C"), item("A", "BC"));
    // For ever: other machines have made the same one.
    assert_eq!(id().to_string(), "lo-ec5936b3da188129822192357cba9161");
}

#[test]
fn two_machines_that_worked_apart_add_up() {
    let one = [
        logged(1, 1, "2026-03-02", named(Some("2027-06-30"))),
        logged(1, 2, "2026-03-02", received(20)),
    ];
    let other = [
        logged(2, 1, "2026-03-03", named(Some("2027-06-30"))),
        logged(2, 2, "2026-03-03", received(10)),
        logged(2, 3, "2026-03-04", lost(4)),
    ];
    let mut all = [one.as_slice(), other.as_slice()].concat();
    let lot = fold(&all);
    assert_eq!((lot.sum(), lot.conflicts().len()), (26, 0));
    // Whatever order they arrive in.
    for turn in 0..all.len() {
        all.rotate_left(1);
        assert_eq!(fold(&all), lot, "turn {turn}");
    }
    all.reverse();
    assert_eq!(fold(&all), lot);
}

#[test]
fn days_that_differ_stand_side_by_side_and_the_earlier_is_used() {
    let lot = fold(&[
        logged(1, 1, "2026-03-02", named(Some("2027-06-30"))),
        logged(2, 1, "2026-03-03", named(Some("2027-05-31"))),
    ]);
    assert_eq!((lot.conflicts(), lot.last_day()), (vec!["expires"], Some(day("2027-05-31"))));
    // A machine that did not know it says nothing against it.
    let lot = fold(&[
        logged(1, 1, "2026-03-02", named(None)),
        logged(2, 1, "2026-03-03", named(Some("2027-05-31"))),
        logged(3, 1, "2026-03-04", named(None)),
    ]);
    assert_eq!((lot.conflicts().len(), lot.last_day()), (0, Some(day("2027-05-31"))));
}

#[test]
fn a_block_nobody_saw_stays() {
    let block = || LotBlocked { reason: "aefi".into(), note: None };
    let lift = LotUnblocked { seen: vec![at(1, 2)], reason: "kết luận".into() };
    let mut facts = vec![
        logged(1, 1, "2026-03-02", named(None)),
        logged(1, 2, "2026-03-10", block()),
        logged(1, 3, "2026-03-20", lift),
    ];
    assert_eq!(fold(&facts).blocked_since(), None);
    facts.push(logged(2, 1, "2026-03-12", block()));
    assert_eq!(fold(&facts).blocked_since(), Some(day("2026-03-12")));
}

#[test]
fn a_count_moves_the_difference_and_may_be_taken_back() {
    let count = StockCounted { counted: 7, book: 10, reason: None };
    let mut facts = vec![
        logged(1, 1, "2026-03-02", named(None)),
        logged(1, 2, "2026-03-02", received(10)),
        logged(1, 3, "2026-03-09", count),
    ];
    assert_eq!(fold(&facts).sum(), 7);
    let back = FactRetracted { what: at(1, 3), reason: "đếm nhầm tủ".into() };
    facts.push(logged(1, 4, "2026-03-10", back));
    assert_eq!(fold(&facts).sum(), 10);
}

#[test]
fn the_card_goes_below_nought_and_says_so() {
    let lot =
        fold(&[logged(1, 1, "2026-03-02", named(None)), logged(1, 2, "2026-03-05", received(2))]);
    let given = [(day("2026-03-03"), 1), (day("2026-03-05"), 3)];
    let lines: Vec<(i64, i64, i64)> =
        card(&lot, &given).iter().map(|line| (line.came, line.left, line.balance)).collect();
    assert_eq!(lines, [(0, 1, -1), (2, 0, 1), (0, 3, -2)]);
}

#[test]
fn a_monitor_only_gets_darker() {
    let look = |stage| VvmRead { stage };
    let lot = fold(&[
        logged(1, 1, "2026-03-02", named(None)),
        logged(1, 2, "2026-03-09", look(2)),
        logged(2, 1, "2026-03-09", look(3)),
    ]);
    assert_eq!(lot.vvm, Some((day("2026-03-09"), 3)));
}

#[test]
fn a_dose_of_a_bad_lot_is_told_by_its_day() {
    let said = |on: &str| {
        let (expires, blocked_since) = (Some(day("2026-03-31")), Some(day("2026-03-10")));
        let state = LotState { lot: "26A1", expires, blocked_since };
        state.said_of_dose(day(on)).iter().map(|message| message.code).collect::<Vec<_>>()
    };
    assert_eq!(said("2026-03-09"), Vec::<&str>::new());
    assert_eq!(said("2026-03-31"), ["warn-dose-lot-blocked"]);
    assert_eq!(said("2026-04-01"), ["warn-dose-lot-expired", "warn-dose-lot-blocked"]);
}
