//! The rows that somebody has to look at, for the workbook in which they are corrected.

use super::{FileRow, Limits, ListKind, RowView, Said, choice_of, row_view};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_store::import::with_findings;

/// Rows to be corrected, and what they list.
#[derive(Debug, Clone, PartialEq)]
pub struct ToCorrect {
    pub file: FileRow,
    pub kind: ListKind,
    /// Refused rows; where none was refused, those that were warned of.
    pub rows: Vec<RowView>,
}

impl App {
    /// The refused rows of a file with their cells; where none was refused, those that were warned of.
    pub fn list_errors(&self, actor: &Actor, key: i64) -> Result<ToCorrect, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let (file, kind) = self.own_file(sql, actor, key)?;
            let names = choice_of(&file).names;
            let staged = with_findings(sql, key, Limits::default().rows as usize)?;
            let mut rows: Vec<RowView> = staged.iter().map(|row| row_view(row, &names)).collect();
            if rows.iter().any(|row| row.outcome == "refused") {
                rows.retain(|row| row.outcome == "refused");
            } else {
                let is_info = |said: &Said| said.severity == "info";
                rows.retain(|row| !row.findings.iter().all(is_info));
            }
            Ok(ToCorrect { file, kind, rows })
        })
    }
}
