//! Numbers that point at a person: personal ID number, old ID card, insurance card, temporary codes.
//!
//! Well-formed is not the same as true: only the national population database can say that. None of
//! these is a key of our records; two offline nodes may both hold one, and that is a duplicate to look at.

use crate::birth::BirthDate;
use crate::sex::Sex;
use minicbor::{Decode, Encode};
use std::fmt;

/// What kind of number it is. Codes as in the record exchange, append-only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum IdentifierKind {
    /// Số định danh cá nhân (CCCD / căn cước), 12 digits.
    #[n(0)]
    Citizen,
    /// Old identity card (CMND), 9 digits.
    #[n(1)]
    OldCard,
    /// Health-insurance card, 15 characters.
    #[n(2)]
    InsuranceCard,
    /// Social-insurance number, 10 digits, also printed on new insurance cards.
    #[n(3)]
    SocialInsurance,
    /// A code of our own for someone who has no number yet.
    #[n(4)]
    Temporary,
    /// Passport or another foreign paper.
    #[n(5)]
    Passport,
    /// Birth-certificate number (giấy chứng sinh).
    #[n(6)]
    BirthCertificate,
}

impl IdentifierKind {
    pub const ALL: [Self; 7] = [
        Self::Citizen,
        Self::OldCard,
        Self::InsuranceCard,
        Self::SocialInsurance,
        Self::Temporary,
        Self::Passport,
        Self::BirthCertificate,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::OldCard => "old_card",
            Self::InsuranceCard => "insurance_card",
            Self::SocialInsurance => "social_insurance",
            Self::Temporary => "temporary",
            Self::Passport => "passport",
            Self::BirthCertificate => "birth_certificate",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Why typed text is not a number of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadIdentifier {
    /// Expected and found numbers of characters.
    #[error("{found} characters instead of {expected}")]
    Length { expected: usize, found: usize },
    #[error("position {position} is not a digit")]
    NotADigit { position: usize },
    /// Excel turned the number into something like 1.00199E+11, or dropped a leading zero.
    #[error("damaged by a spreadsheet")]
    Spreadsheet,
    /// An insurance card does not start with two letters and a benefit digit 1–5.
    #[error("not an insurance card")]
    NotACard,
    /// A temporary code must not look like a personal ID number.
    #[error("looks like a personal ID number")]
    LooksReal,
}

/// A number that has been read and found well-formed for its kind. Holding one is the proof.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(array)]
pub struct Identifier {
    #[n(0)]
    kind: IdentifierKind,
    #[n(1)]
    value: String,
}

impl Identifier {
    /// Reads what a person typed. Spaces, dots and dashes are how people group digits: dropped.
    pub fn parse(kind: IdentifierKind, typed: &str) -> Result<Self, BadIdentifier> {
        let kept: String = typed
            .chars()
            .filter(|c| !matches!(c, ' ' | '.' | '-' | '\'' | '\u{00A0}'))
            .flat_map(char::to_uppercase)
            .collect();
        match kind {
            IdentifierKind::Citizen => digits(typed, &kept, 12)?,
            IdentifierKind::OldCard => digits(typed, &kept, 9)?,
            IdentifierKind::SocialInsurance => digits(typed, &kept, 10)?,
            IdentifierKind::InsuranceCard => card(&kept)?,
            IdentifierKind::Temporary if kept.len() == 12 && all_digits(&kept) => {
                return Err(BadIdentifier::LooksReal);
            }
            _ if kept.is_empty() || kept.len() > 30 => {
                return Err(BadIdentifier::Length { expected: 30, found: kept.chars().count() });
            }
            _ => {}
        }
        Ok(Self { kind, value: kept })
    }

    /// Reads an insurance number in either printed length: 15 characters, or only the last 10 digits.
    pub fn parse_insurance(typed: &str) -> Result<Self, BadIdentifier> {
        let card = Self::parse(IdentifierKind::InsuranceCard, typed);
        Self::parse(IdentifierKind::SocialInsurance, typed).or(card)
    }

    pub const fn kind(&self) -> IdentifierKind {
        self.kind
    }

    pub fn value(&self) -> &str {
        &self.value
    }

    /// Two-letter group of an insurance card (TE, HN, DT, GD …).
    pub fn insurance_group(&self) -> Option<&str> {
        (self.kind == IdentifierKind::InsuranceCard).then(|| &self.value[..2])
    }

    /// The last four characters, the most that is shown where the number itself is not needed.
    pub fn tail(&self) -> &str {
        let start = self.value.len().saturating_sub(4);
        self.value.get(start..).unwrap_or(&self.value)
    }

    /// What the digits of a personal ID number say of sex and year of birth.
    ///
    /// Digit 4 is the century counted in pairs from 1900, even for men and odd for women; digits 5–6
    /// are the year in it. Source: NĐ 137/2015 Đ13 (high-confidence memory): a contradiction is only
    /// ever a warning, since numbers survive corrections of sex and year.
    pub fn citizen_claims(&self) -> Option<(Sex, i16)> {
        if self.kind != IdentifierKind::Citizen {
            return None;
        }
        let digit = |at: usize| i16::from(self.value.as_bytes()[at] - b'0');
        let sex = if digit(3) % 2 == 0 { Sex::Male } else { Sex::Female };
        Some((sex, 1900 + 100 * (digit(3) / 2) + 10 * digit(4) + digit(5)))
    }

    /// Whether the digits contradict the record. Temporary and other numbers claim nothing.
    pub fn contradicts(&self, sex: Sex, born: BirthDate) -> Option<(Sex, i16)> {
        self.citizen_claims().filter(|claim| *claim != (sex, born.year()))
    }
}

/// Personal data: logs and panics see the kind and the length, nothing else.
impl fmt::Debug for Identifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identifier({} × {})", self.kind.code(), self.value.len())
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn digits(typed: &str, kept: &str, expected: usize) -> Result<(), BadIdentifier> {
    let upper = typed.trim().to_ascii_uppercase();
    if upper.contains("E+") || typed.trim().ends_with(".0") {
        return Err(BadIdentifier::Spreadsheet);
    }
    if let Some(at) = kept.chars().position(|c| !c.is_ascii_digit()) {
        return Err(BadIdentifier::NotADigit { position: at + 1 });
    }
    if kept.len() == expected {
        return Ok(());
    }
    Err(BadIdentifier::Length { expected, found: kept.len() })
}

fn card(kept: &str) -> Result<(), BadIdentifier> {
    let found = kept.chars().count();
    if found != 15 {
        return Err(BadIdentifier::Length { expected: 15, found });
    }
    let bytes = kept.as_bytes();
    let shape = bytes[..2].iter().all(u8::is_ascii_uppercase)
        && (b'1'..=b'5').contains(&bytes[2])
        && bytes[3..].iter().all(u8::is_ascii_digit);
    if shape { Ok(()) } else { Err(BadIdentifier::NotACard) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn citizen(typed: &str) -> Result<Identifier, BadIdentifier> {
        Identifier::parse(IdentifierKind::Citizen, typed)
    }

    #[test]
    fn a_personal_number_says_sex_and_year() {
        let id = citizen("001 199 012 345").expect("12 digits");
        assert_eq!(id.citizen_claims(), Some((Sex::Female, 1999)));
        assert_eq!(id.tail(), "2345");
        let born = BirthDate::exact("2001-05-04".parse().expect("a date"));
        assert_eq!(id.contradicts(Sex::Female, born), Some((Sex::Female, 1999)));
        let boy = citizen("015225012345").expect("12 digits");
        assert_eq!(boy.citizen_claims(), Some((Sex::Male, 2025)));
    }

    #[test]
    fn damaged_numbers_are_told_apart() {
        assert_eq!(citizen("1.00199E+11"), Err(BadIdentifier::Spreadsheet));
        assert_eq!(citizen("1199012345"), Err(BadIdentifier::Length { expected: 12, found: 10 }));
        assert_eq!(citizen("00119901234O"), Err(BadIdentifier::NotADigit { position: 12 }));
    }

    #[test]
    fn insurance_numbers_come_in_two_lengths() {
        let long = Identifier::parse_insurance("te 1 15 1234567890").expect("a card");
        assert_eq!(
            (long.kind(), long.insurance_group()),
            (IdentifierKind::InsuranceCard, Some("TE"))
        );
        let short = Identifier::parse_insurance("1234567890").expect("a number");
        assert_eq!(short.kind(), IdentifierKind::SocialInsurance);
        assert_eq!(Identifier::parse_insurance("TE6151234567890"), Err(BadIdentifier::NotACard));
    }

    #[test]
    fn a_temporary_code_never_looks_real() {
        let kind = IdentifierKind::Temporary;
        assert_eq!(Identifier::parse(kind, "015225012345"), Err(BadIdentifier::LooksReal));
        assert!(Identifier::parse(kind, "TAM-0042").is_ok());
    }

    #[test]
    fn a_number_never_reaches_a_log() {
        let id = citizen("001199012345").expect("12 digits");
        assert_eq!(format!("{id:?}"), "Identifier(citizen × 12)");
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in "\\PC{0,24}") {
            for kind in IdentifierKind::ALL {
                let _ = Identifier::parse(kind, &typed).map(|id| {
                    (id.tail().len(), id.insurance_group().map(str::len))
                });
            }
        }
    }
}
