//! Counting what happened: births, deaths, deliveries, and what forms and programmes tell, each in the area
//! where the person lived.

use super::{Case, Dweller, Hit, age};
use crate::person::Residence;
use tram_defs::indicator::Tally;
use tram_defs::phrase::{Compare, Phrase, Window};
use tram_kernel::{Date, Sex};

struct Event<'p> {
    on: Date,
    sex: Sex,
    order: Option<u8>,
    place: Option<&'p str>,
    grams: Option<u16>,
    alive: bool,
}

impl Case<'_, '_> {
    pub(super) fn births(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        if let Some(birth) = &self.person.birth {
            let on = self.born();
            let sex = *self.person.sex.shown();
            let (order, place, grams) = (birth.order, birth.place.as_deref(), birth.weight_grams);
            let event = Event { on, sex, order, place, grams, alive: true };
            if (from..=to).contains(&on) && conditions.iter().all(|p| self.event_is(p, &event)) {
                self.push_event(&event, 0, self.days.end, hits);
            }
        }
        for still in &self.person.stillbirths {
            let sex = still.what.sex.unwrap_or(Sex::Male);
            let (order, place) = (still.what.order, still.what.place.as_deref());
            let event = Event { on: still.day, sex, order, place, grams: None, alive: false };
            let within = (from..=to).contains(&still.day);
            if within && conditions.iter().all(|p| self.event_is(p, &event)) {
                self.push_event(&event, 0, self.days.end, hits);
            }
        }
    }

    pub(super) fn death(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        let Some(death) = &self.person.death else { return };
        let sex = *self.person.sex.shown();
        let (on, order, place, grams) = (death.on, None, None, None);
        let event = Event { on, sex, order, place, grams, alive: true };
        let within = (from..=to).contains(&death.on);
        if within && conditions.iter().all(|p| self.event_is(p, &event)) {
            let group = self.world.age_group(self.born(), death.on);
            self.push_event(&event, group, death.on, hits);
        }
    }

    /// Women who gave birth, each once for each time, in the age group of that day.
    pub(super) fn deliveries(&self, conditions: &[Phrase], hits: &mut Vec<Hit>) {
        let (from, to) = self.days.window(Window::Period);
        let sex = *self.person.sex.shown();
        for on in self.person.deliveries.range(from..=to).copied() {
            let (order, place, grams) = (None, None, None);
            let event = Event { on, sex, order, place, grams, alive: true };
            if conditions.iter().all(|p| self.event_is(p, &event)) {
                let group = self.world.age_group(self.born(), on);
                self.push_event(&event, group, self.days.end, hits);
            }
        }
    }

    /// Entries, enrolments, leavings, in the age group of their day.
    pub(super) fn followed(&self, tally: &Tally, hits: &mut Vec<Hit>) {
        let sex = *self.person.sex.shown();
        for on in self.known.history.happened(tally, sex, self.born(), self.days) {
            let homes = (0..).zip(&self.person.residences).filter(|(_, r)| r.kind.counts());
            let home = homes.map(|(n, r): (usize, _)| (r.area, self.dweller(r, n == 0)));
            let mut home = home.filter(|(_, who)| who.was_home(tally.count, on));
            if let Some((area, _)) = home.next() {
                let age_group = self.world.age_group(self.born(), on);
                hits.push(Hit { person: self.person.id, area, sex, age_group, on: self.days.end });
            }
        }
    }

    fn dweller(&self, lives: &Residence, is_first: bool) -> Dweller {
        let died = self.person.death.as_ref().map(|death| death.on);
        let (sex, born) = (*self.person.sex.shown(), self.born());
        Dweller { sex, born, died, from: lives.from, to: lives.to, is_first }
    }

    /// An event belongs to the area where the person lived on its day; a resident's event is counted.
    /// `on` is when a breakdown asks: a newborn has a card and a home some days after birth.
    fn push_event(&self, event: &Event<'_>, age_group: usize, on: Date, hits: &mut Vec<Hit>) {
        let lives = self.person.residence_on(event.on).filter(|r| r.kind.counts());
        if let Some(residence) = lives {
            let (person, area, sex) = (self.person.id, residence.area, event.sex);
            hits.push(Hit { person, area, sex, age_group, on });
        }
    }

    fn event_is(&self, phrase: &Phrase, event: &Event<'_>) -> bool {
        match phrase {
            Phrase::Sex(sex) => event.sex == *sex,
            Phrase::BornAlive => event.alive,
            Phrase::Stillborn => !event.alive,
            Phrase::BirthOrder { at_least } => event.order.is_some_and(|order| order >= *at_least),
            Phrase::BirthPlaceKnown => event.place.is_some(),
            Phrase::BirthPlaceIn(places) => {
                event.place.is_some_and(|place| places.iter().any(|p| p == place))
            }
            Phrase::Weighed => event.grams.is_some(),
            Phrase::Weight { compare, grams } => event
                .grams
                .is_some_and(|weighs| (weighs >= *grams) == (*compare == Compare::AtLeast)),
            Phrase::AgeAtEvent { compare, span } => age(self.born(), event.on, *compare, *span),
            Phrase::TetanusProtected => self.known.protected_births.contains(&event.on),
            Phrase::MilestoneEver(what) => event.alive && self.known.milestones.contains_key(what),
            _ => false,
        }
    }
}
