//! What a record refuses, and what it accepts with a warning.

use crate::fact::Fact;
use tram_kernel::{Date, Message, Sex};

/// What was decided: the facts to append, and the warnings that travel with them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Decided {
    pub facts: Vec<Fact>,
    pub warnings: Vec<Warning>,
}

/// Only what cannot be true is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("born after today")]
    BornInFuture { born: Date, today: Date },
    #[error("older than anyone has been")]
    TooOld { years: i32 },
    #[error("an event before the birth")]
    BeforeBirth { on: Date, born: Date },
    #[error("an event after today")]
    InFuture { on: Date, today: Date },
    #[error("an event after the death")]
    AfterDeath { on: Date, died: Date },
    #[error("already recorded as dead")]
    AlreadyDead { on: Date },
    #[error("a death before what is recorded later")]
    DeathBeforeEvent { on: Date, event: Date },
    #[error("a change after the day of recording needs a reason")]
    ReasonNeeded,
    #[error("a man cannot be pregnant or give birth")]
    NotAWoman,
    #[error("the mother is younger than 10 or older than 60")]
    MotherAge { years: i32 },
    #[error("the expected date lies outside the coming ten months")]
    DueDateOutside { expected: Date, on: Date },
    #[error("the last period began after that day, or more than 44 weeks before")]
    LastPeriodOutside { first: Date, on: Date },
    #[error("an ultrasound after that day, or of an age that cannot be")]
    ScanOutside { on: Date },
    #[error("an embryo transfer after that day, or of an age that cannot be")]
    TransferOutside { on: Date },
    #[error("no child or too many")]
    FetusesOutside,
    #[error("another pregnancy is not over")]
    AlreadyPregnant { expected: Date },
    #[error("she gave birth since")]
    PregnancyOver { on: Date },
    #[error("no open pregnancy on that day")]
    NotPregnant { on: Date },
    #[error("a period of validity ends before it starts")]
    ValidityReversed { from: Date, to: Date },
    #[error("the number is not held by this person")]
    NotHeld,
    #[error("the only residence on the record")]
    OnlyResidence,
    #[error("both are the same record")]
    SameRecord,
    #[error("one is the mother of the other")]
    MotherAndChild,
    #[error("nothing changes")]
    NoChange,
}

impl Refusal {
    pub fn message(&self) -> Message {
        let message = Message::new;
        match *self {
            Self::BornInFuture { born, today } => {
                message("person-born-in-future").with("born", born).with("today", today)
            }
            Self::TooOld { years } => message("person-too-old").with("years", years),
            Self::BeforeBirth { on, born } => {
                message("person-before-birth").with("on", on).with("born", born)
            }
            Self::InFuture { on, today } => {
                message("person-in-future").with("on", on).with("today", today)
            }
            Self::AfterDeath { on, died } => {
                message("person-after-death").with("on", on).with("died", died)
            }
            Self::AlreadyDead { on } => message("person-already-dead").with("on", on),
            Self::DeathBeforeEvent { on, event } => {
                message("person-death-before-event").with("on", on).with("event", event)
            }
            Self::ReasonNeeded => message("person-reason-needed"),
            Self::NotAWoman => message("person-not-a-woman"),
            Self::MotherAge { years } => message("person-mother-age").with("years", years),
            Self::DueDateOutside { expected, on } => {
                message("person-due-date-outside").with("expected", expected).with("on", on)
            }
            Self::LastPeriodOutside { first, on } => {
                message("pregnancy-period-outside").with("first", first).with("on", on)
            }
            Self::ScanOutside { on } => message("pregnancy-scan-outside").with("on", on),
            Self::TransferOutside { on } => message("pregnancy-transfer-outside").with("on", on),
            Self::FetusesOutside => message("pregnancy-fetuses-outside"),
            Self::AlreadyPregnant { expected } => {
                message("pregnancy-already").with("expected", expected)
            }
            Self::PregnancyOver { on } => message("pregnancy-over").with("on", on),
            Self::NotPregnant { on } => message("pregnancy-none").with("on", on),
            Self::ValidityReversed { from, to } => {
                message("person-validity-reversed").with("from", from).with("to", to)
            }
            Self::NotHeld => message("person-not-held"),
            Self::OnlyResidence => message("person-only-residence"),
            Self::SameRecord => message("person-same-record"),
            Self::MotherAndChild => message("person-mother-and-child"),
            Self::NoChange => message("person-no-change"),
        }
    }

    /// Code of the form field the sentence belongs to.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::BornInFuture { .. } | Self::TooOld { .. } => Some("born"),
            Self::ReasonNeeded => Some("reason"),
            Self::NotAWoman => Some("sex"),
            Self::MotherAge { .. } => Some("mother"),
            Self::DueDateOutside { .. } | Self::AlreadyPregnant { .. } => Some("expected"),
            Self::LastPeriodOutside { .. } => Some("last_period"),
            Self::ScanOutside { .. } => Some("scan_on"),
            Self::TransferOutside { .. } => Some("transfer_on"),
            Self::FetusesOutside => Some("fetuses"),
            Self::ValidityReversed { .. } => Some("insurance_to"),
            _ => None,
        }
    }
}

/// Accepted, because it may have happened; somebody should look again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// The digits of the personal ID number say another sex or year of birth.
    CitizenContradicts { claims_sex: Sex, claims_year: i16 },
    /// A child without a full birth date has no schedule.
    BirthDayMissing,
    /// The mother would be under 16 or over 49.
    UnusualMotherAge { years: i32 },
    /// The last period and the ultrasound are this far apart.
    DatingsDiffer { days: i32 },
    /// The expected date of the open pregnancy changes.
    DueDateMoves { from: Date, to: Date },
    /// An earlier pregnancy should be over and nobody said how it ended.
    PregnancyNotEnded { expected: Date },
    /// Fewer pregnancies than births and losses before.
    GravidaBelowPara { gravida: u8 },
    /// A loss so late would be a stillbirth.
    LateLoss { weeks: i32 },
    /// Records to be linked say another sex.
    LinkedSexDiffers,
    /// Records to be linked are more than a year apart in birth.
    LinkedBirthDiffers,
    /// Records to be linked carry different personal ID numbers.
    LinkedNumberDiffers,
}

impl Warning {
    pub const fn code(&self) -> &'static str {
        match self {
            Self::CitizenContradicts { .. } => "warn-citizen-contradicts",
            Self::BirthDayMissing => "warn-birth-day-missing",
            Self::UnusualMotherAge { .. } => "warn-unusual-mother-age",
            Self::DatingsDiffer { .. } => "warn-datings-differ",
            Self::DueDateMoves { .. } => "warn-due-date-moves",
            Self::PregnancyNotEnded { .. } => "warn-pregnancy-not-ended",
            Self::GravidaBelowPara { .. } => "warn-gravida-below-para",
            Self::LateLoss { .. } => "warn-late-loss",
            Self::LinkedSexDiffers => "warn-linked-sex-differs",
            Self::LinkedBirthDiffers => "warn-linked-birth-differs",
            Self::LinkedNumberDiffers => "warn-linked-number-differs",
        }
    }

    pub fn message(&self) -> Message {
        let message = Message::new(self.code());
        match *self {
            Self::CitizenContradicts { claims_sex, claims_year } => {
                message.with("sex", claims_sex.code()).with("year", i64::from(claims_year))
            }
            Self::BirthDayMissing
            | Self::LinkedSexDiffers
            | Self::LinkedBirthDiffers
            | Self::LinkedNumberDiffers => message,
            Self::UnusualMotherAge { years } => message.with("years", years),
            Self::DatingsDiffer { days } => message.with("days", days),
            Self::DueDateMoves { from, to } => message.with("from", from).with("to", to),
            Self::PregnancyNotEnded { expected } => message.with("expected", expected),
            Self::GravidaBelowPara { gravida } => message.with("gravida", i64::from(gravida)),
            Self::LateLoss { weeks } => message.with("weeks", weeks),
        }
    }
}
