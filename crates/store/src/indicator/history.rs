//! Tallies about forms and programmes, judged by what is read once of everybody concerned: a hundred such
//! indicators cost what one does.
//!
//! ```text
//! areas, a few at a time ─► who lived there ─► their episodes, entries, measures ─► domain judges each tally
//! ```

use super::{Behind, Builder, Counted3};
use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use tram_defs::indicator::{AgeGroup, Counted, Tally};
use tram_defs::phrase::Phrase;
use tram_domain::indicator::{
    Days, Delivered, Dweller, History, Made, Measured, Stay, Taken, counts,
};
use tram_kernel::day::completed_months;
use tram_kernel::{Date, Sex};

/// The areas looked at: a condition on the residence `x`, with what it binds.
pub(super) type Where<'w> = &'w dyn Fn(&mut Builder);

/// Codes stand once, however many rows name them.
#[derive(Default)]
struct Codes(HashSet<Arc<str>>);

impl Codes {
    fn of(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        self.0.insert(Arc::clone(&new));
        new
    }
}

/// Somebody, with where they lived.
#[derive(Default)]
struct Known {
    lived: Vec<(i64, Dweller)>,
    history: History,
}

/// Counts tallies among the people of some areas. `found` takes the number of a tally and what was counted.
pub(super) fn count(
    sql: &mut dyn Sql,
    tallies: &[&Tally],
    days: &Days,
    groups: &[AgeGroup],
    areas: Where<'_>,
    found: &mut dyn FnMut(usize, Counted3),
) -> Result<()> {
    let people = known(sql, areas, tallies)?;
    let mut sums: BTreeMap<(usize, i64, bool, usize), i64> = BTreeMap::new();
    for known in people.values() {
        for (at, tally) in tallies.iter().enumerate() {
            known.counted(tally, days, groups, &mut |area, is_female, group| {
                *sums.entry((at, area, is_female, group)).or_default() += 1;
            });
        }
    }
    for ((at, area, is_female, age_group), n) in sums {
        found(at, Counted3 { area, is_female, age_group, n });
    }
    Ok(())
}

/// Who stands behind a tally of what happened, each as often as it did.
pub(super) fn people(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    areas: Where<'_>,
) -> Result<Vec<Behind>> {
    let mut behind = Vec::new();
    for (person, known) in known(sql, areas, &[tally])? {
        known.counted(tally, days, groups, &mut |area, is_female, age_group| {
            behind.push(Behind { person, area, is_female, age_group });
        });
    }
    Ok(behind)
}

/// Everybody of the areas of whom forms or programmes know anything that is asked.
fn known(sql: &mut dyn Sql, areas: Where<'_>, tallies: &[&Tally]) -> Result<HashMap<i64, Known>> {
    let mut people: HashMap<i64, Known> = HashMap::new();
    stays(sql, areas, tallies, &mut people)?;
    histories(sql, areas, &mut people)?;
    if tallies.iter().any(|tally| tally.count == Counted::Delivery) {
        deliveries(sql, areas, &mut people)?;
    }
    if !people.is_empty() {
        dwellers(sql, areas, &mut people)?;
    }
    Ok(people)
}

impl Known {
    /// Where somebody counts in a tally, in which sex and age group: people once where they live, events
    /// where the person lived then.
    fn counted(
        &self,
        tally: &Tally,
        days: &Days,
        groups: &[AgeGroup],
        take: &mut dyn FnMut(i64, bool, usize),
    ) {
        if !tally.is_told() {
            for (area, who) in &self.lived {
                if counts(tally, who, &self.history, days) {
                    take(*area, who.sex == Sex::Female, age_group(groups, who, days.end));
                }
            }
            return;
        }
        let Some((_, one)) = self.lived.first() else { return };
        for on in self.history.happened(tally, one.sex, one.born, days) {
            let home = self.lived.iter().find(|(_, who)| who.was_home(tally.count, on));
            if let Some((area, who)) = home {
                take(*area, who.sex == Sex::Female, age_group(groups, who, on));
            }
        }
    }
}

fn age_group(groups: &[AgeGroup], who: &Dweller, on: Date) -> usize {
    let months = completed_months(who.born, on).max(0);
    let above = groups.iter().take_while(|group| group.from_months <= months).count();
    above.saturating_sub(1)
}

/// One statement about the people of the areas, each once.
fn asked(
    areas: Where<'_>,
    head: &str,
    tail: impl FnOnce(&mut Builder) -> String,
) -> (String, Vec<Val>) {
    let mut b = Builder { text: String::new(), params: Vec::new() };
    b.text.push_str(&format!("{head} FROM (SELECT DISTINCT x.person FROM "));
    areas(&mut b);
    let tail = tail(&mut b);
    b.text.push_str(&format!(" AND x.counted = 1) p {tail}"));
    (b.text, b.params)
}

/// Their times in the programmes that are asked for: everybody who was ever born or gave birth has some in
/// others.
fn stays(
    sql: &mut dyn Sql,
    areas: Where<'_>,
    tallies: &[&Tally],
    people: &mut HashMap<i64, Known>,
) -> Result<()> {
    let phrases = tallies.iter().flat_map(|tally| &tally.conditions);
    let named = phrases.filter_map(|phrase| match phrase {
        Phrase::Follow(follow) => follow.programme(),
        _ => None,
    });
    let named: BTreeSet<&str> = named.collect();
    if named.is_empty() {
        return Ok(());
    }
    let mut codes = Codes::default();
    let (text, params) =
        asked(areas, "SELECT p.person, e.programme, e.from_on, e.to_on, e.outcome", |b| {
            let bound: Vec<String> = named.iter().map(|code| b.bind(*code)).collect();
            let bound = bound.join(", ");
            format!("JOIN episode e ON e.person = p.person AND e.programme IN ({bound})")
        });
    sql.each(&text, &params, &mut |mut row: Row| {
        let known = people.entry(row.int()?).or_default();
        let (programme, from) = (codes.of(&row.text()?), row.day()?);
        let (to, outcome) = (row.day_or_null()?, row.text_or_null()?);
        let outcome = outcome.map(|outcome| codes.of(&outcome));
        known.history.stays.push(Stay { programme, from, to, outcome });
        Ok(())
    })
}

fn histories(sql: &mut dyn Sql, areas: Where<'_>, people: &mut HashMap<i64, Known>) -> Result<()> {
    let mut codes = Codes::default();
    let (text, params) = asked(areas, "SELECT p.person, e.form, e.on_day, e.n", |_| {
        "JOIN entry e ON e.person = p.person".to_owned()
    });
    sql.each(&text, &params, &mut |mut row: Row| {
        let known = people.entry(row.int()?).or_default();
        let (form, on, n) = (codes.of(&row.text()?), row.day()?, row.int()?);
        known.history.entries.push(Made { form, on, n });
        Ok(())
    })?;
    let (text, params) =
        asked(areas, "SELECT p.person, m.code, m.on_day, m.n, m.number, m.word", |_| {
            "JOIN measure m ON m.person = p.person ORDER BY p.person, m.on_day, m.n".to_owned()
        });
    sql.each(&text, &params, &mut |mut row: Row| {
        let known = people.entry(row.int()?).or_default();
        let (code, on, entry) = (codes.of(&row.text()?), row.day()?, row.int()?);
        let taken = match (row.int_or_null()?, row.text_or_null()?) {
            (Some(n), _) => Taken::Number(n),
            (None, word) => Taken::Word(codes.of(&word.unwrap_or_default())),
        };
        known.history.measures.push(Measured { code, on, entry, taken });
        Ok(())
    })
}

/// Women who gave birth, whether or not anything else is known of them.
fn deliveries(sql: &mut dyn Sql, areas: Where<'_>, people: &mut HashMap<i64, Known>) -> Result<()> {
    let (text, params) = asked(areas, "SELECT p.person, d.on_day, d.begun_on, d.tetanus", |_| {
        "JOIN delivery d ON d.person = p.person".to_owned()
    });
    sql.each(&text, &params, &mut |mut row: Row| {
        let known = people.entry(row.int()?).or_default();
        let (on, begun, protected) = (row.day()?, row.day_or_null()?, row.int()? == 1);
        known.history.deliveries.push(Delivered { on, begun, protected });
        Ok(())
    })
}

/// Where they lived, in these areas.
fn dwellers(sql: &mut dyn Sql, areas: Where<'_>, people: &mut HashMap<i64, Known>) -> Result<()> {
    let head = "SELECT x.person, x.area, x.sex, x.born, x.died_on, x.from_on, x.to_on, x.n FROM ";
    let mut b = Builder { text: head.to_owned(), params: Vec::new() };
    areas(&mut b);
    b.text.push_str(" AND x.counted = 1");
    sql.each(&b.text, &b.params, &mut |mut row: Row| {
        let Some(known) = people.get_mut(&row.int()?) else { return Ok(()) };
        let (area, sex) = (row.int()?, row.text()?);
        let sex = if sex == "f" { Sex::Female } else { Sex::Male };
        let (born, died) = (row.day()?, row.day_or_null()?);
        let (from, to) = (row.day()?, row.day_or_null()?);
        let is_first = row.int()? == 0;
        known.lived.push((area, Dweller { sex, born, died, from, to, is_first }));
        Ok(())
    })
}
