//! Two provinces to ask about, with the same things in each of three stations.
//!
//! ```text
//! first province:  committee ─ health department ─ CDC, centre 1 ─ station 1 (own), station 2 (same centre)
//! second province: committee ─ health department ─ CDC, centre 2 ─ station 3 (far)
//! ```
//!
//! Until mid-2025 station 3 stood under the commune committee and the centre of station 1: who asks
//! today must not reach it any more.

use crate::common::{PASSWORD, at_work, day, open};
use std::collections::BTreeMap;
use tram_app::opening::migrate;
use tram_app::unit::{NewArea, NewUnit};
use tram_app::user::NewUser;
use tram_app::{Actor, App};
use tram_domain::fact::{FactRef, RelationKind, UnitKind};
use tram_kernel::identifier::Identifier;
use tram_kernel::{AreaId, CommuneCode, HouseholdId, PersonId, PlanId, UnitId, UserId};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

use super::records;

/// The day on which all is asked: a Friday.
pub const TODAY: &str = "2026-01-16";
/// Role, the key of its natural unit.
pub const SEATS: [(&str, &str); 9] = [
    ("station_head", "station 1"),
    ("station_nurse", "station 1"),
    ("commune_leader", "committee 1"),
    ("centre_planner", "centre 1"),
    ("centre_head", "centre 1"),
    ("province_manager", "health 1"),
    ("cdc_officer", "cdc 1"),
    ("viewer", "centre 1"),
    ("admin", "province 1"),
];
const COMMUNES: [&str; 3] = ["04303", "02680", "03158"];

/// One station with one of everything.
pub struct Site {
    pub unit: UnitId,
    pub unit_key: i64,
    pub area: AreaId,
    pub area_key: i64,
    pub area_name: String,
    /// A second village, to move to.
    pub field_key: i64,
    pub commune: CommuneCode,
    pub household: HouseholdId,
    pub household_code: String,
    pub mother: PersonId,
    pub mother_name: String,
    /// Two months old.
    pub child: PersonId,
    /// Another woman of the village.
    pub aunt: PersonId,
    pub citizen: Identifier,
    pub card: Identifier,
    /// A fact on the mother's record that may be taken back.
    pub slip: FactRef,
    pub lot: String,
    /// A day on which only this station vaccinated.
    pub vaccinated: tram_kernel::Date,
    pub plan: PlanId,
    /// The plan of the centre over this station.
    pub centre_plan: PlanId,
    pub user: UserId,
    pub user_name: String,
    /// An administrator of the province who also helps out at this station.
    pub boss: UserId,
    pub list: i64,
    pub spare_list: i64,
    /// The operator of the machine, acting for this station.
    pub operator: Actor,
}

/// A database with the network, and everything in it.
pub struct World {
    pub app: App,
    pub units: BTreeMap<&'static str, UnitId>,
    /// Own, same centre, far.
    pub sites: Vec<Site>,
    _trial: Trial,
}

impl World {
    pub fn new() -> Self {
        let trial = Trial::empty(Engine::Sqlite);
        migrate(&trial.location, at_work(TODAY)).expect("a migrated database");
        let app = open(&trial);
        let units = found(&app);
        let mut world = Self { app, units, sites: Vec::new(), _trial: trial };
        world.hand_over();
        let centre_plans = ["centre 1", "centre 2"].map(|centre| {
            let operator = world.operator(centre);
            records::plan(&world.app, &operator, world.units[centre])
        });
        for number in 0..3 {
            let site = world.site(number, centre_plans[number / 2]);
            world.sites.push(site);
        }
        world
    }

    pub fn operator(&self, unit: &str) -> Actor {
        self.app.operator(self.units[unit]).expect("an operator")
    }

    /// Somebody signed in with a role at its natural unit.
    pub fn actor(&self, role: &str, unit: &str) -> Actor {
        let operator = self.operator(unit);
        crate::common::user(&self.app, &operator, &format!("asks.{role}"), role, self.units[unit])
    }

    /// Station 3 goes to the second province.
    fn hand_over(&self) {
        let (operator, station) = (self.operator("station 3"), self.units["station 3"]);
        for (kind, to) in [
            (RelationKind::Administrative, "committee 3"),
            (RelationKind::Professional, "centre 2"),
            (RelationKind::Reporting, "centre 2"),
        ] {
            let to = Some(self.units[to]);
            let moved =
                self.app.transfer_unit(&operator, station, (kind, to), day("2025-07-01"), None);
            moved.expect("handed over");
        }
    }

    fn site(&self, at: usize, centre_plan: PlanId) -> Site {
        let app = &self.app;
        let name = ["Một", "Hai", "Ba"][at];
        let station = ["station 1", "station 2", "station 3"][at];
        let (unit, operator) = (self.units[station], self.operator(station));
        let commune: CommuneCode = COMMUNES[at].parse().expect("a code");
        let villages = ["Bản", "Nương"].map(|kind| {
            let (name, since) = (format!("{kind} {name}"), day("2017-01-01"));
            NewArea { name, kind: kind.into(), commune, unit, since }
        });
        let (_, areas) = app.found(&[], &villages).expect("villages");
        let rows = app.areas(&operator).expect("villages");
        let row = |id: AreaId| rows.iter().find(|row| row.id == id).expect("a village").clone();
        let (home, field) = (row(areas[0]), row(areas[1]));
        let family = records::family(app, &operator, home.key, at);
        let vaccinated = tram_kernel::day::add_days(day("2025-12-01"), at as i32);
        let lot = format!("LO-{}", at + 1);
        records::doses(app, &operator, family.child, (vaccinated, &lot));
        let (user, user_name) = self.account(&format!("staff.{}", at + 1), "station_nurse", unit);
        let (boss, _) = self.account(&format!("boss.{}", at + 1), "viewer", unit);
        let province = self.operator(["province 1", "province 1", "province 2"][at]);
        let days = (day("2017-01-01"), None);
        app.grant_role(&province, boss, "admin", province.unit, days).expect("granted");
        let list = |file: &str| records::list(app, &operator, file, &home.name, name);
        Site {
            unit,
            unit_key: operator.unit_key,
            area: home.id,
            area_key: home.key,
            area_name: home.name.clone(),
            field_key: field.key,
            commune,
            household: family.household,
            household_code: family.code,
            mother: family.mother,
            mother_name: family.name,
            child: family.child,
            aunt: family.aunt,
            citizen: family.citizen,
            card: family.card,
            slip: family.slip,
            lot,
            vaccinated,
            plan: records::plan(app, &operator, unit),
            centre_plan,
            user,
            user_name,
            boss,
            list: list("danh-sach.csv"),
            spare_list: list("danh-sach-2.csv"),
            operator,
        }
    }

    fn account(&self, login: &str, role: &str, unit: UnitId) -> (UserId, String) {
        let operator = self.app.operator(unit).expect("an operator");
        let name = format!("Nông Thị {login}").replace('.', " ");
        let new = NewUser {
            login: login.into(),
            name: name.clone(),
            password: PASSWORD.into(),
            role: role.into(),
            unit,
            from: day("2017-01-01"),
            to: None,
        };
        let id = self.app.add_user(&operator, &new).expect("a user");
        self.app.sign_in(login, PASSWORD, "vi").expect("signed in");
        (id, name)
    }
}

/// The units by their keys.
fn found(app: &App) -> BTreeMap<&'static str, UnitId> {
    use RelationKind::{Administrative, Professional, Reporting};
    use UnitKind::{
        Cdc, CommuneCommittee, HealthDepartment, ProvinceCommittee, RegionalCentre, Station,
    };
    const BOTH: [RelationKind; 2] = [Administrative, Reporting];
    let mut ids: BTreeMap<&'static str, UnitId> = BTreeMap::new();
    let mut add = |key, kind, commune: Option<usize>, under: &[(&[RelationKind], &str)]| {
        let relations = under.iter().flat_map(|(kinds, parent)| {
            let parent = ids[parent];
            kinds.iter().map(move |kind| (*kind, parent))
        });
        let new = NewUnit {
            name: format!("Đơn vị {key}"),
            kind,
            commune: commune.map(|at| COMMUNES[at].parse().expect("a code")),
            facility_code: None,
            since: day("2017-01-01"),
            under: relations.collect(),
        };
        let (made, _) = app.found(&[new], &[]).expect("a unit");
        ids.insert(key, made[0]);
    };
    for [province, health, cdc, centre] in [
        ["province 1", "health 1", "cdc 1", "centre 1"],
        ["province 2", "health 2", "cdc 2", "centre 2"],
    ] {
        add(province, ProvinceCommittee, None, &[]);
        add(health, HealthDepartment, None, &[(&[Administrative], province)]);
        add(cdc, Cdc, None, &[(&BOTH, health)]);
        add(centre, RegionalCentre, None, &[(&[Administrative], health), (&[Reporting], cdc)]);
    }
    let mut station = |at: usize, [committee, station]: [&'static str; 2], province, owner| {
        add(committee, CommuneCommittee, Some(at), &[(&[Administrative], province)]);
        let owner = if owner { committee } else { "committee 1" };
        let led: &[RelationKind] = &[Professional, Reporting];
        add(station, Station, Some(at), &[(&[Administrative], owner), (led, "centre 1")]);
    };
    station(0, ["committee 1", "station 1"], "province 1", true);
    station(1, ["committee 2", "station 2"], "province 1", true);
    station(2, ["committee 3", "station 3"], "province 2", false);
    ids
}
