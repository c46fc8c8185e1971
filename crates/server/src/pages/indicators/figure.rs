//! Numbers of indicators as they are written everywhere: value with its unit, the two counts behind it,
//! a change, and what is too small to be a ratio.

use crate::pages::parts::{Shape, status};
use crate::words::Words;
use maud::{Markup, html};
use tram_app::indicator::Number;
use tram_defs::indicator::{Indicator, Unit};
use tram_kernel::Share;
use tram_kernel::number::{show_count, show_rounded};

/// What stands between a number and its unit.
const NARROW: &str = "\u{a0}";

/// `91,2 %`, `5/10.000`: a number with its unit, never parted by a line break.
pub fn with_sign(number: &str, sign: &str) -> String {
    let gap = if sign.starts_with('/') { "" } else { NARROW };
    format!("{number}{gap}{sign}")
}

/// `91,2 %`, `1.754`; the value in thousandths of the unit.
pub fn amount(words: &Words, unit: Unit, thousandths: i64) -> String {
    match unit {
        Unit::Count => show_count(thousandths / 1000),
        unit => {
            let sign = words.say(&format!("unit-{}", unit.code()));
            with_sign(&show_rounded(thousandths, 1), &sign)
        }
    }
}

/// `456 / 500`, or the count alone.
pub fn counts(indicator: &Indicator, share: Share) -> String {
    match indicator.denominator {
        Some(_) => format!(
            "{}{NARROW}/{NARROW}{}",
            show_count(share.numerator),
            show_count(share.denominator)
        ),
        None => show_count(share.numerator),
    }
}

/// `3 trong 7`: the counts in words, where a ratio would say nothing.
pub fn in_words(words: &Words, indicator: &Indicator, share: Share) -> String {
    match indicator.denominator {
        Some(_) => words.with(
            "figure-of",
            [
                ("n", show_count(share.numerator).into()),
                ("of", show_count(share.denominator).into()),
            ],
        ),
        None => show_count(share.numerator),
    }
}

/// Why the counts stand where a ratio is expected; nothing for what is large enough.
pub fn why_small(words: &Words, indicator: &Indicator, share: Share) -> Option<String> {
    let shown =
        is_known(indicator, share) && indicator.is_small(share) && indicator.denominator.is_some();
    let (least, events) = (indicator.small.denominator, indicator.small.events);
    shown.then(|| match share.denominator < least {
        true => words.with("figure-why-few", [("least", least.into())]),
        false => words.with("figure-why-events", [("least", events.into())]),
    })
}

/// Whether anything was counted at all. Nobody counted is not zero; no event in a month is.
pub fn is_known(indicator: &Indicator, share: Share) -> bool {
    match indicator.denominator {
        Some(_) => share.denominator != 0,
        None => !indicator.numerator.count.is_state() || share.numerator != 0,
    }
}

/// What is written large: the ratio, or the counts where a ratio would say nothing. `None` when nothing
/// was counted.
pub fn headline(words: &Words, number: &Number, share: Share) -> Option<String> {
    let indicator = &number.indicator;
    if !is_known(indicator, share) {
        return None;
    }
    if indicator.denominator.is_none() || indicator.is_small(share) {
        return Some(in_words(words, indicator, share));
    }
    number.value_of(share).map(|value| amount(words, indicator.unit, value))
}

/// `+1,2 điểm %`, `−3`; nothing unless both are known and neither is small.
pub fn change(words: &Words, now: &Number, before: &Number) -> Option<String> {
    let solid = |n: &Number| {
        let share = n.share?;
        let solid = is_known(&n.indicator, share) && !n.indicator.is_small(share);
        if solid { n.value() } else { None }
    };
    let difference = solid(now)? - solid(before)?;
    let (places, code) = match now.indicator.unit {
        Unit::Count => (0, None),
        Unit::Percent => (1, Some("unit-points".to_owned())),
        unit => (1, Some(format!("unit-{}", unit.code()))),
    };
    let number = signed(show_rounded(difference, places));
    Some(match code {
        Some(code) => with_sign(&number, &words.say(&code)),
        None => number,
    })
}

/// A difference always carries its sign.
pub fn signed(number: String) -> String {
    let zero = number.chars().all(|c| matches!(c, '0' | ','));
    if zero || number.starts_with('−') { number } else { format!("+{number}") }
}

/// What a number should make one think of, in shape and word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remark {
    Ordinary,
    /// Nobody said what is ordinary.
    Plain,
    /// Outside the plausible range.
    Unusual,
    Small,
    Unknown,
}

pub fn remark_of(number: &Number) -> Remark {
    let indicator = &number.indicator;
    let Some(share) = number.share.filter(|share| is_known(indicator, *share)) else {
        return Remark::Unknown;
    };
    if indicator.is_small(share) {
        return Remark::Small;
    }
    match (indicator.plausible, number.value()) {
        (Some((low, high)), Some(value)) if !(low * 1000..=high * 1000).contains(&value) => {
            Remark::Unusual
        }
        (Some(_), _) => Remark::Ordinary,
        (None, _) => Remark::Plain,
    }
}

pub fn remark_status(words: &Words, number: &Number) -> Markup {
    match remark_of(number) {
        Remark::Plain => html! {},
        Remark::Ordinary => status(Shape::On, &words.say("figure-ordinary")),
        Remark::Small => status(Shape::Soon, &words.say("figure-small")),
        Remark::Unknown => status(Shape::None, &words.say("no-data")),
        Remark::Unusual => html! {
            (status(Shape::Warn, &words.say("figure-unusual")))
            @if let Some(range) = range(words, &number.indicator) { span.sub { (range) } }
        },
    }
}

/// `thường từ 0 đến 40 ‰`.
pub fn range(words: &Words, indicator: &Indicator) -> Option<String> {
    let (low, high) = indicator.plausible?;
    let low = show_count(low);
    let high = amount(words, indicator.unit, high * 1000);
    let high = high.replace(",0", "");
    Some(words.with("figure-range", [("low", low.into()), ("high", high.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_carry_their_sign() {
        for (number, shown) in [("1,2", "+1,2"), ("−0,4", "−0,4"), ("0,0", "0,0"), ("12", "+12")]
        {
            assert_eq!(signed(number.into()), shown);
        }
    }
}
