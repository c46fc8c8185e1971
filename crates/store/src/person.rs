//! Finding people and households, and loading one record.

use crate::error::Result;
use crate::log;
use crate::node::KnownNode;
use crate::sql::{Row, Sql, Val};
use crate::unit;
use crate::vals;
use std::collections::{BTreeMap, HashMap};
use tram_defs::role::Reach;
use tram_domain::fact::{Logged, Subject};
use tram_domain::search::{Query, number_token};
use tram_kernel::{BirthDate, Date, HouseholdId, Moment, PersonId, Precision, Sex};

/// Candidates looked at for one search; the rarest word decides which.
const CANDIDATES: i64 = 10_000;
/// Records compared with one that is being registered.
const NEAR: usize = 200;
/// Results of one search. More means: type more.
pub const FOUND: usize = 30;

/// What a list shows of a household: its head and how many live there.
macro_rules! household_lines {
    ($from:literal) => {
        concat!(
            "SELECT h.household, s.id, h.code, h.address, h.area, a.full_name,
             (SELECT min(p.name) FROM membership m JOIN person p ON p.person = m.person
             WHERE m.household = h.household AND m.relation = '1' AND m.to_on IS NULL),
             (SELECT count(*) FROM membership m JOIN person p ON p.person = m.person
             WHERE m.household = h.household AND m.to_on IS NULL AND p.died_on IS NULL),
             (SELECT u.name FROM app_user u WHERE u.user_key = h.doctor) ",
            $from
        )
    };
}

crate::statements! {
    COUNT_PREFIX = "SELECT count(*) FROM (SELECT 1 FROM area_reach r
                    JOIN person_token t ON t.area = r.area
                    WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                    AND (r.to_on IS NULL OR r.to_on > ?3)
                    AND t.token >= ?4 AND t.token < ?5 LIMIT 2000) x";
    BY_PREFIX = "SELECT t.person, p.folded, p.born FROM area_reach r
                 JOIN person_token t ON t.area = r.area JOIN person p ON p.person = t.person
                 WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
                 AND (r.to_on IS NULL OR r.to_on > ?3)
                 AND t.token >= ?4 AND t.token < ?5
                 AND (CAST(?6 AS BIGINT) = 0 OR r.area = CAST(?6 AS BIGINT)) LIMIT ?7";
    NUMBERS = "SELECT t.person, i.value FROM area_reach r
               JOIN person_token t ON t.area = r.area JOIN identifier i ON i.person = t.person
               WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
               AND (r.to_on IS NULL OR r.to_on > ?3)
               AND t.token >= ?4 AND t.token < ?5
               AND (CAST(?6 AS BIGINT) = 0 OR r.area = CAST(?6 AS BIGINT)) LIMIT ?7";
    OF_AREA = "SELECT p.person FROM residence r JOIN person p ON p.person = r.person
               WHERE r.area = ?1 AND r.from_on <= ?2 AND (r.to_on IS NULL OR r.to_on > ?2)
               AND p.died_on IS NULL ORDER BY p.folded LIMIT ?3";
    /// Each name is looked up by its key, whatever an engine thinks of the sizes of the tables.
    LINES = "SELECT p.person, (SELECT s.id FROM subject s WHERE s.subject = p.person), p.name, p.sex,
             p.born, p.born_precision, p.died_on, p.area,
             (SELECT a.full_name FROM area a WHERE a.area = p.area), p.away,
             (SELECT s.id FROM subject s WHERE s.subject = p.household), p.mother_name,
             (SELECT m.name FROM person m WHERE m.person = coalesce((SELECT l.head FROM person_link l
             WHERE l.person = p.mother), p.mother)), p.conflicts,
             (SELECT max(i.value) FROM identifier i WHERE i.person = p.person AND i.kind = 'citizen')
             FROM person p WHERE p.person IN (??)";
    HOLDERS = "SELECT i.person FROM identifier i WHERE i.value = ?1 AND i.kind = ?2
               AND (i.to_on IS NULL OR i.to_on >= ?3) ORDER BY i.person LIMIT 30";
    MEMBERS = "SELECT m.person, m.relation, m.from_on, m.to_on FROM membership m
               WHERE m.household = ?1 ORDER BY m.relation, m.from_on, m.person";
    CHILDREN = "SELECT person FROM person WHERE mother = ?1 OR mother IN
                (SELECT l.person FROM person_link l WHERE l.head = ?1) ORDER BY born LIMIT 30";
    HOUSEHOLD_LINES = household_lines!(
        "FROM household h JOIN subject s ON s.subject = h.household
         JOIN area a ON a.area = h.area
         WHERE h.area = ?1 AND (CAST(?2 AS TEXT) = '' OR h.code = ?2)
         ORDER BY h.code LIMIT 2000"
    );
    HOUSEHOLD_LINE = household_lines!(
        "FROM household h JOIN subject s ON s.subject = h.household
         JOIN area a ON a.area = h.area WHERE h.household = ?1"
    );
    HOUSEHOLDS_FOUND = household_lines!(
        "FROM area_reach r JOIN household h ON h.area = r.area
         JOIN subject s ON s.subject = h.household JOIN area a ON a.area = h.area
         WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
         AND (r.to_on IS NULL OR r.to_on > ?3)
         AND (h.code = ?4 OR h.household IN (SELECT m.household FROM membership m
         JOIN person p ON p.person = m.person
         WHERE m.relation = '1' AND m.to_on IS NULL AND p.folded LIKE ?5))
         ORDER BY a.full_name, h.code LIMIT 20"
    );
    LINKED = "SELECT person FROM person_link WHERE head = ?1 ORDER BY person";
    HEAD = "SELECT h.id FROM subject s LEFT JOIN person_link l ON l.person = s.subject
            JOIN subject h ON h.subject = coalesce(l.head, s.subject) WHERE s.id = ?1";
    EMPTY = "SELECT h.household FROM household h WHERE h.household IN (??)
             AND NOT EXISTS (SELECT 1 FROM membership m WHERE m.household = h.household)";
    AREA_OF = "SELECT area FROM person WHERE person = ?1";
    HOUSEHOLD_AREA = "SELECT area FROM household WHERE household = ?1";
}

/// A person in a list or a search result.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonLine {
    pub key: i64,
    pub id: PersonId,
    pub name: String,
    pub sex: Sex,
    pub born: BirthDate,
    pub died_on: Option<Date>,
    pub area: Option<i64>,
    pub area_name: Option<String>,
    /// Moved away or dead.
    pub away: bool,
    pub household: Option<HouseholdId>,
    pub mother: Option<String>,
    pub conflicts: i64,
    /// Last four digits of the personal ID number.
    pub number_tail: Option<String>,
}

fn line(row: &mut Row) -> Result<PersonLine> {
    let key = row.int()?;
    let id = PersonId::from_u128(row.id()?);
    let name = row.text()?;
    let sex = Sex::from_code(&row.text()?).unwrap_or(Sex::Female);
    let first = row.day()?;
    let precision = Precision::from_code(&row.text()?).unwrap_or(Precision::Day);
    let died_on = row.day_or_null()?;
    let (area, area_name, away) = (row.int_or_null()?, row.text_or_null()?, row.bool()?);
    let household = row.blob_or_null()?;
    let household = household.and_then(|id| <[u8; 16]>::try_from(id.as_slice()).ok());
    let (mother_name, mother) = (row.text_or_null()?, row.text_or_null()?);
    let conflicts = row.int()?;
    let number = row.text_or_null()?;
    Ok(PersonLine {
        key,
        id,
        name,
        sex,
        born: BirthDate::new(first, precision),
        died_on,
        area,
        area_name,
        away,
        household: household.map(HouseholdId::from_bytes),
        mother: mother.or(mother_name),
        conflicts,
        number_tail: number.map(|n| n.chars().skip(n.chars().count().saturating_sub(4)).collect()),
    })
}

/// Lines of people, in the order asked.
pub fn lines(sql: &mut dyn Sql, people: &[i64]) -> Result<Vec<PersonLine>> {
    let asked: Vec<Val> = people.iter().map(|key| Val::from(*key)).collect();
    let mut out = Vec::with_capacity(people.len());
    sql.each_of_many(LINES, &[], &asked, &mut |mut row| {
        out.push(line(&mut row)?);
        Ok(())
    })?;
    let place: HashMap<i64, usize> = people.iter().enumerate().map(|(n, key)| (*key, n)).collect();
    out.sort_by_key(|line| place.get(&line.key));
    Ok(out)
}

/// Where a search looks: everything `top` reaches, or one area of it (0: all).
#[derive(Debug, Clone, Copy)]
pub struct Within {
    pub top: i64,
    pub reach: Reach,
    pub on: Date,
    pub area: i64,
}

/// People who answer the query, best first. The second value is true when there may be more.
pub fn search(sql: &mut dyn Sql, within: Within, query: &Query) -> Result<(Vec<PersonLine>, bool)> {
    let Some(prefix) = rarest(sql, within, query)? else { return Ok((Vec::new(), false)) };
    let Within { top, reach, on, area } = within;
    let end = format!("{prefix}\u{10FFFF}");
    let params = vals![top, reach.number(), on, prefix.as_str(), end, area, CANDIDATES];
    let candidates =
        sql.all(BY_PREFIX, &params, |row| Ok((row.int()?, row.text()?, row.day()?)))?;
    let cut = candidates.len() as i64 == CANDIDATES;
    let mut rest = query.clone();
    rest.digits.retain(|digits| number_token(digits) != prefix);
    let mut numbers: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    if !rest.digits.is_empty() {
        sql.each(NUMBERS, &params, &mut |mut row| {
            let person = row.int()?;
            numbers.entry(person).or_default().push(tram_kernel::text::fold(&row.text()?));
            Ok(())
        })?;
    }
    let mut ranked: Vec<(u32, String, i64)> = Vec::new();
    for (person, folded, born) in candidates {
        let held = numbers.get(&person).map_or(&[][..], Vec::as_slice);
        if let Some(score) = rest.rank(&folded, born.year(), held) {
            ranked.push((score, folded, person));
        }
    }
    ranked.sort();
    ranked.dedup_by_key(|(.., person)| *person);
    let more = cut || ranked.len() > FOUND;
    let best: Vec<i64> = ranked.into_iter().take(FOUND).map(|(.., person)| person).collect();
    Ok((lines(sql, &best)?, more))
}

/// Records within reach that share words of a name, those that share most first, and those with the same
/// telephone.
pub fn near(
    sql: &mut dyn Sql,
    within: Within,
    words: &[String],
    phone: Option<&str>,
) -> Result<Vec<i64>> {
    let query = Query { words: words.to_vec(), digits: Vec::new() };
    let Within { top, reach, on, area } = within;
    let params = |prefix: &str| {
        vals![top, reach.number(), on, prefix, format!("{prefix}\u{10FFFF}"), area, CANDIDATES]
    };
    let mut near: Vec<(i64, i64)> = Vec::new();
    if let Some(phone) = phone {
        let token = number_token(phone);
        sql.each(BY_PREFIX, &params(&token), &mut |mut row| {
            near.push((i64::MIN, row.int()?));
            Ok(())
        })?;
    }
    if let Some(prefix) = rarest(sql, within, &query)? {
        sql.each(BY_PREFIX, &params(&prefix), &mut |mut row| {
            let (person, folded) = (row.int()?, row.text()?);
            let shared = tram_kernel::text::words(&folded).filter(|w| words.iter().any(|x| x == w));
            near.push((-(shared.count() as i64), person));
            Ok(())
        })?;
    }
    near.sort_unstable();
    near.dedup_by_key(|(_, person)| *person);
    Ok(near.into_iter().take(NEAR).map(|(_, person)| person).collect())
}

/// The prefix with the fewest hits in the index.
fn rarest(sql: &mut dyn Sql, within: Within, query: &Query) -> Result<Option<String>> {
    let mut prefixes = query.prefixes();
    if prefixes.len() < 2 {
        return Ok(prefixes.pop());
    }
    let Within { top, reach, on, .. } = within;
    let mut best: Option<(i64, String)> = None;
    for prefix in prefixes {
        let end = format!("{prefix}\u{10FFFF}");
        let n = sql.number(COUNT_PREFIX, &vals![top, reach.number(), on, prefix.as_str(), end])?;
        if best.as_ref().is_none_or(|(fewest, _)| n < *fewest) {
            best = Some((n, prefix));
        }
    }
    Ok(best.map(|(_, prefix)| prefix))
}

/// People living in an area on a day, by folded name.
pub fn of_area(sql: &mut dyn Sql, area: i64, on: Date, limit: i64) -> Result<Vec<PersonLine>> {
    let people = sql.all(OF_AREA, &vals![area, on, limit], Row::int)?;
    lines(sql, &people)
}

/// Everything recorded of one subject, with the facts of all records that are read as part of it.
pub fn facts(
    sql: &mut dyn Sql,
    nodes: &BTreeMap<i64, KnownNode>,
    subject: Subject,
    known_at: Option<Moment>,
) -> Result<Vec<Logged>> {
    let Some((key, _)) = unit::key(sql, subject)? else { return Ok(Vec::new()) };
    let mut facts = log::facts(sql, nodes, key, known_at)?;
    if matches!(subject, Subject::Person(_)) {
        for member in sql.all(LINKED, &vals![key], Row::int)? {
            facts.extend(log::facts(sql, nodes, member, known_at)?);
        }
    }
    Ok(facts)
}

/// The record this one is read as part of, or itself. `None` when there is no such record.
pub fn head(sql: &mut dyn Sql, id: PersonId) -> Result<Option<PersonId>> {
    let found = sql.one(HEAD, &vals![id.as_u128().to_be_bytes()], Row::id)?;
    Ok(found.map(PersonId::from_u128))
}

/// Active records that hold a number on a day.
pub fn holders(sql: &mut dyn Sql, kind: &str, value: &str, on: Date) -> Result<Vec<PersonLine>> {
    let people = sql.all(HOLDERS, &vals![value, kind, on], Row::int)?;
    lines(sql, &people)
}

/// A member of a household, now or once.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberRow {
    pub person: PersonLine,
    pub relation: String,
    pub from: Date,
    pub to: Option<Date>,
}

pub fn members(sql: &mut dyn Sql, household: i64) -> Result<Vec<MemberRow>> {
    let rows = sql.all(MEMBERS, &vals![household], |row| {
        Ok((row.int()?, row.text()?, row.day()?, row.day_or_null()?))
    })?;
    let people: Vec<i64> = rows.iter().map(|(person, ..)| *person).collect();
    let mut by_key: BTreeMap<i64, PersonLine> = BTreeMap::new();
    for person in lines(sql, &people)? {
        by_key.insert(person.key, person);
    }
    let member = |(person, relation, from, to)| {
        by_key.get(&person).cloned().map(|person| MemberRow { person, relation, from, to })
    };
    Ok(rows.into_iter().filter_map(member).collect())
}

pub fn children(sql: &mut dyn Sql, mother: i64) -> Result<Vec<PersonLine>> {
    let people = sql.all(CHILDREN, &vals![mother], Row::int)?;
    lines(sql, &people)
}

/// A household in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdRow {
    pub key: i64,
    pub id: HouseholdId,
    pub code: Option<String>,
    pub address: Option<String>,
    pub area: i64,
    pub area_name: String,
    /// Name of the head.
    pub head: Option<String>,
    /// Living members.
    pub members: i64,
    /// Name of the family doctor.
    pub doctor: Option<String>,
}

/// Households of an area, all or those with a code.
pub fn households(sql: &mut dyn Sql, area: i64, code: &str) -> Result<Vec<HouseholdRow>> {
    sql.all(HOUSEHOLD_LINES, &vals![area, code], household_row)
}

/// One household by its local key.
pub fn household(sql: &mut dyn Sql, key: i64) -> Result<Option<HouseholdRow>> {
    sql.one(HOUSEHOLD_LINE, &vals![key], household_row)
}

/// Households with this number, or whose head's folded name contains what was typed.
pub fn find_households(
    sql: &mut dyn Sql,
    within: Within,
    typed: &str,
) -> Result<Vec<HouseholdRow>> {
    let Within { top, reach, on, .. } = within;
    // The pattern signs of LIKE are no letters of any name.
    let folded = tram_kernel::text::fold(typed.trim());
    let plain: String = folded.chars().filter(|c| !matches!(c, '%' | '_')).collect();
    if plain.is_empty() {
        return Ok(Vec::new());
    }
    let pattern = format!("%{plain}%");
    let params = vals![top, reach.number(), on, typed.trim(), pattern];
    sql.all(HOUSEHOLDS_FOUND, &params, household_row)
}

fn household_row(row: &mut Row) -> Result<HouseholdRow> {
    Ok(HouseholdRow {
        key: row.int()?,
        id: HouseholdId::from_u128(row.id()?),
        code: row.text_or_null()?,
        address: row.text_or_null()?,
        area: row.int()?,
        area_name: row.text()?,
        head: row.text_or_null()?,
        members: row.int()?,
        doctor: row.text_or_null()?,
    })
}

/// Of these households, those nobody belongs to or ever did.
pub fn empty_households(sql: &mut dyn Sql, keys: &[i64]) -> Result<Vec<i64>> {
    let asked: Vec<Val> = keys.iter().map(|key| Val::Int(*key)).collect();
    let mut empty = Vec::new();
    sql.each_of_many(EMPTY, &[], &asked, &mut |mut row| {
        empty.push(row.int()?);
        Ok(())
    })?;
    Ok(empty)
}

/// The area a record belongs to: where the person lives, or lived last.
pub fn area_of(sql: &mut dyn Sql, person: i64) -> Result<Option<i64>> {
    Ok(sql.one(AREA_OF, &vals![person], Row::int_or_null)?.flatten())
}

pub fn area_of_household(sql: &mut dyn Sql, household: i64) -> Result<Option<i64>> {
    sql.one(HOUSEHOLD_AREA, &vals![household], Row::int)
}
