//! Weighing forms: scores and classes of an entry, what is asked about, when a child is called again, and
//! that it leaves at five.

use super::*;
use tram_domain::programme::Outcome;
use tram_kernel::{Message, Precision};

fn child(sex: Sex, born: &str) -> Log {
    Log::of(sex, BirthDate::exact(date(born)), born)
}

/// `weight 7,0; height 70; oedema yes`: a form as it is typed.
fn answers(typed: &str) -> Vec<Answer> {
    let one = |part: &str| {
        let (field, text) = part.trim().split_once(' ').expect("a field and its answer");
        let value = match tram_kernel::number::thousandths(text) {
            Some(n) => Value::Number(n),
            None if text == "yes" => Value::Yes(true),
            None => Value::Code(text.to_owned()),
        };
        Answer { field: field.to_owned(), value }
    };
    typed.split(';').map(one).collect()
}

fn entry(form: &str, on: &str, typed: &str) -> EntryWish {
    let programme = (form == "growth_visit").then(|| "growth".to_owned());
    let answers = answers(typed);
    EntryWish { form: form.into(), programme, answers, on: date(on), replaces: None }
}

fn fill(defs: &Definitions, log: &mut Log, form: &str, on: &str, typed: &str) -> Outcome {
    let wish = entry(form, on, typed);
    let decided = record(defs, &log.person(), &wish, date(on)).expect("an entry");
    for fact in decided.facts.clone() {
        log.push(fact);
    }
    decided
}

/// The measures of the last entry that were worked out: `waz −2,9 … nutrition_class wasted`.
fn found(defs: &Definitions, log: &Log) -> String {
    let person = log.person();
    let care = Care::of(defs, &person);
    let last = care.entries.last().expect("an entry");
    let worked_out = last.measures.iter().filter(|m| {
        let code = m.measure.as_str();
        code.ends_with("az") || code == "whz" || code.ends_with("class")
    });
    let shown = worked_out.map(|m| match &m.value {
        Value::Number(n) => format!("{} {}", m.measure, tram_kernel::number::show_thousandths(*n)),
        Value::Code(code) => format!("{} {code}", m.measure.trim_end_matches("_class")),
        other => panic!("{other:?}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn an_entry_holds_scores_and_classes() {
    let defs = shipped();
    for (sex, born, form, typed, expected) in [
        (
            Sex::Male,
            "2025-01-16",
            "growth_visit",
            "weight 7,0; height 70; plan advise",
            "waz −2,9, haz −2,42, whz −2,32, baz −2,09, waz underweight, haz stunted, whz wasted, nutrition wasted",
        ),
        (
            Sex::Female,
            "2023-01-16",
            "growth_visit",
            "weight 10; height 80; plan advise",
            "waz −2,66, haz −3,95, whz −0,26, baz 0,17, waz underweight, haz severe, whz normal, nutrition underweight",
        ),
        (
            Sex::Male,
            "2024-01-16",
            "growth_visit",
            "weight 18; height 88,7; position lying; plan advise",
            "waz 3,46, haz 0,28, whz 4,52, baz 4,51, waz normal, haz normal, whz obese, nutrition obese",
        ),
        // Weighed and not measured: nobody says that nothing is wrong.
        (
            Sex::Male,
            "2024-01-16",
            "growth_visit",
            "weight 12; plan continue",
            "waz −0,11, waz normal",
        ),
        // Oedema: what is weighed says nothing.
        (
            Sex::Male,
            "2024-01-16",
            "growth_visit",
            "weight 12; height 87; oedema yes; plan refer",
            "haz −0,04, haz normal, nutrition severe",
        ),
        (
            Sex::Male,
            "2024-01-16",
            "growth_visit",
            "weight 12; height 87; muac 11,4; plan refer",
            "waz −0,11, haz −0,04, whz −0,17, baz −0,13, waz normal, haz normal, whz normal, nutrition severe",
        ),
        // Nine years old: by the reference of 2007, where two deviations above are obesity.
        (
            Sex::Female,
            "2017-01-16",
            "check_youth",
            "occasion school; weight 42; height 134; abnormal other; check_conclusion follow; plan advise",
            "waz 2,12, haz 0,25, baz 2,44, haz normal, baz obese, nutrition obese",
        ),
    ] {
        let mut log = child(sex, born);
        fill(&defs, &mut log, form, "2026-01-16", typed);
        assert_eq!(found(&defs, &log), expected, "{typed}");
    }
}

#[test]
fn without_a_day_of_birth_there_is_no_score_and_it_is_said() {
    let defs = shipped();
    for (precision, said) in
        [(Precision::Year, true), (Precision::Month, true), (Precision::Day, false)]
    {
        let mut log =
            Log::of(Sex::Male, BirthDate::new(date("2025-01-01"), precision), "2026-01-01");
        let outcome = fill(
            &defs,
            &mut log,
            "growth_visit",
            "2026-01-16",
            "weight 9,8; height 76; plan continue",
        );
        assert_eq!(outcome.warnings, [], "{precision:?}");
        let is_said = outcome.advice.iter().any(|text| text.contains("Ngày sinh"));
        assert_eq!(is_said, said, "{precision:?} {:?}", outcome.advice);
        assert_eq!(found(&defs, &log).is_empty(), said, "{precision:?}");
    }
}

#[test]
fn a_score_that_cannot_well_be_is_asked_about() {
    let defs = shipped();
    let log = child(Sex::Male, "2025-01-16");
    let wish = entry("growth_visit", "2026-02-16", "weight 18; height 70; plan continue");
    let decided = record(&defs, &log.person(), &wish, date("2026-02-16")).expect("an entry");
    let asked = |message: &Message| message.args.iter().find(|(name, _)| *name == "rule").cloned();
    let rules: Vec<String> = decided
        .warnings
        .iter()
        .filter(|message| message.code == "form-unusual")
        .filter_map(asked)
        .map(|(_, value)| format!("{value:?}"))
        .collect();
    assert_eq!(rules.len(), 3, "{rules:?}");
    for measure in ["waz", "whz", "baz"] {
        assert!(rules.iter().any(|rule| rule.contains(measure)), "{measure} {rules:?}");
    }
}

fn in_growth(defs: &Definitions, log: &mut Log, on: &str, typed: &str) {
    let wish = Enrolment {
        programme: "growth".into(),
        source: Some("round".into()),
        note: None,
        on: date(on),
        answers: answers(typed),
    };
    let decided = enrol(defs, &log.person(), &wish, date(on)).expect("taken in");
    for fact in decided.facts {
        log.push(fact);
    }
}

#[test]
fn a_child_is_called_by_age_and_by_what_was_found() {
    let defs = shipped();
    for (born, typed, next) in [
        ("2025-01-16", "weight 7,0; height 70; plan advise", "16/02/2026"),
        ("2025-01-16", "weight 9,5; height 75; plan continue", "16/04/2026"),
        ("2025-01-16", "weight 9,5; height 69; plan continue", "16/02/2026"),
        // Stunted, but two years old and not wasted.
        ("2024-01-16", "weight 10,5; height 78; plan advise", "16/07/2026"),
        ("2024-01-16", "weight 8,5; height 86; plan advise", "16/02/2026"),
        ("2024-01-16", "weight 12; height 87; plan continue", "16/07/2026"),
    ] {
        let mut log = child(Sex::Male, born);
        in_growth(&defs, &mut log, "2026-01-16", typed);
        assert_eq!(due(&defs, &log, "weigh").as_deref(), Some(next), "{born} {typed}");
    }
}

#[test]
fn at_five_nothing_is_asked_but_that_somebody_writes_down_the_leaving() {
    let defs = shipped();
    let mut log = child(Sex::Male, "2021-03-10");
    in_growth(&defs, &mut log, "2025-12-01", "weight 16,5; height 104; plan continue");
    assert_eq!(due(&defs, &log, "weigh"), None, "in six months the child is over five");
    assert_eq!(due(&defs, &log, "grown").as_deref(), Some("10/03/2026"));
    let person = log.person();
    let care = Care::of(&defs, &person);
    assert_eq!(care.due.iter().map(|due| due.lost).max(), Some(Date::MAX), "never lost for that");
    fill(&defs, &mut log, "growth_visit", "2026-03-12", "weight 17; height 105; plan continue");
    assert_eq!(due(&defs, &log, "weigh"), None);
    assert_eq!(due(&defs, &log, "grown").as_deref(), Some("10/03/2026"));
    let wish = Leaving {
        programme: "growth".into(),
        outcome: "grown".into(),
        note: None,
        on: date("2026-03-12"),
    };
    for fact in leave(&defs, &log.person(), &wish, date("2026-03-12")).expect("left").facts {
        log.push(fact);
    }
    assert_eq!(due(&defs, &log, "grown"), None);
    let small = child(Sex::Male, "2024-03-10");
    assert_eq!(due(&defs, &small, "grown"), None, "only of those who are followed");
}
