//! How much of a file is read before it is refused. A limit stops the reading; it never cuts a list short.

use crate::BadFile;
use crate::sheet::{Cell, SheetRow};

/// The limits of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes as uploaded.
    pub bytes: usize,
    /// Last row of a sheet that may hold anything.
    pub rows: u32,
    /// Last column that may hold anything.
    pub columns: u32,
    /// Cells of the whole workbook, counting the empty ones between filled ones.
    pub cells: usize,
    /// Bytes of all parts of an .xlsx once unpacked. Texts kept as cells may take a quarter of it.
    pub unpacked: u64,
    /// Parts of an .xlsx.
    pub entries: usize,
}

const MIB: usize = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 25 * MIB,
            rows: 50_000,
            columns: 200,
            cells: 2_000_000,
            unpacked: 200 * MIB as u64,
            entries: 1_000,
        }
    }
}

impl Limits {
    /// Refuses a file for its size alone.
    pub(crate) fn check_size(&self, bytes: &[u8]) -> Result<(), BadFile> {
        match bytes.len() {
            0 => Err(BadFile::Empty),
            found if found > self.bytes => {
                Err(BadFile::TooLarge { limit_mib: self.bytes.div_ceil(MIB) })
            }
            _ => Ok(()),
        }
    }
}

/// Collects the filled rows of one sheet and counts what they cost.
pub(crate) struct Filling<'a> {
    limits: &'a Limits,
    spent: &'a mut Spent,
    rows: Vec<SheetRow>,
}

/// What the whole workbook has cost so far.
#[derive(Default)]
pub(crate) struct Spent {
    cells: usize,
    text: u64,
}

impl<'a> Filling<'a> {
    pub fn new(limits: &'a Limits, spent: &'a mut Spent) -> Self {
        Self { limits, spent, rows: Vec::new() }
    }

    /// Puts a cell at a row (from 1) and column (from 0). Empty cells cost nothing and leave no trace.
    pub fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), BadFile> {
        if cell.is_empty() {
            return Ok(());
        }
        let Limits { rows, columns, cells, unpacked, .. } = *self.limits;
        if row > rows {
            return Err(BadFile::TooManyRows { limit: rows });
        }
        if column >= columns {
            return Err(BadFile::TooManyColumns { limit: columns });
        }
        match self.rows.last().map(|r| r.number) {
            Some(last) if last > row => return Err(BadFile::Corrupt),
            Some(last) if last == row => {}
            _ => {
                let room = self.rows.last().map_or(0, |r| r.cells.len()).min(32);
                self.rows.push(SheetRow { number: row, cells: Vec::with_capacity(room) });
            }
        }
        let into = &mut self.rows.last_mut().expect("a row was just made sure of").cells;
        let column = column as usize;
        if into.len() <= column {
            self.spent.cells += column + 1 - into.len();
            into.resize(column + 1, Cell::Empty);
        }
        self.spent.text += cell.text_bytes() as u64;
        if self.spent.cells > cells {
            return Err(BadFile::TooManyCells { limit: cells });
        }
        if self.spent.text > unpacked / 4 {
            return Err(BadFile::ArchiveLimit);
        }
        into[column] = cell;
        Ok(())
    }

    pub fn rows(self) -> Vec<SheetRow> {
        self.rows
    }
}
