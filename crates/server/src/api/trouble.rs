//! What went wrong, as JSON: findings with their code, their field, a sentence and perhaps the cure.

use super::wire::SCHEMA;
use crate::http::answer::{said, status_of};
use crate::http::request::language;
use crate::words::Words;
use axum::Json;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tram_app::Failure;
use tram_domain::form::Wrong;
use tram_kernel::{Message, Severity};
use utoipa::{IntoResponses, ToSchema};

/// Why a request was not carried out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Findings {
    schema: u8,
    findings: Vec<Finding>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Finding {
    code: &'static str,
    /// `error` or `warning`.
    severity: &'static str,
    /// The key of the body, the field of the form or the header it is about.
    field: Option<String>,
    message: String,
    fix: Option<String>,
    /// Of a warning: what `accept` must hold for it to be saved all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
}

/// What can go wrong with every request that needs a session.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made by `Trouble`")]
pub enum ReadTroubles {
    /// No session, or it is over.
    #[response(status = 401)]
    SignedOut(Findings),
    /// The role may not do this.
    #[response(status = 403)]
    Denied(Findings),
    /// Absent, or not theirs to see.
    #[response(status = 404)]
    NotFound(Findings),
    /// The rules, or what was typed, say no.
    #[response(status = 422)]
    Refused(Findings),
}

/// What more can go wrong with what is sent.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "describes answers; they are made by `Trouble`")]
pub enum WriteTroubles {
    /// Not JSON, or no `Idempotency-Key`.
    #[response(status = 400)]
    Unread(Findings),
    /// It is saved once these warnings are accepted.
    #[response(status = 409)]
    Confirm(Findings),
    /// Larger than 64 KB.
    #[response(status = 413)]
    TooLarge(Findings),
}

/// A request that was not carried out.
pub struct Trouble {
    failure: Failure,
    status: StatusCode,
    words: &'static Words,
}

impl Trouble {
    pub fn new(words: &'static Words, failure: Failure) -> Self {
        let status = match &failure {
            Failure::Refused { message, .. } => match message.code {
                "sign-in-wrong" | "sign-in-no-role" => StatusCode::UNAUTHORIZED,
                "sign-in-wait" => StatusCode::TOO_MANY_REQUESTS,
                _ => status_of(&failure),
            },
            _ => status_of(&failure),
        };
        Self { failure, status, words }
    }

    /// What was sent could not be read at all.
    pub fn unread(words: &'static Words, field: Option<&'static str>, message: Message) -> Self {
        let failure = Failure::Refused { message, field };
        Self { failure, status: StatusCode::BAD_REQUEST, words }
    }

    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    fn findings(&self) -> Vec<Finding> {
        let error = |field: Option<String>, message: &Message| {
            finding(self.words, Severity::Error, field, message)
        };
        match &self.failure {
            Failure::Refused { message, field } => vec![error(field.map(str::to_owned), message)],
            Failure::Fields(wrong) => {
                wrong.iter().map(|w| error(w.field.clone(), &w.message)).collect()
            }
            Failure::Confirm(warnings) => {
                let warning = |message: &Message| Finding {
                    key: Some(message.key()),
                    ..finding(self.words, Severity::Warning, None, message)
                };
                warnings.iter().map(warning).collect()
            }
            failure => {
                let message = failure.message().unwrap_or(Message::new("broken"));
                let mut found = error(None, &message);
                found.message = said(self.words, failure);
                vec![found]
            }
        }
    }
}

fn finding(words: &Words, severity: Severity, field: Option<String>, message: &Message) -> Finding {
    let fix = format!("fix-{}", message.code);
    Finding {
        code: message.code,
        severity: severity.code(),
        field,
        message: words.message(message),
        fix: words.has(&fix).then(|| words.say(&fix).into_owned()),
        key: None,
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        if let Failure::Broken(error) = &self.failure {
            tracing::error!(%error, "a use case broke");
        }
        let body = Findings { schema: SCHEMA, findings: self.findings() };
        let mut response = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        response
    }
}

/// Several things wrong with what was sent.
pub fn wrong(words: &'static Words, wrong: Vec<Wrong>) -> Trouble {
    Trouble::new(words, Failure::Fields(wrong))
}

/// Answers of the frame (no such address, no such method, a request that panicked) told like all others.
pub async fn in_json(request: Request, next: Next) -> Response {
    let words = Words::of(language(request.headers()));
    let response = next.run(request).await;
    let status = response.status();
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if is_json || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status {
        StatusCode::METHOD_NOT_ALLOWED => "api-no-such-method",
        status if status.is_client_error() => "not-found",
        _ => "broken",
    };
    let failure = Failure::refused(Message { code, args: Vec::new() });
    Trouble { failure, status, words }.into_response()
}
