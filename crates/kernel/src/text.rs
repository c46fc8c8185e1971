//! Vietnamese text: NFC at every edge, a folded form for search, order by given name.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a text may not enter the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Control, zero-width or direction-override characters hide what is really stored.
    #[error("hidden characters")]
    Hidden,
    #[error("empty")]
    Empty,
    #[error("too long")]
    TooLong,
}

/// NFC, spaces collapsed and trimmed. Refuses characters nobody can see.
pub fn clean(typed: &str, longest: usize) -> Result<String, BadText> {
    let mut out = String::with_capacity(typed.len());
    for c in typed.nfc() {
        match c {
            '\u{00A0}' | ' ' | '\t' | '\n' | '\r' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if is_hidden(c) => return Err(BadText::Hidden),
            c => out.push(c),
        }
    }
    let len = out.trim_end().len();
    out.truncate(len);
    match out.chars().count() {
        0 => Err(BadText::Empty),
        n if n > longest => Err(BadText::TooLong),
        _ => Ok(out),
    }
}

/// Whether a text holds characters nobody can see.
pub fn has_hidden(text: &str) -> bool {
    text.chars().any(is_hidden)
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFFD}' | '\u{E000}'..='\u{F8FF}')
}

/// Characters of the longest name the record takes.
pub const NAME_LONGEST: usize = 100;

/// A person's name in the form of the record: `nguyễn THỊ  hoa` → `Nguyễn Thị Hoa`.
///
/// Names written in mixed case are kept as typed (Y Bhăm Niê, K'Ho names); only all-upper or
/// all-lower input is recased. One-word names and apostrophes are ordinary.
pub fn person_name(typed: &str) -> Result<String, BadText> {
    let text = clean(typed, NAME_LONGEST)?;
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let recase = letters().all(char::is_uppercase) || letters().all(char::is_lowercase);
    if letters().next().is_none() {
        return Err(BadText::Empty);
    }
    if !recase {
        return Ok(text);
    }
    let words: Vec<String> = text.split(' ').map(capitalised).collect();
    Ok(words.join(" "))
}

fn capitalised(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut start = true;
    for c in word.chars() {
        if start {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        start = !c.is_alphabetic();
    }
    out
}

/// The form in which names are compared and searched: no marks, `đ` → `d`, lower case, single spaces.
///
/// `Hòa`, `Hoà` and `hoa` fold to the same text.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            '\u{00A0}' => out.push(' '),
            c if is_combining_mark(c) => {}
            c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The words of a folded text, split at anything that is not a letter or a digit.
pub fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// First letters of the folded words: `Nguyễn Thị Hồng Ánh` → `ntha`.
pub fn initials(folded: &str) -> String {
    words(folded).filter_map(|w| w.chars().next()).collect()
}

/// Sort key of a person's name: given name, then family name, then the rest, by Vietnamese letters.
///
/// Each letter becomes one byte in alphabet order (a ă â b c d đ …), tones come last.
pub fn sort_key(name: &str) -> Vec<u8> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let Some((given, before)) = words.split_last() else { return Vec::new() };
    let mut order = vec![*given];
    order.extend(before);
    let mut letters = Vec::new();
    let mut tones = Vec::new();
    for word in order {
        for c in word.nfc().flat_map(char::to_lowercase) {
            let (letter, tone) = rank(c);
            letters.push(letter);
            tones.push(tone);
        }
        letters.push(1);
    }
    letters.push(0);
    letters.extend(tones);
    letters
}

/// Place of a letter in the Vietnamese alphabet and its tone (ngang huyền hỏi ngã sắc nặng).
fn rank(c: char) -> (u8, u8) {
    const ALPHABET: &str = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
    let mut tone = 0;
    let mut base = String::new();
    for part in std::iter::once(c).nfd() {
        match part {
            '\u{0300}' => tone = 1,
            '\u{0309}' => tone = 2,
            '\u{0303}' => tone = 3,
            '\u{0301}' => tone = 4,
            '\u{0323}' => tone = 5,
            other => base.push(other),
        }
    }
    let base: String = base.nfc().collect();
    let place = base.chars().next().and_then(|b| ALPHABET.chars().position(|a| a == b));
    (place.map_or(2, |p| p as u8 + 3), tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_typed_in_any_case_come_out_as_names() {
        for (typed, name) in [
            ("NGUYỄN THỊ HOA", "Nguyễn Thị Hoa"),
            ("lò văn thưởng", "Lò Văn Thưởng"),
            ("Y Bhăm  Niê ", "Y Bhăm Niê"),
            ("H'HEN NIÊ", "H'Hen Niê"),
            ("Páo", "Páo"),
        ] {
            assert_eq!(person_name(typed).as_deref(), Ok(name), "{typed}");
        }
    }

    #[test]
    fn two_encodings_of_one_name_become_one() {
        let decomposed: String = "Nguyễn Thị Hoà".nfd().collect();
        assert_eq!(person_name(&decomposed).as_deref(), Ok("Nguyễn Thị Hoà"));
        assert_eq!(fold(&decomposed), fold("nguyen thi hòa"));
        assert_eq!(fold("Đào"), "dao");
    }

    #[test]
    fn hidden_characters_are_refused() {
        for typed in ["Hoa\u{200B}", "\u{202E}Hoa", "Ho\u{0}a", "\u{FFFD}"] {
            assert_eq!(person_name(typed), Err(BadText::Hidden), "{typed:?}");
        }
        assert_eq!(person_name("  "), Err(BadText::Empty));
        assert_eq!(person_name("…"), Err(BadText::Empty));
        assert_eq!(person_name(&"a".repeat(101)), Err(BadText::TooLong));
    }

    #[test]
    fn lists_are_sorted_by_given_name() {
        let mut names = ["Trần Văn Ân", "Lê Thị An", "Nguyễn Thị Ánh", "Bùi Thị An", "Lò Văn Đức"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            ["Bùi Thị An", "Lê Thị An", "Nguyễn Thị Ánh", "Trần Văn Ân", "Lò Văn Đức"]
        );
    }

    #[test]
    fn initials_are_those_of_the_folded_words() {
        assert_eq!(initials(&fold("Nguyễn Thị Hồng Ánh")), "ntha");
    }

    proptest! {
        #[test]
        fn folding_is_stable_and_never_fails(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once.clone()), once);
        }
    }
}
