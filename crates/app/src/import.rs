//! Bringing in a population list: read, mapped, checked, applied. Nothing is half saved.
//!
//! ```text
//! bytes ─► read_list ─► map_list ─► (look at the findings) ─► apply_list, 500 rows at a time
//!          state read    checked                               applying ─► applied
//! ```
//!
//! The file itself is kept by its hash, so every step reads the same bytes, and a power cut in the middle
//! of the last step only means that the step goes on.

mod apply;
mod check;
mod said;
mod undo;

pub use apply::Applied;
pub use said::{Said, SaidValue};
pub use tram_store::import::FileRow;
pub use undo::Undone;

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use said::messages;
use serde::{Deserialize, Serialize};
use tram_defs::role::{Action, Reach};
use tram_domain::roster::{Village, Villages};
use tram_exchange::population::{self, Field, Holds, Mapping};
use tram_exchange::{BadFile, Limits, Sheet, Workbook};
use tram_kernel::{Date, Message, Severity};
use tram_store::import::{StagedRow, add, claim, discard, find, with_findings};
use tram_store::{Sql, attachment, unit};

/// Rows shown of a column while it is mapped.
const EXAMPLES: usize = 3;
/// Findings shown on one page; the workbook of errors holds all.
const SHOWN: usize = 500;

/// What the person says about a file: which sheet, and what its columns hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choice {
    pub sheet: usize,
    /// Column from 0, and the code of the field it holds; an empty code passes the column over.
    pub columns: Vec<(usize, String)>,
}

/// A column of the file as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnView {
    pub at: usize,
    pub letter: String,
    pub heading: String,
    pub examples: Vec<String>,
    /// Code of the field; empty when the column is passed over.
    pub field: String,
    /// The meaning is not a plain field (a mark such as "Nữ"), and is best left as it is.
    pub special: bool,
}

/// How a file was understood, before its rows are checked.
#[derive(Debug, Clone, PartialEq)]
pub struct ListView {
    pub file: FileRow,
    pub sheets: Vec<(usize, String)>,
    pub sheet: usize,
    pub columns: Vec<ColumnView>,
    pub first_row: u32,
    pub rows: usize,
    pub by_template: bool,
    /// Code of the encoding of a CSV.
    pub encoding: Option<&'static str>,
    /// From before Unicode: guessed and converted, to be looked at by a person.
    pub is_converted: bool,
    pub findings: Vec<Said>,
    /// Nothing is missing and nothing is doubtful.
    pub is_clear: bool,
}

/// A row with its findings.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    pub number: u32,
    pub findings: Vec<Said>,
    /// The cells as they stand in the file, by field code.
    pub cells: Vec<(String, String)>,
}

/// The result of a check, or of an import that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckView {
    pub file: FileRow,
    pub new: i64,
    pub known: i64,
    pub refused: i64,
    pub rows: Vec<RowView>,
    /// An import of exactly these bytes that is over.
    pub before: Option<FileRow>,
    /// Villages of the list that the unit does not have.
    pub villages: Vec<String>,
}

/// A list with everything read from it.
struct Opened {
    workbook: Workbook,
    lists: Vec<(usize, Mapping)>,
    chosen: usize,
}

impl Opened {
    fn sheet(&self) -> &Sheet {
        &self.workbook.sheets[self.lists[self.chosen].0]
    }

    fn mapping(&self) -> &Mapping {
        &self.lists[self.chosen].1
    }
}

fn open(bytes: &[u8], choice: &Choice) -> Result<Opened, Failure> {
    let refuse = |bad: BadFile| Failure::refused_field(bad.message(), "file");
    let workbook = tram_exchange::read(bytes, &Limits::default()).map_err(refuse)?;
    let mut lists = population::lists(&workbook);
    if lists.is_empty() {
        return Err(refuse(BadFile::Empty));
    }
    let chosen = lists.iter().position(|(sheet, _)| *sheet == choice.sheet).unwrap_or(0);
    for (column, code) in &choice.columns {
        let holds = Field::from_code(code).map_or(Holds::Aside, Holds::Field);
        lists[chosen].1.assign(*column, holds);
    }
    Ok(Opened { workbook, lists, chosen })
}

impl App {
    /// The Excel template, with the villages of the actor's unit as a drop-down.
    pub fn list_template(&self, actor: &Actor) -> Result<Vec<u8>, Failure> {
        // By their own names alone: those are what the rows of the list are read by.
        let areas = self.read(actor, Action::UnitRead, Resource::InReach, |sql, reach| {
            Ok(unit::areas(sql, actor.unit_key, reach, self.today())?)
        })?;
        let villages: Vec<String> = areas.into_iter().map(|area| area.name).collect();
        Ok(tram_exchange::template::population_template(&self.definitions(), &villages))
    }

    /// Reads an uploaded file and keeps it. Answers its key.
    pub fn read_list(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<i64, Failure> {
        // Refused before anything is kept.
        let opened = open(bytes, &Choice::default())?;
        let choice = Choice { sheet: opened.lists[0].0, columns: Vec::new() };
        let now = self.now();
        let name = file_name(name);
        self.db.room.assert_free()?;
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            let key = tx.new_key();
            let sha256 = attachment::put(tx.sql(), bytes, "application/octet-stream", now.ms())?;
            let file = FileRow {
                key,
                sha256: sha256.to_vec(),
                name: name.clone(),
                kind: population::TEMPLATE.into(),
                unit: actor.unit_key,
                at: now,
                state: String::new(),
                mapping: serde_json::to_string(&choice).expect("plain data"),
                rows: 0,
                errors: 0,
                warnings: 0,
                added: 0,
                updated: 0,
                unchanged: 0,
            };
            add(tx.sql(), &file, actor.user)?;
            self.note_write(tx, actor, "import.read")?;
            Ok(key)
        })
    }

    /// How a file was understood.
    pub fn list_view(&self, actor: &Actor, key: i64) -> Result<ListView, Failure> {
        let (file, bytes) = self.list_file(actor, key)?;
        let choice = choice_of(&file);
        view(file, &bytes, &choice)
    }

    /// How a file would be understood with this choice.
    pub fn list_view_as(
        &self,
        actor: &Actor,
        key: i64,
        choice: &Choice,
    ) -> Result<ListView, Failure> {
        let (file, bytes) = self.list_file(actor, key)?;
        view(file, &bytes, choice)
    }

    /// The files of the actor's units, newest first.
    pub fn lists(&self, actor: &Actor) -> Result<Vec<FileRow>, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, reach| {
            Ok(tram_store::import::list(sql, actor.unit_key, reach, self.today())?)
        })
    }

    /// The result of the check, or of the import.
    pub fn check_view(&self, actor: &Actor, key: i64) -> Result<CheckView, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let file = own_file(sql, actor, key)?;
            let tally = tram_store::import::tally(sql, key)?;
            let count = |outcome: &str| tally.get(outcome).copied().unwrap_or(0);
            let mut rows: Vec<StagedRow> =
                tram_store::import::with_outcome(sql, key, "refused", SHOWN)?;
            let others = with_findings(sql, key, SHOWN)?;
            rows.extend(others.into_iter().filter(|row| row.outcome != "refused"));
            rows.truncate(SHOWN);
            let before = tram_store::import::by_hash(sql, &file.sha256, file.unit)?;
            let rows: Vec<RowView> = rows.iter().map(row_view).collect();
            let villages = unknown_villages(&rows);
            Ok(CheckView {
                new: count("new"),
                known: count("known"),
                refused: count("refused"),
                rows,
                before: before.into_iter().find(|f| f.state == "applied" && f.key != key),
                villages,
                file,
            })
        })
    }

    /// All rows with findings, for the workbook of errors.
    pub fn list_errors(&self, actor: &Actor, key: i64) -> Result<(FileRow, Vec<RowView>), Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let file = own_file(sql, actor, key)?;
            let rows = with_findings(sql, key, Limits::default().rows as usize)?;
            Ok((file, rows.iter().map(row_view).collect()))
        })
    }

    /// Forgets a file that was not applied.
    pub fn drop_list(&self, actor: &Actor, key: i64) -> Result<(), Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            let file = own_file(tx.sql(), actor, key)?;
            if !matches!(file.state.as_str(), "read" | "checked") {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            Ok(discard(tx.sql(), key)?)
        })
    }

    /// A file with its bytes.
    fn list_file(&self, actor: &Actor, key: i64) -> Result<(FileRow, Vec<u8>), Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let file = own_file(sql, actor, key)?;
            let bytes = attachment::get(sql, &file.sha256)?.ok_or(Failure::NotFound)?;
            Ok((file, bytes))
        })
    }
}

fn view(file: FileRow, bytes: &[u8], choice: &Choice) -> Result<ListView, Failure> {
    let opened = open(bytes, choice)?;
    let (sheet, mapping) = (opened.sheet(), opened.mapping());
    let mut findings = mapping.findings();
    findings.extend(population::doubts(sheet, mapping));
    let first: Vec<_> = sheet.rows.iter().filter(|row| row.number >= mapping.first_row).collect();
    let columns = mapping.columns.iter().enumerate().map(|(at, column)| ColumnView {
        at,
        letter: population::letters(at),
        heading: column.heading.clone(),
        examples: first.iter().take(EXAMPLES).map(|row| row.cell(at).show()).collect(),
        field: match column.holds {
            Holds::Field(field) => field.code().to_owned(),
            _ => String::new(),
        },
        special: matches!(column.holds, Holds::Mark(..) | Holds::NameStart),
    });
    let encoding = opened.workbook.encoding;
    let is_converted = encoding.is_some_and(tram_exchange::Encoding::is_converted);
    let is_clear = !is_converted && findings.iter().all(|f| f.severity == Severity::Info);
    Ok(ListView {
        sheets: opened
            .lists
            .iter()
            .map(|(at, _)| (*at, opened.workbook.sheets[*at].name.clone()))
            .collect(),
        sheet: opened.lists[opened.chosen].0,
        columns: columns.collect(),
        first_row: mapping.first_row,
        rows: first.len(),
        by_template: mapping.by_template,
        encoding: encoding.map(tram_exchange::Encoding::code),
        is_converted,
        findings: messages(&findings),
        is_clear,
        file,
    })
}

fn own_file(sql: &mut dyn Sql, actor: &Actor, key: i64) -> Result<FileRow, Failure> {
    find(sql, key)?.filter(|file| file.unit == actor.unit_key).ok_or(Failure::NotFound)
}

fn choice_of(file: &FileRow) -> Choice {
    serde_json::from_str(&file.mapping).unwrap_or_default()
}

fn villages_of(
    sql: &mut dyn Sql,
    actor: &Actor,
    reach: Reach,
    on: Date,
) -> Result<Villages, Failure> {
    let areas = unit::areas(sql, actor.unit_key, reach, on)?;
    let village = |a: unit::AreaRow| Village { area: a.id, name: a.name, shard: a.commune };
    Ok(Villages::new(areas.into_iter().map(village).collect()))
}

fn row_view(row: &StagedRow) -> RowView {
    RowView {
        number: row.number,
        findings: serde_json::from_str(&row.findings).unwrap_or_default(),
        cells: serde_json::from_str(&row.cells).unwrap_or_default(),
    }
}

fn unknown_villages(rows: &[RowView]) -> Vec<String> {
    let mut names: Vec<String> = rows
        .iter()
        .flat_map(|row| &row.findings)
        .filter(|said| said.code.starts_with("row-village-unknown"))
        .filter_map(|said| said.arg("village").map(str::to_owned))
        .collect();
    names.sort();
    names.dedup();
    names
}

/// Codes of the fields of a list, in the order of the template.
pub fn field_codes() -> impl Iterator<Item = &'static str> {
    Field::ALL.into_iter().map(Field::code)
}

/// The last part of a name, without control characters; browsers and people send whole paths.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    tram_kernel::text::clean(last, 120).unwrap_or_else(|_| "danh-sach".into())
}
