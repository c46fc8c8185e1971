//! Indicators in SQL: each phrase becomes a condition on the folded tables. The numbers must equal the
//! pure evaluation of `domain::indicator` on any population.

use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use tram_defs::indicator::{AgeGroup, Counted, Tally};
use tram_defs::phrase::{Compare, Phrase, Span, Window};
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
    scope: Scope,
) -> Result<Vec<Counted3>> {
    let (text, params) = statement(tally, days, groups, scope, false);
    sql.all(&text, &params, |row: &mut Row| {
        let (area, sex, group) = (row.int()?, row.text()?, row.int()?);
        let (is_female, age_group) = (sex == "f", group as usize);
        Ok(Counted3 { area, is_female, age_group, n: row.int()? })
    })
}

/// Exactly the people (or events) a tally counts, at most `limit`.
pub fn people(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    scope: Scope,
) -> Result<Vec<Behind>> {
    let (text, params) = statement(tally, days, groups, scope, true);
    sql.all(&text, &params, |row: &mut Row| {
        let (area, sex, group) = (row.int()?, row.text()?, row.int()?);
        let (is_female, age_group) = (sex == "f", group as usize);
        Ok(Behind { person: row.int()?, area, is_female, age_group })
    })
}

/// The texts of every shipped indicator, for the test that prepares them on both engines.
pub fn statement(
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    scope: Scope,
    with_people: bool,
) -> (String, Vec<Val>) {
    let mut b = Builder { text: String::new(), params: Vec::new() };
    let (from, area, sex, person) = match tally.count {
        // What is asked of a resident stands beside the residence.
        Counted::Person => ("residence x", "x.area", "x.sex", "x.person"),
        Counted::Birth => ("birth x", "x.area", "x.sex", "x.person"),
        Counted::Death => ("death x", "x.area", "x.sex", "x.person"),
    };
    let group = match tally.count {
        Counted::Person => by_birth(&mut b, groups, days.end),
        Counted::Birth => "0".to_owned(),
        Counted::Death => by_age(groups),
    };
    let tail = if with_people { person } else { "count(*)" };
    b.text = format!("SELECT {area}, {sex}, {group}, {tail} FROM ");
    match scope {
        Scope::Area(key) => {
            let key = b.bind(key);
            b.text.push_str(&format!("{from} WHERE x.area = {key}"));
        }
        Scope::Under { top, reach, on } => {
            let (top, reach, on) = (b.bind(top), b.bind(reach.number()), b.bind(on));
            b.text.push_str(&format!(
                "area_reach r JOIN {from} ON x.area = r.area WHERE r.top = {top} \
                 AND r.reach = {reach} AND r.from_on <= {on} \
                 AND (r.to_on IS NULL OR r.to_on > {on})"
            ));
        }
    }
    event_window(&mut b, tally.count, days);
    for phrase in &tally.conditions {
        condition(&mut b, tally.count, *phrase, days);
    }
    if with_people {
        b.text.push_str(&format!(" ORDER BY {area}, {person}"));
    } else {
        b.text.push_str(" GROUP BY 1, 2, 3");
    }
    (b.text, b.params)
}

/// Births and deaths are those of the period.
fn event_window(b: &mut Builder, count: Counted, days: &Days) {
    let column = match count {
        Counted::Person => return,
        Counted::Birth => "x.born_on",
        Counted::Death => "x.died_on",
    };
    let (from, to) = days.window(Window::Period);
    let (from, to) = (b.bind(from), b.bind(to));
    b.and(&format!("{column} BETWEEN {from} AND {to}"));
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

fn condition(b: &mut Builder, count: Counted, phrase: Phrase, days: &Days) {
    match phrase {
        Phrase::Resident(at) => {
            let on = b.bind(days.at(at));
            b.and(&format!(
                "x.counted = 1 AND x.from_on <= {on} AND (x.to_on IS NULL OR x.to_on > {on}) \
                 AND (x.died_on IS NULL OR x.died_on > {on})"
            ));
        }
        Phrase::Age { at, compare, span } => born(b, days.at(at), compare, span),
        Phrase::AgeAtEvent { compare, span } => {
            let sign = if compare == Compare::Less { "<" } else { ">=" };
            let (column, n) = age_column(span);
            b.and(&format!("x.{column} {sign} {n}"));
        }
        Phrase::Sex(sex) => {
            let code = b.bind(sex.code());
            b.and(&format!("x.sex = {code}"));
        }
        Phrase::Insured(at) => {
            let on = b.bind(days.at(at));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM identifier i WHERE i.person = x.person \
                 AND i.kind IN ('insurance_card', 'social_insurance') AND {})",
                holds("i", &on)
            ));
        }
        Phrase::UniqueIdentity(at) => {
            let on = b.bind(days.at(at));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM identifier i WHERE i.person = x.person \
                 AND i.kind = 'citizen' AND {} AND NOT EXISTS (SELECT 1 FROM identifier j \
                 WHERE j.value = i.value AND j.kind = 'citizen' AND j.person <> i.person AND {}))",
                holds("i", &on),
                holds("j", &on)
            ));
        }
        Phrase::Contact { months, at } => {
            let to = days.at(at);
            let (from, to) = (b.bind(add_months(to, -months)), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM contact c WHERE c.person = x.person \
                 AND c.seen_on > {from} AND c.seen_on <= {to})"
            ));
        }
        Phrase::Birthday { months, within } => {
            let (from, to) = days.window(within);
            let after = b.bind(latest_birth(add_days(from, -1), months));
            let until = b.bind(latest_birth(to, months));
            b.and(&format!("x.born > {after} AND x.born <= {until}"));
        }
        Phrase::Milestone { what, within } => {
            let (from, to) = days.window(within);
            let (code, from, to) = (b.bind(what.code()), b.bind(from), b.bind(to));
            b.and(&format!(
                "EXISTS (SELECT 1 FROM milestone m WHERE m.person = x.person \
                 AND m.code = {code} AND m.on_day BETWEEN {from} AND {to})"
            ));
        }
        Phrase::MilestoneBefore { what, span } => {
            let code = b.bind(what.code());
            let (column, n) = age_column(span);
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
        Phrase::BornAlive => b.and("x.alive = 1"),
        Phrase::BirthOrder { at_least } => b.and(&format!("x.birth_order >= {at_least}")),
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
