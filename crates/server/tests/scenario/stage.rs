//! A station on which a story happens, step by step, through the use cases people use.

use super::story::{Step, Story};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tram_app::opening::migrate;
use tram_app::unit::{NewArea, NewUnit};
use tram_app::{Actor, App, Clock, Failure, Purpose};
use tram_domain::fact::UnitKind;
use tram_kernel::{
    CampaignId, Compartment, Date, HouseholdId, Message, Moment, PersonId, SessionId, UnitId, day,
};
use tram_server::words::{Language, Words};
use tram_store::sql::Engine;
use tram_store::trial::Trial;

/// How a step ended: warnings on the way, and the failure if there is one.
pub type Ending = Result<Vec<Message>, Failure>;

pub struct Stage {
    trial: Trial,
    pub app: App,
    pub head: Actor,
    pub unit: UnitId,
    pub people: BTreeMap<String, PersonId>,
    pub homes: BTreeMap<String, HouseholdId>,
    /// The vaccination day and the campaign planned last.
    pub session: Option<SessionId>,
    pub campaign: Option<CampaignId>,
    pub words: &'static Words,
    pub today: Date,
    pub stop_at_warning: bool,
    told: String,
}

pub fn date(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a day"))
}

/// Every day of a story is told at two in the afternoon.
fn at_work(today: Date) -> Clock {
    Clock::since(Moment::at(today, 14 * 60))
}

fn compartment(code: &str) -> Compartment {
    let found = Compartment::ALL.into_iter().find(|known| known.code() == code);
    found.unwrap_or_else(|| panic!("no compartment {code}"))
}

fn open(trial: &Trial, today: Date) -> App {
    App::open(&trial.location, Purpose::Write("story"), at_work(today), &trial.folder)
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
        migrate(&trial.location, at_work(today)).expect("a migrated database");
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
        head.opens = story.open.iter().map(|code| compartment(code)).collect();
        Self {
            trial,
            app,
            head,
            unit: units[0],
            people: BTreeMap::new(),
            homes: BTreeMap::new(),
            session: None,
            campaign: None,
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

    pub fn lines(&mut self, lines: &[String]) {
        for line in lines {
            self.line(line);
        }
    }

    fn step(&mut self, step: &Step) {
        let _ = writeln!(self.told, "\n{}  {}", day::show(self.today), step.say);
        self.stop_at_warning = step.stop_at_warning;
        let endings = self.act(step);
        self.end(endings);
        for import in step.import.iter() {
            self.import(import);
        }
        for look in step.look.iter() {
            self.look(look);
        }
    }

    /// What the program answered; what went well is only counted.
    fn end(&mut self, endings: Vec<Ending>) {
        let mut written = 0;
        for ending in endings {
            match ending {
                Ok(warnings) => {
                    self.say("Cảnh báo", &warnings);
                    written += 1;
                }
                Err(Failure::Confirm(warnings)) => {
                    self.say("Cần xem lại", &warnings);
                    self.line("Chưa ghi.");
                }
                Err(failure) => self.refused(&failure),
            }
        }
        match written {
            0 => {}
            1 => self.line("Đã ghi."),
            n => self.line(&format!("Đã ghi {n} việc.")),
        }
    }

    fn say(&mut self, how: &str, messages: &[Message]) {
        for message in messages {
            let said = self.words.message(message);
            self.line(&format!("{how}: {said}"));
        }
    }

    pub fn refused(&mut self, failure: &Failure) {
        if let Failure::Fields(wrong) = failure {
            let messages: Vec<Message> = wrong.iter().map(|found| found.message.clone()).collect();
            return self.say("Không ghi được", &messages);
        }
        let message = failure.message().unwrap_or_else(|| panic!("{failure:?}"));
        self.say("Không ghi được", &[message]);
    }
}
