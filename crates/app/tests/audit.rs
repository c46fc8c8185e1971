//! The audit under load.

mod common;

use common::{Station, user};
use tram_app::Failure;
use tram_app::audit::Filter;
use tram_app::household::HouseholdForm;
use tram_store::trial::ENGINES;

fn of(action: &str) -> Filter {
    Filter { action: action.into(), ..Filter::default() }
}

#[test]
fn lines_are_told_by_person_and_by_day() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let operator = station.app.operator(station.unit).expect("an operator");
        let nurse = user(&station.app, &operator, "mai", "station_nurse", station.unit);
        station.app.areas(&nurse).expect("areas");
        station.app.areas(&station.head).expect("areas");
        let today = station.app.today();
        let lines = |login: &str, days| {
            let wanted = Filter { login: login.into(), days, ..Filter::default() };
            station.app.recent_audit(&station.head, &wanted, 300).expect("lines")
        };
        let mine = lines("mai", Some((today, today)));
        assert!(!mine.is_empty(), "{engine:?}");
        assert!(mine.iter().all(|line| line.user.as_deref() == Some("Nông Thị mai")));
        let before = tram_kernel::day::add_days(today, -1);
        assert!(lines("", Some((before, before))).is_empty(), "{engine:?}: the day before");
        assert!(lines("", None).len() > mine.len());
        let people = station.app.audited_people(&station.head).expect("people");
        assert!(people.iter().any(|(login, _)| login == "mai"));
    }
}

/// A refused write is noted while the writer is held: it must not wait for the writer.
#[test]
fn many_refused_writes_in_a_row_are_answered_and_on_record() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let operator = station.app.operator(station.unit).expect("an operator");
        let viewer = user(&station.app, &operator, "xem", "viewer", station.unit);
        let area = station.area_key(0);
        let form = HouseholdForm { area, code: None, address: None, poverty: None };
        for _ in 0..200 {
            let refused = station.app.add_household(&viewer, &form, None);
            assert!(matches!(refused, Err(Failure::Denied(_))));
        }
        let lines =
            station.app.recent_audit(&station.head, &of("person.write"), 300).expect("lines");
        assert_eq!(lines.iter().filter(|line| line.outcome == "denied").count(), 200);
        assert!(station.app.users(&station.head).expect("users").len() > 1);
    }
}
