//! From a byte position in a TOML text to the line a person sees, and reading with that line kept.

use crate::finding::{DefFinding, unknown_word};
use serde::Deserialize;
use tram_kernel::Message;

/// One-based line of a byte offset.
pub fn line_of(text: &str, offset: usize) -> u32 {
    let before = text.as_bytes().iter().take(offset);
    1 + before.filter(|b| **b == b'\n').count() as u32
}

/// A text together with where it stands in its file.
pub type Spanned<T> = toml::Spanned<T>;

/// Reads a TOML text into its raw shape; a syntax error or an unknown key becomes one finding.
pub fn read<'de, T: Deserialize<'de>>(file: &str, text: &'de str) -> Result<T, DefFinding> {
    toml::from_str(text).map_err(|error| {
        let line = line_of(text, error.span().map_or(0, |s| s.start));
        DefFinding::error(file, line, explain(error.message()))
    })
}

/// Turns serde's "unknown field `x`, expected one of `a`, `b`" into a message with the nearest word.
fn explain(raw: &str) -> Message {
    let mut quoted = raw.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(word) if raw.starts_with("unknown field") => unknown_word("key", word, quoted),
        Some(word) if raw.starts_with("unknown variant") => unknown_word("value", word, quoted),
        _ => Message::new("def-unreadable").with("detail", raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the refusal is looked at")]
    struct Raw {
        source: String,
        valid_from: String,
    }

    #[test]
    fn an_unknown_key_names_its_line_and_the_nearest_key() {
        let text = "source = 'x'\n\nvalid_form = '2026-01-01'\n";
        let finding = read::<Raw>("a.toml", text).expect_err("a misspelt key");
        assert_eq!(finding.line, 3);
        assert_eq!(finding.message.code, "def-unknown-word");
        assert!(finding.message.args.contains(&("nearest", "valid_from".into())));
    }

    #[test]
    fn a_syntax_error_names_its_line() {
        let finding = read::<Raw>("a.toml", "source = 'x'\nvalid_from = \n").expect_err("broken");
        assert_eq!((finding.line, finding.message.code), (2, "def-unreadable"));
    }
}
