//! Numbers that are looked at while they change: an entry is seen at once, everywhere; on a server a list that
//! changes many villages is seen when they have been counted beside.

mod common;

use common::crash::{registration, someone};
use common::{Station, day};
use tram_app::unit::NewArea;
use tram_kernel::Period;
use tram_store::trial::ENGINES;

fn people(station: &Station) -> i64 {
    let app = &station.app;
    let question = app.own_question(&station.head, Period::month_of(app.today()));
    let board = app.board(&station.head, question, &["DAN_SO"]).expect("a board");
    board.numbers[0].share.expect("begun").numerator
}

fn add(station: &Station, area: i64, n: usize) {
    let (nurse, _) = someone(&station.app);
    station.app.register_person(&nurse, &registration(area, n), None).expect("saved");
}

#[test]
fn outside_a_server_every_number_is_the_newest() {
    for engine in ENGINES {
        let station = Station::new(engine);
        for n in 0..5 {
            assert_eq!(people(&station), n as i64, "{engine:?}");
            add(&station, station.area_key(0), n);
        }
    }
}

/// A ninth village, so that more than eight can change at once.
fn villages(station: &Station) -> Vec<i64> {
    let app = &station.app;
    let commune = "04303".parse().expect("a code");
    for n in 0..6 {
        let (name, kind) = (format!("Bản {n}"), "bản".to_owned());
        let (unit, since) = (station.unit, day("2026-01-01"));
        app.add_area(&station.head, &NewArea { name, kind, commune, unit, since }).expect("added");
    }
    app.areas(&station.head).expect("villages").iter().map(|area| area.key).collect()
}

#[test]
fn on_a_server_an_entry_is_seen_at_once_and_a_list_when_it_was_counted() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let areas = villages(&station);
        assert_eq!(areas.len(), 9);
        station.app.serve_lately();
        assert_eq!(people(&station), 0, "{engine:?}");
        for (n, area) in areas.iter().enumerate().take(5) {
            add(&station, *area, n);
            assert_eq!(people(&station), n as i64 + 1, "{engine:?}: one's own entry");
        }
        for (n, area) in areas.iter().enumerate() {
            add(&station, *area, n);
        }
        assert_eq!(people(&station), 5, "{engine:?}: many villages changed, as it was");
        station.app.count_again().expect("counted again");
        assert_eq!(people(&station), 14, "{engine:?}");
        station.app.count_again().expect("nothing to count");
        assert_eq!(people(&station), 14, "{engine:?}");
    }
}

#[test]
fn a_page_nobody_looked_at_lately_shows_the_newest_numbers() {
    for engine in ENGINES {
        let station = Station::new(engine);
        let areas = villages(&station);
        station.app.serve_lately();
        for (n, area) in areas.iter().enumerate() {
            add(&station, *area, n);
        }
        assert_eq!(people(&station), 9, "{engine:?}");
    }
}
