//! What is compared of the records within reach, and the pairs somebody found to be two people.

use crate::error::Result;
use crate::person::Within;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use tram_domain::likeness::Traits;
use tram_kernel::{BirthDate, Precision, Sex};

crate::statements! {
    TRAITS = "SELECT p.person, p.folded, p.sex, p.born, p.born_precision, p.area, p.household,
              (SELECT m.folded FROM person m WHERE m.person = coalesce((SELECT l.head FROM person_link l
              WHERE l.person = p.mother), p.mother)), p.mother_name
              FROM area_reach r JOIN person p ON p.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3)";
    TRAITS_OF = "SELECT p.person, p.folded, p.sex, p.born, p.born_precision, p.area, p.household,
                 (SELECT m.folded FROM person m WHERE m.person = coalesce((SELECT l.head FROM person_link l
                 WHERE l.person = p.mother), p.mother)), p.mother_name
                 FROM person p WHERE p.person IN (??)";
    NUMBERS = "SELECT i.person, i.kind, i.value FROM area_reach r JOIN person p ON p.area = r.area
               JOIN identifier i ON i.person = p.person
               WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
               AND (r.to_on IS NULL OR r.to_on > ?3)";
    NUMBERS_OF = "SELECT i.person, i.kind, i.value FROM identifier i WHERE i.person IN (??)";
    /// Every number one is found by, the telephone among them.
    TOKENS = "SELECT t.person, t.token FROM area_reach r JOIN person_token t ON t.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3) AND t.token >= '#' AND t.token < '$'";
    DISTINCT = "SELECT coalesce((SELECT l.head FROM person_link l WHERE l.person = d.person), d.person),
                coalesce((SELECT l.head FROM person_link l WHERE l.person = d.other), d.other)
                FROM person_distinct d";
    STAMP = "SELECT CAST(coalesce(sum(s.n), 0) AS BIGINT) FROM area_reach r JOIN area_stamp s ON s.area = r.area
             WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
             AND (r.to_on IS NULL OR r.to_on > ?3)";
    CONFLICTS = "SELECT p.person FROM area_reach r JOIN person p ON p.area = r.area
                 WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                 AND (r.to_on IS NULL OR r.to_on > ?3) AND p.conflicts > 0
                 ORDER BY p.folded LIMIT ?4";
    NO_DAY = "SELECT p.person FROM area_reach r JOIN person p ON p.area = r.area
              WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
              AND (r.to_on IS NULL OR r.to_on > ?3) AND p.born >= ?4 AND p.born_precision <> 'd'
              AND p.away = 0 ORDER BY p.folded LIMIT ?5";
    HOMELESS = "SELECT p.person FROM area_reach r JOIN person p ON p.area = r.area
                WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                AND (r.to_on IS NULL OR r.to_on > ?3) AND p.away = 0 AND p.household IS NULL
                ORDER BY p.folded LIMIT ?4";
}

fn traits_row(row: &mut Row) -> Result<Traits> {
    let key = row.int()?;
    let words = tram_kernel::text::words(&row.text()?).map(str::to_owned).collect();
    let sex = Sex::from_code(&row.text()?).unwrap_or(Sex::Female);
    let first = row.day()?;
    let precision = Precision::from_code(&row.text()?).unwrap_or(Precision::Day);
    let (area, household) = (row.int_or_null()?, row.int_or_null()?);
    let (mother, named) = (row.text_or_null()?, row.text_or_null()?);
    Ok(Traits {
        key,
        words,
        sex,
        born: BirthDate::new(first, precision),
        citizen: Vec::new(),
        other_numbers: Vec::new(),
        phone: None,
        area,
        household,
        mother: mother.or(named).map(|name| Traits::words_of(&name)).unwrap_or_default(),
    })
}

/// A number among the traits: the last ten digits of an insurance card are the number of its holder.
fn take_number(traits: &mut Traits, kind: &str, value: String) {
    match kind {
        "citizen" => traits.citizen.push(value),
        "insurance_card" => {
            let start = value.len().saturating_sub(10);
            traits.other_numbers.push(value[start..].to_owned());
        }
        "old_card" | "social_insurance" => traits.other_numbers.push(value),
        _ => {}
    }
}

/// The traits of every record within reach, also of those who moved away or died.
pub fn traits(sql: &mut dyn Sql, within: Within) -> Result<Vec<Traits>> {
    let params = vals![within.top, within.reach.number(), within.on];
    let mut all = sql.all(TRAITS, &params, traits_row)?;
    all.sort_unstable_by_key(|traits| traits.key);
    let place: HashMap<i64, usize> = all.iter().enumerate().map(|(n, t)| (t.key, n)).collect();
    let mut numbers: HashMap<usize, Vec<String>> = HashMap::new();
    sql.each(NUMBERS, &params, &mut |mut row| {
        let (person, kind, value) = (row.int()?, row.text()?, row.text()?);
        if let Some(at) = place.get(&person) {
            numbers.entry(*at).or_default().push(value.clone());
            take_number(&mut all[*at], &kind, value);
        }
        Ok(())
    })?;
    sql.each(TOKENS, &params, &mut |mut row| {
        let (person, token) = (row.int()?, row.text()?);
        if let Some(at) = place.get(&person) {
            let digits: String =
                token.chars().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
            let held = numbers.get(at).map_or(&[][..], Vec::as_slice);
            let is_phone = digits.starts_with('0')
                && (10..=11).contains(&digits.len())
                && !held.iter().any(|value| value.eq_ignore_ascii_case(&digits));
            if is_phone {
                all[*at].phone = Some(digits);
            }
        }
        Ok(())
    })?;
    Ok(all)
}

/// The traits of some records, without telephones.
pub fn traits_of(sql: &mut dyn Sql, people: &[i64]) -> Result<Vec<Traits>> {
    let keys: Vec<Val> = people.iter().map(|key| Val::Int(*key)).collect();
    let mut all: BTreeMap<i64, Traits> = BTreeMap::new();
    sql.each_of_many(TRAITS_OF, &[], &keys, &mut |mut row| {
        let traits = traits_row(&mut row)?;
        all.insert(traits.key, traits);
        Ok(())
    })?;
    sql.each_of_many(NUMBERS_OF, &[], &keys, &mut |mut row| {
        let (person, kind, value) = (row.int()?, row.text()?, row.text()?);
        if let Some(traits) = all.get_mut(&person) {
            take_number(traits, &kind, value);
        }
        Ok(())
    })?;
    Ok(all.into_values().collect())
}

/// Pairs of records that somebody found to be two people, the smaller key first.
pub fn distinct(sql: &mut dyn Sql) -> Result<BTreeSet<(i64, i64)>> {
    let pairs = sql.all(DISTINCT, &[], |row| Ok((row.int()?, row.int()?)))?;
    Ok(pairs.into_iter().map(|(a, b)| (a.min(b), a.max(b))).collect())
}

/// A number that rises with every change of a record within reach.
pub fn stamp(sql: &mut dyn Sql, within: Within) -> Result<i64> {
    sql.number(STAMP, &vals![within.top, within.reach.number(), within.on])
}

/// Records with values nobody has decided between.
pub fn conflicts(sql: &mut dyn Sql, within: Within, limit: i64) -> Result<Vec<i64>> {
    let params = vals![within.top, within.reach.number(), within.on, limit];
    sql.all(CONFLICTS, &params, Row::int)
}

/// Those born on or after a day whose day of birth is not known: a child without it has no schedule.
pub fn without_birth_day(
    sql: &mut dyn Sql,
    within: Within,
    born_from: tram_kernel::Date,
    limit: i64,
) -> Result<Vec<i64>> {
    let params = vals![within.top, within.reach.number(), within.on, born_from, limit];
    sql.all(NO_DAY, &params, Row::int)
}

/// Residents who belong to no household.
pub fn without_household(sql: &mut dyn Sql, within: Within, limit: i64) -> Result<Vec<i64>> {
    let params = vals![within.top, within.reach.number(), within.on, limit];
    sql.all(HOMELESS, &params, Row::int)
}
