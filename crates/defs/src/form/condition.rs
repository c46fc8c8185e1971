//! What may be asked of answers, by forms and programmes:
//!
//! ```text
//! age >= 40 years        sex = female          sbp >= 140         temperature < 35,5
//! smoker = yes           bp_class in stage_2 stage_3              dbp >= sbp
//! sputum known           hiv unknown          birth_day unknown
//! pregnancy open         pregnancy multiple     gestation >= 28 weeks     delivery within 42 days
//! ```

use super::Kind;
use crate::finding::unknown_word;
use crate::phrase::{Compare, Span, parse_span};
use tram_kernel::{Message, Sex, number};

/// One condition on the answers of an entry or the last measures of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    Age {
        compare: Compare,
        span: Span,
    },
    Sex(Sex),
    /// Whether the birth date is known to the day.
    BirthDay {
        is_known: bool,
    },
    /// The answer is one of these codes; `yes` and `no` of a yes-or-no question.
    In {
        field: String,
        codes: Vec<String>,
    },
    /// A number in the unit of the field, in thousandths.
    Number {
        field: String,
        compare: Compare,
        than: i64,
    },
    /// Two numbers against each other.
    Fields {
        left: String,
        compare: Compare,
        right: String,
    },
    Known(String),
    Unknown(String),
    /// She carries a child on that day.
    Pregnant,
    /// More than one.
    Multiple,
    /// How far the pregnancy is.
    Gestation {
        compare: Compare,
        span: Span,
    },
    /// She gave birth on that day or at most so long before.
    Delivered {
        within: Span,
    },
}

/// The words conditions may name, each with what its answers are.
pub trait Vocabulary {
    fn kind(&self, word: &str) -> Option<&Kind>;
    fn words(&self) -> Vec<&str>;
}

impl Condition {
    /// Reads one condition; the error is a message with the nearest known word.
    pub fn parse(text: &str, known: &dyn Vocabulary) -> Result<Self, Message> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let not_one = || Message::new("def-not-a-condition").with("word", text);
        match words[..] {
            ["age", op, n, unit] => Ok(Self::Age { compare: compare(op)?, span: span(n, unit)? }),
            ["sex", "=", "male"] => Ok(Self::Sex(Sex::Male)),
            ["sex", "=", "female"] => Ok(Self::Sex(Sex::Female)),
            ["birth_day", "known"] => Ok(Self::BirthDay { is_known: true }),
            ["birth_day", "unknown"] => Ok(Self::BirthDay { is_known: false }),
            ["pregnancy", "open"] => Ok(Self::Pregnant),
            ["pregnancy", "multiple"] => Ok(Self::Multiple),
            ["gestation", op, n, unit] => {
                Ok(Self::Gestation { compare: compare(op)?, span: span(n, unit)? })
            }
            ["delivery", "within", n, unit] => Ok(Self::Delivered { within: span(n, unit)? }),
            [field, "known"] => kind(known, field).map(|_| Self::Known(field.to_owned())),
            [field, "unknown"] => kind(known, field).map(|_| Self::Unknown(field.to_owned())),
            [field, "=", code] => codes(known, field, &[code]),
            [field, "in", ref several @ ..] if !several.is_empty() => codes(known, field, several),
            [field, op, value] => {
                let left = kind(known, field)?;
                let compare = compare(op)?;
                if let Some(than) = number::thousandths(value) {
                    let field = field.to_owned();
                    let is_number = matches!(left, Kind::Number(_));
                    return if is_number {
                        Ok(Self::Number { field, compare, than })
                    } else {
                        Err(not_one())
                    };
                }
                match (left, kind(known, value)?) {
                    (Kind::Number(_), Kind::Number(_)) => {
                        let (left, right) = (field.to_owned(), value.to_owned());
                        Ok(Self::Fields { left, compare, right })
                    }
                    _ => Err(not_one()),
                }
            }
            _ => Err(not_one()),
        }
    }

    /// It asks about the person only, and no answer.
    pub const fn is_of_person(&self) -> bool {
        matches!(self, Self::Age { .. } | Self::Sex(_) | Self::BirthDay { .. })
            || self.is_of_pregnancy()
    }

    /// It asks what the record says of pregnancies and deliveries.
    pub const fn is_of_pregnancy(&self) -> bool {
        matches!(
            self,
            Self::Pregnant | Self::Multiple | Self::Gestation { .. } | Self::Delivered { .. }
        )
    }
}

fn span(number: &str, unit: &str) -> Result<Span, Message> {
    let written = format!("{number} {unit}");
    parse_span(&written).ok_or_else(|| Message::new("def-not-a-span").with("word", written))
}

fn kind<'k>(known: &'k dyn Vocabulary, word: &str) -> Result<&'k Kind, Message> {
    known.kind(word).ok_or_else(|| unknown_word("field", word, known.words()))
}

fn codes(known: &dyn Vocabulary, field: &str, written: &[&str]) -> Result<Condition, Message> {
    let choices: Vec<&str> = match kind(known, field)? {
        Kind::YesNo => vec!["yes", "no"],
        Kind::Choice(choices) | Kind::Choices(choices) => {
            choices.iter().map(|choice| choice.code.as_str()).collect()
        }
        Kind::Listed(_) => Vec::new(),
        _ => return Err(Message::new("def-not-a-condition").with("word", field)),
    };
    if let Some(code) = written.iter().find(|code| !choices.is_empty() && !choices.contains(code)) {
        return Err(unknown_word("choice", code, choices));
    }
    let codes = written.iter().map(|code| (*code).to_owned()).collect();
    Ok(Condition::In { field: field.to_owned(), codes })
}

fn compare(word: &str) -> Result<Compare, Message> {
    match word {
        "<" => Ok(Compare::Less),
        ">=" => Ok(Compare::AtLeast),
        other => Err(unknown_word("comparison", other, ["<", ">=", "=", "in"])),
    }
}
