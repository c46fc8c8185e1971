//! The cold chain: a fridge, its readings twice a day on every day, and what happened when it was too warm
//! or too cold.
//!
//! ```text
//! facts of one fridge ─► Fridge: readings by day, incidents with what was decided
//! ```

use crate::fact::{
    Body, ColdIncident, ColdIncidentDecided, Fact, FactRef, FactRetracted, FridgeRegistered,
    FridgeRetired, Logged, ReadingSlot, TemperatureRead,
};
use crate::person::On;
use std::collections::HashSet;
use tram_defs::Definitions;
use tram_kernel::{Date, FridgeId, Message, Moment, Shard, UnitId, UserId};

/// A thermometer shows nothing beyond these; tenths of a degree Celsius.
const COLDEST: i16 = -900;
const WARMEST: i16 = 600;

/// A reading with who wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    pub at: FactRef,
    pub day: Date,
    pub recorded_at: Moment,
    pub by: Option<UserId>,
    pub what: TemperatureRead,
}

/// Something happened to the cold, and what became of the lots inside.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    pub told: On<ColdIncident>,
    /// In the order in which they were decided; the last one holds.
    pub decided: Vec<On<ColdIncidentDecided>>,
}

/// What is known of one fridge.
#[derive(Debug, Clone, PartialEq)]
pub struct Fridge {
    pub id: FridgeId,
    pub shard: Shard,
    pub unit: UnitId,
    pub name: String,
    pub model: Option<String>,
    pub since: Date,
    pub retired_on: Option<Date>,
    /// By day, then as written down. Of one slot of a day the last one stands.
    pub readings: Vec<Reading>,
    pub incidents: Vec<Incident>,
}

impl Fridge {
    /// Folds the facts about one fridge; `None` without a registration.
    pub fn fold(id: FridgeId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let (opened, body) = sorted.iter().find_map(|known| match &known.fact.body {
            Body::FridgeRegistered(body) => Some((*known, body)),
            _ => None,
        })?;
        let retracted: HashSet<FactRef> = sorted
            .iter()
            .filter_map(|known| match &known.fact.body {
                Body::FactRetracted(body) => Some(body.what),
                _ => None,
            })
            .collect();
        let mut fridge = Self {
            id,
            shard: opened.fact.shard,
            unit: body.unit,
            name: body.name.clone(),
            model: body.model.clone(),
            since: opened.fact.happened_on,
            retired_on: None,
            readings: Vec::new(),
            incidents: Vec::new(),
        };
        let mut decided = Vec::new();
        for known in sorted.into_iter().filter(|known| !retracted.contains(&known.at)) {
            fridge.apply(known, &mut decided);
        }
        for decision in decided {
            let of = |incident: &&mut Incident| incident.told.at == decision.what.incident;
            if let Some(incident) = fridge.incidents.iter_mut().find(of) {
                incident.decided.push(decision);
            }
        }
        fridge.readings.sort_by_key(|read| (read.day, read.what.slot, read.recorded_at, read.at));
        fridge.incidents.sort_by_key(|incident| (incident.told.day, incident.told.at));
        Some(fridge)
    }

    fn apply(&mut self, known: &Logged, decided: &mut Vec<On<ColdIncidentDecided>>) {
        let (at, day) = (known.at, known.fact.happened_on);
        match &known.fact.body {
            Body::FridgeRetired(_) => self.retired_on = Some(day),
            Body::TemperatureRead(what) => {
                let (recorded_at, by, what) = (known.recorded_at, known.by, what.clone());
                self.readings.push(Reading { at, day, recorded_at, by, what });
            }
            Body::ColdIncident(what) => {
                let told = On { at, day, what: what.clone() };
                self.incidents.push(Incident { told, decided: Vec::new() });
            }
            Body::ColdIncidentDecided(what) => decided.push(On { at, day, what: what.clone() }),
            _ => {}
        }
    }

    /// The reading that stands for a slot of a day.
    pub fn reading(&self, day: Date, slot: ReadingSlot) -> Option<&Reading> {
        self.readings.iter().rev().find(|read| read.day == day && read.what.slot == slot)
    }

    /// Whether readings are asked of it on a day.
    pub fn is_used_on(&self, day: Date) -> bool {
        self.since <= day && self.retired_on.is_none_or(|gone| day < gone)
    }
}

/// Why something about a fridge is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("after today")]
    InFuture { on: Date, today: Date },
    #[error("the fridge was not in use on that day")]
    NotInUse { on: Date },
    #[error("no thermometer shows this")]
    NoTemperature,
    #[error("it ends before it begins")]
    Reversed,
    #[error("a decision that is not in its list")]
    UnknownDecision { decision: String },
    #[error("no such incident on this fridge")]
    NoSuchIncident,
    #[error("nothing changes")]
    NoChange,
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::InFuture { on, today } => {
                Message::new("person-in-future").with("on", *on).with("today", *today)
            }
            Self::NotInUse { on } => Message::new("cold-not-in-use").with("on", *on),
            Self::NoTemperature => Message::new("cold-no-temperature"),
            Self::Reversed => Message::new("cold-reversed"),
            Self::UnknownDecision { decision } => {
                Message::new("cold-unknown-decision").with("decision", decision.as_str())
            }
            Self::NoSuchIncident => Message::new("not-found"),
            Self::NoChange => Message::new("person-no-change"),
        }
    }
}

/// Opens the page of a fridge.
pub fn register(
    id: FridgeId,
    shard: Shard,
    body: FridgeRegistered,
    (since, today): (Date, Date),
) -> Result<Fact, Refusal> {
    if since > today {
        return Err(Refusal::InFuture { on: since, today });
    }
    Ok(Fact::new(id.into(), shard, since, body.into()))
}

/// What happens to a fridge that is known.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    Read(TemperatureRead),
    Incident(ColdIncident),
    Decide(ColdIncidentDecided),
    Retire(Option<String>),
    /// Takes back a reading entered by mistake.
    Retract(FactRef, String),
}

/// Decides about one fridge. A reading out of range is accepted: it is what the thermometer showed.
pub fn act(
    defs: &Definitions,
    fridge: &Fridge,
    wish: Wish,
    (on, today): (Date, Date),
) -> Result<Fact, Refusal> {
    if on > today {
        return Err(Refusal::InFuture { on, today });
    }
    let shows = |tenths: i16| (COLDEST..=WARMEST).contains(&tenths);
    let body: Body = match wish {
        Wish::Read(body) => {
            if !fridge.is_used_on(on) {
                return Err(Refusal::NotInUse { on });
            }
            if !shows(body.tenths) {
                return Err(Refusal::NoTemperature);
            }
            let same = fridge.reading(on, body.slot);
            if same.is_some_and(|read| read.what == body) {
                return Err(Refusal::NoChange);
            }
            body.into()
        }
        Wish::Incident(body) => {
            if ![body.lowest, body.highest].into_iter().flatten().all(shows) {
                return Err(Refusal::NoTemperature);
            }
            let ends = body.until.map(|until| Moment::at(until, body.until_minute.unwrap_or(1439)));
            if ends.is_some_and(|ends| ends < Moment::at(on, body.minute.unwrap_or(0))) {
                return Err(Refusal::Reversed);
            }
            body.into()
        }
        Wish::Decide(body) => {
            if !fridge.incidents.iter().any(|incident| incident.told.at == body.incident) {
                return Err(Refusal::NoSuchIncident);
            }
            let list = defs.list("cold_decision");
            if list.is_none_or(|list| list.name(&body.decision).is_none()) {
                return Err(Refusal::UnknownDecision { decision: body.decision });
            }
            body.into()
        }
        Wish::Retire(reason) => {
            if fridge.retired_on.is_some() {
                return Err(Refusal::NoChange);
            }
            FridgeRetired { reason }.into()
        }
        Wish::Retract(what, reason) => {
            if !fridge.readings.iter().any(|read| read.at == what) {
                return Err(Refusal::NoChange);
            }
            FactRetracted { what, reason }.into()
        }
    };
    Ok(Fact::new(fridge.id.into(), fridge.shard, on, body))
}
