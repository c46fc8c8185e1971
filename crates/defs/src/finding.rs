//! What is wrong in a definition file, and where.

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

/// `def-unknown-word` with the nearest known word, or an empty one when nothing is near.
pub fn unknown_word<'a>(
    what: &'static str,
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Message {
    Message::new("def-unknown-word")
        .with("what", what)
        .with("word", written)
        .with("nearest", nearest(written, known).unwrap_or_default())
}
