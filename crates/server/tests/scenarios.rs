//! The golden scenarios: stories a nurse can read, told on both engines, compared word by word.
//!
//! ```text
//! scenarios/<name>/input.toml ─► stage (real use cases, real database) ─► told ─► expected.txt
//! ```
//!
//! `TRAM_STORY=<name>` tells that one alone.
//!
//! `cargo xtask golden --accept` makes what happened the expectation; the change is then read in the diff.

mod scenario;

use scenario::stage::Stage;
use scenario::story::Story;
use std::path::{Path, PathBuf};
use tram_store::trial::ENGINES;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios")
}

fn stories() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("scenarios/")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.join("input.toml").is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn every_story_ends_as_expected_on_both_engines() {
    let accept = std::env::var_os("TRAM_ACCEPT").is_some();
    let stories = stories();
    assert!(stories.len() >= 34, "the scenarios are not here");
    let only = std::env::var("TRAM_STORY").unwrap_or_default();
    let mut wrong = Vec::new();
    for path in stories.iter().filter(|path| only.is_empty() || path.ends_with(&only)) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path.join("input.toml")).expect("a story");
        let story: Story = toml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let [sqlite, postgres] = ENGINES.map(|engine| Stage::tell(engine, &story));
        assert_eq!(sqlite, postgres, "{name}: the engines differ");
        let file = path.join("expected.txt");
        if accept {
            std::fs::write(&file, &sqlite).expect("written");
            continue;
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if expected != sqlite {
            wrong.push(format!("== {name}\n{}", difference(&expected, &sqlite)));
        }
    }
    assert!(wrong.is_empty(), "{}\ncargo xtask golden --accept", wrong.join("\n"));
    println!("{} scenarios", stories.len());
}

/// The lines that differ, the expected ones with `-`, the told ones with `+`.
fn difference(expected: &str, told: &str) -> String {
    let (left, right): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), told.lines().collect());
    let mut lines = Vec::new();
    for at in 0..left.len().max(right.len()) {
        let (old, new) = (left.get(at), right.get(at));
        if old != new {
            lines.extend(old.map(|line| format!("- {line}")));
            lines.extend(new.map(|line| format!("+ {line}")));
        }
    }
    lines.join("\n")
}
