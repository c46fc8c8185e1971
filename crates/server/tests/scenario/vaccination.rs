//! Vaccination days in a story: planned, people asked, held; campaigns; women and tetanus; who was lost.

use super::act::{read, sex};
use super::stage::{Ending, Stage, date};
use serde::Deserialize;
use tram_domain::fact::{
    CampaignPlanned, DueDateBasis, EmbryoTransfer, Para, PregnancyNoted, Scan, SessionEnd,
    SessionEnded, SessionPlace, SessionPlanned, TetanusTold,
};
use tram_domain::immunisation::{catch_up, tetanus};
use tram_domain::pregnancy::by_last_period;
use tram_kernel::day;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pregnant {
    pub who: String,
    pub on: String,
    /// As a paper says it, when nothing is told to count it from.
    pub expected: Option<String>,
    pub last_period: Option<String>,
    /// Day, weeks and days of an ultrasound.
    pub scan: Option<(String, u8, u8)>,
    /// Day of the transfer and age of the embryo.
    pub transfer: Option<(String, u8)>,
    pub fetuses: Option<u8>,
    pub gravida: Option<u8>,
    pub para: Option<(u8, u8, u8, u8)>,
}

/// A pregnancy that ended early.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loss {
    pub who: String,
    pub on: String,
}

/// What a woman says of tetanus doses before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tetanus {
    pub who: String,
    /// 0, 3 or 4.
    #[serde(default)]
    pub child: u8,
    #[serde(default)]
    pub doses: u8,
    pub last: Option<String>,
}

/// `plan` (with everything), `invite`, `held`, `cancelled`, `stopped` of the one planned last.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    pub what: String,
    pub on: Option<String>,
    #[serde(default)]
    pub villages: Vec<String>,
    #[serde(default)]
    pub series: Vec<String>,
    pub place: Option<String>,
    /// Of the campaign planned last.
    #[serde(default)]
    pub campaign: bool,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    pub name: String,
    pub series: String,
    pub born: (String, String),
    pub sex: Option<String>,
    pub days: (String, String),
}

impl Stage {
    pub(super) fn pregnant(&self, what: &Pregnant) -> Ending {
        let scan = what.scan.as_ref();
        let scan = scan.map(|(on, weeks, days)| Scan { on: date(on), weeks: *weeks, days: *days });
        let transfer = what.transfer.as_ref();
        let transfer =
            transfer.map(|(on, days)| EmbryoTransfer { on: date(on), embryo_days: *days });
        let last_period = what.last_period.as_deref().map(date);
        let basis = match (scan, last_period) {
            (Some(_), _) => DueDateBasis::Ultrasound,
            (None, Some(_)) => DueDateBasis::LastPeriod,
            _ => DueDateBasis::Stated,
        };
        let stated = what.expected.as_deref().map(date);
        let expected = stated.or(last_period.map(by_last_period)).unwrap_or_else(|| date(&what.on));
        let para = |(term, preterm, lost, living)| Para { term, preterm, lost, living };
        let body = PregnancyNoted {
            last_period,
            scan,
            transfer,
            fetuses: what.fetuses,
            gravida: what.gravida,
            para: what.para.map(para),
            ..PregnancyNoted::of(expected, basis)
        };
        let (who, on) = (self.who(&what.who), date(&what.on));
        self.asking(None, |asking| self.app.note_pregnancy(&self.head, who, on, &body, asking))
    }

    pub(super) fn lost(&self, what: &Loss) -> Ending {
        let (who, on) = (self.who(&what.who), date(&what.on));
        self.asking(None, |asking| self.app.end_pregnancy(&self.head, who, on, asking))
    }

    pub(super) fn tetanus(&self, what: &Tetanus) -> Ending {
        let (as_child, doses, last) = (what.child, what.doses, read(&what.last));
        let told = TetanusTold { as_child, doses, last, on_paper: true };
        self.app.tell_tetanus(&self.head, self.who(&what.who), &told, None)?;
        Ok(Vec::new())
    }

    pub(super) fn session(&mut self, what: &Session) -> Ending {
        if what.what == "plan" {
            let villages = self.app.areas(&self.head)?;
            let named = |village: &String| villages.iter().find(|a| a.name.ends_with(village));
            let areas = what.villages.iter().filter_map(named).map(|area| area.id).collect();
            let place = what.place.as_deref().and_then(SessionPlace::from_code);
            let body = SessionPlanned {
                unit: self.unit,
                on: date(what.on.as_deref().expect("a day")),
                at: Some(7 * 60 + 30),
                place: place.unwrap_or(SessionPlace::Fixed),
                point: None,
                areas,
                series: what.series.clone(),
                campaign: self.campaign.filter(|_| what.campaign),
                note: None,
            };
            self.session = Some(self.app.plan_session(&self.head, &body, None)?);
            return Ok(Vec::new());
        }
        let id = self.session.expect("a session was planned");
        match SessionEnd::from_code(&what.what) {
            Some(how) => {
                let body = SessionEnded { how, reason: what.reason.clone() };
                self.app.end_session(&self.head, id, &body, None)?;
            }
            None => {
                let n = self.app.invite(&self.head, id, None)?;
                self.lines(&[format!("  đã mời {n} người")]);
            }
        }
        Ok(Vec::new())
    }

    pub(super) fn campaign(&mut self, what: &Campaign) -> Ending {
        let body = CampaignPlanned {
            unit: self.unit,
            name: what.name.clone(),
            series: what.series.clone(),
            born_from: date(&what.born.0),
            born_to: date(&what.born.1),
            sex: what.sex.as_deref().map(sex),
            first: date(&what.days.0),
            last: date(&what.days.1),
            document: None,
        };
        self.campaign = Some(self.app.plan_campaign(&self.head, &body, None)?);
        Ok(Vec::new())
    }

    /// The session planned last: whom it expects, what it takes along.
    pub(super) fn see_session(&mut self) {
        let id = self.session.expect("a session was planned");
        let page = self.app.session_page(&self.head, id).expect("a session");
        let mut lines = vec![format!("Buổi tiêm {}:", day::show(page.session.on()))];
        for e in &page.expected {
            let doses: Vec<String> = e
                .doses
                .iter()
                .map(|(series, n)| match n {
                    0 => self.short(series),
                    n => format!("{} {n}", self.short(series)),
                })
                .collect();
            let came = e.doses.iter().any(|(series, _)| e.had.contains(series));
            let said = match (came, e.invited) {
                (true, _) => "đã tiêm",
                (false, true) => "đã mời",
                (false, false) => "chưa mời",
            };
            lines.push(format!("  {}: {} ({said})", e.person.name, doses.join(", ")));
        }
        for need in page.vials.iter().filter(|need| need.people > 0) {
            let stock =
                need.stock.map_or("chưa có sổ kho".into(), |n| format!("kho còn {n} liều"));
            let (short, people, per, vials) =
                (self.short(&need.series), need.people, need.per_vial, need.vials);
            lines.push(format!("  {short}: {people} người, {vials} lọ {per} liều, {stock}"));
        }
        self.lines(&lines);
    }

    pub(super) fn see_campaign(&mut self) {
        let id = self.campaign.expect("a campaign was planned");
        let page = self.app.campaign_page(&self.head, id).expect("a campaign");
        let mut lines = vec![format!("Chiến dịch {}:", page.campaign.name)];
        for one in &page.covered {
            let area = page.areas.iter().find(|area| area.key == one.area);
            let name = area.map_or("–", |area| area.name.as_str());
            lines.push(format!("  {name}: {}/{}", one.done, one.people));
        }
        let missing: Vec<&str> = page.missing.iter().map(|p| p.name.as_str()).collect();
        lines.push(format!("  chưa tiêm: {}", missing.join(", ")));
        self.lines(&lines);
    }

    /// Drop-outs and overdue doses.
    pub(super) fn see_gaps(&mut self) {
        let from = tram_kernel::day::add_months(self.today, -12);
        let page = self.app.gaps(&self.head, (from, self.today)).expect("gaps");
        let mut lines = vec!["Bỏ mũi, quá hạn:".to_owned()];
        for drop in page.dropouts.iter().filter(|drop| !drop.areas.is_empty()) {
            let share = drop.share();
            lines.push(format!("  {}: {}/{}", drop.pair.name, share.numerator, share.denominator));
        }
        for one in &page.overdue {
            let area = page.areas.iter().find(|area| area.key == one.area);
            let name = area.map_or("–", |area| area.name.as_str());
            lines.push(format!(
                "  {name}: {} {} quá hạn {}",
                self.short(&one.series),
                one.number,
                one.n
            ));
        }
        self.lines(&lines);
    }

    /// What the unit gave in a period.
    pub(super) fn see_given(&mut self, period: &str) {
        let period = period.parse().expect("a period");
        let month = self.app.given_in(&self.head, period).expect("a report");
        let mut lines = vec![format!("Báo cáo tiêm chủng {period}:")];
        for row in &month.doses {
            let name = match (row.series.as_str(), row.number) {
                ("", _) => "ngoài danh mục mũi".to_owned(),
                (series, 0) => format!("{}, không được tính", self.short(series)),
                (series, n) => format!("{} {n}", self.short(series)),
            };
            let older = row.all - row.under_one - row.one_to_four;
            let ages = (row.under_one, row.one_to_four, older);
            lines.push(format!(
                "  {name}: {} (dưới 1 tuổi {}, 1-4 tuổi {}, lớn hơn {})",
                row.all, ages.0, ages.1, ages.2
            ));
        }
        let held = month.sessions.iter().filter(|s| s.ended == Some(SessionEnd::Held)).count();
        lines.push(format!("  buổi tiêm: {held}/{}", month.sessions.len()));
        self.lines(&lines);
    }

    /// The visits a child that is behind should come to.
    pub(super) fn see_catch_up(&mut self, who: &str) {
        let page = self.page(who);
        let person = &page.view.person;
        let mut lines = vec![format!("Kế hoạch tiêm bù của {}:", person.name.shown())];
        for visit in catch_up(&page.view.defs, person, self.today) {
            let doses: Vec<String> = visit
                .doses
                .iter()
                .map(|(series, n)| format!("{} {n}", self.short(series)))
                .collect();
            lines.push(format!("  {} {}", day::show(visit.on), doses.join(", ")));
        }
        self.lines(&lines);
    }

    /// Whether a woman is protected from tetanus today.
    pub(super) fn see_protection(&mut self, who: &str) {
        let page = self.page(who);
        let person = &page.view.person;
        let had = tetanus::protection(&page.view.defs, person, self.today).expect("a rule");
        let said = match had.until {
            _ if !had.is_any => "chưa được bảo vệ".to_owned(),
            Some(until) if until <= self.today => format!("hết bảo vệ từ {}", day::show(until)),
            Some(until) => format!("được bảo vệ đến {}", day::show(until)),
            None => "được bảo vệ suốt tuổi sinh đẻ".to_owned(),
        };
        let name = person.name.shown().clone();
        self.lines(&[format!("Uốn ván của {name}: {} mũi, {said}", had.doses)]);
    }
}
