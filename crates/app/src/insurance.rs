//! The review of insurance cards: who has none, whose has run out, whose will soon.

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_kernel::Date;
use tram_kernel::day::add_days;
use tram_store::insurance::{self, Reviewed};
use tram_store::person::{PersonLine, Within, lines};

/// A card that ends within so many days is to be renewed now.
pub const AHEAD: i32 = 60;

/// How the insurance of somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// The card has run out.
    Expired,
    /// The card ends within [`AHEAD`] days.
    #[default]
    Ending,
    /// No card that holds, and none known to have ended.
    Missing,
}

impl Standing {
    pub const ALL: [Self; 3] = [Self::Ending, Self::Expired, Self::Missing];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Ending => "ending",
            Self::Missing => "missing",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }

    fn of(reviewed: &Reviewed, today: Date) -> Self {
        match reviewed.until {
            None => Self::Missing,
            Some(until) if until < today => Self::Expired,
            Some(_) => Self::Ending,
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub person: PersonLine,
    /// Code of `lists/poverty.csv`.
    pub poverty: Option<String>,
    pub until: Option<Date>,
}

/// The list of one standing, and how many there are of each.
#[derive(Debug, Clone)]
pub struct Review {
    pub today: Date,
    pub lines: Vec<Line>,
    counts: [usize; 3],
}

impl Review {
    pub fn count(&self, standing: Standing) -> usize {
        let at = Standing::ALL.iter().position(|one| *one == standing);
        at.map_or(0, |at| self.counts[at])
    }
}

impl App {
    /// Whose insurance is to be seen to, in reach or in one village: those of one standing, at most `most`
    /// of them, the earliest end first.
    pub fn insurance_review(
        &self,
        actor: &Actor,
        area: Option<i64>,
        standing: Standing,
        most: usize,
    ) -> Result<Review, Failure> {
        let today = self.today();
        self.read(actor, Action::WorklistRead, Resource::InReach, |sql, reach| {
            let area = area.unwrap_or(0);
            let within = Within { top: actor.unit_key, reach, on: today, area };
            let found = insurance::review(sql, within, add_days(today, AHEAD))?;
            let is = |one: &&Reviewed, of| Standing::of(one, today) == of;
            let counts = Standing::ALL.map(|of| found.iter().filter(|one| is(one, of)).count());
            let mut listed: Vec<&Reviewed> = found.iter().filter(|one| is(one, standing)).collect();
            listed.sort_by_key(|one| one.until);
            listed.truncate(most);
            let keys: Vec<i64> = listed.iter().map(|one| one.person).collect();
            let mut people = lines(sql, &keys)?;
            self.say_villages(sql, (actor.unit_key, reach), today, people.iter_mut())?;
            let line = |(person, one): (PersonLine, &Reviewed)| Line {
                person,
                poverty: one.poverty.clone(),
                until: one.until,
            };
            let lines = people.into_iter().zip(listed).map(line).collect();
            Ok(Review { today, lines, counts })
        })
    }
}
