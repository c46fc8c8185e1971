//! What a province adds to the national definitions: new rules and entries, a rule in the place of a
//! national one when it says so, and nothing else.

use crate::shipped;
use tram_defs::finding::Addition;
use tram_defs::{Definitions, SourceFile};

/// The shipped set with one more file.
fn with(path: &'static str, text: &str) -> Vec<SourceFile> {
    let mut files = shipped();
    files.push(SourceFile { path: path.into(), text: text.to_owned().into() });
    files
}

fn indicator(code: &str, more: &str) -> String {
    format!(
        r#"source = "Nghị quyết HĐND tỉnh"
valid_from = "2026-01-01"
confidence = "secondary"

[[indicator]]
code = "{code}"
{more}
name = "Trẻ dưới 2 tuổi"
unit = "count"
good = "higher"
explain = "Số trẻ dưới 2 tuổi."
numerator = {{ conditions = ["resident at_end", "age at_end < 24 months"] }}
"#
    )
}

const INDICATORS: &str = "overlay/lao-cai/indicators/population.toml";

#[track_caller]
fn refused(files: &[SourceFile], code: &str, file: &str, line: u32) {
    let findings = Definitions::load(files).err().unwrap_or_default();
    let found: Vec<_> =
        findings.iter().map(|f| (f.message.code, f.file.as_str(), f.line)).collect();
    assert_eq!(found, [(code, file, line)]);
}

#[test]
fn a_province_adds_an_indicator() {
    let defs = Definitions::load(&with(INDICATORS, &indicator("TRE_DUOI_2", ""))).expect("right");
    assert_eq!(defs.indicator("TRE_DUOI_2").map(|i| i.group.as_str()), Some("population"));
    let addition = Addition {
        overlay: "lao-cai".into(),
        file: INDICATORS.into(),
        code: "TRE_DUOI_2".into(),
        replaces: false,
    };
    assert_eq!(defs.additions, [addition]);
}

#[test]
fn a_national_code_is_replaced_only_when_the_file_says_so() {
    refused(&with(INDICATORS, &indicator("CBR", "")), "def-shadows", INDICATORS, 6);
    let replaced = indicator("CBR", "replaces = \"CBR\"");
    let defs = Definitions::load(&with(INDICATORS, &replaced)).expect("right");
    let national = Definitions::load(&with("lists/unused.csv", "code,name\n")).expect("right");
    assert_eq!(defs.indicator("CBR").map(|i| i.name.as_str()), Some("Trẻ dưới 2 tuổi"));
    assert_eq!(defs.indicators.len(), national.indicators.len());
    let place = |defs: &Definitions| defs.indicators.iter().position(|i| i.code == "CBR");
    assert_eq!(place(&defs), place(&national));
    assert!(defs.additions[0].replaces);
}

#[test]
fn only_an_existing_national_code_can_be_replaced() {
    let unknown = indicator("TRE_DUOI_2", "replaces = \"TRE_DUOI_2\"");
    refused(&with(INDICATORS, &unknown), "def-replaces-unknown", INDICATORS, 6);
    let other = indicator("TRE_DUOI_2", "replaces = \"CBR\"");
    refused(&with(INDICATORS, &other), "def-replaces-unknown", INDICATORS, 6);
    // A national file has nothing to replace.
    let national = indicator("TRE_DUOI_2", "replaces = \"TRE_DUOI_2\"");
    let file = "indicators/more.toml";
    refused(&with(file, &national), "def-replaces-unknown", file, 6);
}

#[test]
fn lists_grow_and_never_change() {
    let path = "overlay/lao-cai/lists/occupation.csv";
    let defs = Definitions::load(&with(path, "code,name\nLC1,Người giữ rừng\n")).expect("right");
    let list = defs.list("occupation").expect("a list");
    assert_eq!(list.name("LC1"), Some("Người giữ rừng"));
    let taken = list.entries[0].code.clone();
    refused(&with(path, &format!("code,name\n{taken},Khác\n")), "def-shadows", path, 2);
}

#[test]
fn roles_and_places_are_national() {
    for path in [
        "overlay/lao-cai/roles.toml",
        "overlay/lao-cai/lists/commune.csv",
        "overlay/lao-cai/lists/unheard_of.csv",
        "overlay/lao-cai/note.toml",
    ] {
        refused(&with(path, ""), "def-overlay-file", path, 1);
    }
}
