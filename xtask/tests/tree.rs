//! Rules about the tree itself, checked like any other rule: arrows, files, words, dependencies.

use std::path::{Path, PathBuf};
use std::process::Command;
use toml::Table;

/// Which workspace crates each crate may use. The arrows of ARCHITECTURE.md, as data.
const MAY_USE: [(&str, &[&str]); 7] = [
    ("kernel", &[]),
    ("defs", &["kernel"]),
    ("domain", &["kernel", "defs"]),
    ("store", &["kernel", "defs", "domain"]),
    ("exchange", &["kernel", "defs", "domain"]),
    ("app", &["kernel", "defs", "domain", "store", "exchange"]),
    ("server", &["kernel", "defs", "domain", "app"]),
];

/// Crates whose whole point is the outside world; the inner three must never learn of them.
const IO: [&str; 8] =
    ["tokio", "axum", "rusqlite", "postgres", "tower-http", "tracing", "getrandom", "tempfile"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

fn wrong_arrows(krate: &str, manifest: &str) -> Vec<String> {
    let manifest: Table = manifest.parse().expect("Cargo.toml is TOML");
    let (_, may_use) = MAY_USE.iter().find(|(name, _)| *name == krate).expect("a known crate");
    let inner = ["kernel", "defs", "domain"].contains(&krate);
    let used = manifest.get("dependencies").and_then(|d| d.as_table());
    used.into_iter()
        .flat_map(Table::keys)
        .filter(|used| {
            let ours = used.strip_prefix("tram-");
            ours.is_some_and(|used| !may_use.contains(&used))
                || inner && IO.contains(&used.as_str())
        })
        .map(|used| format!("{krate} -> {used}"))
        .collect()
}

#[test]
fn the_check_of_arrows_finds_wrong_ones() {
    for (krate, manifest, expected) in [
        ("domain", "[dependencies]\ntram-kernel = {path='..'}\nthiserror = '2'", ""),
        ("domain", "[dependencies]\ntram-store = {path='..'}", "domain -> tram-store"),
        ("defs", "[dependencies]\nrusqlite = '1'", "defs -> rusqlite"),
        ("server", "[dependencies]\ntram-exchange.workspace = true", "server -> tram-exchange"),
        ("server", "[dev-dependencies]\ntram-store.workspace = true", ""),
    ] {
        assert_eq!(wrong_arrows(krate, manifest).join(" "), expected);
    }
}

#[test]
fn arrows_point_inwards() {
    for (krate, _) in MAY_USE {
        let manifest = root().join("crates").join(krate).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).expect("a manifest");
        assert_eq!(wrong_arrows(krate, &manifest), Vec::<String>::new());
    }
    let crates = std::fs::read_dir(root().join("crates")).expect("crates").count();
    assert_eq!(crates, MAY_USE.len(), "a crate without a line in MAY_USE");
}

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            if !["target", "node_modules", "vendor", ".git"].contains(&name.as_str()) {
                files(&path, ending, into);
            }
        } else if name.ends_with(ending) {
            into.push(path);
        }
    }
}

fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "xtask"] {
        files(&root().join(folder), ".rs", &mut found);
    }
    assert!(found.len() > 100, "the sources are not here");
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        (path, text)
    };
    found.into_iter().map(read).collect()
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<PathBuf> =
        sources().into_iter().filter(|(_, t)| !t.starts_with("//!")).map(|(p, _)| p).collect();
    assert!(silent.is_empty(), "no //! line: {silent:#?}");
}

#[test]
fn nothing_is_left_for_later_and_nothing_is_a_grab_bag() {
    let later = ["TO", "DO"].concat();
    let fix = ["FIX", "ME"].concat();
    for (path, text) in sources() {
        assert!(!text.contains(&later) && !text.contains(&fix), "{}", path.display());
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        assert!(!["utils", "util", "helpers", "misc", "common_utils"].contains(&stem.as_str()));
    }
}

#[test]
fn files_stay_short_enough_to_read() {
    let lines = |text: &str| text.lines().count();
    let sizes: Vec<(usize, PathBuf)> =
        sources().into_iter().map(|(path, text)| (lines(&text), path)).collect();
    let too_long: Vec<_> = sizes.iter().filter(|(n, _)| *n > 450).collect();
    assert!(too_long.is_empty(), "{too_long:#?}");
    let short = sizes.iter().filter(|(n, _)| *n <= 220).count();
    assert!(short * 100 >= sizes.len() * 75, "{short} of {} files are short", sizes.len());
}

fn metadata() -> serde_json::Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    // What is built here; parts for other machines need not have been fetched.
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let out = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .args(["--filter-platform", &platform])
        .current_dir(root())
        .output()
        .expect("cargo answers");
    serde_json::from_slice(&out.stdout).expect("cargo metadata is JSON")
}

/// Licences that ask for no more than a notice.
const PERMISSIVE: [&str; 13] = [
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unlicense",
    "CC0-1.0",
    "Unicode-3.0",
    "0BSD",
    "MIT-0",
    "BlueOak-1.0.0",
    "Apache-2.0 WITH LLVM-exception",
];

/// One of the alternatives of an SPDX expression is permissive throughout.
fn is_permissive(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ").replace(['(', ')'], " ");
    expression
        .split(" OR ")
        .any(|choice| choice.split(" AND ").all(|licence| PERMISSIVE.contains(&licence.trim())))
}

#[test]
fn every_dependency_has_a_permissive_licence() {
    assert!(
        is_permissive("MIT OR GPL-3.0") && is_permissive("(MIT OR Apache-2.0) AND Unicode-3.0")
    );
    assert!(!is_permissive("GPL-3.0") && !is_permissive("MPL-2.0 AND MIT"));
    let metadata = metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let bad: Vec<String> = packages
        .iter()
        .filter(|p| !is_permissive(p["license"].as_str().unwrap_or_default()))
        .map(|p| format!("{} {}", p["name"], p["license"]))
        .collect();
    assert!(packages.len() > 100 && bad.is_empty(), "{bad:#?}");
}

#[test]
fn every_dependency_is_named_with_its_reason() {
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("a manifest");
    let manifest: Table = manifest.parse().expect("TOML");
    let named = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let wanted = manifest["workspace"]["dependencies"].as_table().expect("dependencies");
    let missing: Vec<&String> = wanted
        .keys()
        .filter(|name| !name.starts_with("tram-") && !named.contains(&format!("`{name}`")))
        .collect();
    assert!(missing.is_empty(), "not in ARCHITECTURE.md: {missing:?}");
}
