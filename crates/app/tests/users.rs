//! Accounts: who may hand out what, and that nobody gets hold of rights through somebody else's account.

mod common;

use common::{PASSWORD, Station, day, found, user};
use tram_app::{Actor, Failure};
use tram_kernel::UserId;
use tram_store::sql::Engine;

fn id_of(station: &Station, login: &str) -> UserId {
    let operator = station.app.operator(station.unit).expect("an operator");
    let users = station.app.users(&operator).expect("users");
    users.into_iter().find(|row| row.login == login).expect("an account").user
}

/// The same station with an administrator and a nurse beside its head.
fn station() -> (Station, Actor, UserId) {
    let station = Station::new(Engine::Sqlite);
    let operator = station.app.operator(station.unit).expect("an operator");
    let admin = user(&station.app, &operator, "quantri", "admin", station.unit);
    user(&station.app, &operator, "yta", "station_nurse", station.unit);
    let nurse = id_of(&station, "yta");
    (station, admin, nurse)
}

fn code<T: std::fmt::Debug>(answer: Result<T, Failure>) -> &'static str {
    match answer {
        Err(Failure::Refused { message, .. }) => message.code,
        Err(Failure::NotFound) => "not-found",
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_head_resets_the_password_of_a_nurse_but_not_of_an_administrator() {
    let (station, _, nurse) = station();
    let (app, head) = (&station.app, &station.head);
    app.reset_password(head, nurse).expect("a new password");
    assert!(app.sign_in("yta", PASSWORD, "vi").is_err(), "the old one is over");
    let admin = id_of(&station, "quantri");
    assert_eq!(code(app.reset_password(head, admin)), "user-beyond");
    assert_eq!(code(app.close_user(head, admin, None)), "user-beyond");
    assert!(app.sign_in("quantri", PASSWORD, "vi").is_ok(), "nothing changed");
}

#[test]
fn who_is_not_within_reach_is_not_there() {
    let (station, ..) = station();
    let (app, head) = (&station.app, &station.head);
    let (other, _) = found(app, "Trạm Y tế xã Mường Lai", "04309");
    let operator = app.operator(other).expect("an operator");
    let hers = app.add_user(
        &operator,
        &tram_app::user::NewUser {
            login: "hoa".into(),
            name: "Hoa".into(),
            password: PASSWORD.into(),
            role: "station_nurse".into(),
            unit: other,
            from: day("2020-01-01"),
            to: None,
        },
    );
    let hers = hers.expect("an account of the other station");
    let from_here =
        app.grant_role(head, hers, "station_nurse", station.unit, (day("2026-01-01"), None));
    assert_eq!(code(from_here), "not-found");
    assert_eq!(code(app.reset_password(head, hers)), "not-found");
}

#[test]
fn only_a_role_that_is_held_is_taken_away() {
    let (station, _, nurse) = station();
    let (app, head) = (&station.app, &station.head);
    let gone = app.revoke_role(head, nurse, "station_head", station.unit, None);
    assert_eq!(code(gone), "user-role-not-held");
    app.revoke_role(head, nurse, "station_nurse", station.unit, None).expect("taken away");
    let again = app.revoke_role(head, nurse, "station_nurse", station.unit, None);
    assert_eq!(code(again), "user-role-not-held");
    let admin = id_of(&station, "quantri");
    let beyond = app.revoke_role(head, admin, "admin", station.unit, None);
    assert_eq!(code(beyond), "user-role-beyond");
}

#[test]
fn what_may_be_handed_out_is_data() {
    let (station, admin, _) = station();
    let codes = |actor: &Actor| -> Vec<String> {
        station.app.grantable_roles(actor).into_iter().map(|role| role.code).collect()
    };
    let of_admin = codes(&admin);
    assert!(of_admin.contains(&"station_nurse".to_owned()), "{of_admin:?}");
    assert!(of_admin.contains(&"admin".to_owned()), "{of_admin:?}");
    let of_head = codes(&station.head);
    assert!(of_head.contains(&"station_nurse".to_owned()), "{of_head:?}");
    assert!(!of_head.contains(&"admin".to_owned()), "{of_head:?}");
}

#[test]
fn a_failed_sign_in_is_on_record_at_the_unit_of_the_account() {
    let (station, _, _) = station();
    assert!(station.app.sign_in("yta", "khong phai mat khau", "vi").is_err());
    assert!(station.app.sign_in("khong-co-ai", "mat khau cua ai", "vi").is_err());
    let sign_ins = tram_app::audit::Filter { action: "sign_in".into(), ..Default::default() };
    let lines = station.app.recent_audit(&station.head, &sign_ins, 300).expect("an audit");
    let denied: Vec<_> = lines.iter().filter(|line| line.outcome == "denied").collect();
    assert_eq!(denied.len(), 1, "{lines:?}");
    assert!(!format!("{lines:?}").contains("mat khau"), "what was typed is not kept");
}
