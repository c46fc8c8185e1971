//! What is asked about forms and programmes: of the fold of a person, or of the rows a database kept of it.

use super::{Days, age};
use crate::fact::Value;
use crate::person::Person;
use crate::programme::Care;
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::indicator::{Counted, Tally};
use tram_defs::phrase::{Compare, Follow, Phrase, Stretch};
use tram_kernel::day::{add_days, add_months};
use tram_kernel::{Date, Sex};

/// A time in a programme.
#[derive(Debug, Clone)]
pub struct Stay {
    pub programme: Arc<str>,
    pub from: Date,
    pub to: Option<Date>,
    pub outcome: Option<Arc<str>>,
}

/// A measure as indicators ask it.
#[derive(Debug, Clone)]
pub enum Taken {
    /// In thousandths; 1 and 0 of a yes and a no.
    Number(i64),
    Word(Arc<str>),
}

/// What forms and programmes know of one person.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub stays: Vec<Stay>,
    pub entries: Vec<(Arc<str>, Date)>,
    /// By day, then by the order of the entries.
    pub measures: Vec<(Arc<str>, Date, Taken)>,
}

impl History {
    pub fn of(defs: &Definitions, person: &Person) -> Self {
        let Care { entries, episodes, .. } = Care::of(defs, person);
        let stays = episodes.into_iter().map(|episode| Stay {
            programme: episode.programme.into(),
            from: episode.from,
            to: episode.to,
            outcome: episode.outcome.map(Into::into),
        });
        let mut history = Self { stays: stays.collect(), ..Self::default() };
        for filled in entries {
            let on = filled.entry.day;
            history.entries.push((filled.entry.what.form.as_str().into(), on));
            for measured in filled.measures {
                let taken = match measured.value {
                    Value::Number(n) => Taken::Number(n),
                    Value::Yes(yes) => Taken::Number(yes.into()),
                    Value::Code(code) => Taken::Word(code.into()),
                    Value::Codes(codes) => Taken::Word(codes.join(" ").into()),
                    Value::Day(day) => Taken::Word(day.to_string().into()),
                    Value::Text(text) => Taken::Word(text.into()),
                };
                history.measures.push((measured.measure.into(), on, taken));
            }
        }
        history
    }

    pub fn holds(&self, follow: &Follow, days: &Days) -> bool {
        match follow {
            Follow::Enrolled { programme, at } => {
                let on = days.at(*at);
                self.stays_in(programme)
                    .any(|stay| stay.from <= on && stay.to.is_none_or(|to| on < to))
            }
            Follow::Joined { programme, within } => {
                let (from, to) = days.window(*within);
                self.stays_in(programme).any(|stay| (from..=to).contains(&stay.from))
            }
            Follow::Left { programme, outcomes, within } => {
                let (from, to) = days.window(*within);
                let is_one = |stay: &Stay| {
                    let named = |o: &Arc<str>| outcomes.iter().any(|known| **known == **o);
                    outcomes.is_empty() || stay.outcome.as_ref().is_some_and(named)
                };
                self.stays_in(programme).any(|stay| {
                    stay.to.is_some_and(|left| (from..=to).contains(&left)) && is_one(stay)
                })
            }
            Follow::Entry { form, during, given } => {
                let (from, to) = stretch(*during, days);
                let inside =
                    |(code, on): &(Arc<str>, Date)| **code == **form && (from..=to).contains(on);
                self.entries.iter().any(inside) == *given
            }
            Follow::Measured { measure, during } => {
                self.last(measure, stretch(*during, days)).is_some()
            }
            Follow::LastIs { measure, codes, during } => {
                match self.last(measure, stretch(*during, days)) {
                    Some(Taken::Word(word)) => codes.iter().any(|code| **code == **word),
                    Some(Taken::Number(n)) => {
                        codes.iter().any(|code| code == if *n == 1 { "yes" } else { "no" })
                    }
                    None => false,
                }
            }
            Follow::LastNumber { measure, compare, than, during } => {
                match self.last(measure, stretch(*during, days)) {
                    Some(Taken::Number(n)) => (n >= than) == (*compare == Compare::AtLeast),
                    _ => false,
                }
            }
        }
    }

    fn stays_in<'a>(&'a self, programme: &'a str) -> impl Iterator<Item = &'a Stay> {
        self.stays.iter().filter(move |stay| *stay.programme == *programme)
    }

    /// The last value of a measure among these days.
    fn last(&self, measure: &str, (from, to): (Date, Date)) -> Option<&Taken> {
        let mut back = self.measures.iter().rev();
        let found = back.find(|(code, on, _)| **code == *measure && (from..=to).contains(on));
        found.map(|(.., taken)| taken)
    }
}

/// Somebody who lives somewhere, as far as tallies of forms and programmes ask.
#[derive(Debug, Clone)]
pub struct Dweller {
    pub sex: Sex,
    pub born: Date,
    pub died: Option<Date>,
    pub from: Date,
    pub to: Option<Date>,
}

/// Whether a tally can be judged by [`counts`]: it needs something a form or a programme says, and asks
/// nothing but that, age, sex and residence.
pub fn is_of_history(tally: &Tally) -> bool {
    let is_known = |phrase: &Phrase| {
        matches!(
            phrase,
            Phrase::Resident(_) | Phrase::Age { .. } | Phrase::Sex(_) | Phrase::Follow(_)
        )
    };
    // A thing that was not done is also missing of people of whom nothing at all is known.
    let is_given = |phrase: &Phrase| matches!(phrase, Phrase::Follow(follow) if !matches!(follow, Follow::Entry { given: false, .. }));
    tally.count == Counted::Person
        && tally.conditions.iter().all(is_known)
        && tally.conditions.iter().any(is_given)
}

/// Whether somebody counts in a tally where they live.
pub fn counts(tally: &Tally, who: &Dweller, history: &History, days: &Days) -> bool {
    tally.conditions.iter().all(|phrase| match phrase {
        Phrase::Resident(at) => {
            let on = days.at(*at);
            who.from <= on
                && who.to.is_none_or(|to| on < to)
                && who.died.is_none_or(|died| on < died)
        }
        Phrase::Age { at, compare, span } => age(who.born, days.at(*at), *compare, *span),
        Phrase::Sex(sex) => who.sex == *sex,
        Phrase::Follow(follow) => history.holds(follow, days),
        _ => false,
    })
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
