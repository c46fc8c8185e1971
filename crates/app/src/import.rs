//! Bringing in a list (people, households, doses given, cards, entries of a form): read, mapped, checked,
//! applied. Nothing is half saved.
//!
//! ```text
//! bytes ─► read_list ─► map_list ─► (look at the findings) ─► apply_list, 500 rows at a time
//!          state read    checked                               applying ─► applied
//! ```
//!
//! The file itself is kept by its hash, so every step reads the same bytes, and a power cut in the middle
//! of the last step only means that the step goes on. All of this is written once; what a kind of list does
//! with its rows stands in `import/rows/`.

mod apply;
mod check;
mod kind;
mod rejects;
mod rows;
mod said;
mod undo;
mod view;

pub use apply::Applied;
pub use rejects::ToCorrect;
pub use rows::name_field;
pub use said::{Said, SaidValue};
pub use tram_exchange::list::{DayOrder, Kind as ListKind};
pub use tram_exchange::rejects::{Heads, Reject, rejects as rejects_file};
pub use tram_store::import::FileRow;
pub use undo::Undone;
pub use view::{ColumnView, ListView, SheetView};

use crate::actor::Actor;
use crate::authority::Resource;
use crate::failure::Failure;
use crate::opening::App;
use serde::{Deserialize, Serialize};
use tram_defs::role::{Action, Reach};
use tram_domain::roster::{Village, Villages, place};
use tram_exchange::list::{self, Holds, Mapping};
use tram_exchange::{BadFile, Limits, Sheet, Workbook};
use tram_kernel::{Date, Message};
use tram_store::import::{StagedRow, add, claim, discard, with_findings};
use tram_store::{Sql, attachment, unit};

/// Findings shown on one page; the workbook of errors holds all.
const SHOWN: usize = 500;

/// What the person says about a file: what it lists, which sheets, what their columns hold, how days are written.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Choice {
    /// Code of the kind of list; empty when the program is to tell.
    #[serde(default)]
    pub kind: String,
    pub sheet: usize,
    /// Every sheet with such rows is read, as one list.
    #[serde(default)]
    pub all: bool,
    /// Column of `sheet` from 0, and the code of the field it holds; an empty code passes the column over.
    pub columns: Vec<(usize, String)>,
    /// The same for the other sheets, when all are read: sheet, column, field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<(usize, usize, String)>,
    /// Code of [`DayOrder`]; empty when nobody was asked.
    #[serde(default)]
    pub days: String,
    /// Names of the sheets that were read, when there are several.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<(usize, String)>,
}

/// A row with its findings.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// As the person sees it, from 1.
    pub number: u32,
    /// Name of its sheet, when several were read.
    pub sheet: String,
    pub outcome: String,
    pub findings: Vec<Said>,
    /// The cells as they stand in the file, by field code.
    pub cells: Vec<(String, String)>,
}

/// The result of a check, or of an import that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckView {
    pub file: FileRow,
    pub kind: ListKind,
    pub new: i64,
    pub known: i64,
    pub refused: i64,
    pub rows: Vec<RowView>,
    /// An import of exactly these bytes that is over.
    pub before: Option<FileRow>,
    /// Villages of the list that the unit does not have.
    pub villages: Vec<String>,
}

/// A file with everything read from it.
struct Opened {
    kind: ListKind,
    workbook: Workbook,
    /// Sheets that hold such rows.
    lists: Vec<(usize, Mapping)>,
    /// Indexes of those that are read.
    chosen: Vec<usize>,
    all: bool,
    order: DayOrder,
}

impl Opened {
    /// The sheets that are read, with their place in the workbook.
    fn sheets(&self) -> impl Iterator<Item = (usize, &Sheet, &Mapping)> {
        self.chosen.iter().map(|at| {
            let (sheet, mapping) = &self.lists[*at];
            (*sheet, &self.workbook.sheets[*sheet], mapping)
        })
    }

    /// Names of the sheets that are read, when there are several.
    fn names(&self) -> Vec<(usize, String)> {
        if self.chosen.len() < 2 {
            return Vec::new();
        }
        self.sheets().map(|(at, sheet, _)| (at, sheet.name.clone())).collect()
    }
}

/// `named` gives the kind of a code, when it is there for the asker.
fn open(
    bytes: &[u8],
    choice: &Choice,
    named: impl Fn(&str) -> Option<ListKind>,
) -> Result<Opened, Failure> {
    let refuse = |bad: BadFile| Failure::refused_field(bad.message(), "file");
    let workbook = tram_exchange::read(bytes, &Limits::default()).map_err(refuse)?;
    let kind = kind::of_file(&workbook, &choice.kind, named)?;
    let mut lists = list::lists(&workbook, &kind);
    if lists.is_empty() {
        return Err(refuse(BadFile::Empty));
    }
    let one = lists.iter().position(|(sheet, _)| *sheet == choice.sheet).unwrap_or(0);
    let chosen = if choice.all { (0..lists.len()).collect() } else { vec![one] };
    let holds = |code: &str| match code {
        "" => Holds::Aside,
        code => Holds::from_code(code),
    };
    for (column, code) in &choice.columns {
        lists[one].1.assign(*column, holds(code));
    }
    for (sheet, column, code) in choice.beside.iter().filter(|_| choice.all) {
        if let Some((_, mapping)) = lists.iter_mut().find(|(at, _)| at == sheet) {
            mapping.assign(*column, holds(code));
        }
    }
    let order = DayOrder::from_code(&choice.days).unwrap_or_default();
    Ok(Opened { kind, workbook, lists, chosen, all: choice.all, order })
}

impl App {
    /// The Excel template of a kind of list, with the villages of the actor's unit as a drop-down.
    pub fn list_template(&self, actor: &Actor, kind: &ListKind) -> Result<Vec<u8>, Failure> {
        if !actor.lists(kind) {
            return Err(Failure::NotFound);
        }
        // By their own names alone: those are what the rows of the list are read by.
        let areas = self.read(actor, Action::UnitRead, Resource::InReach, |sql, reach| {
            Ok(unit::areas(sql, actor.unit_key, reach, self.today())?)
        })?;
        let villages: Vec<String> = areas.into_iter().map(|area| area.name).collect();
        Ok(tram_exchange::template::list_template(kind, &self.definitions(), &villages))
    }

    /// Reads an uploaded file and keeps it. Answers its key: that of an import of exactly these bytes which
    /// was cut off, when there is one.
    pub fn read_list(&self, actor: &Actor, name: &str, bytes: &[u8]) -> Result<i64, Failure> {
        self.read_list_of(actor, None, name, bytes)
    }

    /// The same, where the person says what the file lists.
    pub fn read_list_of(
        &self,
        actor: &Actor,
        kind: Option<ListKind>,
        name: &str,
        bytes: &[u8],
    ) -> Result<i64, Failure> {
        // Refused before anything is kept.
        let kind = kind.map_or_else(String::new, |kind| kind.code().into_owned());
        let opened = self.open_file(actor, bytes, &Choice { kind, ..Choice::default() })?;
        let kind = opened.kind.code().into_owned();
        let choice = Choice { kind, sheet: opened.lists[0].0, ..Choice::default() };
        let now = self.now();
        let name = file_name(name);
        self.db.room.assert_free()?;
        self.db.write(now, |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            let sha256 = attachment::put(tx.sql(), bytes, "application/octet-stream", now.ms())?;
            let before = tram_store::import::by_hash(tx.sql(), &sha256, actor.unit_key)?;
            let is_open = |file: &&FileRow| file.state == "applying" && file.kind == choice.kind;
            if let Some(cut_off) = before.iter().find(is_open) {
                return Ok(cut_off.key);
            }
            let key = tx.new_key();
            let file = FileRow {
                key,
                sha256: sha256.to_vec(),
                name: name.clone(),
                kind: choice.kind.clone(),
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
        Ok(view::view(file, &self.open_file(actor, &bytes, &choice)?, &choice))
    }

    /// How a file would be understood with this choice.
    pub fn list_view_as(
        &self,
        actor: &Actor,
        key: i64,
        choice: &Choice,
    ) -> Result<ListView, Failure> {
        let (file, bytes) = self.list_file(actor, key)?;
        let choice = Choice { kind: file.kind.clone(), ..choice.clone() };
        Ok(view::view(file, &self.open_file(actor, &bytes, &choice)?, &choice))
    }

    /// The files of the actor's units, newest first.
    pub fn lists(&self, actor: &Actor) -> Result<Vec<FileRow>, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, reach| {
            let mut files = tram_store::import::list(sql, actor.unit_key, reach, self.today())?;
            files.retain(|file| self.kind_of(actor, file).is_some());
            Ok(files)
        })
    }

    /// The result of the check, or of the import.
    pub fn check_view(&self, actor: &Actor, key: i64) -> Result<CheckView, Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let (file, kind) = self.own_file(sql, actor, key)?;
            let tally = tram_store::import::tally(sql, key)?;
            let count = |outcome: &str| tally.get(outcome).copied().unwrap_or(0);
            let mut rows: Vec<StagedRow> =
                tram_store::import::with_outcome(sql, key, "refused", SHOWN)?;
            let others = with_findings(sql, key, SHOWN)?;
            rows.extend(others.into_iter().filter(|row| row.outcome != "refused"));
            rows.truncate(SHOWN);
            let before = tram_store::import::by_hash(sql, &file.sha256, file.unit)?;
            let names = choice_of(&file).names;
            let rows: Vec<RowView> = rows.iter().map(|row| row_view(row, &names)).collect();
            let villages = unknown_villages(&rows);
            Ok(CheckView {
                new: count("new"),
                known: count("known"),
                refused: count("refused"),
                rows,
                before: before.into_iter().find(|f| f.state == "applied" && f.key != key),
                villages,
                kind,
                file,
            })
        })
    }

    /// Forgets a file that was not applied.
    pub fn drop_list(&self, actor: &Actor, key: i64) -> Result<(), Failure> {
        self.db.write(self.now(), |tx| {
            self.check(tx.sql(), actor, Action::ImportRun, Resource::Unit(actor.unit))?;
            let (file, _) = self.own_file(tx.sql(), actor, key)?;
            if !matches!(file.state.as_str(), "read" | "checked") {
                return Err(Failure::refused(Message::new("import-begun")));
            }
            Ok(discard(tx.sql(), key)?)
        })
    }

    /// A file with its bytes.
    fn list_file(&self, actor: &Actor, key: i64) -> Result<(FileRow, Vec<u8>), Failure> {
        self.read(actor, Action::ImportRun, Resource::InReach, |sql, _| {
            let (file, _) = self.own_file(sql, actor, key)?;
            let bytes = attachment::get(sql, &file.sha256)?.ok_or(Failure::NotFound)?;
            Ok((file, bytes))
        })
    }
}

fn choice_of(file: &FileRow) -> Choice {
    let choice: Choice = serde_json::from_str(&file.mapping).unwrap_or_default();
    Choice { kind: file.kind.clone(), ..choice }
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

fn row_view(row: &StagedRow, names: &[(usize, String)]) -> RowView {
    let sheet = names.iter().find(|(at, _)| *at == place::sheet(row.number));
    RowView {
        number: place::row(row.number),
        sheet: sheet.map_or_else(String::new, |(_, name)| name.clone()),
        outcome: row.outcome.clone(),
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

/// Codes of the columns of a kind of list, in the order of its template.
pub fn field_codes(kind: &ListKind) -> Vec<String> {
    kind.columns().iter().map(|holds| holds.code().into_owned()).collect()
}

/// The last part of a name, without control characters; browsers and people send whole paths.
fn file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    tram_kernel::text::clean(last, 120).unwrap_or_else(|_| "danh-sach".into())
}
