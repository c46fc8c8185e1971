//! Findings as they are kept beside a staged row: codes and values, no sentence.

use serde::{Deserialize, Serialize};
use tram_domain::roster::place;
use tram_kernel::{Arg, Finding, day};

/// One value of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SaidValue {
    Number(i64),
    Text(String),
}

/// A finding with its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// `error`, `warning`, `info`.
    pub severity: String,
    pub code: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(String, SaidValue)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Said {
    pub fn is_error(&self) -> bool {
        self.severity == "error"
    }

    /// A text among the values.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args.iter().find(|(n, _)| n == name).and_then(|(_, value)| match value {
            SaidValue::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }
}

impl From<&Finding> for Said {
    fn from(finding: &Finding) -> Self {
        let value = |arg: &Arg| match arg {
            Arg::Text(text) => SaidValue::Text(text.clone()),
            Arg::Number(number) => SaidValue::Number(*number),
            Arg::Day(day) => SaidValue::Text(day::show(*day)),
        };
        let args = finding.message.args.iter();
        Self {
            severity: finding.severity.code().into(),
            code: finding.message.code.into(),
            args: args.map(|(name, arg)| ((*name).to_owned(), value(arg))).collect(),
            field: finding.field.as_ref().map(|field| field.clone().into_owned()),
        }
    }
}

/// Findings as they are kept. Another row is named as the person sees it; `names` are those of the sheets, when
/// several were read.
pub fn messages(findings: &[Finding], names: &[(usize, String)]) -> Vec<Said> {
    let mut said: Vec<Said> = findings.iter().map(Said::from).collect();
    for (name, value) in said.iter_mut().flat_map(|said| &mut said.args) {
        if let (ROW, SaidValue::Number(number)) = (name.as_str(), &*value) {
            let at = u32::try_from(*number).unwrap_or_default();
            let sheet = names.iter().find(|(sheet, _)| *sheet == place::sheet(at));
            *value = match sheet {
                Some((_, name)) => SaidValue::Text(format!("{} ({name})", place::row(at))),
                None => SaidValue::Number(i64::from(place::row(at))),
            };
        }
    }
    said
}

/// The value of a message that is the place of another row.
const ROW: &str = "row";
