//! In an emergency one record opens whole for one person, with a reason, for an hour.

mod common;

use common::crash::registration;
use common::{Station, TODAY, at_work, day, user};
use tram_app::person::AuditLine;
use tram_app::programme::Sent;
use tram_app::{Actor, App, Failure, Purpose};
use tram_domain::fact::{Answer, Value};
use tram_domain::programme::Enrolment;
use tram_kernel::{Compartment, PersonId};
use tram_store::trial::ENGINES;

const REASON: &str = "ho ra máu, cần biết thuốc đang dùng";

/// Somebody is taken into the tuberculosis programme.
fn tuberculosis() -> Enrolment {
    let answer = |field: &str, value| Answer { field: field.into(), value };
    let code = |field: &str, text: &str| answer(field, Value::Code(text.into()));
    Enrolment {
        programme: "tuberculosis".into(),
        source: Some("returned".into()),
        note: None,
        on: day(TODAY),
        answers: vec![
            answer("came_on", Value::Day(day("2026-01-12"))),
            answer("tb_started_on", Value::Day(day("2026-01-05"))),
            code("tb_site", "pulmonary"),
            code("tb_evidence", "positive"),
            code("tb_history", "new"),
            code("tb_regimen", "a1"),
            code("tb_sputum", "positive_2"),
            code("tb_hiv_test", "done"),
            answer("weight", Value::Number(51_000)),
            code("supporter", "family"),
            answer("contacts", Value::Number(2_000)),
        ],
    }
}

/// Whether the record says for them that the person is followed.
fn tells(app: &App, by: &Actor, id: PersonId) -> bool {
    !app.person_page(by, id).expect("a page").view.person.followed.is_empty()
}

#[test]
fn an_emergency_opens_one_record_for_one_person_for_an_hour() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let area = s.area_key(0);
        let id =
            s.app.register_person(&s.head, &registration(area, 0), None).expect("opened").value;
        let mut treats = s.head.clone();
        treats.opens.push(Compartment::Tuberculosis);
        s.app.enrol(&treats, id, &tuberculosis(), &Sent::default()).expect("taken in");
        assert!(tells(&s.app, &treats, id), "{engine:?}: not there at all");
        assert!(!tells(&s.app, &s.head, id), "{engine:?}: seen without an emergency");

        let short = s.app.open_in_emergency(&s.head, id, " gấp ");
        assert!(matches!(short, Err(Failure::Refused { .. })), "{engine:?}: {short:?}");
        assert!(!tells(&s.app, &s.head, id), "{engine:?}: opened without a reason");
        s.app.open_in_emergency(&s.head, id, REASON).expect("opened");
        assert!(tells(&s.app, &s.head, id), "{engine:?}: still closed");
        let shown = s.app.person_page(&s.head, id).expect("a page").emergency;
        assert_eq!(shown.map(|on| on.reason).as_deref(), Some(REASON), "{engine:?}");

        let operator = s.app.operator(s.unit).expect("an operator");
        let other = user(&s.app, &operator, "mai", "station_head", s.unit);
        assert!(!tells(&s.app, &other, id), "{engine:?}: opened for somebody else");
        let nurse = user(&s.app, &operator, "hoa", "station_nurse", s.unit);
        let denied = s.app.open_in_emergency(&nurse, id, REASON);
        assert!(matches!(denied, Err(Failure::Denied(_))), "{engine:?}: {denied:?}");

        let lines = s.app.record_audit(&other, id).expect("lines");
        let opening =
            |line: &&AuditLine| line.action == "compartment.break" && line.outcome == "ok";
        let said = lines.iter().find(opening);
        let reason = said.and_then(|line| line.detail.as_deref());
        assert_eq!(reason, Some(REASON), "{engine:?}: not on record");

        let seen = s.app.record_audit(&nurse, id).expect("lines");
        assert!(!seen.iter().any(|line| line.action == "compartment.break"), "{engine:?}: a hint");

        let common::Station { app, trial, head, .. } = s;
        drop(app);
        let next_day = at_work("2026-01-17");
        let app = App::open(&trial.location, Purpose::Write("test"), next_day, &trial.folder);
        assert!(!tells(&app.expect("open"), &head, id), "{engine:?}: still open");
    }
}
