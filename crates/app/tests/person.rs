//! Use cases about one person on a real database: sent twice happens once, stale edits stand side by
//! side, the opening of a record stays.

use tram_app::household::HouseholdForm;
use tram_app::person::{Amendment, Asking, MoveForm, Registration};
use tram_app::unit::{NewArea, NewUnit};
use tram_app::{Actor, App, Clock, Command, Failure, Location, Purpose, opening};
use tram_domain::fact::{
    Body, DueDateBasis, PersonChange, PregnancyNoted, ResidenceKind, StillbirthRecorded, UnitKind,
};
use tram_kernel::{BirthDate, Date, Moment, PersonId, Sex};

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

/// A station with one village and somebody who may do everything.
struct Station {
    app: App,
    actor: Actor,
    area: i64,
    _folder: tempfile::TempDir,
}

fn station(today: &str) -> Station {
    let folder = tempfile::tempdir().expect("a folder");
    let location = Location::Sqlite(folder.path().join("tram.db"));
    let clock = Clock::since(Moment::at(day(today), 14 * 60));
    opening::migrate(&location, clock).expect("tables");
    let app = App::open(&location, Purpose::Write("test"), clock, folder.path()).expect("open");
    let commune = "04303".parse().expect("a code");
    let since = day("2020-01-01");
    let unit = NewUnit {
        name: "Trạm Y tế xã Lục Yên".into(),
        kind: UnitKind::Station,
        commune: Some(commune),
        facility_code: None,
        since,
        under: Vec::new(),
    };
    let (units, _) = app.found(&[unit], &[]).expect("a station");
    let actor = app.operator(units[0]).expect("an actor");
    let village =
        NewArea { name: "Khe Pháo".into(), kind: "thôn".into(), commune, unit: units[0], since };
    app.add_area(&actor, &village).expect("a village");
    let area = app.areas(&actor).expect("villages")[0].key;
    Station { app, actor, area, _folder: folder }
}

impl Station {
    fn woman(&self, name: &str) -> PersonId {
        let form = Registration {
            name: name.into(),
            sex: Sex::Female,
            born: BirthDate::exact(day("1995-06-05")),
            born_minute: None,
            ethnicity: None,
            occupation: None,
            phone: None,
            mother: None,
            mother_name: None,
            identifiers: Vec::new(),
            area: self.area,
            residence: ResidenceKind::Permanent,
            since: None,
            move_reason: "registered".into(),
            from_place: None,
            household: None,
            accepted: Vec::new(),
        };
        self.app.register_person(&self.actor, &form, None).expect("registered").value
    }
}

fn once(key: &str) -> Asking {
    Asking { command: Some(Command::new(key, b"the same form")), ..Asking::default() }
}

#[test]
fn a_form_sent_twice_is_recorded_once() {
    let s = station("2026-01-16");
    let id = s.woman("Lò Thị Mai");
    let body = StillbirthRecorded { sex: None, order: None, place: None, weeks: Some(28) };
    let expected = day("2026-05-01");
    let noted = PregnancyNoted::of(expected, DueDateBasis::Stated);
    for _ in 0..2 {
        let on = day("2026-01-16");
        s.app.note_pregnancy(&s.actor, id, on, &noted, &once("a")).expect("recorded");
        s.app.record_stillbirth(&s.actor, id, on, &body, &once("b")).expect("recorded");
    }
    let page = s.app.person_page(&s.actor, id).expect("a page");
    let person = &page.view.person;
    assert_eq!((person.pregnancies.len(), person.stillbirths.len()), (1, 1));
    let other = Asking { command: Some(Command::new("a", b"another form")), ..Asking::default() };
    let reused = s.app.note_pregnancy(&s.actor, id, day("2026-01-16"), &noted, &other);
    assert!(
        matches!(reused, Err(Failure::Refused { message, .. }) if message.code == "command-reused")
    );
}

#[test]
fn two_edits_of_one_value_stand_side_by_side_until_somebody_chooses() {
    let s = station("2026-01-16");
    let id = s.woman("Lò Thị Mai");
    let seen =
        |s: &Station| s.app.person_page(&s.actor, id).expect("a page").view.person.phone.seen();
    let phone = |text: &str, seen: &[_]| {
        [Amendment { change: PersonChange::Phone(Some(text.into())), seen: seen.to_vec() }]
    };
    let both_saw = seen(&s);
    for number in ["0912645013", "0386552194"] {
        let change = phone(number, &both_saw);
        s.app.amend_person(&s.actor, id, &change, &Asking::default()).expect("saved");
    }
    let page = s.app.person_page(&s.actor, id).expect("a page");
    assert_eq!(page.view.person.conflicts(), ["phone"]);
    let choice = phone("0912645013", &seen(&s));
    s.app.amend_person(&s.actor, id, &choice, &Asking::default()).expect("settled");
    let page = s.app.person_page(&s.actor, id).expect("a page");
    assert!(page.view.person.conflicts().is_empty());
    assert_eq!(page.view.person.phone.shown().as_deref(), Some("0912645013"));
}

#[test]
fn the_opening_of_a_record_and_strange_facts_are_not_taken_back() {
    let s = station("2026-01-16");
    let (id, other) = (s.woman("Lò Thị Mai"), s.woman("Lò Thị Mây"));
    let asking = Asking { reason: Some("ghi nhầm".into()), ..Asking::default() };
    let opened = |id| {
        let page = s.app.person_page(&s.actor, id).expect("a page");
        let line = page.history.iter().find(|l| matches!(l.body, Body::PersonRegistered(_)));
        line.expect("an opening").at
    };
    let refused = s.app.retract(&s.actor, id, opened(id), &asking);
    assert!(
        matches!(refused, Err(Failure::Refused { message, .. }) if message.code == "person-retract-opening")
    );
    let strange = s.app.retract(&s.actor, id, opened(other), &asking);
    assert!(matches!(strange, Err(Failure::NotFound)));
}

#[test]
fn the_only_residence_is_not_taken_back() {
    let s = station("2026-01-16");
    let id = s.woman("Lò Thị Mai");
    let asking = Asking { reason: Some("ghi nhầm thôn".into()), ..Asking::default() };
    let residences = || {
        let page = s.app.person_page(&s.actor, id).expect("still to be opened");
        let lines = page.history.iter();
        let lives = lines.filter(|l| matches!(l.body, Body::ResidenceStarted(_)));
        lives.map(|l| l.at).collect::<Vec<_>>()
    };
    let first = residences()[0];
    let refused = s.app.retract(&s.actor, id, first, &asking);
    assert!(
        matches!(refused, Err(Failure::Refused { message, .. }) if message.code == "person-only-residence")
    );
    // With the right one on the record, the wrong one goes.
    let village = NewArea {
        name: "Nà Khà".into(),
        kind: "thôn".into(),
        commune: "04303".parse().expect("a code"),
        unit: s.actor.unit,
        since: day("2020-01-01"),
    };
    s.app.add_area(&s.actor, &village).expect("a village");
    let areas = s.app.areas(&s.actor).expect("villages");
    let area = areas.iter().find(|a| a.key != s.area).expect("the other").key;
    let form = MoveForm {
        area,
        kind: ResidenceKind::Permanent,
        from: day("2026-01-16"),
        reason: "registered".into(),
        from_place: None,
    };
    s.app.move_person(&s.actor, id, &form, &Asking::default()).expect("moved");
    s.app.retract(&s.actor, id, first, &asking).expect("taken back");
    assert_eq!(s.app.person_page(&s.actor, id).expect("a page").view.person.residences.len(), 1);
}

#[test]
fn households_are_found_by_number_and_by_head() {
    let s = station("2026-01-16");
    let form =
        HouseholdForm { area: s.area, code: Some("31".into()), address: None, poverty: None };
    let id = s.app.add_household(&s.actor, &form, None).expect("opened");
    let taken = s.app.add_household(&s.actor, &form, None);
    assert!(matches!(taken, Err(Failure::Refused { field: Some("code"), .. })));
    let head = s.woman("Lò Thị Mai");
    let body = tram_domain::fact::HouseholdJoined { household: id, relation: "1".into() };
    s.app
        .join_household(&s.actor, head, &body, day("2026-01-16"), &Asking::default())
        .expect("joined");
    for typed in ["31", "lo thi mai", "Mai"] {
        let found = s.app.find_households(&s.actor, typed).expect("a list");
        let told: Vec<_> = found.iter().map(|h| (h.id, h.head.as_deref(), h.members)).collect();
        assert_eq!(told, [(id, Some("Lò Thị Mai"), 1)], "{typed}");
    }
    assert!(s.app.find_households(&s.actor, "%").expect("a list").is_empty());
}
