//! What a record says of the growth of a child: every day somebody weighed or measured it.

use super::{Child, Position};
use crate::fact::{FactRef, Value};
use crate::person::Person;
use crate::programme::{Care, Filled};
use tram_defs::Definitions;
use tram_kernel::Date;

/// Classes of growth, in the order they are said.
const CLASSES: [&str; 4] = ["waz_class", "haz_class", "whz_class", "baz_class"];
/// Scores, in the order of the columns.
const SCORED: [&str; 4] = ["waz", "haz", "whz", "baz"];

/// One weighing. Numbers in thousandths.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighing {
    pub at: FactRef,
    pub on: Date,
    /// Days of age; `None` when the day of birth is not known.
    pub days: Option<i32>,
    pub kilograms: Option<i64>,
    pub centimetres: Option<i64>,
    /// The length as the tables of that age want it: 0,7 cm more or less when taken the other way.
    pub length: Option<i64>,
    pub scores: [Option<i64>; 4],
    /// Code of each class, of those that were judged.
    pub classes: [Option<String>; 4],
}

/// Every weighing of a person, by day.
pub fn weighings(defs: &Definitions, person: &Person, care: &Care<'_>) -> Vec<Weighing> {
    let of = |filled: &Filled<'_>| {
        let value = |code: &str| {
            filled.measures.iter().find(|m| m.measure == code).map(|m| m.value.clone())
        };
        let number = |code: &str| match value(code)? {
            Value::Number(n) => Some(n),
            _ => None,
        };
        let code = |code: &str| match value(code)? {
            Value::Code(code) => Some(code),
            _ => None,
        };
        let (kilograms, centimetres) = (number("weight"), number("height"));
        if kilograms.is_none() && centimetres.is_none() {
            return None;
        }
        let child = Child::of(defs.growth.standards(), person, filled.entry.day);
        let taken = code("position").and_then(|code| Position::from_code(&code));
        Some(Weighing {
            at: filled.entry.at,
            on: filled.entry.day,
            days: child.map(|child| child.days),
            kilograms,
            centimetres,
            length: child.zip(centimetres).map(|(child, cm)| child.length(cm, taken)),
            scores: SCORED.map(number),
            classes: CLASSES.map(code),
        })
    };
    care.entries.iter().filter_map(of).collect()
}
