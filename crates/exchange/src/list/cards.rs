//! A row of a list of insurance cards: whose, which number, from when to when.

use super::row::{Reading, SHORT};
use super::{Field, ListRow, number};
use tram_domain::roster::ListedCard;
use tram_kernel::{Message, Severity};

impl ListRow for ListedCard {
    fn read(reading: &mut Reading<'_>) -> Option<Self> {
        let who = reading.who();
        let value = number::insurance(reading.cell(Field::Insurance));
        let is_wrong = matches!(value, super::value::Value::Wrong(_));
        // What is wrong with the number was said when it was asked whose it is.
        let card = match is_wrong {
            true => None,
            false => reading.required(Field::Insurance, value, "row-card-missing"),
        };
        let (from, to) = reading.validity();
        let group = reading.common_text(Field::InsuranceGroup, SHORT);
        let card = card?;
        if let (Some(group), Some(own)) = (&group, card.insurance_group())
            && !group.to_uppercase().starts_with(own)
        {
            let message = Message::new("row-card-group").with("group", own);
            reading.say(Severity::Warning, Field::InsuranceGroup, message);
        }
        Some(Self { row: reading.place, who: who?, card, from, to })
    }
}
