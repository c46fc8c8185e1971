//! How a pregnancy is dated: when an ultrasound takes the place of the last menstrual period.
//!
//! ```text
//! pregnancy.toml ─► Dating: by gestational age on the day of the scan, how many days may differ
//! ```

use crate::finding::{Codes, DefFinding};
use crate::phrase::{Span, parse_span};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use tram_kernel::Message;

/// One dated rule.
#[derive(Debug, Clone)]
pub struct Dating {
    pub code: String,
    pub name: String,
    /// By gestational age, youngest first: a scan before this age replaces the period when it differs by more
    /// than so many days.
    scan: Vec<(Span, i32)>,
    pub provenance: Provenance,
}

impl Dating {
    /// By how many days a scan on which she was so far (in days, by the period) may differ and the period
    /// still stands.
    pub fn may_differ(&self, days: i32) -> i32 {
        let fits = self.scan.iter().find(|(before, _)| days < before.days);
        fits.or(self.scan.last()).map_or(0, |(_, over)| *over)
    }

    /// Before so many weeks, so many days.
    pub fn bands(&self) -> impl Iterator<Item = (i32, i32)> + '_ {
        self.scan.iter().map(|(before, over)| (before.days / 7, *over))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    dating: Vec<RawDating>,
}

with_provenance! {
    struct RawDating {
        code: Spanned<String>,
        name: String,
        scan: Vec<RawScan>,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScan {
    before: Spanned<String>,
    over: Spanned<String>,
}

/// Reads the rules, oldest first.
pub fn read_datings(file: &str, text: &str) -> Result<Vec<Dating>, Vec<DefFinding>> {
    let raw: RawFile = read(file, text).map_err(|f| vec![f])?;
    let (mut rules, mut findings, mut codes) = (Vec::new(), Vec::new(), Codes::default());
    for raw in &raw.dating {
        findings.extend(codes.take(raw.code.get_ref(), file, line_of(text, raw.code.span().start)));
        match raw.check(file, text) {
            Ok(rule) => rules.push(rule),
            Err(found) => findings.push(found),
        }
    }
    rules.sort_by_key(|rule: &Dating| rule.provenance.valid_from);
    if findings.is_empty() { Ok(rules) } else { Err(findings) }
}

impl RawDating {
    fn check(&self, file: &str, text: &str) -> Result<Dating, DefFinding> {
        let bad = |at: &Spanned<String>, message: Message| {
            DefFinding::error(file, line_of(text, at.span().start), message)
        };
        // Weeks and days: calendar months are no gestational age.
        let days = |written: &Spanned<String>| {
            let message = Message::new("def-not-a-span").with("word", written.get_ref().as_str());
            let span = parse_span(written.get_ref()).filter(|span| span.months == 0);
            span.ok_or_else(|| bad(written, message))
        };
        let mut scan: Vec<(Span, i32)> = Vec::new();
        for line in &self.scan {
            let (before, over) = (days(&line.before)?, days(&line.over)?.days);
            if scan.last().is_some_and(|(last, _)| last.days >= before.days) {
                return Err(bad(
                    &line.before,
                    Message::new("def-bands-unordered")
                        .with("word", line.before.get_ref().as_str()),
                ));
            }
            scan.push((before, over));
        }
        let provenance = self.provenance(file, text)?;
        let code = self.code.get_ref().clone();
        Ok(Dating { code, name: self.name.clone(), scan, provenance })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = r#"
[[dating]]
code = "X"
name = "x"
source = "x"
valid_from = "2017-05-01"
confidence = "secondary"
scan = [{ before = "9 weeks", over = "5 days" }, { before = "16 weeks", over = "7 days" }]
"#;

    #[test]
    fn the_later_the_scan_the_more_it_may_differ() {
        let rules = read_datings("pregnancy.toml", RULE).expect("right");
        let of = |days| rules[0].may_differ(days);
        assert_eq!((of(62), of(63), of(111), of(200)), (5, 7, 7, 7));
    }

    #[test]
    fn ages_that_do_not_rise_are_named_with_their_line() {
        let text = RULE.replace("16 weeks", "9 weeks");
        let found = read_datings("pregnancy.toml", &text).expect_err("not rising");
        assert_eq!((found[0].line, found[0].message.code), (8, "def-bands-unordered"));
        let text = RULE.replace("16 weeks", "4 months");
        let found = read_datings("pregnancy.toml", &text).expect_err("months");
        assert_eq!(found[0].message.code, "def-not-a-span");
    }
}
