//! The rows of a list, whatever they list: what all kinds share, and the one place where they part.
//!
//! ```text
//! with_rows ─► parse (exchange) ─► judge (domain) ─► dyn Rows ─┬─► checked: findings, to be staged
//!    people | households | doses | cards | entries              └─► write: facts of one row, in its transaction
//! ```

mod cards;
mod doses;
mod entries;
mod households;
mod judged;
mod people;

pub use judged::{Checked, Good, List};
use judged::{Judgements, REFUSED, Said, Verdict};

use super::{ListKind, Opened, villages_of};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::HashSet;
use tram_defs::role::Action;
use tram_domain::fact::{Fact, Subject};
use tram_domain::person::Person;
use tram_domain::roster::{Records, Villages};
use tram_exchange::list::{self, Beside, Field, ListRow, ParsedRow};
use tram_kernel::identifier::Identifier;
use tram_kernel::{Finding, Message, PersonId, Severity};
use tram_store::import::{holders, records};
use tram_store::{Sql, Tx};

/// What became of a row.
#[derive(Clone, Copy)]
pub enum Done {
    Added,
    Updated,
    Unchanged,
}

/// What a row writes, decided with the records as they are now.
pub struct Written {
    pub subject: Subject,
    pub facts: Vec<Fact>,
    pub warnings: Vec<Message>,
    pub done: Done,
}

/// The program that writes, and from which file.
pub struct Writer<'a> {
    pub app: &'a App,
    pub file: &'a str,
}

/// The rows of one list, judged, and what they write.
pub trait Rows {
    fn list(&self) -> &dyn List;

    /// A further action the writer must be allowed.
    fn also(&self) -> Option<Action> {
        None
    }

    /// A transaction begins, perhaps again: what an attempt decided did not happen.
    fn begin(&mut self) {}

    /// The transaction stands.
    fn end(&mut self) {}

    /// The facts of the good row at this place of [`List::good`].
    fn write(&mut self, by: &Writer<'_>, tx: &mut Tx<'_>, at: usize) -> Result<Written, Failure>;
}

/// What is done with judged rows, and what it answers.
pub type Work<'w, R> = &'w mut dyn FnMut(&mut dyn Rows) -> Result<R, Failure>;

impl App {
    /// Parses and judges the chosen sheets of a file.
    pub(super) fn with_rows<R>(
        &self,
        actor: &Actor,
        opened: &Opened,
        work: Work<'_, R>,
    ) -> Result<R, Failure> {
        match &opened.kind {
            ListKind::People => people::with(self, actor, opened, work),
            ListKind::Households => households::with(self, actor, opened, work),
            ListKind::Vaccinations => doses::with(self, actor, opened, work),
            ListKind::Cards => cards::with(self, actor, opened, work),
            ListKind::Form(form) => entries::with(self, actor, opened, form, work),
        }
    }

    fn list_villages(&self, actor: &Actor) -> Result<Villages, Failure> {
        let today = self.today();
        self.read(actor, Action::ImportRun, Resource::Unit(actor.unit), |sql, reach| {
            villages_of(sql, actor, reach, today)
        })
    }

    /// Every row of the chosen sheets.
    fn parse_rows<T: ListRow>(&self, opened: &Opened, villages: &Villages) -> Vec<ParsedRow<T>> {
        let defs = self.definitions();
        let mut parsed = Vec::new();
        for (at, sheet, mapping) in opened.sheets() {
            // A sheet of one village bears its name.
            let named = villages.find(&sheet.name).is_some()
                || opened.all && opened.chosen.len() > 1 && villages.only().is_none();
            let village = named.then_some(sheet.name.as_str());
            let (today, order) = (self.today(), opened.order);
            let beside = Beside { defs: &defs, today, sheet: at, order, village };
            parsed.extend(list::parse::<T>(sheet, mapping, beside));
        }
        parsed
    }

    /// The records a list is held against; `numbers` are those it names.
    fn records_for<'n>(
        &self,
        actor: &Actor,
        numbers: impl Iterator<Item = &'n Identifier>,
    ) -> Result<Records, Failure> {
        let today = self.today();
        self.read(actor, Action::ImportRun, Resource::Unit(actor.unit), |sql, reach| {
            let mut records = records(sql, actor.unit_key, reach, today)?;
            let ours: HashSet<&str> = records
                .people
                .iter()
                .flat_map(|k| k.citizen.iter().chain(&k.insurance).chain(&k.others))
                .map(String::as_str)
                .collect();
            let foreign: Vec<&str> =
                numbers.map(Identifier::value).filter(|number| !ours.contains(number)).collect();
            let elsewhere = holders(sql, &foreign)?;
            records.elsewhere = elsewhere.into_iter().map(|(number, _)| number).collect();
            Ok(records)
        })
    }

    /// Opens records one after the other, as they are now.
    fn with_people<R>(
        &self,
        actor: &Actor,
        work: impl FnOnce(
            &mut dyn FnMut(PersonId) -> Result<Option<Person>, Failure>,
        ) -> Result<R, Failure>,
    ) -> Result<R, Failure> {
        let nodes = self.db.nodes();
        self.read(actor, Action::ImportRun, Resource::Unit(actor.unit), |sql: &mut dyn Sql, _| {
            work(&mut |id| {
                let facts = tram_store::person::facts(sql, &nodes, id.into(), None)?;
                Ok(Person::fold(id, &facts))
            })
        })
    }
}

/// The typed rows of those that could be read.
fn listed<T: Clone>(parsed: &[ParsedRow<T>]) -> Vec<T> {
    parsed.iter().filter_map(|row| row.listed.clone()).collect()
}

/// The sentences of what was doubtful in a row.
fn warnings(findings: &[Finding]) -> Vec<Message> {
    let doubtful = findings.iter().filter(|finding| finding.severity != Severity::Info);
    doubtful.map(|finding| finding.message.clone()).collect()
}

/// The column a person is named in, for messages about a whole row.
pub const fn name_field(kind: &ListKind) -> &'static str {
    match kind {
        ListKind::Households => Field::Head.code(),
        _ => Field::Name.code(),
    }
}
