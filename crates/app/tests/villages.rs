//! Villages of one name in two communes are told apart wherever both are seen, and villages of a commune that
//! is no more are placed in one of today.

mod common;

use common::{at_work, day, open};
use tram_app::unit::{NewArea, NewUnit};
use tram_app::{App, Failure, opening};
use tram_domain::fact::{RelationKind, UnitKind};
use tram_kernel::UnitId;
use tram_store::sql::Engine;
use tram_store::trial::{ENGINES, Trial};

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
    opening::migrate(&trial.location, at_work(common::TODAY)).expect("migrated");
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
            since: day("2025-07-01"),
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

/// Cao Sơn (04957) was divided between Lương Sơn (04924) and Liên Sơn (04960); Yên Thế (04303) became the
/// middle of Lục Yên, which has its code.
#[test]
fn a_village_of_a_divided_commune_waits_for_somebody_who_knows() {
    for engine in ENGINES {
        let trial = Trial::empty(engine);
        opening::migrate(&trial.location, at_work(common::TODAY)).expect("migrated");
        let app = open(&trial);
        let station = unit(&app, "Trạm Y tế", UnitKind::Station, Some("04960"), None);
        let village = |name: &str, commune: &str, since: &str| NewArea {
            name: name.into(),
            kind: "thôn".into(),
            commune: commune.parse().expect("a code"),
            unit: station,
            since: day(since),
        };
        let villages = [
            village("Nà Khà", "04957", "2017-01-01"),
            village("Khe Pháo", "04303", "2017-01-01"),
            village("Chang", "04960", "2025-07-01"),
        ];
        let (_, areas) = app.found(&[], &villages).expect("villages");
        let actor = app.operator(station).expect("an operator");
        let waiting = || app.inbox(&actor).expect("an inbox").redrawn;
        let told: Vec<(String, String, usize)> =
            waiting().into_iter().map(|one| (one.area.name, one.old, one.choices.len())).collect();
        let line = |name: &str, old: &str, n| (name.to_owned(), old.to_owned(), n);
        assert_eq!(
            told,
            [line("thôn Khe Pháo", "thị trấn Yên Thế", 1), line("thôn Nà Khà", "xã Cao Sơn", 2)]
        );
        let place = |area, code: &str| app.place_area(&actor, area, code.parse().expect("a code"));
        let refusal = |answer| match answer {
            Err(Failure::Refused { message, .. }) => message.code,
            other => panic!("{other:?}"),
        };
        assert_eq!(refusal(place(areas[0], "04957")), "village-bad-commune");
        assert_eq!(refusal(place(areas[0], "04309")), "village-not-there");
        place(areas[0], "04960").expect("placed");
        place(areas[0], "04960").expect("once is enough");
        assert_eq!(refusal(place(areas[0], "04924")), "village-placed");
        place(areas[1], "04303").expect("placed under the same code, another commune");
        assert_eq!(waiting(), []);
        let names: Vec<String> =
            app.areas(&actor).expect("villages").into_iter().map(|area| area.name).collect();
        let expected =
            ["thôn Khe Pháo, xã Lục Yên", "thôn Chang, xã Liên Sơn", "thôn Nà Khà, xã Liên Sơn"];
        assert_eq!(names, expected, "{engine:?}");
    }
}
