//! A child's vaccinations: the schedule says what is owed and when; the story says how late the family
//! comes, what is put off, what is given elsewhere, too early or never.
//!
//! ```text
//! Course::of (domain) ─► owed doses ─► a wish for each: a day, or never ─► the next visit ─► again
//! ```

use super::calendar::{Day, date};
use super::deed::{Act, Giver, PlannedDose, Visit};
use super::dose::Wish;
use super::rates::ByEthnicity;
use super::soul::{BirthPlace, Commune};
use std::collections::BTreeMap;
use tram_defs::Definitions;
use tram_domain::fact::{
    DoseDeferred, DoseGiven, Fact, FactRef, Logged, PersonRegistered, SeriesContraindicated,
};
use tram_domain::immunisation::{Course, Line, Standing};
use tram_domain::person::{On, Person};
use tram_kernel::day::{add_months, day_number};
use tram_kernel::{BirthDate, Moment, NodeId};

/// Children up to this age at the end have the card of their whole life.
const WHOLE_CARD_MONTHS: i32 = 84;
/// Older ones, up to this age, only the dose of school age.
const SCHOOL_MONTHS: i32 = 110;
/// A child does not come more often.
const VISITS: usize = 40;

/// A child on its way through the schedule.
pub(super) struct Child {
    pub soul: usize,
    pub person: Person,
    pub born: Day,
    pub is_outreach: bool,
    pub habit: f64,
    pub never_factor: f64,
    pub delay_factor: f64,
    /// Pays for the six-in-one.
    pub is_service: bool,
    pub wishes: BTreeMap<(String, u8), Wish>,
    /// One draw a dose of the five-in-one: the oral vaccine comes with it.
    pub draws: BTreeMap<u8, f64>,
    pub visits: Vec<Visit>,
    recorded: Option<Moment>,
    facts: u64,
}

/// Something owed with the day that was chosen for it.
struct Owed {
    series: String,
    number: u8,
    wish: Wish,
}

impl Child {
    /// The name of the next fact of this child, which only stands inside the plan.
    fn next_ref(&mut self) -> FactRef {
        self.facts += 1;
        FactRef { node: NodeId::from_u128(0), epoch: 0, seq: self.facts, ordinal: 0 }
    }

    pub fn given(&mut self, defs: &Definitions, on: Day, dose: PlannedDose) {
        let what = DoseGiven {
            vaccine: defs.vaccines[usize::from(dose.vaccine)].code.clone(),
            minute: dose.minute,
            lot: None,
            site: None,
            giver: None,
            elsewhere: None,
            screened: true,
            temperature: None,
        };
        let at = self.next_ref();
        self.person.doses.push(On { at, day: date(on), what });
        self.person.doses.sort_by_key(|dose| (dose.day, dose.what.minute, dose.at));
        match self.visits.iter_mut().find(|visit| visit.on == on) {
            Some(visit) => visit.doses.push(dose),
            None => self.visits.push(Visit { on, doses: vec![dose] }),
        }
    }
}

impl Commune<'_> {
    pub fn vaccinate(&mut self, defs: &Definitions) {
        let today = date(self.today());
        let whole = day_number(add_months(today, -WHOLE_CARD_MONTHS));
        let school = day_number(add_months(today, -SCHOOL_MONTHS));
        // One child of the demo must not get a vaccine, however few children there are.
        let mut must_not = if self.place.number == 0 { 1.0 } else { 0.0 };
        for soul in 0..self.souls.len() {
            let born = self.souls[soul].born;
            if born < school {
                continue;
            }
            let mut child = self.child_of(defs, soul);
            if born < whole {
                self.follow(defs, &mut child, Some("TD7"));
            } else {
                self.birth_dose(defs, &mut child);
                self.follow(defs, &mut child, None);
                must_not += self.world.rates.vaccination.contraindicated_per_1000 / 1000.0;
                if must_not >= 1.0 && self.contraindicate(&child) {
                    must_not -= 1.0;
                }
            }
            self.write_card(&mut child);
        }
    }

    fn follow(&mut self, defs: &Definitions, child: &mut Child, only: Option<&str>) {
        let last = self.today().min(self.souls[child.soul].until.saturating_sub(1));
        for _ in 0..VISITS {
            let owed = self.owed(defs, child, only);
            let next = owed.iter().filter_map(|owed| owed.wish.day()).min();
            let Some(on) = next.filter(|on| *on <= last) else { return };
            let now: Vec<Owed> = owed.into_iter().filter(|o| o.wish.day() == Some(on)).collect();
            if self.is_deferred(child, &now, on) {
                continue;
            }
            for owed in now {
                let giver = self.giver(child, &owed, on);
                let vaccine = vaccine(defs, child, &owed);
                let has_lot = !self.chance.is(self.world.rates.vaccination.lot_missing);
                child.given(defs, on, PlannedDose { vaccine, minute: None, has_lot, giver });
                // A dose that does not count is seen at a later session, not given twice on one day.
                let again = self.world.calendar.session_after(on + 27, child.is_outreach);
                child.wishes.insert((owed.series, owed.number), Wish::Session(again));
            }
        }
    }

    /// What the schedule says is owed, each with its wish.
    fn owed(&mut self, defs: &Definitions, child: &mut Child, only: Option<&str>) -> Vec<Owed> {
        let course = Course::of(defs, &child.person);
        let asked = |line: &&Line<'_>| {
            let code = line.series.code.as_str();
            !line.series.optional && code != "HEPB0" && only.is_none_or(|only| only == code)
        };
        let mut owed = Vec::new();
        for line in course.lines.iter().filter(asked) {
            let Standing::Owed { due, until, .. } = line.standing else { continue };
            let key = (line.series.code.clone(), line.number);
            let due = day_number(due);
            let wish = match child.wishes.get(&key) {
                Some(known) => *known,
                None => {
                    let wish = self.wish(defs, child, line, due);
                    child.wishes.insert(key.clone(), wish);
                    wish
                }
            };
            let wish = if wish.day().is_some_and(|day| day >= day_number(until)) {
                Wish::Never
            } else {
                wish
            };
            owed.push(Owed { series: key.0, number: key.1, wish });
        }
        owed
    }

    /// The child is not well today: everything waits for the next session.
    fn is_deferred(&mut self, child: &mut Child, now: &[Owed], on: Day) -> bool {
        let rates = &self.world.rates.vaccination;
        let at_station = now.iter().all(|owed| matches!(owed.wish, Wish::Session(_)));
        if !at_station || !self.chance.is(rates.deferral_per_visit) {
            return false;
        }
        let reason = match rates.deferral_reason.0.draw(&mut self.chance).map(String::as_str) {
            Some(word) if word.starts_with("sốt") => "fever",
            Some(word) if word.starts_with("mới dùng") => "corticoid",
            Some(word) if word.starts_with("nhẹ cân") => "low_weight",
            Some(word) if word.starts_with("gia đình") => "family",
            _ => "acute",
        };
        let again = self.world.calendar.session_after(on, child.is_outreach);
        for owed in now {
            child.wishes.insert((owed.series.clone(), owed.number), Wish::Session(again));
        }
        let Some(first) = now.first() else { return false };
        let (series, until) = (first.series.clone(), date(again));
        let body = DoseDeferred { series, reason: reason.into(), until };
        let at = child.next_ref();
        child.person.deferrals.push(On { at, day: date(on), what: body.clone() });
        if on > self.souls[child.soul].known {
            self.record(on, Act::Defer(self.souls[child.soul].id, on, Box::new(body)));
        }
        true
    }

    fn giver(&mut self, child: &Child, owed: &Owed, on: Day) -> Giver {
        let in_hospital = on - child.born <= 3;
        match (owed.wish, self.souls[child.soul].birth_place) {
            (Wish::Service(_), _) => Giver::Clinic,
            (Wish::Elsewhere(_), _) => Giver::OtherStation,
            (_, Some(BirthPlace::OtherHospital)) if in_hospital => Giver::OtherHospital,
            (_, Some(BirthPlace::Centre)) if in_hospital => Giver::Centre,
            _ => Giver::Station,
        }
    }

    /// After the first dose something happened: the series is stopped for this child.
    fn contraindicate(&mut self, child: &Child) -> bool {
        let soul = &self.souls[child.soul];
        let first = child.person.doses.iter().find(|d| d.what.vaccine == "SII").map(|d| d.day);
        let later = first.map(|day| day_number(day) + 1).filter(|day| *day > soul.known);
        let Some(on) = later.filter(|on| *on < soul.until && *on < self.today() - 60) else {
            return false;
        };
        let body = SeriesContraindicated { series: "DPT4".into(), reason: "anaphylaxis".into() };
        let known = on.max(soul.known + 1);
        self.record(known, Act::Contraindicate(soul.id, on, Box::new(body)));
        true
    }

    fn child_of(&mut self, defs: &Definitions, soul: usize) -> Child {
        let rates = &self.world.rates.vaccination;
        let (me, home) = (&self.souls[soul], &self.homes[self.souls[soul].home]);
        let of = |values: &ByEthnicity| values.of(me.ethnicity);
        let registered = PersonRegistered {
            name: String::new(),
            sex: me.sex,
            born: BirthDate::exact(date(me.born)),
            born_minute: me.minute,
            ethnicity: None,
            occupation: None,
            phone: None,
            mother: None,
            mother_name: None,
        };
        let born = date(me.born);
        let fact = Fact::new(me.id.into(), self.place.shard, born, registered.into());
        let at = FactRef { node: NodeId::from_u128(0), epoch: 0, seq: 0, ordinal: 0 };
        let known = Logged { at, recorded_at: Moment::at(born, 0), by: None, unit: None, fact };
        let person = Person::fold(me.id, &[known]).expect("a registration is among the facts");
        debug_assert!(!defs.vaccines.is_empty(), "the definitions name vaccines");
        let (delay_factor, never_factor) =
            (of(&rates.ethnicity_delay_factor), of(&rates.ethnicity_never_factor));
        Child {
            soul,
            person,
            born: me.born,
            is_outreach: self.place.villages[home.village].is_outreach,
            habit: home.habit,
            never_factor,
            delay_factor,
            is_service: self.chance.is(rates.service_six_in_one),
            wishes: BTreeMap::new(),
            draws: BTreeMap::new(),
            visits: Vec::new(),
            recorded: None,
            facts: 0,
        }
    }

    /// Visits become deeds: what was given before the record was opened is copied from the card at
    /// once, the rest is typed in as it happens, sometimes late.
    fn write_card(&mut self, child: &mut Child) {
        let (id, known) = (self.souls[child.soul].id, self.souls[child.soul].known);
        let mut visits = std::mem::take(&mut child.visits);
        visits.sort_by_key(|visit| visit.on);
        let split = visits.partition_point(|visit| visit.on <= known);
        let later = visits.split_off(split);
        if !visits.is_empty() {
            // After the office hours of that day, when the record surely stands.
            let at = Moment::at(date(known), (16 * 60 + 45 + self.chance.below(60)) as u16);
            child.recorded = Some(at);
            self.record_at(at, Act::Doses(id, visits));
        }
        for visit in later {
            let elsewhere = visit.doses.iter().any(|d| d.giver.elsewhere().is_some());
            let day = visit.on + self.typing_lag(elsewhere);
            if day > self.today() {
                continue;
            }
            let at = self.office(day);
            let at = child.recorded.map_or(at, |last| at.max(Moment::from_ms(last.ms() + 60_000)));
            child.recorded = Some(at);
            self.record_at(at, Act::Doses(id, vec![visit]));
        }
    }

    /// Days from the session to the computer.
    fn typing_lag(&mut self, elsewhere: bool) -> i32 {
        let late = self.world.rates.records.visit_typed_later_14_days;
        match self.chance.unit() {
            draw if draw < late => self.chance.between(15, 40),
            _ if elsewhere => self.chance.between(5, 30),
            draw if draw < 0.5 => 0,
            draw if draw < 0.8 => 1,
            _ => self.chance.between(2, 7),
        }
    }
}

/// The product: the one the programme buys, or one of those families pay for.
fn vaccine(defs: &Definitions, child: &Child, owed: &Owed) -> u16 {
    let is_service = matches!(owed.wish, Wish::Service(_));
    let serves = |at: &usize| {
        let vaccine = &defs.vaccines[*at];
        vaccine.series.contains(&owed.series) && vaccine.programme != is_service
    };
    let fitting: Vec<usize> = (0..defs.vaccines.len()).filter(serves).collect();
    let at = if is_service { child.soul % fitting.len().max(1) } else { 0 };
    fitting.get(at).copied().unwrap_or_default() as u16
}
