//! Women with child come to be seen, some late and some never; mothers and newborns are visited after birth.

use super::calendar::{Day, date, working_day};
use super::chance::Chance;
use super::deed::{Act, Deed};
use super::soul::Commune;
use super::women::Expecting;
use tram_defs::Definitions;
use tram_defs::programme::{Since, Timing};
use tram_domain::fact::{Answer, Value};
use tram_domain::programme::{Enrolment, EntryWish, rule_of};
use tram_kernel::day::day_number;
use tram_kernel::{Moment, PersonId};

/// A birth the station learned of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Delivered {
    pub mother: usize,
    pub day: Day,
    pub known: Day,
    /// The child born alive, the first of twins.
    pub child: Option<usize>,
}

/// The streams of their chance: nothing else of the story is told otherwise because of them.
const STREAMS: u64 = u64::MAX - 3_000_000;
/// Births before this many days ago are told without their visits.
const TOLD_DAYS: i32 = 420;
/// Share of women taken in, of visits kept, of births visited in the first week and later.
const TAKEN_IN: f64 = 0.9;
const KEEPS: f64 = 0.85;
const FIRST_WEEK: f64 = 0.75;
const SIX_WEEKS: f64 = 0.55;

fn number(field: &str, value: f64, step: i64) -> Answer {
    let rounded = (value * 1000.0 / step as f64).round() as i64 * step;
    Answer { field: field.into(), value: Value::Number(rounded) }
}

fn code(field: &str, code: &str) -> Answer {
    Answer { field: field.into(), value: Value::Code(code.into()) }
}

fn codes(field: &str, code: &str) -> Answer {
    Answer { field: field.into(), value: Value::Codes(vec![code.into()]) }
}

fn yes(field: &str, yes: bool) -> Answer {
    Answer { field: field.into(), value: Value::Yes(yes) }
}

impl Commune<'_> {
    /// Tells the visits before and after birth.
    pub fn follow_pregnancies(&mut self, defs: &Definitions, seed: u64) {
        let mut chance = Chance::new(seed, STREAMS - u64::from(self.place.number));
        let since = self.today() - TOLD_DAYS;
        for one in self.expecting.clone().into_iter().filter(|one| one.delivery >= since) {
            self.antenatal(defs, one, &mut chance);
        }
        for one in std::mem::take(&mut self.delivered) {
            if one.day >= since {
                self.after_birth(one, &mut chance);
            }
        }
    }

    fn antenatal(&mut self, defs: &Definitions, one: Expecting, chance: &mut Chance) {
        let mother = &self.souls[one.mother];
        let (id, last) =
            (mother.id, self.today().min(mother.until.saturating_sub(2)).min(one.delivery - 1));
        // It was written down in office hours of the next working day.
        let begin = working_day(one.noted) + chance.between(1, 3);
        let Some(rule) = rule_of(defs, "pregnancy", date(begin)) else { return };
        if begin > last || !chance.is(TAKEN_IN) {
            return;
        }
        let past = if chance.is(0.08) { "caesarean" } else { "none" };
        let answers =
            vec![codes("past", past), number("height", 154.0 + 5.0 * chance.bell(), 1000)];
        let programme = rule.code.clone();
        let source = rule.sources.first().map(|source| source.code.clone());
        let wish = Enrolment { programme, source, note: None, on: date(begin), answers };
        self.tell(begin, chance, Act::Enrol(id, Box::new(wish)));
        let gestation = rule.visits.iter().find(|visit| visit.from == Since::Gestation);
        let Some(Timing::At(times)) = gestation.map(|visit| &visit.timing) else { return };
        let due = times.iter().map(|time| day_number(time.after(date(one.begins))));
        let mut days: Vec<Day> = due.filter(|due| *due > begin + 10).collect();
        days.retain_mut(|day| {
            *day += chance.between(-4, 6);
            *day <= last && chance.is(KEEPS)
        });
        days.insert(0, begin);
        let weight = 46.0 + 5.0 * chance.bell();
        for (n, day) in days.into_iter().enumerate() {
            let answers = visit(day - one.begins, n == 0, weight, chance);
            self.fill_in_for(id, ("antenatal_visit", "pregnancy"), day, answers, chance);
        }
    }

    fn after_birth(&mut self, one: Delivered, chance: &mut Chance) {
        let mother = &self.souls[one.mother];
        let (id, last) = (mother.id, self.today().min(mother.until.saturating_sub(2)));
        let child = one.child.map(|child| (self.souls[child].id, self.souls[child].until));
        let is_told = |day: Day| day > one.known && day <= last && day <= one.day + 42;
        let first = one.known + 1;
        if is_told(first) {
            let mode = if chance.is(0.2) { "caesarean" } else { "normal" };
            let answers = vec![
                code("delivery_mode", mode),
                code("attendant", if chance.is(0.25) { "doctor" } else { "midwife" }),
                codes("trouble", "none"),
                number("blood_loss", 180.0 + 40.0 * chance.bell().abs(), 10_000),
                yes("early_breastfed", chance.is(0.8)),
                yes("vitamin_k", chance.is(0.9)),
            ];
            self.fill_in_for(id, ("delivery", "postnatal"), first, answers, chance);
        }
        let week = one.day + chance.between(1, 7);
        let later = one.day + chance.between(20, 38);
        for (day, share) in [(week.max(first), FIRST_WEEK), (later.max(first), SIX_WEEKS)] {
            if !is_told(day) || !chance.is(share) {
                continue;
            }
            let answers = vec![
                code("place", if chance.is(0.6) { "home" } else { "station" }),
                number("temperature", 36.8 + 0.2 * chance.bell(), 100),
                number("sbp", 110.0 + 8.0 * chance.bell(), 1000),
                number("dbp", 68.0 + 4.0 * chance.bell(), 1000),
                codes("danger", "none"),
                code("plan", "home"),
            ];
            self.fill_in_for(id, ("postnatal_visit", "postnatal"), day, answers, chance);
            let stays = |(_, until): &(PersonId, Day)| day + 2 <= *until;
            let Some((child, _)) = child.filter(stays) else { continue };
            let grown = 0.03 * f64::from(day - one.day);
            let answers = vec![
                number("weight", 3.0 + grown + 0.3 * chance.bell(), 10),
                number("temperature", 36.8 + 0.2 * chance.bell(), 100),
                codes("danger", "none"),
                code("feeding", if chance.is(0.75) { "exclusive" } else { "mixed" }),
                code("plan", "home"),
            ];
            self.fill_in_for(child, ("newborn_visit", "newborn"), day, answers, chance);
        }
    }

    fn fill_in_for(
        &mut self,
        who: PersonId,
        (form, programme): (&str, &str),
        day: Day,
        answers: Vec<Answer>,
        chance: &mut Chance,
    ) {
        let wish = EntryWish {
            form: form.into(),
            programme: Some(programme.into()),
            answers,
            on: date(day),
            replaces: None,
        };
        self.tell(day, chance, Act::Entry(who, Box::new(wish)));
    }

    fn tell(&mut self, day: Day, chance: &mut Chance, act: Act) {
        // After the pregnancy or the birth itself was written down.
        let minute = match act {
            Act::Enrol(..) => 15 * 60,
            _ => 15 * 60 + 10 + chance.below(60) as u16,
        };
        self.deeds.push(Deed { at: Moment::at(date(day), minute), by: self.nurse, act });
    }
}

/// What is found at a visit so many days after the beginning.
fn visit(days: i32, is_first: bool, weight: f64, chance: &mut Chance) -> Vec<Answer> {
    let weeks = f64::from(days / 7);
    let has_signs = chance.is(0.02);
    let raised = chance.is(0.04);
    let pressure = if raised { 144.0 } else { 108.0 } + 7.0 * chance.bell();
    let (signs, plan) = match (has_signs, raised) {
        (true, _) => ("bleeding", "refer"),
        (false, true) => ("none", "refer"),
        (false, false) => ("none", "continue"),
    };
    let mut answers = vec![
        number("weight", weight + (weeks - 10.0).max(0.0) * 0.38, 100),
        number("sbp", pressure, 1000),
        number("dbp", pressure - 38.0, 1000),
        codes("signs", signs),
    ];
    if weeks >= 20.0 {
        answers.push(number("fundal_height", weeks - 1.0 + chance.bell(), 1000));
    }
    if weeks >= 14.0 {
        answers.push(number("fetal_heart", 142.0 + 6.0 * chance.bell(), 1000));
    }
    if weeks >= 30.0 {
        answers.push(code("presentation", if chance.is(0.05) { "breech" } else { "head" }));
    }
    if is_first || chance.is(0.35) {
        answers.push(number("hemoglobin", 11.6 + 1.1 * chance.bell(), 100));
    }
    if chance.is(0.8) {
        answers.push(code("urine_protein", if raised { "p1" } else { "negative" }));
    }
    if is_first {
        answers.push(code("anc_hiv_test", if chance.is(0.85) { "done" } else { "offered" }));
        answers.push(code("hbsag", if chance.is(0.08) { "positive" } else { "negative" }));
        answers.push(code("syphilis", "negative"));
    }
    answers.push(code("iron_taken", if chance.is(0.8) { "daily" } else { "some" }));
    answers.push(code("plan", plan));
    answers
}
