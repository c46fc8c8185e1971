//! Rows against each other and against the records: who is new, who is known, what cannot be.

use super::{Home, Listed, Villages, home, newcomer};
use crate::person::register;
use std::collections::{HashMap, HashSet};
use tram_kernel::text::fold;
use tram_kernel::{
    AreaId, BirthDate, Date, Finding, HouseholdId, Message, PersonId, Precision, Severity, Sex,
};

/// What the records hold of one person, as far as a list is compared with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    pub id: PersonId,
    pub name: String,
    pub folded: String,
    pub sex: Sex,
    pub born: BirthDate,
    /// Where the person lives, or lived last.
    pub area: Option<AreaId>,
    /// Moved away or dead.
    pub away: bool,
    pub household_id: Option<HouseholdId>,
    pub household: Option<String>,
    /// Numbers held now.
    pub citizen: Option<String>,
    pub insurance: Option<String>,
    /// Further cards, and codes of our own.
    pub others: Vec<String>,
}

/// The records a list is held against.
#[derive(Debug, Clone, Default)]
pub struct Records {
    pub people: Vec<Known>,
    /// Numbered households: village, number, which.
    pub households: Vec<(AreaId, String, HouseholdId)>,
    /// Numbers of the list that belong to records of other places.
    pub elsewhere: HashSet<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A record is opened.
    New,
    /// The person has a record; what it lacks is added.
    Known(PersonId),
    /// An error stands in the findings.
    Refused,
}

impl Outcome {
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Known(_) => "known",
            Self::Refused => "refused",
        }
    }
}

/// One row with what becomes of it.
#[derive(Debug, Clone)]
pub struct Judged<'a> {
    pub listed: &'a Listed,
    pub outcome: Outcome,
    pub area: Option<AreaId>,
    /// Index of its household in [`Judgement::homes`].
    pub home: Option<usize>,
    pub findings: Vec<Finding>,
}

/// A whole list, judged.
#[derive(Debug, Clone)]
pub struct Judgement<'a> {
    pub rows: Vec<Judged<'a>>,
    pub homes: Vec<Home>,
}

type Look = (AreaId, String, BirthDate, Sex);

/// Judges a list. Rows stay in the order of the list.
pub fn judge<'a>(
    rows: &'a [Listed],
    villages: &Villages,
    records: &Records,
    today: Date,
) -> Judgement<'a> {
    let mut judge = Judge::new(records, villages, today);
    let rows = rows.iter().map(|listed| judge.row(listed)).collect();
    let mut judgement = Judgement { rows, homes: Vec::new() };
    home::assign(&mut judgement, records);
    judgement
}

struct Judge<'a> {
    villages: &'a Villages,
    records: &'a Records,
    today: Date,
    by_number: HashMap<&'a str, usize>,
    by_look: HashMap<Look, Vec<usize>>,
    /// Records of another village of the unit that look the same.
    by_look_anywhere: HashMap<(String, BirthDate, Sex), usize>,
    taken: HashMap<usize, u32>,
    numbers_seen: HashMap<(&'static str, String), u32>,
    looks_seen: HashMap<Look, (u32, Option<String>, Option<String>)>,
}

impl<'a> Judge<'a> {
    fn new(records: &'a Records, villages: &'a Villages, today: Date) -> Self {
        let mut by_number = HashMap::new();
        let mut by_look: HashMap<Look, Vec<usize>> = HashMap::new();
        let mut by_look_anywhere = HashMap::new();
        for (at, known) in records.people.iter().enumerate() {
            for number in known.citizen.iter().chain(&known.insurance) {
                by_number.insert(number.as_str(), at);
            }
            if let Some(area) = known.area {
                let look = (area, known.folded.clone(), known.born, known.sex);
                by_look.entry(look).or_default().push(at);
            }
            by_look_anywhere.insert((known.folded.clone(), known.born, known.sex), at);
        }
        Self {
            villages,
            records,
            today,
            by_number,
            by_look,
            by_look_anywhere,
            taken: HashMap::new(),
            numbers_seen: HashMap::new(),
            looks_seen: HashMap::new(),
        }
    }

    fn row<'r>(&mut self, listed: &'r Listed) -> Judged<'r> {
        let mut findings = Vec::new();
        let area = self.area(listed, &mut findings);
        self.repeated_numbers(listed, &mut findings);
        let by_number = self.by_number(listed, &mut findings);
        let wrong = |findings: &[Finding]| findings.iter().any(|f| f.severity == Severity::Error);
        let mut outcome = Outcome::Refused;
        if let (false, Some(area)) = (wrong(&findings), area) {
            let look = (area, fold(&listed.name), listed.born, listed.sex);
            let found = by_number.or_else(|| self.by_look(listed, &look, &mut findings));
            self.repeated_look(listed, look, &mut findings);
            outcome = match found {
                Some(at) => self.take(at, listed, area, &mut findings),
                None => {
                    self.alike_elsewhere(listed, &mut findings);
                    self.may_open(listed, area, &mut findings);
                    Outcome::New
                }
            };
        }
        if wrong(&findings) {
            outcome = Outcome::Refused;
        }
        Judged { listed, outcome, area, home: None, findings }
    }

    fn area(&self, listed: &Listed, findings: &mut Vec<Finding>) -> Option<AreaId> {
        let found = self.villages.place(listed.village.as_deref(), listed.row);
        found.map_err(|finding| findings.push(finding)).ok()
    }

    /// The same number in an earlier row of the list.
    fn repeated_numbers(&mut self, listed: &Listed, findings: &mut Vec<Finding>) {
        let numbers = [
            ("citizen", &listed.citizen),
            ("insurance", &listed.insurance),
            ("old_card", &listed.old_card),
        ];
        for (field, number) in numbers {
            let Some(number) = number else { continue };
            let key = (field, number.value().to_owned());
            let first = *self.numbers_seen.entry(key).or_insert(listed.row);
            if first != listed.row {
                let message = Message::new("row-number-twice").with("row", i64::from(first));
                findings.push(Finding::error(message).at_row(listed.row).of(field));
            }
        }
    }

    /// The record that holds a number of this row, when it can be the same person.
    fn by_number(&self, listed: &Listed, findings: &mut Vec<Finding>) -> Option<usize> {
        let mut found = None;
        for (field, number) in [("citizen", &listed.citizen), ("insurance", &listed.insurance)] {
            let Some(number) = number else { continue };
            if self.records.elsewhere.contains(number.value()) {
                let message = Message::new("row-number-elsewhere").with("tail", number.tail());
                findings.push(Finding::error(message).at_row(listed.row).of(field));
                continue;
            }
            let Some(at) = self.by_number.get(number.value()).copied() else { continue };
            let known = &self.records.people[at];
            if self.may_be(listed, known) && found.is_none_or(|other| other == at) {
                found = Some(at);
            } else {
                let message = Message::new("row-number-of-other")
                    .with("tail", number.tail())
                    .with("born", known.born.show())
                    .with("place", known.area.map_or("", |area| self.villages.name(area)));
                findings.push(Finding::error(message).at_row(listed.row).of(field));
            }
        }
        found
    }

    /// A number makes the same person of two spellings, or of two birth dates, but not of both.
    fn may_be(&self, listed: &Listed, known: &Known) -> bool {
        fold(&listed.name) == known.folded
            || listed.born.first() == known.born.first() && listed.sex == known.sex
            || listed.born.year() == known.born.year()
                && listed.sex == known.sex
                && share_a_name(&fold(&listed.name), &known.folded)
    }

    /// A record of the village with this name, birth and sex that no earlier row has taken. Whoever lives
    /// in the same household comes first; two citizen numbers are two people.
    fn by_look(&self, listed: &Listed, look: &Look, findings: &mut Vec<Finding>) -> Option<usize> {
        let mut fits: Vec<usize> = self.by_look.get(look).cloned().unwrap_or_default();
        fits.retain(|at| {
            let known = &self.records.people[*at];
            let other = matches!((&known.citizen, &listed.citizen),
                (Some(known), Some(listed)) if known != listed.value());
            !other && !self.taken.contains_key(at)
        });
        let home = listed.household.as_deref();
        let at = fits
            .iter()
            .copied()
            .find(|at| self.records.people[*at].lives_in(home))
            .or_else(|| fits.first().copied())?;
        if listed.born.precision() != Precision::Day && !self.records.people[at].lives_in(home) {
            let message = Message::new("row-known-loosely").with("born", listed.born.show());
            findings.push(Finding::warning(message).at_row(listed.row).of("name"));
        }
        Some(at)
    }

    /// Two rows of one village with the same name, day of birth and sex.
    fn repeated_look(&mut self, listed: &Listed, look: Look, findings: &mut Vec<Finding>) {
        if listed.born.precision() != Precision::Day {
            return;
        }
        let number = listed.citizen.as_ref().map(|n| n.value().to_owned());
        let home = listed.household.as_deref().map(fold);
        match self.looks_seen.get(&look) {
            Some((_, _, Some(first))) if number.as_ref().is_some_and(|n| n != first) => {}
            Some((first, first_home, _)) => {
                let message = Message::new("row-person-twice").with("row", i64::from(*first));
                let same_home = home.is_some() && home == *first_home;
                let severity = if same_home { Severity::Error } else { Severity::Warning };
                findings.push(Finding::new(severity, message).at_row(listed.row).of("name"));
            }
            None => {
                self.looks_seen.insert(look, (listed.row, home, number));
            }
        }
    }

    /// The record becomes this row's; what differs is said, and the record stays as it is.
    fn take(
        &mut self,
        at: usize,
        listed: &Listed,
        area: AreaId,
        findings: &mut Vec<Finding>,
    ) -> Outcome {
        let known = &self.records.people[at];
        let mut say = |message: Message, field: &'static str| {
            findings.push(Finding::warning(message).at_row(listed.row).of(field));
        };
        if let Some(first) = self.taken.insert(at, listed.row) {
            let message = Message::new("row-person-twice").with("row", i64::from(first));
            findings.push(Finding::error(message).at_row(listed.row).of("name"));
            return Outcome::Refused;
        }
        if known.away {
            say(Message::new("row-known-away"), "name");
        } else if known.area != Some(area) {
            let place = known.area.map_or("", |area| self.villages.name(area));
            say(Message::new("row-known-other-village").with("place", place), "village");
        }
        if listed.name != known.name {
            say(Message::new("row-known-other-name").with("name", known.name.as_str()), "name");
        }
        if listed.born != known.born {
            say(Message::new("row-known-other-birth").with("born", known.born.show()), "born");
        }
        if listed.sex != known.sex {
            say(Message::new("row-known-other-sex"), "sex");
        }
        Outcome::Known(known.id)
    }

    /// The rules of registration, before anything is written.
    fn may_open(&self, listed: &Listed, area: AreaId, findings: &mut Vec<Finding>) {
        let Some(shard) = self.villages.shard(area) else { return };
        let id = PersonId::from_u128(0);
        let new = newcomer(id, listed, (area, shard), None, self.today);
        if let Err(refusal) = register(&new, self.today) {
            let field = if listed.since.is_some() { "since" } else { "born" };
            let field = refusal.field().unwrap_or(field);
            findings.push(Finding::error(refusal.message()).at_row(listed.row).of(field));
        }
    }

    /// The same name, full birth date and sex in another village of the unit: maybe moved, maybe not.
    fn alike_elsewhere(&self, listed: &Listed, findings: &mut Vec<Finding>) {
        if listed.born.precision() != Precision::Day {
            return;
        }
        let key = (fold(&listed.name), listed.born, listed.sex);
        let Some(at) = self.by_look_anywhere.get(&key) else { return };
        let known = &self.records.people[*at];
        let others = matches!((&known.citizen, &listed.citizen),
            (Some(known), Some(listed)) if known != listed.value());
        if !others && !self.taken.contains_key(at) {
            let place = known.area.map_or("", |area| self.villages.name(area));
            let message = Message::new("row-maybe-known").with("place", place);
            findings.push(Finding::warning(message).at_row(listed.row).of("name"));
        }
    }
}

/// The given name, which stands last, is the same.
fn share_a_name(one: &str, other: &str) -> bool {
    one.rsplit(' ').next() == other.rsplit(' ').next()
}
