//! Who signs in to the demo: one account for each role, and passwords that can be typed.

use super::calendar::{Day, date};
use super::chance::Chance;
use super::deed::{Act, By, Deed, Who};
use super::name::{Bearer, Namer};
use super::network::{Network, Place};
use super::rates::Rates;
use super::words::Words;
use crate::demo::Login;
use crate::user::CLOSED;
use tram_domain::fact::{CompartmentOpened, Fact, RoleGranted, UserRegistered};
use tram_kernel::{Moment, Sex, UnitId, UserId, text};
use tram_store::rebuild::nowhere;

/// Words of the mountains that are written the same without marks.
const WORDS: [&str; 32] = [
    "suoi", "rung", "nuong", "lua", "ngo", "khoai", "que", "hoi", "mai", "ban", "tre", "trau",
    "nui", "khe", "doi", "may", "gio", "nang", "mua", "sao", "trang", "chim", "hoa", "cau", "nha",
    "san", "bep", "khen", "dan", "tinh", "then", "sli",
];

/// The accounts of a demo.
pub(super) struct Accounts {
    /// Nurse and head of each station in turn, in the order of the communes; last those who plan.
    pub staff: Vec<By>,
    /// Who writes the plans of the regional centre.
    pub planner: Who,
    /// Who writes those of the province.
    pub manager: Who,
    /// Who may sign in, and with what.
    pub logins: Vec<(UserId, Login)>,
    pub deed: Deed,
}

struct Opener<'a> {
    chance: Chance,
    namer: Namer<'a>,
    at: Moment,
    facts: Vec<Fact>,
    logins: Vec<(UserId, Login)>,
}

pub(super) fn open(
    (rates, words): (&Rates, &Words),
    network: &Network,
    (seed, start): (u64, Day),
) -> Accounts {
    let at = Moment::at(date(start - 39), 9 * 60);
    let (chance, namer) = (Chance::new(seed, u64::MAX - 1), Namer::new(&rates.names, words));
    let mut o = Opener { chance, namer, at, facts: Vec::new(), logins: Vec::new() };
    let mut staff = Vec::new();
    for place in &network.communes {
        staff.extend(o.station(place));
    }
    let first = network.communes.first();
    if let Some(place) = first {
        let login = format!("chutich.{}", short(&place.name));
        o.account(
            &login,
            Sex::Male,
            "commune_leader",
            (place.committee, "Ủy ban nhân dân xã"),
            true,
        );
    }
    let centre = (network.centre, "Trung tâm Y tế khu vực");
    let user = o.account("kehoach.ttyt", Sex::Female, "centre_planner", centre, true);
    let (unit, centre_of) = (network.centre, network.centre);
    let planner = u16::try_from(staff.len()).ok();
    staff.push(By { user, role: "centre_planner", unit, centre: centre_of });
    o.account("giamdoc.ttyt", Sex::Male, "centre_head", centre, true);
    o.account("canbo.cdc", Sex::Female, "cdc_officer", (network.cdc, "CDC tỉnh"), true);
    let department = (network.health_department, "Sở Y tế");
    let user = o.account("quanly.tinh", Sex::Male, "province_manager", department, true);
    let manager = u16::try_from(staff.len()).ok();
    let unit = network.health_department;
    staff.push(By { user, role: "province_manager", unit, centre: centre_of });
    // From the top of the network, so that every account is within reach.
    o.account("quantri", Sex::Male, "admin", (network.committee, "Ủy ban nhân dân tỉnh"), true);
    let deed = Deed { at, by: None, act: Act::Found("user.add", o.facts) };
    Accounts { staff, planner, manager, logins: o.logins, deed }
}

/// `Lục Yên` → `lucyen`.
fn short(name: &str) -> String {
    text::fold(name).chars().filter(char::is_ascii_alphanumeric).collect()
}

impl Opener<'_> {
    /// Nurse and head of a station. Two nurses and one head get a password; the others have not set
    /// theirs yet.
    fn station(&mut self, place: &Place) -> [By; 2] {
        let (unit, name) = (place.station, short(&place.name));
        let (has_nurse, has_head) = (place.number <= 1, place.number == 0);
        let at = (unit, "Trạm Y tế xã");
        let login = format!("yta.{name}");
        let nurse = self.account(&login, Sex::Female, "station_nurse", at, has_nurse);
        let login = format!("truong.{name}");
        let head = self.account(&login, Sex::Male, "station_head", at, has_head);
        for compartment in CLOSED {
            let reason = "Phụ trách chương trình của trạm".to_owned();
            let body = CompartmentOpened { compartment, unit, to: None, reason };
            self.facts.push(Fact::new(head.into(), nowhere(), self.at.day(), body.into()));
        }
        [
            By { user: nurse, role: "station_nurse", unit, centre: place.centre },
            By { user: head, role: "station_head", unit, centre: place.centre },
        ]
    }

    fn account(
        &mut self,
        login: &str,
        sex: Sex,
        role: &'static str,
        (unit, unit_name): (UnitId, &str),
        has_password: bool,
    ) -> UserId {
        let id = UserId::from_u128(self.chance.id(self.at));
        let family = self.namer.family(&mut self.chance, 2);
        let who = Bearer { family: &family, ethnicity: 2, sex, year: 1984 };
        let (name, _) = self.namer.full(&mut self.chance, who, &[]);
        let registered = UserRegistered { login: login.into(), name };
        let granted = RoleGranted { role: role.into(), unit, to: None };
        for body in [registered.into(), granted.into()] {
            self.facts.push(Fact::new(id.into(), nowhere(), self.at.day(), body));
        }
        if has_password {
            let password = password(&mut self.chance);
            let (user, role, unit) = (login.to_owned(), role.to_owned(), unit_name.to_owned());
            self.logins.push((id, Login { user, password, role, unit }));
        }
        id
    }
}

/// `suoi-mai-4821-rung`.
fn password(chance: &mut Chance) -> String {
    let mut word = || chance.pick(&WORDS).copied().unwrap_or("suoi");
    let (one, two, three) = (word(), word(), word());
    format!("{one}-{two}-{}-{three}", chance.between(1000, 9999))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_enough() {
        let mut chance = Chance::new(1, 0);
        for _ in 0..500 {
            let password = password(&mut chance);
            assert!(crate::signin::check_password(&password, "quantri").is_ok(), "{password}");
        }
    }
}
