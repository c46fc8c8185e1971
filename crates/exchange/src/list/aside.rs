//! Rows of a list that are nobody: samples, totals, signatures, the name of a village over its people.

use super::heading::Holds;
use super::{Field, Mapping};
use crate::{Cell, SheetRow};
use tram_kernel::text;

/// What stands in front of the name in the sample rows of our template, folded.
const SAMPLE: &str = "vi du:";

/// What a row is.
#[derive(Debug, PartialEq, Eq)]
pub enum Kind {
    Person,
    /// Over its people, the village they live in.
    Village(String),
    Nobody,
    /// The date and the signatures; the names that follow are those of the signers.
    Closing,
}

/// `Ví dụ: ` and the name of a sample row.
pub fn sample_name(name: &str) -> String {
    format!("Ví dụ: {name}")
}

/// What a row is, told by what it lacks; a row that may be somebody is somebody.
pub fn kind(row: &SheetRow, mapping: &Mapping) -> Kind {
    if let Some(village) = lone_village(row) {
        return Kind::Village(village);
    }
    if !mapping.touches(row) {
        return Kind::Nobody;
    }
    let name =
        mapping.first(mapping.kind.name()).map_or_else(String::new, |at| lower(row.cell(at)));
    if text::fold(&name).starts_with(SAMPLE) {
        return Kind::Nobody;
    }
    let any = |test: fn(&str) -> bool| row.cells.iter().any(|cell| test(&lower(cell)));
    if has_sex_or_number(row, mapping) && !is_total(&name) {
        return Kind::Person;
    }
    if is_total(&name) || name.is_empty() && any(is_total) {
        return Kind::Nobody;
    }
    if is_signature(&name) || name.is_empty() && any(is_signature) {
        return Kind::Closing;
    }
    Kind::Person
}

/// Below the signatures only what is told of somebody makes a person.
pub fn is_described(row: &SheetRow, mapping: &Mapping) -> bool {
    let is_date = |cell: &Cell| match cell {
        Cell::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        cell => !cell.is_empty(),
    };
    let mut births = mapping.holding(&Holds::Field(Field::Born));
    has_sex_or_number(row, mapping) || births.any(|at| is_date(row.cell(at)))
}

fn has_sex_or_number(row: &SheetRow, mapping: &Mapping) -> bool {
    let sex = mapping.first(Field::Sex).map_or("", |at| row.cell(at).text());
    let number = mapping.first(Field::Citizen).is_some_and(|at| !row.cell(at).is_empty());
    number || tram_kernel::Sex::parse(sex).is_some()
}

/// Lower case with its accents: "bản" is a village, "Bàn" a family name.
fn lower(cell: &Cell) -> String {
    text::clean(cell.text(), 300).unwrap_or_default().to_lowercase()
}

fn is_total(line: &str) -> bool {
    let starts = ["tổng cộng", "tổng số", "cộng:", "tổng:"];
    starts.iter().any(|s| line.starts_with(s)) || matches!(line, "cộng" | "tổng")
}

/// The lines of date and signature below a list.
fn is_signature(line: &str) -> bool {
    const SIGNATURES: [&str; 11] = [
        "người lập",
        "người tổng hợp",
        "lập biểu",
        "lập bảng",
        "trưởng trạm",
        "thủ trưởng",
        "chủ tịch",
        "tm.",
        "(ký",
        "ký tên",
        "xác nhận",
    ];
    let is_dated = line.contains("ngày") && line.contains("tháng") && line.contains("năm");
    is_dated || SIGNATURES.iter().any(|s| line.starts_with(s))
}

/// A village alone in its row, or beside nothing but a numeral.
fn lone_village(row: &SheetRow) -> Option<String> {
    let mut filled = row.cells.iter().filter(|c| !c.is_empty());
    match (filled.next()?, filled.next(), filled.next()) {
        (Cell::Text(only), None, _) => village_name(only),
        (numeral, Some(Cell::Text(village)), None) if numeral.text().trim().len() <= 5 => {
            village_name(village)
        }
        _ => None,
    }
}

/// The village in `I. Thôn Nà Lầu:`.
fn village_name(shown: &str) -> Option<String> {
    const KINDS: [&str; 14] = [
        "thôn", "bản", "ấp", "xóm", "buôn", "làng", "khóm", "khu", "tổ", "phum", "sóc", "tdp",
        "kp", "plei",
    ];
    let cleaned = text::clean(shown, 100).ok()?;
    let name = cleaned.split_once(['.', ')', '-']).map_or(cleaned.as_str(), |(number, rest)| {
        let numbers = number.len() <= 4 && number.chars().all(|c| c.is_ascii_alphanumeric());
        if numbers { rest } else { &cleaned }
    });
    let name = name.trim_start_matches(['*', '-', '+', ' ']).trim_end_matches([':', ' ']);
    let lower = name.to_lowercase();
    let (kind, rest) = lower.split_once(' ')?;
    (KINDS.contains(&kind) && !rest.is_empty()).then(|| name.to_owned())
}

/// `(1) (2) (3)` or `A B 1 2` below the headings.
pub fn is_column_numbers(row: &SheetRow) -> bool {
    let shown: Vec<String> = row.cells.iter().filter(|c| !c.is_empty()).map(|c| c.show()).collect();
    let mut last = 0;
    let fits = |text: &String| {
        let bare = text.trim().trim_matches(['(', ')', '[', ']']);
        match bare.parse::<u32>() {
            Ok(number) => {
                let follows = number > last && number <= last + 3;
                last = number;
                follows
            }
            Err(_) => bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphabetic()),
        }
    };
    shown.len() >= 3 && shown.iter().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn village_headings_give_the_village() {
        for (shown, village) in [
            ("Thôn Nà Lầu", Some("Thôn Nà Lầu")),
            ("I. Bản Phố:", Some("Bản Phố")),
            ("2) Tổ dân phố 5", Some("Tổ dân phố 5")),
            ("* Ấp 3", Some("Ấp 3")),
            ("Thôn", None),
            ("Tô Thị Hoa", None),
            ("Bàn Thị Mẩy", None),
        ] {
            assert_eq!(village_name(shown).as_deref(), village, "{shown}");
        }
    }
}
