//! Records of people: finding, opening, changing, moving, births, deaths.

mod change;
mod history;
mod link;
mod names;
mod page;

pub use change::{Amendment, Asking, MoveForm};
pub use history::HistoryLine;
pub use link::{Comparison, Joined, Side};
pub use page::{PersonPage, PersonView, parse_ref, show_ref};

use crate::actor::Actor;
use crate::authority::Resource;
use crate::command::Command;
use crate::failure::{Done, Failure};
use crate::opening::{App, unaccepted};
use tram_defs::role::Action;
use tram_domain::fact::IdentifierRecorded;
use tram_domain::person::{
    self, NewBirth, NewPerson, NewResidence, register, register_birth, temporary_identifier,
};
use tram_domain::search::Query;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, HouseholdId, Message, PersonId, Sex, text};
pub use tram_store::audit::Line as AuditLine;
pub use tram_store::person::{MemberRow, PersonLine};
use tram_store::person::{Within, holders, search};
use tram_store::{Sql, Tx, unit};

/// What a registration form holds, already parsed.
#[derive(Debug, Clone)]
pub struct Registration {
    pub name: String,
    pub sex: Sex,
    pub born: BirthDate,
    pub born_minute: Option<u16>,
    pub ethnicity: Option<String>,
    pub occupation: Option<String>,
    pub phone: Option<String>,
    pub mother: Option<PersonId>,
    pub mother_name: Option<String>,
    pub identifiers: Vec<IdentifierRecorded>,
    /// Local key of the village.
    pub area: i64,
    pub residence: tram_domain::fact::ResidenceKind,
    pub since: Option<Date>,
    pub move_reason: String,
    pub from_place: Option<String>,
    pub household: Option<(HouseholdId, String)>,
    /// Codes of the warnings that were read and accepted.
    pub accepted: Vec<String>,
}

impl App {
    /// People in reach who answer what was typed. True when there may be more.
    pub fn search(
        &self,
        actor: &Actor,
        typed: &str,
        area: Option<i64>,
    ) -> Result<(Vec<PersonLine>, bool), Failure> {
        let query = Query::parse(typed);
        if query.is_empty() {
            return Ok((Vec::new(), false));
        }
        self.read(actor, Action::PersonRead, Resource::InReach, |sql, reach| {
            let on = self.today();
            let within = Within { top: actor.unit_key, reach, on, area: area.unwrap_or(0) };
            let (mut found, more) = search(sql, within, &query)?;
            self.say_villages(sql, (actor.unit_key, reach), on, found.iter_mut())?;
            Ok((found, more))
        })
    }

    /// Opens a record for somebody who lives in one of our villages.
    pub fn register_person(
        &self,
        actor: &Actor,
        form: &Registration,
        command: Option<Command>,
    ) -> Result<Done<PersonId>, Failure> {
        self.open_record(actor, form, None, command)
    }

    /// Registers a child just born, with what is known of the birth.
    pub fn register_birth(
        &self,
        actor: &Actor,
        form: &Registration,
        birth: &NewBirth,
        command: Option<Command>,
    ) -> Result<Done<PersonId>, Failure> {
        self.open_record(actor, form, Some(birth), command)
    }

    fn open_record(
        &self,
        actor: &Actor,
        form: &Registration,
        birth: Option<&NewBirth>,
        command: Option<Command>,
    ) -> Result<Done<PersonId>, Failure> {
        let today = self.today();
        let id = PersonId::from_u128(self.new_id());
        self.db.write(self.now(), |tx| {
            let area = Resource::Area(form.area);
            self.check(tx.sql(), actor, Action::PersonWrite, area)?;
            if let Some(done) = self.done_before(tx, command)? {
                return Ok(Done::quietly(done));
            }
            self.check_ties(tx, actor, form)?;
            let mut new = self.new_person(tx.sql(), form, id)?;
            if new.identifiers.iter().all(|i| i.identifier.kind() != IdentifierKind::Citizen) {
                let identifier = temporary_identifier(id);
                new.identifiers.push(IdentifierRecorded { identifier, from: None, to: None });
            }
            let decided = match birth {
                None => register(&new, today)?,
                Some(birth) => {
                    let mother = match new.mother {
                        Some(id) => tx.person(id)?,
                        None => None,
                    };
                    register_birth(mother.as_ref(), &new, birth, today)?
                }
            };
            let mut warnings: Vec<Message> =
                decided.warnings.iter().map(person::Warning::message).collect();
            warnings.extend(self.maybe_known(tx.sql(), actor, &new, form.area)?);
            if let Some(open) = unaccepted(&warnings, &form.accepted) {
                return Err(Failure::Confirm(open));
            }
            let draft = self.draft(actor, "person.register", decided.facts, &warnings, None);
            self.append(tx, actor, &draft)?;
            if let Some(command) = command {
                command.remember(tx, &id.to_string())?;
            }
            Ok(Done { value: id, warnings })
        })
    }

    /// Mother and household must be theirs: whoever is tied to a record is shown on its page.
    fn check_ties(
        &self,
        tx: &mut Tx<'_>,
        actor: &Actor,
        form: &Registration,
    ) -> Result<(), Failure> {
        let household = form.household.as_ref().map(|(id, _)| Resource::Household(*id));
        for tie in form.mother.map(Resource::Person).into_iter().chain(household) {
            self.check(tx.sql(), actor, Action::PersonWrite, tie)?;
        }
        Ok(())
    }

    /// The answer of a command carried out before.
    fn done_before(
        &self,
        tx: &mut Tx<'_>,
        command: Option<Command>,
    ) -> Result<Option<PersonId>, Failure> {
        let Some(command) = command else { return Ok(None) };
        Ok(command.before(tx)?.and_then(|answer| answer.parse().ok()))
    }

    fn new_person(
        &self,
        sql: &mut dyn Sql,
        form: &Registration,
        id: PersonId,
    ) -> Result<NewPerson, Failure> {
        let area = unit::area(sql, form.area)?.ok_or(Failure::NotFound)?;
        let name = text::person_name(&form.name).map_err(|why| {
            let message = match why {
                text::BadText::Hidden => Message::new("typed-hidden-characters"),
                text::BadText::Empty => Message::new("typed-name-missing"),
                text::BadText::TooLong => {
                    Message::new("typed-text-too-long").with("longest", text::NAME_LONGEST)
                }
            };
            Failure::refused_field(message, "name")
        })?;
        let born = form.born.first();
        let from = form
            .since
            .unwrap_or_else(|| if form.move_reason == "birth" { born } else { self.today() });
        Ok(NewPerson {
            id,
            shard: area.commune,
            name,
            sex: form.sex,
            born: form.born,
            born_minute: form.born_minute,
            ethnicity: form.ethnicity.clone(),
            occupation: form.occupation.clone(),
            phone: form.phone.clone(),
            mother: form.mother,
            mother_name: form.mother_name.clone(),
            identifiers: form.identifiers.clone(),
            residence: Some(NewResidence {
                area: area.id,
                kind: form.residence,
                from,
                reason: form.move_reason.clone(),
                from_place: form.from_place.clone(),
            }),
            household: form.household.clone(),
        })
    }

    /// Records that may already be this person: the same number, or so much else alike that somebody
    /// should look. Of a record elsewhere nothing is told but that there is one.
    pub(crate) fn maybe_known(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        new: &NewPerson,
        area: i64,
    ) -> Result<Vec<Message>, Failure> {
        let mut warnings = Vec::new();
        for held in &new.identifiers {
            warnings.extend(self.number_of_other(sql, actor, &held.identifier, new.id)?);
        }
        let same = self.look_alikes(sql, actor, new, area)?;
        if let Some(other) = same.first() {
            let message = Message::new("warn-same-person")
                .with("id", other.id.to_string())
                .with("name", other.name.as_str())
                .with("born", other.born.show())
                .with("place", other.area_name.clone().unwrap_or_default());
            warnings.push(message);
        }
        Ok(warnings)
    }

    /// Somebody else holds this personal ID number today. Whose record may not be opened is not told.
    pub(crate) fn number_of_other(
        &self,
        sql: &mut dyn Sql,
        actor: &Actor,
        number: &Identifier,
        whose: PersonId,
    ) -> Result<Option<Message>, Failure> {
        let kind = number.kind();
        if kind != IdentifierKind::Citizen {
            return Ok(None);
        }
        let mut others = holders(sql, kind.code(), number.value(), self.today())?;
        others.retain(|other| other.id != whose);
        for other in &others {
            if self.may_open(sql, actor, other.id)? {
                let message = Message::new("warn-number-held")
                    .with("tail", number.tail())
                    .with("id", other.id.to_string())
                    .with("born", other.born.show())
                    .with("place", other.area_name.clone().unwrap_or_default());
                return Ok(Some(message));
            }
        }
        let told = || Message::new("warn-number-elsewhere").with("tail", number.tail());
        Ok((!others.is_empty()).then(told))
    }
}
