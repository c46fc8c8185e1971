//! The audit under load.

mod common;

use common::{Station, user};
use tram_app::Failure;
use tram_app::household::HouseholdForm;
use tram_store::trial::ENGINES;

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
        let lines = station.app.recent_audit(&station.head, Some("person.write")).expect("lines");
        assert_eq!(lines.iter().filter(|line| line.outcome == "denied").count(), 200);
        assert!(station.app.users(&station.head).expect("users").len() > 1);
    }
}
