//! Adverse events following immunisation: what happened to the person, who was told, what it was.
//!
//! ```text
//! severe ─► report within the hours of the rule, counted from when the unit knew ─► sent to each receiver
//! ```

use super::is_listed;
use crate::fact::{AefiConcluded, AefiFollowed, AefiRecorded, AefiReported, Body, Fact, FactRef};
use crate::person::{self, On, Person, life::within_life};
use tram_defs::Definitions;
use tram_kernel::{Date, Message, Moment};

/// One event with all that was written about it later.
#[derive(Debug, Clone, PartialEq)]
pub struct Aefi {
    pub event: On<AefiRecorded>,
    pub followed: Vec<On<AefiFollowed>>,
    pub reported: Vec<On<AefiReported>>,
    pub concluded: Vec<On<AefiConcluded>>,
}

impl Aefi {
    pub fn of(event: On<AefiRecorded>) -> Self {
        Self { event, followed: Vec::new(), reported: Vec::new(), concluded: Vec::new() }
    }

    /// How the person is, as last written.
    pub fn outcome(&self) -> &str {
        self.followed.last().map_or(&self.event.what.outcome, |later| &later.what.outcome)
    }

    /// When the unit came to know.
    pub fn noticed(&self) -> Moment {
        Moment::at(self.event.what.noticed_on, self.event.what.noticed_minute)
    }

    /// Until when the report must be sent; `None` when none is asked for.
    pub fn report_until(&self, defs: &Definitions) -> Option<Moment> {
        let hours = i64::from(defs.aefi().report_hours);
        let until = Moment::from_ms(self.noticed().ms() + hours * 3_600_000);
        self.event.what.severe.then_some(until)
    }

    /// Receivers of the rule that do not have it yet.
    pub fn missing<'d>(&self, defs: &'d Definitions) -> Vec<&'d str> {
        let asked = defs.aefi().receivers.iter().filter(|_| self.event.what.severe);
        let has = |to: &str| self.reported.iter().any(|sent| sent.what.to == to);
        asked.map(String::as_str).filter(|to| !has(to)).collect()
    }

    /// The moment at which the last receiver of the rule was told; `None` while one is missing.
    pub fn told_all(&self, defs: &Definitions) -> Option<Moment> {
        if !self.missing(defs).is_empty() {
            return None;
        }
        let receivers = &defs.aefi().receivers;
        let sent = self.reported.iter().filter(|sent| receivers.contains(&sent.what.to));
        sent.map(|sent| Moment::at(sent.day, sent.what.minute)).max()
    }
}

/// Why something about an event is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AefiRefusal {
    #[error("outside the life of the person")]
    OutsideLife(#[from] person::Refusal),
    #[error("no dose it could follow")]
    NoDose,
    #[error("before the dose")]
    BeforeDose { on: Date, dose: Date },
    #[error("a code that is not in its list")]
    UnknownCode { code: String },
    #[error("neither a sign nor a word")]
    Nothing,
    #[error("known before it began, or after now")]
    NoticedReversed,
    #[error("anaphylaxis has degrees 1 to 4")]
    BadDegree,
    #[error("no such event on this record")]
    NoSuchEvent,
    #[error("sent already")]
    AlreadySent,
}

impl AefiRefusal {
    pub fn message(&self) -> Message {
        match self {
            Self::OutsideLife(refusal) => refusal.message(),
            Self::NoDose => Message::new("aefi-no-dose"),
            Self::BeforeDose { on, dose } => {
                Message::new("aefi-before-dose").with("on", *on).with("dose", *dose)
            }
            Self::UnknownCode { code } => {
                Message::new("aefi-unknown-code").with("code", code.as_str())
            }
            Self::Nothing => Message::new("aefi-nothing"),
            Self::NoticedReversed => Message::new("aefi-noticed-reversed"),
            Self::BadDegree => Message::new("aefi-bad-degree"),
            Self::NoSuchEvent => Message::new("not-found"),
            Self::AlreadySent => Message::new("aefi-already-sent"),
        }
    }

    /// Code of the form field the sentence belongs to.
    pub const fn field(&self) -> Option<&'static str> {
        Some(match self {
            Self::OutsideLife(_) | Self::BeforeDose { .. } => "on",
            Self::NoDose => "doses",
            Self::Nothing | Self::UnknownCode { .. } => "signs",
            Self::NoticedReversed => "noticed_on",
            Self::BadDegree => "degree",
            Self::NoSuchEvent => return None,
            Self::AlreadySent => "to",
        })
    }
}

/// Writes down an event. Said beside it: a sign of danger in what is called mild.
pub fn record_aefi(
    defs: &Definitions,
    person: &Person,
    body: AefiRecorded,
    on: Date,
    now: Moment,
) -> Result<(Fact, Vec<Message>), AefiRefusal> {
    within_life(person, on, now.day())?;
    let given = |at: &FactRef| person.doses.iter().find(|dose| dose.at == *at);
    let doses: Option<Vec<_>> = body.doses.iter().map(given).collect();
    let Some(last) = doses.and_then(|doses| doses.iter().map(|dose| dose.day).min()) else {
        return Err(AefiRefusal::NoDose);
    };
    if on < last {
        return Err(AefiRefusal::BeforeDose { on, dose: last });
    }
    let unknown = body.signs.iter().find(|code| !is_listed(defs, "aefi_sign", code));
    let unknown = unknown
        .or_else(|| Some(&body.outcome).filter(|code| !is_listed(defs, "aefi_outcome", code)));
    if let Some(code) = unknown {
        return Err(AefiRefusal::UnknownCode { code: code.clone() });
    }
    if body.signs.is_empty() && body.told.is_none() {
        return Err(AefiRefusal::Nothing);
    }
    if body.degree.is_some_and(|degree| !(1..=4).contains(&degree)) {
        return Err(AefiRefusal::BadDegree);
    }
    let noticed = Moment::at(body.noticed_on, body.noticed_minute);
    // Minutes are typed, seconds are not: the running minute is not yet after now.
    if body.noticed_on < on || noticed > Moment::from_ms(now.ms() + 60_000) {
        return Err(AefiRefusal::NoticedReversed);
    }
    let danger: Vec<&str> = body
        .signs
        .iter()
        .filter(|sign| !body.severe && defs.aefi().danger.contains(sign))
        .filter_map(|sign| defs.list("aefi_sign").and_then(|list| list.name(sign)))
        .collect();
    let mut said = Vec::new();
    if !danger.is_empty() {
        said.push(Message::new("warn-aefi-danger").with("signs", danger.join("; ")));
    }
    Ok((Fact::new(person.id.into(), person.shard, on, body.into()), said))
}

/// What is written about an event later.
#[derive(Debug, Clone, PartialEq)]
pub enum AefiWish {
    Follow(AefiFollowed),
    Report(AefiReported),
    Conclude(AefiConcluded),
}

/// Follows, reports or concludes an event of this record.
pub fn follow_aefi(
    defs: &Definitions,
    person: &Person,
    wish: AefiWish,
    (on, today): (Date, Date),
) -> Result<Fact, AefiRefusal> {
    let (at, list, code) = match &wish {
        AefiWish::Follow(body) => (body.aefi, "aefi_outcome", &body.outcome),
        AefiWish::Report(body) => (body.aefi, "aefi_receiver", &body.to),
        AefiWish::Conclude(body) => (body.aefi, "aefi_cause", &body.cause),
    };
    let known = person.aefi.iter().find(|aefi| aefi.event.at == at);
    let Some(aefi) = known else { return Err(AefiRefusal::NoSuchEvent) };
    if !is_listed(defs, list, code) {
        return Err(AefiRefusal::UnknownCode { code: code.clone() });
    }
    if on > today {
        return Err(person::Refusal::InFuture { on, today }.into());
    }
    if on < aefi.event.day {
        return Err(AefiRefusal::BeforeDose { on, dose: aefi.event.day });
    }
    let body: Body = match wish {
        AefiWish::Follow(body) => body.into(),
        AefiWish::Report(body) => {
            if aefi.reported.iter().any(|sent| sent.what.to == body.to) {
                return Err(AefiRefusal::AlreadySent);
            }
            body.into()
        }
        AefiWish::Conclude(body) => body.into(),
    };
    Ok(Fact::new(person.id.into(), person.shard, on, body))
}
