//! Numbers that point at a person, as spreadsheets leave them.

use super::value::{Value, says_nothing, text};
use crate::Cell;
use tram_kernel::Message;
use tram_kernel::identifier::{BadIdentifier, Identifier, IdentifierKind};

/// Digits of a personal ID number.
const CITIZEN: usize = 12;
/// Digits of an old identity card.
const OLD_CARD: usize = 9;

/// A personal ID number. Lists also put the old nine-digit card into this column: taken as what it is.
///
/// Every province code starts with a zero, so a number that a spreadsheet held as a number has lost it.
/// It is never put back on a guess.
pub fn citizen(cell: &Cell) -> Value<Identifier> {
    number(cell).then(|shown| match Identifier::parse(IdentifierKind::Citizen, &shown) {
        Ok(number) => Value::Good(number),
        Err(BadIdentifier::Length { found: OLD_CARD, .. }) => {
            let card = Identifier::parse(IdentifierKind::OldCard, &shown);
            let message = Message::new("row-citizen-old-card");
            Value::Doubtful(card.expect("the same nine digits, found well-formed"), message)
        }
        Err(bad) => Value::Wrong(citizen_message(bad, cell, &shown)),
    })
}

fn citizen_message(bad: BadIdentifier, cell: &Cell, shown: &str) -> Message {
    let was_number = matches!(cell, Cell::Number(_));
    let lost_zero = |found: usize| Message::new("row-citizen-spreadsheet").with("found", found);
    match bad {
        // `1.00199E+11` has lost its digits for good, `38160012345.0` only its zero.
        BadIdentifier::Spreadsheet if shown.contains(['e', 'E']) => {
            Message::new("row-citizen-exponent")
        }
        BadIdentifier::Spreadsheet => lost_zero(shown.find('.').unwrap_or(shown.len())),
        BadIdentifier::Length { found, .. } if found == 11 || was_number && found == 10 => {
            lost_zero(found)
        }
        BadIdentifier::NotADigit { position } => {
            Message::new("row-citizen-digit").with("position", position)
        }
        _ => {
            let found = shown.chars().filter(char::is_ascii_digit).count();
            Message::new("row-citizen-length").with("expected", CITIZEN).with("found", found)
        }
    }
}

/// An old identity card.
pub fn old_card(cell: &Cell) -> Value<Identifier> {
    number(cell).then(|shown| match Identifier::parse(IdentifierKind::OldCard, &shown) {
        Ok(number) => Value::Good(number),
        Err(BadIdentifier::Length { found, .. }) => Value::Wrong(
            Message::new("row-old-card-length").with("expected", OLD_CARD).with("found", found),
        ),
        Err(BadIdentifier::NotADigit { position }) => {
            Value::Wrong(Message::new("row-old-card-digit").with("position", position))
        }
        Err(_) => Value::Wrong(Message::new("row-old-card-spreadsheet")),
    })
}

/// An insurance card (15 characters) or number (10 digits).
pub fn insurance(cell: &Cell) -> Value<Identifier> {
    number(cell).then(|shown| match Identifier::parse_insurance(&shown) {
        Ok(number) => Value::Good(number),
        Err(_) if matches!(cell, Cell::Number(_)) => {
            Value::Wrong(Message::new("row-card-spreadsheet").with("found", shown.len()))
        }
        Err(BadIdentifier::Length { found, .. }) => {
            Value::Wrong(Message::new("row-card-length").with("found", found))
        }
        Err(_) => Value::Wrong(Message::new("row-card-invalid")),
    })
}

/// A code of our own for somebody without a number.
pub fn temporary(cell: &Cell) -> Value<Identifier> {
    number(cell).then(|shown| match Identifier::parse(IdentifierKind::Temporary, &shown) {
        Ok(code) => Value::Good(code),
        Err(_) => Value::Wrong(Message::new("row-temporary-invalid")),
    })
}

/// A telephone number in national form, `0` first. What is none is left out with a warning; of several
/// the first is kept.
pub fn phone(cell: &Cell) -> Value<String> {
    number(cell).then(|shown| {
        let several: Vec<&str> = shown.split([',', ';', '/']).map(str::trim).collect();
        match (national(several[0], matches!(cell, Cell::Number(_))), several.len()) {
            (Some(phone), 1) => Value::Good(phone),
            (Some(phone), _) => Value::Doubtful(phone, Message::new("row-phone-several")),
            (None, _) => Value::Dropped(Message::new("row-phone-invalid")),
        }
    })
}

/// A spreadsheet drops the leading zero of a phone number; here it can only have been a zero.
fn national(shown: &str, was_number: bool) -> Option<String> {
    let kept: String =
        shown.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '(' | ')')).collect();
    let local = match kept.strip_prefix("+84").or_else(|| kept.strip_prefix("84")) {
        Some(rest) if rest.len() >= 9 => format!("0{}", rest.trim_start_matches('0')),
        _ if was_number && !kept.starts_with('0') => format!("0{kept}"),
        _ => kept,
    };
    let digits = local.bytes().all(|b| b.is_ascii_digit());
    (digits && local.starts_with('0') && (10..=11).contains(&local.len())).then_some(local)
}

fn number(cell: &Cell) -> Value<String> {
    text(cell, 60)
        .then(|shown| if says_nothing(&shown) { Value::Nothing } else { Value::Good(shown) })
}

#[cfg(test)]
mod tests;
