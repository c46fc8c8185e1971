//! Registers of programmes and what is due of them, as lists show them.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::BTreeMap;
use tram_defs::role::Action;
use tram_domain::fact::Value;
use tram_kernel::Date;
use tram_kernel::day::add_days;
use tram_store::person::Within;
use tram_store::programme::{
    DuePerson, DueVisit, Looked, RegisterLine, Standing, due, last_measures, register, standings,
};

/// The programmes of a unit: code, name and how each stands.
#[derive(Debug, Clone)]
pub struct Standings {
    pub today: Date,
    pub programmes: Vec<(String, String, Standing)>,
}

/// Somebody in the register of a programme.
#[derive(Debug, Clone)]
pub struct RegisterRow {
    pub line: RegisterLine,
    /// The last value of each measure the programme shows, with its day.
    pub measures: Vec<Option<(Date, Value)>>,
    /// What is due next, when it is still followed.
    pub next: Option<DueVisit>,
}

/// The register of a programme on a day.
#[derive(Debug, Clone)]
pub struct Register {
    pub today: Date,
    pub rows: Vec<RegisterRow>,
    pub standing: Standing,
}

/// How far ahead a visit counts as due in the numbers of a programme.
const AHEAD: i32 = 7;
/// Visits are looked at this far ahead for the next one of a register.
const FARTHEST: i32 = 800;

impl App {
    fn looked<'a>(
        &self,
        actor: &Actor,
        reach: tram_defs::role::Reach,
        area: i64,
        programme: &'a str,
    ) -> Looked<'a> {
        let within = Within { top: actor.unit_key, reach, on: self.today(), area };
        Looked { within, open: actor.open_bits(), programme }
    }

    /// Every programme that is there for the asker, with its numbers.
    pub fn programmes(&self, actor: &Actor) -> Result<Standings, Failure> {
        let today = self.today();
        self.read(actor, Action::ProgrammeRead, Resource::InReach, |sql, reach| {
            let looked = self.looked(actor, reach, 0, "");
            let found = standings(sql, looked, add_days(today, AHEAD))?;
            let defs = self.definitions();
            let programmes = actor.programmes(&defs, today);
            let programmes = programmes.into_iter().map(|rule| {
                let standing = found.get(&rule.code).copied().unwrap_or_default();
                (rule.code.clone(), rule.name.clone(), standing)
            });
            Ok(Standings { today, programmes: programmes.collect() })
        })
    }

    /// Who needs what of the programmes up to `days` ahead, in one village or all.
    pub fn visits_due(
        &self,
        actor: &Actor,
        programme: &str,
        area: Option<i64>,
        days: i32,
    ) -> Result<Vec<DuePerson>, Failure> {
        let today = self.today();
        self.read(actor, Action::ProgrammeRead, Resource::InReach, |sql, reach| {
            let looked = self.looked(actor, reach, area.unwrap_or(0), programme);
            let mut people = due(sql, looked, add_days(today, days.clamp(0, 365)))?;
            let lines = people.iter_mut().map(|due| &mut due.person);
            self.say_villages(sql, (actor.unit_key, reach), today, lines)?;
            Ok(people)
        })
    }

    /// The register of one programme.
    pub fn register(
        &self,
        actor: &Actor,
        programme: &str,
        area: Option<i64>,
    ) -> Result<Register, Failure> {
        let today = self.today();
        let defs = self.definitions();
        let rule = tram_domain::programme::rule_of(&defs, programme, today)
            .filter(|rule| actor.sees(rule.compartment))
            .ok_or(Failure::NotFound)?;
        self.read(actor, Action::ProgrammeRead, Resource::InReach, |sql, reach| {
            let looked = self.looked(actor, reach, area.unwrap_or(0), programme);
            let mut lines = register(sql, looked)?;
            let people = lines.iter_mut().map(|line| &mut line.person);
            self.say_villages(sql, (actor.unit_key, reach), today, people)?;
            let mut next: BTreeMap<i64, DueVisit> = BTreeMap::new();
            for person in due(sql, looked, add_days(today, FARTHEST))? {
                let first = person.visits.into_iter().filter(|visit| visit.visit.is_some());
                if let Some(visit) = first.min_by_key(|visit| visit.due) {
                    next.insert(person.person.key, visit);
                }
            }
            let keys: Vec<i64> = lines.iter().map(|line| line.person.key).collect();
            let mut shown = Vec::new();
            for code in &rule.shows {
                let kind = defs.measures.iter().find(|m| m.code == *code).map(|m| &m.kind);
                shown.push((kind, last_measures(sql, code, actor.open_bits(), &keys)?));
            }
            let rows = lines.into_iter().map(|line| {
                let key = line.person.key;
                let value = |(kind, of): &(Option<&tram_defs::form::Kind>, BTreeMap<_, _>)| {
                    let last: &tram_store::programme::LastMeasure = of.get(&key)?;
                    Some((last.on, last.value((*kind)?)?))
                };
                let is_open = line.to.is_none_or(|to| today < to);
                let next = if is_open { next.get(&key).cloned() } else { None };
                RegisterRow { measures: shown.iter().map(value).collect(), line, next }
            });
            let rows = rows.collect();
            let found = standings(sql, looked, add_days(today, AHEAD))?;
            let standing = found.get(programme).copied().unwrap_or_default();
            Ok(Register { today, rows, standing })
        })
    }
}
