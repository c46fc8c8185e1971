//! `tram init`: a database with its units, from real codes.

use super::out::print_line;
use super::{Common, Ended, Out};
use clap::{Args, Subcommand};
use serde_json::json;
use tram_app::unit::{NewArea, NewUnit, village_kind};
use tram_app::{App, Failure, Location, Purpose, opening};
use tram_defs::place::Commune;
use tram_domain::fact::{RelationKind, UnitKind};
use tram_kernel::{AreaId, CommuneCode, Date, Message, ProvinceCode, UnitId};

#[derive(Args)]
pub struct Init {
    #[command(subcommand)]
    command: InitCommand,
}

#[derive(Subcommand)]
enum InitCommand {
    /// Một Trạm Y tế cấp xã với UBND xã sở hữu trạm.
    Station {
        /// Mã xã năm chữ số, ví dụ 04303.
        #[arg(long)]
        commune: CommuneCode,
        /// Tên một thôn, bản; nhắc lại cho từng thôn.
        #[arg(long = "village")]
        villages: Vec<String>,
    },
    /// Một Trung tâm Y tế khu vực với các Trạm Y tế xã.
    Centre {
        #[arg(long)]
        name: String,
        /// Mã các xã, cách nhau bằng dấu phẩy.
        #[arg(long, value_delimiter = ',', required = true)]
        communes: Vec<CommuneCode>,
    },
    /// Một tỉnh: UBND tỉnh, Sở Y tế, CDC, và Trạm Y tế của mọi xã.
    Province {
        /// Mã tỉnh hai chữ số, ví dụ 15.
        #[arg(long)]
        code: ProvinceCode,
    },
}

/// Units under construction, with ids chosen at once so that they may name each other.
struct Plan {
    units: Vec<NewUnit>,
    ids: Vec<UnitId>,
    since: Date,
}

impl Plan {
    fn add(
        &mut self,
        app: &App,
        name: String,
        kind: UnitKind,
        commune: Option<CommuneCode>,
        under: Vec<(RelationKind, UnitId)>,
    ) -> UnitId {
        let id = UnitId::from_u128(app.new_id());
        let since = self.since;
        self.units.push(NewUnit { name, kind, commune, facility_code: None, since, under });
        self.ids.push(id);
        id
    }

    /// The committee of a commune and the station it owns.
    fn station(&mut self, app: &App, commune: &Commune, over: &[(RelationKind, UnitId)]) -> UnitId {
        let place = commune.full_name();
        let code = Some(commune.code);
        let committee =
            self.add(app, format!("UBND {place}"), UnitKind::CommuneCommittee, code, vec![]);
        let mut under = vec![(RelationKind::Administrative, committee)];
        under.extend_from_slice(over);
        self.add(app, format!("Trạm Y tế {place}"), UnitKind::Station, code, under)
    }
}

impl Init {
    pub fn run(&self, common: &Common, out: &Out) -> Result<Ended, Ended> {
        let location = common.location()?;
        if let Location::Sqlite(path) = &location
            && path.exists()
            && opening::upgrade_plan(&location)?.change_sets > 0
        {
            let message = Message::new("cli-init-exists").with("path", path.display().to_string());
            return Err(Ended::Refused(message));
        }
        opening::migrate(&location, common.clock())?;
        let app = common.open(Purpose::Write("tram init"))?;
        if !app.all_units()?.is_empty() {
            let message = Message::new("cli-init-exists").with("path", location.shown());
            return Err(Ended::Refused(message));
        }
        let mut plan = Plan { units: Vec::new(), ids: Vec::new(), since: app.today() };
        let mut areas: Vec<NewArea> = Vec::new();
        let home = self.plan(&app, &mut plan, &mut areas)?;
        let area_ids: Vec<AreaId> = areas.iter().map(|_| AreaId::from_u128(app.new_id())).collect();
        app.found_as(&plan.units, &plan.ids, &areas, &area_ids)?;
        app.set_home(home)?;
        let (units, villages) = (plan.units.len(), areas.len());
        let answer = json!({ "home": home.to_string(), "units": units, "areas": villages });
        out.answer(answer, || {
            let args = [("units", units.into()), ("areas", villages.into())];
            print_line!("{}", out.words.with("cli-init-done", args));
        });
        Ok(Ended::Done)
    }

    fn plan(&self, app: &App, plan: &mut Plan, areas: &mut Vec<NewArea>) -> Result<UnitId, Ended> {
        let defs = app.definitions();
        let places = defs.places();
        let today = app.today();
        let find = |code: CommuneCode| {
            let unknown = || {
                let message = Message::new("cli-commune-unknown").with("code", code.to_string());
                Ended::Failed(Failure::refused(message))
            };
            places.commune(code, today).ok_or_else(unknown)
        };
        match &self.command {
            InitCommand::Station { commune, villages } => {
                let station = plan.station(app, find(*commune)?, &[]);
                for name in villages {
                    areas.push(NewArea {
                        name: name.clone(),
                        kind: village_kind(name).into(),
                        commune: *commune,
                        unit: station,
                        since: today,
                    });
                }
                Ok(station)
            }
            InitCommand::Centre { name, communes } => {
                let centre = plan.add(app, name.clone(), UnitKind::RegionalCentre, None, vec![]);
                let over =
                    [(RelationKind::Professional, centre), (RelationKind::Reporting, centre)];
                for code in communes {
                    plan.station(app, find(*code)?, &over);
                }
                Ok(centre)
            }
            InitCommand::Province { code } => {
                let province = places.province(*code, today).ok_or_else(|| {
                    Ended::Refused(
                        Message::new("cli-province-unknown").with("code", code.to_string()),
                    )
                })?;
                let place = format!("{} {}", province.kind, province.name);
                let committee = plan.add(
                    app,
                    format!("UBND {place}"),
                    UnitKind::ProvinceCommittee,
                    None,
                    vec![],
                );
                let led = vec![(RelationKind::Administrative, committee)];
                let health = plan.add(
                    app,
                    format!("Sở Y tế {place}"),
                    UnitKind::HealthDepartment,
                    None,
                    led,
                );
                let under =
                    vec![(RelationKind::Administrative, health), (RelationKind::Reporting, health)];
                let cdc = plan.add(
                    app,
                    format!("Trung tâm Kiểm soát bệnh tật {place}"),
                    UnitKind::Cdc,
                    None,
                    under,
                );
                let over = [(RelationKind::Professional, health), (RelationKind::Reporting, cdc)];
                for commune in places.communes() {
                    let current = commune.valid_from.is_some() && commune.holds_on(today);
                    if current && commune.province == *code {
                        plan.station(app, commune, &over);
                    }
                }
                Ok(health)
            }
        }
    }
}
