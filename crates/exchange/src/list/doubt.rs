//! What looks wrong with a whole sheet though every row reads well.

use super::heading::Holds;
use super::{Field, Kind, Mapping, legacy};
use crate::{Cell, Sheet};
use tram_kernel::{Finding, Message};

/// Fewer rows than this prove nothing.
const ENOUGH: usize = 5;

/// Doubts about the sheet as a whole, to be shown before its rows.
pub fn doubts(sheet: &Sheet, mapping: &Mapping) -> Vec<Finding> {
    let mut findings = Vec::new();
    if legacy::is_everywhere(sheet, mapping) {
        findings.push(Finding::error(Message::new("sheet-legacy-font")).of("name"));
    }
    if let Some((swapped, typed)) = swapped_days(sheet, mapping) {
        let message =
            Message::new("sheet-dates-swapped").with("dates", swapped).with("texts", typed);
        findings.push(Finding::warning(message).of("born"));
    }
    if let Some(empty) = households_left_out(sheet, mapping) {
        let message = Message::new("sheet-household-gaps").with("rows", empty);
        findings.push(Finding::warning(message).of("household"));
    }
    findings
}

/// Rows without a household in a list that has them: written once and meant for the rows below. Only
/// merged cells say so; nothing is filled down on a guess.
fn households_left_out(sheet: &Sheet, mapping: &Mapping) -> Option<usize> {
    let household = mapping.first(Field::Household).filter(|_| mapping.kind == Kind::People)?;
    let name = mapping.first(Field::Name)?;
    let mut filled = 0;
    let mut empty = 0;
    for row in sheet.rows.iter().filter(|row| row.number >= mapping.first_row) {
        if row.cell(name).is_empty() {
            continue;
        }
        let is_filled =
            !row.cell(household).is_empty() || sheet.merged_from(household, row.number).is_some();
        filled += usize::from(is_filled);
        empty += usize::from(!is_filled);
    }
    (filled > 0 && empty > filled && empty >= ENOUGH).then_some(empty)
}

/// An Excel set to American dates reads `05/03/1960` as 3 May and leaves `25/03/1960` as text. So when
/// every real date has a day up to 12 and every typed one a day above, the real ones are swapped.
fn swapped_days(sheet: &Sheet, mapping: &Mapping) -> Option<(usize, usize)> {
    let (mut dates, mut texts) = (0, 0);
    for row in sheet.rows.iter().filter(|row| row.number >= mapping.first_row) {
        for cell in mapping.holding(&Holds::Field(Field::Born)).map(|at| row.cell(at)) {
            match cell {
                Cell::Day(day) if day.day() > 12 => return None,
                Cell::Day(_) => dates += 1,
                Cell::Text(text) => match day_in_front(text) {
                    Some(day) if day <= 12 => return None,
                    found => texts += usize::from(found.is_some()),
                },
                _ => {}
            }
        }
    }
    (dates >= ENOUGH && texts >= ENOUGH).then_some((dates, texts))
}

/// A typed day that may be read two ways, when no day of the sheet tells which is meant: `03/04/2026`.
/// Our own template says how days are written.
pub fn unclear_days(sheet: &Sheet, mapping: &Mapping) -> Option<String> {
    if mapping.by_template {
        return None;
    }
    let is_day = |holds: &Holds| mapping.kind.is_day(holds) || holds.field() == Some(Field::Sex);
    let columns = mapping.columns.iter().enumerate().filter(|(_, column)| is_day(&column.holds));
    let columns: Vec<usize> = columns.map(|(at, _)| at).collect();
    let mut unclear = None;
    for row in sheet.rows.iter().filter(|row| row.number >= mapping.first_row) {
        for cell in columns.iter().map(|at| row.cell(*at)) {
            let Cell::Text(text) = cell else { continue };
            match super::date::pair(text) {
                Some((one, _)) if one > 12 => return None,
                Some((one, other)) if one != other && unclear.is_none() => {
                    unclear = Some(text.trim().to_owned());
                }
                _ => {}
            }
        }
    }
    unclear
}

/// The first number of `25/03/1960`.
fn day_in_front(text: &str) -> Option<u8> {
    let parts: Vec<&str> = text.trim().split(['/', '-', '.']).collect();
    match parts[..] {
        [day, _, year] if year.len() == 4 => day.parse().ok(),
        _ => None,
    }
}
