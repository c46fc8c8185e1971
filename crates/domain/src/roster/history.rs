//! Doses of the past, copied from a book or another program: judged like a dose that is typed.

use super::{Finder, Meant, Outcome, Who};
use crate::fact::DoseGiven;
use crate::immunisation::{Course, Refusal, put_on_card, record};
use crate::person::Person;
use std::collections::HashMap;
use tram_defs::Definitions;
use tram_defs::immunisation::Vaccine;
use tram_kernel::text::{fold, words};
use tram_kernel::{Date, Finding, Message, PersonId};

/// One row of a vaccination history, typed.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedDose {
    /// Sheet and row, as [`place`](super::place) puts them together.
    pub row: u32,
    pub who: Who,
    /// Product, as written.
    pub vaccine: Option<String>,
    /// Disease or antigen, as written.
    pub antigen: Option<String>,
    pub given: Date,
    /// Number of the dose, as written.
    pub dose: Option<u8>,
    pub lot: Option<String>,
    pub place: Option<String>,
}

impl ListedDose {
    /// The dose as the record keeps it: copied from a paper, given by nobody here, so that no stock moves.
    pub fn dose(&self, vaccine: &str) -> DoseGiven {
        DoseGiven {
            vaccine: vaccine.to_owned(),
            minute: None,
            lot: self.lot.clone(),
            site: None,
            giver: None,
            elsewhere: self.place.clone(),
            screened: false,
            temperature: None,
        }
    }
}

/// The vaccines of the definitions, found by the words lists use for them.
pub struct Vaccines<'a> {
    defs: &'a Definitions,
    by_word: HashMap<String, Vec<&'a str>>,
}

impl<'a> Vaccines<'a> {
    pub fn new(defs: &'a Definitions) -> Self {
        let mut by_word: HashMap<String, Vec<&str>> = HashMap::new();
        for vaccine in &defs.vaccines {
            let brand = vaccine.name.rsplit('(').next().unwrap_or_default();
            for word in [vaccine.code.as_str(), vaccine.name.as_str(), brand] {
                let codes = by_word.entry(key(word)).or_default();
                if !codes.contains(&vaccine.code.as_str()) {
                    codes.push(&vaccine.code);
                }
            }
        }
        Self { defs, by_word }
    }

    /// The one vaccine meant by a product, or by an antigen that only one product of the list serves.
    fn find(&self, listed: &ListedDose) -> Result<&'a str, Finding> {
        let error = |field: &'static str, message: Message| {
            Err(Finding::error(message).at_row(listed.row).of(field))
        };
        let (field, word) = match (&listed.vaccine, &listed.antigen) {
            (Some(word), _) => ("vaccine", word),
            (None, Some(word)) => ("antigen", word),
            (None, None) => return error("vaccine", Message::new("row-vaccine-missing")),
        };
        let by_product = self.by_word.get(&key(word)).cloned();
        let codes = by_product.unwrap_or_else(|| self.of_antigen(word));
        match codes[..] {
            [one] => Ok(one),
            [] => error(field, Message::new("row-vaccine-unknown").with("typed", word.as_str())),
            _ => {
                let name = |code: &&str| self.defs.vaccine(code).map(|v| v.name.as_str());
                let names: Vec<&str> = codes.iter().filter_map(name).collect();
                let message = Message::new("row-vaccine-several").with("typed", word.as_str());
                error(field, message.with("names", names.join("; ")))
            }
        }
    }

    /// Products that serve the series of this name and no other; the same product may serve a child's series
    /// and that of women.
    fn of_antigen(&self, word: &str) -> Vec<&'a str> {
        let key = key(word);
        let named: Vec<&str> = self
            .defs
            .all_series()
            .filter(|s| [&s.code, &s.name, &s.short].into_iter().any(|name| self::key(name) == key))
            .map(|s| s.code.as_str())
            .collect();
        let own = |vaccine: &&'a Vaccine| {
            let of_women = |code: &&String| self.defs.is_of_women(code);
            let (women, others): (Vec<&String>, Vec<&String>) =
                vaccine.series.iter().partition(of_women);
            let served = if others.is_empty() { women } else { others };
            matches!(served[..], [only] if named.contains(&only.as_str()))
        };
        self.defs.vaccines.iter().filter(own).map(|vaccine| vaccine.code.as_str()).collect()
    }
}

/// Letters and digits only.
fn key(word: &str) -> String {
    words(&fold(word)).collect()
}

/// A row with what becomes of it.
#[derive(Debug, Clone)]
pub struct JudgedDose<'a> {
    pub listed: &'a ListedDose,
    pub outcome: Outcome,
    pub person: Option<PersonId>,
    /// Code of the vaccine.
    pub vaccine: String,
    pub findings: Vec<Finding>,
}

/// Judges a history. `load` gives the record of a person; the answer is in the order of the list.
pub fn judge_doses<'a, E>(
    rows: &'a [ListedDose],
    finder: &Finder<'_>,
    defs: &Definitions,
    today: Date,
    mut load: impl FnMut(PersonId) -> Result<Option<Person>, E>,
) -> Result<Vec<JudgedDose<'a>>, E> {
    let vaccines = Vaccines::new(defs);
    let mut judged: Vec<JudgedDose<'a>> =
        rows.iter().map(|listed| meant(listed, finder, &vaccines)).collect();
    // A later dose is judged with the earlier ones on the card, wherever they stand in the list.
    let mut order: Vec<usize> =
        (0..judged.len()).filter(|at| judged[*at].person.is_some()).collect();
    order.sort_by_key(|at| (judged[*at].person, judged[*at].listed.given, judged[*at].listed.row));
    let mut open: Option<(PersonId, Person)> = None;
    for at in order {
        let Some(id) = judged[at].person else { continue };
        if open.as_ref().is_none_or(|(of, _)| *of != id) {
            open = load(id)?.map(|person| (id, person));
        }
        match &mut open {
            Some((_, person)) => judge_one(&mut judged[at], person, defs, today),
            None => judged[at].refuse("name", Message::new("row-person-unknown")),
        }
    }
    Ok(judged)
}

fn meant<'a>(
    listed: &'a ListedDose,
    finder: &Finder<'_>,
    vaccines: &Vaccines<'_>,
) -> JudgedDose<'a> {
    let mut row = JudgedDose {
        listed,
        outcome: Outcome::Refused,
        person: None,
        vaccine: String::new(),
        findings: Vec::new(),
    };
    match vaccines.find(listed) {
        Ok(code) => code.clone_into(&mut row.vaccine),
        Err(finding) => row.findings.push(finding),
    }
    match finder.find(&listed.who, listed.row) {
        Ok(Meant { id, findings }) => {
            row.findings.extend(findings);
            row.person = Some(id).filter(|_| !row.vaccine.is_empty());
        }
        Err(finding) => row.findings.push(finding),
    }
    row
}

impl JudgedDose<'_> {
    fn warn(&mut self, field: &'static str, message: Message) {
        self.findings.push(Finding::warning(message).at_row(self.listed.row).of(field));
    }

    fn refuse(&mut self, field: &'static str, message: Message) {
        self.outcome = Outcome::Refused;
        self.findings.push(Finding::error(message).at_row(self.listed.row).of(field));
    }
}

/// One dose beside those on the card; a dose that can stand is put on the card for the next.
fn judge_one(row: &mut JudgedDose<'_>, person: &mut Person, defs: &Definitions, today: Date) {
    let dose = row.listed.dose(&row.vaccine);
    match record(defs, person, dose, row.listed.given, today) {
        Ok((fact, warnings)) => {
            row.outcome = Outcome::New;
            for warning in warnings {
                row.warn("given", warning.message(defs));
            }
            put_on_card(person, &fact);
        }
        Err(Refusal::AlreadyRecorded { .. }) => row.outcome = Outcome::Known(person.id),
        Err(refusal) => {
            let field = match &refusal {
                Refusal::UnknownVaccine { .. } => "vaccine",
                _ => "given",
            };
            row.refuse(field, refusal.message());
            return;
        }
    }
    number_said(row, person, defs);
}

/// The number written beside a dose is compared with the one it has on the card.
fn number_said(row: &mut JudgedDose<'_>, person: &Person, defs: &Definitions) {
    let Some(written) = row.listed.dose else { return };
    let same = |d: &&crate::person::On<DoseGiven>| {
        d.day == row.listed.given && d.what.vaccine == row.vaccine
    };
    let Some(at) = person.doses.iter().find(same).map(|dose| dose.at) else { return };
    let course = Course::of(defs, person);
    let counted: Vec<u8> = course
        .verdicts_on(at)
        .filter_map(|verdict| verdict.counts.as_ref().ok().copied())
        .collect();
    if let Some(first) = counted.first()
        && !counted.contains(&written)
    {
        let message = Message::new("row-dose-number").with("written", i64::from(written));
        row.warn("dose", message.with("counted", i64::from(*first)));
    }
}
