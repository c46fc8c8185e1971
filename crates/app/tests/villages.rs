//! Villages of one name in two communes are told apart wherever both are seen.

mod common;

use common::{day, open};
use tram_app::unit::{NewArea, NewUnit};
use tram_app::{App, Clock, opening};
use tram_domain::fact::{RelationKind, UnitKind};
use tram_kernel::UnitId;
use tram_store::sql::Engine;
use tram_store::trial::Trial;

fn unit(
    app: &App,
    name: &str,
    kind: UnitKind,
    commune: Option<&str>,
    over: Option<UnitId>,
) -> UnitId {
    let new = NewUnit {
        name: name.into(),
        kind,
        commune: commune.map(|code| code.parse().expect("a code")),
        facility_code: None,
        since: day("2017-01-01"),
        under: over.map(|over| (RelationKind::Professional, over)).into_iter().collect(),
    };
    app.found(&[new], &[]).expect("a unit").0[0]
}

#[test]
fn the_commune_is_said_only_where_several_are_seen() {
    let trial = Trial::empty(Engine::Sqlite);
    opening::migrate(&trial.location, Clock::on(day(common::TODAY))).expect("migrated");
    let app = open(&trial);
    let centre = unit(&app, "Trung tâm Y tế khu vực", UnitKind::RegionalCentre, None, None);
    let mut stations = Vec::new();
    for code in ["04303", "04309"] {
        let station = unit(&app, "Trạm Y tế", UnitKind::Station, Some(code), Some(centre));
        let village = NewArea {
            name: "Khe Pháo".into(),
            kind: "thôn".into(),
            commune: code.parse().expect("a code"),
            unit: station,
            since: day("2017-01-01"),
        };
        app.found(&[], &[village]).expect("a village");
        stations.push(station);
    }
    let names = |at: UnitId| -> Vec<String> {
        let actor = app.operator(at).expect("an operator");
        app.areas(&actor).expect("villages").into_iter().map(|area| area.name).collect()
    };
    assert_eq!(names(stations[0]), ["thôn Khe Pháo"]);
    let of_centre = names(centre);
    assert_eq!(of_centre.len(), 2);
    assert!(of_centre.contains(&"thôn Khe Pháo, xã Lục Yên".to_owned()), "{of_centre:?}");
    assert_ne!(of_centre[0], of_centre[1]);
}
