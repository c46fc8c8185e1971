//! A form as one thing: the values in it, typed or filled in beforehand, and what is wrong with each.
//!
//! ```text
//! GET   Sheet::fresh ─► set values ─► draw
//! POST  Sheet::posted ─► take each value (a bad one is remembered) ─► use case ─► redirect
//!                                      └─ anything wrong: draw again, nothing typed is lost
//! ```
//!
//! Labels and hints are found by the name of the field: `f-NAME`, `f-NAME-hint`.

use super::{Choice, Field, confirm_with, errors, field, kept_tokens, radio_field, tick_field};
use crate::http::{Answer, Ctx, Fields, Trouble};
use crate::words::Words;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::{Markup, html};
use std::borrow::Cow;
use tram_app::{Actor, App, Failure};
use tram_kernel::Message;

/// What may be said of any field and names none.
const ANONYMOUS: [&str; 9] = [
    "field-missing",
    "field-choose",
    "field-bad-time",
    "field-bad-count",
    "typed-date-invalid",
    "typed-date-incomplete",
    "typed-date-no-such-day",
    "typed-text-too-long",
    "typed-hidden-characters",
];

/// Before the code of a field in the name of its box: nothing else on the page is named so.
pub const ASKED: &str = "a_";

/// The values of a form and what is wrong with them.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    idem: String,
    values: Vec<(String, String)>,
    wrong: Vec<(Cow<'static, str>, Message)>,
    /// Names and labels of the fields a definition asks; the others have words of their own.
    labels: Vec<(String, String)>,
    echoes: Vec<(&'static str, String)>,
    /// Warnings that must be read before it can be saved.
    open: Vec<Message>,
}

impl Sheet {
    /// An empty form with a key of its own.
    pub fn fresh(ctx: &Ctx) -> Self {
        Self { idem: format!("{:032x}", ctx.server.app.new_id()), ..Self::default() }
    }

    /// What was sent.
    pub fn posted(form: &Fields) -> Self {
        Self { idem: form.get("idem").to_owned(), values: form.pairs().to_vec(), ..Self::default() }
    }

    /// The first value of a field, trimmed; `""` when it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.values.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(key, _)| key != name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// Whether a box of several with one name is ticked.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(key, ticked)| key == name && ticked == value)
    }

    /// Ticks a box of several with one name.
    pub fn tick(&mut self, name: &str, value: &str) {
        self.values.push((name.to_owned(), value.to_owned()));
    }

    /// Everything ticked under one name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The value unless it is empty.
    pub fn filled(&self, name: &str) -> Option<String> {
        Some(self.get(name)).filter(|value| !value.is_empty()).map(str::to_owned)
    }

    /// Remembers what is wrong with a field.
    pub fn refuse(&mut self, name: impl Into<Cow<'static, str>>, message: Message) {
        self.wrong.push((name.into(), message));
    }

    /// Says under the box how the value was read.
    pub fn echo(&mut self, name: &'static str, text: String) {
        self.echoes.push((name, text));
    }

    /// Says which fields a definition asks: the name of the box of each, and its label.
    pub fn ask(&mut self, fields: impl Iterator<Item = (String, String)>) {
        self.labels = fields.collect();
    }

    /// The box of a field: that of the definition, or one of the page.
    fn name_of(&self, field: &str) -> Cow<'static, str> {
        let asked = format!("{ASKED}{field}");
        let known = self.labels.iter().any(|(name, _)| *name == asked);
        Cow::Owned(if known { asked } else { field.to_owned() })
    }

    pub fn is_right(&self) -> bool {
        self.wrong.is_empty()
    }

    /// Nothing is wrong, and nothing must be read first.
    pub fn is_quiet(&self) -> bool {
        self.wrong.is_empty() && self.open.is_empty()
    }

    /// What is wrong with a field.
    pub fn wrong(&self, name: &str) -> Option<&Message> {
        self.wrong.iter().find(|(field, _)| *field == name).map(|(_, message)| message)
    }

    /// The code chosen from a list; words typed without choosing are looked up in it.
    pub fn listed(&mut self, ctx: &Ctx, name: &'static str, list: &str) -> Option<String> {
        let defs = ctx.server.app.definitions();
        let entries = defs.list(list)?;
        let (code, typed) = (self.get(name), self.get(&format!("{name}_text")));
        let wanted = if code.is_empty() { typed } else { code };
        if wanted.is_empty() {
            return None;
        }
        match entries.find(wanted) {
            Some(entry) => Some(entry.code.clone()),
            None => {
                self.refuse(name, Message::new("field-choose"));
                None
            }
        }
    }

    /// What is wrong, said first.
    pub fn first_wrong(&self) -> Option<Message> {
        self.wrong.first().map(|(_, message)| message.clone())
    }

    /// Reads a field that must be filled; `missing` is said when it is not.
    pub fn required<T>(
        &mut self,
        name: &'static str,
        missing: &'static str,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.get(name).is_empty() {
            self.refuse(name, Message::new(missing));
            return None;
        }
        self.optional(name, read)
    }

    /// Reads a field that may be empty.
    pub fn optional<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        let typed = self.filled(name)?;
        read(&typed).map_err(|bad| self.refuse(name, bad)).ok()
    }

    /// Runs a use case. `None` when it refused or warned: the sheet then says so and is drawn again.
    /// A refusal that names no field belongs to `about`.
    pub async fn run<T: Send + 'static>(
        &mut self,
        ctx: &Ctx,
        about: &'static str,
        work: impl FnOnce(&App, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Answer<Option<T>> {
        match ctx.try_run(work).await {
            Ok(done) => Ok(Some(done)),
            Err(Failure::Refused { message, field }) => {
                self.refuse(field.unwrap_or(about), message);
                Ok(None)
            }
            Err(Failure::Fields(wrong)) => {
                for found in wrong {
                    let name = found.field.map_or(Cow::Borrowed(""), |field| self.name_of(&field));
                    self.refuse(name, found.message);
                }
                Ok(None)
            }
            Err(Failure::Confirm(warnings)) => {
                self.open = warnings;
                Ok(None)
            }
            Err(failure) => Err(Trouble::signed(ctx.clone(), failure)),
        }
    }

    /// The page with this form on it, under the status that fits.
    pub fn answer(&self, page: Markup) -> Response {
        let status = match (self.wrong.is_empty(), self.open.is_empty()) {
            (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
            (true, false) => StatusCode::CONFLICT,
            (true, true) => StatusCode::OK,
        };
        (status, Html(page.into_string())).into_response()
    }

    /// One field with its label, its hint and what is wrong with it.
    pub fn field(&self, ctx: &Ctx, id: &'static str, shape: impl FnOnce(&mut Field<'_>)) -> Markup {
        self.draw(ctx, id, shape, |f| field(ctx.words, f))
    }

    /// A choice of a few, all visible.
    pub fn radios(
        &self,
        ctx: &Ctx,
        id: &'static str,
        class: &'static str,
        choices: Vec<Choice>,
    ) -> Markup {
        self.draw(ctx, id, visible(class, choices), radio_field)
    }

    /// Several boxes under one name.
    pub fn ticks(
        &self,
        ctx: &Ctx,
        id: &'static str,
        class: &'static str,
        choices: Vec<Choice>,
    ) -> Markup {
        self.draw(ctx, id, visible(class, choices), |f| tick_field(f, |value| self.has(id, value)))
    }

    fn draw(
        &self,
        ctx: &Ctx,
        id: &'static str,
        shape: impl FnOnce(&mut Field<'_>),
        draw: impl FnOnce(&Field<'_>) -> Markup,
    ) -> Markup {
        let words = ctx.words;
        let hint_code = format!("f-{id}-hint");
        let hint =
            if words.has(&hint_code) { words.say(&hint_code).into_owned() } else { String::new() };
        let label = words.say(&format!("f-{id}"));
        let typed = format!("{id}_text");
        let echo = self.echoes.iter().find(|(name, _)| *name == id);
        let mut f = Field {
            id,
            label: &label,
            value: self.get(id),
            hint: &hint,
            wrong: self.wrong(id).map(|message| words.message(message)),
            echo: echo.map(|(_, text)| text.clone()),
            ..Field::default()
        };
        shape(&mut f);
        if !f.source.is_empty() {
            (f.value, f.code) = (self.get(&typed), self.get(id));
        } else if f.combo && f.value.is_empty() {
            f.typed = self.get(&typed);
        }
        draw(&f)
    }

    /// What stands on top inside the form: tokens, what is wrong, what should be read first.
    pub fn top(&self, ctx: &Ctx, beside: impl Fn(&Message) -> Markup) -> Markup {
        let words = ctx.words;
        let wrong: Vec<(&str, String)> = self
            .wrong
            .iter()
            .map(|(name, message)| (name.as_ref(), self.said(words, name, message)))
            .collect();
        html! {
            (kept_tokens(ctx, &self.idem))
            (errors(words, &wrong))
            @if !self.open.is_empty() { (confirm_with(words, &self.open, beside)) }
        }
    }

    /// A sentence of the summary. What fits any field begins with the name of the field.
    fn said(&self, words: &Words, name: &str, message: &Message) -> String {
        let said = words.message(message);
        if let Some((_, label)) = self.labels.iter().find(|(known, _)| known == name) {
            return format!("{label}: {said}");
        }
        let label = format!("f-{name}");
        if ANONYMOUS.contains(&message.code) && words.has(&label) {
            return format!("{}: {said}", words.say(&label));
        }
        said
    }

    /// The end of the form: the main button, the way out.
    pub fn end(&self, ctx: &Ctx, save: &str, cancel: &str) -> Markup {
        let words = ctx.words;
        html! {
            div.form-end {
                button.btn.main { (words.say(save)) " " kbd.keyhint { "Ctrl+Enter" } }
                a.btn.quiet href=(cancel) { (words.say("form-cancel")) }
                span.wait role="status" {} span.mute.sm data-draft-state {}
            }
        }
    }
}

/// A field whose choices are all visible.
fn visible(class: &'static str, choices: Vec<Choice>) -> impl FnOnce(&mut Field<'_>) {
    move |f| {
        f.class = class;
        f.choices = Some(choices);
    }
}
