//! Whom a row is about, when the person must be on record already.

use super::{Known, Records, Villages};
use std::collections::HashMap;
use tram_kernel::identifier::Identifier;
use tram_kernel::text::fold;
use tram_kernel::{AreaId, BirthDate, Finding, Message, PersonId, Precision, Sex};

/// What a row says of somebody.
#[derive(Debug, Clone, PartialEq)]
pub struct Who {
    pub name: Option<String>,
    pub sex: Option<Sex>,
    pub born: Option<BirthDate>,
    /// As written.
    pub village: Option<String>,
    pub citizen: Option<Identifier>,
    pub insurance: Option<Identifier>,
    pub temporary: Option<Identifier>,
}

impl Who {
    /// The numbers it names.
    pub fn numbers(&self) -> impl Iterator<Item = &Identifier> {
        self.citizen.iter().chain(&self.insurance).chain(&self.temporary)
    }
}

/// Somebody found, with what should be said about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Meant {
    pub id: PersonId,
    pub findings: Vec<Finding>,
}

/// Finds people of the unit: by a number they hold, else by name and birth where only one fits.
pub struct Finder<'a> {
    records: &'a Records,
    villages: &'a Villages,
    by_number: HashMap<&'a str, usize>,
    by_name: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Finder<'a> {
    pub fn new(records: &'a Records, villages: &'a Villages) -> Self {
        let mut by_number = HashMap::new();
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, known) in records.people.iter().enumerate() {
            let numbers = known.citizen.iter().chain(&known.insurance).chain(&known.others);
            by_number.extend(numbers.map(|number| (number.as_str(), at)));
            by_name.entry(known.folded.as_str()).or_default().push(at);
        }
        Self { records, villages, by_number, by_name }
    }

    /// Who is meant, or why nobody can be told.
    pub fn find(&self, who: &Who, row: u32) -> Result<Meant, Finding> {
        match self.by_number(who, row)? {
            Some(known) => Ok(Meant { id: known.id, findings: differences(who, known, row) }),
            None => self.by_name(who, row),
        }
    }

    /// Who holds a number, whatever a row says of them.
    pub fn holder(&self, number: &Identifier) -> Option<&'a Known> {
        self.by_number.get(number.value()).map(|at| &self.records.people[*at])
    }

    /// People of a village with this name, and this birth when one is given.
    pub fn namesakes(&self, name: &str, born: Option<BirthDate>, area: AreaId) -> Vec<&'a Known> {
        let folded = fold(name);
        let named = self.by_name.get(folded.as_str()).map_or(&[][..], Vec::as_slice);
        let people = named.iter().map(|at| &self.records.people[*at]);
        let fits = |known: &&Known| {
            let same = |born: BirthDate| born == known.born || is_loose(born, known.born);
            known.area == Some(area) && !known.away && born.is_none_or(same)
        };
        people.filter(fits).collect()
    }

    fn by_number(&self, who: &Who, row: u32) -> Result<Option<&'a Known>, Finding> {
        let numbers = [
            ("citizen", &who.citizen),
            ("temporary", &who.temporary),
            ("insurance", &who.insurance),
        ];
        let mut found: Option<&Known> = None;
        for (field, number) in numbers {
            let Some(number) = number else { continue };
            if self.records.elsewhere.contains(number.value()) {
                let message = Message::new("row-number-elsewhere").with("tail", number.tail());
                return Err(Finding::error(message).at_row(row).of(field));
            }
            let Some(known) = self.holder(number) else { continue };
            if !may_be(who, known) || found.is_some_and(|other| other.id != known.id) {
                let message = Message::new("row-number-of-other")
                    .with("tail", number.tail())
                    .with("born", known.born.show())
                    .with("place", known.area.map_or("", |area| self.villages.name(area)));
                return Err(Finding::error(message).at_row(row).of(field));
            }
            found = Some(known);
        }
        Ok(found)
    }

    fn by_name(&self, who: &Who, row: u32) -> Result<Meant, Finding> {
        let refuse = |code: &'static str| Finding::error(Message::new(code)).at_row(row).of("name");
        let (Some(name), Some(born)) = (&who.name, who.born) else {
            return Err(refuse("row-person-unknown"));
        };
        let area = match &who.village {
            None => None,
            written => Some(self.villages.place(written.as_deref(), row)?),
        };
        let folded = fold(name);
        let namesakes = self.by_name.get(folded.as_str()).map_or(&[][..], Vec::as_slice);
        let fits = |exact: bool| -> Vec<&Known> {
            let people = namesakes.iter().map(|at| &self.records.people[*at]);
            people
                .filter(|known| area.is_none() || known.area == area)
                .filter(|known| who.sex.is_none_or(|sex| sex == known.sex))
                .filter(|known| other_citizen(who, known).is_none())
                .filter(|known| match exact {
                    true => known.born == born,
                    false => is_loose(born, known.born),
                })
                .collect()
        };
        let (people, is_exact) = match fits(true) {
            people if people.is_empty() => (fits(false), false),
            people => (people, true),
        };
        match people[..] {
            [known] => {
                let mut findings = Vec::new();
                if !is_exact {
                    let message =
                        Message::new("row-person-loosely").with("born", known.born.show());
                    findings.push(Finding::warning(message).at_row(row).of("born"));
                }
                Ok(Meant { id: known.id, findings })
            }
            [] => Err(refuse("row-person-unknown")),
            _ => {
                let message = Message::new("row-person-several").with("n", people.len());
                Err(Finding::error(message).at_row(row).of("name"))
            }
        }
    }
}

/// One of the two is known only to the year.
fn is_loose(one: BirthDate, other: BirthDate) -> bool {
    let to_year = |born: BirthDate| born.precision() == Precision::Year;
    one.year() == other.year() && (to_year(one) || to_year(other))
}

/// A number makes the same person of two spellings or two birth dates, but not of both.
fn may_be(who: &Who, known: &Known) -> bool {
    let name = who.name.as_ref().map(|name| fold(name) == known.folded);
    let born = who.born.map(|born| born == known.born || is_loose(born, known.born));
    !matches!((name, born), (Some(false), Some(false) | None))
}

/// The record has another citizen number than the row.
fn other_citizen<'k>(who: &Who, known: &'k Known) -> Option<&'k str> {
    let listed = who.citizen.as_ref()?;
    known.citizen.as_deref().filter(|held| *held != listed.value())
}

/// What the row says otherwise than the record, which stays as it is.
fn differences(who: &Who, known: &Known, row: u32) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut say = |message: Message, field: &'static str| {
        findings.push(Finding::warning(message).at_row(row).of(field));
    };
    if who.name.as_ref().is_some_and(|name| fold(name) != known.folded) {
        say(Message::new("row-known-other-name").with("name", known.name.as_str()), "name");
    }
    if who.born.is_some_and(|born| born != known.born && !is_loose(born, known.born)) {
        say(Message::new("row-known-other-birth").with("born", known.born.show()), "born");
    }
    if who.sex.is_some_and(|sex| sex != known.sex) {
        say(Message::new("row-known-other-sex"), "sex");
    }
    findings
}
