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
/// whole set, not only in their file; an overlay may replace a national one when it says so.
#[derive(Debug, Default)]
pub struct Codes {
    known: BTreeMap<String, (String, u32)>,
    /// What overlays brought, in the order read.
    pub additions: Vec<Addition>,
}

impl Codes {
    /// Takes a code; one that was taken before is a finding that names both places.
    pub fn take(&mut self, code: &str, file: &str, line: u32) -> Option<DefFinding> {
        self.take_or_replace(code, None, file, line)
    }

    /// The same for a rule that may say `replaces = "CODE"`: its own code, taken by a national file.
    pub fn take_or_replace(
        &mut self,
        code: &str,
        replaces: Option<&str>,
        file: &str,
        line: u32,
    ) -> Option<DefFinding> {
        let wrong = |message: Message| Some(DefFinding::error(file, line, message));
        let name = overlay_of(file).map(|(name, _)| name);
        let first = self.known.get(code);
        if let Some(word) = replaces {
            let is_national = first.is_some_and(|(first, _)| overlay_of(first).is_none());
            if word != code || name.is_none() || !is_national {
                return wrong(Message::new("def-replaces-unknown").with("word", word));
            }
        } else if let Some((first, at)) = first {
            let shadows = name.is_some() && overlay_of(first).is_none();
            let message = Message::new(if shadows { "def-shadows" } else { "def-code-twice" })
                .with("word", code)
                .with("file", first.as_str())
                .with("line", i64::from(*at));
            return wrong(message);
        }
        if let Some(overlay) = name {
            let (overlay, file, code) = (overlay.to_owned(), file.to_owned(), code.to_owned());
            self.additions.push(Addition { overlay, file, code, replaces: replaces.is_some() });
        }
        self.known.insert(code.to_owned(), (file.to_owned(), line));
        None
    }

    /// Puts each rule of an overlay in the place of the national one it replaces.
    pub fn settle<T>(&self, rules: &mut Vec<T>, code_of: impl Fn(&T) -> &str) {
        for replaced in self.additions.iter().filter(|addition| addition.replaces) {
            let of = |rule: &T| code_of(rule) == replaced.code;
            let first = rules.iter().position(of);
            if let (Some(first), Some(last)) = (first, rules.iter().rposition(of))
                && first < last
            {
                rules[first] = rules.remove(last);
            }
        }
    }
}

/// One rule or entry that an overlay adds to the national ones, or puts in the place of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    pub overlay: String,
    pub file: String,
    pub code: String,
    pub replaces: bool,
}

/// The overlay a file belongs to, and its path as if it were a national file:
/// `overlay/lao-cai/indicators/population.toml` → `lao-cai`, `indicators/population.toml`.
pub fn overlay_of(file: &str) -> Option<(&str, &str)> {
    file.strip_prefix("overlay/")?.split_once('/')
}
