//! An .xlsx is an archive: what is in it is looked at before any library unpacks it.
//!
//! The spreadsheet library trusts what a file declares (how many strings, how many styles) and reserves
//! memory for it, so every part is first run through [`scan`] piece by piece, and the sums are held
//! against the limits. The sizes an archive declares are never believed, only used to refuse sooner.

mod scan;

use crate::{BadFile, Limits};
use scan::Scan;
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The signature in front of every entry of the central directory.
const DIRECTORY_ENTRY: [u8; 4] = *b"PK\x01\x02";
/// Longest stretch of XML without a tag: a full Excel cell (32,767 characters), every one escaped.
const LONGEST_TEXT: usize = 256 * 1024;
/// Each cell style is kept with copies of its longest names; this is what all of them may take.
const STYLE_BYTES: usize = 128 * 1024 * 1024;
/// Properties and data of other programs (Power Query keeps long UTF-16 texts there), never read here.
const ASIDE: [&str; 2] = ["customxml/", "docprops/"];
/// Named ranges, links, number formats, merged cells; a workbook gone wild has some ten thousands.
const NAMES: usize = 100_000;

/// What the scan of a harmless archive found out on its way.
pub(crate) struct Contents {
    pub has_merged_cells: bool,
}

/// Refuses what is no plain .xlsx, and what would cost too much to read.
pub(crate) fn check(bytes: &[u8], limits: &Limits) -> Result<Contents, BadFile> {
    let entries = bytes.windows(4).filter(|w| **w == DIRECTORY_ENTRY).take(limits.entries + 1);
    if entries.count() > limits.entries {
        return Err(BadFile::ArchiveLimit);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(bad_zip)?;
    check_names(&mut archive)?;
    check_kind(&mut archive)?;
    check_declared(&mut archive, limits)?;
    let mut left = limits.unpacked;
    let mut contents = Contents { has_merged_cells: false };
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(bad_zip)?;
        let name = part.name().map_err(bad_zip)?.to_ascii_lowercase();
        let scan = unpack(&mut part, &mut left)?;
        check_part(&name, &scan, limits)?;
        contents.has_merged_cells |= scan.merged > 0;
    }
    Ok(contents)
}

fn bad_zip(error: ZipError) -> BadFile {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            BadFile::Password
        }
        _ => BadFile::Corrupt,
    }
}

/// Nothing is ever unpacked to a disk, and yet no workbook has a part with a name that leads out of it.
fn check_names(archive: &mut Archive) -> Result<(), BadFile> {
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(bad_zip)?;
        let is_link = part.unix_mode().is_some_and(|mode| mode & 0o170_000 == 0o120_000);
        let name = part.name().map_err(bad_zip)?;
        if is_link || leads_out(&name) {
            return Err(BadFile::Path);
        }
    }
    Ok(())
}

/// `../../etc/passwd`, `/etc/passwd`, `C:\…`, `CON`: out of the folder, from the root, or a device.
fn leads_out(name: &str) -> bool {
    const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
    let is_device = |step: &str| {
        let stem = step.split('.').next().unwrap_or_default().to_ascii_uppercase();
        DEVICES.contains(&stem.as_str())
    };
    let mut steps = name.split(['/', '\\']);
    name.starts_with(['/', '\\'])
        || name.contains(':')
        || steps.any(|step| step == ".." || is_device(step))
}

/// What the names of the parts say: a plain workbook, or something else.
fn check_kind(archive: &mut Archive) -> Result<(), BadFile> {
    let names: Vec<String> =
        archive.file_names_raw().map(|n| String::from_utf8_lossy(n).to_ascii_lowercase()).collect();
    let any = |test: fn(&str) -> bool| names.iter().any(|n| test(n));
    if any(|n| n.ends_with("vbaproject.bin") || n.contains("/macrosheets/")) {
        return Err(BadFile::Macro);
    }
    if any(|n| n.ends_with("workbook.xml")) {
        return Ok(());
    }
    Err(if any(|n| n.ends_with("workbook.bin")) {
        BadFile::OldExcel
    } else if any(|n| n == "word/document.xml") {
        BadFile::NotATable { kind: "docx" }
    } else if any(|n| n == "content.xml") {
        BadFile::NotATable { kind: "ods" }
    } else if any(|n| n.ends_with(".zip")) {
        BadFile::ArchiveLimit
    } else {
        BadFile::NotATable { kind: "zip" }
    })
}

fn check_declared(archive: &mut Archive, limits: &Limits) -> Result<(), BadFile> {
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(bad_zip)?;
        if part.encrypted() {
            return Err(BadFile::Password);
        }
        declared = declared.saturating_add(part.size());
    }
    if declared > limits.unpacked { Err(BadFile::ArchiveLimit) } else { Ok(()) }
}

/// Unpacks one part piece by piece, keeping nothing but what the scan counts.
fn unpack(part: &mut impl Read, left: &mut u64) -> Result<Scan, BadFile> {
    let mut scan = Scan::default();
    let mut piece = vec![0; 64 * 1024];
    loop {
        let size = part.read(&mut piece).map_err(|_| BadFile::Corrupt)?;
        if size == 0 {
            return Ok(scan);
        }
        *left = left.checked_sub(size as u64).ok_or(BadFile::ArchiveLimit)?;
        scan.feed(&piece[..size]);
    }
}

fn check_part(name: &str, scan: &Scan, limits: &Limits) -> Result<(), BadFile> {
    let style_bytes = scan.styles.saturating_mul(scan.longest + 512);
    let strings = scan.strings.max(scan.strings_declared);
    let counts = scan.names.max(scan.merged);
    if style_bytes > STYLE_BYTES || strings > limits.cells || counts > NAMES {
        return Err(BadFile::ArchiveLimit);
    }
    let is_xml = [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end));
    let is_read = is_xml && !ASIDE.iter().any(|folder| name.starts_with(folder));
    match scan {
        // A sheet may hide under any name; there nobody needs it.
        Scan { has_sheet: true, .. } if !is_read => Err(BadFile::Corrupt),
        _ if !is_read => Ok(()),
        Scan { has_dtd: true, .. } => Err(BadFile::XmlDtd),
        Scan { has_nul: true, .. } => Err(BadFile::Corrupt),
        _ if scan.longest > LONGEST_TEXT => Err(BadFile::ArchiveLimit),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
