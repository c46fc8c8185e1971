//! Signs of the Vietnamese encodings that came before Unicode.

use crate::Encoding;

/// "uyễn", "Thị", "Văn", "Trần" in each of them: no list of people is without these.
const SYLLABLES: [(Encoding, [&[u8]; 6]); 4] = [
    (Encoding::Tcvn3, [b"uy\xD4n", b"Th\xDE", b"V\xA8n", b"Tr\xC7n", b"L\xAA", b"Ph\xB9m"]),
    (Encoding::Vni, [b"uye\xE3n", b"Th\xF2", b"Va\xEAn", b"Tra\xE0n", b"VA\xCAN", b"UYE\xC3N"]),
    (Encoding::Viscii, [b"uy\xADn", b"Th\xB8", b"V\xE5n", b"Tr\xA5n", b"Ph\xD5m", b"Tr\xB5n"]),
    (
        Encoding::Windows1258,
        [b"uy\xEA\xDEn", b"Thi\xF2", b"V\xE3n", b"Tr\xE2\xCCn", b"Pha\xF2m", b"THI\xF2"],
    ),
];

/// Which old encoding the bytes look like, `Some(None)` when like none of these; `None` when they look
/// like damaged UTF-8.
pub fn guess(bytes: &[u8]) -> Option<Option<Encoding>> {
    let (whole, broken) = count_utf8(bytes);
    if broken < 3 || whole > broken {
        return None;
    }
    let count = |syllables: &[&[u8]]| -> usize {
        syllables.iter().map(|s| bytes.windows(s.len()).filter(|w| w == s).count()).sum()
    };
    let scores = SYLLABLES.iter().map(|(name, syllables)| (count(syllables), *name));
    let best = scores.max_by_key(|(score, _)| *score).filter(|(score, _)| *score > 0);
    Some(best.map(|(_, name)| name))
}

/// Whole multi-byte characters, and bytes that belong to none.
fn count_utf8(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(whole, broken), chunk| {
        let letters = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (whole + letters, broken + usize::from(!chunk.invalid().is_empty()))
    })
}

/// UTF-8 read as Western text and saved as UTF-8 again: `Nguyá»…n`.
pub fn is_twice_encoded(text: &str) -> bool {
    let signs = ["á»", "áº", "Ã¡", "Ã´", "Ä‘", "Æ°"].map(|sign| text.matches(sign).count());
    signs.iter().sum::<usize>() >= 3 && signs[0] + signs[1] > 0
}
