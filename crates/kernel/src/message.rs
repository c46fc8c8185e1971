//! What must be said to a person: a code with arguments. The sentence lives in `locales/*.ftl`.

use crate::day::Date;
use std::borrow::Cow;

/// One argument of a message. Numbers and days are formatted where the sentence is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Text(String),
    Number(i64),
    Day(Date),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<Date> for Arg {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

/// A code of the message catalogue with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub code: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Message {
    pub const fn new(code: &'static str) -> Self {
        Self { code, args: Vec::new() }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// What a person accepts when they accept this: the code, and which rule of a definition said it.
    pub fn key(&self) -> String {
        match self.args.iter().find(|(name, _)| *name == "rule") {
            Some((_, Arg::Text(rule))) => format!("{}:{rule}", self.code),
            _ => self.code.to_owned(),
        }
    }
}

/// How bad a finding is. An error stops the save; a warning travels with the fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Something found in a file: what, how bad, and exactly where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    pub message: Message,
    pub file: Option<String>,
    /// One-based, as the person sees it in the spreadsheet or editor.
    pub row: Option<u32>,
    /// Code of the field or column; one of a definition is not known to the program.
    pub field: Option<Cow<'static, str>>,
}

impl Finding {
    pub const fn new(severity: Severity, message: Message) -> Self {
        Self { severity, message, file: None, row: None, field: None }
    }

    pub const fn error(message: Message) -> Self {
        Self::new(Severity::Error, message)
    }

    pub const fn warning(message: Message) -> Self {
        Self::new(Severity::Warning, message)
    }

    pub fn in_file(mut self, file: &str) -> Self {
        self.file = Some(file.into());
        self
    }

    pub const fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    pub fn of(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }
}
