//! Weddings, people who come, people who go.

use super::calendar::{Day, date, years};
use super::chance::Weighted;
use super::deed::Act;
use super::household::family_name;
use super::life::{Carried, Month, due};
use super::name::Bearer;
use super::soul::{Commune, Home, Soul};
use tram_domain::fact::ResidenceKind;
use tram_domain::person::NewResidence;
use tram_kernel::{HouseholdId, Moment, PersonId, Sex};

/// Looking for somebody who fits is given up after this many people.
const TRIES: u32 = 300;

/// Somebody who comes to live here.
struct Newcomer {
    sex: Sex,
    age: i32,
    home: usize,
    relation: &'static str,
    kind: ResidenceKind,
    reason: &'static str,
    /// Family name of the house, for children and returning sons.
    family: Option<String>,
    ethnicity: u8,
}

impl Commune<'_> {
    pub fn moves(&mut self, month: Month, here: &[usize], carried: &mut Carried) {
        let (rates, people) = (self.world.rates, here.len() as f64 / 1000.0 * month.part());
        let coming = rates.moves.in_per_1000 * people;
        let married_in = rates.moves.reason_in.0.share_of(&"kết hôn".to_owned());
        for _ in 0..due(&mut carried.brides, coming * married_in) {
            self.bride_from_afar(month, here);
        }
        let near = (rates.marriage.per_1000 - rates.moves.in_per_1000 * married_in) * people;
        for _ in 0..due(&mut carried.weddings, near.max(0.0)) {
            self.wedding(month, here);
        }
        carried.arrivals += coming * (1.0 - married_in);
        while carried.arrivals >= 1.0 {
            // A family is several people at once; the next ones wait longer.
            carried.arrivals -= f64::from(self.arrival(month, here));
        }
        let leaving = rates.moves.out_per_1000 * people;
        for _ in 0..due(&mut carried.departures, leaving) {
            self.departure(month, here);
        }
    }

    fn day_in(&mut self, month: Month) -> Day {
        month.first + self.chance.below((month.end - month.first) as u32) as i32
    }

    /// When the station hears of a move.
    fn notified(&mut self, day: Day) -> Day {
        let soon = self.world.rates.moves.notified_to_station_within_30_days;
        let is_soon = self.chance.is(soon);
        day + if is_soon { self.chance.between(1, 30) } else { self.chance.between(31, 110) }
    }

    fn may_leave(&self, who: usize, day: Day) -> bool {
        let soul = &self.souls[who];
        soul.until == Day::MAX && soul.known < day && soul.busy_until < day
    }

    /// Somebody of these ages, free to marry or to go.
    fn find(
        &mut self,
        here: &[usize],
        day: Day,
        sex: Sex,
        ages: (i32, i32),
        fits: impl Fn(&Soul) -> bool,
    ) -> Option<usize> {
        for _ in 0..TRIES {
            let who = *self.chance.pick(here)?;
            let soul = &self.souls[who];
            let of_age = (ages.0..=ages.1).contains(&years(soul.born, day));
            if soul.sex == sex && of_age && fits(soul) && self.may_leave(who, day) {
                return Some(who);
            }
        }
        None
    }

    fn bride_age(&mut self) -> i32 {
        let drawn = self.world.rates.marriage.female_age.0.draw(&mut self.chance);
        let (low, high) = drawn.copied().flatten().unwrap_or((20, 25));
        self.chance.between(low.max(18), high.max(18))
    }

    fn groom(&mut self, here: &[usize], day: Day, bride_age: i32) -> Option<usize> {
        let marriage = &self.world.rates.marriage;
        let older = marriage.male_minus_female_age_mean
            + marriage.male_minus_female_age_sd * self.chance.bell();
        let wished = (bride_age + older.round() as i32).max(20);
        self.find(here, day, Sex::Male, (wished - 2, wished + 2), |soul| !soul.is_married)
    }

    /// What a young wife is to the head of her husband's house.
    fn wife_of(&self, groom: usize) -> &'static str {
        match self.souls[groom].relation {
            "1" => "2",
            "3" => "8",
            _ => "9",
        }
    }

    fn bride_from_afar(&mut self, month: Month, here: &[usize]) {
        let (day, age) = (self.day_in(month), self.bride_age());
        let Some(groom) = self.groom(here, day, age) else { return };
        let (home, ethnicity) = (self.souls[groom].home, self.souls[groom].ethnicity);
        self.souls[groom].is_married = true;
        let (sex, relation) = (Sex::Female, self.wife_of(groom));
        let (kind, reason) = (ResidenceKind::Permanent, "marriage");
        let bride = Newcomer { sex, age, home, relation, kind, reason, family: None, ethnicity };
        let known = self.notified(day);
        if known <= self.today() {
            let at = self.office(known);
            let bride = self.come(&bride, day, at, None);
            self.souls[bride].is_married = true;
        }
    }

    /// Two people of the commune marry; she goes to live with his family.
    fn wedding(&mut self, month: Month, here: &[usize]) {
        let (day, age) = (self.day_in(month), self.bride_age());
        let ages = (age - 1, age + 1);
        let free = |soul: &Soul| !soul.is_married && soul.relation != "1";
        let Some(bride) = self.find(here, day, Sex::Female, ages, free) else { return };
        let Some(groom) = self.groom(here, day, age) else { return };
        let (old, new) = (self.souls[bride].home, self.souls[groom].home);
        if old == new {
            return;
        }
        let relation = self.wife_of(groom);
        let known = self.notified(day).max(self.souls[groom].known + 1);
        if known > self.today() {
            return;
        }
        let (id, household) = (self.souls[bride].id, self.homes[new].id);
        let village = self.homes[new].village;
        let act = if self.homes[old].village == village {
            Act::Join(id, day, household, relation)
        } else {
            let to = NewResidence {
                area: self.place.villages[village].area,
                kind: ResidenceKind::Permanent,
                from: date(day),
                reason: "marriage".into(),
                from_place: None,
            };
            Act::MoveWithin(id, Box::new(to), household, relation)
        };
        self.record(known, act);
        self.homes[old].members.retain(|who| *who != bride);
        self.homes[new].members.push(bride);
        for who in [bride, groom] {
            self.souls[who].is_married = true;
            self.souls[who].busy_until = known + 1;
        }
        (self.souls[bride].home, self.souls[bride].relation) = (new, relation);
    }

    /// People who come for other reasons than marriage. Answers how many came.
    fn arrival(&mut self, month: Month, here: &[usize]) -> u32 {
        let day = self.day_in(month);
        let reasons = &self.world.rates.moves.reason_in.0;
        let reason = reasons.draw(&mut self.chance).map_or("", String::as_str);
        let drawn = self.world.rates.moves.age_share_in.0.draw(&mut self.chance);
        let (low, high) = drawn.copied().flatten().unwrap_or((20, 40));
        let age = self.chance.between(low, high.min(75));
        let is_woman = self.chance.is(self.world.rates.moves.female_share_in);
        let sex = if is_woman { Sex::Female } else { Sex::Male };
        if age < 16 || reason == "theo gia đình" {
            return self.family_arrives(day, age);
        }
        let known = self.notified(day);
        if known > self.today() {
            return 1;
        }
        let (kind, word) = match reason {
            "công tác" => (ResidenceKind::TemporaryLong, "work"),
            "về quê, hết việc" => (ResidenceKind::Permanent, "other"),
            _ => (self.residence_kind(), "other"),
        };
        let host = (reason == "về quê, hết việc" && age < 45).then(|| {
            let of_age = (age + 20, age + 45);
            self.find(here, day, Sex::Male, of_age, |soul| soul.relation == "1")
        });
        let (home, relation, family, ethnicity) = match host.flatten() {
            Some(host) => {
                let soul = &self.souls[host];
                let family = family_name(&soul.name).to_owned();
                (soul.home, "3", Some(family), soul.ethnicity)
            }
            None => {
                let home = self.new_home(known);
                (home, "1", None, self.ethnicity_of_home(home))
            }
        };
        let newcomer = Newcomer { sex, age, home, relation, kind, reason: word, family, ethnicity };
        let at = self.office(known);
        self.come(&newcomer, day, at, None);
        1
    }

    /// A couple with one or two children takes a house.
    fn family_arrives(&mut self, day: Day, child_age: i32) -> u32 {
        let known = self.notified(day);
        if known > self.today() {
            return 1;
        }
        let home = self.new_home(known);
        let ethnicity = self.ethnicity_of_home(home);
        let (kind, reason) = (ResidenceKind::Permanent, "family");
        let mother_age = child_age.min(15) + self.chance.between(20, 30);
        let father_age = mother_age + self.chance.between(0, 5);
        let father = Newcomer {
            sex: Sex::Male,
            age: father_age,
            home,
            relation: "1",
            kind,
            reason,
            family: None,
            ethnicity,
        };
        let at = self.office(known);
        let minutes_later = |minutes: i32| Moment::from_ms(at.ms() + i64::from(minutes) * 60_000);
        let head = self.come(&father, day, at, None);
        let family = Some(family_name(&self.souls[head].name).to_owned());
        let wife =
            Newcomer { sex: Sex::Female, age: mother_age, relation: "2", family: None, ..father };
        let mother = self.come(&wife, day, minutes_later(1), None);
        (self.souls[head].is_married, self.souls[mother].is_married) = (true, true);
        let mut came = 2;
        for n in 0..self.chance.between(1, 2) {
            let sex = if self.chance.is(0.5) { Sex::Male } else { Sex::Female };
            let age = (child_age.min(15) - 4 * n).max(0);
            let family = family.clone();
            let child = Newcomer { sex, age, home, relation: "3", kind, reason, family, ethnicity };
            let child = self.come(&child, day, minutes_later(2 + n), Some(mother));
            let born = self.souls[child].born;
            self.souls[mother].children.push(born);
            came += 1;
        }
        came
    }

    fn new_home(&mut self, known: Day) -> usize {
        let village = self.any_village();
        let at = self.office(known.min(self.today()));
        let id = HouseholdId::from_u128(self.chance.id(at));
        let habit = self.chance.unit();
        self.homes.push(Home { id, village, members: Vec::new(), habit });
        self.homes.len() - 1
    }

    fn ethnicity_of_home(&mut self, home: usize) -> u8 {
        let mix: Weighted<u8> =
            self.place.villages[self.homes[home].village].mix.iter().copied().collect();
        mix.draw(&mut self.chance).copied().unwrap_or(2)
    }

    /// Opens the record of a newcomer.
    fn come(&mut self, new: &Newcomer, day: Day, at: Moment, mother: Option<usize>) -> usize {
        let born = day - new.age * 1461 / 4 - self.chance.between(20, 340);
        let (ethnicity, sex) = (new.ethnicity, new.sex);
        let family = match &new.family {
            Some(family) => family.clone(),
            None => self.namer.family(&mut self.chance, ethnicity),
        };
        let year = date(born).year();
        let (name, given) =
            self.name_for(new.home, Bearer { family: &family, ethnicity, sex, year });
        let known = tram_kernel::day::day_number(at.day());
        let is_first = self.homes[new.home].members.is_empty();
        let soul = Soul {
            id: PersonId::from_u128(self.chance.id(at)),
            sex,
            born,
            minute: None,
            name,
            given,
            ethnicity,
            home: new.home,
            relation: new.relation,
            is_married: false,
            children: Vec::new(),
            known,
            until: Day::MAX,
            died: false,
            busy_until: day,
            heads_from: 0,
            birth_place: None,
        };
        let soul = self.enter(soul);
        let opening = self.opening(sex, born, known);
        let exact = self.birth_date(born, known);
        let (mut form, later) = self.form(soul, exact, opening);
        let home = &self.homes[new.home];
        let (id, village) = (home.id, home.village);
        let from_place = self.world.words.places_in.draw(&mut self.chance).cloned();
        form.mother = mother.map(|mother| self.souls[mother].id);
        form.residence = Some(NewResidence {
            area: self.place.villages[village].area,
            kind: new.kind,
            from: date(day),
            reason: new.reason.into(),
            from_place,
        });
        form.household = Some((id, new.relation.into()));
        let body = is_first.then(|| {
            let number = 500 + self.homes.len() as u32;
            (id, Box::new(self.household_body(village, number)))
        });
        self.record_at(at, Act::Arrive(body, Box::new(form)));
        self.await_cards(soul, later);
        soul
    }

    fn departure(&mut self, month: Month, here: &[usize]) {
        let (day, rates) = (self.day_in(month), &self.world.rates.moves);
        let drawn = rates.age_share_out.0.draw(&mut self.chance).copied().flatten();
        let ages = drawn.unwrap_or((18, 25));
        let is_woman = self.chance.is(rates.female_share_out);
        let sex = if is_woman { Sex::Female } else { Sex::Male };
        let reason = match rates.reason_out.0.draw(&mut self.chance).map(String::as_str) {
            Some("làm việc") if ages.0 >= 15 => "work",
            Some("kết hôn") if ages.0 >= 18 => "marriage",
            Some("học tập") if ages.0 >= 5 => "study",
            Some("khác") => "other",
            _ => "family",
        };
        let free = |soul: &Soul| soul.relation != "1" && (!soul.is_married || reason == "work");
        let Some(who) = self.find(here, day, sex, ages, free) else { return };
        let place = self.world.words.places_out.draw(&mut self.chance);
        let place = place.map(|place| place.as_str().into());
        let known = self.notified(day).max(self.souls[who].known + 1);
        self.souls[who].until = day;
        self.record(known, Act::MoveOut(self.souls[who].id, day, reason, place));
    }
}
