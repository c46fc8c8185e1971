//! One text read as Unicode and as each of the old fonts.

use crate::Encoding;
use crate::encoding::convert::{is_vietnamese, letters, with_capitals};
use crate::encoding::syllable::{Spelling, is_syllable};

/// Signs that old fonts draw as letters, and that stand in no word of anybody.
const SIGNS: &str = "¡¢£¤¥¦§¨©ª«¬\u{AD}®¯±³µ¶¸¹»¼¾¿×÷";

/// Punctuation that is the same in every font, beyond Western letters.
const PUNCTUATION: [char; 8] = ['–', '—', '‘', '’', '“', '”', '…', '•'];

/// Family names that begin nine lists of ten.
const FAMILY_NAMES: &str = "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn lâm \
     trịnh mai đào tô hà lương cao châu trương phùng tạ tăng thái la lò lường quàng cà hứa nông triệu ma giàng \
     vàng sùng thào lầu mùa cứ chảo tẩn lục vi hồng kiều tống quách bạch đàm khổng nghiêm vương chu từ lưu \
     bế mạc sầm nùng lã y ông bà";

/// How a text can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Holds a letter that only Unicode has.
    is_modern: bool,
    /// Vietnamese as it stands.
    pub is_unicode: bool,
    has_signs: bool,
    tcvn3: bool,
    vni: bool,
}

impl Reading {
    /// `None` for a text of plain letters: it is the same in every font.
    pub fn of(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return None;
        }
        let is_western = |c: char| c <= '\u{FF}' || PUNCTUATION.contains(&c);
        if !text.chars().all(is_western) {
            return Some(Self {
                is_modern: true,
                is_unicode: true,
                has_signs: false,
                tcvn3: false,
                vni: false,
            });
        }
        if text.chars().all(|c| c.is_ascii() || PUNCTUATION.contains(&c)) {
            return None;
        }
        let reads = |encoding| bare(text, encoding).is_some_and(|t| is_right(&t, Spelling::Strict));
        Some(Self {
            is_modern: false,
            is_unicode: text.chars().all(is_vietnamese) && is_right(text, Spelling::Loose),
            has_signs: text.contains(|c| SIGNS.contains(c)),
            tcvn3: reads(Encoding::Tcvn3),
            vni: reads(Encoding::Vni),
        })
    }

    /// What the text is, when it can be only one thing: Unicode (`None`) or one of the fonts.
    pub const fn certain(&self) -> Option<Option<Encoding>> {
        match (self.is_modern, self.is_unicode, self.tcvn3, self.vni) {
            (true, ..) | (_, true, false, false) => Some(None),
            (_, false, true, false) => Some(Some(Encoding::Tcvn3)),
            (_, false, false, true) => Some(Some(Encoding::Vni)),
            _ => None,
        }
    }

    /// Letters of another language.
    pub const fn is_nobodys(&self) -> bool {
        !self.has_signs && !self.tcvn3 && !self.vni
    }

    pub const fn fits(&self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Tcvn3 => self.tcvn3,
            _ => self.vni,
        }
    }
}

/// The text in Unicode. Where a font of capitals was used, the letters become capitals.
pub fn convert(text: &str, encoding: Encoding) -> Option<String> {
    let text = bare(text, encoding)?;
    Some(if encoding == Encoding::Tcvn3 { with_capitals(&text) } else { text })
}

fn bare(text: &str, encoding: Encoding) -> Option<String> {
    let mut out = String::with_capacity(text.len() + 8);
    for part in text.split_inclusive(PUNCTUATION) {
        let sign = part.chars().next_back().filter(|c| PUNCTUATION.contains(c));
        let western = part.trim_end_matches(PUNCTUATION);
        let bytes: Option<Vec<u8>> = western.chars().map(|c| u8::try_from(c).ok()).collect();
        let bytes = bytes?;
        // Fonts have no letters among the control characters.
        if bytes.iter().any(|byte| (0x80..0xA0).contains(byte)) {
            return None;
        }
        out.push_str(&letters(&bytes, encoding)?);
        out.extend(sign);
    }
    Some(out)
}

/// Each word with letters beyond ASCII is a syllable; plain words are the same in every font.
fn is_right(text: &str, spelling: Spelling) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii());
    words.all(|word| is_syllable(word, spelling))
}

/// The first word is a family name.
pub fn starts_as_a_name(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    FAMILY_NAMES.split_whitespace().any(|name| name == first)
}
