//! Tallies parted by what people are: the value of a trait, and what happened by it.

use super::{Behind, Builder, Grouped, Scope, Shape, holds, many};
use crate::error::Result;
use crate::sql::{Row, Sql};
use std::collections::{BTreeMap, HashMap};
use tram_defs::breakdown::{NUMBER_ONLY, Trait};
use tram_defs::indicator::{Counted, Tally};
use tram_domain::indicator::Days;

/// People asked for by one statement.
const ASKED: usize = 200;

/// What happened, parted by what the person is.
pub(super) fn of_events(
    sql: &mut dyn Sql,
    tally: &Tally,
    days: &Days,
    scope: Scope,
    shape: Shape,
) -> Result<Vec<Grouped>> {
    let behind = many::people_of_events(sql, tally, days, &[], scope)?;
    let (Shape::Groups(what) | Shape::PeopleOf(what)) = shape else { return Ok(Vec::new()) };
    let mut people: Vec<i64> = behind.iter().map(|who| who.person).collect();
    people.sort_unstable();
    people.dedup();
    let mut values: HashMap<i64, String> = HashMap::new();
    for part in people.chunks(ASKED) {
        let mut b = Builder { text: String::new(), params: Vec::new() };
        let value = value_of(&mut b, what, tally, days);
        let keys: Vec<String> = part.iter().map(|key| b.bind(*key)).collect();
        let keys = keys.join(", ");
        b.text = format!("SELECT x.person, {value} FROM person x WHERE x.person IN ({keys})");
        sql.each(&b.text, &b.params, &mut |mut row: Row| {
            values.insert(row.int()?, row.text()?);
            Ok(())
        })?;
    }
    let of = |who: &Behind| (who.area, values.get(&who.person).cloned().unwrap_or_default());
    if shape.is_people() {
        let one = |who: &Behind| {
            let (area, value) = of(who);
            Grouped { area, value, n: who.person }
        };
        return Ok(behind.iter().map(one).collect());
    }
    let mut sums: BTreeMap<(i64, String), i64> = BTreeMap::new();
    for who in &behind {
        *sums.entry(of(who)).or_default() += 1;
    }
    Ok(sums.into_iter().map(|((area, value), n)| Grouped { area, value, n }).collect())
}

/// The value of a trait on a day; empty when nothing is known.
pub(super) fn value_of(b: &mut Builder, what: Trait, tally: &Tally, days: &Days) -> String {
    // A parameter that is not used has no type for PostgreSQL: it is bound where the day is asked.
    let mut on = || match tally.count {
        Counted::Death => "x.died_on".to_owned(),
        _ => b.bind(days.end),
    };
    match what {
        Trait::Ethnicity => {
            "coalesce((SELECT p.ethnicity FROM person p WHERE p.person = x.person LIMIT 1), '')"
                .to_owned()
        }
        Trait::Poverty => format!(
            "coalesce((SELECT s.poverty FROM membership m \
             JOIN household_standing s ON s.household = m.household \
             WHERE m.person = x.person AND m.from_on <= {on} \
             AND (m.to_on IS NULL OR m.to_on > {on}) \
             AND (s.from_on IS NULL OR s.from_on <= {on}) \
             AND (s.to_on IS NULL OR s.to_on > {on}) LIMIT 1), '')",
            on = on()
        ),
        Trait::Insurance => format!(
            "coalesce((SELECT CASE WHEN i.kind = 'insurance_card' THEN substr(i.value, 1, 2) \
             ELSE '{NUMBER_ONLY}' END FROM identifier i WHERE i.person = x.person \
             AND i.kind IN ('insurance_card', 'social_insurance') AND {} \
             ORDER BY i.kind, i.n DESC LIMIT 1), '')",
            holds("i", &on())
        ),
    }
}
