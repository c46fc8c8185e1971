//! What is wrong in a definition file, and where.

use std::collections::BTreeMap;
use tram_kernel::{Message, Severity};

/// One finding of `tram defs check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefFinding {
    pub severity: Severity,
    pub file: String,
    /// One-based line in the file.
    pub line: u32,
    pub message: Message,
}

impl DefFinding {
    pub fn error(file: &str, line: u32, message: Message) -> Self {
        Self { severity: Severity::Error, file: file.into(), line, message }
    }
}

/// The known word nearest to what was written, when one is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::normalized_damerau_levenshtein(written, word), word))
        .filter(|(score, _)| *score >= 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

/// `def-unknown-word` with the nearest known word, or `def-unknown-word-far` when nothing is near.
pub fn unknown_word<'a>(
    what: &'static str,
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Message {
    match nearest(written, known) {
        Some(nearest) => Message::new("def-unknown-word")
            .with("what", what)
            .with("word", written)
            .with("nearest", nearest),
        None => Message::new("def-unknown-word-far").with("what", what).with("word", written),
    }
}

/// The codes of one kind, each with the place where it was first written. Codes are unique in the
/// whole set, not only in their file.
#[derive(Debug, Default)]
pub struct Codes(BTreeMap<String, (String, u32)>);

impl Codes {
    /// Takes a code; one that was taken before is a finding that names both places.
    pub fn take(&mut self, code: &str, file: &str, line: u32) -> Option<DefFinding> {
        if let Some((first, at)) = self.0.get(code) {
            let message = Message::new("def-code-twice")
                .with("word", code)
                .with("file", first.as_str())
                .with("line", i64::from(*at));
            return Some(DefFinding::error(file, line, message));
        }
        self.0.insert(code.to_owned(), (file.to_owned(), line));
        None
    }
}
