//! z-scores against children whose scores were worked out by others, by the shipped tables.
//!
//! `data/growth_survey.csv`: the sample survey of the World Health Organization with the scores of its own R
//! program. `data/growth_5_19.csv`: made-up children, scores by a second program that gives the published
//! results of the WHO 2007 macro to 0,01.

#![expect(clippy::disallowed_methods, reason = "a test may read the files it checks")]

use std::borrow::Cow;
use std::path::Path;
use tram_defs::growth::{Growth, Key, Standard, read_standards};
use tram_domain::growth::{Child, Position, SCORES, curves, score, value_at};
use tram_kernel::{Sex, number};

fn shipped() -> Growth {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../definitions");
    let text_of = |path: &str| std::fs::read_to_string(root.join(path)).ok().map(Cow::Owned);
    let file = "growth/standards.toml";
    let text = text_of(file).expect("the file is there");
    let growth = read_standards(file, &text, &text_of).expect("no findings");
    assert_eq!(growth.check(), []);
    growth
}

/// Lines of a table of children, by heading.
fn children(file: &str) -> Vec<Vec<(String, String)>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(file);
    let text = std::fs::read_to_string(path).expect("UTF-8");
    let mut lines = text.lines();
    let headings: Vec<&str> = lines.next().expect("headings").split(',').collect();
    let line = |line: &str| {
        let cells = line.split(',').map(str::to_owned);
        headings.iter().map(|heading| (*heading).to_owned()).zip(cells).collect()
    };
    lines.map(line).collect()
}

fn cell<'l>(line: &'l [(String, String)], heading: &str) -> &'l str {
    line.iter().find(|(known, _)| known == heading).map_or("", |(_, cell)| cell)
}

/// Thousandths of a cell; `None` when it is empty.
fn amount(line: &[(String, String)], heading: &str) -> Option<i64> {
    let cell = cell(line, heading);
    (!cell.is_empty()).then(|| number::thousandths(&cell.replace('.', ",")).expect("a number"))
}

fn sex(line: &[(String, String)]) -> Sex {
    Sex::from_code(cell(line, "sex")).expect("m or f")
}

/// Compares every score of a line; answers how many there were.
#[track_caller]
fn compare(line: &[(String, String)], got: [(&str, Option<i64>); 5]) -> usize {
    let mut compared = 0;
    for (heading, got) in got {
        if let Some(expected) = amount(line, heading) {
            let got = got.unwrap_or_else(|| panic!("no {heading}: {line:?}"));
            assert!((got - expected).abs() <= 10, "{heading} {got}: {line:?}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn children_of_the_survey_score_as_the_organization_says() {
    let growth = shipped();
    let mut compared = 0;
    let mut exact = 0;
    for line in children("growth_survey.csv") {
        let days = cell(&line, "days").parse().expect("days");
        let child = Child { standards: growth.standards(), sex: sex(&line), days };
        let taken = match cell(&line, "position") {
            "l" => Some(Position::Lying),
            "h" => Some(Position::Standing),
            _ => None,
        };
        let [kg, cm, head] = ["weight", "height", "head"].map(|of| amount(&line, of));
        // The survey leaves out weight where there is oedema; forms do so by `unless`.
        let kg = kg.filter(|_| cell(&line, "oedema") == "n");
        let both = kg.zip(cm);
        let got = [
            ("waz", kg.and_then(|kg| child.weight_for_age(kg))),
            ("haz", cm.and_then(|cm| child.height_for_age(cm, taken))),
            ("whz", both.and_then(|(kg, cm)| child.weight_for_height(kg, cm, taken))),
            ("baz", both.and_then(|(kg, cm)| child.bmi_for_age(kg, cm, taken))),
            ("hcz", head.and_then(|head| child.head_for_age(head))),
        ];
        compared += compare(&line, got);
        exact += got.iter().filter(|(of, z)| z.is_some() && *z == amount(&line, of)).count();
    }
    assert_eq!(compared, 475 + 489 + 467 + 468 + 94);
    // The last digit is the same too, but where the survey holds a weight in halves of its last bit.
    assert!(exact >= compared - 5, "{exact} of {compared}");
}

#[test]
fn children_from_5_to_19_score_as_by_the_reference_of_2007() {
    let growth = shipped();
    let mut compared = 0;
    for line in children("growth_5_19.csv") {
        let days = cell(&line, "days").parse().expect("days");
        let child = Child { standards: growth.standards(), sex: sex(&line), days };
        let [kg, cm] = ["weight", "height"].map(|of| amount(&line, of).expect("measured"));
        let got = [
            ("waz", child.weight_for_age(kg)),
            ("haz", child.height_for_age(cm, None)),
            ("whz", child.weight_for_height(kg, cm, None)),
            ("baz", child.bmi_for_age(kg, cm, None)),
            ("hcz", child.head_for_age(cm)),
        ];
        assert_eq!((got[2].1, got[4].1), (None, None), "{line:?}");
        assert_eq!(got[0].1.is_some(), !cell(&line, "waz").is_empty(), "{line:?}");
        compared += compare(&line, got);
    }
    assert!(compared > 270, "{compared}");
}

/// The simplified field tables of the World Health Organization: −3, −2, −1, 0, 1, 2, 3 to one decimal.
#[test]
fn values_are_those_of_the_published_field_tables() {
    let growth = shipped();
    use Standard::{HeightAge, WeightAge};
    for (standard, sex, day, published) in [
        (WeightAge, Sex::Male, 0, [2.1, 2.5, 2.9, 3.3, 3.9, 4.4, 5.0]),
        (WeightAge, Sex::Male, 365, [6.9, 7.7, 8.6, 9.6, 10.8, 12.0, 13.3]),
        (WeightAge, Sex::Male, 1826, [12.4, 14.1, 16.0, 18.3, 21.0, 24.2, 27.9]),
        (WeightAge, Sex::Female, 0, [2.0, 2.4, 2.8, 3.2, 3.7, 4.2, 4.8]),
        (WeightAge, Sex::Female, 365, [6.3, 7.0, 7.9, 8.9, 10.1, 11.5, 13.1]),
        (WeightAge, Sex::Female, 1826, [12.1, 13.7, 15.8, 18.2, 21.2, 24.9, 29.5]),
        (HeightAge, Sex::Male, 1826, [96.1, 100.7, 105.3, 110.0, 114.6, 119.2, 123.9]),
        (HeightAge, Sex::Female, 1826, [95.2, 99.9, 104.7, 109.4, 114.2, 118.9, 123.7]),
    ] {
        let lms = growth.standards().at(standard, sex, day).expect("a line");
        for (z, value) in (-3..=3).zip(published) {
            let got = value_at(lms, f64::from(z));
            assert!((got - value).abs() < 0.0501, "{standard:?} {sex:?} {day} {z}: {got}");
        }
    }
}

#[test]
fn every_line_of_every_table_gives_its_scores_back() {
    let growth = shipped();
    let standards = growth.standards();
    let mut lines = 0;
    for standard in Standard::ALL {
        let (from, to) = standards.range(standard).expect("a table");
        for sex in Sex::ALL {
            for key in from..=to {
                let lms = standards.at(standard, sex, key).expect("no gaps");
                let values: Vec<f64> = (-3..=3).map(|z| value_at(lms, f64::from(z))).collect();
                assert!(values.is_sorted(), "{standard:?} {sex:?} {key}");
                for (z, value) in (-3..=3).zip(values) {
                    let got = score(lms, value, true).expect("a score");
                    assert!((got - f64::from(z)).abs() < 1e-6, "{standard:?} {sex:?} {key} {z}");
                }
                lines += 1;
            }
        }
    }
    assert_eq!(lines, 2 * (4 * 1857 + 651 + 551 + 60 + 168 + 168));
}

fn boy(growth: &Growth, days: i32) -> Child<'_> {
    Child { standards: growth.standards(), sex: Sex::Male, days }
}

#[test]
fn beyond_three_a_weight_goes_on_in_steps_and_a_height_does_not() {
    let growth = shipped();
    // Worked out by hand from L, M, S: boy 24 months 18,0 kg; girl 12 months 6,0 kg.
    assert_eq!(boy(&growth, 730).weight_for_age(18_000), Some(3_470));
    let girl = Child { sex: Sex::Female, ..boy(&growth, 365) };
    assert_eq!(girl.weight_for_age(6_000), Some(-3_360));
    let lms = growth.standards().at(Standard::HeightAge, Sex::Female, 1096).expect("a line");
    let z = score(lms, 80.0, false).expect("a score");
    assert!((z - (80.0 / lms.m - 1.0) / lms.s).abs() < 1e-9, "{z}");
    assert_eq!(score(lms, 0.0, true), None);
}

#[test]
fn the_position_counts_7_millimetres_and_changes_at_731_days() {
    let growth = shipped();
    use Position::{Lying, Standing};
    for (days, cm, taken, same_as) in [
        (730, 84_300, Some(Standing), 85_000),
        (730, 85_000, Some(Lying), 85_000),
        (730, 85_000, None, 85_000),
        (731, 85_700, Some(Lying), 85_000),
        (731, 85_000, Some(Standing), 85_000),
        (731, 85_000, None, 85_000),
        (1857, 105_000, Some(Lying), 105_000),
    ] {
        let child = boy(&growth, days);
        let plain = child.height_for_age(same_as, None);
        assert_eq!(child.height_for_age(cm, taken), plain, "{days} {cm}");
        let of_weight = child.weight_for_height(11_000, cm, taken);
        assert_eq!(of_weight, child.weight_for_height(11_000, same_as, None), "{days} {cm}");
        assert_eq!(of_weight.is_some(), days <= 1856);
        let bmi = child.bmi_for_age(11_000, same_as, None);
        assert_eq!(child.bmi_for_age(11_000, cm, taken), bmi, "{days} {cm}");
    }
}

#[test]
fn outside_of_the_tables_there_is_no_score() {
    let growth = shipped();
    for (days, waz, haz) in [
        (0, true, true),
        (1856, true, true),
        (3652, true, true),
        (3653, false, true),
        (6939, false, true),
        (6940, false, false),
        (-1, false, false),
    ] {
        let child = boy(&growth, days);
        assert_eq!(child.weight_for_age(20_000).is_some(), waz, "{days}");
        assert_eq!(child.height_for_age(110_000, None).is_some(), haz, "{days}");
    }
    let child = boy(&growth, 300);
    assert_eq!(child.weight_for_height(3_000, 44_900, None), None);
    assert!(child.weight_for_height(3_000, 45_000, None).is_some());
    assert_eq!(child.weight_for_height(20_000, 110_100, None), None);
    // A length between two lines is a little of each.
    let [low, mid, high] =
        [70_000, 70_050, 70_100].map(|cm| child.weight_for_height(7_000, cm, None).expect("z"));
    assert!(low >= mid && mid >= high);
    let none = Growth::default();
    assert_eq!(boy(&none, 300).weight_for_age(8_000), None);
}

#[test]
fn the_lines_of_a_chart_are_those_of_the_table() {
    let growth = shipped();
    let drawn = curves(growth.standards(), Standard::HeightAge, Sex::Male, (0, 1856), 30);
    let drawn = drawn.expect("a chart");
    let keys: Vec<i32> = drawn.lines.iter().map(|(key, _)| *key).collect();
    assert!(
        keys.is_sorted() && keys.contains(&730) && keys.contains(&731) && keys.ends_with(&[1856])
    );
    for (key, values) in &drawn.lines {
        let lms = growth.standards().at(Standard::HeightAge, Sex::Male, *key).expect("a line");
        assert_eq!(*values, SCORES.map(|z| value_at(lms, f64::from(z))));
    }
    let wide = curves(growth.standards(), Standard::WeightLength, Sex::Male, (0, 9_999), 5);
    let wide = wide.expect("a chart");
    assert_eq!((wide.from, wide.to), (450, 1100));
    assert_eq!(Standard::WeightLength.key(), Key::Millimetre);
}
