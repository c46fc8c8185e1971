//! Words of the code lists, looked up as files spell them.

use super::Field;
use super::value::{Value, typed};
use std::collections::HashMap;
use tram_defs::Definitions;
use tram_kernel::{Message, text};

/// The code lists a population list uses, each by every spelling.
pub struct Words {
    lists: Vec<(Field, HashMap<String, String>)>,
}

impl Words {
    pub fn of(defs: &Definitions) -> Self {
        let lists = Field::ALL.into_iter().filter_map(|field| {
            let list = defs.list(field.list()?)?;
            let mut codes = HashMap::new();
            // Where one spelling serves twice, the code wins over the name, the name over the rest.
            for entry in &list.entries {
                codes.insert(text::fold(&entry.code), entry.code.clone());
            }
            for entry in &list.entries {
                codes.entry(text::fold(&entry.name)).or_insert_with(|| entry.code.clone());
            }
            for entry in &list.entries {
                for also in &entry.also {
                    codes.entry(also.clone()).or_insert_with(|| entry.code.clone());
                }
            }
            Some((field, codes))
        });
        Self { lists: lists.collect() }
    }

    /// The code for a word; a word no list knows is dropped with a warning.
    pub fn find(&self, field: Field, word: &str) -> Value<String> {
        let Some((_, codes)) = self.lists.iter().find(|(of, _)| *of == field) else {
            return Value::Nothing;
        };
        let folded = text::fold(word);
        // A spreadsheet turns the code 01 into 1.
        let padded = (folded.len() == 1).then(|| format!("0{folded}"));
        let code = codes.get(&folded).or_else(|| codes.get(&padded?));
        match code {
            Some(code) => Value::Good(code.clone()),
            None => Value::Dropped(Message::new(unknown(field)).with("typed", typed(word))),
        }
    }
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
