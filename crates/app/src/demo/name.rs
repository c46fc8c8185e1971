//! Names as families give them: by ethnicity, sex and year of birth, with namesakes in plenty.

use super::chance::{Chance, Weighted};
use super::rates::Names;
use super::words::{Ethnicity, NamePart, Words};
use std::collections::BTreeMap;
use tram_kernel::Sex;

/// Draws names.
pub(super) struct Namer<'a> {
    rates: &'a Names,
    words: &'a Words,
    given: BTreeMap<Sex, Weighted<&'a NamePart>>,
    middles: BTreeMap<Sex, Weighted<&'a NamePart>>,
}

/// Whom a name is for.
#[derive(Clone, Copy)]
pub(super) struct Bearer<'a> {
    pub family: &'a str,
    pub ethnicity: Ethnicity,
    pub sex: Sex,
    pub year: i16,
}

/// A second look at a name that came out wrong is taken this often.
const TRIES: u32 = 12;
/// Parts of names are drawn until one suits; almost every second does.
const DRAWS: u32 = 500;

fn by_sex(parts: &[NamePart]) -> BTreeMap<Sex, Weighted<&NamePart>> {
    let of = |sex: Sex| parts.iter().filter(move |part| part.sex == sex);
    Sex::ALL
        .into_iter()
        .map(|sex| (sex, of(sex).map(|part| (part, part.weight)).collect()))
        .collect()
}

/// Drawing from everybody's names until one suits is drawing from the names that suit.
fn draw<'a>(
    pool: &BTreeMap<Sex, Weighted<&'a NamePart>>,
    chance: &mut Chance,
    who: Bearer<'_>,
) -> Option<&'a str> {
    let pool = pool.get(&who.sex)?;
    for _ in 0..DRAWS {
        let part = *pool.draw(chance)?;
        if part.suits(who.ethnicity, who.sex, who.year) {
            return Some(&part.name);
        }
    }
    None
}

impl<'a> Namer<'a> {
    pub fn new(rates: &'a Names, words: &'a Words) -> Self {
        Self { rates, words, given: by_sex(&words.given), middles: by_sex(&words.middles) }
    }

    /// A family name of an ethnicity.
    pub fn family(&self, chance: &mut Chance, ethnicity: Ethnicity) -> String {
        let pool = self.words.families.get(&ethnicity).or(self.words.families.get(&1));
        pool.and_then(|pool| pool.draw(chance)).cloned().unwrap_or_default()
    }

    /// A full name whose given name nobody of `taken` has. Answers both.
    pub fn full(&self, chance: &mut Chance, who: Bearer<'_>, taken: &[&str]) -> (String, String) {
        let mut last = (String::new(), String::new());
        for _ in 0..TRIES {
            let Some(given) = draw(&self.given, chance, who) else { break };
            let bare = match (given.contains(' '), who.year < 1970) {
                (true, _) => self.rates.two_token_given_without_middle,
                (false, true) => self.rates.no_middle_before_1970,
                (false, false) => self.rates.no_middle,
            };
            let is_bare = chance.is(bare);
            let middle = if is_bare { None } else { draw(&self.middles, chance, who) };
            let parts: Vec<&str> = [who.family].into_iter().chain(middle).chain([given]).collect();
            let full = parts.join(" ");
            let good = !taken.contains(&given) && no_word_twice(&full);
            last = (full, given.to_owned());
            if good {
                break;
            }
        }
        last
    }
}

fn no_word_twice(full: &str) -> bool {
    let words: Vec<&str> = full.split(' ').collect();
    words.iter().enumerate().all(|(at, word)| !words[..at].contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::rates::Rates;

    #[test]
    fn names_are_whole_and_avoid_those_of_the_family() {
        let (rates, words) = (Rates::shipped(), Words::shipped());
        let namer = Namer::new(&rates.names, &words);
        let mut chance = Chance::new(3, 0);
        let who = Bearer { family: "Hoàng", ethnicity: 2, sex: Sex::Female, year: 1988 };
        for _ in 0..200 {
            let (full, given) = namer.full(&mut chance, who, &["Hoa", "Lan"]);
            assert!(full.starts_with("Hoàng ") && full.ends_with(&given), "{full}");
            assert!(given != "Hoa" && given != "Lan" && no_word_twice(&full), "{full}");
        }
        assert!(words.families[&9].items().contains(&namer.family(&mut chance, 9)));
    }

    #[test]
    fn there_is_a_name_for_everybody() {
        let (rates, words) = (Rates::shipped(), Words::shipped());
        let namer = Namer::new(&rates.names, &words);
        let mut chance = Chance::new(4, 0);
        for ethnicity in words.families.keys().copied() {
            for year in (1922..2027).step_by(3) {
                for sex in Sex::ALL {
                    let who = Bearer { family: "Lý", ethnicity, sex, year };
                    assert!(!namer.full(&mut chance, who, &[]).1.is_empty(), "{ethnicity} {year}");
                }
            }
        }
    }
}
