//! Names typed in a font of the time before Unicode: `NguyÔn V¨n An`, `Nguyeãn Vaên An`.
//!
//! Excel keeps such names as Western letters, so no encoding is wrong and yet nobody can read them.

use super::Mapping;
use crate::{Cell, Sheet};

/// Signs that stand in no name of anybody.
const SIGNS: &str = "¡¢£¤¥¦§¨©ª«¬®¯°±²³µ¶·¸¹»¼½¾¿×÷";
/// Letters of other languages. A foreigner may bear one; a whole village does not.
const LETTERS: &str = "ÄÅÆÇËÎÏÐÑÖØÛÜÞßäåæçëîïñöøûüþÿ";

/// No name looks like this in Unicode.
pub fn is_certain(name: &str) -> bool {
    name.chars().any(|c| SIGNS.contains(c))
}

/// A tenth of the names or more bear signs or foreign letters.
pub fn is_everywhere(sheet: &Sheet, mapping: &Mapping) -> bool {
    let Some(at) = mapping.first(mapping.kind.name()) else { return false };
    let mut names = 0;
    let mut strange = 0;
    for row in sheet.rows.iter().filter(|r| r.number >= mapping.first_row) {
        if let Cell::Text(name) = row.cell(at) {
            names += 1;
            strange += usize::from(name.chars().any(|c| SIGNS.contains(c) || LETTERS.contains(c)));
        }
    }
    strange >= 3 && strange * 10 >= names
}

/// The name cannot be trusted in a list where such fonts are everywhere.
pub fn is_doubtful(name: &str) -> bool {
    !name.is_ascii()
}
