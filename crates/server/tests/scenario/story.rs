//! What a scenario may say. Days are `2026-01-16`, times `07:05`; people have nicknames.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub title: String,
    /// The law or practice the story shows.
    pub source: String,
    #[serde(default = "villages")]
    pub villages: Vec<String>,
    pub step: Vec<Step>,
}

fn villages() -> Vec<String> {
    vec!["Khe Pháo".into(), "Bản Chang".into()]
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The day on which it is typed.
    pub day: String,
    /// What happens, in words.
    #[serde(default)]
    pub say: String,
    /// Warnings are not accepted: the step stops there.
    #[serde(default)]
    pub stop_at_warning: bool,
    pub register: Option<Register>,
    pub born: Option<Born>,
    pub dose: Option<Dose>,
    pub defer: Option<Defer>,
    pub contraindicate: Option<Contraindicate>,
    pub death: Option<Death>,
    pub stillbirth: Option<Stillbirth>,
    pub number: Option<Number>,
    pub amend: Option<Amend>,
    pub moved: Option<Moved>,
    pub left: Option<Left>,
    pub import: Option<Import>,
    pub look: Option<Look>,
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
    pub since: Option<String>,
    #[serde(default = "registered")]
    pub reason: String,
    pub residence: Option<String>,
}

fn registered() -> String {
    "registered".into()
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
    pub order: Option<u8>,
    pub grams: Option<u16>,
    #[serde(default)]
    pub place: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    pub who: String,
    pub vaccine: String,
    pub on: String,
    pub at: Option<String>,
    pub lot: Option<String>,
    /// Given elsewhere, and where.
    pub elsewhere: Option<String>,
    #[serde(default = "yes")]
    pub screened: bool,
}

const fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Defer {
    pub who: String,
    pub series: String,
    pub reason: String,
    pub until: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contraindicate {
    pub who: String,
    pub series: String,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Death {
    pub who: String,
    pub on: String,
    pub at: Option<String>,
    pub cause: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stillbirth {
    pub mother: String,
    pub on: String,
    pub sex: String,
    pub weeks: u8,
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
pub struct Amend {
    pub who: String,
    pub name: Option<String>,
    pub sex: Option<String>,
    pub birth: Option<String>,
    pub reason: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moved {
    pub who: String,
    pub village: String,
    pub on: String,
    #[serde(default = "family")]
    pub reason: String,
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

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    pub file: String,
    pub rows: String,
    #[serde(default)]
    pub accept_good: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Look {
    /// Nickname of whose card.
    pub card: Option<String>,
    /// Days ahead.
    pub worklist: Option<i32>,
    /// Codes of indicators.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// `2026`, `2026-01`, `2026-Q1`, `2026-H1`.
    pub period: Option<String>,
    /// As it was known at the end of this day.
    pub known: Option<String>,
    /// The network as it was on this day.
    pub tree: Option<String>,
    /// Code of the indicator whose people are listed.
    pub people: Option<String>,
    pub search: Option<String>,
}
