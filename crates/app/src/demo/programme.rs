//! People in programmes: taken in, seen again and again, some late, some never more; and forms filled in for
//! people of no programme. What is answered is drawn from the definitions of the forms, so a new programme
//! needs a line of `programmes.toml` only.

use super::calendar::{Day, date, months_later};
use super::chance::Chance;
use super::deed::{Act, Deed};
use super::growth::{Body, Children, Spread};
use super::rates::ByAge;
use super::soul::{Commune, Soul};
use serde::Deserialize;
use std::collections::BTreeMap;
use tram_defs::Definitions;
use tram_defs::form::{Choice, Condition, Days, Field, Form, Kind, Number, form_on};
use tram_defs::phrase::Compare;
use tram_defs::programme::{Programme, Timing};
use tram_domain::fact::{Answer, Value};
use tram_domain::programme::{Enrolment, EntryWish, Leaving, rule_of};
use tram_kernel::day::{add_days, day_number};
use tram_kernel::{Compartment, Moment, Sex};

const FILE: &str = include_str!("../../../../examples/demo/programmes.toml");
/// The streams of their chance: nothing else of the story is told otherwise because of them.
const STREAMS: u64 = u64::MAX - 2_000_000;

/// `examples/demo/programmes.toml`.
#[derive(Deserialize)]
pub(super) struct Lives {
    programme: Vec<Life>,
    form: Vec<Occasion>,
    measure: Vec<Around>,
    child: Children,
    words: BTreeMap<String, Vec<String>>,
}

/// Who is in a programme, and how they come.
#[derive(Deserialize)]
struct Life {
    code: String,
    share: ByAge,
    /// `f` or `m`; both when absent.
    sex: Option<String>,
    months: i32,
    keeps: f64,
    late: i32,
    drops: f64,
    leaves: f64,
}

/// A form of no programme: for how many, and since when.
#[derive(Deserialize)]
struct Occasion {
    code: String,
    share: ByAge,
    sex: Option<String>,
    months: i32,
}

/// Around which value a number is drawn.
#[derive(Deserialize)]
struct Around {
    code: String,
    mean: Option<f64>,
    sd: Option<f64>,
    /// How much of the deviation changes from one time to the next.
    moves: Option<f64>,
    /// So much below another number of the same entry.
    below: Option<String>,
    from: Option<f64>,
    to: Option<f64>,
    /// Of a yes-or-no question: how often the answer is yes.
    yes: Option<f64>,
}

impl Lives {
    pub fn shipped() -> Self {
        toml::from_str(FILE).expect("the shipped lives are right")
    }
}

impl Commune<'_> {
    /// Tells the visits of everybody who is in a programme.
    pub fn follow_programmes(&mut self, defs: &Definitions, seed: u64) {
        let lives = self.world.lives;
        let mut chance = Chance::new(seed, STREAMS - u64::from(self.place.number));
        for life in &lives.programme {
            let today = date(self.today());
            let Some(rule) = rule_of(defs, &life.code, today) else { continue };
            for soul in 0..self.souls.len() {
                if self.is_one(soul, life.sex.as_deref(), &life.share, &mut chance) {
                    let pen = Pen::of(defs, lives, &mut chance, &self.souls[soul]);
                    Told { pen, life, rule }.follow(self, soul);
                }
            }
        }
        for occasion in &lives.form {
            for soul in 0..self.souls.len() {
                if self.is_one(soul, occasion.sex.as_deref(), &occasion.share, &mut chance) {
                    let mut pen = Pen::of(defs, lives, &mut chance, &self.souls[soul]);
                    pen.fill_in(self, soul, occasion);
                }
            }
        }
    }

    /// Whether chance makes somebody of this sex and age one of them.
    fn is_one(&self, soul: usize, asked: Option<&str>, share: &ByAge, chance: &mut Chance) -> bool {
        let (sex, age) = (self.souls[soul].sex, self.age(soul, self.today()));
        let fits = match asked {
            Some("f") => sex == Sex::Female,
            Some("m") => sex == Sex::Male,
            _ => true,
        };
        fits && chance.is(share.at(age))
    }
}

/// The day, or the Monday after it.
fn workday(day: Day) -> Day {
    match date(day).weekday().to_monday_one_offset() {
        6 => day + 2,
        7 => day + 1,
        _ => day,
    }
}

/// One person in one programme, while it is told.
struct Told<'t> {
    pen: Pen<'t>,
    life: &'t Life,
    rule: &'t Programme,
}

/// What fills in the forms of one person.
struct Pen<'t> {
    defs: &'t Definitions,
    lives: &'t Lives,
    chance: &'t mut Chance,
    body: Body,
    /// How far from the mean this person is, by measure.
    own: BTreeMap<String, f64>,
}

impl Told<'_> {
    fn follow(mut self, commune: &mut Commune<'_>, soul: usize) {
        let (known, until) = (commune.souls[soul].known, commune.souls[soul].until);
        let last = commune.today().min(until - 2);
        let first = months_later(commune.today(), -self.life.months).max(known + 2);
        if first >= last {
            return;
        }
        let begin = workday(self.pen.chance.between(first, last));
        if begin > last {
            return;
        }
        let person = commune.souls[soul].id;
        let answers = match &self.rule.enrol_form {
            Some(form) => self.pen.answers(form, begin),
            None => Vec::new(),
        };
        let source =
            self.rule.sources.get(self.pen.chance.below(3) as usize).map(|s| s.code.clone());
        let programme = self.rule.code.clone();
        let wish = Enrolment { programme, source, note: None, on: date(begin), answers };
        self.pen.push(commune, self.rule.compartment, begin, Act::Enrol(person, Box::new(wish)));
        let drops = if self.pen.chance.is(self.life.drops) {
            self.pen.chance.between(begin, last)
        } else {
            last
        };
        let mut seen = begin;
        for visit in &self.rule.visits {
            // What only some are asked for is asked of a few here.
            if !visit.when.is_empty() && !self.pen.chance.is(0.15) {
                continue;
            }
            let mut times = self.times(visit, begin, drops);
            times.iter_mut().for_each(|on| *on = workday(*on));
            times.retain(|on| *on > begin && *on <= drops);
            times.dedup();
            for on in times {
                let wish = EntryWish {
                    form: visit.form.clone(),
                    programme: Some(self.rule.code.clone()),
                    answers: self.pen.answers(&visit.form, on),
                    on: date(on),
                    replaces: None,
                };
                seen = seen.max(on);
                self.pen.push(
                    commune,
                    self.rule.compartment,
                    on,
                    Act::Entry(person, Box::new(wish)),
                );
            }
        }
        let ends = last > seen + 3 && self.pen.chance.is(self.life.leaves);
        let outcome = self.pen.chance.pick(&self.rule.outcomes).filter(|_| ends);
        if let Some(outcome) = outcome.map(|outcome| outcome.code.clone()) {
            let on = workday(self.pen.chance.between(seen + 1, last - 2));
            let programme = self.rule.code.clone();
            let wish = Leaving { programme, outcome, note: None, on: date(on) };
            self.pen.push(commune, self.rule.compartment, on, Act::Leave(person, Box::new(wish)));
        }
    }

    /// The days on which somebody comes for a kind of visit.
    fn times(
        &mut self,
        visit: &tram_defs::programme::VisitRule,
        begin: Day,
        last: Day,
    ) -> Vec<Day> {
        let late = self.life.late;
        let mut times = Vec::new();
        match &visit.timing {
            // The demo lets its people leave by chance.
            Timing::AtAge(_) => {}
            Timing::At(spans) => {
                for span in spans {
                    let due = day_number(span.after(date(begin)));
                    if self.pen.chance.is(self.life.keeps) {
                        times.push(due + self.pen.chance.between(0, late));
                    }
                }
            }
            Timing::Every { first, usual, cases } => {
                // Of the cases, those that ask nothing but the age.
                let born = date(self.pen.body.born);
                let holds = |c: &Condition, on: Day| match c {
                    Condition::Age { compare: Compare::Less, span } => date(on) < span.after(born),
                    _ => false,
                };
                let every = |on: Day| {
                    let case = cases.iter().find(|(when, _)| when.iter().all(|c| holds(c, on)));
                    case.map_or(*usual, |(_, span)| *span)
                };
                let mut due = day_number(first.after(date(begin)));
                while due <= last {
                    let on = due + self.pen.chance.between(0, late);
                    if self.pen.chance.is(self.life.keeps) {
                        times.push(on);
                    }
                    let next = day_number(every(on).after(date(on)));
                    due = next.max(due + 1);
                }
            }
        }
        times
    }
}

impl<'t> Pen<'t> {
    fn of(defs: &'t Definitions, lives: &'t Lives, chance: &'t mut Chance, soul: &Soul) -> Self {
        let body = Body { sex: soul.sex, born: soul.born };
        Self { defs, lives, chance, body, own: BTreeMap::new() }
    }

    /// A form of no programme, once on some day.
    fn fill_in(&mut self, commune: &mut Commune<'_>, soul: usize, occasion: &Occasion) {
        let (known, until) = (commune.souls[soul].known, commune.souls[soul].until);
        let last = commune.today().min(until - 2);
        let first = months_later(commune.today(), -occasion.months).max(known + 2);
        if first >= last {
            return;
        }
        let on = workday(self.chance.between(first, last)).min(last);
        let Some(form) = form_on(&self.defs.forms, &occasion.code, date(on)) else { return };
        let answers = self.answers(&occasion.code, on);
        let form = (form.code.clone(), form.compartment);
        let wish =
            EntryWish { form: form.0, programme: None, answers, on: date(on), replaces: None };
        let person = commune.souls[soul].id;
        self.push(commune, form.1, on, Act::Entry(person, Box::new(wish)));
    }

    fn push(&mut self, commune: &mut Commune<'_>, place: Compartment, day: Day, act: Act) {
        let minute = 8 * 60 + self.chance.below(8 * 60) as u16;
        let at = Moment::at(date(day), minute);
        // What lies in a compartment is written by whom it is open to.
        let by = if place == Compartment::General { commune.nurse } else { commune.head };
        commune.deeds.push(Deed { at, by, act });
    }

    /// Answers to a form: all that must be answered, and most of the rest.
    fn answers(&mut self, code: &str, on: Day) -> Vec<Answer> {
        let Some(form) = form_on(&self.defs.forms, code, date(on)) else { return Vec::new() };
        let mut answers: Vec<Answer> = Vec::new();
        for field in form.fields() {
            if !field.required && !self.chance.is(0.6) {
                continue;
            }
            if let Some(value) = self.value(form, field, on, &answers) {
                answers.push(Answer { field: field.code.clone(), value });
            }
        }
        answers
    }

    fn value(&mut self, form: &Form, field: &Field, on: Day, so_far: &[Answer]) -> Option<Value> {
        Some(match &field.kind {
            Kind::Number(number) => {
                Value::Number(self.number(form, field, number, (on, so_far))?)
            }
            Kind::YesNo => {
                let known = self.lives.measure.iter().find(|around| around.code == field.code);
                Value::Yes(self.chance.is(known.and_then(|around| around.yes).unwrap_or(0.12)))
            }
            Kind::Choice(choices) => Value::Code(self.choice(choices)?),
            Kind::Choices(choices) => {
                let (none, some): (Vec<&Choice>, Vec<&Choice>) =
                    choices.iter().partition(|choice| choice.code == "none");
                let ticked = some.into_iter().filter(|_| self.chance.is(0.06));
                let mut ticked: Vec<String> = ticked.map(|choice| choice.code.clone()).collect();
                if ticked.is_empty() && self.chance.is(0.7) {
                    ticked.extend(none.first().map(|choice| choice.code.clone()));
                }
                if ticked.is_empty() {
                    return None;
                }
                Value::Codes(ticked)
            }
            Kind::Listed(list) => {
                let entries = &self.defs.list(list)?.entries;
                Value::Code(self.chance.pick(entries)?.code.clone())
            }
            Kind::Day(Days::Past) => Value::Day(add_days(date(on), -self.chance.between(0, 30))),
            // The rule says when to come again.
            Kind::Day(Days::Coming) => return None,
            Kind::Text(_) => {
                Value::Text(self.chance.pick(self.lives.words.get(&field.code)?)?.clone())
            }
        })
    }

    /// What a child weighs or measures; `None` of anything else, and of grown people.
    fn grown(&mut self, code: &str, on: Day) -> Option<f64> {
        if !self.body.is_child(on) || !["height", "weight", "head"].contains(&code) {
            return None;
        }
        let (defs, child) = (self.defs, &self.lives.child);
        let standards = defs.growth.standards();
        if code == "head" {
            let z = self.place("child head", &child.head);
            return self.body.head(standards, on, z);
        }
        let z = self.place("child height", &child.height);
        let centimetres = self.body.height(standards, on, z)?;
        if code == "height" {
            return Some(centimetres);
        }
        let z = self.place("child weight", &child.weight);
        self.body.weight(standards, on, centimetres, z)
    }

    /// Where a child stands this time; its own place is drawn once.
    fn place(&mut self, code: &str, spread: &Spread) -> f64 {
        let fresh = self.chance.bell();
        let own = *self.own.entry(code.to_owned()).or_insert(fresh);
        spread.mean + spread.sd * own + spread.moves * self.chance.bell()
    }

    /// The first choices are the ordinary ones.
    fn choice(&mut self, choices: &[Choice]) -> Option<String> {
        let mut at = 0;
        while at + 1 < choices.len() && self.chance.is(0.3) {
            at += 1;
        }
        choices.get(at).map(|choice| choice.code.clone())
    }

    fn number(
        &mut self,
        form: &Form,
        field: &Field,
        number: &Number,
        (on, so_far): (Day, &[Answer]),
    ) -> Option<i64> {
        let code = field.measure.as_deref().unwrap_or(&field.code);
        let around = self.lives.measure.iter().find(|around| around.code == code);
        let (low, high) = number.possible;
        let grown = self.grown(code, on);
        let drawn = match around {
            _ if grown.is_some() => grown?,
            Some(Around { below: Some(other), from: Some(from), to: Some(to), .. }) => {
                let above = form.fields().find(|f| f.measure.as_ref() == Some(other))?;
                let Some(Value::Number(above)) = tram_domain::form::answer_of(so_far, &above.code)
                else {
                    return None;
                };
                *above as f64 / 1000.0 - (from + self.chance.unit() * (to - from))
            }
            Some(Around { mean: Some(mean), sd: Some(sd), moves, .. }) => {
                let fresh = self.chance.bell();
                let own = *self.own.entry(code.to_owned()).or_insert(fresh);
                mean + sd * (own + moves.unwrap_or(0.3) * self.chance.bell())
            }
            _ => {
                let (low, high) = (low as f64 / 1000.0, high as f64 / 1000.0);
                low + (high - low) * (0.1 + 0.3 * self.chance.unit())
            }
        };
        let step = 10_i64.pow(3 - u32::from(number.decimals.min(3)));
        let rounded = (drawn * 1000.0 / step as f64).round() as i64 * step;
        Some(rounded.clamp(low, high))
    }
}
