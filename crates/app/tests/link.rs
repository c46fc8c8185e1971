//! Records of one person are linked and parted again; families registered twice; on both engines.

mod common;

use common::{Station, day};
use std::collections::BTreeSet;
use tram_app::household::HouseholdForm;
use tram_app::immunisation::DoseForm;
use tram_app::indicator::Question;
use tram_app::person::{Asking, MoveForm, Registration};
use tram_app::{Command, Failure};
use tram_domain::fact::{DoseGiven, IdentifierRecorded, ResidenceKind};
use tram_domain::person::link::{Choices, Whose};
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, HouseholdId, Period, PersonId, Sex, Share};
use tram_store::dump::TableDigest;
use tram_store::trial::ENGINES;

/// What is said of a dose that comes early or out of order.
const TOLD: [&str; 4] = ["warn-too-early", "warn-too-soon", "warn-out-of-order", "warn-interval"];
const ACCEPTED: [&str; 6] = [
    "warn-same-person",
    "warn-number-held",
    "warn-linked-sex-differs",
    "warn-linked-birth-differs",
    "warn-linked-number-differs",
    "warn-birth-day-missing",
];

fn accepting() -> Asking {
    Asking { accepted: ACCEPTED.map(str::to_owned).into(), ..Asking::default() }
}

fn keeping() -> Choices {
    Choices { from_other: BTreeSet::new(), home: Whose::Kept, reason: None }
}

struct New<'a> {
    name: &'a str,
    sex: Sex,
    born: &'a str,
    household: Option<(HouseholdId, &'a str)>,
    mother: Option<PersonId>,
    phone: Option<&'a str>,
    since: &'a str,
}

fn add(s: &Station, new: &New<'_>) -> PersonId {
    let form = Registration {
        name: new.name.into(),
        sex: new.sex,
        born: BirthDate::parse(new.born, day(common::TODAY)).expect("a birth date"),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: new.phone.map(str::to_owned),
        mother: new.mother,
        mother_name: None,
        identifiers: Vec::new(),
        area: s.area_key(0),
        residence: ResidenceKind::Permanent,
        since: Some(day(new.since)),
        move_reason: "registered".into(),
        from_place: None,
        household: new.household.map(|(id, relation)| (id, relation.to_owned())),
        accepted: ACCEPTED.map(str::to_owned).into(),
    };
    s.app.register_person(&s.head, &form, None).expect("registered").value
}

fn household(s: &Station, code: &str) -> HouseholdId {
    let (area, code) = (s.area_key(0), Some(code.to_owned()));
    let form = HouseholdForm { area, code, address: None, poverty: None };
    s.app.add_household(&s.head, &form, None).expect("a household")
}

/// Father, mother and a child, as typed by somebody in a hurry when `again`.
fn family(s: &Station, code: &str, again: bool) -> (HouseholdId, [PersonId; 3]) {
    let home = household(s, code);
    let since = if again { "2025-11-01" } else { "2024-02-01" };
    let new = |name, sex, born, relation, mother| New {
        name,
        sex,
        born,
        household: Some((home, relation)),
        mother,
        phone: None,
        since,
    };
    let names = match again {
        false => ["Hoàng Văn Páo", "Lý Thị Mai", "Hoàng Thị Sính"],
        true => ["Hoang Van Pao", "Mai Lý Thị", "Hoàng Thị Sín"],
    };
    let father = add(s, &new(names[0], Sex::Male, "12/03/1990", "1", None));
    let mother = add(s, &new(names[1], Sex::Female, "05/07/1992", "2", None));
    let child = new(names[2], Sex::Female, "13/09/2025", "3", Some(mother));
    let child = add(s, &New { since: "2025-09-13", ..child });
    (home, [father, mother, child])
}

fn give(s: &Station, id: PersonId, vaccine: &str, on: &str) {
    let given = DoseGiven {
        vaccine: vaccine.into(),
        minute: None,
        lot: Some("25F012".into()),
        site: None,
        giver: Some(s.unit),
        elsewhere: None,
        screened: true,
        temperature: None,
    };
    let accepted = TOLD.map(str::to_owned).into();
    let form = DoseForm { person: id, doses: vec![given], on: day(on), accepted };
    s.app.record_doses(&s.head, &form, None).expect("recorded");
}

/// Everything that may be compared: the folded tables, without what says where records are read.
fn tables(s: &Station) -> Vec<TableDigest> {
    s.app.digest().expect("digests")
}

fn counted(s: &Station) -> Vec<(String, Option<Share>)> {
    let (unit, reach) = (s.head.unit_key, s.head.reach);
    let question =
        Question { period: Period::year_of(day(common::TODAY)), unit, reach, tree: None };
    let board = s.app.board(&s.head, question, &[]).expect("a board");
    board.numbers.iter().map(|n| (n.indicator.code.clone(), n.share)).collect()
}

fn people(s: &Station) -> i64 {
    let all = counted(s);
    let (_, found) = all.iter().find(|(code, _)| code == "DAN_SO").expect("a population");
    found.expect("the year has begun").numerator
}

fn assert_folded(s: &Station) {
    let before = tables(s);
    s.app.rebuild().expect("folded again");
    assert_eq!(tables(s), before, "tables are what the log says");
}

#[test]
fn families_registered_twice_become_one_and_two_again() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (first, [father, mother, child]) = family(&s, "1", false);
        let (second, [father2, mother2, child2]) = family(&s, "2", true);
        give(&s, child, "BCG", "2025-09-14");
        give(&s, child2, "BCG", "2025-09-14");
        give(&s, child2, "SII", "2025-11-20");
        let (apart, before, six) = (tables(&s), counted(&s), people(&s));
        assert_eq!(six, 6);

        let inbox = s.app.inbox(&s.head).expect("an inbox");
        assert_eq!(inbox.pairs.len(), 3, "{engine:?}: {:?}", inbox.pairs);
        assert_eq!(inbox.families.len(), 1);
        let found = s.app.compare_households(&s.head, first, second).expect("a comparison");
        let pairs: Vec<(PersonId, PersonId)> =
            found.pairs.iter().map(|pair| (pair.kept.id, pair.other.id)).collect();
        let expected = [(father, father2), (mother, mother2), (child, child2)];
        assert_eq!(pairs.iter().collect::<BTreeSet<_>>(), expected.iter().collect());
        s.app.link_many(&s.head, &pairs, &keeping(), &accepting()).expect("linked");

        let page = s.app.person_page(&s.head, child2).expect("a page");
        let person = &page.view.person;
        assert_eq!(person.id, child, "the other address leads to the record that goes on");
        assert_eq!(person.name.shown(), "Hoàng Thị Sính");
        assert!(person.conflicts().is_empty());
        assert_eq!(person.doses.len(), 2, "the BCG told twice was given once");
        assert_eq!(person.residences.len(), 1);
        assert_eq!(page.household.len(), 3, "one household of three");
        let mother_page = s.app.person_page(&s.head, mother).expect("a page");
        let children: Vec<PersonId> = mother_page.children.iter().map(|line| line.id).collect();
        assert_eq!(children, [child], "{engine:?}");
        let (hits, _) = s.app.search(&s.head, "hoang van pao", None).expect("a search");
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [father]);
        assert!(s.app.inbox(&s.head).expect("an inbox").pairs.is_empty());
        assert_eq!(people(&s), 3);
        assert_folded(&s);

        // One of them was a mistake, and something has been written meanwhile.
        give(&s, child, "ROTAVIN", "2025-12-20");
        let page = s.app.person_page(&s.head, child).expect("a page");
        let link = page.view.person.links[0].clone();
        let joined = s.app.joined(&s.head, child, link.at).expect("a link");
        assert_eq!(joined.since.len(), 1);
        let moved = [joined.since[0].at];
        let reason = Asking { reason: Some("hai chị em".into()), ..accepting() };
        s.app.unlink(&s.head, child, (link.at, &moved), &reason).expect("parted");
        let own = s.app.person_page(&s.head, child).expect("a page").view.person;
        let others = s.app.person_page(&s.head, child2).expect("a page").view.person;
        assert_eq!((own.id, own.doses.len()), (child, 1));
        assert_eq!((others.id, others.doses.len()), (child2, 3), "the moved dose is theirs");
        assert_eq!(others.name.shown(), "Hoàng Thị Sín");
        assert_folded(&s);

        // And all of it taken back: everything is as it was.
        for (kept, other) in [(father, father2), (mother, mother2)] {
            let page = s.app.person_page(&s.head, other).expect("a page").view.person;
            assert_eq!(page.id, kept);
            let at = page.links[0].at;
            s.app.unlink(&s.head, kept, (at, &[]), &reason).expect("parted");
        }
        let last = s.app.person_page(&s.head, child2).expect("a page").view.person;
        let slip = last.doses.iter().find(|d| d.what.vaccine == "ROTAVIN").expect("moved").at;
        s.app.retract(&s.head, child2, slip, &reason).expect("taken back");
        let differ: Vec<&str> =
            apart.iter().zip(&tables(&s)).filter(|(a, b)| a != b).map(|(a, _)| a.table).collect();
        assert!(differ.is_empty(), "{engine:?}: {differ:?}");
        assert_eq!(counted(&s), before);
        assert_folded(&s);
    }
}

#[test]
fn what_both_say_is_said_once_and_what_one_lacks_is_taken() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let plain = |name, phone, since| New {
            name,
            sex: Sex::Female,
            born: "03/05/1985",
            household: None,
            mother: None,
            phone,
            since,
        };
        let kept = add(&s, &plain("Hoàng Thị Sính", None, "2023-01-01"));
        let other = add(&s, &plain("Hoàng Thị Xính", Some("0912645013"), "2020-01-01"));
        let number = Identifier::parse(IdentifierKind::Citizen, "015185000011").expect("a number");
        let held = IdentifierRecorded { identifier: number, from: None, to: None };
        for id in [kept, other] {
            s.app.add_identifier(&s.head, id, &held, &accepting()).expect("a number");
        }
        let from_other = BTreeSet::from(["name".to_owned()]);
        let choices = Choices { from_other, home: Whose::Kept, reason: None };
        let once = Asking { command: Some(Command::new("k", b"one form")), ..accepting() };
        for _ in 0..2 {
            let linked = s.app.link_people(&s.head, (kept, other), &choices, &once);
            assert_eq!(linked.expect("linked").value, kept);
        }
        let person = s.app.person_page(&s.head, kept).expect("a page").view.person;
        assert_eq!(person.name.shown(), "Hoàng Thị Xính");
        assert_eq!(person.phone.shown().as_deref(), Some("0912645013"));
        assert!(person.conflicts().is_empty());
        let citizen = person.identifiers.iter().filter(|h| h.identifier == held.identifier);
        assert_eq!(citizen.count(), 1);
        let homes: Vec<String> = person.residences.iter().map(|r| r.from.to_string()).collect();
        assert_eq!(homes, ["2020-01-01", "2023-01-01"], "the longer history stands");
        // Written on the address of the record that is read elsewhere: it is on the common record.
        let move_to = MoveForm {
            area: s.area_key(1),
            kind: ResidenceKind::Permanent,
            from: day("2026-01-10"),
            reason: "marriage".into(),
            from_place: None,
        };
        s.app.move_person(&s.head, other, &move_to, &accepting()).expect("moved");
        let person = s.app.person_page(&s.head, kept).expect("a page").view.person;
        assert_eq!(person.residences.len(), 3);
        assert_folded(&s);
        let again = s.app.link_people(&s.head, (kept, other), &choices, &accepting());
        let refused =
            |code| matches!(&again, Err(Failure::Refused { message, .. }) if message.code == code);
        assert!(refused("person-same-record"));
    }
}

#[test]
fn a_chain_of_links_is_one_record_and_comes_apart_in_any_order() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let plain = |name| New {
            name,
            sex: Sex::Female,
            born: "03/05/1985",
            household: None,
            mother: None,
            phone: None,
            since: "2023-01-01",
        };
        let [a, b, c] =
            ["Lò Thị Hoa", "Lò Thị Hoa", "Lò Thị Hòa"].map(|name| add(&s, &plain(name)));
        let apart = tables(&s);
        s.app.link_people(&s.head, (b, c), &keeping(), &accepting()).expect("c is b");
        s.app.link_people(&s.head, (a, b), &keeping(), &accepting()).expect("b is a");
        let person = s.app.person_page(&s.head, c).expect("a page").view.person;
        assert_eq!((person.id, person.links.len()), (a, 2));
        assert_folded(&s);
        let reason = Asking { reason: Some("nhầm".into()), ..accepting() };
        // The first link is taken back first: b stays with a, c stands alone.
        let first = person.links.iter().find(|link| link.other == c).expect("linked").at;
        s.app.unlink(&s.head, a, (first, &[]), &reason).expect("parted");
        assert_eq!(s.app.person_page(&s.head, c).expect("a page").view.person.id, c);
        assert_eq!(s.app.person_page(&s.head, b).expect("a page").view.person.id, a);
        assert_folded(&s);
        let second = s.app.person_page(&s.head, a).expect("a page").view.person.links[0].at;
        s.app.unlink(&s.head, a, (second, &[]), &reason).expect("parted");
        assert_eq!(tables(&s), apart, "{engine:?}");
    }
}

#[test]
fn mother_and_child_are_never_linked_and_a_pair_said_apart_stays_apart() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (_, [_, mother, child]) = family(&s, "1", false);
        let linked = s.app.link_people(&s.head, (mother, child), &keeping(), &accepting());
        assert!(
            matches!(linked, Err(Failure::Refused { message, .. }) if message.code == "person-mother-and-child")
        );
        let (_, [_, _, twin]) = family(&s, "2", true);
        assert_eq!(s.app.inbox(&s.head).expect("an inbox").pairs.len(), 3);
        s.app.keep_apart(&s.head, (child, twin), &accepting()).expect("two children");
        assert_eq!(s.app.inbox(&s.head).expect("an inbox").pairs.len(), 2);
        assert_folded(&s);
    }
}
