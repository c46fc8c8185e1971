//! Words of the code lists, looked up as files spell them.

use super::Field;
use super::value::{Value, typed};
use std::collections::HashMap;
use tram_defs::Definitions;
use tram_kernel::{Message, text};

/// The code lists a list uses, each by every spelling.
pub struct Words {
    lists: Vec<(Field, HashMap<String, String>)>,
}

impl Words {
    pub fn of(defs: &Definitions) -> Self {
        let lists = Field::ALL.into_iter().filter_map(|field| {
            let list = defs.list(field.list()?)?;
            let mut codes = HashMap::new();
            // Where one spelling serves twice, the code wins over the name, the name over the rest.
            let mut add = |spelling: &str, code: &str| {
                let folded = text::fold(spelling);
                for key in [spelling.to_owned(), squeezed(&folded), folded] {
                    codes.entry(key).or_insert_with(|| code.to_owned());
                }
            };
            list.entries.iter().for_each(|e| add(&e.code, &e.code));
            list.entries.iter().for_each(|e| add(&e.name, &e.code));
            list.entries.iter().for_each(|e| e.also.iter().for_each(|also| add(also, &e.code)));
            Some((field, codes))
        });
        Self { lists: lists.collect() }
    }

    /// The code for a word; a word no list knows is dropped with a warning.
    pub fn find(&self, field: Field, word: &str) -> Value<String> {
        let Some((_, codes)) = self.lists.iter().find(|(of, _)| *of == field) else {
            return Value::Nothing;
        };
        match codes.get(word).or_else(|| find_folded(codes, word)) {
            Some(code) => Value::Good(code.clone()),
            None => Value::Dropped(Message::new(unknown(field)).with("typed", typed(word))),
        }
    }
}

fn find_folded<'a>(codes: &'a HashMap<String, String>, word: &str) -> Option<&'a String> {
    let folded = text::fold(word);
    // A spreadsheet turns the code 01 into 1.
    let padded = || (folded.len() == 1).then(|| format!("0{folded}"));
    codes
        .get(&folded)
        .or_else(|| codes.get(&padded()?))
        .or_else(|| codes.get(&squeezed(folded.strip_prefix("dan toc ").unwrap_or(&folded))))
}

/// Letters and digits only: `Êđê`, `Ê-đê` and `Ê Đê` are one word.
fn squeezed(folded: &str) -> String {
    text::words(folded).collect()
}

const fn unknown(field: Field) -> &'static str {
    match field {
        Field::Ethnicity => "row-ethnicity-unknown",
        Field::Occupation => "row-occupation-unknown",
        Field::Relation => "row-relation-unknown",
        Field::Poverty => "row-poverty-unknown",
        _ => "row-residence-unknown",
    }
}
