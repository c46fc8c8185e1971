//! The chapters of the catalogue: what an indicator is looked for under.

use serde::Deserialize;

/// A chapter, in the order in which they are shown. Every file of indicators names one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chapter {
    /// Population, households, births, deaths, moves. Also what older definitions leave unsaid.
    #[default]
    People,
    Immunisation,
    /// Family planning, mothers, newborns, growing children.
    MotherChild,
    /// Chronic diseases and cancer.
    Chronic,
    Infectious,
    /// Older people, disability, mental health, injuries.
    Care,
}

impl Chapter {
    pub const ALL: [Self; 6] = [
        Self::People,
        Self::Immunisation,
        Self::MotherChild,
        Self::Chronic,
        Self::Infectious,
        Self::Care,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Immunisation => "immunisation",
            Self::MotherChild => "mother_child",
            Self::Chronic => "chronic",
            Self::Infectious => "infectious",
            Self::Care => "care",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|chapter| chapter.code() == code)
    }
}
