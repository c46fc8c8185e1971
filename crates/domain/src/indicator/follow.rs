//! What is asked about forms and programmes, of the fold.

use super::Days;
use crate::fact::Value;
use crate::form::Measured;
use crate::person::Person;
use crate::programme::{Care, Episode};
use tram_defs::Definitions;
use tram_defs::phrase::{Compare, Follow, Stretch};
use tram_kernel::Date;
use tram_kernel::day::{add_days, add_months};

/// What the programmes say of a person, kept beside the person.
pub(super) struct Kept {
    /// Measures of each entry, in the order of the entries.
    measures: Vec<Vec<Measured>>,
    episodes: Vec<Episode>,
}

impl Kept {
    pub fn of(defs: &Definitions, person: &Person) -> Self {
        let Care { entries, episodes, .. } = Care::of(defs, person);
        Self { measures: entries.into_iter().map(|filled| filled.measures).collect(), episodes }
    }

    pub fn holds(&self, person: &Person, follow: &Follow, days: &Days) -> bool {
        match follow {
            Follow::Enrolled { programme, at } => {
                self.episodes_of(programme).any(|episode| episode.holds_on(days.at(*at)))
            }
            Follow::Joined { programme, within } => {
                let (from, to) = days.window(*within);
                self.episodes_of(programme).any(|episode| (from..=to).contains(&episode.from))
            }
            Follow::Left { programme, outcomes, within } => {
                let (from, to) = days.window(*within);
                self.episodes_of(programme).any(|episode| {
                    episode.to.is_some_and(|left| (from..=to).contains(&left))
                        && (outcomes.is_empty()
                            || episode.outcome.as_ref().is_some_and(|o| outcomes.contains(o)))
                })
            }
            Follow::Entry { form, during, given } => {
                let (from, to) = stretch(*during, days);
                let filled = person.followed.entries.iter().filter(|e| e.what.form == *form);
                filled.map(|entry| entry.day).any(|day| (from..=to).contains(&day)) == *given
            }
            Follow::Measured { measure, during } => {
                self.last(person, measure, stretch(*during, days)).is_some()
            }
            Follow::LastIs { measure, codes, during } => {
                match self.last(person, measure, stretch(*during, days)) {
                    Some(Value::Code(code)) => codes.contains(code),
                    Some(Value::Yes(yes)) => codes.iter().any(|c| (c == "yes") == *yes),
                    _ => false,
                }
            }
            Follow::LastNumber { measure, compare, than, during } => {
                match self.last(person, measure, stretch(*during, days)) {
                    Some(Value::Number(n)) => (n >= than) == (*compare == Compare::AtLeast),
                    _ => false,
                }
            }
        }
    }

    fn episodes_of<'a>(&'a self, programme: &'a str) -> impl Iterator<Item = &'a Episode> {
        self.episodes.iter().filter(move |episode| episode.programme == programme)
    }

    /// The last value of a measure among these days.
    fn last(&self, person: &Person, measure: &str, (from, to): (Date, Date)) -> Option<&Value> {
        let entries = person.followed.entries.iter().enumerate().rev();
        let mut inside = entries.filter(|(_, entry)| (from..=to).contains(&entry.day));
        inside.find_map(|(n, _)| {
            self.measures[n].iter().find(|m| m.measure == measure).map(|m| &m.value)
        })
    }
}

/// The first and the last day of a stretch.
pub fn stretch(during: Stretch, days: &Days) -> (Date, Date) {
    match during {
        Stretch::In(window) => days.window(window),
        Stretch::Before { months, at } => {
            let to = days.at(at);
            (add_days(add_months(to, -months), 1), to)
        }
    }
}
