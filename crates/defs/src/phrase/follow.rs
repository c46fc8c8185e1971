//! Phrases about forms and programmes:
//!
//! ```text
//! enrolled hypertension at_end            joined hypertension in_period
//! left tuberculosis cured|completed in_year
//! entry hypertension_visit in_period      no entry hypertension_visit within 3 months at_end
//! measured sbp in_year                    last bp_target = reached in_period
//! last sbp < 140 within 6 months at_end
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
    /// Its last value, in thousandths.
    LastNumber {
        measure: String,
        compare: Compare,
        than: i64,
        during: Stretch,
    },
}

impl Follow {
    /// The stretch of the period it looks at; `None` when it looks at a day.
    pub const fn window(&self) -> Option<Window> {
        match self {
            Self::Joined { within, .. } | Self::Left { within, .. } => Some(*within),
            Self::Entry { during, .. }
            | Self::Measured { during, .. }
            | Self::LastIs { during, .. }
            | Self::LastNumber { during, .. } => match during {
                Stretch::In(window) => Some(*window),
                Stretch::Before { .. } => None,
            },
            Self::Enrolled { .. } => None,
        }
    }
}

pub(super) const FIRST_WORDS: [&str; 6] =
    ["enrolled", "joined", "left", "entry", "measured", "last"];

/// Reads a phrase of this kind; `None` when its first words are of another.
pub(super) fn parse(text: &str, words: &[&str]) -> Option<Result<Follow, Message>> {
    let (words, given) = match words {
        ["no", rest @ ..] if rest.first() == Some(&"entry") => (rest, false),
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
        ["last", measure, op, value, during @ ..] => last_number(text, measure, op, value, during),
        [first, ..] if FIRST_WORDS.contains(first) => Err(not_a_phrase(text)),
        _ => return None,
    };
    Some(read)
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
    fn half_a_phrase_is_none() {
        for text in ["enrolled", "last sbp", "entry visit", "measured sbp within 3 days at_end"] {
            assert_eq!(Phrase::parse(text).map_err(|m| m.code), Err("def-not-a-phrase"), "{text}");
        }
    }
}
