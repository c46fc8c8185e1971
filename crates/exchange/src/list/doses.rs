//! A row of a vaccination history: who, which vaccine, when, and where it was given.

use super::row::{Reading, SHORT, TEXT};
use super::value::{self, Value};
use super::{Field, ListRow};
use tram_domain::roster::ListedDose;
use tram_kernel::{Message, Severity};

/// Longest lot number, as the stock book takes it.
const LOT: usize = 50;

impl ListRow for ListedDose {
    fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let who = reading.who();
        let vaccine = reading.take(Field::Vaccine, |cell| value::text(cell, SHORT));
        let antigen = reading.take(Field::Antigen, |cell| value::text(cell, SHORT));
        if vaccine.is_none() && antigen.is_none() {
            reading.say(Severity::Error, Field::Vaccine, Message::new("row-vaccine-missing"));
        }
        let calendar = reading.context.calendar;
        let day = calendar.day(reading.cell(Field::Given));
        let given = reading.required(Field::Given, day, "row-given-missing");
        if let Some(given) = given.filter(|given| *given > calendar.today) {
            let message = Message::new("row-date-future").with("day", given);
            reading.say(Severity::Error, Field::Given, message.with("today", calendar.today));
        }
        let dose = reading.take(Field::Dose, |cell| value::text(cell, SHORT).then(number_of_dose));
        let lot = reading.take(Field::Lot, |cell| value::text(cell, LOT));
        let place = reading.common_text(Field::Place, TEXT);
        Some(Self {
            row: reading.place,
            who: who?,
            vaccine,
            antigen,
            given: given?,
            dose,
            lot,
            place,
        })
    }
}

/// `2`, `Mũi 2`, `II`, `mũi nhắc`: a number, or nothing that can be compared.
fn number_of_dose(typed: String) -> Value<u8> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let roman = ["i", "ii", "iii", "iv", "v"];
    let last = typed.to_lowercase().split(' ').next_back().unwrap_or_default().to_owned();
    let by_roman = roman.iter().position(|r| *r == last).map(|at| at as u8 + 1);
    match digits.parse::<u8>().ok().or(by_roman) {
        Some(number @ 1..=20) => Value::Good(number),
        _ => Value::Dropped(Message::new("row-dose-unknown").with("typed", value::typed(&typed))),
    }
}
