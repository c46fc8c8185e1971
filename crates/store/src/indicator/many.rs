//! Many tallies counted in one pass over the rows they have in common.
//!
//! ```text
//! tallies that ask the same rows (residents at the end, births of the period …)
//!   ─► one statement: WHERE what all of them ask, one count(*) FILTER (WHERE …) for each of them
//! ```
//!
//! All indicators of a province are a few readings of its tables, not one for each side of each ratio.

use super::{
    Behind, Builder, Counted3, Scope, age_group, at_home, condition, event_window, from_table,
    history, sex_of,
};
use crate::error::Result;
use crate::sql::{Row, Sql, Val};
use crate::vals;
use tram_defs::indicator::{AgeGroup, Counted, Tally};
use tram_defs::phrase::Phrase;
use tram_defs::role::Reach;
use tram_domain::indicator::{Days, is_of_history};
use tram_kernel::Date;

crate::statements! {
    UNDER = "SELECT r.area FROM area_reach r WHERE r.top = ?1 AND r.reach = ?2 AND r.from_on <= ?3
             AND (r.to_on IS NULL OR r.to_on > ?3) ORDER BY r.area";
}

/// Which areas are counted.
#[derive(Debug, Clone, Copy)]
pub enum Among<'a> {
    /// All areas `top` reaches on that day.
    Under { top: i64, reach: Reach, on: Date },
    /// These.
    Areas(&'a [i64]),
}

/// Areas asked for by one statement: shorter lists are filled up, so that few texts are prepared.
const LISTED: [usize; 3] = [1, 8, 64];

/// Counts several tallies by area, sex and age group, each as it stands in the list.
pub fn count_all(
    sql: &mut dyn Sql,
    tallies: &[&Tally],
    days: &Days,
    groups: &[AgeGroup],
    among: Among<'_>,
) -> Result<Vec<Vec<Counted3>>> {
    let mut counted: Vec<Vec<Counted3>> = vec![Vec::new(); tallies.len()];
    let (of_history, others): (Vec<usize>, Vec<usize>) =
        (0..tallies.len()).partition(|at| is_of_history(tallies[*at]));
    let others_only: Vec<&Tally> = others.iter().map(|at| tallies[*at]).collect();
    for together in passes(&others_only) {
        let asked: Vec<&Tally> = together.iter().map(|at| others_only[*at]).collect();
        for part in parts_of(among) {
            let (text, params) = statement(&asked, days, groups, &part);
            sql.each(&text, &params, &mut |row| {
                read(row, asked.len(), &mut |n, found| counted[others[together[n]]].push(found))
            })?;
        }
    }
    if !of_history.is_empty() {
        let asked: Vec<&Tally> = of_history.iter().map(|at| tallies[*at]).collect();
        // A province is read a few villages at a time: what is known of its people is not small.
        for part in listed(sql, among)? {
            let areas = |b: &mut Builder| part.lived(b, "residence x", "");
            history::count(sql, &asked, days, groups, &areas, &mut |n, found| {
                counted[of_history[n]].push(found);
            })?;
        }
    }
    Ok(counted)
}

/// Who stands behind a tally of what forms and programmes tell.
pub(super) fn people_of_events(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    groups: &[AgeGroup],
    scope: Scope,
) -> Result<Vec<Behind>> {
    let one;
    let among = match scope {
        Scope::Area(area) => {
            one = [area];
            Among::Areas(&one)
        }
        Scope::Under { top, reach, on } => Among::Under { top, reach, on },
    };
    let mut behind = Vec::new();
    for part in listed(sql, among)? {
        let areas = |b: &mut Builder| part.lived(b, "residence x", "");
        behind.extend(history::people(sql, tally, days, groups, &areas)?);
    }
    behind.sort_by_key(|who| (who.area, who.person));
    Ok(behind)
}

fn read(mut row: Row, width: usize, found: &mut dyn FnMut(usize, Counted3)) -> Result<()> {
    let (area, sex, group) = (row.int()?, row.text()?, row.int()?);
    let (is_female, age_group) = (sex == "f", group as usize);
    for at in 0..width {
        let n = row.int()?;
        if n != 0 {
            found(at, Counted3 { area, is_female, age_group, n });
        }
    }
    Ok(())
}

/// What all tallies of a pass ask: it stands in the WHERE, and is looked at once a row.
fn is_common(phrase: &Phrase) -> bool {
    matches!(phrase, Phrase::Resident(_) | Phrase::Birthday { .. })
}

/// Whether an answer needs another table: asked last, of the few rows that are left by then.
fn looks_elsewhere(phrase: &Phrase) -> bool {
    matches!(
        phrase,
        Phrase::Insured(_)
            | Phrase::Identified(_)
            | Phrase::UniqueIdentity(_)
            | Phrase::Contact { .. }
            | Phrase::Milestone { .. }
            | Phrase::MilestoneBefore { .. }
            | Phrase::MilestoneEver(_)
            | Phrase::DoseBefore { .. }
            | Phrase::Poverty { .. }
            | Phrase::Follow(_)
    )
}

/// Positions of tallies that are counted in one pass: they count the same thing of the same rows.
fn passes(tallies: &[&Tally]) -> Vec<Vec<usize>> {
    let common = |tally: &Tally| -> Vec<Phrase> {
        tally.conditions.iter().filter(|phrase| is_common(phrase)).cloned().collect()
    };
    let mut passes: Vec<(Counted, Vec<Phrase>, Vec<usize>)> = Vec::new();
    for (at, tally) in tallies.iter().enumerate() {
        let asks = common(tally);
        match passes.iter_mut().find(|(count, of, _)| *count == tally.count && *of == asks) {
            Some((.., together)) => together.push(at),
            None => passes.push((tally.count, asks, vec![at])),
        }
    }
    passes.into_iter().map(|(.., together)| together).collect()
}

/// One part of the areas: a list of a known length, or everything below a unit.
enum Part {
    Under(i64, Reach, Date),
    Areas(Vec<i64>),
}

fn parts_of(among: Among<'_>) -> Vec<Part> {
    let mut rest = match among {
        Among::Under { top, reach, on } => return vec![Part::Under(top, reach, on)],
        Among::Areas(areas) => areas,
    };
    let mut parts = Vec::new();
    while let Some(last) = rest.last() {
        let longest = LISTED[LISTED.len() - 1];
        let size = LISTED.into_iter().find(|size| *size >= rest.len()).unwrap_or(longest);
        let (part, others) = rest.split_at(size.min(rest.len()));
        let filling = std::iter::repeat_n(*last, size - part.len());
        parts.push(Part::Areas(part.iter().copied().chain(filling).collect()));
        rest = others;
    }
    parts
}

impl Part {
    /// The rows of a table `from` that lie in the part, as the end of a FROM with its WHERE.
    fn lived(&self, b: &mut Builder, from: &str, home: &str) {
        match self {
            Self::Areas(areas) => {
                let keys: Vec<String> = areas.iter().map(|key| b.bind(*key)).collect();
                let keys = keys.join(", ");
                b.text.push_str(&format!("{from}{home} WHERE x.area IN ({keys})"));
            }
            Self::Under(top, reach, on) => {
                let (top, reach, on) = (b.bind(*top), b.bind(reach.number()), b.bind(*on));
                b.text.push_str(&format!(
                    "area_reach r JOIN {from} ON x.area = r.area{home} WHERE r.top = {top} \
                     AND r.reach = {reach} AND r.from_on <= {on} \
                     AND (r.to_on IS NULL OR r.to_on > {on})"
                ));
            }
        }
    }
}

/// The areas in lists, whichever way they were asked for.
fn listed(sql: &mut dyn Sql, among: Among<'_>) -> Result<Vec<Part>> {
    match among {
        Among::Areas(_) => Ok(parts_of(among)),
        Among::Under { top, reach, on } => {
            let areas = sql.all(UNDER, &vals![top, reach.number(), on], Row::int)?;
            Ok(parts_of(Among::Areas(&areas)))
        }
    }
}

/// The text for tallies of one pass.
fn statement(
    tallies: &[&Tally],
    days: &Days,
    groups: &[AgeGroup],
    part: &Part,
) -> (String, Vec<Val>) {
    let first = tallies[0];
    let mut b = Builder { text: String::new(), params: Vec::new() };
    let homes = first.count == Counted::Household;
    let by = match homes {
        true => "0".to_owned(),
        false => age_group(&mut b, first, days, groups),
    };
    let counts: Vec<String> = tallies.iter().map(|tally| filtered(&mut b, tally, days)).collect();
    let home = if homes { at_home(&mut b, first, days) } else { String::new() };
    let (sex, from, counts) = (sex_of(first), from_table(first.count), counts.join(", "));
    b.text = format!("SELECT x.area, {sex}, {by}, {counts} FROM ");
    part.lived(&mut b, from, &home);
    event_window(&mut b, first.count, days);
    for phrase in first.conditions.iter().filter(|phrase| is_common(phrase)) {
        condition(&mut b, first.count, phrase, days);
    }
    b.text.push_str(" GROUP BY 1, 2, 3");
    (b.text, b.params)
}

/// The count of one tally among the rows of its pass.
fn filtered(b: &mut Builder, tally: &Tally, days: &Days) -> String {
    let what =
        if tally.count == Counted::Household { "count(DISTINCT h.household)" } else { "count(*)" };
    let own = tally.conditions.iter().filter(|phrase| !is_common(phrase));
    let (last, first): (Vec<_>, Vec<_>) = own.partition(|phrase| looks_elsewhere(phrase));
    for phrase in first.into_iter().chain(last) {
        condition(b, tally.count, phrase, days);
    }
    let conditions = std::mem::take(&mut b.text);
    match conditions.strip_prefix(" AND ") {
        Some(conditions) => format!("{what} FILTER (WHERE {conditions})"),
        None => what.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_asked_for_in_lists_of_a_few_lengths() {
        let areas: Vec<i64> = (0..70).collect();
        let lengths = |n: usize| -> Vec<usize> {
            let parts = parts_of(Among::Areas(&areas[..n]));
            let of = |part: Part| match part {
                Part::Areas(keys) => keys.len(),
                Part::Under(..) => 0,
            };
            parts.into_iter().map(of).collect()
        };
        assert_eq!(lengths(1), [1]);
        assert_eq!(lengths(2), [8]);
        assert_eq!(lengths(64), [64]);
        assert_eq!(lengths(70), [64, 8]);
        assert!(lengths(0).is_empty());
    }
}
