//! Papers: personal ID numbers whose digits agree with the person, insurance cards in both lengths.

use super::calendar::{Day, date, first_of_year, months_later, years};
use super::chance::Chance;
use super::rates::{Band, Rates};
use std::collections::HashSet;
use tram_domain::fact::IdentifierRecorded;
use tram_kernel::Sex;
use tram_kernel::identifier::{Identifier, IdentifierKind};

/// Gives out numbers that nobody else of the demo holds. Each commune has residues of its own, so
/// communes can be told apart from each other without asking.
pub(super) struct Numbers<'a> {
    rates: &'a Rates,
    commune: u32,
    /// How many communes share the numbers.
    sharing: u32,
    /// Only asked whether a number is in it; its order never matters.
    given: HashSet<u64>,
}

/// A card and the day on which the station learns of it.
pub(super) struct Card {
    pub held: IdentifierRecorded,
    pub known: Day,
}

impl<'a> Numbers<'a> {
    pub fn new(rates: &'a Rates, commune: u32, sharing: u32) -> Self {
        Self { rates, commune, sharing, given: HashSet::new() }
    }

    /// Digits nobody has had yet after this prefix.
    fn fresh(&mut self, chance: &mut Chance, prefix: u64, digits: u32) -> u64 {
        let room = 10_u32.pow(digits);
        loop {
            let tail = chance.below(room / self.sharing) * self.sharing + self.commune;
            let number = prefix * u64::from(room) + u64::from(tail);
            if self.given.insert(number) {
                return number;
            }
        }
    }

    /// Twelve digits: province of registration, century and sex, year, chance. A few disagree.
    pub fn citizen(&mut self, chance: &mut Chance, sex: Sex, year: i16) -> Identifier {
        let identity = &self.rates.identity;
        let province = identity.prefix_share.0.draw(chance).and_then(|p| p.parse().ok());
        let (mut is_female, mut year) = (sex == Sex::Female, year);
        if chance.is(identity.digits_disagree) {
            if chance.is(0.5) { is_female = !is_female } else { year -= 1 }
        }
        let century = u64::from((year / 100 - 19).unsigned_abs());
        let digits = [province.unwrap_or(15), 2 * century + u64::from(is_female)];
        let prefix = (digits[0] * 10 + digits[1]) * 100 + u64::from(year.unsigned_abs()) % 100;
        let number = format!("{:012}", self.fresh(chance, prefix, 6));
        Identifier::parse(IdentifierKind::Citizen, &number).expect("twelve digits")
    }

    fn card(&mut self, chance: &mut Chance, band: &Band) -> Identifier {
        let group = band.groups.0.draw(chance).map_or("GD", String::as_str);
        let insurance = &self.rates.insurance;
        let province = insurance.province_code_on_card.as_str();
        let prefix = province.parse().unwrap_or(15);
        let number = format!("{:010}", self.fresh(chance, prefix, 8));
        if chance.is(insurance.short_number) {
            return Identifier::parse(IdentifierKind::SocialInsurance, &number)
                .expect("ten digits");
        }
        let benefit = insurance.benefit_digit.get(group).copied().unwrap_or(4);
        let card = format!("{group}{benefit}{province}{number}");
        Identifier::parse(IdentifierKind::InsuranceCard, &card).expect("two letters and 13 digits")
    }

    /// Every card somebody holds between `from` and today.
    pub fn cards(&mut self, chance: &mut Chance, born: Day, from: Day, today: Day) -> Vec<Card> {
        let six = months_later(born, 72);
        let rates = self.rates;
        if six <= from {
            return self.grown_up_cards(chance, born, from, today);
        }
        let mut cards = Vec::new();
        if let Some(band) = band_of(rates, 0).filter(|band| chance.is(band.coverage)) {
            let number = self.card(chance, band);
            cards.push(held(number, born, Some(six - 1), from));
        }
        let pupil = band_of(rates, 6).filter(|band| chance.is(band.coverage));
        if let Some(band) = pupil.filter(|_| six <= today) {
            let number = self.card(chance, band);
            let to = last_of(chance, rates, today);
            cards.push(held(number, six, Some(to), six + chance.between(-10, 20)));
        }
        cards
    }

    fn grown_up_cards(
        &mut self,
        chance: &mut Chance,
        born: Day,
        from: Day,
        today: Day,
    ) -> Vec<Card> {
        let (insurance, rates) = (&self.rates.insurance, self.rates);
        let Some(band) = band_of(rates, years(born, today)) else { return Vec::new() };
        let (first_year, this_year) = (date(from).year(), date(today).year());
        let since = first_of_year(first_year - chance.between(0, 3) as i16).max(born);
        if !chance.is(band.coverage) {
            let lapsed = insurance.expired_not_renewed / (1.0 - insurance.coverage_target);
            if this_year == first_year || !chance.is(lapsed) {
                return Vec::new();
            }
            let year = first_year + chance.below((this_year - first_year) as u32) as i16;
            let number = self.card(chance, band);
            return vec![held(number, since, Some(first_of_year(year + 1) - 1), from)];
        }
        let mut cards = Vec::new();
        let mut since = since;
        if this_year > first_year && chance.is(insurance.two_cards_in_history) {
            let change = first_year + chance.between(1, i32::from(this_year - first_year)) as i16;
            let number = self.card(chance, band);
            let until = first_of_year(change);
            cards.push(held(number, since, Some(until - 1), from));
            since = until;
        }
        let number = self.card(chance, band);
        let endless = number.kind() == IdentifierKind::SocialInsurance
            && chance.is(insurance.without_last_day);
        let to = (!endless).then(|| last_of(chance, rates, today));
        let known = if cards.is_empty() { from } else { since + chance.between(-12, 9) };
        cards.push(held(number, since, to, known));
        cards
    }
}

/// 31 December of this year, or one of the next two.
fn last_of(chance: &mut Chance, rates: &Rates, today: Day) -> Day {
    let ahead = chance.is(rates.insurance.beyond_this_year);
    let years = if ahead { chance.between(1, 2) as i16 } else { 0 };
    first_of_year(date(today).year() + years + 1) - 1
}

fn band_of(rates: &Rates, age: i32) -> Option<&Band> {
    rates.insurance.band.iter().find(|band| (band.age.0..=band.age.1).contains(&age))
}

fn held(identifier: Identifier, from: Day, to: Option<Day>, known: Day) -> Card {
    let held = IdentifierRecorded { identifier, from: Some(date(from)), to: to.map(date) };
    Card { held, known }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_kernel::BirthDate;

    #[test]
    fn numbers_agree_with_the_person_and_are_held_once() {
        let rates = Rates::shipped();
        let (mut numbers, mut chance) = (Numbers::new(&rates, 3, 6), Chance::new(1, 0));
        let mut seen = HashSet::new();
        let mut disagree = 0;
        for n in 0..3000 {
            let (sex, year) = (Sex::ALL[n % 2], 1930 + (n % 96) as i16);
            let number = numbers.citizen(&mut chance, sex, year);
            let born = BirthDate::exact(date(first_of_year(year)));
            disagree += usize::from(number.contradicts(sex, born).is_some());
            assert!(seen.insert(number));
        }
        assert!((2..30).contains(&disagree), "{disagree}");
    }

    #[test]
    fn most_people_are_insured_today_and_some_cards_have_run_out() {
        let rates = Rates::shipped();
        let (mut numbers, mut chance) = (Numbers::new(&rates, 0, 6), Chance::new(2, 0));
        let (from, today) = (first_of_year(2023), first_of_year(2026) + 15);
        let (mut insured, mut run_out, mut long) = (0, 0, 0);
        for n in 0..2000 {
            let born = from - 11 * n;
            let cards = numbers.cards(&mut chance, born, from, today);
            let holds = |card: &Card| card.held.to.is_none_or(|to| to >= date(today));
            insured += usize::from(cards.iter().any(holds));
            run_out += usize::from(!cards.is_empty() && !cards.iter().any(holds));
            long +=
                usize::from(cards.iter().any(|c| c.held.identifier.insurance_group().is_some()));
        }
        assert!((1880..1980).contains(&insured), "{insured}");
        assert!(run_out > 3 && (1000..1500).contains(&long), "{run_out} {long}");
    }
}
