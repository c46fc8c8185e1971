//! Both languages say the same things, and every code of the source has its sentence.

use super::texts;
use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Keys = BTreeMap<String, BTreeSet<String>>;

/// Every code with the arguments its sentence shows. A code said twice is refused.
fn keys(files: &[&str]) -> Keys {
    let mut all = Keys::new();
    for file in files {
        let resource =
            FluentResource::try_new((*file).to_owned()).expect("the file is well formed");
        for entry in resource.entries() {
            let Entry::Message(message) = entry else { continue };
            let mut args = BTreeSet::new();
            if let Some(pattern) = &message.value {
                arguments(pattern, &mut args);
            }
            let name = message.id.name.to_owned();
            assert!(all.insert(name.clone(), args).is_none(), "{name} is said twice");
        }
    }
    all
}

fn arguments(pattern: &Pattern<&str>, into: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => inline_argument(inline, into),
            Expression::Select { selector, variants } => {
                inline_argument(selector, into);
                variants.iter().for_each(|variant| arguments(&variant.value, into));
            }
        }
    }
}

fn inline_argument(inline: &InlineExpression<&str>, into: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = inline {
        into.insert(id.name.to_owned());
    }
}

/// The source files of all crates, tests left out.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/");
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the source is here") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "target" {
                folders.push(path);
            } else if name.ends_with(".rs") && name != "tests.rs" {
                let text = std::fs::read_to_string(&path).expect("UTF-8");
                found.push((path, text));
            }
        }
    }
    found
}

#[test]
fn both_languages_say_the_same_with_the_same_arguments() {
    let (vi, en) = (keys(texts::VI), keys(texts::EN));
    let missing: Vec<&String> = vi.keys().filter(|key| !en.contains_key(*key)).collect();
    assert!(missing.is_empty(), "without English: {missing:?}");
    let extra: Vec<&String> = en.keys().filter(|key| !vi.contains_key(*key)).collect();
    assert!(extra.is_empty(), "without Vietnamese: {extra:?}");
    for (key, args) in &vi {
        assert_eq!(args, &en[key], "{key}");
    }
}

#[test]
fn every_code_of_the_source_has_a_sentence() {
    let vi = keys(texts::VI);
    let said = Regex::new(
        r#"(?:\.say|words\.with|\bw\.with|Message::new|\bmessage|\brefused|Message \{ code:)\(?\s*"([a-z0-9-]+)""#,
    )
    .expect("a pattern");
    // `["a-code", "another"].map(|code| words.say(code))`, also through a name in between.
    let array = Regex::new(
        r#"\[((?:\s*"[a-z0-9-]+",?)+\s*\](?:;\s*let \w+ = \w+)?\s*\.map\(\|code\| [\w.]*\.?say\()"#,
    )
    .expect("a pattern");
    let literal = Regex::new(r#""([a-z0-9-]+)""#).expect("a pattern");
    // Codes handed on as plain texts are known by how they begin.
    let named =
        Regex::new(r#""((?:row|typed|warn|file|sheet|immunisation)-[a-z0-9-]*[a-z0-9]{2})""#)
            .expect("a pattern");
    let mut missing = BTreeSet::new();
    for (path, text) in sources() {
        let in_arrays =
            array.find_iter(&text).flat_map(|found| literal.captures_iter(found.as_str()));
        for capture in said.captures_iter(&text).chain(named.captures_iter(&text)).chain(in_arrays)
        {
            if !vi.contains_key(&capture[1]) {
                missing.insert(format!("{} in {}", &capture[1], path.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_script_says_the_same_by_itself_as_the_sentences_do() {
    let script = include_str!("../../assets/tram.js");
    let words = super::Words::of(super::Language::Vi);
    let said: Vec<String> =
        keys(texts::VI).into_keys().filter(|key| key.starts_with("js-")).collect();
    assert!(said.len() >= 16, "{said:?}");
    for key in said {
        let sentence = words.say(&key).into_owned();
        assert!(script.contains(&format!("'{sentence}'")), "{key}: {sentence}");
    }
}

#[test]
fn every_act_on_record_has_its_words() {
    let act = Regex::new(
        r#""((?:person|household|immunisation|stock|coldchain|import|plan|unit|area|user|definitions)\.[a-z_]+)""#,
    )
    .expect("a pattern");
    let vi = keys(texts::VI);
    let mut found = 0;
    let of_app = sources()
        .into_iter()
        .filter(|(path, _)| path.components().any(|part| part.as_os_str() == "app"));
    for (path, text) in of_app {
        for capture in act.captures_iter(&text) {
            let code = format!("audit-{}", capture[1].replace(['.', '_'], "-"));
            assert!(vi.contains_key(&code), "{} of {}", &capture[1], path.display());
            found += 1;
        }
    }
    assert!(found > 20, "{found}");
}

#[test]
fn every_sentence_is_used() {
    let text: String = sources().into_iter().map(|(_, text)| text).collect();
    let prefixes: BTreeSet<String> = Regex::new(r#"format!\(\s*"([a-z0-9-]+-)\{"#)
        .expect("a pattern")
        .captures_iter(&text)
        .map(|capture| capture[1].to_owned())
        .collect();
    let unused: Vec<String> = keys(texts::VI)
        .into_keys()
        .filter(|key| !text.contains(&format!("\"{key}\"")))
        .filter(|key| !prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}
