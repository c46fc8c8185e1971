//! Which column holds what: by the hidden codes of our template, else by the headings.

use super::heading::{Holds, recognise, recognise_below};
use super::{Field, Kind, aside};
use crate::{Cell, Sheet, SheetRow};
use tram_defs::form::{self, Form};
use tram_kernel::{Finding, Message, Severity};

/// The heading is looked for in this many filled rows.
const HEADING_ROWS: usize = 15;
/// The newest templates this program knows.
pub(crate) const TEMPLATE_VERSION: u32 = 1;

/// What the columns of one sheet hold, and where its rows begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    pub kind: Kind,
    pub columns: Vec<Column>,
    /// Number of the first row below the headings, as the person sees it.
    pub first_row: u32,
    /// How the columns were found: `true` by the codes of our own template.
    pub by_template: bool,
    version: u32,
}

/// One column as found in the sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub heading: String,
    pub holds: Holds,
}

impl Mapping {
    /// Looks for the headings. `codes_row` is the number of the hidden row of a template.
    pub fn of(sheet: &Sheet, codes_row: Option<u32>, kind: &Kind) -> Self {
        let by_codes = codes_row.and_then(|number| by_codes(&sheet.rows, number, kind));
        by_codes.unwrap_or_else(|| by_headings(&sheet.rows, kind))
    }

    pub(super) const fn with_version(mut self, version: u32) -> Self {
        self.version = version;
        self
    }

    /// What is missing, unknown or double. Without an error the rows can be parsed.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.version > TEMPLATE_VERSION {
            let message = Message::new("template-newer").with("version", i64::from(self.version));
            findings.push(Finding::warning(message));
        }
        if self.fields() < 2 {
            findings.push(Finding::error(Message::new("sheet-heading-missing")));
            return findings;
        }
        for group in self.kind.required() {
            let field = group[0];
            if !group.iter().any(|field| self.has(*field)) {
                let message = Message::new("sheet-column-missing").with("heading", field.heading());
                findings.push(Finding::error(message).of(field.code()));
            }
        }
        // Without such a column every row would be refused for it.
        let always = |field: &&form::Field| field.required && field.when.is_empty();
        for field in self.kind.form().into_iter().flat_map(Form::fields).filter(always) {
            let holds = Holds::Answer(field.code.clone());
            if self.holding(&holds).next().is_none() {
                let message =
                    Message::new("sheet-column-missing").with("heading", field.label.as_str());
                findings.push(Finding::error(message).of(holds.code()));
            }
        }
        if self.only_female() {
            findings.push(Finding::warning(Message::new("sheet-only-female")).of("sex"));
        }
        self.find_doubles(&mut findings);
        findings
    }

    fn find_doubles(&self, findings: &mut Vec<Finding>) {
        for (index, column) in self.columns.iter().enumerate() {
            let is_second = || self.holding(&column.holds).next() != Some(index);
            let code = match column.holds {
                Holds::Unknown if column.heading.is_empty() => continue,
                Holds::Unknown => "sheet-column-unknown",
                Holds::Field(Field::Born) => continue,
                Holds::Field(_) | Holds::Answer(_) if is_second() => "sheet-column-twice",
                _ => continue,
            };
            let message = Message::new(code)
                .with("column", letters(index))
                .with("heading", column.heading.as_str());
            let severity =
                if code == "sheet-column-twice" { Severity::Warning } else { Severity::Info };
            findings.push(Finding::new(severity, message));
        }
    }

    /// No required column is missing.
    pub fn is_complete(&self) -> bool {
        self.kind.required().iter().all(|group| group.iter().any(|field| self.has(*field)))
    }

    /// How many different fields were found.
    pub fn fields(&self) -> usize {
        self.kind.fields().iter().filter(|field| self.has(**field)).count()
    }

    /// How many columns mean something: the row of the headings is the one with most.
    fn meant(&self) -> usize {
        self.fields() + self.answers().count()
    }

    /// The person says what a column holds.
    pub fn assign(&mut self, column: usize, holds: Holds) {
        if let Some(column) = self.columns.get_mut(column) {
            column.holds = holds;
        }
    }

    fn has(&self, field: Field) -> bool {
        let marks = |code| self.holding(&Holds::Mark(Field::Sex, code)).next().is_some();
        match field {
            Field::Sex => self.first(field).is_some() || marks("f"),
            Field::Born => self.first(field).is_some() || marks("m") && marks("f"),
            _ => self.first(field).is_some(),
        }
    }

    /// Only the women are marked, as lists with a single "Nữ" column do.
    pub(super) fn only_female(&self) -> bool {
        self.kind == Kind::People
            && self.first(Field::Sex).is_none()
            && self.holding(&Holds::Mark(Field::Sex, "m")).next().is_none()
            && self.holding(&Holds::Mark(Field::Sex, "f")).next().is_some()
    }

    pub(super) fn first(&self, field: Field) -> Option<usize> {
        self.holding(&Holds::Field(field)).next()
    }

    pub(super) fn holding(&self, holds: &Holds) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, c)| c.holds == *holds).map(|(i, _)| i)
    }

    /// The columns that answer questions, each question once, with its code.
    pub(super) fn answers(&self) -> impl Iterator<Item = (usize, &str)> {
        self.columns.iter().enumerate().filter_map(|(at, column)| match &column.holds {
            Holds::Answer(code) if self.holding(&column.holds).next() == Some(at) => {
                Some((at, code.as_str()))
            }
            _ => None,
        })
    }

    /// The columns whose marks stand for a code of the field.
    pub(super) fn marks(&self, field: Field) -> impl Iterator<Item = (usize, &'static str)> {
        self.columns.iter().enumerate().filter_map(move |(index, c)| match c.holds {
            Holds::Mark(of, code) if of == field => Some((index, code)),
            _ => None,
        })
    }

    /// The row holds something in a column that matters.
    pub(super) fn touches(&self, row: &SheetRow) -> bool {
        self.columns.iter().zip(&row.cells).any(|(column, cell)| {
            !matches!(column.holds, Holds::Aside | Holds::Unknown) && !cell.is_empty()
        })
    }
}

/// `A`, `Z`, `AA`: the name of a column in a spreadsheet.
pub fn letters(index: usize) -> String {
    let mut left = index + 1;
    let mut name = String::new();
    while left > 0 {
        left -= 1;
        name.insert(0, char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    name
}

/// Columns by the codes of the hidden row; a column the person added is read by its heading.
fn by_codes(rows: &[SheetRow], number: u32, kind: &Kind) -> Option<Mapping> {
    let at = rows.iter().position(|row| row.number == number)?;
    let codes = &rows[at];
    let below = &rows[at + 1..];
    let name_at = codes.cells.iter().position(|c| c.text() == kind.name().code())?;
    let is_heading = |row: &&SheetRow| {
        recognise(row.cell(name_at).text(), kind) == Some(Holds::Field(kind.name()))
    };
    let heading = below.iter().take(HEADING_ROWS).find(is_heading);
    let width = codes.cells.len().max(heading.map_or(0, |h| h.cells.len()));
    let column = |index: usize| {
        let heading = heading.map_or("", |h| h.cell(index).text());
        let holds = match codes.cell(index).text() {
            "" => recognise(heading, kind).unwrap_or(Holds::Unknown),
            code => Holds::from_code(code),
        };
        Column { heading: heading.into(), holds }
    };
    let first_row = heading.map_or(number, |h| h.number) + 1;
    let columns = (0..width).map(column).collect();
    Some(Mapping { kind: kind.clone(), columns, first_row, by_template: true, version: 0 })
}

/// The row, or pair of rows, in which most fields are recognised; the upper one when several agree.
fn by_headings(rows: &[SheetRow], kind: &Kind) -> Mapping {
    let (kind, columns) = (kind.clone(), Vec::new());
    let mut best = Mapping { kind, columns, first_row: 1, by_template: false, version: 0 };
    for (index, row) in rows.iter().take(HEADING_ROWS).enumerate() {
        let single = one_row(row, &best.kind);
        let double = rows.get(index + 1).and_then(|below| two_rows(row, below, &single));
        for found in [Some(single), double].into_iter().flatten() {
            if found.meant() > best.meant() {
                best = found;
            }
        }
    }
    let numbering = rows.iter().find(|row| row.number >= best.first_row);
    if let Some(row) = numbering.filter(|row| aside::is_column_numbers(row)) {
        best.first_row = row.number + 1;
    }
    best
}

fn one_row(row: &SheetRow, kind: &Kind) -> Mapping {
    let column = |cell: &Cell| Column {
        heading: cell.text().trim().into(),
        holds: recognise(cell.text(), kind).unwrap_or(Holds::Unknown),
    };
    Mapping {
        kind: kind.clone(),
        columns: row.cells.iter().map(column).collect(),
        first_row: row.number + 1,
        by_template: false,
        version: 0,
    }
}

/// Two heading rows: the name stands only in the upper one, and the lower one holds nothing but text.
fn two_rows(above: &SheetRow, below: &SheetRow, single: &Mapping) -> Option<Mapping> {
    let kind = &single.kind;
    let name = single.first(kind.name())?;
    let only_text = below.cells.iter().all(|c| matches!(c, Cell::Empty | Cell::Text(_)));
    if below.number != above.number + 1 || !below.cell(name).is_empty() || !only_text {
        return None;
    }
    let mut spanning = "";
    let mut columns = Vec::new();
    for index in 0..above.cells.len().max(below.cells.len()) {
        let (upper, lower) = (above.cell(index).text().trim(), below.cell(index).text().trim());
        if !upper.is_empty() {
            spanning = upper;
        }
        let (heading, holds) = if lower.is_empty() {
            (upper.to_owned(), recognise(upper, kind))
        } else {
            (format!("{spanning} – {lower}"), recognise_below(spanning, lower, kind))
        };
        columns.push(Column { heading, holds: holds.unwrap_or(Holds::Unknown) });
    }
    let (kind, first_row) = (kind.clone(), below.number + 1);
    Some(Mapping { kind, columns, first_row, by_template: false, version: 0 })
}

#[cfg(test)]
mod tests;
