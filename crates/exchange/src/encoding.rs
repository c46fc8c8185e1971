//! Bytes of a CSV to text: UTF-8 and UTF-16 are read; what is from before Unicode is recognised by the
//! syllables every list of people has, and converted when each of its bytes is a letter of that code.
//!
//! A name that came through the wrong code page looks like a name and is none: a converted file is
//! shown to a person before any row of it is checked, and a doubtful one is refused.

pub(crate) mod convert;
mod legacy;
pub(crate) mod syllable;

use crate::{BadFile, Encoding};
use std::borrow::Cow;

const BOM_UTF8: &[u8] = b"\xEF\xBB\xBF";
const BOM_LE: &[u8] = b"\xFF\xFE";
const BOM_BE: &[u8] = b"\xFE\xFF";

/// The text of a file and how it was encoded.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), BadFile> {
    if let Some(rest) = bytes.strip_prefix(BOM_UTF8) {
        return utf8(rest, BOM_UTF8.len());
    }
    let (encoding, rest) = if let Some(rest) = bytes.strip_prefix(BOM_LE) {
        (Encoding::Utf16Le, rest)
    } else if let Some(rest) = bytes.strip_prefix(BOM_BE) {
        (Encoding::Utf16Be, rest)
    } else if let Some(encoding) = guess_utf16(bytes) {
        (encoding, bytes)
    } else {
        return utf8(bytes, 0);
    };
    Ok((utf16(rest, encoding)?, encoding))
}

fn utf16(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, BadFile> {
    let decoder = match encoding {
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        _ => encoding_rs::UTF_16LE,
    };
    let text = decoder
        .decode_without_bom_handling_and_without_replacement(bytes)
        .ok_or(BadFile::Encoding { guess: "utf-16" })?;
    match text.find('\0') {
        Some(at) => Err(invalid(text.as_bytes(), at, text[..at].encode_utf16().count() * 2)),
        None => Ok(text),
    }
}

/// `skipped` bytes of a byte-order mark stand in front.
fn utf8(bytes: &[u8], skipped: usize) -> Result<(Cow<'_, str>, Encoding), BadFile> {
    if is_binary(bytes) {
        return Err(BadFile::Corrupt);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            if let Some(guess) = legacy::guess(bytes) {
                let converted = guess.and_then(|old| Some((convert::convert(bytes, old)?, old)));
                let refused = BadFile::Encoding { guess: guess.map_or("unknown", Encoding::code) };
                return converted.map(|(text, old)| (text.into(), old)).ok_or(refused);
            }
            let at = error.valid_up_to();
            return Err(invalid(bytes, at, at + skipped));
        }
    };
    if let Some(at) = text.find('\0') {
        return Err(invalid(bytes, at, at + skipped));
    }
    if legacy::is_twice_encoded(text) {
        return Err(BadFile::Encoding { guess: "utf-8-twice" });
    }
    Ok((Cow::Borrowed(text), Encoding::Utf8))
}

/// The byte in the file counted from 1, and the line counted up to `at`.
fn invalid(bytes: &[u8], at: usize, byte: usize) -> BadFile {
    let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
    BadFile::InvalidUtf8 { byte: byte + 1, line }
}

/// Control characters in such number are no text in any encoding.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(64 * 1024)];
    let control = |b: &&u8| **b < 0x20 && !b"\t\r\n\x0C".contains(b);
    let controls = sample.iter().filter(control).count();
    controls > 8 && controls * 30 > sample.len()
}

/// UTF-16 without its mark: every second byte is the upper half of a Vietnamese letter, mostly zero.
fn guess_utf16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(8 * 1024) / 2 * 2];
    if bytes.len() % 2 == 1 || sample.len() < 4 {
        return None;
    }
    let pairs = sample.len() / 2;
    let half = |at: usize| sample.iter().skip(at).step_by(2);
    let zeros = [0, 1].map(|at| half(at).filter(|b| **b == 0).count());
    let upper = |b: &&u8| matches!(b, 0 | 1 | 3 | 0x1E | 0x20);
    let fits = |at: usize| half(at).filter(upper).count() * 20 >= pairs * 19;
    if zeros[1] > zeros[0] && zeros[1] * 4 >= pairs && fits(1) {
        return Some(Encoding::Utf16Le);
    }
    if zeros[0] > zeros[1] && zeros[0] * 4 >= pairs && fits(0) {
        return Some(Encoding::Utf16Be);
    }
    None
}

#[cfg(test)]
mod tests;
