//! Families settle: a village, an ethnicity, names, papers; and the first list of the station, typed in
//! household by household.

use super::calendar::{Day, date};
use super::chance::Weighted;
use super::deed::Act;
use super::family::{Being, Family, assemble};
use super::name::Bearer;
use super::soul::{Commune, Home, Soul};
use super::words::Ethnicity;
use tram_domain::fact::{HouseholdRegistered, ResidenceKind};
use tram_domain::person::{NewPerson, NewResidence};
use tram_kernel::{HouseholdId, PersonId, Sex};

/// A member of a family while names are given: kinship inside the house.
struct Member {
    being: usize,
    soul: usize,
}

impl Commune<'_> {
    /// Fills the commune and types in its list, village by village.
    pub fn list(&mut self, people: f64) {
        let (rates, start) = (self.world.rates, self.world.calendar.start);
        let (beings, families) = assemble(rates, &mut self.chance, people, start);
        // Growing lists leave holes in memory: room for everybody and everything at once.
        let room = beings.len() + beings.len() / 8;
        self.souls.reserve_exact(room);
        self.homes.reserve_exact(room / 3);
        self.deeds.reserve_exact(room * 2);
        let mut placed: Vec<(usize, Family)> = Vec::with_capacity(families.len());
        for family in families {
            placed.push((self.any_village(), family));
        }
        placed.sort_by_key(|(village, _)| *village);
        let (count, days) = (placed.len() as i32, rates.records.list_days);
        let mut numbers = vec![0; self.place.villages.len()];
        for (at, (village, family)) in placed.into_iter().enumerate() {
            numbers[village] += 1;
            let day = start + days * at as i32 / count.max(1);
            self.list_family(&beings, &family, (village, numbers[village]), day);
        }
    }

    fn list_family(
        &mut self,
        beings: &[Being],
        family: &[(usize, &'static str)],
        (village, number): (usize, u32),
        day: Day,
    ) {
        let at = self.office(day);
        let known = tram_kernel::day::day_number(at.day());
        let house = HouseholdId::from_u128(self.chance.id(at));
        let habit = self.chance.unit();
        let home = self.homes.len();
        self.homes.push(Home { id: house, village, members: Vec::new(), habit });
        let first = self.ethnicity_in(village, family, beings);
        let (mut members, mut forms): (Vec<Member>, Vec<NewPerson>) = Default::default();
        let kind = self.residence_kind();
        // The oldest first: mothers and fathers are known before their children.
        let mut by_age: Vec<&(usize, &'static str)> = family.iter().collect();
        by_age.sort_by_key(|(being, _)| (beings[*being].born, *being));
        for (being, relation) in by_age {
            let ethnicity = self.ethnicity_of(beings, &members, *being, (village, first));
            let soul = self.soul_of(beings, &members, (*being, relation), ethnicity, home);
            let id = PersonId::from_u128(self.chance.id(at));
            let soul = self.enter(Soul { id, known, ..soul });
            let opening = self.opening(self.souls[soul].sex, self.souls[soul].born, known);
            let born = self.birth_date(self.souls[soul].born, known);
            let (mut form, later) = self.form(soul, born, opening);
            let mother = beings[*being].mother.and_then(|m| find(&members, m));
            form.mother = mother.map(|m| self.souls[m.soul].id);
            form.residence = Some(self.residence(village, kind, known));
            form.household = Some((house, (*relation).into()));
            forms.push(form);
            self.await_cards(soul, later);
            members.push(Member { being: *being, soul });
        }
        let body = self.household_body(village, number);
        self.record_at(at, Act::List(house, self.place.shard, Box::new(body), forms.into()));
    }

    pub fn residence(&self, village: usize, kind: ResidenceKind, known: Day) -> NewResidence {
        NewResidence {
            area: self.place.villages[village].area,
            kind,
            from: date(known),
            reason: "registered".into(),
            from_place: None,
        }
    }

    pub fn household_body(&mut self, village: usize, number: u32) -> HouseholdRegistered {
        let (rates, village) = (&self.world.rates.households, &self.place.villages[village]);
        let poorer = if village.is_outreach { 2.0 } else { 1.0 };
        let draw = self.chance.unit() / poorer;
        let poverty = match draw {
            _ if draw < rates.poor => "poor",
            _ if draw < rates.poor + rates.near_poor => "near_poor",
            _ => "average",
        };
        HouseholdRegistered {
            area: village.area,
            code: Some(format!("{number:03}")),
            address: None,
            poverty: Some(poverty.into()),
        }
    }

    /// Puts a soul into the story and its house.
    pub fn enter(&mut self, soul: Soul) -> usize {
        let at = self.souls.len();
        self.homes[soul.home].members.push(at);
        self.souls.push(soul);
        at
    }

    /// The ethnicity of a house by its village; large families are more often Dao or Hmông.
    fn ethnicity_in(
        &mut self,
        village: usize,
        family: &[(usize, &'static str)],
        beings: &[Being],
    ) -> Ethnicity {
        let third = &self.world.rates.births.third_or_higher_share;
        let is_large = family.iter().any(|(who, _)| beings[*who].children.len() >= 3);
        let weigh = |(code, share): &(Ethnicity, f64)| {
            let usual = third.of(2);
            let factor = if is_large { third.of(*code) / usual } else { 1.0 };
            (*code, share * factor)
        };
        let mix: Weighted<Ethnicity> = self.place.villages[village].mix.iter().map(weigh).collect();
        mix.draw(&mut self.chance).copied().unwrap_or(2)
    }

    /// Wives may come from another people; children mostly follow the father.
    fn ethnicity_of(
        &mut self,
        beings: &[Being],
        members: &[Member],
        being: usize,
        (village, first): (usize, Ethnicity),
    ) -> Ethnicity {
        let rates = self.world.rates;
        let me = &beings[being];
        let mother = me.mother.and_then(|mother| find(members, mother));
        if let Some(mother) = mother {
            let father = beings[mother.being].spouse.and_then(|father| find(members, father));
            let follows = self.chance.is(rates.names.child_takes_father_ethnicity);
            let parent = father.filter(|_| follows).unwrap_or(mother);
            return self.souls[parent.soul].ethnicity;
        }
        let marries_in = me.sex == Sex::Female && me.spouse.is_some();
        let is_high = matches!(first, 8 | 9);
        if marries_in && !is_high && self.chance.is(rates.marriage.inter_ethnic_share) {
            let mix = self.place.villages[village].mix.iter().copied();
            let near: Weighted<Ethnicity> =
                mix.filter(|(code, _)| !matches!(code, 8 | 9)).collect();
            return near.draw(&mut self.chance).copied().unwrap_or(first);
        }
        first
    }

    /// Names: wives keep their own family name, everybody else bears that of the house.
    fn soul_of(
        &mut self,
        beings: &[Being],
        members: &[Member],
        (being, relation): (usize, &'static str),
        ethnicity: Ethnicity,
        home: usize,
    ) -> Soul {
        let me = &beings[being];
        let keeps_own = me.sex == Sex::Female && (me.spouse.is_some() || relation == "4");
        let mother = me.mother.and_then(|mother| find(members, mother));
        let father = mother.and_then(|m| beings[m.being].spouse).and_then(|f| find(members, f));
        let from_father = self.chance.is(self.world.rates.names.child_takes_father_family_name);
        let parent = father.filter(|_| from_father).or(mother);
        let house = members.iter().find(|m| beings[m.being].sex == Sex::Male);
        let family = match parent.or(house).filter(|_| !keeps_own) {
            Some(elder) => family_name(&self.souls[elder.soul].name).to_owned(),
            None => self.namer.family(&mut self.chance, ethnicity),
        };
        let who = Bearer { family: &family, ethnicity, sex: me.sex, year: date(me.born).year() };
        let (name, given) = self.name_for(home, who);
        Soul {
            id: PersonId::from_u128(0),
            sex: me.sex,
            born: me.born,
            minute: None,
            name,
            given,
            ethnicity,
            home,
            relation,
            is_married: me.spouse.is_some(),
            children: me.children.clone(),
            known: 0,
            until: Day::MAX,
            died: false,
            busy_until: 0,
            heads_from: 0,
            birth_place: None,
        }
    }
}

fn find(members: &[Member], being: usize) -> Option<&Member> {
    members.iter().find(|member| member.being == being)
}

/// The first word of a full name.
pub(super) fn family_name(full: &str) -> &str {
    full.split(' ').next().unwrap_or(full)
}
