//! The stock book, the cold chain, adverse events.

use super::{Deed, Scene, Seen, among, deed, done};
use crate::common::day;
use tram_app::Failure;
use tram_app::aefi::AefiForm;
use tram_app::cold_chain::Reading;
use tram_app::stock::Sent;
use tram_domain::cold_chain;
use tram_domain::fact::{
    AefiFollowed, AefiRecorded, FactRef, FridgeRegistered, ItemKind, LotRegistered, ReadingSlot,
    StockReceived, TemperatureRead,
};
use tram_domain::immunisation::AefiWish;
use tram_domain::stock::{Delivery, Wish, lot_id};
use tram_kernel::{FridgeId, LotId, Period};

const VACCINE: &str = "SII";

/// The lot of the target; in its book from the first time it is asked about.
fn lot(s: &Scene<'_>) -> LotId {
    let id = lot_id(s.at.unit, ItemKind::Vaccine, VACCINE, "KHO-1");
    if s.app.lot_page(&s.at.operator, id).is_err() {
        let by = &s.at.operator;
        let lines = [delivery(s, "KHO-1")];
        s.app.receive_stock(by, s.at.unit, &lines, s.app.today(), &Sent::default()).expect("in");
    }
    id
}

fn delivery(s: &Scene<'_>, lot: &str) -> Delivery {
    let named = LotRegistered {
        unit: s.at.unit,
        kind: ItemKind::Vaccine,
        item: VACCINE.into(),
        lot: lot.into(),
        expires: Some(day("2027-12-31")),
        maker: None,
        per_pack: Some(1),
    };
    let (from, document, vvm, temperature, note) = Default::default();
    Delivery { named, body: StockReceived { quantity: 10, from, document, vvm, temperature, note } }
}

fn fridge_body(s: &Scene<'_>) -> FridgeRegistered {
    FridgeRegistered { unit: s.at.unit, name: "Tủ 1".into(), model: None }
}

/// The fridge of the target.
fn fridge(s: &Scene<'_>) -> FridgeId {
    let by = &s.at.operator;
    let today = s.app.today();
    let page = s.app.cold_chain(by, None, (today, today)).expect("fridges");
    match page.fridges.first() {
        Some(fridge) => fridge.id,
        None => s.app.add_fridge(by, &fridge_body(s), today, None).expect("a fridge"),
    }
}

fn event_of(s: &Scene<'_>, severe: bool) -> AefiForm {
    let page = s.app.person_page(&s.at.operator, s.at.child).expect("a record");
    let dose = page.view.person.doses.last().expect("a dose");
    let body = AefiRecorded {
        doses: vec![dose.at],
        severe,
        minute: None,
        signs: vec!["local".into()],
        told: None,
        degree: None,
        care: None,
        outcome: "watching".into(),
        noticed_on: dose.day,
        noticed_minute: 600,
        unit: s.at.unit,
    };
    AefiForm { person: s.at.child, body, on: dose.day }
}

/// An event on the record of the target's child.
fn event(s: &Scene<'_>) -> FactRef {
    let known = |s: &Scene<'_>| {
        let page = s.app.person_page(&s.at.operator, s.at.child).expect("a record");
        page.view.person.aefi.first().map(|aefi| aefi.event.at)
    };
    if known(s).is_none() {
        let form = event_of(s, true);
        s.app.record_aefi(&s.at.operator, &form, &Sent::default()).expect("recorded");
    }
    known(s).expect("an event")
}

fn month(s: &Scene<'_>) -> Period {
    Period::month_of(s.app.today())
}

/// A question about the asker's own unit: the target's answer when it is the same.
fn own<T>(s: &Scene<'_>, answer: Result<T, Failure>) -> Seen {
    answer.map(|_| s.actor.unit == s.at.unit)
}

pub const READS: &[Deed] = &[
    deed("stock", |s| done(s.app.stock(s.actor, Some(s.at.unit), ItemKind::Vaccine))),
    deed("lot_page", |s| {
        let id = lot(s);
        done(s.app.lot_page(s.actor, id))
    }),
    deed("lot_objection", |s| own(s, s.app.lot_objection(s.actor, VACCINE, "KHO-1"))),
    deed("stock_month", |s| done(s.app.stock_month(s.actor, Some(s.at.unit), month(s)))),
    deed("cold_chain", |s| {
        let today = s.app.today();
        done(s.app.cold_chain(s.actor, Some(s.at.unit), (today, today)))
    }),
    deed("cold_month", |s| done(s.app.cold_month(s.actor, Some(s.at.unit), month(s)))),
    deed("cold_due", |s| own(s, s.app.cold_due(s.actor))),
    deed("fridge_page", |s| {
        let id = fridge(s);
        done(s.app.fridge_page(s.actor, id))
    }),
    deed("adverse_events", |s| {
        event(s);
        among(s.app.adverse_events(s.actor), |row| row.person.id == s.at.child)
    }),
    deed("untold_events", |s| {
        event(s);
        among(s.app.untold_events(s.actor), |row| row.person.id == s.at.child)
    }),
];

pub const WRITES: &[Deed] = &[
    deed("receive_stock", |s| {
        let (lines, today) = ([delivery(s, "KHO-2")], s.app.today());
        done(s.app.receive_stock(s.actor, s.at.unit, &lines, today, &Sent::default()))
    }),
    deed("count_stock", |s| {
        let (lots, today) = ([(lot(s), 10, None)], s.app.today());
        done(s.app.count_stock(s.actor, s.at.unit, &lots, today, &Sent::default()))
    }),
    deed("change_lot", |s| {
        let (id, today) = (lot(s), s.app.today());
        done(s.app.change_lot(s.actor, id, &Wish::Count(9, None), today, &Sent::default()))
    }),
    deed("add_fridge", |s| done(s.app.add_fridge(s.actor, &fridge_body(s), s.app.today(), None))),
    deed("read_temperatures", |s| {
        let what =
            TemperatureRead { slot: ReadingSlot::Extra, tenths: 45, minute: None, note: None };
        let reading = Reading { fridge: fridge(s), on: s.app.today(), what };
        done(s.app.read_temperatures(s.actor, &[reading], None))
    }),
    deed("change_fridge", |s| {
        let what =
            TemperatureRead { slot: ReadingSlot::Morning, tenths: 46, minute: None, note: None };
        let (id, wish) = (fridge(s), cold_chain::Wish::Read(what));
        done(s.app.change_fridge(s.actor, id, &wish, s.app.today(), None))
    }),
    deed("record_aefi", |s| {
        done(s.app.record_aefi(s.actor, &event_of(s, false), &Sent::default()))
    }),
    deed("follow_aefi", |s| {
        let body = AefiFollowed { aefi: event(s), outcome: "recovered".into(), told: None };
        let wish = AefiWish::Follow(body);
        done(s.app.follow_aefi(s.actor, s.at.child, &wish, s.app.today(), None))
    }),
];
