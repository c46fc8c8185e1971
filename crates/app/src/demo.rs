//! The demo region: six real communes with people who do not exist.
//!
//! ```text
//! examples/demo (words, rates) + seed ─► plan: lives, month by month ─► deeds in the order of time
//! deeds ─► domain decides, as for any user ─► facts in the log ─► tables, numbers, worklists
//! ```
//!
//! Nothing here writes to a table. The same seed, day and scale give the same facts, ids included; no
//! draw depends on the clock, on a hash map or on the engine.

mod account;
mod birth;
mod calendar;
mod carry;
mod chance;
mod death;
mod deed;
mod dose;
mod family;
mod household;
mod life;
mod moving;
mod name;
mod network;
mod paper;
mod rates;
mod review;
mod soul;
mod stock;
mod vaccine;
mod words;

use crate::failure::Failure;
use crate::opening::App;
use crate::signin::hash_password;
use account::Accounts;
use calendar::Calendar;
pub(crate) use chance::Chance;
use deed::{Act, Cast, Deed, Who};
use network::{Network, Place};
use rates::Rates;
use serde::{Deserialize, Serialize};
use soul::{Commune, World};
use tram_defs::Definitions;
use tram_kernel::{CommuneCode, Date, Message, Moment, PlanId, UserId, day};
use tram_store::{session, settings};
use words::Words;

/// What demo to build.
#[derive(Debug, Clone, Copy)]
pub struct DemoPlan {
    pub seed: u64,
    /// The day on which the demo stands; nothing happens later.
    pub today: Date,
    pub scale: Scale,
}

/// How large a demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Six communes of 2,000 people.
    Small,
    /// One commune, Lục Yên, of 30,000 people.
    Commune,
    /// Six communes, 110,000 people in their real proportions.
    Region,
    /// Six communes of this many people each.
    Each(u32),
}

/// How far the building is.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// User actions written, of how many.
    pub done: usize,
    pub total: usize,
    /// The day the story has reached.
    pub day: Date,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    pub user: String,
    pub password: String,
    pub role: String,
    pub unit: String,
}

/// What a demo holds. It is kept beside the demo, so that opening it again shows the logins again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DemoReport {
    pub seed: u64,
    pub today: String,
    pub logins: Vec<Login>,
    pub units: usize,
    /// Records opened.
    pub people: usize,
    pub facts: u64,
}

/// The commune that stands alone at [`Scale::Commune`].
const ONE_COMMUNE: &str = "Lục Yên";
/// The setting that marks a database whose people are made up.
pub(crate) const STANDING: &str = "demo";
/// User actions in one transaction.
const BATCH: usize = 500;

impl Scale {
    /// Inhabitants of a commune with this share of the region; 0 when it takes no part.
    fn people(self, name: &str, share: f64) -> f64 {
        match self {
            Self::Small => 2_000.0,
            Self::Each(people) => f64::from(people),
            Self::Region => 110_000.0 * share,
            Self::Commune if name == ONE_COMMUNE => 30_000.0,
            Self::Commune => 0.0,
        }
    }
}

/// The demo that stands in this database, if one does.
pub fn standing(app: &App) -> Result<Option<DemoReport>, Failure> {
    let text = app.db.read(|sql| settings::get(sql, STANDING))?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Fills an empty database with the demo.
pub fn build(
    app: &App,
    plan: &DemoPlan,
    progress: &mut dyn FnMut(Progress),
) -> Result<DemoReport, Failure> {
    if app.log_size()?.0 > 0 {
        return Err(Failure::refused(Message::new("demo-not-empty")));
    }
    let (rates, words, defs) = (Rates::shipped(), Words::shipped(), app.definitions());
    let months_ago = rates.records.list_months_ago;
    let calendar = Calendar::new(plan.today, months_ago, &rates.vaccination);
    let lists = (&rates, &words);
    let taking_part: Vec<CommuneCode> = rates
        .communes
        .iter()
        .filter(|(name, _)| plan.scale.people(name, 1.0) > 0.0)
        .filter_map(|(_, rate)| rate.code.parse().ok())
        .collect();
    let when = (plan.seed, calendar.start, plan.today);
    let (network, mut deeds) = network::found(&defs, lists, when, &taking_part)?;
    let Accounts { staff, planner, logins, deed } =
        account::open(lists, &network, (plan.seed, calendar.start));
    deeds.push(deed);
    deeds.push(target_table(plan, &network, planner));
    let cast = Cast { staff, centre: network.centre };
    let world = World { rates: &rates, words: &words, calendar: &calendar };
    let people = lives(&world, &network, plan, &defs, &mut deeds);
    stock::keep(&network, &defs, (plan.seed, plan.today), &mut deeds);
    std::thread::scope(|scope| {
        // Slow on purpose, and nothing else waits for it.
        let hashing = scope.spawn(|| hashes(&logins));
        carry_out_all(app, &cast, deeds, progress)?;
        let hashes = hashing.join().expect("hashing a password does not fail");
        let at = Moment::at(plan.today, 0);
        app.db.write(at, |tx| {
            for (user, hash) in &hashes {
                session::set_password(tx.sql(), *user, hash, at)?;
            }
            Ok::<_, Failure>(())
        })?;
        app.set_home(network.centre)?;
        let (_, facts) = app.log_size()?;
        let report = DemoReport {
            seed: plan.seed,
            today: day::iso(plan.today),
            logins: logins.iter().map(|(_, login)| login.clone()).collect(),
            units: network.units,
            people,
            facts: facts.unsigned_abs(),
        };
        let text = serde_json::to_string(&report).expect("plain texts and numbers");
        app.db.write_plain(at, |sql| settings::put(sql, STANDING, &text))?;
        Ok(report)
    })
}

/// The example table of targets, adopted by the regional centre for the year of the demo.
fn target_table(plan: &DemoPlan, network: &Network, planner: Who) -> Deed {
    let year = plan.today.year();
    let adopted_on = Date::new(year, 1, 12).expect("a day of January").min(plan.today);
    let at = Moment::at(adopted_on, 8 * 60);
    let examples = crate::plan::examples();
    let table = examples.first().expect("an example plan is shipped").adopted(network.centre, year);
    let id = PlanId::from_u128(Chance::new(plan.seed, u64::MAX - 2).id(at));
    let facts = crate::plan::plan_facts(id, &table.title, &table, adopted_on);
    Deed { at, by: planner, act: Act::Found("plan.add", facts) }
}

fn hashes(logins: &[(UserId, Login)]) -> Vec<(UserId, String)> {
    logins.iter().map(|(user, login)| (*user, hash_password(&login.password))).collect()
}

/// The lives of all communes, two communes at a time. Answers how many people there were.
fn lives(
    world: &World<'_>,
    network: &Network,
    plan: &DemoPlan,
    defs: &Definitions,
    deeds: &mut Vec<Deed>,
) -> usize {
    let weights: f64 = network.communes.iter().map(|place| place.weight).sum();
    let growth = life::growth(world.rates, world.calendar.start, world.calendar.today);
    let uncounted = world.rates.residence.temporary_less_than_6_months;
    let one = |place: &Place| {
        let number = place.number as u16 * 2;
        let mut commune = Commune::new(world, place, plan.seed, (Some(number), Some(number + 1)));
        let today = plan.scale.people(&place.name, place.weight / weights);
        commune.list(today / growth / (1.0 - uncounted));
        commune.live();
        commune.receive_numbers();
        commune.vaccinate(defs);
        commune.review();
        commune.open_twice();
        commune.two_minds();
        (commune.souls.len(), commune.deeds)
    };
    let mut people = 0;
    for pair in network.communes.chunks(2) {
        let planned = std::thread::scope(|scope| {
            let other = pair.get(1).map(|place| scope.spawn(|| one(place)));
            let mut planned = vec![one(&pair[0])];
            planned.extend(other.map(|other| other.join().expect("a story is only told")));
            planned
        });
        for (souls, of_commune) in planned {
            people += souls;
            deeds.extend(of_commune);
        }
    }
    people
}

/// Carries out the deeds in the order of time, at most half a month in each transaction: what was known
/// at the end of a month stays exactly that.
fn carry_out_all(
    app: &App,
    cast: &Cast,
    mut deeds: Vec<Deed>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Failure> {
    Deed::sort(&mut deeds);
    let total = deeds.len();
    let half = |at: Moment| (at.day().first_of_month(), at.day().day() <= 15);
    let mut rest = deeds.into_iter().peekable();
    let mut batch = Vec::with_capacity(BATCH);
    let mut done = 0;
    while let Some(first) = rest.next() {
        let together = half(first.at);
        batch.push(first);
        while batch.len() < BATCH
            && let Some(deed) = rest.next_if(|deed| half(deed.at) == together)
        {
            batch.push(deed);
        }
        let at = batch.last().map_or(Moment::from_ms(0), |deed| deed.at);
        app.db.write(at, |tx| {
            tx.expect(batch.iter().flat_map(Deed::subjects))?;
            batch.iter().try_for_each(|deed| carry::carry_out(tx, cast, deed))
        })?;
        done += batch.len();
        batch.clear();
        progress(Progress { done, total, day: at.day() });
    }
    Ok(())
}

#[cfg(test)]
mod tests;
