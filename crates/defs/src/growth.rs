//! Growth standards of children: L, M and S of the World Health Organization, by sex and age, length or height.
//!
//! ```text
//! growth/standards.toml   which tables there are, from which key to which, where they come from
//! growth/<code>.csv       day,boy_l,boy_m,boy_s,girl_l,girl_m,girl_s   one line a day, month or 0,1 cm
//! ```
//!
//! The texts are checked when a set is packed or adopted and read once, when a child is first measured.

use crate::finding::{Codes, DefFinding, unknown_word};
use crate::provenance::{Provenance, with_provenance};
use crate::span::{Spanned, line_of, read};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::OnceLock;
use tram_kernel::{Message, Sex};

/// The tables, each under the name of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    WeightAge,
    HeightAge,
    BmiAge,
    HeadAge,
    /// Weight for the length of a child who lies.
    WeightLength,
    /// Weight for the height of a child who stands.
    WeightHeight,
    WeightMonth,
    HeightMonth,
    BmiMonth,
}

/// What the lines of a table count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Days of age.
    Day,
    /// Months of age.
    Month,
    /// Tenths of a centimetre.
    Millimetre,
}

impl Standard {
    pub const ALL: [Self; 9] = [
        Self::WeightAge,
        Self::HeightAge,
        Self::BmiAge,
        Self::HeadAge,
        Self::WeightLength,
        Self::WeightHeight,
        Self::WeightMonth,
        Self::HeightMonth,
        Self::BmiMonth,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::WeightAge => "weight_age",
            Self::HeightAge => "height_age",
            Self::BmiAge => "bmi_age",
            Self::HeadAge => "head_age",
            Self::WeightLength => "weight_length",
            Self::WeightHeight => "weight_height",
            Self::WeightMonth => "weight_month",
            Self::HeightMonth => "height_month",
            Self::BmiMonth => "bmi_month",
        }
    }

    pub const fn key(self) -> Key {
        match self {
            Self::WeightAge | Self::HeightAge | Self::BmiAge | Self::HeadAge => Key::Day,
            Self::WeightMonth | Self::HeightMonth | Self::BmiMonth => Key::Month,
            Self::WeightLength | Self::WeightHeight => Key::Millimetre,
        }
    }
}

/// Power, median and coefficient of variation of one line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lms {
    pub l: f64,
    /// In kilograms, centimetres or kilograms a square metre.
    pub m: f64,
    pub s: f64,
}

/// What `standards.toml` says of one table.
#[derive(Debug, Clone)]
pub struct GrowthTable {
    pub standard: Standard,
    pub name: String,
    pub licence: String,
    pub provenance: Provenance,
    /// First and last key.
    range: (i32, i32),
    text: Cow<'static, str>,
}

/// All tables, read.
#[derive(Debug, Default)]
pub struct Standards {
    tables: [Rows; 9],
}

/// Lines of a table as they are written, boys first: L and M in 1/10 000, S in 1/100 000.
#[derive(Debug, Default)]
struct Rows {
    first: i32,
    lines: Vec<[[i32; 3]; 2]>,
}

impl Standards {
    /// The line of a key; `None` outside of the table, or when the set has none.
    pub fn at(&self, standard: Standard, sex: Sex, key: i32) -> Option<Lms> {
        let rows = &self.tables[standard as usize];
        let line = rows.lines.get(usize::try_from(key.checked_sub(rows.first)?).ok()?)?;
        let [l, m, s] = line[usize::from(sex == Sex::Female)].map(f64::from);
        Some(Lms { l: l / 1e4, m: m / 1e4, s: s / 1e5 })
    }

    /// First and last key of a table.
    pub fn range(&self, standard: Standard) -> Option<(i32, i32)> {
        let rows = &self.tables[standard as usize];
        let last = i32::try_from(rows.lines.len().checked_sub(1)?).ok()?;
        Some((rows.first, rows.first + last))
    }
}

/// The tables of a set, read when first asked for.
#[derive(Debug, Default)]
pub struct Growth {
    /// In the order of `standards.toml`; sets adopted before it existed have none.
    pub tables: Vec<GrowthTable>,
    read: OnceLock<Standards>,
}

impl Growth {
    /// Read on first use; the texts were checked when the set was packed.
    pub fn standards(&self) -> &Standards {
        self.read.get_or_init(|| {
            let mut standards = Standards::default();
            for table in &self.tables {
                if let Ok(rows) = table.rows() {
                    standards.tables[table.standard as usize] = rows;
                }
            }
            standards
        })
    }

    /// Reads every table for its findings.
    pub fn check(&self) -> Vec<DefFinding> {
        self.tables.iter().filter_map(|table| table.rows().err()).flatten().collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawStandards {
    table: Vec<RawTable>,
}

with_provenance! {
    struct RawTable {
        code: Spanned<String>,
        name: String,
        licence: String,
        from: String,
        to: String,
    }
}

/// Reads `growth/standards.toml`; `text_of` answers the text of a file of the set.
pub fn read_standards(
    file: &str,
    text: &str,
    text_of: &dyn Fn(&str) -> Option<Cow<'static, str>>,
) -> Result<Growth, Vec<DefFinding>> {
    let raw: RawStandards = read(file, text).map_err(|f| vec![f])?;
    let (mut tables, mut findings, mut codes) = (Vec::new(), Vec::new(), Codes::default());
    for raw in raw.table {
        let line = line_of(text, raw.code.span().start);
        findings.extend(codes.take(raw.code.get_ref(), file, line));
        match table(raw, file, text, text_of) {
            Ok(table) => tables.push(table),
            Err(finding) => findings.push(finding),
        }
    }
    for standard in Standard::ALL {
        if findings.is_empty() && !tables.iter().any(|table| table.standard == standard) {
            let message = Message::new("def-growth-table").with("word", standard.code());
            findings.push(DefFinding::error(file, 1, message));
        }
    }
    if findings.is_empty() { Ok(Growth { tables, read: OnceLock::new() }) } else { Err(findings) }
}

fn table(
    raw: RawTable,
    file: &str,
    text: &str,
    text_of: &dyn Fn(&str) -> Option<Cow<'static, str>>,
) -> Result<GrowthTable, DefFinding> {
    let line = line_of(text, raw.code.span().start);
    let wrong = |message: Message| DefFinding::error(file, line, message);
    let code = raw.code.get_ref();
    let Some(standard) = Standard::ALL.into_iter().find(|known| known.code() == code) else {
        return Err(wrong(unknown_word("table", code, Standard::ALL.map(Standard::code))));
    };
    let provenance = raw.provenance(file, text)?;
    let places = u32::from(standard.key() == Key::Millimetre);
    let range = fixed(&raw.from, places).zip(fixed(&raw.to, places)).filter(|(from, to)| from < to);
    let range = range.ok_or_else(|| wrong(Message::new("def-range-reversed")))?;
    let path = path_of(standard);
    let text = text_of(&path)
        .ok_or_else(|| wrong(Message::new("def-missing-file").with("word", path.as_str())))?;
    Ok(GrowthTable { standard, name: raw.name, licence: raw.licence, provenance, range, text })
}

fn path_of(standard: Standard) -> String {
    format!("growth/{}.csv", standard.code())
}

impl GrowthTable {
    fn rows(&self) -> Result<Rows, Vec<DefFinding>> {
        let file = path_of(self.standard);
        let (key, places) = match self.standard.key() {
            Key::Day => ("day", 0),
            Key::Month => ("month", 0),
            Key::Millimetre => ("cm", 1),
        };
        let wrong = |line: usize, code: &'static str, word: &str| {
            DefFinding::error(&file, line as u32 + 1, Message::new(code).with("word", word))
        };
        let mut lines = self.text.lines();
        let heading = format!("{key},boy_l,boy_m,boy_s,girl_l,girl_m,girl_s");
        if lines.next() != Some(heading.as_str()) {
            return Err(vec![wrong(0, "def-growth-heading", &heading)]);
        }
        let (first, last) = self.range;
        let mut rows = Rows { first, lines: Vec::with_capacity((last - first + 1) as usize) };
        let mut findings = Vec::new();
        for (at, line) in (1..).zip(lines) {
            let Some((key, cells)) = cells(line, places) else {
                findings.push(wrong(at, "def-growth-line", line));
                continue;
            };
            if key != first + at as i32 - 1 {
                findings.push(wrong(at, "def-growth-gap", line));
                break;
            }
            if !is_plausible(&cells, rows.lines.last()) {
                findings.push(wrong(at, "def-growth-value", line));
            }
            rows.lines.push(cells);
        }
        if findings.is_empty() && rows.lines.len() != (last - first + 1) as usize {
            findings.push(wrong(rows.lines.len(), "def-growth-end", &last.to_string()));
        }
        if findings.is_empty() { Ok(rows) } else { Err(findings) }
    }
}

/// Key and both sexes of one line.
fn cells(line: &str, places: u32) -> Option<(i32, [[i32; 3]; 2])> {
    let mut cells = line.split(',');
    let key = fixed(cells.next()?, places)?;
    let mut values = [[0; 3]; 2];
    for cell in values.iter_mut().flatten().zip([4, 4, 5].into_iter().cycle()) {
        *cell.0 = fixed(cells.next()?, cell.1)?;
    }
    cells.next().is_none().then_some((key, values))
}

/// From one line to the next the median moves by less than a twentieth; L and S lie where those of
/// measures of children do.
fn is_plausible(line: &[[i32; 3]; 2], before: Option<&[[i32; 3]; 2]>) -> bool {
    line.iter().enumerate().all(|(sex, [l, m, s])| {
        let near = before.is_none_or(|before| {
            let last = before[sex][1];
            (m - last).abs() < last / 20
        });
        (-50_000..=50_000).contains(l) && *m > 0 && (1_000..=30_000).contains(s) && near
    })
}

/// `-0.3521` with four places is −3521; `None` with more places than that.
fn fixed(cell: &str, places: u32) -> Option<i32> {
    let (sign, digits) = match cell.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, cell),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let missing = places.checked_sub(decimals.len() as u32)?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let mut value: i32 = whole.parse().ok()?;
    for digit in decimals.bytes() {
        value = value.checked_mul(10)?.checked_add(i32::from(digit - b'0'))?;
    }
    Some(sign * value.checked_mul(10_i32.checked_pow(missing)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "
        [[table]]
        code = 'weight_age'
        name = 'x'
        licence = 'x'
        from = '0'
        to = '2'
        source = 'x'
        valid_from = '2006-04-27'
        confidence = 'secondary'
    ";
    const HEADING: &str = "day,boy_l,boy_m,boy_s,girl_l,girl_m,girl_s";

    fn rows(lines: &str) -> Result<Rows, Vec<(u32, &'static str)>> {
        let text = format!("{HEADING}\n{lines}");
        let raw: RawStandards = read("t", TABLE).expect("a table");
        let of = |_: &str| Some(Cow::Owned(text.clone()));
        let only = raw.table.into_iter().next().expect("one");
        let table = table(only, "t", TABLE, &of).expect("a table");
        table.rows().map_err(|found| found.iter().map(|f| (f.line, f.message.code)).collect())
    }

    #[test]
    fn a_table_is_read_to_the_last_digit() {
        let lines = "0,0.3487,3.3464,0.14602,0.3809,3.2322,0.14171\n\
                     1,-0.3127,3.3174,0.1,1,3.1957,0.14578\n2,1,3.3,0.1,1,3.2,0.1\n";
        let rows = rows(lines).expect("a table");
        assert_eq!(rows.lines[0], [[3487, 33_464, 14_602], [3809, 32_322, 14_171]]);
        assert_eq!(rows.lines[1][0], [-3127, 33_174, 10_000]);
        let mut standards = Standards::default();
        standards.tables[Standard::WeightAge as usize] = rows;
        let girl = standards.at(Standard::WeightAge, Sex::Female, 0).expect("a line");
        assert_eq!((girl.l, girl.m, girl.s), (0.3809, 3.2322, 0.14171));
        assert_eq!(standards.range(Standard::WeightAge), Some((0, 2)));
        for key in [-1, 3, i32::MIN] {
            assert_eq!(standards.at(Standard::WeightAge, Sex::Male, key), None);
        }
    }

    #[test]
    fn what_is_wrong_in_a_table_is_named_with_its_line() {
        let line = |key: &str, m: &str| format!("{key},1,{m},0.1,1,3.2,0.1\n");
        let whole = |lines: [(&str, &str); 3]| -> String {
            lines.iter().map(|(key, m)| line(key, m)).collect()
        };
        for (lines, found) in [
            (whole([("0", "3.2"), ("1", "3.2"), ("2", "3.2")]), None),
            (whole([("0", "3.2"), ("2", "3.2"), ("3", "3.2")]), Some((3, "def-growth-gap"))),
            (whole([("0", "3.2"), ("1", "3.2"), ("1", "3.2")]), Some((4, "def-growth-gap"))),
            (whole([("0", "3.2"), ("1", "3.5"), ("2", "3.5")]), Some((3, "def-growth-value"))),
            (whole([("0", "3.2"), ("1", "3,2"), ("2", "3.2")]), Some((3, "def-growth-line"))),
            (whole([("0", "3.2"), ("1", "3.20001"), ("2", "3.2")]), Some((3, "def-growth-line"))),
            (line("0", "3.2") + &line("1", "3.2"), Some((3, "def-growth-end"))),
        ] {
            let got = rows(&lines).err().map(|findings| findings[0]);
            assert_eq!(got, found, "{lines}");
        }
    }

    #[test]
    fn every_table_must_be_there() {
        let of = |_: &str| Some(Cow::Borrowed(""));
        let findings = read_standards("growth/standards.toml", TABLE, &of).expect_err("one only");
        assert_eq!(findings[0].message.code, "def-growth-table");
        let unknown = TABLE.replace("weight_age", "weight_ages");
        let findings = read_standards("t", &unknown, &of).expect_err("not a table");
        assert_eq!((findings[0].line, findings[0].message.code), (3, "def-unknown-word"));
        let findings = read_standards("t", TABLE, &|_| None).expect_err("no file");
        assert_eq!(findings[0].message.code, "def-missing-file");
    }
}
