//! Texts from before Unicode, converted: TCVN 5712 (ABC fonts), VNI, VISCII and Windows-1258.
//!
//! ```text
//! bytes ─► letters of the table ─► a byte the encoding does not have: nothing is converted
//!                               ─► cells whose plain letters are all capitals become capitals
//! ```
//!
//! Sources of the tables: TCVN 5712:1993, RFC 1456 (VISCII), the VNI for Windows character set.

use crate::Encoding;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// Letters of TCVN 5712 from byte 80; fonts have those from A1 on. `?` is no letter.
const TCVN: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ?\
     ĂÂÊÔƠƯĐăâêôơưđẰ?????àảãáạẲằẳẵắẴẮ\
     ẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔ\
     ỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";

/// Letters of VISCII from byte 80.
const VISCII: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ\
     ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ\
     ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư\
     àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// The six capitals VISCII keeps among the control characters.
const VISCII_LOW: [(u8, char); 6] =
    [(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1E, 'Ỵ')];

/// VNI writes a plain letter and then one sign for its hat and tone together. Both as lower case.
const VNI_SIGNS: [(u8, &str); 15] = [
    (0xF9, "\u{301}"),
    (0xF8, "\u{300}"),
    (0xFB, "\u{309}"),
    (0xF5, "\u{303}"),
    (0xEF, "\u{323}"),
    (0xE2, "\u{302}"),
    (0xE1, "\u{302}\u{301}"),
    (0xE0, "\u{302}\u{300}"),
    (0xE5, "\u{302}\u{309}"),
    (0xE3, "\u{302}\u{303}"),
    (0xE4, "\u{302}\u{323}"),
    (0xEA, "\u{306}"),
    (0xE9, "\u{306}\u{301}"),
    (0xE8, "\u{306}\u{300}"),
    (0xFA, "\u{306}\u{309}"),
];
/// The two that VNI writes for ă alone.
const VNI_BREVE: [(u8, &str); 2] = [(0xFC, "\u{306}\u{303}"), (0xEB, "\u{306}\u{323}")];
/// Letters VNI has a byte of its own for.
const VNI_LETTERS: [(u8, char); 10] = [
    (0xF1, 'đ'),
    (0xF4, 'ơ'),
    (0xF6, 'ư'),
    (0xED, 'í'),
    (0xEC, 'ì'),
    (0xE6, 'ỉ'),
    (0xF3, 'ĩ'),
    (0xF2, 'ị'),
    (0xEE, 'ỵ'),
    (0xA0, ' '),
];

/// The text, or `None` when some byte is no letter of this encoding.
pub fn convert(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let text = letters(bytes, encoding)?;
    // ABC fonts of capitals show small letters as capitals: the bytes are those of small letters.
    Some(if encoding == Encoding::Tcvn3 { with_capitals(&text) } else { text })
}

/// The letters one by one, as they were typed.
pub fn letters(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let text = match encoding {
        Encoding::Tcvn3 => tcvn(bytes)?,
        Encoding::Vni => vni(bytes)?,
        Encoding::Viscii => viscii(bytes)?,
        Encoding::Windows1258 => windows(bytes)?.into_owned(),
        Encoding::Utf8 | Encoding::Utf16Le | Encoding::Utf16Be => return None,
    };
    let text: String = text.nfc().collect();
    text.chars().all(is_vietnamese).then_some(text)
}

/// Plain letters and signs, and the letters of Vietnamese. Anything else says that the guess was wrong.
pub fn is_vietnamese(c: char) -> bool {
    const MARKS: [char; 8] =
        ['\u{300}', '\u{301}', '\u{302}', '\u{303}', '\u{306}', '\u{309}', '\u{31B}', '\u{323}'];
    let punctuation = matches!(c, '\u{A0}' | '°' | '–' | '—' | '‘' | '’' | '“' | '”' | '…');
    let mut parts = std::iter::once(c).nfd();
    let has_base = parts.next().is_some_and(|base| base.is_ascii_alphabetic());
    let is_control = c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    c.is_ascii() && !is_control
        || matches!(c, 'đ' | 'Đ')
        || punctuation
        || has_base && parts.all(|mark| MARKS.contains(&mark))
}

fn tcvn(bytes: &[u8]) -> Option<String> {
    let table: Vec<char> = TCVN.chars().collect();
    let letter = |byte: u8| match byte {
        0xA0 => Some(' '),
        ..0x80 => Some(char::from(byte)),
        0x80.. => Some(table[usize::from(byte - 0x80)]).filter(|c| *c != '?'),
    };
    bytes.iter().map(|byte| letter(*byte)).collect()
}

fn viscii(bytes: &[u8]) -> Option<String> {
    let table: Vec<char> = VISCII.chars().collect();
    let letter = |byte: u8| match byte {
        0x80.. => Some(table[usize::from(byte - 0x80)]).filter(|c| *c != '?'),
        _ => {
            let low = VISCII_LOW.iter().find(|(low, _)| *low == byte);
            Some(low.map_or(char::from(byte), |(_, letter)| *letter))
        }
    };
    bytes.iter().map(|byte| letter(*byte)).collect()
}

fn windows(bytes: &[u8]) -> Option<Cow<'_, str>> {
    encoding_rs::WINDOWS_1258.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Capitals stand 32 below, signs as well as letters.
fn vni(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len() * 2);
    let mut before = ' ';
    for byte in bytes {
        let (small, is_capital) = match byte {
            0xC0..=0xDF => (byte + 0x20, true),
            byte => (*byte, false),
        };
        if byte.is_ascii() {
            before = char::from(*byte).to_ascii_lowercase();
            out.push(char::from(*byte));
            continue;
        }
        if let Some((_, letter)) = VNI_LETTERS.iter().find(|(known, _)| *known == small) {
            before = *letter;
            match is_capital {
                true => out.extend(letter.to_uppercase()),
                false => out.push(*letter),
            }
            continue;
        }
        out.push_str(vni_sign(small, before)?);
        before = ' ';
    }
    Some(out)
}

/// The marks of a sign after a letter that may bear them.
fn vni_sign(small: u8, letter: char) -> Option<&'static str> {
    let signs = VNI_SIGNS.iter().chain(&VNI_BREVE);
    let (_, marks) = signs.clone().find(|(known, _)| *known == small)?;
    let fits = match marks.chars().next()? {
        '\u{302}' => matches!(letter, 'a' | 'e' | 'o'),
        '\u{306}' => letter == 'a',
        _ => matches!(letter, 'a' | 'e' | 'o' | 'u' | 'y' | 'ơ' | 'ư'),
    };
    fits.then_some(*marks)
}

/// A cell whose plain letters are all capitals was meant to be capitals. "Lê Tô" and "LÊ TÔ" have the
/// same bytes; a name in capitals becomes "Lê Tô" when it is read as a name.
pub fn with_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for cell in text.split_inclusive([';', ',', '|', '\t', '\n', '"']) {
        let plain = || cell.chars().filter(char::is_ascii_alphabetic);
        match plain().count() > 1 && plain().all(|c| c.is_ascii_uppercase()) {
            true => out.push_str(&cell.to_uppercase()),
            false => out.push_str(cell),
        }
    }
    out
}
