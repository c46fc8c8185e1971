//! A save that is taken back at once leaves the tables as they were before it; on either engine.

mod common;

use common::crash::registration;
use common::{Station, TODAY, at_work, day, user};
use tram_app::immunisation::DoseForm;
use tram_app::person::{Amendment, Asking};
use tram_app::stock::Sent;
use tram_app::{App, Failure, Purpose};
use tram_domain::fact::{
    DoseGiven, ItemKind, LotRegistered, PersonChange, ResidenceEnded, StockReceived,
};
use tram_domain::stock::{Delivery, Wish, lot_id};
use tram_kernel::{LotId, PersonId};
use tram_store::dump::TableDigest;
use tram_store::trial::ENGINES;

const WHY: &str = "ghi nhầm, hoàn tác ngay";

fn last(s: &Station) -> String {
    let me = s.head.user.expect("somebody who signed in");
    s.app.recent_saves(me).expect("saves").first().expect("a save").set.clone()
}

fn tables(s: &Station) -> Vec<TableDigest> {
    s.app.digest().expect("digests")
}

fn code(answer: Result<tram_app::undo::Undone, Failure>) -> &'static str {
    match answer.expect_err("refused") {
        Failure::Refused { message, .. } => message.code,
        Failure::NotFound => "not-found",
        other => panic!("{other:?}"),
    }
}

fn someone(s: &Station, n: usize) -> PersonId {
    let form = registration(s.area_key(0), n);
    s.app.register_person(&s.head, &form, None).expect("registered").value
}

fn dose(s: &Station, id: PersonId) {
    let given = DoseGiven {
        vaccine: "TD".into(),
        minute: None,
        lot: Some("25F012".into()),
        site: None,
        giver: Some(s.unit),
        elsewhere: None,
        screened: true,
        temperature: None,
    };
    let mut form =
        DoseForm { person: id, doses: vec![given], on: day(TODAY), accepted: Vec::new() };
    if let Err(Failure::Confirm(said)) = s.app.record_doses(&s.head, &form, None) {
        form.accepted = said.iter().map(|message| message.code.to_owned()).collect();
        s.app.record_doses(&s.head, &form, None).expect("recorded");
    }
}

fn receive(s: &Station) -> LotId {
    let named = LotRegistered {
        unit: s.unit,
        kind: ItemKind::Vaccine,
        item: "SII".into(),
        lot: "KHO-1".into(),
        expires: Some(day("2027-12-31")),
        maker: None,
        per_pack: Some(1),
    };
    let id = lot_id(s.unit, ItemKind::Vaccine, "SII", "KHO-1");
    let (from, document, vvm, temperature, note) = Default::default();
    let body = StockReceived { quantity: 50, from, document, vvm, temperature, note };
    let line = Delivery { named, body };
    s.app.receive_stock(&s.head, s.unit, &[line], day(TODAY), &Sent::default()).expect("in");
    id
}

/// Every ordinary save, each on the one that was there before.
#[test]
fn tables_after_taking_a_save_back_are_those_before_it() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let id = someone(&s, 0);
        let asking = Asking { reason: Some("theo giấy tờ".into()), ..Asking::default() };
        let rename = || {
            let change = PersonChange::Occupation(Some("1".into()));
            let changes = [Amendment { change, seen: Vec::new() }];
            s.app.amend_person(&s.head, id, &changes, &asking).map(|_| ()).expect("amended");
        };
        let leave = || {
            let body = ResidenceEnded { reason: "other".into(), to_place: None };
            s.app.move_person_out(&s.head, id, day(TODAY), &body, &asking).expect("moved out");
        };
        let open = || {
            someone(&s, 1);
        };
        let give = || dose(&s, id);
        let store = || {
            receive(&s);
        };
        let saves: [(&str, &dyn Fn()); 5] = [
            ("a change of a record", &rename),
            ("a dose", &give),
            ("a move out", &leave),
            ("a new record", &open),
            ("a delivery", &store),
        ];
        for (what, save) in saves {
            let before = tables(&s);
            save();
            assert_ne!(tables(&s), before, "{engine:?}: {what} wrote nothing");
            let set = last(&s);
            s.app.undo(&s.head, &set, WHY).unwrap_or_else(|why| panic!("{what}: {why:?}"));
            assert_eq!(tables(&s), before, "{engine:?}: {what}");
            assert_eq!(code(s.app.undo(&s.head, &set, WHY)), "undo-too-late", "{what}: twice");
        }
        let folded = tables(&s);
        s.app.rebuild().expect("folded again");
        assert_eq!(tables(&s), folded, "{engine:?}: folded again");
    }
}

#[test]
fn what_others_build_on_stays() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let id = someone(&s, 0);
        let opening = last(&s);
        dose(&s, id);
        assert_eq!(code(s.app.undo(&s.head, &opening, WHY)), "undo-built-on", "a dose later");
        let mut child = registration(s.area_key(0), 2);
        let mother = someone(&s, 3);
        let opening = last(&s);
        child.mother = Some(mother);
        if let Err(Failure::Confirm(said)) = s.app.register_person(&s.head, &child, None) {
            child.accepted.extend(said.iter().map(|message| message.code.to_owned()));
            s.app.register_person(&s.head, &child, None).expect("registered");
        }
        assert_eq!(code(s.app.undo(&s.head, &opening, WHY)), "undo-built-on", "a child of hers");
        let lot = receive(&s);
        let delivery = last(&s);
        let wish = Wish::Count(49, Some("đếm lại".into()));
        let mut sent = Sent::default();
        if let Err(Failure::Confirm(said)) =
            s.app.change_lot(&s.head, lot, &wish, day(TODAY), &sent)
        {
            sent.accepted = said.iter().map(|message| message.code.to_owned()).collect();
            s.app.change_lot(&s.head, lot, &wish, day(TODAY), &sent).expect("counted");
        }
        assert_eq!(code(s.app.undo(&s.head, &delivery, WHY)), "undo-built-on", "counted later");
    }
}

#[test]
fn only_its_author_takes_a_save_back_and_only_for_a_while() {
    for engine in ENGINES {
        let s = Station::new(engine);
        someone(&s, 0);
        let set = last(&s);
        let operator = s.app.operator(s.unit).expect("an operator");
        let other = user(&s.app, &operator, "mai", "station_head", s.unit);
        assert_eq!(code(s.app.undo(&other, &set, WHY)), "undo-too-late", "somebody else");
        assert_eq!(code(s.app.undo(&operator, &set, WHY)), "not-found", "the operator");
        assert_eq!(code(s.app.undo(&s.head, "7", WHY)), "not-found", "no such name");
        let Station { app, head, trial, .. } = s;
        drop(app);
        let later = at_work("2026-01-17");
        let app = App::open(&trial.location, Purpose::Write("test"), later, &trial.folder);
        let app = app.expect("open the day after");
        assert_eq!(code(app.undo(&head, &set, WHY)), "undo-too-late", "the day after");
    }
}
