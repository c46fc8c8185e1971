//! One cell to a text, or to what is wrong with it.

use crate::Cell;
use tram_kernel::text::{self, BadText};
use tram_kernel::{Message, Severity};

/// What a cell gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<T> {
    Nothing,
    Good(T),
    /// Taken, with a warning.
    Doubtful(T, Message),
    /// Left out, with a warning.
    Dropped(Message),
    /// The row cannot be taken.
    Wrong(Message),
}

impl<T> Value<T> {
    /// The value, if any, and what has to be said.
    pub fn split(self) -> (Option<T>, Option<(Severity, Message)>) {
        match self {
            Self::Nothing => (None, None),
            Self::Good(value) => (Some(value), None),
            Self::Doubtful(value, message) => (Some(value), Some((Severity::Warning, message))),
            Self::Dropped(message) => (None, Some((Severity::Warning, message))),
            Self::Wrong(message) => (None, Some((Severity::Error, message))),
        }
    }

    /// Goes on with a good value; anything else stays what it is.
    pub fn then<U>(self, next: impl FnOnce(T) -> Value<U>) -> Value<U> {
        match self {
            Self::Good(value) => next(value),
            Self::Nothing => Value::Nothing,
            Self::Doubtful(_, message) | Self::Dropped(message) => Value::Dropped(message),
            Self::Wrong(message) => Value::Wrong(message),
        }
    }
}

/// What somebody typed, short enough for a message.
pub fn typed(text: &str) -> String {
    const LONGEST: usize = 40;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The text of a cell, clean. Dates and flags are no text: Excel turns `1-2` into a date.
pub fn text(cell: &Cell, longest: usize) -> Value<String> {
    match cell {
        Cell::Empty => Value::Nothing,
        Cell::Text(text) => clean(text, longest),
        Cell::Number(digits) => clean(digits, longest),
        Cell::Day(day) => Value::Wrong(Message::new("row-cell-date").with("day", *day)),
        Cell::Flag(_) => Value::Wrong(Message::new("row-cell-flag")),
        Cell::Broken(code) => Value::Wrong(broken(code)),
    }
}

pub fn broken(code: &'static str) -> Message {
    match code {
        "formula" => Message::new("row-cell-formula"),
        code => Message::new("row-cell-broken").with("shown", code),
    }
}

fn clean(typed: &str, longest: usize) -> Value<String> {
    match text::clean(typed, longest) {
        Ok(text) => Value::Good(text),
        Err(bad) => bad_text(bad, longest),
    }
}

fn bad_text<T>(bad: BadText, longest: usize) -> Value<T> {
    match bad {
        BadText::Empty => Value::Nothing,
        BadText::Hidden => Value::Wrong(Message::new("row-hidden-characters")),
        BadText::TooLong => {
            Value::Wrong(Message::new("row-text-too-long").with("longest", longest))
        }
    }
}

/// Longest name of a person, as the record takes it.
const NAME: usize = 100;

/// The name of a person. A digit in it usually tells two people apart, or is a slip.
pub fn name(cell: &Cell) -> Value<String> {
    text(cell, NAME).then(|typed| match text::person_name(&typed) {
        Ok(name) if name.chars().any(|c| c.is_ascii_digit()) => {
            Value::Doubtful(name, Message::new("row-name-digit"))
        }
        Ok(name) => Value::Good(name),
        Err(BadText::Empty) => Value::Wrong(Message::new("row-name-invalid")),
        Err(bad) => bad_text(bad, NAME),
    })
}

/// What stands in a column of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marked {
    Yes,
    No,
    /// Something else is written there.
    Other,
}

/// `x`, `v`, `1`, `có` and ticks are marks; nothing, `0` and `không` are none.
pub fn marked(cell: &Cell) -> Marked {
    match cell {
        Cell::Empty | Cell::Flag(false) => Marked::No,
        Cell::Flag(true) => Marked::Yes,
        Cell::Text(text) | Cell::Number(text) => match text::fold(text).trim() {
            "x" | "v" | "1" | "co" | "+" | "*" | "✓" | "✔" | "√" => Marked::Yes,
            "" | "0" | "-" | "khong" => Marked::No,
            _ => Marked::Other,
        },
        Cell::Day(_) | Cell::Broken(_) => Marked::Other,
    }
}

/// `không`, `chưa có`, `-`: written where there is nothing to write.
pub fn says_nothing(text: &str) -> bool {
    const LONGEST_BYTES: usize = 20;
    text.len() <= LONGEST_BYTES
        && matches!(
            text::fold(text).as_str(),
            "-" | "--"
                | "0"
                | "x"
                | "k"
                | "ko"
                | "khong"
                | "khong co"
                | "chua"
                | "chua co"
                | "chua cap"
        )
}
