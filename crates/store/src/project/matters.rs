//! What new facts can change of a record, so that the rest need not be worked out twice.

use tram_domain::fact::{Body, Logged};

/// What of a record certain new facts can change beside the person: the rest says the same before and after,
/// and need not be worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Matters {
    /// Doses and what is owed.
    pub(super) course: bool,
    /// Entries, stays and visits of the programmes.
    pub(super) care: bool,
}

impl Matters {
    pub const ALL: Self = Self { course: true, care: true };

    /// What these facts matter to. Immunisation does not ask what was entered in forms, and programmes do
    /// not ask for doses; every other fact may change both.
    pub fn of(added: &[Logged]) -> Self {
        let none = Self { course: false, care: false };
        added.iter().fold(none, |known, logged| {
            let now = match &logged.fact.body {
                Body::FormRecorded(_) | Body::ProgrammeEnrolled(_) | Body::ProgrammeLeft(_) => {
                    Self { course: false, care: true }
                }
                Body::DoseGiven(_)
                | Body::DoseDeferred(_)
                | Body::SeriesContraindicated(_)
                | Body::TetanusTold(_) => Self { course: true, care: false },
                _ => Self::ALL,
            };
            Self { course: known.course || now.course, care: known.care || now.care }
        })
    }
}
