//! The table as text, and the use cases as they stand in the source.

use super::deeds::Deed;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const LEGEND: &str = "\
Who may do what, to whom. Written by the test; to accept a change after a review: TRAM_ACCEPT=1.

Each cell has three signs, for three stations:
  1  own: station 1, where the station's roles work, below every other role of the table
  2  same centre: station 2, another commune below the same regional centre
  3  far: station 3 of another province, which until mid-2025 stood below committee 1 and centre 1
Each sign is the answer of the program:
  x  allowed; of a list: the station's item is in it
  .  not found, the same answer as for what does not exist; of a list: the item is not in it
  -  denied: the role may not do this at all
A row with * has no target: it concerns the asker alone or the whole database.
What works only on the asker's own unit is x where that is the station.
\"ours\" is station 1, \"theirs\" the station of the sign.
";

/// Names of rows, names of columns, cells.
pub struct Table {
    text: String,
    cells: Vec<(String, String, String)>,
}

impl Table {
    pub fn of(
        groups: &[(&'static str, Vec<&'static [Deed]>)],
        columns: &[(&'static str, Vec<String>)],
    ) -> Self {
        let deeds = || groups.iter().flat_map(|(_, parts)| parts.iter().copied().flatten());
        let wide = deeds().map(|deed| deed.name.chars().count()).max().unwrap_or(0) + 2;
        let mut text = format!("{LEGEND}\n{:wide$}", "");
        for (role, _) in columns {
            write!(text, " {role}").expect("text");
        }
        text.push('\n');
        let mut cells = Vec::new();
        let mut row = 0;
        for (group, parts) in groups {
            writeln!(text, "\n{group}").expect("text");
            for deed in parts.iter().copied().flatten() {
                let name = format!("{}{}", deed.name, if deed.whole { " *" } else { "" });
                let mut line = format!("{name:wide$}");
                for (role, column) in columns {
                    write!(line, " {:w$}", column[row], w = role.len()).expect("text");
                    cells.push((deed.name.into(), (*role).into(), column[row].clone()));
                }
                writeln!(text, "{}", line.trim_end()).expect("text");
                row += 1;
            }
        }
        Self { text, cells }
    }

    /// Use case, role, three signs.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.cells.iter().map(|(name, role, cell)| (name.as_str(), role.as_str(), cell.as_str()))
    }

    /// Fails with every sign that differs from the table in the source; accepts it when asked to.
    pub fn hold_against_golden(&self) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/authority.txt");
        if std::env::var("TRAM_ACCEPT").is_ok_and(|value| value == "1") {
            std::fs::write(&path, &self.text).expect("the table is written");
        }
        let golden = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        let reviewed = signs(&golden);
        let mut said = String::new();
        for (name, role, cell) in self.cells() {
            let before = reviewed.get(&(name.to_owned(), role.to_owned()));
            for (at, target) in ["own", "same centre", "far"].into_iter().enumerate() {
                let now = cell.chars().nth(at);
                let was = before.and_then(|cell| cell.chars().nth(at));
                if now != was {
                    let [was, now] = [was, now].map(|sign| sign.unwrap_or(' '));
                    writeln!(said, "{name}, {role}, {target}: reviewed '{was}', now '{now}'")
                        .expect("text");
                }
            }
        }
        assert!(said.is_empty(), "the program answers otherwise than reviewed:\n{said}");
        assert_eq!(golden, self.text, "the text of the table differs");
    }
}

/// The signs of a written table by row and role.
fn signs(text: &str) -> BTreeMap<(String, String), String> {
    let mut found = BTreeMap::new();
    let mut roles: Vec<&str> = Vec::new();
    for line in text.lines().skip(LEGEND.lines().count()) {
        if line.starts_with(' ') {
            roles = line.split_whitespace().collect();
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        if roles.is_empty() || words.len() <= roles.len() {
            continue;
        }
        let (name, cells) = words.split_at(words.len() - roles.len());
        let name = name.join(" ").trim_end_matches(" *").to_owned();
        for (role, cell) in roles.iter().zip(cells) {
            found.insert((name.clone(), (*role).to_owned()), (*cell).to_owned());
        }
    }
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

/// Every public function that asks for an actor, with its file; the demo writes in nobody's name.
pub fn use_cases() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut found = BTreeMap::new();
    for path in files {
        let file = path.strip_prefix(&root).expect("below src").display().to_string();
        if file.starts_with("demo") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source");
        for part in text.split("pub fn ").skip(1) {
            let head = part.split(['{', ';']).next().unwrap_or_default();
            if !head.contains("&Actor") {
                continue;
            }
            let name = head.split(['(', '<']).next().unwrap_or_default().trim().to_owned();
            let twice = found.insert(name.clone(), file.clone());
            assert!(twice.is_none(), "{name} is the name of two use cases: {file}, {twice:?}");
        }
    }
    found
}
