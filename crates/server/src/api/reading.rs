//! A body read key by key: what is wrong is gathered, so that all of it is told at once.

use crate::pages::parts::typed;
use tram_app::Failure;
use tram_domain::fact::Answer;
use tram_domain::form::Wrong;
use tram_kernel::{Date, Message};

/// What was found wrong so far.
#[derive(Default)]
pub struct Reading(Vec<Wrong>);

impl Reading {
    /// Says what is wrong at a key.
    pub fn wrong(&mut self, field: &str, message: Message) {
        self.0.push(Wrong::at(field, message));
    }

    /// What was read, unless it could not be.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Message>) -> Option<T> {
        read.map_err(|message| self.wrong(field, message)).ok()
    }

    pub fn needed<'t>(&mut self, field: &str, text: Option<&'t str>) -> Option<&'t str> {
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        self.take(field, text.ok_or(Message::new("field-missing")))
    }

    pub fn day(&mut self, text: Option<&str>) -> Option<Date> {
        let text = self.needed("on", text)?;
        self.take("on", text.parse().map_err(|_| Message::new("api-not-a-day")))
    }

    pub fn note(&mut self, text: Option<&str>) -> Option<String> {
        self.take("note", typed::words_or_none(text.unwrap_or_default())).flatten()
    }

    pub fn answers(&mut self, read: Result<Vec<Answer>, Vec<Wrong>>) -> Vec<Answer> {
        read.unwrap_or_else(|wrong| {
            self.0.extend(wrong);
            Vec::new()
        })
    }

    /// What was read, when nothing is wrong.
    pub fn end<T>(self, read: Option<T>) -> Result<T, Failure> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            _ => Err(Failure::Fields(self.0)),
        }
    }
}
