//! Checks the shipped definitions and packs them into the program. A wrong file stops the build with its
//! name, line and cure; nothing is read from a source folder at run time.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tram_defs::{Definitions, SourceFile};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let relative = |path: &Path| {
        path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/")
    };
    let files: Vec<SourceFile> = paths
        .iter()
        .map(|path| {
            println!("cargo::rerun-if-changed={}", path.display());
            let text = std::fs::read_to_string(path).expect("a definition file is UTF-8");
            SourceFile { path: relative(path).into(), text: text.into() }
        })
        .collect();
    let findings = match Definitions::load(&files) {
        Ok(defs) => defs.check_large(),
        Err(findings) => findings,
    };
    for finding in &findings {
        let args: Vec<String> =
            finding.message.args.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        let (file, line, code) = (&finding.file, finding.line, finding.message.code);
        println!("cargo::error=definitions/{file}:{line}: {code} {}", args.join(" "));
    }
    assert!(findings.is_empty(), "the shipped definitions have findings");
    let mut code = "pub const FILES: &[(&str, &str)] = &[\n".to_owned();
    for path in &paths {
        let full = path.canonicalize().expect("it was just read");
        writeln!(code, "    ({:?}, include_str!({:?})),", relative(path), full).expect("memory");
    }
    code.push_str("];\n");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    std::fs::write(out.join("packed.rs"), code).expect("the build folder is writable");
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let kind = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        if path.is_dir() {
            walk(&path, paths);
        } else if kind == "toml" || kind == "csv" {
            paths.push(path);
        }
    }
}
