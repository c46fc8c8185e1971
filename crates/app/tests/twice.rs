//! The same form sent twice at the same moment, as a page that waits long does when it is tried again.

mod common;

use common::{Station, day};
use tram_app::Command;
use tram_app::person::Registration;
use tram_domain::fact::ResidenceKind;
use tram_kernel::{BirthDate, Sex};
use tram_store::trial::ENGINES;

fn form(station: &Station, round: usize) -> Registration {
    Registration {
        name: format!(
            "Lò Thị {}",
            ["Anh", "Bình", "Chi", "Dung", "Hạnh", "Khuyên", "Lý", "Mận"][round]
        ),
        sex: Sex::Female,
        born: BirthDate::exact(day(&format!("199{round}-06-05"))),
        born_minute: None,
        ethnicity: None,
        occupation: None,
        phone: None,
        mother: None,
        mother_name: None,
        identifiers: Vec::new(),
        area: station.area_key(0),
        residence: ResidenceKind::Permanent,
        since: None,
        move_reason: "registered".into(),
        from_place: None,
        household: None,
        accepted: Vec::new(),
    }
}

/// Both get the answer of the one that was first.
#[test]
fn a_form_sent_twice_at_the_same_moment_is_recorded_once() {
    for engine in ENGINES {
        let station = Station::new(engine);
        for round in 0..8 {
            let (form, key) = (form(&station, round), format!("form {round}"));
            let send = || {
                let command = Some(Command::new(&key, b"the same form"));
                let done = station.app.register_person(&station.head, &form, command);
                done.map(|done| done.value)
            };
            let both = std::thread::scope(|threads| {
                let sent = [threads.spawn(send), threads.spawn(send)];
                sent.map(|thread| thread.join().expect("no panic"))
            });
            let [one, other] = both.map(|sent| sent.expect("recorded"));
            assert_eq!(one, other, "{engine:?} {round}");
        }
    }
}
