//! Adverse events following immunisation: within how many hours a severe one is reported, to whom, and
//! which signs call for a second look when an event is called mild.

use crate::finding::{DefFinding, unknown_word};
use crate::list::List;
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};

/// The rule of reporting.
#[derive(Debug, Clone)]
pub struct AefiRule {
    pub name: String,
    pub provenance: Provenance,
    /// Hours from knowing of a severe event to its report.
    pub report_hours: u16,
    /// Codes of `lists/aefi_receiver.csv`: who must have it.
    pub receivers: Vec<String>,
    /// Codes of `lists/aefi_sign.csv`: signs of danger.
    pub danger: Vec<String>,
    /// What is written, for the findings: list, code, line.
    pub(crate) named: Vec<(&'static str, String, u32)>,
}

with_provenance! {
    struct RawRule {
        name: String,
        report_hours: u16,
        receivers: Vec<Spanned<String>>,
        danger: Vec<Spanned<String>>,
    }
}

/// Reads `immunisation/aefi.toml`.
pub fn read_aefi(file: &str, text: &str) -> Result<Option<AefiRule>, Vec<DefFinding>> {
    let raw: RawRule = read(file, text).map_err(|f| vec![f])?;
    let provenance = raw.provenance(file, text).map_err(|f| vec![f])?;
    let mut named = Vec::new();
    for (list, codes) in [("aefi_receiver", &raw.receivers), ("aefi_sign", &raw.danger)] {
        let lines = codes.iter().map(|code| line_of(text, code.span().start));
        named.extend(codes.iter().zip(lines).map(|(code, at)| (list, code.get_ref().clone(), at)));
    }
    let plain = |codes: Vec<Spanned<String>>| codes.into_iter().map(Spanned::into_inner).collect();
    Ok(Some(AefiRule {
        name: raw.name,
        provenance,
        report_hours: raw.report_hours,
        receivers: plain(raw.receivers),
        danger: plain(raw.danger),
        named,
    }))
}

impl AefiRule {
    /// Codes that do not stand in their list.
    pub(crate) fn unknown(&self, file: &str, lists: &[List]) -> Vec<DefFinding> {
        let mut findings = Vec::new();
        for (code, written, line) in &self.named {
            let Some(list) = lists.iter().find(|list| list.code == *code) else { continue };
            if list.name(written).is_none() {
                let known = list.entries.iter().map(|entry| entry.code.as_str());
                findings.push(DefFinding::error(file, *line, unknown_word("code", written, known)));
            }
        }
        findings
    }
}
