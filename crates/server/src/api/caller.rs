//! Who calls: the session whose token stands in `Authorization`. Cookies are not looked at.

use super::trouble::Trouble;
use crate::http::Server;
use crate::http::request::{language, token_of};
use crate::words::Words;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use tram_app::signin::Token;
use tram_app::{Actor, App, Command, Failure};
use tram_kernel::{Message, PersonId};

/// A signed-in request.
pub struct Caller {
    pub server: Server,
    pub words: &'static Words,
    pub actor: Actor,
    pub token: Token,
}

impl Caller {
    /// Runs a use case in the name of the caller.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App, &Actor) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, Trouble> {
        let actor = self.actor.clone();
        let answer = self.server.run(move |app| work(app, &actor)).await;
        answer.map_err(|failure| self.trouble(failure))
    }

    pub fn trouble(&self, failure: Failure) -> Trouble {
        Trouble::new(self.words, failure)
    }

    /// The person of an address; what is no id is nobody's.
    pub fn person(&self, id: &str) -> Result<PersonId, Trouble> {
        id.parse().map_err(|_| self.trouble(Failure::NotFound))
    }
}

/// `Bearer <64 hex digits>`.
fn bearer(headers: &HeaderMap) -> Option<Token> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token_of(token.trim()))?
}

impl FromRequestParts<Server> for Caller {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, server: &Server) -> Result<Self, Trouble> {
        let words = Words::of(language(&parts.headers));
        let out = |failure| Trouble::new(words, failure);
        let token = bearer(&parts.headers).ok_or_else(|| out(Failure::SignedOut))?;
        let session = server.run(move |app| app.session(&token)).await.map_err(out)?;
        let signed = session.ok_or_else(|| out(Failure::SignedOut))?;
        Ok(Self { server: server.clone(), words, actor: signed.actor, token })
    }
}

/// `Idempotency-Key`: the name of one attempt. Everything that writes must carry one.
pub struct Key(String);

/// Longer keys are refused.
const LONGEST_KEY: usize = 255;

impl Key {
    /// The command of this attempt: the key is the caller's own, `asked` all that was asked for.
    pub fn command(&self, caller: &Caller, asked: &str) -> Command {
        let user = caller.actor.user.map(|user| user.to_string()).unwrap_or_default();
        Command::new(&format!("api {user} {}", self.0), asked.as_bytes())
    }
}

impl FromRequestParts<Server> for Key {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, _: &Server) -> Result<Self, Trouble> {
        let key = parts.headers.get("idempotency-key").and_then(|value| value.to_str().ok());
        let key = key.map(str::trim).filter(|key| (1..=LONGEST_KEY).contains(&key.len()));
        key.map(|key| Self(key.to_owned())).ok_or_else(|| {
            let words = Words::of(language(&parts.headers));
            let message = Message::new("api-key-missing").with("longest", LONGEST_KEY);
            Trouble::unread(words, Some("Idempotency-Key"), message)
        })
    }
}
