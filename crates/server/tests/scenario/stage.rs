//! A station on which a story happens, step by step, through the use cases people use.

use super::story::{
    Amend, Born, Contraindicate, Death, Defer, Dose, Import, Left, Moved, Number, Register, Step,
    Stillbirth, Story,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tram_app::immunisation::DoseForm;
use tram_app::opening::migrate;
use tram_app::person::{Amendment, Asking, MoveForm, Registration};
use tram_app::unit::{NewArea, NewUnit};
use tram_app::{Actor, App, Clock, Done, Failure, Purpose};
use tram_domain::fact::{
    DeathRecorded, DoseDeferred, DoseGiven, IdentifierRecorded, PersonChange, ResidenceEnded,
    ResidenceKind, SeriesContraindicated, StillbirthRecorded, UnitKind,
};
use tram_domain::person::NewBirth;
use tram_kernel::identifier::{Identifier, IdentifierKind};
use tram_kernel::{BirthDate, Date, Message, PersonId, Sex, UnitId, day};
use tram_server::words::{Language, Words};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

/// How a step ended: warnings on the way, and the failure if there is one.
type Ending = Result<Vec<Message>, Failure>;

pub struct Stage {
    trial: Trial,
    pub app: App,
    pub head: Actor,
    unit: UnitId,
    pub people: BTreeMap<String, PersonId>,
    pub words: &'static Words,
    today: Date,
    stop_at_warning: bool,
    pub told: String,
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a day"))
}

fn minute(text: &str) -> u16 {
    let (hour, minute) = text.split_once(':').expect("a time such as 07:05");
    hour.parse::<u16>().expect("hours") * 60 + minute.parse::<u16>().expect("minutes")
}

fn sex(code: &str) -> Sex {
    Sex::from_code(code).expect("m or f")
}

fn open(trial: &Trial, today: Date) -> App {
    App::open(&trial.location, Purpose::Write("story"), Clock::on(today), &trial.folder)
        .expect("an open database")
}

impl Stage {
    /// Tells a story from the beginning.
    pub fn tell(engine: Engine, story: &Story) -> String {
        let mut stage = Self::set(engine, story);
        let rule = "=".repeat(story.title.chars().count());
        let _ = writeln!(stage.told, "{}\n{rule}\nCăn cứ: {}", story.title, story.source);
        for step in &story.step {
            stage = stage.on(date(&step.day));
            stage.step(step);
        }
        stage.told
    }

    fn set(engine: Engine, story: &Story) -> Self {
        let trial = Trial::empty(engine);
        let today = date(&story.step.first().expect("a step").day);
        migrate(&trial.location, Clock::on(today)).expect("a migrated database");
        let app = open(&trial, today);
        let since = date("2017-01-01");
        let commune = "04303".parse().expect("a code");
        let unit = NewUnit {
            name: "Trạm Y tế xã Lục Yên".into(),
            kind: UnitKind::Station,
            commune: Some(commune),
            facility_code: None,
            since,
            under: Vec::new(),
        };
        let (units, _) = app.found(&[unit], &[]).expect("a station");
        let village = |name: &String| NewArea {
            name: name.clone(),
            kind: "thôn".into(),
            commune,
            unit: units[0],
            since,
        };
        let villages: Vec<NewArea> = story.villages.iter().map(village).collect();
        app.found(&[], &villages).expect("villages");
        let mut head = app.operator(units[0]).expect("an operator");
        let defs = app.definitions();
        let role = defs.role("station_head").expect("a role");
        (head.may, head.reach) = (role.may.clone(), role.reach);
        Self {
            trial,
            app,
            head,
            unit: units[0],
            people: BTreeMap::new(),
            words: Words::of(Language::Vi),
            today,
            stop_at_warning: false,
            told: String::new(),
        }
    }

    /// The same stage on another day: the program is closed and opened again, as every night.
    fn on(mut self, today: Date) -> Self {
        if today == self.today {
            return self;
        }
        let Self { trial, app, .. } = self;
        drop(app);
        let app = open(&trial, today);
        self = Self { trial, app, today, ..self };
        self
    }

    pub fn line(&mut self, text: &str) {
        let _ = writeln!(self.told, "            {text}");
    }

    fn step(&mut self, step: &Step) {
        let _ = writeln!(self.told, "\n{}  {}", day::show(self.today), step.say);
        self.stop_at_warning = step.stop_at_warning;
        let ending = self.act(step);
        if let Some(ending) = ending {
            self.end(ending);
        }
        if let Some(look) = &step.look {
            self.look(look);
        }
    }

    fn act(&mut self, step: &Step) -> Option<Ending> {
        if let Some(what) = &step.register {
            return Some(self.register(what));
        }
        if let Some(what) = &step.born {
            return Some(self.born(what));
        }
        if let Some(what) = &step.dose {
            return Some(self.dose(what));
        }
        if let Some(what) = &step.defer {
            return Some(self.defer(what));
        }
        if let Some(what) = &step.contraindicate {
            return Some(self.contraindicate(what));
        }
        if let Some(what) = &step.death {
            return Some(self.death(what));
        }
        if let Some(what) = &step.stillbirth {
            return Some(self.stillbirth(what));
        }
        if let Some(what) = &step.number {
            return Some(self.number(what));
        }
        if let Some(what) = &step.amend {
            return Some(self.amend(what));
        }
        if let Some(what) = &step.moved {
            return Some(self.moved(what));
        }
        if let Some(what) = &step.left {
            return Some(self.left(what));
        }
        if let Some(what) = &step.import {
            return Some(self.import(what));
        }
        None
    }

    fn end(&mut self, ending: Ending) {
        match ending {
            Ok(warnings) => {
                for warning in &warnings {
                    let said = self.words.message(warning);
                    self.line(&format!("Cảnh báo: {said}"));
                }
                self.line("Đã ghi.");
            }
            Err(Failure::Confirm(warnings)) => {
                for warning in &warnings {
                    let said = self.words.message(warning);
                    self.line(&format!("Cần xem lại: {said}"));
                }
                self.line("Chưa ghi.");
            }
            Err(failure) => {
                let message = failure.message().unwrap_or_else(|| panic!("{failure:?}"));
                let said = self.words.message(&message);
                self.line(&format!("Không ghi được: {said}"));
            }
        }
    }

    pub fn who(&self, nickname: &str) -> PersonId {
        *self.people.get(nickname).unwrap_or_else(|| panic!("nobody is called {nickname}"))
    }

    fn area(&self, village: &str) -> i64 {
        let areas = self.app.areas(&self.head).expect("areas");
        let found = areas.iter().find(|area| area.name.ends_with(village));
        found.unwrap_or_else(|| panic!("no village {village}")).key
    }

    /// Does it, and once more with the warnings accepted, as a person does who has read them.
    fn twice<T>(
        &self,
        act: impl Fn(Vec<String>) -> Result<Done<T>, Failure>,
    ) -> Result<Done<T>, Failure> {
        match act(Vec::new()) {
            Err(Failure::Confirm(open)) if !self.stop_at_warning => {
                act(open.iter().map(|w| w.code.to_owned()).collect())
            }
            other => other,
        }
    }

    fn register(&mut self, what: &Register) -> Ending {
        let read = |text: &Option<String>| text.as_deref().map(date);
        let mut identifiers = Vec::new();
        if let Some(citizen) = &what.citizen {
            let identifier = Identifier::parse(IdentifierKind::Citizen, citizen).expect("a number");
            identifiers.push(IdentifierRecorded { identifier, from: None, to: None });
        }
        if let Some(card) = &what.insurance {
            let identifier = Identifier::parse_insurance(card).expect("a number");
            let (from, to) = (read(&what.insured_from), read(&what.insured_to));
            identifiers.push(IdentifierRecorded { identifier, from, to });
        }
        let residence = what.residence.as_deref().unwrap_or("permanent");
        let mut form = self.blank(&what.name, &what.sex, &what.village);
        form.born = BirthDate::parse(&what.birth, self.today).expect("a birth date");
        form.identifiers = identifiers;
        form.residence = ResidenceKind::from_code(residence).expect("a kind of residence");
        form.since = read(&what.since);
        form.move_reason.clone_from(&what.reason);
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

    fn dose(&self, what: &Dose) -> Ending {
        let given = DoseGiven {
            vaccine: what.vaccine.clone(),
            minute: what.at.as_deref().map(minute),
            lot: what.lot.clone(),
            site: None,
            giver: what.elsewhere.is_none().then_some(self.unit),
            elsewhere: what.elsewhere.clone(),
            screened: what.screened,
            temperature: None,
        };
        let person = self.who(&what.who);
        let done = self.twice(|accepted| {
            let form =
                DoseForm { person, doses: vec![given.clone()], on: date(&what.on), accepted };
            self.app.record_doses(&self.head, &form, None)
        })?;
        Ok(done.warnings)
    }

    fn defer(&self, what: &Defer) -> Ending {
        let body = DoseDeferred {
            series: what.series.clone(),
            reason: what.reason.clone(),
            until: date(&what.until),
        };
        self.app.defer_doses(&self.head, self.who(&what.who), &[body])?;
        Ok(Vec::new())
    }

    fn contraindicate(&self, what: &Contraindicate) -> Ending {
        let body =
            SeriesContraindicated { series: what.series.clone(), reason: what.reason.clone() };
        self.app.contraindicate(&self.head, self.who(&what.who), &body)?;
        Ok(Vec::new())
    }

    fn death(&self, what: &Death) -> Ending {
        let body = DeathRecorded {
            minute: what.at.as_deref().map(minute),
            place: None,
            cause: what.cause.clone(),
        };
        let done = self.twice(|accepted| {
            let asking = Asking { accepted, ..Asking::default() };
            self.app.record_death(&self.head, self.who(&what.who), date(&what.on), &body, &asking)
        })?;
        Ok(done.warnings)
    }

    fn stillbirth(&self, what: &Stillbirth) -> Ending {
        let body = StillbirthRecorded {
            sex: Some(sex(&what.sex)),
            order: None,
            place: None,
            weeks: Some(what.weeks),
        };
        let mother = self.who(&what.mother);
        let done = self.twice(|accepted| {
            let asking = Asking { accepted, ..Asking::default() };
            self.app.record_stillbirth(&self.head, mother, date(&what.on), &body, &asking)
        })?;
        Ok(done.warnings)
    }

    fn number(&self, what: &Number) -> Ending {
        let kind = IdentifierKind::from_code(&what.kind).expect("a kind of number");
        let identifier = Identifier::parse(kind, &what.value).expect("a number");
        let read = |text: &Option<String>| text.as_deref().map(date);
        let held = IdentifierRecorded { identifier, from: read(&what.from), to: read(&what.to) };
        let done = self.twice(|accepted| {
            let asking = Asking { accepted, ..Asking::default() };
            self.app.add_identifier(&self.head, self.who(&what.who), &held, &asking)
        })?;
        Ok(done.warnings)
    }

    fn amend(&self, what: &Amend) -> Ending {
        let id = self.who(&what.who);
        let page = self.app.person_page(&self.head, id)?;
        let person = &page.view.person;
        let mut amendments = Vec::new();
        if let Some(name) = &what.name {
            let change = PersonChange::Name(name.clone());
            amendments.push(Amendment { change, seen: person.name.seen() });
        }
        if let Some(code) = &what.sex {
            let change = PersonChange::Sex(sex(code));
            amendments.push(Amendment { change, seen: person.sex.seen() });
        }
        if let Some(birth) = &what.birth {
            let birth = BirthDate::parse(birth, self.today).expect("a birth date");
            let minute = person.born.shown().minute;
            let change = PersonChange::Born(birth, minute);
            amendments.push(Amendment { change, seen: person.born.seen() });
        }
        let done = self.twice(|accepted| {
            let reason = what.reason.clone();
            let asking = Asking { accepted, reason, command: None };
            self.app.amend_person(&self.head, id, &amendments, &asking)
        })?;
        Ok(done.warnings)
    }

    fn moved(&self, what: &Moved) -> Ending {
        let form = MoveForm {
            area: self.area(&what.village),
            kind: ResidenceKind::Permanent,
            from: date(&what.on),
            reason: what.reason.clone(),
            from_place: None,
        };
        let done = self.twice(|accepted| {
            let asking = Asking { accepted, ..Asking::default() };
            self.app.move_person(&self.head, self.who(&what.who), &form, &asking)
        })?;
        Ok(done.warnings)
    }

    fn left(&self, what: &Left) -> Ending {
        let body = ResidenceEnded { reason: what.reason.clone(), to_place: what.to.clone() };
        let done = self.twice(|accepted| {
            let asking = Asking { accepted, ..Asking::default() };
            let (id, on) = (self.who(&what.who), date(&what.on));
            self.app.move_person_out(&self.head, id, on, &body, &asking)
        })?;
        Ok(done.warnings)
    }

    fn import(&mut self, what: &Import) -> Ending {
        let key = self.app.read_list(&self.head, &what.file, what.rows.as_bytes())?;
        self.app.check_list(&self.head, key, None)?;
        let view = self.app.check_view(&self.head, key)?;
        for row in &view.rows {
            for said in &row.findings {
                let field = said.field.as_ref().map(|code| self.words.say(&format!("list-{code}")));
                let field = field.unwrap_or_default();
                let level = self.words.say(&format!("severity-{}", said.severity)).into_owned();
                let text = self.words.told(said);
                self.line(&format!("{level}, dòng {}, {field}: {text}", row.number));
            }
        }
        let applied = self.app.apply_list(&self.head, key, what.accept_good, &mut |_, _| ())?;
        let args = [
            ("added", applied.added.into()),
            ("updated", applied.updated.into()),
            ("unchanged", applied.unchanged.into()),
        ];
        let said = self.words.with("import-done-what", args);
        self.line(&said);
        Ok(Vec::new())
    }
}
