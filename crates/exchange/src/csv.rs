//! CSV as people and programs save it: comma, semicolon or tab, quotes, any line end.

use crate::limits::{Filling, Spent};
use crate::{BadFile, Cell, Encoding, Epoch, Limits, OldFont, Sheet, TemplateMark, Workbook};
use ::csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;

/// What makes a spreadsheet take a text for a formula; our own CSV puts an apostrophe in front.
pub(crate) const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
const SEPARATORS: [u8; 3] = [b';', b',', b'\t'];
/// Columns of Excel; a line with more separators would cost memory before its cells are counted.
const WIDEST: usize = 16_384;
/// The longest text Excel can hold in a cell.
const LONGEST_CELL: usize = 32_767;

/// Reads decoded text as the only sheet of a workbook.
pub(crate) fn read(text: &str, encoding: Encoding, limits: &Limits) -> Result<Workbook, BadFile> {
    let text = one_line_end(text);
    let (named, body) = named_separator(&text);
    let separator = named.unwrap_or_else(|| guess_separator(body));
    if body.lines().any(|line| count(line, separator) > WIDEST) {
        return Err(BadFile::TooManyColumns { limit: limits.columns });
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(body.as_bytes());
    let mut spent = Spent::default();
    let mut filling = Filling::new(limits, &mut spent);
    let mut record = ByteRecord::new();
    let mut lines = Lines { text: body, seen: 0, line: 1 + u32::from(named.is_some()) };
    // Lines inside quoted cells are not rows of their own when a spreadsheet shows the file.
    let mut inner_lines = 0;
    while reader.read_byte_record(&mut record).map_err(|_| BadFile::Corrupt)? {
        let line = lines.of(record.position().map_or(0, |p| p.byte() as usize));
        let number = line - inner_lines;
        for (column, field) in record.iter().enumerate() {
            let field = std::str::from_utf8(field).map_err(|_| BadFile::Corrupt)?;
            if swallows_rows(field, separator) {
                return Err(BadFile::OpenQuote { line });
            }
            inner_lines += count(field, b'\n') as u32;
            let column = u32::try_from(column).unwrap_or(u32::MAX);
            filling.put(number, column, Cell::Text(unescaped(field).to_owned()))?;
        }
    }
    let rows = filling.rows();
    if rows.is_empty() {
        return Err(BadFile::Empty);
    }
    let name = "CSV".to_owned();
    let sheets = vec![Sheet {
        name,
        epoch: Epoch::Year1900,
        rows,
        merged: Vec::new(),
        old_font: OldFont::default(),
    }];
    let template = TemplateMark::find(&sheets);
    Ok(Workbook { sheets, encoding: Some(encoding), template })
}

/// Line numbers of records. The reader's own count stops before blank lines.
struct Lines<'a> {
    text: &'a str,
    seen: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, start: usize) -> u32 {
        let rest = self.text.get(start..).unwrap_or_default();
        let start = start + rest.len() - rest.trim_start_matches('\n').len();
        self.line += self.text.get(self.seen..start).map_or(0, |t| count(t, b'\n')) as u32;
        self.seen = start;
        self.line
    }
}

/// Windows ends lines with CR LF, very old Macintosh files with a lone CR.
fn one_line_end(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// `sep=;` in the first line is how programs tell Excel.
fn named_separator(text: &str) -> (Option<u8>, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some(&[separator]) => (Some(separator), rest),
        _ => (None, text),
    }
}

/// The separator that most lines agree on: the same number of times, as often as possible.
fn guess_separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(50).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|l| count_outside_quotes(l, separator)).collect();
        let agreeing = |n: usize| counts.iter().filter(|c| **c == n).count();
        counts.iter().filter(|c| **c > 0).map(|n| (agreeing(*n), *n)).max().unwrap_or_default()
    };
    SEPARATORS.into_iter().rev().max_by_key(|s| score(*s)).unwrap_or(b',')
}

/// A quotation mark that is not closed takes the following rows into its cell.
fn swallows_rows(field: &str, separator: u8) -> bool {
    let lines = count(field, b'\n');
    lines > 9
        || lines > 0 && count(field, separator) > 2
        || field.len() > LONGEST_CELL && field.chars().count() > LONGEST_CELL
}

fn count(field: &str, wanted: u8) -> usize {
    field.bytes().filter(|b| *b == wanted).count()
}

fn count_outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(!quoted && byte == separator);
    }
    count
}

/// Takes off what keeps a spreadsheet from touching a cell: `="0012"`, and `'` before a sign.
fn unescaped(field: &str) -> &str {
    let quoted = field.strip_prefix("=\"").and_then(|f| f.strip_suffix('"'));
    let marked = field.strip_prefix('\'').filter(|f| f.starts_with(SIGNS));
    quoted.or(marked).unwrap_or(field)
}

#[cfg(test)]
mod tests;
