//! What is refused when a dose is written down, and what is only warned of.

use super::NotCounted;
use crate::person;
use tram_defs::Definitions;
use tram_kernel::{Date, Message};

/// Only what cannot be true is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("outside the life of the child")]
    OutsideLife(#[from] person::Refusal),
    #[error("unknown vaccine")]
    UnknownVaccine { vaccine: String },
    #[error("unknown series")]
    UnknownSeries { series: String },
    #[error("a reason that is not in its list")]
    UnknownReason { reason: String },
    #[error("a site that is not in the list")]
    UnknownSite { site: String },
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
            Self::UnknownReason { reason } => {
                Message::new("immunisation-unknown-reason").with("reason", reason.as_str())
            }
            Self::UnknownSite { site } => {
                Message::new("immunisation-unknown-site").with("site", site.as_str())
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
        let known = defs.series(series);
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
