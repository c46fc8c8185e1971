//! People and households: found, read, opened, changed.

use super::{Deed, Scene, Seen, among, deed, done};
use crate::authority::records::{held, registration};
use crate::common::day;
use tram_app::household::HouseholdForm;
use tram_app::person::{Amendment, Asking, MoveForm};
use tram_app::{Actor, Failure};
use tram_domain::fact::{
    DeathRecorded, DueDateBasis, HouseholdChange, HouseholdJoined, PersonChange, PregnancyNoted,
    ResidenceEnded, ResidenceKind, StillbirthRecorded,
};
use tram_domain::person::NewBirth;
use tram_kernel::PersonId;
use tram_kernel::identifier::IdentifierKind;

fn asking() -> Asking {
    Asking { reason: Some("ghi nhầm".into()), ..Asking::default() }
}

fn found(s: &Scene<'_>, area: Option<i64>) -> Seen {
    let found = s.app.search(s.actor, &s.at.mother_name, area).map(|(lines, _)| lines);
    among(found, |line| line.id == s.at.mother)
}

pub const READS: &[Deed] = &[
    deed("search", |s| found(s, None)),
    deed("search (in the village)", |s| found(s, Some(s.at.area_key))),
    deed("person_page", |s| done(s.app.person_page(s.actor, s.at.mother))),
    deed("person_line", |s| done(s.app.person_line(s.actor, s.at.mother))),
    deed("open_in_emergency", |s| {
        done(s.app.open_in_emergency(s.actor, s.at.mother, "co giật, cần biết thuốc đang dùng"))
    }),
    deed("own_page", |s| done(s.app.own_page(s.actor))),
    deed("citizen_code", |s| done(s.app.citizen_code(s.actor, s.at.mother))),
    deed("record_audit", |s| done(s.app.record_audit(s.actor, s.at.mother))),
    deed("find_households", |s| {
        let found = s.app.find_households(s.actor, &s.at.household_code);
        among(found, |row| row.id == s.at.household)
    }),
    deed("households", |s| {
        among(s.app.households(s.actor, s.at.area_key, ""), |row| row.id == s.at.household)
    }),
    deed("household_row", |s| done(s.app.household_row(s.actor, s.at.household))),
    deed("household_page", |s| done(s.app.household_page(s.actor, s.at.household))),
];

fn household(area: i64, code: &str) -> HouseholdForm {
    HouseholdForm { area, code: Some(code.into()), address: None, poverty: None }
}

/// A household of ours with a number of its own.
fn numbered(s: &Scene<'_>) -> HouseholdForm {
    household(s.own.field_key, &format!("78{}", s.at.household_code))
}

pub const HOUSEHOLDS: &[Deed] = &[
    deed("add_household", |s| {
        done(s.app.add_household(s.actor, &household(s.at.area_key, "77"), None))
    }),
    deed("amend_household", |s| {
        let change = [HouseholdChange::Address(Some("Đầu bản".into()))];
        done(s.app.amend_household(s.actor, s.at.household, &change, Some("ghi nhầm")))
    }),
    deed("family_doctors", |s| {
        let known = s.app.family_doctors(s.actor);
        among(known, |(user, _)| *user == s.at.user)
    }),
    deed("assign_doctor", |s| done(s.app.assign_doctor(s.actor, s.at.area_key, s.at.user, true))),
    deed("amend_household (ours, to their village)", |s| {
        let home = s.app.add_household(&s.own.operator, &numbered(s), None);
        let change = [HouseholdChange::Area(s.at.area)];
        let moved = s.app.amend_household(s.actor, home?, &change, Some("ghi nhầm"));
        done(moved)
    }),
];

const fn birth() -> NewBirth {
    NewBirth { order: None, place: None, weight_grams: None }
}

/// Asks about the number of the target's mother: true when its holder is told.
fn number_asked(s: &Scene<'_>) -> Seen {
    let mut form = registration("Lò Thị Mới", "1995-06-07", s.own.area_key);
    form.identifiers = vec![held(IdentifierKind::Citizen, s.at.citizen.value())];
    match s.app.register_person(s.actor, &form, None) {
        Err(Failure::Confirm(warnings)) => {
            let shown = format!("{warnings:?}");
            Ok(shown.contains(&s.at.mother.to_string()) || shown.contains(&s.at.area_name))
        }
        other => done(other),
    }
}

/// A record of ours with the number of the target's mother: true when she stands on its page.
fn number_shared(s: &Scene<'_>) -> Seen {
    let mut form = registration("Lò Thị Trùng", "1995-06-08", s.own.area_key);
    form.identifiers = vec![held(IdentifierKind::Citizen, s.at.citizen.value())];
    form.accepted =
        ["warn-number-held", "warn-number-elsewhere", "warn-same-person"].map(str::to_owned).into();
    let ours = s.app.register_person(&s.own.operator, &form, None)?.value;
    let page = s.app.person_page(s.actor, ours)?;
    Ok(page.same_number.iter().any(|line| line.id == s.at.mother))
}

pub const OPENINGS: &[Deed] = &[
    deed("register_person", |s| {
        let form = registration("Lò Thị Xuân", "1990-02-03", s.at.area_key);
        done(s.app.register_person(s.actor, &form, None))
    }),
    deed("register_person (ours, of their mother)", |s| {
        let name = format!("Hoàng Thị Em {}", s.at.household_code);
        let mut form = registration(&name, "2024-03-04", s.own.area_key);
        form.mother = Some(s.at.mother);
        done(s.app.register_person(s.actor, &form, None))
    }),
    deed("register_person (ours, into their household)", |s| {
        let name = format!("Hoàng Thị Út {}", s.at.household_code);
        let mut form = registration(&name, "2023-03-04", s.own.area_key);
        form.household = Some((s.at.household, "3".into()));
        done(s.app.register_person(s.actor, &form, None))
    }),
    deed("register_person (ours, their number told)", number_asked),
    deed("person_page (ours, their number on it)", number_shared),
    deed("register_birth", |s| {
        let mut form = registration("Hoàng Thị Nụ", "2025-11-10", s.at.area_key);
        form.mother = Some(s.at.mother);
        done(s.app.register_birth(s.actor, &form, &birth(), None))
    }),
    deed("register_birth (ours, of their mother)", |s| {
        let name = format!("Hoàng Thị Hoa {}", s.at.household_code);
        let mut form = registration(&name, "2025-11-10", s.own.area_key);
        form.mother = Some(s.at.mother);
        done(s.app.register_birth(s.actor, &form, &birth(), None))
    }),
];

fn amended(s: &Scene<'_>, id: PersonId, change: PersonChange) -> Seen {
    let change = [Amendment { change, seen: Vec::new() }];
    done(s.app.amend_person(s.actor, id, &change, &asking()))
}

fn moved(s: &Scene<'_>, actor: &Actor, id: PersonId, area: i64) -> Seen {
    let form = MoveForm {
        area,
        kind: ResidenceKind::Permanent,
        from: s.app.today(),
        reason: "marriage".into(),
        from_place: None,
    };
    done(s.app.move_person(actor, id, &form, &asking()))
}

/// A fresh record of ours.
fn fresh(s: &Scene<'_>, name: &str) -> Result<PersonId, Failure> {
    let name = format!("Hoàng Thị {name} {}", s.at.household_code);
    let form = registration(&name, "2022-05-06", s.own.area_key);
    Ok(s.app.register_person(&s.own.operator, &form, None)?.value)
}

fn joined(s: &Scene<'_>, id: PersonId) -> Seen {
    let body = HouseholdJoined { household: s.at.household, relation: "6".into() };
    done(s.app.join_household(s.actor, id, &body, s.app.today(), &asking()))
}

/// A household opened and taken back at once.
fn undone(s: &Scene<'_>) -> Seen {
    let form = household(s.at.area_key, "7788");
    s.app.add_household(s.actor, &form, None)?;
    let saves = s.app.recent_saves(s.actor.user.expect("somebody who signed in"))?;
    done(s.app.undo(s.actor, &saves[0].set, "ghi nhầm, hoàn tác ngay"))
}

pub const CHANGES: &[Deed] = &[
    deed("undo", undone),
    deed("amend_person", |s| amended(s, s.at.mother, PersonChange::Occupation(Some("1".into())))),
    deed("amend_person (ours, of their mother)", |s| {
        amended(s, fresh(s, "Sen")?, PersonChange::Mother(Some(s.at.mother), None))
    }),
    deed("retract", |s| done(s.app.retract(s.actor, s.at.mother, s.at.slip, &asking()))),
    deed("add_identifier", |s| {
        let number = held(IdentifierKind::Passport, "C1234567");
        done(s.app.add_identifier(s.actor, s.at.mother, &number, &asking()))
    }),
    deed("end_identifier", |s| {
        let ended = (&s.at.card, s.app.today());
        done(s.app.end_identifier(s.actor, s.at.mother, ended, &asking()))
    }),
    deed("join_household", |s| joined(s, s.at.aunt)),
    deed("join_household (ours, into theirs)", |s| joined(s, fresh(s, "Lan")?)),
    deed("note_pregnancy", |s| {
        let noted = PregnancyNoted::of(day("2026-05-01"), DueDateBasis::Stated);
        done(s.app.note_pregnancy(s.actor, s.at.aunt, s.app.today(), &noted, &asking()))
    }),
    deed("end_pregnancy", |s| {
        done(s.app.end_pregnancy(s.actor, s.at.aunt, s.app.today(), &asking()))
    }),
    deed("record_stillbirth", |s| {
        let body = StillbirthRecorded { sex: None, order: None, place: None, weeks: Some(28) };
        done(s.app.record_stillbirth(s.actor, s.at.aunt, s.app.today(), &body, &asking()))
    }),
    deed("move_person", |s| moved(s, s.actor, s.at.mother, s.at.field_key)),
    deed("move_person (ours, to their village)", |s| {
        moved(s, s.actor, fresh(s, "Cúc")?, s.at.field_key)
    }),
    deed("move_person (theirs, to our village)", |s| {
        let form = registration("Hoàng Thị Mai", "2021-05-06", s.at.area_key);
        let theirs = s.app.register_person(&s.at.operator, &form, None)?.value;
        moved(s, s.actor, theirs, s.own.field_key)
    }),
    deed("move_person_out", |s| {
        let body = ResidenceEnded { reason: "marriage".into(), to_place: None };
        done(s.app.move_person_out(s.actor, s.at.mother, s.app.today(), &body, &asking()))
    }),
    deed("record_death", |s| {
        let body = DeathRecorded { minute: None, place: None, cause: None };
        done(s.app.record_death(s.actor, s.at.aunt, s.app.today(), &body, &asking()))
    }),
];
