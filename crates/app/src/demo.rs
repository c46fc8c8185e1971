//! The demo region: six real communes with people who do not exist.
//!
//! ```text
//! examples/demo (words, rates) + seed ─► plan: lives, month by month ─► deeds in the order of time
//! deeds ─► domain decides, as for any user ─► facts in the log ─► tables, numbers, worklists
//! ```
//!
//! A province is told commune by commune, so that memory holds one or two of them.
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
mod ground;
mod growth;
mod household;
mod life;
mod moving;
mod name;
mod network;
mod paper;
mod programme;
mod rates;
mod review;
mod soul;
mod stock;
mod telling;
mod vaccine;
mod women;
mod words;

use crate::failure::Failure;
use crate::opening::App;
use crate::signin::hash_password;
use account::Accounts;
use calendar::Calendar;
pub(crate) use chance::Chance;
use deed::{Act, Cast, Deed, Who};
use ground::Ground;
use programme::Lives;
use rates::Rates;
use serde::{Deserialize, Serialize};
use soul::World;
use telling::Teller;
use tram_kernel::{Date, Message, Moment, PlanId, UnitId, UserId, day};
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
    /// The whole province, so many people: 99 communes below 18 regional centres.
    Province(u32),
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
impl Scale {
    /// Inhabitants of a commune with this share of the region; 0 when it takes no part.
    fn people(self, name: &str, share: f64) -> f64 {
        match self {
            Self::Small => 2_000.0,
            Self::Each(people) => f64::from(people),
            Self::Region => 110_000.0 * share,
            Self::Province(people) => f64::from(people) * share,
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
    let lives = Lives::shipped();
    let months_ago = rates.records.list_months_ago;
    let calendar = Calendar::new(plan.today, months_ago, &rates.vaccination);
    let ground = Ground::of(plan.scale, plan.seed, &defs, &rates, &words);
    let when = (plan.seed, calendar.start, plan.today);
    let (network, mut deeds) = network::found(&defs, when, &ground)?;
    let lists = (&rates, &words);
    let Accounts { staff, planner, manager, logins, deed } =
        account::open(lists, &network, (plan.seed, calendar.start));
    deeds.push(deed);
    deeds.push(target_table(plan, u64::MAX - 2, network.centre, planner));
    let mut home = network.centre;
    if let Scale::Province(_) = plan.scale {
        home = network.health_department;
        deeds.push(target_table(plan, u64::MAX - 4, home, manager));
    }
    let cast = Cast { staff };
    let sharing = ground.sharing;
    let world = World { rates: &rates, words: &words, lives: &lives, calendar: &calendar, sharing };
    let teller = Teller { world: &world, network: &network, plan, defs: &defs };
    std::thread::scope(|scope| {
        // Slow on purpose, and nothing else waits for it.
        let hashing = scope.spawn(|| hashes(&logins));
        let people = match plan.scale {
            Scale::Province(_) => teller.commune_by_commune(app, &cast, deeds, progress)?,
            _ => teller.all_in_order(app, &cast, deeds, progress)?,
        };
        let hashes = hashing.join().expect("hashing a password does not fail");
        let at = Moment::at(plan.today, 0);
        app.db.write(at, |tx| {
            for (user, hash) in &hashes {
                session::set_password(tx.sql(), *user, hash, at)?;
            }
            Ok::<_, Failure>(())
        })?;
        app.db.survey()?;
        app.set_home(home)?;
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

/// The example table of targets, adopted by a unit for the year of the demo.
fn target_table(plan: &DemoPlan, stream: u64, unit: UnitId, planner: Who) -> Deed {
    let year = plan.today.year();
    let adopted_on = Date::new(year, 1, 12).expect("a day of January").min(plan.today);
    let at = Moment::at(adopted_on, 8 * 60);
    let examples = crate::plan::examples();
    let table = examples.first().expect("an example plan is shipped").adopted(unit, year);
    let id = PlanId::from_u128(Chance::new(plan.seed, stream).id(at));
    let facts = crate::plan::plan_facts(id, &table.title, &table, adopted_on);
    Deed { at, by: planner, act: Act::Found("plan.add", facts) }
}

fn hashes(logins: &[(UserId, Login)]) -> Vec<(UserId, String)> {
    logins.iter().map(|(user, login)| (*user, hash_password(&login.password))).collect()
}

#[cfg(test)]
mod tests;
