//! What a scenario may say. Days are `2026-01-16`, times `07:05`; people and households have nicknames.

use super::many::Many;
use super::people::{Amend, Born, Household, Joined, Left, Moved, Number, NumberEnded, Register};
use super::programme::{Enrol, Fill, Leave};
use super::store::{Aefi, AefiLater, Fridge, Incident, LotEvent, Receive};
use super::vaccination::{Campaign, Loss, Pregnant, Session, Tetanus};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Story {
    pub title: String,
    /// The law or practice the story shows.
    pub source: String,
    #[serde(default = "villages")]
    pub villages: Vec<String>,
    /// Compartments open to whoever tells the story, by their code.
    #[serde(default)]
    pub open: Vec<String>,
    pub step: Vec<Step>,
}

fn villages() -> Vec<String> {
    vec!["Khe Pháo".into(), "Bản Chang".into()]
}

/// What happens at one time; of each kind one thing or several, told in the order of the fields.
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
    #[serde(default)]
    pub household: Many<Household>,
    #[serde(default)]
    pub register: Many<Register>,
    #[serde(default)]
    pub born: Many<Born>,
    #[serde(default)]
    pub amend: Many<Amend>,
    #[serde(default)]
    pub number: Many<Number>,
    #[serde(default)]
    pub number_ended: Many<NumberEnded>,
    #[serde(default)]
    pub joined: Many<Joined>,
    #[serde(default)]
    pub moved: Many<Moved>,
    #[serde(default)]
    pub left: Many<Left>,
    #[serde(default)]
    pub pregnant: Many<Pregnant>,
    #[serde(default)]
    pub lost: Many<Loss>,
    #[serde(default)]
    pub tetanus: Many<Tetanus>,
    #[serde(default)]
    pub campaign: Many<Campaign>,
    #[serde(default)]
    pub session: Many<Session>,
    #[serde(default)]
    pub receive: Many<Receive>,
    #[serde(default)]
    pub lot: Many<LotEvent>,
    #[serde(default)]
    pub dose: Many<Dose>,
    #[serde(default)]
    pub defer: Many<Defer>,
    #[serde(default)]
    pub contraindicate: Many<Contraindicate>,
    #[serde(default)]
    pub enrol: Many<Enrol>,
    #[serde(default)]
    pub fill: Many<Fill>,
    #[serde(default)]
    pub leave: Many<Leave>,
    #[serde(default)]
    pub stillbirth: Many<Stillbirth>,
    #[serde(default)]
    pub death: Many<Death>,
    #[serde(default)]
    pub retract: Many<Retract>,
    #[serde(default)]
    pub link: Many<Link>,
    #[serde(default)]
    pub part: Many<Part>,
    #[serde(default)]
    pub apart: Many<Apart>,
    #[serde(default)]
    pub aefi: Many<Aefi>,
    #[serde(default)]
    pub aefi_later: Many<AefiLater>,
    #[serde(default)]
    pub fridge: Many<Fridge>,
    #[serde(default)]
    pub incident: Many<Incident>,
    #[serde(default)]
    pub import: Many<Import>,
    #[serde(default)]
    pub look: Many<Look>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    /// One child or several: `An, Bình`.
    pub who: String,
    /// One vaccine or all of one visit: `SII + BOPV`.
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
pub struct Stillbirth {
    pub mother: String,
    pub on: String,
    pub sex: String,
    pub weeks: u8,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Death {
    pub who: String,
    pub on: String,
    pub at: Option<String>,
    pub cause: Option<String>,
}

/// Takes back what was written by mistake: the line of the timeline with this word on this day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retract {
    pub who: String,
    /// As the timeline says it: `Tiêm`, `Tử vong`.
    pub what: String,
    pub on: String,
    pub reason: String,
}

/// Two records are of one person: `other` is read as part of `kept`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    pub kept: String,
    pub other: String,
    /// Fields whose value on the other record is the right one.
    #[serde(default)]
    pub take: Vec<String>,
}

/// A link was a mistake: the record that was read as part of `who` stands alone again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    pub who: String,
    pub other: String,
    pub reason: String,
    /// Things written since that belong to the other one, by kind: `Tiêm`.
    #[serde(default)]
    pub take: Vec<String>,
}

/// Two records that look alike are of two people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apart {
    pub one: String,
    pub other: String,
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
    /// Nickname of whose record, card or timeline.
    pub record: Option<String>,
    pub card: Option<String>,
    /// Short names of the series of the card that are looked at; all when empty.
    #[serde(default)]
    pub series: Vec<String>,
    pub timeline: Option<String>,
    /// Nickname of a household, or `NUMBER, village`.
    pub home: Option<String>,
    /// The households of this village.
    pub homes: Option<String>,
    /// Days ahead.
    pub worklist: Option<i32>,
    /// Only this village of the worklist.
    pub village: Option<String>,
    /// Codes of indicators.
    #[serde(default)]
    pub indicators: Vec<String>,
    /// `2026`, `2026-01`, `2026-Q1`, `2026-H1`.
    pub period: Option<String>,
    /// As it was known at the end of this day.
    pub known: Option<String>,
    /// The network as it was on this day.
    pub tree: Option<String>,
    /// The numbers by village, and by sex and age.
    #[serde(default)]
    pub by_village: bool,
    #[serde(default)]
    pub by_age: bool,
    /// Code of the indicator whose people are listed.
    pub people: Option<String>,
    /// Nickname of whose programmes; code of a programme whose register; days ahead of visits due.
    pub care: Option<String>,
    /// Nickname of whose allergies and history stand beside the record.
    pub sight: Option<String>,
    pub register: Option<String>,
    pub due: Option<i32>,
    pub search: Option<String>,
    /// What should be looked at again.
    #[serde(default)]
    pub inbox: bool,
    /// What there is of each lot.
    #[serde(default)]
    pub stock: bool,
    /// The card of a lot: `BCG, 26A1`.
    pub stock_card: Option<String>,
    /// The stock report of a period.
    pub stock_month: Option<String>,
    /// The vaccination day planned last, the campaign planned last.
    #[serde(default)]
    pub session: bool,
    #[serde(default)]
    pub campaign: bool,
    /// Drop-outs and overdue doses.
    #[serde(default)]
    pub gaps: bool,
    /// What the unit gave in a period.
    pub given: Option<String>,
    /// Nickname of a child that is behind; of a woman.
    pub catch_up: Option<String>,
    pub tetanus: Option<String>,
    /// Adverse events and their reports.
    #[serde(default)]
    pub events: bool,
    /// The fridge from one day to another: `2026-03-01..2026-03-04`.
    pub cold: Option<String>,
}
