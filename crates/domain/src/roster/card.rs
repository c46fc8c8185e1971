//! Insurance cards of people on record.

use super::{Finder, Meant, Outcome, Who};
use crate::fact::{Fact, IdentifierRecorded};
use crate::person::{Person, Refusal, record_identifier};
use std::collections::HashMap;
use tram_kernel::identifier::Identifier;
use tram_kernel::{Date, Finding, Message, PersonId};

/// One row of a list of cards, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedCard {
    /// Sheet and row, as [`place`](super::place) puts them together.
    pub row: u32,
    pub who: Who,
    pub card: Identifier,
    pub from: Option<Date>,
    pub to: Option<Date>,
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct JudgedCard<'a> {
    pub listed: &'a ListedCard,
    pub outcome: Outcome,
    pub person: Option<PersonId>,
    pub findings: Vec<Finding>,
}

/// The facts a row adds to a record: none when the record says as much already. A card that runs out
/// earlier than what is known, or says nothing new, changes nothing.
pub fn add_card(person: &Person, listed: &ListedCard, today: Date) -> Result<Vec<Fact>, Refusal> {
    let held = person.identifiers.iter().find(|h| h.identifier == listed.card && !h.ended);
    let (from, to) = match held {
        None => (listed.from, listed.to),
        Some(held) => {
            let later = match (held.to, listed.to) {
                (Some(known), Some(to)) => to > known,
                (None, Some(_)) => true,
                _ => false,
            };
            let earlier_start = held.from.is_none() && listed.from.is_some();
            if !later && !earlier_start {
                return Ok(Vec::new());
            }
            (held.from.or(listed.from), if later { listed.to } else { held.to })
        }
    };
    let body = IdentifierRecorded { identifier: listed.card.clone(), from, to };
    match record_identifier(person, body, today) {
        Ok(decided) => {
            let mut facts = decided.facts;
            for fact in &mut facts {
                // A card that begins next year is known today.
                fact.happened_on = fact.happened_on.min(today);
            }
            Ok(facts)
        }
        Err(Refusal::NoChange) => Ok(Vec::new()),
        Err(refusal) => Err(refusal),
    }
}

/// Judges a list of cards. `load` gives the record of a person.
pub fn judge_cards<'a, E>(
    rows: &'a [ListedCard],
    finder: &Finder<'_>,
    today: Date,
    mut load: impl FnMut(PersonId) -> Result<Option<Person>, E>,
) -> Result<Vec<JudgedCard<'a>>, E> {
    let mut seen: HashMap<&str, (u32, Option<PersonId>)> = HashMap::new();
    let mut judged = Vec::with_capacity(rows.len());
    for listed in rows {
        let mut row =
            JudgedCard { listed, outcome: Outcome::Refused, person: None, findings: Vec::new() };
        match finder.find(&listed.who, listed.row) {
            Err(finding) => row.findings.push(finding),
            Ok(Meant { id, findings }) => {
                row.findings.extend(findings);
                let person = load(id)?;
                judge_one(&mut row, id, person.as_ref(), finder, today);
                let (first, of) =
                    *seen.entry(listed.card.value()).or_insert((listed.row, Some(id)));
                if first != listed.row && of != Some(id) {
                    let message = Message::new("row-number-twice").with("row", i64::from(first));
                    row.refuse(message);
                }
            }
        }
        judged.push(row);
    }
    Ok(judged)
}

impl JudgedCard<'_> {
    fn refuse(&mut self, message: Message) {
        self.outcome = Outcome::Refused;
        self.findings.push(Finding::error(message).at_row(self.listed.row).of("insurance"));
    }
}

fn judge_one(
    row: &mut JudgedCard<'_>,
    id: PersonId,
    person: Option<&Person>,
    finder: &Finder<'_>,
    today: Date,
) {
    let card = &row.listed.card;
    if let Some(other) = finder.holder(card).filter(|known| known.id != id) {
        let message = Message::new("row-number-of-other")
            .with("tail", card.tail())
            .with("born", other.born.show())
            .with("place", "");
        return row.refuse(message);
    }
    let Some(person) = person else { return row.refuse(Message::new("row-person-unknown")) };
    match add_card(person, row.listed, today) {
        Ok(facts) => {
            row.person = Some(id);
            row.outcome = if facts.is_empty() { Outcome::Known(id) } else { Outcome::New };
        }
        Err(refusal) => row.refuse(refusal.message()),
    }
}
