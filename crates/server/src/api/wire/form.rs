//! Forms as another program needs them to ask, to check and to send.

use super::SCHEMA;
use super::condition::{Condition, all};
use super::value::{Decimal, Length, Source};
use serde::Serialize;
use tram_defs::Definitions;
use tram_defs::form as defs;
use utoipa::ToSchema;

/// The forms that are there for the asker, as they hold today.
#[derive(Debug, Serialize, ToSchema)]
pub struct Forms {
    schema: u8,
    forms: Vec<FormLine>,
}

#[derive(Debug, Serialize, ToSchema)]
struct FormLine {
    code: String,
    name: String,
    short: String,
    compartment: &'static str,
    #[serde(flatten)]
    source: Source,
}

impl Forms {
    pub fn of<'d>(forms: impl Iterator<Item = &'d defs::Form>) -> Self {
        let line = |form: &defs::Form| FormLine {
            code: form.code.clone(),
            name: form.name.clone(),
            short: form.short.clone(),
            compartment: form.compartment.code(),
            source: Source::from(&form.provenance),
        };
        Self { schema: SCHEMA, forms: forms.map(line).collect() }
    }
}

/// One form: what is asked, in which order, when, and what is said of the answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormDefinition {
    schema: u8,
    code: String,
    name: String,
    short: String,
    compartment: &'static str,
    /// Whom it may be filled in for.
    whom: Vec<Condition>,
    groups: Vec<Group>,
    /// Measures that are worked out from the answers.
    works_out: Vec<String>,
    rules: Vec<Rule>,
    /// Fields and measures that tell an entry in one line.
    summary: Vec<String>,
    #[serde(flatten)]
    source: Source,
}

#[derive(Debug, Serialize, ToSchema)]
struct Group {
    name: String,
    fields: Vec<Field>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Field {
    code: String,
    label: String,
    hint: String,
    #[serde(flatten)]
    kind: Kind,
    /// Must be answered when it is asked.
    required: bool,
    /// The answer of last time is proposed again.
    carry: bool,
    /// It is asked only then; an answer to what is not asked is left out.
    when: Vec<Condition>,
    /// The measure it answers.
    measure: Option<String>,
}

/// What an answer is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Kind {
    /// Anything outside of `possible` is refused, outside of `usual` asked about.
    Number {
        unit: String,
        decimals: u8,
        possible: Range,
        usual: Vec<Usual>,
    },
    YesNo,
    /// One code.
    Choice {
        choices: Vec<Choice>,
    },
    /// Several codes.
    Choices {
        choices: Vec<Choice>,
    },
    /// One code of a list of the definitions.
    Listed {
        list: String,
        choices: Vec<Choice>,
    },
    /// `past`: up to the day of the entry. `coming`: after it.
    Day {
        days: &'static str,
    },
    Text {
        several_lines: bool,
    },
}

#[derive(Debug, Serialize, ToSchema)]
struct Range {
    low: Decimal,
    high: Decimal,
}

/// Usual for those who have not reached an age; without one, for everybody older.
#[derive(Debug, Serialize, ToSchema)]
struct Usual {
    before: Option<Length>,
    low: Decimal,
    high: Decimal,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Choice {
    code: String,
    name: String,
}

/// What is said when the answers are so.
#[derive(Debug, Serialize, ToSchema)]
struct Rule {
    code: String,
    /// `refuse`, `confirm` or `advise`.
    says: &'static str,
    /// The field it is said at.
    at: Option<String>,
    when: Vec<Condition>,
    text: String,
}

pub fn choices(of: &[defs::Choice]) -> Vec<Choice> {
    of.iter().map(|c| Choice { code: c.code.clone(), name: c.name.clone() }).collect()
}

impl FormDefinition {
    pub fn of(all_defs: &Definitions, form: &defs::Form) -> Self {
        let group = |group: &defs::Group| Group {
            name: group.name.clone(),
            fields: group.fields.iter().map(|field| Field::of(all_defs, field)).collect(),
        };
        let derived = form.derive.iter().map(|derive| derive.measure.clone());
        let classified = form.classify.iter().map(|classify| classify.measure.clone());
        Self {
            schema: SCHEMA,
            code: form.code.clone(),
            name: form.name.clone(),
            short: form.short.clone(),
            compartment: form.compartment.code(),
            whom: all(&form.whom),
            groups: form.groups.iter().map(group).collect(),
            works_out: derived.chain(classified).collect(),
            rules: form.rules.iter().map(Rule::of).collect(),
            summary: form.summary.clone(),
            source: Source::from(&form.provenance),
        }
    }
}

impl Field {
    fn of(all_defs: &Definitions, field: &defs::Field) -> Self {
        Self {
            code: field.code.clone(),
            label: field.label.clone(),
            hint: field.hint.clone(),
            kind: Kind::of(all_defs, &field.kind),
            required: field.required,
            carry: field.carry,
            when: all(&field.when),
            measure: field.measure.clone(),
        }
    }
}

impl Kind {
    fn of(all_defs: &Definitions, kind: &defs::Kind) -> Self {
        match kind {
            defs::Kind::Number(number) => Self::number(number),
            defs::Kind::YesNo => Self::YesNo,
            defs::Kind::Choice(of) => Self::Choice { choices: choices(of) },
            defs::Kind::Choices(of) => Self::Choices { choices: choices(of) },
            defs::Kind::Listed(list) => {
                let entries = all_defs.list(list).map(|found| found.entries.as_slice());
                let entries = entries.unwrap_or_default().iter();
                let choices =
                    entries.map(|e| Choice { code: e.code.clone(), name: e.name.clone() });
                Self::Listed { list: list.clone(), choices: choices.collect() }
            }
            defs::Kind::Day(defs::Days::Past) => Self::Day { days: "past" },
            defs::Kind::Day(defs::Days::Coming) => Self::Day { days: "coming" },
            defs::Kind::Text(several_lines) => Self::Text { several_lines: *several_lines },
        }
    }

    fn number(number: &defs::Number) -> Self {
        let usual = |usual: &defs::Usual| Usual {
            before: usual.before.map(Length::from),
            low: Decimal(usual.low),
            high: Decimal(usual.high),
        };
        let (low, high) = number.possible;
        Self::Number {
            unit: number.unit.clone(),
            decimals: number.decimals,
            possible: Range { low: Decimal(low), high: Decimal(high) },
            usual: number.usual.iter().map(usual).collect(),
        }
    }
}

impl Rule {
    fn of(rule: &defs::Rule) -> Self {
        let says = match rule.says {
            defs::Says::Refuse => "refuse",
            defs::Says::Confirm => "confirm",
            defs::Says::Advise => "advise",
        };
        let (code, text) = (rule.code.clone(), rule.text.clone());
        Self { code, says, at: rule.at.clone(), when: all(&rule.when), text }
    }
}
