//! Deaths from the first birthday on, by age and sex; and how any death is recorded.

use super::calendar::Day;
use super::deed::Act;
use super::life::{Month, deaths_per_1000};
use super::soul::Commune;
use tram_domain::fact::DeathRecorded;

impl Commune<'_> {
    pub fn deaths(&mut self, month: Month, here: &[usize]) {
        let rates = self.world.rates;
        for who in here {
            let age = self.age(*who, month.first);
            let soul = &self.souls[*who];
            let per_1000 = deaths_per_1000(rates, soul.sex, age);
            // The first year of life was decided at birth.
            if age < 1 || soul.until != Day::MAX || soul.busy_until >= month.first {
                continue;
            }
            if self.chance.is(per_1000 / 1000.0 * month.part()) {
                let day = month.first + self.chance.below((month.end - month.first) as u32) as i32;
                // Whoever is to head a house on a later day of this month did not die before it.
                let day = day.max(self.souls[*who].heads_from);
                if day < month.end {
                    self.die(*who, day);
                }
            }
        }
    }

    pub fn die(&mut self, who: usize, day: Day) {
        let rates = &self.world.rates.deaths;
        let age = self.age(who, day);
        let causes = match age {
            ..1 => &rates.cause_under_1,
            1..15 => &rates.cause_1_14,
            15..45 => &rates.cause_15_44,
            45..70 => &rates.cause_45_69,
            70.. => &rates.cause_70_plus,
        };
        let cause = causes.0.draw(&mut self.chance).and_then(|code| rates.cause_words.get(code));
        let place = match rates.place.0.draw(&mut self.chance).map(String::as_str) {
            Some("health_facility") => "facility",
            Some("home") => "home",
            _ => "other",
        };
        let soon = self.chance.is(rates.registered_within_15_days);
        let days = if soon { self.chance.between(1, 15) } else { self.chance.between(16, 75) };
        let soul = &mut self.souls[who];
        soul.until = day + 1;
        soul.died = true;
        let (id, home) = (soul.id, soul.home);
        let known = (day + days).max(soul.known + 1);
        let cause = cause.cloned();
        let body = DeathRecorded { minute: None, place: Some(place.into()), cause };
        self.record(known, Act::Death(id, day, Box::new(body)));
        if self.souls[who].relation == "1" {
            self.next_head(home, (day, known));
        }
    }

    /// When the head of a house dies, husband or wife follows, or the eldest child of the house.
    fn next_head(&mut self, home: usize, (died, known): (Day, Day)) {
        let lives = |who: &&usize| self.is_here(**who, died + 1) && self.age(**who, died) >= 18;
        let order = |who: &&usize| {
            let soul = &self.souls[**who];
            (soul.relation != "2", soul.relation != "3", soul.born)
        };
        let next = self.homes[home].members.iter().filter(lives).min_by_key(order).copied();
        let Some(next) = next else { return };
        self.souls[next].relation = "1";
        self.souls[next].heads_from = died + 1;
        let id = (self.souls[next].id, self.homes[home].id);
        // The day after, so that two heads never stand in one book.
        self.record(known + 1, Act::Join(id.0, died + 1, id.1, "1"));
    }
}
