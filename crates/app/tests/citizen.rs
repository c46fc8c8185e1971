//! Somebody opens their own record with a code: once, with the right year, for half an hour, and nothing else.

mod common;

use common::crash::registration;
use common::{Station, at_work, open};
use tram_app::signin::SignedIn;
use tram_app::{Actor, App, Failure, Purpose};
use tram_kernel::{Compartment, PersonId};
use tram_store::trial::ENGINES;

/// Two people of the station, the first of them with the year of birth.
fn people(s: &Station) -> (PersonId, PersonId, String) {
    let area = s.area_key(0);
    let open =
        |n| s.app.register_person(&s.head, &registration(area, n), None).expect("opened").value;
    let (one, other) = (open(0), open(1));
    let page = s.app.person_page(&s.head, one).expect("a page");
    (one, other, page.view.person.born.shown().date.year().to_string())
}

fn code(app: &App, by: &Actor, of: PersonId) -> String {
    app.citizen_code(by, of).expect("a code").code
}

fn is_refused(app: &App, code: &str, year: &str) -> bool {
    matches!(app.citizen_open(code, year), Err(Failure::Refused { .. }))
}

/// Opens with a code and answers who came in.
fn enter(app: &App, code: &str, year: &str) -> SignedIn {
    let token = app.citizen_open(code, year).expect("opened");
    app.citizen(&token, "vi").expect("an answer").expect("still open").0
}

#[test]
fn a_code_opens_one_record_once_and_nothing_beside_it() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (one, other, year) = people(&s);
        let code = code(&s.app, &s.head, one);
        let spaced = format!("{} {} {}", &code[..4], &code[4..8], &code[8..]);
        let actor = enter(&s.app, &spaced, &year).actor;
        let page = s.app.own_page(&actor).expect("their record");
        assert_eq!(page.view.person.id, one, "{engine:?}");
        assert!(page.household.is_empty() && page.mother.is_none(), "{engine:?}: other people");
        assert!(is_refused(&s.app, &code, &year), "{engine:?}: used twice");

        let elsewhere = s.app.person_page(&actor, other);
        assert!(elsewhere.is_err(), "{engine:?}: another record");
        assert!(s.app.search(&actor, "lo thi", None).is_err(), "{engine:?}: a search");
        assert!(s.app.citizen_code(&actor, one).is_err(), "{engine:?}: a code of their own");
        for closed in [Compartment::Hiv, Compartment::Mental, Compartment::Tuberculosis] {
            assert!(!actor.sees(closed), "{engine:?}: {closed:?}");
        }
        let lines = s.app.record_audit(&s.head, one).expect("lines");
        let by_themself = |line: &&tram_app::person::AuditLine| {
            line.role.as_deref() == Some(tram_app::citizen::ROLE) && line.user.is_none()
        };
        assert!(lines.iter().any(|line| by_themself(&line)), "{engine:?}: not on record");
    }
}

#[test]
fn a_wrong_year_opens_nothing_and_five_of_them_end_the_code() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (one, _, year) = people(&s);
        let code = code(&s.app, &s.head, one);
        for _ in 0..4 {
            assert!(is_refused(&s.app, &code, "1901"), "{engine:?}");
        }
        enter(&s.app, &code, &year);
        let code = self::code(&s.app, &s.head, one);
        for _ in 0..5 {
            assert!(is_refused(&s.app, &code, "1901"), "{engine:?}");
        }
        assert!(is_refused(&s.app, &code, &year), "{engine:?}: still good");
        for (code, year) in
            [("", "1990"), ("12", "1990"), ("000000000000", "90"), (&code, "năm 90")]
        {
            assert!(is_refused(&s.app, code, year), "{engine:?}: {code} {year}");
        }
    }
}

#[test]
fn codes_and_open_records_end_in_time_and_a_new_code_ends_the_old_one() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (one, other, year) = people(&s);
        let first = code(&s.app, &s.head, one);
        let second = code(&s.app, &s.head, one);
        assert!(is_refused(&s.app, &first, &year), "{engine:?}: an earlier code");
        let token = s.app.citizen_open(&second, &year).expect("opened");
        let waiting = code(&s.app, &s.head, other);
        let born = s.app.person_page(&s.head, other).expect("a page");
        let born = born.view.person.born.shown().date.year().to_string();

        let closed = s.app.citizen_open(&code(&s.app, &s.head, one), &year).expect("opened");
        s.app.citizen_close(&closed).expect("closed");
        assert!(s.app.citizen(&closed, "vi").expect("an answer").is_none(), "{engine:?}: closed");

        let Station { app, trial, .. } = s;
        drop(app);
        let app = open(&trial);
        assert!(app.citizen(&token, "vi").expect("an answer").is_none(), "{engine:?}: withdrawn");
        drop(app);
        let later = at_work("2026-01-20");
        let app = App::open(&trial.location, Purpose::Write("test"), later, &trial.folder);
        let app = app.expect("open");
        assert!(is_refused(&app, &waiting, &born), "{engine:?}: four days later");
    }
}

#[test]
fn an_open_record_closes_after_half_an_hour() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let (one, _, year) = people(&s);
        let token = s.app.citizen_open(&code(&s.app, &s.head, one), &year).expect("opened");
        assert!(s.app.citizen(&token, "vi").expect("an answer").is_some(), "{engine:?}");
        let Station { app, trial, .. } = s;
        drop(app);
        let next_day = at_work("2026-01-17");
        let app = App::open(&trial.location, Purpose::Write("test"), next_day, &trial.folder);
        let app = app.expect("open");
        assert!(app.citizen(&token, "vi").expect("an answer").is_none(), "{engine:?}: still open");
    }
}
