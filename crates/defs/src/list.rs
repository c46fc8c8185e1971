//! Code lists: CSV files with a code, a Vietnamese name and whatever else the list needs.

use crate::finding::{Codes, DefFinding};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use std::rc::Rc;
use tram_kernel::{Message, text};

/// A checked list. Codes are unique; they are never reused or renumbered.
#[derive(Debug, Clone)]
pub struct List {
    pub code: String,
    pub title: String,
    pub licence: Option<String>,
    pub provenance: Provenance,
    pub entries: Vec<Entry>,
}

/// One line of a list. `also` holds other spellings under which files name it, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub code: String,
    pub name: String,
    pub also: Vec<String>,
}

impl List {
    pub fn name(&self, code: &str) -> Option<&str> {
        self.entries.iter().find(|e| e.code == code).map(|e| e.name.as_str())
    }

    /// Finds an entry by its code, its name or another spelling, however accented.
    pub fn find(&self, written: &str) -> Option<&Entry> {
        let folded = text::fold(written.trim());
        self.entries
            .iter()
            .find(|e| e.code == written.trim())
            .or_else(|| self.entries.iter().find(|e| text::fold(&e.name) == folded))
            .or_else(|| self.entries.iter().find(|e| e.also.contains(&folded)))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIndex {
    list: Vec<RawList>,
}

with_provenance! {
    struct RawList {
        file: Spanned<String>,
        title: String,
        licence: Option<String>,
    }
}

/// What `lists/index.toml` says of one CSV file.
pub struct Listed {
    pub file: String,
    pub line: u32,
    pub title: String,
    pub licence: Option<String>,
    pub provenance: Provenance,
}

/// Reads `lists/index.toml`.
pub fn read_index(file: &str, text: &str) -> Result<Vec<Listed>, Vec<DefFinding>> {
    let raw: RawIndex = read(file, text).map_err(|f| vec![f])?;
    let mut listed = Vec::new();
    let mut findings = Vec::new();
    let mut codes = Codes::default();
    for list in raw.list {
        let line = line_of(text, list.file.span().start);
        findings.extend(codes.take(list.file.get_ref(), file, line));
        match list.provenance(file, text) {
            Ok(provenance) => listed.push(Listed {
                file: list.file.into_inner(),
                line,
                title: list.title,
                licence: list.licence,
                provenance,
            }),
            Err(finding) => findings.push(finding),
        }
    }
    if findings.is_empty() { Ok(listed) } else { Err(findings) }
}

/// Makes a list of its entries.
pub fn list(listed: Listed, entries: Vec<Entry>) -> List {
    let code = listed.file.trim_end_matches(".csv").to_owned();
    let Listed { title, licence, provenance, .. } = listed;
    List { code, title, licence, provenance, entries }
}

/// Reads one CSV of codes: columns `code`, `name`, optional `also` (spellings separated by `|`).
/// `codes` goes from the national file to those of overlays.
pub fn read_entries(
    path: &str,
    text: &str,
    codes: &mut Codes,
) -> Result<Vec<Entry>, Vec<DefFinding>> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut findings = Vec::new();
    for (line, fields) in rows(path, text, &["code", "name"])? {
        let [code, name, also] = ["code", "name", "also"].map(|c| fields.get(c));
        if code.is_empty() || name.is_empty() {
            findings.push(DefFinding::error(path, line, Message::new("def-empty-cell")));
        }
        findings.extend(codes.take(code, path, line));
        let also = also.split('|').filter(|a| !a.is_empty()).map(text::fold).collect();
        entries.push(Entry { code: code.into(), name: name.into(), also });
    }
    if findings.is_empty() { Ok(entries) } else { Err(findings) }
}

/// One CSV line by column name.
pub struct Fields {
    headings: Rc<csv::StringRecord>,
    record: csv::StringRecord,
}

impl Fields {
    /// The cell under this heading, `""` when the column or cell is missing.
    pub fn get(&self, column: &str) -> &str {
        let at = self.headings.iter().position(|h| h == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default().trim()
    }
}

/// All lines of a CSV with their line numbers; missing required columns are a finding.
pub fn rows(
    path: &str,
    text: &str,
    required: &[&str],
) -> Result<Vec<(u32, Fields)>, Vec<DefFinding>> {
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, |p| p.line() as u32);
        let message = Message::new("def-unreadable").with("detail", error.to_string());
        vec![DefFinding::error(path, line, message)]
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let headings = Rc::new(reader.headers().map_err(broken)?.clone());
    for column in required {
        if !headings.iter().any(|h| h == *column) {
            let message = Message::new("def-missing-column").with("word", *column);
            return Err(vec![DefFinding::error(path, 1, message)]);
        }
    }
    let mut rows = Vec::new();
    for record in reader.into_records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, |p| p.line() as u32);
        rows.push((line, Fields { headings: Rc::clone(&headings), record }));
    }
    Ok(rows)
}
