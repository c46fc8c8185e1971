//! Two evaluations of every shipped indicator, written apart, agree on random populations: the pure fold
//! of `domain` and the SQL of this crate. The seed of a failing population is printed.

#[path = "indicators/population.rs"]
mod population;

use population::{Population, Random, commune_of, day, draft, now, places, population};
use std::collections::{BTreeMap, HashMap};
use tram_defs::Definitions;
use tram_defs::breakdown::Trait;
use tram_defs::indicator::{Indicator, Tally};
use tram_defs::role::Reach;
use tram_domain::household::Household;
use tram_domain::indicator::{Days, World};
use tram_domain::person::Person;
use tram_kernel::{AreaId, CommuneCode, Date, Period, Sex, Share};
use tram_store::cell::{self, Asked, Beside};
use tram_store::indicator::{Among, Scope, Shape, count, grouped, people};
use tram_store::trial::{Trial, shipped};
use tram_store::{Db, Engine, StoreError, unit};

/// (area, is female, age group) → count.
type Table = BTreeMap<(u128, bool, usize), i64>;

fn by_sql(db: &Db, defs: &Definitions, tally: &Tally, days: &Days, p: &Population) -> Table {
    let read: Result<_, StoreError> = db.read(|sql| {
        let (top, _) = unit::key(sql, p.unit.into())?.expect("the unit");
        let scope = Scope::Under { top, reach: Reach::Unit, on: days.end };
        let among = Among::Under { top, reach: Reach::Unit, on: days.end };
        let rows = count(sql, tally, days, &defs.age_groups, among)?;
        let listed = people(sql, tally, days, &defs.age_groups, scope)?;
        let total: i64 = rows.iter().map(|row| row.n).sum();
        assert_eq!(total, listed.len() as i64, "the list behind the number");
        let mut table = Table::new();
        for row in rows {
            let area = p.areas.iter().find(|area| {
                unit::key(sql, (**area).into()).is_ok_and(|k| k.is_some_and(|k| k.0 == row.area))
            });
            let area = area.expect("an area of this population").as_u128();
            *table.entry((area, row.is_female, row.age_group)).or_default() += row.n;
        }
        Ok(table)
    });
    read.expect("counted")
}

/// Parted by what people are, both evaluations agree too, and nobody is lost or counted twice.
fn grouped_agree(
    db: &Db,
    world: &World<'_>,
    tally: &Tally,
    (days, p): (&Days, &Population),
    code: &str,
) {
    let hits = world.count(tally, days);
    for what in Trait::ALL {
        let mut pure: BTreeMap<String, i64> = BTreeMap::new();
        for hit in &hits {
            *pure.entry(world.value_of(hit, what)).or_default() += 1;
        }
        let read: Result<_, StoreError> = db.read(|sql| {
            let (top, _) = unit::key(sql, p.unit.into())?.expect("the unit");
            let scope = Scope::Under { top, reach: Reach::Unit, on: days.end };
            let counted = grouped(sql, tally, days, scope, Shape::Groups(what))?;
            let listed = grouped(sql, tally, days, scope, Shape::PeopleOf(what))?;
            Ok((counted, listed))
        });
        let (counted, listed) = read.expect("counted");
        let mut sql: BTreeMap<String, i64> = BTreeMap::new();
        let mut people: BTreeMap<String, i64> = BTreeMap::new();
        counted.iter().for_each(|g| *sql.entry(g.value.clone()).or_default() += g.n);
        listed.iter().for_each(|g| *people.entry(g.value.clone()).or_default() += 1);
        assert_eq!(sql, pure, "{code} by {what:?}");
        assert_eq!(people, pure, "{code} by {what:?}: the lists");
    }
}

fn tallies(indicator: &Indicator) -> impl Iterator<Item = &Tally> {
    [Some(&indicator.numerator), indicator.minus.as_ref(), indicator.denominator.as_ref()]
        .into_iter()
        .flatten()
}

fn agree(engine: Engine, seeds: std::ops::Range<u64>) {
    let defs = shipped();
    let (_trial, db) = Trial::open(engine, now());
    let written: Result<(), StoreError> = db.write(now(), |tx| {
        for seed in seeds.clone() {
            tx.append(&draft(places(seed).2))?;
        }
        Ok(())
    });
    written.expect("places");
    let mut counted = 0;
    for seed in seeds {
        let p = population(seed, &db);
        let mut random = Random(seed.wrapping_mul(77) | 1);
        let periods = [
            "2026-01", "2026-02", "2026-03", "2026-Q1", "2025-12", "2025-Q4", "2025-H2", "2025",
            "2026", "2024",
        ];
        let period: Period = random.pick(&periods).parse().expect("a period");
        let as_of = random.day(day("2026-01-05"), 85);
        let Some(days) = Days::of(period, as_of) else { continue };
        let folded: Vec<Person> = p
            .people
            .iter()
            .filter_map(|id| {
                let read: Result<_, StoreError> =
                    db.read(|sql| tram_store::person::facts(sql, &db.nodes(), (*id).into(), None));
                // A retracted registration leaves nobody behind.
                Person::fold(*id, &read.expect("facts"))
            })
            .collect();
        let homes: Vec<Household> = p
            .homes
            .iter()
            .filter_map(|id| {
                let read: Result<_, StoreError> =
                    db.read(|sql| tram_store::person::facts(sql, &db.nodes(), (*id).into(), None));
                Household::fold(*id, &read.expect("facts"))
            })
            .collect();
        let communes: HashMap<AreaId, CommuneCode> =
            p.areas.iter().enumerate().map(|(at, area)| (*area, commune_of(at))).collect();
        let world = World::new(&defs, &folded).among(&homes, communes);
        for indicator in &defs.indicators {
            for tally in tallies(indicator) {
                let mut pure = Table::new();
                for hit in world.count(tally, &days) {
                    let key = (hit.area.as_u128(), hit.sex == Sex::Female, hit.age_group);
                    *pure.entry(key).or_default() += 1;
                }
                let sql = by_sql(&db, &defs, tally, &days, &p);
                let code = &indicator.code;
                assert_eq!(sql, pure, "seed {seed}, {code}, {period} as of {as_of}, {engine:?}");
                counted += pure.values().sum::<i64>();
                if indicator.splits_by_group() {
                    grouped_agree(&db, &world, tally, (&days, &p), code);
                }
            }
        }
        kept_numbers_agree(&db, &defs, &world, &p, period, as_of, seed);
    }
    assert!(counted > 1_000, "the populations were not empty: {counted}");
}

/// The kept cells say the same, when counted, when read again, and after another fact came in.
fn kept_numbers_agree(
    db: &Db,
    defs: &Definitions,
    world: &World<'_>,
    p: &Population,
    period: Period,
    as_of: Date,
    seed: u64,
) {
    let wanted: Vec<&Indicator> = defs.indicators.iter().collect();
    let days = Days::of(period, as_of).expect("begun");
    for round in 0..2 {
        let read: Result<_, StoreError> = db.read(|sql| {
            let (top, _) = unit::key(sql, p.unit.into())?.expect("the unit");
            let reach = Reach::Unit;
            let asked = Asked { top, reach, tree: days.end, period, as_of, defs };
            cell::answer(sql, asked, &wanted, &Beside::NOTHING)
        });
        let answer = read.expect("answered").expect("begun");
        assert_eq!(answer.fresh.is_empty(), round == 1, "seed {seed} round {round}");
        for indicator in &wanted {
            let kept = answer.by_indicator[&indicator.code].iter().flat_map(|(_, parts)| parts);
            let kept = kept.fold(Share::default(), |sum, part| {
                sum.plus(Share::new(part.numerator, part.denominator))
            });
            let pure = world.evaluate(indicator, &days).into_values();
            let pure = pure.reduce(|a, b| a.plus(b)).unwrap_or_default();
            assert_eq!(kept, pure, "seed {seed}, {}", indicator.code);
        }
        let keep: Result<(), StoreError> =
            db.write_plain(now(), |sql| cell::keep(sql, period, &answer.fresh));
        keep.expect("kept");
    }
}

#[test]
fn two_evaluations_agree_on_a_thousand_populations() {
    agree(Engine::Sqlite, 1..1001);
}

#[test]
fn two_evaluations_agree_on_postgresql() {
    agree(Engine::Postgres, 1..101);
}
