//! Records compared, linked and parted; what should be looked at again.

use super::{Deed, Scene, Seen, among, deed, done};
use crate::authority::records::registration;
use tram_app::household::HouseholdForm;
use tram_app::person::Asking;
use tram_app::{Actor, Failure};
use tram_domain::fact::FactRef;
use tram_domain::person::link::{Choices, Whose};
use tram_kernel::{HouseholdId, PersonId};

fn asking() -> Asking {
    let accepted = ["warn-same-person"].map(str::to_owned).into();
    Asking { reason: Some("ghi hai lần".into()), accepted, ..Asking::default() }
}

fn choices() -> Choices {
    Choices { from_other: Default::default(), home: Whose::Kept, reason: None }
}

/// A record opened by an operator, its name one of the station's own.
fn record(s: &Scene<'_>, operator: &Actor, name: &str, area: i64) -> Result<PersonId, Failure> {
    let mut form = registration(name, "1988-04-05", area);
    form.accepted = asking().accepted;
    Ok(s.app.register_person(operator, &form, None)?.value)
}

/// Two records of the target that look alike.
fn twice(s: &Scene<'_>) -> Result<(PersonId, PersonId), Failure> {
    let open = || record(s, &s.at.operator, "Bàn Thị Trùng", s.at.area_key);
    Ok((open()?, open()?))
}

fn linked(s: &Scene<'_>) -> Result<(PersonId, PersonId, FactRef), Failure> {
    let (kept, other) = twice(s)?;
    s.app.link_people(&s.at.operator, (kept, other), &choices(), &asking())?;
    let page = s.app.person_page(&s.at.operator, kept)?;
    Ok((kept, other, page.view.person.links[0].at))
}

/// One of ours beside one of theirs.
fn across(s: &Scene<'_>) -> Result<(PersonId, PersonId), Failure> {
    let ours = record(s, &s.own.operator, "Bàn Thị Giáp", s.own.area_key)?;
    Ok((ours, record(s, &s.at.operator, "Bàn Thị Giáp", s.at.area_key)?))
}

fn homes(s: &Scene<'_>, own: bool) -> Result<(HouseholdId, HouseholdId), Failure> {
    let site = if own { s.own } else { s.at };
    let form = HouseholdForm { area: site.area_key, code: None, address: None, poverty: None };
    let first = s.app.add_household(&site.operator, &form, None)?;
    Ok((first, s.at.household))
}

pub const LINKS: &[Deed] = &[
    deed("inbox", |s| {
        let (one, _) = twice(s)?;
        let found = s.app.inbox(s.actor).map(|inbox| inbox.pairs);
        among(found, |pair| pair.first.id == one || pair.second.id == one)
    }),
    deed("alike_pairs", |s| {
        let (one, _) = twice(s)?;
        let key = s.app.person_line(&s.at.operator, one)?.key;
        among(s.app.alike_pairs(s.actor), |(a, b, _)| *a == key || *b == key)
    }),
    deed("compare_people", |s| {
        let (kept, other) = twice(s)?;
        done(s.app.compare_people(s.actor, kept, other))
    }),
    deed("compare_people (ours, with theirs)", |s| {
        let (kept, other) = across(s)?;
        done(s.app.compare_people(s.actor, kept, other))
    }),
    deed("compare_households", |s| {
        let (kept, other) = homes(s, false)?;
        done(s.app.compare_households(s.actor, kept, other))
    }),
    deed("compare_households (ours, with theirs)", |s| {
        let (kept, other) = homes(s, true)?;
        done(s.app.compare_households(s.actor, kept, other))
    }),
    deed("link_people", |s| done(s.app.link_people(s.actor, twice(s)?, &choices(), &asking()))),
    deed("link_people (ours, with theirs)", |s| {
        done(s.app.link_people(s.actor, across(s)?, &choices(), &asking()))
    }),
    deed("link_many", |s| done(s.app.link_many(s.actor, &[twice(s)?], &choices(), &asking()))),
    deed("keep_apart", |s| done(s.app.keep_apart(s.actor, twice(s)?, &asking()))),
    deed("keep_apart (ours, from theirs)", |s| {
        done(s.app.keep_apart(s.actor, across(s)?, &asking()))
    }),
    deed("joined", |s| {
        let (kept, _, at) = linked(s)?;
        done(s.app.joined(s.actor, kept, at))
    }),
    deed("unlink", |s| {
        let (kept, _, at) = linked(s)?;
        done(s.app.unlink(s.actor, kept, (at, &[]), &asking()))
    }),
];
