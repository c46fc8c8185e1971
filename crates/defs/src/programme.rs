//! Programmes: whom they take in, which visits they ask for and when, how somebody leaves.
//!
//! ```text
//! programmes/<code>.toml ─► Programme: enrol → visits due → forms → reminders → leave
//! ```
//!
//! Conditions ask the last measures of a person. The rule valid on the day of the enrolment applies to
//! when visits fall due; the newest one to what is proposed today.

mod read;

pub use read::read_programme;

use crate::form::{Choice, Condition};
use crate::phrase::Span;
use crate::provenance::Provenance;
use tram_kernel::{Compartment, Date};

/// The outcome of a stay that proved a mistake: numbers of cases leave it out.
pub const MISTAKE: &str = "wrong";

/// What the record itself says: taken in, let go and counted from, without being typed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A child was born, alive or dead, on the record of its mother.
    Delivery,
    /// A pregnancy ended before a child could live.
    Loss,
    /// The person was born here.
    Birth,
}

impl Occasion {
    pub const ALL: [Self; 3] = [Self::Delivery, Self::Loss, Self::Birth];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Loss => "loss",
            Self::Birth => "birth",
        }
    }
}

/// A programme that begins by itself, for so long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begins {
    pub on: Occasion,
    /// The last day is this long after the first.
    pub lasts: Span,
    /// How one leaves it then.
    pub outcome: String,
}

/// From which day the times of a visit are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Since {
    /// The day of taking in.
    Enrolment,
    /// A measure that is a day.
    Measure(String),
    /// The first day of gestation of the open pregnancy.
    Gestation,
}

/// A checked programme.
#[derive(Debug, Clone)]
pub struct Programme {
    pub code: String,
    pub name: String,
    /// For columns and marks: `THA`.
    pub short: String,
    pub compartment: Compartment,
    /// The form filled in when somebody is taken in.
    pub enrol_form: Option<String>,
    /// Who may be taken in: conditions of age and sex.
    pub whom: Vec<Condition>,
    /// Who should be looked at for it, each with its reason.
    pub propose: Vec<Propose>,
    /// It takes in by itself whom this happens to.
    pub begins: Option<Begins>,
    /// It lets go by itself, with this outcome.
    pub ends: Vec<(Occasion, String)>,
    /// How one comes into it.
    pub sources: Vec<Choice>,
    pub visits: Vec<VisitRule>,
    /// How one leaves it; `died` is added by the program, [`MISTAKE`] says that one never belonged there.
    pub outcomes: Vec<Choice>,
    /// Not seen for this long after a visit was due: lost to follow-up.
    pub lost_after: Span,
    pub reminders: Vec<Reminder>,
    /// Measures its register shows, newest value each.
    pub shows: Vec<String>,
    /// At target when the last measures of the period are so; `None` when the programme has no target.
    pub goal: Option<Goal>,
    pub provenance: Provenance,
}

/// Somebody whose last measures say so belongs in the programme, or should be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    pub when: Vec<Condition>,
    /// How long a measure speaks for it.
    pub within: Span,
    pub why: String,
}

/// What is good enough, in words and conditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    pub name: String,
    pub when: Vec<Condition>,
}

/// One kind of visit.
#[derive(Debug, Clone)]
pub struct VisitRule {
    pub code: String,
    pub name: String,
    pub form: String,
    pub from: Since,
    pub timing: Timing,
    /// Overdue after this.
    pub grace: Span,
    /// May be made this long before it is due.
    pub early: Span,
    /// A field of its form that holds the day of the next one, as agreed with the person.
    pub appointment: Option<String>,
    /// It is asked only of them.
    pub when: Vec<Condition>,
    /// Of fixed times: none may be left out, as doses of a series.
    pub in_order: bool,
}

/// When visits fall due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timing {
    /// Again and again: the first so long after the beginning, then so long after the last one; sooner or
    /// later by the last measures, the first case that fits.
    Every { first: Span, usual: Span, cases: Vec<(Vec<Condition>, Span)> },
    /// At these times after the beginning, each once.
    At(Vec<Span>),
    /// At this age the person leaves: nothing else falls due from then on, and this does until they have left.
    AtAge(Span),
}

/// Something a worker must do when a visit is late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub visit: String,
    pub after: Span,
    /// Role code of who does it.
    pub assign: String,
    pub text: String,
}

impl Programme {
    pub fn visit(&self, code: &str) -> Option<&VisitRule> {
        self.visits.iter().find(|visit| visit.code == code)
    }

    /// Forms that belong to it, the enrolment first.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.enrol_form.as_deref().into_iter().chain(self.visits.iter().map(|v| v.form.as_str()))
    }
}

/// The programme of this code that holds on a day; before the first one, the oldest.
pub fn programme_on<'d>(all: &'d [Programme], code: &str, day: Date) -> Option<&'d Programme> {
    let of_code = || all.iter().filter(|programme| programme.code == code);
    let holds = of_code().filter(|programme| programme.provenance.valid_from <= day);
    holds
        .max_by_key(|programme| programme.provenance.valid_from)
        .or_else(|| of_code().min_by_key(|programme| programme.provenance.valid_from))
}
