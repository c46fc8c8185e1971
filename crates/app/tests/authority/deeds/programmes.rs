//! Programmes: registers and visits due, taking in, filling in, letting go, taking back.

use super::{Deed, Scene, Seen, among, deed, done, whole};
use crate::authority::records::{blood_pressure, hypertension, registration};
use tram_app::Failure;
use tram_app::programme::Sent;
use tram_domain::programme::Leaving;

/// Whether one patient more at the target is one more in the numbers.
fn counted(s: &Scene<'_>) -> Seen {
    let followed = || -> Result<i64, Failure> {
        let all = s.app.programmes(s.actor)?.programmes;
        Ok(all.iter().filter(|(code, ..)| code == "hypertension").map(|(.., n)| n.followed).sum())
    };
    let before = followed()?;
    let form = registration("Vàng Thị Thêm", "1970-10-10", s.at.area_key);
    let new = s.app.register_person(&s.at.operator, &form, None)?.value;
    s.app.enrol(&s.at.operator, new, &hypertension(s.app.today()), &Sent::default())?;
    Ok(followed()? > before)
}

pub const READS: &[Deed] = &[
    whole("programme_definitions", |s| done(s.app.programme_definitions(s.actor))),
    deed("programmes", counted),
    deed("register", |s| {
        let register = s.app.register(s.actor, "hypertension", None);
        among(register.map(|found| found.rows), |row| row.line.person.id == s.at.mother)
    }),
    deed("register (of the village)", |s| {
        let register = s.app.register(s.actor, "hypertension", Some(s.at.area_key));
        among(register.map(|found| found.rows), |row| row.line.person.id == s.at.mother)
    }),
    deed("visits_due", |s| {
        let due = s.app.visits_due(s.actor, "hypertension", None, 60);
        among(due, |due| due.person.id == s.at.mother)
    }),
];

pub const WRITES: &[Deed] = &[
    deed("enrol", |s| {
        let wish = hypertension(s.app.today());
        done(s.app.enrol(s.actor, s.at.aunt, &wish, &Sent::default()))
    }),
    deed("record_form", |s| {
        let wish = blood_pressure(s.app.today(), 132);
        done(s.app.record_form(s.actor, s.at.mother, &wish, &Sent::default()))
    }),
    deed("retract_form", |s| {
        let page = s.app.person_page(&s.at.operator, s.at.mother)?;
        let entry = page.view.person.followed.entries.last().expect("an entry").at;
        done(s.app.retract_form(s.actor, s.at.mother, entry, "ghi nhầm", &Sent::default()))
    }),
    deed("leave_programme", |s| {
        let wish = Leaving {
            programme: "hypertension".into(),
            outcome: "referred".into(),
            note: None,
            on: s.app.today(),
        };
        done(s.app.leave_programme(s.actor, s.at.mother, &wish, &Sent::default()))
    }),
];
