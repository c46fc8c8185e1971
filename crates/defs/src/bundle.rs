//! A whole set of definitions as one text, and the hash it is known by.

use crate::set::SourceFile;
use sha2::{Digest, Sha256};

const FIRST_LINE: &str = "tram-definitions-1\n";

/// One text for a whole set: path, length and content of each file, in order of path.
pub fn bundle(files: &[SourceFile]) -> Vec<u8> {
    let mut files: Vec<&SourceFile> = files.iter().collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut out = FIRST_LINE.as_bytes().to_vec();
    for file in files {
        out.extend_from_slice(format!("{}\n{}\n", file.path, file.text.len()).as_bytes());
        out.extend_from_slice(file.text.as_bytes());
    }
    out
}

/// The inverse of [`bundle`]. `None` when the bytes are not one.
pub fn unbundle(bytes: &[u8]) -> Option<Vec<SourceFile>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut rest = text.strip_prefix(FIRST_LINE)?;
    let mut files = Vec::new();
    while !rest.is_empty() {
        let (path, after) = rest.split_once('\n')?;
        let (length, after) = after.split_once('\n')?;
        let (content, after) = after.split_at_checked(length.parse().ok()?)?;
        files.push(SourceFile { path: path.to_owned().into(), text: content.to_owned().into() });
        rest = after;
    }
    Some(files)
}

/// The hash by which a set is known: of its bundle.
pub fn hash(files: &[SourceFile]) -> [u8; 32] {
    Sha256::digest(bundle(files)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_gives_its_files_back() {
        let file = |path: &'static str, text: &'static str| SourceFile {
            path: path.into(),
            text: text.into(),
        };
        let files = [file("b.csv", "code,name\n1,một\n"), file("a.toml", "")];
        let back = unbundle(&bundle(&files)).expect("a bundle");
        assert_eq!(back, [files[1].clone(), files[0].clone()]);
        assert_eq!(hash(&files), hash(&back));
        assert_eq!(unbundle(b"tram-definitions-1\na.toml\n9\nshort"), None);
    }
}
