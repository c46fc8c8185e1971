//! The definitions that ship with the program are complete and right as a set.

#![expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]

mod overlay;

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
    files.sort_by(|a, b| a.path.cmp(&b.path));
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
    assert_eq!(defs.check_large(), []);
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
    assert_eq!((finding.file.as_str(), finding.line), ("indicators/vital.toml", 14));
    assert!(finding.message.args.contains(&("nearest", "born_alive".into())));
}

/// The findings of the shipped set with one text of a file replaced: `file:line code args`.
#[track_caller]
fn with(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let mut files = shipped();
    for (path, from, to) in changes {
        let file = files.iter_mut().find(|f| f.path == *path).expect("shipped");
        assert!(file.text.contains(from), "{path} has no {from}");
        file.text = file.text.replacen(from, to, 1).into();
    }
    let Err(findings) = Definitions::load(&files) else { panic!("nothing is wrong") };
    let said = |finding: &tram_defs::DefFinding| {
        let args: Vec<String> = finding
            .message
            .args
            .iter()
            .map(|(_, arg)| match arg {
                tram_kernel::Arg::Text(text) => text.clone(),
                tram_kernel::Arg::Number(number) => number.to_string(),
                tram_kernel::Arg::Day(day) => day.to_string(),
            })
            .collect();
        let (file, line, code) = (&finding.file, finding.line, finding.message.code);
        format!("{file}:{line} {code} {}", args.join(" "))
    };
    findings.iter().map(said).collect()
}

#[test]
fn what_happened_is_asked_of_its_event_alone() {
    let injury = "indicators/injury.toml";
    let said = with(&[(injury, "count = \"entry\"", "count = \"person\"")]);
    assert!(said.iter().any(|line| line.contains("def-phrase-misplaced of injury")), "{said:?}");
    assert!(said.iter().any(|line| line.contains("def-needs-one-residence")), "{said:?}");
    let said = with(&[(injury, "[\"of injury\"]", "[\"sex = male\"]")]);
    assert!(said.iter().any(|line| line.contains("def-needs-one-event")), "{said:?}");
    let said = with(&[(injury, "injury_cause = traffic", "injury_cause = trafic")]);
    assert!(said.iter().any(|line| line.contains("trafic traffic")), "{said:?}");
    let at_event = (
        "indicators/hypertension.toml",
        "enrolled hypertension at_end",
        "enrolled hypertension at_event",
    );
    let said = with(&[at_event]);
    assert!(said.iter().any(|line| line.contains("def-phrase-misplaced")), "{said:?}");
}

#[test]
fn a_code_used_twice_in_the_set_names_both_places() {
    let vital = with(&[("indicators/vital.toml", "\"SO_SINH\"", "\"TCDD\"")]);
    assert_eq!(vital.len(), 1, "{vital:?}");
    assert!(vital[0].starts_with("indicators/vital.toml:"), "{vital:?}");
    assert!(vital[0].contains("def-code-twice TCDD indicators/immunisation.toml"), "{vital:?}");
    let schedule = with(&[(
        "immunisation/schedules/TCMR-2026-02.toml",
        "code = \"TCMR-2026-02\"",
        "code = \"TCMR-2024-08\"",
    )]);
    assert_eq!(schedule.len(), 1, "{schedule:?}");
    assert!(schedule[0].contains("def-code-twice TCMR-2024-08"), "{schedule:?}");
    let vaccine = with(&[("immunisation/vaccines.toml", "\"COMBE5\"", "\"SII\"")]);
    assert!(vaccine[0].contains("def-code-twice SII immunisation/vaccines.toml"), "{vaccine:?}");
    let role = with(&[("roles.toml", "\"station_nurse\"", "\"station_head\"")]);
    assert!(role[0].contains("def-code-twice station_head roles.toml"), "{role:?}");
    let list = with(&[("lists/index.toml", "relation.csv", "ethnicity.csv")]);
    assert!(list[0].contains("def-code-twice ethnicity.csv lists/index.toml 4"), "{list:?}");
    let entry = with(&[("lists/injection_site.csv", "left_thigh", "right_thigh")]);
    assert_eq!(
        entry,
        ["lists/injection_site.csv:3 def-code-twice right_thigh lists/injection_site.csv 2"]
    );
}

#[test]
fn words_of_vaccines_are_a_closed_vocabulary() {
    let path = "immunisation/vaccines.toml";
    let route = with(&[(path, "\"oral\"", "\"orral\"")]);
    assert_eq!(route.len(), 1);
    assert!(route[0].ends_with("def-unknown-word route orral oral"), "{route:?}");
    let antigen = with(&[(path, "\"Measles\"]", "\"Measels\"]")]);
    assert!(antigen[0].ends_with("def-unknown-word antigen Measels Measles"), "{antigen:?}");
    // Nothing near is said as such, not as a nearest word that is empty.
    let far = with(&[(path, "\"oral\"", "\"xyz\"")]);
    assert!(far[0].ends_with("def-unknown-word-far route xyz"), "{far:?}");
}

#[test]
fn a_broken_schedule_is_the_only_thing_said() {
    let path = "immunisation/schedules/TCMR-2026-02.toml";
    let found = with(&[(path, "valid_from =", "valid_form =")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(path), "{found:?}");
}

#[test]
fn the_screening_rule_is_checked() {
    let path = "immunisation/screening.toml";
    let reason = with(&[(path, "reason = \"fever\"", "reason = \"fevr\"")]);
    assert_eq!(reason, [format!("{path}:16 def-unknown-word reason fevr fever")]);
    let typed = with(&[(path, "\"37,5\"", "\"375\"")]);
    assert!(typed[0].contains("def-not-a-temperature 375"), "{typed:?}");
    let reversed = with(&[(path, "\"35,5\"", "\"38\"")]);
    assert!(reversed[0].contains("def-temperatures-reversed"), "{reversed:?}");
}
