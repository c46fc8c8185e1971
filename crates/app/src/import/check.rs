//! Checking a list: every row against the rules, the other rows and the records. Saves nothing but findings.

use super::rows::Checked;
use super::{Choice, Opened, choice_of, said::messages};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use tram_defs::role::Action;
use tram_exchange::list;
use tram_kernel::{Finding, Message, Severity};
use tram_store::import::{StagedRow, keep_check};

impl App {
    /// Maps and checks a file. With `choice` the person says what the columns hold.
    pub fn check_list(
        &self,
        actor: &Actor,
        key: i64,
        choice: Option<&Choice>,
    ) -> Result<(), Failure> {
        let (mut file, bytes) = self.list_file(actor, key)?;
        let mut choice = choice.cloned().unwrap_or_else(|| choice_of(&file));
        choice.kind.clone_from(&file.kind);
        let opened = self.open_file(actor, &bytes, &choice)?;
        if let Some(finding) = wrong(&opened) {
            return Err(Failure::refused_field(finding.message, "columns"));
        }
        choice.names = opened.names();
        let checked =
            self.with_rows(actor, &opened, &mut |rows| Ok(rows.list().checked(&opened)))?;
        let rows: Vec<StagedRow> =
            checked.into_iter().map(|row| staged(row, &choice.names)).collect();
        let has = |row: &StagedRow, what: &str| row.findings.contains(what);
        file.rows = rows.len() as i64;
        file.errors = rows.iter().filter(|r| r.outcome == "refused").count() as i64;
        file.warnings = rows.iter().filter(|r| has(r, "\"severity\":\"warning\"")).count() as i64;
        file.mapping = serde_json::to_string(&choice).expect("plain data");
        self.db.room.assert_free()?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            self.own_file(tx.sql(), actor, key)?;
            if keep_check(tx.sql(), &file, &rows)? {
                Ok(())
            } else {
                Err(Failure::refused(Message::new("import-begun")))
            }
        })
    }
}

/// What keeps the rows from being checked at all.
fn wrong(opened: &Opened) -> Option<Finding> {
    let mut all = opened.sheets().flat_map(|(_, sheet, mapping)| {
        mapping.findings().into_iter().chain(list::doubts(sheet, mapping))
    });
    all.find(|finding| finding.severity == Severity::Error)
}

/// A row as it is kept: without findings only its place and outcome.
fn staged(row: Checked, names: &[(usize, String)]) -> StagedRow {
    let (cells, findings) = if row.findings.is_empty() {
        (String::new(), String::new())
    } else {
        let said = messages(&row.findings, names);
        let plain = |text: serde_json::Result<String>| text.expect("plain data");
        (plain(serde_json::to_string(&row.cells)), plain(serde_json::to_string(&said)))
    };
    StagedRow { number: row.number, cells, findings, outcome: row.outcome.into(), person: None }
}
