//! Drafts are their owner's alone, survive the program and go when the form is saved; a computer knows who
//! worked on it lately and tells nobody else.

mod common;

use common::crash::registration;
use common::{PASSWORD, Station, at_work, open, user};
use tram_app::desk::DraftForm;
use tram_app::signin::Token;
use tram_app::{App, Command, Failure, Purpose};
use tram_store::trial::ENGINES;

fn enter(app: &App, login: &str) -> Token {
    app.sign_in(login, PASSWORD, "vi").expect("signed in")
}

fn draft(form: &str, body: &str) -> DraftForm {
    let idem = format!("idem of {form}");
    DraftForm { form: form.into(), body: body.into(), seen: "7".into(), idem }
}

fn body_of(app: &App, token: &Token, form: &str) -> Option<String> {
    app.kept_draft(token, form).expect("an answer").map(|kept| kept.body)
}

#[test]
fn a_draft_is_there_after_a_lost_session_and_a_restart_for_its_owner_alone() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let operator = s.app.operator(s.unit).expect("an operator");
        user(&s.app, &operator, "mai", "station_nurse", s.unit);
        let token = enter(&s.app, "lan");
        assert!(s.app.keep_draft(&token, &draft("person:new", "một")).expect("kept"));
        assert!(s.app.keep_draft(&token, &draft("person:new", "hai")).expect("kept again"));
        assert_eq!(s.app.kept_drafts(&token).expect("drafts").len(), 1);
        s.app.sign_out(&token).expect("signed out");
        let lost = s.app.kept_draft(&token, "person:new");
        assert!(matches!(lost, Err(Failure::SignedOut)), "nothing is told without a session");

        let Station { app, trial, head, .. } = s;
        drop(app);
        let app = open(&trial);
        let token = enter(&app, "lan");
        assert_eq!(body_of(&app, &token, "person:new").as_deref(), Some("hai"), "{engine:?}");
        let other = enter(&app, "mai");
        assert_eq!(body_of(&app, &other, "person:new"), None, "{engine:?}: somebody else's");
        app.drop_draft(&other, "person:new").expect("nothing to drop");
        assert!(body_of(&app, &token, "person:new").is_some(), "{engine:?}: still there");

        // Once the form is saved, a page that is slow to notice keeps nothing any more.
        let area = app.areas(&head).expect("villages")[0].key;
        let command = Some(Command::new("idem of person:new", b"the form"));
        app.register_person(&head, &registration(area, 0), command).expect("registered");
        assert!(!app.keep_draft(&token, &draft("person:new", "ba")).expect("answered"));
        app.drop_draft(&token, "person:new").expect("dropped");
        assert_eq!(body_of(&app, &token, "person:new"), None);
    }
}

#[test]
fn drafts_are_bounded_and_old_ones_are_forgotten() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let token = enter(&s.app, "lan");
        for n in 0..60 {
            s.app.keep_draft(&token, &draft(&format!("form:{n}"), "x")).expect("kept");
        }
        assert_eq!(s.app.kept_drafts(&token).expect("drafts").len(), 50);
        let long = "x".repeat(200_000);
        for (form, body) in [("form:1", long.as_str()), ("", "x"), ("Lò Thị Mai", "x")] {
            let refused = s.app.keep_draft(&token, &draft(form, body));
            assert!(matches!(refused, Err(Failure::Refused { .. })), "{form}");
        }
        let Station { app, trial, .. } = s;
        drop(app);
        let later = at_work("2026-03-01");
        let app = App::open(&trial.location, Purpose::Write("test"), later, &trial.folder);
        let app = app.expect("open");
        let token = enter(&app, "lan");
        assert!(app.kept_drafts(&token).expect("drafts").is_empty(), "{engine:?}");
    }
}

#[test]
fn a_computer_tells_who_worked_there_to_nobody_else() {
    for engine in ENGINES {
        let s = Station::new(engine);
        let operator = s.app.operator(s.unit).expect("an operator");
        user(&s.app, &operator, "mai", "station_nurse", s.unit);
        let computer = s.app.meet_here(None, &enter(&s.app, "lan")).expect("a computer");
        let same = s.app.meet_here(Some(computer), &enter(&s.app, "mai")).expect("the same");
        assert_eq!(computer, same);
        let logins = |computer: &Token| -> Vec<String> {
            let met = s.app.met_here(computer).expect("names");
            let mut logins: Vec<String> = met.into_iter().map(|(login, _)| login).collect();
            logins.sort();
            logins
        };
        assert_eq!(logins(&computer), ["lan", "mai"], "{engine:?}");
        assert!(logins(&[7; 32]).is_empty(), "{engine:?}: another computer");
        s.app.forget_here(&computer).expect("forgotten");
        assert!(logins(&computer).is_empty());
    }
}
