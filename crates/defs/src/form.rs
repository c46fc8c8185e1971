//! Entry forms: what is asked at one occasion, in which order, when, and what must be said of the answers.
//!
//! ```text
//! forms/<code>.toml ─► Form: groups of fields, derived measures, classes, rules
//!      │ one source for: the page, its checks, the Excel list, the JSON interface
//! ```
//!
//! Lists of conditions are "and"; the first class that fits is taken, so "or" is two lines.

mod condition;
mod read;

pub use condition::{Condition, Vocabulary};
pub use read::read_form;
pub(crate) use read::{RawChoice, compartment, read_choices};

use crate::phrase::Span;
use crate::provenance::Provenance;
use serde::Deserialize;
use tram_kernel::{Compartment, Date};

/// A checked form.
#[derive(Debug, Clone)]
pub struct Form {
    pub code: String,
    pub name: String,
    /// For a line of a timeline, a column, a button.
    pub short: String,
    pub groups: Vec<Group>,
    pub derive: Vec<Derive>,
    pub classify: Vec<Classify>,
    pub rules: Vec<Rule>,
    /// Fields and measures that tell the entry in one line.
    pub summary: Vec<String>,
    /// Whom it may be filled in for: conditions of age and sex.
    pub whom: Vec<Condition>,
    pub compartment: Compartment,
    /// Where its entries stay in sight on the record.
    pub keeps: Keeps,
    /// What the record knows already and is shown beside the form, never asked.
    pub beside: Vec<Beside>,
    pub provenance: Provenance,
}

/// Something of the record that whoever fills in a form needs to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// How far the pregnancy is, when the child is expected, how many, births before.
    Pregnancy,
    /// Doses against tetanus and how long they protect.
    Tetanus,
    /// Weight and place of birth, hepatitis B within a day.
    Birth,
}

/// Where the entries of a form stay in sight, however old they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keeps {
    /// In the timeline, as they come.
    #[default]
    Timeline,
    /// Every one at the top of the record: nobody treats the person without seeing them.
    Safety,
    /// The last one beside the timeline.
    History,
}

#[derive(Debug, Clone)]
pub struct Group {
    pub name: String,
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone)]
pub struct Field {
    pub code: String,
    pub label: String,
    pub hint: String,
    pub kind: Kind,
    /// Must be answered when it is asked.
    pub required: bool,
    /// The answer of last time is proposed again.
    pub carry: bool,
    /// It is asked only then.
    pub when: Vec<Condition>,
    /// The measure it answers.
    pub measure: Option<String>,
    /// Other spellings of its heading in lists, folded.
    pub also: Vec<String>,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    Number(Number),
    YesNo,
    Choice(Vec<Choice>),
    /// Several of them.
    Choices(Vec<Choice>),
    /// One entry of a list of `lists/`.
    Listed(String),
    Day(Days),
    /// Words; `true` for several lines.
    Text(bool),
}

/// A number with its unit and what is plausible, in thousandths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub unit: String,
    pub decimals: u8,
    /// Anything outside cannot be and is refused.
    pub possible: (i64, i64),
    /// By age, youngest first; anything outside is asked about.
    pub usual: Vec<Usual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// Of those who have not reached this age.
    pub before: Option<Span>,
    pub low: i64,
    pub high: i64,
}

/// Which days may be answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Days {
    /// Up to the day of the entry.
    Past,
    /// After it: an appointment.
    Coming,
}

/// How an answer is shown: with its word, a shape and a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    #[default]
    Plain,
    Good,
    Watch,
    Bad,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub code: String,
    pub name: String,
    pub tone: Tone,
}

/// A measure worked out from others by a named word of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derive {
    pub measure: String,
    pub by: Derivation,
    /// The fields it is worked out from, in the order the word wants them.
    pub of: Vec<String>,
    /// When any of these holds it cannot be worked out: weight says nothing while there is oedema.
    pub unless: Vec<Condition>,
}

/// Calculations of the program. One variant, one function in `domain::form`, a test with worked examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Derivation {
    /// Body mass index from kilograms and centimetres.
    Bmi,
    /// z-scores of the growth standards, from what is measured on the day alone: sex, age and day are those of
    /// the person and the entry. Lengths may be followed by a choice that says `lying` or `standing`.
    WeightForAge,
    HeightForAge,
    WeightForHeight,
    BmiForAge,
    HeadForAge,
    /// Completed weeks of the pregnancy on the day of the entry; nothing is asked for it.
    Gestation,
    /// The first number less the second.
    Difference,
}

impl Derivation {
    pub const ALL: [Self; 8] = [
        Self::Bmi,
        Self::WeightForAge,
        Self::HeightForAge,
        Self::WeightForHeight,
        Self::BmiForAge,
        Self::HeadForAge,
        Self::Gestation,
        Self::Difference,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Bmi => "bmi",
            Self::WeightForAge => "weight_for_age",
            Self::HeightForAge => "height_for_age",
            Self::WeightForHeight => "weight_for_height",
            Self::BmiForAge => "bmi_for_age",
            Self::HeadForAge => "head_for_age",
            Self::Gestation => "gestation",
            Self::Difference => "difference",
        }
    }

    /// How many numbers it is worked out from.
    pub const fn wants(self) -> usize {
        match self {
            Self::WeightForAge | Self::HeightForAge | Self::HeadForAge => 1,
            Self::Bmi | Self::Difference | Self::WeightForHeight | Self::BmiForAge => 2,
            Self::Gestation => 0,
        }
    }

    /// Whether the position in which a length was taken may follow the numbers.
    pub const fn takes_position(self) -> bool {
        matches!(self, Self::HeightForAge | Self::WeightForHeight | Self::BmiForAge)
    }

    /// Whether it reads the growth standards.
    pub const fn is_growth(self) -> bool {
        !matches!(self, Self::Bmi | Self::Gestation | Self::Difference)
    }
}

/// A measure that is one of several classes, by the first line that fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Classify {
    pub measure: String,
    pub classes: Vec<(String, Vec<Condition>)>,
}

/// What is said when the answers are so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    pub code: String,
    pub says: Says,
    pub when: Vec<Condition>,
    pub text: String,
    /// The field it is said at.
    pub at: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// It cannot be.
    Refuse,
    /// It may be, once somebody has looked again.
    Confirm,
    /// Something to do, said after saving and kept with the entry.
    Advise,
}

impl Form {
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    pub fn field(&self, code: &str) -> Option<&Field> {
        self.fields().find(|field| field.code == code)
    }

    /// Measures an entry of this form can hold: asked, derived, classified.
    pub fn measures(&self) -> impl Iterator<Item = &str> {
        let asked = self.fields().filter_map(|field| field.measure.as_deref());
        let derived = self.derive.iter().map(|derive| derive.measure.as_str());
        asked.chain(derived).chain(self.classify.iter().map(|c| c.measure.as_str()))
    }
}

impl Kind {
    /// The choice a code names.
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        match self {
            Self::Choice(choices) | Self::Choices(choices) => {
                choices.iter().find(|choice| choice.code == code)
            }
            _ => None,
        }
    }
}

/// The form of this code that holds on a day; before the first one, the oldest.
pub fn form_on<'d>(forms: &'d [Form], code: &str, day: Date) -> Option<&'d Form> {
    let of_code = || forms.iter().filter(|form| form.code == code);
    let holds = of_code().filter(|form| form.provenance.valid_from <= day);
    holds
        .max_by_key(|form| form.provenance.valid_from)
        .or_else(|| of_code().min_by_key(|form| form.provenance.valid_from))
}
