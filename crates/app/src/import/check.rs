//! Checking a list: every row against the rules, the other rows and the records. Saves nothing but findings.

use super::{Choice, Opened, choice_of, open, own_file, said::messages, villages_of};
use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use std::collections::{HashMap, HashSet};
use tram_defs::role::Action;
use tram_domain::roster::{Judged, Judgement, Listed, Outcome, Records, Villages, judge};
use tram_exchange::population::{self, Holds, Mapping, ParsedRow};
use tram_kernel::{Date, Finding, Message, Severity};
use tram_store::import::{StagedRow, holders, keep_check, records};

/// A list parsed and what it is held against.
pub(super) struct Held {
    pub parsed: Vec<ParsedRow>,
    pub listed: Vec<Listed>,
    pub villages: Villages,
    pub records: Records,
}

impl Held {
    /// The judgement of the rows that could be read.
    pub fn judge(&self, today: Date) -> Judgement<'_> {
        judge(&self.listed, &self.villages, &self.records, today)
    }
}

impl App {
    /// Maps and checks a file. With `choice` the person says what the columns hold.
    pub fn check_list(
        &self,
        actor: &Actor,
        key: i64,
        choice: Option<&Choice>,
    ) -> Result<(), Failure> {
        let (mut file, bytes) = self.list_file(actor, key)?;
        let choice = choice.cloned().unwrap_or_else(|| choice_of(&file));
        let opened = open(&bytes, &choice)?;
        let wrong = opened.mapping().findings().into_iter().find(|f| f.severity == Severity::Error);
        let doubt = population::doubts(opened.sheet(), opened.mapping());
        let doubt = doubt.into_iter().find(|f| f.severity == Severity::Error);
        if let Some(finding) = wrong.or(doubt) {
            return Err(Failure::refused_field(finding.message, "columns"));
        }
        let held = self.hold(actor, &opened)?;
        let judgement = held.judge(self.today());
        let rows = staged(&held.parsed, &judgement, opened.mapping());
        let has = |row: &StagedRow, what: &str| row.findings.contains(what);
        file.rows = held.parsed.len() as i64;
        file.errors = rows.iter().filter(|r| r.outcome == "refused").count() as i64;
        file.warnings = rows.iter().filter(|r| has(r, "\"severity\":\"warning\"")).count() as i64;
        file.mapping = serde_json::to_string(&choice).expect("plain data");
        self.db.room.assert_free()?;
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            own_file(tx.sql(), actor, key)?;
            if keep_check(tx.sql(), &file, &rows)? {
                Ok(())
            } else {
                Err(Failure::refused(Message::new("import-begun")))
            }
        })
    }

    /// Parses the chosen sheet and loads what it is held against.
    pub(super) fn hold(&self, actor: &Actor, opened: &Opened) -> Result<Held, Failure> {
        let defs = self.definitions();
        let today = self.today();
        let parsed = population::parse(opened.sheet(), opened.mapping(), &defs, today);
        let listed: Vec<Listed> = parsed.iter().filter_map(|row| row.listed.clone()).collect();
        self.read(actor, Action::ImportRun, Resource::Unit(actor.unit), |sql, reach| {
            let villages = villages_of(sql, actor, reach, today)?;
            let mut records = records(sql, actor.unit_key, reach, today)?;
            let ours: HashSet<&str> = records
                .people
                .iter()
                .flat_map(|k| k.citizen.iter().chain(&k.insurance))
                .map(String::as_str)
                .collect();
            let numbers: Vec<&str> = listed
                .iter()
                .flat_map(|row| row.citizen.iter().chain(&row.insurance))
                .map(tram_kernel::identifier::Identifier::value)
                .filter(|number| !ours.contains(number))
                .collect();
            let elsewhere = holders(sql, &numbers)?;
            records.elsewhere = elsewhere.into_iter().map(|(number, _)| number).collect();
            Ok(Held { parsed, listed, villages, records })
        })
    }
}

/// Rows as they are kept: those without findings only by number and outcome.
fn staged(parsed: &[ParsedRow], judgement: &Judgement<'_>, mapping: &Mapping) -> Vec<StagedRow> {
    let judged: HashMap<u32, &Judged<'_>> =
        judgement.rows.iter().map(|row| (row.listed.row, row)).collect();
    parsed
        .iter()
        .map(|row| {
            let judged = judged.get(&row.number).copied();
            let mut findings: Vec<Finding> = row.findings.clone();
            findings.extend(judged.iter().flat_map(|j| j.findings.iter().cloned()));
            let outcome = match judged.map(|j| j.outcome) {
                Some(Outcome::New) => "new",
                Some(Outcome::Known(_)) => "known",
                Some(Outcome::Refused) | None => "refused",
            };
            let (cells, findings) = if findings.is_empty() {
                (String::new(), String::new())
            } else {
                (cells(row, mapping), serde_json::to_string(&messages(&findings)).expect("plain"))
            };
            StagedRow { number: row.number, cells, findings, outcome: outcome.into(), person: None }
        })
        .collect()
}

/// The cells that matter, by field code, as they stand in the file.
fn cells(row: &ParsedRow, mapping: &Mapping) -> String {
    let named: Vec<(&str, &str)> = mapping
        .columns
        .iter()
        .zip(&row.raw)
        .filter_map(|(column, raw)| match column.holds {
            Holds::Field(field) if !raw.is_empty() => Some((field.code(), raw.as_str())),
            _ => None,
        })
        .collect();
    serde_json::to_string(&named).expect("plain data")
}
