//! What stands in the files of one station: a family, doses, a plan, an uploaded list.

use crate::common::day;
use tram_app::household::HouseholdForm;
use tram_app::immunisation::DoseForm;
use tram_app::person::{Amendment, Asking, Registration};
use tram_app::plan::NewPlan;
use tram_app::programme::Sent;
use tram_app::{Actor, App};
use tram_domain::fact::{
    Answer, Body, Comparator, DoseGiven, FactRef, IdentifierRecorded, PersonChange, ResidenceKind,
    TargetSet, Value,
};
use tram_domain::programme::{Enrolment, EntryWish};
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, HouseholdId, PersonId, PlanId, Sex, UnitId, UserId};

pub struct Family {
    pub household: HouseholdId,
    pub code: String,
    pub mother: PersonId,
    pub name: String,
    pub child: PersonId,
    pub aunt: PersonId,
    pub citizen: Identifier,
    pub card: Identifier,
    pub slip: FactRef,
}

/// The registration of a woman or girl.
pub fn registration(name: &str, born: &str, area: i64) -> Registration {
    Registration {
        name: name.into(),
        sex: Sex::Female,
        born: BirthDate::exact(day(born)),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
        identifiers: Vec::new(),
        area,
        residence: ResidenceKind::Permanent,
        since: Some(day(born)),
        move_reason: "registered".into(),
        from_place: None,
        household: None,
        // Many of them are alike; that is not what is asked here.
        accepted: vec!["warn-same-person".into()],
    }
}

pub fn held(kind: IdentifierKind, value: &str) -> IdentifierRecorded {
    let identifier = Identifier::parse(kind, value).expect("a number");
    IdentifierRecorded { identifier, from: None, to: None }
}

/// Somebody is taken into a programme.
pub fn hypertension(on: Date) -> Enrolment {
    let answer = |field: &str, value| Answer { field: field.into(), value };
    let code = |text: &str| Value::Code(text.into());
    Enrolment {
        programme: "hypertension".into(),
        source: None,
        note: None,
        on,
        answers: vec![
            answer("diagnosed_on", Value::Day(on)),
            answer("diagnosed_at", code("station")),
            answer("icd", code("I10")),
            answer("sbp", Value::Number(165_000)),
            answer("dbp", Value::Number(95_000)),
        ],
    }
}

/// Somebody is seen in it.
pub fn blood_pressure(on: Date, sbp: i64) -> EntryWish {
    let answer = |field: &str, value| Answer { field: field.into(), value };
    EntryWish {
        form: "hypertension_visit".into(),
        programme: Some("hypertension".into()),
        answers: vec![
            answer("sbp", Value::Number(sbp * 1000)),
            answer("dbp", Value::Number(84_000)),
            answer("plan", Value::Code("continue".into())),
        ],
        on,
        replaces: None,
    }
}

/// A woman with a child of two months and a household, and another woman.
pub fn family(app: &App, by: &Actor, area: i64, at: usize) -> Family {
    let code = format!("{}", 31 + at);
    let form = HouseholdForm { area, code: Some(code.clone()), address: None, poverty: None };
    let household = app.add_household(by, &form, None).expect("a household");
    let name = format!("Lò Thị {}", ["Sim", "Mận", "Đào"][at]);
    let citizen = held(IdentifierKind::Citizen, &format!("0151950044{:02}", 71 + at));
    let card = held(IdentifierKind::InsuranceCard, &format!("HN21515208477{:02}", 31 + at));
    let mut form = registration(&name, "1995-06-05", area);
    form.identifiers = vec![citizen.clone(), card.clone()];
    form.household = Some((household, "1".into()));
    let mother = app.register_person(by, &form, None).expect("a woman").value;
    let mut form = registration(&format!("Hoàng Thị Bé {}", at + 1), "2025-11-10", area);
    form.mother = Some(mother);
    let child = app.register_person(by, &form, None).expect("a child").value;
    let form = registration(&format!("Vàng Thị Dua {}", at + 1), "1985-03-02", area);
    let aunt = app.register_person(by, &form, None).expect("a woman").value;
    let phone = PersonChange::Phone(Some("0912645013".into()));
    let change = [Amendment { change: phone, seen: Vec::new() }];
    app.amend_person(by, mother, &change, &Asking::default()).expect("a phone");
    app.enrol(by, mother, &hypertension(app.today()), &Sent::default()).expect("taken in");
    let history = app.person_page(by, mother).expect("a page").history;
    let slip = history.iter().find(|line| matches!(line.body, Body::PersonAmended(_)));
    let slip = slip.expect("the change").at;
    let (citizen, card) = (citizen.identifier, card.identifier);
    Family { household, code, mother, name, child, aunt, citizen, card, slip }
}

pub fn dose(vaccine: &str, lot: &str, giver: UnitId) -> DoseGiven {
    DoseGiven {
        vaccine: vaccine.into(),
        minute: None,
        lot: Some(lot.into()),
        site: None,
        giver: Some(giver),
        elsewhere: None,
        screened: true,
        temperature: None,
    }
}

/// One dose on a day of the station's own, another today.
pub fn doses(app: &App, by: &Actor, child: PersonId, (past, lot): (Date, &str)) {
    for (vaccine, on) in [("BCG", past), ("ROTAVIN", app.today())] {
        let doses = vec![dose(vaccine, lot, by.unit)];
        let form = DoseForm { person: child, doses, on, accepted: Vec::new() };
        app.record_doses(by, &form, None).expect("a dose");
    }
}

pub fn target(row: u16) -> TargetSet {
    TargetSet {
        row,
        group: None,
        name: "Dân số đang cư trú".into(),
        indicator: Some("DAN_SO".into()),
        unit: "count".into(),
        comparator: Comparator::AtLeast,
        value: Some(2_000),
        value2: None,
        baseline: None,
        baseline_year: None,
        soft: false,
        line: None,
        note: None,
        correction: None,
        trajectory: None,
        each: None,
    }
}

pub fn new_plan(unit: UnitId) -> NewPlan {
    NewPlan {
        title: "Kế hoạch năm 2026".into(),
        number: None,
        year: 2026,
        unit,
        source: None,
        targets: vec![target(1)],
    }
}

pub fn plan(app: &App, by: &Actor, unit: UnitId) -> PlanId {
    app.add_plan(by, &new_plan(unit)).expect("a plan")
}

pub fn roster(village: &str, name: &str) -> String {
    format!("Họ và tên;Giới tính;Ngày sinh;Thôn\nHoàng Văn {name};Nam;12/03/1965;{village}\n")
}

/// An uploaded list that was checked.
pub fn list(app: &App, by: &Actor, file: &str, village: &str, name: &str) -> i64 {
    let key = app.read_list(by, file, roster(village, name).as_bytes()).expect("read");
    app.check_list(by, key, None).expect("checked");
    key
}

/// Somebody with a role that may do nothing at all.
pub fn nobody(actor: &Actor) -> Actor {
    let mut nobody = actor.clone();
    nobody.may.clear();
    nobody.user = Some(UserId::from_u128(7));
    nobody
}
