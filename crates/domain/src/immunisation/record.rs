//! Writing down a dose, a deferral, a contraindication.

use super::{NotCounted, born, judge};
use crate::fact::{Body, DoseDeferred, DoseGiven, Fact, FactRef, SeriesContraindicated};
use crate::person::{self, Person, life::within_life};
use tram_defs::Definitions;
use tram_kernel::{Date, Message, NodeId};

/// Only what cannot be true is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("outside the life of the child")]
    OutsideLife(#[from] person::Refusal),
    #[error("unknown vaccine")]
    UnknownVaccine { vaccine: String },
    #[error("unknown series")]
    UnknownSeries { series: String },
    #[error("this dose is already on the card")]
    AlreadyRecorded { vaccine: String, on: Date },
    #[error("screening was not concluded")]
    NotScreened,
    #[error("a deferral ends after it starts")]
    DeferralReversed { until: Date, on: Date },
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::OutsideLife(refusal) => refusal.message(),
            Self::UnknownVaccine { vaccine } => {
                Message::new("immunisation-unknown-vaccine").with("vaccine", vaccine.as_str())
            }
            Self::UnknownSeries { series } => {
                Message::new("immunisation-unknown-series").with("series", series.as_str())
            }
            Self::AlreadyRecorded { vaccine, on } => Message::new("immunisation-already-recorded")
                .with("vaccine", vaccine.as_str())
                .with("on", *on),
            Self::NotScreened => Message::new("immunisation-not-screened"),
            Self::DeferralReversed { until, on } => {
                Message::new("immunisation-deferral-reversed").with("until", *until).with("on", *on)
            }
        }
    }
}

/// True of a dose that happened and should be looked at. The fold finds it again at every reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    NotCounted {
        series: String,
        why: NotCounted,
    },
    /// The series is contraindicated for this child.
    Contraindicated {
        series: String,
        reason: String,
    },
}

impl Warning {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotCounted { why: NotCounted::TooEarly { .. }, .. } => "warn-dose-too-early",
            Self::NotCounted { why: NotCounted::OutOfOrder, .. } => "warn-dose-out-of-order",
            Self::NotCounted { why: NotCounted::LiveTooClose { .. }, .. } => "warn-dose-live",
            Self::NotCounted { why: NotCounted::Extra, .. } => "warn-dose-extra",
            Self::Contraindicated { .. } => "warn-dose-contraindicated",
        }
    }

    /// The series is said by its short name, as on cards.
    pub fn message(&self, defs: &Definitions) -> Message {
        let (Self::NotCounted { series, .. } | Self::Contraindicated { series, .. }) = self;
        let known = defs.newest_schedule().find(series);
        let short = known.map_or(series.as_str(), |known| known.short.as_str());
        let message = Message::new(self.code()).with("series", short);
        match self {
            Self::NotCounted { why, .. } => match why {
                NotCounted::TooEarly { from } | NotCounted::LiveTooClose { from } => {
                    message.with("from", *from)
                }
                NotCounted::OutOfOrder | NotCounted::Extra => message,
            },
            Self::Contraindicated { reason, .. } => message.with("reason", reason.as_str()),
        }
    }
}

/// The fact of a dose that was given, with what should be said about it.
pub fn record(
    defs: &Definitions,
    person: &Person,
    dose: DoseGiven,
    on: Date,
    today: Date,
) -> Result<(Fact, Vec<Warning>), Refusal> {
    within_life(person, on, today)?;
    let Some(vaccine) = defs.vaccine(&dose.vaccine) else {
        return Err(Refusal::UnknownVaccine { vaccine: dose.vaccine });
    };
    if person.doses.iter().any(|d| d.day == on && d.what.vaccine == dose.vaccine) {
        return Err(Refusal::AlreadyRecorded { vaccine: vaccine.name.clone(), on });
    }
    if dose.giver.is_some() && !dose.screened {
        return Err(Refusal::NotScreened);
    }
    let fact = Fact::new(person.id.into(), person.shard, on, dose.into());
    let mut warnings = Vec::new();
    for stop in &person.contraindications {
        if vaccine.series.contains(&stop.what.series) {
            let (series, reason) = (stop.what.series.clone(), stop.what.reason.clone());
            warnings.push(Warning::Contraindicated { series, reason });
        }
    }
    warnings.extend(said_of(defs, person, &fact));
    Ok((fact, warnings))
}

/// Judges the child's course as if the dose were already on the card: one rule, written once.
fn said_of(defs: &Definitions, person: &Person, fact: &Fact) -> Vec<Warning> {
    const NOT_YET: FactRef =
        FactRef { node: NodeId::from_u128(u128::MAX), epoch: u32::MAX, seq: u64::MAX, ordinal: 0 };
    let Body::DoseGiven(dose) = &fact.body else { return Vec::new() };
    let mut doses = person.doses.clone();
    doses.push(person::On { at: NOT_YET, day: fact.happened_on, what: dose.clone() });
    doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
    let (verdicts, ..) = judge(defs, born(person), &doses);
    let of_this = verdicts.into_iter().filter(|verdict| verdict.at == NOT_YET);
    of_this
        .filter_map(|v| {
            let why = v.counts.err()?;
            Some(Warning::NotCounted { series: v.series, why })
        })
        .collect()
}

/// The child was not vaccinated today for a passing reason; owed again from `until`.
pub fn defer(
    defs: &Definitions,
    person: &Person,
    deferred: DoseDeferred,
    on: Date,
    today: Date,
) -> Result<Fact, Refusal> {
    within_life(person, on, today)?;
    if defs.newest_schedule().find(&deferred.series).is_none() {
        return Err(Refusal::UnknownSeries { series: deferred.series });
    }
    if deferred.until <= on {
        return Err(Refusal::DeferralReversed { until: deferred.until, on });
    }
    Ok(Fact::new(person.id.into(), person.shard, on, deferred.into()))
}

/// The child must not get this series.
pub fn contraindicate(
    defs: &Definitions,
    person: &Person,
    stop: SeriesContraindicated,
    on: Date,
    today: Date,
) -> Result<Fact, Refusal> {
    within_life(person, on, today)?;
    if defs.newest_schedule().find(&stop.series).is_none() {
        return Err(Refusal::UnknownSeries { series: stop.series });
    }
    Ok(Fact::new(person.id.into(), person.shard, on, stop.into()))
}
