//! Vaccination days and campaigns: planned, people asked to come, held or called off.
//!
//! ```text
//! facts of one session  ─► Session: when, where, for whom, who was asked, how it ended
//! facts of one campaign ─► Campaign: which vaccine, born when, from when to when
//! ```

use crate::fact::{
    Body, CampaignEnded, CampaignPlanned, Fact, Invitation, Logged, SessionEnd, SessionEnded,
    SessionInvited, SessionPlanned,
};
use crate::person::On;
use std::collections::{BTreeMap, BTreeSet};
use tram_defs::Definitions;
use tram_kernel::day::add_months;
use tram_kernel::{CampaignId, Date, Message, PersonId, SessionId, Shard};

/// Nobody plans further ahead.
const MONTHS_AHEAD: i32 = 12;

/// One vaccination day.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    pub id: SessionId,
    pub shard: Shard,
    pub planned: On<SessionPlanned>,
    /// Who was asked to come, for which series.
    pub invited: BTreeMap<PersonId, BTreeSet<String>>,
    pub ended: Option<On<SessionEnded>>,
}

/// One campaign.
#[derive(Debug, Clone, PartialEq)]
pub struct Campaign {
    pub id: CampaignId,
    pub shard: Shard,
    pub planned: On<CampaignPlanned>,
    pub ended: Option<On<CampaignEnded>>,
}

/// What cannot be planned, or cannot have happened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("a day that is over, or too far ahead")]
    Day { on: Date },
    #[error("no village")]
    NoArea,
    #[error("no vaccine")]
    NoSeries,
    #[error("unknown series")]
    UnknownSeries { series: String },
    #[error("it is over already")]
    Over,
    #[error("it was not held yet")]
    NotYet { on: Date },
    #[error("nobody to ask")]
    Nobody,
    #[error("a reason is needed")]
    ReasonNeeded,
    #[error("days the wrong way round")]
    Reversed,
    #[error("a name is needed")]
    NoName,
}

impl Refusal {
    pub fn message(&self) -> Message {
        match self {
            Self::Day { on } => Message::new("session-bad-day").with("on", *on),
            Self::NoArea => Message::new("session-no-area"),
            Self::NoSeries => Message::new("session-no-series"),
            Self::UnknownSeries { series } => {
                Message::new("immunisation-unknown-series").with("series", series.as_str())
            }
            Self::Over => Message::new("session-over"),
            Self::NotYet { on } => Message::new("session-not-yet").with("on", *on),
            Self::Nobody => Message::new("session-nobody-to-ask"),
            Self::ReasonNeeded => Message::new("person-reason-needed"),
            Self::Reversed => Message::new("campaign-reversed"),
            Self::NoName => Message::new("field-missing"),
        }
    }

    /// The box it is about.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Day { .. } => "on",
            Self::NoArea => "areas",
            Self::NoSeries | Self::UnknownSeries { .. } => "series",
            Self::ReasonNeeded => "reason",
            Self::Reversed => "last",
            Self::NoName => "name",
            Self::Over | Self::NotYet { .. } | Self::Nobody => "",
        }
    }
}

impl Session {
    /// Folds the facts about one session; `None` without its plan.
    pub fn fold(id: SessionId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let mut session: Option<Self> = None;
        for known in sorted {
            let (at, day) = (known.at, known.fact.happened_on);
            match (&known.fact.body, &mut session) {
                (Body::SessionPlanned(body), None) => {
                    let planned = On { at, day, what: body.clone() };
                    let (shard, invited) = (known.fact.shard, BTreeMap::new());
                    session = Some(Self { id, shard, planned, invited, ended: None });
                }
                (Body::SessionInvited(body), Some(session)) => {
                    for asked in &body.people {
                        let series = session.invited.entry(asked.person).or_default();
                        series.extend(asked.series.iter().cloned());
                    }
                }
                (Body::SessionEnded(body), Some(session)) => {
                    session.ended = Some(On { at, day, what: body.clone() });
                }
                _ => {}
            }
        }
        session
    }

    pub fn on(&self) -> Date {
        self.planned.what.on
    }
}

impl Campaign {
    /// Folds the facts about one campaign; `None` without its plan.
    pub fn fold(id: CampaignId, facts: &[Logged]) -> Option<Self> {
        let mut sorted: Vec<&Logged> = facts.iter().collect();
        sorted.sort_by_key(|known| known.order());
        let mut campaign: Option<Self> = None;
        for known in sorted {
            let (at, day) = (known.at, known.fact.happened_on);
            match (&known.fact.body, &mut campaign) {
                (Body::CampaignPlanned(body), None) => {
                    let planned = On { at, day, what: body.clone() };
                    campaign = Some(Self { id, shard: known.fact.shard, planned, ended: None });
                }
                (Body::CampaignEnded(body), Some(campaign)) => {
                    campaign.ended = Some(On { at, day, what: body.clone() });
                }
                _ => {}
            }
        }
        campaign
    }
}

/// Plans a vaccination day.
pub fn plan(
    defs: &Definitions,
    id: SessionId,
    shard: Shard,
    body: SessionPlanned,
    today: Date,
) -> Result<Fact, Refusal> {
    if body.on < today || body.on > add_months(today, MONTHS_AHEAD) {
        return Err(Refusal::Day { on: body.on });
    }
    if body.areas.is_empty() {
        return Err(Refusal::NoArea);
    }
    if body.series.is_empty() {
        return Err(Refusal::NoSeries);
    }
    if let Some(unknown) = body.series.iter().find(|code| defs.series(code).is_none()) {
        return Err(Refusal::UnknownSeries { series: unknown.clone() });
    }
    Ok(Fact::new(id.into(), shard, today, body.into()))
}

/// Papers go out. Who was asked for the same before is left alone.
pub fn invite(session: &Session, people: Vec<Invitation>, today: Date) -> Result<Fact, Refusal> {
    if session.ended.is_some() || session.on() < today {
        return Err(Refusal::Over);
    }
    let is_new = |asked: &Invitation| match session.invited.get(&asked.person) {
        Some(known) => asked.series.iter().any(|series| !known.contains(series)),
        None => !asked.series.is_empty(),
    };
    let people: Vec<Invitation> = people.into_iter().filter(is_new).collect();
    if people.is_empty() {
        return Err(Refusal::Nobody);
    }
    let body = SessionInvited { people };
    Ok(Fact::new(session.id.into(), session.shard, today, body.into()))
}

/// The session was held, called off or broken off.
pub fn end(session: &Session, body: SessionEnded, today: Date) -> Result<Fact, Refusal> {
    if session.ended.is_some() {
        return Err(Refusal::Over);
    }
    if body.how != SessionEnd::Cancelled && today < session.on() {
        return Err(Refusal::NotYet { on: session.on() });
    }
    if body.how != SessionEnd::Held && body.reason.as_deref().is_none_or(str::is_empty) {
        return Err(Refusal::ReasonNeeded);
    }
    Ok(Fact::new(session.id.into(), session.shard, today, body.into()))
}

/// Plans a campaign.
pub fn announce(
    defs: &Definitions,
    id: CampaignId,
    shard: Shard,
    body: CampaignPlanned,
    today: Date,
) -> Result<Fact, Refusal> {
    if body.name.is_empty() {
        return Err(Refusal::NoName);
    }
    if defs.series(&body.series).is_none() {
        return Err(Refusal::UnknownSeries { series: body.series });
    }
    if body.last < body.first || body.born_to < body.born_from || body.born_to > today {
        return Err(Refusal::Reversed);
    }
    Ok(Fact::new(id.into(), shard, today, body.into()))
}

/// Calls a campaign off, or says that it is over.
pub fn close(campaign: &Campaign, body: CampaignEnded, today: Date) -> Result<Fact, Refusal> {
    if campaign.ended.is_some() {
        return Err(Refusal::Over);
    }
    if body.reason.as_deref().is_none_or(str::is_empty) {
        return Err(Refusal::ReasonNeeded);
    }
    Ok(Fact::new(campaign.id.into(), campaign.shard, today, body.into()))
}
