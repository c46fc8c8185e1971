//! The one phrase grammar of the definitions: what may be said of a person, a birth or a death.
//!
//! ```text
//! resident at_end                    age at_end < 12 months         sex = female
//! insured at_end                     unique_identity at_end         contact within 24 months at_end
//! birthday 12 months in_period       milestone fully_immunised in_year
//! milestone fully_immunised before 12 months
//! born_alive      birth_order >= 3   milestone hepb0_24h            age at_event < 28 days
//! stillborn       birth_place known  birth_place in hospital station
//! weighed         weight < 2500 g
//! dose BCG 1 before 12 months        no dose DPT_HB_HIB 3 before 12 months
//! identified at_end                  poverty = poor at_end          tetanus_protected
//! enrolled hypertension at_end       …more of forms and programmes: [`Follow`]
//! ```
//!
//! Lists of phrases are "and". "Or" and arithmetic are not phrases: they become a word here, with a
//! variant, a test and one line in each evaluator.

mod follow;

pub use follow::{Answer, Follow, Stretch};

use crate::finding::unknown_word;
use tram_kernel::day::{add_days, add_months};
use tram_kernel::{Date, Message, Sex};

/// A length of time written in days, weeks, months or years. Months are calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub months: i32,
    pub days: i32,
}

impl Span {
    pub const ZERO: Self = Self { months: 0, days: 0 };

    pub fn after(self, day: Date) -> Date {
        add_days(add_months(day, self.months), self.days)
    }
}

/// `12 months`, `1 day`, `32 weeks`, `7 years`.
pub fn parse_span(text: &str) -> Option<Span> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number: i32 = number.parse().ok().filter(|n| (0..=2000).contains(n))?;
    match unit.trim() {
        "day" | "days" => Some(Span { months: 0, days: number }),
        "week" | "weeks" => Some(Span { months: 0, days: 7 * number }),
        "month" | "months" => Some(Span { months: number, days: 0 }),
        "year" | "years" => Some(Span { months: 12 * number, days: 0 }),
        _ => None,
    }
}

/// A day of the period on which something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
    /// The day of what is counted.
    Event,
}

/// The stretch of time in which something must have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// First to last day of the period.
    Period,
    /// 1 January of the period's year to the last day of the period.
    Year,
}

/// Comparisons of the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Less,
    AtLeast,
}

/// Results of a programme that can be counted. One variant, one line in the fold of that programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Milestone {
    /// All antigens of the set in force were counted on that day.
    FullyImmunised,
    /// Hepatitis B birth dose at most 24 hours after birth.
    HepB24h,
}

impl Milestone {
    pub const ALL: [Self; 2] = [Self::FullyImmunised, Self::HepB24h];

    pub const fn code(self) -> &'static str {
        match self {
            Self::FullyImmunised => "fully_immunised",
            Self::HepB24h => "hepb0_24h",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code() == code)
    }
}

/// One condition. Which of them may be asked of what is checked by `indicator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phrase {
    /// Lives in the area as a resident (not a short visitor), alive, on that day. Of a household:
    /// somebody of it does.
    Resident(Anchor),
    /// Age in completed months or in days, on that day.
    Age {
        at: Anchor,
        compare: Compare,
        span: Span,
    },
    /// Age at the event that is counted.
    AgeAtEvent {
        compare: Compare,
        span: Span,
    },
    Sex(Sex),
    /// Holds an insurance card valid on that day.
    Insured(Anchor),
    /// Has a personal ID number which no other active record carries on that day.
    UniqueIdentity(Anchor),
    /// Has a personal ID number on that day, whoever else carries it.
    Identified(Anchor),
    /// Was seen, or had the record confirmed, in the months before that day.
    Contact {
        months: i32,
        at: Anchor,
    },
    /// Reaches that age within the window.
    Birthday {
        months: i32,
        within: Window,
    },
    /// Reached the milestone within the window.
    Milestone {
        what: Milestone,
        within: Window,
    },
    /// Reached the milestone before that age.
    MilestoneBefore {
        what: Milestone,
        span: Span,
    },
    /// Reached the milestone at any time.
    MilestoneEver(Milestone),
    /// The dose of the series counted, before that age; with `given` false: it did not.
    DoseBefore {
        series: String,
        number: u8,
        span: Span,
        given: bool,
    },
    BornAlive,
    Stillborn,
    BirthOrder {
        at_least: u8,
    },
    /// Somebody wrote down where the child was born.
    BirthPlaceKnown,
    /// Born in one of these places, codes of `lists/birth_place.csv`.
    BirthPlaceIn(Vec<String>),
    /// The weight at birth was written down.
    Weighed,
    /// Weight at birth in grams.
    Weight {
        compare: Compare,
        grams: u16,
    },
    /// The household has this standing on that day, a code of `lists/poverty.csv`.
    Poverty {
        code: String,
        at: Anchor,
    },
    /// On the day of the birth the mother's doses protected the child from tetanus.
    TetanusProtected,
    /// Of forms and programmes.
    Follow(Follow),
}

const FIRST_WORDS: [&str; 19] = [
    "resident",
    "age",
    "sex",
    "insured",
    "unique_identity",
    "contact",
    "birthday",
    "milestone",
    "born_alive",
    "birth_order",
    "identified",
    "dose",
    "no",
    "stillborn",
    "birth_place",
    "weighed",
    "weight",
    "poverty",
    "tetanus_protected",
];

impl Phrase {
    /// Reads one phrase; the error is a message with the nearest known word.
    pub fn parse(text: &str) -> Result<Self, Message> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if let Some(read) = follow::parse(text, &words) {
            return read.map(Self::Follow);
        }
        match words[..] {
            ["resident", at] => Ok(Self::Resident(anchor(at)?)),
            ["insured", at] => Ok(Self::Insured(anchor(at)?)),
            ["unique_identity", at] => Ok(Self::UniqueIdentity(anchor(at)?)),
            ["age", "at_event", op, n, unit] => {
                Ok(Self::AgeAtEvent { compare: compare(op)?, span: span(n, unit)? })
            }
            ["age", at, op, n, unit] => {
                Ok(Self::Age { at: anchor(at)?, compare: compare(op)?, span: span(n, unit)? })
            }
            ["sex", "=", "male"] => Ok(Self::Sex(Sex::Male)),
            ["sex", "=", "female"] => Ok(Self::Sex(Sex::Female)),
            ["contact", "within", n, "months", at] => {
                Ok(Self::Contact { months: count(n)?, at: anchor(at)? })
            }
            ["birthday", n, "months", within] => {
                Ok(Self::Birthday { months: count(n)?, within: window(within)? })
            }
            ["milestone", what, "before", n, unit] => {
                Ok(Self::MilestoneBefore { what: milestone(what)?, span: span(n, unit)? })
            }
            ["milestone", what] => Ok(Self::MilestoneEver(milestone(what)?)),
            ["milestone", what, within] => {
                Ok(Self::Milestone { what: milestone(what)?, within: window(within)? })
            }
            ["born_alive"] => Ok(Self::BornAlive),
            ["birth_order", ">=", n] => {
                let order = n.parse().map_err(|_| not_a_phrase(text))?;
                Ok(Self::BirthOrder { at_least: order })
            }
            ["identified", at] => Ok(Self::Identified(anchor(at)?)),
            ["dose", series, n, "before", k, unit] => dose(text, series, n, span(k, unit)?, true),
            ["no", "dose", series, n, "before", k, unit] => {
                dose(text, series, n, span(k, unit)?, false)
            }
            ["tetanus_protected"] => Ok(Self::TetanusProtected),
            ["stillborn"] => Ok(Self::Stillborn),
            ["birth_place", "known"] => Ok(Self::BirthPlaceKnown),
            ["birth_place", "in", ref places @ ..] if !places.is_empty() => {
                Ok(Self::BirthPlaceIn(places.iter().map(|place| (*place).to_owned()).collect()))
            }
            ["weighed"] => Ok(Self::Weighed),
            ["weight", op, n, "g"] => {
                let grams = n.parse().map_err(|_| not_a_phrase(text))?;
                Ok(Self::Weight { compare: compare(op)?, grams })
            }
            ["poverty", "=", code, at] => {
                Ok(Self::Poverty { code: code.to_owned(), at: anchor(at)? })
            }
            [first, ..] if !FIRST_WORDS.contains(&first) => {
                let known = FIRST_WORDS.into_iter().chain(follow::FIRST_WORDS);
                Err(unknown_word("phrase", first, known))
            }
            _ => Err(not_a_phrase(text)),
        }
    }
}

fn dose(
    text: &str,
    series: &str,
    number: &str,
    span: Span,
    given: bool,
) -> Result<Phrase, Message> {
    let number = number.parse().ok().filter(|n| (1..=9).contains(n));
    let number = number.ok_or_else(|| not_a_phrase(text))?;
    Ok(Phrase::DoseBefore { series: series.to_owned(), number, span, given })
}

fn not_a_phrase(text: &str) -> Message {
    Message::new("def-not-a-phrase").with("word", text)
}

fn anchor(word: &str) -> Result<Anchor, Message> {
    match word {
        "at_start" => Ok(Anchor::Start),
        "at_mid" => Ok(Anchor::Middle),
        "at_end" => Ok(Anchor::End),
        "at_event" => Ok(Anchor::Event),
        other => Err(unknown_word("day", other, ["at_start", "at_mid", "at_end", "at_event"])),
    }
}

fn window(word: &str) -> Result<Window, Message> {
    match word {
        "in_period" => Ok(Window::Period),
        "in_year" => Ok(Window::Year),
        other => Err(unknown_word("window", other, ["in_period", "in_year"])),
    }
}

fn compare(word: &str) -> Result<Compare, Message> {
    match word {
        "<" => Ok(Compare::Less),
        ">=" => Ok(Compare::AtLeast),
        other => Err(unknown_word("comparison", other, ["<", ">="])),
    }
}

fn milestone(word: &str) -> Result<Milestone, Message> {
    Milestone::from_code(word)
        .ok_or_else(|| unknown_word("milestone", word, Milestone::ALL.map(Milestone::code)))
}

fn count(word: &str) -> Result<i32, Message> {
    word.parse().map_err(|_| Message::new("def-not-a-count").with("word", word))
}

fn span(number: &str, unit: &str) -> Result<Span, Message> {
    let text = format!("{number} {unit}");
    parse_span(&text).ok_or_else(|| Message::new("def-not-a-span").with("word", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_read_as_they_are_spoken() {
        assert_eq!(Phrase::parse("resident at_mid"), Ok(Phrase::Resident(Anchor::Middle)));
        assert_eq!(
            Phrase::parse("age at_end < 12 months"),
            Ok(Phrase::Age {
                at: Anchor::End,
                compare: Compare::Less,
                span: Span { months: 12, days: 0 }
            })
        );
        assert_eq!(
            Phrase::parse("milestone fully_immunised before 12 months"),
            Ok(Phrase::MilestoneBefore {
                what: Milestone::FullyImmunised,
                span: Span { months: 12, days: 0 }
            })
        );
        assert_eq!(
            Phrase::parse("no dose DPT_HB_HIB 3 before 12 months"),
            Ok(Phrase::DoseBefore {
                series: "DPT_HB_HIB".into(),
                number: 3,
                span: Span { months: 12, days: 0 },
                given: false,
            })
        );
        let places = vec!["hospital".to_owned(), "station".to_owned()];
        assert_eq!(
            Phrase::parse("birth_place in hospital station"),
            Ok(Phrase::BirthPlaceIn(places))
        );
        assert_eq!(
            Phrase::parse("weight < 2500 g"),
            Ok(Phrase::Weight { compare: Compare::Less, grams: 2500 })
        );
    }

    #[test]
    fn an_unknown_word_names_its_neighbour() {
        for (text, nearest) in [
            ("residant at_end", "resident"),
            ("resident at_endd", "at_end"),
            ("milestone fully_imunised in_year", "fully_immunised"),
            ("poverti = poor at_end", "poverty"),
        ] {
            let message = Phrase::parse(text).expect_err(text);
            assert_eq!(message.args.last(), Some(&("nearest", nearest.into())), "{text}");
        }
        for text in ["age < 5", "dose BCG 0 before 1 month", "birth_place in", "weight < 2500"] {
            assert_eq!(Phrase::parse(text).map_err(|m| m.code), Err("def-not-a-phrase"), "{text}");
        }
    }
}
