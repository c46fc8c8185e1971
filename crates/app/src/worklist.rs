//! Who needs what, when: doses and visits of the programmes in one list, one line a person.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::HashMap;
use tram_defs::role::Action;
use tram_kernel::Date;
use tram_kernel::day::add_days;
use tram_store::immunisation::{OwedDose, owed};
use tram_store::person::{PersonLine, Within};
use tram_store::programme::{DueVisit, Looked, due};

/// How far ahead the list looks.
pub const AHEAD: i32 = 7;

/// A part of the list. What is overdue is due too, and what is due comes soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    Due,
    Overdue,
    Soon,
    /// Not seen for so long that the programme counts them as lost.
    Lost,
    /// Last measures say that a programme should look at them.
    Proposed,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Due, Self::Overdue, Self::Soon, Self::Lost, Self::Proposed];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Soon => "soon",
            Self::Lost => "lost",
            Self::Proposed => "proposed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// Somebody with everything they need up to the horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Need {
    pub person: PersonLine,
    pub doses: Vec<OwedDose>,
    pub visits: Vec<DueVisit>,
}

/// Whether something with these days belongs to a part of the list on a day.
fn falls_due(part: Part, today: Date, (due, overdue): (Date, Date)) -> bool {
    match part {
        Part::Due => due <= today,
        Part::Overdue => overdue <= today,
        Part::Soon => due <= add_days(today, AHEAD),
        Part::Lost | Part::Proposed => false,
    }
}

fn is_followed(visit: &DueVisit, today: Date) -> bool {
    visit.visit.is_some() && visit.lost > today
}

fn visit_is_in(visit: &DueVisit, part: Part, today: Date) -> bool {
    match part {
        Part::Lost => visit.visit.is_some() && visit.lost <= today,
        Part::Proposed => visit.visit.is_none() && visit.lost > today,
        _ => is_followed(visit, today) && falls_due(part, today, (visit.due, visit.overdue)),
    }
}

impl Need {
    /// Whether anything of it belongs to a part of the list on a day.
    pub fn is_in(&self, part: Part, today: Date) -> bool {
        let asked = |dose: &OwedDose| falls_due(part, today, (dose.due_on, dose.overdue_on));
        self.doses.iter().any(asked) || self.visits.iter().any(|v| visit_is_in(v, part, today))
    }

    /// With what belongs to a part of the list on a day, and what may be done along with it: nobody comes
    /// twice for what fits one visit. `None` when nothing belongs there.
    #[must_use]
    pub fn of(&self, part: Part, today: Date) -> Option<Self> {
        if !self.is_in(part, today) {
            return None;
        }
        let comes = !matches!(part, Part::Lost | Part::Proposed);
        let dose_fits = |dose: &&OwedDose| {
            comes
                && (dose.due_on <= today || falls_due(part, today, (dose.due_on, dose.overdue_on)))
        };
        let visit_fits = |visit: &&DueVisit| {
            visit_is_in(visit, part, today)
                || comes && is_followed(visit, today) && visit.from <= today
        };
        let doses = self.doses.iter().filter(dose_fits).cloned().collect();
        let visits = self.visits.iter().filter(visit_fits).cloned().collect();
        Some(Self { person: self.person.clone(), doses, visits })
    }

    /// The day of what is first, and the day from which it is late.
    pub fn first(&self) -> Option<(Date, Date)> {
        let doses = self.doses.iter().map(|dose| (dose.due_on, dose.overdue_on));
        doses.chain(self.visits.iter().map(|visit| (visit.due, visit.overdue))).min()
    }

    pub fn is_late(&self, today: Date) -> bool {
        self.doses.iter().any(|dose| dose.overdue_on <= today)
            || self.visits.iter().any(|visit| visit.visit.is_some() && visit.overdue <= today)
    }
}

/// Everybody in reach, or in one village, who needs something.
#[derive(Debug, Clone)]
pub struct Needs {
    pub today: Date,
    pub people: Vec<Need>,
}

impl Needs {
    pub fn count(&self, part: Part) -> usize {
        self.people.iter().filter(|need| need.is_in(part, self.today)).count()
    }

    pub fn part(&self, part: Part) -> Vec<Need> {
        self.people.iter().filter_map(|need| need.of(part, self.today)).collect()
    }
}

impl App {
    /// Who needs what up to a week ahead. Visits of programmes are there for whom programmes are.
    pub fn needs(&self, actor: &Actor, area: Option<i64>) -> Result<Needs, Failure> {
        let today = self.today();
        let horizon = add_days(today, AHEAD);
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let area = area.unwrap_or(0);
            let within = Within { top: actor.unit_key, reach, on: today, area };
            let owed = owed(sql, within, horizon)?;
            let need = |line: PersonLine, doses| Need { person: line, doses, visits: Vec::new() };
            let mut people: Vec<Need> =
                owed.into_iter().map(|child| need(child.person, child.doses)).collect();
            if actor.may(Action::ProgrammeRead) {
                let mut places: HashMap<i64, usize> = HashMap::new();
                places.extend(people.iter().enumerate().map(|(at, need)| (need.person.key, at)));
                let looked = Looked { within, open: actor.open_bits(), programme: "" };
                for found in due(sql, looked, horizon)? {
                    match places.get(&found.person.key) {
                        Some(at) => people[*at].visits = found.visits,
                        None => people.push(Need {
                            person: found.person,
                            doses: Vec::new(),
                            visits: found.visits,
                        }),
                    }
                }
            }
            let lines = people.iter_mut().map(|need| &mut need.person);
            self.say_villages(sql, (actor.unit_key, reach), today, lines)?;
            Ok(Needs { today, people })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tram_kernel::{BirthDate, PersonId, Sex, day};

    fn on(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn somebody() -> PersonLine {
        PersonLine {
            key: 1,
            id: PersonId::from_u128(1),
            name: "A".into(),
            sex: Sex::Female,
            born: BirthDate::new(on("2025-01-01"), tram_kernel::birth::Precision::Day),
            died_on: None,
            area: None,
            area_name: None,
            away: false,
            household: None,
            mother: None,
            conflicts: 0,
            number_tail: None,
        }
    }

    fn visit(name: Option<&str>, [from, due, overdue, lost]: [&str; 4]) -> DueVisit {
        DueVisit {
            programme: "hypertension".into(),
            visit: name.map(str::to_owned),
            from: on(from),
            due: on(due),
            overdue: on(overdue),
            lost: on(lost),
        }
    }

    #[test]
    fn one_line_holds_what_fits_one_visit() {
        let today = on("2026-03-10");
        let early = visit(Some("tests"), ["2026-03-01", "2026-03-15", "2026-04-15", "2026-09-01"]);
        let late =
            visit(Some("follow_up"), ["2026-02-20", "2026-03-01", "2026-03-08", "2026-06-01"]);
        let need = Need {
            person: somebody(),
            doses: Vec::new(),
            visits: vec![early.clone(), late.clone()],
        };
        let due = need.of(Part::Due, today).expect("late is due");
        assert_eq!(due.visits, [early.clone(), late.clone()], "the tests may be done along");
        assert!(need.of(Part::Overdue, today).expect("late").is_late(today));
        let alone = Need { visits: vec![early.clone()], ..need.clone() };
        assert_eq!(alone.of(Part::Due, today), None, "nobody is called for what is not due");
        assert!(alone.of(Part::Soon, today).is_some());
        assert_eq!(need.of(Part::Lost, today), None);
        let gone = Need { visits: vec![late], ..need.clone() };
        let after = day::add_days(today, 100);
        assert!(gone.of(Part::Lost, after).is_some() && gone.of(Part::Due, after).is_none());
        let proposed = visit(None, ["2026-03-01", "2026-03-01", "9999-12-31", "2027-03-01"]);
        let looked_at = Need { visits: vec![proposed], ..need };
        assert!(looked_at.of(Part::Proposed, today).is_some());
        assert_eq!(looked_at.of(Part::Due, today), None);
    }
}
