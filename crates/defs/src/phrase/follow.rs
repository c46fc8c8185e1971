//! Phrases about forms and programmes:
//!
//! ```text
//! enrolled hypertension at_end            joined hypertension in_period
//! left tuberculosis cured|completed in_year
//! entry hypertension_visit in_period      no entry hypertension_visit within 3 months at_end
//! measured sbp in_year                    last bp_target = reached in_period
//! had dewormed in a200|a400 in_year        last sbp < 140 within 6 months at_end
//! no mistaken hypertension at_end
//! ```
//!
//! and of what happened, each time it did:
//!
//! ```text
//! of injury                               answer injury_cause = traffic        answer via known
//! into tuberculosis                       out_of tuberculosis cured|completed
//! last tb_site = pulmonary within 12 months at_event
//! ```
//!
//! and of a delivery, in weeks of that pregnancy and in days after it (both ends of the days among them):
//!
//! ```text
//! entries antenatal_visit >= 4 in_pregnancy       entry antenatal_visit in_weeks 0 14
//! followed pregnancy in_pregnancy                 entry postnatal_visit after_birth 0 7
//! ```

use super::{Anchor, Compare, Window, anchor, compare, count, not_a_phrase, window};
use tram_kernel::{Message, number};

/// The days among which something must have happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stretch {
    In(Window),
    /// The months before a day, and that day.
    Before {
        months: i32,
        at: Anchor,
    },
    /// From the first day of the first of these weeks of the pregnancy to before the first of the second, and
    /// not after the delivery that is counted.
    Weeks {
        from: i32,
        before: i32,
    },
    /// These days after the delivery that is counted, day 0.
    AfterBirth {
        from: i32,
        to: i32,
    },
}

/// No pregnancy is longer, in weeks.
const WHOLE_PREGNANCY: i32 = 46;
/// What comes later tells nothing of a delivery.
const LONGEST_AFTER_BIRTH: i32 = 92;

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// One of these codes; `yes` and `no` of a yes-or-no question.
    OneOf(Vec<String>),
    /// In thousandths.
    Number { compare: Compare, than: i64 },
    /// Anything.
    Known,
}

/// One condition about forms and programmes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Followed by the programme on that day.
    Enrolled {
        programme: String,
        at: Anchor,
    },
    Joined {
        programme: String,
        within: Window,
    },
    /// Left it, with one of these outcomes when any are named.
    Left {
        programme: String,
        outcomes: Vec<String>,
        within: Window,
    },
    /// The form was filled in; with `given` false: it was not.
    Entry {
        form: String,
        during: Stretch,
        given: bool,
    },
    /// The form was filled in at least so often.
    Entries {
        form: String,
        at_least: i32,
        during: Stretch,
    },
    /// The programme followed the person on one of these days at least.
    Followed {
        programme: String,
        during: Stretch,
    },
    /// The measure was taken.
    Measured {
        measure: String,
        during: Stretch,
    },
    /// Its last value is one of these codes; `yes` and `no` of a yes-or-no question.
    LastIs {
        measure: String,
        codes: Vec<String>,
        during: Stretch,
    },
    /// One of its values is one of these codes.
    Had {
        measure: String,
        codes: Vec<String>,
        during: Stretch,
    },
    /// Its last value, in thousandths.
    LastNumber {
        measure: String,
        compare: Compare,
        than: i64,
        during: Stretch,
    },
    /// By that day the last stay in the programme had proved a mistake; with `is` false: it had not.
    Mistaken {
        programme: String,
        at: Anchor,
        is: bool,
    },
    /// The entry that is counted is one of this form.
    Of {
        form: String,
    },
    /// The enrolment that is counted is into this programme.
    Into {
        programme: String,
    },
    /// The leaving that is counted is out of this programme, with one of these outcomes when any are named.
    OutOf {
        programme: String,
        outcomes: Vec<String>,
    },
    /// The entry that is counted says so.
    Answer {
        measure: String,
        is: Answer,
    },
}

impl Follow {
    /// The days it looks at, when it says which.
    const fn during(&self) -> Option<Stretch> {
        match self {
            Self::Entry { during, .. }
            | Self::Entries { during, .. }
            | Self::Followed { during, .. }
            | Self::Measured { during, .. }
            | Self::LastIs { during, .. }
            | Self::Had { during, .. }
            | Self::LastNumber { during, .. } => Some(*during),
            _ => None,
        }
    }

    /// The stretch of the period it looks at; `None` when it looks at a day.
    pub const fn window(&self) -> Option<Window> {
        match (self, self.during()) {
            (Self::Joined { within, .. } | Self::Left { within, .. }, _) => Some(*within),
            (_, Some(Stretch::In(window))) => Some(window),
            _ => None,
        }
    }

    /// The programme whose stays it asks for.
    pub fn programme(&self) -> Option<&str> {
        match self {
            Self::Enrolled { programme, .. }
            | Self::Joined { programme, .. }
            | Self::Left { programme, .. }
            | Self::Followed { programme, .. }
            | Self::Mistaken { programme, .. }
            | Self::Into { programme }
            | Self::OutOf { programme, .. } => Some(programme),
            _ => None,
        }
    }

    /// It asks of a delivery, and of nothing else.
    pub const fn is_of_delivery(&self) -> bool {
        matches!(self.during(), Some(Stretch::Weeks { .. } | Stretch::AfterBirth { .. }))
    }

    /// The day it is asked for; `None` when it looks at a stretch of the period, or at the event itself.
    pub const fn anchor(&self) -> Option<Anchor> {
        match (self, self.during()) {
            (Self::Enrolled { at, .. } | Self::Mistaken { at, .. }, _) => Some(*at),
            (_, Some(Stretch::Before { at, .. })) => Some(at),
            _ => None,
        }
    }
}

pub(super) const FIRST_WORDS: [&str; 14] = [
    "enrolled", "joined", "left", "entry", "entries", "followed", "measured", "last", "had",
    "mistaken", "of", "into", "out_of", "answer",
];

/// Reads a phrase of this kind; `None` when its first words are of another.
pub(super) fn parse(text: &str, words: &[&str]) -> Option<Result<Follow, Message>> {
    let (words, given) = match words {
        ["no", rest @ ..] if matches!(rest.first(), Some(&"entry" | &"mistaken")) => (rest, false),
        _ => (words, true),
    };
    let read = match words {
        ["enrolled", programme, at] => {
            anchor(at).map(|at| Follow::Enrolled { programme: (*programme).to_owned(), at })
        }
        ["joined", programme, within] => window(within)
            .map(|within| Follow::Joined { programme: (*programme).to_owned(), within }),
        ["left", programme, within] => window(within).map(|within| Follow::Left {
            programme: (*programme).to_owned(),
            outcomes: Vec::new(),
            within,
        }),
        ["left", programme, outcomes, within] => window(within).map(|within| {
            let outcomes = outcomes.split('|').map(str::to_owned).collect();
            Follow::Left { programme: (*programme).to_owned(), outcomes, within }
        }),
        ["entry", form, during @ ..] => stretch(text, during).map(|during| Follow::Entry {
            form: (*form).to_owned(),
            during,
            given,
        }),
        ["entries", form, ">=", n, during @ ..] => stretch(text, during).and_then(|during| {
            Ok(Follow::Entries { form: (*form).to_owned(), at_least: count(n)?, during })
        }),
        ["followed", programme, during @ ..] => stretch(text, during)
            .map(|during| Follow::Followed { programme: (*programme).to_owned(), during }),
        ["measured", measure, during @ ..] => stretch(text, during)
            .map(|during| Follow::Measured { measure: (*measure).to_owned(), during }),
        ["last", measure, "=", code, during @ ..] => stretch(text, during).map(|during| {
            let codes = vec![(*code).to_owned()];
            Follow::LastIs { measure: (*measure).to_owned(), codes, during }
        }),
        ["last", measure, "in", codes, during @ ..] => stretch(text, during).map(|during| {
            let codes = codes.split('|').map(str::to_owned).collect();
            Follow::LastIs { measure: (*measure).to_owned(), codes, during }
        }),
        ["had", measure, "in", codes, during @ ..] => stretch(text, during).map(|during| {
            let codes = codes.split('|').map(str::to_owned).collect();
            Follow::Had { measure: (*measure).to_owned(), codes, during }
        }),
        ["last", measure, op, value, during @ ..] => last_number(text, measure, op, value, during),
        ["mistaken", programme, at] => anchor(at).map(|at| Follow::Mistaken {
            programme: (*programme).to_owned(),
            at,
            is: given,
        }),
        ["of", form] => Ok(Follow::Of { form: (*form).to_owned() }),
        ["into", programme] => Ok(Follow::Into { programme: (*programme).to_owned() }),
        ["out_of", programme, outcomes @ ..] if outcomes.len() < 2 => Ok(Follow::OutOf {
            programme: (*programme).to_owned(),
            outcomes: outcomes
                .iter()
                .flat_map(|codes| codes.split('|'))
                .map(str::to_owned)
                .collect(),
        }),
        ["answer", measure, "known"] => {
            Ok(Follow::Answer { measure: (*measure).to_owned(), is: Answer::Known })
        }
        ["answer", measure, op, value] => {
            answer(text, op, value).map(|is| Follow::Answer { measure: (*measure).to_owned(), is })
        }
        [first, ..] if FIRST_WORDS.contains(first) => Err(not_a_phrase(text)),
        _ => return None,
    };
    Some(read)
}

fn answer(text: &str, op: &str, value: &str) -> Result<Answer, Message> {
    match op {
        "=" => Ok(Answer::OneOf(vec![value.to_owned()])),
        "in" => Ok(Answer::OneOf(value.split('|').map(str::to_owned).collect())),
        _ => {
            let than = number::thousandths(value).ok_or_else(|| not_a_phrase(text))?;
            Ok(Answer::Number { compare: compare(op)?, than })
        }
    }
}

fn last_number(
    text: &str,
    measure: &str,
    op: &str,
    value: &str,
    during: &[&str],
) -> Result<Follow, Message> {
    let compare = compare(op)?;
    let than = number::thousandths(value).ok_or_else(|| not_a_phrase(text))?;
    let during = stretch(text, during)?;
    Ok(Follow::LastNumber { measure: measure.to_owned(), compare, than, during })
}

fn stretch(text: &str, words: &[&str]) -> Result<Stretch, Message> {
    match words {
        ["in_pregnancy"] => Ok(Stretch::Weeks { from: 0, before: WHOLE_PREGNANCY }),
        ["in_weeks", from, before] => {
            let (from, before) = (count(from)?, count(before)?);
            let is_right = 0 <= from && from < before && before <= WHOLE_PREGNANCY;
            if is_right { Ok(Stretch::Weeks { from, before }) } else { Err(not_a_phrase(text)) }
        }
        ["after_birth", from, to] => {
            let (from, to) = (count(from)?, count(to)?);
            let is_right = 0 <= from && from <= to && to <= LONGEST_AFTER_BIRTH;
            if is_right { Ok(Stretch::AfterBirth { from, to }) } else { Err(not_a_phrase(text)) }
        }
        [within] => window(within).map(Stretch::In),
        ["within", n, "months", at] => Ok(Stretch::Before { months: count(n)?, at: anchor(at)? }),
        _ => Err(not_a_phrase(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Phrase;
    use super::*;

    #[test]
    fn phrases_of_programmes_read_as_they_are_spoken() {
        let of = |text: &str| match Phrase::parse(text) {
            Ok(Phrase::Follow(follow)) => follow,
            other => panic!("{text}: {other:?}"),
        };
        let (programme, within) = ("tuberculosis".to_owned(), Window::Year);
        assert_eq!(
            of("left tuberculosis cured in_year"),
            Follow::Left { programme, outcomes: vec!["cured".into()], within }
        );
        let during = Stretch::Before { months: 3, at: Anchor::End };
        assert_eq!(
            of("no entry hypertension_visit within 3 months at_end"),
            Follow::Entry { form: "hypertension_visit".into(), during, given: false }
        );
        assert_eq!(
            of("last bp_class in grade_2|grade_3 in_period"),
            Follow::LastIs {
                measure: "bp_class".into(),
                codes: vec!["grade_2".into(), "grade_3".into()],
                during: Stretch::In(Window::Period),
            }
        );
        assert_eq!(
            of("last temperature >= 38,5 in_period"),
            Follow::LastNumber {
                measure: "temperature".into(),
                compare: Compare::AtLeast,
                than: 38_500,
                during: Stretch::In(Window::Period),
            }
        );
    }

    #[test]
    fn what_happened_is_asked_at_the_event() {
        let of = |text: &str| match Phrase::parse(text) {
            Ok(Phrase::Follow(follow)) => follow,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(
            of("out_of tuberculosis cured|completed"),
            Follow::OutOf {
                programme: "tuberculosis".into(),
                outcomes: vec!["cured".into(), "completed".into()],
            }
        );
        assert_eq!(
            of("answer sbp >= 140"),
            Follow::Answer {
                measure: "sbp".into(),
                is: Answer::Number { compare: Compare::AtLeast, than: 140_000 },
            }
        );
        let site = of("last tb_site = pulmonary within 12 months at_event");
        assert_eq!(site.anchor(), Some(Anchor::Event));
        assert_eq!(
            of("no mistaken hypertension at_end"),
            Follow::Mistaken { programme: "hypertension".into(), at: Anchor::End, is: false }
        );
    }

    #[test]
    fn what_is_asked_of_a_delivery_names_weeks_and_days() {
        let of = |text: &str| match Phrase::parse(text) {
            Ok(Phrase::Follow(follow)) => follow,
            other => panic!("{text}: {other:?}"),
        };
        let four = of("entries antenatal_visit >= 4 in_pregnancy");
        let during = Stretch::Weeks { from: 0, before: WHOLE_PREGNANCY };
        let form = "antenatal_visit".to_owned();
        assert_eq!(four, Follow::Entries { form, at_least: 4, during });
        assert!(four.is_of_delivery() && four.anchor().is_none() && four.window().is_none());
        assert_eq!(
            of("had vitamin_k in yes after_birth 0 7"),
            Follow::Had {
                measure: "vitamin_k".into(),
                codes: vec!["yes".into()],
                during: Stretch::AfterBirth { from: 0, to: 7 },
            }
        );
        for text in ["entry x in_weeks 14 14", "entry x in_weeks 0 60", "entry x after_birth 7 0"] {
            assert_eq!(Phrase::parse(text).map_err(|m| m.code), Err("def-not-a-phrase"), "{text}");
        }
    }

    #[test]
    fn half_a_phrase_is_none() {
        for text in [
            "of",
            "into",
            "answer injury_cause",
            "mistaken hypertension",
            "enrolled",
            "last sbp",
            "entry visit",
            "measured sbp within 3 days at_end",
        ] {
            assert_eq!(Phrase::parse(text).map_err(|m| m.code), Err("def-not-a-phrase"), "{text}");
        }
    }
}
