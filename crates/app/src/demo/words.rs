//! The word lists of the demo: `examples/demo/*.csv`, typed.

use super::chance::Weighted;
use std::collections::BTreeMap;
use tram_defs::list::{Fields, rows};
use tram_kernel::Sex;

const FAMILIES: &str = include_str!("../../../../examples/demo/family_names.csv");
const MIDDLES: &str = include_str!("../../../../examples/demo/middle_names.csv");
const GIVEN: &str = include_str!("../../../../examples/demo/given_names.csv");
const VILLAGES: &str = include_str!("../../../../examples/demo/villages.csv");
const OCCUPATIONS: &str = include_str!("../../../../examples/demo/occupations.csv");
const PLACES: &str = include_str!("../../../../examples/demo/places.csv");

/// Number of an ethnicity: 2 is code `02`.
pub(super) type Ethnicity = u8;

pub(super) struct Words {
    /// Family names by ethnicity.
    pub families: BTreeMap<Ethnicity, Weighted<String>>,
    pub middles: Vec<NamePart>,
    pub given: Vec<NamePart>,
    pub villages: Vec<VillageWords>,
    pub occupations: Vec<Occupation>,
    pub places_in: Weighted<String>,
    pub places_out: Weighted<String>,
}

/// A middle or given name with those who bear it.
pub(super) struct NamePart {
    /// `None`: all.
    pub ethnicity: Option<Ethnicity>,
    pub sex: Sex,
    pub name: String,
    pub weight: f64,
    pub years: (i16, i16),
}

impl NamePart {
    pub fn suits(&self, ethnicity: Ethnicity, sex: Sex, year: i16) -> bool {
        self.ethnicity.is_none_or(|own| own == ethnicity)
            && self.sex == sex
            && (self.years.0..=self.years.1).contains(&year)
    }
}

#[derive(Clone)]
pub(super) struct VillageWords {
    pub commune: String,
    pub name: String,
    pub kind: String,
    pub weight: f64,
    pub mix: Vec<(Ethnicity, f64)>,
}

pub(super) struct Occupation {
    /// Code of `lists/occupation.csv`.
    pub code: String,
    pub weight: f64,
    pub ages: (i32, i32),
}

fn each(name: &str, text: &'static str) -> impl Iterator<Item = Fields> {
    let found = rows(name, text, &["weight"]);
    found.expect("a test reads the shipped lists").into_iter().map(|(_, fields)| fields)
}

fn weight(row: &Fields) -> f64 {
    row.get("weight").parse().unwrap_or_default()
}

fn name_part(row: &Fields) -> NamePart {
    NamePart {
        ethnicity: row.get("ethnicity").parse().ok(),
        sex: Sex::from_code(row.get("sex")).unwrap_or(Sex::Male),
        name: row.get("name").into(),
        weight: weight(row),
        years: (
            row.get("from_year").parse().unwrap_or(i16::MIN),
            row.get("to_year").parse().unwrap_or(i16::MAX),
        ),
    }
}

fn village(row: &Fields) -> VillageWords {
    let share = |part: &str| {
        let (ethnicity, share) = part.split_once(':')?;
        Some((ethnicity.parse().ok()?, share.parse().ok()?))
    };
    VillageWords {
        commune: row.get("commune").into(),
        name: row.get("village").into(),
        kind: row.get("kind").into(),
        weight: weight(row),
        mix: row.get("ethnic_mix").split_whitespace().filter_map(share).collect(),
    }
}

fn families() -> BTreeMap<Ethnicity, Weighted<String>> {
    let mut by_ethnicity: BTreeMap<Ethnicity, Vec<(String, f64)>> = BTreeMap::new();
    for row in each("family_names.csv", FAMILIES) {
        let ethnicity = row.get("ethnicity").parse().unwrap_or_default();
        by_ethnicity.entry(ethnicity).or_default().push((row.get("name").into(), weight(&row)));
    }
    by_ethnicity.into_iter().map(|(code, names)| (code, names.into_iter().collect())).collect()
}

fn places(not: &str) -> Weighted<String> {
    each("places.csv", PLACES)
        .filter(|row| row.get("use") != not)
        .map(|row| (format!("{}, {}", row.get("commune"), row.get("province")), weight(&row)))
        .collect()
}

impl Words {
    pub fn shipped() -> Self {
        let occupation = |row: Fields| Occupation {
            code: row.get("list").into(),
            weight: weight(&row),
            ages: (
                row.get("from_age").parse().unwrap_or_default(),
                row.get("to_age").parse().unwrap_or_default(),
            ),
        };
        Self {
            families: families(),
            middles: each("middle_names.csv", MIDDLES).map(|row| name_part(&row)).collect(),
            given: each("given_names.csv", GIVEN).map(|row| name_part(&row)).collect(),
            villages: each("villages.csv", VILLAGES).map(|row| village(&row)).collect(),
            occupations: each("occupations.csv", OCCUPATIONS).map(occupation).collect(),
            places_in: places("out"),
            places_out: places("in"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_are_read() {
        let words = Words::shipped();
        assert!(words.families.contains_key(&9));
        assert!(words.given.iter().any(|part| part.suits(2, Sex::Female, 1990)));
        assert!(words.middles.iter().all(|part| part.weight > 0.0));
        assert_eq!(words.villages.len(), 85);
        for village in &words.villages {
            assert_eq!(village.mix.iter().map(|(_, share)| share).sum::<f64>(), 100.0);
        }
        let defs = crate::definitions::built_in();
        let list = defs.list("occupation").expect("a list of occupations");
        for occupation in &words.occupations {
            assert!(list.name(&occupation.code).is_some(), "{}", occupation.code);
        }
        assert!(words.places_in.items().iter().all(|place| !place.contains("Nước ngoài")));
        assert!(words.places_out.items().contains(&"Đài Loan, Nước ngoài".to_owned()));
    }
}
