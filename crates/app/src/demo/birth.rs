//! Births: who has a child, where, when the station learns of it; pregnancies known before; children
//! born dead; and children who do not live through their first year.

use super::calendar::{Day, date};
use super::deed::Act;
use super::family::fertility;
use super::household::family_name;
use super::life::{Carried, Month, births_per_1000, due};
use super::name::Bearer;
use super::paper::Card;
use super::soul::{BirthPlace, Commune, Opening, Soul};
use super::women::Expecting;
use tram_domain::fact::{DueDateBasis, IdentifierRecorded, PregnancyNoted, StillbirthRecorded};
use tram_domain::person::NewBirth;
use tram_kernel::{BirthDate, PersonId, Sex};

/// Looking for the next mother is given up after this many women.
const TRIES: u32 = 4000;

/// A delivery that will happen or has happened.
struct Delivery {
    mother: usize,
    day: Day,
    minute: u16,
    order: u8,
    place: BirthPlace,
    code: &'static str,
}

impl Commune<'_> {
    pub fn births(&mut self, month: Month, here: &[usize], carried: &mut Carried) {
        let rates = self.world.rates;
        let women: Vec<usize> = here
            .iter()
            .copied()
            .filter(|who| {
                let (soul, age) = (&self.souls[*who], self.age(*who, month.first));
                soul.sex == Sex::Female && (15..50).contains(&age)
            })
            .collect();
        let rate = births_per_1000(rates, date(month.first).year()) / 1000.0;
        for _ in 0..due(&mut carried.births, here.len() as f64 * rate * month.part()) {
            let Some(mother) = self.next_mother(&women, month.first) else { return };
            let day = month.first + self.chance.below((month.end - month.first) as u32) as i32;
            let (place, code) = self.birth_place(self.souls[mother].ethnicity);
            let minute = self.chance.below(1440) as u16;
            let order = (self.souls[mother].children.len() + 1).min(20) as u8;
            let delivery = Delivery { mother, day, minute, order, place, code };
            self.expect_child(&delivery);
            self.souls[mother].children.push(day);
            self.souls[mother].busy_until = day + 1;
            if day <= self.today() {
                self.deliver(&delivery);
            }
        }
    }

    /// Draws women until the chance of one of them comes true. Whether it is a third child or later is
    /// decided first, so that their share is that of the region.
    fn next_mother(&mut self, women: &[usize], on: Day) -> Option<usize> {
        let births = &self.world.rates.births;
        let third = &births.third_or_higher_share;
        let shares = || women.iter().map(|who| third.of(self.souls[*who].ethnicity));
        let is_third = self.chance.is(shares().sum::<f64>() / women.len().max(1) as f64);
        let most_wishes = shares().fold(0.0, f64::max);
        let most_fertile = births.asfr.iter().copied().fold(0.0, f64::max);
        for _ in 0..TRIES {
            let who = *self.chance.pick(women)?;
            let soul = &self.souls[who];
            if (soul.children.len() >= 2) != is_third {
                continue;
            }
            let months = soul.children.iter().max().map_or(400, |last| (on - last) / 30);
            let spacing = match f64::from(months) {
                m if m < 14.0 => 0.0,
                m if m < 24.0 => births.interval_under_24_months * 2.0,
                m if m < births.interval_months_median => 0.7,
                _ => 1.0,
            };
            let wish = if is_third { third.of(soul.ethnicity) / most_wishes } else { 1.0 };
            let wed = if soul.is_married { 1.0 } else { 0.02 };
            let age = fertility(self.world.rates, self.age(who, on)) / most_fertile;
            if self.chance.is(age * spacing * wish * wed) {
                return Some(who);
            }
        }
        None
    }

    fn birth_place(&mut self, mother: u8) -> (BirthPlace, &'static str) {
        let place = &self.world.rates.births.place;
        let in_facility = self.chance.is(place.facility.of(mother));
        let split = if in_facility { &place.facility_split } else { &place.home_split };
        let drawn = split.0.draw(&mut self.chance).map_or("", String::as_str);
        match drawn {
            "district_centre" => (BirthPlace::Centre, "hospital"),
            "commune_station" => (BirthPlace::Station, "station"),
            "with_health_worker" | "village_midwife" => (BirthPlace::Home, "home_attended"),
            "without_health_worker" => (BirthPlace::Home, "home"),
            "on_the_way" => (BirthPlace::Home, "other"),
            _ => (BirthPlace::OtherHospital, "hospital"),
        }
    }

    /// The pregnancy as it became known; of those that end after today only this is known.
    fn expect_child(&mut self, delivery: &Delivery) {
        let rates = &self.world.rates.pregnancy;
        if !self.chance.is(rates.managed) {
            return;
        }
        let weeks = rates.first_visit_week.0.draw(&mut self.chance).copied().flatten();
        let Some((low, high)) = weeks else { return };
        let off = (self.chance.bell() * 8.0).clamp(-20.0, 20.0) as i32;
        let expected = delivery.day + off;
        let last_period = expected - 280;
        let noted = last_period + 7 * self.chance.between(low, high) + self.chance.between(0, 6);
        let mother = &self.souls[delivery.mother];
        if noted <= mother.known || noted + 3 >= delivery.day {
            return;
        }
        let by_ultrasound = self.chance.is(0.2);
        let basis = if by_ultrasound { DueDateBasis::Ultrasound } else { DueDateBasis::LastPeriod };
        let body = PregnancyNoted {
            last_period: (!by_ultrasound).then(|| date(last_period)),
            ..PregnancyNoted::of(date(expected), basis)
        };
        let (mother, delivery) = (delivery.mother, delivery.day);
        self.expecting.push(Expecting { mother, noted, delivery });
        self.record(noted, Act::Pregnant(self.souls[mother].id, noted, body));
    }

    fn deliver(&mut self, delivery: &Delivery) {
        let births = &self.world.rates.births;
        if self.chance.is(births.stillbirths_per_1000 / 1000.0) {
            let body = StillbirthRecorded {
                sex: Some(*self.chance.pick(&Sex::ALL).unwrap_or(&Sex::Male)),
                order: Some(delivery.order),
                place: Some(delivery.code.into()),
                weeks: Some(self.chance.between(24, 40) as u8),
            };
            let known = delivery.day + self.chance.between(1, 20);
            let mother = self.souls[delivery.mother].id;
            return self.record(known, Act::Stillbirth(mother, delivery.day, Box::new(body)));
        }
        let twins = self.chance.is(births.twin_births_per_1000 / 1000.0);
        let (low, high) = self.world.rates.records.birth_notified_days;
        let far = if delivery.place == BirthPlace::Home { 2 } else { 1 };
        let known = delivery.day + self.chance.between(low, high * far);
        if known > self.today() {
            return;
        }
        self.child(delivery, 0, known);
        if twins {
            let minute = delivery.minute.saturating_add(9).min(1439);
            let order = delivery.order.saturating_add(1);
            self.child(&Delivery { minute, order, ..*delivery }, 1, known);
        }
    }

    fn child(&mut self, delivery: &Delivery, twin: u32, known: Day) {
        let births = &self.world.rates.births;
        let sex = self.sex_at_birth(delivery.order);
        let mother = &self.souls[delivery.mother];
        let (home, ethnicity) = (mother.home, mother.ethnicity);
        // Babies of women below head and spouse in the book are grandchildren of the house.
        let relation = if matches!(mother.relation, "1" | "2") { "3" } else { "6" };
        let mother_id = mother.id;
        let father = self.homes[home].members.iter().map(|who| &self.souls[*who]).find(|who| {
            who.sex == Sex::Male && who.is_married && matches!(who.relation, "1" | "2" | "3")
        });
        let family = family_name(&father.unwrap_or(mother).name).to_owned();
        let year = date(delivery.day).year();
        let (name, given) = self.name_for(home, Bearer { family: &family, ethnicity, sex, year });
        let heavier = self.chance.bell() * births.birth_weight_sd_g;
        let grams = (births.birth_weight_mean_g + heavier - 500.0 * f64::from(twin)).round();
        let weight = (grams.clamp(900.0, 5200.0) / 50.0).round() as u16 * 50;
        let at = self.office(known);
        let soul = Soul {
            id: PersonId::from_u128(self.chance.id(at)),
            sex,
            born: delivery.day,
            minute: Some(delivery.minute),
            name,
            given,
            ethnicity,
            home,
            relation,
            is_married: false,
            children: Vec::new(),
            known: tram_kernel::day::day_number(at.day()),
            until: Day::MAX,
            died: false,
            busy_until: 0,
            heads_from: 0,
            birth_place: Some(delivery.place),
        };
        let soul = self.enter(soul);
        let identifiers = self.papers_of_newborn(soul, known);
        let occupation = self.occupation(0);
        let opening = Opening { occupation, phone: None, identifiers, later: Vec::new() };
        let born = BirthDate::exact(date(delivery.day));
        let (mut form, _) = self.form(soul, born, opening);
        form.mother = Some(mother_id);
        let (order, place) = (Some(delivery.order), Some(delivery.code.into()));
        let birth = NewBirth { order, place, weight_grams: Some(weight) };
        self.record_at(at, Act::Birth(mother_id, Box::new((form, birth))));
        self.first_year(soul);
    }

    /// The ratio rises with the third child; all births together have the ratio of the region.
    fn sex_at_birth(&mut self, order: u8) -> Sex {
        let births = &self.world.rates.births;
        let third = births.third_or_higher_share.of(2);
        let earlier = (births.sex_ratio_boys_per_100_girls - third * births.sex_ratio_third_birth)
            / (1.0 - third);
        let boys = if order >= 3 { births.sex_ratio_third_birth } else { earlier };
        if self.chance.is(boys / (boys + 100.0)) { Sex::Male } else { Sex::Female }
    }

    /// Number and card come with the civil registration: some at once, most within two months.
    fn papers_of_newborn(&mut self, soul: usize, known: Day) -> Vec<IdentifierRecorded> {
        let (sex, born) = (self.souls[soul].sex, self.souls[soul].born);
        let soon = self.world.rates.births.civil_registration_within_60_days;
        let draw = self.chance.unit();
        let days = match draw {
            _ if draw < soon => self.chance.between(3, 60),
            _ if draw < soon + 0.75 * (1.0 - soon) => self.chance.between(61, 365),
            _ => return Vec::new(),
        };
        let registered = born + days;
        let identifier = self.numbers.citizen(&mut self.chance, sex, date(born).year());
        let number = IdentifierRecorded { identifier, from: None, to: None };
        let today = self.today();
        let cards = self.numbers.cards(&mut self.chance, born, born, today);
        let mut held = vec![number];
        held.extend(cards.into_iter().map(|Card { held, .. }| held));
        if registered <= known {
            return held;
        }
        self.later.push((soul, registered.max(known + 1), held));
        Vec::new()
    }

    /// Whether and when a child dies before its first birthday.
    fn first_year(&mut self, soul: usize) {
        let deaths = &self.world.rates.deaths;
        let child = &self.souls[soul];
        let per_1000 =
            if child.sex == Sex::Male { deaths.infant_male } else { deaths.infant_female };
        let risk = per_1000 / 1000.0 * deaths.infant_risk_by_ethnicity.of(child.ethnicity);
        let born = child.born;
        if !self.chance.is(risk) {
            return;
        }
        let neonatal = deaths.neonatal_per_1000_live_births / deaths.infant_per_1000_live_births;
        let age = if !self.chance.is(neonatal) {
            self.chance.between(28, 364)
        } else if self.chance.is(deaths.day0_share) {
            0
        } else if self.chance.is(deaths.early_neonatal_share) {
            self.chance.between(1, 6)
        } else {
            self.chance.between(7, 27)
        };
        if born + age <= self.today() {
            self.die(soul, born + age);
        }
    }
}
