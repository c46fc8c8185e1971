//! Answers as they were sent, handed to the one reader of typed answers.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use tram_app::programme::read_answers;
use tram_defs::Definitions;
use tram_defs::form::{Form, Kind};
use tram_domain::fact::Answer;
use tram_domain::form::Wrong;
use tram_kernel::{Date, Message};
use utoipa::ToSchema;

/// One answer: a number in the unit of the field, `true` or `false`, codes, or a text as it would be typed
/// (a code, a day `YYYY-MM-DD`, words).
#[derive(Debug, Clone, serde::Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Given {
    Yes(bool),
    #[schema(value_type = f64)]
    Number(serde_json::Number),
    Text(String),
    Codes(Vec<String>),
}

/// Answers by field; `null` is no answer.
#[derive(Debug, Clone, Default, ToSchema)]
#[schema(value_type = BTreeMap<String, Given>)]
pub struct Answers(BTreeMap<String, Option<Given>>);

struct ByField;

impl<'de> Visitor<'de> for ByField {
    type Value = Answers;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("answers by field")
    }

    /// Two answers to one question: neither is taken.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answers, A::Error> {
        let mut answers = BTreeMap::new();
        while let Some(field) = map.next_key::<String>()? {
            let given = map.next_value()?;
            if answers.insert(field, given).is_some() {
                return Err(A::Error::custom("two answers to one question"));
            }
        }
        Ok(Answers(answers))
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(ByField)
    }
}

impl Answers {
    /// Reads the answers to a form; without one, nothing may be answered. What is wrong is named by field.
    pub fn read(
        &self,
        defs: &Definitions,
        form: Option<&Form>,
        on: Date,
    ) -> Result<Vec<Answer>, Vec<Wrong>> {
        let (mut wrong, mut typed) = (Vec::new(), BTreeMap::new());
        for (code, given) in &self.0 {
            let Some(field) = form.and_then(|form| form.field(code)) else {
                wrong.push(Wrong::at(code, Message::new("api-answer-unknown")));
                continue;
            };
            let Some(given) = given else { continue };
            match texts(&field.kind, given) {
                Ok(texts) => {
                    typed.insert(code.as_str(), texts);
                }
                Err(message) => wrong.push(Wrong::at(code, message)),
            }
        }
        let Some(form) = form else {
            return if wrong.is_empty() { Ok(Vec::new()) } else { Err(wrong) };
        };
        let typed = |field: &str| typed.get(field).cloned().unwrap_or_default();
        match read_answers(defs, form, on, &typed) {
            Ok(answers) if wrong.is_empty() => Ok(answers),
            Ok(_) => Err(wrong),
            Err(unread) => {
                wrong.extend(unread);
                Err(wrong)
            }
        }
    }
}

/// An answer as somebody would have typed it. A JSON number has its decimals after a dot, a typed one
/// after a comma.
fn texts(kind: &Kind, given: &Given) -> Result<Vec<String>, Message> {
    match (kind, given) {
        (_, Given::Text(text)) => Ok(vec![text.clone()]),
        (Kind::Number(_), Given::Number(number)) => Ok(vec![number.to_string().replace('.', ",")]),
        (Kind::YesNo, Given::Yes(yes)) => Ok(vec![if *yes { "yes" } else { "no" }.to_owned()]),
        (Kind::Choices(_), Given::Codes(codes)) => Ok(codes.clone()),
        _ => Err(Message::new("api-answer-kind")),
    }
}
