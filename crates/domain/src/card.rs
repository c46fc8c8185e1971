//! The number on a record card: what its QR code says, and how it is read back.
//!
//! Digits only: a scanner types what it reads, and a Vietnamese keyboard would turn letters into others. The
//! number says nothing about the person; without signing in it opens nothing.

use tram_kernel::PersonId;

/// First digit of the numbers of today; another layout would begin with another.
const LAYOUT: char = '1';
/// Digits of a whole number.
const LENGTH: usize = 40;

/// Forty digits for the record of a person.
pub fn number(id: PersonId) -> String {
    format!("{LAYOUT}{:039}", id.as_u128())
}

/// The record a scanned number stands for; `None` for everything else that can be typed.
pub fn read(typed: &str) -> Option<PersonId> {
    let typed = typed.trim();
    let rest = typed.strip_prefix(LAYOUT)?;
    let whole = typed.len() == LENGTH && rest.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| rest.parse().ok()).flatten().map(PersonId::from_u128)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_scanned_is_the_record_the_card_was_printed_for() {
        for id in [0, 1, 0x0199_0000_0000_7000_8000_0000_0000_0001, u128::MAX] {
            let id = PersonId::from_u128(id);
            let number = number(id);
            assert_eq!(number.len(), LENGTH);
            assert_eq!(read(&format!(" {number}\n")), Some(id));
        }
    }

    #[test]
    fn nothing_else_is_taken_for_a_card() {
        let number = number(PersonId::from_u128(77));
        let cut = &number[..39];
        let longer = format!("{number}0");
        let other = format!("2{}", &number[1..]);
        let beyond = format!("1{}", "9".repeat(39));
        for typed in ["", "1", "015089000123", cut, &longer, &other, &beyond, "Lò Thị Pành"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
