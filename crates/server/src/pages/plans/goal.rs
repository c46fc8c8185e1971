//! What a target says, in signs and in words; units and values as a plan writes them.

use crate::pages::indicators::figure::{signed, with_sign};
use crate::pages::parts::Shape;
use crate::words::Words;
use maud::{Markup, html};
use tram_defs::indicator::Unit;
use tram_domain::fact::{Comparator, TargetSet};
use tram_domain::plan::Assessment;
use tram_kernel::number::{show_rounded, show_thousandths};

/// Units a plan may be written in, in the order in which they are offered.
pub const UNITS: [&str; 6] =
    ["percent", "per_mille", "per_10k", "per_100k", "per_hundred", "count"];

/// `95 %`, `5/10.000`; counts have no unit.
pub fn with_unit(words: &Words, unit: &str, number: &str) -> String {
    if unit == "count" || !UNITS.contains(&unit) {
        return number.to_owned();
    }
    with_sign(number, &words.say(&format!("unit-{unit}")))
}

/// The sign of a comparison and what it is called; no sign where words are needed.
const fn sign(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::AtLeast => "≥",
        Comparator::MoreThan => ">",
        Comparator::AtMost => "≤",
        Comparator::LessThan => "<",
        _ => "",
    }
}

/// `≥ 95 %`, `9 – 10`, `duy trì 100 %`.
pub fn goal(words: &Words, target: &TargetSet) -> Markup {
    let number = |value: Option<i64>| {
        let shown = value.map_or_else(|| "–".to_owned(), show_thousandths);
        with_unit(words, &target.unit, &shown)
    };
    let value = number(target.value);
    let said = |code: &str| words.with(code, [("value", value.as_str().into())]);
    html! {
        @match target.comparator {
            Comparator::Equal => { (value) }
            Comparator::Between => {
                (target.value.map_or_else(|| "–".to_owned(), show_thousandths)) " – " (number(target.value2))
            }
            Comparator::Maintain => { (said("goal-maintain")) }
            Comparator::ChangePerYear => { (said("goal-change")) }
            Comparator::Milestone => { (words.say("goal-milestone")) }
            Comparator::NoEvent => { (words.say("goal-no-event")) }
            comparator => {
                span aria-hidden="true" { (sign(comparator)) " " }
                span.vh { (words.say(&format!("comparator-{}", comparator.code()))) " " }
                (value)
            }
        }
    }
}

/// The row of a nested target: what each unit has to reach, `mỗi trạm ≥ 70 %`.
pub fn each(words: &Words, target: &TargetSet, of: Option<Unit>) -> Option<String> {
    let each = target.each.as_ref()?;
    let shown = super::steps::show_each(each);
    let text = with_unit(words, of.map_or("percent", Unit::code), &shown);
    Some(words.with("goal-each", [("goal", text.into())]))
}

/// An actual value in the unit of its target, which a person may have corrected.
pub fn actual(words: &Words, target: &TargetSet, thousandths: i64) -> String {
    if target.comparator == Comparator::Milestone {
        let code = if thousandths >= 1000 { "plan-milestone-yes" } else { "plan-milestone-no" };
        return words.say(code).into_owned();
    }
    let unit = target.correction.as_deref().unwrap_or(&target.unit);
    let places = if unit == "count" { 0 } else { 1 };
    with_unit(words, unit, &show_rounded(thousandths, places))
}

/// `+1,2`, `−3,8`: how far the actual value is from the target.
pub fn gap(target: &TargetSet, thousandths: i64) -> String {
    let unit = target.correction.as_deref().unwrap_or(&target.unit);
    signed(show_rounded(thousandths, if unit == "count" { 0 } else { 1 }))
}

pub const fn shape_of(assessment: Assessment) -> Shape {
    match assessment {
        Assessment::Met | Assessment::OnPace => Shape::Ok,
        Assessment::Near | Assessment::Behind => Shape::Warn,
        Assessment::NotMet => Shape::Bad,
        Assessment::NoData => Shape::None,
    }
}
