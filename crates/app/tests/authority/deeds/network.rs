//! Units, accounts, definitions, the audit.

use super::{Deed, Scene, Seen, among, deed, done, whole};
use crate::common::{PASSWORD, day};
use tram_app::audit::Filter;
use tram_app::unit::NewArea;
use tram_app::user::NewUser;
use tram_app::{Command, definitions};
use tram_domain::fact::{RelationKind, Subject};
use tram_kernel::{Compartment, UnitId};

fn told(action: &str) -> Filter {
    Filter { action: action.into(), ..Filter::default() }
}

pub const READS: &[Deed] = &[
    deed("audited_people", |s| {
        among(s.app.audited_people(s.actor), |(_, name)| *name == s.at.user_name)
    }),
    deed("units", |s| among(s.app.units(s.actor), |row| row.id == s.at.unit)),
    deed("areas", |s| among(s.app.areas(s.actor), |row| row.id == s.at.area)),
    deed("unit_page", |s| done(s.app.unit_page(s.actor, s.at.unit))),
    deed("network", |s| {
        among(s.app.network(s.actor, s.app.today()), |node| node.unit.id == s.at.unit)
    }),
    whole("possible_parents", |s| {
        among(s.app.possible_parents(s.actor), |row| row.id == s.at.unit)
    }),
    deed("users", |s| among(s.app.users(s.actor), |row| row.user == s.at.user)),
    whole("grantable_roles", |s| Ok(!s.app.grantable_roles(s.actor).is_empty())),
    whole("read_definitions", |s| done(s.app.read_definitions(s.actor))),
    whole("condition", |s| done(s.app.condition(s.actor))),
    deed("recent_audit", |s| {
        let lines = s.app.recent_audit(s.actor, &told("sign_in"), 300);
        among(lines, |line| line.user.as_ref() == Some(&s.at.user_name))
    }),
    deed("recent_audit (who was looked at, by name)", |s| {
        s.app.person_page(&s.at.operator, s.at.mother)?;
        let lines = s.app.recent_audit(s.actor, &told(""), 300);
        among(lines, |line| line.person.as_ref() == Some(&s.at.mother_name))
    }),
    deed("recent_audit (names after a refused look)", |s| {
        let looked = s.app.person_page(&s.own.operator, s.at.mother);
        assert_eq!(looked.is_ok(), s.at.unit == s.own.unit);
        let whose = Some(Subject::from(s.at.mother));
        let mut lines = s.app.recent_audit(s.actor, &told("person.read"), 300)?;
        lines.retain(|line| line.subject == whose && line.user.is_none());
        Ok(lines.iter().any(|line| line.person.is_some()))
    }),
];

fn village(s: &Scene<'_>, name: &str) -> NewArea {
    NewArea {
        name: name.into(),
        kind: "thôn".into(),
        commune: s.at.commune,
        unit: s.at.unit,
        since: day("2026-01-01"),
    }
}

fn transferred(s: &Scene<'_>, id: UnitId, (kind, to): (RelationKind, Option<UnitId>)) -> Seen {
    done(s.app.transfer_unit(s.actor, id, (kind, to), s.app.today(), None))
}

pub const UNITS: &[Deed] = &[
    deed("add_area", |s| done(s.app.add_area(s.actor, &village(s, "Bản Mới")))),
    deed("add_area_once", |s| {
        let command = Command::new(&format!("area {}", s.at.household_code), b"a village");
        done(s.app.add_area_once(s.actor, &village(s, "Bản Cũ"), Some(command)))
    }),
    deed("place_area", |s| done(s.app.place_area(s.actor, s.at.area, s.at.commune))),
    deed("rename_unit", |s| done(s.app.rename_unit(s.actor, s.at.unit, "Trạm mới", None))),
    deed("transfer_unit", |s| {
        let to = Some(s.world.units["province 1"]);
        transferred(s, s.at.unit, (RelationKind::Reporting, to))
    }),
    deed("transfer_unit (one of ours, under theirs)", |s| {
        transferred(s, s.world.units["committee 1"], (RelationKind::SiteOf, Some(s.at.unit)))
    }),
];

fn new_user(s: &Scene<'_>) -> NewUser {
    NewUser {
        login: format!("new.{}", s.at.household_code),
        name: "Nông Thị Mới".into(),
        password: PASSWORD.into(),
        role: "viewer".into(),
        unit: s.at.unit,
        from: day("2026-01-01"),
        to: None,
    }
}

fn granted(s: &Scene<'_>, unit: UnitId) -> Seen {
    let days = (day("2026-01-01"), None);
    done(s.app.grant_role(s.actor, s.at.user, "viewer", unit, days))
}

/// A compartment opened by the operator, so that there is one to see and to close.
fn opened(s: &Scene<'_>) -> (Compartment, UnitId) {
    let which = (Compartment::Tuberculosis, s.at.unit);
    // Opened before by another role's turn, it stays as it is.
    let _ = s.app.open_compartment(&s.at.operator, s.at.user, which, None, "phụ trách");
    which
}

pub const ACCOUNTS: &[Deed] = &[
    deed("openings", |s| {
        let (compartment, unit) = opened(s);
        among(s.app.openings(s.actor, s.at.user), |row| {
            row.opening.unit == unit && row.opening.compartment == compartment
        })
    }),
    deed("open_compartment", |s| {
        let which = (Compartment::Mental, s.at.unit);
        done(s.app.open_compartment(s.actor, s.at.user, which, None, "phụ trách"))
    }),
    deed("close_compartment", |s| {
        let which = opened(s);
        done(s.app.close_compartment(s.actor, s.at.user, which))
    }),
    deed("add_user", |s| done(s.app.add_user(s.actor, &new_user(s)))),
    deed("set_password", |s| done(s.app.set_password(s.actor, s.at.user, "mot cau khac han"))),
    deed("set_password (of a provincial admin)", |s| {
        done(s.app.set_password(s.actor, s.at.boss, "mot cau khac han"))
    }),
    deed("reset_password", |s| done(s.app.reset_password(s.actor, s.at.user))),
    deed("grant_role", |s| granted(s, s.at.unit)),
    deed("grant_role (to theirs, at our unit)", |s| {
        let days = (day("2026-02-01"), None);
        done(s.app.grant_role(s.actor, s.at.boss, "commune_leader", s.own.unit, days))
    }),
    deed("revoke_role", |s| {
        done(s.app.revoke_role(s.actor, s.at.user, "viewer", s.at.unit, Some("ghi nhầm")))
    }),
    deed("revoke_role (of theirs, not held, at our unit)", |s| {
        done(s.app.revoke_role(s.actor, s.at.user, "station_head", s.own.unit, None))
    }),
    deed("close_user", |s| done(s.app.close_user(s.actor, s.at.user, None))),
    deed("close_user (of a provincial admin)", |s| {
        done(s.app.close_user(s.actor, s.at.boss, None))
    }),
];

pub const DEFINITIONS: &[Deed] = &[
    whole("adopt_definitions", |s| {
        let files = definitions::built_in_files();
        done(s.app.adopt_definitions(s.actor, "the same again", &files))
    }),
    whole("adopt_overlay", |s| done(s.app.adopt_overlay(s.actor, "lao-cai", &[]))),
    whole("renew_definitions", |s| done(s.app.renew_definitions(s.actor, "0.1.0"))),
];
