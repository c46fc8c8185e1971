//! The units of the demo as a dated graph: province, health department, CDC, regional centre with its
//! departments, and in each commune a committee, a station and what became of the old stations.

use super::calendar::{Day, date};
use super::chance::{Chance, Weighted};
use super::deed::{Act, Deed};
use super::ground::{CentreWords, Ground};
use super::words::{Ethnicity, VillageWords};
use crate::failure::Failure;
use crate::unit::{NewArea, NewUnit, area_facts, unit_facts};
use tram_defs::Definitions;
use tram_domain::fact::{
    AreaAmended, Fact, RelationKind, UnitAmended, UnitKind, UnitRelated, UnitUnrelated,
};
use tram_kernel::{AreaId, CommuneCode, Date, Moment, ProvinceCode, Shard, UnitId};

/// All units were there before the story begins.
const SINCE: Date = jiff::civil::date(2017, 1, 1);
/// Districts ended, communes were joined, provinces renamed.
pub(super) const JOINED: Date = jiff::civil::date(2025, 7, 1);
/// The stations came under the committees of their communes.
const HANDED_OVER: Date = jiff::civil::date(2026, 1, 1);
/// The new province Lào Cai, which keeps the code of Yên Bái.
pub(super) const PROVINCE: u32 = 15;
const DEPARTMENTS: [&str; 4] =
    ["Phòng Kế hoạch - Nghiệp vụ", "Phòng Tổ chức - Hành chính", "Khoa Y tế dự phòng", "Khoa Dược"];

pub(super) struct Network {
    pub committee: UnitId,
    pub health_department: UnitId,
    pub cdc: UnitId,
    /// The centre above the first communes.
    pub centre: UnitId,
    pub communes: Vec<Place>,
    pub units: usize,
}

/// One commune with its station and villages.
pub(super) struct Place {
    /// Position among the communes of the demo.
    pub number: u32,
    pub name: String,
    pub shard: Shard,
    pub weight: f64,
    pub committee: UnitId,
    pub station: UnitId,
    /// The regional centre the station reports to, and its name of today.
    pub centre: UnitId,
    pub centre_name: String,
    pub villages: Vec<Village>,
}

pub(super) struct Village {
    pub area: AreaId,
    pub weight: f64,
    pub mix: Vec<(Ethnicity, f64)>,
    /// Too far from the station: vaccinated on days of its own.
    pub is_outreach: bool,
}

/// Draws a village by its size.
pub(super) fn by_size(villages: &[Village]) -> Weighted<usize> {
    villages.iter().enumerate().map(|(at, village)| (at, village.weight)).collect()
}

/// Collects facts while the units are set up.
struct Founder<'a> {
    chance: Chance,
    defs: &'a Definitions,
    at: Moment,
    today: Date,
    facts: Vec<Fact>,
    /// What happened when the communes were joined: new names, old stations as sites.
    joined: Vec<Fact>,
    handed_over: Vec<Fact>,
    units: usize,
}

/// Units and villages with the deeds that set them up.
pub(super) fn found(
    defs: &Definitions,
    (seed, start, today): (u64, Day, Date),
    ground: &Ground,
) -> Result<(Network, Vec<Deed>), Failure> {
    let at = Moment::at(date(start - 40), 8 * 60);
    let chance = Chance::new(seed, u64::MAX);
    let (facts, joined, handed_over) = Default::default();
    let mut f = Founder { chance, defs, at, today, facts, joined, handed_over, units: 0 };
    let network = f.network(ground)?;
    let mut deeds = vec![Deed { at, by: None, act: Act::Found("unit.found", f.facts) }];
    for (action, on, facts) in
        [("unit.rename", JOINED, f.joined), ("unit.transfer", HANDED_OVER, f.handed_over)]
    {
        // What is decided already but not yet in force is known from the start.
        let at = if on <= today { Moment::at(on, 8 * 60) } else { at };
        if !facts.is_empty() {
            deeds.push(Deed { at: at.max(deeds[0].at), by: None, act: Act::Found(action, facts) });
        }
    }
    Ok((network, deeds))
}

impl Founder<'_> {
    fn network(&mut self, ground: &Ground) -> Result<Network, Failure> {
        use RelationKind::{Administrative, Reporting};
        let code = ProvinceCode::new(PROVINCE).expect("two digits");
        let name = |on: Date| self.defs.places().province(code, on).map(|p| p.name.clone());
        let (old, new) = (name(SINCE).unwrap_or_default(), name(JOINED).unwrap_or_default());
        let titled = |title: &str| (format!("{title} {old}"), format!("{title} {new}"));
        let committee =
            self.renamed_unit(titled("Ủy ban nhân dân tỉnh"), UnitKind::ProvinceCommittee, &[])?;
        let names = titled("Sở Y tế tỉnh");
        let under = [(Administrative, committee)];
        let health_department = self.renamed_unit(names, UnitKind::HealthDepartment, &under)?;
        let names = titled("Trung tâm Kiểm soát bệnh tật tỉnh");
        let under = [(Administrative, health_department), (Reporting, health_department)];
        let cdc = self.renamed_unit(names, UnitKind::Cdc, &under)?;
        let mut centres = Vec::new();
        for words in &ground.centres {
            centres.push(self.centre(words, health_department, cdc)?);
        }
        let mut communes = self.communes(ground, &centres, committee)?;
        communes.sort_by_key(|place| (place.number, place.shard));
        for (number, place) in communes.iter_mut().enumerate() {
            place.number = number as u32;
        }
        let (units, centre) = (self.units, centres[0].0);
        Ok(Network { committee, health_department, cdc, centre, communes, units })
    }

    /// A regional centre with its departments, and its name of today.
    fn centre(
        &mut self,
        CentreWords { name, kind }: &CentreWords,
        health_department: UnitId,
        cdc: UnitId,
    ) -> Result<(UnitId, String), Failure> {
        use RelationKind::{Administrative, Reporting, SiteOf};
        let today = format!("Trung tâm Y tế khu vực {name}");
        let names = (format!("Trung tâm Y tế {kind} {name}"), today.clone());
        let under = [(Administrative, health_department), (Reporting, cdc)];
        let centre = self.renamed_unit(names, UnitKind::RegionalCentre, &under)?;
        for department in DEPARTMENTS {
            let under = vec![(SiteOf, centre)];
            self.unit(department.into(), UnitKind::Department, None, SINCE, under)?;
        }
        Ok((centre, today))
    }

    /// Committees, stations and villages; until the centres stand, each commune bears the number of its own.
    fn communes(
        &mut self,
        ground: &Ground,
        centres: &[(UnitId, String)],
        above: UnitId,
    ) -> Result<Vec<Place>, Failure> {
        use RelationKind::{Administrative, Professional, Reporting};
        let mut communes = Vec::new();
        for words in &ground.communes {
            let (shard, weight, number) = (words.code, words.weight, words.centre as u32);
            let (centre, centre_name) = centres[words.centre].clone();
            let committee = self.commune_committee(shard, above)?;
            let under = vec![(Administrative, centre), (Professional, centre), (Reporting, centre)];
            let station = self.station(shard, under, (centre, committee))?;
            let mut villages = Vec::new();
            for village in &words.villages {
                villages.push(self.village(village, shard, station)?);
            }
            let name = words.name.clone();
            communes.push(Place {
                number,
                name,
                shard,
                weight,
                committee,
                station,
                centre,
                centre_name,
                villages,
            });
        }
        Ok(communes)
    }

    fn unit(
        &mut self,
        name: String,
        kind: UnitKind,
        commune: Option<CommuneCode>,
        since: Date,
        under: Vec<(RelationKind, UnitId)>,
    ) -> Result<UnitId, Failure> {
        let at = if since == JOINED { Moment::at(JOINED, 8 * 60) } else { self.at };
        let id = UnitId::from_u128(self.chance.id(at));
        let new = NewUnit { name, kind, commune, facility_code: None, since, under };
        let facts = if since == JOINED { &mut self.joined } else { &mut self.facts };
        facts.extend(unit_facts(&new, id)?);
        self.units += 1;
        Ok(id)
    }

    fn renamed_unit(
        &mut self,
        (old, new): (String, String),
        kind: UnitKind,
        under: &[(RelationKind, UnitId)],
    ) -> Result<UnitId, Failure> {
        let id = self.unit(old.clone(), kind, None, SINCE, under.to_vec())?;
        self.rename(id, tram_store::rebuild::nowhere(), &old, new);
        Ok(id)
    }

    /// A name that is not yet borne today is left for later.
    fn rename(&mut self, id: UnitId, shard: Shard, old: &str, new: String) {
        if old != new && JOINED <= self.today {
            let body = UnitAmended { name: Some(new), facility_code: None, reason: None };
            self.joined.push(Fact::new(id.into(), shard, JOINED, body.into()));
        }
    }

    /// The full name of the commune today and, before it was joined, of its main part.
    fn commune_names(&self, code: CommuneCode) -> (String, String) {
        let places = self.defs.places();
        let last = jiff::civil::date(2025, 6, 30);
        let new = places.commune(code, JOINED);
        let parts = self.parts(code);
        let same_name = parts.iter().find(|part| new.is_some_and(|new| new.name == part.1));
        let old = match same_name {
            Some((code, _)) => places.commune(*code, last),
            None => places.commune(code, last),
        };
        let full = |found: Option<&tram_defs::place::Commune>| {
            found.map_or_else(|| code.to_string(), tram_defs::place::Commune::full_name)
        };
        (full(old), full(new))
    }

    /// Old communes that went wholly into this one: code and name.
    fn parts(&self, code: CommuneCode) -> Vec<(CommuneCode, String)> {
        let places = self.defs.places();
        let last = jiff::civil::date(2025, 6, 30);
        let whole = places.predecessors(code).into_iter().filter(|(_, whole)| *whole);
        whole.filter_map(|(old, _)| Some((old, places.commune(old, last)?.name.clone()))).collect()
    }

    fn commune_committee(&mut self, code: CommuneCode, above: UnitId) -> Result<UnitId, Failure> {
        let (old, new) = self.commune_names(code);
        let (old, new) = (format!("Ủy ban nhân dân {old}"), format!("Ủy ban nhân dân {new}"));
        let under = vec![(RelationKind::Administrative, above)];
        let kind = UnitKind::CommuneCommittee;
        let id = self.unit(old.clone(), kind, Some(code), SINCE, under)?;
        self.rename(id, code, &old, new);
        Ok(id)
    }

    /// The station, handed over from the centre to the committee, with the other old stations as its
    /// sites once the communes are joined.
    fn station(
        &mut self,
        code: CommuneCode,
        under: Vec<(RelationKind, UnitId)>,
        (centre, committee): (UnitId, UnitId),
    ) -> Result<UnitId, Failure> {
        let (old, new) = self.commune_names(code);
        let name = format!("Trạm Y tế {old}");
        let id = self.unit(name.clone(), UnitKind::Station, Some(code), SINCE, under)?;
        self.rename(id, code, &name, format!("Trạm Y tế {new}"));
        let kind = RelationKind::Administrative;
        let left = UnitUnrelated { kind, parent: centre };
        self.handed_over.push(Fact::new(id.into(), code, HANDED_OVER, left.into()));
        let came = UnitRelated { kind, parent: committee };
        self.handed_over.push(Fact::new(id.into(), code, HANDED_OVER, came.into()));
        if JOINED <= self.today {
            for (_, part) in self.parts(code) {
                if !old.ends_with(&part) {
                    let under = vec![(RelationKind::SiteOf, id)];
                    let name = format!("Điểm trạm {part}");
                    self.unit(name, UnitKind::SubStation, Some(code), JOINED, under)?;
                }
            }
        }
        Ok(id)
    }

    fn village(
        &mut self,
        words: &VillageWords,
        commune: CommuneCode,
        unit: UnitId,
    ) -> Result<Village, Failure> {
        let area = AreaId::from_u128(self.chance.id(self.at));
        let (name, kind) = (words.name.clone(), words.kind.clone());
        let new = NewArea { name, kind, commune, unit, since: SINCE };
        self.facts.extend(area_facts(&new, area)?);
        let redrawn = AreaAmended { name: None, commune: Some(commune), reason: None };
        self.joined.push(Fact::new(area.into(), commune, JOINED, redrawn.into()));
        // Dao and Hmông hamlets lie high up and far off.
        let high = words.mix.iter().filter(|(code, _)| matches!(code, 8 | 9));
        let is_outreach = high.map(|(_, share)| share).sum::<f64>() >= 60.0;
        Ok(Village { area, weight: words.weight, mix: words.mix.clone(), is_outreach })
    }
}
