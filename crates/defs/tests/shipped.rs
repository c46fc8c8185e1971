//! The definitions that ship with the program are complete and right as a set.

#![expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]

use std::path::Path;
use tram_defs::place::Successor;
use tram_defs::{Definitions, SourceFile};
use tram_kernel::CommuneCode;

fn shipped() -> Vec<SourceFile> {
    fn walk(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(root, &path, files);
            } else {
                let relative = path.strip_prefix(root).expect("below the root");
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                files.push(SourceFile {
                    path: relative.display().to_string().into(),
                    text: text.into(),
                });
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    files
}

fn day(text: &str) -> tram_kernel::Date {
    text.parse().expect("a date")
}

fn code(text: &str) -> CommuneCode {
    text.parse().expect("a code")
}

#[test]
fn every_shipped_file_is_read_without_a_finding() {
    let defs = Definitions::load(&shipped()).expect("no findings");
    assert_eq!(defs.check_places(), []);
    assert!(defs.indicators.len() >= 16, "{}", defs.indicators.len());
    assert_eq!(defs.schedule_on(day("2025-06-01")).code, "TCMR-2024-08");
    assert_eq!(defs.schedule_on(day("2026-11-21")).code, "TCMR-2026-02");
    assert_eq!(defs.schedule_on(day("2019-01-01")).code, "TCMR-2017");
    let hmong = defs.list("ethnicity").and_then(|l| l.find("mông")).expect("a known spelling");
    assert_eq!(hmong.code, "08");
}

#[test]
fn all_places_are_there_with_their_history() {
    let defs = Definitions::load(&shipped()).expect("no findings");
    let places = defs.places();
    let on = day("2025-07-01");
    let now = places.communes().iter().filter(|c| c.valid_from.is_some() && c.holds_on(on));
    assert_eq!(now.count(), 3321);
    let provinces = places.provinces.iter().filter(|p| {
        p.valid_from.is_none_or(|first| first <= on) && p.valid_to.is_none_or(|last| on <= last)
    });
    assert_eq!(provinces.count(), 34);
    let mut seen = [0, 0, 0];
    let legacy = places.communes().iter().filter(|c| c.valid_from.is_none());
    for old in legacy {
        match places.successor(old.code) {
            Successor::Whole(_) => seen[0] += 1,
            Successor::Candidates(_) => seen[1] += 1,
            Successor::Unresolved(_) => seen[2] += 1,
        }
    }
    assert_eq!(seen, [9594, 441, 0]);
}

#[test]
fn one_code_means_different_places_at_different_times() {
    let defs = Definitions::load(&shipped()).expect("no findings");
    let places = defs.places();
    let lao_cai = places.province("15".parse().expect("a code"), day("2026-01-01"));
    assert_eq!(lao_cai.map(|p| p.name.as_str()), Some("Lào Cai"));
    let yen_bai = places.province("15".parse().expect("a code"), day("2025-01-01"));
    assert_eq!(yen_bai.map(|p| p.name.as_str()), Some("Yên Bái"));
    // Mường Lai takes the code of old Vĩnh Lạc.
    let now = places.commune(code("04345"), day("2026-01-01")).expect("a commune");
    let before = places.commune(code("04345"), day("2025-01-01")).expect("a commune");
    assert_eq!((now.name.as_str(), before.name.as_str()), ("Mường Lai", "Vĩnh Lạc"));
    assert_eq!(places.predecessors(code("04345")).len(), 4);
    assert_eq!(places.search("muong lai", 5)[0].code, code("04345"));
}

#[test]
fn a_broken_file_is_named_with_line_and_cure() {
    let mut files = shipped();
    let vital = files.iter_mut().find(|f| f.path == "indicators/vital.toml").expect("shipped");
    vital.text = vital.text.replacen("born_alive", "born_alve", 1).into();
    let findings = Definitions::load(&files).expect_err("one wrong word");
    assert_eq!(findings.len(), 1);
    let finding = &findings[0];
    assert_eq!((finding.file.as_str(), finding.line), ("indicators/vital.toml", 13));
    assert!(finding.message.args.contains(&("nearest", "born_alive".into())));
}
