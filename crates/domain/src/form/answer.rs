//! Reading one answer from what was typed, and showing it again.
//!
//! **The ambiguous dot.** `3.250` is three thousand by the Vietnamese rule and 3,25 kg to a midwife: what
//! is possible for the field decides; when both are, it is asked.

use crate::fact::Value;
use tram_defs::Definitions;
use tram_defs::form::{Choice, Days, Field, Kind, Number};
use tram_kernel::number::{show_rounded, show_thousandths, thousandths};
use tram_kernel::text::{self, BadText};
use tram_kernel::{Date, Message, day};

/// Words of a note.
const LONGEST: usize = 1_000;

/// Reads an answer. `None` when nothing was typed.
///
/// `on` is the day of the entry: dates without a year are near it.
pub fn read(
    defs: &Definitions,
    field: &Field,
    typed: &[&str],
    on: Date,
) -> Result<Option<Value>, Message> {
    let typed: Vec<&str> = typed.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
    let Some(first) = typed.first().copied() else { return Ok(None) };
    let value = match &field.kind {
        Kind::Number(number) => Value::Number(read_number(number, first)?),
        Kind::YesNo => Value::Yes(yes_or_no(first)?),
        Kind::Choice(choices) => Value::Code(choice(choices, first)?),
        Kind::Choices(choices) => {
            let mut codes = Vec::new();
            for part in typed.iter().flat_map(|t| t.split([';', '|'])).map(str::trim) {
                let code = choice(choices, part)?;
                if !codes.contains(&code) {
                    codes.push(code);
                }
            }
            Value::Codes(codes)
        }
        Kind::Listed(list) => {
            let entries = defs.list(list).ok_or(Message::new("form-choose"))?;
            let entry = entries.find(first).ok_or(Message::new("form-choose"))?;
            Value::Code(entry.code.clone())
        }
        Kind::Day(days) => Value::Day(read_day(*days, first, on)?),
        Kind::Text(_) => Value::Text(words(first)?),
    };
    Ok(Some(value))
}

fn words(typed: &str) -> Result<String, Message> {
    text::clean(typed, LONGEST).map_err(|why| match why {
        BadText::Hidden => Message::new("typed-hidden-characters"),
        BadText::Empty => Message::new("field-missing"),
        BadText::TooLong => Message::new("typed-text-too-long").with("longest", LONGEST),
    })
}

fn read_day(days: Days, typed: &str, on: Date) -> Result<Date, Message> {
    let found = day::parse(typed, on).map_err(|_| Message::new("typed-date-invalid"))?;
    match days {
        Days::Past if found > on => Err(Message::new("form-day-after").with("on", on)),
        Days::Coming if found <= on => Err(Message::new("form-day-before").with("on", on)),
        _ => Ok(found),
    }
}

/// `có`, `không`, `x`, `1`, `0`, `+`, `-`.
fn yes_or_no(typed: &str) -> Result<bool, Message> {
    match text::fold(typed).as_str() {
        "co" | "c" | "x" | "1" | "yes" | "y" | "true" | "+" | "dung" => Ok(true),
        "khong" | "k" | "0" | "no" | "n" | "false" | "-" | "sai" => Ok(false),
        _ => Err(Message::new("form-yes-or-no")),
    }
}

/// A choice by its code, its words, or the beginning of its words when only one begins so.
fn choice(choices: &[Choice], typed: &str) -> Result<String, Message> {
    let folded = text::fold(typed);
    let exact = choices.iter().find(|c| c.code == typed || text::fold(&c.name) == folded);
    let mut begin = choices.iter().filter(|c| text::fold(&c.name).starts_with(&folded));
    let only = match (begin.next(), begin.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    };
    exact.or(only).map(|c| c.code.clone()).ok_or(Message::new("form-choose"))
}

/// A number that is possible for its field.
fn read_number(number: &Number, typed: &str) -> Result<i64, Message> {
    let bare = typed.strip_suffix(number.unit.as_str()).map_or(typed, str::trim_end);
    let (low, high) = number.possible;
    let is_possible = |n: &i64| (low..=high).contains(n);
    let mut readings: Vec<i64> = thousandths(bare).into_iter().collect();
    if !bare.contains(',') && bare.matches('.').count() == 1 {
        readings.extend(thousandths(&bare.replace('.', ",")));
        readings.dedup();
    }
    if readings.is_empty() {
        return Err(Message::new("form-not-a-number").with("typed", typed));
    }
    let possible: Vec<i64> = readings.iter().copied().filter(is_possible).collect();
    match possible[..] {
        [one] => {
            let step = 10_i64.pow(3 - u32::from(number.decimals.min(3)));
            if one % step != 0 {
                let decimals = i64::from(number.decimals);
                return Err(Message::new("form-decimals").with("decimals", decimals));
            }
            Ok(one)
        }
        [] => Err(Message::new("form-impossible")
            .with("typed", typed)
            .with("low", show_thousandths(low))
            .with("high", show_thousandths(high))
            .with("unit", number.unit.as_str())),
        _ => Err(Message::new("form-two-readings")
            .with("typed", typed)
            .with("one", show_thousandths(possible[0]))
            .with("other", show_thousandths(possible[1]))),
    }
}

/// An answer in words: `150 mmHg`, `Có`, `Đau đầu; Phù`, `15/03/2026`.
pub fn show(defs: &Definitions, kind: &Kind, value: &Value) -> String {
    let named = |code: &str| kind.choice(code).map_or(code, |c| c.name.as_str()).to_owned();
    match (kind, value) {
        (Kind::Number(number), Value::Number(n)) if number.unit.is_empty() => {
            show_rounded(*n, u32::from(number.decimals))
        }
        (Kind::Number(number), Value::Number(n)) => {
            format!("{}\u{a0}{}", show_rounded(*n, u32::from(number.decimals)), number.unit)
        }
        (Kind::Listed(list), Value::Code(code)) => {
            defs.list(list).and_then(|list| list.name(code)).unwrap_or(code).to_owned()
        }
        (_, Value::Codes(codes)) => {
            codes.iter().map(|code| named(code)).collect::<Vec<_>>().join("; ")
        }
        (_, value) => bare(value, named),
    }
}

/// The same without its unit, as it goes into a box or a cell.
pub fn typed(kind: &Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Number(number), Value::Number(n)) => {
            let places = u32::from(number.decimals);
            let shown = if n % 1000 == 0 { show_rounded(*n, 0) } else { show_rounded(*n, places) };
            shown.replace('.', "").replace('−', "-")
        }
        (_, value) => bare(value, str::to_owned),
    }
}

fn bare(value: &Value, named: impl Fn(&str) -> String) -> String {
    match value {
        Value::Number(n) => show_thousandths(*n),
        Value::Yes(true) => "Có".to_owned(),
        Value::Yes(false) => "Không".to_owned(),
        Value::Code(code) => named(code),
        Value::Codes(codes) => codes.iter().map(|code| named(code)).collect::<Vec<_>>().join("; "),
        Value::Day(on) => day::show(*on),
        Value::Text(text) => text.clone(),
    }
}
