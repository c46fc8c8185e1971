//! Counts what makes an XML part costly, byte by byte, without reading it as XML.

/// What one part holds. Every `<` counts as a tag, so a comment can only make a part look costlier.
#[derive(Default)]
pub struct Scan {
    pub has_dtd: bool,
    pub has_nul: bool,
    /// The word every worksheet must contain.
    pub has_sheet: bool,
    /// `<si>`: shared strings.
    pub strings: usize,
    /// `uniqueCount` of `<sst>`.
    pub strings_declared: usize,
    /// `<xf>`, `<font>`, `<fill>`, `<border>`.
    pub styles: usize,
    /// `<definedName>`, `<Relationship>`, `<sheet>`, `<numFmt>`: kept one by one.
    pub names: usize,
    /// `<mergeCell>`.
    pub merged: usize,
    /// Most bytes between two `<`.
    pub longest: usize,
    since_tag: usize,
    /// Start of the current tag, as far as it is needed.
    tag: Vec<u8>,
    in_tag: bool,
}

/// Enough of a tag to see its name, and the attributes of `<sst>`.
const TAG_KEPT: usize = 512;

impl Scan {
    pub fn feed(&mut self, piece: &[u8]) {
        for &byte in piece {
            self.has_nul |= byte == 0;
            self.since_tag += 1;
            match byte {
                b'<' => {
                    self.longest = self.longest.max(self.since_tag);
                    self.since_tag = 0;
                    self.tag.clear();
                    self.in_tag = true;
                }
                b'>' if self.in_tag => self.end_tag(),
                _ if self.in_tag && self.tag.len() < TAG_KEPT => self.tag.push(byte),
                _ if self.in_tag => self.end_tag(),
                _ => {}
            }
        }
        self.longest = self.longest.max(self.since_tag);
    }

    fn end_tag(&mut self) {
        self.in_tag = false;
        let tag = std::mem::take(&mut self.tag);
        let end = tag.iter().position(|b| b" \t\r\n/".contains(b)).unwrap_or(tag.len());
        let name = &tag[..end];
        let local = name.rsplit(|b| *b == b':').next().unwrap_or(name);
        match local {
            b"si" => self.strings += 1,
            b"xf" | b"font" | b"fill" | b"border" => self.styles += 1,
            b"definedName" | b"Relationship" | b"sheet" | b"numFmt" => self.names += 1,
            b"mergeCell" => self.merged += 1,
            b"sheetData" => self.has_sheet = true,
            b"sst" => self.strings_declared = self.strings_declared.max(unique_count(&tag)),
            _ if starts_with(&tag, b"!DOCTYPE") || starts_with(&tag, b"!ENTITY") => {
                self.has_dtd = true;
            }
            _ => {}
        }
        self.tag = tag;
    }
}

fn starts_with(tag: &[u8], word: &[u8]) -> bool {
    tag.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// The declared number of strings. A tag longer than is kept declares too many.
fn unique_count(tag: &[u8]) -> usize {
    const WORD: &[u8] = b"uniqueCount";
    if tag.len() >= TAG_KEPT {
        return usize::MAX;
    }
    let Some(at) = tag.windows(WORD.len()).position(|w| w == WORD) else { return 0 };
    let digits = tag[at + WORD.len()..].iter().skip_while(|b| !b.is_ascii_digit());
    digits
        .take_while(|b| b.is_ascii_digit())
        .fold(0_usize, |n, digit| n.saturating_mul(10).saturating_add(usize::from(digit - b'0')))
}
