//! What a scenario may say of people: households, records, births, numbers, moves.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Household {
    /// Nickname of the household.
    pub home: String,
    pub village: String,
    pub code: Option<String>,
    pub poverty: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Register {
    pub who: String,
    pub name: String,
    pub sex: String,
    /// As a person types it: `13/09/2025`, `09/2025`, `1960`.
    pub birth: String,
    pub village: String,
    pub citizen: Option<String>,
    pub insurance: Option<String>,
    pub insured_from: Option<String>,
    pub insured_to: Option<String>,
    pub phone: Option<String>,
    pub since: Option<String>,
    #[serde(default = "registered")]
    pub reason: String,
    pub residence: Option<String>,
    /// Nickname of the household, and the relation to its head.
    pub home: Option<String>,
    #[serde(default = "head")]
    pub relation: String,
}

fn registered() -> String {
    "registered".into()
}

fn head() -> String {
    "1".into()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Born {
    pub who: String,
    pub name: String,
    pub sex: String,
    pub on: String,
    pub at: Option<String>,
    pub mother: Option<String>,
    pub village: String,
    pub residence: Option<String>,
    pub order: Option<u8>,
    pub grams: Option<u16>,
    #[serde(default)]
    pub place: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amend {
    pub who: String,
    pub name: Option<String>,
    pub sex: Option<String>,
    pub birth: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    pub who: String,
    pub kind: String,
    pub value: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberEnded {
    pub who: String,
    pub kind: String,
    pub value: String,
    pub on: String,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joined {
    pub who: String,
    pub home: String,
    pub relation: String,
    pub on: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    pub who: String,
    pub village: String,
    pub on: String,
    #[serde(default = "family")]
    pub reason: String,
    pub residence: Option<String>,
    pub from_place: Option<String>,
}

fn family() -> String {
    "family".into()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Left {
    pub who: String,
    pub on: String,
    #[serde(default = "family")]
    pub reason: String,
    pub to: Option<String>,
}
