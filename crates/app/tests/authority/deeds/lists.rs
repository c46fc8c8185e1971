//! Worklists, doses, and population lists from files.

use super::{Deed, Scene, Seen, among, deed, done};
use crate::authority::records::{dose, registration, roster};
use tram_app::Failure;
use tram_app::immunisation::DoseForm;
use tram_app::import::{Choice, ListKind};
use tram_app::insurance::Standing;
use tram_domain::fact::{DoseDeferred, SeriesContraindicated};
use tram_exchange::template::list_template;
use tram_kernel::day::add_days;

fn owed(s: &Scene<'_>, area: Option<i64>) -> Seen {
    let list = s.app.worklist(s.actor, area, 30).map(|list| list.children);
    among(list, |child| child.person.id == s.at.child)
}

fn needed(s: &Scene<'_>, area: Option<i64>) -> Seen {
    among(s.app.needs(s.actor, area).map(|found| found.people), |need| need.person.id == s.at.child)
}

/// Whether one child more at the target is one more in the count.
fn counted(s: &Scene<'_>) -> Seen {
    let before = s.app.worklist_counts(s.actor)?;
    let form = registration("Hoàng Thị Thêm", "2025-10-10", s.at.area_key);
    s.app.register_person(&s.at.operator, &form, None)?;
    Ok(s.app.worklist_counts(s.actor)?.due > before.due)
}

pub const WORKLISTS: &[Deed] = &[
    deed("worklist", |s| owed(s, None)),
    deed("worklist (of the village)", |s| owed(s, Some(s.at.area_key))),
    deed("worklist_counts", counted),
    deed("needs", |s| needed(s, None)),
    deed("insurance_review", |s| {
        let review = s.app.insurance_review(s.actor, None, Standing::Missing, usize::MAX);
        among(review.map(|review| review.lines), |line| line.person.id == s.at.aunt)
    }),
    deed("needs (of the village)", |s| needed(s, Some(s.at.area_key))),
    deed("offered_lots", |s| among(s.app.offered_lots(s.actor), |offered| offered.lot == s.at.lot)),
    deed("given_today", |s| {
        among(s.app.given_today(s.actor, "ROTA"), |given| given.person.id == s.at.child)
    }),
    deed("vaccinated_on", |s| Ok(s.app.vaccinated_on(s.actor, s.at.vaccinated)? > 0)),
];

pub const DOSES: &[Deed] = &[
    deed("record_doses", |s| {
        let doses = vec![dose("COMBE5", "LO-9", s.at.unit)];
        let (person, on, accepted) = (s.at.child, s.app.today(), Vec::new());
        let form = DoseForm { person, doses, on, accepted };
        done(s.app.record_doses(s.actor, &form, None))
    }),
    deed("defer_doses", |s| {
        let until = add_days(s.app.today(), 7);
        let deferred = DoseDeferred { series: "OPV".into(), reason: "fever".into(), until };
        done(s.app.defer_doses(s.actor, s.at.child, &[deferred]))
    }),
    deed("contraindicate", |s| {
        let (series, reason) = ("IPV".into(), "anaphylaxis".into());
        let stop = SeriesContraindicated { series, reason };
        done(s.app.contraindicate(s.actor, s.at.child, &stop))
    }),
];

/// Whether the village of the target can be chosen in the template.
fn in_template(s: &Scene<'_>) -> Seen {
    let bytes = s.app.list_template(s.actor, &ListKind::People)?;
    let areas = s.app.areas(s.actor)?;
    // The template holds villages by their own names; a list of many communes says these as well.
    let own = |name: String| name.split(", ").next().unwrap_or_default().to_owned();
    let names: Vec<String> = areas.into_iter().map(|area| own(area.name)).collect();
    let defs = s.app.definitions();
    assert!(
        bytes == list_template(&ListKind::People, &defs, &names),
        "exactly the villages in reach"
    );
    Ok(names.contains(&s.at.area_name))
}

/// A list read by the asker: true when it lies with the target's station.
fn read(s: &Scene<'_>) -> Seen {
    let text = roster(&s.at.area_name, "Mới");
    let key = s.app.read_list(s.actor, "moi.csv", text.as_bytes())?;
    among(s.app.lists(&s.at.operator), |file| file.key == key && file.unit == s.at.unit_key)
}

fn applied(s: &Scene<'_>) -> Result<(), Failure> {
    s.app.apply_list(s.actor, s.at.list, false, &mut |_, _| ()).map(|_| ())
}

/// A list of the target, applied.
fn brought_in(s: &Scene<'_>) -> Result<i64, Failure> {
    let text =
        format!("Họ và tên;Giới tính;Ngày sinh;Thôn\nVàng Thị Nhầm;Nữ;1983;{}\n", s.at.area_name);
    let by = &s.at.operator;
    let key = s.app.read_list(by, "nham.csv", text.as_bytes())?;
    s.app.check_list(by, key, None)?;
    s.app.apply_list(by, key, true, &mut |_, _| ())?;
    Ok(key)
}

pub const IMPORTS: &[Deed] = &[
    deed("list_template", in_template),
    deed("lists", |s| among(s.app.lists(s.actor), |file| file.key == s.at.list)),
    deed("list_view", |s| done(s.app.list_view(s.actor, s.at.list))),
    deed("list_view_as", |s| done(s.app.list_view_as(s.actor, s.at.list, &Choice::default()))),
    deed("check_view", |s| done(s.app.check_view(s.actor, s.at.list))),
    deed("list_errors", |s| done(s.app.list_errors(s.actor, s.at.list))),
    deed("read_list", read),
    deed("read_list_of", |s| {
        let text = roster(&s.at.area_name, "Khác");
        let kind = Some(ListKind::People);
        let key = s.app.read_list_of(s.actor, kind, "khac.csv", text.as_bytes())?;
        among(s.app.lists(&s.at.operator), |file| file.key == key && file.unit == s.at.unit_key)
    }),
    deed("check_list", |s| done(s.app.check_list(s.actor, s.at.list, None))),
    deed("apply_list", |s| done(applied(s))),
    deed("undo_list", |s| {
        let key = brought_in(s)?;
        done(s.app.undo_list(s.actor, key, "nhầm tệp", &mut |_, _| ()))
    }),
    deed("undo_kept", |s| {
        let key = brought_in(s)?;
        s.app.undo_list(&s.at.operator, key, "nhầm tệp", &mut |_, _| ())?;
        done(s.app.undo_kept(s.actor, key))
    }),
    deed("drop_list", |s| done(s.app.drop_list(s.actor, s.at.spare_list))),
];
