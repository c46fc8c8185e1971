//! A body that was sent: JSON of a known shape. What does not fit is named by line and column, or by key.

use super::trouble::Trouble;
use crate::http::Server;
use crate::http::request::language;
use crate::words::Words;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use tram_app::Failure;
use tram_domain::form::Wrong;
use tram_kernel::Message;

/// A body, and the same as text without what was accepted: accepting a warning is part of one attempt.
pub struct Sent<T> {
    pub body: T,
    pub asked: String,
}

impl<T: DeserializeOwned> FromRequest<Server> for Sent<T> {
    type Rejection = Trouble;

    async fn from_request(request: Request, server: &Server) -> Result<Self, Trouble> {
        let words = Words::of(language(request.headers()));
        let bytes = Bytes::from_request(request, server).await.map_err(|_| {
            let message = Message::new("api-too-large").with("longest", super::LARGEST_BODY / 1024);
            Trouble::unread(words, None, message).with_status(StatusCode::PAYLOAD_TOO_LARGE)
        })?;
        let body = read(&bytes).map_err(|unfit| match unfit {
            Unfit::Unread(message) => Trouble::unread(words, None, message),
            Unfit::Wrong(wrong) => Trouble::new(words, Failure::Fields(vec![wrong])),
        })?;
        Ok(Self { body, asked: asked(&bytes) })
    }
}

/// Why bytes are not a body of the wanted shape.
#[derive(Debug, PartialEq)]
enum Unfit {
    Unread(Message),
    Wrong(Wrong),
}

/// What the reader of JSON says itself is not passed on: it repeats values.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unfit> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let place = |message: Message| {
            message.with("line", error.inner().line()).with("column", error.inner().column())
        };
        if error.inner().classify() == Category::Data {
            let path = error.path().to_string();
            let field = Some(path).filter(|path| path != ".");
            let message = place(Message::new("api-json-unfit"));
            return Unfit::Wrong(Wrong { field, message });
        }
        Unfit::Unread(place(Message::new("api-json-broken")))
    })?;
    json.end().map_err(|error| {
        let message = Message::new("api-json-broken");
        Unfit::Unread(message.with("line", error.line()).with("column", error.column()))
    })?;
    Ok(read)
}

fn asked(bytes: &[u8]) -> String {
    let mut value: Value = serde_json::from_slice(bytes).unwrap_or_default();
    if let Some(object) = value.as_object_mut() {
        object.remove("accept");
    }
    value.to_string()
}

#[cfg(test)]
mod tests {
    use super::super::wire::FormBody;
    use super::*;

    fn unfit(text: &str) -> (Option<String>, &'static str) {
        match read::<FormBody>(text.as_bytes()).expect_err("it does not fit") {
            Unfit::Unread(message) => (None, message.code),
            Unfit::Wrong(wrong) => (wrong.field, wrong.message.code),
        }
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let named = |field: &str| (Some(field.to_owned()), "api-json-unfit");
        for (text, said) in [
            ("", (None, "api-json-broken")),
            ("{\"on\": \"2026-01-16\"", (None, "api-json-broken")),
            ("{\"on\": \"2026-01-16\"} {}", (None, "api-json-broken")),
            ("{\"on\": 5}", named("on")),
            ("{\"onn\": \"2026-01-16\"}", named("onn")),
            ("{\"on\": \"a\", \"on\": \"b\"}", (None, "api-json-unfit")),
            ("{\"answers\": {\"sbp\": {\"n\": 1}}}", named("answers.sbp")),
            ("{\"answers\": {\"sbp\": 150, \"sbp\": 15}}", named("answers")),
            ("{\"accept\": [5]}", named("accept[0]")),
        ] {
            assert_eq!(unfit(text), said, "{text}");
        }
    }

    #[test]
    fn a_broken_body_is_named_by_line_and_column() {
        let broken = read::<FormBody>(b"{\n  \"on\": oops\n}").err();
        let message = Message::new("api-json-broken").with("line", 2_usize);
        assert_eq!(broken, Some(Unfit::Unread(message.with("column", 9_usize))));
    }

    #[test]
    fn what_was_accepted_is_no_part_of_what_was_asked() {
        let plain = asked(b"{\"on\": \"2026-01-16\", \"answers\": {\"sbp\": 150}}");
        let accepting =
            asked(b"{\"answers\": {\"sbp\": 150}, \"accept\": [\"a\"], \"on\": \"2026-01-16\"}");
        assert_eq!(plain, accepting);
    }
}
