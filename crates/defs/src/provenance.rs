//! Where a rule comes from, from when it holds, and how far it may be trusted.

use crate::finding::DefFinding;
use crate::span::{Spanned, line_of};
use serde::Deserialize;
use tram_kernel::{Date, Message};

/// How a rule was read. Screens warn on `Unverified`; `Secondary` shows in the editor and footnotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// The wording of the legal text was read.
    Text,
    /// A serious description of the text was read.
    Secondary,
    /// Memory or assumption: to be replaced by the original.
    Unverified,
}

impl Confidence {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Secondary => "secondary",
            Self::Unverified => "unverified",
        }
    }
}

/// Source, validity and confidence of a checked rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    pub source: String,
    pub article: Option<String>,
    pub valid_from: Date,
    /// Last day on which the rule holds; `None` while it does.
    pub valid_to: Option<Date>,
    pub confidence: Confidence,
    pub note: Option<String>,
}

impl Provenance {
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// Declares a raw file or block that carries the provenance keys beside its own, all of them checked.
///
/// (`serde(flatten)` would do this but drops positions and lets unknown keys through.)
macro_rules! with_provenance {
    ($(#[$doc:meta])* struct $name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct $name {
            $($(#[$meta])* $field: $type,)*
            source: String,
            article: Option<String>,
            valid_from: crate::span::Spanned<String>,
            valid_to: Option<crate::span::Spanned<String>>,
            confidence: crate::provenance::Confidence,
            note: Option<String>,
        }

        impl $name {
            fn provenance(
                &self,
                file: &str,
                text: &str,
            ) -> Result<crate::provenance::Provenance, crate::finding::DefFinding> {
                let read = |day| crate::provenance::read_day(file, text, day);
                let valid_from = read(&self.valid_from)?;
                let valid_to = self.valid_to.as_ref().map(read).transpose()?;
                if valid_to.is_some_and(|last| last < valid_from) {
                    let line = crate::span::line_of(text, self.valid_from.span().start);
                    let message = tram_kernel::Message::new("def-validity-reversed");
                    return Err(crate::finding::DefFinding::error(file, line, message));
                }
                Ok(crate::provenance::Provenance {
                    source: self.source.clone(),
                    article: self.article.clone(),
                    valid_from,
                    valid_to,
                    confidence: self.confidence,
                    note: self.note.clone(),
                })
            }
        }
    };
}
pub(crate) use with_provenance;

/// Reads `2026-02-15`; anything else is a finding on its line.
pub fn read_day(file: &str, text: &str, day: &Spanned<String>) -> Result<Date, DefFinding> {
    day.get_ref().parse().map_err(|_| {
        let message = Message::new("def-not-a-day").with("word", day.get_ref().as_str());
        DefFinding::error(file, line_of(text, day.span().start), message)
    })
}

/// The one of several dated rules that holds on `day`; the newest wins where two overlap.
pub fn in_force<T>(rules: &[T], day: Date, provenance: impl Fn(&T) -> &Provenance) -> Option<&T> {
    rules
        .iter()
        .filter(|rule| provenance(rule).holds_on(day))
        .max_by_key(|rule| provenance(rule).valid_from)
}
