//! Numbers that are looked at while they change: a server may show those of a moment ago, never older ones;
//! whoever is no server shows the newest.

mod common;

use common::Station;
use common::crash::{registration, someone};
use std::time::{Duration, Instant};
use tram_kernel::Period;
use tram_store::trial::ENGINES;

/// What is promised: from the entry to the number.
const PROMISED: Duration = Duration::from_secs(1);

fn people(station: &Station) -> i64 {
    let app = &station.app;
    let question = app.own_question(&station.head, Period::month_of(app.today()));
    let board = app.board(&station.head, question, &["DAN_SO"]).expect("a board");
    board.numbers[0].share.expect("begun").numerator
}

fn add(station: &Station, n: usize) -> Instant {
    let (nurse, area) = someone(&station.app);
    station.app.register_person(&nurse, &registration(area, n), None).expect("saved");
    Instant::now()
}

#[test]
fn outside_a_server_every_number_is_the_newest() {
    for engine in ENGINES {
        let station = Station::new(engine);
        for n in 0..5 {
            assert_eq!(people(&station), n as i64, "{engine:?}");
            add(&station, n);
        }
    }
}

#[test]
fn a_server_shows_what_was_whole_a_moment_ago_and_counts_again() {
    for engine in ENGINES {
        let station = Station::new(engine);
        station.app.serve_lately();
        assert_eq!(people(&station), 0, "{engine:?}");
        let mut shown_before = 0;
        for n in 0..20 {
            let known = n as i64;
            let written = add(&station, n);
            let shown = people(&station);
            assert!(shown == known + 1 || shown == known, "{engine:?} {shown}");
            if shown == known {
                shown_before += 1;
                station.app.count_again().expect("counted again");
                assert_eq!(people(&station), known + 1, "{engine:?}: looked at, and counted");
            } else {
                std::thread::sleep(PROMISED.saturating_sub(written.elapsed()));
                assert_eq!(people(&station), known + 1, "{engine:?}");
            }
        }
        assert!(shown_before > 0, "{engine:?}: nobody was spared a count");
    }
}

#[test]
fn without_anybody_who_counts_again_the_promise_is_kept_all_the_same() {
    for engine in ENGINES {
        let station = Station::new(engine);
        station.app.serve_lately();
        people(&station);
        let written = add(&station, 0);
        while written.elapsed() < PROMISED {
            people(&station);
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(people(&station), 1, "{engine:?}");
    }
}
