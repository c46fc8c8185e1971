//! What a command says: words on a terminal, JSON with `--json`, and how it ended.

use crate::words::Words;
use serde_json::{Value, json};
use std::fmt::Arguments;
use std::io::{self, Write};
use std::process::ExitCode;
use tram_app::{Failure, StoreError};
use tram_kernel::{Message, day};

/// How a command ended.
pub enum Ended {
    Done,
    /// Findings were printed (exit 3).
    Findings,
    /// The input was refused (exit 3).
    Refused(Message),
    /// The command line itself is wrong (exit 2).
    Usage(Message),
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Failed(Failure::Broken(error))
    }
}

/// Where a command writes.
pub struct Out {
    pub words: &'static Words,
    json: bool,
}

impl Out {
    pub const fn new(words: &'static Words, json: bool) -> Self {
        Self { words, json }
    }

    /// The answer: JSON for programs, otherwise what `text` writes.
    pub fn answer(&self, value: Value, text: impl FnOnce()) {
        if self.json {
            let mut value = value;
            if let Value::Object(object) = &mut value {
                object.insert("schema".into(), json!(1));
            }
            print_line!("{value}");
        } else {
            text();
        }
    }

    /// A line for people only.
    pub fn line(&self, text: &str) {
        if !self.json {
            print_line!("{text}");
        }
    }

    /// A bar on the terminal of a person; silent for programs and files.
    pub fn progress(&self) -> indicatif::ProgressBar {
        if self.json { indicatif::ProgressBar::hidden() } else { indicatif::ProgressBar::new(0) }
    }

    fn wrong(&self, message: &Message, kind: &str) {
        let said = self.words.message(message);
        if self.json {
            print_line!(
                "{}",
                json!({ "schema": 1, "error": kind, "code": message.code, "message": said })
            );
        } else {
            eprintln!("{said}");
        }
    }

    pub fn end(&self, ended: Result<Ended, Ended>) -> ExitCode {
        match ended.unwrap_or_else(|ended| ended) {
            Ended::Done => ExitCode::SUCCESS,
            Ended::Findings => ExitCode::from(3),
            Ended::Refused(message) => {
                self.wrong(&message, "refused");
                ExitCode::from(3)
            }
            Ended::Usage(message) => {
                self.wrong(&message, "usage");
                ExitCode::from(2)
            }
            Ended::Failed(failure) => self.failed(&failure),
        }
    }

    fn failed(&self, failure: &Failure) -> ExitCode {
        if let Some(message) = failure.message() {
            self.wrong(&message, "failed");
        } else if let Failure::Broken(error) = failure {
            let message = Message::new("cli-broken").with("detail", error.to_string());
            self.wrong(&message, "broken");
        }
        match failure {
            Failure::Broken(StoreError::Locked { .. }) => ExitCode::from(4),
            Failure::Refused { .. }
            | Failure::Fields(_)
            | Failure::Confirm(_)
            | Failure::Broken(StoreError::Backup(_)) => ExitCode::from(3),
            _ => ExitCode::FAILURE,
        }
    }
}

/// Writes a line to standard output. A reader that goes away, such as `head`, ends the program in peace.
pub fn write_line(line: Arguments<'_>) {
    if let Err(error) = writeln!(io::stdout(), "{line}") {
        let code = if error.kind() == io::ErrorKind::BrokenPipe { 0 } else { 1 };
        std::process::exit(code);
    }
}

/// `println!` for commands, through [`write_line`].
macro_rules! print_line {
    ($($line:tt)*) => { $crate::cli::out::write_line(format_args!($($line)*)) };
}
pub(super) use print_line;

/// A day for people.
pub fn shown(on: tram_kernel::Date) -> String {
    day::show(on)
}

/// Lines of cells under headings, columns aligned; numbers to the right when the heading ends in `>`.
pub fn table(headings: &[&str], rows: &[Vec<String>]) {
    let right: Vec<bool> = headings.iter().map(|h| h.ends_with('>')).collect();
    let names: Vec<&str> = headings.iter().map(|h| h.trim_end_matches('>')).collect();
    let wide = |at: usize| {
        let cells = rows.iter().map(|row| row[at].chars().count());
        cells.chain([names[at].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..names.len()).map(wide).collect();
    let print = |cells: &[&str]| {
        let mut line = String::new();
        for (at, cell) in cells.iter().enumerate() {
            let pad = " ".repeat(widths[at].saturating_sub(cell.chars().count()));
            if right[at] {
                line.push_str(&format!("{pad}{cell}  "));
            } else {
                line.push_str(&format!("{cell}{pad}  "));
            }
        }
        print_line!("{}", line.trim_end());
    };
    print(&names);
    for row in rows {
        print(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
