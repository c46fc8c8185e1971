//! What is asked about forms and programmes: of the fold of a person, or of the rows a database kept of it.

use super::{Days, age};
use crate::fact::Value;
use crate::person::Person;
use crate::programme::Care;
use std::sync::Arc;
use tram_defs::Definitions;
use tram_defs::indicator::{Counted, Tally};
use tram_defs::phrase::{Anchor, Answer, Compare, Follow, Phrase, Stretch, Window};
use tram_defs::programme::MISTAKE;
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

impl Stay {
    fn is_mistake(&self) -> bool {
        self.outcome.as_deref() == Some(MISTAKE)
    }

    /// With one of these outcomes, with any when none are named.
    fn ended(&self, outcomes: &[String]) -> bool {
        let outcome = self.outcome.as_deref();
        outcomes.is_empty() || outcome.is_some_and(|o| outcomes.iter().any(|known| known == o))
    }
}

impl Taken {
    fn is_one_of(&self, codes: &[String]) -> bool {
        let said: &str = match self {
            Self::Word(word) => word,
            Self::Number(1) => "yes",
            Self::Number(_) => "no",
        };
        codes.iter().any(|code| code == said)
    }

    fn compares(&self, compare: Compare, than: i64) -> bool {
        matches!(self, Self::Number(n) if (*n >= than) == (compare == Compare::AtLeast))
    }
}

/// What forms and programmes know of one person.
#[derive(Debug, Clone, Default)]
pub struct History {
    pub stays: Vec<Stay>,
    pub entries: Vec<Made>,
    /// By day, then by the order of the entries.
    pub measures: Vec<Measured>,
    pub deliveries: Vec<Delivered>,
}

/// A woman gave birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delivered {
    pub on: Date,
    /// When weeks of that pregnancy begin to count; `None` when it was not written down.
    pub begun: Option<Date>,
    /// Her doses protected the child from tetanus.
    pub protected: bool,
}

/// An entry of a form.
#[derive(Debug, Clone)]
pub struct Made {
    pub form: Arc<str>,
    pub on: Date,
    /// By which its measures name it.
    pub n: i64,
}

/// Something that happened to somebody.
enum Event<'h> {
    Entry(&'h Made),
    /// A stay, on the day of its beginning or end.
    Stay(&'h Stay, Date),
    Delivery(&'h Delivered),
}

impl Event<'_> {
    fn on(&self) -> Date {
        match self {
            Self::Entry(made) => made.on,
            Self::Stay(_, on) => *on,
            Self::Delivery(delivered) => delivered.on,
        }
    }
}

/// A measure with the day and the number of the entry it stands in.
#[derive(Debug, Clone)]
pub struct Measured {
    pub code: Arc<str>,
    pub on: Date,
    pub entry: i64,
    pub taken: Taken,
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
        for (n, filled) in (0..).zip(entries) {
            let on = filled.entry.day;
            let form = filled.entry.what.form.as_str().into();
            history.entries.push(Made { form, on, n });
            for measured in filled.measures {
                let taken = match measured.value {
                    Value::Number(n) => Taken::Number(n),
                    Value::Yes(yes) => Taken::Number(yes.into()),
                    Value::Code(code) => Taken::Word(code.into()),
                    Value::Codes(codes) => Taken::Word(codes.join(" ").into()),
                    Value::Day(day) => Taken::Word(day.to_string().into()),
                    Value::Text(text) => Taken::Word(text.into()),
                };
                history.measures.push(Measured {
                    code: measured.measure.into(),
                    on,
                    entry: n,
                    taken,
                });
            }
        }
        history
    }

    /// With her deliveries; `protected` are those before which she had her doses.
    #[must_use]
    pub fn with_deliveries(mut self, person: &Person, protected: &[Date]) -> Self {
        let of = |(on, begun)| Delivered { on, begun, protected: protected.contains(&on) };
        self.deliveries = person.dated_deliveries().into_iter().map(of).collect();
        self
    }

    /// Whether it is so of a period.
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
                    stay.to.is_some_and(|left| (from..=to).contains(&left)) && stay.ended(outcomes)
                };
                self.stays_in(programme).any(is_one)
            }
            Follow::Mistaken { programme, at, is } => {
                let on = days.at(*at);
                let of = |stay: &&Stay| *stay.programme == **programme && stay.from <= on;
                let last = self.stays.iter().filter(of).max_by_key(|stay| stay.from);
                let proved = |stay: &Stay| stay.is_mistake() && stay.to.is_some_and(|to| to <= on);
                last.is_some_and(proved) == *is
            }
            Follow::Entry { form, during, given } => {
                let (from, to) = stretch(*during, days);
                let inside = |made: &Made| *made.form == **form && (from..=to).contains(&made.on);
                self.entries.iter().any(inside) == *given
            }
            Follow::Entries { form, at_least, during } => {
                let (from, to) = stretch(*during, days);
                let inside = |made: &&Made| *made.form == **form && (from..=to).contains(&made.on);
                self.entries.iter().filter(inside).count() as i32 >= *at_least
            }
            Follow::Followed { programme, during } => {
                let (from, to) = stretch(*during, days);
                self.stays_in(programme)
                    .any(|stay| stay.from <= to && stay.to.is_none_or(|left| from < left))
            }
            Follow::Measured { measure, during } => {
                self.last(measure, stretch(*during, days)).is_some()
            }
            Follow::LastIs { measure, codes, during } => {
                let last = self.last(measure, stretch(*during, days));
                last.is_some_and(|taken| taken.is_one_of(codes))
            }
            Follow::Had { measure, codes, during } => {
                let (from, to) = stretch(*during, days);
                let said = |m: &Measured| {
                    *m.code == **measure && (from..=to).contains(&m.on) && m.taken.is_one_of(codes)
                };
                self.measures.iter().any(said)
            }
            Follow::LastNumber { measure, compare, than, during } => {
                let last = self.last(measure, stretch(*during, days));
                last.is_some_and(|taken| taken.compares(*compare, *than))
            }
            // Asked of what happened, not of people.
            Follow::Of { .. }
            | Follow::Into { .. }
            | Follow::OutOf { .. }
            | Follow::Answer { .. } => false,
        }
    }

    /// The days on which something a tally counts happened: entries, enrolments, leavings, each as often as
    /// it did.
    pub fn happened(&self, tally: &Tally, sex: Sex, born: Date, days: &Days) -> Vec<Date> {
        let (from, to) = days.window(Window::Period);
        let is_so = |event: &Event<'_>| {
            let on = event.on();
            (from..=to).contains(&on)
                && tally.conditions.iter().all(|phrase| match phrase {
                    Phrase::Sex(asked) => *asked == sex,
                    Phrase::AgeAtEvent { compare, span } => age(born, on, *compare, *span),
                    Phrase::Follow(follow) => self.holds_of(event, follow, days),
                    Phrase::TetanusProtected => {
                        matches!(event, Event::Delivery(delivered) if delivered.protected)
                    }
                    _ => false,
                })
        };
        let stays = || self.stays.iter().filter(|stay| !stay.is_mistake());
        let events: Vec<Event<'_>> = match tally.count {
            Counted::Entry => self.entries.iter().map(Event::Entry).collect(),
            Counted::Enrolment => stays().map(|stay| Event::Stay(stay, stay.from)).collect(),
            Counted::Delivery => self.deliveries.iter().map(Event::Delivery).collect(),
            Counted::Leaving => stays().filter_map(|s| Some(Event::Stay(s, s.to?))).collect(),
            _ => Vec::new(),
        };
        events.iter().filter(|event| is_so(event)).map(Event::on).collect()
    }

    /// Whether it is so of something that happened.
    fn holds_of(&self, event: &Event<'_>, follow: &Follow, days: &Days) -> bool {
        match (follow, event) {
            (Follow::Of { form }, Event::Entry(entry)) => *entry.form == **form,
            (Follow::Into { programme }, Event::Stay(stay, _)) => *stay.programme == **programme,
            (Follow::OutOf { programme, outcomes }, Event::Stay(stay, _)) => {
                *stay.programme == **programme && stay.ended(outcomes)
            }
            (Follow::Answer { measure, is }, Event::Entry(entry)) => {
                let here = |m: &&Measured| m.entry == entry.n && *m.code == **measure;
                let said = self.measures.iter().find(here);
                said.is_some_and(|m| match is {
                    Answer::OneOf(codes) => m.taken.is_one_of(codes),
                    Answer::Number { compare, than } => m.taken.compares(*compare, *than),
                    Answer::Known => true,
                })
            }
            (_, Event::Delivery(Delivered { on, begun, .. })) => {
                self.holds(follow, &Days { end: *on, begun: *begun, ..*days })
            }
            // "At the event" is the last day that is looked at.
            _ if follow.anchor() == Some(Anchor::Event) => {
                self.holds(follow, &Days { end: event.on(), ..*days })
            }
            _ => self.holds(follow, days),
        }
    }

    /// Without those that proved a mistake.
    fn stays_in<'a>(&'a self, programme: &'a str) -> impl Iterator<Item = &'a Stay> {
        self.stays.iter().filter(move |stay| *stay.programme == *programme && !stay.is_mistake())
    }

    /// The last value of a measure among these days.
    fn last(&self, measure: &str, (from, to): (Date, Date)) -> Option<&Taken> {
        let mut back = self.measures.iter().rev();
        let found = back.find(|m| *m.code == *measure && (from..=to).contains(&m.on));
        found.map(|m| &m.taken)
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
    /// Nowhere before that is known.
    pub is_first: bool,
}

impl Dweller {
    /// Whether what happened on a day is counted where this one lived. Who left a programme belongs where
    /// they lived until that day.
    pub fn was_home(&self, count: Counted, on: Date) -> bool {
        match count {
            Counted::Leaving => {
                let until = self.from < on && self.to.is_none_or(|to| on <= to);
                until || self.from == on && self.is_first
            }
            _ => self.from <= on && self.to.is_none_or(|to| on < to),
        }
    }
}

/// Whether a tally can be judged by a [`History`]: it needs something a form or a programme says, and asks
/// nothing but that, age, sex and residence.
pub fn is_of_history(tally: &Tally) -> bool {
    let is_known = |phrase: &Phrase| {
        matches!(
            phrase,
            Phrase::Resident(_) | Phrase::Age { .. } | Phrase::Sex(_) | Phrase::Follow(_)
        )
    };
    // A thing that was not done is also missing of people of whom nothing at all is known.
    let is_given = |phrase: &Phrase| {
        let Phrase::Follow(follow) = phrase else { return false };
        !matches!(follow, Follow::Entry { given: false, .. } | Follow::Mistaken { is: false, .. })
    };
    if tally.is_told() {
        return true;
    }
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
        Stretch::Weeks { from, before } => match days.begun {
            Some(begun) => {
                let last = add_days(begun, 7 * before - 1);
                (add_days(begun, 7 * from), last.min(days.end))
            }
            // Nobody knows which weeks they were: no day is one of them.
            None => (Date::MAX, Date::MIN),
        },
        Stretch::AfterBirth { from, to } => (add_days(days.end, from), add_days(days.end, to)),
    }
}
