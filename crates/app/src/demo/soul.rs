//! The state of one commune's story: who lives where, and what was recorded so far.

use super::calendar::{Calendar, Day, date, years};
use super::chance::{Chance, Weighted};
use super::deed::{Act, Deed, Who};
use super::name::{Bearer, Namer};
use super::network::{Place, by_size};
use super::paper::{Card, Numbers};
use super::programme::Lives;
use super::rates::Rates;
use super::women::Expecting;
use super::words::{Ethnicity, Words};
use tram_domain::fact::{IdentifierRecorded, ResidenceKind};
use tram_domain::person::{NewPerson, temporary_identifier};
use tram_kernel::identifier::IdentifierKind;
use tram_kernel::{BirthDate, HouseholdId, Moment, PersonId, Precision, Sex};

/// One inhabitant as the story knows them.
pub(super) struct Soul {
    pub id: PersonId,
    pub sex: Sex,
    pub born: Day,
    pub minute: Option<u16>,
    pub name: String,
    pub given: String,
    pub ethnicity: Ethnicity,
    pub home: usize,
    pub relation: &'static str,
    pub is_married: bool,
    /// Days of birth of her children.
    pub children: Vec<Day>,
    /// Opened on this day; nothing is recorded before.
    pub known: Day,
    /// The first day on which the story no longer follows them: moved away or died.
    pub until: Day,
    pub died: bool,
    /// A birth, a wedding: not on the same days as leaving.
    pub busy_until: Day,
    /// The day from which they head a house after somebody's death.
    pub heads_from: Day,
    /// Where a child of the story was born.
    pub birth_place: Option<BirthPlace>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BirthPlace {
    /// The regional centre with its hospital.
    Centre,
    OtherHospital,
    Station,
    Home,
}

/// One house.
pub(super) struct Home {
    pub id: HouseholdId,
    pub village: usize,
    pub members: Vec<usize>,
    /// How early or late this family comes to sessions, 0 to 1.
    pub habit: f64,
}

/// What all communes share.
pub(super) struct World<'a> {
    pub rates: &'a Rates,
    pub words: &'a Words,
    pub lives: &'a Lives,
    pub calendar: &'a Calendar,
    /// How many communes share the numbers of identity cards.
    pub sharing: u32,
}

pub(super) struct Commune<'a> {
    pub world: &'a World<'a>,
    pub place: &'a Place,
    pub by_size: Weighted<usize>,
    pub chance: Chance,
    pub namer: Namer<'a>,
    pub numbers: Numbers<'a>,
    pub souls: Vec<Soul>,
    pub homes: Vec<Home>,
    pub deeds: Vec<Deed>,
    /// Numbers that come on a day, if the person is still here then.
    pub later: Vec<(usize, Day, Vec<IdentifierRecorded>)>,
    /// Pregnancies that became known.
    pub expecting: Vec<Expecting>,
    pub nurse: Who,
    pub head: Who,
}

/// What a new record says beyond name, sex and birth.
pub(super) struct Opening {
    pub occupation: Option<String>,
    pub phone: Option<String>,
    pub identifiers: Vec<IdentifierRecorded>,
    pub later: Vec<Card>,
}

impl<'a> Commune<'a> {
    pub fn new(
        world: &'a World<'a>,
        place: &'a Place,
        seed: u64,
        (nurse, head): (Who, Who),
    ) -> Self {
        Self {
            world,
            place,
            by_size: by_size(&place.villages),
            chance: Chance::new(seed, u64::from(place.shard.number())),
            namer: Namer::new(&world.rates.names, world.words),
            numbers: Numbers::new(world.rates, place.number, world.sharing),
            souls: Vec::new(),
            homes: Vec::new(),
            deeds: Vec::new(),
            later: Vec::new(),
            expecting: Vec::new(),
            nurse,
            head,
        }
    }

    pub fn today(&self) -> Day {
        self.world.calendar.today
    }

    /// A moment of office hours on a day.
    pub fn office(&mut self, day: Day) -> Moment {
        self.world.calendar.office(day, &mut self.chance)
    }

    /// Somebody of the station did something on a day; what is not yet done today is left out.
    pub fn record(&mut self, day: Day, act: Act) {
        if day <= self.today() {
            let at = self.office(day);
            self.record_at(at, act);
        }
    }

    pub fn record_at(&mut self, at: Moment, act: Act) {
        let by = if self.chance.is(0.8) { self.nurse } else { self.head };
        self.deeds.push(Deed { at, by, act });
    }

    pub fn village(&self, soul: usize) -> usize {
        self.homes[self.souls[soul].home].village
    }

    pub fn age(&self, soul: usize, on: Day) -> i32 {
        years(self.souls[soul].born, on)
    }

    /// Lives here and is known on a day.
    pub fn is_here(&self, soul: usize, on: Day) -> bool {
        let soul = &self.souls[soul];
        soul.known <= on && on < soul.until
    }

    pub fn any_village(&mut self) -> usize {
        self.by_size.draw(&mut self.chance).copied().unwrap_or_default()
    }

    /// A name for somebody of this house: nobody there has the given name.
    pub fn name_for(&mut self, home: usize, who: Bearer<'_>) -> (String, String) {
        let members = &self.homes[home].members;
        let taken: Vec<&str> = members.iter().map(|who| self.souls[*who].given.as_str()).collect();
        self.namer.full(&mut self.chance, who, &taken)
    }

    /// How well a birth date is known: many old people know the year only, some papers say 1 January.
    pub fn birth_date(&mut self, born: Day, on: Day) -> BirthDate {
        let (identity, age) = (&self.world.rates.identity, years(born, on));
        if age < 15 {
            return BirthDate::exact(date(born));
        }
        if self.chance.is(identity.birth_year_only_by_age.at(age)) {
            return BirthDate::new(date(born), Precision::Year);
        }
        let first = self.chance.is(identity.born_on_1_january_by_age.at(age));
        BirthDate::exact(if first { date(born).first_of_year() } else { date(born) })
    }

    /// Work, telephone and papers of somebody whose record is opened on a day.
    pub fn opening(&mut self, sex: Sex, born: Day, known: Day) -> Opening {
        let (rates, age) = (self.world.rates, years(born, known));
        let occupation = self.occupation(age);
        let has_phone = self.chance.is(rates.households.phone_by_age.at(age));
        let phone = has_phone.then(|| self.phone());
        let mut identifiers = Vec::new();
        if self.chance.is(rates.identity.has_12_digit_number_by_age.at(age)) {
            let identifier = self.numbers.citizen(&mut self.chance, sex, date(born).year());
            identifiers.push(IdentifierRecorded { identifier, from: None, to: None });
        }
        let today = self.today();
        let cards = self.numbers.cards(&mut self.chance, born, known, today);
        let (first, later): (Vec<Card>, Vec<Card>) =
            cards.into_iter().partition(|card| card.known <= known);
        identifiers.extend(first.into_iter().map(|card| card.held));
        Opening { occupation, phone, identifiers, later }
    }

    pub fn occupation(&mut self, age: i32) -> Option<String> {
        let all = &self.world.words.occupations;
        let suits = all.iter().filter(|o| (o.ages.0..=o.ages.1).contains(&age));
        let pool: Weighted<&String> = suits.map(|o| (&o.code, o.weight)).collect();
        pool.draw(&mut self.chance).map(|code| (*code).clone())
    }

    /// A telephone number that looks right and belongs to nobody: 030 is not given out.
    pub fn phone(&mut self) -> String {
        format!("030{:07}", self.chance.below(10_000_000))
    }

    /// The form of a new record for a soul. Who has no personal number gets a code of ours.
    pub fn form(&self, soul: usize, born: BirthDate, opening: Opening) -> (NewPerson, Vec<Card>) {
        let Opening { occupation, phone, mut identifiers, later } = opening;
        let soul = &self.souls[soul];
        if !identifiers.iter().any(|held| held.identifier.kind() == IdentifierKind::Citizen) {
            let identifier = temporary_identifier(soul.id);
            identifiers.push(IdentifierRecorded { identifier, from: None, to: None });
        }
        let new = NewPerson {
            id: soul.id,
            shard: self.place.shard,
            name: soul.name.clone(),
            sex: soul.sex,
            born,
            born_minute: soul.minute,
            ethnicity: Some(format!("{:02}", soul.ethnicity)),
            occupation,
            phone,
            mother: None,
            mother_name: None,
            identifiers,
            residence: None,
            household: None,
        };
        (new, later)
    }

    /// Cards that come later.
    pub fn await_cards(&mut self, soul: usize, cards: Vec<Card>) {
        self.later.extend(cards.into_iter().map(|card| (soul, card.known, vec![card.held])));
    }

    /// Records the numbers that came while their holders were here.
    pub fn receive_numbers(&mut self) {
        for (soul, day, held) in std::mem::take(&mut self.later) {
            if day < self.souls[soul].until {
                let day = day.max(self.souls[soul].known + 1);
                self.record(day, Act::Numbers(self.souls[soul].id, held));
            }
        }
    }

    /// Permanent, temporary for long, or only for a short while.
    pub fn residence_kind(&mut self) -> ResidenceKind {
        let (shares, draw) = (&self.world.rates.residence, self.chance.unit());
        if draw < shares.temporary_less_than_6_months {
            ResidenceKind::TemporaryShort
        } else if draw < shares.temporary_less_than_6_months + shares.temporary_6_months_or_more {
            ResidenceKind::TemporaryLong
        } else {
            ResidenceKind::Permanent
        }
    }
}
