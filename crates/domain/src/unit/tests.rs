//! A station moves from the regional centre to the commune committee; both trees stay answerable.

use super::*;
use tram_defs::role::Reach;

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

fn unit(id: u128, kind: UnitKind, relations: &[(RelationKind, u128, &str, Option<&str>)]) -> Unit {
    Unit {
        id: UnitId::from_u128(id),
        shard: "04303".parse().expect("a code"),
        name: format!("đơn vị {id}"),
        past_names: Vec::new(),
        kind,
        commune: None,
        facility_code: None,
        registered_on: day("2017-01-01"),
        closed_on: None,
        relations: relations
            .iter()
            .map(|(kind, parent, from, to)| Relation {
                kind: *kind,
                parent: UnitId::from_u128(*parent),
                from: day(from),
                to: to.map(day),
            })
            .collect(),
    }
}

#[test]
fn a_transfer_changes_who_leads_and_not_who_advises() {
    use RelationKind::{Administrative, Professional};
    let centre = unit(1, UnitKind::RegionalCentre, &[]);
    let committee = unit(2, UnitKind::CommuneCommittee, &[]);
    let station = unit(
        3,
        UnitKind::Station,
        &[
            (Administrative, 1, "2017-01-01", Some("2026-01-01")),
            (Administrative, 2, "2026-01-01", None),
            (Professional, 1, "2017-01-01", None),
        ],
    );
    let area = Area {
        id: AreaId::from_u128(9),
        shard: "04303".parse().expect("a code"),
        name: "Khe Pháo".into(),
        kind: "thôn".into(),
        commune: "04303".parse().expect("a code"),
        commune_from: "2025-07-01".parse().expect("a date"),
        trusts: vec![Trust { unit: station.id, from: day("2017-01-01"), to: None }],
    };
    let network = Network { units: vec![&centre, &committee, &station], areas: vec![&area] };
    let reaches = network.area_reach();
    let reached = |top: &Unit, reach: Reach| -> Vec<(String, Option<String>)> {
        reaches
            .iter()
            .filter(|r| r.top == top.id && r.reach == reach)
            .map(|r| (r.from.to_string(), r.to.map(|to| to.to_string())))
            .collect()
    };
    let span = |from: &str, to: Option<&str>| vec![(from.to_owned(), to.map(str::to_owned))];
    assert_eq!(reached(&centre, Reach::Administrative), span("2017-01-01", Some("2026-01-01")));
    assert_eq!(reached(&committee, Reach::Administrative), span("2026-01-01", None));
    // Two paths (led and advised) reach the same village: it is still one village.
    assert_eq!(reached(&centre, Reach::Professional), span("2017-01-01", None));
    assert_eq!(reached(&station, Reach::Unit), span("2017-01-01", None));
    assert_eq!(reached(&centre, Reach::Unit), vec![]);
}

#[test]
fn a_circle_drawn_by_mistake_ends() {
    use RelationKind::Administrative;
    let a = unit(1, UnitKind::Other, &[(Administrative, 2, "2020-01-01", None)]);
    let b = unit(2, UnitKind::Other, &[(Administrative, 1, "2020-01-01", None)]);
    let network = Network { units: vec![&a, &b], areas: vec![] };
    let reach = network.unit_reach();
    let administrative = |r: &&UnitReach| r.reach == Reach::Administrative && r.top == a.id;
    assert_eq!(reach.iter().filter(administrative).count(), 2);
}

#[test]
fn a_village_says_its_kind_once() {
    let mut area = Area {
        id: AreaId::from_u128(1),
        shard: "04303".parse().expect("a code"),
        name: "Bản Chang".into(),
        kind: "bản".into(),
        commune: "04303".parse().expect("a code"),
        commune_from: "2025-07-01".parse().expect("a date"),
        trusts: vec![],
    };
    assert_eq!(area.full_name(), "Bản Chang");
    area.name = "Khe Pháo".into();
    area.kind = "thôn".into();
    assert_eq!(area.full_name(), "thôn Khe Pháo");
}
