//! What happens to records without anything happening to people: the review of all households, records
//! opened twice, and changes by people who had not seen each other's.

use super::calendar::{Day, date, months_later};
use super::deed::Act;
use super::soul::Commune;
use tram_domain::fact::{IdentifierRecorded, PersonChange, ResidenceKind};
use tram_domain::person::{NewPerson, NewResidence, temporary_identifier};
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, PersonId};

impl Commune<'_> {
    /// Village by village, households are looked through; what changed is corrected.
    pub fn review(&mut self) {
        let rates = &self.world.rates.records;
        let first = months_later(self.today(), -rates.review_months_ago);
        let mut homes: Vec<usize> = (0..self.homes.len()).collect();
        homes.sort_by_key(|home| self.homes[*home].village);
        let count = homes.len().max(1) as i32;
        for (at, home) in homes.into_iter().enumerate() {
            let day = first + rates.review_days * at as i32 / count;
            if !self.chance.is(rates.reviewed) {
                continue;
            }
            let members = self.homes[home].members.clone();
            let mut seen = Vec::new();
            for who in members {
                if self.is_here(who, day - 1) && self.is_here(who, day) {
                    let change = self.found_changed(who, day).map(Box::new);
                    seen.push((self.souls[who].id, change));
                }
            }
            if !seen.is_empty() {
                self.record(day, Act::Review(seen));
            }
        }
    }

    fn found_changed(&mut self, who: usize, day: Day) -> Option<PersonChange> {
        let rates = &self.world.rates.records;
        let age = self.age(who, day);
        if age < 18 {
            return None;
        }
        if self.chance.is(rates.phone_changed) {
            return Some(PersonChange::Phone(Some(self.phone())));
        }
        if self.chance.is(rates.occupation_changed) {
            return Some(PersonChange::Occupation(self.occupation(age)));
        }
        None
    }

    /// A few people have two records: somebody opened the second one without finding the first.
    pub fn open_twice(&mut self) {
        let wanted = self.planted(self.world.rates.records.two_records_per_10000);
        for n in 0..wanted {
            let Some(who) = self.somebody(18, 39) else { return };
            let day = self.today() - self.chance.between(20, 300);
            let village = self.any_village_but(self.village(who));
            if self.souls[who].known >= day {
                continue;
            }
            let soul = &self.souls[who];
            let (name, sex, minute) = (soul.name.clone(), soul.sex, soul.minute);
            let (born, ethnicity) = (date(soul.born), soul.ethnicity);
            let at = self.office(day);
            let id = PersonId::from_u128(self.chance.id(at));
            // Half of them came with their papers and were not searched for by number.
            let number = self.number_of(self.souls[who].id).filter(|_| n % 2 == 0);
            let identifier = number.unwrap_or_else(|| temporary_identifier(id));
            let new = NewPerson {
                id,
                shard: self.place.shard,
                name,
                sex,
                born: BirthDate::exact(born),
                born_minute: minute,
                ethnicity: Some(format!("{ethnicity:02}")),
                occupation: None,
                phone: None,
                mother: None,
                mother_name: None,
                identifiers: vec![IdentifierRecorded { identifier, from: None, to: None }],
                residence: Some(NewResidence {
                    area: self.place.villages[village].area,
                    kind: ResidenceKind::Permanent,
                    from: date(day),
                    reason: "other".into(),
                    from_place: None,
                }),
                household: None,
            };
            self.record_at(at, Act::Arrive(None, Box::new(new)));
        }
    }

    /// The personal number with which somebody was listed.
    fn number_of(&self, id: PersonId) -> Option<Identifier> {
        let listed = self.deeds.iter().filter_map(|deed| match &deed.act {
            Act::List(.., people) => people.iter().find(|person| person.id == id),
            _ => None,
        });
        let mut numbers =
            listed.flat_map(|person| &person.identifiers).map(|held| &held.identifier);
        numbers.find(|number| number.kind() == IdentifierKind::Citizen).cloned()
    }

    /// Two users change the same field of the same record, each from what they saw before.
    pub fn two_minds(&mut self) {
        let wanted = self.planted(self.world.rates.records.two_minds_per_10000);
        for n in 0..wanted {
            let Some(who) = self.somebody(20, 70) else { return };
            let day = self.today() - self.chance.between(3, 120);
            if self.souls[who].known >= day {
                continue;
            }
            let (first, second) = match n % 3 {
                0 => (
                    PersonChange::Phone(Some(self.phone())),
                    PersonChange::Phone(Some(self.phone())),
                ),
                1 => {
                    let born = self.souls[who].born;
                    let moved =
                        |days| PersonChange::Born(BirthDate::exact(date(born + days)), None);
                    (moved(10), moved(-9))
                }
                _ => (
                    PersonChange::Occupation(Some("81".into())),
                    PersonChange::Occupation(Some("96".into())),
                ),
            };
            let (id, by) = (self.souls[who].id, self.head);
            self.record(day, Act::TwoMinds(id, Box::new((first, second)), by));
        }
    }

    /// So many of 10,000 people, at least two in a commune.
    fn planted(&self, per_10000: f64) -> u32 {
        ((self.souls.len() as f64 * per_10000 / 10_000.0).round() as u32).max(2)
    }

    fn somebody(&mut self, youngest: i32, oldest: i32) -> Option<usize> {
        let today = self.today();
        for _ in 0..200 {
            let who = self.chance.below(self.souls.len() as u32) as usize;
            let of_age = (youngest..=oldest).contains(&self.age(who, today));
            if of_age && self.is_here(who, today) {
                return Some(who);
            }
        }
        None
    }

    fn any_village_but(&mut self, village: usize) -> usize {
        let other = self.any_village();
        if other == village { (other + 1) % self.place.villages.len() } else { other }
    }
}
