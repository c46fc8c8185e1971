//! What people do in a story, each through its use case: the steps, and records that are opened.

use super::people::{Born, Household, Register};
use super::stage::{Ending, Stage, date};
use super::story::Step;
use tram_app::household::HouseholdForm;
use tram_app::person::{Asking, Registration};
use tram_app::{Done, Failure};
use tram_domain::fact::{IdentifierRecorded, ResidenceKind};
use tram_domain::person::NewBirth;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, HouseholdId, PersonId, Sex};

pub fn minute(text: &str) -> u16 {
    let (hour, minute) = text.split_once(':').expect("a time such as 07:05");
    hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes")
}

pub fn sex(code: &str) -> Sex {
    Sex::from_code(code).expect("m or f")
}

pub fn read(day: &Option<String>) -> Option<Date> {
    day.as_deref().map(date)
}

pub fn identifier(kind: &str, value: &str) -> Identifier {
    let kind = IdentifierKind::from_code(kind).expect("a kind of number");
    Identifier::parse(kind, value).expect("a number")
}

pub fn residence(code: &Option<String>) -> ResidenceKind {
    let code = code.as_deref().unwrap_or("permanent");
    ResidenceKind::from_code(code).expect("a kind of residence")
}

impl Stage {
    /// Everything a step tells, in the order of its fields.
    pub fn act(&mut self, step: &Step) -> Vec<Ending> {
        let mut ends: Vec<Ending> = Vec::new();
        ends.extend(step.household.iter().map(|what| self.household(what)));
        ends.extend(step.register.iter().map(|what| self.register(what)));
        ends.extend(step.born.iter().map(|what| self.born(what)));
        ends.extend(step.amend.iter().map(|what| self.amend(what)));
        ends.extend(step.number.iter().map(|what| self.number(what)));
        ends.extend(step.number_ended.iter().map(|what| self.number_ended(what)));
        ends.extend(step.joined.iter().map(|what| self.joined(what)));
        ends.extend(step.moved.iter().map(|what| self.moved(what)));
        ends.extend(step.left.iter().map(|what| self.left(what)));
        ends.extend(step.pregnant.iter().map(|what| self.pregnant(what)));
        ends.extend(step.lost.iter().map(|what| self.lost(what)));
        ends.extend(step.tetanus.iter().map(|what| self.tetanus(what)));
        ends.extend(step.receive.iter().map(|what| self.receive(what)));
        ends.extend(step.lot.iter().map(|what| self.lot_event(what)));
        ends.extend(step.campaign.iter().map(|what| self.campaign(what)));
        ends.extend(step.session.iter().map(|what| self.session(what)));
        for what in step.dose.iter() {
            ends.extend(what.who.split(", ").map(|who| self.dose(who, what)));
        }
        ends.extend(step.defer.iter().map(|what| self.defer(what)));
        ends.extend(step.contraindicate.iter().map(|what| self.contraindicate(what)));
        ends.extend(step.enrol.iter().map(|what| self.enrol(what)));
        ends.extend(step.fill.iter().map(|what| self.fill(what)));
        ends.extend(step.leave.iter().map(|what| self.leave(what)));
        ends.extend(step.stillbirth.iter().map(|what| self.stillbirth(what)));
        ends.extend(step.death.iter().map(|what| self.death(what)));
        ends.extend(step.retract.iter().map(|what| self.retract(what)));
        ends.extend(step.link.iter().map(|what| self.link(what)));
        ends.extend(step.part.iter().map(|what| self.part(what)));
        ends.extend(step.apart.iter().map(|what| self.apart(what)));
        ends.extend(step.aefi.iter().map(|what| self.aefi(what)));
        ends.extend(step.aefi_later.iter().map(|what| self.aefi_later(what)));
        ends.extend(step.fridge.iter().map(|what| self.fridge(what)));
        ends.extend(step.incident.iter().map(|what| self.incident(what)));
        ends
    }

    pub fn who(&self, nickname: &str) -> PersonId {
        *self.people.get(nickname).unwrap_or_else(|| panic!("nobody is called {nickname}"))
    }

    pub fn home(&self, nickname: &str) -> HouseholdId {
        *self.homes.get(nickname).unwrap_or_else(|| panic!("no household {nickname}"))
    }

    pub fn area(&self, village: &str) -> i64 {
        let areas = self.app.areas(&self.head).expect("areas");
        let found = areas.iter().find(|area| area.name.ends_with(village));
        found.unwrap_or_else(|| panic!("no village {village}")).key
    }

    /// Does it, and once more with the warnings accepted, as a person does who has read them.
    pub fn twice<T>(
        &self,
        act: impl Fn(Vec<String>) -> Result<Done<T>, Failure>,
    ) -> Result<Done<T>, Failure> {
        match act(Vec::new()) {
            Err(Failure::Confirm(open)) if !self.stop_at_warning => {
                act(open.iter().map(tram_kernel::Message::key).collect())
            }
            other => other,
        }
    }

    /// The same for a change of a record, with its reason.
    pub fn asking<T>(
        &self,
        reason: Option<&str>,
        act: impl Fn(&Asking) -> Result<Done<T>, Failure>,
    ) -> Ending {
        let reason = reason.map(str::to_owned);
        let done = self
            .twice(|accepted| act(&Asking { accepted, reason: reason.clone(), command: None }))?;
        Ok(done.warnings)
    }

    fn household(&mut self, what: &Household) -> Ending {
        let form = HouseholdForm {
            area: self.area(&what.village),
            code: what.code.clone(),
            address: None,
            poverty: what.poverty.clone(),
        };
        let id = self.app.add_household(&self.head, &form, None)?;
        self.homes.insert(what.home.clone(), id);
        Ok(Vec::new())
    }

    fn register(&mut self, what: &Register) -> Ending {
        let mut identifiers = Vec::new();
        if let Some(citizen) = &what.citizen {
            let identifier = identifier("citizen", citizen);
            identifiers.push(IdentifierRecorded { identifier, from: None, to: None });
        }
        if let Some(card) = &what.insurance {
            let identifier = Identifier::parse_insurance(card).expect("a number");
            let (from, to) = (read(&what.insured_from), read(&what.insured_to));
            identifiers.push(IdentifierRecorded { identifier, from, to });
        }
        let mut form = self.blank(&what.name, &what.sex, &what.village);
        form.born = BirthDate::parse(&what.birth, self.today).expect("a birth date");
        form.identifiers = identifiers;
        form.phone.clone_from(&what.phone);
        form.residence = residence(&what.residence);
        form.since = read(&what.since);
        form.move_reason.clone_from(&what.reason);
        form.household = what.home.as_deref().map(|home| (self.home(home), what.relation.clone()));
        let done = self.twice(|accepted| {
            let form = Registration { accepted, ..form.clone() };
            self.app.register_person(&self.head, &form, None)
        })?;
        self.people.insert(what.who.clone(), done.value);
        Ok(done.warnings)
    }

    fn blank(&self, name: &str, code: &str, village: &str) -> Registration {
        Registration {
            name: name.into(),
            sex: sex(code),
            born: BirthDate::exact(self.today),
            born_minute: None,
            ethnicity: None,
            occupation: None,
            phone: None,
            mother: None,
            mother_name: None,
            identifiers: Vec::new(),
            area: self.area(village),
            residence: ResidenceKind::Permanent,
            since: None,
            move_reason: "registered".into(),
            from_place: None,
            household: None,
            accepted: Vec::new(),
        }
    }

    fn born(&mut self, what: &Born) -> Ending {
        let mut form = self.blank(&what.name, &what.sex, &what.village);
        form.born = BirthDate::exact(date(&what.on));
        form.born_minute = what.at.as_deref().map(minute);
        form.mother = what.mother.as_deref().map(|mother| self.who(mother));
        form.residence = residence(&what.residence);
        form.move_reason = "birth".into();
        let birth =
            NewBirth { order: what.order, place: what.place.clone(), weight_grams: what.grams };
        let done = self.twice(|accepted| {
            let form = Registration { accepted, ..form.clone() };
            self.app.register_birth(&self.head, &form, &birth, None)
        })?;
        self.people.insert(what.who.clone(), done.value);
        Ok(done.warnings)
    }
}
