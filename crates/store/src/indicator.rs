//! Indicators in SQL: each phrase becomes a condition on the folded tables. The numbers must equal the
//! pure evaluation of `domain::indicator` on any population.

mod follow;
mod grouped;
mod history;
pub(crate) mod many;

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
pub use many::{Among, count_all};
use tram_defs::breakdown::Trait;
use tram_defs::indicator::{AgeGroup, Counted, Tally};
use tram_defs::phrase::{Anchor, Compare, Phrase, Span, Window};
use tram_defs::role::Reach;
use tram_domain::indicator::Days;
use tram_kernel::Date;
use tram_kernel::day::{add_days, add_months, latest_birth};

/// Which areas are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Area(i64),
    /// All areas `top` reaches on that day.
    Under {
        top: i64,
        reach: Reach,
        on: Date,
    },
}

/// A count in its place of the breakdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted3 {
    pub area: i64,
    pub is_female: bool,
    pub age_group: usize,
    pub n: i64,
}

/// A person behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Behind {
    pub person: i64,
    pub area: i64,
    pub is_female: bool,
    pub age_group: usize,
}

/// What a statement asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Everybody, by area, sex and age group.
    People,
    /// Counts by area and value of a trait.
    Groups(Trait),
    /// Everybody, by area and value of a trait.
    PeopleOf(Trait),
}

impl Shape {
    const fn is_people(self) -> bool {
        matches!(self, Self::People | Self::PeopleOf(_))
    }
}

/// Somebody or many, by area and value of a trait; the value is empty when nothing is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grouped {
    pub area: i64,
    pub value: String,
    /// How many, or who.
    pub n: i64,
}

/// A statement under construction: text with numbered parameters.
struct Builder {
    text: String,
    params: Vec<Val>,
}

impl Builder {
    fn bind(&mut self, value: impl Into<Val>) -> String {
        self.params.push(value.into());
        format!("?{}", self.params.len())
    }

    fn and(&mut self, condition: &str) {
        self.text.push_str(" AND ");
        self.text.push_str(condition);
    }
}

/// Counts a tally by area, sex and age group.
pub fn count(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    among: Among<'_>,
) -> Result<Vec<Counted3>> {
    Ok(count_all(sql, &[tally], days, groups, among)?.remove(0))
}

/// Exactly the people (or events) a tally counts, at most `limit`.
pub fn people(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    scope: Scope,
) -> Result<Vec<Behind>> {
    if tally.is_told() {
        return many::people_of_events(sql, tally, days, groups, scope);
    }
    let (text, params) = statement(tally, days, groups, scope, Shape::People);
    sql.all(&text, &params, |row: &mut Row| {
        let (area, sex, group) = (row.int()?, row.text()?, row.int()?);
        let (is_female, age_group) = (sex == "f", group as usize);
        Ok(Behind { person: row.int()?, area, is_female, age_group })
    })
}

/// A tally by area and value of a trait: counts, or everybody with their value.
pub fn grouped(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    scope: Scope,
    shape: Shape,
) -> Result<Vec<Grouped>> {
    if tally.is_told() {
        return grouped::of_events(sql, tally, days, scope, shape);
    }
    let (text, params) = statement(tally, days, &[], scope, shape);
    sql.all(&text, &params, |row: &mut Row| {
        Ok(Grouped { area: row.int()?, value: row.text()?, n: row.int()? })
    })
}

/// Who stands behind a tally, or how it parts by a trait.
fn statement(
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    scope: Scope,
    shape: Shape,
) -> (String, Vec<Val>) {
    let mut b = Builder { text: String::new(), params: Vec::new() };
    let homes = tally.count == Counted::Household;
    let from = from_table(tally.count);
    let by = match shape {
        Shape::People if homes => "'m', 0".to_owned(),
        Shape::People => format!("x.sex, {}", age_group(&mut b, tally, days, groups)),
        Shape::Groups(what) | Shape::PeopleOf(what) => grouped::value_of(&mut b, what, tally, days),
    };
    let tail = match (shape.is_people(), homes) {
        (true, true) => "min(x.person)",
        (true, false) => "x.person",
        (false, true) => "count(DISTINCT h.household)",
        (false, false) => "count(*)",
    };
    let home = if homes { at_home(&mut b, tally, days) } else { String::new() };
    b.text = format!("SELECT x.area, {by}, {tail} FROM ");
    match scope {
        Scope::Area(key) => {
            let key = b.bind(key);
            b.text.push_str(&format!("{from}{home} WHERE x.area = {key}"));
        }
        Scope::Under { top, reach, on } => {
            let (top, reach, on) = (b.bind(top), b.bind(reach.number()), b.bind(on));
            b.text.push_str(&format!(
                "area_reach r JOIN {from} ON x.area = r.area{home} WHERE r.top = {top} \
                 AND r.reach = {reach} AND r.from_on <= {on} \
                 AND (r.to_on IS NULL OR r.to_on > {on})"
            ));
        }
    }
    event_window(&mut b, tally.count, days);
    for phrase in &tally.conditions {
        condition(&mut b, tally.count, phrase, days);
    }
    b.text.push_str(match (shape, homes) {
        (Shape::People | Shape::PeopleOf(_), true) => {
            " GROUP BY x.area, h.household ORDER BY x.area"
        }
        (Shape::People | Shape::PeopleOf(_), false) => " ORDER BY x.area, x.person",
        (Shape::Groups(_), _) => " GROUP BY 1, 2",
    });
    (b.text, b.params)
}

/// The table whose rows are counted.
const fn from_table(count: Counted) -> &'static str {
    match count {
        Counted::Birth => "birth x",
        Counted::Death => "death x",
        Counted::Delivery => "delivery x",
        // What is asked of a resident stands beside the residence.
        _ => "residence x",
    }
}

/// A household has no sex.
const fn sex_of(tally: &Tally) -> &'static str {
    if matches!(tally.count, Counted::Household) { "'m'" } else { "x.sex" }
}

/// The household a resident belongs to on the day it is asked for.
fn at_home(b: &mut Builder, tally: &Tally, days: &Days) -> String {
    let at = tally.conditions.iter().find_map(|phrase| match phrase {
        Phrase::Resident(at) => Some(*at),
        _ => None,
    });
    let on = b.bind(days.at(at.unwrap_or(Anchor::End)));
    format!(
        " JOIN membership h ON h.person = x.person AND h.from_on <= {on} \
         AND (h.to_on IS NULL OR h.to_on > {on})"
    )
}

fn age_group(b: &mut Builder, tally: &Tally, days: &Days, groups: &[AgeGroup]) -> String {
    match tally.count {
        Counted::Birth => "0".to_owned(),
        Counted::Death | Counted::Delivery => by_age(groups),
        _ => by_birth(b, groups, days.end),
    }
}

/// Births, deaths and moves are those of the period.
fn event_window(b: &mut Builder, count: Counted, days: &Days) {
    let column = match count {
        // What forms and programmes tell is no row of one table.
        Counted::Person
        | Counted::Household
        | Counted::Entry
        | Counted::Enrolment
        | Counted::Leaving => return,
        Counted::Birth => "x.born_on",
        Counted::Death => "x.died_on",
        Counted::Delivery => "x.on_day",
        Counted::Arrival => "x.from_on",
        Counted::Departure => "x.to_on",
    };
    let (from, to) = days.window(Window::Period);
    let (from, to) = (b.bind(from), b.bind(to));
    b.and(&format!("{column} BETWEEN {from} AND {to}"));
    // Within one commune nobody came and nobody left.
    let (moves, meets) = match count {
        Counted::Arrival => ("x.counted = 1 AND x.moved = 1", "y.to_on = x.from_on"),
        Counted::Departure => {
            ("x.counted = 1 AND (x.died_on IS NULL OR x.died_on >= x.to_on)", "y.from_on = x.to_on")
        }
        _ => return,
    };
    b.and(&format!(
        "{moves} AND NOT EXISTS (SELECT 1 FROM residence y JOIN area ya ON ya.area = y.area \
         JOIN area xa ON xa.area = x.area WHERE y.person = x.person AND y.n <> x.n AND {meets} \
         AND ya.commune = xa.commune)"
    ));
}

/// The age group of a living person, from the birth date.
fn by_birth(b: &mut Builder, groups: &[AgeGroup], on: Date) -> String {
    if groups.len() < 2 {
        return "0".into();
    }
    let mut text = "CASE".to_owned();
    for (at, group) in groups.iter().enumerate().skip(1) {
        let latest = b.bind(latest_birth(on, group.from_months));
        text.push_str(&format!(" WHEN x.born > {latest} THEN {}", at - 1));
    }
    format!("{text} ELSE {} END", groups.len() - 1)
}

/// The age group at death, from the completed months.
fn by_age(groups: &[AgeGroup]) -> String {
    if groups.len() < 2 {
        return "0".into();
    }
    let mut text = "CASE".to_owned();
    for (at, group) in groups.iter().enumerate().skip(1) {
        text.push_str(&format!(" WHEN x.age_months < {} THEN {}", group.from_months, at - 1));
    }
    format!("{text} ELSE {} END", groups.len() - 1)
}

fn condition(b: &mut Builder, count: Counted, phrase: &Phrase, days: &Days) {
    match phrase {
        Phrase::Resident(at) => {
            let on = b.bind(days.at(*at));
            b.and(&format!(
                "x.counted = 1 AND x.from_on <= {on} AND (x.to_on IS NULL OR x.to_on > {on}) \
                 AND (x.died_on IS NULL OR x.died_on > {on})"
            ));
        }
        Phrase::Age { at, compare, span } => born(b, days.at(*at), *compare, *span),
        Phrase::AgeAtEvent { compare, span } => {
            let (column, n) = age_column(*span);
            b.and(&format!("x.{column} {} {n}", sign(*compare)));
        }
        Phrase::Sex(sex) => {
            let code = b.bind(sex.code());
            b.and(&format!("x.sex = {code}"));
        }
        Phrase::Insured(at) => {
            let on = b.bind(days.at(*at));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM identifier i WHERE i.person = x.person \
                 AND i.kind IN ('insurance_card', 'social_insurance') AND {})",
                holds("i", &on)
            ));
        }
        Phrase::Identified(at) => {
            let on = b.bind(days.at(*at));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM identifier i WHERE i.person = x.person \
                 AND i.kind = 'citizen' AND {})",
                holds("i", &on)
            ));
        }
        Phrase::UniqueIdentity(at) => {
            let on = b.bind(days.at(*at));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM identifier i WHERE i.person = x.person \
                 AND i.kind = 'citizen' AND {} AND NOT EXISTS (SELECT 1 FROM identifier j \
                 WHERE j.value = i.value AND j.kind = 'citizen' AND j.person <> i.person AND {}))",
                holds("i", &on),
                holds("j", &on)
            ));
        }
        Phrase::Contact { months, at } => {
            let to = days.at(*at);
            let (from, to) = (b.bind(add_months(to, -months)), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM contact c WHERE c.person = x.person \
                 AND c.seen_on > {from} AND c.seen_on <= {to})"
            ));
        }
        Phrase::Birthday { months, within } => {
            let (from, to) = days.window(*within);
            let after = b.bind(latest_birth(add_days(from, -1), *months));
            let until = b.bind(latest_birth(to, *months));
            b.and(&format!("x.born > {after} AND x.born <= {until}"));
        }
        Phrase::Milestone { what, within } => {
            let (from, to) = days.window(*within);
            let (code, from, to) = (b.bind(what.code()), b.bind(from), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM milestone m WHERE m.person = x.person \
                 AND m.code = {code} AND m.on_day BETWEEN {from} AND {to})"
            ));
        }
        Phrase::MilestoneBefore { what, span } => {
            let code = b.bind(what.code());
            let (column, n) = age_column(*span);
            b.and(&format!(
                "EXISTS (SELECT 1 FROM milestone m WHERE m.person = x.person \
                 AND m.code = {code} AND m.{column} < {n})"
            ));
        }
        Phrase::MilestoneEver(what) => {
            let code = b.bind(what.code());
            let alive = if count == Counted::Birth { "x.alive = 1 AND " } else { "" };
            b.and(&format!(
                "{alive}EXISTS (SELECT 1 FROM milestone m WHERE m.person = x.person \
                 AND m.code = {code})"
            ));
        }
        Phrase::DoseBefore { series, number, span, given } => {
            let series = b.bind(series.as_str());
            let (column, n) = age_column(*span);
            let not = if *given { "" } else { "NOT " };
            b.and(&format!(
                "{not}EXISTS (SELECT 1 FROM dose d WHERE d.person = x.person \
                 AND d.series = {series} AND d.number = {number} AND d.{column} < {n})"
            ));
        }
        Phrase::Follow(follow) => follow::condition(b, follow, days),
        Phrase::TetanusProtected => b.and("x.tetanus = 1"),
        Phrase::BornAlive => b.and("x.alive = 1"),
        Phrase::Stillborn => b.and("x.alive = 0"),
        Phrase::BirthOrder { at_least } => b.and(&format!("x.birth_order >= {at_least}")),
        Phrase::BirthPlaceKnown => b.and("x.place IS NOT NULL"),
        Phrase::BirthPlaceIn(places) => {
            let places: Vec<String> = places.iter().map(|place| b.bind(place.as_str())).collect();
            b.and(&format!("x.place IN ({})", places.join(", ")));
        }
        Phrase::Weighed => b.and("x.grams IS NOT NULL"),
        Phrase::Weight { compare, grams } => {
            b.and(&format!("x.grams {} {grams}", sign(*compare)));
        }
        Phrase::Poverty { code, at } => {
            let (code, on) = (b.bind(code.as_str()), b.bind(days.at(*at)));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM household_standing s WHERE s.household = h.household \
                 AND s.poverty = {code} AND (s.from_on IS NULL OR s.from_on <= {on}) \
                 AND (s.to_on IS NULL OR s.to_on > {on}))"
            ));
        }
    }
}

const fn sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Less => "<",
        Compare::AtLeast => ">=",
    }
}

/// An age condition as a comparison of birth dates.
fn born(b: &mut Builder, on: Date, compare: Compare, span: Span) {
    let latest =
        if span.months > 0 { latest_birth(on, span.months) } else { add_days(on, -span.days) };
    let latest = b.bind(latest);
    let sign = if compare == Compare::Less { ">" } else { "<=" };
    b.and(&format!("x.born {sign} {latest}"));
}

/// Months are completed months, days are whole days: the column that holds them and the bound.
const fn age_column(span: Span) -> (&'static str, i32) {
    if span.months > 0 { ("age_months", span.months) } else { ("age_days", span.days) }
}

fn holds(table: &str, on: &str) -> String {
    format!(
        "({table}.from_on IS NULL OR {table}.from_on <= {on}) \
         AND ({table}.to_on IS NULL OR {table}.to_on >= {on})"
    )
}
