//! Packs words and web files into the program: texts as they are, web files with their hash in the name
//! and already compressed. `cargo build` needs neither Node nor a network.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    locales(&root.join("locales"), &out.join("locales.rs"));
    assets(&root.join("assets"), &out);
}

fn locales(folder: &Path, to: &Path) {
    let mut code = String::new();
    for language in ["vi", "en"] {
        let mut files = files_of(&folder.join(language), "ftl");
        files.sort();
        writeln!(code, "pub const {}: &[&str] = &[", language.to_uppercase()).expect("memory");
        for file in files {
            println!("cargo::rerun-if-changed={}", file.display());
            writeln!(code, "    include_str!({file:?}),").expect("memory");
        }
        code.push_str("];\n");
    }
    println!("cargo::rerun-if-changed={}", folder.display());
    std::fs::write(to, code).expect("the build folder is writable");
}

fn assets(folder: &Path, out: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut code = "pub const FILES: &[Asset] = &[\n".to_owned();
    let mut files: Vec<PathBuf> = ["css", "js", "svg"]
        .iter()
        .flat_map(|kind| {
            [folder.to_owned(), folder.join("vendor")].into_iter().flat_map(|f| files_of(&f, kind))
        })
        .collect();
    files.sort();
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let bytes = std::fs::read(&file).expect("a web file is readable");
        let name = file.file_name().expect("a file has a name").to_string_lossy();
        let (stem, kind) = name.rsplit_once('.').expect("a web file has an ending");
        let hashed = format!("{stem}.{:08x}.{kind}", fnv(&bytes));
        let mut gz = GzEncoder::new(Vec::new(), Compression::best());
        gz.write_all(&bytes).expect("memory");
        let packed = out.join(format!("{hashed}.gz"));
        std::fs::write(&packed, gz.finish().expect("memory"))
            .expect("the build folder is writable");
        let media = match kind {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };
        writeln!(
            code,
            "    Asset {{ name: {name:?}, path: {:?}, media: {media:?}, plain: include_bytes!({file:?}), \
             gz: include_bytes!({packed:?}) }},",
            format!("/assets/{hashed}")
        )
        .expect("memory");
    }
    code.push_str("];\n");
    std::fs::write(out.join("assets.rs"), code).expect("the build folder is writable");
}

fn files_of(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == kind))
        .collect()
}

/// FNV-1a over the content: enough to give a changed file another name.
fn fnv(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
