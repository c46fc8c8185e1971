//! The columns of a template: how each is headed, how wide it is, and what Excel says of what is typed there.

use super::{form, guide};
use crate::list::{Field, Holds, Kind};
use rust_xlsxwriter::Format;
use tram_defs::Definitions;
use tram_defs::form as asked;
use tram_kernel::text;

/// More villages than any commune has.
const VILLAGES: usize = 1_000;

/// One column.
pub struct Column {
    pub holds: Holds,
    pub heading: String,
    /// No row without it.
    pub required: bool,
    pub width: u16,
    pub format: Format,
    pub accepts: Accepts,
}

/// What Excel offers and checks. It only warns: a row is judged by the program.
pub enum Accepts {
    Anything,
    /// The number of a citizen.
    Citizen,
    /// A word of a drop-down, or several.
    Words {
        words: Vec<String>,
        several: bool,
    },
    /// A number from the one to the other.
    Number {
        low: f64,
        high: f64,
        said: String,
    },
}

/// The columns of a kind of list, in their order.
pub fn columns(kind: &Kind, defs: &Definitions, villages: &[String]) -> Vec<Column> {
    let fields = kind.fields().iter().map(|field| of_field(*field, kind, defs, villages));
    let questions = kind.form().into_iter().flat_map(asked::Form::fields);
    fields.chain(questions.map(|field| of_question(field, defs))).collect()
}

fn of_field(field: Field, kind: &Kind, defs: &Definitions, villages: &[String]) -> Column {
    let words: Vec<String> = match field {
        Field::Sex => ["Nam", "Nữ"].map(str::to_owned).into(),
        Field::Vaccine => defs.vaccines.iter().map(|vaccine| vaccine.name.clone()).collect(),
        Field::Village => {
            villages.iter().filter_map(|v| text::clean(v, 100).ok()).take(VILLAGES).collect()
        }
        field => field.list().map(|code| names(defs, code)).unwrap_or_default(),
    };
    let accepts = match field {
        Field::Citizen => Accepts::Citizen,
        _ if words.is_empty() => Accepts::Anything,
        _ => Accepts::Words { words, several: false },
    };
    Column {
        heading: field.heading().to_owned(),
        required: kind.required().iter().any(|group| group[..] == [field]),
        width: guide::width(field),
        format: format(field),
        accepts,
        holds: Holds::Field(field),
    }
}

fn names(defs: &Definitions, list: &str) -> Vec<String> {
    let entries = defs.list(list).map(|list| list.entries.as_slice()).unwrap_or_default();
    entries.iter().map(|entry| entry.name.clone()).collect()
}

/// Numbers are text, so their zeros stay; so is the birth date, where a bare year is a full answer.
fn format(field: Field) -> Format {
    match field {
        Field::Born => Format::new().set_num_format("@"),
        field if field.is_day() => Format::new().set_num_format("dd/mm/yyyy"),
        Field::Citizen
        | Field::OldCard
        | Field::Insurance
        | Field::Phone
        | Field::Household
        | Field::Temporary
        | Field::Lot => Format::new().set_num_format("@"),
        _ => Format::new(),
    }
}

fn of_question(field: &asked::Field, defs: &Definitions) -> Column {
    let holds = Holds::Answer(field.code.clone());
    let choices = |choices: &[asked::Choice]| choices.iter().map(|c| c.name.clone()).collect();
    let one = |words: Vec<String>| Accepts::Words { words, several: false };
    let accepts = match &field.kind {
        asked::Kind::YesNo => one(["Có", "Không"].map(str::to_owned).into()),
        asked::Kind::Choice(of) => one(choices(of)),
        asked::Kind::Choices(of) => Accepts::Words { words: choices(of), several: true },
        asked::Kind::Listed(list) => one(names(defs, list)),
        asked::Kind::Number(number) => {
            let [low, high] = [number.possible.0, number.possible.1].map(|n| n as f64 / 1000.0);
            Accepts::Number { low, high, said: form::accepts(defs, field) }
        }
        asked::Kind::Day(_) | asked::Kind::Text(_) => Accepts::Anything,
    };
    let (width, format) = match &field.kind {
        asked::Kind::Number(_) | asked::Kind::YesNo => (11, Format::new()),
        asked::Kind::Day(_) => (13, Format::new().set_num_format("dd/mm/yyyy")),
        // As text, so that Excel makes no day of `1-2` and no number of `01`.
        _ => (24, Format::new().set_num_format("@")),
    };
    let heading = form::heading(field);
    let required = field.required && field.when.is_empty();
    Column { holds, heading, required, width, format, accepts }
}
